"""The register as it could be known on a day: a later ending, a later figure, a later force is not there yet."""

import datetime
from typing import Any

from foedus import snapshot
from foedus.errors import InputError
from foedus.spells import Day

Row = dict[str, Any]
BEGINS = "1945-01-01"  # a force that was there before is followed from this day on


def forces(known: Day | None = None) -> dict[str, Row]:
    """Every force by id, as it could be known on a day; all that is known where no day is given.

    Each row is the record of the library (kind `deployment`) with its `id`, its `lead` sender and its `region`, and without what came later.
    """
    found = ((name, as_known(record, known)) for name, record in snapshot.records("deployment").items())
    return {name: row | {"id": name, "lead": row["senders"][0]} for name, row in found if row is not None}


def refusals(known: Day | None = None) -> dict[str, Row]:
    """Every request for a force that was refused, blocked, answered with less or left without an answer, by id, as it could be known on a day."""
    found: dict[str, Row] = {}
    for name, record in snapshot.records("refusal").items():
        if known is not None and latest(record["on"]) > known:
            continue
        later = known is not None and record["outcome_on"] is not None and latest(record["outcome_on"]) > known
        hidden = {"outcome": None, "outcome_on": None, "reason": None, "sent_instead": None, "followed": None} if later else {}
        if known is not None and not later:
            hidden = {"followed": None}  # a sentence bears no day of its own
        found[name] = record | hidden | {"id": name}
    return found


def force(name: str, known: Day | None = None) -> Row:
    """One force by id. Errors: InputError with the nearest ids, or where it had not come by that day."""
    record = snapshot.record("deployment", name)
    found = as_known(record, known)
    if found is None:
        raise InputError(f"'{name}' was not there by {known}; it came on {record['start']['on']}")
    return found | {"id": name, "lead": found["senders"][0]}


def of_case(case_id: str, known: Day | None = None) -> Row | None:
    """The force of a case, or None where none was sent, or none by that day."""
    for name, row in forces(known).items():
        if row["case"] == case_id:
            return row | {"id": name}
    return None


def as_known(record: Row, known: Day | None) -> Row | None:
    """A record without what came after a day; None where the force itself came after it."""
    if known is None:
        return record
    if latest(record["start"]) > known:
        return None
    ended = record["end"] is not None and latest(record["end"]) <= known
    seen = record["end"] or record["present_on"]
    return record | {
        "request": by(record["request"], known),
        "decision": by(record["decision"], known),
        "full_strength": by(record["full_strength"], known),
        "sites": by(record["sites"], known),
        "strengths": [row for row in record["strengths"] if latest(row) <= known],
        "end": record["end"] if ended else None,
        "present_on": None if ended else {**seen, "on": min(known, seen["on"]), "precision": "day"},
        "left": record["left"] if ended else [],
    }


def by(dated: Row | None, known: Day) -> Row | None:
    """A dated thing, or None where it had not happened by a day."""
    return dated if dated is not None and latest(dated) <= known else None


def latest(dated: Row) -> Day:
    """The last day that a dated thing may be of: of a month or year known no closer, its last.

    >>> latest({"on": "1992-02-01", "precision": "month"})
    '1992-02-29'
    """
    day = datetime.date.fromisoformat(dated["on"])
    if dated["precision"] == "year":
        return day.replace(month=12, day=31).isoformat()
    if dated["precision"] == "month":
        return ((day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)).isoformat()
    return str(dated["on"])


def middle(dated: Row) -> Day:
    """The middle of the days that a dated thing may be of.

    >>> middle({"on": "1992-01-01", "precision": "year"})
    '1992-07-01'
    """
    first, last = datetime.date.fromisoformat(dated["on"]), datetime.date.fromisoformat(latest(dated))
    return (first + (last - first) / 2).isoformat()


def strength(row: Row, sender: str | None = None) -> Row | None:
    """The largest number of people that a force, or one sender's part, was said to have on the ground; where none was, the largest authorised or announced.

    None where no source read gives one: that is not zero.
    """
    figures = [figure for figure in row["strengths"] if figure["sender"] == sender]
    for statuses in (("deployed", "peak"), ("authorized", "announced")):
        found = [figure for figure in figures if figure["status"] in statuses]
        if found:
            best: Row = max(found, key=people)
            return best
    return None


def people(figure: Row) -> float:
    """The number that stands for a figure: its value, else the middle of its range, else the one end that is known.

    >>> people({"value": None, "low": 2000, "high": 3000})
    2500.0
    """
    if figure["value"] is not None:
        return float(figure["value"])
    ends = [end for end in (figure["low"], figure["high"]) if end is not None]
    return float(sum(ends) / len(ends))

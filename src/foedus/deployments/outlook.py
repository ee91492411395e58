"""Will they stay? What became of the forces most like this one, as it could be known on the day asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.deployments import features, register, stays
from foedus.measures import reference, survival
from foedus.spells import Day, days_between

Row = dict[str, Any]

# What makes a class, the most telling first; widening gives them up from the last.
CLASS = ("consent", "flag", "asked_by", "trigger")
AHEAD = (30, 182, 365, 1826)  # days: a month, half a year, a year, five years


def outlook(row: Row, among: Mapping[str, Row], on: Day) -> Row:
    """The reference class of a force and what it lets one expect, asked on a day.

    among: the register as it could be known. Returns shared, dropped, members, n, chances (None for a class of fewer than five), day (of the stay, on the day asked),
    ahead (share of the class still there so many days on, given that it lasted to that day), median, left (how many of the class that ended left troops
    or a base behind), censored (first and last day to which forces without an end are followed), stays (of the class), sources.
    """
    own = features.of_force(row)
    others = [features.of_force(other) for name, other in among.items() if name != row["id"]]
    chosen = reference.nearest_class(own, others, CLASS)
    rows = [among[name] for name in chosen.members]
    followed = stays.stays(rows)
    ended = [other for other in rows if other["end"] is not None]
    day = max(0, days_between(register.middle(row["start"]), on))
    return {
        "shared": list(chosen.shared),
        "dropped": list(chosen.dropped),
        "members": list(chosen.members),
        "n": len(rows),
        "chances": [vars(chance) for chance in reference.chances(_outcome(other) for other in rows) or []] or None,
        "day": day,
        "ahead": ahead(followed, day),
        "median": survival.median(survival.kaplan_meier(followed)) if len(rows) >= reference.LEAST else None,
        "left": {"stayed": sum(_left_something(other) for other in ended), "ended": len(ended)},
        "censored": list(stays.censored_on(rows) or ()),
        "stays": [vars(stay) for stay in followed],
        "sources": sources(rows),
    }


def _outcome(row: Row) -> str:
    return stays.CAUSES[row["end"]["how"]] if row["end"] else "still_there"


def _left_something(row: Row) -> bool:
    return any(left["what"] in ("base", "troops", "advisers", "successor_force", "annexed_territory") for left in row["left"])


def ahead(followed: Sequence[stays.Stay], day: int) -> list[Row] | None:
    """The share still there so many days on, of those that lasted beyond a day; None where fewer than five did."""
    risk = survival.given(followed, day)
    if len(risk) < reference.LEAST:
        return None
    steps = survival.kaplan_meier(risk)
    last = max(stay.days for stay in risk)
    rows = []
    for days in AHEAD:
        if day + days <= last:
            low, high = survival.interval_after(steps, day + days)
            rows.append({"days": days, "share": survival.share_after(steps, day + days), "low": low, "high": high, "n": len(risk)})
    return rows


def sources(rows: Sequence[Row], most: int = 3) -> list[Row]:
    """A few citations to stand for a class: those of its last arrivals. The whole list is the class's members."""
    latest = sorted(rows, key=lambda row: row["start"]["on"], reverse=True)[:most]
    return [(row["end"] or row["present_on"])["sources"][0] for row in latest]

"""The register as flat rows, and the choice of some of them."""

from collections.abc import Mapping
from typing import Any

from foedus import snapshot, states
from foedus.deployments import density, register, stays
from foedus.errors import unknown
from foedus.sources import ids
from foedus.spells import Day

Row = dict[str, Any]
CHOICES = ("host", "sender", "under", "trigger", "consent")


def forces(known: Day | None = None) -> list[Row]:
    """One row a force, oldest first: id, name, host, senders, under, trigger, consent, asked_by, people, status (of that figure), per_1000, from, until, days, ended, how, seen, sources.

    people, per_1000: at the largest number known to have been there, else said; None where unknown, which is not zero. until: the day the last left; None while there.
    seen: for a force without an end, the last day a source shows it there. days: to the end, or to `seen`.
    """
    found = register.forces(known)
    thick = density.distribution(found)
    rows = []
    for row in found.values():
        figure, stay = register.strength(row), stays.stay(row)
        rows.append(
            {
                "id": row["id"],
                "name": row["names"]["en"],
                "host": row["host"],
                "senders": row["senders"],
                "under": row["under"],
                "trigger": row["trigger"],
                "consent": row["consent"]["value"],
                "asked_by": row["request"]["by"] if row["request"] else None,
                "people": register.people(figure) if figure else None,
                "status": figure["status"] if figure else None,
                "per_1000": thick.get(row["id"], {}).get("per_1000"),
                "from": row["start"]["on"],
                "until": row["end"]["on"] if row["end"] else None,
                "days": stay.days,
                "ended": stay.ended,
                "how": row["end"]["how"] if row["end"] else None,
                "seen": row["present_on"]["on"] if row["present_on"] else None,
                "sources": ids([*row["start"]["sources"], *(row["end"] or row["present_on"])["sources"]]),
            }
        )
    return sorted(rows, key=lambda row: (row["from"], row["id"]))


def refusals(known: Day | None = None) -> list[Row]:
    """One row a refused request, oldest first: id, name, host, asked, under, trigger, asked_by, on, outcome, reason, sources."""
    rows = [
        {
            **{key: row[key] for key in ("id", "host", "asked", "under", "trigger", "asked_by", "outcome")},
            "name": row["names"]["en"],
            "on": row["on"]["on"],
            "reason": row["reason"]["en"] if row["reason"] else None,
            "sources": ids(row["sources"]),
        }
        for row in register.refusals(known).values()
    ]
    return sorted(rows, key=lambda row: (row["on"], row["id"]))


def chosen(rows: list[Row], on: Day | None, wanted: Mapping[str, str]) -> list[Row]:
    """The rows that are so. on: there on that day (a force), or asked on it (a request). Errors: InputError for a word that no row has."""
    for key, value in wanted.items():
        rows = [row for row in rows if _has(row, key, _value(key, value))]
    return [row for row in rows if _there(row, on)] if on else rows


def _value(key: str, value: str) -> str:
    if key in ("host", "sender"):
        return states.find(value)
    known = {word for row in snapshot.records("deployment").values() for word in [row["consent"]["value"] if key == "consent" else row[key]]}
    if value not in known:
        raise unknown(key, value, known)
    return value


def _has(row: Row, key: str, value: str) -> bool:
    if key == "sender":
        return value in (row["senders"] if "senders" in row else row["asked"] or [])
    return bool(row.get(key) == value)


def _there(row: Row, on: Day) -> bool:
    if "from" not in row:
        return bool(row["on"] == on)
    return bool(row["from"] <= on and on < (row["until"] or "9999"))

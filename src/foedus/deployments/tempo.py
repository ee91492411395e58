"""How fast a force came and went, step by step, beside the other forces of the register."""

from collections.abc import Iterable, Mapping
from typing import Any

from foedus.measures import pace, placing

Row = dict[str, Any]

# The steps of a deployment, as the register's keys.
STEPS = (("request", "decision"), ("request", "start"), ("decision", "start"), ("start", "full_strength"), ("start", "end"))


def spans(row: Row) -> dict[str, int]:
    """Days of each step of which both days are known to the day and follow one another: `request-start` and so on."""
    found = {}
    for first, last in STEPS:
        if row[first] is not None and row[last] is not None:
            days = pace.days(row[first], row[last])
            if days is not None and days >= 0:
                found[f"{first}-{last}"] = days
    return found


def placed(row: Row, among: Mapping[str, Row]) -> list[Row]:
    """Each step of a force: step, days, place among the other forces whose days are known (rank 1 is the fastest), sources."""
    own = spans(row)
    others = [spans(other) for name, other in among.items() if name != row["id"]]
    return [
        {"step": step, "days": days, "place": _place(days, (other[step] for other in others if step in other)), "sources": _sources(row, step)}
        for step, days in own.items()
    ]


def _place(days: int, others: Iterable[int]) -> Row | None:
    place = placing.place(days, list(others))
    return vars(place) | {"all": place.n + 1} if place else None


def _sources(row: Row, step: str) -> list[Row]:
    first, last = step.split("-")
    return [*row[first]["sources"], *row[last]["sources"]]

"""How long each force was there: days, the error of dates known only to the month or year, and whether the end was seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from foedus.deployments import register
from foedus.spells import days_between

Row = dict[str, Any]

# What ends a stay, as competing risks: the ways of the register, and the word they are counted under.
CAUSES = {
    "task_done": "withdrawn",
    "withdrawn": "withdrawn",
    "replaced": "replaced",
    "expelled": "expelled",
    "host_changed_hands": "expelled",
    "annexed": "absorbed",
}


@dataclass(frozen=True)
class Stay:
    """One force's time in its host.

    days: from arrival to the end, or to the last day it was seen there (right-censored); a day known only to its month or year counts as the
    middle of it. low, high: the least and the most that such dates allow. entry: days it had been there when the register begins (left truncation).
    cause: what ended it, None where the end was not seen.
    """

    force: str
    days: int
    ended: bool
    entry: int = 0
    low: int = 0
    high: int = 0
    cause: str | None = None


def stay(row: Row) -> Stay:
    """The stay of one force. A force gone on the day it came counts half a day as one: a stay of no length could not be followed."""
    last = row["end"] or row["present_on"]
    ended = row["end"] is not None
    start = row["start"]
    seen = register.middle(last) if ended else last["on"]
    days = max(1, days_between(register.middle(start), seen))
    low = max(1, days_between(register.latest(start), last["on"]))
    high = max(days, days_between(start["on"], register.latest(last) if ended else seen))
    entry = max(0, days_between(register.middle(start), register.BEGINS))
    return Stay(row["id"], days, ended, min(entry, days - 1), min(low, days), high, CAUSES[row["end"]["how"]] if ended else None)


def stays(rows: Iterable[Row]) -> list[Stay]:
    return [stay(row) for row in rows]


def censored_on(rows: Iterable[Row]) -> tuple[str, str] | None:
    """The first and last day to which forces without an end are followed; None where every end was seen."""
    days = sorted(row["present_on"]["on"] for row in rows if row["end"] is None)
    return (days[0], days[-1]) if days else None

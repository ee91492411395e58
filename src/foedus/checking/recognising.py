"""Which case of the library a piece is about: its pact, its target, its time."""

from collections import Counter
from typing import Any

from foedus import snapshot
from foedus.spells import days_between

Row = dict[str, Any]
BEFORE, AFTER = 7, 730  # days around an episode in which a piece still speaks of it


def recognise(reading: Row) -> str | None:
    """The case of that pact and target nearest to the piece in time, or None: a piece of another time, or on no pact of a case, has none.

    reading: what `foedus.press.read` gives. A piece without any day is taken for a case only where a single one has its pact and its target.
    """
    pacts = {item["pact"] for item in reading["pacts"]}
    named = Counter(item["state"] for item in reading["states"])
    most = {state for state, count in named.items() if count >= max(named.values()) / 2} if named else set()
    fits = [case for case in snapshot.records("case").values() if case["pacts"][0] in pacts and case["target"] in most]
    days = [item["date"] for item in reading["dates"] if item["granularity"] == "day"] + ([reading["published"]] if reading["published"] else [])
    if not days:
        return str(fits[0]["id"]) if len(fits) == 1 else None
    near = {case["id"]: min(_distance(case, day) for day in days) for case in fits}
    close = {name: distance for name, distance in near.items() if distance <= AFTER}
    return min(close, key=lambda name: (close[name], name)) if close else None


def _distance(case: Row, day: str) -> int:
    """Days between a day and an episode, 0 within it. A piece written long before is about something else."""
    first, last = case["from"], case["until"] or case["from"]
    if day < first:
        early = days_between(day, first)
        return 0 if early <= BEFORE else 10 * AFTER
    return max(0, days_between(last, day))

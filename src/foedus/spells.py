"""Days and spells. A day is ISO text, which sorts as itself; a spell is `[from, until)`, open where `until` is None."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from foedus.errors import InputError

Day = str
Spell = dict[str, Any]

OPENS = {"in_force", "provisional"}
CLOSES = {"left", "excluded", "lapsed", "terminated"}


def day(text: str | datetime.date) -> Day:
    """`text` as a day. Errors: InputError where there is no such day.

    >>> day("2022-01-05")
    '2022-01-05'
    """
    try:
        return datetime.date.fromisoformat(str(text)).isoformat()
    except ValueError:
        raise InputError(f"'{text}' is no day. Write it as 2022-01-05") from None


def within(spell: Mapping[str, Any], on: Day) -> bool:
    """Whether `on` lies in the spell; `until` is the first day that does not.

    >>> within({"from": "2012-12-19", "until": None}, "2012-12-19")
    True
    """
    return bool(spell["from"] <= on and (spell["until"] is None or on < spell["until"]))


def overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the two spells share a day."""
    return (other["until"] is None or one["from"] < other["until"]) and (one["until"] is None or other["from"] < one["until"])


def intersect(one: Iterable[Spell], other: Iterable[Spell]) -> list[Spell]:
    """The days that both lists of spells hold, as spells in order."""
    others = list(other)
    both = []
    for a in one:
        for b in others:
            if overlap(a, b):
                ends = [end for end in (a["until"], b["until"]) if end is not None]
                both.append({"from": max(a["from"], b["from"]), "until": min(ends, default=None)})
    return sorted(both, key=lambda spell: str(spell["from"]))


def merged(spells: Iterable[Spell]) -> list[Spell]:
    """The days that any of the spells holds, as spells in order that neither overlap nor touch.

    >>> merged([{"from": "1994", "until": "2012"}, {"from": "2012", "until": None}])
    [{'from': '1994', 'until': None}]
    """
    joined: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: str(spell["from"])):
        last = joined[-1] if joined else None
        if last is None or (last["until"] is not None and last["until"] < spell["from"]):
            joined.append({"from": spell["from"], "until": spell["until"]})
        elif last["until"] is not None:
            last["until"] = None if spell["until"] is None else max(last["until"], spell["until"])
    return joined


def days_between(start: Day, end: Day) -> int:
    """Days from `start` to `end`."""
    return (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days


def spells_of_life(events: Iterable[Mapping[str, Any]]) -> list[Spell]:
    """The spells in which a text binds a party, from the events of its life in any order.

    `provisional` and `in_force` open a spell, `left`, `excluded`, `lapsed` and `terminated` close it. A freeze of participation or a
    departure from military structures closes nothing.
    Errors: ValueError where a spell closes that is not open, or opens twice.
    """
    spells: list[Spell] = []
    state = "closed"
    for event in sorted(events, key=lambda event: (event["on"], event["what"] in OPENS)):
        if event["what"] in OPENS:
            if state == "in_force" or (state == "provisional" and event["what"] == "provisional"):
                raise ValueError(f"in force again on {event['on']} without having ended")
            if state == "closed":
                spells.append({"from": event["on"], "until": None})
            state = event["what"]
        elif event["what"] in CLOSES:
            if state == "closed":
                raise ValueError(f"'{event['what']}' on {event['on']} without having been in force")
            if spells[-1]["from"] == event["on"]:
                raise ValueError(f"in force and ended on the same day, {event['on']}")
            spells[-1]["until"] = event["on"]
            state = "closed"
    return spells

"""How fast an episode went: from the request to the decision, the arrival, the exit."""

import datetime
from collections.abc import Mapping
from typing import Any

from foedus.spells import days_between


def days(start: Mapping[str, Any], end: Mapping[str, Any]) -> int | None:
    """Days from one event to another; None where either day is known only to the month or year.

    >>> days({"on": "2022-01-05", "precision": "day"}, {"on": "2022-01-19", "precision": "day"})
    14
    """
    if start["precision"] != "day" or end["precision"] != "day":
        return None
    return days_between(start["on"], end["on"])


def hours(start: Mapping[str, Any], end: Mapping[str, Any]) -> float | None:
    """Hours from one event to another, zones reckoned with; None where a clock time or its zone is not known.

    >>> hours({"on": "2022-01-05", "time": "23:00", "zone": "+06:00"}, {"on": "2022-01-06", "time": "01:00", "zone": "+03:00"})
    5.0
    """
    if not all(event.get("time") and event.get("zone") for event in (start, end)):
        return None
    first, last = (datetime.datetime.fromisoformat(f"{event['on']}T{event['time']}{event['zone']}") for event in (start, end))
    return (last - first).total_seconds() / 3600

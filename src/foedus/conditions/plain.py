"""A condition on one account, without a dataframe: the few rows of a brief, and the oracle of the tests."""

import math
from collections.abc import Mapping
from typing import Any

Truth = bool | None


def holds(condition: Any, account: Mapping[str, Truth]) -> Truth:
    """True, false or None for unknown, after Kleene. A fact that the account does not name is unknown.

    Trap: Kleene is not supervaluation; `a or not a` with `a` unknown is unknown.

    >>> holds({"all": ["attack", {"not": "consent"}]}, {"attack": True, "consent": None})
    >>> holds({"all": ["attack", {"not": "consent"}]}, {"attack": False, "consent": None})
    False
    """
    if isinstance(condition, str):
        return account.get(condition)
    if "not" in condition:
        value = holds(condition["not"], account)
        return None if value is None else not value
    parts = condition["of"] if "of" in condition else next(iter(condition.values()))
    values = [holds(part, account) for part in parts]
    needed = threshold(condition, len(values))
    if values.count(True) >= needed:
        return True
    return False if len(values) - values.count(False) < needed else None


def threshold(condition: Mapping[str, Any], size: int) -> int:
    """How many of its `size` parts a condition needs: all of them, one, a number, or a share rounded up.

    >>> threshold({"at_least": "2/3", "of": ["a", "b", "c", "d"]}, 4)
    3
    """
    if "all" in condition:
        return size
    if "any" in condition:
        return 1
    needed = condition["at_least"]
    if isinstance(needed, int):
        return needed
    part, whole = map(int, needed.split("/"))
    return math.ceil(size * part / whole)

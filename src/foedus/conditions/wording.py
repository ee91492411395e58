"""A condition as a line of words, for tables."""

from typing import Any


def in_words(condition: Any) -> str:
    """The condition in one line.

    >>> in_words({"all": ["armed_attack", {"any": ["by_state", {"not": "requested"}]}]})
    'armed_attack and (by_state or not requested)'
    """
    if isinstance(condition, str):
        return condition
    if "not" in condition:
        return f"not {_inner(condition['not'])}"
    if "of" in condition:
        return f"at least {condition['at_least']} of ({', '.join(map(in_words, condition['of']))})"
    [(word, parts)] = condition.items()
    return {"all": " and ", "any": " or "}[word].join(map(_inner, parts))


def _inner(condition: Any) -> str:
    return in_words(condition) if isinstance(condition, str) or "not" in condition or "of" in condition else f"({in_words(condition)})"

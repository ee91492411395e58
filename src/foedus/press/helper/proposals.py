"""The items in what the helper answered: also from an answer that is wrapped in words, cut off or partly broken."""

import json
from collections.abc import Iterator
from typing import Any

from foedus.press.helper.question import KEYS

MOST_CHARACTERS = 400_000
MOST_FAULTS = 200  # braces that open nothing; each costs a look ahead
LONGEST = 2_000
DECODER = json.JSONDecoder()


def proposals(content: str) -> list[dict[str, str]]:
    """The items proposed, each with every key of `question.KEYS` as a text; what is no item is passed over.

    >>> cut = '```json {"items": [{"kind": "event", "quote": "asked for help", "type": "request"}, {"kind": "ev'
    >>> [item["type"] for item in proposals(cut)]
    ['request']
    """
    return [{key: _text(item.get(key)) for key in KEYS} for item in _items(content[:MOST_CHARACTERS])]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) and len(value) <= LONGEST else ""


def _items(content: str) -> Iterator[dict[str, Any]]:
    for found in _values(content):
        inner = found.get("items")
        for item in inner if isinstance(inner, list) else [found]:
            if isinstance(item, dict) and "quote" in item:
                yield item


def _values(content: str) -> Iterator[dict[str, Any]]:
    """Each JSON object in a text that is not inside another: where the outermost is broken, those inside it."""
    place, faults = content.find("{"), 0
    while place >= 0 and faults < MOST_FAULTS:
        try:
            value, end = DECODER.raw_decode(content, place)
            yield value
        except (ValueError, RecursionError):
            end, faults = place + 1, faults + 1
        place = content.find("{", end)

"""What a brief is made of before a language is chosen: sentences with paths in their slots, under headings, in sections."""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Slot = tuple[str, str]  # kind of the value, path to it


@dataclass(frozen=True)
class Sentence:
    """A template and the paths that fill it. `beside` are paths cited though no slot shows them."""

    template: str
    slots: dict[str, Slot] = field(default_factory=dict)
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Sentences under a heading; `style` is `text` (a paragraph), `list`, or `findings` (an account's verdicts)."""

    heading: str
    sentences: tuple[Sentence, ...]
    style: str = "list"


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    blocks: tuple[Block, ...]

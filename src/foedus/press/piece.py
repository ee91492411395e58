"""A piece made ready for the grammars: folded text, hits, sentences and paragraphs."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foedus.press.gazetteer import Hit
from foedus.press.text import Folded

ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Prof|St|Jr|Sr|No|Art|vs|etc|Inc|Ltd|Co|approx|Brig|Cmdr|sq|u"
    r"|г|гг|в|вв|ст|ч|п|пп|им|тыс|млн|млрд|руб|др|т|е|д|см|ул|стр|кв|чел|проф|акад|р|о|н|э)|\b[A-ZА-Я])$"
)
BREAK = re.compile(r"[.!?\n](?:(?<=\n)\n*|(?<=[.!?])[.!?]*[\"')\]]*(?=\s))")  # begins with a set of characters, which is fast


FIGURES = re.compile(r"[0-9]+")


@dataclass(slots=True)
class Piece:
    """What the grammars read. Places are places in `folded.text`."""

    lang: str
    published: date | None
    folded: Folded
    hits: list[Hit]
    pacts: dict[str, Any]
    events: list[Hit] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    text: str = ""
    span: Callable[[int, int], list[int]] = field(init=False)  # a place in the folded text as a place in the original
    figures: list[tuple[int, int]] = field(default_factory=list)  # the places of figures, at which every pattern of figures begins
    _seen: dict[Any, Any] = field(default_factory=dict)
    compared: dict[int, bool] = field(default_factory=dict)  # places of pacts, and whether another is only likened to the one there
    _openings: list[int] = field(default_factory=list)
    _kinds: dict[str, tuple[list[int], list[Hit]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = self.folded.text
        self.span = self.folded.span
        self.sentences = list(sentences(self.folded.text))
        self.starts = [hit.start for hit in self.hits]
        self.figures = [found.span() for found in FIGURES.finditer(self.text)]
        self._openings = [start for start, _ in self.sentences]
        by_kind = defaultdict(list)
        for hit in self.hits:
            by_kind[hit.kind].append(hit)
        self._kinds = {kind: ([hit.start for hit in hits], hits) for kind, hits in by_kind.items()}

    def has(self, pattern: str | re.Pattern[str]) -> bool:
        """Whether a pattern occurs anywhere in the piece; looked for once."""
        if pattern not in self._seen:
            self._seen[pattern] = re.search(pattern, self.text) is not None
        return bool(self._seen[pattern])

    def at_figures(self, pattern: re.Pattern[str], digits: int | None = None) -> Iterator[re.Match[str]]:
        """Where a pattern begins with figures, or with just so many digits."""
        text = self.text
        for start, end in self.figures:
            if digits is None or end - start == digits:
                found = pattern.match(text, start)
                if found:
                    yield found

    def written(self, code: str) -> dict[tuple[str, str], int]:
        """The ways in which a state is written in the piece, with how (name, demonym, capital), counted."""
        if "written" not in self._seen:
            counts: dict[str, dict[tuple[str, str], int]] = {}
            for hit in self.of("state"):
                ways = counts.setdefault(hit.value, {})
                way = (self.text[hit.start : hit.end].lower(), hit.how)
                ways[way] = ways.get(way, 0) + 1
            self._seen["written"] = counts
        return dict(self._seen["written"].get(code, {}))

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence that holds a place."""
        k = bisect_right(self._openings, place) - 1
        return self.sentences[k if k > 0 else 0] if self.sentences else (0, len(self.text))

    def between(self, start: int, end: int, *kinds: str) -> list[Hit]:
        """The hits that begin in [start, end), of the given kinds if any are given."""
        if len(kinds) == 1:
            of_kind = self._kinds.get(kinds[0])
            if of_kind is None:
                return []
            starts, hits = of_kind
            low = bisect_left(starts, start)
            return hits[low : bisect_left(starts, end, low)]
        low = bisect_left(self.starts, start)
        found = self.hits[low : bisect_left(self.starts, end, low)]
        return [hit for hit in found if hit.kind in kinds] if kinds else found

    def of(self, kind: str) -> list[Hit]:
        """The hits of one kind, in order."""
        return self._kinds.get(kind, ([], []))[1]

    def paragraph(self, place: int) -> int:
        """Where the paragraph of a place begins."""
        return self.text.rfind("\n", 0, place) + 1


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a folded text as places."""
    start = 0
    for found in BREAK.finditer(text):
        place, end = found.span()
        mark = text[place]
        if mark == "." and (
            text[end + 1 : end + 2].islower() or not text[place - 7 : place].isalpha() and ABBREVIATED.search(text, max(start, place - 8), place)
        ):
            continue
        if mark == "\n" and end == place + 1 and _wrapped(text, place):
            continue
        if not text[start:end].isspace():
            yield start, end
        start = end
    if text[start:].strip():
        yield start, len(text)


WRAP = 60
ENDS = '.!?:;…»”")]'


def _wrapped(text: str, place: int) -> bool:
    """Whether the line that ends here was broken to fit a width: a long one that ends in no stop, with more text right after it."""
    line = text[text.rfind("\n", 0, place) + 1 : place].rstrip()
    return len(line) >= WRAP and line[-1] not in ENDS and text[place + 1 : place + 2].strip() != ""

"""Hinges: the smallest sets of open facts that would turn a finding. Exact, by expansion into implicants."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.conditions.plain import Truth, holds, threshold

MOST_FACTS = 6
MOST_SETS = 4096

Change = dict[str, bool]


@dataclass(frozen=True)
class Hinges:
    """Every minimal set of changes, smallest first, each with the value the condition then has.

    `capped` is true where sets larger than the limit, or more sets than the limit, were left out.
    """

    sets: list[tuple[bool, Change]]
    capped: bool


class _Book:
    """The open facts as bits: bit 2i makes fact i true, bit 2i + 1 makes it false. A term is a set of such bits."""

    def __init__(self, account: Mapping[str, Truth], open_facts: Iterable[str], most_facts: int, most_sets: int) -> None:
        self.account = account
        self.order = sorted(open_facts)
        self.bit = {fact: 2 * number for number, fact in enumerate(self.order)}
        self.even = sum(1 << bit for bit in self.bit.values())
        self.changes = 0
        for fact, bit in self.bit.items():
            value = account.get(fact)
            self.changes |= (0 if value is True else 1 << bit) | (0 if value is False else 2 << bit)
        self.most_facts, self.most_sets = most_facts, most_sets
        self.capped = False

    def literal(self, fact: str, wanted: bool) -> list[int]:
        if fact in self.bit:
            return [(1 if wanted else 2) << self.bit[fact]]
        return [0] if self.account.get(fact) is wanted else []

    def minimal(self, terms: Iterable[int]) -> list[int]:
        """The terms that no other term is part of, without the contradictory and the too large."""
        kept: list[int] = []
        for term in sorted(set(terms), key=int.bit_count):
            if term & (term >> 1) & self.even:
                continue
            if (term & self.changes).bit_count() > self.most_facts:
                self.capped = True
            elif not any(small & term == small for small in kept):
                kept.append(term)
        if len(kept) > self.most_sets:
            self.capped = True
            kept = sorted(kept, key=lambda term: (term & self.changes).bit_count())[: self.most_sets]
        return kept

    def ways(self, condition: Any, wanted: bool) -> list[int]:
        """The minimal terms that make the condition `wanted`."""
        if isinstance(condition, str):
            return self.literal(condition, wanted)
        if "not" in condition:
            return self.ways(condition["not"], not wanted)
        parts = condition["of"] if "of" in condition else next(iter(condition.values()))
        needed = threshold(condition, len(parts))
        if not wanted:
            needed = len(parts) - needed + 1
        return self.enough(needed, [self.ways(part, wanted) for part in parts])

    def enough(self, needed: int, parts: list[list[int]]) -> list[int]:
        """The minimal terms that make at least `needed` of the parts so; `counts[k]` are those that make k of the parts seen so far so."""
        counts: dict[int, list[int]] = {0: [0]}
        for seen, ways in enumerate(parts, start=1):
            fewest = needed - (len(parts) - seen)
            following: dict[int, list[int]] = {}
            for count in range(max(fewest, 0), min(seen, needed) + 1):
                terms = list(counts.get(count, []))
                terms += [term | way for term in counts.get(count - 1, []) for way in ways]
                if count == needed:
                    terms += counts.get(needed, [])
                following[count] = self.minimal(terms)
            counts = following
        return counts.get(needed, [])

    def named(self, term: int) -> Change:
        return {fact: bool(term >> bit & 1) for fact, bit in self.bit.items() if (term & self.changes) >> bit & 3}


def hinges(condition: Any, account: Mapping[str, Truth], open_facts: Iterable[str], most_facts: int = MOST_FACTS, most_sets: int = MOST_SETS) -> Hinges:
    """The minimal sets of changes to `open_facts` after which the condition is true or false and was not before.

    account: the facts as they stand; what it does not name is unknown. open_facts: those that are contested or unknown.
    Trap: this is Kleene's logic; where `a or not a` is unknown, making `a` known turns it.

    >>> found = hinges({"all": ["attack", {"any": ["by_state", "by_group"]}]}, {"attack": True}, ["by_state", "by_group"])
    >>> found.sets
    [(True, {'by_group': True}), (True, {'by_state': True}), (False, {'by_group': False, 'by_state': False})]
    """
    book = _Book(account, open_facts, most_facts, most_sets)
    now = holds(condition, account)
    sets: list[tuple[bool, Change]] = []
    for wanted in (True, False):
        if now is wanted:
            continue
        terms = {term & book.changes for term in book.ways(condition, wanted)}
        smallest = [term for term in terms if not any(other != term and other & term == other for other in terms)]
        sets += [(wanted, book.named(term)) for term in smallest]
    sets.sort(key=lambda found: (len(found[1]), not found[0], sorted(found[1].items())))
    return Hinges(sets, book.capped)

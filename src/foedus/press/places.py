"""Items in the order of their places, and the quick questions about them: which lie between, which is the last before, is a place taken."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Ordered(Generic[Item]):
    """Items sorted by where they begin."""

    def __init__(self, items: Iterable[Item], start: Callable[[Item], int]) -> None:
        self.items = sorted(items, key=start)
        self.starts = [start(item) for item in self.items]

    def between(self, start: int, end: int) -> list[Item]:
        """Those that begin in [start, end)."""
        low = bisect_left(self.starts, start)
        return self.items[low : bisect_left(self.starts, end, low)]

    def before(self, place: int, most: int | None = None) -> list[Item]:
        """Those that begin before a place, or the last few of them."""
        end = bisect_left(self.starts, place)
        return self.items[0 if most is None else max(0, end - most) : end]

    def first_from(self, place: int) -> Item | None:
        """The first that begins at a place or after it."""
        k = bisect_left(self.starts, place)
        return self.items[k] if k < len(self.items) else None


class Taken:
    """Places that are taken; they do not overlap."""

    def __init__(self, places: Iterable[tuple[int, int]] = ()) -> None:
        self.places: list[tuple[int, int]] = []
        for place in sorted(places):
            self.add(*place)

    def add(self, start: int, end: int) -> None:
        """Take a place."""
        insort(self.places, (start, end))

    def free(self, start: int, end: int) -> bool:
        """Whether nothing taken overlaps [start, end)."""
        k = bisect_left(self.places, (end, -1))
        return all(taken <= start for _, taken in self.places[k - 3 if k > 3 else 0 : k])

    def beside(self, start: int, end: int, reach: int) -> list[tuple[int, int]]:
        """The taken places that end or begin within `reach` of [start, end)."""
        low = bisect_right(self.places, (start - reach - 60, -1))
        high = bisect_left(self.places, (end + reach, -1))
        return [(a, b) for a, b in self.places[low:high] if b >= start - reach]

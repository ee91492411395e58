"""Where one number stands among others, and how surely: a rank with its n and interval."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Z = 1.959963984540054


@dataclass(frozen=True)
class Place:
    """rank: 1 for the smallest. n: how many it stands among, itself not counted. below: the share of them that is smaller. low, high: 95 % interval (Wilson)."""

    rank: int
    n: int
    below: float
    low: float
    high: float


def place(value: float, others: Sequence[float]) -> Place | None:
    """The place of a value among others; ties count half. None where there is nothing to stand among.

    >>> place(2.0, [1.0, 3.0, 4.0, 5.0]).rank
    2
    """
    if not others:
        return None
    smaller = sum(other < value for other in others) + sum(other == value for other in others) / 2
    share = smaller / len(others)
    return Place(sum(other < value for other in others) + 1, len(others), share, *wilson(smaller, len(others)))


def wilson(count: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), right also near 0 and 1 and for a small n."""
    share, z2 = count / n, Z * Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies, by straight lines between them (type 7, as NumPy and R do).

    >>> quantile([1, 2, 3, 4], 0.5)
    2.5
    """
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)

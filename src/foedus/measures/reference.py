"""The reference class: what became of the forces most like this one, and what that lets one expect.

The class starts with every feature shared and is widened, one stated feature at a time, until it has enough members; the widening is part of the answer.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
ENOUGH = 12  # members a class needs before it is asked
LEAST = 5  # members below which no number is given
OUTCOMES = ("withdrawn", "replaced", "expelled", "absorbed", "still_there")
PRIOR = 0.5  # Jeffreys: half an observation of each outcome


@dataclass(frozen=True)
class Chance:
    """One outcome: how many of the class, and the posterior mean with its 90 % interval."""

    outcome: str
    count: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class ReferenceClass:
    """shared: the features that every member shares with the case. dropped: those given up to find enough, in that order. members: ids."""

    shared: tuple[str, ...]
    dropped: tuple[str, ...]
    members: tuple[str, ...]


def nearest_class(case: Row, rows: Iterable[Row], features: Sequence[str]) -> ReferenceClass:
    """The nearest class with at least `ENOUGH` members, features given up from the last of the list; everything where even one feature is too many.

    case, rows: each feature by name, None where unknown (an unknown matches nothing), and `id`.
    """
    members = [row for row in rows if row["id"] != case["id"]]
    known = [feature for feature in features if case[feature] is not None]
    dropped = [feature for feature in features if case[feature] is None]
    for kept in range(len(known), -1, -1):
        found = tuple(row["id"] for row in members if all(row[feature] == case[feature] for feature in known[:kept]))
        if len(found) >= ENOUGH or kept == 0:
            return ReferenceClass(tuple(known[:kept]), (*dropped, *reversed(known[kept:])), found)
    raise AssertionError("a class without features holds every row")


def chances(outcomes: Iterable[str]) -> list[Chance] | None:
    """The posterior of each outcome, from a Dirichlet prior of one half each (Jeffreys 1946); None for a class of fewer than five.

    Each outcome's own share follows a beta distribution; the interval leaves 5 % on either side.
    """
    counts = Counter(outcomes)
    n = counts.total()
    if n < LEAST:
        return None
    whole = n + PRIOR * len(OUTCOMES)
    rows = []
    for outcome in OUTCOMES:
        a = counts[outcome] + PRIOR
        rows.append(Chance(outcome, counts[outcome], a / whole, beta_quantile(0.05, a, whole - a), beta_quantile(0.95, a, whole - a)))
    return rows


def beta_quantile(share: float, a: float, b: float) -> float:
    """The quantile of a beta distribution, to 1e-9, by halving its distribution function."""
    low, high = 0.0, 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if beta_share(middle, a, b) < share else (low, middle)
    return (low + high) / 2


def beta_share(x: float, a: float, b: float) -> float:
    """The share of a beta distribution below x: the regularised incomplete beta function, by its continued fraction (DLMF 8.17.22, summed as Lentz does).

    Written out because SciPy would take a third of the time of a whole brief; held to SciPy in the tests.
    """
    if not 0 < x < 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, 500):
        before = total
        for step in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d, c = 1 / (1 + step * d), 1 + step / c
            total *= c * d
        if abs(total - before) < 1e-15 * abs(total):
            break
    return front * total

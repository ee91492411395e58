"""How long forces stay: the share still there after each day, where some had not left when last seen.

Plain functions over a few hundred stays, fast enough for a brief; `modelling` holds what needs lifelines. Every function here agrees with lifelines to
1e-6 (tests/test_survival.py). Entry is reckoned with: a force counts as at risk only from the day it is followed (left truncation).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

Z = 1.959963984540054  # the normal quantile of a 95 % interval


class Followed(Protocol):
    """What a curve needs to know of a stay."""

    @property
    def days(self) -> int: ...
    @property
    def ended(self) -> bool: ...
    @property
    def entry(self) -> int: ...
    @property
    def cause(self) -> str | None: ...


@dataclass(frozen=True)
class Step:
    """The curve from a day on: share still there, and its 95 % interval (Greenwood, log-log)."""

    day: int
    at_risk: int
    ends: int
    share: float
    low: float
    high: float


def life_table(stays: Iterable[Followed]) -> list[tuple[int, int, int]]:
    """Each day on which one or more ended: day, how many were at risk, how many ended."""
    followed = list(stays)
    table = []
    for day in sorted({stay.days for stay in followed if stay.ended}):
        at_risk = sum(stay.entry < day <= stay.days for stay in followed)
        table.append((day, at_risk, sum(stay.ended and stay.days == day for stay in followed)))
    return table


def kaplan_meier(stays: Iterable[Followed]) -> list[Step]:
    """The product-limit curve, one step for each day on which a stay ended.

    Errors: none; an empty list where no end was seen. Source: Kaplan and Meier 1958; the interval as in Kalbfleisch and Prentice.
    Trap: with left truncation a risk set of one that ends takes the curve to zero for good.
    """
    steps, share, variance = [], 1.0, 0.0
    for day, at_risk, ends in life_table(stays):
        share *= 1 - ends / at_risk
        variance += ends / (at_risk * (at_risk - ends)) if at_risk > ends else math.inf
        steps.append(Step(day, at_risk, ends, share, *_interval(share, variance)))
    return steps


def _interval(share: float, variance: float) -> tuple[float, float]:
    if not 0 < share < 1 or not math.isfinite(variance):
        return (share, share)
    spread = Z * math.sqrt(variance) / math.log(share)
    return share ** math.exp(-spread), share ** math.exp(spread)


def share_after(steps: Sequence[Step], day: float) -> float:
    """The share still there after a day; 1 before the first end."""
    return next((step.share for step in reversed(steps) if step.day <= day), 1.0)


def interval_after(steps: Sequence[Step], day: float) -> tuple[float, float]:
    """The 95 % interval of the share still there after a day."""
    return next(((step.low, step.high) for step in reversed(steps) if step.day <= day), (1.0, 1.0))


def median(steps: Sequence[Step]) -> int | None:
    """The first day after which half or fewer are still there; None where the curve never comes so low."""
    return next((step.day for step in steps if step.share <= 0.5 + 1e-12), None)


@dataclass(frozen=True)
class _From:
    days: int
    ended: bool
    entry: int
    cause: str | None


def given(stays: Iterable[Followed], day: int) -> list[_From]:
    """The stays that lasted beyond a day, followed from it: a curve over them is the curve given that day."""
    return [_From(stay.days, stay.ended, max(stay.entry, day), stay.cause) for stay in stays if stay.days > day]


def nelson_aalen(stays: Iterable[Followed]) -> list[tuple[int, float]]:
    """The cumulative hazard after each day on which a stay ended; ends of one day are taken one after another, as lifelines does."""
    steps, total = [], 0.0
    for day, at_risk, ends in life_table(stays):
        total += sum(1 / (at_risk - already) for already in range(ends))
        steps.append((day, total))
    return steps


def aalen_johansen(stays: Iterable[Followed], cause: str) -> list[tuple[int, float]]:
    """The share that has ended by one cause after each day: the competing ways out take it from each other, so the causes and those still there sum to 1."""
    followed = list(stays)
    steps, share, total = [], 1.0, 0.0
    for day, at_risk, ends in life_table(followed):
        by_cause = sum(stay.ended and stay.days == day and stay.cause == cause for stay in followed)
        total += share * by_cause / at_risk
        share *= 1 - ends / at_risk
        steps.append((day, total))
    return steps


def value_after(steps: Sequence[tuple[int, float]], day: float) -> float:
    """The value of a step function after a day; 0 before its first step."""
    return next((value for at, value in reversed(steps) if at <= day), 0.0)

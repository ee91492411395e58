"""Obligations by pair as plain arrays: what the whole-matrix tables (portfolios, triads, judged dyad-years) are worked out on."""

import dataclasses
import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from foedus.panels import KINDS
from foedus.spells import Day

if TYPE_CHECKING:
    import numpy
    import polars

    Array = numpy.ndarray[Any, numpy.dtype[Any]]

OPEN = 2**31 - 1  # in arrays only: a spell that still runs
EPOCH = 719163


@dataclasses.dataclass(frozen=True)
class Bonds:
    """Rows of what one state owes another under one pact, as arrays of one length.

    states: the states' keys, in order; obligor, obligee: places in it. pact: a number a pact. start, until: days since 1970-01-01, `OPEN` where it runs.
    first, last: the years it is listed in. when: rows × kinds, the place in `conditions` of what the obligation stands under; -1 where it is not owed, 0
    where it is owed without condition. conditions: as the condition engine reads them, the first one None.
    coverage: the first and last year the source covers; outside of it nothing is known. source: `atop` or `library`.
    """

    states: list[Any]
    pact: "Array"
    obligor: "Array"
    obligee: "Array"
    start: "Array"
    until: "Array"
    first: "Array"
    last: "Array"
    when: "Array"
    conditions: list[Any]
    coverage: tuple[int, int]
    source: str

    @property
    def owed(self) -> "Array":
        """Rows × kinds: whether it is owed at all, under a condition or none."""
        import numpy

        return numpy.asarray(self.when >= 0)

    def on(self, day: Day) -> "Array":
        """The rows that hold on the day."""
        import numpy

        number = ordinal(day)
        return numpy.flatnonzero((self.start <= number) & (number < self.until))


def ordinal(day: Day) -> int:
    """The day as days since 1970-01-01.

    >>> ordinal("1970-01-02")
    1
    """
    return datetime.date.fromisoformat(day).toordinal() - EPOCH


def from_atop(pairs: "polars.DataFrame", coverage: tuple[int, int], condition_words: Iterable[str]) -> Bonds:
    """The frame of `atop.pairs()` as arrays. A year is listed from that of the start to that of the end, the end's own included: ATOP's rule."""
    import numpy

    words = list(condition_words)
    bits = numpy.stack(
        [pairs[f"{kind}_when"].to_numpy() if f"{kind}_when" in pairs.columns else numpy.zeros(pairs.height, numpy.uint8) for kind in KINDS], axis=1
    )
    owed = numpy.stack([pairs[kind].to_numpy() for kind in KINDS], axis=1)
    masks, place = numpy.unique(bits, return_inverse=True)
    conditions = [_all([word for bit, word in enumerate(words) if mask >> bit & 1]) for mask in map(int, masks)]
    if not len(masks) or masks[0] != 0:
        conditions, place = [None, *conditions], place + 1
    years = pairs.select(first=_year("start"), last=_year("until").fill_null(coverage[1]))
    return Bonds(
        when=numpy.where(owed, place.reshape(bits.shape), -1).astype(numpy.int16),
        conditions=conditions,
        first=years["first"].to_numpy(),
        last=years["last"].to_numpy(),
        coverage=coverage,
        source="atop",
        **_keys(pairs, "ccode", pairs["alliance"].to_numpy()),
    )


def _all(words: list[str]) -> Any:
    return None if not words else words[0] if len(words) == 1 else {"all": words}


def _year(column: str) -> "polars.Expr":
    import polars

    return polars.col(column).dt.year().cast(polars.Int32)


def _keys(pairs: "polars.DataFrame", key: str, pact: "Array") -> dict[str, Any]:
    import numpy

    both = numpy.concatenate([pairs[f"{key}1"].to_numpy(), pairs[f"{key}2"].to_numpy()])
    states, place = numpy.unique(both, return_inverse=True)
    place = place.astype(numpy.int16)
    return {
        "states": states.tolist(),
        "pact": pact,
        "obligor": place[: pairs.height],
        "obligee": place[pairs.height :],
        "start": pairs["start"].to_physical().to_numpy(),
        "until": pairs["until"].to_physical().fill_null(OPEN).to_numpy(),
    }

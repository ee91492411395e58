"""Obligations by pair as plain arrays: what the whole-matrix tables (portfolios, triads, judged dyad-years) are worked out on."""

import dataclasses
import datetime
import functools
import json
from typing import TYPE_CHECKING, Any

from foedus import datasets, snapshot
from foedus.errors import unknown
from foedus.law import parties, provisions
from foedus.panels import LIBRARY_KINDS, atop, library, systems
from foedus.spells import Day

if TYPE_CHECKING:
    import numpy
    import polars

    Array = numpy.ndarray[Any, numpy.dtype[Any]]

SOURCES = ("library", "atop")
OPEN = 2**31 - 1  # in arrays only: a spell that still runs
EPOCH = 719163


@dataclasses.dataclass(frozen=True)
class Bonds:
    """Rows of what one state owes another under one pact, as arrays of one length.

    states: the states' keys, in order; obligor, obligee: places in it. pact: a number a pact (in the library, a pact and text). start, until: days since
    1970-01-01, `OPEN` where it runs. first, last: the years it is listed in. when: rows × kinds, the place in `conditions` of what the obligation stands
    under; -1 where it is not owed, 0 where it is owed without condition. Two members that owe each other nothing have a row with -1 throughout.
    conditions: as the condition engine reads them, the first one None. duty: in the library, the place in `duties`, -1 where there is none.
    duties: the provisions of the library; names: what each pact is called. coverage: the first and last year the source covers; outside of it nothing is
    known (open ends are None). source: `atop` or `library`.
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
    coverage: tuple[int, int | None]
    source: str
    names: dict[int, str]
    duty: "Array"
    duties: list[Any]

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


def read(source: str = "library", system: str = "cow") -> Bonds:
    """The obligations of a source, read once. Errors: InputError for a source or system that there is not, or ATOP not in the store."""
    if source not in SOURCES:
        raise unknown("source of obligations", source, SOURCES)
    if source == "library":
        return from_library(system)
    if system != "cow":
        raise unknown("system of codes in ATOP", system, ["cow"])
    return _read_atop(str(datasets.path(atop.CARD, "member")))


@functools.lru_cache(2)
def _read_atop(path: str) -> Bonds:
    return from_atop(atop.pairs(), datasets.years(atop.CARD))


def from_atop(pairs: "polars.DataFrame", coverage: tuple[int, int]) -> Bonds:
    """The frame of `atop.pairs()` as arrays. A year is listed from that of the start to that of the end, the end's own included: ATOP's rule.

    Where an obligation stands under several of ATOP's conditions, it asks for all of them.
    """
    import numpy
    import polars

    shape = pairs.height
    empty = numpy.zeros(shape, numpy.uint8)
    bits = numpy.stack([pairs[f"{kind}_when"].to_numpy() if f"{kind}_when" in pairs.columns else empty for kind in LIBRARY_KINDS], axis=1)
    owed = numpy.stack([pairs[kind].to_numpy() if kind in pairs.columns else empty.astype(bool) for kind in LIBRARY_KINDS], axis=1)
    masks = sorted({0, *numpy.unique(bits).tolist()})
    place = numpy.searchsorted(masks, bits)
    years = pairs.select(first=polars.col("start").dt.year(), last=polars.col("until").dt.year().fill_null(coverage[1]))
    alliances = pairs["alliance"].to_numpy()
    return Bonds(
        when=numpy.where(owed, place, -1).astype(numpy.int16),
        conditions=[_all([word for bit, word in enumerate(atop.CONDITIONS) if mask >> bit & 1]) for mask in masks],
        first=years["first"].to_numpy(),
        last=years["last"].to_numpy(),
        coverage=coverage,
        source="atop",
        names={number: f"atop:{number}" for number in numpy.unique(alliances).tolist()},
        duty=numpy.full(shape, -1, numpy.int32),
        duties=[],
        **_keys(pairs, "ccode", alliances),
    )


def _all(words: list[str]) -> Any:
    return None if not words else words[0] if len(words) == 1 else {"all": words}


@functools.cache
def from_library(system: str = "cow") -> Bonds:
    """The library's own pacts as arrays, with a row for every two parties of a text, whether they owe each other anything or not."""
    import numpy
    import polars

    name = systems.key(system)
    duties = _duties()
    texts = sorted({(row["pact"], row["instrument"]) for row in duties})
    conditions = [None, *[json.loads(text) for text in sorted({json.dumps(row["when"]) for row in duties if row["when"] is not None})]]
    owing = library.pairs(system).select("duty", f"{name}1", f"{name}2", "start", "until").with_columns(polars.col("duty").cast(polars.Int32))
    text_of = polars.Series([texts.index((row["pact"], row["instrument"])) for row in duties], dtype=polars.Int32)
    both = polars.concat([owing.with_columns(text=text_of.gather(owing["duty"])), _together(texts, system)], how="diagonal")
    when = numpy.full((both.height, len(LIBRARY_KINDS)), -1, numpy.int16)
    asked = numpy.array([conditions.index(row["when"]) for row in duties], numpy.int16)
    kinds = numpy.array([LIBRARY_KINDS.index(row["kind"]) if row["kind"] in LIBRARY_KINDS else -1 for row in duties], numpy.int16)
    duty = both["duty"].fill_null(-1).to_numpy()
    rows = numpy.flatnonzero((duty >= 0) & (kinds[duty] >= 0))
    when[rows, kinds[duty[rows]]] = asked[duty[rows]]
    last = polars.col("until").dt.offset_by("-1d").dt.year().fill_null(OPEN)
    years = both.select(first=polars.col("start").dt.year(), last=last)
    return Bonds(
        when=when,
        conditions=conditions,
        first=years["first"].to_numpy(),
        last=years["last"].to_numpy(),
        coverage=(1816, None),
        source="library",
        names={number: pact for number, (pact, _) in enumerate(texts)},
        duty=duty,
        duties=duties,
        **_keys(both, name, both["text"].to_numpy()),
    )


def _duties() -> list[Any]:
    """The provisions that oblige, in the order of `library.duties()`."""
    rows = {(row["pact"], row["article"], row["id"]): row for pact in snapshot.records("pact").values() for row in provisions.flat(pact)}
    return [rows[key] for key in library.duties().select("pact", "article", "provision").iter_rows()]


def _together(texts: list[tuple[str, str]], system: str) -> "polars.DataFrame":
    """One row a text and two of its parties, for the days on which it binds both: text, the two keys, start, until. No duty."""
    import polars

    rows = [
        (number, party["state"], spell["from"], spell["until"])
        for number, (pact, text) in enumerate(texts)
        for party in snapshot.record("pact", pact)["parties"]
        for spell in parties.spells(party, text)
    ]
    name = systems.key(system)
    spells = polars.DataFrame(rows, schema={"text": polars.Int32, "state": polars.String, "start": polars.String, "until": polars.String}, orient="row")
    spells = spells.with_columns(polars.col("start", "until").str.to_date()).join(library.codes_of(system), on="state", suffix="_code")
    cut = spells.select("text", "code", start=polars.max_horizontal("start", "start_code"), until=polars.min_horizontal("until", "until_code"))
    both = cut.join(cut, on="text", suffix="2").filter(polars.col("code") != polars.col("code2"))
    begin, end = polars.max_horizontal("start", "start2"), polars.min_horizontal("until", "until2")
    found = both.select("text", polars.col("code").alias(f"{name}1"), polars.col("code2").alias(f"{name}2"), start=begin, until=end)
    return found.filter(polars.col("until").is_null() | (polars.col("start") < polars.col("until")))


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

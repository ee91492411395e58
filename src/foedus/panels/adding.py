"""Verbs that put a data set's values beside the rows of a frame: any dataframe in, the same kind out."""

import functools
from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.errors import InputError, unknown
from foedus.panels import KINDS, LIBRARY_KINDS, atop, library
from foedus.panels.joining import Addition, add, event_keys, keys

if TYPE_CHECKING:
    import polars

NMC = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
LAST_YEAR = 2100


def _both(frame: Any, addition: Addition, unmatched: str) -> Any:
    """A state's values added once to rows of states, to pairs once for each side, with the side's number behind the names."""
    from dataclasses import replace

    sides = ["1", "2"] if len(keys(frame).states) == 2 else [""]
    return add(frame, [replace(addition, suffix=side) for side in sides], unmatched)


def add_obligations(
    frame: Any, source: str = "library", fold: str | None = None, unmatched: str = "warn", on: str | None = None, states: tuple[str, str] | None = None
) -> Any:
    """What the first state owes the second in the year (or on the day, where the frame has `date`): a Boolean column a kind, `pacts` (their number).

    on: the column of days of a table of events whose column is not called `date`; states: its two columns of states, who would owe and who would be
    owed, where they are not `ccode1, ccode2` and so on: text is read as the library's ids, whole numbers as Correlates of War codes.

    Rows of states get the kinds that the state owes anyone. Source `library` counts a year that the obligation touches; `atop` (the user's copy)
    counts as ATOP does. fold: None keeps the direction; `either` and `both` make the two directions of a pair one, and the caller says which.
    Adds obligations_missing and obligations_source. Errors: InputError for another source or fold.
    """
    if fold not in (None, "either", "both"):
        raise unknown("fold", str(fold), ("either", "both"))
    if source not in ("library", "atop"):
        raise unknown("source of obligations", source, ("library", "atop"))
    found = event_keys(frame, on, states) if on or states else keys(frame)
    if found.time != "year":
        from foedus.panels.daily import add_by_day

        return add_by_day(frame, source, fold, found)
    pairs = len(found.states) == 2
    if not pairs and fold:
        raise InputError("fold is for rows of pairs, and the frame has rows of states")
    return add(frame, [obligations(source, pairs, found.system, fold)], unmatched)


def obligations(source: str, pairs: bool = True, system: str = "cow", fold: str | None = None) -> Addition:
    """The obligations of a source by year, ready to be added."""
    import polars

    kinds: tuple[str, ...]
    if source == "atop":
        table = _atop_years(str(datasets.path("atop", "member")), pairs).rename({"number": "pacts"})
        kinds, span, label, system = KINDS, datasets.years("atop"), datasets.label("atop"), "cow"
    else:
        import foedus

        table, kinds = (library_years(system) if pairs else library_state_years(system)), LIBRARY_KINDS
        span, label = (1816, LAST_YEAR), f"foedus {foedus.__version__}"
    if fold:
        one, other = [name for name in table.columns if name[-1] in "12"]
        turned = table.rename({one: other, other: one}).select(table.columns)
        how = polars.col(*kinds).any() if fold == "either" else (polars.col(*kinds).all() & (polars.len() == 2))
        table = polars.concat([table, turned]).group_by(one, other, "year").agg(how, polars.col("pacts").max())
        if fold == "both":
            table = table.filter(polars.any_horizontal(kinds) | (polars.col("pacts") > 0))
    return Addition("obligations", label, system, table, span, {**dict.fromkeys(kinds, False), "pacts": 0})


@functools.lru_cache(4)
def _atop_years(path: str, pairs: bool) -> "polars.DataFrame":
    import polars

    table = polars.read_parquet(path)
    return atop.directed_dyad_years(table) if pairs else atop.state_years(table)


@functools.cache
def library_years(system: str) -> "polars.DataFrame":
    """One row a directed pair and year that an obligation of the library touches, to LAST_YEAR where it is open: the keys, year, the kinds, pacts."""
    import polars

    spells = library.pairs(system).join(library.duties().select("duty", "pact", "kind"), on="duty")
    names = [name for name in spells.columns if name[-1] in "12"]
    last = polars.coalesce((polars.col("until") - polars.duration(days=1)).dt.year(), LAST_YEAR)
    years = polars.int_ranges(polars.col("start").dt.year(), last + 1, dtype=polars.Int16)
    yearly = spells.with_columns(year=years).explode("year")
    kinds = {kind: (polars.col("kind") == kind).any() for kind in LIBRARY_KINDS}
    return yearly.group_by(*names, "year").agg(**kinds, pacts=polars.col("pact").n_unique().cast(polars.Int16)).sort(*names, "year")


@functools.cache
def library_state_years(system: str) -> "polars.DataFrame":
    """One row a state and year in which it owes anything by a pact of the library: the key, year, the kinds, pacts (by how many it owes)."""
    import polars

    spells = library.pairs(system).join(library.duties().select("duty", "pact", "kind"), on="duty")
    name = next(name for name in spells.columns if name.endswith("1"))
    last = polars.coalesce((polars.col("until") - polars.duration(days=1)).dt.year(), LAST_YEAR)
    years = polars.int_ranges(polars.col("start").dt.year(), last + 1, dtype=polars.Int16)
    yearly = spells.rename({name: name[:-1]}).with_columns(year=years).explode("year")
    kinds = {kind: (polars.col("kind") == kind).any() for kind in LIBRARY_KINDS}
    return yearly.group_by(name[:-1], "year").agg(**kinds, pacts=polars.col("pact").n_unique().cast(polars.Int16)).sort(name[:-1], "year")


def add_capabilities(frame: Any, columns: tuple[str, ...] = NMC, unmatched: str = "warn") -> Any:
    """National Material Capabilities of the state, or of both (cinc1, cinc2 …): milex, milper, irst, pec, tpop, upop, cinc.

    milex in thousands of current pounds to 1913 and dollars after, milper, tpop and upop in thousands. Adds capabilities_missing and capabilities_source.
    """
    import polars

    wrong = [name for name in columns if name not in NMC]
    if wrong:
        raise unknown("column of capabilities", wrong[0], NMC)
    table = datasets.read("cow-nmc", "state_year", ["ccode", "year", *columns]).with_columns(polars.col("ccode", "year").cast(polars.Int16))
    return _both(frame, Addition("capabilities", datasets.label("cow-nmc"), "cow", table, datasets.years("cow-nmc")), unmatched)


def add_majors(frame: Any, unmatched: str = "warn") -> Any:
    """Whether the state was a major power on any day of the year: major, or major1 and major2. Adds majors_missing and majors_source."""
    table = _majors(str(datasets.path("cow-majors", "spells")))
    return _both(frame, Addition("majors", datasets.label("cow-majors"), "cow", table, datasets.years("cow-majors"), {"major": False}), unmatched)


@functools.lru_cache(4)
def _majors(path: str) -> "polars.DataFrame":
    import polars

    spells = polars.read_parquet(path)
    years = polars.int_ranges("styear", polars.col("endyear") + 1, dtype=polars.Int16)
    yearly = spells.select(polars.col("ccode").cast(polars.Int16), year=years, major=True).explode("year")
    return yearly.unique().sort("ccode", "year")


def add_contiguity(frame: Any, which: str = "first", unmatched: str = "warn") -> Any:
    """Direct contiguity in the year: contiguity, from 1 (land) to 5 (within 400 miles of water), 0 for none. Rows of states: land, sea (how many).

    which: where the type changes in a year, the `first` or the `last`. Adds contiguity_missing and contiguity_source.
    """
    import polars

    if which not in ("first", "last"):
        raise unknown("type of a year in which it changes", which, ("first", "last"))
    yearly = contiguity_years()
    label, span = datasets.label("cow-contiguity"), datasets.years("cow-contiguity")
    if len(keys(frame).states) == 2:
        table = _one_type(yearly, which).select("ccode1", "ccode2", "year", "contiguity").sort("ccode1", "ccode2", "year")
        return add(frame, [Addition("contiguity", label, "cow", table, span, {"contiguity": 0})], unmatched)
    counts = (
        _one_type(yearly, which)
        .group_by(ccode="ccode1", year="year")
        .agg(land=(polars.col("contiguity") == 1).sum().cast(polars.Int16), sea=(polars.col("contiguity") > 1).sum().cast(polars.Int16))
    )
    return add(frame, [Addition("contiguity", label, "cow", counts.sort("ccode", "year"), span, {"land": 0, "sea": 0})], unmatched)


def _one_type(yearly: "polars.DataFrame", which: str) -> "polars.DataFrame":
    """One type a pair and year: that of the earliest spell, or of the spell that holds latest in the year."""
    order = ["start"] if which == "first" else ["end", "start"]
    return yearly.sort(order).unique(["ccode1", "ccode2", "year"], keep="first" if which == "first" else "last", maintain_order=True)


def contiguity_years() -> "polars.DataFrame":
    """One row a directed pair, year and spell of contiguity that touches it: ccode1, ccode2, year, contiguity, start, end (at most the year's last month)."""
    table = "spells" if datasets.held("cow-contiguity", "spells") else "master"
    return _contiguity(str(datasets.path("cow-contiguity", table)), table)


@functools.lru_cache(4)
def _contiguity(path: str, table: str) -> "polars.DataFrame":
    import polars

    spells = polars.read_parquet(path)
    if table == "master":
        month = {name: polars.date(polars.col(name) // 100, polars.col(name) % 100, 1) for name in ("begin", "end")}
        one = spells.select(ccode1="statelno", ccode2="statehno", conttype="conttype", stdate=month["begin"], enddate=month["end"])
        spells = polars.concat([one, one.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(one.columns)])
    years = polars.int_ranges(polars.col("stdate").dt.year(), polars.col("enddate").dt.year() + 1, dtype=polars.Int16)
    kept = spells.select(
        polars.col("ccode1", "ccode2").cast(polars.Int16), year=years, contiguity=polars.col("conttype").cast(polars.Int8), start="stdate", end="enddate"
    )
    return kept.explode("year").with_columns(end=polars.min_horizontal("end", polars.date(polars.col("year"), 12, 1)))

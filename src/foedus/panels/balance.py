"""How one state is aligned with several others, year by year, from the library's pacts, from the user's ATOP and from votes; and what made it change."""

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from foedus import datasets, states
from foedus.errors import InputError, unknown
from foedus.panels import REASONS, bonds, library, portfolios, systems
from foedus.panels.alignment import MEASURES, change, similarity
from foedus.panels.joining import Addition, add
from foedus.spells import Day, day

if TYPE_CHECKING:
    import numpy
    import polars

    Array = numpy.ndarray[Any, numpy.dtype[Any]]

Row = dict[str, Any]
SOURCES = {"library": "the library's pacts", "atop": "ATOP's alliances", "votes": "votes in the General Assembly"}
NEEDS = {"atop": ("atop", "member"), "votes": ("un-votes", "votes")}
DIGITS = 12  # beyond which two ways of summing differ


def align(state: str, others: Iterable[str], start: int, end: int | None = None, sources: Iterable[str] | None = None, weights: str | None = None) -> list[Row]:
    """One row a source, year and other state: source, year, state, other, s, kappa, pi, tau_b, partners, missing.

    partners: how many states (or roll calls) the two portfolios were compared over. A measure is None where it is not defined; the whole row where the
    source does not cover the year, or one of the two was no state or had no portfolio in it, and `missing` says which. sources: `library`, `atop`,
    `votes`; where None, the library and whatever the store has. end: where None, the last year in which anything in the library began.
    weights: `capabilities` weighs each partner of a portfolio of commitments by its share of the world's (the user's National Material Capabilities); a
    partner without a figure that year is left out, and `partners` has fewer. Votes have no such partners, and tau-b no weights: they are then None.
    Errors: InputError for a state or a source that there is not, or a data set that is not in the store.
    """
    chosen = available() if sources is None else list(sources)
    for source in chosen:
        if source not in SOURCES:
            raise unknown("source of alignment", source, SOURCES)
    names = [states.find(name) for name in (state, *others)]
    if len(set(names)) < len(names) or len(names) < 2:
        raise InputError("name one state and others to compare it with, each once")
    systems.span(start, last_year() if end is None else end)
    if weights not in (None, "capabilities"):
        raise unknown("weights", str(weights), ("capabilities",))
    if weights and "votes" in chosen and sources is not None:
        raise InputError("roll calls have no capabilities to be weighed by: leave the source votes out, or the weights")
    if weights:
        chosen = [source for source in chosen if source != "votes"]
    years = range(start, (last_year() if end is None else end) + 1)
    return [row for source in chosen for row in (_by_votes(names, years) if source == "votes" else _by_pacts(source, names, years, weights))]


def available() -> list[str]:
    """The sources that can be used: the library always, the others where the store has them."""
    return [source for source in SOURCES if source not in NEEDS or datasets.held(*NEEDS[source])]


def last_year() -> int:
    """The last year in which anything in the library's pacts began."""
    return int(bonds.read("library", "iso3").first.max())


def _by_pacts(source: str, names: list[str], years: range, weights: str | None = None) -> list[Row]:
    import numpy

    system = "iso3" if source == "library" else "cow"
    found = bonds.read(source, system)
    held = portfolios.yearly(found, systems.state_spells(system), years.start, years.stop - 1)
    rows = []
    for year in years:
        if year not in held.keys:
            rows += _empty(source, names, year, REASONS[0])
            continue
        there, levels = held.at(year)
        keys = [name if system == "iso3" else _code(name, year) for name in names]
        places = [there.index(key) if key in there else -1 for key in keys]
        chosen, present = levels[numpy.array(places)].astype(float), [place >= 0 for place in places]
        if not weights:
            rows += _measured(source, names, year, chosen, present, 3)
            continue
        weight = _capabilities(there, system, year)
        known = ~numpy.isnan(weight)
        if known.any():
            rows += _measured(source, names, year, chosen[:, known], present, 3, weight[known])
        else:
            rows += _empty(source, names, year, f"{REASONS[0]}: capabilities")
    return rows


def _capabilities(partners: list[Any], system: str, year: int) -> "Array":
    """Each partner's share of the world's capabilities that year; NaN where there is no figure."""
    import numpy
    import polars

    table = _shares(str(datasets.path("cow-nmc", "state_year"))).filter(polars.col("year") == year)
    share = dict(table.select("ccode", "cinc").iter_rows())
    codes = partners if system == "cow" else [_code(name, year) for name in partners]
    return numpy.array([share.get(code, numpy.nan) for code in codes], dtype=float)


@functools.lru_cache(2)
def _shares(path: str) -> "polars.DataFrame":
    import polars

    return polars.read_parquet(path, columns=["ccode", "year", "cinc"]).drop_nulls()


def _code(state: str, year: int) -> int | None:
    """The state's Correlates of War code at any time in the year."""
    spells = library.codes_of("cow")
    codes = [code for name, code, start, until in spells.iter_rows() if name == state and start.year <= year and (until is None or until.year >= year)]
    return codes[0] if codes else None


def _by_votes(names: list[str], years: range) -> list[Row]:
    import numpy
    import polars

    span = datasets.card("un-votes")["span"]
    known = int(span["from"][:4]), int(span["until"][:4]) - 1  # whole years: the last one of the data has a single roll call
    cast = _votes(str(datasets.path("un-votes", "votes")))
    rows = []
    for year in years:
        if not known[0] <= year <= known[1]:
            rows += _empty("votes", names, year, REASONS[0])
            continue
        there, votes = portfolios.votes(cast.filter((polars.col("year") == year) & polars.col("state").is_in(names)), "state", "rcid", "vote")
        matrix = numpy.full((len(names), max(votes.shape[1], 1)), numpy.nan)
        for place, name in enumerate(names):
            if name in there:
                matrix[place, : votes.shape[1]] = votes[there.index(name)]
        rows += _measured("votes", names, year, matrix, [name in there for name in names], portfolios.MOST_VOTES)
    return rows


@functools.lru_cache(2)
def _votes(path: str) -> "polars.DataFrame":
    """Votes cast with the library's states and the year of the roll call: state, rcid, year, vote. A country the library does not know is left out."""
    import polars

    calls = datasets.read("un-votes", "roll_calls", ["rcid", "date"]).select("rcid", year=polars.col("date").dt.year())
    votes = polars.read_parquet(path, columns=["rcid", "country", "vote"])
    named = {country: _state(country) for country in votes["country"].unique()}
    state = polars.col("country").replace_strict(named, default=None, return_dtype=polars.String)
    return votes.select("rcid", "vote", state=state).drop_nulls("state").join(calls, on="rcid")


def _state(country: str) -> str | None:
    try:
        return states.find(country)
    except InputError:
        return None


def _measured(source: str, names: list[str], year: int, levels: "Array", there: list[bool], most: int, weights: "Array | None" = None) -> list[Row]:
    import numpy

    tables = {measure: similarity(levels, measure, weights=weights, most=most) for measure in MEASURES if weights is None or measure != "tau_b"}
    rows = []
    for place, other in enumerate(names[1:], 1):
        if not (there[0] and there[place]):
            absent = [name for name, found in zip((names[0], other), (there[0], there[place])) if not found]
            rows += _empty(source, [names[0], other], year, f"{REASONS[2]}: {', '.join(absent)}")
            continue
        both = int((~numpy.isnan(levels[[0, place]]).any(axis=0)).sum())
        values = {measure: float(table[0, place]) for measure, table in tables.items()}
        cells = dict.fromkeys(MEASURES) | {measure: None if value != value else round(value, DIGITS) for measure, value in values.items()}
        rows.append({"source": source, "year": year, "state": names[0], "other": other, **cells, "partners": both, "missing": None})
    return rows


def _empty(source: str, names: list[str], year: int, why: str) -> list[Row]:
    blank = dict.fromkeys(MEASURES)
    return [{"source": source, "year": year, "state": names[0], "other": other, **blank, "partners": None, "missing": why} for other in names[1:]]


def align_change(state: str, other: str, before: Day, after: Day, source: str = "library", measure: str = "s") -> list[Row]:
    """One row a partner whose part is not nothing, the greatest first: what the alignment of two states gained or lost by it between two days.

    Keys: partner; before and after: [what the first owed it, what the second did], 0 to 3, None where it was no state; part; for S also
    from_commitments and from_system (see `alignment.change`). The parts of all partners sum to the change.
    Errors: InputError for a day that the source does not cover or on which one of the two was no state.
    """
    if source not in bonds.SOURCES:
        raise unknown("source of obligations", source, bonds.SOURCES)
    days = [day(before), day(after)]
    system = "iso3" if source == "library" else "cow"
    found = bonds.read(source, system)
    for date in days:
        if int(date[:4]) < found.coverage[0] or int(date[:4]) > (found.coverage[1] or 9999):
            raise InputError(f"{date} is outside the coverage of {SOURCES[source]}: what was owed then is not known, not nothing")
    held = portfolios.on_days(found, systems.state_spells(system), days)
    sides = []
    for date in days:
        pair = [states.find(name, date) for name in (state, other)]
        keys = pair if system == "iso3" else [_code(name, int(date[:4])) for name in pair]
        there, levels = held.at(date)
        one, two = (levels[there.index(key)].astype(float) for key in keys)
        labels = there if system == "iso3" else [states.by_code("cow", key, date) or f"cow:{key}" for key in there]
        sides.append((labels, one, two))
    rows = change(sides[0], sides[1], measure)
    moved = [row for row in rows if abs(row["part"]) > 10**-DIGITS]
    return sorted(moved, key=lambda row: (-abs(row["part"]), row["partner"]))


def alignments(
    start: int, end: int, source: str = "library", measures: Iterable[str] = ("s", "kappa", "pi"), system: str | None = None, on: Iterable[Day] = ()
) -> "polars.DataFrame":
    """Every pair of states by year with its measures: the two keys (the smaller first), year, a column a measure. With `on`, by `date` on those days.

    Portfolios of commitments on the scale of `portfolios`. system: iso3 for the library unless said otherwise, cow for ATOP. Years that the source
    does not cover have no rows. A measure is null where it is not defined. source: `library`, `atop`, or `votes`: every pair over the roll calls of the
    year on which both voted, with their number in `partners`. Errors: InputError for an unknown source, measure or system.
    """
    if source == "votes":
        return _vote_alignments(start, end, tuple(measures), system, on)
    chosen = system or ("iso3" if source == "library" else "cow")
    found, spells = bonds.read(source, chosen), systems.state_spells(chosen)
    days = [day(date) for date in on]
    if not days:
        systems.span(start, end)
    held = portfolios.on_days(found, spells, days) if days else portfolios.yearly(found, spells, start, end)
    return portfolios.pairs(held, tuple(measures), systems.key(chosen))


def _vote_alignments(start: int, end: int, measures: tuple[str, ...], system: str | None, on: Iterable[Day]) -> "polars.DataFrame":
    import numpy
    import polars

    for measure in measures:
        if measure not in MEASURES:
            raise unknown("measure", measure, MEASURES)
    if list(on):
        raise InputError("votes are compared by year: leave out the days")
    if system not in (None, "iso3"):
        raise InputError(f"votes are keyed by the library's own codes: ask for system='iso3', not '{system}'")
    systems.span(start, end)
    span = datasets.card("un-votes")["span"]
    first, last = max(start, int(span["from"][:4])), min(end, int(span["until"][:4]) - 1)
    cast = _votes(str(datasets.path("un-votes", "votes"))).filter(polars.col("year").is_between(first, last))
    parts = [polars.DataFrame(schema={"state1": polars.String, "state2": polars.String, "year": polars.Int16, **dict.fromkeys(measures, polars.Float64), "partners": polars.Int32})]  # fmt: skip
    for (year,), calls in sorted(cast.partition_by("year", as_dict=True).items()):
        there, matrix = portfolios.votes(calls, "state", "rcid", "vote")
        one, two = numpy.triu_indices(len(there), 1)
        known = (~numpy.isnan(matrix)).astype(float)
        names = numpy.array(there, dtype=object)
        found = {measure: similarity(matrix, measure, most=portfolios.MOST_VOTES)[one, two] for measure in measures}
        found |= {"partners": (known @ known.T)[one, two]}
        rows = polars.DataFrame({"state1": names[one].tolist(), "state2": names[two].tolist(), **found}).with_columns(
            polars.lit(year, polars.Int16).alias("year")
        )
        parts.append(rows.with_columns(polars.col("partners").cast(polars.Int32), polars.col(*measures).fill_nan(None)).select(parts[0].columns))
    return polars.concat(parts)


def add_alignment(frame: Any, source: str = "atop", measures: Iterable[str] = ("s", "kappa", "pi"), unmatched: str = "ignore") -> Any:
    """How alike the two states' commitments are in the year: `alignment_s` and so on, a column a measure, to rows of pairs.

    Adds alignment_missing and alignment_source. Errors: InputError for an unknown source or measure, or ATOP not in the store.
    """
    import polars

    found = bonds.read(source, "cow")
    last = found.coverage[1] or last_year()
    table = alignments(systems.FIRST, last, source, measures, "cow")
    keys = [polars.col("ccode1", "ccode2").cast(polars.Int16), polars.col("year").cast(polars.Int16)]
    table = table.with_columns(keys).rename({measure: f"alignment_{measure}" for measure in measures})
    turned = table.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(table.columns)
    both = polars.concat([table, turned]).sort("ccode1", "ccode2", "year")
    label = datasets.label("atop") if source == "atop" else "library"
    return add(frame, [Addition("alignment", label, "cow", both, (systems.FIRST, last))], unmatched)

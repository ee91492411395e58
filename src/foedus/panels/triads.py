"""For every attacker, target and year (or day): how many third states are bound to help the target, and what they amount to.

The shape of the work: what holds against an attacker that shares no pact with the target is the same for all of them, so it is worked out once a target and
year and written to all their rows; the rows of attackers that do share a pact with the target are then worked out one by one.
"""

import concurrent.futures
import dataclasses
import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.conditions.plain import Truth
from foedus.errors import InputError
from foedus.panels import REASONS, bonds, fast, helping, systems
from foedus.spells import Day, day

if TYPE_CHECKING:
    import numpy
    import polars

    Array = numpy.ndarray[Any, numpy.dtype[Any]]

NMC = "cow-nmc"
COUNTS = ("bound", "bound_conditionally", "consulting_only")  # of the classes 3, 2 and 1 of `helping`
ABSENT = "capabilities not in the store"
SUMS = ("cinc_bound", "cinc_bound_conditionally", "cinc_consulting_only")


def triads(
    start: int | None = None,
    end: int | None = None,
    on: Day | None = None,
    source: str = "library",
    facts: Mapping[str, Truth] | None = None,
    threads: int = 2,
) -> "polars.DataFrame":
    """One row an attacker, target and year in which both existed; with `on`, a row a pair on that day. In Correlates of War codes.

    Columns: attacker, target, year (or date); `bound`, `bound_conditionally`, `consulting_only`: how many third states owe the target help against this
    attacker without condition, under a condition or an organ's decision, or are bound to consult only; each counts once, in the first that fits it.
    `cinc_bound` and so on: their summed shares of the world's capabilities, null with the reason in `cinc_missing` where one of them has no figure.
    `obligations_missing`: why the counts are null (a year that the source does not cover). facts: what is known of the conditions, such as
    `{"unprovoked": True}`. A pact that holds in any part of a year counts for the year.
    Errors: InputError for a source that there is not or that is not in the store, or years that run backwards.
    """
    found = bonds.read(source)
    if on is not None:
        return on_day(found, day(on), capabilities(), facts)
    low = systems.FIRST if start is None else start
    high = found.coverage[1] if end is None else end
    if high is None:
        raise InputError("the library's pacts go on; say up to which year: triads(1816, 2025)")
    systems.span(low, high)
    return by_year(found, low, high, capabilities(), facts, threads)


def capabilities() -> "polars.DataFrame | None":
    """The capabilities of the user's copy: ccode, year, cinc; None where the store has none."""
    return datasets.read(NMC, "state_year", ["ccode", "year", "cinc"]) if datasets.held(NMC) else None


def by_year(
    found: bonds.Bonds, start: int, end: int, nmc: "polars.DataFrame | None" = None, facts: Mapping[str, Truth] | None = None, threads: int = 2
) -> "polars.DataFrame":
    """The triad table of some obligations over some years: see `triads`. nmc: ccode, year, cinc."""
    import numpy
    import polars

    runs = stretches(start, end)
    covered = range(max(start, found.coverage[0]), min(end, found.coverage[1] or end) + 1)
    work, rows = _work(found, runs, range(start, end + 1), (found.first, found.last), nmc, facts)
    counts, sums = _counted(work, rows, threads)
    lengths = (runs["last"] - runs["first"] + 1).to_numpy()
    years = numpy.arange(rows, dtype=numpy.int32)
    years -= numpy.repeat(work.run_row.astype(numpy.int32) - runs["first"].to_numpy(), lengths)
    keys = [polars.Series(name, numpy.repeat(runs[name].to_numpy(), lengths)) for name in ("attacker", "target")]
    years = years.astype(numpy.int16)
    return _table([*keys, polars.Series("year", years)], years, counts, sums, covered, nmc)


def on_day(found: bonds.Bonds, on: Day, nmc: "polars.DataFrame | None" = None, facts: Mapping[str, Truth] | None = None) -> "polars.DataFrame":
    """The triad table of one day, with `date` in the place of the year."""
    import numpy
    import polars

    year, number = int(on[:4]), bonds.ordinal(on)
    code, start, until = _system()
    alive = numpy.unique(code[(start <= number) & (number < until)])
    one, two = numpy.nonzero(~numpy.eye(len(alive), dtype=bool))
    years = numpy.full(len(one), year, numpy.int16)
    runs = polars.DataFrame({"attacker": alive[one], "target": alive[two], "first": years, "last": years})
    holding = (found.start <= number) & (number < found.until)
    work, rows = _work(found, runs, range(year, year + 1), (numpy.where(holding, year, 1), numpy.where(holding, year, 0)), nmc, facts)
    counts, sums = _counted(work, rows, 1)
    day_ = polars.repeat(number, rows, dtype=polars.Int32, eager=True).cast(polars.Date).alias("date")
    return _table([runs["attacker"], runs["target"], day_], years, counts, sums, range(found.coverage[0], (found.coverage[1] or year) + 1), nmc)


@functools.cache
def _system() -> "tuple[Array, Array, Array]":
    """The state spells as arrays: code, start, until in days since 1970."""
    spells = systems.state_spells("cow")
    return spells["ccode"].to_numpy(), spells["start"].to_physical().to_numpy(), spells["until"].to_physical().fill_null(bonds.OPEN).to_numpy()


def stretches(start: int, end: int) -> "polars.DataFrame":
    """One row a directed pair and unbroken run of years in each of which both existed on a common day: attacker, target, first, last. In order."""
    import polars

    found = systems.coexistence(start, end).rename({"ccode1": "attacker", "ccode2": "target"})
    years = found.with_columns(polars.col("first", "last").cast(polars.Int32).cast(polars.Date).dt.year().cast(polars.Int16))
    again = (polars.col("attacker") == polars.col("attacker").shift(1)) & (polars.col("target") == polars.col("target").shift(1))
    begin = polars.when(again.fill_null(False)).then(polars.max_horizontal("first", polars.col("last").shift(1) + 1)).otherwise("first")
    return years.with_columns(first=begin.cast(polars.Int16)).filter(polars.col("first") <= polars.col("last"))


@dataclasses.dataclass(frozen=True)
class Work:
    """What the counting reads, all arrays; states and years are places. Bonds stand by target and pact, runs of rows by target.

    bond_at, run_at: where those of each target begin. run_row: the first row of the table that a run fills.
    """

    bond_at: "Array"
    pact: "Array"
    helper: "Array"
    outside: "Array"
    inside: "Array"
    first: "Array"
    last: "Array"
    run_at: "Array"
    attacker: "Array"
    run_first: "Array"
    run_last: "Array"
    run_begin: "Array"
    cinc: "Array"
    run_row: "Array"  # in the order of the table, not read by the kernel

    def arrays(self) -> "tuple[Array, ...]":
        return tuple(getattr(self, field.name) for field in dataclasses.fields(self))[:-1]


def _work(
    found: bonds.Bonds, runs: "polars.DataFrame", years: range, spans: "tuple[Array, Array]", nmc: "polars.DataFrame | None", facts: Any
) -> tuple[Work, int]:
    import numpy

    states = numpy.union1d(numpy.array(found.states), runs["target"].unique().to_numpy())
    place = numpy.searchsorted(states, numpy.array(found.states))
    outside, inside = helping.help_owed(found, facts)
    first, last = numpy.maximum(spans[0] - years.start, 0), numpy.minimum(spans[1] - years.start, len(years) - 1)
    helps = numpy.zeros(int(found.pact.max(initial=0)) + 1, bool)
    helps[found.pact[(outside > 0) | (inside > 0)]] = True  # the other rows of such a pact say who is a party
    rows = numpy.flatnonzero(helps[found.pact] & (first <= last))
    target = place[found.obligee[rows]]
    order = numpy.lexsort((found.pact[rows], target))
    rows, target = rows[order], target[order]
    attacker, aimed = (numpy.searchsorted(states, runs[name].to_numpy()) for name in ("attacker", "target"))
    lengths = (runs["last"] - runs["first"] + 1).to_numpy().astype(numpy.int64)
    row = numpy.cumsum(lengths) - lengths
    by_target = numpy.argsort(aimed, kind="stable")
    edges = numpy.arange(len(states) + 1)
    work = Work(
        bond_at=numpy.searchsorted(target, edges),
        pact=found.pact[rows].astype(numpy.int32),
        helper=place[found.obligor[rows]].astype(numpy.int16),
        outside=outside[rows],
        inside=inside[rows],
        first=first[rows].astype(numpy.int16),
        last=last[rows].astype(numpy.int16),
        run_at=numpy.searchsorted(aimed[by_target], edges),
        attacker=attacker[by_target].astype(numpy.int16),
        run_first=(runs["first"].to_numpy()[by_target] - years.start).astype(numpy.int16),
        run_last=(runs["last"].to_numpy()[by_target] - years.start).astype(numpy.int16),
        run_begin=row[by_target],
        cinc=_shares(states, years, nmc),
        run_row=row,
    )
    return work, int(lengths.sum())


def _shares(states: "Array", years: range, nmc: "polars.DataFrame | None") -> "Array":
    """States × years: the share of capabilities, NaN where there is none."""
    import numpy

    shares = numpy.full((len(states), len(years)), numpy.nan)
    if nmc is not None:
        code, year, cinc = (nmc[name].to_numpy() for name in ("ccode", "year", "cinc"))  # a null comes as NaN
        inside = (year >= years.start) & (year < years.stop)
        place = numpy.searchsorted(states, code[inside]).clip(max=len(states) - 1)
        there = states[place] == code[inside]
        shares[place[there], year[inside][there] - years.start] = cinc[inside][there]
    return shares


def _counted(work: Work, rows: int, threads: int) -> "tuple[Array, Array]":
    """Classes × rows: how many are bound, and their summed shares."""
    import numpy

    counts, sums = numpy.empty((3, rows), numpy.uint8), numpy.empty((3, rows))
    kernel = compiled()
    if kernel is None:
        _fill_plainly(work, counts, sums)
        return counts, sums
    targets = numpy.arange(len(work.bond_at) - 1)
    if threads < 2:
        kernel(targets, *work.arrays(), counts, sums, *_room(work))
        return counts, sums
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        parts = [pool.submit(functools.partial(kernel, targets[part::threads].copy(), *work.arrays(), counts, sums, *_room(work))) for part in range(threads)]
        for part in parts:
            part.result()
    return counts, sums


def _room(work: Work) -> "tuple[Array, ...]":
    """What one thread of `fill` works in."""
    import numpy

    states, years = work.cinc.shape
    scratch = numpy.zeros(states, numpy.int8), numpy.full(states, -1, numpy.int64), numpy.empty(len(work.pact), numpy.int64)
    return (*scratch, numpy.zeros((years, 3), numpy.uint8), numpy.zeros((years, 3)))


def compiled() -> Any:
    """The loops of `fill` compiled; None without the `fast` extra."""
    bond = "i8[::1], i4[::1], i2[::1], i1[::1], i1[::1], i2[::1], i2[::1]"
    run = "i8[::1], i2[::1], i2[::1], i2[::1], i8[::1]"
    return fast.compiled(fill, f"void(i8[::1], {bond}, {run}, f8[:, ::1], u1[:, ::1], f8[:, ::1], i1[::1], i8[::1], i8[::1], u1[:, ::1], f8[:, ::1])")


def fill(  # type: ignore[no-untyped-def]  # compiled where the `fast` extra is there; plain loops over arrays
    targets,
    bond_at,
    pact,
    helper,
    outside,
    inside,
    first,
    last,
    run_at,
    attacker,
    run_first,
    run_last,
    run_begin,
    cinc,
    counts,
    sums,
    strongest,
    run_of,
    live,
    base_counts,
    base_sums,
):
    """Fill `counts` and `sums` for the rows of some targets. The last five are room to work in: zeros and, for `run_of`, -1 by state; bonds; years × 3."""
    years = cinc.shape[1]
    for target in targets:
        begin, end = bond_at[target], bond_at[target + 1]
        # What holds against an attacker outside every pact with the target.
        for year in range(years):
            base_counts[year] = 0
            base_sums[year] = 0.0
            for bond in range(begin, end):
                if first[bond] <= year <= last[bond] and outside[bond] > strongest[helper[bond]]:
                    strongest[helper[bond]] = outside[bond]
            for bond in range(begin, end):
                state = helper[bond]
                if strongest[state] > 0 and first[bond] <= year <= last[bond]:
                    base_counts[year, 3 - strongest[state]] += 1
                    base_sums[year, 3 - strongest[state]] += cinc[state, year]
                    strongest[state] = 0
        for run in range(run_at[target], run_at[target + 1]):
            row = run_begin[run]
            for year in range(run_first[run], run_last[run] + 1):
                for kind in range(3):
                    counts[kind, row] = base_counts[year, kind]
                    sums[kind, row] = base_sums[year, kind]
                row += 1
        # What holds against each attacker that is a party to a pact with the target.
        for year in range(years):
            many = 0
            for bond in range(begin, end):
                if first[bond] <= year <= last[bond]:
                    live[many] = bond
                    many += 1
            if many == 0:
                continue
            for run in range(run_at[target], run_at[target + 1]):
                if run_first[run] <= year <= run_last[run]:
                    run_of[attacker[run]] = run
            for place in range(many):
                against = helper[live[place]]
                run = run_of[against]
                if run < 0:
                    continue
                run_of[against] = -1
                start = 0
                while start < many:
                    stop = start
                    party = False
                    while stop < many and pact[live[stop]] == pact[live[start]]:
                        party = party or helper[live[stop]] == against
                        stop += 1
                    for other in range(start, stop):
                        bond = live[other]
                        owed = inside[bond] if party else outside[bond]
                        if owed > strongest[helper[bond]]:
                            strongest[helper[bond]] = owed
                    start = stop
                strongest[against] = 0
                row = run_begin[run] + year - run_first[run]
                for kind in range(3):
                    counts[kind, row] = 0
                    sums[kind, row] = 0.0
                for other in range(many):
                    state = helper[live[other]]
                    if strongest[state] > 0:
                        counts[3 - strongest[state], row] += 1
                        sums[3 - strongest[state], row] += cinc[state, year]
                        strongest[state] = 0
            for run in range(run_at[target], run_at[target + 1]):
                run_of[attacker[run]] = -1


def _fill_plainly(work: Work, counts: "Array", sums: "Array") -> None:
    """The same in NumPy, a target and year at a time."""
    import numpy

    years = work.cinc.shape[1]
    for target in range(len(work.bond_at) - 1):
        mine = slice(work.bond_at[target], work.bond_at[target + 1])
        runs = range(work.run_at[target], work.run_at[target + 1])
        first, last = work.first[mine], work.last[mine]
        base = numpy.zeros((years, 3), numpy.uint8), numpy.zeros((years, 3))
        exact: list[tuple[int, Any, Any, Any]] = []
        for year in numpy.flatnonzero(_touched(first, last, years)).tolist():
            held = numpy.flatnonzero((first <= year) & (year <= last)) + work.bond_at[target]
            members, which = numpy.unique(work.helper[held], return_inverse=True)
            pacts, text = numpy.unique(work.pact[held], return_inverse=True)
            shape = len(pacts), len(members)
            outside, inside, party = numpy.zeros(shape, numpy.int8), numpy.zeros(shape, numpy.int8), numpy.zeros(shape, bool)
            numpy.maximum.at(outside, (text, which), work.outside[held])
            numpy.maximum.at(inside, (text, which), work.inside[held])
            party[text, which] = True
            strongest = numpy.where(party[:, :, None], inside[:, None, :], outside[:, None, :]).max(axis=0)  # attacker × helper
            numpy.fill_diagonal(strongest, 0)
            share = work.cinc[members, year]
            base[0][year], base[1][year] = _summed(outside.max(axis=0)[None, :], share)
            exact.append((year, members, *_summed(strongest, share)))
        for run in runs:
            span = slice(work.run_first[run], work.run_last[run] + 1)
            rows = slice(work.run_begin[run], work.run_begin[run] + span.stop - span.start)
            counts[:, rows], sums[:, rows] = base[0][span].T, base[1][span].T
        where = numpy.full((work.cinc.shape[0], years), -1, numpy.int64)
        for run in runs:
            span = slice(work.run_first[run], work.run_last[run] + 1)
            where[work.attacker[run], span] = numpy.arange(span.stop - span.start) + work.run_begin[run]
        for year, members, many, shares in exact:
            row = where[members, year]
            there = row >= 0
            counts[:, row[there]], sums[:, row[there]] = many[there].T, shares[there].T


def _touched(first: "Array", last: "Array", years: int) -> "Array":
    """Whether any of the spans holds each year."""
    import numpy

    steps = numpy.zeros(years + 1, numpy.int64)
    numpy.add.at(steps, first, 1)
    numpy.add.at(steps, last + 1, -1)
    return numpy.asarray(numpy.cumsum(steps)[:years] > 0)


def _summed(strongest: "Array", share: "Array") -> "tuple[Array, Array]":
    """Attackers × classes: how many helpers are in each, and their summed shares."""
    import numpy

    several = [strongest == kind for kind in (helping.UNCONDITIONALLY, helping.CONDITIONALLY, helping.CONSULTS)]
    many = numpy.stack([kind.sum(axis=1) for kind in several], axis=1)
    return many, numpy.stack([numpy.where(kind, share, 0.0).sum(axis=1) for kind in several], axis=1)


def _table(keys: "list[polars.Series]", years: "Array", counts: "Array", sums: "Array", covered: range, nmc: "polars.DataFrame | None") -> "polars.DataFrame":
    """The table with nulls, and why, where the source or the capabilities do not reach."""
    import numpy
    import polars

    reasons = polars.Enum([*REASONS, ABSENT])
    beyond, unlisted, absent = (polars.lit(reason, reasons) for reason in (*REASONS[:2], ABSENT))
    last = None if nmc is None or nmc.is_empty() else int(nmc["year"].to_numpy().max())
    lacking = numpy.isnan(sums).any(axis=0)
    none = polars.repeat(None, len(years), dtype=reasons, eager=True)
    columns = [polars.Series(name, values) for name, values in zip(COUNTS, counts)]
    columns += [polars.Series(name, values, nan_to_null=bool(lacking.any())) for name, values in zip(SUMS, sums)]
    frame = polars.DataFrame([*keys, *columns, none.alias("cinc_missing"), none.alias("obligations_missing")])
    if lacking.any():
        why = absent if last is None else polars.when(polars.Series(years) > last).then(beyond).otherwise(unlisted)
        frame = frame.with_columns(cinc_missing=polars.when(polars.Series(lacking)).then(why))
    unknown = (years < covered.start) | (years >= covered.stop)
    if unknown.any():
        known = polars.Series(~unknown)
        cells = [polars.when(known).then(polars.col(name)).alias(name) for name in (*COUNTS, *SUMS, "cinc_missing")]
        frame = frame.with_columns(*cells, obligations_missing=polars.when(~known).then(beyond))
    return frame

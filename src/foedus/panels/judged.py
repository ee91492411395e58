"""Directed dyad-years with every obligation judged by its condition: owed, not owed, or not known, by the facts that are given.

The condition engine judges each condition once over the table of facts; the answers are then laid over the pairs and years that the conditions stand in.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus import snapshot
from foedus.conditions.plain import Truth
from foedus.errors import InputError, unknown
from foedus.findings.judging import words
from foedus.panels import LIBRARY_KINDS, bonds, systems
from foedus.panels.portfolios import run

if TYPE_CHECKING:
    import numpy
    import polars

    Array = numpy.ndarray[Any, numpy.dtype[Any]]


def judged_dyad_years(
    start: int,
    end: int,
    facts: "polars.DataFrame | Mapping[str, Truth] | None" = None,
    source: str = "library",
    system: str = "cow",
) -> "polars.DataFrame":
    """One row a directed pair and year in which both were in a pact: the two keys (the first owes the second), year, a Boolean column a kind.

    True: owed under some pact without condition or under one that the facts meet; False: owed under none, whatever else is the case; null: it hangs
    on a fact that is not known. facts: a mapping for all pairs and years, or a table of Boolean fact words with any of the two keys and `year`, as
    `ccode2, year, unprovoked`: the account of that state, pair or year; where it has no row, nothing is known.
    Years that the source does not cover are left out, and so have no row; see `coverage` in the docs.
    Errors: InputError for a column that is neither a key nor a fact word, a fact that is not Boolean, or two accounts of one key.
    """
    systems.span(start, end) if source == "library" else None
    return judged(bonds.read(source, system), start, end, facts, systems.key(system))


def judged(found: bonds.Bonds, start: int, end: int, facts: Any = None, name: str = "ccode") -> "polars.DataFrame":
    """The dyad-years of some obligations, judged: see `judged_dyad_years`."""
    import numpy
    import polars

    years = range(max(start, found.coverage[0]), min(end, found.coverage[1] or end) + 1)
    first = numpy.maximum(found.first.astype(numpy.int64) - years.start, 0)
    length = numpy.maximum(numpy.minimum(found.last.astype(numpy.int64) - years.start, len(years) - 1) - first + 1, 0)
    row = numpy.repeat(numpy.arange(len(length)), length)
    year = run(first, length)
    obligor, obligee = found.obligor[row].astype(numpy.int64), found.obligee[row].astype(numpy.int64)
    size = len(found.states)
    cell = (obligor * size + obligee) * len(years) + year
    truth, account = _accounts(found, years, facts, name, (obligor, obligee, year))
    there, owed, open_ = (numpy.zeros(size * size * len(years), numpy.uint8) for _ in range(3))
    there[cell] = 1
    for kind in range(len(LIBRARY_KINDS)):
        under = found.when[row, kind]
        held = numpy.flatnonzero(under >= 0)
        answer = truth[0 if account is None else account[held], under[held]]
        owed[cell[held[answer == 1]]] |= 1 << kind  # a cell that stands twice gets the same bit twice
        open_[cell[held[answer == -1]]] |= 1 << kind
    where = numpy.flatnonzero(there)
    states = numpy.array(found.states)
    pair, place = numpy.divmod(where, len(years) or 1)
    keys = {f"{name}1": states[pair // size], f"{name}2": states[pair % size], "year": (place + years.start).astype(numpy.int16)}
    table = polars.DataFrame(keys).with_columns(polars.col(f"{name}1", f"{name}2").cast(polars.Int16 if name != "state" else polars.String))
    owed, open_ = owed[where], open_[where]
    cells = {kind: (owed >> place & 1).astype(bool) for place, kind in enumerate(LIBRARY_KINDS)}
    lacking = {kind: (~owed & open_) >> place & 1 for place, kind in enumerate(LIBRARY_KINDS)}
    unknown_ = [polars.Series(values.astype(bool)) for values in lacking.values()]
    kinds = [kind for kind in LIBRARY_KINDS if kind != "internal_assistance" or found.source == "library"]
    return table.with_columns(polars.when(~gap).then(polars.Series(cells[kind])).alias(kind) for kind, gap in zip(LIBRARY_KINDS, unknown_) if kind in kinds)


def _accounts(found: bonds.Bonds, years: range, facts: Any, name: str, cells: "tuple[Array, ...]") -> "tuple[Array, Array | None]":
    """Accounts × conditions: 1 met, 0 unmet, -1 unknown; and for each cell the account it is judged on (None: the one there is). The last knows nothing."""
    import numpy
    import polars

    asked = sorted({word for condition in found.conditions for word in words(condition)})
    if facts is None or isinstance(facts, Mapping):
        table = polars.DataFrame({word: [value] for word, value in (facts or {}).items()}, schema=dict.fromkeys(facts or {}, polars.Boolean))
        return _judged(found, _checked(table, asked, [], name), asked)[:1], None
    keys = [key for key in (f"{name}1", f"{name}2", "year") if key in facts.columns]
    table = _checked(facts, asked, keys, name)
    truth = _judged(found, table, asked)
    if not keys:
        raise InputError(f"the facts have none of the keys '{name}1', '{name}2', 'year'; for one account of everything give a mapping")
    places = [_places(table[key], found.states if key != "year" else list(years)) for key in keys]
    inside = numpy.logical_and.reduce([place >= 0 for place in places])
    sides = {f"{name}1": (len(found.states), cells[0]), f"{name}2": (len(found.states), cells[1]), "year": (len(years), cells[2])}
    lookup = numpy.full([sides[key][0] for key in keys], table.height, numpy.int32)
    lookup[tuple(place[inside] for place in places)] = numpy.flatnonzero(inside)
    return truth, lookup[tuple(sides[key][1] for key in keys)]


def _checked(table: "polars.DataFrame", asked: list[str], keys: list[str], name: str) -> "polars.DataFrame":
    words_known = {*asked, *snapshot.ids("fact")}
    for column in table.columns:
        if column not in words_known and column not in keys:
            raise unknown("fact", column, words_known, listed=asked)
    if keys and table.select(keys).is_duplicated().any():
        first = table.filter(table.select(keys).is_duplicated()).row(0, named=True)
        raise InputError("the facts have two accounts of " + ", ".join(f"{key} {first[key]}" for key in keys))
    return table


def _judged(found: bonds.Bonds, table: "polars.DataFrame", asked: list[str]) -> "Array":
    """Every condition on every account and on one that knows nothing, by the condition engine."""
    import numpy
    import polars

    from foedus.conditions.frame import select

    given = table.select([word for word in asked if word in table.columns])
    blank = polars.DataFrame({word: [None] for word in given.columns}, schema=given.schema)
    whole = polars.concat([given, blank]) if given.width else polars.DataFrame({"_": range(table.height + 1)})
    whole = whole.with_columns(polars.lit(None, polars.Boolean).alias(word) for word in asked if word not in given.columns)
    rules = {str(place): condition for place, condition in enumerate(found.conditions) if condition is not None}
    truth = numpy.ones((table.height + 1, len(found.conditions)), numpy.int8)
    if rules:
        answers = select(whole, rules)
        for place in rules:
            truth[:, int(place)] = answers[place].cast(polars.Int8).fill_null(-1).to_numpy()
    return truth


def _places(column: "polars.Series", known: list[Any]) -> "Array":
    """The place of each value among the known ones, which are in order; -1 where it is none of them."""
    import numpy

    values = numpy.array(known)
    given = column.to_numpy()
    place = numpy.searchsorted(values, given).clip(max=max(len(values) - 1, 0))
    return numpy.where(values[place] == given, place, -1)

"""Portfolios: what each state has committed itself to towards every other, by year or on a day, and how states voted in the General Assembly.

The scale of commitments: 3 active assistance (defense or offense), 2 neutrality or consultation, 1 nonaggression, 0 nothing; a state is fully committed to
itself, 3. Help against internal threat stands outside the scale. Commitments under a condition count like any other.
"""

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from foedus.errors import unknown
from foedus.panels import LIBRARY_KINDS
from foedus.panels.alignment import MEASURES, similarity
from foedus.panels.bonds import OPEN, Bonds, ordinal
from foedus.spells import Day

if TYPE_CHECKING:
    import numpy
    import polars

    Array = numpy.ndarray[Any, numpy.dtype[Any]]

LEVELS = {"defense": 3, "offense": 3, "neutrality": 2, "nonaggression": 1, "consultation": 2, "internal_assistance": 0}
SELF = 3
VOTES = {"no": 0, "abstain": 1, "yes": 2}
MOST_VOTES = 2


@dataclasses.dataclass(frozen=True)
class Portfolios:
    """Of each year or day: the states of the system (`alive`), and a matrix of levels, the row's state to the column's.

    keys: the years or days. levels: keys × states × states. alive: keys × states.
    """

    keys: list[Any]
    states: list[Any]
    levels: "Array"
    alive: "Array"

    def at(self, key: Any) -> "tuple[list[Any], Array]":
        """The states that existed then, and their portfolios towards one another."""
        import numpy

        place = self.keys.index(key)
        there = numpy.flatnonzero(self.alive[place])
        return [self.states[state] for state in there], numpy.asarray(self.levels[place][numpy.ix_(there, there)])


def yearly(bonds: Bonds, system: "polars.DataFrame", start: int, end: int) -> Portfolios:
    """What was owed on any day of each year, among the states that existed on any day of it. Years outside the source's coverage are left out.

    system: state spells, the key first: key, start, until.
    """
    import numpy

    years = range(max(start, bonds.coverage[0]), min(end, bonds.coverage[1] or end) + 1)
    begin, last = system["start"].dt.year().to_numpy(), (system["until"].dt.offset_by("-1d")).dt.year().fill_null(9999).to_numpy()
    states, place = _places(system, bonds)
    alive = numpy.zeros((len(years), len(states)), bool)
    for state, one, two in zip(place, begin, last, strict=True):
        alive[max(one - years.start, 0) : max(two - years.start + 1, 0), state] = True
    first, final = numpy.clip(bonds.first - years.start, 0, len(years)), numpy.clip(bonds.last.astype(numpy.int64) - years.start + 1, 0, len(years))
    return Portfolios(list(years), states, _levels(bonds, states, len(years), first, final), alive)


def on_days(bonds: Bonds, system: "polars.DataFrame", days: list[Day]) -> Portfolios:
    """What was owed on each of the days, among the states that existed on it."""
    import numpy

    numbers = numpy.array([ordinal(day) for day in days])
    order = numpy.argsort(numbers, kind="stable")
    begin, until = system["start"].to_physical().to_numpy(), system["until"].to_physical().fill_null(OPEN).to_numpy()
    states, place = _places(system, bonds)
    alive = numpy.zeros((len(days), len(states)), bool)
    for state, one, two in zip(place, begin, until, strict=True):
        alive[(one <= numbers) & (numbers < two), state] = True
    held = [numpy.searchsorted(numbers[order], side) for side in (bonds.start, bonds.until)]
    levels = _levels(bonds, states, len(days), *held)
    return Portfolios(list(days), states, levels[numpy.argsort(order)], alive)


def _places(system: "polars.DataFrame", bonds: Bonds) -> tuple[list[Any], list[int]]:
    """All states of either, in order, and for each row of the system its place among them."""
    names = system[system.columns[0]].to_list()
    states = sorted({*names, *bonds.states})
    index = {state: place for place, state in enumerate(states)}
    return states, [index[name] for name in names]


def _levels(bonds: Bonds, states: list[Any], size: int, first: "Array", final: "Array") -> "Array":
    """keys × states × states: the highest level owed in each, over the keys from `first` to before `final` of each row."""
    import numpy

    index = {state: place for place, state in enumerate(states)}
    where = numpy.array([index[state] for state in bonds.states], dtype=numpy.int64)
    rank = (bonds.owed * numpy.array([LEVELS[kind] for kind in LIBRARY_KINDS])).max(axis=1, initial=0)
    width = len(states)
    cell = where[bonds.obligor] * width + where[bonds.obligee]
    levels = numpy.zeros((size, width, width), numpy.int8)
    flat = levels.reshape(-1)
    length = numpy.maximum(final - first, 0)
    for level in range(1, max(LEVELS.values()) + 1):  # from the lowest up, so that the highest stays
        rows = numpy.flatnonzero((rank == level) & (length > 0))
        flat[run(first[rows], length[rows]) * width * width + numpy.repeat(cell[rows], length[rows])] = level
    levels[:, range(width), range(width)] = SELF
    return levels


def run(first: "Array", length: "Array") -> "Array":
    """The numbers first, first + 1, … of each row, `length` of them, one row after the other."""
    import numpy

    ends = numpy.cumsum(length)
    return numpy.asarray(numpy.arange(ends[-1] if len(ends) else 0) - numpy.repeat(ends - length, length) + numpy.repeat(first, length))


def pairs(portfolios: Portfolios, measures: tuple[str, ...] = ("s", "kappa", "pi"), name: str = "state") -> "polars.DataFrame":
    """Every pair of states of every year or day with its measures: `<name>1` before `<name>2`, `year` or `date`, and a column a measure.

    A measure is null where it is not defined, as for two portfolios without variation. Errors: InputError for an unknown measure.
    """
    import numpy
    import polars

    for measure in measures:
        if measure not in MEASURES:
            raise unknown("measure", measure, MEASURES)
    columns: dict[str, list[Any]] = {column: [] for column in (f"{name}1", f"{name}2", "key", *measures)}
    labels = numpy.array(portfolios.states)
    for key, there, levels in _each(portfolios):
        one, two = numpy.triu_indices(len(there), 1)
        columns[f"{name}1"].append(labels[there[one]])
        columns[f"{name}2"].append(labels[there[two]])
        columns["key"].append(numpy.full(len(one), key))
        for measure in measures:
            columns[measure].append(similarity(levels, measure)[one, two])
    frame = polars.DataFrame({column: numpy.concatenate(parts) if parts else [] for column, parts in columns.items()})
    year = isinstance(portfolios.keys[0], int) if portfolios.keys else True
    key = polars.col("key").cast(polars.Int16).alias("year") if year else polars.col("key").cast(polars.String).str.to_date().alias("date")
    return frame.select(f"{name}1", f"{name}2", key, *[polars.col(measure).fill_nan(None) for measure in measures])


def _each(portfolios: Portfolios) -> "Iterator[tuple[Any, Array, Array]]":
    import numpy

    for place, key in enumerate(portfolios.keys):
        there = numpy.flatnonzero(portfolios.alive[place])
        yield key, there, portfolios.levels[place][numpy.ix_(there, there)]


def votes(table: "polars.DataFrame", name: str, questions: str, answer: str) -> "tuple[list[Any], Array]":
    """States, and their votes as portfolios over the questions: no 0, abstain 1, yes 2, NaN where none was cast.

    table: one row a state and question, such as one year's roll calls. Trap: an absence is not an abstention; the pair is then compared without it.
    """
    import numpy
    import polars

    scale = polars.col(answer).replace_strict(VOTES, default=None, return_dtype=polars.Float64)
    cast = table.select(name, questions, vote=scale).drop_nulls().sort(name, questions)
    states, asked = cast[name].unique().sort(), cast[questions].unique().sort()
    matrix = numpy.full((len(states), len(asked)), numpy.nan)
    matrix[states.search_sorted(cast[name]).to_numpy(), asked.search_sorted(cast[questions]).to_numpy()] = cast["vote"].to_numpy()
    return states.to_list(), matrix

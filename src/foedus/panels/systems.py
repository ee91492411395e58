"""Who existed when, as rows: state-years, state-days, dyad-years, in Correlates of War, Gleditsch-Ward or the library's own codes."""

import datetime
import functools
from typing import TYPE_CHECKING, Any

from foedus import snapshot
from foedus.errors import InputError, unknown
from foedus.panels import SYSTEMS

if TYPE_CHECKING:
    import polars

FIRST, LAST = 1816, 9998


def key(system: str) -> str:
    """The column that names a state in the system. Errors: InputError for a system that there is not, never a guess."""
    if system not in SYSTEMS:
        raise unknown("system of codes", system, SYSTEMS)
    return SYSTEMS[system]


@functools.cache
def state_spells(system: str = "cow") -> "polars.DataFrame":
    """One row a state and spell: the system's key, start, until (null where it still stands). From the library.

    The codes' own spells for cow and gw, which are those of the published lists; for iso3 the library's.
    """
    import polars

    name = key(system)
    rows = [
        (spell["code"] if system != "iso3" else state, spell["from"], spell["until"])
        for state, found in snapshot.parts("state", "spells" if system == "iso3" else f"codes.{system}").items()
        for spell in found
    ]
    kind = polars.String if system == "iso3" else polars.Int16
    frame = polars.DataFrame(rows, schema={name: kind, "start": polars.String, "until": polars.String}, orient="row")
    return _merged(frame.with_columns(polars.col("start", "until").str.to_date("%Y-%m-%d")), name)


def _merged(spells: "polars.DataFrame", name: str) -> "polars.DataFrame":
    """Spells of one code that touch made one: a code that one state hands to its successor on the same day goes on."""
    import polars

    spells = spells.sort(name, "start")
    begins = (polars.col("start") > polars.col("until").shift(1).over(name)).fill_null(polars.col("start").cum_count().over(name) == 1)
    numbered = spells.with_columns(begins.cum_sum().alias("_spell"))
    return numbered.group_by("_spell", maintain_order=True).agg(polars.col(name, "start").first(), polars.col("until").last()).drop("_spell")


def span(start: int, end: int) -> tuple[int, int]:
    """The years asked for, checked. Errors: InputError for years that are no whole numbers, run backwards or lie before the state system."""
    for year in (start, end):
        if not isinstance(year, int) or isinstance(year, bool):
            raise InputError(f"'{year}' is no year. Write it as 1816")
    if end < start:
        raise InputError(f"the years run backwards, from {start} to {end}")
    if start < FIRST or end > LAST:
        raise InputError(f"the state system is known from {FIRST}; asked were the years {start} to {end}")
    return start, end


def _living(system: str, start: int, end: int, states: Any = None) -> "polars.DataFrame":
    """The spells that touch the years, with their first and last day as days since 1970 inside them."""
    import polars

    low, high = _number(datetime.date(start, 1, 1)), _number(datetime.date(end, 12, 31))
    begin = polars.col("start").to_physical().clip(lower_bound=low)
    last = (polars.col("until").to_physical() - 1).fill_null(high).clip(upper_bound=high)
    name = key(system)
    found = state_spells(system).select(name, first=begin, last=last).filter(polars.col("first") <= polars.col("last"))
    return found if states is None else found.filter(polars.col(name).is_in(list(states)))


def _number(day: datetime.date) -> int:
    return day.toordinal() - 719163


def _year(days: "polars.Expr") -> "polars.Expr":
    import polars

    return days.cast(polars.Date).dt.year().cast(polars.Int16)


def state_years(start: int, end: int, system: str = "cow") -> "polars.DataFrame":
    """One row a state and year in which it existed for at least a day: the key, year. In order of both.

    Years after those of the published lists rest on the library. Errors: InputError for another system of codes.
    """
    import polars

    span(start, end)
    years = polars.int_ranges(_year(polars.col("first")), _year(polars.col("last")) + 1, dtype=polars.Int16)
    return _living(system, start, end).select(key(system), year=years).explode("year").unique().sort(key(system), "year")


def state_days(start: int, end: int, system: str = "cow") -> "polars.DataFrame":
    """One row a state and day: the key, date. About 6.4 million rows for 1816 to 2025."""
    import polars

    span(start, end)
    days = polars.int_ranges("first", polars.col("last") + 1, dtype=polars.Int32)
    return (
        _living(system, start, end).sort(key(system), "first").select(key(system), date=days).explode("date").with_columns(polars.col("date").cast(polars.Date))
    )


def coexistence(start: int, end: int, system: str = "cow", states: Any = None) -> "polars.DataFrame":
    """One row a directed pair and stretch of days on which both existed: the two keys, first, last (days since 1970, both inside)."""
    import polars

    name = key(system)
    spells = _living(system, start, end, states)
    one, other = spells.rename({name: f"{name}1"}), spells.select(polars.col(name).alias(f"{name}2"), first2="first", last2="last")
    pairs = one.join(other, how="cross").filter(polars.col(f"{name}1") != polars.col(f"{name}2"))
    both = pairs.select(f"{name}1", f"{name}2", first=polars.max_horizontal("first", "first2"), last=polars.min_horizontal("last", "last2"))
    return both.filter(polars.col("first") <= polars.col("last")).sort(f"{name}1", f"{name}2", "first")


def dyad_years(start: int, end: int, system: str = "cow", directed: bool = True) -> "polars.DataFrame":
    """One row a pair and year in which both existed on at least one common day: the two keys, year. In order of the three.

    directed=False keeps the row whose first code is the smaller. 2,252,760 rows for 1816 to 2025 in the codes of the Correlates of War.
    """
    import polars

    span(start, end)
    name = key(system)
    pairs = coexistence(start, end, system)
    if not directed:
        pairs = pairs.filter(polars.col(f"{name}1") < polars.col(f"{name}2"))
    # Two stretches of a pair can touch one year: the later one then begins with the next.
    first, last, again = _year(polars.col("first")), _year(polars.col("last")), polars.struct(f"{name}1", f"{name}2")
    pairs = pairs.select(f"{name}1", f"{name}2", first=first, last=last, same=(again == again.shift(1)).fill_null(False))
    begin = polars.when("same").then(polars.max_horizontal("first", polars.col("last").shift(1) + 1)).otherwise("first").cast(polars.Int16)
    pairs = pairs.with_columns(first=begin).filter(polars.col("first") <= polars.col("last"))
    years = polars.int_ranges("first", polars.col("last") + 1, dtype=polars.Int16)
    return pairs.select(f"{name}1", f"{name}2", year=years).explode("year")

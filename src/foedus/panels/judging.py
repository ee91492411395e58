"""Obligations judged over history: which were owed in a year, given what is known of the state they are owed to.

A condition is put to every state-year at once; each spell then only asks whether one of its conditions came true there, as bits of a word.
"""

import json
from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.errors import InputError
from foedus.panels import KINDS, LIBRARY_KINDS, systems
from foedus.panels.joining import keys, match
from foedus.panels.spells import Book, obligations

if TYPE_CHECKING:
    import polars

WORD = 60


def judged_dyad_years(facts: Any, start: int, end: int, source: str = "library", system: str | None = None, dating: str = "signature") -> "polars.DataFrame":
    """One row a directed pair and year with an obligation in force: the keys, year, and by kind whether it was owed.

    True: some provision of the kind was in force in the year and its condition met; False: none was; null: it hinges on a fact that is not known.
    facts: rows of states and years with Boolean columns named by fact words, of the state that would be helped (the second of the pair); what
    has no row or no column is unknown. Years count as in ATOP for `atop`; for the library, the years that a spell touches.
    Errors: InputError for a fact column that is not Boolean, or keys of another system of codes.
    """
    import polars

    systems.span(start, end)
    chosen = system or ("iso3" if source == "library" else "cow")
    found = obligations(source, chosen, dating)
    kinds = KINDS if source == "atop" else LIBRARY_KINDS
    states, templates = _facts(facts, chosen, found)
    true, possible = _words(states, templates)
    masks = _masks(found, templates, kinds, len(true))
    rows = _years(found, start, end, source)
    one, other = found.keys
    own = states.columns[0]
    place = match([rows[other], rows["year"]], [states[own], states["year"]])
    columns: dict[str, polars.Series] = {}
    for kind in kinds:
        sure = polars.repeat(False, rows.height, eager=True, dtype=polars.Boolean)
        open_ = sure
        for number in range(len(true)):
            asked = masks[f"{kind}_{number}"].gather(rows["set"])
            sure = sure | ((asked & true[number].gather(place).fill_null(1 if number == 0 else 0)) != 0)
            open_ = open_ | ((asked & possible[number].gather(place).fill_null(2**WORD - 1)) != 0)
        columns[kind] = sure.cast(polars.UInt8) + open_.cast(polars.UInt8)
    judged = rows.select(one, other, "year").with_columns([series.alias(kind) for kind, series in columns.items()])
    judged = _one_a_year(judged, one, other, kinds)
    return judged.select(one, other, "year", *[polars.when(polars.col(kind) != 1).then(polars.col(kind) == 2).alias(kind) for kind in kinds])


def _one_a_year(judged: "polars.DataFrame", one: str, other: str, kinds: tuple[str, ...]) -> "polars.DataFrame":
    """Rows in the order of pair and start have a year's spells next to each other; only years with several are put together."""
    import polars

    same = (
        (polars.col(one) == polars.col(one).shift(1)) & (polars.col(other) == polars.col(other).shift(1)) & (polars.col("year") == polars.col("year").shift(1))
    ).fill_null(False)
    numbered = judged.with_columns(_run=(~same).cum_sum(), _same=same)
    many = numbered.filter(polars.col("_same"))["_run"].unique()
    if not len(many):
        return judged
    several = polars.col("_run").is_in(many.implode())
    put = numbered.filter(several).group_by("_run").agg(polars.col(one, other, "year").first(), polars.col(*kinds).max())
    plain = numbered.filter(~several)
    names = ["_run", one, other, "year", *kinds]
    return polars.concat([plain.select(names), put.select(names)]).sort("_run")


def _facts(facts: Any, system: str, found: Book) -> "tuple[polars.DataFrame, list[Any]]":
    """The state-years with a Boolean column for every fact word that a condition of the book asks, and the conditions, each once."""
    import narwhals as nw
    import polars

    from foedus.conditions.frame import facts as asked
    from foedus.conditions.frame import gate

    named = keys(facts, pairs=False)
    if named.system != system or named.time != "year":
        raise InputError(f"the facts are keyed by {named.states[0]} and {named.time}, and '{systems.key(system)}' and 'year' are needed")
    conditions = [json.loads(when) for when in found.items["when"].explode().drop_nulls().unique().sort()]
    words = sorted(set().union(*map(asked, conditions))) if conditions else []
    wrapped = nw.from_native(facts)
    here = [word for word in words if word in wrapped.collect_schema()]
    gated = gate(wrapped, here).select(*named.all, *here)
    table = (gated.collect() if isinstance(gated, nw.LazyFrame) else gated).to_polars()
    if table.select(named.all).is_duplicated().any():
        raise InputError("the facts have two rows of one state and year")
    missing = [polars.lit(None, polars.Boolean).alias(word) for word in words if word not in here]
    return table.with_columns(missing), conditions


def _words(states: "polars.DataFrame", conditions: list[Any]) -> "tuple[list[polars.Series], list[polars.Series]]":
    """For each state-year the conditions that are true, and those that are not false, as bits; bit 0 of the first word is `no condition`."""
    import polars

    from foedus.conditions.frame import select

    table = select(states, {str(number): condition for number, condition in enumerate(conditions)}) if conditions else states.select([])
    true, possible = [], []
    for first in range(0, len(conditions) + 1, WORD):
        here = [(place - first, str(place - 1)) for place in range(max(first, 1), min(first + WORD, len(conditions) + 1))]
        none = 1 if first == 0 else 0
        sure = [polars.col(name).fill_null(False).cast(polars.Int64) * 2**bit for bit, name in here]
        open_ = [polars.col(name).fill_null(True).cast(polars.Int64) * 2**bit for bit, name in here]
        base = polars.repeat(none, states.height, dtype=polars.Int64, eager=True)
        both = table.select(sure=polars.sum_horizontal([polars.lit(base), *sure]), open=polars.sum_horizontal([polars.lit(base), *open_]))
        true.append(both["sure"])
        possible.append(both["open"])
    return true, possible


def _masks(found: Book, conditions: list[Any], kinds: tuple[str, ...], words: int) -> "polars.DataFrame":
    """One row a set of obligations, in the order of their numbers: for each kind and word the bits of the conditions under which it is owed."""
    import polars

    numbers = {json.dumps(condition): place for place, condition in enumerate(conditions, 1)}
    told = found.items.select("item", "kinds", "when").explode("kinds", "when").filter(polars.col("kinds").is_not_null())
    bits = (
        told["when"].replace_strict(numbers, default=0, return_dtype=polars.Int64) if numbers else polars.repeat(0, told.height, dtype=polars.Int64, eager=True)
    )
    parts = found.members.join(told.with_columns(bit=bits), on="item").unique(["set", "kinds", "bit"])
    by_set = parts.with_columns(power=polars.lit(polars.Series([2**bit for bit in range(WORD)], dtype=polars.Int64)).gather(polars.col("bit") % WORD))
    columns = [
        polars.col("power").filter((polars.col("kinds") == kind) & (polars.col("bit") // WORD == word)).sum().alias(f"{kind}_{word}")
        for kind in kinds
        for word in range(words)
    ]
    height = int(found.spells["set"].max() or 0) + 1  # type: ignore[arg-type]
    every = polars.int_range(height, dtype=polars.UInt32, eager=True).alias("set").to_frame()
    return every.join(by_set.group_by("set").agg(columns), on="set", how="left", maintain_order="left").fill_null(0)


def _years(found: Book, start: int, end: int, source: str) -> "polars.DataFrame":
    """One row a spell and year of it: the keys, set, year, in the order of pair, start and year."""
    import polars

    last = polars.col("until").dt.year() if source == "atop" else (polars.col("until") - polars.duration(days=1)).dt.year()
    first = polars.col("start").dt.year().clip(lower_bound=start)
    last = last.fill_null(end).clip(upper_bound=min(end, _end(source)))
    years = polars.int_ranges(first, last + 1, dtype=polars.Int16)
    one, other = found.keys
    return found.spells.select(one, other, "set", year=years).filter(polars.col("year").list.len() > 0).explode("year")


def _end(source: str) -> int:
    """The last year that the source covers."""
    return datasets.years("atop")[1] if source == "atop" else systems.LAST

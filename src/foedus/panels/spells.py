"""Maximal stretches of constant obligations for each directed pair, and what is read off them: any day, every day.

Two spells of a pair that touch differ in what is owed; nothing is rounded to years.
"""

import datetime
import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus import datasets, spells
from foedus.errors import InputError, unknown
from foedus.panels import KINDS, LIBRARY_KINDS, atop, library, systems

if TYPE_CHECKING:
    import polars

OPEN = 2**31 - 1
SOURCES = ("library", "atop")
ATOP_PREFIX = "atop:"


@dataclass(frozen=True)
class Book:
    """Spells with their obligations held once: `spells` (the keys, start, until, set), `members` (set, item), `items` (item and what it says)."""

    keys: tuple[str, str]
    spells: "polars.DataFrame"
    members: "polars.DataFrame"
    items: "polars.DataFrame"

    @functools.cached_property
    def said(self) -> "polars.DataFrame":
        """What each set says, worked out once."""
        return said(self)


def sweep(rows: "polars.DataFrame", keys: tuple[str, str]) -> "tuple[polars.DataFrame, polars.DataFrame]":
    """Maximal constant spells of `rows` (the two keys, start, until, item): `spells` (the keys, start, until, set) and `members` (set, item).

    A sweep over the days on which anything begins or ends. Day-exact; items that overlap themselves count once.
    """
    import polars

    names = polars.concat([rows[keys[0]], rows[keys[1]].alias(keys[0])]).unique().sort()
    kind = polars.UInt64
    place = {key: polars.Series(names.search_sorted(rows[key]), dtype=kind) for key in keys}
    pair = (place[keys[0]] * len(names) + place[keys[1]]).alias("pair")
    base = rows.select(
        pair=pair,
        start=polars.col("start").to_physical().cast(polars.Int64) + 2**31,
        until=polars.col("until").to_physical().cast(polars.Int64).fill_null(OPEN) + 2**31,
        item=polars.col("item").cast(polars.UInt32),
    ).with_columns(polars.col("start", "until").cast(kind) + polars.col("pair") * 2**32)
    cuts = polars.concat([base["start"], base["until"].alias("start")]).unique().sort()
    slots = base.select(
        slot=polars.int_ranges(polars.lit(cuts).search_sorted(polars.col("start")), polars.lit(cuts).search_sorted(polars.col("until")), dtype=polars.UInt32),
        item="item",
    ).explode("slot")
    packed = (slots["slot"].cast(kind) * 2**32 + slots["item"]).unique().sort().alias("packed").to_frame()
    held = packed.select(slot=(polars.col("packed") // 2**32).cast(polars.UInt32), item=(polars.col("packed") % 2**32).cast(polars.UInt32))
    by_slot = held.group_by("slot", maintain_order=True).agg(polars.col("item").hash(7).sum().alias("mark"), polars.len().alias("size"))
    cut = polars.DataFrame({"cut": cuts}).with_columns(polars.col("cut").shift(-1).alias("next"))
    full = by_slot.with_columns(cut[by_slot["slot"]].get_columns())
    changed = (
        (polars.col("mark") != polars.col("mark").shift(1))
        | (polars.col("size") != polars.col("size").shift(1))
        | (polars.col("cut") != polars.col("next").shift(1))
    ).fill_null(True)
    runs = full.with_columns(run=changed.cum_sum())
    spans = runs.group_by("run", maintain_order=True).agg(polars.col("cut").first(), polars.col("next").last(), polars.col("mark", "size", "slot").first())
    sets = spans.group_by("mark", "size", maintain_order=True).agg(polars.col("slot").first()).with_row_index("set")
    spans = spans.join(sets.select("mark", "size", "set"), on=["mark", "size"], how="left", maintain_order="left")
    number = polars.col("cut") // 2**32
    end = (polars.col("next") % 2**32).cast(polars.Int64) - 2**31
    found = spans.select(
        polars.lit(names).gather(number // len(names)).alias(keys[0]),
        polars.lit(names).gather(number % len(names)).alias(keys[1]),
        start=((polars.col("cut") % 2**32).cast(polars.Int64) - 2**31).cast(polars.Int32).cast(polars.Date),
        until=polars.when(end < OPEN).then(end).cast(polars.Int32).cast(polars.Date),
        set="set",
    )
    members = held.join(sets.select("slot", "set"), on="slot").select("set", "item").sort("set", "item")
    return found, members


@functools.lru_cache(8)
def book(source: str = "library", system: str = "iso3", dating: str = "signature", version: str = "") -> Book:
    """The obligations of a source as a book of spells. `version` only keeps apart copies of a data set."""
    import polars

    name = systems.key(system)
    keys = (f"{name}1", f"{name}2")
    if source == "library":
        rows = library.pairs(system).rename({"duty": "item"})
        items = _library_items()
    else:
        rows, items = _atop_rows(dating)
    return Book(keys, *sweep(rows, keys), items.with_columns(polars.col("item").cast(polars.UInt32)))


def _library_items() -> "polars.DataFrame":
    import polars

    from foedus.conditions.frame import facts
    from foedus.conditions.wording import in_words

    found = library.duties()
    asked = [sorted(facts(json.loads(when))) if when is not None else [] for when in found["when"]]
    words = [[f"{kind} when {in_words(json.loads(when))}"] if when is not None else [] for kind, when in found.select("kind", "when").iter_rows()]
    return found.select(
        item="duty",
        kinds=polars.concat_list("kind"),
        conditional=polars.when(polars.col("when").is_null()).then(polars.lit([], polars.List(polars.String))).otherwise(polars.concat_list("kind")),
        facts=polars.Series(asked, dtype=polars.List(polars.String)),
        conditions=polars.Series(words, dtype=polars.List(polars.String)),
        strengths=polars.concat_list(polars.col("kind") + " " + polars.col("strength")),
        pacts=polars.concat_list("pact"),
        articles=polars.concat_list(polars.col("pact") + "/" + polars.col("article") + "/" + polars.col("provision")),
        when=polars.concat_list("when"),
    )


def _atop_rows(dating: str) -> "tuple[polars.DataFrame, polars.DataFrame]":
    """ATOP's pairs with an item for each alliance and combination of duties, and what each item says."""
    import polars

    from foedus.conditions.frame import facts
    from foedus.conditions.wording import in_words

    rows = atop.pairs() if dating == "signature" else atop.pairs(dating=dating)
    duties = [*KINDS, *[f"{kind}_when" for kind in atop.PREFIXES]]
    says = ["alliance", *duties]
    items = rows.select(says).unique(maintain_order=True).with_row_index("item")
    told = []
    for row in items.select(duties).unique(maintain_order=True).to_dicts():  # alliances share their wording, so it is put into words once
        kinds = [kind for kind in KINDS if row[kind]]
        when = [atop.condition(row.get(f"{kind}_when", 0)) for kind in kinds]
        told.append({
            **row,
            "kinds": kinds,
            "conditional": [kind for kind, condition in zip(kinds, when) if condition is not None],
            "facts": sorted(set().union(*[facts(condition) for condition in when if condition is not None])),
            "conditions": [f"{kind} when {in_words(condition)}" for kind, condition in zip(kinds, when) if condition is not None],
            "strengths": [],
            "articles": [],
            "when": [json.dumps(condition) if condition is not None else None for condition in when],
        })  # fmt: skip
    texts = ("kinds", "conditional", "facts", "conditions", "strengths", "articles", "when")
    schema: dict[str, polars.DataType] = {**{name: items.schema[name] for name in duties}, **dict.fromkeys(texts, polars.List(polars.String))}
    worded = items.join(polars.DataFrame(told, schema=schema), on=duties, how="left", nulls_equal=True, maintain_order="left")
    pacts = polars.concat_list(polars.lit(ATOP_PREFIX) + polars.col("alliance").cast(polars.String))
    order = ("item", "kinds", "conditional", "facts", "conditions", "strengths", "pacts", "articles", "when")
    return rows.join(items, on=says, nulls_equal=True), worded.select(*[pacts.alias(name) if name == "pacts" else polars.col(name) for name in order])


def obligations(source: str, system: str, dating: str = "signature") -> Book:
    """The book of a source, checked. Errors: InputError for a source, system or dating that there is not, or a data set not in the store."""
    if source not in SOURCES:
        raise unknown("source of obligations", source, SOURCES)
    if dating not in ("signature", "in_force"):
        raise unknown("dating", dating, ("signature", "in_force"))
    if source == "library":
        systems.key(system)
        return book("library", system)
    if system != "cow":
        raise InputError(f"ATOP names states in Correlates of War codes: ask for system='cow', not '{system}'")
    return book("atop", "cow", dating, str(datasets.path("atop", "member")))


def said(found: Book) -> "polars.DataFrame":
    """One row a set of obligations: set, a column a kind, conditional, facts, conditions, strengths, pacts, articles (lists in order, each once)."""
    import polars

    kinds = LIBRARY_KINDS
    items = found.members.join(found.items, on="item")
    lists = ("kinds", "conditional", "facts", "conditions", "strengths", "pacts", "articles")
    per_set = items.group_by("set").agg([polars.col(name).explode(empty_as_null=False).unique().sort() for name in lists])
    free = items.explode("kinds", "when").filter(polars.col("kinds").is_not_null() & polars.col("when").is_null())
    plain = free.group_by("set").agg(polars.col("kinds").unique().alias("_free"))
    per_set = per_set.join(plain, on="set", how="left")
    only = polars.col("conditional").list.set_difference(polars.col("_free").fill_null([])).list.sort()
    columns = {kind: polars.col("kinds").list.contains(kind) for kind in kinds}
    return per_set.select(
        "set", **columns, conditional=only, facts="facts", conditions="conditions", strengths="strengths", pacts="pacts", articles="articles"
    ).sort("set")


def dyad_spells(start: int, end: int, source: str = "library", system: str | None = None, dating: str = "signature") -> "polars.DataFrame":
    """Maximal `[start, until)` stretches of constant obligations for each directed pair, over the years start to end (both inside).

    The two keys (the first owes the second), start, until (null: open), a Boolean column a kind, and lists: `conditional` (kinds owed only under
    a condition), `facts` (the words the conditions ask), `conditions`, `strengths`, `pacts`, `articles` (pact/article/provision). Spells keep their own days where they reach beyond the years.
    source: `library`, or `atop` from the user's copy. system: iso3 for the library unless said otherwise, cow for ATOP.
    dating: `signature`, as ATOP codes; `in_force` replaces it by the entry into force where the library knows it.
    """
    import polars

    systems.span(start, end) if source == "library" else _whole(start, end)
    found = obligations(source, system or ("iso3" if source == "library" else "cow"), dating)
    low, high = datetime.date(start, 1, 1), datetime.date(end, 12, 31)
    inside = found.spells.filter((polars.col("start") <= high) & (polars.col("until").is_null() | (polars.col("until") > low)))
    table = inside.join(found.said, on="set", how="left", maintain_order="left").drop("set")
    return table.drop("internal_assistance") if source == "atop" else table


def _whole(start: int, end: int) -> None:
    if end < start:
        raise InputError(f"the years run backwards, from {start} to {end}")


def on_day(day: str, source: str = "library", system: str | None = None, dating: str = "signature") -> "polars.DataFrame":
    """Every pair with an obligation on a day, with the columns of `dyad_spells`. Errors: InputError for a day that ATOP does not cover."""
    import polars

    found = obligations(source, system or ("iso3" if source == "library" else "cow"), dating)
    text = spells.day(day)
    if source == "atop":
        span = datasets.card("atop")["span"]
        if not span["from"] <= text < span["until"]:
            raise InputError(f"{text} is outside the coverage of ATOP, {span['from']} to {span['until']}: what was owed then is not known, not nothing")
    when = datetime.date.fromisoformat(text)
    on = found.spells.filter((polars.col("start") <= when) & (polars.col("until").is_null() | (polars.col("until") > when)))
    table = on.join(found.said, on="set", how="left", maintain_order="left").drop("set")
    return table.drop("internal_assistance") if source == "atop" else table

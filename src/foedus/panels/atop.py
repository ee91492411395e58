"""ATOP's members as spells of obligation, by pair and direction, and the yearly tables that ATOP reads off them.

The member table is the user's own copy (`foedus data add atop PATH`). Entry is by signature: ATOP knows no entry into force.
"""

import functools
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.panels import KINDS
from foedus.reading import parse

if TYPE_CHECKING:
    import polars

CARD = "atop"
COLUMNS = {"defense": "defense", "offense": "offense", "neutrality": "neutral", "nonaggression": "nonagg", "consultation": "consul"}
NO_STATE = 8152

# ATOP's conditions on an obligation, as fact words of the library, bit by bit.
CONDITIONS = (
    "adversary_named",
    "place_named",
    "conflict_named",
    "number_of_adversaries_met",
    "demands_made",
    "unprovoked",
    "armed_attack",
    "consultation_requested",
)
CODES = ("adv", "loc", "con", "num", "dem", "npr", "att", "req")
PREFIXES = {"defense": "defco", "offense": "offco", "neutrality": "neuco", "consultation": "conco"}


def members(table: "polars.DataFrame | None" = None) -> "polars.DataFrame":
    """One row a spell of a member under one phase of an alliance: alliance, phase, ccode, start, until, the five kinds, `<kind>_when`.

    until: the first day after; null where the obligation stood when the data end. A missing entry day is read as the first of its month, a
    missing exit day as the last. `<kind>_when` has the bits of CONDITIONS. Errors: InputError where ATOP is not in the store.
    """
    import polars

    if table is None:
        return _members(str(datasets.path(CARD, "member")))
    entry = polars.date("yrent", polars.col("moent").fill_null(1), polars.col("dayent").fill_null(1))
    open_ = (polars.col("ineffect") == 1) | polars.col("yrexit").is_null() | (polars.col("yrexit") == 0)
    month = polars.date("yrexit", polars.col("moexit").fill_null(12), 1)
    leaving = (
        polars.when(polars.col("dayexit").is_null())
        .then(month.dt.month_end())
        .otherwise(month.dt.offset_by((polars.col("dayexit") - 1).cast(polars.String) + "d"))
    )
    return (
        table.filter(polars.col("member") != NO_STATE)
        .with_columns(_open=open_)
        .with_columns(yrexit=polars.when("_open").then(9999).otherwise("yrexit"), moexit=polars.when("_open").then(1).otherwise("moexit"))
        .select(
            alliance=polars.col("atopid").cast(polars.Int32),
            phase=polars.col("phase").cast(polars.Int8),
            ccode=polars.col("member").cast(polars.Int16),
            start=entry,
            until=polars.when("_open").then(None).otherwise(leaving),
            **{kind: (polars.col(column) == 1).fill_null(False) for kind, column in COLUMNS.items()},
            **{f"{kind}_when": _bits(prefix, table.columns) for kind, prefix in PREFIXES.items()},
        )
    )


@functools.lru_cache(4)
def _members(path: str) -> "polars.DataFrame":
    import polars

    return members(polars.read_parquet(path))


def _bits(prefix: str, columns: list[str]) -> "polars.Expr":
    import polars

    bits = [(polars.col(prefix + code).fill_null(0) == 1).cast(polars.UInt8) * (1 << place) for place, code in enumerate(CODES) if prefix + code in columns]
    return polars.sum_horizontal(bits).cast(polars.UInt8)


def condition(bits: int) -> Any:
    """The bits of `<kind>_when` as a condition over fact words; None where there is no condition.

    >>> condition(0b100001)
    {'all': ['adversary_named', 'unprovoked']}
    """
    words = [word for place, word in enumerate(CONDITIONS) if bits & (1 << place)]
    return None if not words else words[0] if len(words) == 1 else {"all": words}


def entries_into_force() -> "polars.DataFrame":
    """One row an alliance, member and spell whose entry into force the library knows: alliance, ccode, signed_by (the first day after which no
    earlier signature belongs to it), in_force."""
    import polars

    from foedus import snapshot
    from foedus.law import parties
    from foedus.panels import library

    rows = []
    matched: dict[str, Any] = parse((files("foedus") / "books" / "atop.yaml").read_text(encoding="utf-8"), "atop.yaml").data["alliances"]
    for alliance, match in matched.items():
        pact = snapshot.record("pact", match["pact"]) if match["pact"] in snapshot.ids("pact") else None
        for party in pact["parties"] if pact else []:
            rows += [(int(alliance), party["state"], life["from"], life["until"]) for life in parties.spells(party, match["instrument"])]
    schema = {"alliance": polars.Int32, "state": polars.String, "in_force": polars.String, "left": polars.String}
    found = polars.DataFrame(rows, schema=schema, orient="row").with_columns(polars.col("in_force", "left").str.to_date("%Y-%m-%d"))
    coded = found.join(library.codes_of("cow"), on="state").filter(
        (polars.col("until").is_null() | (polars.col("in_force") < polars.col("until")))
        & (polars.col("left").is_null() | (polars.col("start") < polars.col("left")))
    )
    return coded.select("alliance", polars.col("code").alias("ccode"), "in_force", "left").unique().sort("alliance", "ccode", "in_force")


def _in_force(spells: "polars.DataFrame") -> "polars.DataFrame":
    """Each member's spells with the days before the entry into force cut off, where the library knows that day; others stay as signed."""
    import polars

    numbered = spells.with_row_index("_row")
    known = entries_into_force()
    met = numbered.select("_row", "alliance", "ccode", "start", "until").join(known, on=["alliance", "ccode"])
    met = met.filter(
        (polars.col("until").is_null() | (polars.col("in_force") < polars.col("until")))
        & (polars.col("left").is_null() | (polars.col("start") < polars.col("left")))
    )
    first = met.group_by("_row").agg(polars.col("in_force").min())
    later = polars.max_horizontal("start", "in_force")
    return numbered.join(first, on="_row", how="left", maintain_order="left").with_columns(start=later).drop("_row", "in_force")


def pairs(table: "polars.DataFrame | None" = None, dating: str = "signature") -> "polars.DataFrame":
    """One row an obligor, an obligee and the days on which both were members: alliance, ccode1, ccode2, start, until, the kinds, `<kind>_when`.

    dating: `in_force` begins a member's spell on the day on which the text entered into force for it, where the library knows that day.

    The kinds are those the obligor (ccode1) took on. Trap: where a treaty binds members differently to different partners (`obvary`), the member
    table cannot say to whom; the flags then hold toward every partner.
    """
    import polars

    spells = members(table) if dating == "signature" else _in_force(members(table))
    partner = spells.select("alliance", ccode2="ccode", start2="start", until2="until")
    both = spells.rename({"ccode": "ccode1"}).join(partner, on="alliance").filter(polars.col("ccode1") != polars.col("ccode2"))
    begin, end = polars.max_horizontal("start", "start2"), polars.min_horizontal("until", "until2")
    both = both.with_columns(start=begin, until=end).filter(polars.col("until").is_null() | (polars.col("start") < polars.col("until")))
    return both.select("alliance", "ccode1", "ccode2", "start", "until", *KINDS, *[f"{kind}_when" for kind in PREFIXES])


def last_year() -> int:
    """The last year ATOP covers."""
    return datasets.years(CARD)[1]


def years_of(spells: "polars.DataFrame") -> "polars.DataFrame":
    """`spells` with a row a calendar year from that of the start to that of the end, the end's included even when it is 1 January: ATOP's rule."""
    import polars

    last = polars.col("until").dt.year().fill_null(last_year())
    years = polars.int_ranges(polars.col("start").dt.year(), last + 1, dtype=polars.Int16)
    return spells.with_columns(year=years).explode("year")


def directed_dyad_years(table: "polars.DataFrame | None" = None) -> "polars.DataFrame":
    """One row a directed allied dyad-year by ATOP's rule: ccode1, ccode2, year, the five kinds, number (of alliances).

    The keys are those of ATOP's own file, all of them and no other. The kinds are the most that the obligor owes anyone in a shared alliance,
    which in asymmetric treaties is more than ATOP's file gives for some partners (`differences`).
    """
    import polars

    spells = pairs(table).select("alliance", "ccode1", "ccode2", "start", "until", *KINDS)
    packed = polars.col("ccode1").cast(polars.UInt64) * 2**32 + polars.col("ccode2").cast(polars.UInt64) * 2**16 + polars.col("year").cast(polars.UInt64)
    bits = polars.sum_horizontal([polars.col(kind).cast(polars.UInt8) * (1 << place) for place, kind in enumerate(KINDS)]).cast(polars.UInt8)
    yearly = years_of(spells.with_columns(bits=bits).drop(*KINDS))
    return (
        yearly.group_by(key=packed)
        .agg(polars.col("bits").bitwise_or(), number=polars.col("alliance").n_unique().cast(polars.Int16))
        .sort("key")
        .select(
            ccode1=(polars.col("key") // 2**32).cast(polars.Int16),
            ccode2=(polars.col("key") // 2**16 % 2**16).cast(polars.Int16),
            year=(polars.col("key") % 2**16).cast(polars.Int16),
            **{kind: (polars.col("bits") & (1 << place)) != 0 for place, kind in enumerate(KINDS)},
            number="number",
        )
    )


def state_years(table: "polars.DataFrame | None" = None) -> "polars.DataFrame":
    """One row a state-year in at least one alliance, as ATOP's own file has it: ccode, year, the five kinds, number (of alliances).

    Trap: in a year in which an alliance passes from one phase to the next, ATOP's state-years count the later phase alone, its dyad-years both.
    """
    import polars

    yearly = years_of(members(table).select("alliance", "ccode", "start", "until", *KINDS))
    latest = yearly.sort("start").group_by("alliance", "ccode", "year").agg(polars.col(*KINDS).last())
    number = polars.col("alliance").n_unique().cast(polars.Int16)
    return latest.group_by("ccode", "year").agg(polars.col(*KINDS).any(), number=number).sort("ccode", "year")


def differences() -> "polars.DataFrame":
    """Every cell in which `directed_dyad_years` differs from ATOP's own directed dyad-year file: ccode1, ccode2, year, column, ours, theirs, alliances.

    Errors: InputError where the store has no such file.
    """
    import polars

    theirs = datasets.read(CARD, "directed_dyad_year").with_columns(polars.col("stateA", "stateB", "year").cast(polars.Int16))
    ids = [column for column in theirs.columns if column.startswith("atopid")]
    renamed = theirs.select(
        polars.col("stateA").alias("ccode1"),
        polars.col("stateB").alias("ccode2"),
        "year",
        *[polars.col(column).alias(f"{kind}_theirs") for kind, column in COLUMNS.items()],
        number_theirs="number",
        alliances=polars.concat_list(ids).list.drop_nulls(),
    )
    both = directed_dyad_years().join(renamed, on=["ccode1", "ccode2", "year"], how="full", coalesce=True)
    cells: list[polars.DataFrame] = []
    for column in (*KINDS, "number"):
        ours, their = polars.col(column).cast(polars.Int64), polars.col(f"{column}_theirs")
        cells.append(
            both.filter(ours.ne_missing(their)).select("ccode1", "ccode2", "year", column=polars.lit(column), ours=ours, theirs=their, alliances="alliances")
        )
    return polars.concat(cells)

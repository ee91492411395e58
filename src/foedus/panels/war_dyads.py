"""Pairs of states that went to war with each other, and how often pairs did, by period."""

from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.panels import systems

if TYPE_CHECKING:
    import polars

Row = dict[str, Any]
CARD = "cow-wars-interstate"
PERIODS = ((1820, 1949), (1950, 2000))
RULE = "two states on opposite sides of an inter-state war, from the first day on which both were in it by their first spells of fighting; once a war"


def war_dyads(table: "polars.DataFrame | None" = None) -> "polars.DataFrame":
    """One row a war and pair on opposite sides, the smaller code first: war, ccode1, ccode2, onset (Date), year.

    By the first spell of each; a state that came back counts from its first entry. A missing month or day of a start is read as the first, of an end as
    the last. table: the participants of COW's inter-state wars; the user's own copy where not given.
    """
    import polars

    rows = datasets.read(CARD, "participant") if table is None else table
    known = {part: polars.when(polars.col(part) > 0).then(polars.col(part)) for part in ("StartMonth1", "StartDay1", "EndMonth1", "EndDay1")}
    start = polars.date("StartYear1", known["StartMonth1"].fill_null(1), known["StartDay1"].fill_null(1))
    end = polars.date("EndYear1", known["EndMonth1"].fill_null(12), known["EndDay1"].fill_null(1))
    late = polars.when(known["EndDay1"].is_null()).then(end.dt.month_end()).otherwise(end)
    ended = polars.col("EndYear1").is_not_null() & (polars.col("EndYear1") > 0)
    spells = rows.select(war="WarNum", ccode="ccode", side="Side", start=start, end=polars.when(ended).then(late))
    both = spells.join(spells, on="war", suffix="2").filter((polars.col("side") != polars.col("side2")) & (polars.col("ccode") < polars.col("ccode2")))
    both = both.with_columns(onset=polars.max_horizontal("start", "start2"), over=polars.min_horizontal("end", "end2"))
    met = both.filter(polars.col("over").is_null() | (polars.col("onset") <= polars.col("over")))
    found = met.group_by("war", "ccode", "ccode2").agg(polars.col("onset").min()).sort("war", "ccode", "ccode2")
    return found.select("war", ccode1="ccode", ccode2="ccode2", onset="onset", year=polars.col("onset").dt.year().cast(polars.Int16))


def war_rates(table: "polars.DataFrame | None" = None, periods: tuple[tuple[int, int], ...] = PERIODS) -> list[Row]:
    """One row a period: from, to (years), onsets, pair_years, rate (onsets a pair and year), times_first (the rate over that of the first period), rule.

    pair_years: pairs of states of the system by year, each pair once.
    """
    import polars

    found = war_dyads(table)
    pairs = systems.dyad_years(min(one for one, _ in periods), max(two for _, two in periods), directed=False)
    rows: list[Row] = []
    for one, two in periods:
        onsets = found.filter(polars.col("year").is_between(one, two)).height
        size = pairs.filter(polars.col("year").is_between(one, two)).height
        rate = onsets / size
        rows.append(
            {
                "from": one,
                "to": two,
                "onsets": onsets,
                "pair_years": size,
                "rate": rate,
                "times_first": rate / (rows[0]["rate"] if rows else rate),
                "rule": RULE,
            }
        )
    return rows

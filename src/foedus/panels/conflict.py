"""Disputes, wars and rivalries beside the rows of a frame, and the years of peace counted from any of them."""

import functools
from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.errors import InputError, unknown
from foedus.panels.adding import add_contiguity, add_majors
from foedus.panels.joining import Addition, add, keys

if TYPE_CHECKING:
    import polars

DISPUTES = {"gml": ("gml-mid", "directed_dyad_year"), "cow": ("cow-mid", "participant")}
WARS = {"interstate": "cow-wars-interstate", "intrastate": "cow-wars-intrastate", "extrastate": "cow-wars-extrastate"}
PAIR = ("ccode1", "ccode2", "year")


def add_disputes(frame: Any, source: str = "gml", unmatched: str = "warn") -> Any:
    """Militarized disputes of the pair (of the state) in the year: dispute_onset, dispute_ongoing (Boolean), disputes (how many), hostility (1 to 5, 0 none).

    source: `gml`, corrected and dyadic, to 2010; or `cow`, MID 5 to 2014: two states on opposite sides of a dispute in which both took part that year.
    Adds disputes_missing and disputes_source. Errors: InputError where the data set is not in the store.
    """
    import polars

    if source not in DISPUTES:
        raise unknown("source of disputes", source, DISPUTES)
    card, part = DISPUTES[source]
    table = _disputes(str(datasets.path(card, part)), source)
    if len(keys(frame).states) == 1:
        sums = (
            polars.col("dispute_onset", "dispute_ongoing").any(),
            polars.col("dispnums").explode(empty_as_null=False).n_unique().cast(polars.Int16).alias("disputes"),
        )
        table = table.group_by(ccode="ccode1", year="year").agg(*sums, polars.col("hostility").max()).sort("ccode", "year")
    table = table.drop("dispnums", strict=False)
    absent = {"dispute_onset": False, "dispute_ongoing": False, "disputes": 0, "hostility": 0}
    return add(frame, [Addition("disputes", datasets.label(card), "cow", table, datasets.years(card), absent)], unmatched)


@functools.lru_cache(4)
def _disputes(path: str, source: str) -> "polars.DataFrame":
    import polars

    table = polars.read_parquet(path)
    rows = table.select(*PAIR, "dispnum", "midonset", "midongoing", "hostlev") if source == "gml" else _opposed(table)
    return (
        rows.with_columns(polars.col(*PAIR).cast(polars.Int16))
        .group_by(*PAIR)
        .agg(
            dispute_onset=(polars.col("midonset") == 1).any(),
            dispute_ongoing=(polars.col("midongoing") == 1).any(),
            disputes=polars.col("dispnum").n_unique().cast(polars.Int16),
            hostility=polars.col("hostlev").max().fill_null(0).cast(polars.Int8),
            dispnums=polars.col("dispnum").unique(),
        )
        .sort(*PAIR)
    )


def _opposed(table: "polars.DataFrame") -> "polars.DataFrame":
    """States on opposite sides of a dispute, by each year in which both took part."""
    import polars

    years = polars.int_ranges("styear", polars.col("endyear") + 1)
    yearly = table.select("dispnum", "sidea", "hostlev", ccode="ccode", year=years).explode("year")
    yearly = yearly.group_by("dispnum", "sidea", "ccode", "year").agg(polars.col("hostlev").max())
    both = yearly.join(yearly, on=["dispnum", "year"], suffix="2").filter(polars.col("sidea") != polars.col("sidea2"))
    began = polars.col("year").min().over("dispnum", "ccode", "ccode2")
    return both.select(
        ccode1="ccode",
        ccode2="ccode2",
        year="year",
        dispnum="dispnum",
        midongoing=1,
        midonset=(polars.col("year") == began).cast(polars.Int8),
        hostlev=polars.max_horizontal("hostlev", "hostlev2"),
    )


def add_wars(frame: Any, kind: str = "interstate", unmatched: str = "warn") -> Any:
    """Wars of the Correlates of War in the year. Pairs: war (the two fought each other), war_onset (the first year they did in that war).

    Rows of states: war, war_onset of the kind `interstate`, `intrastate` or `extrastate` (as a participant on either side). Pairs have only the first.
    Adds wars_missing and wars_source.
    """
    if kind not in WARS:
        raise unknown("kind of war", kind, WARS)
    pairs = len(keys(frame).states) == 2
    if pairs and kind != "interstate":
        raise InputError(f"{kind} wars are not fought by pairs of states: add them to rows of states")
    table = _wars(str(datasets.path(WARS[kind], "participant")), kind, pairs)
    return add(frame, [Addition("wars", datasets.label(WARS[kind]), "cow", table, datasets.years(WARS[kind]), {"war": False, "war_onset": False})], unmatched)


@functools.lru_cache(8)
def _wars(path: str, kind: str, pairs: bool) -> "polars.DataFrame":
    import polars

    table = polars.read_parquet(path)
    yearly = war_years(table, kind)
    if pairs:
        both = yearly.join(yearly, on=["WarNum", "year"], suffix="2").filter(polars.col("side") != polars.col("side2"))
        both = both.filter((polars.col("first") <= polars.col("last2")) & (polars.col("first2") <= polars.col("last")))
        begun = polars.col("year").min().over("WarNum", "ccode", "ccode2")
        rows = both.select(ccode1="ccode", ccode2="ccode2", year="year", war=True, war_onset=polars.col("year") == begun)
        named = list(PAIR)
    else:
        begun = polars.col("year").min().over("WarNum", "ccode")
        rows, named = yearly.select("ccode", "year", war=True, war_onset=polars.col("year") == begun), ["ccode", "year"]
    return rows.group_by(named).agg(polars.col("war", "war_onset").any()).sort(named)


def war_years(table: "polars.DataFrame", kind: str) -> "polars.DataFrame":
    """One row a war, state, side and year, with the first and last day of the spell it belongs to: WarNum, ccode, side, year, first, last.

    A missing month or day is read as the widest it can be. A war that goes on when the list ends runs to that end.
    """
    import polars

    ends = int(datasets.card(WARS[kind])["span"]["until"][:4]) - 1
    if kind == "interstate":
        sides = [table.with_columns(side=polars.col("Side"))]
    else:
        names = ("CcodeA", "CcodeB") if kind == "intrastate" else ("ccode1", "ccode2")
        base = table.drop("ccode", strict=False)
        sides = [
            base.filter(polars.col(name).is_not_null()).with_columns(ccode=polars.col(name), side=polars.lit(number, polars.Int64))
            for number, name in enumerate(names, 1)
        ]
    spells = []
    for side in sides:
        for number in "12":
            found = side.filter(polars.col(f"StartYear{number}").is_not_null())
            first = _widest(found, f"Start{{}}{number}", polars.col(f"StartYear{number}"), last=False)
            last = _widest(found, f"End{{}}{number}", polars.col(f"EndYear{number}").fill_null(ends), last=True)
            spells.append(found.select("WarNum", polars.col("ccode").cast(polars.Int16), "side", first=first, last=last))
    years = polars.int_ranges(polars.col("first").dt.year(), polars.col("last").dt.year() + 1, dtype=polars.Int16)
    return polars.concat(spells).with_columns(year=years).explode("year")


def _widest(table: "polars.DataFrame", named: str, year: "polars.Expr", last: bool) -> "polars.Expr":
    """The day, or the first or last it can be where month or day is missing. A day that its month does not have is the month's last."""
    import polars

    month, day = polars.col(named.format("Month")), polars.col(named.format("Day"))
    begin = polars.date(year, month.fill_null(12 if last else 1), 1)
    length = begin.dt.month_end().dt.day()
    place = polars.when(month.is_null() | day.is_null()).then(length if last else 1).otherwise(polars.min_horizontal(day, length))
    return begin + polars.duration(days=place - 1)


def add_rivalries(frame: Any, unmatched: str = "warn") -> Any:
    """Strategic rivalries of the pair in the year: rivalry, and its types spatial, positional, ideological, interventionary (Boolean).

    A rivalry counts in both directions. Adds rivalries_missing and rivalries_source.
    """
    import polars

    keys(frame, pairs=True)
    types = ("spatial", "positional", "ideological", "interventionary")
    spells = datasets.read("rivalries", "spells")
    years = polars.int_ranges("start", polars.col("end") + 1, dtype=polars.Int16)
    one = spells.select("ccode1", "ccode2", year=years, rivalry=True, **{name: (polars.col(name) == 1).fill_null(False) for name in types}).explode("year")
    both = polars.concat([one, one.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(one.columns)])
    table = both.filter(polars.col("year") >= 1816).with_columns(polars.col("ccode1", "ccode2").cast(polars.Int16))
    table = table.group_by(PAIR).agg(polars.col("rivalry", *types).any()).sort(PAIR)
    return add(
        frame,
        [Addition("rivalries", datasets.label("rivalries"), "cow", table, datasets.years("rivalries"), dict.fromkeys(("rivalry", *types), False))],
        unmatched,
    )


def add_peace_years(frame: Any, event: str = "dispute_ongoing", name: str = "peace_years") -> Any:
    """Years since the last year with the event, or since the pair (the state) first stands in the frame: 0 in the year after it. Int16.

    Years are counted, not rows: a pair that leaves the system and returns has all the years between behind it. Null where a year since then
    has an unknown event. Left-truncated: what happened before the frame begins is not known. event: a Boolean column, or one of 0 and 1.
    """
    import narwhals as nw

    wrapped = nw.from_native(frame)
    found = keys(frame)
    schema = wrapped.collect_schema()
    if event not in schema:
        raise unknown("column of events", event, schema.names())
    if name in schema:
        raise InputError(f"the frame already has a column '{name}'. Rename or drop it, or give another name")
    if found.time != "year":
        raise InputError("peace years are counted on rows of years, and the frame has days")
    if isinstance(wrapped, nw.LazyFrame):
        return _peace_lazy(wrapped, found, event, name).to_native()
    counted = _peace(wrapped.select(*found.all, event).to_polars(), found, event)
    from foedus.panels.joining import _attached

    return _attached(frame, wrapped, counted.alias(name).to_frame())


def _peace(rows: "polars.DataFrame", found: Any, event: str) -> "polars.Series":
    """The count in the order of the rows; they are put in the order of pair and year first where they are not."""
    import polars

    same = polars.all_horizontal([polars.col(name) == polars.col(name).shift(1) for name in found.states]).fill_null(False)
    year, happened = polars.col("year"), polars.col(event) == True if rows[event].dtype == polars.Boolean else polars.col(event) > 0  # noqa: E712
    work = rows.with_columns(_same=same, _event=happened)
    risen = work.select((~polars.col("_same") | (year > year.shift(1))).all()).item()
    starts = work.filter(~polars.col("_same")).select(found.states)
    ordered = risen and starts.height == starts.n_unique()
    if not ordered:
        work = rows.with_row_index("_row").sort(*found.all).with_columns(_same=same, _event=happened)
        doubled = work.select((polars.col("_same") & (year == year.shift(1))).any()).item()
        if doubled:
            raise InputError(f"the frame has two rows of one {'pair' if len(found.states) == 2 else 'state'} and year: peace years count one row a year")
    before = polars.col("_event").shift(1)
    anchor = polars.when(~polars.col("_same")).then(year).when(before).then(year.shift(1) + 1).forward_fill()
    open_ = polars.when(~polars.col("_same") | before).then(False).when(before.is_null()).then(True).forward_fill()
    count = polars.when(~open_).then(year - anchor).cast(polars.Int16)
    if ordered:
        return work.select(count.alias("count")).to_series()
    return work.select("_row", count.alias("count")).sort("_row")["count"]


def _peace_lazy(wrapped: Any, found: Any, event: str, name: str) -> Any:
    import narwhals as nw

    over = {"partition_by": list(found.states), "order_by": "year"}
    happened = nw.col(event) if wrapped.collect_schema()[event] == nw.Boolean else nw.col(event) > 0
    work = wrapped.with_columns(happened.alias("_event"))
    work = work.with_columns(
        nw.col("_event").shift(1).over(*over["partition_by"], order_by="year").alias("_before"),
        nw.col("year").shift(1).over(*over["partition_by"], order_by="year").alias("_last"),
        nw.col("year").min().over(*over["partition_by"]).alias("_first"),
    )
    nothing, after = nw.lit(0), nw.col("_last") + 1
    known = nw.when(nw.col("_before")).then(after).otherwise(nothing)
    hidden = nw.when(nw.col("_before").is_null() & ~nw.col("_last").is_null()).then(after).otherwise(nothing)
    work = work.with_columns(known.alias("_known"), hidden.alias("_open"))
    work = work.with_columns(
        nw.col("_known").cum_max().over(*over["partition_by"], order_by="year").alias("_anchor"),
        nw.col("_open").cum_max().over(*over["partition_by"], order_by="year").alias("_hidden"),
    )
    anchor = nw.max_horizontal(nw.col("_anchor"), nw.col("_first"))
    hidden = nw.col("_hidden") > nw.col("_anchor")
    count = nw.when(~hidden).then(nw.col("year") - anchor).cast(nw.Int16)
    return work.with_columns(count.alias(name)).drop("_event", "_before", "_last", "_first", "_known", "_open", "_anchor", "_hidden")


def filter_politically_relevant(frame: Any, unknown_rows: str = "drop") -> Any:
    """The rows of pairs that are contiguous in any way, or of which one side is a major power.

    Adds contiguity, major1 and major2 where the frame does not have them. A row of which this is unknown, outside coverage, is dropped, or kept with `keep`.
    """
    import narwhals as nw

    if unknown_rows not in ("drop", "keep"):
        raise unknown("way to treat unknown rows", unknown_rows, ("drop", "keep"))
    keys(frame, pairs=True)
    names = nw.from_native(frame).collect_schema().names()
    if "contiguity" not in names:
        frame = add_contiguity(frame, unmatched="ignore")
    if "major1" not in names:
        frame = add_majors(frame, unmatched="ignore")
    relevant = (nw.col("contiguity") > 0) | nw.col("major1") | nw.col("major2")
    wrapped = nw.from_native(frame)
    if unknown_rows == "keep":
        known = wrapped.with_columns(relevant.alias("_relevant"))
        return known.filter(nw.col("_relevant") | nw.col("_relevant").is_null()).drop("_relevant").to_native()
    return wrapped.filter(relevant).to_native()

"""The tables of `panels.py`, written by hand as one would in Polars, DuckDB and pandas. Run by it; nothing happens here alone."""

import datetime
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "reference"
NAMES = ("polars", "duckdb", "pandas")
KINDS = ("defense", "offense", "neutrality", "nonaggression", "consultation")
THEIRS = ("defense", "offense", "neutral", "nonagg", "consul")
NMC = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
PREFIXES = {"defense": "defco", "offense": "offco", "neutrality": "neuco", "consultation": "conco"}
CODES = ("adv", "loc", "con", "num", "dem", "npr", "att", "req")
WORDS = (
    "adversary_named",
    "place_named",
    "conflict_named",
    "number_of_adversaries_met",
    "demands_made",
    "unprovoked",
    "armed_attack",
    "consultation_requested",
)
PAIR = ["ccode1", "ccode2"]
KEY = [*PAIR, "year"]


def file(name: str) -> str:
    return str(REFERENCE / f"{name}.parquet")


# ---- Polars ----------------------------------------------------------------------------------------------------------------


def polars_rows() -> Any:
    import polars as pl

    states = pl.read_parquet(file("cow_states2016")).select(
        pl.col("ccode").cast(pl.Int16), start=pl.date("styear", "stmonth", "stday"),
        end=pl.date(pl.when(pl.col("endyear") == 2016).then(2025).otherwise("endyear"), "endmonth", "endday"),
    )  # fmt: skip
    both = states.join(states, how="cross", suffix="2").filter(pl.col("ccode") != pl.col("ccode2"))
    both = both.select(ccode1="ccode", ccode2="ccode2", start=pl.max_horizontal("start", "start2"), end=pl.min_horizontal("end", "end2"))
    both = both.filter(pl.col("start") <= pl.col("end")).sort("ccode1", "ccode2", "start")
    years = pl.int_ranges(pl.col("start").dt.year(), pl.col("end").dt.year() + 1, dtype=pl.Int16)
    return both.select("ccode1", "ccode2", year=years).explode("year")


def polars_added() -> Any:
    import polars as pl

    def small(frame: Any, *names: str) -> Any:
        return frame.with_columns(pl.col(*names).cast(pl.Int16))

    atop = small(pl.read_parquet(file("atop51_directed_dyad_year"), columns=["stateA", "stateB", "year", *THEIRS, "number"]), "stateA", "stateB", "year")
    atop = atop.select(
        ccode1="stateA", ccode2="stateB", year="year", **{k: pl.col(t) == 1 for k, t in zip(KINDS, THEIRS)}, pacts=pl.col("number").cast(pl.Int16)
    )
    near = (
        pl.read_parquet(file("cow_contiguity32")).sort("stdate").with_columns(year=pl.int_ranges(pl.col("stdate").dt.year(), pl.col("enddate").dt.year() + 1))
    )
    near = small(near.explode("year"), *KEY).select(*KEY, contiguity=pl.col("conttype").cast(pl.Int8)).unique(KEY, keep="first", maintain_order=True)
    nmc = small(pl.read_parquet(file("cow_nmc7"), columns=["ccode", "year", *NMC]), "ccode", "year")
    majors = pl.read_parquet(file("cow_majors2016")).with_columns(year=pl.int_ranges("styear", pl.col("endyear") + 1)).explode("year")
    majors = small(majors.select("ccode", "year").unique(), "ccode", "year").with_columns(major=True)
    table = polars_rows().lazy()
    for right, on in ((atop, KEY), (near, KEY)):
        table = table.join(right.lazy(), on=on, how="left", maintain_order="left")
    for side in "12":
        for right in (nmc, majors):
            named = right.lazy().rename({name: f"{name}{side}" for name in right.columns if name != "year"})
            table = table.join(named, on=[f"ccode{side}", "year"], how="left", maintain_order="left")
    year = pl.col("year")
    return table.with_columns(
        *[pl.when(year <= 2018).then(pl.col(kind).fill_null(False)) for kind in KINDS],
        pl.when(year <= 2018).then(pl.col("pacts").fill_null(0)),
        pl.when(year <= 2016).then(pl.col("contiguity").fill_null(0)),
        *[pl.when(year <= 2016).then(pl.col(f"major{side}").fill_null(False)) for side in "12"],
    ).collect()


def polars_peace() -> Any:
    import polars as pl

    gml = pl.read_parquet(file("gml_mid_directed_dyad_year"), columns=[*KEY, "dispnum", "midonset", "midongoing", "hostlev"]).with_columns(
        pl.col(KEY).cast(pl.Int16)
    )
    gml = gml.group_by(KEY).agg(
        dispute_onset=(pl.col("midonset") == 1).any(), dispute_ongoing=(pl.col("midongoing") == 1).any(),
        disputes=pl.col("dispnum").n_unique().cast(pl.Int16), hostility=pl.col("hostlev").max().cast(pl.Int8),
    )  # fmt: skip
    table = polars_added().join(gml, on=KEY, how="left", maintain_order="left")
    inside = pl.col("year") <= 2010
    table = table.with_columns(
        *[pl.when(inside).then(pl.col(name).fill_null(False)) for name in ("dispute_onset", "dispute_ongoing")],
        *[pl.when(inside).then(pl.col(name).fill_null(0)) for name in ("disputes", "hostility")],
    )
    year, begins = pl.col("year"), (pl.struct(PAIR) != pl.struct(PAIR).shift(1)).fill_null(True)
    before = pl.col("dispute_ongoing").shift(1)
    anchor = pl.when(begins).then(year).when(before).then(year.shift(1) + 1).forward_fill()
    unknown = pl.when(begins).then(False).when(before.is_null()).then(True).when(before).then(False).forward_fill()
    return table.with_columns(peace_years=pl.when(~unknown).then(year - anchor).cast(pl.Int16))


def polars_pairs() -> Any:
    """ATOP's members by directed pair and days, with a number for what the alliance asks of the obligor."""
    import polars as pl

    members = pl.read_parquet(file("atop51_member")).filter(pl.col("member") != 8152)
    open_ = (pl.col("ineffect") == 1) | (pl.col("yrexit").fill_null(0) == 0)
    month = pl.date(pl.col("yrexit").replace(0, 9999).fill_null(9999), pl.col("moexit").replace(0, 12).fill_null(12), 1)
    leaving = pl.when(pl.col("dayexit").is_null()).then(month.dt.month_end()).otherwise(month + pl.duration(days=pl.col("dayexit") - 1))
    bits = {
        f"{kind}_when": pl.sum_horizontal([(pl.col(prefix + code) == 1).fill_null(False).cast(pl.UInt8) * 2**place for place, code in enumerate(CODES) if prefix + code in members.columns])
        for kind, prefix in PREFIXES.items()
    }  # fmt: skip
    spells = members.select(
        "atopid", ccode=pl.col("member").cast(pl.Int16), start=pl.date("yrent", pl.col("moent").fill_null(1), pl.col("dayent").fill_null(1)),
        until=pl.when(~open_).then(leaving), **{k: (pl.col(t) == 1).fill_null(False) for k, t in zip(KINDS, THEIRS)}, **bits,
    )  # fmt: skip
    both = spells.rename({"ccode": "ccode1"}).join(spells.select("atopid", ccode2="ccode", start2="start", until2="until"), on="atopid")
    both = both.with_columns(start=pl.max_horizontal("start", "start2"), until=pl.min_horizontal("until", "until2")).filter(
        (pl.col("ccode1") != pl.col("ccode2")) & (pl.col("until").is_null() | (pl.col("start") < pl.col("until")))
    )
    says = ["atopid", *KINDS, *bits]
    return both.select(*PAIR, "start", "until", *says).with_columns(item=pl.struct(says).rank("dense").cast(pl.UInt32))


def polars_spells() -> Any:
    import polars as pl

    far = datetime.date(9999, 12, 31)
    pairs = polars_pairs().with_columns(pl.col("until").fill_null(far))
    cuts = pl.concat([pairs.select(*PAIR, cut="start"), pairs.select(*PAIR, cut="until")]).unique().sort(*PAIR, "cut")
    slots = cuts.with_columns(next=pl.col("cut").shift(-1).over(PAIR)).drop_nulls()
    held = slots.join(pairs, on=PAIR).filter((pl.col("start") <= pl.col("cut")) & (pl.col("until") >= pl.col("next")))
    sets = held.group_by(*PAIR, "cut", "next").agg(pl.col("item").unique().sort(), pl.col(*KINDS).any()).sort(*PAIR, "cut")
    sets = sets.with_columns(set=pl.col("item").list.eval(pl.element().cast(pl.String)).list.join(","))
    same = (pl.struct(*PAIR, "set") == pl.struct(*PAIR, "set").shift(1)) & (pl.col("cut") == pl.col("next").shift(1))
    runs = sets.with_columns(run=(~same.fill_null(False)).cum_sum())
    done = runs.group_by("run", maintain_order=True).agg(pl.col(*PAIR, "cut").first(), pl.col("next").last(), pl.col(*KINDS).first())
    return done.select(*PAIR, start="cut", until=pl.when(pl.col("next") != far).then("next"), **{kind: pl.col(kind) for kind in KINDS})


def polars_judged(pairs: Any) -> Any:
    import polars as pl

    last = pl.col("until").dt.year().fill_null(2018).clip(upper_bound=2018)
    years = pl.int_ranges(pl.col("start").dt.year().clip(lower_bound=1816), last + 1, dtype=pl.Int16)
    rows = pairs.lazy().select(*PAIR, *KINDS, *[f"{kind}_when" for kind in PREFIXES], year=years).explode("year").drop_nulls("year")
    facts_ = facts().lazy()
    true = pl.sum_horizontal([pl.col(word).fill_null(False).cast(pl.UInt8) * 2**place for place, word in enumerate(WORDS)])
    open_ = pl.sum_horizontal([pl.col(word).fill_null(True).cast(pl.UInt8) * 2**place for place, word in enumerate(WORDS)])
    words = facts_.select("ccode", "year", true=true.cast(pl.UInt8), open=open_.cast(pl.UInt8))
    rows = rows.join(words, left_on=["ccode2", "year"], right_on=["ccode", "year"], how="left")
    rows = rows.with_columns(pl.col("true").fill_null(0), pl.col("open").fill_null(255))

    def value(kind: str) -> Any:
        when = pl.col(f"{kind}_when") if kind in PREFIXES else pl.lit(0, pl.UInt8)
        met = pl.when((when & pl.col("true")) == when).then(2).when((when & pl.col("open")) == when).then(1).otherwise(0)
        return pl.when(pl.col(kind)).then(met).otherwise(0).cast(pl.Int8).max()

    table = rows.group_by(KEY).agg(**{kind: value(kind) for kind in KINDS})
    return table.select(*KEY, *[pl.when(pl.col(kind) != 1).then(pl.col(kind) == 2).alias(kind) for kind in KINDS]).collect()


def polars_day(pairs: Any) -> Any:
    import polars as pl

    on = datetime.date(1984, 7, 1)
    return pairs.filter((pl.col("start") <= on) & (pl.col("until").is_null() | (pl.col("until") > on))).group_by(PAIR).agg(pl.col(*KINDS).any())


def polars_written(stretches: Any) -> int:
    import polars as pl

    days = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.Int32)
    table = stretches.lazy().select(*PAIR, date=days, **{kind: (pl.col("bits") & 2**place) != 0 for place, kind in enumerate(KINDS)})
    with tempfile.TemporaryDirectory() as folder:
        table.explode("date").with_columns(pl.col("date").cast(pl.Date)).sink_parquet(Path(folder) / "days.parquet", compression="lz4", statistics=False)
        return int((stretches["last"] - stretches["first"] + 1).cast(pl.Int64).sum())


# ---- DuckDB ---------------------------------------------------------------------------------------------------------------


def connected() -> Any:
    import duckdb

    store = duckdb.connect()
    store.execute("SET threads = 2")
    return store


DUCK_ROWS = f"""
CREATE VIEW s AS SELECT ccode::SMALLINT AS ccode, make_date(styear, stmonth, stday) AS b,
  make_date(CASE WHEN endyear = 2016 THEN 2025 ELSE endyear END, endmonth, endday) AS e FROM read_parquet('{file("cow_states2016")}');
CREATE VIEW keys AS SELECT x.ccode AS ccode1, y.ccode AS ccode2,
  unnest(range(year(greatest(x.b, y.b)), year(least(x.e, y.e)) + 1))::SMALLINT AS year
  FROM s x JOIN s y ON x.ccode <> y.ccode AND x.b <= y.e AND y.b <= x.e;
"""
DUCK_ADDED = f"""
CREATE VIEW atop AS SELECT stateA, stateB, year, {", ".join(f"{t} = 1 AS {k}" for k, t in zip(KINDS, THEIRS))}, number AS pacts
  FROM read_parquet('{file("atop51_directed_dyad_year")}');
CREATE VIEW near AS SELECT ccode1, ccode2, y AS year, arg_min(conttype, stdate) AS contiguity
  FROM read_parquet('{file("cow_contiguity32")}'), unnest(range(year(stdate), year(enddate) + 1)) AS u(y) GROUP BY ALL;
CREATE VIEW nmc AS SELECT * FROM read_parquet('{file("cow_nmc7")}');
CREATE VIEW majors AS SELECT DISTINCT ccode, y AS year, true AS major FROM read_parquet('{file("cow_majors2016")}'), unnest(range(styear, endyear + 1)) AS u(y);
CREATE VIEW added AS SELECT k.*, {", ".join(f"CASE WHEN k.year <= 2018 THEN coalesce(a.{kind}, false) END AS {kind}" for kind in KINDS)},
  CASE WHEN k.year <= 2018 THEN coalesce(a.pacts, 0) END AS pacts, CASE WHEN k.year <= 2016 THEN coalesce(c.contiguity, 0) END AS contiguity,
  {", ".join(f"n{side}.{name} AS {name}{side}" for side in "12" for name in NMC)},
  {", ".join(f"CASE WHEN k.year <= 2016 THEN coalesce(m{side}.major, false) END AS major{side}" for side in "12")}
  FROM keys k LEFT JOIN atop a ON a.stateA = k.ccode1 AND a.stateB = k.ccode2 AND a.year = k.year
  LEFT JOIN near c ON c.ccode1 = k.ccode1 AND c.ccode2 = k.ccode2 AND c.year = k.year
  {" ".join(f"LEFT JOIN nmc n{s} ON n{s}.ccode = k.ccode{s} AND n{s}.year = k.year LEFT JOIN majors m{s} ON m{s}.ccode = k.ccode{s} AND m{s}.year = k.year" for s in "12")};
"""
DUCK_PEACE = f"""
CREATE VIEW gml AS SELECT ccode1, ccode2, year, bool_or(midonset = 1) AS dispute_onset, bool_or(midongoing = 1) AS dispute_ongoing,
  count(DISTINCT dispnum) AS disputes, max(hostlev) AS hostility FROM read_parquet('{file("gml_mid_directed_dyad_year")}') GROUP BY ALL;
CREATE VIEW disputed AS SELECT t.*, {", ".join(f"CASE WHEN t.year <= 2010 THEN coalesce(g.{name}, {nothing}) END AS {name}" for name, nothing in (("dispute_onset", "false"), ("dispute_ongoing", "false"), ("disputes", 0), ("hostility", 0)))}
  FROM added t LEFT JOIN gml g USING (ccode1, ccode2, year);
CREATE VIEW peace AS SELECT *, CASE WHEN year <= 2011 OR year = min(year) OVER (PARTITION BY ccode1, ccode2) THEN
  year - coalesce(max(CASE WHEN dispute_ongoing THEN year + 1 END) OVER w, min(year) OVER (PARTITION BY ccode1, ccode2)) END AS peace_years
  FROM disputed WINDOW w AS (PARTITION BY ccode1, ccode2 ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);
"""
DUCK_PAIRS = f"""
CREATE VIEW m AS SELECT atopid, member::SMALLINT AS ccode, make_date(yrent, coalesce(moent, 1), coalesce(dayent, 1)) AS b,
  CASE WHEN ineffect = 1 OR coalesce(yrexit, 0) = 0 THEN DATE '9999-12-31' WHEN dayexit IS NULL THEN last_day(make_date(yrexit, coalesce(moexit, 12), 1))
    ELSE make_date(yrexit, coalesce(moexit, 12), 1) + (dayexit - 1)::INTEGER END AS e,
  {", ".join(f"coalesce({t} = 1, false) AS {k}" for k, t in zip(KINDS, THEIRS))},
  {{bits}} FROM read_parquet('{file("atop51_member")}') WHERE member <> 8152;
CREATE TABLE p AS SELECT x.* REPLACE (greatest(x.b, y.b) AS b, least(x.e, y.e) AS e), x.ccode AS ccode1, y.ccode AS ccode2,
  hash(x.atopid, {", ".join(f"x.{kind}" for kind in KINDS)}, {", ".join(f"x.{kind}_when" for kind in PREFIXES)}) AS item
  FROM m x JOIN m y ON x.atopid = y.atopid AND x.ccode <> y.ccode AND x.b < y.e AND y.b < x.e;
"""
DUCK_SPELLS = f"""
CREATE TABLE slots AS SELECT *, lead(cut) OVER (PARTITION BY ccode1, ccode2 ORDER BY cut) AS next
  FROM (SELECT ccode1, ccode2, b AS cut FROM p UNION SELECT ccode1, ccode2, e FROM p);
CREATE TABLE sets AS SELECT s.ccode1, s.ccode2, cut, next, list_sort(list(DISTINCT item)) AS items, {", ".join(f"bool_or({kind}) AS {kind}" for kind in KINDS)}
  FROM slots s JOIN p ON p.ccode1 = s.ccode1 AND p.ccode2 = s.ccode2 AND p.b <= s.cut AND p.e >= s.next GROUP BY ALL;
CREATE TABLE runs AS SELECT *, sum(CASE WHEN same THEN 0 ELSE 1 END) OVER (ORDER BY ccode1, ccode2, cut) AS run
  FROM (SELECT *, coalesce(items = lag(items) OVER w AND cut = lag(next) OVER w, false) AS same FROM sets WINDOW w AS (PARTITION BY ccode1, ccode2 ORDER BY cut));
"""


def duck_bits(columns: list[str]) -> str:
    return ", ".join(
        f"({' + '.join(f'coalesce({prefix + code} = 1, false)::INTEGER * {2**place}' for place, code in enumerate(CODES) if prefix + code in columns)}) AS {kind}_when"
        for kind, prefix in PREFIXES.items()
    )


def duck_pairs(store: Any) -> None:
    columns = [row[0] for row in store.execute(f"DESCRIBE SELECT * FROM read_parquet('{file('atop51_member')}')").fetchall()]
    store.execute(DUCK_PAIRS.format(bits=duck_bits(columns)))


def duckdb_rows() -> Any:
    store = connected()
    store.execute(DUCK_ROWS)
    return store.execute("SELECT * FROM keys ORDER BY ALL").to_arrow_table()


def duckdb_added() -> Any:
    store = connected()
    store.execute(DUCK_ROWS + DUCK_ADDED)
    return store.execute("SELECT * FROM added ORDER BY ccode1, ccode2, year").to_arrow_table()


def duckdb_peace() -> Any:
    store = connected()
    store.execute(DUCK_ROWS + DUCK_ADDED + DUCK_PEACE)
    return store.execute("SELECT * FROM peace ORDER BY ccode1, ccode2, year").to_arrow_table()


def duckdb_spells() -> Any:
    store = connected()
    duck_pairs(store)
    store.execute(DUCK_SPELLS)
    return store.execute(f"""SELECT any_value(ccode1) AS ccode1, any_value(ccode2) AS ccode2, min(cut) AS start, nullif(max(next), DATE '9999-12-31') AS until,
      {", ".join(f"any_value({kind}) AS {kind}" for kind in KINDS)} FROM runs GROUP BY run""").to_arrow_table()


def duckdb_judged(store: Any) -> Any:
    store.register("facts", facts().to_arrow())
    word = {
        side: " + ".join(f"coalesce({name}, {nothing})::INTEGER * {2**place}" for place, name in enumerate(WORDS))
        for side, nothing in (("t", "false"), ("o", "true"))
    }
    store.execute(f"CREATE TABLE words AS SELECT ccode, year, {word['t']} AS t, {word['o']} AS o FROM facts")

    def value(kind: str) -> str:
        when = f"{kind}_when" if kind in PREFIXES else "0"
        return f"max(CASE WHEN NOT {kind} THEN 0 WHEN ({when} & coalesce(t, 0)) = {when} THEN 2 WHEN ({when} & coalesce(o, 255)) = {when} THEN 1 ELSE 0 END) AS {kind}"

    return store.execute(f"""SELECT ccode1, ccode2, y AS year, {", ".join(f"CASE WHEN {kind} <> 1 THEN {kind} = 2 END AS {kind}" for kind in KINDS)} FROM (
      SELECT p.ccode1, p.ccode2, y, {", ".join(value(kind) for kind in KINDS)}
      FROM (SELECT *, unnest(range(greatest(year(b), 1816), least(CASE WHEN e = DATE '9999-12-31' THEN 2018 ELSE year(e) END, 2018) + 1)) AS y FROM p) p
      LEFT JOIN words w ON w.ccode = p.ccode2 AND w.year = y GROUP BY p.ccode1, p.ccode2, y)""").to_arrow_table()


def duckdb_day(store: Any) -> Any:
    return store.execute(f"""SELECT ccode1, ccode2, {", ".join(f"bool_or({kind}) AS {kind}" for kind in KINDS)} FROM p
      WHERE b <= DATE '1984-07-01' AND e > DATE '1984-07-01' GROUP BY ALL""").to_arrow_table()


def duckdb_written(stretches: Any) -> int:
    store = connected()
    store.register("stretches", stretches.to_arrow())
    with tempfile.TemporaryDirectory() as folder:
        store.execute("SET memory_limit = '2GB'; SET preserve_insertion_order = false")
        kinds = ", ".join(f"(bits & {2**place}) <> 0 AS {kind}" for place, kind in enumerate(KINDS))
        store.execute(f"""COPY (SELECT ccode1, ccode2, DATE '1970-01-01' + unnest(range(first, last + 1))::INTEGER AS date, {kinds} FROM stretches)
          TO '{Path(folder) / "days.parquet"}' (FORMAT parquet, COMPRESSION lz4)""")
        return int(store.execute("SELECT sum(last - first + 1) FROM stretches").fetchone()[0])


# ---- pandas ------------------------------------------------------------------------------------------------------------------


def pandas_spread(frame: Any, first: Any, last: Any) -> Any:
    """A row a year from first to last, both inside."""
    import numpy as np

    length = (last - first + 1).to_numpy()
    kept = frame.loc[frame.index.repeat(length)].reset_index(drop=True)
    ends = np.cumsum(length)
    kept["year"] = (np.arange(ends[-1]) - np.repeat(ends - length, length) + np.repeat(first.to_numpy(), length)).astype("int16")
    return kept


def pandas_rows() -> Any:
    import numpy as np
    import pandas as pd

    s = pd.read_parquet(file("cow_states2016"))
    year = s.endyear.where(s.endyear != 2016, 2025)
    s = pd.DataFrame({"ccode": s.ccode.astype("int16"), "b": s.styear * 10000 + s.stmonth * 100 + s.stday, "e": year * 10000 + s.endmonth * 100 + s.endday})
    both = s.merge(s, how="cross", suffixes=("1", "2"))
    both = both[both.ccode1 != both.ccode2]
    both = both.assign(b=np.maximum(both.b1, both.b2), e=np.minimum(both.e1, both.e2))
    both = both[both.b <= both.e].sort_values(["ccode1", "ccode2", "b"]).reset_index(drop=True)
    return pandas_spread(both[["ccode1", "ccode2"]], both.b // 10000, both.e // 10000)


def pandas_added() -> Any:
    import pandas as pd

    small = dict.fromkeys(KEY, "int16")
    atop = pd.read_parquet(file("atop51_directed_dyad_year"), columns=["stateA", "stateB", "year", *THEIRS, "number"])
    atop = atop.set_axis([*KEY, *KINDS, "pacts"], axis=1).astype(small)
    near = pd.read_parquet(file("cow_contiguity32")).sort_values("stdate", kind="stable").reset_index(drop=True)
    first, last = (pd.to_datetime(near[name]).dt.year for name in ("stdate", "enddate"))
    near = pandas_spread(near[["ccode1", "ccode2", "conttype"]], first, last).drop_duplicates(KEY).rename(columns={"conttype": "contiguity"}).astype(small)
    nmc = pd.read_parquet(file("cow_nmc7"), columns=["ccode", "year", *NMC]).astype({"ccode": "int16", "year": "int16"})
    majors = pd.read_parquet(file("cow_majors2016"))
    majors = pandas_spread(majors[["ccode"]], majors.styear, majors.endyear).drop_duplicates().assign(major=1.0).astype({"ccode": "int16"})
    table = pandas_rows().merge(atop, on=KEY, how="left").merge(near, on=KEY, how="left")
    for side in "12":
        for right in (nmc, majors):
            table = table.merge(right.rename(columns=lambda name, side=side: name if name == "year" else name + side), on=[f"ccode{side}", "year"], how="left")
    for names, end in (((*KINDS, "pacts"), 2018), (("contiguity", "major1", "major2"), 2016)):
        for name in names:
            table[name] = table[name].fillna(0).where(table.year <= end)
    return table


def pandas_peace() -> Any:
    import pandas as pd

    gml = pd.read_parquet(file("gml_mid_directed_dyad_year"), columns=[*KEY, "dispnum", "midonset", "midongoing", "hostlev"]).astype(
        dict.fromkeys(KEY, "int16")
    )
    gml = gml.groupby(KEY, as_index=False).agg(
        dispute_onset=("midonset", "max"), dispute_ongoing=("midongoing", "max"), disputes=("dispnum", "nunique"), hostility=("hostlev", "max")
    )
    table = pandas_added().merge(gml, on=KEY, how="left")
    for name in ("dispute_onset", "dispute_ongoing", "disputes", "hostility"):
        table[name] = table[name].fillna(0).where(table.year <= 2010)
    pair = table.groupby(PAIR, sort=False)
    first = pair.year.transform("min")
    ended = (table.year + 1).where(table.dispute_ongoing == 1)
    anchor = ended.groupby([table.ccode1, table.ccode2], sort=False).shift(1)
    anchor = anchor.groupby([table.ccode1, table.ccode2], sort=False).ffill().fillna(first)
    table["peace_years"] = (table.year - anchor).where((table.year <= 2011) | (table.year == first))
    return table


def pandas_pairs() -> Any:
    import numpy as np
    import pandas as pd

    m = pd.read_parquet(file("atop51_member"))
    m = m[m.member != 8152].reset_index(drop=True)
    open_ = (m.ineffect == 1) | (m.yrexit.fillna(0) == 0)
    begin = pd.DataFrame({"year": m.yrent, "month": m.moent.fillna(1), "day": m.dayent.fillna(1)})
    leave = pd.to_datetime(pd.DataFrame({"year": m.yrexit.where(~open_, 2200), "month": m.moexit.where(~open_, 1).fillna(12), "day": 1}).astype("int64"))
    leave = leave.where(m.dayexit.isna(), leave + pd.to_timedelta(m.dayexit.fillna(1) - 1, unit="D")).where(m.dayexit.notna(), leave + pd.offsets.MonthEnd(0))
    spells = pd.DataFrame({"atopid": m.atopid, "ccode": m.member.astype("int16"), "b": pd.to_datetime(begin.astype("int64"))})
    spells["e"] = leave.where(~open_, pd.Timestamp("2200-01-01"))
    for kind, theirs in zip(KINDS, THEIRS):
        spells[kind] = (m[theirs] == 1).fillna(False).astype(bool)
    for kind, prefix in PREFIXES.items():
        spells[f"{kind}_when"] = sum(
            (m[prefix + code] == 1).fillna(False).astype("uint8") * 2**place for place, code in enumerate(CODES) if prefix + code in m.columns
        )
    says = ["atopid", *KINDS, *[f"{kind}_when" for kind in PREFIXES]]
    spells["item"] = spells.groupby(says, sort=False).ngroup()
    both = spells.merge(spells[["atopid", "ccode", "b", "e"]], on="atopid", suffixes=("1", "2"))
    both = both[both.ccode1 != both.ccode2]
    both["b"], both["e"] = np.maximum(both.b1, both.b2), np.minimum(both.e1, both.e2)
    return both[both.b < both.e]


def pandas_spells() -> Any:
    import pandas as pd

    pairs = pandas_pairs()[[*PAIR, "b", "e", "item", *KINDS]]
    cuts = (
        pd.concat([pairs[[*PAIR, "b"]].rename(columns={"b": "cut"}), pairs[[*PAIR, "e"]].rename(columns={"e": "cut"})])
        .drop_duplicates()
        .sort_values([*PAIR, "cut"])
    )
    cuts["next"] = cuts.groupby(PAIR).cut.shift(-1)
    held = cuts.dropna().merge(pairs, on=PAIR)
    held = held[(held.b <= held.cut) & (held.e >= held.next)].drop_duplicates([*PAIR, "cut", "item"]).sort_values([*PAIR, "cut", "item"])
    held["item"] = held.item.astype(str)
    named = {kind: (kind, "max") for kind in KINDS}
    sets = held.groupby([*PAIR, "cut", "next"], as_index=False).agg(items=("item", ",".join), **named).sort_values([*PAIR, "cut"])
    before = sets.shift(1)
    same = (sets.ccode1 == before.ccode1) & (sets.ccode2 == before.ccode2) & (sets["items"] == before["items"]) & (sets.cut == before.next)
    done = sets.groupby((~same).cumsum(), as_index=False).agg(
        ccode1=("ccode1", "first"), ccode2=("ccode2", "first"), start=("cut", "first"), until=("next", "last"), **{kind: (kind, "first") for kind in KINDS}
    )
    done["until"] = done["until"].where(done["until"] != pd.Timestamp("2200-01-01"))
    return done[[*PAIR, "start", "until", *KINDS]]


def pandas_judged(pairs: Any) -> Any:
    import numpy as np

    pairs = pairs.reset_index(drop=True)
    first, last = pairs.b.dt.year.clip(lower=1816), pairs.e.dt.year.clip(upper=2018)
    kept = (last >= first).to_numpy()
    rows = pandas_spread(pairs[kept].reset_index(drop=True), first[kept].reset_index(drop=True), last[kept].reset_index(drop=True))
    known = facts().to_pandas()
    known["t"] = sum(known[word].fillna(False).astype(bool) * 2**place for place, word in enumerate(WORDS))
    known["o"] = sum(known[word].fillna(True).astype(bool) * 2**place for place, word in enumerate(WORDS))
    rows = rows.merge(known[["ccode", "year", "t", "o"]], left_on=["ccode2", "year"], right_on=["ccode", "year"], how="left")
    true, open_ = rows.t.fillna(0).astype("int64"), rows.o.fillna(255).astype("int64")
    for kind in KINDS:
        when = rows[f"{kind}_when"] if kind in PREFIXES else 0
        rows[kind] = np.where(~rows[kind], 0, np.where((when & true) == when, 2, np.where((when & open_) == when, 1, 0)))
    table = rows.groupby(KEY, as_index=False)[list(KINDS)].max()
    for kind in KINDS:
        table[kind] = (table[kind] == 2).astype(float).where(table[kind] != 1)
    return table


def pandas_day(pairs: Any) -> Any:
    import pandas as pd

    on = pd.Timestamp("1984-07-01")
    return pairs[(pairs.b <= on) & (pairs.e > on)].groupby(PAIR, as_index=False)[list(KINDS)].any()


def pandas_bytes(stretches: Any) -> Any:
    """pandas has nothing shorter than NumPy's own repeat."""
    return stretches["bits"].to_numpy().repeat((stretches["last"] - stretches["first"] + 1).to_numpy())


def polars_bytes(stretches: Any) -> Any:
    import polars as pl

    return stretches.select(pl.col("bits").repeat_by(pl.col("last") - pl.col("first") + 1).explode()).to_series().to_numpy()


# ---- what the jobs share --------------------------------------------------------------------------------------------------


def facts() -> Any:
    """Made-up knowledge of every state-year: each fact word true, false or unknown by a fixed rule."""
    import polars as pl

    table = polars_state_years()
    place = pl.int_range(pl.len())
    return table.with_columns(
        **{word: pl.when((place * step) % 3 < 2).then((place * step) % 3 == 0) for step, word in zip((5, 7, 11, 13, 17, 19, 23, 29), WORDS)}
    )


def polars_state_years() -> Any:
    import polars as pl

    states = pl.read_parquet(file("cow_states2016"))
    years = pl.int_ranges("styear", pl.col("endyear") + 1, dtype=pl.Int16)
    return states.select(pl.col("ccode").cast(pl.Int16), year=years).explode("year").unique().sort("ccode", "year")


def stretches() -> Any:
    """Every stretch of days on which a pair coexists and owes the same: given to the hand-written forms, which only unroll it."""
    from foedus.panels import daily

    return daily.segments(1946, 2018, "atop", "cow", "signature", "")


def stored() -> Any:
    store = connected()
    duck_pairs(store)
    return store


JOBS: dict[tuple[str, str], Callable[..., Any]] = {
    (job, engine): globals()[f"{engine}_{job}"]
    for job in ("rows", "added", "peace", "spells", "judged", "day", "bytes", "written")
    for engine in NAMES
    if f"{engine}_{job}" in globals()
}
OWED = {"polars": polars_pairs, "duckdb": stored, "pandas": pandas_pairs}
READY: dict[tuple[str, str], Callable[[], Any]] = {  # what stands in memory before the time is taken
    **{(job, engine): made for job in ("judged", "day") for engine, made in OWED.items()},
    **{(job, engine): stretches for job in ("bytes", "written") for engine in NAMES},
}


def mark(job: str, engine: str, result: Any) -> tuple[int, int]:
    """The number of rows, and a checksum of the cells in any order of rows. Outside the time taken."""
    import numpy as np
    import polars as pl

    if job == "bytes":
        return len(result), int(sum(int(count) * 1000003**value for value, count in enumerate(np.bincount(result, minlength=32)))) % 2**61
    table = result if isinstance(result, pl.DataFrame) else pl.from_pandas(result, nan_to_null=True) if hasattr(result, "iloc") else pl.from_arrow(result)
    wanted = KEY if job in ("rows", "added", "peace", "judged") else [*PAIR, "start", "until"] if job == "spells" else PAIR
    values = {
        "rows": [], "spells": KINDS, "judged": KINDS, "day": KINDS,
        "added": [*KINDS, "pacts", "contiguity", *[name + side for side in "12" for name in (*NMC, "major")]],
    }  # fmt: skip
    values["peace"] = [*values["added"], "dispute_onset", "dispute_ongoing", "disputes", "hostility", "peace_years"]
    table = table.select(
        *[pl.col(name).cast(pl.Date if name in ("start", "until") else pl.Int16) for name in wanted], *[pl.col(name).cast(pl.Float64) for name in values[job]]
    )
    if job in ("added", "peace") and engine in NAMES:  # the cells of asymmetric treaties that ATOP's own file has otherwise, each listed by `differences`
        from foedus.panels import atop

        for column in (*KINDS, "pacts"):
            cells = atop.differences().filter(pl.col("column") == ("number" if column == "pacts" else column))
            cells = cells.select(pl.col(KEY).cast(pl.Int16), _ours=pl.col("ours").cast(pl.Float64))
            table = table.join(cells, on=KEY, how="left").with_columns(pl.coalesce("_ours", column).alias(column)).drop("_ours")
    return table.height, int(table.with_columns(pl.col(pl.Float64) + 0.0).hash_rows(1).sum()) % 2**61

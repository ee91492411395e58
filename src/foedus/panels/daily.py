"""Days: every pair on every day, handed lazily or streamed to Parquet, and the obligations of the day beside a user's events.

A century of days is about a billion rows, so they are never held: blocks of one year are made from the spells as they are asked for.
"""

import datetime
import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.errors import InputError
from foedus.panels import KINDS, LIBRARY_KINDS, REASONS, systems
from foedus.panels.joining import Keys, _attached, match, native, require_keys
from foedus.panels.spells import Book, obligations

if TYPE_CHECKING:
    import polars

DAY_ZERO = 719163


def _number(day: datetime.date) -> int:
    return day.toordinal() - DAY_ZERO


def _kinds(source: str) -> tuple[str, ...]:
    return KINDS if source == "atop" else LIBRARY_KINDS


@functools.lru_cache(4)
def segments(start: int, end: int, source: str, system: str, dating: str = "signature", version: str = "") -> "polars.DataFrame":
    """Every stretch of days on which a pair coexists and its obligations do not change: the keys, first, last (days since 1970, inside), the kinds.

    Stretches with no obligation are there too, with every kind false. In the order of the pair and the days.
    """
    import polars

    found = obligations(source, system, dating)
    one, other = found.keys
    together = systems.coexistence(start, end, system).with_columns(polars.col("first", "last").cast(polars.Int32))
    owed = found.spells.join(found.said.select("set", *_kinds(source)), on="set").select(
        one,
        other,
        first=polars.col("start").to_physical().cast(polars.Int32),
        last=(polars.col("until").to_physical().cast(polars.Int32) - 1).fill_null(2**30),
        bits=polars.sum_horizontal([polars.col(kind).cast(polars.UInt8) * (1 << place) for place, kind in enumerate(_kinds(source))]).cast(polars.UInt8),
    )
    both = together.join(owed, on=[one, other], suffix="_owed")
    cut = both.select(one, other, "bits", first=polars.max_horizontal("first", "first_owed"), last=polars.min_horizontal("last", "last_owed"))
    cut = cut.filter(polars.col("first") <= polars.col("last")).sort(one, other, "first")
    stretches = together.join(cut.group_by(one, other).agg(polars.col("first").alias("_f"), polars.col("last").alias("_l")), on=[one, other], how="left")
    free = stretches.select(
        one,
        other,
        first=polars.concat_list("first", (polars.col("_l") + 1).fill_null([])),
        last=polars.concat_list((polars.col("_f") - 1).fill_null([]), "last"),
        low="first",
        high="last",
    ).explode("first", "last")
    free = free.with_columns(first=polars.max_horizontal("first", "low"), last=polars.min_horizontal("last", "high")).filter(
        polars.col("first") <= polars.col("last")
    )
    whole = polars.concat([cut.select(one, other, "first", "last", "bits"), free.select(one, other, "first", "last", bits=polars.lit(0, polars.UInt8))])
    return whole.unique([one, other, "first"]).sort(one, other, "first")


def _checked(start: int, end: int, source: str, system: str | None, dating: str) -> "tuple[polars.DataFrame, str]":
    systems.span(start, end)
    chosen = system or ("iso3" if source == "library" else "cow")
    obligations(source, chosen, dating)
    if source == "atop":
        first, last = datasets.years("atop")
        if end > last:
            raise InputError(f"ATOP covers the years {first} to {last}, and days until {end} were asked for: ask for years inside it")
    version = str(datasets.path("atop", "member")) if source == "atop" else ""
    return segments(start, end, source, chosen, dating, version), chosen


def blocks(start: int, end: int, source: str = "library", system: str | None = None, dating: str = "signature") -> "Iterator[polars.DataFrame]":
    """The rows of `dyad_days`, a frame a year."""
    import polars

    whole, _ = _checked(start, end, source, system, dating)
    one, other = whole.columns[:2]
    kinds = {kind: (polars.col("bits") & (1 << place)) != 0 for place, kind in enumerate(_kinds(source))}
    for year in range(start, end + 1):
        low, high = _number(datetime.date(year, 1, 1)), _number(datetime.date(year, 12, 31))
        inside = whole.filter((polars.col("first") <= high) & (polars.col("last") >= low))
        days = polars.int_ranges(polars.col("first").clip(lower_bound=low), polars.col("last").clip(upper_bound=high) + 1, dtype=polars.Int32)
        yield inside.select(one, other, date=days, **kinds).explode("date").with_columns(polars.col("date").cast(polars.Date))


def dyad_days(start: int, end: int, source: str = "library", system: str | None = None, dating: str = "signature") -> "polars.LazyFrame":
    """One row a directed pair and day on which both exist: the keys, date, a Boolean column a kind. Lazy: made a year at a time as it is read.

    Filter it, aggregate it or sink it; collecting a century needs more memory than most machines have. Errors: InputError for years that ATOP does not cover.
    """
    import polars
    from polars.io.plugins import register_io_source

    whole, _ = _checked(start, end, source, system, dating)
    schema = {name: whole.schema[name] for name in whole.columns[:2]} | {"date": polars.Date()} | dict.fromkeys(_kinds(source), polars.Boolean())

    def made(with_columns: list[str] | None, predicate: "polars.Expr | None", n_rows: int | None, batch_size: int | None) -> "Iterator[polars.DataFrame]":
        left = n_rows
        for block in blocks(start, end, source, system, dating):
            rows = block.filter(predicate) if predicate is not None else block
            rows = rows.select(with_columns) if with_columns is not None else rows
            rows = rows.head(left) if left is not None else rows
            yield rows
            if left is not None:
                left -= rows.height
                if left <= 0:
                    return

    return register_io_source(io_source=made, schema=schema)


def write_dyad_days(
    path: str | Path,
    start: int,
    end: int,
    source: str = "library",
    system: str | None = None,
    dating: str = "signature",
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """`dyad_days` into a folder of Parquet files, one a year, and how many rows they have. Each file is written whole or not at all.

    Memory holds one year. progress: called with the years done and their number. Errors: InputError where the folder cannot be written.
    """
    from concurrent.futures import ThreadPoolExecutor

    folder = Path(path)
    rows, writing = 0, None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(1) as writer:  # one year is written while the next is made
            for done, block in enumerate(blocks(start, end, source, system, dating), 1):
                if writing:
                    writing.result()
                writing = writer.submit(_write, block, folder / f"{start + done - 1}.parquet")
                rows += block.height
                if progress:
                    progress(done, end - start + 1)
            if writing:
                writing.result()
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(folder)) from None
    return rows


def _write(block: "polars.DataFrame", path: Path) -> None:
    temporary = path.with_name(f".{path.name}.part")
    block.write_parquet(temporary, compression="lz4", statistics=False, row_group_size=2**19)
    os.replace(temporary, path)


def day_bytes(start: int, end: int, source: str = "library", system: str | None = None, dating: str = "signature") -> "tuple[Any, polars.DataFrame]":
    """Every pair's days at a byte a day (bit i is the i-th kind): a NumPy array, and the pairs with the places of their first day and its date.

    Needs NumPy (the extra `fast`). About 0.7 GB for 1946 to 2018.
    """
    import polars

    try:
        import numpy
    except ImportError:
        raise InputError("days in memory need NumPy: pip install 'foedus[fast]'") from None
    whole, _ = _checked(start, end, source, system, dating)
    length = (whole["last"] - whole["first"] + 1).cast(polars.Int64)
    ends = length.cum_sum()
    held = numpy.zeros(int(ends[-1]) if len(ends) else 0, dtype=numpy.uint8)
    owed = (whole["bits"] != 0).to_numpy()
    fill_days(held, (ends - length).to_numpy()[owed], ends.to_numpy()[owed], whole["bits"].to_numpy()[owed])
    one, other = whole.columns[:2]
    places = (
        whole.with_columns(place=ends - length)
        .group_by(one, other, maintain_order=True)
        .agg(polars.col("place").first(), polars.col("first").first().cast(polars.Date))
    )
    return held, places


def fill_days(held: Any, begins: Any, ends: Any, bits: Any) -> None:
    """`bits` written over their stretches of `held`, in place: NumPy fills a stretch at the speed of memory, so a compiled loop would gain nothing."""
    for begin, end, owed in zip(begins.tolist(), ends.tolist(), bits.tolist(), strict=True):
        held[begin:end] = owed


# ---- a user's events -------------------------------------------------------------------------------------------------


def by_day(source: str, system: str, fold: str | None) -> "tuple[polars.DataFrame, tuple[str, str], str, tuple[datetime.date, datetime.date]]":
    """The spells of a source ready to be joined by day: the keys, start, until (never null), the kinds; the keys; the label; the days covered."""
    import polars

    import foedus

    own = "cow" if source == "atop" else system
    found: Book = obligations(source, own)
    kinds = _kinds(source)
    far = datetime.date(9999, 1, 1)
    spells = found.spells.join(found.said.select("set", *kinds), on="set").drop("set").with_columns(polars.col("until").fill_null(far))
    one, other = found.keys
    if fold:
        raise InputError("fold is for years: fold the directions of days yourself, row by row")
    span = datasets.card("atop")["span"] if source == "atop" else {"from": "1816-01-01", "until": "9999-01-01"}
    label = datasets.label("atop") if source == "atop" else f"foedus {foedus.__version__}"
    return spells.sort(one, other, "start"), (one, other), label, (datetime.date.fromisoformat(span["from"]), datetime.date.fromisoformat(span["until"]))


def add_by_day(frame: Any, source: str, fold: str | None, found: Keys) -> Any:
    """The obligations of each row's day. In memory by the nearest earlier spell; on DuckDB, Spark and lazy Polars by the engine's own join.

    Errors: InputError for a frame of states, or one in another system of codes than ATOP's.
    """
    import narwhals as nw

    if len(found.states) != 2:
        raise InputError(f"the obligations of a day are for rows of pairs, and the frame has {found.states[0]}")
    if source == "atop" and found.system != "cow":
        raise InputError(f"ATOP names states in Correlates of War codes, and the frame has {found.states[0]}")
    spells, names, label, covered = by_day(source, found.system, fold)
    wrapped = nw.from_native(frame)
    schema = wrapped.collect_schema()
    for name in (*_kinds(source), "obligations_missing", "obligations_source"):
        if name in schema:
            raise InputError(f"the frame already has a column '{name}'. Rename or drop it, then add obligations again")
    if isinstance(wrapped, nw.LazyFrame):
        return _lazily(wrapped, found, spells, names, label, covered, _kinds(source)).to_native()
    rows = wrapped.select(*found.all).to_polars()
    require_keys(rows, found)
    return _attached(frame, wrapped, _beside(rows, found, spells, names, label, covered, _kinds(source)))


def _beside(
    rows: "polars.DataFrame", found: Keys, spells: "polars.DataFrame", names: tuple[str, str], label: str, covered: Any, kinds: tuple[str, ...]
) -> "polars.DataFrame":
    import polars

    pairs = spells.select(names).unique(maintain_order=True)
    place = match([rows[name] for name in found.states], [pairs[name] for name in names])
    numbered = spells.with_columns(pair=match([spells[name] for name in names], [pairs[name] for name in names])).sort("pair", "start")
    base = numbered.select(at=polars.col("pair").cast(polars.Int64) * 2**32 + polars.col("start").to_physical().cast(polars.Int64) + 2**31)["at"]
    wanted = polars.DataFrame({"pair": place, "date": rows[found.time].cast(polars.Date)})
    asked = wanted.select(at=polars.col("pair").cast(polars.Int64) * 2**32 + polars.col("date").to_physical().cast(polars.Int64) + 2**31)["at"]
    before = base.search_sorted(asked.fill_null(0), side="right").cast(polars.Int64) - 1
    at = before.clip(lower_bound=0)
    held = numbered.select("pair", "until", *kinds)[at] if numbered.height else numbered.select("pair", "until", *kinds)
    work = wanted.with_columns(_before=before, _pair=held["pair"], _until=held["until"]).with_columns(held.select(kinds))
    there = ((polars.col("_before") >= 0) & (polars.col("_pair") == polars.col("pair")) & (polars.col("date") < polars.col("_until"))).fill_null(False)
    inside = (polars.col("date") >= covered[0]) & (polars.col("date") < covered[1])
    shown = [polars.when(inside).then(there & polars.col(kind)).alias(kind) for kind in kinds]
    reason = polars.when(~inside).then(polars.lit(REASONS[0], polars.Enum(REASONS[:3]))).alias("obligations_missing")
    return work.select(*shown, reason, polars.lit(label, polars.Enum([label])).alias("obligations_source"))


def _lazily(wrapped: Any, found: Keys, spells: "polars.DataFrame", names: tuple[str, str], label: str, covered: Any, kinds: tuple[str, ...]) -> Any:
    """A left join by the frame's own engine: each row meets the one spell of its pair that holds its day, or none."""
    import narwhals as nw

    renamed = {names[0]: "_k0", names[1]: "_k1", "start": "_start", "until": "_until"}
    joined = _engines(wrapped, found, spells.select(*names, "start", "until", *kinds).rename(renamed))
    day = nw.col(found.time).cast(nw.Date)
    keyless = nw.any_horizontal(*[nw.col(name).is_null() for name in found.all], ignore_nulls=False)
    inside = (day >= nw.lit(covered[0])) & (day < nw.lit(covered[1])) & ~keyless
    shown = [nw.when(inside & nw.col("_start").is_null()).then(nw.lit(False)).otherwise(nw.when(inside).then(nw.col(kind))).alias(kind) for kind in kinds]
    reason = nw.when(keyless).then(nw.lit(REASONS[1])).otherwise(nw.when(~inside).then(nw.lit(REASONS[0]))).alias("obligations_missing")
    joined = joined.with_columns(*shown).with_columns(reason, nw.lit(label).alias("obligations_source"))
    return joined.drop([name for name in ("_start", "_until", "_k0", "_k1") if name in joined.collect_schema().names()])


def _engines(wrapped: Any, found: Keys, spells: "polars.DataFrame") -> Any:
    """Rows beside the spell that holds their day. The condition stands in the join, so that engines test it there and nothing is multiplied first."""
    import narwhals as nw

    rows, own = wrapped.to_native(), native(wrapped, spells).to_native()
    (one, other), time = found.states, found.time
    if wrapped.implementation.is_duckdb():
        state1, state2, day = (f'"{name}"' for name in (one, other, time))
        return nw.from_native(rows.join(own, f"{state1} = _k0 AND {state2} = _k1 AND _start <= {day}::DATE AND {day}::DATE < _until", how="left"))
    if wrapped.implementation.is_pyspark():
        day = rows[time].cast("date")
        held = (rows[one] == own["_k0"]) & (rows[other] == own["_k1"]) & (own["_start"] <= day) & (day < own["_until"])
        return nw.from_native(rows.join(own, held, "left"))
    import polars

    numbered = rows.with_columns(_row=polars.int_range(polars.len()), _day=polars.col(time).cast(polars.Date))
    held = (polars.col(one) == polars.col("_k0")) & (polars.col(other) == polars.col("_k1"))
    met = numbered.join_where(own, held, polars.col("_start") <= polars.col("_day"), polars.col("_day") < polars.col("_until"))
    right = met.select("_row", *[name for name in spells.columns if name not in ("_k0", "_k1")])
    return nw.from_native(numbered.join(right, on="_row", how="left", maintain_order="left").drop("_row", "_day"))

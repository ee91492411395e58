"""Dated, directed events beside the obligations of their day, out of core: a file of made-up events on DuckDB and on Spark.

    python benchmarks/events.py --rows 200000000 --folder /scratch --spark

Writes the events in chunks to Parquet in a folder of its own (by default a temporary one), joins them, writes the joined rows to Parquet on the same
disk, checks a sample of them against the join in memory, and deletes the folder. The default is 20 million events on DuckDB alone. The library's pacts.
"""

import argparse
import datetime
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

CHUNK = 10_000_000
FIRST, LAST = datetime.date(1946, 1, 1), datetime.date(2025, 12, 31)
SAMPLE = 1_000_000


def write_events(folder: Path, rows: int) -> None:
    """Events in files of ten million: event, sender, receiver (states of today and yesterday, drawn evenly), day."""
    import numpy
    import polars

    import foedus

    states = foedus.state_years(1946, 2025, system="iso3")["state"].unique().sort()
    names = polars.Enum(states)
    for place, first in enumerate(range(0, rows, CHUNK)):
        draw = numpy.random.default_rng([20220105, place])
        size = min(CHUNK, rows - first)
        sender, receiver = draw.integers(0, len(states), size, dtype=numpy.uint32), draw.integers(0, len(states), size, dtype=numpy.uint32)
        day = draw.integers((FIRST - datetime.date(1970, 1, 1)).days, (LAST - datetime.date(1970, 1, 1)).days, size, dtype=numpy.int32)
        table = polars.DataFrame({"event": numpy.arange(first, first + size), "sender": sender, "receiver": receiver, "day": day})
        table = table.with_columns(
            polars.col("sender", "receiver").cast(polars.UInt8 if len(states) < 256 else polars.UInt16).cat.to(names).cast(polars.String),
            polars.col("day").cast(polars.Date),
        )
        table.write_parquet(folder / f"events-{place:04}.parquet", row_group_size=2**20, compression="lz4")


def on_duckdb(folder: Path) -> None:
    import duckdb

    import foedus

    duckdb.execute("SET threads = 2")
    duckdb.execute("SET memory_limit = '2GB'")
    duckdb.execute("SET preserve_insertion_order = false")
    duckdb.execute(f"SET temp_directory = '{folder / 'spill'}'")
    events = duckdb.read_parquet(str(folder / "events-*.parquet"))
    joined = foedus.add_obligations(events, on="day", states=("sender", "receiver"))
    joined.write_parquet(str(folder / "joined-duckdb.parquet"), compression="lz4")


def on_spark(folder: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    import foedus
    import spark_cluster

    with spark_cluster.local("2g", small=False) as spark:
        events = spark.read.parquet(str(folder / "events-*.parquet"))
        joined = foedus.add_obligations(events, on="day", states=("sender", "receiver"))
        joined.write.option("compression", "lz4").parquet(str(folder / "joined-spark.parquet"))


ENGINES = {"duckdb": on_duckdb, "spark": on_spark}


def one(engine: str, folder: Path) -> None:
    start = time.perf_counter()
    ENGINES[engine](folder)
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def same(folder: Path, engine: str, rows: int) -> tuple[int, int, int]:
    """How many rows came out; how many of a sample differ from the join in memory; how many of the sample were owed defense."""
    import polars

    import foedus

    where = folder / f"joined-{engine}.parquet"
    found = polars.scan_parquet(where / "*.parquet" if where.is_dir() else where)
    step = max(rows // SAMPLE, 1)
    sample = found.filter(polars.col("event") % step == 0).sort("event").collect(engine="streaming")
    events = polars.scan_parquet(folder / "events-*.parquet").filter(polars.col("event") % step == 0).sort("event").collect(engine="streaming")
    here = foedus.add_obligations(events, on="day", states=("sender", "receiver"))
    here = here.with_columns(polars.col(polars.Enum).cast(polars.String)).select(sample.columns)
    differing = int((here.hash_rows(1) != sample.hash_rows(1)).sum()) if here.height == sample.height else max(here.height, sample.height)
    height = int(found.select(polars.len()).collect(engine="streaming").item())
    return height, differing, int(here["defense"].sum())


def main() -> None:
    options: Any = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=20_000_000)
    options.add_argument("--folder", type=Path, default=None, help="where the scratch folder is made; by default the system's")
    options.add_argument("--spark", action="store_true", help="on Spark as well, where Java is there")
    options.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.one:
        one(given.one[0], Path(given.one[1]))
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as made:
        folder = Path(made)
        start = time.perf_counter()
        write_events(folder, given.rows)
        size = sum(file.stat().st_size for file in folder.iterdir()) / 2**30
        print(f"{given.rows:,} events written in {time.perf_counter() - start:.1f} s, {size:.2f} GB on disk")
        for engine in ("duckdb", "spark") if given.spark else ("duckdb",):
            done = subprocess.run([sys.executable, __file__, "--one", engine, str(folder)], capture_output=True, text=True, env=dict(os.environ))
            if done.returncode:
                raise SystemExit(done.stderr)
            seconds, memory = map(float, done.stdout.split()[-2:])
            height, differing, owed = same(folder, engine, given.rows)
            held = f"{memory:6.0f} MB" if engine == "duckdb" else "heap of 2 GB"
            print(
                f"{engine:<8}{seconds:8.1f} s   {given.rows / seconds / 1e6:6.2f} M rows/s   {held}   {height:,} rows out; of a sample {differing} differ, {owed:,} owed defense"
            )
            assert (height, differing) == (given.rows, 0)


if __name__ == "__main__":
    main()

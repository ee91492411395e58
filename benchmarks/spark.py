"""One rule over two million rows on Spark, in local mode and on a standalone cluster of two workers, beside Polars; and where Spark starts to pay.

The rule is judged on every row and the verdicts are counted, after one run to warm up; the median of five. The row count at which Spark pays is
extrapolated: Spark's time is taken as a fixed part and a part that grows with the rows, from two sizes; and so is Polars'. Needs Java.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

RULE = {"verdict": {"all": ["armed_attack", {"any": ["by_state", {"not": "requested"}]}]}}
FACTS = ("armed_attack", "by_state", "requested")
SIZES = (2_139_538, 8 * 2_139_538)


def made(rows: int) -> Any:
    import polars

    place = polars.int_range(rows, eager=True)
    facts = {name: polars.when((place * step) % 7 < 5).then((place * step) % 7 < 2) for name, step in zip(FACTS, (3, 5, 11))}
    return polars.select(row=place, **facts)


def timed(run: Callable[[], dict[Any, int]]) -> tuple[float, dict[Any, int]]:
    found = run()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert run() == found
        times.append(time.perf_counter() - start)
    return statistics.median(times), found


def on_polars(path: str) -> tuple[float, dict[Any, int]]:
    import polars

    from foedus.conditions.frame import judge

    def run() -> dict[Any, int]:
        table = judge(polars.scan_parquet(path), RULE)
        return dict(table.group_by("verdict").len().collect(engine="streaming").iter_rows())

    return timed(run)


def on_spark(session: Any, path: str) -> tuple[float, dict[Any, int]]:
    from foedus.conditions.frame import judge

    def run() -> dict[Any, int]:
        table = judge(session.read.parquet(path), RULE)
        return {row["verdict"]: row["count"] for row in table.groupBy("verdict").count().collect()}

    return timed(run)


def main() -> None:
    if shutil.which("java") is None:
        print("no Java on this machine: Spark was not tried")
        return
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    import spark_cluster

    with tempfile.TemporaryDirectory() as made_here:
        folder = Path(made_here)
        paths = {}
        for rows in SIZES:
            paths[rows] = str(folder / f"{rows}.parquet")
            made(rows).write_parquet(paths[rows], row_group_size=2**20)
        results = {"Polars": {rows: on_polars(path) for rows, path in paths.items()}}
        with spark_cluster.local("2g", small=False) as session:
            results["Spark local[2]"] = {rows: on_spark(session, path) for rows, path in paths.items()}
        with spark_cluster.cluster(folder, "2g", small=False) as session:
            results["Spark, two workers"] = {rows: on_spark(session, path) for rows, path in paths.items()}
    lines = {}
    for name, found in results.items():
        for rows, (seconds, verdicts) in found.items():
            assert verdicts == results["Polars"][rows][1], (name, rows)
            print(
                f"{name:<20}{rows:>12,} rows  {seconds:8.4f} s  {rows / seconds / 1e6:8.1f} M rows/s   identical counts: {sorted(map(str, verdicts.items()))}"
            )
        (one, (first, _)), (two, (second, _)) = found.items()
        slope = (second - first) / (two - one)
        lines[name] = (first - slope * one, slope)
    for name, (fixed, slope) in lines.items():
        if name != "Polars":
            gain = lines["Polars"][1] - slope
            if gain <= 0:
                print(
                    f"{name}: a row costs {slope * 1e9:.1f} ns, on Polars {lines['Polars'][1] * 1e9:.1f} ns: on this machine Spark pays at no number of rows (extrapolated)"
                )
            else:
                print(f"{name}: pays from {(fixed - lines['Polars'][0]) / gain:,.0f} rows (extrapolated from {SIZES[0]:,} and {SIZES[1]:,})")


if __name__ == "__main__":
    main()

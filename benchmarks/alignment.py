"""All S, kappa and pi of all pairs of states 1816-2018 from ATOP, beside the formulas as written, a pair at a time in NumPy on a sample of years.

Bar: 10 s (the field's batch in R is reported at 9,750 s). Medians of five fresh processes, from Parquet, after imports.
Reads ../shared/data/reference and does nothing where it is absent.
"""

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "reference"
RUNS = 5
SAMPLE = (1850, 1900, 1950, 2000)


def ours(measures: tuple[str, ...]) -> tuple[float, int, float]:
    import polars

    from foedus.panels import atop, bonds, portfolios, systems

    start = time.perf_counter()
    found = bonds.from_atop(atop.pairs(polars.read_parquet(REFERENCE / "atop51_member.parquet")), (1815, 2018))
    held = portfolios.yearly(found, systems.state_spells("cow"), 1816, 2018)
    table = portfolios.pairs(held, measures, "ccode")
    seconds = time.perf_counter() - start
    known = table.filter((polars.col("ccode1") == 365) & (polars.col("ccode2") == 705) & (polars.col("year") == 2018))
    return seconds, table.height, float(known[measures[0]][0])


def by_hand() -> tuple[float, int, float]:
    """Two loops over the states of some years, and what all years would take at the same time a pair."""
    import numpy
    import polars

    from foedus.panels import atop, bonds, portfolios, systems

    found = bonds.from_atop(atop.pairs(polars.read_parquet(REFERENCE / "atop51_member.parquet")), (1815, 2018))
    held = portfolios.yearly(found, systems.state_spells("cow"), 1816, 2018)
    pairs, total = 0, 0.0
    start = time.perf_counter()
    for year in SAMPLE:
        _, levels = held.at(year)
        rows = levels.astype(float)
        for place, x in enumerate(rows):
            for y in rows[place + 1 :]:
                apart = x - y
                s = 1 - 2 * numpy.abs(apart).sum() / (3 * len(x))
                squares = (apart**2).sum()
                kappa = 1 - squares / (((x - x.mean()) ** 2).sum() + ((y - y.mean()) ** 2).sum() + len(x) * (x.mean() - y.mean()) ** 2)
                middle = (x.mean() + y.mean()) / 2
                pi = 1 - squares / (((x - middle) ** 2).sum() + ((y - middle) ** 2).sum())
                pairs, total = pairs + 1, total + s + kappa + pi
    seconds = time.perf_counter() - start
    size = sum(int(alive.sum()) * (int(alive.sum()) - 1) // 2 for alive in held.alive)
    return seconds / pairs * size, size, total


JOBS = {"all S, kappa, pi": lambda: ours(("s", "kappa", "pi")), "all tau-b": lambda: ours(("tau_b",)), "a pair at a time": by_hand}


def main() -> None:
    if not REFERENCE.exists():
        print("the reference data are not there")
        return
    if len(sys.argv) > 1:
        print(*JOBS[sys.argv[1]](), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    medians = {}
    for name in JOBS:
        runs = [
            [float(part) for part in subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True).stdout.split()]
            for _ in range(RUNS)
        ]
        seconds, rows, _, memory = (statistics.median(column) for column in zip(*runs))
        medians[name] = seconds
        print(
            f"{name:<20}{seconds:8.2f} s{' (from ' + str(len(SAMPLE)) + ' years)' if 'time' in name else ''}   {rows:,.0f} pair-years, {rows / seconds / 1e6:.2f} M a second, {memory:.0f} MB"
        )
    print(f"a pair at a time takes {medians['a pair at a time'] / medians['all S, kappa, pi']:.0f} times as long; bar 10 s")


if __name__ == "__main__":
    main()

"""Who must help, for every attacker, target and year 1816-2018 from ATOP, beside the same table hand-written in DuckDB; and any one day, warm.

Bars: 0.25 s and 300 MB with two threads and the `fast` extra; one day, all pairs, 5 ms warm. Medians of five fresh processes, each from Parquet, after
imports, with the compiled loops loaded from disk. Reads ../shared/data/reference and does nothing where it is absent.
"""

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "reference"
RUNS = 5

BY_HAND = """
CREATE TABLE e AS  -- what binds whom to help whom: target, year, pact, helper, class
  SELECT ccode2 AS t, y, alliance AS p, ccode1 AS h,
         max(CASE WHEN defense AND defense_when = 0 THEN 3 WHEN defense THEN 2 WHEN consultation THEN 1 ELSE 0 END) AS c
  FROM pairs, unnest(range(year(start), coalesce(year(until), 2018) + 1)) AS years(y)
  WHERE y BETWEEN 1816 AND 2018 GROUP BY ALL;
CREATE TABLE shared AS SELECT DISTINCT h AS a, t, y FROM e;
CREATE TABLE against_members AS
  SELECT a, t, y, count(*) FILTER (c = 3) AS n3, count(*) FILTER (c = 2) AS n2, count(*) FILTER (c = 1) AS n1,
         coalesce(sum(cinc) FILTER (c = 3), 0) AS s3, count(*) FILTER (c = 3 AND cinc IS NULL) AS m3
  FROM (SELECT s.a, s.t, s.y, e.h, max(e.c) AS c FROM shared s JOIN e ON e.t = s.t AND e.y = s.y AND e.h <> s.a
        WHERE NOT EXISTS (SELECT 1 FROM e m WHERE m.t = s.t AND m.y = s.y AND m.p = e.p AND m.h = s.a) GROUP BY ALL) q
  LEFT JOIN nmc ON nmc.ccode = q.h AND nmc.year = q.y WHERE c > 0 GROUP BY ALL;
CREATE TABLE against_others AS
  SELECT t, y, count(*) FILTER (c = 3) AS n3, count(*) FILTER (c = 2) AS n2, count(*) FILTER (c = 1) AS n1,
         coalesce(sum(cinc) FILTER (c = 3), 0) AS s3, count(*) FILTER (c = 3 AND cinc IS NULL) AS m3
  FROM (SELECT t, y, h, max(c) AS c FROM e GROUP BY ALL) q LEFT JOIN nmc ON nmc.ccode = q.h AND nmc.year = q.y WHERE c > 0 GROUP BY ALL;
CREATE TABLE triads AS
  SELECT k.ccode1 AS attacker, k.ccode2 AS target, k.year,
         coalesce(CASE WHEN s.a IS NULL THEN o.n3 ELSE m.n3 END, 0) AS bound, coalesce(CASE WHEN s.a IS NULL THEN o.n2 ELSE m.n2 END, 0) AS conditionally,
         coalesce(CASE WHEN s.a IS NULL THEN o.n1 ELSE m.n1 END, 0) AS consulting, coalesce(CASE WHEN s.a IS NULL THEN o.s3 ELSE m.s3 END, 0) AS cinc
  FROM keys k LEFT JOIN shared s ON s.a = k.ccode1 AND s.t = k.ccode2 AND s.y = k.year
  LEFT JOIN against_members m ON m.a = k.ccode1 AND m.t = k.ccode2 AND m.y = k.year
  LEFT JOIN against_others o ON o.t = k.ccode2 AND o.y = k.year;
"""


def ours(threads: int) -> tuple[float, list[int]]:
    import polars

    from foedus.panels import atop, bonds, triads

    triads.compiled()  # imports numba and loads the compiled loops
    start = time.perf_counter()
    found = bonds.from_atop(atop.pairs(polars.read_parquet(REFERENCE / "atop51_member.parquet")), (1815, 2018))
    nmc = polars.read_parquet(REFERENCE / "cow_nmc7.parquet", columns=["ccode", "year", "cinc"])
    table = triads.by_year(found, 1816, 2018, nmc, threads=threads)
    seconds = time.perf_counter() - start
    return seconds, [table.height, *[int(table[name].sum()) for name in triads.COUNTS]]


def by_hand(_: int) -> tuple[float, list[int]]:
    import duckdb
    import polars

    from foedus.panels import atop, systems

    start = time.perf_counter()
    store = duckdb.connect()
    store.execute("SET threads = 2")
    store.register("pairs", atop.pairs(polars.read_parquet(REFERENCE / "atop51_member.parquet")).to_arrow())
    store.register("keys", systems.dyad_years(1816, 2018).to_arrow())
    store.execute(f"CREATE VIEW nmc AS SELECT ccode, year, cinc FROM read_parquet('{REFERENCE / 'cow_nmc7.parquet'}')")
    store.execute(BY_HAND)
    totals = store.execute("SELECT count(*), sum(bound), sum(conditionally), sum(consulting) FROM triads").fetchone()
    assert totals is not None
    return time.perf_counter() - start, [int(part) for part in totals]


def one_day(_: int) -> tuple[float, list[int]]:
    import polars

    from foedus.panels import atop, bonds, triads

    found = bonds.from_atop(atop.pairs(polars.read_parquet(REFERENCE / "atop51_member.parquet")), (1815, 2018))
    nmc = polars.read_parquet(REFERENCE / "cow_nmc7.parquet", columns=["ccode", "year", "cinc"])
    times = []
    for year in range(1920, 2018, 4):
        start = time.perf_counter()
        table = triads.on_day(found, f"{year}-05-13", nmc)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:]), [table.height]


JOBS = {
    "ours, two threads": (ours, 2),
    "ours, one thread": (ours, 1),
    "ours without fast": (ours, 1),
    "DuckDB by hand": (by_hand, 0),
    "one day, warm": (one_day, 0),
}


def main() -> None:
    if not REFERENCE.exists():
        print("the reference data are not there")
        return
    if len(sys.argv) > 1:
        job, argument = JOBS[sys.argv[1]]
        seconds, totals = job(argument)
        print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, *totals)
        return
    results = {}
    for name in JOBS:
        environment = {"FOEDUS_FAST": "no"} if "without" in name else {}
        runs = [fresh(name, environment) for _ in range(RUNS if "DuckDB" not in name and "without" not in name else 3)]
        results[name] = [statistics.median(column) for column in zip(*runs)]
        seconds, memory, *totals = results[name]
        print(f"{name:<20}{seconds:9.4f} s   {memory:6.0f} MB   {', '.join(f'{int(total):,}' for total in totals)}")
    assert results["ours, two threads"][2:] == results["ours without fast"][2:] == results["DuckDB by hand"][2:]
    print(f"DuckDB by hand takes {results['DuckDB by hand'][0] / results['ours, two threads'][0]:.0f} times as long; bars 0.25 s, 300 MB, 0.005 s for a day")


def fresh(name: str, environment: dict[str, str]) -> list[float]:
    import os

    done = subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True, env={**os.environ, **environment})
    return [float(part) for part in done.stdout.split()]


if __name__ == "__main__":
    main()

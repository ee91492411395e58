"""Panels over two centuries, each beside the same table hand-written in Polars, DuckDB and pandas, cells compared.

Medians of five fresh processes (`--runs` for fewer), after imports; from Parquet, but for the judged years, the day and the days, which start from
spells in memory, the hand-written forms as well. Bars: rows of pairs 0.45 s; with obligations, contiguity,
capabilities twice and majors 1.0 s, 600 MB, 1.1 times hand-written Polars; with disputes and peace years 1.6 s; all constant spells 0.10 s with the `fast`
extra, 0.5 s without; judged with conditions 0.15 s, 0.6 s without; a day 5 ms warm; days at a byte a day 5 G a second; days to Parquet 20 M rows a second, 2 GB.
Reads ../shared/data/reference and does nothing where it is absent. Names of jobs as arguments run only those.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import panels_by_hand as by_hand

REFERENCE = by_hand.REFERENCE
COPIES = {
    "atop": ["atop51_member", "atop51_directed_dyad_year"],
    "cow-majors": ["cow_majors2016"],
    "cow-contiguity": ["cow_contiguity32"],
    "cow-nmc": ["cow_nmc7"],
    "gml-mid": ["gml_mid_directed_dyad_year", "gml_mid_participant"],
}
BARS = {"rows": 0.45, "added": 1.0, "peace": 1.6, "spells": 0.10, "judged": 0.15, "day": 0.005}
BARS_WITHOUT = {"spells": 0.5, "judged": 0.6}
ENGINES = ("ours", "ours without fast", "polars", "duckdb", "pandas")
WITHOUT = ("spells", "judged")
DAYS = (1946, 2018)


# ---- ours ------------------------------------------------------------------------------------------------------------


def rows() -> Any:
    import foedus

    return foedus.dyad_years(1816, 2025)


def added() -> Any:
    import foedus

    table = foedus.add_contiguity(foedus.add_obligations(rows(), "atop"))
    return foedus.add_majors(foedus.add_capabilities(table))


def peace() -> Any:
    import foedus

    return foedus.add_peace_years(foedus.add_disputes(added()))


def spells() -> Any:
    import foedus

    return foedus.dyad_spells(1815, 2018, "atop")


def judged() -> Any:
    import foedus

    return foedus.judged_dyad_years(by_hand.facts(), 1816, 2018, "atop")


def day() -> Any:
    import foedus

    return foedus.on_day("1984-07-01", "atop")


def held() -> Any:
    from foedus.panels import daily

    return daily.day_bytes(*DAYS, "atop")[0]


def written() -> int:
    import foedus

    with tempfile.TemporaryDirectory() as folder:
        return foedus.write_dyad_days(folder, *DAYS, "atop")


OURS: dict[str, Callable[[], Any]] = {
    "rows": rows, "added": added, "peace": peace, "spells": spells, "judged": judged, "day": day, "bytes": held, "written": written,
}  # fmt: skip


# ---- one process -------------------------------------------------------------------------------------------------------


def one(job: str, engine: str) -> dict[str, Any]:
    """The job once (the day: warm, the median of twenty), its seconds, peak memory, rows and a checksum of its cells in any order."""
    import importlib
    import warnings

    warnings.simplefilter("ignore")
    imports = ["polars", "narwhals", "numpy", "foedus.panels.daily", "foedus.panels.conflict", "foedus.panels.judging", "foedus.conditions.wording"]
    for name in imports if engine.startswith("ours") else [engine, "numpy"]:
        importlib.import_module(name)
    prepared = by_hand.READY[job, engine]() if (job, engine) in by_hand.READY else None
    function = OURS[job] if engine.startswith("ours") else by_hand.JOBS[job, engine]
    arguments = () if engine.startswith("ours") or prepared is None else (prepared,)
    if engine.startswith("ours") and job in READY:
        READY[job]()
    times = []
    for _ in range(20 if job == "day" else 1):
        start = time.perf_counter()
        result = function(*arguments)
        times.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    height, mark = (result, 0) if isinstance(result, int) else by_hand.mark(job, engine, result)
    return {"seconds": statistics.median(times), "memory": memory, "rows": height, "mark": mark}


def book() -> None:
    """ATOP's spells, which these jobs start from."""
    from foedus.panels import spells as room

    room.obligations("atop", "cow").said  # noqa: B018


READY: dict[str, Callable[[], Any]] = {"judged": book, "day": day, "bytes": by_hand.stretches, "written": by_hand.stretches}


def fresh(job: str, engine: str) -> dict[str, Any]:
    environment = {**os.environ, "FOEDUS_FAST": "no"} if engine.endswith("without fast") else dict(os.environ)
    done = subprocess.run([sys.executable, __file__, "--one", job, engine], capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"{job} by {engine} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# ---- all -----------------------------------------------------------------------------------------------------------------


def fill(folder: Path) -> None:
    """A store of the reference copies, so that the jobs start from Parquet."""
    from foedus import datasets

    os.environ["FOEDUS_DATA"] = str(folder / "data")
    for name, files in COPIES.items():
        copies = folder / name
        copies.mkdir()
        for file in files:
            (copies / f"{file}.parquet").symlink_to(REFERENCE / f"{file}.parquet")
        datasets.add(name, copies)


def main() -> None:
    if not REFERENCE.exists():
        print("the reference data are not there")
        return
    arguments = sys.argv[1:]
    if arguments[:1] == ["--one"]:
        print(json.dumps(one(*arguments[1:])))
        return
    runs = int(arguments.pop(arguments.index("--runs") + 1)) if "--runs" in arguments else 5
    jobs = [name for name in arguments if name != "--runs"] or list(OURS)
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        print(f"{'job':<9}{'by':<20}{'seconds':>9}{'ratio':>8}{'rows a second':>16}{'MB':>7}  cells")
        for job in jobs:
            report(job, runs)


def report(job: str, runs: int) -> None:
    engines = [
        engine
        for engine in ENGINES
        if (engine == "ours") or (engine in by_hand.NAMES and (job, engine) in by_hand.JOBS) or (engine == "ours without fast" and job in WITHOUT)
    ]
    ours: dict[str, Any] = {}
    for engine in engines:
        found = [fresh(job, engine) for _ in range(runs if engine.startswith("ours") else max(1, min(runs, 3)) if job in ("bytes", "written") else runs)]
        seconds, memory = (statistics.median(run[name] for run in found) for name in ("seconds", "memory"))
        ours = ours or {**found[0], "seconds": seconds}
        same = "" if engine == "ours" or not ours["mark"] else "equal" if found[0]["mark"] == ours["mark"] and found[0]["rows"] == ours["rows"] else "DIFFERENT"
        bar = BARS.get(job) if engine == "ours" else BARS_WITHOUT.get(job) if engine == "ours without fast" else None
        said = f"   bar {bar} s: {'met' if seconds <= bar else 'NOT MET'}" if bar else ""
        print(f"{job:<9}{engine:<20}{seconds:9.4f}{seconds / ours['seconds']:8.2f}{found[0]['rows'] / seconds:16,.0f}{memory:7.0f}  {same}{said}", flush=True)
        assert same != "DIFFERENT", (job, engine, found[0], ours)


if __name__ == "__main__":
    main()

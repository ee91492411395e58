"""Whole commands from cold, beside a bare interpreter. Bars: help 0.10 s, owes 0.30, brief 0.40 (text), 1.2 (html), 1.5 (pdf); 250 MB."""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPEATS = 7


def seconds(command: list[str]) -> tuple[float, float]:
    """The median wall time of a command, and the most memory that any child has held so far, in MB."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        foedus = [str(Path(sys.executable).with_name("foedus"))]
        bare, _ = seconds([sys.executable, "-c", "pass"])
        rows = [
            ("--help", 0.10, ["--help"]),
            ("owes --json", 0.30, ["owes", "KAZ", "--on", "2022-01-05", "--json"]),
            ("brief, text", 0.40, ["brief", "kazakhstan-2022"]),
            ("brief, html", 1.2, ["brief", "kazakhstan-2022", "-o", f"{folder}/brief.html"]),
            ("brief, pdf", 1.5, ["brief", "kazakhstan-2022", "-o", f"{folder}/brief.pdf"]),
        ]
        print(f"{'bare interpreter':<18}{bare:7.3f} s")
        for name, bar, arguments in rows:
            middle, peak = seconds(foedus + arguments)
            print(f"{name:<18}{middle:7.3f} s (bar {bar}), {middle / bare:.0f} times a bare interpreter; most memory so far {peak:.0f} MB")


if __name__ == "__main__":
    main()

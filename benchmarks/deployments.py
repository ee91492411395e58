"""The register and its curves: the force of Kazakhstan as a user asks for it, and 1,000 bootstrap curves beside lifelines in a loop."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy

from foedus.deployments import register, stays
from foedus.measures import modelling, survival

ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
DRAWS, LOOPED = 1000, 40


def command(*arguments: str) -> float:
    """The median seconds of five fresh processes."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "foedus", *arguments], check=True, capture_output=True, env=ENVIRONMENT)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    command("force", "kazakhstan-2022")  # byte code and snapshot are there from the second time on
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for words, bar in ((("force", "kazakhstan-2022"), 1.0), (("force", "kazakhstan-2022", "-o", str(Path(folder, "force.html"))), 2.0)):
            seconds = command(*words)
            missed += seconds > bar
            print(f"foedus {' '.join(words[:2])}{' with pictures' if len(words) > 2 else ''}: {seconds:.2f} s (bar {bar:.1f} s)")

    followed = stays.stays(register.forces().values())
    at = [30, 182, 365, 1826]
    start = time.perf_counter()
    curves = modelling.bootstrap(followed, at, DRAWS)
    ours = time.perf_counter() - start
    random = numpy.random.default_rng(1992)
    lifelines = modelling.lifelines()
    days, ended, entry = (numpy.array([getattr(stay, key) for stay in followed]) for key in ("days", "ended", "entry"))
    start = time.perf_counter()
    looped = []
    for _ in range(LOOPED):
        drawn = random.integers(0, len(followed), len(followed))
        looped.append(lifelines.KaplanMeierFitter().fit(days[drawn], ended[drawn], entry=entry[drawn]).predict(at).to_numpy())
    theirs = (time.perf_counter() - start) / LOOPED * DRAWS
    missed += ours > 3
    print(
        f"{DRAWS:,} bootstrap curves over {len(followed)} stays: {ours:.2f} s (bar 3 s); lifelines in a loop {theirs:.1f} s, {theirs / ours:.0f} times as long"
    )
    steps = survival.kaplan_meier(followed)
    for place, day in enumerate(at):
        low, high = numpy.quantile(curves[:, place], (0.025, 0.975))
        print(f"  still there after {day:>4} days: {survival.share_after(steps, day):.3f}; drawn again {low:.3f} to {high:.3f}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())

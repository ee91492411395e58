"""Hinges at 40 contested facts, beside trying every set of up to three changes. Bar: a median of 50 ms."""

import itertools
import random
import statistics
import time
from typing import Any

from foedus.conditions.hinges import hinges
from foedus.conditions.plain import holds


def crisis(draw: random.Random) -> tuple[Any, dict[str, bool | None], list[str]]:
    """A condition over 60 facts, 40 of them contested: clauses such as articles have, three levels deep."""
    names = [f"f{number}" for number in range(60)]
    contested = draw.sample(names, 40)
    account: dict[str, bool | None] = {name: draw.choice((True, False, None)) for name in names}

    def clause() -> Any:
        parts: list[Any] = draw.sample(names, 3)
        return draw.choice([{"all": parts}, {"any": parts}, {"not": parts[0]}, {"at_least": 2, "of": parts}])

    return {"all": [{"any": [clause() for _ in range(3)]} for _ in range(5)]}, account, contested


def tried(condition: Any, account: dict[str, bool | None], contested: list[str]) -> int:
    now, found = holds(condition, account), 0
    for size in range(1, 4):
        for names in itertools.combinations(contested, size):
            for values in itertools.product((True, False), repeat=size):
                found += holds(condition, account | dict(zip(names, values, strict=True))) is not now
    return found


def main() -> None:
    draw = random.Random(1)
    times, sets = [], []
    for _ in range(300):
        condition, account, contested = crisis(draw)
        start = time.perf_counter()
        found = hinges(condition, account, contested)
        times.append(time.perf_counter() - start)
        sets.append(len(found.sets))
    middle = statistics.median(times)
    condition, account, contested = crisis(draw)
    start = time.perf_counter()
    tried(condition, account, contested)
    trying = time.perf_counter() - start
    print(
        f"40 contested facts, 300 crises: median {middle * 1000:.2f} ms, slowest {max(times) * 1000:.1f} ms (bar 50); median {statistics.median(sets):.0f} sets"
    )
    print(f"trying every set of up to three changes once: {trying:.2f} s, {trying / middle:,.0f} times as long")


if __name__ == "__main__":
    main()

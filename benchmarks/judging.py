"""All provisions of the library judged over 100,000 random accounts: Polars, beside the same rules in plain Python on a sample.

Bar: 50 million provision-accounts a second on Polars.
"""

import random
import resource
import statistics
import time

import polars

from foedus import snapshot
from foedus.conditions.frame import facts, select
from foedus.conditions.plain import holds
from foedus.law import provisions

ROWS, SAMPLE = 100_000, 200


def main() -> None:
    rules = {
        f"{row['pact']}/{row['article']}/{row['id']}": row["when"]
        for pact in snapshot.records("pact").values()
        for row in provisions.flat(pact)
        if row["when"] is not None
    }
    words = sorted(set().union(*map(facts, rules.values())))
    draw = random.Random(1)
    table = polars.DataFrame({word: draw.choices((True, False, None), k=ROWS) for word in words}, schema=dict.fromkeys(words, polars.Boolean))
    times = []
    for _ in range(7):
        start = time.perf_counter()
        judged = select(table, rules)
        times.append(time.perf_counter() - start)
    seconds = statistics.median(times)
    accounts = table.head(SAMPLE).to_dicts()
    start = time.perf_counter()
    plain = {name: [holds(rule, account) for account in accounts] for name, rule in rules.items()}
    one_by_one = (time.perf_counter() - start) / SAMPLE * ROWS
    assert all(judged[name].head(SAMPLE).to_list() == values for name, values in plain.items())
    rate = len(rules) * ROWS / seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(rules)} provisions with a condition, {len(words)} facts, {ROWS:,} accounts")
    print(f"Polars: {seconds:.3f} s, {rate / 1e6:.0f} million provision-accounts a second (bar 50)")
    print(f"plain Python, from {SAMPLE} accounts: {one_by_one:.1f} s; Polars is {one_by_one / seconds:.0f} times as fast; peak {peak:.0f} MB")


if __name__ == "__main__":
    main()

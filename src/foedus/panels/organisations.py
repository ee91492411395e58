"""Intergovernmental organisations: how many a state is a full member of, and how many a pair shares."""

import functools
from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.panels.joining import Addition, add, keys

if TYPE_CHECKING:
    import polars

WORD = 60
NAMES = ("ccode", "year", "state")


def add_igos(frame: Any, unmatched: str = "warn") -> Any:
    """Full memberships in intergovernmental organisations: igos of a state, shared_igos of a pair.

    Trap: memberships before 1965 rest on five-yearly observations that the data set filled in. Adds igos_missing and igos_source.
    """
    pairs = len(keys(frame).states) == 2
    table = _igos(str(datasets.path("cow-igo", "state_year")), pairs)
    return add(frame, [Addition("igos", datasets.label("cow-igo"), "cow", table, datasets.years("cow-igo"))], unmatched)


@functools.lru_cache(4)
def _igos(path: str, pairs: bool) -> "polars.DataFrame":
    import polars

    table = polars.read_parquet(path)
    organisations = [name for name in table.columns if name not in NAMES and not name.endswith("_missing")]
    full = {name: (polars.col(name) == 1).fill_null(False) for name in organisations}
    base = table.select(polars.col("ccode", "year").cast(polars.Int16), **full)
    if not pairs:
        return base.select(
            "ccode", "year", igos=polars.sum_horizontal([polars.col(name).cast(polars.Int16) for name in organisations]).cast(polars.Int16)
        ).sort("ccode", "year")
    words = {
        f"word{first}": polars.sum_horizontal([polars.col(name).cast(polars.Int64) * 2**bit for bit, name in enumerate(organisations[first : first + WORD])])
        for first in range(0, len(organisations), WORD)
    }
    bits = base.select("ccode", "year", **words)
    both = bits.rename({"ccode": "ccode1"}).join(bits.rename({"ccode": "ccode2"}), on="year", suffix="_2").filter(polars.col("ccode1") != polars.col("ccode2"))
    shared = polars.sum_horizontal([(polars.col(name) & polars.col(f"{name}_2")).bitwise_count_ones() for name in words])
    return both.select("ccode1", "ccode2", "year", shared_igos=shared.cast(polars.Int16)).sort("ccode1", "ccode2", "year")

"""Which forces and refused requests are most like a given one: a weighted distance over coded features, the weights in the library.

The distance is the weighted mean of the differences, 0 for the same in everything, 1 for alike in nothing. A feature unknown on either side counts
half: it neither joins nor parts them, and it is named as unknown.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foedus import snapshot

Row = Mapping[str, Any]
ALIKE = 0.25  # a graded feature this close is said to match


@dataclass(frozen=True)
class Analogue:
    """One force or refusal, how far it is from the one asked about, and which features match, differ or are unknown."""

    id: str
    distance: float
    matching: tuple[str, ...]
    differing: tuple[str, ...]
    unknown: tuple[str, ...]


def difference(feature: Row, one: Any, other: Any) -> float | None:
    """How far two values of a feature are apart, 0 to 1; None where either is unknown.

    >>> difference({"compare": "years", "scale": 40}, 2022, 2002)
    0.5
    """
    if one is None or other is None:
        return None
    match feature["compare"]:
        case "overlap":
            both = set(one) | set(other)
            return 1 - len(set(one) & set(other)) / len(both) if both else None
        case "decades":
            return float(min(1.0, abs(math.log10(one / other)) / feature["scale"]))
        case "years":
            return float(min(1.0, abs(one - other) / feature["scale"]))
        case _:
            return 0.0 if one == other else 0.5 if [one, other] in feature["near"] or [other, one] in feature["near"] else 1.0


def analogue(query: Row, row: Row) -> Analogue:
    """How like a row is to the query."""
    features = snapshot.records("feature")
    apart = {name: difference(feature, query[name], row[name]) for name, feature in features.items()}
    total = sum(feature["weight"] for feature in features.values())
    known = {name: value for name, value in apart.items() if value is not None}
    distance = sum(feature["weight"] * known.get(name, 0.5) for name, feature in features.items()) / total
    ordered = sorted(features, key=lambda name: -features[name]["weight"])
    return Analogue(
        row["id"],
        round(distance, 4),
        tuple(name for name in ordered if name in known and known[name] <= ALIKE),
        tuple(name for name in ordered if name in known and known[name] > ALIKE),
        tuple(name for name in ordered if name not in known),
    )


def ranked(query: Row, rows: Iterable[Row]) -> list[Analogue]:
    """The rows by their distance from the query, the nearest first; the query itself is left out. Ties stand in the order of their ids."""
    found = [analogue(query, row) for row in rows if row["id"] != query["id"]]
    return sorted(found, key=lambda one: (one.distance, one.id))


def ndcg(ranking: Iterable[str], grades: Mapping[str, float], first: int = 5) -> float:
    """Normalised discounted cumulative gain of the first few of a ranking, against grades given by hand (0 where none). Source: Järvelin and Kekäläinen 2002.

    >>> ndcg(["a", "b"], {"a": 3, "b": 1})
    1.0
    """

    def gain(values: Iterable[float]) -> float:
        return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values))

    got = gain([grades.get(name, 0) for name in list(ranking)[:first]])
    best = gain(sorted(grades.values(), reverse=True)[:first])
    return got / best if best else 0.0

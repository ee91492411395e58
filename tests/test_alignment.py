"""Alike portfolios: printed tables, plain definitions beside the matrix forms, and the parts of a change."""

from pathlib import Path

import numpy
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus import datasets
from foedus.errors import InputError
from foedus.panels import balance, bonds, systems
from foedus.panels import portfolios as room
from foedus.panels.alignment import change, contributions, similarity


def pair(x: list[float], y: list[float], *rest: object, **options: object) -> float:
    return float(similarity(numpy.array([x, y], dtype=float), *rest, **options)[0, 1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("x", "y", "weights", "most", "printed"),
    [
        ([0, 1, 2, 3], [3, 2, 1, 0], None, 3, -1 / 3),
        ([1, 2, 2, 3], [3, 2, 2, 1], None, 3, 1 / 3),
        ([2, 2, 3, 3], [3, 3, 2, 2], None, 3, 1 / 3),
        ([3, 3, 3, 3], [3, 3, 3, 3], None, 3, 1.0),
        ([3, 3, 2, 2], [2, 2, 3, 3], [0.5, 0.3, 0.1, 0.1], 3, 1 / 3),
        ([3, 2, 3, 0], [2, 3, 0, 3], [0.5, 0.4, 0.05, 0.05], 3, 0.2),  # alliances, by capabilities
        ([3, 3, 1, 2], [3, 3, 1, 3], [0.25, 0.25, 0.25, 0.25], 2, 0.75),  # votes
        ([3, 2, 3, 0, 3, 3, 1, 2], [2, 3, 0, 3, 3, 3, 1, 3], [0.5, 0.4, 0.05, 0.05] + [0.25] * 4, [3] * 4 + [2] * 4, 0.475),  # both together
    ],
)
def test_s_is_what_signorino_and_ritter_print(x: list[float], y: list[float], weights: list[float] | None, most: object, printed: float) -> None:
    assert pair(x, y, weights=weights, most=numpy.array(most)) == pytest.approx(printed, abs=1e-12)


def test_kappa_and_pi_on_a_table_of_haege() -> None:
    """His 2 by 2 table with 0.6 in agreement on one answer and 0.2 in each cell of disagreement: pi and kappa are negative while S is positive."""
    x, y = [1] * 6 + [1] * 2 + [0] * 2, [1] * 6 + [0] * 2 + [1] * 2
    assert pair(x, y, most=1) == pytest.approx(0.2)
    assert pair(x, y, "kappa") == pytest.approx(1 - 0.4 / 0.32)
    assert pair(x, y, "pi") == pytest.approx(1 - 0.4 / 0.32)


portfolios = st.integers(2, 12).flatmap(
    lambda size: st.tuples(*[st.lists(st.one_of(st.integers(0, 3), st.just(float("nan"))), min_size=size, max_size=size) for _ in range(2)])
)
weighted = st.lists(st.floats(0.01, 5), min_size=12, max_size=12)


def plain(x: numpy.ndarray, y: numpy.ndarray, measure: str, power: int, weight: numpy.ndarray) -> float:
    """The definitions as written, one pair at a time."""
    both = ~(numpy.isnan(x) | numpy.isnan(y))
    x, y, weight = x[both], y[both], weight[both] / weight[both].sum() if both.any() else weight[both]
    if not len(x):
        return float("nan")
    apart = float((numpy.abs(x - y) ** power * weight).sum())
    if measure == "s":
        return 1 - 2 * apart / 3**power
    if measure == "kappa":
        expected = sum(wi * wj * abs(a - b) ** power for a, wi in zip(x, weight) for b, wj in zip(y, weight))
    else:
        pool = [(v, w / 2) for v, w in [*zip(x, weight), *zip(y, weight)]]
        expected = sum(wi * wj * abs(a - b) ** power for a, wi in pool for b, wj in pool)
    return 1 - apart / expected if expected > 1e-12 else float("nan")


@given(portfolios, weighted, st.sampled_from(["s", "kappa", "pi"]), st.sampled_from(["absolute", "squared"]))
@settings(max_examples=150, deadline=None)
def test_the_matrix_form_is_the_definition(both: tuple[list[float], list[float]], weights: list[float], measure: str, distance: str) -> None:
    x, y = (numpy.array(one, dtype=float) for one in both)
    weight = numpy.array(weights[: len(x)])
    expected = plain(x, y, measure, 1 if distance == "absolute" else 2, weight)
    found = pair(list(x), list(y), measure, distance=distance, weights=weight)
    if numpy.isnan(expected):
        assert numpy.isnan(found) or measure != "s"
    else:
        assert found == pytest.approx(expected, abs=1e-9)


@given(portfolios)
@settings(max_examples=100, deadline=None)
def test_tau_b_is_kendalls(both: tuple[list[float], list[float]]) -> None:
    x, y = (numpy.array(one, dtype=float) for one in both)
    known = ~(numpy.isnan(x) | numpy.isnan(y))
    one, other = x[known], y[known]
    agree = sum(numpy.sign(one[i] - one[j]) * numpy.sign(other[i] - other[j]) for i in range(len(one)) for j in range(i))
    untied = [sum(part[i] != part[j] for i in range(len(part)) for j in range(i)) for part in (one, other)]
    found = pair(list(x), list(y), "tau_b")
    if untied[0] * untied[1] == 0:
        assert numpy.isnan(found)
    else:
        assert found == pytest.approx(agree / (untied[0] * untied[1]) ** 0.5, abs=1e-12)


@given(portfolios, weighted, st.sampled_from(["s", "kappa", "pi", "tau_b"]), st.sampled_from(["absolute", "squared"]))
@settings(max_examples=150, deadline=None)
def test_contributions_sum_to_the_measure(both: tuple[list[float], list[float]], weights: list[float], measure: str, distance: str) -> None:
    x, y = (numpy.array(one, dtype=float) for one in both)
    weight = None if measure == "tau_b" else numpy.array(weights[: len(x)])
    whole = pair(list(x), list(y), measure, distance=distance, weights=weight)
    parts = contributions(x, y, measure, distance, weight).sum()
    assert parts == pytest.approx(whole, abs=1e-9, nan_ok=True)


@st.composite
def days(draw: st.DrawFn) -> tuple[list[str], numpy.ndarray, numpy.ndarray, numpy.ndarray]:
    """The partners of one day, two portfolios over them, and the partners' weights."""
    names = draw(st.lists(st.sampled_from("ABCDEFGHIJ"), min_size=2, unique=True))
    values = [numpy.array(draw(st.lists(st.integers(0, 3), min_size=len(names), max_size=len(names))), dtype=float) for _ in range(2)]
    return names, *values, numpy.array(draw(st.lists(st.floats(0.01, 5), min_size=len(names), max_size=len(names))))


@given(days(), days(), st.sampled_from(["s", "kappa", "pi", "tau_b"]), st.booleans())
@settings(max_examples=200, deadline=None)
def test_the_parts_of_a_change_sum_to_it(one: tuple, two: tuple, measure: str, by_weight: bool) -> None:
    weights = (one[3], two[3]) if by_weight and measure != "tau_b" else None
    total = [pair(list(day[1]), list(day[2]), measure, weights=None if weights is None else weights[place]) for place, day in enumerate((one, two))]
    rows = change(one[:3], two[:3], measure, weights=weights)
    assert [row["partner"] for row in rows] == list(dict.fromkeys([*one[0], *two[0]]))
    if not numpy.isnan(total).any():
        assert sum(row["part"] for row in rows) == pytest.approx(total[1] - total[0], abs=1e-9)
    if measure == "s":
        assert all(row["part"] == pytest.approx(row["from_commitments"] + row["from_system"], abs=1e-12) for row in rows)


def test_a_new_commitment_is_named_and_the_rest_is_still() -> None:
    before = (["A", "B", "C"], numpy.array([3, 0, 0]), numpy.array([0, 3, 0]))
    after = (["A", "B", "C"], numpy.array([3, 3, 0]), numpy.array([0, 3, 0]))
    moved = [row for row in change(before, after) if row["part"]]
    assert moved == [
        {"partner": "B", "before": [0, 3], "after": [3, 3], "part": pytest.approx(2 / 3), "from_commitments": pytest.approx(2 / 3), "from_system": 0}
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"measure": "kapa"}, "no measure 'kapa'. Did you mean 'kappa'?"),
        ({"distance": "cubed"}, "no distance 'cubed'"),
        ({"measure": "tau_b", "weights": [1, 1]}, "takes no weights"),
    ],
)
def test_bad_input_is_one_line(options: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        pair([1, 2], [2, 1], **options)
    with pytest.raises(InputError, match="whole numbers"):
        pair([1.5, 2], [2, 1])


def test_every_pair_over_votes_is_what_each_pair_is_alone(store: Path) -> None:
    table = foedus.alignments(1999, 2000, "votes", ("s", "kappa", "pi"))
    assert table.select("state1", "state2", "year").is_unique().all()
    row = table.row(by_predicate=(polars.col("state1") == "KAZ") & (polars.col("state2") == "RUS") & (polars.col("year") == 2000), named=True)
    [alone] = balance.align("KAZ", ["RUS"], 2000, 2000, ["votes"])
    assert row["partners"] == alone["partners"] > 10
    for measure in ("s", "kappa", "pi"):
        assert row[measure] == pytest.approx(alone[measure], abs=1e-12)
    assert foedus.alignments(1900, 1910, "votes").height == 0, "before there were votes there are no rows, not zeros"
    with pytest.raises(InputError, match="ask for system='iso3', not 'cow'"):
        foedus.alignments(2000, 2000, "votes", system="cow")


def test_partners_weighed_by_their_capabilities(store: Path) -> None:
    """S over 2012 by hand: the same portfolios, each partner by its share; partners without a figure left out."""
    [row] = balance.align("KAZ", ["RUS"], 2012, 2012, ["atop"], "capabilities")
    found = bonds.read("atop", "cow")
    there, levels = room.yearly(found, systems.state_spells("cow"), 2012, 2012).at(2012)
    shares = dict(
        datasets.read("cow-nmc", "state_year", ["ccode", "year", "cinc"]).filter(polars.col("year") == 2012).select("ccode", "cinc").drop_nulls().rows()
    )
    one, two = there.index(705), there.index(365)
    parts = [(shares[code], abs(int(levels[one, place]) - int(levels[two, place]))) for place, code in enumerate(there) if code in shares]
    assert row["s"] == pytest.approx(1 - 2 * sum(w * d / 3 for w, d in parts) / sum(w for w, _ in parts), abs=1e-9)
    assert (row["partners"], row["tau_b"]) == (len(parts), None)
    with pytest.raises(InputError, match=r"no weights 'capabilites'. Did you mean 'capabilities'"):
        balance.align("KAZ", ["RUS"], 2012, 2012, ["atop"], "capabilites")
    with pytest.raises(InputError, match="roll calls have no capabilities"):
        balance.align("KAZ", ["RUS"], 2012, 2012, ["votes"], "capabilities")

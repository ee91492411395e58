"""How long forces stay: the curves against lifelines, printed curves and laws."""

import itertools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.measures import modelling, placing, reference, survival

lifelines = pytest.importorskip("lifelines")
pytestmark = pytest.mark.filterwarnings("ignore:Starting with pandas version")
REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "reference"


@dataclass(frozen=True)
class Stay:
    days: int
    ended: bool
    entry: int = 0
    cause: str | None = None


stays_ = st.lists(
    st.builds(
        lambda days, ended, before, cause: Stay(days, ended, max(0, days - before), cause if ended else None),
        st.integers(1, 4000),
        st.booleans(),
        st.integers(1, 9000),
        st.sampled_from(("withdrawn", "replaced", "expelled")),
    ),
    min_size=2,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(stays_)
def test_the_curve_is_that_of_lifelines(stays: list[Stay]) -> None:
    """To 1e-6, left truncation and interval included."""
    stays = [*stays, Stay(9999, False)]  # lifelines will not have an early risk set that dies out
    steps = survival.kaplan_meier(stays)
    fitter = lifelines.KaplanMeierFitter().fit([s.days for s in stays], [s.ended for s in stays], entry=[s.entry for s in stays])
    table, interval = fitter.survival_function_.iloc[:, 0], fitter.confidence_interval_
    for step in steps:
        assert step.share == pytest.approx(float(table.loc[step.day]), abs=1e-6)
        if 0 < step.share < 1:
            assert step.low == pytest.approx(float(interval.loc[step.day].min()), abs=1e-6)
            assert step.high == pytest.approx(float(interval.loc[step.day].max()), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(stays_)
def test_the_hazard_is_that_of_lifelines(stays: list[Stay]) -> None:
    """Without late entry: lifelines 0.30 adds hazard on days on which nobody left but somebody came."""
    stays = [Stay(s.days, s.ended) for s in stays]
    fitter = lifelines.NelsonAalenFitter().fit([s.days for s in stays], [s.ended for s in stays])
    table = fitter.cumulative_hazard_.iloc[:, 0]
    for day, value in survival.nelson_aalen(stays):
        assert value == pytest.approx(float(table.loc[day]), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from((1, 2, 3))), min_size=3, max_size=40), st.randoms(use_true_random=False))
def test_competing_ends_are_those_of_lifelines(rows: list[tuple[bool, int]], random: object) -> None:
    """Without ties: lifelines shakes ties apart at random."""
    stays = [Stay(day, ended, 0, str(cause) if ended else None) for day, (ended, cause) in enumerate(rows, start=1)]
    if not any(s.cause == "1" for s in stays):
        return
    fitter = lifelines.AalenJohansenFitter(calculate_variance=False).fit([s.days for s in stays], [int(s.cause or 0) for s in stays], event_of_interest=1)
    table = fitter.cumulative_density_.iloc[:, 0]
    for day, value in survival.aalen_johansen(stays, "1"):
        assert value == pytest.approx(float(table.loc[day]), abs=1e-6)


@given(stays_)
def test_those_gone_by_each_cause_and_those_there_make_the_whole(stays: list[Stay]) -> None:
    steps = survival.kaplan_meier(stays)
    curves = [survival.aalen_johansen(stays, cause) for cause in ("withdrawn", "replaced", "expelled")]
    for step in steps:
        assert step.share + sum(survival.value_after(curve, step.day) for curve in curves) == pytest.approx(1, abs=1e-9)


@given(st.lists(st.builds(Stay, st.integers(1, 400), st.booleans()), min_size=3, max_size=50), st.integers(1, 200), st.integers(0, 200))
def test_the_curve_given_a_day_is_the_rest_of_the_curve(stays: list[Stay], day: int, more: int) -> None:
    whole = survival.kaplan_meier(stays)
    before = survival.share_after(whole, day)
    rest = survival.kaplan_meier(survival.given(stays, day))
    if before > 0 and survival.given(stays, day):
        assert survival.share_after(rest, day + more) == pytest.approx(survival.share_after(whole, day + more) / before, abs=1e-9)


# Fifty-four United Nations missions, as printed (time in months, at risk, ended, share): https://rstudio-pubs-static.s3.amazonaws.com/32903_15319cdbd7f240119510cdbc86a40adb.html
PRINTED = [
    (2, 54, 1, 0.981), (4, 53, 1, 0.963), (5, 52, 2, 0.926), (7, 50, 3, 0.870), (10, 47, 1, 0.852), (11, 46, 1, 0.833), (12, 45, 2, 0.796), (13, 43, 1, 0.778),
    (15, 41, 2, 0.740), (16, 39, 1, 0.721), (18, 37, 1, 0.701), (19, 36, 1, 0.682), (21, 35, 1, 0.662), (23, 34, 2, 0.623), (25, 31, 3, 0.563), (26, 27, 1, 0.542),
    (28, 26, 1, 0.521), (29, 25, 1, 0.501), (30, 23, 2, 0.457), (31, 21, 1, 0.435), (34, 20, 1, 0.413), (46, 19, 3, 0.348), (48, 16, 2, 0.305),
]  # fmt: skip


def printed_missions() -> list[Stay]:
    """The missions that the printed table implies: those that leave the risk set without an end were last seen between its rows."""
    stays = []
    for (month, at_risk, ends, _), after in itertools.zip_longest(PRINTED, [row[1] for row in PRINTED[1:]]):
        stays += [Stay(month, True)] * ends
        stays += [Stay(month, False)] * (at_risk - ends - (after if after is not None else 0))
    return stays


def test_the_printed_curve_of_united_nations_missions() -> None:
    stays = printed_missions()
    steps = survival.kaplan_meier(stays)
    assert len(stays) == 54
    assert [(step.day, step.at_risk, step.ends) for step in steps] == [row[:3] for row in PRINTED]
    assert [step.share for step in steps] == pytest.approx([row[3] for row in PRINTED], abs=5e-4)
    assert round(survival.share_after(steps, 12), 3) == 0.796
    assert survival.median(steps) == 30


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference data are not beside the project")
def test_the_curve_of_humanitarian_interventions() -> None:
    """Forty-one interventions of the Peace Research Institute Frankfurt, followed to the end of 2017."""
    polars = pytest.importorskip("polars")
    rows = polars.read_parquet(REFERENCE / "hmi_interventions_prif.parquet")
    last = date(2017, 12, 31)
    stays = [Stay(((end.date() if end else last) - start.date()).days, end is not None) for start, end in zip(rows["HMISTART"], rows["HMIEND"], strict=True)]
    steps = survival.kaplan_meier(stays)
    assert len(stays) == 41
    assert survival.median(steps) == 821
    assert survival.share_after(steps, 365) == pytest.approx(0.6341463, abs=1e-6)
    assert survival.share_after(steps, 1826) == pytest.approx(0.2889306, abs=1e-6)


def many(n: int = 60) -> list[Stay]:
    return [Stay(1 + (37 * i) % 900, i % 4 != 0, 0, "withdrawn") for i in range(n)]


def test_curves_drawn_again_lie_round_the_curve() -> None:
    import numpy

    stays = many()
    steps = survival.kaplan_meier(stays)
    drawn = modelling.bootstrap(stays, [100, 400, 800], draws=2000)
    assert drawn.shape == (2000, 3)
    for place, day in enumerate((100, 400, 800)):
        assert abs(numpy.mean(drawn[:, place]) - survival.share_after(steps, day)) < 0.02
    assert (numpy.diff(drawn, axis=1) <= 1e-12).all()


def test_one_curve_drawn_again_is_that_of_lifelines() -> None:
    """The matrices give what lifelines gives for the same weights."""
    import numpy

    stays = many(40)
    times = numpy.random.default_rng(1992).multinomial(40, numpy.full(40, 1 / 40), size=1)[0]
    again = [stay for stay, often in zip(stays, times, strict=True) for _ in range(often)]
    fitter = lifelines.KaplanMeierFitter().fit([s.days for s in again], [s.ended for s in again])
    assert modelling.bootstrap(stays, [300], draws=1)[0, 0] == pytest.approx(float(fitter.predict(300)), abs=1e-6)


def test_a_covariate_that_decides_helps_and_noise_does_not() -> None:
    stays = [Stay(100 + i if i % 2 else 1000 + i, True) for i in range(80)]
    telling = modelling.held_out(stays, [{"x": float(i % 2)} for i in range(80)])
    noise = modelling.held_out(stays, [{"x": float((i * 7919) % 13)} for i in range(80)])
    assert telling["better"] == "cox"
    assert telling["cox"] < telling["kaplan_meier"]
    assert noise["better"] == "kaplan_meier"


def test_fits_name_the_model_that_made_the_data() -> None:
    import numpy

    drawn = numpy.random.default_rng(7).lognormal(6, 1, 400).astype(int) + 1
    assert modelling.parametric([Stay(int(days), True) for days in drawn])[0]["model"] == "LogNormal"


def test_bounds_hold_the_curve_of_the_middles() -> None:
    bounds = [(50.0, 60.0), (100.0, 130.0), (200.0, 200.5), (300.0, float("inf"))]
    [(low, high)] = modelling.interval_curve(bounds, [150])
    assert low == pytest.approx(0.5, abs=1e-3)
    assert high == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize(
    "function", [lambda s: modelling.parametric(s), lambda s: modelling.held_out(s, [{}] * len(s)), lambda s: modelling.cox(s, [{}] * len(s))]
)
def test_too_few_to_fit_is_one_clear_line(function: object) -> None:
    with pytest.raises(InputError, match="29 stays are too few"):
        function(many(29))  # type: ignore[operator]


def test_no_end_no_curve() -> None:
    assert survival.kaplan_meier([Stay(5, False), Stay(9, False)]) == []
    assert survival.median([]) is None
    with pytest.raises(InputError, match="no stay of these ended"):
        modelling.bootstrap([Stay(5, False)], [1])


# ---- placing and chances ----------------------------------------------------------------------------------------------


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40), st.floats(0, 1))
def test_quantiles_are_those_of_numpy(values: list[float], share: float) -> None:
    numpy = pytest.importorskip("numpy")
    assert placing.quantile(values, share) == pytest.approx(float(numpy.quantile(values, share)), rel=1e-9, abs=1e-9)


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_holds_the_share(count: int, n: int) -> None:
    if count > n:
        return
    low, high = placing.wilson(count, n)
    assert 0 <= low <= count / n + 1e-12
    assert count / n - 1e-12 <= high <= 1


def test_wilson_as_printed() -> None:
    """Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662."""
    assert placing.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from((0.05, 0.5, 0.95)), st.floats(0.5, 60), st.floats(0.5, 60))
def test_beta_quantiles_are_those_of_scipy(share: float, a: float, b: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert reference.beta_quantile(share, a, b) == pytest.approx(float(stats.beta.ppf(share, a, b)), abs=1e-6)


def test_chances_sum_to_one_and_keep_what_never_happened_possible() -> None:
    rows = reference.chances(["withdrawn"] * 9 + ["replaced"] * 3)
    assert rows is not None
    assert sum(row.mean for row in rows) == pytest.approx(1)
    never = next(row for row in rows if row.outcome == "absorbed")
    assert never.count == 0
    assert 0 < never.low < never.mean < never.high < 0.25
    assert reference.chances(["withdrawn"] * 4) is None


def test_a_class_is_widened_from_its_last_feature() -> None:
    rows = [{"id": str(i), "a": "x", "b": "y" if i < 5 else "z", "c": None} for i in range(20)]
    found = reference.nearest_class({"id": "q", "a": "x", "b": "y", "c": "w"}, rows, ("a", "b", "c"))
    assert (found.shared, found.dropped, len(found.members)) == (("a",), ("c", "b"), 20)
    own = reference.nearest_class({"id": "q", "a": None, "b": "z", "c": None}, rows, ("a", "b", "c"))
    assert (own.shared, set(own.dropped), len(own.members)) == (("b",), {"a", "c"}, 15)

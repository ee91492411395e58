"""What needs lifelines or NumPy: interval-censored curves, parametric and Cox fits, bootstrap bands, and whether covariates help at all.

Imported only when asked for: lifelines takes over a second (extra `survival`).
"""

import importlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foedus.errors import InputError
from foedus.measures.survival import Followed

Row = dict[str, Any]
MODELS = ("ExponentialFitter", "WeibullFitter", "LogNormalFitter", "LogLogisticFitter")
FOLDS, REPEATS = 5, 10
LEAST = 30  # stays below which nothing is fitted


def lifelines() -> Any:
    """The library. Errors: InputError where the extra is not installed."""
    try:
        return importlib.import_module("lifelines")
    except ImportError:
        raise InputError("fits need lifelines: pip install 'foedus[survival]'") from None


def enough(stays: Sequence[Any]) -> None:
    """Errors: InputError for too few stays to fit anything to."""
    if len(stays) < LEAST:
        raise InputError(f"{len(stays)} stays are too few to fit a model to; it takes {LEAST}")


def interval_curve(bounds: Iterable[tuple[float, float]], days: Sequence[float]) -> list[tuple[float, float]]:
    """The least and greatest share still there after each day, of stays known only to lie between two bounds (Turnbull's estimate, by lifelines).

    bounds: shortest and longest days each may have lasted; infinity for one whose end was not seen.
    """
    pairs = list(bounds)
    fitter = lifelines().KaplanMeierFitter().fit_interval_censoring([low for low, _ in pairs], [high for _, high in pairs])
    table = fitter.survival_function_
    low, high = table.columns[0], table.columns[1]
    found = []
    for day in days:
        row = table[table.index >= day].iloc[0] if day <= table.index[-1] else table.iloc[-1]  # a row speaks for the days that lead to it
        found.append(tuple(sorted((float(row[low]), float(row[high])))))
    return [(one, other) for one, other in found]


def parametric(stays: Sequence[Followed]) -> list[Row]:
    """Each parametric model: model, aic, median (days), best first by Akaike's criterion. Left truncation is reckoned with.

    Errors: InputError for fewer than 30 stays, or without the extra `survival`.
    """
    enough(stays)
    library = lifelines()
    days, ended, entry = [stay.days for stay in stays], [stay.ended for stay in stays], [stay.entry for stay in stays]
    rows = []
    for name in MODELS:
        fitter = getattr(library, name)().fit(days, ended, entry=entry)
        rows.append({"model": name.removesuffix("Fitter"), "aic": float(fitter.AIC_), "median": float(fitter.median_survival_time_)})
    return sorted(rows, key=lambda row: row["aic"])


def cox(stays: Sequence[Followed], covariates: Sequence[Mapping[str, float]]) -> list[Row]:
    """The Cox model: for each covariate its hazard ratio with 95 % interval and p; above 1: gone sooner.

    covariates: one mapping of numbers a stay, the same names in each; one that is the same for all is left out. A small ridge (0.01) keeps a covariate that never varies with the end from running away.
    """
    enough(stays)
    fitter = _cox(stays, covariates)
    table = fitter.summary
    return [
        {
            "covariate": name,
            "hazard_ratio": float(table.loc[name, "exp(coef)"]),
            "low": float(table.loc[name, "exp(coef) lower 95%"]),
            "high": float(table.loc[name, "exp(coef) upper 95%"]),
            "p": float(table.loc[name, "p"]),
        }
        for name in table.index
    ]


def _cox(stays: Sequence[Followed], covariates: Sequence[Mapping[str, float]]) -> Any:
    import pandas

    frame = pandas.DataFrame([dict(row) for row in covariates])
    frame = frame.loc[:, frame.nunique() > 1]  # a covariate that is the same for all says nothing and stops the fit
    frame["days"], frame["ended"], frame["entry"] = [s.days for s in stays], [s.ended for s in stays], [s.entry for s in stays]
    return lifelines().CoxPHFitter(penalizer=0.01).fit(frame, "days", "ended", entry_col="entry")


def brier(shares: Any, days: Any, ended: Any, at: Any, censoring: Any) -> Any:
    """The Brier score at each time, weighted for censoring (Graf and others 1999). shares: stays × times, predicted to be still there; censoring: a function
    from days to the share not yet censored."""
    import numpy

    days, ended = numpy.asarray(days)[:, None], numpy.asarray(ended)[:, None]
    gone, there = (days <= at) & ended, days > at
    scores = (shares**2) * gone / censoring(days - 1) + ((1 - shares) ** 2) * there / censoring(at)
    return scores.mean(axis=0)


def held_out(stays: Sequence[Followed], covariates: Sequence[Mapping[str, float]], seed: int = 1992) -> Row:
    """Whether covariates beat plain Kaplan–Meier on stays not used to fit: integrated Brier score of each over ten times five folds, lower is better.

    Returns kaplan_meier, cox, difference (Kaplan–Meier less Cox: above 0 where covariates help), low and high (its 90 % range over the repeats), better
    ('cox' only where the whole range lies above 0), n, until (days: the 80th percentile of the stays).
    """
    import numpy

    enough(stays)
    library = lifelines()
    random = numpy.random.default_rng(seed)
    days, ended = numpy.array([stay.days for stay in stays], float), numpy.array([stay.ended for stay in stays])
    until = float(numpy.quantile(days, 0.8))
    at = numpy.linspace(30, until, 60)
    censoring = _step(library.KaplanMeierFitter().fit(days, ~ended), floor=0.05)
    scores = []
    for _ in range(REPEATS):
        fold = random.permutation(len(stays)) % FOLDS
        totals = numpy.zeros(2)
        for held in range(FOLDS):
            train, test = numpy.flatnonzero(fold != held).tolist(), numpy.flatnonzero(fold == held).tolist()
            known = [stays[i] for i in train]
            plain = _step(library.KaplanMeierFitter().fit(days[train], ended[train], entry=[s.entry for s in known]))
            curves = [numpy.tile(plain(at), (len(test), 1))]
            fitted = _cox(known, [covariates[i] for i in train])
            import pandas

            curves.append(fitted.predict_survival_function(pandas.DataFrame([dict(covariates[i]) for i in test]), times=at).T.to_numpy())
            for index, shares in enumerate(curves):
                score = brier(shares, days[test], ended[test], at, censoring)
                totals[index] += numpy.trapezoid(score, at) / (at[-1] - at[0]) * len(test)
        scores.append(totals / len(stays))
    table = numpy.array(scores)
    gain = table[:, 0] - table[:, 1]
    low, high = numpy.quantile(gain, (0.05, 0.95))
    return {
        "kaplan_meier": float(table[:, 0].mean()),
        "cox": float(table[:, 1].mean()),
        "difference": float(gain.mean()),
        "low": float(low),
        "high": float(high),
        "better": "cox" if low > 0 else "kaplan_meier",
        "n": len(stays),
        "until": until,
    }


def _step(fitter: Any, floor: float = 0.0) -> Any:
    """A fitted curve as a function over arrays of days, never under `floor`: a weight must not run away."""
    import numpy

    index, values = fitter.survival_function_.index.to_numpy(float), fitter.survival_function_.iloc[:, 0].to_numpy(float)

    def shares(at: Any) -> Any:
        places = numpy.clip(numpy.searchsorted(index, at, side="right") - 1, 0, None)
        return numpy.maximum(values[places], floor)

    return shares


def bootstrap(stays: Sequence[Followed], at: Sequence[float], draws: int = 1000, seed: int = 1992) -> Any:
    """Curves over stays drawn again with replacement: an array of draws × days of the share still there. All draws at once, as matrices.

    Errors: InputError where no stay ended. Source: Efron 1981.
    """
    import numpy

    days, ended = numpy.array([stay.days for stay in stays]), numpy.array([stay.ended for stay in stays])
    entry = numpy.array([stay.entry for stay in stays])
    if not ended.any():
        raise InputError("no stay of these ended: there is no curve to draw again")
    ends = numpy.unique(days[ended])
    random = numpy.random.default_rng(seed)
    weights = random.multinomial(len(stays), numpy.full(len(stays), 1 / len(stays)), size=draws).astype(float)
    at_risk = weights @ ((entry[:, None] < ends) & (days[:, None] >= ends))
    gone = weights @ ((days[:, None] == ends) & ended[:, None])
    kept = numpy.where(at_risk > 0, 1 - gone / numpy.where(at_risk > 0, at_risk, 1), 1.0)
    curves = numpy.cumprod(kept, axis=1)
    places = numpy.searchsorted(ends, numpy.asarray(at), side="right")
    return numpy.concatenate([numpy.ones((draws, 1)), curves], axis=1)[:, places]

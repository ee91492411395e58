"""How alike two states' portfolios are, for all pairs at once: Signorino and Ritter's S, Cohen's kappa, Scott's pi, Kendall's tau-b.

A portfolio is one row of a matrix: what a state has committed itself to towards each partner, or how it voted on each question, as whole numbers from 0
to `most`; NaN where it is not known (a vote not cast), and such a partner counts for a pair only where both are known.
Sources: Signorino and Ritter (1999), International Studies Quarterly 43(1), for S; Häge (2011), Political Analysis 19(3), for kappa and pi, which
correct for what chance would give and are judged by squared distance; Kendall (1938) for tau-b, which Signorino and Ritter advise against.
"""

from typing import TYPE_CHECKING, Any

from foedus.errors import InputError, unknown

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, numpy.dtype[Any]]

MEASURES = ("s", "kappa", "pi", "tau_b")
DISTANCES = ("absolute", "squared")
USUAL = {"s": "absolute", "kappa": "squared", "pi": "squared", "tau_b": "absolute"}
NONE = 1e-12  # below this a distance is rounding, and two portfolios without any variation have no kappa and no pi


def similarity(x: "Array", measure: str = "s", distance: str | None = None, weights: "Array | None" = None, most: Any = 3) -> "Array":
    """The measure for every pair of rows of `x` (states × partners): a square matrix, NaN where it is not defined.

    distance: `absolute` or `squared`; where None, absolute for S and squared for kappa and pi, as their authors have it. weights: one a partner, for
    example its capabilities; equal where None. most: the largest distance there can be, one number or one a partner.
    Errors: InputError for an unknown measure or distance, values that are not whole, or weights for tau-b, which has none.

    >>> import numpy
    >>> round(float(similarity(numpy.array([[0, 1, 2, 3], [3, 2, 1, 0]]))[0, 1]), 4)
    -0.3333
    """
    import numpy

    distance = _checked(measure, distance, weights)
    x = numpy.asarray(x, dtype=float)
    present = ~numpy.isnan(x)
    x = numpy.where(present, x, 0.0)
    if (x != numpy.floor(x)).any() or (x < 0).any():
        raise InputError("a portfolio holds whole numbers from 0 up, or NaN for what is not known")
    known = present.astype(float)
    if measure == "tau_b":
        return _tau_b(x, known)
    weight = numpy.ones(x.shape[1]) if weights is None else numpy.asarray(weights, dtype=float)
    shares = (known * weight) @ known.T
    with numpy.errstate(invalid="ignore", divide="ignore"):
        if measure == "s":
            scale = numpy.broadcast_to(numpy.asarray(most, dtype=float), weight.shape)
            apart, _ = _distances(x, known, weight / (scale if distance == "absolute" else scale**2), distance)
            return numpy.asarray(1 - 2 * apart / shares)
        apart, expected = _distances(x, known, weight, distance, shares, measure)
        return numpy.asarray(1 - numpy.where(expected > NONE, (apart / shares) / expected, numpy.nan))


def _checked(measure: str, distance: str | None, weights: Any) -> str:
    if measure not in MEASURES:
        raise unknown("measure", measure, MEASURES)
    if distance is not None and distance not in DISTANCES:
        raise unknown("distance", distance, DISTANCES)
    if measure == "tau_b" and weights is not None:
        raise InputError("tau-b compares ranks and takes no weights")
    return distance or USUAL[measure]


def _distances(x: "Array", known: "Array", weight: "Array", distance: str, shares: Any = None, measure: str = "") -> tuple[Any, Any]:
    """Summed distances of all pairs, and where a measure is named the distance that chance would give a partner.

    A distance of whole numbers is a count of the levels that lie between them, so that matrix products give all pairs at once.
    """
    import numpy

    if distance == "squared":
        squares, sums = (x * x * weight) @ known.T, (x * weight) @ known.T
        apart = squares + squares.T - 2 * (x * weight) @ x.T
        if not measure:
            return apart, None
        square, mean = squares / shares, sums / shares
        if measure == "kappa":
            return apart, square + square.T - 2 * mean * mean.T
        return apart, 2 * ((square + square.T) / 2 - ((mean + mean.T) / 2) ** 2)
    apart = numpy.zeros((len(x), len(x)))
    expected = numpy.zeros_like(apart)
    for level in range(1, int(x.max(initial=0)) + 1):
        above = (x >= level).astype(float)
        held = (above * weight) @ known.T
        apart += held + held.T - 2 * (above * weight) @ above.T
        if measure:
            one, other = held / shares, held.T / shares
            if measure == "pi":
                one = other = (one + other) / 2
            expected += one * (1 - other) + other * (1 - one)
    return apart, expected


def _tau_b(x: "Array", known: "Array") -> "Array":
    """From the cross table of every pair of rows."""
    import numpy

    levels = [((x == level) & (known > 0)).astype(float) for level in range(int(x.max(initial=0)) + 1)]
    cells = numpy.array([[one @ other.T for other in levels] for one in levels])  # level of the row × level of the column × pairs
    agreeing = sum(
        cells[a, b] * (cells[a + 1 :, b + 1 :].sum(axis=(0, 1)) - cells[a + 1 :, :b].sum(axis=(0, 1))) for a in range(len(levels)) for b in range(len(levels))
    )
    rows, columns, total = cells.sum(axis=1), cells.sum(axis=0), cells.sum(axis=(0, 1))
    untied = [total * (total - 1) / 2 - (part * (part - 1) / 2).sum(axis=0) for part in (rows, columns)]
    with numpy.errstate(invalid="ignore", divide="ignore"):
        return numpy.where(untied[0] * untied[1] > 0, agreeing / numpy.sqrt(untied[0] * untied[1]), numpy.nan)


def contributions(x: "Array", y: "Array", measure: str = "s", distance: str | None = None, weights: "Array | None" = None, most: Any = 3) -> "Array":
    """What each partner adds to the measure of two portfolios: the parts sum to it. NaN throughout where it is not defined, 0 where a partner is not known.

    A partner adds its share of what S, kappa or pi are sums of; to tau-b it adds half of the pairs of partners in which it stands.
    """
    import numpy

    distance = _checked(measure, distance, weights)
    x, y = numpy.asarray(x, dtype=float), numpy.asarray(y, dtype=float)
    both = ~(numpy.isnan(x) | numpy.isnan(y))
    weight = (numpy.ones(len(x)) if weights is None else numpy.asarray(weights, dtype=float)) * both
    x, y = numpy.where(both, x, 0.0), numpy.where(both, y, 0.0)
    power = 1 if distance == "absolute" else 2
    apart = numpy.abs(x - y) ** power
    with numpy.errstate(invalid="ignore", divide="ignore"):
        share = weight / weight.sum()
        if measure == "s":
            return numpy.asarray(share * (1 - 2 * apart / numpy.asarray(most, dtype=float) ** power))
        if measure == "tau_b":
            return _tau_b_parts(x[both], y[both], both)
        expected = share * _expected(x, y, share, measure, power)
        return numpy.asarray((expected - share * apart) / (expected.sum() if expected.sum() > NONE else numpy.nan))


def _expected(x: "Array", y: "Array", share: "Array", measure: str, power: int) -> "Array":
    """By partner, the distance that chance would give: of its value in one portfolio to the whole of the other, both ways, halved."""
    import numpy

    def against(values: "Array", others: "Array", weight: "Array") -> "Array":
        return numpy.asarray((numpy.abs(values[:, None] - others[None, :]) ** power * weight[None, :]).sum(axis=1))

    if measure == "kappa":
        return (against(x, y, share) + against(y, x, share)) / 2
    pooled, half = numpy.concatenate([x, y]), numpy.concatenate([share, share]) / 2
    return (against(x, pooled, half) + against(y, pooled, half)) / 2


def _tau_b_parts(x: "Array", y: "Array", both: "Array") -> "Array":
    import numpy

    signs = numpy.sign(x[:, None] - x), numpy.sign(y[:, None] - y)
    untied = (signs[0] ** 2).sum() * (signs[1] ** 2).sum()
    if not untied:
        return numpy.full(len(both), numpy.nan)
    parts = numpy.zeros(len(both))
    parts[both] = (signs[0] * signs[1]).sum(axis=1) / numpy.sqrt(untied)
    return parts


def change(
    before: "tuple[list[str], Array, Array]",
    after: "tuple[list[str], Array, Array]",
    measure: str = "s",
    distance: str | None = None,
    weights: "tuple[Array, Array] | None" = None,
    most: Any = 3,
) -> list[dict[str, Any]]:
    """By partner, its part in the change of the measure between two days: the parts sum to the change.

    before, after: the partners' names and the two portfolios on each day. Keys: partner, before and after (what the first and the second state had
    committed to it; None where it was no partner), part, and for S its two summands: `from_commitments`, because what one of the two owes it changed, and
    `from_system`, because its weight did (states came or went, or their capabilities changed); a partner that gains weight moves S only so far as it is
    more alike than the average. Where a partner is new or gone its whole part is `from_system`.
    """
    import numpy

    one = dict(zip(before[0], zip(before[1], before[2], strict=True), strict=True))
    two = dict(zip(after[0], zip(after[1], after[2], strict=True), strict=True))
    held = [contributions(x, y, measure, distance, w, most) for (_, x, y), w in zip((before, after), weights or (None, None), strict=True)]
    parts = [dict(zip(names, map(float, values), strict=True)) for (names, _, _), values in zip((before, after), held, strict=True)]
    share = [_shares(day, w) for day, w in zip((before, after), weights or (None, None), strict=True)]
    middle = float(numpy.sum(held[0]) + numpy.sum(held[1])) / 2
    rows = []
    for partner in dict.fromkeys([*before[0], *after[0]]):
        first, second = parts[0].get(partner, 0.0), parts[1].get(partner, 0.0)
        row: dict[str, Any] = {"partner": partner, "before": _levels(one.get(partner)), "after": _levels(two.get(partner)), "part": second - first}
        if measure == "s":
            weight = share[0].get(partner, 0.0), share[1].get(partner, 0.0)
            alike = [part / size if size else None for part, size in zip((first, second), weight, strict=True)]
            start, end = (value if value is not None else alike[1 - place] for place, value in enumerate(alike))
            commitments = 0.0 if start is None or end is None else (weight[0] + weight[1]) / 2 * (end - start)
            system = 0.0 if start is None or end is None else (weight[1] - weight[0]) * ((start + end) / 2 - middle)
            row |= {"part": commitments + system, "from_commitments": commitments, "from_system": system}
        rows.append(row)
    return rows


def _shares(day: "tuple[list[str], Array, Array]", weights: "Array | None") -> dict[str, float]:
    import numpy

    names, x, y = day
    both = ~(numpy.isnan(numpy.asarray(x, dtype=float)) | numpy.isnan(numpy.asarray(y, dtype=float)))
    weight = (numpy.ones(len(names)) if weights is None else numpy.asarray(weights, dtype=float)) * both
    return dict(zip(names, map(float, weight / weight.sum()), strict=True))


def _levels(pair: Any) -> list[int | None] | None:
    return None if pair is None else [None if value != value else int(value) for value in pair]

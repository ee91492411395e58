"""How long forces stay, by groups: the share still there after each time, and what ended the stays."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from foedus.deployments import features, register, stays
from foedus.errors import unknown
from foedus.measures import reference, survival
from foedus.spells import Day

Row = dict[str, Any]
TIMES = {"after_30": 30, "after_182": 182, "after_365": 365, "after_1826": 1826}
BY = ("trigger", "asked_by", "consent", "flag", "under", "lead")


def groups(names: Iterable[str], by: str | None = None, known: Day | None = None) -> list[Row]:
    """One row a group, the largest first: group, n, ended, median, low_median, high_median, after_30 …, withdrawn, replaced, expelled, absorbed, first, last.

    median: days; low_median, high_median: the medians that days known only to their month or year allow. after_…: share still there so many days on.
    withdrawn … absorbed: the share ended so after five years (Aalen–Johansen), the ways out taking it from each other. first, last: to which days forces without an end
    are followed. Numbers are None for a group of fewer than five. by: a feature. Errors: InputError for a feature that is none.
    """
    if by is not None and by not in BY:
        raise unknown("feature", by, BY)
    found = register.forces(known)
    rows = [found[name] for name in names]
    by_group: dict[Any, list[Row]] = {}
    for row in rows:
        by_group.setdefault(features.of_force(row)[by] if by else "all", []).append(row)
    return [
        _group(str(name) if name is not None else "unknown", members)
        for name, members in sorted(by_group.items(), key=lambda item: (-len(item[1]), str(item[0])))
    ]


def _group(name: str, rows: Sequence[Row]) -> Row:
    followed = stays.stays(rows)
    censored = stays.censored_on(rows)
    base: Row = {"group": name, "n": len(rows), "ended": sum(stay.ended for stay in followed)}
    enough = len(rows) >= reference.LEAST
    steps = survival.kaplan_meier(followed)
    base["median"] = survival.median(steps) if enough else None
    for end in ("low", "high"):
        base[f"{end}_median"] = survival.median(survival.kaplan_meier(_bounds(followed, end))) if enough else None
    last = max(stay.days for stay in followed)
    for key, days in TIMES.items():
        base[key] = round(survival.share_after(steps, days), 4) if enough and (days <= last or steps[-1:] and steps[-1].share == 0) else None
    for cause in ("withdrawn", "replaced", "expelled", "absorbed"):
        base[cause] = round(survival.value_after(survival.aalen_johansen(followed, cause), 1826), 4) if enough else None
    return base | {"first": censored[0] if censored else None, "last": censored[1] if censored else None}


def _bounds(followed: Iterable[stays.Stay], end: str) -> list[stays.Stay]:
    return [
        stays.Stay(stay.force, getattr(stay, end), stay.ended, min(stay.entry, getattr(stay, end) - 1), stay.low, stay.high, stay.cause) for stay in followed
    ]


def curve(names: Iterable[str], known: Day | None = None) -> list[survival.Step]:
    """The Kaplan–Meier curve of some forces. Errors: InputError for an id the register has not."""
    return survival.kaplan_meier(stays.stay(register.force(name, known)) for name in names)


def covariates(rows: Iterable[Row]) -> list[dict[str, float]]:
    """The numbers a Cox model is given for each force: consent, a pact's or the United Nations' flag, danger from within, size (powers of ten; the middle where unknown), year."""
    found = [features.of_force(row) for row in rows]
    sizes = sorted(row["people"] for row in found if row["people"])
    middle = sizes[len(sizes) // 2] if sizes else 1.0
    return [
        {
            "consent": float(row["consent"] == "yes"),
            "pact_flag": float(row["flag"] == "pact"),
            "united_nations": float(row["flag"] == "united_nations"),
            "from_within": float(row["trigger"] == "internal"),
            "size": _decades(row["people"] or middle),
            "size_unknown": float(row["people"] is None),
            "decades_since_1945": (row["year"] - 1945) / 10,
        }
        for row in found
    ]


def fits(names: Iterable[str], known: Day | None = None) -> Row:
    """Models of how long some forces stay: n, parametric (rows of `modelling.parametric`), cox (rows of `modelling.cox`), held_out (`modelling.held_out`).

    Trap: where `held_out` finds Kaplan–Meier no worse, the covariates of the Cox model tell nothing that the plain curve does not.
    """
    from foedus.measures import modelling

    found = register.forces(known)
    rows = [found[name] for name in names]
    followed, numbers = stays.stays(rows), covariates(rows)
    return {
        "n": len(rows),
        "parametric": modelling.parametric(followed),
        "cox": modelling.cox(followed, numbers),
        "held_out": modelling.held_out(followed, numbers),
    }


def _decades(people: float) -> float:
    return math.log10(people)

"""What a force amounts to, everything together: the answer of `foedus force` and of a brief's second and third parts."""

import functools
from typing import Any

from foedus import snapshot
from foedus.deployments import density, mandate, outlook, precedents, register, stays, tempo
from foedus.errors import InputError
from foedus.spells import Day

Row = dict[str, Any]
NEAREST_FORCES, NEAREST_REFUSALS = 3, 2


@functools.lru_cache(64)
def of_case(case_id: str, on: Day, known: Day | None = None) -> Row | None:
    """What the force of a case amounts to: see `of_force`, and also `mandates`, `precedents` and `refusals`. None where the register has no force of it by then."""
    row = register.of_case(case_id, known)
    if row is None:
        return None
    return of_force(row, known, on) | {"mandates": mandate.table(snapshot.record("case", case_id), known)} | (nearest(case_id, known) or {})


@functools.lru_cache(64)
def nearest(case_id: str, known: Day | None = None) -> Row | None:
    """The nearest `precedents` (forces) and `refusals` of a case; None where the register has neither a force nor a refused request of it by then."""
    if precedents.query(case_id, known) is None:
        return None
    ranked = precedents.precedents(case_id, known)
    return {
        "precedents": [one | {"stay": vars(stays.stay(one["record"]))} for one in ranked if one["kind"] == "force"][:NEAREST_FORCES],
        "refusals": [one for one in ranked if one["kind"] == "refusal"][:NEAREST_REFUSALS],
    }


def of_force(row: Row, known: Day | None, on: Day) -> Row:
    """What a force amounts to: id, force (its record), densities, rules, tempo, stay, outlook; asked on a day, with what could be known by `known`."""
    among = register.forces(known)
    return {
        "id": row["id"],
        "on": on,
        "known": known,
        "force": row,
        "densities": density.densities(row, among),
        "others": [other["per_1000"] for other in density.distribution(among, row["id"]).values() if other["per_1000"] is not None],
        "per_site": density.at_each_site(row),
        "rules": rules(row, known),
        "tempo": tempo.placed(row, among),
        "stay": vars(stays.stay(row)),
        "outlook": outlook.outlook(row, among, on),
    }


def rules(row: Row, known: Day | None = None) -> list[Row]:
    """The rules of thumb on density, which are about order among a population: none for a force that answers an attack from abroad alone. Each with how many people it would ask for in the force's host (`need`); None where it names no number, or the host's people are not known."""
    if row["trigger"] == "external":
        return []
    _, people = density.land_and_people(row["host"], int(row["start"]["on"][:4]))
    found = [rule | {"id": name, "need": _need(rule, people)} for name, rule in snapshot.records("rule").items() if known is None or rule["since"] <= known]
    return sorted(found, key=lambda rule: (rule["low"] is None, rule["critic"], rule["low"] or 0))


def _need(rule: Row, people: Row | None) -> Row | None:
    if rule["low"] is None or people is None:
        return None
    low, high = (None if rate is None else round(rate * people["value"] / 1000, -2) for rate in (rule["low"], rule["high"]))
    return {"value": None, "low": low, "high": high, "qualifier": "about", "sources": people["sources"]}


def named(case_id: str, known: Day | None = None) -> Row:
    """The answer for a case, asked on the day it is judged, or by `known`. Errors: InputError with the nearest names, or where no force was sent."""
    found = of_case(case_id, known or snapshot.record("case", case_id)["day"], known)
    if found is None:
        when = f" by {known}" if known else ""
        raise InputError(f"no force of '{case_id}' stands in the register{when}. What was asked for instead: foedus precedents {case_id}")
    return found

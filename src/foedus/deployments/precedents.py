"""The forces and the refused requests most like the one asked about, ranked, with what became of them."""

from typing import Any

from foedus import snapshot
from foedus.deployments import features, likeness, register
from foedus.errors import InputError
from foedus.spells import Day

Row = dict[str, Any]


def query(case_id: str, known: Day | None = None) -> Row | None:
    """The features of a case's force, or else of the refused request it is about; None where the register has neither by that day."""
    force = register.of_case(case_id, known)
    if force is not None:
        return features.of_force(force)
    for row in register.refusals(known).values():
        if _case_of(row) == case_id:
            return features.of_refusal(row)
    return None


def _case_of(refusal: Row) -> str | None:
    if refusal["invocation"] is None:
        return None
    pact, _, name = refusal["invocation"].partition("/")
    rows = snapshot.record("pact", pact)["invocations"]
    found: str | None = next(row["case"] for row in rows if row["id"] == name)
    return found


def precedents(case_id: str, known: Day | None = None) -> list[Row]:
    """Every force and refusal before the case, the most alike first.

    Each row: kind (force, refusal), id, distance, matching, differing, unknown, record. Errors: InputError for a case of which the register has nothing.
    """
    asked = query(case_id, known)
    if asked is None:
        when = f" by {known}" if known else ""
        raise InputError(f"the register has no force and no refused request of '{case_id}'{when}; those it has: foedus forces")
    forces, refusals = register.forces(known), register.refusals(known)
    begins = (forces.get(asked["id"]) or {}).get("start", {}).get("on") or refusals[asked["id"]]["on"]["on"]
    earlier = {name: row for name, row in forces.items() if row["start"]["on"] < begins}
    refused = {name: row for name, row in refusals.items() if row["on"]["on"] < begins}
    rows = [features.of_force(row) for row in earlier.values()] + [features.of_refusal(row) for row in refused.values()]
    return [
        {"kind": "force" if one.id in earlier else "refusal", **vars(one), "record": earlier.get(one.id) or refused[one.id]}
        for one in likeness.ranked(asked, rows)
    ]

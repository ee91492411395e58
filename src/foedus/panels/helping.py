"""Which obligations bind a third state to help a target that another state attacks: unconditionally, conditionally, or to consult only.

Each obligation is judged by its own condition on the account "a state attacks the target on its home territory", with everything else unknown unless it
is given. Help is owed against the attacker, so whatever the attacker's own allies owe it for its defense binds nobody.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus.conditions.plain import Truth, holds
from foedus.law import procedures, provisions
from foedus.panels import LIBRARY_KINDS
from foedus.panels.bonds import Bonds
from foedus.spells import intersect

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, numpy.dtype[Any]]

NOT_BOUND, CONSULTS, CONDITIONALLY, UNCONDITIONALLY = range(4)
WORDS = ("not bound", "consultation only", "conditionally", "unconditionally")
ATTACK: dict[str, Truth] = {"armed_attack": True, "by_state": True, "external_threat": True}
DEFENSE, CONSULTATION = LIBRARY_KINDS.index("defense"), LIBRARY_KINDS.index("consultation")


def help_owed(bonds: Bonds, facts: Mapping[str, Truth] | None = None) -> "tuple[Array, Array]":
    """By row of `bonds`, how the obligor is bound when the obligee is attacked: by a state outside the pact, and by a party to it.

    The library's texts say themselves what an attacker's membership changes (`attacker_is_party`) and which area they cover; where an organ must
    decide, nobody is bound before it has, so the obligation counts as conditional. ATOP codes none of this: there a pact binds nobody against
    one of its own members.
    """
    import numpy

    known = {**ATTACK, **(facts or {})}
    if bonds.source == "atop":
        return _judged(bonds, known), numpy.zeros(len(bonds.pact), numpy.int8)
    outside, inside = (_by_law(bonds, {**known, "attacker_is_party": party}) for party in (False, True))
    return outside, inside


def _judged(bonds: Bonds, facts: Mapping[str, Truth]) -> "Array":
    """By row, from the conditions alone."""
    import numpy

    truths = [True if condition is None else holds(condition, facts) for condition in bonds.conditions]
    aid = numpy.array([{True: UNCONDITIONALLY, None: CONDITIONALLY, False: NOT_BOUND}[truth] for truth in truths] + [NOT_BOUND], numpy.int8)
    talk = numpy.array([NOT_BOUND if truth is False else CONSULTS for truth in truths] + [NOT_BOUND], numpy.int8)
    return numpy.maximum(aid[bonds.when[:, DEFENSE]], talk[bonds.when[:, CONSULTATION]])


def _by_law(bonds: Bonds, facts: Mapping[str, Truth]) -> "Array":
    """By row, from each provision, the area it covers and the organ that must decide."""
    import numpy

    pairs, back = numpy.unique(numpy.stack([bonds.duty, bonds.obligee], axis=1), axis=0, return_inverse=True)
    found = [NOT_BOUND if duty < 0 else _provision(bonds, duty, bonds.states[state], facts) for duty, state in pairs.tolist()]
    return numpy.array(found, numpy.int8)[back.reshape(-1)]


def _provision(bonds: Bonds, duty: int, target: Any, facts: Mapping[str, Truth]) -> int:
    from foedus import snapshot

    row = bonds.duties[duty]
    if row["kind"] not in ("defense", "consultation"):
        return NOT_BOUND
    pact = snapshot.record("pact", row["pact"])
    known = dict(facts)
    if known.get("attack_in_treaty_area") is None and row["area"]:
        area = next(found for found in pact["areas"] if found["id"] == row["area"])
        known["attack_in_treaty_area"] = area["states"] is None or _state(target) in area["states"]
    truth = True if row["when"] is None else holds(row["when"], known)
    if truth is False:
        return NOT_BOUND
    if row["kind"] == "consultation":
        return CONSULTS
    truth = _unless(row, pact, truth, known)
    if truth is False:
        return NOT_BOUND
    decided = row["procedure"] is None or procedures.find(pact, row["procedure"])["rule"] == "each_for_itself" or known.get("decision_taken") is True
    return UNCONDITIONALLY if truth and decided else CONDITIONALLY


def _unless(row: dict[str, Any], pact: dict[str, Any], truth: Truth, facts: Mapping[str, Truth]) -> Truth:
    """The truth of a condition once its exceptions are heard: one that is met undoes the duty, one that may be leaves it open."""
    for other in provisions.flat(pact):
        if f"{row['article']}/{row['id']}" in other["overrides"] and intersect(other["in_force"], row["in_force"]):
            met = True if other["when"] is None else holds(other["when"], facts)
            truth = False if met is True or truth is False else None if met is None else truth
    return truth


def _state(key: Any) -> str:
    """The library's id of a state given in any code system; a code's last bearer."""
    from foedus import states

    return key if isinstance(key, str) else states.by_code("cow", key) or str(key)

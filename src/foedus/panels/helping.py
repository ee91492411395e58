"""Which obligations bind a third state to help a target that another state attacks: unconditionally, conditionally, or to consult only.

Each obligation is judged by its own condition on the account "a state has just attacked the target on its home territory", with everything else unknown
unless it is given. Help is owed against the attacker, so whatever the attacker's own allies owe it for its defense binds nobody.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus import snapshot, states
from foedus.conditions.plain import Truth, holds
from foedus.findings.judging import words
from foedus.law import procedures, provisions
from foedus.panels import LIBRARY_KINDS
from foedus.panels.bonds import Bonds
from foedus.spells import intersect

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, numpy.dtype[Any]]

Row = dict[str, Any]
NOT_BOUND, CONSULTS, CONDITIONALLY, UNCONDITIONALLY = range(4)
WORDS = ("not bound", "consultation only", "conditionally", "unconditionally")
ATTACK: dict[str, Truth] = {"armed_attack": True, "by_state": True, "external_threat": True, "security_council_acted": False}
UNDOING = ("no_aid_owed", "end_measures")  # what an exception says that takes the duty away; others only shape it
MUTUAL = ("every_party", "every_other_party")
DEFENSE, CONSULTATION = LIBRARY_KINDS.index("defense"), LIBRARY_KINDS.index("consultation")


def help_owed(bonds: Bonds, facts: Mapping[str, Truth] | None = None) -> "tuple[Array, Array]":
    """By row of `bonds`, how the obligor is bound when the obligee is attacked: by a state outside the pact, and by a party to it.

    The library's texts say themselves what an attacker's membership changes (`attacker_is_party`) and which area they cover; where an organ must
    decide, nobody is bound before it has, so the obligation counts as conditional; so does one that the same pact contradicts. ATOP codes none of this: there a pact binds nobody against
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
    row = bonds.duties[duty]
    if row["kind"] not in ("defense", "consultation"):
        return NOT_BOUND
    pact = snapshot.record("pact", row["pact"])
    known = _known(row, pact, target, facts)
    truth = _unless(row, pact, True if row["when"] is None else holds(row["when"], known), known)
    if truth is False:
        return NOT_BOUND
    if row["kind"] == "consultation":
        return CONSULTS
    return UNCONDITIONALLY if truth and not _awaits(row, pact, known) and not _against_it(row, pact, known) else CONDITIONALLY


def _known(row: Row, pact: Row, target: Any, facts: Mapping[str, Truth]) -> dict[str, Truth]:
    """The facts, with whether the target's home territory lies in the area."""
    known = dict(facts)
    if known.get("attack_in_treaty_area") is None and row["area"]:
        area = next(found for found in pact["areas"] if found["id"] == row["area"])
        known["attack_in_treaty_area"] = area["states"] is None or _state(target) in area["states"]
    return known


def _awaits(row: Row, pact: Row, known: Mapping[str, Truth]) -> bool:
    """Whether an organ has yet to decide."""
    return row["procedure"] is not None and procedures.find(pact, row["procedure"])["rule"] != "each_for_itself" and known.get("decision_taken") is not True


def _against_it(row: Row, pact: Row, known: Mapping[str, Truth]) -> list[str]:
    """Where the attacker is a party: the provisions of the same pact that forbid force against it, of which neither overrides the other."""
    if known.get("attacker_is_party") is not True or row["then"]["against"] != "attacker":
        return []
    name = f"{row['article']}/{row['id']}"
    found = []
    for other in provisions.flat(pact, ("nonaggression",)):
        its = f"{other['article']}/{other['id']}"
        met = other["when"] is None or holds(other["when"], known) is True
        if (
            met
            and other["then"]["to"] in MUTUAL
            and intersect(other["in_force"], row["in_force"])
            and its not in row["overrides"]
            and name not in other["overrides"]
        ):
            found.append(f"{row['pact']}/{its}")
    return found


def at_odds(bonds: Bonds, row: int, facts: Mapping[str, Truth] | None, attacker_is_party: bool) -> list[str]:
    """The provisions of the library that forbid what the duty of one row asks for: pact/article/provision."""
    if bonds.duty[row] < 0:
        return []
    duty = bonds.duties[bonds.duty[row]]
    pact = snapshot.record("pact", duty["pact"])
    return _against_it(duty, pact, _known(duty, pact, bonds.states[bonds.obligee[row]], {**ATTACK, **(facts or {}), "attacker_is_party": attacker_is_party}))


def asks(bonds: Bonds, row: int, facts: Mapping[str, Truth] | None, attacker_is_party: bool) -> list[str]:
    """The fact words that the help of one row still hangs on: those that its condition and its exceptions ask and that are not known."""
    known = {**ATTACK, **(facts or {})}
    if bonds.duty[row] < 0:
        places = bonds.when[row, DEFENSE] if bonds.when[row, DEFENSE] >= 0 else bonds.when[row, CONSULTATION]
        return [word for word in words(bonds.conditions[places]) if known.get(word) is None]
    duty = bonds.duties[bonds.duty[row]]
    pact = snapshot.record("pact", duty["pact"])
    known = _known(duty, pact, bonds.states[bonds.obligee[row]], {**known, "attacker_is_party": attacker_is_party})
    exceptions = [other["when"] for other in _exceptions(duty, pact) if holds(other["when"], known) is None]
    open_ = [] if duty["when"] is None or holds(duty["when"], known) is not None else [duty["when"]]
    found = [word for condition in [*open_, *exceptions] for word in words(condition) if known.get(word) is None]
    return list(dict.fromkeys(found + (["decision_taken"] if _awaits(duty, pact, known) else [])))


def _exceptions(row: Row, pact: Row) -> list[Row]:
    """The provisions under which the duty falls away, while both texts are in force."""
    name = f"{row['article']}/{row['id']}"
    others = [other for other in provisions.flat(pact) if name in other["overrides"] and other["then"]["duty"] in UNDOING]
    return [other for other in others if other["when"] is not None and intersect(other["in_force"], row["in_force"])]


def _unless(row: Row, pact: Row, truth: Truth, facts: Mapping[str, Truth]) -> Truth:
    """The truth of a condition once its exceptions are heard: one that is met undoes the duty, one that may be leaves it open."""
    met = [holds(other["when"], facts) for other in _exceptions(row, pact)]
    if truth is False or True in met:
        return False
    return None if None in met else truth


def _state(key: Any) -> str:
    """The library's id of a state given in any code system; a code's last bearer."""
    return key if isinstance(key, str) else states.by_code("cow", key) or str(key)

"""Who owes a state what on a day, over every pact of the library."""

from collections.abc import Iterable, Mapping
from typing import Any

from foedus import snapshot
from foedus.conditions.plain import Truth
from foedus.errors import InputError, unknown
from foedus.findings import judging
from foedus.law import procedures, provisions
from foedus.sources import ids
from foedus.spells import Day

Row = dict[str, Any]


def owes(state: str, on: Day, attacked_by: Iterable[str] = (), facts: Mapping[str, Truth] | None = None) -> list[Row]:
    """One row a duty, obligor and text: what others owe `state` on the day, under which article, and on what it hinges.

    attacked_by: states that attack it, on its home territory unless `facts` says otherwise. facts: what else is taken as true or false; the rest
    is unknown. Keys: pact, article, version, obligor, obligee, kind, strength, standing, condition, hinges, hinges_capped, sources.
    Errors: InputError for a fact word that the library does not define.
    """
    given = _given(attacked_by, facts or {})
    attackers = list(attacked_by)
    found: list[Row] = []
    for pact in provisions.pacts_of(state):
        rows = []
        for provision in provisions.on_day(pact, on, provisions.OBLIGATIONS):
            obligors = provisions.obligors(pact, provision, state, on, attackers)
            if obligors:
                known = judging.structural(pact, provision, given, state, attackers, on)
                rows.append({**provision, "condition": judging.condition_of(provision, known), "_facts": known, "_obligors": obligors})
        clashes = judging.conflicts(pact, rows, attackers, on)
        for row in rows:
            found += _rows(pact, row, state, clashes.get((row["article"], row["id"]), []))
    return found


def _given(attacked_by: Iterable[str], facts: Mapping[str, Truth]) -> dict[str, Truth]:
    vocabulary = snapshot.ids("fact")
    for word in facts:
        if word not in vocabulary:
            raise unknown("fact", word, vocabulary)
    attacked = {"armed_attack": True, "by_state": True, "external_threat": True} if list(attacked_by) else {}
    for word, value in attacked.items():
        if word in facts and facts[word] is not value:
            raise InputError(f"an attack by a state makes '{word}' true, and the facts given say otherwise")
    return {**attacked, **facts}


def _rows(pact: Row, provision: Row, state: str, clashes: list[str]) -> list[Row]:
    condition = "conflict" if clashes else provision["condition"]
    turned = judging.turned_by(provision, provision["_facts"], ())
    base = {
        "pact": pact["id"],
        "article": provision["article"],
        "version": provision["version"],
        "kind": provision["kind"],
        "strength": provision["strength"],
        "standing": judging.standing(provision, condition, _decision(pact, provision)),
        "condition": condition,
        "hinges": [{"turns": judging.WORDS[value], "facts": change} for value, change in turned.sets],
        "hinges_capped": turned.capped,
        "sources": ids(provisions.cites(provision)),
    }
    return [{**base, "obligor": obligor, "obligee": state} for obligor in provision["_obligors"]]


def _decision(pact: Row, provision: Row) -> str | None:
    """`open` where an organ must decide, unless the asker says that it has; None where each party acts for itself."""
    if provision["procedure"] is None or procedures.find(pact, provision["procedure"])["rule"] == "each_for_itself":
        return None
    return {True: "decided", False: "blocked", None: "open"}[provision["_facts"].get("decision_taken")]

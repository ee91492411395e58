"""The findings of a case: every obligation of its pacts, on every account, with agreement across accounts."""

from collections.abc import Mapping
from typing import Any

from foedus import snapshot
from foedus.cases import accounts as told
from foedus.conditions.plain import Truth
from foedus.findings import judging
from foedus.law import procedures, provisions
from foedus.sources import ids, merge
from foedus.spells import Day

Row = dict[str, Any]


def findings(
    case: Row,
    on: Day | None = None,
    known: Day | None = None,
    assume: Mapping[str, Truth] | None = None,
    kinds: tuple[str, ...] = provisions.OBLIGATIONS,
) -> list[Row]:
    """One row a provision and account, provision by provision in the order of the case's pacts.

    on: the day judged, the case's own where not given. known: nothing said later counts. assume: facts set by the asker.
    Keys: pact, article, provision, instrument, version, kind, strength, account, condition, standing, obligors, obligee, decision, hinges, hinges_capped,
    conflicts_with, agreement (accounts by condition), facts (asked, with values), sources.
    """
    on = on or case["day"]
    rows = told.accounts(case, on, known, assume)
    contested = told.contested(rows)
    seen = told.at(case, known)
    found: list[Row] = []
    for name in case["pacts"]:
        pact = snapshot.record("pact", name)
        if case["target"] not in [party["state"] for party in pact["parties"]]:
            continue
        owed = [(row, provisions.obligors(pact, row, case["target"], on, case["against"])) for row in provisions.on_day(pact, on, kinds)]
        for account in rows:
            found += _of_account(pact, seen, account, contested, on, [pair for pair in owed if pair[1]])
    places = {key: place for place, key in enumerate(dict.fromkeys(map(_provision, found)))}
    return _agreed(sorted(found, key=lambda row: places[_provision(row)]))


def _provision(row: Row) -> tuple[str, str, str]:
    return row["pact"], row["article"], row["provision"]


def _of_account(pact: Row, case: Row, account: told.Account, contested: set[str], on: Day, owed: list[tuple[Row, list[str]]]) -> list[Row]:
    """The findings of one account on the provisions of a pact, each given with those who owe it."""
    rows = []
    for provision, obligors in owed:
        facts = judging.structural(pact, provision, account.facts, case["target"], case["against"], on)
        rows.append({**provision, "condition": judging.condition_of(provision, facts), "_facts": facts, "_obligors": obligors})
    clashes = judging.conflicts(pact, rows, case["against"], on)
    return [_row(pact, case, account, contested, on, row, clashes.get((row["article"], row["id"]), [])) for row in rows]


def _row(pact: Row, case: Row, account: told.Account, contested: set[str], on: Day, provision: Row, clashes: list[str]) -> Row:
    condition = "conflict" if clashes else provision["condition"]
    decision = decision_of(pact, case, provision, account.facts, on)
    turned = judging.turned_by(provision, provision["_facts"], contested)
    asked = judging.words(provision["when"])
    support = [item for word in asked for item in account.support.get(word, [])]
    return {
        "pact": pact["id"],
        "article": provision["article"],
        "provision": provision["id"],
        "instrument": provision["instrument"],
        "version": provision["version"],
        "kind": provision["kind"],
        "strength": provision["strength"],
        "account": account.id,
        "condition": condition,
        "standing": judging.standing(provision, condition, decision["state"] if decision else None),
        "obligors": provision["_obligors"],
        "obligee": case["target"],
        "decision": decision,
        "hinges": [{"turns": judging.WORDS[value], "facts": change} for value, change in turned.sets],
        "hinges_capped": turned.capped,
        "conflicts_with": clashes,
        "facts": {word: provision["_facts"].get(word) for word in asked},
        "sources": ids(merge(provisions.cites(provision), *[item.get("sources", []) for item in support])),
    }


def decision_of(pact: Row, case: Row, provision: Row, facts: Mapping[str, Truth], on: Day) -> Row | None:
    """How far the organ has come that must decide on the provision; None where each party acts for itself."""
    if provision["procedure"] is None:
        return None
    procedure = procedures.find(pact, provision["procedure"])
    if procedure["rule"] == "each_for_itself":
        return None
    said = told.consents({**case, "consents": [row for row in case["consents"] if row["on"] <= on]}, pact["id"], procedure["id"])
    found = procedures.decide(pact, procedure, said, case["target"], on)
    taken = facts.get("decision_taken")
    if taken is not None:
        found["state"] = "decided" if taken else "blocked"
    return {"procedure": procedure["id"], "organ": procedure["organ"], **found}


def _agreed(rows: list[Row]) -> list[Row]:
    """Each row with the accounts that share and do not share its condition: `agreement` maps a condition to accounts."""
    by_provision: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for row in rows:
        by_provision.setdefault(_provision(row), {}).setdefault(row["condition"], []).append(row["account"])
    return [{**row, "agreement": by_provision[_provision(row)]} for row in rows]

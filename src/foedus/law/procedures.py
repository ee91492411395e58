"""How an organ decides: a rule over consents, which is a condition like any other."""

from collections.abc import Mapping
from typing import Any

from foedus.conditions.hinges import hinges
from foedus.conditions.plain import Truth, holds
from foedus.errors import unknown
from foedus.law import parties
from foedus.spells import Day

Row = dict[str, Any]
MOST_COALITIONS = 64
ELECTED = "elected"


def find(pact: Row, name: str) -> Row:
    """The procedure of that id. Errors: InputError with the nearest ids."""
    table: dict[str, Row] = {row["id"]: row for row in pact["procedures"]}
    if name not in table:
        raise unknown(f"procedure of {pact['id']}", name, table)
    return table[name]


def voters(pact: Row, procedure: Row, concerned: str | None, on: Day, instrument: str | None = None) -> list[str]:
    """The states whose consent counts on the day; of a council whose seats go round, those with a veto."""
    if procedure["voters"] == ELECTED:
        return list(procedure["veto"])
    states = list(procedure["voters"]) if isinstance(procedure["voters"], list) else parties.bound(pact, instrument or pact["main_instrument"], on)
    leaves_out = procedure["voters"] == "every_other_party" or procedure["rule"].endswith("minus_concerned")
    return [state for state in states if not (leaves_out and state == concerned)]


def condition(procedure: Row, states: list[str]) -> Any:
    """The rule as a condition over the consents of `states`, each named by its id.

    A majority of `1/2` is more than half; any other share is at least that share. States with a veto must consent whatever the count.
    """
    if procedure["rule"] != "majority":
        return {"all": states}
    share = procedure["majority"]
    part, whole = map(int, share.split("/"))
    needed = len(states) // 2 + 1 if share == "1/2" else -(-len(states) * part // whole)
    rule: Any = {"at_least": needed, "of": states}
    vetoes = [state for state in procedure["veto"] if state in states]
    return {"all": [rule, *vetoes]} if vetoes else rule


def decide(pact: Row, procedure: Row, consents: Mapping[str, Truth], concerned: str | None, on: Day) -> Row:
    """Where a decision stands: `state` decided, blocked or open; who has said what; who can still make it pass or block it.

    consents: True or False by state; a state not named is unknown. Returns voters, agreed, opposed, unknown, and the minimal coalitions
    `can_pass` and `can_block` among those who have not spoken (`coalitions_capped` where there are more than are listed).
    Each party for itself: no organ decides, `state` is `each_for_itself`. Seats that go round: `voters_known` is False, nobody can be told who
    together could pass it, and only a veto can be seen to block it.
    """
    if procedure["rule"] == "each_for_itself":
        return {"state": "each_for_itself", "rule": procedure["rule"], "voters": voters(pact, procedure, concerned, on)}
    states = voters(pact, procedure, concerned, on)
    if procedure["voters"] == ELECTED:
        return _elected(procedure, states, consents)
    said = {state: consents.get(state) for state in states}
    silent = [state for state in states if said[state] is None]
    rule = condition(procedure, states) if states else {"all": []}
    standing = holds(rule, said) if states else None
    found = hinges(rule, said, silent, most_facts=len(states), most_sets=MOST_COALITIONS) if standing is None and states else None
    coalitions: dict[bool, list[list[str]]] = {True: [], False: []}
    for passes, change in found.sets if found else []:
        coalitions[passes].append(sorted(change))
    return {
        "state": {True: "decided", False: "blocked", None: "open"}[standing],
        "rule": procedure["rule"],
        "majority": procedure["majority"],
        "voters": states,
        "voters_known": True,
        "agreed": [state for state in states if said[state] is True],
        "opposed": [state for state in states if said[state] is False],
        "unknown": silent,
        "can_pass": coalitions[True],
        "can_block": coalitions[False],
        "coalitions_capped": bool(found and found.capped),
    }


def _elected(procedure: Row, permanent: list[str], consents: Mapping[str, Truth]) -> Row:
    """What can be said of a council whose other members the library does not follow."""
    silent = [state for state in permanent if consents.get(state) is None]
    opposed = [state for state, value in consents.items() if value is False]
    return {
        "state": "blocked" if any(state in permanent for state in opposed) else "open",
        "rule": procedure["rule"],
        "majority": procedure["majority"],
        "voters": permanent,
        "voters_known": False,
        "agreed": [state for state, value in consents.items() if value is True],
        "opposed": opposed,
        "unknown": silent,
        "can_pass": [],
        "can_block": [[state] for state in silent],
        "coalitions_capped": False,
    }

"""One provision judged on one account on one day: condition, standing, hinges."""

from collections.abc import Iterable, Mapping
from typing import Any

from foedus.conditions.hinges import Hinges, hinges
from foedus.conditions.plain import Truth, holds
from foedus.law import parties, provisions
from foedus.spells import Day

Row = dict[str, Any]
WORDS: dict[Truth, str] = {True: "met", False: "unmet", None: "unknown"}
NO_DUTY = ("may", "declares")


def words(condition: Any) -> list[str]:
    """The fact words of a condition, each once, in the order in which they stand."""
    if condition is None:
        return []
    if isinstance(condition, str):
        return [condition]
    parts = condition["of"] if "of" in condition else next(iter(condition.values()))
    return list(dict.fromkeys(word for part in ([parts] if isinstance(parts, str | dict) else parts) for word in words(part)))


def structural(pact: Row, provision: Row, facts: Mapping[str, Truth], concerned: str, attackers: Iterable[str], on: Day) -> dict[str, Truth]:
    """The account's facts, with those that the pact itself answers: whether the attacker is a party, whether home territory lies in the area.

    Only what the account leaves open is filled in. Home territory is assumed where an attacker is named and no place is.
    """
    filled = dict(facts)
    attackers = list(attackers)
    if attackers and filled.get("attacker_is_party") is None:
        bound = parties.bound(pact, provision["instrument"], on)
        filled["attacker_is_party"] = any(state in bound for state in attackers)
    if attackers and filled.get("attack_in_treaty_area") is None and provision["area"]:
        area = next(row for row in pact["areas"] if row["id"] == provision["area"])
        filled["attack_in_treaty_area"] = area["states"] is None or concerned in area["states"]
    return filled


def condition_of(provision: Row, facts: Mapping[str, Truth]) -> str:
    """`met`, `unmet` or `unknown`; a provision without a condition is always met."""
    return "met" if provision["when"] is None else WORDS[holds(provision["when"], facts)]


def standing(provision: Row, condition: str, decision: str | None) -> str:
    """`owed`, `not owed`, `awaits decision` or `undetermined`.

    decision: `decided`, `open` or `blocked` where an organ must decide; None where each party acts for itself. Met is not decided.
    A permission or a declaration is owed by nobody.
    """
    if condition == "unmet" or provision["strength"] in NO_DUTY:
        return "not owed"
    if condition != "met":
        return "undetermined"
    return {None: "owed", "decided": "owed", "open": "awaits decision", "blocked": "not owed"}[decision]


def turned_by(provision: Row, facts: Mapping[str, Truth], contested: Iterable[str]) -> Hinges:
    """The hinges of a finding: over the facts its condition asks that are contested or unknown."""
    if provision["when"] is None:
        return Hinges([], False)
    asked = words(provision["when"])
    disputed = set(contested)
    return hinges(provision["when"], facts, [word for word in asked if word in disputed or facts.get(word) is None])


def conflicts(pact: Row, rows: list[Row], attackers: Iterable[str], on: Day) -> dict[tuple[str, str], list[str]]:
    """Provisions of one pact that bind the same party to act against an attacker and not to: met pairs in which neither overrides the other.

    rows: the pact's provisions with `condition` met, one account's. Returns, for each such provision (article, id), the others.
    """
    named = list(attackers)
    met = [row for row in rows if row["condition"] == "met"]
    aid = [row for row in met if row["then"]["against"] == "attacker" and row["strength"] not in NO_DUTY]
    refrain = [row for row in met if row["kind"] == "nonaggression"]
    found: dict[tuple[str, str], list[str]] = {}
    for one in aid:
        for other in refrain:
            names = f"{one['article']}/{one['id']}", f"{other['article']}/{other['id']}"
            protected = [state for state in named if state in provisions.states(pact, other, other["then"]["to"], "", on)]
            if protected and names[0] not in other["overrides"] and names[1] not in one["overrides"]:
                found.setdefault((one["article"], one["id"]), []).append(names[1])
                found.setdefault((other["article"], other["id"]), []).append(names[0])
    return found

"""Accounts as rows, facts as columns: what each side's story makes true, false or unknown, and who said so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from foedus.conditions.plain import Truth
from foedus.spells import Day

Row = dict[str, Any]


@dataclass
class Account:
    """One row: the value of each fact, and the claims and events that give it."""

    id: str
    name: dict[str, str]
    facts: dict[str, Truth] = field(default_factory=dict)
    support: dict[str, list[Row]] = field(default_factory=dict)


def known_by(rows: Iterable[Row], day_key: str, known: Day | None) -> list[Row]:
    """The rows that could be known by the day `known`: nothing that happened, was said or came out later."""
    return [row for row in rows if known is None or max(row[day_key], row.get("known") or "") <= known]


def at(case: Row, known: Day | None = None) -> Row:
    """The case as it could be known on a day: later events, claims, figures, wordings and consents are gone."""
    return {
        **case,
        "events": known_by(case["events"], "on", known),
        "claims": known_by(case["claims"], "said_on", known),
        "figures": known_by(case["figures"], "on", known),
        "mandates": known_by(case["mandates"], "said_on", known),
        "consents": known_by(case["consents"], "on", known),
        "until": case["until"] if case["until"] and (known is None or case["until"] <= known) else None,
    }


def accounts(case: Row, on: Day | None = None, known: Day | None = None, assume: Mapping[str, Truth] | None = None) -> list[Account]:
    """The rival accounts of a case, one row each.

    on: facts that events settle count from the day of the event; the case's own day where not given. known: as in `at`.
    assume: facts set by the asker, in every account, over whatever is claimed.
    An account whose own claims were all made later than `known` is left out.
    """
    seen, on = at(case, known), on or case["day"]
    claims = {claim["id"]: claim for claim in seen["claims"]}
    settled = [event for event in seen["events"] if event["on"] <= on]
    rows = []
    for account in case["accounts"]:
        own = [claims[name] for name in account["claims"] if name in claims]
        if not own and account["claims"]:
            continue
        row = Account(account["id"], account["name"])
        for kind, item in _held(settled, [claims[name] for name in case["agreed"] if name in claims] + own):
            for fact, value in item["asserts"].items():
                row.facts[fact] = value
                row.support.setdefault(fact, []).append({"kind": kind, **item})
        for fact, value in (assume or {}).items():
            row.facts[fact], row.support[fact] = value, [{"kind": "assumption", "asserts": {fact: value}}]
        rows.append(row)
    return rows


def _held(events: list[Row], claims: list[Row]) -> Iterable[tuple[str, Row]]:
    yield from (("event", event) for event in events)
    yield from (("claim", claim) for claim in claims)


def contested(rows: Iterable[Account]) -> set[str]:
    """The facts on which accounts differ, one saying yes and another no."""
    said: dict[str, set[bool]] = {}
    for row in rows:
        for fact, value in row.facts.items():
            if value is not None:
                said.setdefault(fact, set()).add(value)
    return {fact for fact, values in said.items() if len(values) > 1}


def matrix(rows: list[Account], words: Iterable[str]) -> list[Row]:
    """Accounts by facts: one row an account, its id and a value for each of `words`."""
    return [{"account": row.id, **{word: row.facts.get(word) for word in words}} for row in rows]


def forces(case: Row) -> list[Row]:
    """The figures of people and things sent, in the order of their days; deaths, arrests and durations are not forces."""
    sent = ("announced", "authorized", "pledged", "deployed", "present", "withdrawn", "lift")
    return sorted(
        (row for row in case["figures"] if row["status"] in sent and row["unit"] not in ("day", "hour")),
        key=lambda row: (row["on"], row["sender"] or "", row["id"]),
    )


def consents(case: Row, pact: str, procedure: str) -> dict[str, Truth]:
    """What each state is known to have said to a procedure of a pact; the latest word counts."""
    rows = [row for row in case["consents"] if row["procedure"] == f"{pact}/{procedure}"]
    return {row["state"]: None if row["value"] == "unknown" else row["value"] for row in sorted(rows, key=lambda row: row["on"])}

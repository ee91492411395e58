"""A finding unfolded: provision, condition, each fact, the claims behind it, who said them, and where it can be read."""

from typing import Any

from foedus import snapshot
from foedus.cases.accounts import Account
from foedus.conditions.plain import Truth, holds
from foedus.findings.judging import WORDS

Row = dict[str, Any]


def unfold(provision: Row, account: Account, facts: dict[str, Truth]) -> Row:
    """The tree of a finding: `text`, `condition` with a value at each node, and under each fact its statement and the support it has."""
    return {
        "provision": f"{provision['pact']}/{provision['article']}/{provision['id']}",
        "gloss": provision["gloss"],
        "text": provision["text"],
        "account": account.id,
        "condition": None if provision["when"] is None else _node(provision["when"], account, facts),
    }


def _node(condition: Any, account: Account, facts: dict[str, Truth]) -> Row:
    value = WORDS[holds(condition, facts)]
    if isinstance(condition, str):
        statement = snapshot.record("fact", condition)["statement"]
        support = [_support(condition, item) for item in account.support.get(condition, [])]
        if not support and facts.get(condition) is not None:
            support = [{"kind": "pact", "gloss": None, "says": facts[condition]}]
        return {"fact": condition, "statement": statement, "value": value, "support": support}
    word = "at_least" if "at_least" in condition else next(iter(condition))
    parts = condition["of"] if "of" in condition else condition[word]
    nodes = [_node(part, account, facts) for part in (parts if isinstance(parts, list) else [parts])]
    return {"word": word, "number": condition.get("at_least"), "value": value, "parts": nodes}


def _support(fact: str, item: Row) -> Row:
    said = item["asserts"][fact]
    if item["kind"] == "assumption":
        return {"kind": "assumption", "says": said}
    base = {"kind": item["kind"], "id": item["id"], "says": said, "gloss": item["gloss"], "sources": item["sources"]}
    return {**base, "speaker": item["speaker"], "on": item["said_on"]} if item["kind"] == "claim" else {**base, "on": item["on"]}

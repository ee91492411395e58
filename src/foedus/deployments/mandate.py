"""What a case's force was allowed to do, by each wording, and whether each account's telling of what it did lies within."""

from typing import Any

from foedus.cases import accounts as told
from foedus.measures import compliance
from foedus.spells import Day

Row = dict[str, Any]


def table(case: Row, known: Day | None = None) -> list[Row]:
    """One row a wording: id, speaker, said_on, gloss, tasks, limits, accounts (their names by status: within, outside, unknown), sources. Wordings that name no task are left out.

    case: a record of kind `case`. What was said after `known` is not in it.
    """
    seen = told.at(case, known)
    rows = []
    for mandate in seen["mandates"]:
        if mandate["tasks"]:
            by_status: dict[str, list[Row]] = {}
            for account in seen["accounts"]:
                by_status.setdefault(compliance.status(mandate, conduct(seen, account)), []).append(account["name"])
            rows.append({**{key: mandate[key] for key in ("id", "speaker", "said_on", "gloss", "tasks", "limits", "sources")}, "accounts": by_status})
    return rows


def conduct(case: Row, account: Row) -> list[Row]:
    """What the force did on one account: the deeds of its claims, of the agreed claims and of the events."""
    held = {*case["agreed"], *account["claims"]}
    deeds = [deed for event in case["events"] for deed in event["conduct"]]
    return deeds + [deed for claim in case["claims"] if claim["id"] in held for deed in claim["conduct"]]

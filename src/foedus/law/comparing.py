"""Pacts side by side: what each obliges to, when, how strongly, where, after what procedure, and how one leaves."""

import datetime
from typing import Any

from foedus.law import parties, procedures, provisions
from foedus.sources import ids
from foedus.spells import Day

Row = dict[str, Any]
ASPECTS = (*provisions.OBLIGATIONS, "cooperation", "non_alignment", "intervention", "mandate", "basing", "assurance", "procedure", "limit", "reporting",
           "precedence", "sanction", "admission", "exit", "suspension", "duration", "amendment")  # fmt: skip


def compare(pacts: list[Row], on: Day | None = None) -> Row:
    """`pacts`: ids; `facts`: a row an aspect with a cell a pact; `aspects`: a row a kind of provision with each pact's provisions.

    on: provisions and parties of that day; without it each pact's latest texts, those it ended with where it has ended.
    A cell that is an empty list means: no provision of that kind is coded, which is no proof that the text has none.
    """
    days = {pact["id"]: on or last_day(pact) for pact in pacts}
    aspects = []
    for kind in ASPECTS:
        cells = {pact["id"]: [_cell(pact, row) for row in provisions.on_day(pact, days[pact["id"]], [kind])] for pact in pacts}
        if any(cells.values()):
            aspects.append({"kind": kind, "cells": cells})
    return {"pacts": [pact["id"] for pact in pacts], "on": days, "facts": [_facts(pact, days[pact["id"]]) for pact in pacts], "aspects": aspects}


def last_day(pact: Row) -> Day:
    """A day on which the pact's latest texts are in force: its last one where it has ended, the newest text's first where it has not."""
    ends = [spell["until"] for row in provisions.flat(pact) for spell in row["in_force"]]
    begins: str = max(spell["from"] for row in provisions.flat(pact) for spell in row["in_force"])
    if None in ends:
        return str(max([begins, *(event["on"] for party in pact["parties"] for event in party["events"])]))
    return (datetime.date.fromisoformat(max(end for end in ends if end)) - datetime.timedelta(days=1)).isoformat()


def _facts(pact: Row, on: Day) -> Row:
    main = next(row for row in pact["instruments"] if row["id"] == pact["main_instrument"])
    rules = [row for row in pact["procedures"] if any(spell["until"] is None or on < spell["until"] for spell in row["in_force"] if spell["from"] <= on)]
    return {
        "pact": pact["id"],
        "kind": pact["kind"],
        "binding": pact["binding"],
        "signed": main["signed"],
        "in_force": main["in_force"],
        "ended": main["ended"],
        "members": parties.members(pact, on),
        "rules": list(dict.fromkeys(row["rule"] for row in rules)),
        "areas": [row["id"] for row in pact["areas"]],
        "lineage": [{"pact": row["pact"], "relation": row["relation"], "gloss": row["gloss"], "sources": ids(row["sources"])} for row in pact["lineage"]],
        "sources": ids(pact["sources"]),
    }


def _cell(pact: Row, row: Row) -> Row:
    rule = procedures.find(pact, row["procedure"])["rule"] if row["procedure"] else None
    keys = ("article", "version", "kind", "strength", "when", "then", "request", "area", "notice", "gloss")
    return {**{key: row[key] for key in keys}, "rule": rule, "sources": ids(provisions.cites(row))}

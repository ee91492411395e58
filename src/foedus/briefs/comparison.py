"""Pacts side by side as one self-contained page."""

from typing import Any

from foedus import snapshot
from foedus.briefs import html
from foedus.briefs.wording import WORDS, render
from foedus.conditions.wording import in_words

Row = dict[str, Any]


def page(answer: Row) -> str:
    """The comparison that `law.comparing.compare` gives, as a page in English: what each pact is, and a row a kind of provision."""
    facts = [
        {**row, "name": snapshot.record("pact", row["pact"])["names"]["en"]["name"], "members": render("states", row["members"], "en")}
        for row in answer["facts"]
    ]
    aspects = [
        {
            "kind": WORDS.get(aspect["kind"], aspect["kind"].replace("_", " ")),
            "cells": [[_cell(row) for row in aspect["cells"][name]] for name in answer["pacts"]],
        }
        for aspect in answer["aspects"]
    ]
    return str(html.environment().get_template("comparison.html").render(answer=answer, facts=facts, aspects=aspects))


def _cell(row: Row) -> Row:
    return {
        **row,
        "when": in_words(row["when"]) if row["when"] else None,
        "strength": WORDS.get(row["strength"], row["strength"]),
        "rule": WORDS.get(row["rule"], row["rule"]),
        "gloss": row["gloss"]["en"],
    }

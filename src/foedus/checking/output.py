"""The check as text and as a page: the piece with its marks, the library's word beside them."""

import textwrap
from pathlib import Path
from typing import Any

from foedus.briefs import html
from foedus.briefs.wording import WORDS, say

Row = dict[str, Any]
TEMPLATES = Path(__file__).parent / "templates"
WIDTH = 100
QUIET = ("not checkable",)


def text(answer: Row, everything: bool = False) -> str:
    """One paragraph a statement, its status first; what cannot be checked is left out unless `everything` is asked for."""
    lang = answer["answer_in"]
    parts = []
    counts = ", ".join(f"{say(WORDS[status], lang)}: {count}" for status, count in answer["counts"].items() if count)
    parts.append(f"{answer['title'] or say('A press piece, checked', lang)}\n{counts}\n")
    for item in answer["statements"]:
        if item["status"] in QUIET and not everything:
            continue
        quote = " ".join(item["quote"].split())
        parts.append(textwrap.fill(f"[{say(WORDS[item['status']], lang)}] {quote}", WIDTH))
        parts.append(textwrap.fill(f"→ {item['says']}", WIDTH, initial_indent="   ", subsequent_indent="     "))
        parts += [f"     {cite['reference']}" for cite in item["sources"]]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def page(answer: Row, piece: str) -> str:
    """The whole piece with marks and notes beside it, in one self-contained page."""
    rows = beside(answer, piece)
    lang = answer["answer_in"]
    template = html.environment().from_string((TEMPLATES / "check.html").read_text(encoding="utf-8"))
    words = {status: say(WORDS[status], lang) for status in answer["counts"]}
    return str(
        template.render(
            answer=answer,
            rows=rows,
            words=words,
            t=lambda message: say(message, lang),
            direction=html.direction(lang),
            piece_direction=html.direction(answer["language"]),
        )
    )


def beside(answer: Row, piece: str) -> list[Row]:
    """A row a sentence: `parts`, its text as runs with their status, and `notes`, what the library says of it."""
    rows: list[Row] = []
    for item in answer["statements"]:
        if rows and rows[-1]["span"] == item["span"]:
            rows[-1]["notes"].append(item)
        else:
            rows.append({"span": item["span"], "notes": [item]})
    for row in rows:
        row["parts"] = _parts(piece, row["span"], row["notes"])
        row["notes"] = [item for item in row["notes"] if item["status"] not in QUIET]
    return rows


def _parts(piece: str, span: list[int], notes: list[Row]) -> list[tuple[str, str]]:
    """The sentence as runs of text, those marked with the status of what is said of them."""
    marks = sorted({(item["marked"][0], item["marked"][1], item["status"]) for item in notes if item["marked"] != span and item["status"] not in QUIET})
    found, place = [], span[0]
    for start, end, status in marks:
        if start < place:
            continue
        found += [(piece[place:start], ""), (piece[start:end], status)]
        place = end
    found.append((piece[place : span[1]], "" if marks else next((item["status"] for item in notes if item["status"] not in (*QUIET, "unverified")), "")))
    return [part for part in found if part[0]]

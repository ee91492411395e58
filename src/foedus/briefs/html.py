"""The brief as one self-contained page: no outside reference, right-to-left where the language is."""

import base64
import functools
import re
from html import escape
from pathlib import Path
from typing import Any

from foedus import snapshot
from foedus.briefs import composing, force_pictures, pictures
from foedus.briefs.document import Brief
from foedus.briefs.text import standfirst
from foedus.briefs.wording import ISOLATED, render, say

TEMPLATES = Path(__file__).parent / "templates"
MAP_NOTE = (
    "The party concerned, the senders and the parties to the pact. Borders are those of the small Natural Earth map, which draws disputed lines as one side "
    "sees them; they are no statement of ours."
)
COURSE = "The course of the episode."
MATRIX_NOTE = "Accounts and facts: what each account makes true or false. ◆ marks a fact that the verdict on that account hinges on."
MARKS = {True: ("✓", "true"), False: ("✗", "false"), None: ("?", "unknown")}


def page(brief: Brief) -> str:
    """The whole page. The same brief gives the same bytes."""
    drawn = pictures.map_(brief.case, brief.lang)
    return str(
        environment()
        .get_template("brief.html")
        .render(
            brief=brief,
            lang=brief.lang,
            direction=direction(brief.lang),
            standfirst=standfirst(brief),
            isolated=ISOLATED | {"dated"},
            t=lambda words: say(words, brief.lang),
            map_note=say(MAP_NOTE, brief.lang),
            matrix_note=say(MATRIX_NOTE, brief.lang),
            font=font(),
            timeline=svg(pictures.timeline(brief.case, brief.lang), say(COURSE, brief.lang)),
            map=svg(drawn, say(MAP_NOTE, brief.lang)) if drawn else None,
            unmapped=render("states", pictures.unmapped(brief.case), brief.lang) if pictures.unmapped(brief.case) else "",
            figures=drawn_figures(brief),
            matrix=matrix(brief),
            notes=[note(cite, brief.lang) for cite in brief.notes],
        )
    )


def drawn_figures(brief: Brief) -> dict[str, dict[str, Any]]:
    """The pictures of the force, drawn, by the style of the block they stand under."""
    return {style: {**row, "svg": svg(row["spec"], row["caption"])} for style, row in force_pictures.figures(brief.case, brief.lang).items()}


def direction(lang: str) -> str:
    return "rtl" if lang == "ar" else "ltr"


def svg(spec: dict[str, Any], label: str) -> str:
    """An SVG to stand in a page: without an XML heading, and one thing with a name to a screen reader."""
    inside = re.sub(r' (?:role|aria-roledescription|aria-hidden|aria-label)="[^"]*"', "", pictures.svg(spec))
    return inside.replace("<svg ", f'<svg role="img" aria-label="{escape(label, quote=True)}" ', 1)


@functools.cache
def environment() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )


@functools.cache
def font() -> str:
    """The screen font, for the page to carry: the pictures name it."""
    return base64.b64encode((pictures.font_folder() / "IBMPlexSansArabic-Regular.ttf").read_bytes()).decode()


def matrix(brief: Brief) -> dict[str, Any]:
    """Facts by accounts, each cell with a mark and a word, so that no meaning rests on colour."""
    rows = composing.matrix(brief.case)
    hinges = composing.hinge_facts(brief.case)
    table = []
    for fact in composing.facts_asked(brief.case):
        cells = []
        for account, values in rows:
            mark, css = MARKS[values[fact]]
            cells.append({"mark": mark, "css": css, "word": say(css, brief.lang), "hinge": fact in hinges.get(account.id, set())})
        table.append({"statement": snapshot.record("fact", fact)["statement"][brief.lang], "cells": cells})
    return {"accounts": [account for account, _ in rows], "rows": table}


def note(cite: dict[str, str], lang: str) -> dict[str, str]:
    """A footnote's words, its address, the day it was read."""
    source = snapshot.record("source", cite["source"])
    parts = [source["author"], source["title"], source["publisher"], render("day", source["date"], lang) if source["date"] else None]
    return {"words": ", ".join(part for part in parts if part) + ":", "at": cite["at"], "url": source["url"], "read": render("day", source["read"], lang)}

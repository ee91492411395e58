"""A case: its brief with the proof of each sentence, and the findings, which change at once when the reader switches a contested fact."""

import functools
from typing import Any

from foedus import snapshot, verbs
from foedus.briefs import document, html, pictures
from foedus.briefs.document import Brief
from foedus.briefs.wording import say
from foedus.errors import InputError
from foedus.server.asking import Asked, written
from foedus.server.linking import Links
from foedus.server.rendering import page
from foedus.spells import Day, days_between

Row = dict[str, Any]


def case(links: Links, asked: Asked, name: str) -> str:
    """The case's page. With `part`, only the findings, or with the mark `brief` also what could be known by the day."""
    record = snapshot.record("case", name)
    known, on, assumed = asked.day("known"), asked.day("on"), asked.facts("assume")
    answer = verbs.case(name, known, assumed, on)
    values = {
        "case": record,
        "title": record["title"][links.lang],
        "known": known,
        "on": on or record["day"],
        "assumed": written(assumed),
        "answer": answer,
        "switches": switches(answer, verbs.case(name, known, None, on), assumed, links.lang),
        "findings": by_provision(answer),
        "span": span(record, known),
    }
    if asked.part:
        return page("case_findings.html", links, **values)
    brief = _brief(name, links.lang, known, on)
    return page("case.html", links, brief=brief, notes=[html.note(cite, links.lang) for cite in brief.notes], **values, **more(name, links.lang, known, brief))


def more(name: str, lang: str, known: Day | None, brief: Brief) -> Row:
    """What stands beside the brief: pictures with their tables, precedents and refusals."""
    drawn = _pictures(name, lang, known)
    try:
        alike = _precedents(name, known)[:10]
    except InputError:  # no force was sent or asked for: nothing can be like it
        alike = []
    return {**drawn, "precedents": alike, "map_note": html.MAP_NOTE, "unmapped": pictures.unmapped(brief.case)}


_precedents = functools.lru_cache(12)(verbs.precedents)
_brief = functools.lru_cache(12)(document.write)


@functools.lru_cache(12)
def _pictures(name: str, lang: str, known: Day | None) -> Row:
    """The pictures of a case as it could be known on a day. They take longer to draw than the page to write, so each is drawn once."""
    brief = _brief(name, lang, known, None)
    drawn = pictures.map_(brief.case, lang)
    course = html.svg(pictures.timeline(brief.case, lang), say(html.COURSE, lang))
    return {"timeline": course, "map": html.svg(drawn, say(html.MAP_NOTE, lang)) if drawn else None, "figures": html.drawn_figures(brief)}


def switches(answer: Row, told: Row, assumed: dict[str, bool | None], lang: str) -> list[Row]:
    """A row a fact that the duties ask about: its statement, what each account says of it, what the reader has set, and whether a finding hinges on it."""
    duties = [row for row in told["findings"] if row["hinges"] or row["condition"] != "met"]
    words = dict.fromkeys(fact for row in duties for fact in row["facts"] if fact in snapshot.ids("fact"))
    hinging = {fact for row in answer["findings"] for hinge in row["hinges"] for fact in hinge["facts"]}
    rows = [
        {
            "fact": fact,
            "statement": snapshot.record("fact", fact)["statement"][lang],
            "values": [account["facts"].get(fact) for account in answer["accounts"]],
            "contested": len({account["facts"].get(fact) for account in told["accounts"]}) > 1,
            "set": written({fact: assumed[fact]})[0].partition("=")[2] if fact in assumed else "told",
            "hinge": fact in hinging,
        }
        for fact in words
    ]
    return sorted(rows, key=lambda row: (not row["contested"], not row["hinge"]))


def by_provision(answer: Row) -> list[Row]:
    """The findings, a row a provision with a cell an account."""
    found: dict[tuple[str, str, str], Row] = {}
    for row in answer["findings"]:
        key = row["pact"], row["article"], row["provision"]
        first = found.setdefault(key, {**row, "cells": {}})
        first["cells"][row["account"]] = row
    return list(found.values())


def span(record: Row, known: Day | None) -> Row:
    """The slider of what was known: from the first day of the episode to its last record."""
    days = [row["on"] for row in record["events"]] + [row["said_on"] for row in record["claims"]]
    first, last = record["from"], max(max(days), record["day"])
    most = days_between(first, last)
    return {"first": first, "last": last, "most": most, "now": most if known is None else max(0, min(most, days_between(first, known)))}


def judged(name: str) -> list[tuple[str, str]]:
    """The pacts and articles on which a case has findings."""
    return list(dict.fromkeys((row["pact"], row["article"]) for row in verbs.case(name)["findings"]))


def why(links: Links, asked: Asked, name: str, pact: str, article: str) -> str:
    """The findings on one article, unfolded down to claims, speakers and places in sources."""
    known, on = asked.day("known"), asked.day("on")
    record = snapshot.record("case", name)
    accounts = {row["id"]: row["name"][links.lang] for row in record["accounts"]}
    trees = verbs.proof(name, pact, article, known, on)
    if not trees:
        raise InputError(f"no duty of article {article} of {pact} was judged in {name} on that day")
    return page("why.html", links, case=record, title=record["title"][links.lang], pact=pact, article=article, trees=trees, accounts=accounts, known=known)


def download(links: Links, asked: Asked, name: str, form: str) -> tuple[bytes, str]:
    """The brief as a file and its media type. Errors: InputError for a form that there is not."""
    from foedus.briefs import pdf, text

    forms = {"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8", "txt": "text/plain; charset=utf-8", "pdf": "application/pdf"}
    if form not in forms:
        raise InputError(f"a brief is not written as '{form}'. Known: {', '.join(forms)}")
    brief = document.write(name, links.lang, asked.day("known"), asked.day("on"))
    if form == "pdf":
        return pdf.pdf(brief), forms[form]
    return {"html": html.page, "md": text.markdown, "txt": text.text}[form](brief).encode(), forms[form]

"""The check: each sentence of a piece gets the library's word on what can be checked in it, and says so where it cannot be."""

from typing import Any

from foedus import snapshot
from foedus.briefs import paths, wording
from foedus.checking import rules, words
from foedus.checking.recognising import recognise
from foedus.press import read
from foedus.press.page import read_page
from foedus.press.piece import sentences
from foedus.sources import reference

Row = dict[str, Any]
STATUSES = ("supported", "refuted", "imprecise", "unverified", "not checkable")
SILENT = {
    "unverified": "The library holds nothing that would confirm or refute this.",
    "not checkable": "A judgement, a forecast or a description: nothing to check.",
}


def check(text: str, lang: str | None = None, published: str | None = None, answer_in: str | None = None) -> Row:
    """Every sentence of a press piece held against the library.

    lang, published: as for `foedus.press.read`. answer_in: the language of the explanations, that of the piece where not given.
    Keys: language, answer_in, title, published, case, counts, statements [{span, quote, status, rule, says, template, slots, sources}].
    `unverified` is said where the library is silent; nothing is guessed. Errors: those of `foedus.press.read`.
    """
    reading = read(text, lang, published)
    answer_in = answer_in or reading["language"]
    wording.catalogue(answer_in)
    case_id = recognise(reading)
    case = snapshot.record("case", case_id) if case_id else None
    day = reading["published"] or (case["day"] if case else None)
    found: list[Row] = []
    for sentence in _sentences(read_page(text).view, reading, case, day):
        found += _statements(sentence, text, answer_in)
    counts = {status: sum(item["status"] == status for item in found) for status in STATUSES}
    return {
        "language": reading["language"],
        "answer_in": answer_in,
        "title": reading["title"],
        "published": reading["published"],
        "case": case_id,
        "counts": counts,
        "statements": found,
    }


def _sentences(view: str, reading: Row, case: Row | None, day: str | None) -> list[rules.Sentence]:
    """The sentences of the piece itself, each with what was read in it and the pact it speaks of: one it names, or the last one named."""
    found = []
    last: str | None = None
    for start, end in sentences(view):
        stripped = view[start:end].strip()
        start = view.index(stripped, start)
        span = (start, start + len(stripped))
        held = {key: [item for item in reading[key] if span[0] <= item["span"][0] < span[1]] for key in KEYS}
        named = [item["pact"] for item in held["pacts"] if item["pact"] in snapshot.ids("pact")]
        of_case = case["pacts"][0] if case else None
        last = of_case if of_case in named else (named[0] if named else last)
        pact = snapshot.record("pact", last) if last else (snapshot.record("pact", of_case) if of_case else None)
        found.append(rules.Sentence(text=stripped, span=span, **held, pact=pact, case=case, day=day))
    return found


KEYS = ("states", "pacts", "articles", "quantities", "dates", "events")


def _statements(sentence: rules.Sentence, text: str, lang: str) -> list[Row]:
    verdicts: list[rules.Verdict] = []
    for rule in rules.RULES:
        verdicts += [verdict for verdict in rule(sentence) if verdict not in verdicts]
    if verdicts:
        return [_said(sentence, verdict, text, lang) for verdict in verdicts]
    checkable = (sentence.quantities or sentence.dates or sentence.articles or sentence.events) and not words.found(words.OPINION, sentence.text)
    status = "unverified" if checkable else "not checkable"
    return [_said(sentence, rules.Verdict(status, "no rule applies", SILENT[status]), text, lang)]


def _said(sentence: rules.Sentence, verdict: rules.Verdict, text: str, lang: str) -> Row:
    values = {name: (kind, paths.value(path)) for name, (kind, path) in verdict.slots.items()}
    cites = list({(cite["source"], cite["at"]): cite for _, path in verdict.slots.values() for cite in paths.cites(path)}.values())
    return {
        "span": list(sentence.span),
        "quote": text[slice(*sentence.span)],
        "marked": list(verdict.span) if verdict.span else list(sentence.span),
        "status": verdict.status,
        "rule": verdict.rule,
        "says": "".join(part for part, _ in wording.runs(verdict.template, values, lang)),
        "template": verdict.template,
        "slots": {name: {"kind": kind, "path": path} for name, (kind, path) in verdict.slots.items()},
        "sources": [{**cite, "reference": reference(cite)} for cite in cites],
    }

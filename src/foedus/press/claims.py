"""The claims of a piece: each attributed statement, and what the writer states on their own account."""

import re
from bisect import bisect_left
from typing import Any

from foedus.press.patterns import begins
from foedus.press.piece import Piece
from foedus.press.speakers import Attribution, Voices

NOT = {
    "en": re.compile(r"[nNcCwW](?:(?<=[nN])(?:'t|(?<!\w.)(?:ot|ever|o|one|othing|either|or))|(?<!\w.)(?:(?<=[cC])annot|(?<=[wW])ithout))\b"),
    "ru": re.compile(begins("[нН]е|[нН]ет|[нН]и|[нН]икогда|[нН]икто|[нН]ичего|[нН]ельзя|[нН]евозможно|[бБ]ез") + r"\b"),
    "ar": re.compile(r"\s[وف]?(?:لا|لم|لن|ليس|ليست|غير|دون|عدم|بلا|ما من|لست)(?=\s)"),
}
MAYBE = {
    "en": re.compile(
        begins(
            "[mM]ay|[mM]ight|[cC]ould|[wW]ould|[pP]erhaps|[pP]ossibl[ye]|[pP]robably|[lL]ikely|[uU]nlikely|[uU]ncertain|[uU]nclear|[rR]eportedly|[aA]llegedly"
            "|[aA]ppears?|[sS]eems?"
        )
        + r"\b"
    ),
    "ru": re.compile(
        begins(r"может|могут|возможно|вероятно|видимо|похоже|якобы|не исключено|мог\w*|скорее всего|неясно|неизвестно|пожалуй", any_case=True) + r"\b", re.I
    ),
    "ar": re.compile(r"\s[وف]?(?:قد|ربما|يمكن|لعل|يحتمل|محتمل|المحتمل|المرجح|مرجح|يبدو|يرجح|يتوقع|متوقع)(?=\s)"),
}
WRITER = re.compile(r"(?:كاتب[هة]? المقال|الكاتب[هة]?)\s|\bthe author\b|\bавтор\w* (?:статьи|материала)\b", re.I)


def claims(
    piece: Piece, voices: Voices, events: list[dict[str, Any]], quantities: list[dict[str, Any]], states: list[dict[str, Any]], pacts: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The claims of a piece in order: speaker, speaker_index (null for the writer), gloss, polarity, relayed_by, span, rule."""
    made = []
    spoken: list[tuple[int, int]] = []
    items: dict[str, Any] = {}
    for name, found in (("events", events), ("quantities", quantities), ("states", states), ("pacts", pacts)):
        items[name] = sorted(found, key=lambda item: item["span"][0])
        items[name + " at"] = [item["span"][0] for item in items[name]]
    for said in voices.attributions:
        start, end = _trim(piece.text, *said.content)
        if end - start < 3:
            start, end = piece.sentence(said.start)
        spoken.append(piece.sentence(said.start))
        label = voices.speakers[said.voice].label() if said.voice is not None else "writer"
        made.append(_claim(piece, label, said.voice, _polarity(piece, said, start, end), start, end, items, said.relayed_by, said.rule))
    last: Attribution | None = None
    by_sentence = {piece.sentence(said.start): said for said in voices.attributions}
    for sentence in piece.sentences:
        last = by_sentence.get(sentence, last)
        if sentence in by_sentence or not _checkable(piece, sentence, items):
            continue
        start, end = _trim(piece.text, *sentence)
        quoted = piece.text[start:end].startswith('"') and last is not None and last.voice is not None
        if quoted and last is not None and last.voice is not None:
            label, index, rule = voices.speakers[last.voice].label(), last.voice, "quotation goes on"
        else:
            label, index, rule = "writer", None, "the writer's own statement"
        made.append(_claim(piece, label, index, _plain_polarity(piece, start, end), start, end, items, None, rule))
    made.sort(key=lambda item: (item["span"], item["speaker"]))
    return made


def _claim(
    piece: Piece, label: str, index: int | None, polarity: str, start: int, end: int, items: dict[str, Any], relayed: str | None, rule: str
) -> dict[str, Any]:
    span = piece.span(start, end)
    return {"speaker": label, "speaker_index": index, "gloss": gloss(span, items), "polarity": polarity, "relayed_by": relayed, "span": span, "rule": rule}


def gloss(span: list[int], items: dict[str, Any]) -> str:
    """A few English words of our own on what a stretch of text is about, from what was read in it."""

    def inside(name: str) -> list[dict[str, Any]]:
        found, places = items[name], items[name + " at"]
        if not found:
            return []
        return [item for item in found[bisect_left(places, span[0]) : bisect_left(places, span[1])] if item["span"][1] <= span[1]]

    parts = []
    for event in inside("events")[:3]:
        who = event["actor"] or ""
        whom = f" {event['target']}" if event["target"] else ""
        pact = f" ({event['pact']})" if event["pact"] else ""
        parts.append(f"{who} {event['type']}{whom}{pact}".strip())
    for quantity in inside("quantities")[:3]:
        value = quantity["value"] if quantity["value"] is not None else f"{quantity['low']}-{quantity['high']}"
        what = quantity["of"] or quantity["unit"]
        parts.append(f"{'' if quantity['qualifier'] in ('exact', 'range') else quantity['qualifier'].replace('_', ' ') + ' '}{value} {what}")
    if not parts:
        about = sorted({item["pact"] for item in inside("pacts")}) + sorted({item["state"] for item in inside("states")})
        parts = ["about " + ", ".join(about[:5])] if about else ["a statement"]
    return "; ".join(parts)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n,;:-":
        start += 1
    while end > start and text[end - 1] in " \n,;:-":
        end -= 1
    return start, end


def _polarity(piece: Piece, said: Attribution, start: int, end: int) -> str:
    before = piece.text[max(0, said.start - 14) : said.start]
    if said.polarity == "deny":
        return "affirm" if _denies(piece.lang, before) else "deny"
    if said.polarity == "uncertain":
        return "uncertain"
    if _denies(piece.lang, before[-8:]):
        return "uncertain"
    content = piece.text[start : min(end, start + 160)]
    if _denies(piece.lang, content[:90]) and not _not_only(content):
        return "deny"
    return "uncertain" if _doubts(piece.lang, content[:90]) else "affirm"


def _denies(lang: str, text: str) -> bool:
    return NOT[lang].search(f" {text}") is not None


def _doubts(lang: str, text: str) -> bool:
    return MAYBE[lang].search(f" {text}") is not None


def _not_only(text: str) -> bool:
    low = text.lower()
    return "not only" in low or "не только" in low or "ليس فقط" in low


def _plain_polarity(piece: Piece, start: int, end: int) -> str:
    content = piece.text[start:end]
    if _doubts(piece.lang, content):
        return "uncertain"
    return "deny" if _denies(piece.lang, content) and not _not_only(content) else "affirm"


def _checkable(piece: Piece, sentence: tuple[int, int], items: dict[str, Any]) -> bool:
    """Whether a sentence states something that could be held against the library."""
    a, b = piece.span(*sentence)

    def holds(name: str) -> bool:
        places = items[name + " at"]
        k = bisect_left(places, a)
        return k < len(places) and bool(places[k] < b)

    return (holds("events") or holds("quantities")) and (holds("pacts") or holds("states"))

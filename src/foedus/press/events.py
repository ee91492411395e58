"""What happens in a piece: who asks, decides, sends, attacks, leaves, with whom, when, and whether it is said to be done, planned or denied."""

import re
from typing import Any

from foedus.press.gazetteer import Hit
from foedus.press.patterns import begins
from foedus.press.piece import Piece
from foedus.press.places import Ordered

MODALITY = {
    "request": "asked", "invocation": "decided", "consultation": "asked", "decision": "decided", "refusal": "denied", "deployment": "sent", "arrival": "sent",
    "withdrawal": "sent", "attack": "reported", "unrest": "reported", "legal_act": "decided",
}  # fmt: skip
PLANNED = {
    "en": re.compile(r"\b(?:will|would|plans? to|going to|could|may|might|should|is to|are to|ready to|prepared to|to)\s(?:\w+\s)?$", re.I),
    "ru": re.compile(r"\b(?:будет|будут|намерен\w*|планиру\w+|может|могут|готов\w*|должн\w+|чтобы)\s(?:\w+\s)?$", re.I),
    "ar": re.compile(r"(?:\s(?:سوف|قد|يعتزم|تعتزم|مستعد\w*|ان|ينوي|يمكن)|س)\s?$"),
}
NEGATED = {
    "en": re.compile(r"\b(?:not|never|no|n't|without|denied|denies|refused to|declined to|did not|has not|have not)\s(?:\w+\s)?$", re.I),
    "ru": re.compile(r"\b(?:не|нет|отказал\w* от|без|отриц\w+|опроверг\w*)\s(?:\w+\s)?$", re.I),
    "ar": re.compile(r"\s(?:لم|لن|لا|ما|نفي|نفت|ليس|ليست|عدم|دون|رفض)\s?$"),
}
TO = {
    "en": re.compile(r"\b(?:to|into|in|on|against|from|at)\s(?:the\s)?$"),
    "ru": re.compile(r"\b(?:в|во|на|к|из|против|с)\s$"),
    "ar": re.compile(r"(?:الي|في|علي|من|ضد)\s$"),
}
# Common words that tell of an event only with what they ask for or send, in the same clause.
NEEDS = {
    **dict.fromkeys(
        ("asked", "asks", "asking"),
        re.compile(
            r"[^.;:]{0,90}?\b(?:for\s(?:\w+\s){0,3}(?:help|assistance|aid|support|troops|soldiers|forces|peacekeepers|protection|backing|consultations|intervention)"
            r"|to\s(?:send|intervene|help|deploy|act|consult|step in|come))\b"
        ),
    ),
    **dict.fromkeys(
        ("sent", "sends", "send", "sending"),
        re.compile(
            r"[^.;:]{0,60}?\b(?:troops|soldiers|forces|peacekeepers|paratroopers|men|women|battalions?|brigades?|contingents?|servicemen|servicewomen|units?|marines|police|officers|aircraft|jets|fighters"
            r"|warships?|ships|tanks|missiles|drones|weapons|advisers|instructors|about \d|\d[\d,]{2,})\b"
        ),
    ),
}
STRUCK = {
    "en": re.compile(r"\b(?:was|were|been|being|is|are|be)\s(?:\w+ly\s)?$|\b(?:came|come|comes|coming)\sunder\s(?:\w+\s)?$"),
    "ru": re.compile(r"\bподверг\w+\s(?:\w+\s)?$|\b(?:был|была|были|было)\s$", re.I),
    "ar": re.compile(r"تعرض\w*\s(?:ل\w*\s)?ل?$"),
}
AGENT = {"en": re.compile(r"\bby\s(?:the\s)?$"), "ru": re.compile(r"\bсо стороны\s$"), "ar": re.compile(r"\bمن\s(?:قبل\s|جانب\s)?$")}
ANNOUNCED = {"en": re.compile(begins(r"announc\w+")), "ru": re.compile(begins(r"объяв\w+")), "ar": re.compile(r"اعلن\w*|يعلن|تعلن")}


def events(piece: Piece, states: list[dict[str, Any]], pacts: list[dict[str, Any]], dates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events of a piece: type, actor, target, pact, date, modality, span, rule. Only clauses that name a state or a pact give one."""
    made: list[dict[str, Any]] = []
    all_states, all_pacts = Ordered(states, lambda item: item["at"]), Ordered(pacts, lambda item: item["at"])
    all_dates = Ordered(dates, lambda item: item["span"][0])
    seen: set[tuple[Any, ...]] = set()
    start, end = -1, -1
    near_states: list[dict[str, Any]] = []
    near_pacts: list[dict[str, Any]] = []
    said_on, announced = None, False
    for hit in piece.events:
        place = hit.start
        if not start <= place < end:
            start, end = piece.sentence(place)
            near_states = all_states.between(start, end)
            near_pacts = all_pacts.between(start, end)
            a, b = piece.span(start, end)
            said_on = next((item["date"] for item in all_dates.between(a, b)), None)
            announced = bool(ANNOUNCED[piece.lang].search(piece.text, start, end))
        if near_states or near_pacts:
            kind = hit.value
            needs = NEEDS.get(piece.text[place : hit.end].lower()) if piece.lang == "en" else None
            if needs and not needs.match(piece.text, hit.end, end):
                continue
            actor, target = _struck(piece, near_states, hit) if kind == "attack" else (None, None)
            if target is None:
                actor, target = _parties(piece, near_states, place, hit.end)
            pact = min(near_pacts, key=lambda item: abs(item["at"] - place))["pact"] if near_pacts else None
            if actor is None and pact is None and target is None:
                continue
            how = _modality(piece, hit, start, announced)
            mark = (kind, actor, target, pact, said_on, how)
            if mark in seen:
                continue
            seen.add(mark)
            made.append({"type": kind, "actor": actor, "target": target, "pact": pact, "date": said_on, "modality": how,
                         "span": piece.span(place, hit.end), "rule": f"words of {kind}"})  # fmt: skip
    made.sort(key=lambda item: (item["span"], item["type"]))
    return made


def _modality(piece: Piece, hit: Hit, start: int, announced: bool) -> str:
    before = piece.text[max(start, hit.start - 26) : hit.start]
    if NEGATED[piece.lang].search(before):
        return "denied"
    if PLANNED[piece.lang].search(before) or "س" in hit.prefix:
        return "announced" if announced else "planned"
    return MODALITY[hit.value]


def _struck(piece: Piece, states: list[dict[str, Any]], hit: Hit) -> tuple[str | None, str | None]:
    """Who attacks and who is attacked where the verb is passive: `its territory had been attacked by Ukraine`."""
    if not STRUCK[piece.lang].search(piece.text, max(0, hit.start - 26), hit.start):
        return None, None
    before = [item for item in states if item["end"] <= hit.start]
    agent = next(
        (item["state"] for item in states if item["at"] >= hit.end and AGENT[piece.lang].search(piece.text, max(hit.end, item["at"] - 16), item["at"])), None
    )
    return agent, before[-1]["state"] if before else None


def _parties(piece: Piece, states: list[dict[str, Any]], start: int, end: int) -> tuple[str | None, str | None]:
    """Who acts and on whom: in English and Russian the state before the verb and the one after it; in Arabic by the preposition."""
    before = [item for item in states if item["end"] <= start]
    after = [item for item in states if item["at"] >= end]
    if piece.lang == "ar":
        target = next((item["state"] for item in after if TO["ar"].search(piece.text[max(0, item["at"] - 6) : item["at"]])), None)
        actor = next((item["state"] for item in after if item["state"] != target), None) or (before[-1]["state"] if before else None)
        return actor if actor != target else None, target
    actor = before[-1]["state"] if before else None
    target = next((item["state"] for item in after if item["state"] != actor), None)
    return actor, target

"""Which pacts a piece names, by name, organ or force, and by `the organisation`, `the treaty`, `the alliance` once one is named."""

import functools
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.press.gazetteer import Hit
from foedus.press.patterns import begins, each
from foedus.press.piece import Piece
from foedus.press.places import Ordered, Taken
from foedus.press.text import clean

CLOCK = re.compile(r"\d\s?(?:a\.?m\.?|p\.?m\.?|:\d\d)?\s?$", re.I)
GENERIC = {
    "en": re.compile(
        r"[TtIi](?:he|his|hat|ts)\s(?:military\s|security\s|defen[cs]e\s|regional\s|mutual\s|Western\s)?(?:organi[sz]ation|treaty|alliance|bloc|pact|charter|agreement|community|memorandum|declaration)\b(?!\s(?:of|between|with|that)\s)"
    ),
    "ru": re.compile(
        r"[ОоДдАаБбПпСсМм](?<!\w.)(?:рганизаци[яиюей]{1,2}|оговор(?:[аеу]|ом)?|льянс(?:[аеу]|ом)?|лок(?:[аеу]|ом)?|акт[аеу]?|оюз[аеу]?|ообществ[оае]|оглашени[еяю]|еморандум[аеу]?|еклараци[яию])\b"
    ),
    "ar": re.compile(
        r"[محتاك](?:(?<=ال.)|(?<=لل.))(?:(?<=م)(?:نظمه|عاهده|يثاق|جموعه|ذكره)|(?<=ح)لف|(?<=ت)(?:حالف|كتل)|(?<=ا)(?:تفاقيه|علان|تفاق)|(?<=ك)تله)(?=[\s,.;:)\"'?!]|$)"
    ),
}
MATTERS = "defen[cs]e|security|alliance|assistance|military|friendship"
OF_A_KIND = r"\s(?:and\s\w+\s)?(?:treaty|pact|agreement|alliance|arrangement)\b"
ON_A_MATTER = (
    r"\w*\s(?:[А-Я]\w+\s(?:с|и)\s[А-Я]\w+\s)?(?:о\s(?:взаимной\s)?(?:обороне|безопасности|помощи|стратегическ\w+|взаимн\w+|дружбе|союзе)|безопасности|между)"
)
DESCRIBED = {
    "en": re.compile(
        begins(
            rf"mutual\s(?:{MATTERS}){OF_A_KIND}|{each(MATTERS, OF_A_KIND)}"
            r"|treaty of alliance\b|mutual defen[cs]e\b|mutual security\b|strategic partnership\b|treaty\b|alliance\b",
            any_case=True,
        ),
        re.I,
    ),
    "ru": re.compile(
        begins(
            each("договор|соглашени|пакт|альянс|союз", ON_A_MATTER)
            + "|"
            + each("оборонн|союзническ|военн", r"\w+\s(?:договор|соглашени|пакт|союз)\w*")
            + r"|альянс\w*\b|договор\w*\b",
            any_case=True,
        ),
        re.I,
    ),
    "ar": re.compile(
        r"(?:معاهده|اتفاقيه|اتفاق|ميثاق|المعاهده|الاتفاقيه|الاتفاق|معاهدتهما|تحالف)\s?(?:ال)?(?:دفاع|امن|تعاون|تحالف|دفاعي|شراكه|صداقه|امنيه|دفاعيه|مشترك|ثناييه)?"
    ),
}
STRONG = {
    "en": re.compile(r"(?:mutual|defen[cs]e|security|strategic|friendship|assistance)", re.I),
    "ru": re.compile(r"(?:оборон|безопасност|взаимн|партнерств|союз|дружб)", re.I),
    "ar": re.compile(r"(?:دفاع|امن|شراكه|تحالف)"),
}


def pacts(piece: Piece) -> list[dict[str, Any]]:
    """The pacts of a piece in order: pact, name, how, span, rule; `at` and `end` are places in the folded text."""
    hits = piece.of("pact")
    certain = {hit.value for hit in hits if not hit.how.endswith("?")}
    states = {hit.value for hit in piece.of("state")}
    found = []
    for hit in hits:
        if hit.how.endswith("?") and not _borne_out(piece, hit, certain, states):
            continue
        rule = {"name": "name of a pact", "organ": "organ or force of a pact"}[hit.how.rstrip("?")]
        found.append(_item(piece, hit.value, hit.start, hit.end, hit.how.rstrip("?"), rule))
    found += _described(piece, found)
    found.sort(key=lambda item: (item["at"], item["end"]))
    return found


def _item(piece: Piece, pact: str, start: int, end: int, how: str, rule: str) -> dict[str, Any]:
    span = piece.span(start, end)
    return {"pact": pact, "name": clean(piece.folded.original[span[0] : span[1]]), "how": how, "span": span, "rule": rule, "at": start, "end": end}


def _borne_out(piece: Piece, hit: Hit, certain: set[str], states: set[str]) -> bool:
    """Whether an acronym or a common name stands for the pact: its full name or a party is named too, and it is no clock's zone.

    A pact that promises no defence, often named by a word such as `the trilateral statement`, needs two of its parties: one has many such texts.
    """
    if CLOCK.search(piece.text[max(0, hit.start - 9) : hit.start]):
        return False
    detail = piece.pacts.get(hit.value, {})
    parties = set(detail.get("parties", []))
    enough = min(2, len(parties)) if detail.get("kind") in (*NO_PROMISE, "guarantee") else 1
    return hit.value in certain or len(parties & states) >= enough > 0 or not parties and len(states) >= 1


def _described(piece: Piece, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A pact of two states told by its kind and its parties: `their mutual defence treaty`, between the two states of the sentence."""
    have = {item["pact"] for item in found}
    made: list[dict[str, Any]] = []
    spans = Taken((item["at"], item["end"]) for item in found)
    everywhere = {hit.value for hit in piece.of("state")}
    pairs = [(two, pact) for two, pact in _bilateral(piece.pacts, piece.published) if two <= everywhere]
    made += _of_organisation(piece, found, spans, have)
    made += _peacekeepers(piece, found, spans, have)
    if all(pact in have for _, pact in pairs):
        return made
    for match in DESCRIBED[piece.lang].finditer(piece.text):
        if STRONG[piece.lang].search(match[0]) and spans.free(*match.span()):
            start, end = piece.sentence(match.start())
            states = {hit.value for hit in piece.between(start, end, "state")}
            fits = [pact for two, pact in pairs if two <= states]
            if len(fits) == 1 and len(states) <= 3 and fits[0] not in have:
                have.add(fits[0])
                made.append(_item(piece, fits[0], *match.span(), "described", "kind of pact and its two parties"))
    for match in WITH[piece.lang].finditer(piece.text):
        beside = piece.between(match.end(), match.end() + 3, "state")
        if beside and spans.free(*match.span()):
            start, _ = piece.sentence(match.start())
            near = {hit.value for hit in piece.between(start, match.start(), "state")}
            open_to = [(two, pact) for two, pact in pairs if beside[0].value in two]
            open_to = [(two, pact) for two, pact in open_to if two & near - {beside[0].value}] or open_to
            if len(open_to) == 1 and open_to[0][1] not in have:
                have.add(open_to[0][1])
                made.append(_item(piece, open_to[0][1], match.start(), beside[0].end, "described", "treaty with a state, the other party named elsewhere"))
    return made


# The defence treaty of an organisation, told by its kind alone: its joint defence agreement.
OF_ORGANISATION = {"gcc": "gcc-joint-defence", "arab-league": "arab-joint-defence"}
JOINT_DEFENCE = {
    "en": re.compile(r"\b(?:[Jj]oint|[Mm]utual|[Cc]ommon)\s[Dd]efen[cs]e\s(?:[Aa]greement|[Tt]reaty|[Pp]act)\b"),
    "ru": re.compile(r"\b(?:[Сс]оглашени|[Дд]оговор|[Пп]акт)\w*\sо\s(?:совместной|коллективной|общей)\sобороне"),
    "ar": re.compile(r"(?:اتفاقيه|معاهده|اتفاق)\s(?:ال)?دفاع\s(?:ال)?(?:مشترك|عربي|خليجي)"),
}


def _of_organisation(piece: Piece, found: list[dict[str, Any]], spans: Taken, have: set[str]) -> list[dict[str, Any]]:
    named = {OF_ORGANISATION[item["pact"]] for item in found if item["pact"] in OF_ORGANISATION} - have
    if len(named) != 1:
        return []
    match = JOINT_DEFENCE[piece.lang].search(piece.text)
    if not match or not spans.free(*match.span()):
        return []
    [pact] = named
    have.add(pact)
    return [_item(piece, pact, *match.span(), "described", "defence treaty of the organisation named")]


PEACEKEEPERS = {
    "en": re.compile(r"\bpeace-?keep(?:er|ing)s?\b", re.I),
    "ru": re.compile(r"\bмиротвор\w+", re.I),
    "ar": re.compile(r"(?:حفظ|حفظه|لحفظ)\s(?:ال)?سلام"),
}


def _peacekeepers(piece: Piece, found: list[dict[str, Any]], spans: Taken, have: set[str]) -> list[dict[str, Any]]:
    """The agreement that sent a state's peacekeepers to a place, where the sentence names them and the place and no pact: they are no alliance's."""
    made: list[dict[str, Any]] = []
    for hit in piece.of("place"):
        pact, sender = hit.value
        start, end = piece.sentence(hit.start)
        match = PEACEKEEPERS[piece.lang].search(piece.text, start, end)
        if match is None or pact in have or not spans.free(*match.span()) or any(start <= item["at"] < end for item in found):
            continue
        if any(state.value == sender for state in piece.between(start, end, "state")):
            have.add(pact)
            made.append(_item(piece, pact, *match.span(), "described", "peacekeepers of a state at a place"))
    return made


WITH = {
    "en": re.compile(begins("treaty|pact|alliance|defen[cs]e agreement|security agreement") + r"\s(?:on \w+(?: and \w+)? )?with\s(?:the\s)?"),
    "ru": re.compile(begins("договор|пакт|альянс|союз") + r"(?:[аеу]|ом|ах|ы)?\sс[о]?\s"),
    "ar": re.compile(r"(?:معاهده|المعاهده|ميثاق|اتفاقيه الدفاع|المعاهده الدفاعيه|تحالف)\s(?:مع)\s"),
}


PAIRS: dict[str, list[str]] = {
    "us-japan": ["JPN", "USA"],
    "us-korea": ["KOR", "USA"],
    "us-philippines": ["PHL", "USA"],
    "russia-dprk-2024": ["PRK", "RUS"],
    "china-dprk": ["CHN", "PRK"],
    "turkey-azerbaijan": ["AZE", "TUR"],
    "saudi-pakistan": ["PAK", "SAU"],
    "france-greece": ["FRA", "GRC"],
    "russia-armenia": ["ARM", "RUS"],
    "us-taiwan": ["TWN", "USA"],
}


NO_PROMISE = ("settlement", "mandate", "basing")  # kinds of pact that a `defence treaty` never means


_last: list[Any] = [None, {}]  # the pacts last asked about, which are those of the one gazetteer, and their pairs by the year of the piece


def _bilateral(pacts: dict[str, Any], published: date | None) -> list[tuple[frozenset[str], str]]:
    """The pairs as they were when the piece came out: a pact that had ended long before, or was yet to come, is told by its name if at all."""
    if _last[0] is not pacts:
        _last[:] = [pacts, {}]
    by_year: dict[int | None, list[tuple[frozenset[str], str]]] = _last[1]
    year = published.year if published else None
    if year not in by_year:
        two = {pact: detail for pact, detail in pacts.items() if len(detail["parties"]) == 2 and detail.get("kind") not in NO_PROMISE}
        known = tuple((pact, *detail["parties"]) for pact, detail in two.items() if year is None or _of_the_time(detail, year))
        by_year[year] = _pairs(known, tuple(pacts))
    return by_year[year]


LATE = 2  # years after a pact's end in which a piece may still speak of it as `the treaty`


def _of_the_time(detail: dict[str, Any], year: int) -> bool:
    return int(detail.get("signed") or 0) <= year <= int(detail.get("ended") or 9999) + LATE


@functools.cache
def _pairs(known: tuple[tuple[str, str, str], ...], every: tuple[str, ...]) -> list[tuple[frozenset[str], str]]:
    """Each two states that one pact alone binds, and the pact; PAIRS fills in for pacts whose parties the library does not hold yet."""
    made: dict[frozenset[str], set[str]] = {}
    for pact, first, second in known:
        made.setdefault(frozenset((first, second)), set()).add(pact)
    for pact, two in PAIRS.items():
        if pact in every:
            made.setdefault(frozenset(two), set()).add(pact)
    return [(two, next(iter(pacts))) for two, pacts in made.items() if len(pacts) == 1]


def _general_words(piece: Piece) -> Iterator[tuple[int, int]]:
    """The places of words such as `the treaty`; Arabic ones with their article and the letters joined on before it."""
    text = piece.text
    for match in GENERIC[piece.lang].finditer(text):
        start, end = match.span()
        if piece.lang == "ar":
            start -= 2
            for _ in range(2):
                if start and text[start - 1] in "وفبكل":
                    start -= 1
            if start and not (text[start - 1].isspace() or text[start - 1] in '("'):
                continue
        yield start, end


def coreferences(piece: Piece, named: list[dict[str, Any]], taken: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Later mentions by a general word, each the pact last named before it. A general word before any name is none."""
    made: list[dict[str, Any]] = []
    if not named:
        return made
    spans = Taken([(item["at"], item["end"]) for item in named] + taken)
    before: Ordered[dict[str, Any]] | None = None
    for start, end in _general_words(piece):
        if not spans.free(start, end):
            continue
        if before is None:
            before = Ordered(antecedents(piece, named), lambda item: item["at"])
        last = [item for item in before.before(start, 12) if item["how"] != "organ"]
        if last and (piece.lang != "ru" or len(piece.text[start:end]) > 4):
            made.append(_item(piece, last[-1]["pact"], start, end, "reference", "general word for the pact last named"))
    return made


COMPARED = {
    "en": re.compile(
        begins(r"like|unlike|similar to|as with|compared (?:to|with)|heirs? (?:to|of)|successors? (?:to|of)|modell?ed on|akin to|than", any_case=True)
        + r"\s(?:[\w-]+\s){0,3}$",
        re.I,
    ),
    "ar": re.compile(r"(?:مثل|علي غرار|خلافا ل|علي عكس|اسوه ب|شبيه\w* ب|وريث\w*|خليفه|مقارنه ب)\s?(?:\w+\s){0,5}-?$"),
    "ru": re.compile(
        begins(r"как и|подобно|в отличие от|наподобие|вроде|по аналогии с|по образцу|наследни\w+|преемни\w+|по сравнению с", any_case=True)
        + r"\s(?:[\w-]+\s){0,3}$",
        re.I,
    ),
}
REACH = 60


def antecedents(piece: Piece, named: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pacts that a later general word can mean: not one that another is only likened to (`like NATO`, `heir of the Warsaw Pact`), if any is left."""
    pattern, known = COMPARED[piece.lang], piece.compared
    for item in named:
        place = item["at"]
        if place not in known:
            known[place] = pattern.search(piece.text, max(0, place - REACH), place) is not None
    return [item for item in named if not known[item["at"]]] or named

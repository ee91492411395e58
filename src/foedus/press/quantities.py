"""Numbers with what they count: so many soldiers, kilometres, hours, per cent, dollars, each with its hedge."""

import re
from bisect import bisect_left
from typing import Any

from foedus.press.gazetteer import Hit
from foedus.press.numbers import Number, numbers, tidy
from foedus.press.piece import Piece

SPACE = re.compile(r"[\s\-\"']*")
WORD = re.compile(r"[\w'-]+")
BREAKS = re.compile(r"[.,;:!?()\n]")
STOP_WORDS = {
    "en": frozenset(
        "in on at by to from with for as is was were has had have that who which after before since until than and or but when while if would"
        " will could can may might be been being are not into over under about during between against through also said says the a an this it he she they".split()
    ),
    "ru": frozenset(
        "в на с по к у от до за о об и а но что как для при без под через после перед между был были была было во со ко не который которые когда если"
        " это или над же он она они ее его их".split()
    ),
    "ar": frozenset("في علي الي عن مع ان بعد قبل خلال التي الذي قال كان كانت او ثم لكن بين منذ حتي وان انه انها هو هي قد لم لا".split()),
}
OF_GROUP = {
    "en": re.compile(r"^\sof\s(?:its|the|their|his|her|our|these|those|them)?\s?"),
    "ru": re.compile(r"^\sиз\s(?:них\s)?"),
    "ar": re.compile(r"^\sمن\s"),
}
NUMBER_OF_DEGREES = re.compile(r"\s?(?:°|degrees|градус\w*|درج|\s?C\b|до минус|to minus)")
OF_FROST = re.compile(r"\s(?:below|تحت|مييه تحت|мороза|ниже нуля)|\s\w+\s(?:below zero|تحت الصفر|ниже нуля)")
CLAUSE_OR_NUMBER = re.compile(r"[.;\n,]|\d")
CLAUSE_ENDS = re.compile(r"[.,;\n]")
MAX_WORDS = {"en": 4, "ru": 4, "ar": 2}
SIGN_ENDS = ("$", "€", "£", "¥", "₽", "D", "R")
SIGN_BEFORE = re.compile(r"(US\$|A\$|C\$|HK\$|\$|€|£|¥|₽|USD |EUR )\s?$")
SIGN_AFTER = re.compile(r"^\s?(%|€|\$|£|₽|°|per cent|percent)")
SIGNS = {"US$": "usd", "$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₽": "rub", "%": "percent", "A$": "aud", "C$": "cad", "HK$": "hkd", "USD": "usd",
         "EUR": "eur", "°": "degree", "per cent": "percent", "percent": "percent"}  # fmt: skip
HEDGE_AFTER = {
    "en": re.compile(r"^[^.;\n,]{0,25}?\b(?:(or more|and counting)|(or so)|(at least)|(at most|or fewer|or less))\b"),
    "ru": re.compile(r"^[^.;\n,]{0,20}?\b(?:(и более|и больше|с лишним)|(или около того)|(как минимум)|(максимум|или меньше))\b"),
    "ar": re.compile(r"^[^.;\n،,]{0,28}?(?:(او اكثر|فاكثر|فما فوق|ونيف)|(تقريبا)|(علي الاقل)|(علي الاكثر|كحد اقصي|بحد اقصي|او اقل))"),
}
DEFINITE_TWO = {
    "en": re.compile(r"\b(?:the|both|these|those|our|their|its|his)\s(?:other\s|last\s|first\s)?$", re.I),
    "ru": re.compile(r"\b(?:эти|этих|этими|обе|оба)\s$", re.I),
}
AGE = {"en": re.compile(r"^-years?-old|^ years? old"), "ru": re.compile(r"^-?летн"), "ar": re.compile(r"^$(?!)")}
SHARE_OF = {
    "GDP": r"GDP|gross domestic product|ВВП|валового внутреннего продукта|الناتج المحلي|الناتج القومي|إجمالي الناتج|اجمالي الناتج",
    "budget": r"budget|бюджет\w*|ميزاني\w*|موازن\w*",
    "exports": r"exports|экспорт\w*|صادرات\w*",
    "imports": r"imports|импорт\w*|واردات\w*",
    "trade": r"trade|торговл\w*|товарооборот\w*|تجار\w*|تبادل",
    "vote": r"(?:the )?votes?|голос\w+|اصوات",
    "turnout": r"turnout|явк\w+|مشارك\w+|اقبال",
    "population": r"population|населени\w+|سكان",
    "sales": r"sales|продаж\w*|مبيعات",
    "production": r"production|output|производств\w*|добыч\w*|انتاج",
    "territory": r"territory|территори\w+|اراضي|مساحه",
}
SHARES = [(name, re.compile(rf"\b(?:ال|لل|وال|بال)?(?:{pattern})")) for name, pattern in SHARE_OF.items()]


def quantities(piece: Piece, taken: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """The quantities of a piece: value, low, high, unit, of, qualifier, span, rule. What dates and articles take is left to them."""
    found = []
    counted = piece.of("unit")
    ordered = sorted(hit.start for hit in counted)
    starts = set(ordered)
    last: tuple[Number, dict[str, Any]] | None = None
    for number in numbers(piece, taken):
        _sign(piece, number)
        made = (
            _fallen(piece, number)
            or _money(piece, number)
            or _glued(piece, number)
            or _counted(piece, number, starts, ordered)
            or _before(piece, number)
            or _elliptical(piece, number, last)
        )
        if made:
            found.append(made)
            last = (number, made)
    found += _duals(piece, taken, found)
    return sorted(found, key=lambda item: item["span"])


def _item(piece: Piece, number: Number, unit: str, of: str | None, start: int, end: int, rule: str) -> dict[str, Any] | None:
    if number.vague or number.value is None and number.low is None:
        return None
    qualifier, begin = _hedge(piece, number, end)
    if number.low is not None:
        qualifier = "range"
    value, low, high = number.value, number.low, number.high
    if unit == "decade" and value is not None:
        unit, value = "year", value * 10
    return {
        "value": tidy(value), "low": tidy(low), "high": tidy(high), "unit": unit, "of": of, "qualifier": qualifier,
        "span": piece.span(min(start, begin), end), "rule": rule,
    }  # fmt: skip


def _money(piece: Piece, number: Number) -> dict[str, Any] | None:
    text = piece.text
    before = text[max(0, number.start - 5) : number.start]
    sign = SIGN_BEFORE.search(before) if before.rstrip()[-1:] in SIGN_ENDS else None
    if sign:
        return _item(piece, number, SIGNS[sign[1].strip()], None, number.start - len(sign[0]), number.end, "money sign")
    after = SIGN_AFTER.match(text[number.end : number.end + 10])
    if after:
        end = number.end + after.end()
        unit = SIGNS[after[1]]
        return _item(piece, number, unit, _share(piece, number.start, end) if unit == "percent" else None, number.start, end, "sign after")
    return None


MINUS_ENDS = ("-", "minus", "минус", "ناقص", "سالب")
MINUS = re.compile(r"(?:(?:^|[\s(])[-]|\bminus\s|\bминус\s|(?:^|\s)(?:ناقص|سالب)\s)$")
GLUED_UNITS = {"km": "km", "kg": "kg", "mm": "millimetre", "cm": "centimetre", "m": "metre", "km2": "km2", "kph": "km/h", "mph": "mph", "MW": "megawatt", "GW": "gigawatt",
               "км": "km", "кг": "kg", "м": "metre", "ч": "hour"}  # fmt: skip
GLUED = re.compile(r"(km2|km/h|kph|mph|km|kg|mm|cm|MW|GW|m|км|кг|м)\b")


def _sign(piece: Piece, number: Number) -> None:
    """Read `minus` before a temperature."""
    before = piece.text[max(0, number.start - 7) : number.start]
    if before.rstrip().lower().endswith(MINUS_ENDS) and MINUS.search(before) and NUMBER_OF_DEGREES.match(piece.text[number.end : number.end + 10]):
        number.value = -number.value if number.value is not None else None


def _glued(piece: Piece, number: Number) -> dict[str, Any] | None:
    """A unit written onto its number: 1.94m, 120km."""
    after = GLUED.match(piece.text, number.end)
    return (
        _item(piece, number, GLUED_UNITS.get(after[1], "km/h"), None, number.start, number.end + after.end() - number.end, "unit on its number")
        if after
        else None
    )


OF_THEM = {
    "en": re.compile(r"^\s?(?:[.,;)\n]|$|of (?:them|which|whom)\b|were\b|are\b|have\b|had\b|in favou?r|against)"),
    "ru": re.compile(r"^\s?(?:[.,;)\n]|$|из (?:них|которых)|были\b|погиб|ранен|в \d{4})"),
    "ar": re.compile(r"^\s?(?:[.,;)\n]|$|منهم|منها|عبروا|قتلوا|اصيبوا|كانوا|اخر)"),
}
OUT_OF = {"en": re.compile(r"\b(?:out of|of which|of whom|of them|to|another|a further|as many as|reach|some|about|others of as many as|that|speaks of)\s(?:\$|some\s|about\s)?$"),
          "ru": re.compile(r"(?:\b(?:из|из них|из которых|еще|о|около|примерно|свыше|более|до|на|против|объявляли|не более|больше|чуть больше|почти)\s|- )$"), "ar": re.compile(r"(?:اصل|منهم|منها|نحو|عن|الي|مقابل|من)\s$")}  # fmt: skip
ELLIPTICAL = frozenset("person vehicle tank aircraft ship vote seat state tonne km usd drone missile rub omr percent".split())


def _elliptical(piece: Piece, number: Number, last: tuple[Number, dict[str, Any]] | None) -> dict[str, Any] | None:
    """A number that counts what the number before it counted: `500 wounded ... 300 of them`, `191 votes to 109`."""
    if last is None or number.value is None and number.low is None or number.words and (number.value or 0) < 100:
        return None
    before, item = last
    text = piece.text
    if item["unit"] not in ELLIPTICAL or number.start - before.end > 130 or "\n\n" in text[before.end : number.start]:
        return None
    if not OF_THEM[piece.lang].match(text[number.end : number.end + 16]) or not OUT_OF[piece.lang].search(text[max(0, number.start - 20) : number.start]):
        return None
    size, other = number.value or number.high or 0, before.value or before.high or 0
    if not other or not 0.004 <= size / other <= 250 or 1900 <= size <= 2100 and size == int(size) and item["unit"] != "person":
        return None
    return _item(piece, number, item["unit"], item["of"], number.start, number.end, "counts what the number before counted")


def _share(piece: Piece, start: int, end: int) -> str | None:
    """What a percentage is a share of: the nearest such noun of the clause, after it before before it."""
    text = piece.text
    after = CLAUSE_OR_NUMBER.split(text[end : end + 60])[0]
    before = CLAUSE_OR_NUMBER.split(text[max(0, start - 60) : start])[-1]
    best: tuple[int, str] | None = None
    for part, weight in ((after, 0), (before, 100)):
        for name, pattern in SHARES:
            match = pattern.search(part)
            if match:
                distance = weight + (match.start() if weight == 0 else len(part) - match.end())
                if best is None or distance < best[0]:
                    best = distance, name
    return best[1] if best else None


def _counted(piece: Piece, number: Number, starts: set[int], ordered: list[int]) -> dict[str, Any] | None:
    """The number and the counted noun after it, with a few words of description between."""
    text, lang = piece.text, piece.lang
    if AGE[lang].match(text[number.end : number.end + 12]):
        return None
    k = bisect_left(ordered, number.end)
    if k == len(ordered) or ordered[k] > number.end + 70:
        return None
    group = OF_GROUP[lang].match(text[number.end : number.end + 24])
    place, words, adjacent = number.end, 0, True
    limit = min(len(text), number.end + 70)
    while place < limit and words <= MAX_WORDS[lang]:
        match = SPACE.match(text, place)
        place = match.end() if match else place
        gap = text[number.end : place]
        if BREAKS.search(gap) or place >= limit:
            return None
        if place in starts:
            hit = next(hit for hit in piece.between(place, place + 1, "unit"))
            if lang == "en" or hit.how == "adjectival":
                hit = _head(piece, hit)
            return _with(piece, number, hit, adjacent)
        word = WORD.match(text, place)
        if not word:
            return None
        low = word[0].lower()
        inside_group = group and place < number.end + len(group[0])
        if not inside_group and (low in STOP_WORDS[lang] or low[0].isdigit()):
            return None
        if any(hit.kind in ("number", "say", "month") and hit.start == place and hit.how != "ordinal" for hit in piece.between(place, place + 1)):
            return None
        step = next((hit.end for hit in piece.between(place, place + 1) if hit.kind in ("state", "pact", "body") and hit.end > word.end()), word.end())
        place = step
        adjacent = adjacent and bool(inside_group)
        words += 1
    return None


def _head(piece: Piece, hit: Hit) -> Hit:
    """In English the last of several nouns in a row is what is counted: three tank battalions."""
    while True:
        following = [other for other in piece.between(hit.end + 1, hit.end + 2, "unit") if piece.text[hit.end] == " "]
        if not following or following[0].value[0] in ("day", "year", "hour", "month", "week"):
            return hit
        hit = following[0]


def _with(piece: Piece, number: Number, hit: Hit, adjacent: bool) -> dict[str, Any] | None:
    unit, of = hit.value
    text = piece.text
    if number.value == 1 and number.words and (not adjacent or unit not in MEASURES):
        return None
    if number.value == 2 and number.words and (number.definite or unit == "state" or _definite(piece, number)):
        return None
    if unit == "person" and of == "members" and _of_states(piece, number):
        unit = "state"
    if unit == "person" and of == "fighters" and AIRBORNE.search(text[max(0, number.start - 90) : hit.end + 50]):
        unit = "aircraft"
    if unit in ("sar", "usd", "gbp", "dinar") and of is None:
        unit = _currency(piece, unit)
    if unit == "degree" and OF_FROST.match(text[hit.end : hit.end + 24]):
        number.value = -number.value if number.value is not None else None
    if unit in ("year", "day", "month", "week", "hour", "minute") and AGO_AFTER[piece.lang].match(text[hit.end : hit.end + 10]):
        return None
    if unit == "person" and of in ("people", "citizens", "civilians", "residents", "men"):
        fate, end = _fate(piece, number, hit)
        of = of if fate == "people" else fate
        if of in ("people", "men") and (number.value or number.high or 0) >= 50:
            before = text[max(0, number.start - 70) : number.start]
            of = next((kind for kind, pattern in GATHERED if pattern.search(CLAUSE_ENDS.split(before)[-1])), of)
        hit = hit._replace(end=end)
    if unit == "percent":
        of = _share(piece, number.start, hit.end)
    if hit.how == "dual":
        return None
    return _item(piece, number, unit, of, number.start, hit.end, "number and noun")


MEASURES = frozenset("year month week day hour minute decade km km2 mile percent tonne kg barrel usd eur gbp rub".split())
AIRBORNE = re.compile(r"\b(?:aircraft|jets?|Rafale|Typhoon|Eurofighter|squadron|F-\d\d|Gripen|air force|carrier|Mirage)\b")
AGO_AFTER = {"en": re.compile(r"^\sago\b"), "ru": re.compile(r"^\sназад\b|^\sспустя\b"), "ar": re.compile(r"^(?!)")}
COUNCIL = {"en": re.compile(r"\b(?:Council|countries|states|alliance|bloc|organi[sz]ation|NATO|union)\b"), "ru": re.compile(r"(?:[Сс]овет\w*|стран\w*|государств\w*|альянс\w*|организаци\w+|НАТО|союз\w*)"),
           "ar": re.compile(r"(?:مجلس|دول|الحلف|المنظمه|جامعه|الاتحاد|الانفاق|القرار)")}  # fmt: skip
MONEY = {"sar": {"OMN": "omr", "SAU": "sar", "QAT": "qar", "YEM": "yer", "IRN": "irr"}, "usd": {}, "gbp": {"EGY": "egp", "SYR": "syp", "SDN": "sdg", "GBR": "gbp"},
         "dinar": {"KWT": "kwd", "JOR": "jod", "IRQ": "iqd", "TUN": "tnd", "DZA": "dzd", "LBY": "lyd", "BHR": "bhd", "SRB": "rsd"}}  # fmt: skip


def _of_states(piece: Piece, number: Number) -> bool:
    """Whether members are member states: a council, a bloc or a pact is what they are members of."""
    start, end = piece.sentence(number.start)
    near = piece.text[max(0, start - 160) : end]
    return bool(piece.between(max(0, start - 160), end, "pact")) or bool(COUNCIL[piece.lang].search(near))


def _currency(piece: Piece, unit: str) -> str:
    """The money of the state the piece is about, where several states' money bears one name."""
    counts: dict[str, int] = {}
    for hit in piece.of("state"):
        if hit.value in MONEY[unit]:
            counts[hit.value] = counts.get(hit.value, 0) + 1
    return MONEY[unit][max(sorted(counts), key=lambda code: counts[code])] if counts else unit


def _definite(piece: Piece, number: Number) -> bool:
    before = piece.text[max(0, number.start - 14) : number.start]
    return piece.lang in DEFINITE_TWO and bool(DEFINITE_TWO[piece.lang].search(before))


GATHERED = [  # what people are, by the noun just before their number
    ("displaced", re.compile(r"\bdisplaced\b|перемещенн|переселен|نازح", re.I)),
    ("refugees", re.compile(r"\brefugees?\b|беженц|لاجي", re.I)),
    ("troops", re.compile(r"\b(?:force|army|troops|contingent|garrison|brigade)\b|(?:арми|войск|контингент|гарнизон|группировк)\w*|(?:قوه|جيش|قوات|قواتها|كتيبه|لواء)(?=\s)", re.I)),
]  # fmt: skip
FATE = {
    "en": [("dead", re.compile(r"^(?: have| had| has)?(?: been| were| was| are)? ?(?:reported |confirmed |reportedly )?(?:dead|killed|died)\b")),
           ("wounded", re.compile(r"^(?: have| had)?(?: been| were| was| are)? ?(?:reportedly )?(?:wounded|injured|hurt)\b")),
           ("detained", re.compile(r"^(?: have| had)?(?: been| were| was| are)? ?(?:detained|arrested)\b"))],
    "ru": [("dead", re.compile(r"^ (?:погиб|убит|умер)\w*\b")), ("wounded", re.compile(r"^ (?:ранен|пострада|получил\w* ранени)\w*\b")),
           ("detained", re.compile(r"^ (?:задержа|арестова)\w*\b"))],
    "ar": [],
}  # fmt: skip
FATE_BEFORE = {
    "en": [("dead", re.compile(r"\b(?:kill(?:ed|ing)|deaths? of|left|claimed)\s(?:at least |more than |about |some |up to |over |around )?$", re.I))],
    "ru": [("dead", re.compile(r"\b(?:погиб\w*|убит\w*|гибел\w*|жизн\w*)\s(?:как минимум |не менее |более |около |свыше |по меньшей мере )?$", re.I)),
           ("wounded", re.compile(r"\b(?:ранен\w*|пострада\w*|ранени\w* получил\w*)\s(?:ещ[её] )?(?:как минимум |не менее |более |около |свыше )?$", re.I)),
           ("detained", re.compile(r"\b(?:задержа\w*|арестова\w*)\s(?:как минимум |не менее |более |около |свыше )?$", re.I))],
    "ar": [("dead", re.compile(r"(?:مقتل|قتل|استشهاد|وفاه|مصرع|قتلت)\s(?:نحو |اكثر من |ما لا يقل عن |حوالي )?$", re.I)),
           ("wounded", re.compile(r"(?:اصابه|واصيب|اصيب|جرح)\s(?:نحو |اكثر من |ما لا يقل عن |حوالي )?$", re.I)),
           ("detained", re.compile(r"(?:اعتقال|توقيف|احتجاز|اعتقلت|اوقفت)\s(?:نحو |اكثر من |ما لا يقل عن |حوالي )?$", re.I))],
}  # fmt: skip


def _fate(piece: Piece, number: Number, hit: Hit) -> tuple[str, int]:
    """Whether `people` are said to be dead, wounded or detained in the same breath."""
    text, lang = piece.text, piece.lang
    for of, pattern in FATE[lang]:
        match = pattern.match(text[hit.end : hit.end + 40])
        if match:
            return of, hit.end + match.end()
    for of, pattern in FATE_BEFORE[lang]:
        if pattern.search(text[max(0, number.start - 45) : number.start]):
            return of, hit.end
    return "people", hit.end


BARE_FATE = {
    "en": re.compile(r"^ (?:people |others |more )?(?:were |was |have been |had been |are )?(?:\w+ly )?(?P<dead>killed|dead|died)|^ (?:were |was |have been |had been |are )?(?:\w+ly )?(?:(?P<wounded>wounded|injured)|(?P<detained>arrested|detained))\b"),
    "ru": re.compile(r"^ (?:были |был |было )?(?:тяжело |легко |серьезно )?(?:(?P<dead>погиб(?:ли|ло|ла)?|убит[ыо]?)|(?P<wounded>ранен[ыо]?)|(?P<detained>задержан[ыо]?|арестован[ыо]?))\b"),
    "ar": re.compile(r"^ (?:اخرين |اخرون )?(?:(?P<dead>قتلوا|لقوا)|(?P<wounded>اصيبوا|جرحوا)|(?P<detained>اعتقلوا|اوقفوا))(?=\s|[,.])"),
}  # fmt: skip


ENDS_THERE = re.compile(r"\s?(?:[.,;)\n]|$|and\b|и\b|و)")


def _fallen(piece: Piece, number: Number) -> dict[str, Any] | None:
    """A number that counts people only by what befell them: `500 were wounded`, `двое ранены`, `killed 17.`"""
    text, lang = piece.text, piece.lang
    if number.vague or (number.value or 0) > 10_000_000:
        return None
    match = BARE_FATE[lang].match(text[number.end : number.end + 40])
    if match and match.lastgroup:
        return _item(piece, number, "person", match.lastgroup, number.start, number.end + match.end(), "number and what befell them")
    if ENDS_THERE.match(text[number.end : number.end + 4]):
        before = text[max(0, number.start - 45) : number.start]
        for of, pattern in FATE_BEFORE[lang]:
            if pattern.search(before):
                return _item(piece, number, "person", of, number.start, number.end, "number and what befell them")
    return None


def _before(piece: Piece, number: Number) -> dict[str, Any] | None:
    """The counted noun before its number: Arabic الدول الثلاث; Russian человек десять is left alone."""
    if piece.lang != "ar" or not number.definite or number.value is None or number.value == 2:
        return None
    for hit in piece.between(max(0, number.start - 40), number.start, "unit"):
        if piece.text[hit.end : number.start].strip() in ("", "ال", "وال") and "ال" in hit.prefix + "":
            return _item(piece, number, hit.value[0], hit.value[1], hit.start, number.end, "noun and definite number")
    return None


def _duals(piece: Piece, taken: list[tuple[int, int]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Arabic nouns in the dual, when nothing else counts them."""
    made = []
    if piece.lang != "ar":
        return []
    used = [item["span"] for item in found]
    for hit in piece.of("unit"):
        if hit.how == "dual" and "ال" not in hit.prefix and "لل" not in hit.prefix:
            a, b = piece.span(hit.start, hit.end)
            if not any(c < b and a < d for c, d in used) and not any(c < hit.end and hit.start < d for c, d in taken):
                item = _item(piece, Number(hit.start, hit.end, 2.0), hit.value[0], hit.value[1], hit.start, hit.end, "dual")
                if item:
                    made.append(item)
    return made


def _hedge(piece: Piece, number: Number, end: int) -> tuple[str, int]:
    text = piece.text
    start = number.start
    sign = SIGN_BEFORE.search(text[max(0, start - 5) : start])
    if sign:
        start -= len(sign[0])
    for hit in reversed(piece.between(max(0, start - 30), start, "hedge")):
        gap = text[hit.end : start].strip()
        if hit.end <= start and gap in ("", "a", "an", "the", "some", "из", "ال", "-", "с", "от", "of") and len(text[hit.end : start]) < 6:
            return hit.value, hit.start
        break
    after = HEDGE_AFTER[piece.lang].match(text[end : end + 45])
    if after:
        return next(word for word, group in zip(("more_than", "about", "at_least", "at_most"), after.groups(), strict=True) if group), start
    return "exact", start

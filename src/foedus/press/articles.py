"""Articles of treaties: Article 42(7), статья четвёртая, المادة الحادية والخمسون, and the pact whose article it is."""

import re
from bisect import bisect_left
from typing import Any

from foedus.press.pacts import antecedents
from foedus.press.patterns import begins
from foedus.press.piece import Piece

ENGLISH = {
    word: n + 1
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    word: n + 1
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
    )
}
for _tens, _n in (("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50)):
    ENGLISH[_tens] = _n
    ENGLISH |= {f"{_tens}-{unit}": _n + i + 1 for i, unit in enumerate("one two three four five six seven eight nine".split())}
_WORD = "|".join(sorted(ENGLISH, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?!\d)(?:bis|[A-E]\b)?(?:\s?\(\d{1,2}\)|\.\d{1,2}(?!\d))*"
_ROMAN = r"[IVXL]{1,6}(?![A-Za-z])"
EN_ONE = rf"(?:{_NUMBER}|{_ROMAN}|(?:{_WORD})\b)"
PATTERNS = {
    "en": re.compile(
        begins(r"[Aa]rticles?|ARTICLES?|[Aa]rts?\.") + rf"\s(?:[Nn]o\.?\s)?({EN_ONE}(?:(?:,\s|\sand\s|\sor\s|,\sand\s|\s?-\s?|\sto\s){EN_ONE})*)", re.UNICODE
    ),
    "ru": re.compile(
        begins(r"[Сс]тать[а-я]{1,4}|[Сс]т\.")
        + rf"\s?(?:№\s|#\s?)?((?:{_NUMBER}|{_ROMAN})(?:-?(?:й|я|ю|ой|ей))?(?:(?:,\s|\sи\s|\sили\s|\s?-\s?|\sпо\s)(?:{_NUMBER}|{_ROMAN})(?:-?(?:й|я|ю|ой))?)*)"
    ),
    "ar": re.compile(
        rf"(?:^|[\s\"'(«])(?:[وفبكل]|ول|وب)?(?:ال|لل)?(?:ماد[هة]|مادته|مادتها|مادتين|مادتان|مواد)\s(?:رقم\s)?\(?({_NUMBER}(?:\)?(?:\s?,\s?|\sو\s?|\sاو\s|\sالي\s|\s?-\s?|/)\(?{_NUMBER})*)"
    ),
}
AR_HEAD = re.compile(r"(م(?:اده|ادته|ادتها|ادتهما|ادتين|ادتان|ادتيه|ادتيها|واد))(?= )")
AR_BEFORE_HEAD = re.compile(r"(?:^|[\s\"'(])(?:[وفبكل]|ول|وب)?(?:ال|لل)?$")
AR_NUMBERED = re.compile(r"م(?:اد[^\s]{1,4}|واد)\s(?:رقم\s)?\(?\d")
RU_HEAD = re.compile(begins("[Сс]тать[а-я]{1,4}") + r"\b")
EN_ORDINAL = re.compile(rf"\b(?:the\s)?({_WORD})\s(?:article)\b", re.I)
WORD_ARTICLE = re.compile(r" [Aa]rticle\b")
RU_NUMBERED = re.compile(r"([0-9](?<!\w.)\d{0,2})-?(?:я|й|ю|ой|ую)\s[Сс]тать[а-я]{1,3}\b")
PARAGRAPH_BEFORE = {
    "en": re.compile(r"(?:[Pp]aragraph|[Ss]ection|[Cc]lause)s?\s(\d{1,2})(?:\sand\s\d+)?\sof\s(?:the\s)?$"),
    "ru": re.compile(r"(?:\b(?:[Пп]ункт\w*|[Чч]аст\w*|п\.|ч\.)\s?(\d{1,2})\s?)$"),
    "ar": re.compile(r"(?:فقره|البند|بند)\s\(?(\d{1,2}|الاولي|الثانيه|الثالثه|الرابعه|الخامسه|السادسه|السابعه)\)?\sمن\s?$"),
}
PARAGRAPH_ENDS = {"en": ("of", "of the"), "ru": tuple("0123456789"), "ar": ("من",)}
AR_ORDINALS = {"الاولي": 1, "الثانيه": 2, "الثالثه": 3, "الرابعه": 4, "الخامسه": 5, "السادسه": 6, "السابعه": 7}
OTHER_LAW = {
    "en": re.compile(
        r"^[^.;\n]{0,12}?\bof\s(?:the\s|its\s|their\s|his\s|[A-Z]\w+(?:'s)?\s)*(?:\w+\s){0,3}?(?:[Cc]onstitution|[Cc]ode|[Cc]onventions?|Law|law|Act\b|[Rr]esolution|Statute|[Ss]tatutes|[Bb]asic Law|[Rr]egulations?|rules|GDPR)"
    ),
    "ru": re.compile(
        r"^[^.;\n]{0,8}?\s(?:\w+\s){0,3}?(?:[Кк]онституци\w+|[Кк]одекс\w*|УК|КоАП|УПК|ГК|[Кк]онвенци\w+|[Зз]акон\w*|[Рр]езолюци\w+|[Сс]татут\w*|[Рр]егламент\w*)"
    ),
    "ar": re.compile(
        r"^[^.;\n]{0,8}?\s(?:من|في)\s(?:\w+\s){0,2}?(?:ال)?(?:دستور|قانون|نظام الاساسي|نظام|اتفاقيات جنيف|اتفاقيه (?:جنيف|فيينا|الامم|حقوق|لاهاي|مناهضه|القضاء)|قرار|لائحه|لايحه|عهد الدولي|مدونه)"
    ),
}
LAW_BEFORE = {
    "en": re.compile(r"(?:[Cc]onstitution(?:'s)?|[Cc]riminal [Cc]ode(?:'s)?|[Cc]ivil [Cc]ode|Geneva Conventions?|Rome Statute)(?:'s)?,?\s(?:\w+\s)?$"),
    "ru": re.compile(r"(?:[Кк]онституци\w+|УК|[Кк]одекс\w*)\s?\(?$"),
    "ar": re.compile(r"(?:الدستور|القانون)\s\(?(?:في\s)?$"),
}


def articles(piece: Piece, named: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[tuple[int, int]]]:
    """The articles of a piece (pact, article, paragraph, span, rule) and the places they take. `named` are its pacts, with `at` and `end`."""
    found: list[dict[str, Any]] = []
    taken: list[tuple[int, int]] = []
    remembered: dict[str, str] = {}
    for start, end, number, paragraph, rule in sorted(_mentions(piece), key=lambda mention: mention[:2]):
        if any(a < end and start < b for a, b in taken[-8:] if (a, b) != (start, end)):
            continue
        taken.append((start, end))
        text = piece.text
        following = PARAGRAPH_AFTER.match(text[end : end + 20])
        if following and not paragraph:
            paragraph = following[1]
        if paragraph == "memorandum":
            about = next(hit.value for hit in piece.hits if hit.kind == "pact" and "memorandum" in str(hit.value))
            found.append({"pact": about, "article": number, "paragraph": None, "span": piece.span(start, end), "rule": rule})
            continue
        if _other_law(piece, start, end):
            continue
        pact, why = _pact(piece, start, end, named, number, remembered)
        if pact is None:
            continue
        number, paragraph = _as_filed(piece, pact, number, paragraph)
        remembered[number] = pact
        found.append({"pact": pact, "article": number, "paragraph": paragraph, "span": piece.span(start, end), "rule": f"{rule}, {why}"})
    return found, taken


HEADS = {"en": ("rticle", "RTICLE", "Art.", "art.", "Arts.", "arts."), "ru": ("тать", "ТАТЬ", "ст."), "ar": ("ماد", "مواد")}
Mention = tuple[int, int, str, str | None, str]


def _mentions(piece: Piece) -> list[Mention]:
    made: list[Mention] = []
    text, lang = piece.text, piece.lang
    if not any(word in text for word in HEADS[lang]):
        return _points(piece)
    for found in PATTERNS[lang].finditer(text) if lang != "ar" or AR_NUMBERED.search(text) else ():
        lead = text[max(0, found.start() - 32) : found.start() + 1]
        before = PARAGRAPH_BEFORE[lang].search(lead) if lead.rstrip().endswith(PARAGRAPH_ENDS[lang]) else None
        paragraph = None
        if before:
            paragraph = str(AR_ORDINALS.get(before[1], before[1]))
        for number, part in _numbers(found[1]):
            made.append((found.start() if text[found.start()].isalpha() else found.start() + 1, found.end(1), number, part or paragraph, "article number"))
    if lang == "ar":
        made += _arabic_words(piece)
    elif lang == "ru":
        made += _russian_words(piece)
        made += [(m.start(), m.end(), m[1], None, "article number") for m in RU_NUMBERED.finditer(text)]
    else:
        ordinals = (m for place in WORD_ARTICLE.finditer(text) if (m := EN_ORDINAL.search(text, max(0, place.start() - 22), place.end())))
        made += [(m.start(), m.end(), str(ENGLISH[m[1].lower()]), None, "article in words") for m in ordinals
                 if m[1].lower() not in ("one", "first", "two", "second", "three", "four", "five") or re.match(r"\s(?:of the|of its)", text[m.end() : m.end() + 8])]  # fmt: skip
    made += _points(piece)
    return made


POINT = {
    "en": re.compile(
        r"\b(?:[Pp]aragraph|[Pp]oint|[Cc]lause|[Ss]ection)\s(\d{1,2}|one|two|three|four|five|six)\b|\b(first|second|third|fourth|fifth|sixth) (?:paragraph|point|clause)\b"
    ),
    "ru": re.compile(
        r"\b(?:[Пп]ункт\w{0,2}|п\.)\s(\d{1,2})\b|\b([Пп]ерв|[Вв]тор|[Тт]рет|[Чч]етверт|[Пп]ят|[Шш]ест)(?:ый|ой|ий|ого|ьего|ом|ьем|ому|ьему|ым|ьим)\sпункт\w{0,2}\b"
    ),
    "ar": re.compile(r"(?:^|\s)[وفبكل]?(?:ال)?(?:بند|فقره|نقطه)\s(?:رقم\s)?(\d{1,2}|الاولي?|الثانيه?|الثالثه?|الرابعه?|الخامسه?|السادسه?)(?=[\s,.])"),
}
POINTS = {"one": 1, "first": 1, "two": 2, "second": 2, "three": 3, "third": 3, "four": 4, "fourth": 4, "five": 5, "fifth": 5, "six": 6, "sixth": 6, "перв": 1, "втор": 2, "трет": 3, "четверт": 4,
          "пят": 5, "шест": 6, "الاول": 1, "الثان": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5, "السادس": 6}  # fmt: skip


def _points(piece: Piece) -> list[Mention]:
    """The numbered paragraphs of a memorandum, which has no articles, where it is the text the piece is about."""
    memoranda = [hit for hit in piece.of("pact") if "memorandum" in str(hit.value)]
    if not memoranda:
        return []
    made: list[Mention] = []
    for found in POINT[piece.lang].finditer(piece.text):
        said = next(group for group in found.groups() if group)
        number = said if said.isdigit() else str(next((value for word, value in POINTS.items() if said.lower().startswith(word)), ""))
        if number and found.start() >= memoranda[0].start:
            made.append((found.start() + (0 if found[0][0].isalnum() else 1), found.end(), number, "memorandum", "paragraph of a memorandum"))
    return made


PARAGRAPH_AFTER = re.compile(r"^,?\s(?:paragraphs?|para|\(|пункт\w*|part)\s?(\d{1,2})")
NUMBER = re.compile(rf"(\d{{1,3}}[A-E]?)(bis)?(?:\s?\((\d{{1,2}})\)|\.(\d{{1,2}}))?|({_ROMAN})|({_WORD})\b", re.I)
BETWEEN = re.compile(r"(,\s|\sand\s|,\sand\s|\sor\s|\sи\s|\sили\s|\sو\s?|\sاو\s|\s?,\s?|\s?-\s?|\sto\s|\sпо\s|\sالي\s|/)")


def _numbers(written: str) -> list[tuple[str, str | None]]:
    """The articles of a list: '4, 5 and 6', '51 to 54', 'XVIII', '42(7)'."""
    made: list[tuple[str, str | None]] = []
    pieces = BETWEEN.split(written.strip())
    for i, part in enumerate(pieces):
        part = part.strip(" ()") if "(" not in part[1:] else part.strip()
        match = NUMBER.match(part)
        if not match:
            continue
        number = match[1] or (str(roman(match[5])) if match[5] else str(ENGLISH[match[6].lower()]))
        joint = pieces[i - 1].strip() if i else ""
        if joint in ("-", "to", "по", "الي") and made and made[-1][0].isdigit() and 0 < int(number) - int(made[-1][0]) <= 8:
            made += [(str(n), None) for n in range(int(made[-1][0]) + 1, int(number))]
        elif joint == "/" or joint == "-" and made and int(number) < int(made[-1][0]):
            made[-1] = (made[-1][0], number)
            continue
        made.append((number, match[3] or match[4]))
    return made


def roman(written: str) -> int:
    """The value of a Roman numeral.

    >>> roman("XIV"), roman("V")
    (14, 5)
    """
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in written.upper()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _arabic_words(piece: Piece) -> list[Mention]:
    """المادة الرابعة والخمسون: the unit first, then the tens; المادة الحادية عشرة: a unit and ten."""
    made: list[Mention] = []
    text = piece.text
    for head in AR_HEAD.finditer(text):
        if not AR_BEFORE_HEAD.search(text[max(0, head.start() - 6) : head.start()]):
            continue
        place = head.end()
        begin = head.start(1)
        near = [hit for hit in piece.between(place, place + 60, "number") if hit.how in ("ordinal", "cardinal")]
        numbers: list[int] = []
        total, end = 0, place
        for hit in near:
            if hit.start < end or text[end : hit.start].strip() not in ("", "و", "،", ","):
                break
            value = int(hit.value)
            linked = hit.prefix.startswith("و")
            if hit.how == "cardinal" and value != 10 and not (linked and value >= 20) and not (value >= 20 and not total):
                continue
            if value == 10 and total and not linked:
                total += 10
            elif value >= 20 and linked and total and total < 10:
                total += value
            else:
                if total:
                    if head[1] in ("ماده", "مادته", "مادتها"):
                        break
                    numbers.append(total)
                total = value
            end = hit.end
        if total:
            numbers.append(total)
        before = PARAGRAPH_BEFORE["ar"].search(text[max(0, head.start() - 30) : head.start() + 1])
        for number in numbers:
            made.append((begin, end, str(number), str(AR_ORDINALS.get(before[1], before[1])) if before else None, "article in words"))
    return made


def _russian_words(piece: Piece) -> list[Mention]:
    made: list[Mention] = []
    text = piece.text
    for head in RU_HEAD.finditer(text):
        for hit in piece.between(max(0, head.start() - 40), head.end() + 20, "number"):
            if hit.how != "ordinal":
                continue
            if text[hit.end : head.start()] == " " and hit.end < head.start():
                made.append((hit.start, head.end(), str(hit.value), None, "article in words"))
                before = [other for other in piece.between(max(0, hit.start - 24), hit.start, "number") if other.how == "ordinal"]
                if before and text[before[-1].end : hit.start] == " и ":
                    made.append((before[-1].start, hit.start, str(before[-1].value), None, "article in words"))
                tens = [other for other in piece.between(max(0, hit.start - 16), hit.start, "number") if other.how == "cardinal" and other.value >= 20]
                if tens and text[tens[-1].end : hit.start] == " " and hit.value < 10:
                    made[-1] = (tens[-1].start, head.end(), str(int(tens[-1].value) + int(hit.value)), None, "article in words")
            elif text[head.end() : hit.start] == " ":
                made.append((head.start(), hit.end, str(hit.value), None, "article in words"))
    return made


def _other_law(piece: Piece, start: int, end: int) -> bool:
    """Whether it is an article of a constitution, a code or another text that is no pact."""
    text = piece.text
    other = OTHER_LAW[piece.lang].match(text[end : end + 60])
    if other and not any(hit.start <= end + other.end() for hit in piece.between(end, end + other.end(), "pact")):
        return True
    if LAW_BEFORE[piece.lang].search(text[max(0, start - 30) : start]):
        return True
    return any(hit.end - hit.start > 6 for hit in piece.between(end, end + 16, "stop"))


GENERIC_AFTER = re.compile(
    r"^[^.;\n,]{0,10}?(?:\bof\s(?:the|its|this|that)\s(?:\w+\s){0,2}?(?:treaty|charter|pact|alliance|organi[sz]ation|agreement|declaration|memorandum)\b"
    r"|\s(?:[а-я]+\s){0,2}?(?:договора|устава|пакта|альянса|организации|соглашения|декларации|меморандума|хартии)\b"
    r"|\sمن\s(?:\w+\s){0,1}?(?:المعاهده|الميثاق|الاتفاقيه|الاتفاق|معاهده الحلف|معاهده المنظمه|ميثاق المنظمه|ميثاق الحلف|الاعلان|المذكره|معاهده))"
)


NEAR = 40  # pacts named before an article, and after it, among which its own is looked for


def _pact(piece: Piece, start: int, end: int, named: list[dict[str, Any]], number: str, remembered: dict[str, str]) -> tuple[str | None, str]:
    """The pact an article belongs to: the one it is tied to in its sentence, else the last one named."""
    text = piece.text
    first, last = piece.sentence(start)
    k = bisect_left(named, start, key=lambda item: int(item["at"]))
    named = named[max(0, k - NEAR) : k + NEAR]
    possible = {pact for pact in {item["pact"] for item in named} if _possible(piece, pact, number)}
    named = [item for item in named if item["pact"] in possible] or named
    real = [item for item in named if item["how"] != "organ"] or named
    after = [item for item in real if end <= item["at"] < last]
    if after and _tied(piece.lang, text[end : after[0]["at"]]):
        return after[0]["pact"], "of the pact named after it"
    before = [item for item in real if first <= item["at"] and item["end"] <= start]
    if before and re.fullmatch(r"(?:'s?)?\s?\(?(?:\w+\s)?\(?", text[before[-1]["end"] : start]):
        return before[-1]["pact"], "of the pact named before it"
    earlier = antecedents(piece, [item for item in real if item["end"] <= start])
    texts = [item for item in earlier if item["pact"] not in ("un-charter", "eu") or item["at"] >= first] or earlier
    generic = GENERIC_AFTER.match(text[end : end + 60])
    texts = texts or [item for item in named if item["end"] <= start]
    if generic and texts:
        kind = _kind(piece.lang, generic[0])
        fits = [item for item in named if item["end"] <= start and kind and re.search(kind, piece.text[item["at"] : item["end"]].lower())]
        if kind == CHARTERS[piece.lang] and not fits:
            fits = [item for item in named if item["pact"] == "un-charter"]
        return (fits or texts)[-1]["pact"], "of the treaty just named"
    if before and number in remembered and len({item["pact"] for item in before}) > 1:
        return remembered[number], "of the pact it was tied to before"
    if before:
        return before[-1]["pact"], "of the pact of its sentence"
    if after and after[0]["at"] - end < 60:
        return after[0]["pact"], "of the pact of its sentence"
    if number in remembered:
        return remembered[number], "of the pact it was tied to before"
    if texts:
        return texts[-1]["pact"], "of the pact last named"
    if real:
        return real[0]["pact"], "of the only pact" if len({item["pact"] for item in real}) == 1 else "of the first pact"
    return None, ""


CHARTERS = {"en": r"charter", "ru": r"устав|харти", "ar": r"ميثاق"}
KINDS = {
    "en": [r"charter", r"memorandum", r"declaration", r"agreement", r"pact"],
    "ru": [r"устав|харти", r"меморандум", r"декларац", r"соглашени", r"пакт"],
    "ar": [r"ميثاق", r"مذكره", r"اعلان", r"اتفاق"],
}


def _kind(lang: str, written: str) -> str | None:
    return next((kind for kind in KINDS[lang] if re.search(kind, written.lower())), None)


def _possible(piece: Piece, pact: str, number: str) -> bool:
    """Whether a pact can have an article of that number, as far as the library knows."""
    most = piece.pacts.get(pact, {}).get("most", 0)
    known = piece.pacts.get(pact, {}).get("articles", [])
    return not most or not number.isdigit() or int(number) <= most or number in known


TIE = {
    "en": re.compile(r"[\s,(]*(?:\(?\d+\)?\s?)?(?:\b(?:of|in|under)\s)?(?:the\s|its\s|a\s|their\s|its own\s)?(?:\w+[\s-]){0,4}?(?:of the\s)?", re.I),
    "ru": re.compile(r"\s(?:[А-Яа-я\w-]+\s){0,3}?\"?"),
    "ar": re.compile(r"\)?\s(?:من|في|ب)?\s?(?:\w+\s){0,2}?\"?(?:ال|لل|ل)?"),
}


def _tied(lang: str, gap: str) -> bool:
    return bool(TIE[lang].fullmatch(gap)) and not re.search(r"\b(?:and|и)\b|\sو", gap)


def _as_filed(piece: Piece, pact: str, number: str, paragraph: str | None) -> tuple[str, str | None]:
    """The article under the name the library files it by: 42(7) where it has an article of that name."""
    known = piece.pacts.get(pact, {}).get("articles", [])
    joined = f"{number}({paragraph})"
    if paragraph and (joined in known or pact == "eu" and number == "42"):
        return joined, None
    short = [name for name in known if name.startswith(f"{number}(")]
    if number not in known and len(short) == 1 and (not paragraph or f"{number}({paragraph})" == short[0]):
        return short[0], None
    return number, paragraph

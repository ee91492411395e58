"""Numbers, in digits and in words, alone and in ranges, in the three languages."""

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass

from foedus.press.gazetteer import Hit
from foedus.press.patterns import begins
from foedus.press.piece import Piece

DIGITS = re.compile(r"[0-9]\d*(?:[ ,.']\d{3}(?!\d))*(?:[.,]\d+)?")
# What makes digits a name, not a number: letters or a model's hyphen before, a sign, a clock, a fraction of a date.
NAMED_BEFORE = re.compile(r"(?:[^\W\d_]-?|[#:]|\d[:/.])$")
ARABIC_CLITIC = re.compile(r"(?:^|[\s(\"\[،,-])(?:[وفبكل]?ال|لل|[وفبكل]|ول|وب)-?$")
LABEL = {
    "en": re.compile(
        begins(
            r"[Rr]esolutions?|[Aa]rticles?|[Pp]aragraphs?|[Cc]hapters?|[Pp]ages?|[Ff]light|[Rr]oom|[Nn]o\.?|[Nn]umbers?|[Gg]roup|[Pp]hase|[Tt]ype|[Ss]ection"
            r"|[Bb]rigade|[Bb]attalion|[Rr]egiment|[Dd]ivision|[Uu]nit|[Mm]odel|[Cc]lass|[Hh]ighway|[Ss]quadron|[Cc]hannel|[Ll]aw|[Rr]oute|[Tt]ask [Ff]orce|[Bb]oeing|[Aa]irbus|[Aa]ntonov|Version|Area|[Gg]rade|[Ll]evel|[Aa]rt\."
        )
        + r"\s$"
    ),
    "ar": re.compile(
        r"(?:^|[\s\"(])[وفبكل]{0,2}(?:ال|لل)?(?:قرار|قراري|ماده|فقره|فصل|صفحه|رحله|غرفه|رقم|مجموعه|مرحله|طراز|نوع|لواء|كتيبه|فوج|فرقه|وحده|قانون|طريق|بوينغ|ايرباص|انتونوف|لائحه|لايحه|باب|مستوي|نموذج|بند)(?: رقم| المشاه| المدرع)?\s\(?$"
    ),
    "ru": re.compile(
        begins(
            r"[Рр]езолюци\w*|[Сс]тать\w*|[Пп]ункт\w*|[Гг]лав\w{0,3}|[Сс]траниц\w*|[Рр]ейс\w*|[Нн]омер\w*|[Гг]рупп\w*|[Тт]ип\w*|[Рр]аздел\w*|[Бб]ригад\w*|[Пп]олк\w*|[Дд]ивизи\w*|[Чч]аст\w*|[Бб]оинг\w*|[Аа]эробус\w*|[Шш]кол\w*|[Тт]расс\w*|ст\.|п\.|ч\.|закон\w*|модел\w*|класс\w*"
        )
        + r"\s$"
    ),
}
ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th|s)\b|-?(?:й|я|е|го|му|х|ой|ая|ый|ую|ых|ом|м|ю|летн\w+)\b")
CARDINAL_TAIL = re.compile(r"-(?:ти|ми|и|мя)\b")
GLUED = re.compile(r"(bn|billion|mn|m|tn|k|km|kg|mm|cm|km2|kph|mph|MW|GW)\b")
MULTIPLE = {"bn": 1e9, "billion": 1e9, "mn": 1e6, "m": 1e6, "tn": 1e12, "k": 1e3}
SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
MARKS = re.compile(r"[.,]")
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
JOINED = {"en": re.compile(r"(?:-|\s|\sand\s)$"), "ru": re.compile(r"\s$|-$"), "ar": re.compile(r"\s(?:و\s?)?$")}
RANGE = {
    "en": re.compile(r"\s?-\s?$|\s(?:to|and|or)\s(?:about\s|some\s|around\s)?$"),
    "ru": re.compile(r"\s?-\s?$|\s(?:до|и|или)\s(?:примерно\s|около\s)?$"),
    "ar": re.compile(r"\s?-\s?$|\s(?:الي|او|و|حتي)\s?(?:نحو\s|حوالي\s)?$"),
}
FROM = {
    "en": re.compile(r"\b(?:from|between)\s(?:about\s|some\s|around\s|\$|€|£)*$", re.I),
    "ru": re.compile(r"\b(?:от|с|между)\s(?:примерно\s|около\s)?$", re.I),
    "ar": re.compile(r"(?:^|\s)[وف]?(?:بين|من|ما بين)\s(?:نحو\s|حوالي\s)?$"),
}


@dataclass(slots=True)
class Number:
    """A number at [start, end): its value, or low and high for a range; `words` where it stands in words."""

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    words: bool = False
    definite: bool = False
    vague: bool = False


def tidy(value: float | None) -> float | int | None:
    """A whole number as an int."""
    return int(value) if value is not None and value == int(value) and abs(value) < 1e18 else value


@functools.lru_cache(4096)
def parse_digits(written: str, lang: str) -> float:
    """The value of digits with their separators, as the language writes them.

    >>> parse_digits("2,500", "en"), parse_digits("2,5", "ru"), parse_digits("2.500", "ar"), parse_digits("1 250,75", "ru")
    (2500.0, 2.5, 2500.0, 1250.75)
    """
    if written.isdigit():
        return float(written)
    written = written.replace(" ", "").replace("'", "")
    marks = MARKS.findall(written)
    thousands = THOUSANDS.fullmatch(written)
    if thousands and not written.startswith("0") and (len(marks) > 1 or lang == "ar" or marks[0] == {"en": ",", "ru": "."}[lang]):
        return float(MARKS.sub("", written))
    if len(marks) > 1:
        whole, part = re.split(r"[.,](?=[^.,]*$)", written)
        return float(f"{re.sub(r'[.,]', '', whole)}.{part}")
    return float(written.replace(",", "."))


def numbers(piece: Piece, taken: list[tuple[int, int]]) -> list[Number]:
    """Every number of the piece, ranges joined, apart from places already taken by dates and articles."""
    found = sorted([*_digits(piece), *_words(piece)], key=lambda number: number.start)
    joined = _compose(piece, found)
    taken = sorted(taken)
    ends: list[int] = []
    for _, b in taken:
        ends.append(max(b, ends[-1] if ends else 0))
    free = [number for number in joined if not (k := bisect_left(taken, (number.end, 0))) or ends[k - 1] <= number.start]
    return _ranges(piece, free)


@dataclass(slots=True)
class _Part:
    start: int
    end: int
    value: float
    how: str  # digits, cardinal, times, some
    prefix: str = ""


def _digits(piece: Piece) -> list[_Part]:
    text, found, done = piece.text, [], 0
    for match in piece.at_figures(DIGITS):
        start, end = match.span()
        if start < done:
            continue
        done = end
        written = match[0]
        if " " in written and not SPACED.fullmatch(written):
            end = start + written.index(" ")
            written = text[start:end]
        if (
            len(written) > 15
            or text[start - 2 : start - 1].isdigit()
            and text[end + 1 : end + 2].isdigit()
            and text[start - 1] in " ,;|"
            and text[end] in " ,;|"
        ):
            continue  # in the middle of a row of bare numbers
        before = text[max(0, start - 22) : start]
        if start and not before[-1].isspace() and NAMED_BEFORE.search(before[-2:]) and not (piece.lang == "ar" and ARABIC_CLITIC.search(before)):
            continue
        if start and before[-1] in " (" and LABEL[piece.lang].search(before):
            continue
        tail = text[end : end + 12]
        value = parse_digits(written, piece.lang)
        if tail[:1] == ":" and tail[1:2].isdigit():
            continue
        if ORDINAL_TAIL.match(tail):
            continue
        if cardinal := CARDINAL_TAIL.match(tail):
            end += cardinal.end()
        elif tail[:1].isalpha():
            glued = GLUED.match(tail)
            if glued:
                if glued[1] in MULTIPLE and not (glued[1] == "m" and before[-1:] not in "$€£"):
                    value *= MULTIPLE[glued[1]]
                    end += glued.end()
            elif piece.lang != "ar" or not re.match(r"[\u0620-\u064a]", tail):
                continue
        prefix = "ال" if piece.lang == "ar" and before.rstrip("-").endswith(("ال", "لل")) else ""
        found.append(_Part(start, end, value, "digits", prefix))
    return found


def _words(piece: Piece) -> list[_Part]:
    found: list[_Part] = []
    for hit in piece.of("number"):
        if hit.how != "ordinal" and not (found and found[-1].start == hit.start):
            found.append(_Part(hit.start, hit.end, float(hit.value), hit.how, hit.prefix))
    return found


def _compose(piece: Piece, parts: list[_Part]) -> list[Number]:
    """Join what is one number: two hundred and fifty, 2,5 тысячи, خمسة وعشرون ألفا."""
    text, made = piece.text, []
    i = 0
    while i < len(parts):
        group = [parts[i]]
        while i + len(group) < len(parts):
            last, new = group[-1], parts[i + len(group)]
            if new.start < last.end:
                break
            gap = text[last.end : new.start]
            if not _continues(piece, group, new, gap):
                break
            group.append(new)
        number = _value(piece, group)
        if number:
            made.append(number)
        i += len(group)
    return made


def _continues(piece: Piece, group: list[_Part], new: _Part, gap: str) -> bool:
    last = group[-1]
    if "some" in (last.how, new.how) or not JOINED[piece.lang].fullmatch(gap) and gap != "":
        return False
    if new.how == "digits":
        return last.how == "times" and last.value >= 1000 and new.value < last.value and piece.lang == "ar" and gap.strip() == "و"
    if new.how == "times":
        return last.how != "times" or new.value > last.value or bool(piece.lang == "ar" and gap.strip() == "و" or new.prefix == "و")
    if last.how == "digits":
        return piece.lang == "ar" and new.value in (2000, 2e6, 2e9)
    linked = piece.lang == "ar" and new.prefix == "و"
    if piece.lang == "ar":
        return linked or gap == " " and new.value in (2000, 2e6, 2e9) and last.how == "cardinal" or last.how == "times" and linked
    if last.how == "times":
        return new.value < last.value
    if "and" in gap:
        return last.value >= 100
    return new.value < 10 <= last.value < 100 and last.value % 10 == 0 or last.value >= 100 > new.value and last.value % 100 == 0


def _value(piece: Piece, group: list[_Part]) -> Number | None:
    first, last = group[0], group[-1]
    definite = "ال" in first.prefix or "لل" in first.prefix
    if first.how == "some":
        return Number(first.start, last.end, None, low=first.value, words=True, definite=definite, vague=True)
    if first.how == "times" and len(group) == 1 and not _alone(piece, first):
        return None
    total = current = 0.0
    for i, part in enumerate(group):
        value = part.value
        if part.how != "times" and value in (2000, 2e6, 2e9) and i and current > 0:  # ألفا after a number is one thousand
            total += current * value / 2
            current = 0.0
        elif part.how != "times":
            current += value
        elif value == 0:
            return None
        elif value == 12 or value < 1000:
            current = max(current, 1.0) * value
        else:
            total = total + max(current, 1.0) * value if current or not total else total * value
            current = 0.0
    following = piece.between(last.end, last.end + 2, "number")
    if following and following[0].how == "ordinal" and first.how == "cardinal" and piece.lang != "ar":
        return None  # двадцать восьмой is an ordinal
    return Number(first.start, last.end, float(f"{total + current:.12g}"), words=first.how != "digits" and len(group) == 1, definite=definite)


def _alone(piece: Piece, part: _Part) -> bool:
    """Whether a thousand without a number before it is one thousand."""
    text = piece.text
    if piece.lang == "en":
        return bool(re.search(r"\b(?:a|an|one|per)\s$", text[max(0, part.start - 6) : part.start], re.I)) and part.value >= 12
    if piece.lang == "ru":
        return text[part.start : part.end].lower() in ("тысяча", "тысячу", "миллион", "миллиард", "сотня", "сотню", "десяток", "дюжина", "дюжину")
    return text[part.start : part.end].endswith(("مئه", "مائه", "ميه", "مايه", "الف", "مليون", "مليار", "بليون"))


def _ranges(piece: Piece, found: list[Number]) -> list[Number]:
    made: list[Number] = []
    text = piece.text
    for number in found:
        last = made[-1] if made else None
        if last and last.value is not None and number.value is not None and last.end < number.start <= last.end + 14:
            gap = text[last.end : number.start]
            link = RANGE[piece.lang].fullmatch(gap)
            from_ = FROM[piece.lang].search(text[max(0, last.start - 16) : last.start])
            word = gap.strip(" -")
            if link and _is_range(piece.lang, word, bool(from_), last, number):
                low, high = last.value, number.value
                if 0 < low < high and high >= 1000 and low < 1000 and high / low >= 100 and _scaled(text[number.start : number.end]):
                    low *= _scaled(text[number.start : number.end])
                if low < high:
                    made[-1] = Number(last.start, number.end, None, low, high, definite=last.definite)
                    continue
        made.append(number)
    return made


def _scaled(written: str) -> float:
    """The multiple in which a number is written: 2 to 3 thousand means 2,000 to 3,000."""
    for pattern, multiple in (
        (r"bn|billion|млрд|миллиард|مليار", 1e9),
        (r"mn|million|млн|миллион|مليون|ملايين", 1e6),
        (r"thousand|тыс|الف|الاف|k\b", 1e3),
        (r"hundred", 1e2),
    ):
        if re.search(pattern, written):
            return multiple
    return 0.0


def _is_range(lang: str, word: str, from_: bool, last: Number, number: Number) -> bool:
    if word in ("or", "или", "او"):
        return True
    if word in ("and", "и", "و"):
        return from_
    if word == "" or word in ("to", "до", "الي", "حتي"):
        return from_ or word != "" or last.end + 1 == number.start or last.end + 3 == number.start
    return from_


def ordinal(hit: Hit) -> int | None:
    """The value of an ordinal word."""
    return int(hit.value) if hit.kind == "number" and hit.how == "ordinal" else None

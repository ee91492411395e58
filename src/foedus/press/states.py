"""Which states a piece names, by name, people, capital or seat of power; names with other meanings are weighed by what stands around them."""

import re
from collections.abc import Callable
from typing import Any

from foedus.press.gazetteer import Hit
from foedus.press.patterns import begins
from foedus.press.piece import Piece
from foedus.press.text import clean

# English and Russian names that people also bear: beside a word in capitals that is nobody's title they name a person.
BORNE = frozenset(
    "jordan chad georgia israel paris london sofia washington kenya india ireland holland england berlin vienna rome lima quito cuba america"
    " вашингтон софия сальвадор израиль".split()
)
NOT_NAMES = frozenset(
    """The A An In On At By To From With For As But And Or If When While After Before Since Until Near Outside Inside Across Against Between Among Under Over Via Both That This
    These Those North South East West Northern Southern Eastern Western Central Greater Upper Lower Northeast Northwest Southeast Southwest Why How What Will Can Should
    Is Was Has Had Did Does Not No Yes Only Even Also Neither Either Then Now Today Yesterday Meanwhile However Although Because Like Unlike Inside Saving Backing Dear Old New
    В На Из К От До По О Об С У За При Для Без Через Между И А Но Как Что Если Когда Новый Старый Северный Южный""".split()
)
PREPOSITION = re.compile(
    r"\b(?:in|to|from|of|at|near|with|for|by|towards?|against|between|into|outside|via|and|в|во|из|с|к|от|до|над|под|на|для|между|и|около)\s$|(?:في|الي|من|عن|علي|مع|ضد|بين|نحو|تجاه)\s$",
    re.I,
)
AR_PLACE = re.compile(
    r"(?:^|\s)[وف]?(?:في|الي|من|عن|علي|داخل|شمال|شمالي|جنوب|جنوبي|شرق|شرقي|غرب|غربي|وسط|دوله|جمهوريه|حكومه|رييس|جيش|بين|مع|ضد|تجاه|نحو|باتجاه|اراضي|منتخب|قوات|سلطات|بعثه|شعب|حدود|لاعب|ملف|تجربه|امام|وزير خارجيه|عاصمه|مدرب|مواجهه|علي|ان|انسحاب|دول|مثل|حول|سفير|لدي|بشان|عبر|مغادره|حرب)\s$"
)
EVIDENCE: dict[str, tuple[str, str]] = {  # state: what speaks against it, what for it
    "GEO": (r"\b(?:Atlanta|Savannah|Augusta|Alabama|Florida|Carolina|Tennessee|Bulldogs|Republican|Democrat|Democratic|Peach State|county|gubernatorial|Senate race|swing state|Kemp|Raffensperger)\b|Атлант[аеуы]|штат",
            r"\b(?:Tbilisi|Georgian|Abkhaz|Osseti|Caucasus|Saakashvili|Russia|Armenia|Azerbaijan|Batumi|Black Sea|Ivanishvili|Kobakhidze|Zurabishvili|NATO)|تبليسي|روسيا|Тбилиси"),
    "TUR": (begins("[Tt]hanksgiving|[Rr]oast|[Pp]oultry|[Ss]tuffing|[Gg]obbl|oven|[Cc]ranberr|[Bb]utterball|gravy|feathers"), r"\b(?:Turkish|Ankara|Erdo|Istanbul|Syria|NATO|Bosphorus|Kurd)"),
    "JOR": (begins("Michael|Chicago Bulls|NBA|basketball|Nike|sneakers?") + r"\b", r"\b(?:Amman|Jordanian|King Abdullah|Hashemite|Safadi)|الاردني|عمان"),
}  # fmt: skip
OMAN = re.compile(r"مسقط|سلطنه|السلطان|هيثم بن طارق|صلاله|العماني|عماني|البوسعيدي|الدقم|هرمز|قابوس|ظفار")
AMMAN = re.compile(r"الاردن|الملك عبد ?الله|الصفدي|العاصمه الاردنيه|الهاشمي|البحر الميت|العقبه|الزرقاء|اربد")
MALI = re.compile(r"باماكو|ازواد|الساحل|النيجر|بوركينا|الماليين|الماليون|غويتا|ايكواس|تمبكتو|مينوسما|كيدال|غاو|الجزاير|افريقي")
CONGO_D = re.compile(
    r"Kinshasa|Goma|Kivu|M23|Tshisekedi|Kabila|Bukavu|Katanga|MONUSCO|Rwanda|Lubumbashi|Ituri|كينشاسا|غوما|كيفو|تشيسيكيدي|رواندا|مونوسكو|كابيلا|Киншас|Гом[аеуы]|Киву|М23|Чисекеди|Руанд|МООНСДРК"
)
CONGO_R = re.compile(r"Brazzaville|Sassou|Pointe-Noire|برازافيل|ساسو|Браззавил|Сассу")
PENINSULA = re.compile(r"^\s(?:[Pp]eninsula|War\b|[Uu]nification|полуостров\w*|войн\w*|نيه)")


def states(piece: Piece) -> list[dict[str, Any]]:
    """The states of a piece in order: state, name, how, span, rule; `at` and `end` are places in the folded text."""
    found = []
    last: tuple[int, int, str] | None = None
    for hit in piece.of("state"):
        if not _counts(piece, hit):
            continue
        code = _which(piece, hit)
        if code is None or last == (hit.start, hit.end, code):
            continue
        last = hit.start, hit.end, code
        how = hit.how.rstrip("?")
        span = piece.span(hit.start, hit.end)
        found.append({"state": code, "name": clean(piece.folded.original[span[0] : span[1]]), "how": how, "span": span,
                      "rule": {"name": "name of a state", "demonym": "people of a state", "capital": "capital or seat of power"}[how],
                      "at": hit.start, "end": hit.end})  # fmt: skip
    return _then(_one_each(found))


FORMER = {"CZE": "CSK"}


def _then(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A capital stands for the state of the time: Prague for Czechoslovakia where the piece names that and not its successor."""
    named = {item["state"] for item in found if item["how"] != "capital"}
    for item in found:
        former = FORMER.get(item["state"])
        if item["how"] == "capital" and former in named and item["state"] not in named:
            item["state"] = former
    return found


def _one_each(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a word could be two states, the name goes before the people."""
    made: list[dict[str, Any]] = []
    for item in found:
        same = made[-1] if made and made[-1]["at"] == item["at"] and made[-1]["end"] == item["end"] else None
        if same is None:
            made.append(item)
        elif same["how"] != "name" and item["how"] == "name":
            made[-1] = item
    return made


def _counts(piece: Piece, hit: Hit) -> bool:
    text = piece.text
    before, after = text[max(0, hit.start - 24) : hit.start], text[hit.end : hit.end + 24]
    word = text[hit.start : hit.end].lower()
    if after[1:2].isupper() and CARRIER_AFTER.match(after) or before[-2:-1] in "rtنطeр" and CARRIER_BEFORE.search(before):
        return False
    if hit.how == "demonym" and piece.lang == "ar" and not _yaa(piece, hit):
        return False
    if word in ("jordan", "chad", "israel") and piece.has(PITCH) and all(how == "name" for _, how in piece.written(hit.value)):
        return False
    if hit.how == "capital?" and not PREPOSITION.search(before):
        return False
    if word in BORNE and _person(piece, hit, before, after):
        return False
    check = CHECKS.get(word)
    if check and not check(piece, hit, before, after):
        return False
    if hit.value in EVIDENCE and hit.how != "capital":
        against, for_ = EVIDENCE[hit.value]
        if piece.has(against) and not piece.has(for_):
            return False
    return True


CARRIER_AFTER = re.compile(
    r"^\s(?:Airlines?|Airways|Air Lines|Post\b|Times\b|Herald\b|Beach\b|Springs\b|Station\b|Creek\b|Heights\b|County\b|Township\b|Street\b|Avenue\b|Road\b|Hotel\b|producers\b|breast\b|farms?\b|hunters\b|авиалинии|эйрвейз|эйрлайнс)"
)
CARRIER_BEFORE = re.compile(r"(?:\bAir\s|(?:طيران|الخطوط|الخطوط الجويه|خطوط)\s(?:ال)?)$|\b(?:Agence|Эйр)\s$")
PITCH = re.compile(
    begins("goalkeeper|striker|transfer window|midfielder|playmaker|touchdown|quarterback|Premier League|Champions League|loan deal|NBA|point guard") + r"\b"
)
CAPITALS_BEFORE = re.compile(r"([A-ZА-Я][\w'-]+)\s$")
CAPITALS_AFTER = re.compile(r"\s([A-ZА-Я][a-zа-я'-]+)")
RIGHT_HAND = re.compile(r"(?:الجهه|اليد|الساق|العين|القدم|الضفه|الناحيه|الحاره|جهته|يده|قدمه)\s$")


def _yaa(piece: Piece, hit: Hit) -> bool:
    """يمنى, right-hand, is not يمني, of Yemen, where the piece tells ى from ي."""
    _a, b = piece.folded.span(hit.start, hit.end)
    if piece.folded.original[b - 1 : b] != "ى":
        return True
    return not RIGHT_HAND.search(piece.text[max(0, hit.start - 12) : hit.start]) and " فى " in piece.folded.original


def _person(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    """Whether the name stands in a person's name: beside a word in capitals that is no title, direction or known name."""
    previous = CAPITALS_BEFORE.search(before)
    if previous and previous[1] not in NOT_NAMES and hit.how == "name":
        start = hit.start - len(previous[0])
        known = any(other.start <= start < other.end for other in piece.between(max(0, start - 30), start + 1) if other.kind != "number")
        opens = start == 0 or text_opens(piece.text, start)
        if not known and not (opens and previous[1].lower().endswith(("ing", "ed"))):
            return True
    following = CAPITALS_AFTER.match(after)
    if following and following[1] not in NOT_NAMES and hit.how == "name":
        start = hit.end + 1
        known = any(other.start == start for other in piece.between(start, start + 1))
        if not known and following[1] not in ("Defense", "Defence", "Valley", "Strait", "River", "Forces", "Police", "Army"):
            return True
    return False


def text_opens(text: str, place: int) -> bool:
    """Whether a sentence begins at a place."""
    return bool(re.search(r"(?:^|[.!?\n\"])\s*$", text[max(0, place - 4) : place]))


def _mali(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    """مالي is also `financial`: the state stands after a preposition or among other states."""
    if hit.prefix in ("ل", "ب", "ول") or AR_PLACE.search(before[-16:]):
        return True
    if hit.prefix == "و" or re.match(r"\s?(?:,|و)", after):
        beside = [other for other in piece.between(max(0, hit.start - 40), hit.end + 40, "state") if other.start != hit.start]
        return bool(beside)
    if not piece.has(MALI):
        return False
    if re.match(r"\s(?:ال\w+ي[هن]?|ت\w+|ي\w+)", after):
        return True
    previous = re.search(r"(\w+)\s$", before)
    return previous is None or text_opens(piece.text, hit.start)


def _egypt(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return not re.match(r"\sعلي\s", after) or piece.has(r"مصري|القاهره|المصر")


def _qatar(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return not re.search(r"(?:نصف|ب?قطر)\s$", before) and not (hit.prefix == "ب" and re.match(r"\s\d", after)) and not re.match(r"\s(?:الداير|الانبوب)", after)


def _turki(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return (
        "ال" in hit.prefix
        or not re.match(r"\s(?:بن|ال|آل|عبد)", after)
        or bool(re.search(r"\w\s$", before))
        and not re.search(r"(?:الامير|السفير|الشيخ)\s$", before)
    )


def _togo(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return bool(
        re.search(r"(?:\b(?:в|из|и|для|президент|правительств\w+|республик\w+|столиц\w+|власт\w+|с|между|Гана|Ганы|Бенин\w*|Нигер\w*)\s|,\s)$", before)
    ) and not text_opens(piece.text, hit.start)


def _korea(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return not PENINSULA.match(after) and not re.search(r"(?:شبه الجزيره|الجزيره)\s$", before) and not re.search(r"\bCentral\s$", before)


def _russian_tongue(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return not re.match(r"\s(?:язык|литератур|церк|православ|сказк|кухн|поэзи|классик|балет)", after)


def _roman(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return not piece.has(r"الامبراطوريه الرومانيه|العصر الروماني|اثار|المسرح الروماني|القيصر")


def _greek(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return not re.match(r"\s(?:mytholog|god|philosoph|traged|letter|alphabet|salad|yog|миф|алфавит|трагеди|философ)", after) and not re.search(
        r"(?:[Aa]ncient|древн\w+)\s$", before
    )


def _tongue(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return not re.match(r"\s(?:language|speaker|literature|translation|classes|lessons|язык|перевод)", after) and not re.search(
        r"\b(?:[Ii]n|speaks?|from the|into)\s$", before[-12:] if re.match(r"[\s.,]", after[:1]) and not re.match(r"\s\w", after) else ""
    )


def _jordan(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return not re.match(r"\s(?:River|Rift)", after)


def _niger(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return not re.search(r"(?:[Rr]iver|Delta|نهر|دلتا|рек[аеуи])\s$", before) and not re.match(r"\s(?:River|Delta|State\b)", after)


def _islamic(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return len(piece.written("IRN")) > 1


def _brussels(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    """Brussels, Addis Ababa, Vienna and The Hague are also where organisations sit: alone they name no state."""
    return any(how == "name" or how == "demonym" for _, how in piece.written(hit.value))


def _english_people(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return bool(re.match(r"\s(?:army|troops|soldiers|forces|king|queen|government|navy|team|side|side|fans|crown|coast)", after))


def _muslim_month(piece: Piece, hit: Hit, before: str, after: str) -> bool:
    return bool(AR_PLACE.search(before[-16:])) or hit.prefix == "و"


Check = Callable[[Piece, Hit, str, str], bool]
CHECKS: dict[str, Check] = {
    "مالي": _mali, "مصر": _egypt, "قطر": _qatar, "تركي": _turki, "того": _togo, "بنين": _muslim_month, "البنين": _muslim_month,
    "korea": _korea, "korean": _korea, "koreans": _korea, "كوريا": _korea, "الكوريه": _korea, "كوري": _korea, "корейский": _korea, "корейского": _korea,
    "корейском": _korea, "корейская": _korea, "корейской": _korea, "корейскому": _korea, "русский": _russian_tongue, "русского": _russian_tongue,
    "русском": _russian_tongue, "русская": _russian_tongue, "русской": _russian_tongue, "الروماني": _roman, "الرومانيه": _roman, "greek": _greek,
    "греческой": _greek, "греческая": _greek, "french": _tongue, "german": _tongue, "chinese": _tongue, "russian": _tongue, "spanish": _tongue,
    "english": _english_people, "jordan": _jordan, "niger": _niger, "النيجر": _niger, "нигер": _niger, "нигера": _niger, "islamic republic": _islamic,
    "الجمهوريه الاسلاميه": _islamic, "исламская республика": _islamic, "the hague": _brussels, "لاهاي": _brussels, "гааге": _brussels,
    "гаага": _brussels, "гааги": _brussels,
}  # fmt: skip


def _which(piece: Piece, hit: Hit) -> str | None:
    """The state of a word that several bear."""
    text = piece.text
    word = text[hit.start : hit.end].lower()
    if word in ("عمان", "عماني") or hit.value in ("OMN", "JOR") and word == "عمان":
        return _oman(piece, hit)
    if hit.value == "COG" and word in ("congo", "congolese", "الكونغو", "كونغو", "конго") or hit.value == "COG" and ("كونغول" in word or "конголез" in word):
        if piece.has(CONGO_R) and not piece.has(CONGO_D):
            return "COG"
        return "COD" if word.startswith(("congo", "конго", "ال", "كونغو")) else "COG"
    if (
        hit.value == "KOR"
        and ("كوري" in word or word in ("korea", "korean", "koreans", "كوريا"))
        and piece.has(r"North Korea|كوريا الشماليه|Pyongyang|بيونغ")
        and not piece.has(r"South Korea|كوريا الجنوبيه|Seoul|سيول")
    ):
        return "PRK"
    return str(hit.value)


def _oman(piece: Piece, hit: Hit) -> str | None:
    """عُمان the sultanate or عَمّان the capital: by its vowel signs, else by what is named nearest."""
    a, b = piece.folded.span(hit.start, hit.end)
    marks = piece.folded.original[a : b + 1]
    if "\u064f" in marks or hit.end - hit.start > 4:
        return "OMN"
    if "\u0651" in marks or "\u064e" in marks:
        return "JOR"
    if re.search(r"(?:سلطنه)\s$", piece.text[max(0, hit.start - 8) : hit.start]):
        return "OMN"
    begin = max(0, hit.start - 3000)
    here = [
        (abs(begin + match.start() - hit.start), code)
        for code, pattern in (("OMN", OMAN), ("JOR", AMMAN))
        for match in pattern.finditer(piece.text[begin : hit.start + 3000])
    ]
    if piece.text[max(0, hit.start - 10) : hit.start].endswith(("العاصمه ", "الاردنيه ")):
        return "JOR"
    return min(here)[1] if here else "OMN"

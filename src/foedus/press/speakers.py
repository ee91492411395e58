"""Who says what: the speakers of a piece, and each place at which one of them is made to speak."""

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from foedus.press.gazetteer import Hit
from foedus.press.patterns import begins, each
from foedus.press.persons import Name, arabic_name, names, stem
from foedus.press.piece import Piece
from foedus.press.places import Ordered

PRONOUN = {
    "en": re.compile(r"\b(he|she|they|it)\b", re.I),
    "ru": re.compile(r"\b(он|она|они|оно)\b", re.I),
    "ar": re.compile(r"(?:^|\s)(هو|هي|هم)(?:\s|$)"),
}
PASSIVE_BE = re.compile(begins("was|were|been|be|being|is|are", any_case=True) + r"\s(?:also\s|never\s|\w+ly\s)?$", re.I)
NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|his|her|their|its|these|such|any|no|of|several|many|some|to|by|and|which|'s|this|that|those|as|than|with|in|for|new|repeated|foreign|official)\s$",
    re.I,
)
NOUN_VERBS = frozenset("claims reports report demands stresses promises estimates fears hopes denies notes doubts urges posts hails states warns".split())
TO_BEFORE = re.compile(begins("to|not|never|don't|didn't|would|could|should|might|may|will|can", any_case=True) + r"\s$", re.I)
STOP_AR = re.compile(
    r"\s(?:ان|انه|انها|بان|بانه|بانها|انهم|الي ان|علي ان|من ان|عن|الي|في|علي|خلال|عقب|بعد|اثر|امام|عبر|من خلال|قوله|قولها|مشيرا|موكدا|قايلا|معتبرا)(?=\s|$)|[:\"،,;.(\n]|\s-\s"
)
RU_STOP = re.compile(r"\s(?:что|о том|о|об|на|в|во|по|после|перед|при|когда|чтобы|за|из|со ссылкой)(?=\s)|[:\",;.(\n]|\s-\s")
EN_STOP = re.compile(r"\s(?:that|on|in|at|after|before|when|who|during|to|as|while|but|and then|told|by|with|from)(?=\s)|[:\",;.(\n]|\s-\s")
CLAUSE = {
    "en": re.compile(begins(r'[",;:(]\s?|\s-\s|' + each("that|but|while|although|though|because|whereas|after|before|when|if|and|which|who|whose", r"\s"))),
    "ru": re.compile(begins(r'[",;:(]\s?|\s-\s|' + each("что|но|а|хотя|когда|если|пока|как|который|которая|которые", r"\s"))),
    "ar": re.compile(r"[\"،,;:(]\s?|\s-\s|\sلكن\s|\sفيما\s|\sبينما\s|\sاما\s"),
}
OF = {"en": re.compile(r",?\s(?:of|from)\s(?:the\s)?"), "ru": re.compile(r"\s\(")}
NAME_GAP = re.compile(r",?\s(?:(?:Mr\.?|Gen\.?|Dr\.?|Sir|\"[^\"]{1,40}\"|(?!and\b)[a-z-]+)\s?)?")
NO_GAP = re.compile(r"\b(?:in|on|by|with|for|to|told|met|and|from|at)\b")
ASIDE = {
    "en": re.compile(r"\s?(?:which|who|whose|where|standing|sitting|speaking|citing|referring|commenting|having|while|in (?:his|her|its|their) turn|for (?:his|her|its) part|however|meanwhile|too|though)\b"),
    "ru": re.compile(r"\s?(?:где|чь[ияеюё]\w?|чей|слова котор\w+|выступая|отвечая|комментируя|обращаясь|находясь|беседуя|общаясь|рассуждая|оценивая|объясняя|не называя|будучи|пытаясь|котор\w+|котором|комментир\w+|стоя|выступа\w+|отвеча\w+|признавш\w+|не входящ\w+|ссылаясь|говоря|в свою очередь|впрочем|однако|между тем|напротив|\w+(?:вший|вшая|вшие|ющий|ющая|ющие|ящий|ящая|ящие)\b)"),
    "ar": re.compile(r"(?!)"),
}  # fmt: skip
TREATY_TEXT = {
    "en": re.compile(r"\b(?:[Aa]rticles?|[Cc]harter|[Tt]reaty|[Cc]lause|[Aa]ct|[Mm]emorandum|[Dd]eclaration|[Aa]greement|[Pp]rotocol)\b"),
    "ru": re.compile(r"(?:[Сс]тать|[Уу]став|[Дд]оговор(?!а о к)|[Зз]акон|[Мм]еморандум|[Дд]екларац|[Сс]оглашени|[Хх]арти|[Пп]ротокол)"),
    "ar": re.compile(r"(?:ماده|ميثاق|(?<!منظمه )معاهده|مذكره|اعلان|اتفاقيه|قانون|بروتوكول)"),
}
LABEL = re.compile(r"(?:^|\n)(?:[-*]\s)?(?:\d{1,2}[.:]\d\d\.?\s(?:-\s)?)?([^:\n\"?!]{3,80}):\s(?=\S)")
SET_APART = frozenset("в во на по после перед при in on at after".split())
SEGMENT = re.compile(r"[\",;:.(\n]|\s(?:что|that)\s")
APPOSED = re.compile(r"\s?[;,]\s?")
BY_AGENT = re.compile(r"\s(?:(?:on|late|early|earlier|last)\s\w+\s)?by\s(?=[\w\"])")
GAPPED = re.compile(r"[,;]\s(?:а\s)?")
TREATY_AFTER = re.compile(r"'s\s(?:founding\s|own\s)?(?:[Aa]rticle|[Cc]harter|[Tt]reaty|[Cc]lause)")
GENITIVE_PLURAL = re.compile(r"(?:[оеё]в|ей|ам|ям|ами|ями|ах|ях|ых|их|ым|им|ыми|ими)$")
OBLIQUE_BEFORE = re.compile(
    r"(?:^|\s)(?:к|ко|с|со|от|из|для|против|по|о|об|за|до|под|над|между|через|при|без)\s(?:[а-я-]+(?:ой|ого|ому|ым|ом|ую|их|ых|ими|ыми)\s)?$", re.I
)
LOCATIVE_BEFORE = re.compile(r"(?:^|\s)(?:в|во|на)\s$", re.I)
SHORT_QUOTE = re.compile(r'"[^"\n]{1,40}"(?=\s[a-zа-я])')
HANGING = re.compile(r"(?:and|but|then)?\s?(?:(?:has|have|had|also|then|later|now|even)\s?)*")
WAYS_ON = re.compile(r",?\s(?:and\s|и\s)?(?:the\s)?|\sو(?:ال)?")
PERSON_WORD = re.compile(r"(?:[a-z]{2}(?:er|or|ist|ian|ant|ent|ee|eer)|man|woman|person|chief|guard|hand|mate|chair|pilot|nurse|cook|clerk|student|captain)$")
NO_PERSON = frozenset(
    """letter paper newspaper number matter charter chapter order member another other later under over after never ever either neither rather whether together however former latter poster banner
    statement document agreement amendment argument comment department government parliament settlement assessment movement report current recent different event moment percent accent restaurant
    reminder order answer offer border winter summer river power tower water weather centre center computer helicopter cruiser destroyer carrier fighter tanker error terror sector factor minor major
    prior author committee employee guarantee refugee""".split()
)
TRADE = re.compile(
    r"\s?(?:but\s|and\s)?(?:an?|one|another)\s((?:[A-Za-z'-]+\s){0,3}?)([a-z-]+)(?=\s(?:in|from|of|at|with|on|who|for|near|outside|by)\b|,|\s?$)"
)
SIGNED = re.compile(r'"\s?-\s?(?=[^\s"])')
NOMINAL_WORDS = {
    "en": ("statement", "announcement", "appeal", "remarks", "comments", "letter", "warning", "message", "communique", "release"),
    "ru": ("говорится", "сказано", "отмечается", "подчеркивается", "указывается", "утверждается", "сообщается", "отмечено", "указано", "следует", "заявлен", "сообщен", "обращен", "релиз", "доклад", "письм", "коммюнике"),
    "ar": ("صدر", "صادر", "جاء في", "ورد في"),
}  # fmt: skip
NOMINAL = {
    "en": re.compile(
        begins("statement|announcement|appeal|remarks|comments|letter|warning|message|communique|press release")
        + r"s?\s(?:(?:issued|released|published|made|sent|signed|put out)\s)?(?:on\s\w+\s)?(?:by|from)\s"
    ),
    "ru": re.compile(
        r"\b(?:говорится|сказано|отмечается|подчеркивается|указывается|утверждается|сообщается|отмечено|указано|следует)\s(?:в|во|на|из)\s(?:[а-я-]+\s){0,3}?(?=[А-Я]|министерств|посольств|правительств|пресс-служб|администраци|ведомств|парламент)"
        r"|\b(?:[Вв]о?|[Ии]з)\s(?:[а-я]+\s)?(?:заявлени[ия]|сообщени[ия]|обращени[ия]|пресс-релиз[еа]|доклад[еа]|письм[еа]|коммюнике)\s(?=[А-Я]|министерств|посольств|правительств|пресс-служб|администраци|ведомств|парламент)"
    ),
    "ar": re.compile(r"(?:بيان|البيان|تصريح|تصريحات|رساله|نداء|خطاب|كلمه)\s(?:\S+\s)?(?:صدر|صادر|صادره|الصادر|صدرت)\s(?:اليوم\s|امس\s)?(?:عن|من)\s|(?:^|\s)صدر\sعن\s(?=[^\n.]{3,70}(?:بيان|البيان))"
                     r"|(?:جاء|ورد|وجاء|وورد)\sفي\s(?:بيان|تصريح|رساله|كلمه)\s(?:ل|من\s|عن\s)?"),
}  # fmt: skip
AR_ASIDE = re.compile(r"\s(?:في|خلال|عقب|امام|عبر|بعد|اثر|من|علي)\s")
AR_SAYS = re.compile(r"\s(?:ان|انه|انها|بان|بانه|بانها|انهم|الي ان|علي ان)\s|[:.\n\"]")
FORMER = frozenset(("official", "president", "prime minister", "minister"))
FORMERLY = re.compile(r"\b(?:former|бывш\w+)\s(?:[\w-]+\s)?$", re.I)
SAME_AR = re.compile(r"\s(?:ذاته|نفسه|ذاتها|نفسها|عينه)\b")
COMPLEMENT = re.compile(
    r"(?:\s(?:[بلو]?(?:شوون|مركز|معهد|جامعه|كليه|مجلس|قسم|برنامج|موسسه|هييه|وزاره|لجنه|اداره)|باسم\s\S+|(?:في|لدي|و|من|ب)?\s?(?:ال|لل|وال|بال)[^\s,.:\"]+|لدي|في|السابق|المساعد))+\s"
)
AR_ENDS = re.compile(r"\s(?:ان|انه|انها|بان|بانه|بانها|الي ان|علي ان|عن|في|علي|خلال|امس|اليوم|يوم|مساء|صباح|من)(?=\s)|[,:.;\n\"]|\s-")
APPOSED_BEFORE = re.compile(r"[,;]\s?$")
GENERIC = frozenset(("leader", "diplomat", "official", "expert", "analyst", "professor", "researcher", "politician", "scholar"))
TOO = re.compile(r"\b(?:so|as)\s(?:did|has|does|had|have)\s(?:the\s)?$")
JOINED = {
    "en": re.compile(begins("[,]|and|but") + r"\s(?:(?:has|have|had|also|then|later|now)\s)*$"),
    "ru": re.compile(r"\b(?:и|но)\s(?:также\s|затем\s)?$"),
    "ar": re.compile(r"(?!)"),
}
AR_COMMA = re.compile(r",\s?(?:قد\s|فقد\s)?$")
HEAD_OF_STATE = re.compile(r"\s(?:[а-я-]+ого\s)?государства\b")
NO_SUBJECT = re.compile(r"\s(?:its|their|it|they|he|she|that|there|this|these|his|her|no|all|some|any)\b")
PHRASE_AND = re.compile(r"\b(?:of|from|in|between|by)\s[^,;]{2,36}$")
STANCE = re.compile(r"(?:поддерж|ожида|требу|хоч|считает|надеет|supports|wants|expects|backs|backed|believes|يدعم|تدعم|يويد|تويد|يتوقع|تتوقع)")
THAT = {"en": re.compile(r"\bthat\s(?:the\s)?$"), "ru": re.compile(r"\bчто\s$"), "ar": re.compile(r"(?:^|\s)(?:ان|بان)\s$")}
MANY = re.compile(r"\b(?:they|они)\b|(?:^|\s)هم(?:\s|$)", re.I)
BROADCAST = re.compile(r"\s(?:Radio|Television|TV|News|Times|Post)\b")
THERE = re.compile(r"\s(?:there|in the country)\b")
COMPLEMENT_NOUN = re.compile(r"\s[بلو]?(?:شوون|مركز|معهد|جامعه|كليه|مجلس|قسم|برنامج|موسسه|هييه|وزاره|لجنه|اداره)\s")
WHOSE = re.compile(r"\s(?:whose|чьи|слова котор)")
PLURAL_VERB = re.compile(r"(?:ли|[юуая]т|лись|[юуая]тся)$")
DETERMINED = re.compile(r"\b(?:the|a|an|to|by|of|'s|his|their|its)\s$", re.I)
NO_OBJECT = re.compile(r"\s(?:by|last|under|between|after)\b")
CALLED = re.compile(r"\s(?:it|this|that|them|him|her|the|his|its|their|such|for)\b")
SAID_NOTHING = re.compile(r"\s(?:nothing|little|none)\b|\s(?:التعليق)")
AS_SAID = re.compile(r"\b(?:как|об этом|о чем|это|чем|так)\s$", re.I)
AR_CLAUSE = re.compile(r'[\s",;:.(](?:(?<=[\n",;:.(])\s?|(?<=\s)(?:-|لكن|ان|التي|الذي|وان|اذ|حيث|فيما|بينما)\s)')  # of a text with a blank put before it
AS_FOR = re.compile(r"(?:^|\s)و?اما\s")
AFTER_AS_FOR = re.compile(r"(?:^|\s)و?اما\s|[.\n]")
AR_CONTENT = re.compile(r"\s(?:ان|انه|انها|الي ان|الي|بان|علي ان|علي|,|:|في الوقت)(?:\s|$)|:|\sب\w{3}")
SAID_THAT_HE = re.compile(r"(?:^|\s)(?:انه|انها|بانه|بانها|انهم)\s(?:قد\s|كان\s)?$")
DATELINE = re.compile(r"(?:,\s[^.\n,]{3,25})?\s?(?:\([^)\n]{2,30}\)\s?)?(?:\.\s|\s?-\s|:\s)")
INDEFINITE = frozenset(
    ("spokesperson", "official", "analyst", "expert", "researcher", "professor", "ambassador", "diplomat", "journalist", "resident", "minister", "general", "commander", "scholar", "historian",
     "economist", "lawyer", "activist", "witness", "member of parliament", "senator", "adviser", "envoy", "executive", "correspondent")
)  # fmt: skip
OTHER = re.compile(r"\b(?:другой|другая|еще один|еще одна|один|одна|иной)\s(?:\w+\s)?$", re.I)
THE = re.compile(r"\b(?:the|that|this|same)\s(?:\w+\s)?$", re.I)
BEFORE_OFFICE_EN = re.compile(r"(?:'s?)?\s(?:(?!and\b|in\b|of\b|to\b|by\b|with\b|says?\b|said\b|told\b)[\w-]+\s){0,2}")
BEFORE_OFFICE_RU = re.compile(r"\s(?:[а-я-]+\s)?")
BESIDE_OFFICE = re.compile(r",?\s|\s(?:[A-Za-zА-Яа-я-]+\s){1,2}")
APART = re.compile(r"[.;:\n\"]|,")
NOT_OF_ONE = re.compile(r"\b(?:that|and|said|что|и|to|with)\b|(?:^|\s)ان\s")
OF_IN_FOR = re.compile(r"\s(?:of|in|for)\s")
IN_THE_COUNTRY = re.compile(r"\s(?:there|in the country|in the capital)\b")
RELATIVE = re.compile(r"\s(?:who|whose|which|котор)")
ARTICLE_OR_HIS = re.compile(r"\s?(?:an?|one|some|his|her|their|its)\s")
AND = re.compile(r"\s(?:and|и)\s")
AND_WITH = re.compile(r"\s(?:and|и)\s(?:[\w' -]{0,50}\s)?")
STATE_OF = re.compile(r"(?:\sof)?\s(?:(?:and|и)\s)?(?:the\s)?(?:و?ال)?و?")
RU_THEM = re.compile(r"\s(?:него|нее|неё|них|его|ее|её|их)\b")
RU_BY_THEM = re.compile(r"\bпо (?:его|ее|её|их)\s$")
WRITTEN_IN = re.compile(r"\s(?:مقال|تقرير|تحليل|تعليق|في\s(?:مقال|صحيفه|مجله|تقرير|تغريده))")
AS_SUBJECT = re.compile(r"\s(?:ب|ل|من|الي|علي)")
EARLIER_ON = re.compile(r"\s(?:on|in|at|earlier|this)\b")
NAME_HELD_BY = re.compile(r"\s(?:باسم|في)?\s?")
BEFORE_ITS_OFFICE = re.compile(r",\s(?:who is\s|the\s|a\s|an\s|its\s|then\s|now\s)?(?:[a-z-]+\s){0,2}|\s-\s")
OFFICE_OF = {
    "en": re.compile(r"(?:,?\s(?:of|for|at|from|in|to)\s(?:the\s|its\s)?(?:[a-z-]+\s)?)"),
    "ru": re.compile(r"\s(?:в\s|при\s|по\s|во\s|\"|[а-я-]+\s){0,1}"),
    "ar": re.compile(r"\s?(?:العسكري\s|الرسمي\s|الاعلامي\s|كبير\s|رفيع\s)?(?:باسم\s|في\s|لدي\s|ل\s?|من\s)?(?:ال|لل|ب|ل)?"),
}
STANDING = re.compile(r"\s?(?:السابق|السابقه|الحالي|الجديد|الاسبق|الراحل|المخلوع|المؤقت|الموقت|الانتقالي|المنتخب|العام|الدكتور|السيد|,|،)(?=\s)")
ACCORDING_ENDS = {
    "en": re.compile(r"[,;:\"\n(]|\.(?=\s|$)|\s(?:that|who|which|on|to|has|had|was|were|is|are|will|would)\s"),
    "ru": re.compile(r"[,;:\"\n(.]|\s(?:в|на|после|был\w*|будет|о|что)\s"),
    "ar": re.compile(r"[،,;:\"\n(.]|\s(?:ان|فان|انه|في|علي|قوله|قولها|التي|الذي)(?=\s)"),
}
SIGNATURE_ENDS = re.compile(r"[\n\".;]")
WRITER = -1  # stands for the writer where a speaker's number is asked for
ASKER = re.compile(r"(?:Interviewer|Question|Q\b|Host|Presenter|Ведущ|ВЕДУЩ|Вопрос|Корреспондент\b|المذيع|المحاور|سؤال|س$)", re.I)
NO_WORD = re.compile(
    r"\b(?:not|never|no|neither|nor|n't|без|не|ни|никто)\s(?:\w+\s)?$|n't\s$|\b(?:[Nn]either)\s[^.,;]{2,50}\s(?:has|have|had)?\s?$|(?:^|\s)(?:لم|لن|لا|(?<!علي\s)ما)\s$",
    re.I,
)
NO_WORDS = {"en": ("no", "n't", "ne", "ei"), "ru": ("не", "ни", "без"), "ar": ("لم", "لن", "لا", "ما")}
VIEWS = frozenset("believes believed thinks считает считают полагает полагают يعتقد تعتقد يري تري expects wants supports reckons".split())
IN_PHRASE = {
    "en": re.compile(begins("in|at|near|from|to|into|around|outside|against|under|with|of|by|for|on|over", any_case=True) + r"\s(?:the\s)?$", re.I),
    "ru": re.compile(begins("в|во|на|из|у|под|об|о|около|к|от|до|при|за|через|над|между|с|со|для|против", any_case=True) + r"\s(?:[а-я-]+\s)?$", re.I),
    "ar": re.compile(r"(?!)"),
}
LISTED = re.compile(r"^,?\s?(?:and|и|و|,)?\s?(?:also\s|also from\s)?(?:ال|و)*$")
RESOLVED = frozenset(
    ("president", "prime minister", "foreign minister", "defence minister", "interior minister", "minister", "deputy minister", "government", "army", "police", "defence force", "foreign ministry",
     "defence ministry", "interior ministry", "health ministry", "parliament", "commander-in-chief", "army chief", "military command", "general staff", "security service", "security council",
     "deputy head", "speaker of parliament", "central bank", "intelligence service", "presidency", "ruling party", "coach")
)  # fmt: skip
PLACED = frozenset(("governor", "mayor", "coach", "captain", "ambassador", "resident", "player", "company", "police", "head"))
RELAYED = {"en": re.compile(r"^\s(?:as saying|as telling|him as|her as)"), "ru": re.compile(r"."), "ar": re.compile(r"^.{0,40}?\sعن\s")}
SEATS = {"kremlin": "presidency", "white house": "presidency", "elysee": "presidency", "кремл": "presidency", "белый дом": "presidency", "белого дома": "presidency", "белом доме": "presidency",
         "الكرملين": "presidency", "البيت الابيض": "presidency", "الاليزيه": "presidency", "قصر الاليزيه": "presidency", "pentagon": "defence department", "пентагон": "defence department",
         "البنتاغون": "defence department", "state department": "state department", "госдеп": "state department"}  # fmt: skip
ORG_WORD = {
    "en": re.compile(r"\b(?:alliance|organi[sz]ation|bloc|pact|union|community|league|grouping)(?:'s)?\b", re.I),
    "ru": re.compile(r"\b(?:организаци\w+|альянс\w*|блок\w*|союз\w*|сообществ\w+)\b", re.I),
    "ar": re.compile(r"(?:ال|لل)(?:منظمه|حلف|تحالف|جامعه|مجموعه|اتحاد|كتله|تكتل|رابطه|مفوضيه)"),
}
SECRETARIAL = frozenset(
    (
        "secretary-general",
        "deputy secretary-general",
        "executive secretary",
        "commission president",
        "commissioner",
        "chair",
        "spokesperson",
        "foreign policy chief",
    )
)


@dataclass(slots=True)
class Voice:
    """A speaker: name, office, state or body; where it stands first."""

    name: str | None
    role: str | None
    state: str | None
    body: str | None
    start: int
    end: int
    how: str = ""
    rule: str = ""

    def label(self) -> str:
        """What to call the speaker in a line."""
        place = self.state or self.body
        return self.name or (f"{self.role} of {place}" if self.role and place and self.role != "organisation" else place or self.role or "speaker")


@dataclass(slots=True)
class Attribution:
    """One place at which a voice speaks: the verb or phrase, its polarity, what is said, who relays it."""

    voice: int | None
    start: int
    end: int
    polarity: str
    content: tuple[int, int]
    relayed_by: str | None
    rule: str


@dataclass
class Voices:
    """The speakers of a piece, once each, and their attributions in order."""

    piece: Piece
    speakers: list[Voice] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)

    def public(self) -> list[dict[str, Any]]:
        """The speakers as plain data."""
        span = self.piece.span
        return [{"name": v.name, "role": v.role, "state": v.state, "body": v.body, "span": span(v.start, v.end), "rule": v.rule} for v in self.speakers]


def speakers(piece: Piece, found_states: list[dict[str, Any]], named: list[dict[str, Any]]) -> Voices:
    """The speakers of a piece and where they speak."""
    return _Reader(piece, found_states, named).read()


def _most_named(found: list[dict[str, Any]]) -> str | None:
    counts = Counter(item["state"] for item in found)
    return max(sorted(counts), key=lambda code: counts[code]) if counts else None


class _Reader:
    def __init__(self, piece: Piece, found_states: list[dict[str, Any]], named: list[dict[str, Any]]) -> None:
        self.piece, self.lang, self.text = piece, piece.lang, piece.text
        self.states = found_states
        self.named = named
        self.by_state = Ordered(found_states, lambda item: item["at"])
        self.by_pact = Ordered(named, lambda item: item["at"])
        self.names = names(piece)
        self.alike: dict[str, set[str]] = {}
        for name in self.names if self.lang == "ru" else ():
            self.alike.setdefault(stem(name.text.split()[-1]), set()).add(name.text.split()[-1])
        self.by_name = Ordered(self.names, lambda name: name.start)
        self.roles = [hit for hit in piece.of("role") if hit.value != "author"]
        self.by_role = Ordered(self.roles, lambda hit: hit.start)
        self.offices: dict[int, Voice] = {}
        self.office_states: dict[str, list[tuple[int, str]]] = {}
        self.most_named = _most_named(found_states)
        self.known: dict[str, Voice] = {}
        self.voices = Voices(piece)
        self.last: int | None = None
        self.last_person: int | None = None
        self.arabic_known: set[str] = set()
        self.plural = True
        self.dateline = self._dateline()

    def read(self) -> Voices:
        self._offices()
        triggers = [hit for hit in self.piece.hits if hit.kind in ("say", "according")]
        triggers = triggers[: 150 + len(self.text) // 150]  # more verbs of saying than that are no prose
        done = -1
        labelled = self._labels()
        nouns = self._nouns()
        for hit in triggers:
            while labelled and labelled[0][0] <= hit.start:
                self._label(labelled.pop(0))
            while nouns and nouns[0][0] <= hit.start:
                nouns.pop(0)[1]()
            if hit.start < done or self._asks(hit):
                continue
            made = self._according(hit) if hit.kind == "according" else self._said(hit)
            if made:
                if made.voice == WRITER:
                    made.voice = None
                self.voices.attributions.append(made)
                done = hit.end
        for label in labelled:
            self._label(label)
        for _, speak in nouns:
            speak()
        return self.voices

    def _dateline(self) -> str | None:
        """The state whose capital a piece is dated from: `BISHKEK, June 15 (Agency) -`, `Бишкек, 19 сентября.`"""
        for item in self.by_state.before(600):
            if item["how"] == "capital" and (item["at"] == 0 or self.text[item["at"] - 1] == "\n") and DATELINE.match(self.text, item["end"]):
                return str(item["state"])
        return None

    def _sentence(self, hit: Hit) -> tuple[int, int]:
        """The sentence of a verb, as far as its speaker can be from it."""
        first, last = self.piece.sentence(hit.start)
        return max(first, hit.start - 500), min(last, hit.end + 700)

    def _asks(self, hit: Hit) -> bool:
        """Whether the verb stands in a question: what did Moscow say?"""
        first, last = self._sentence(hit)
        while last > first and self.text[last - 1] in " \n\"'":
            last -= 1
        return self.text[last - 1] == "?" and '"' not in self.text[first:last] and "," not in self.text[first : hit.start]

    # ---- labels ---------------------------------------------------------------------------------------------------

    def _labels(self) -> list[tuple[int, int, int]]:
        """Lines that open with their speaker: `Federica Mogherini, the EU's foreign policy chief: all countries are ready`."""
        made = []
        for found in self._lines():
            a, b = found.span(1)
            if len(self.text[a:b].split()) > 9 or any(hit.kind == "say" and hit.how == "" and hit.value != "relay" for hit in self.piece.between(a, b, "say")):
                continue
            end = self.text.find("\n", b)
            made.append((a, b, end if end > 0 else len(self.text)))
        return made

    def _lines(self) -> Iterator[re.Match[str]]:
        """The lines that may open with their speaker: those with a colon near their beginning."""
        text, colon, line = self.text, self.text.find(":"), -1
        while colon >= 0:
            begin = text.rfind("\n", 0, colon)
            if begin != line or line < 0:
                line = begin
                found = LABEL.match(text, max(begin, 0)) if colon - begin < 100 else None
                if found:
                    yield found
                end = text.find("\n", colon)
                if end < 0:
                    return
                colon = end
            colon = text.find(":", colon + 1)

    def _label(self, label: tuple[int, int, int]) -> None:
        start, end, last = label
        if ASKER.match(self.text[start:end]):
            return
        subject = self._subject(start, end, True)
        if not isinstance(subject, Voice) or subject.how in ("body", "state", "house") and not self._speaks_in_line(subject, start, end, last):
            return  # a dateline or a heading
        if subject.how == "office" and not subject.state and not subject.body:
            earlier = [
                voice
                for place, voice in self.offices.items()
                if place < start and voice.role in (subject.role, f"former {subject.role}") and not voice.name and (voice.state or voice.body)
            ]
            subject = earlier[-1] if earlier else subject
        if subject.role is None and (not subject.name or stem(subject.name.split()[-1]) not in self.known):
            return
        index = self._enter(subject, Hit(start, end, "say", "affirm", "", ""))
        if index is not None:
            self.voices.attributions.append(Attribution(index, start, end, "affirm", (end + 1, last), None, "speaker before a colon"))
            self.voices.attributions.sort(key=lambda said: said.start)

    def _speaks_in_line(self, subject: Voice, start: int, end: int, last: int) -> bool:
        """Whether a line that opens with an institution or a capital is its speech (`Анкара: поддержим Баку`), not a dateline or a heading."""
        line = self.text.rfind("\n", 0, start) + 1
        if (
            line == 0
            or self.text[start] == "•"
            or len(self.text[end:last].split()) < 4
            or self.text[start:end].isupper()
            or len(self.text[start:end].split()) > 6
        ):
            return False
        if subject.how == "house":
            return subject.start - start < 25
        if self.text[start:end] != self.text[subject.start : subject.end] or subject.how != "state":
            return False
        return line < start or self.lang != "ar" and self.text[end + 2 : end + 3].islower()

    # ---- speech without a verb ---------------------------------------------------------------------------------------

    def _nouns(self) -> list[tuple[int, Callable[[], None]]]:
        """Speech that a noun reports (`a statement by`, `говорится в заявлении`, جاء في بيان) or a dash signs, by place."""
        made: list[tuple[int, Callable[[], None]]] = []
        words = NOMINAL_WORDS[self.lang]
        for found in NOMINAL[self.lang].finditer(self.text) if any(word in self.text for word in words) else ():
            made.append((found.start(), functools.partial(self._nominal, found.start(), found.end())))
        for found in SIGNED.finditer(self.text) if '"' in self.text else ():
            made.append((found.start(), functools.partial(self._signed, found.start(), found.end())))
        return sorted(made, key=lambda item: item[0])

    def _nominal(self, start: int, place: int) -> None:
        first, last = self.piece.sentence(start)
        stop = {"en": EN_STOP, "ru": RU_STOP, "ar": STOP_AR}[self.lang].search(self.text, place, last)
        end = stop.start() if stop else min(last, place + 90)
        subject = self._subject(place - 1, end, True, True)
        if not isinstance(subject, Voice) or subject.role is None or subject.start - place > 25 or subject.how == "state" and self.lang == "ar":
            return
        self._spoken(subject, start, end, (end, last) if start - first < 20 else (first, start), "speech named by a noun")

    def _signed(self, start: int, place: int) -> None:
        end = next((found.start() for found in [SIGNATURE_ENDS.search(self.text, place)] if found), len(self.text))
        if end - place > 90 or self.piece.between(place, end, "say") or not self.by_role.between(place, min(end, place + 60)):
            return
        subject = self._subject(place - 1, end, True)
        opening = self.text.rfind('"', 0, start)
        if isinstance(subject, Voice) and subject.role and subject.start - place < 40:
            self._spoken(subject, start, end, (opening + 1, start), "signed quotation")

    def _spoken(self, subject: Voice, start: int, end: int, content: tuple[int, int], rule: str) -> None:
        index = self._enter(subject, Hit(start, end, "say", "affirm", "", ""))
        if index is not None and index != WRITER:
            self.voices.attributions.append(Attribution(index, start, end, "affirm", content, None, rule))
            self.voices.attributions.sort(key=lambda said: said.start)

    # ---- offices and their holders ------------------------------------------------------------------------------

    def _offices(self) -> None:
        """Each office with its state or body and the name that stands with it; who holds it is remembered."""
        latest: dict[str, Voice] = {}
        for hit in self.roles:
            if hit.how not in ("person", "group"):
                continue
            before = latest.get(hit.value)
            if before and before.start <= hit.start < before.end:
                self.offices[hit.start] = before
                continue
            if hit.value in FORMER and FORMERLY.search(self.text, max(0, hit.start - 30), hit.start):
                hit = hit._replace(value=f"former {hit.value}")
            if self.lang == "ru" and hit.value == "director" and HEAD_OF_STATE.match(self.text, hit.end):
                hit = hit._replace(value="president")
            voice = latest[hit.value] = self._office(hit)
            self.offices[hit.start] = voice
            if voice.role and voice.state:
                self.office_states.setdefault(voice.role, []).append((hit.start, voice.state))
            if voice.name:
                if not voice.state and not voice.body and voice.role in RESOLVED:
                    voice.state = self._around(voice.role, voice.start)
                self._remember(voice)

    def _remember(self, voice: Voice) -> None:
        assert voice.name
        surname = stem(voice.name.split()[-1])
        old = self.known.get(surname)
        if old is None:
            self.known[surname] = voice
        else:
            if len(voice.name) > len(old.name or "") and not self._oblique(voice):
                old.name = voice.name
            old.role = old.role or voice.role
            old.state = old.state or voice.state
            old.body = old.body or voice.body
        if self.lang == "ar":
            self.arabic_known |= set(self.text[voice.start : voice.end].split())

    def _oblique(self, voice: Voice) -> bool:
        return False

    def _office(self, hit: Hit) -> Voice:
        text = self.text
        state = body = None
        place = hit.end
        start = hit.start
        # to the left: Armenia's prime minister, the Russian foreign minister, NATO secretary general
        if self.lang == "en":
            for item in self._near(hit.start - 60, hit.start):
                gap = text[item["end"] : hit.start]
                if item["end"] <= hit.start and len(gap) < 28 and BEFORE_OFFICE_EN.fullmatch(gap):
                    state, body = (item.get("state"), None) if "state" in item else (None, item["pact"])
                    start = item["at"]
            for other in self.piece.between(max(0, hit.start - 30), hit.start, "body", "role"):
                if other.kind == "body" and text[other.end : hit.start].strip("' s") == "" and state is None and body is None:
                    body = other.value
                elif other.kind == "role" and other.how == "house" and text[other.end : hit.start] in (" ", "'s "):
                    inner = [item for item in self.by_state.between(other.start - 40, other.start) if item["end"] <= other.start < item["end"] + 4]
                    state = inner[-1]["state"] if inner and state is None else state
        elif self.lang == "ru":
            for item in self._near(hit.start - 60, hit.start):
                gap = text[item["end"] : hit.start]
                if "state" in item and item["end"] <= hit.start and item["how"] == "demonym" and len(gap) < 24 and BEFORE_OFFICE_RU.fullmatch(gap):
                    state, start = item["state"], item["at"]
        place, found_state, found_body = self._qualifiers(place, hit)
        if self.lang == "ar" or state is None:
            state = state or found_state
        if body is None and found_body and (state is None or hit.value in SECRETARIAL and found_state is None):
            body = found_body
        if state and body and found_body and hit.value == "spokesperson" and found_state is None and state is not None:
            body = None
        name = self._name_right(place, hit)
        if name is None:
            name = self._name_left(start) if self.lang != "ar" else self._arabic_holder(hit.start)
        if body is None and state is None and hit.value in SECRETARIAL:
            body = self._general_body(hit, place)
        if name and state is None and body is None and self.lang != "ar":
            after = [item for item in self._near(name.end, name.end + 12) if OF[self.lang].fullmatch(self.text[name.end : item["at"]])]
            if after:
                state, body = after[0].get("state"), after[0].get("pact")
        if hit.value == "foreign minister" and body == "eu":
            return Voice(
                self._show(name, hit) if name else None,
                "foreign policy chief",
                None,
                body,
                (name or hit).start,
                (name or hit).end,
                "named" if name else "office",
                "office",
            )
        if name:
            return Voice(self._show(name, hit), hit.value, state, body if not state else None, name.start, name.end, "named", "office and name")
        return Voice(None, hit.value, state, body if not state else None, start, max(place, hit.end), "office", "office")

    def _near(self, start: int, end: int) -> list[dict[str, Any]]:
        """The states and pacts that begin in [start, end), states first."""
        return [*self.by_state.between(start, end), *self.by_pact.between(start, end)]

    def _general_body(self, hit: Hit, place: int) -> str | None:
        """`the alliance's secretary general`: the pact last named."""
        around = self.text[max(0, hit.start - 22) : hit.start] + " | " + self.text[hit.end : hit.end + 24]
        if ORG_WORD[self.lang].search(around):
            before = self.by_pact.before(hit.start, 1)
            return before[-1]["pact"] if before else None
        return None

    def _qualifiers(self, place: int, hit: Hit) -> tuple[int, str | None, str | None]:
        """What follows an office and says of what: `of the Russian defence ministry`, `الروسي`, `ОДКБ`."""
        text, state, body, housed = self.text, None, None, False
        link = OFFICE_OF[self.lang]
        for _ in range(4):
            found = link.match(text, place)
            if not found:
                break
            at = found.end()
            near = [other for other in self.piece.between(place, at + 2) if other.kind in ("state", "pact", "body", "role") and place <= other.start <= at + 1]
            if self.lang == "ar":
                near = [other for other in near if other.start - place <= 8 or other.start - at <= 0]
            near = [other for other in near if other.start == at or self.lang == "ar"]
            if not near:
                break
            other = max(near, key=lambda x: (x.end, x.kind == "state"))
            if other.kind == "role" and hit.value in ("official", "spokesperson", "officials"):
                housed = True
            if other.kind == "state":
                known = self.by_state.between(other.start, other.start + 1)
                if not known or state is not None and known[0]["state"] != state:
                    break
                state = known[0]["state"]
            elif other.kind == "pact" or other.kind == "body":
                body = body or other.value
            elif other.how != "house":
                break
            place = other.end
        if self.lang == "ar":
            seat = [item for item in self.by_state.between(place, place + 9) if item["how"] == "capital"]
            if seat and state is None and NAME_HELD_BY.fullmatch(text[place : seat[0]["at"]]):
                state, place = seat[0]["state"], seat[0]["end"]
        if housed and state is None and body is None and self.lang != "en":
            state = self._around("government", hit.start)
        return place, state, body

    def _name_right(self, place: int, hit: Hit) -> Name | None:
        text = self.text
        if hit.how == "group":
            return None
        if self.lang == "ar":
            while True:
                gap = STANDING.match(text, place)
                if not gap:
                    break
                place = gap.end()
            if text[place : place + 1] != " ":
                return None
            name = arabic_name(self.piece, place, self.arabic_known) if not COMPLEMENT_NOUN.match(self.text, place) else None
            name = name or self._name_after_complement(place)
            if name and hit.value in PLACED and len(name.text.split()) < 2:
                return None
            if (
                name
                and hit.value in ("member of parliament", "director", "official", "analyst", "expert", "diplomat", "researcher")
                and len(name.text.split()) < 2
            ):
                return None
            return name
        near = self.by_name.between(place, place + 60)[:1]
        between = text[place : near[0].start] if near else ""
        if near and len(between) < 16 and NAME_GAP.fullmatch(between) and not NO_GAP.search(between):
            return near[0]
        return None

    def _name_after_complement(self, place: int) -> Name | None:
        """The name after an Arabic office and what it is an office of: قائد الانقلاب مامادي دومبويا; it must end where a clause begins."""
        found = COMPLEMENT.match(self.text, place)
        if not found or any(role.how == "person" for role in self.by_role.between(place, found.end())):
            return None
        name = arabic_name(self.piece, found.end(), self.arabic_known)
        if name and " " in name.text and AR_ENDS.match(self.text, name.end):
            return name
        return None

    def _arabic_holder(self, start: int) -> Name | None:
        """A name that stands before its office, set off by a comma: أحمد أبو الغيط، الأمين العام للجامعة."""
        comma = APPOSED_BEFORE.search(self.text, max(0, start - 3), start)
        if not comma:
            return None
        words = [found.start() for found in re.finditer(r"(?<=[\s\"])\S", self.text[max(0, comma.start() - 48) : comma.start()])]
        for place in words[-4:-1]:
            at = max(0, comma.start() - 48) + place
            name = arabic_name(self.piece, at, self.arabic_known)
            if name and name.start == at and name.end == comma.start() and " " in name.text:
                return name
        return None

    def _name_left(self, start: int) -> Name | None:
        """Nikol Pashinyan, Armenia's prime minister; Пашинян, премьер Армении."""
        for name in reversed(self.by_name.between(start - 120, start)):
            if name.end <= start:
                gap = self.text[name.end : start]
                if not self.piece.between(name.end, start, "say") and BEFORE_ITS_OFFICE.fullmatch(gap):
                    return name
                return None
        return None

    def _show(self, name: Name, hit: Hit | None = None) -> str:
        shown = self.piece.folded.source(name.start, name.end).strip(" \"'«»“”")
        if self.lang == "ru":
            shown = nominative(shown, self.alike)
        return shown

    # ---- subjects -------------------------------------------------------------------------------------------------

    def _subject(self, start: int, end: int, after: bool, oblique: bool = False) -> Voice | str | None:
        """The voice that a stretch of text names: an office, a name, a house, a body or a state; or `pronoun`."""
        text = self.text[start:end]
        if not text.strip():
            return None
        roles = self.piece.between(start, end, "role")
        if roles and any(hit.value == "author" for hit in roles):
            return "writer"
        if self.lang == "ar" and after and not oblique:
            first = [item for item in self.by_state.between(start, start + 3) if item["how"] != "demonym"]
            if first and not any(role.start <= first[0]["at"] for role in roles):
                roles = []
        people = [hit for hit in roles if hit.how == "person"]
        office = self.offices.get(people[0].start) if people else None
        if office and self.lang == "ar":
            return self._holder_before(start, people[0].start, office) if after and office.name is None else office
        if office and office.name:
            return office
        groups = [hit for hit in roles if hit.how == "group"]
        houses = [hit for hit in roles if hit.how == "house"]
        if self.lang == "ru" and not oblique:
            groups = [hit for hit in groups if not GENITIVE_PLURAL.search(self.text[hit.start : hit.end].lower())]
            houses = [hit for hit in houses if hit.value != "military" or not GENITIVE_PLURAL.search(self.text[hit.start : hit.end].lower())]
        inside = [name for name in self.by_name.between(start, end) if self.text[name.end : name.end + 2] != "'s"]
        if not oblique:
            inside = [
                name
                for name in inside
                if stem(name.text.split()[-1]) in self.known or not IN_PHRASE[self.lang].search(self.text[max(0, name.start - 24) : name.start])
            ]
        if self.lang == "ar" and after and not roles:
            name = arabic_name(self.piece, start, self.arabic_known, 3)
            if name and name.end <= end + 1:
                parts = self.text[name.start : name.end].split()
                follows = APPOSED.match(self.text, name.end)
                held = [hit for hit in self.by_role.between(follows.end(), follows.end() + 3) if hit.how == "person"] if follows else []
                if held and len(parts) > 1 and (apposed := self.offices.get(held[0].start)):
                    return self._holder_before(start, name.end, apposed)
                if any(stem(word) in self.known for word in parts) or self._name_like(parts, name.end):
                    inside = [name]
        if groups and inside and groups[0].start < inside[0].start and re.match(r"\s(?:of|from|in|at|near|из|в)\s", self.text[groups[0].end : inside[0].start]):
            inside = []
        if office:
            near = [name for name in inside if abs(name.start - people[0].end) < 60 or abs(people[0].start - name.end) < 60]
            near = [name for name in near if BESIDE_OFFICE.fullmatch(self.text[people[0].end : name.start] or self.text[name.end : people[0].start])]
            if near and not self._owner(near[0]):
                office = Voice(self._show(near[-1]), office.role, office.state, office.body, near[-1].start, near[-1].end, "named", "office and name")
                self._remember(office)
            return office
        if inside:
            name = inside[0] if after else inside[-1]
            shown = self._show(name)
            return Voice(shown, None, None, None, name.start, name.end, "named", "name")
        if groups:
            state = self._place_of(groups[0], start, end)
            return Voice(None, groups[0].value, state, None, groups[0].start, groups[0].end, "group", "people")
        if houses:
            state = self._place_of(houses[0], start, end)
            if state is None and not self.by_pact.between(start, end):
                state = self._around(houses[0].value, houses[0].start)
            pact = self.by_pact.between(start, end)
            if state is None and pact and houses[0].value in ("military command", "ministry", "parliament", "government", "court"):
                return Voice(None, "organisation", None, pact[0]["pact"], pact[0]["at"], pact[0]["end"], "body", "body")
            return Voice(None, houses[0].value, state, None, houses[0].start, houses[0].end, "house", "institution")
        trade = self._trade(start, end, after) if self.lang == "en" else None
        if trade:
            return trade
        pact_items = self.by_pact.between(start, end)
        if not oblique:
            pact_items = [item for item in pact_items if not self._governed(item["at"], after)]
        pact_items = [item for item in pact_items if not TREATY_AFTER.match(self.text, item["end"])]
        pact_items = [item for item in pact_items if not TREATY_TEXT[self.lang].search(self.text[max(start, item["at"] - 30) : item["end"]])]
        bodies = list(self.piece.between(start, end, "body"))
        state_items = self.by_state.between(start, end)
        if not oblique:
            state_items = [item for item in state_items if not self._governed(item["at"], after)]
        if self.lang == "en":
            state_items = [item for item in state_items if not BROADCAST.match(self.text, item["end"])]
        if bodies and not (pact_items and pact_items[0]["at"] < bodies[0].start):
            return Voice(None, "organisation", None, bodies[0].value, bodies[0].start, bodies[0].end, "body", "body")
        if pact_items and (not state_items or pact_items[0]["at"] <= state_items[0]["at"]):
            return Voice(None, "organisation", None, pact_items[0]["pact"], pact_items[0]["at"], pact_items[0]["end"], "body", "body")
        if state_items:
            item = state_items[0] if after else state_items[-1]
            if item["how"] == "demonym" and not self._stands_alone(item):
                return None
            low = self.text[item["at"] : item["end"]].lower().removeprefix("the ")
            role = next((role for seat, role in SEATS.items() if low.startswith(seat)), "government")
            return Voice(None, role, item["state"], None, item["at"], item["end"], "state", "state as speaker")
        general = ORG_WORD[self.lang].search(text)
        before = self.by_pact.before(start, 1)
        if general and before and len(text.split()) <= 4:
            a = start + general.start()
            return Voice(None, "organisation", None, before[-1]["pact"], a, start + general.end(), "body", "general word for the pact last named")
        if PRONOUN[self.lang].search(text) and len(text.split()) <= 4:
            return "pronouns" if MANY.search(text) else "pronoun"
        return None

    def _governed(self, place: int, after: bool) -> bool:
        """Whether a name stands after a preposition and so speaks for nobody; `в МИД заявили` does, where the verb is plural."""
        before = self.text[max(0, place - 30) : place]
        if self.lang == "ru":
            return bool(OBLIQUE_BEFORE.search(before)) or not self.plural and bool(LOCATIVE_BEFORE.search(before))
        return self.lang == "en" and not after and bool(IN_PHRASE["en"].search(before))

    def _trade(self, start: int, end: int, after: bool) -> Voice | None:
        """Somebody without a name, called by a trade that is on no list: `a retired tank instructor`."""
        if not after and self.piece.sentence(start)[0] < start - 2:
            return None
        found = TRADE.match(self.text[start:end])
        if not found or found[2] in NO_PERSON or not PERSON_WORD.search(found[2]):
            return None
        a, b = start + found.start(2), start + found.end(2)
        return Voice(None, found[2], self._place_of(Hit(a, b, "role", found[2], "person", ""), start, end), None, a, b, "office", "a trade")

    def _around(self, role: str, place: int) -> str | None:
        """The state of an office that names none: the one its piece gave that office before, else the one nearest before it, else the one most named."""
        if role not in RESOLVED:
            return None
        for at, code in reversed(self.office_states.get(role, [])):
            if at < place:
                return code
        begin = self.piece.paragraph(place)
        near = [
            item
            for item in self.by_state.between(begin, place)
            if self.text[item["end"] : item["end"] + 1] != "-" and self.text[item["at"] - 1 : item["at"]] != "-"
        ]
        if near:
            return str(near[-1]["state"])
        return self.dateline or self.most_named

    def _holder_before(self, start: int, place: int, office: Voice) -> Voice:
        """An Arabic name that stands before its office: بقول نارغيس كاسينوفا الزميلة في المركز."""
        name = arabic_name(self.piece, start, self.arabic_known)
        if not name or not 0 <= place - name.end <= 3 or " " not in name.text:
            return office
        voice = Voice(self._show(name), office.role, office.state, office.body, name.start, name.end, "named", "name and office")
        self._remember(voice)
        return voice

    def _owner(self, name: Name) -> bool:
        return self.text[name.end : name.end + 2] == "'s"

    def _name_like(self, words: list[str], end: int) -> bool:
        """Whether unknown Arabic words right after a verb of saying are a name: what is said begins soon after them."""
        if not words or words[0].startswith("ال") or len(words[0]) < 3 or len(words) > 3:
            return False
        if len(words) > 1 and WRITTEN_IN.match(self.text[end : end + 12]):
            return True
        reach = r"^[^.\n]{0,28}?" if len(words) > 1 else "^"
        return bool(re.match(reach + r"(?:\s(?:ان|انه|انها|بان|بانه|الي ان|علي ان)\s|\s?:\s?\")", self.text[end : end + 44]))

    def _stands_alone(self, item: dict[str, Any]) -> bool:
        """Whether a demonym is itself the subject: `the Russians said`, not `Russian troops`."""
        word = self.text[item["at"] : item["end"]].lower()
        if self.lang == "ru":
            return word.endswith(("ы", "и"))
        return word.endswith("ون") if self.lang == "ar" else word.endswith("s") and not word.endswith("ss")

    def _place_of(self, hit: Hit, start: int, end: int) -> str | None:
        """The state of an institution or of people: the one named with them."""
        near = self.by_state.between(start - 24, end + 30)
        best: tuple[int, str] | None = None
        for item in near:
            gap = self.text[item["end"] : hit.start] if item["end"] <= hit.start else self.text[hit.end : item["at"]]
            if len(gap) > 24 or APART.search(gap) or NOT_OF_ONE.search(gap):
                continue
            if self.lang == "en" and item["at"] >= hit.end and not OF_IN_FOR.match(gap):
                continue
            if self.lang == "ar" and item["end"] <= hit.start and item["how"] != "capital":
                continue
            if best is None or len(gap) < best[0]:
                best = len(gap), item["state"]
        if best is None and hit.how == "group" and IN_THE_COUNTRY.match(self.text[hit.end : hit.end + 20]):
            before = self.by_state.between(self.piece.sentence(hit.start)[0], hit.start)
            return str(before[-1]["state"]) if before else None
        return best[1] if best else None

    # ---- triggers ---------------------------------------------------------------------------------------------------

    def _said(self, hit: Hit) -> Attribution | None:
        text = self.text
        first, last = self._sentence(hit)
        before, after = text[max(first, hit.start - 60) : hit.start], text[hit.end : hit.end + 40]
        word = text[hit.start : hit.end].lower()
        if self.lang == "en":
            near = before[-24:]
            agent = BY_AGENT.match(after)
            passive = PASSIVE_BE.search(near)
            if agent and (passive or word.endswith("ed")):
                return self._agent(hit, first, hit.end + agent.end(), last)
            if passive and not RELAYED["en"].match(after):
                return None
            if DETERMINED.search(before[-7:]) or near.endswith("have been ") or word in NOUN_VERBS and NOUN_BEFORE.search(near):
                return None
            if (auxiliary := TO_BEFORE.search(near)) and auxiliary[0][:-1].lower() not in ("would", "will", "could", "can", "not"):
                return None
            if word in ("say", "says", "said", "report") and near.endswith(("not ", "never ")):
                return None
            if word.endswith("ed") and NO_OBJECT.match(after) and not after.startswith(" by saying"):
                return None
            if word in ("called", "calls") and not CALLED.match(after):
                return None
        if (
            self.lang == "ar"
            and word in ("طلب", "طلبت", "دعوه")
            and ("ب" in hit.prefix or re.search(r"(?:علي|في|بناء|اي|كل|عن|من|ان)\s$", before) or re.match(r"\s(?:من|تقدم|رسمي|مساعده من|ال\w+ي\s)", after))
        ):
            return None  # the noun: at the request of
        if self.lang == "ar" and (
            after.startswith(" علي لسان ")
            or SAID_THAT_HE.search(before[-16:])
            or word in ("تتابع", "ردا")
            or word in ("علقوا", "علق", "علقت")
            and after.startswith(" في ")
        ):
            return None
        if hit.value == "relay":
            relayed = self._relay(hit, first, last)
            if relayed or not word.startswith("report") or self._relays(first, hit.start):
                return relayed
            hit = hit._replace(value="affirm")
        self.plural = self.lang != "ru" or bool(PLURAL_VERB.search(word))
        subject, inverted, where = self._find_subject(hit, first, last)
        self.plural = True
        if (
            isinstance(subject, Voice)
            and subject.how == "state"
            and STANCE.match(word)
            and THAT[self.lang].search(text, max(first, subject.start - 12), subject.start)
        ):
            return None  # what somebody says of a state's stand
        if subject is None or isinstance(subject, Voice) and subject.how == "state" and subject.role == "government" and self._heading(hit, last):
            return None
        if hit.value == "affirm" and word not in VIEWS and self._negated(before) and subject not in ("pronoun", "pronouns"):
            return None
        if (
            word == "added"
            and re.match(r"\s(?:a|an|the|its|his|their|\d)\b", after)
            or self.lang == "ar"
            and word.startswith("اضاف")
            and re.match(r"\s(?:الي|اليه|اليها)\s", after)
        ):
            return None
        if SAID_NOTHING.match(after):
            return None
        if (
            self.lang == "en"
            and word.endswith("ed")
            and isinstance(subject, Voice)
            and subject.how in ("body", "state")
            and before.rstrip().endswith(",")
            and EARLIER_ON.match(after)
        ):
            return None
        voice = self._enter(subject, hit)
        if voice is None:
            return None
        if isinstance(subject, Voice) and subject.how == "state":
            if inverted:
                self._listed_after(subject)
            else:
                self._listed(subject, first, hit, last)
            if self.lang == "ru":
                self._gapped(hit, last)
        elif (
            isinstance(subject, Voice)
            and subject.state
            and not subject.name
            and (subject.how == "group" or subject.rule == "office" and (subject.role or "").endswith("s"))
        ):
            self._states_of(subject)
        elif isinstance(subject, Voice) and not inverted and self.lang != "ar":
            self._together(subject, hit)
        if self.lang == "en":
            self._so_did(hit, last)
        content = self._content(hit, first, last, inverted, where)
        return Attribution(
            voice,
            hit.start,
            hit.end,
            hit.value,
            content,
            self._relays(first, last),
            "reported speech" if subject not in ("pronoun", "pronouns") else "speech of a pronoun",
        )

    def _negated(self, before: str) -> bool:
        near = before if "either" in before else before[-16:].lower()
        return any(word in near for word in NO_WORDS[self.lang]) and bool(NO_WORD.search(near))

    def _so_did(self, hit: Hit, last: int) -> None:
        """A state whose verb is taken up by `so did` and the like."""
        for item in self.by_state.between(hit.end, last):
            if TOO.search(self.text, max(hit.end, item["at"] - 20), item["at"]):
                self._index(Voice(None, "government", item["state"], None, item["at"], item["end"], "state", "state as speaker"))

    def _heading(self, hit: Hit, last: int) -> bool:
        """Whether what a capital is said to say only leads to who says it: `В Москве отвечают иначе: Путин заявил`."""
        colon = self.text.find(":", hit.end, min(last, hit.end + 50))
        if colon < 0 or self.text[colon : colon + 3].endswith('"'):
            return False
        spoken = [other for other in self.piece.between(colon, min(last, colon + 70), "say") if other.value != "relay"]
        return bool(spoken) and bool(self.by_name.between(colon, spoken[0].start) or self.by_role.between(colon, spoken[0].start))

    def _agent(self, hit: Hit, first: int, start: int, last: int) -> Attribution | None:
        """The agent of a passive: `it was announced by the foreign ministry`."""
        stop = EN_STOP.search(self.text, start, last)
        end = stop.start() if stop else last
        subject = self._subject(start, end, True, True)
        if not isinstance(subject, Voice) or subject.role is None and stem(str(subject.name).split()[-1]) not in self.known:
            return None
        index = self._enter(subject, hit)
        return Attribution(index, hit.start, end, hit.value, (first, hit.start), self._relays(first, last), "agent of a passive") if index is not None else None

    def _find_subject(self, hit: Hit, first: int, last: int) -> tuple[Voice | str | None, bool, tuple[int, int]]:
        """The subject of a verb of saying, whether it stands after the verb, and where it stands."""
        text = self.text
        left = self._left(hit, first) if self.lang != "ar" else (first, hit.start)
        lead = text[first : hit.start].rstrip()
        inverted_first = self.lang == "ar" or bool(lead) and lead[-1] in ",\"'-" and not self._apposition(first, hit.start) or not lead
        if self.lang == "ru" and AS_SAID.search(text, max(first, hit.start - 14), hit.start):
            inverted_first = True
        if (
            inverted_first
            and self.lang != "ar"
            and lead.endswith(",")
            and "," in lead[:-1]
            and ASIDE[self.lang].match(lead[lead[:-1].rfind(",") + 1 :])
            and ('"' not in lead[-40:] or WHOSE.match(lead[lead[:-1].rfind(",") + 1 :]))
        ):
            inverted_first = False
        if JOINED[self.lang].search(text, max(first, hit.start - 24), hit.start) and self.voices.attributions:
            said = self.voices.attributions[-1]
            if (
                said.voice is not None
                and said.voice >= 0
                and first <= said.start
                and not (text[hit.start - 2] == "," and self._anchor(*self._right(hit, last)))
            ):
                return self.voices.speakers[said.voice], False, left
        if self.lang == "en" and left[1] - left[0] < 24 and (only := text[left[0] : left[1]].strip()) and HANGING.fullmatch(only) and text[left[1] - 1] == " ":
            return self._head(hit, first), False, left
        if self.lang == "ar" and hit.prefix == "":
            near = self._arabic_left(hit, first)
            if (
                isinstance(near, Voice)
                and near.how in ("state", "house", "body")
                and 0 <= hit.start - near.end <= 1
                and text[max(0, near.start - 3) : near.start].rstrip(" ")[-1:] in ("", "\n", "-", ":", ".", '"')
            ):
                return near, False, (near.start, hit.start)
        for after in (True, False) if inverted_first else (False, True):
            if after and self.lang == "en" and (not inverted_first or lead.endswith(",") and NO_SUBJECT.match(text, hit.end)):
                continue
            start, end = self._right(hit, last) if after else left
            if not after and self.lang != "ar":
                start, end = self._widened((start, end), first)
            subject = self._arabic_left(hit, first) if not after and self.lang == "ar" else self._subject(start, end, after)
            if after and self.lang == "ar" and isinstance(subject, Voice) and subject.how in ("state", "body", "house"):
                words = len(text[hit.end : subject.start].split())
                if words and AS_SUBJECT.match(text[hit.end : hit.end + 5]) or words > (0 if subject.rule.startswith("general") else 1):
                    subject = None
            if subject is not None:
                return subject, after, (start, end)
        if self.lang == "ar" and AR_ASIDE.match(text, hit.end):
            stop = AR_SAYS.search(text, hit.end, last)
            start, end = hit.end, stop.start() if stop else hit.end
            held = [role for role in self.by_role.between(start, end) if role.how == "person" and not text[role.start - 1 : role.start].strip()]
            if held:
                return self._subject(held[0].start, end, True), True, (start, end)
        if self.lang == "ar" and hit.prefix in ("", "و") and AR_CONTENT.match(text[hit.end : hit.end + 12]):
            return "pronoun", False, (hit.start, hit.end)
        if (
            self.lang == "ru"
            and not lead.strip('"- ')
            or self.lang == "en"
            and text[hit.start : hit.end].lower() in ("saying", "adding", "stressing", "noting", "insisting", "arguing", "explaining")
        ):
            return "pronoun", False, (hit.start, hit.end)
        return None, False, left

    def _head(self, hit: Hit, first: int) -> Voice | None:
        """The subject of a verb that hangs on the head of its sentence: `Poland shot down drones that ..., and has asked`."""
        said = self.voices.attributions[-1] if self.voices.attributions else None
        if said is not None and said.voice is not None and first <= said.start < hit.start:
            return self.voices.speakers[said.voice] if said.voice >= 0 else None
        lead = re.match(r"[^\n.]{2,50}?\s-\s", self.text[first : hit.start])
        start = first + (lead.end() if lead else 0)
        subject = self._subject(start, min(start + 60, hit.start), True)
        return subject if isinstance(subject, Voice) and subject.start - start < 25 else None

    def _apposition(self, first: int, place: int) -> bool:
        """Whether the comma before the verb closes `Pashinyan, the prime minister,`."""
        lead = self.text[first:place].rstrip()
        if self.lang == "ar" or not lead.endswith(","):
            return False
        part = lead[:-1]
        comma = part.rfind(",")
        if comma < 0 or '"' in part[comma:]:
            return False
        inner_start = first + comma + 1
        roles = self.by_role.between(inner_start, place)
        holders = [name for name in self.by_name.between(first, inner_start) if name.end >= inner_start - 2]
        inner_names = self.by_name.between(inner_start, place)
        earlier = [hit for hit in self.by_role.between(first, inner_start) if inner_start - hit.end < 40]
        return bool(roles and holders) or bool(inner_names and earlier) or bool(RELATIVE.match(part[comma + 1 :]))

    def _widened(self, left: tuple[int, int], first: int) -> tuple[int, int]:
        """The region before a verb without the aside next to it: `Lukashenko, in his turn, said`; `Nicaragua, which had ..., welcomed`."""
        start, end = left
        for _ in range(2):
            lead = self.text[first:start].rstrip()
            if (
                not lead.endswith(",")
                or ARTICLE_OR_HIS.match(self.text[start:end])
                or self._anchor(start, end)
                and not ASIDE[self.lang].match(self.text[start:end])
            ):
                break
            cut = max(lead[:-1].rfind(","), lead[:-1].rfind(";"), lead[:-1].rfind(":"), lead.rfind('"'), lead.rfind(" - "))
            end = first + len(lead) - 1
            start = first + cut + 1
        return start, end

    def _left(self, hit: Hit, first: int) -> tuple[int, int]:
        """From the beginning of the verb's clause to the verb."""
        text = self.text[first : hit.start]
        if '"' in text:
            text = SHORT_QUOTE.sub(lambda quote: "x" * len(quote[0]), self.text[first : hit.end])[: len(text)]
        if self._apposition(first, hit.start):
            opening = max(text.rfind('"'), text.rfind(";"), text.rfind(" - "))
            return first + opening + 1, hit.start
        cut = 0
        solid = len(text.rstrip())
        for found in CLAUSE[self.lang].finditer(text):
            if found.end() < solid:
                if found[0] == "and " and (
                    not self._anchor(first + found.end(), hit.start)
                    or PHRASE_AND.search(text, max(0, found.start() - 40), found.start())
                    and self._bare(first + found.end())
                ):
                    continue
                cut = found.end()
        return first + cut, hit.start

    def _bare(self, place: int) -> bool:
        """Whether a state stands right here: the second of `the leaders of Japan and the United States`."""
        return any(not self.text[place : item["at"]].strip() or self.text[place : item["at"]] == "the " for item in self.by_state.between(place, place + 5))

    def _anchor(self, start: int, end: int) -> bool:
        return bool(
            self.by_role.between(start, end)
            or self.by_name.between(start, end)
            or self.by_state.between(start, end)
            or self.by_pact.between(start, end)
            or PRONOUN[self.lang].search(self.text[start:end])
        )

    def _right(self, hit: Hit, last: int) -> tuple[int, int]:
        stop = {"en": EN_STOP, "ru": RU_STOP, "ar": STOP_AR}[self.lang]
        text = self.text[hit.end : last]
        place = 0
        for _ in range(6):
            found = stop.search(text, place)
            if not found:
                return hit.end, last
            # an office may hold a preposition: представитель по ..., المتحدث باسم ..., министр по делам
            if any(
                role.start < hit.end + found.start() < role.end for role in self.piece.between(hit.end, hit.end + found.end(), "role", "pact", "body", "state")
            ):
                place = found.end()
                continue
            if (
                self.lang == "ru"
                and found[0].strip() in ("в", "во", "на", "по", "из")
                and self.piece.between(hit.end + found.end(), hit.end + found.end() + 2, "weekday", "number", "relative", "month")
            ):
                place = found.end()
                continue
            if self.lang != "ar" and found[0].strip() in SET_APART and not self._anchor(hit.end, hit.end + found.start()):
                mark = SEGMENT.search(text, found.end())  # заявил в Нджамене министр
                return hit.end, hit.end + mark.start() if mark else last
            return hit.end, hit.end + found.start()
        return hit.end, hit.end + place

    def _arabic_left(self, hit: Hit, first: int) -> Voice | str | None:
        """A subject before its verb: لكن الوزير قال, موسكو نفت, أما المتحدث ... فقال."""
        if hit.prefix == "و":
            return None
        text = self.text[first : hit.start]
        cut = max((m.end() - 1 for m in AR_CLAUSE.finditer(f" {text}")), default=0)
        if hit.prefix[:1] == "ف" or "اما " in text and AS_FOR.search(text):
            cut = max((m.end() for m in AFTER_AS_FOR.finditer(text)), default=cut)
        start = first + cut
        if hit.start - start > 90:
            return None
        aside = AR_COMMA.search(text)
        if aside:
            parts = [part.start() for part in re.finditer(",", text[: aside.start()])]
            inner = first + (parts[-1] + 1 if parts else 0)
            held = [role for role in self.by_role.between(inner, first + aside.start()) if role.how == "person"]
            if held:
                return self.offices.get(held[0].start)
            if parts:
                earlier = first + (parts[-2] + 1 if len(parts) > 1 else 0)
                held = [role for role in self.by_role.between(earlier, inner) if role.how == "person"]
                if held and inner - held[0].start < 90:
                    return self.offices.get(held[0].start)
        subject = self._subject(start, hit.start, False)
        if isinstance(subject, Voice) and subject.start - start > 14 and subject.how in ("state", "body"):
            return None
        return subject

    def _listed(self, subject: Voice, first: int, hit: Hit, last: int) -> None:
        """The other states of a list that speaks: Ireland, Austria and Finland say."""
        edge = subject.start
        for item in reversed(self.by_state.between(first, subject.start)):
            gap = self.text[item["end"] : edge]
            if item["how"] == "demonym" or not re.fullmatch(r",?\s?(?:and|и|also)?\s?(?:also\s|the\s)?", gap):
                break
            self._index(Voice(None, "government", item["state"], None, item["at"], item["end"], "state", "state as speaker"))
            edge = item["at"]

    def _listed_after(self, subject: Voice) -> None:
        """The other states of a list that stands after its verb: أعلنت مالي وبوركينا فاسو."""
        edge = subject.end
        for item in self.by_state.between(subject.end, subject.end + 120):
            if (
                item["how"] == "demonym"
                or not WAYS_ON.fullmatch(self.text[edge : item["at"]])
                and not (self.lang == "ar" and self.text[edge : item["at"]] in (" ", " و"))
            ):
                break
            self._index(Voice(None, "government", item["state"], None, item["at"], item["end"], "state", "state as speaker"))
            edge = item["end"]

    def _gapped(self, hit: Hit, last: int) -> None:
        """A second speaker whose verb is left out: `Ереван сообщил о 105 погибших, Баку - о 71`."""
        for item in self.by_state.between(hit.end, last):
            if item["how"] == "demonym" or not GAPPED.search(self.text[max(hit.end, item["at"] - 4) : item["at"]]):
                continue
            if re.match(r"\s-\s(?:о|об|про|что)\s|\s(?:тоже|также)\b", self.text[item["end"] : item["end"] + 8]):
                self._index(Voice(None, "government", item["state"], None, item["at"], item["end"], "state", "state as speaker"))

    def _states_of(self, subject: Voice) -> None:
        """The other states of people of several: `the leaders of Japan and the United States`."""
        edge = None
        for item in self.by_state.between(subject.end, subject.end + 120):
            if item["at"] < subject.end:
                continue
            gap = self.text[(subject.end if edge is None else edge) : item["at"]]
            if not (STATE_OF.fullmatch(gap) if edge is None else WAYS_ON.fullmatch(gap) or gap == " "):
                break
            edge = item["end"]
            if item["state"] != subject.state:
                self._index(Voice(None, subject.role, item["state"], None, item["at"], item["end"], "group", "people"))

    def _together(self, subject: Voice, hit: Hit) -> None:
        """Another person before the same verb: `Tokayev and Mirziyoyev spoke`."""
        for name in self.by_name.between(subject.start - 60, hit.start):
            if (
                name.end < subject.start
                and AND.fullmatch(self.text[name.end : subject.start])
                or (name.start > subject.end and AND_WITH.fullmatch(self.text[subject.end : name.start]))
            ):
                known = self.known.get(stem(name.text.split()[-1]))
                self._index(known or Voice(self._show(name), None, None, None, name.start, name.end, "named", "name"))

    def _relay(self, hit: Hit, first: int, last: int) -> Attribution | None:
        """An agency reports: who is quoted speaks, the agency relays. `Reuters quoted a diplomat as saying`, `نقلت وكالة عن`."""
        text = self.text
        agency = self._relays(first, last)
        tail = text[hit.end : last]
        if self.lang == "ar":
            about = re.match(r"^[^.\n]{0,60}?\s(?:عن)\s", tail)
            if not about:
                return None
            start = hit.end + about.end()
            stop = STOP_AR.search(text[start:last])
            end = start + stop.start() if stop else last
            subject = self._subject(start, end, True)
        elif self.lang == "en":
            quoted = re.match(r"^\s(.{3,90}?)\sas\s(?:saying|telling)\b", tail)
            if not quoted:
                if re.search(r"\b(?:was|were|is)\s$", text[max(first, hit.start - 6) : hit.start]) and re.match(r"\s(?:by [^.]{2,30}? )?as saying", tail):
                    start, end = self._left(hit, first)
                    subject = self._subject(start, end, False)
                else:
                    return None
            else:
                start, end = hit.end + quoted.start(1), hit.end + quoted.end(1)
                subject = self._subject(start, end, True)
        else:
            about = re.search(r"\b(?:слова|заявление|мнение)\s", tail[:30]) or re.match(r"^[^.\n]{0,50}?\bсо ссылкой на\s", tail)
            if not about:
                return None
            start = hit.end + about.end()
            stop = RU_STOP.search(text[start:last])
            end = start + stop.start() if stop else last
            subject = self._subject(start, end, True, True)
        if not isinstance(subject, Voice):
            return None
        voice = self._enter(subject, hit)
        return Attribution(voice, hit.start, end, "affirm", (end, last), agency, "relayed speech") if voice is not None else None

    def _relays(self, first: int, last: int) -> str | None:
        agencies = self.piece.between(first, last, "agency")
        return agencies[0].value if agencies else None

    def _according(self, hit: Hit) -> Attribution | None:
        text = self.text
        first, last = self._sentence(hit)
        before = text[max(first, hit.start - 12) : hit.start]
        phrase = text[hit.start : hit.end].lower()
        start = hit.end
        if self.lang == "ar":
            if (
                phrase in ("وفق", "حسب", "وفقا", "طبقا")
                and re.match(r"\s(?:الماده|المواد|ميثاق|معاهده|قرار|اتفاق)|\sل(?:لماده|ميثاق|معاهده|قرار|اتفاق)|\sلل", text[hit.end : hit.end + 9])
                and not self._speaker_soon(start)
            ):
                return None
            start += len(m[0]) if (m := re.match(r"\s(?:ما\s|ل)?(?:(?:قاله?|قالته|ذكرته?|اعلنته?|افاد(?:ت)?|به)\s)*", text[start:last])) else 0
        if self.lang == "ar" and re.match(r"\sما\s", text[start : start + 5]) and not self.piece.between(start + 3, start + 6, "say"):
            return None
        if self.lang == "ar" and phrase.endswith("ما") and not self.piece.between(hit.end, hit.end + 4, "say"):
            return None
        if self.lang == "ru" and phrase == "согласно" and not self._speaker_soon(start):
            return None
        found = ACCORDING_ENDS[self.lang].search(text, start, last)
        end = found.start() if found else last
        voice = self._subject(start, end, True, True)
        if voice in ("pronoun", "pronouns") or self.lang == "ru" and RU_THEM.match(text[start : start + 6]) or self.lang == "ru" and RU_BY_THEM.search(before):
            voice = "pronoun"
        if voice is None:
            return None
        index = self._enter(voice, hit)
        if index is None:
            return None
        content = (end, last) if hit.start - first < 12 else (first, hit.start)
        return Attribution(index, hit.start, end, "affirm", content, self._relays(first, last), "according to")

    def _speaker_soon(self, start: int) -> bool:
        return bool(self.by_role.between(start, start + 30) or self.by_name.between(start, start + 20))

    # ---- entering ---------------------------------------------------------------------------------------------------

    def _enter(self, subject: Voice | str, hit: Hit) -> int | None:
        """The place of a voice among the speakers; a pronoun is the last voice."""
        if subject == "pronoun":
            return self._antecedent(hit)
        if subject == "pronouns":
            many = [i for i, voice in enumerate(self.voices.speakers) if voice.how in ("group", "house", "body", "state") or (voice.role or "").endswith("s")]
            return self.last if self.last in many else many[-1] if many else None
        if subject == "writer":
            self.last_person = WRITER
            return WRITER
        assert isinstance(subject, Voice)
        if subject.name:
            known = self.known.get(stem(subject.name.split()[-1]))
            if known is not None and known is not subject:
                subject = Voice(known.name if len(known.name or "") >= len(subject.name) else subject.name, known.role or subject.role, known.state or subject.state,
                                known.body or subject.body, subject.start, subject.end, "named", subject.rule)  # fmt: skip
            elif known is None:
                self._remember(subject)
        elif subject.how == "office":
            subject = self._resolved(subject)
            holders = [
                voice
                for voice in self.known.values()
                if voice.role == subject.role and (subject.state in (None, voice.state)) and (subject.body in (None, voice.body))
            ]
            if len(holders) == 1 and (subject.role not in INDEFINITE or self._definite(subject) and holders[0].start < subject.start):
                subject = holders[0]
        person = self.voices.speakers[self.last_person] if self.last_person is not None and self.last_person != WRITER else None
        if subject.how == "office" and not subject.name and subject.role in GENERIC and person is not None and person.name and self._definite(subject):
            near = self.voices.attributions and subject.start - self.voices.attributions[-1].start < 500
            if (
                near
                and (subject.state is None or person.state in (None, subject.state))
                and subject.body is None
                and (subject.role == person.role or self.lang != "ru" and (subject.state or subject.role == "professor"))
            ):
                person.state = person.state or subject.state
                return self.last_person
        if self.lang == "ar" and subject.how == "office" and not subject.name and self.last_person is not None and SAME_AR.match(self.text, subject.end):
            return self.last_person
        if subject.how in ("office", "group") and not (subject.name or subject.state or subject.body) and self._definite(subject):
            again = [i for i, voice in enumerate(self.voices.speakers) if voice.role == subject.role]
            if again:
                self.last = self.last_person = again[-1]
                return again[-1]
        index = self._index(subject)
        self.last = index
        if subject.how in ("named", "office", "group"):
            self.last_person = index
        return index

    def _definite(self, subject: Voice) -> bool:
        """Whether an office without a name is one already spoken of: `the official`, المسؤول, `чиновник`."""
        before = self.text[max(0, subject.start - 24) : subject.start]
        if self.lang == "ar":
            return self.text[subject.start : subject.start + 2] == "ال"
        return bool(THE.search(before)) if self.lang == "en" else not OTHER.search(before)

    def _antecedent(self, hit: Hit) -> int | None:
        """Whom a pronoun stands for: the last speaker, or a person named since in the office's own words; by its sex in English."""
        last = self.voices.attributions[-1].start if self.voices.attributions else -1
        named = [voice for voice in self.known.values() if voice.role and last < voice.start < hit.start - 2 and hit.start - voice.start < 600]
        if named and (self.last_person is None or hit.start - last > 400):
            return self._index(max(named, key=lambda voice: voice.start))
        fresh = [
            role
            for role in self.by_role.between(max(last, hit.start - 400), hit.start - 2)
            if role.how == "person" and role.start - self.piece.sentence(role.start)[0] < 8
        ]
        if fresh and self.lang == "en" and self.piece.paragraph(fresh[-1].start) == self.piece.paragraph(hit.start) and fresh[-1].start > last:
            return self._enter(self.offices[fresh[-1].start], hit)
        return self.last_person if self.last_person is not None else self.last

    def _resolved(self, subject: Voice) -> Voice:
        """An office without its state: a counterpart has the last speaker's office, `the minister` is the last minister, `its spokesman` the last body's."""
        previous = self.voices.speakers[self.last] if self.last is not None else None
        person = self.voices.speakers[self.last_person] if self.last_person is not None and self.last_person != WRITER else None
        if subject.role == "counterpart" and person is not None:
            return Voice(subject.name, person.role, subject.state, subject.body, subject.start, subject.end, subject.how, "counterpart")
        if subject.state or subject.body:
            return subject
        if (
            subject.role in ("adviser", "lawyer", "deputy head", "envoy")
            and person is not None
            and re.search(r"\b(?:his|her|его|ее)\s$", self.text[max(0, subject.start - 5) : subject.start])
        ):
            return Voice(subject.name, subject.role, person.state, None if person.state else person.body, subject.start, subject.end, subject.how, subject.rule)
        if subject.role == "minister":
            ministers = [
                voice for voice in self.offices.values() if voice.start < subject.start and (voice.role or "").endswith("minister") and voice.role != "minister"
            ]
            if ministers:
                return ministers[-1]
        if (
            subject.role == "spokesperson"
            and previous is not None
            and re.search(r"(?:\b(?:its|their|his|her|его|ее|её|их|the|a)\s|^)$", self.text[max(0, subject.start - 5) : subject.start], re.I)
        ):
            near = self._near(self.piece.sentence(subject.start)[0], subject.start)
            if near and near[-1].get("state"):
                return Voice(None, subject.role, near[-1]["state"], None, subject.start, subject.end, "office", subject.rule)
            return Voice(None, subject.role, previous.state, previous.body if not previous.state else None, subject.start, subject.end, "office", subject.rule)
        if (subject.role or "").endswith("s") and THERE.match(self.text, subject.end):
            before = self.by_state.between(self.piece.sentence(subject.start)[0], subject.start)
            if before:
                return Voice(None, subject.role, before[-1]["state"], None, subject.start, subject.end, subject.how, subject.rule)
        state = self._around(subject.role or "", subject.start)
        if state:
            return Voice(subject.name, subject.role, state, None, subject.start, subject.end, subject.how, subject.rule)
        return subject

    def _index(self, subject: Voice) -> int:
        for i, voice in enumerate(self.voices.speakers):
            if subject.name and voice.name:
                if stem(subject.name.split()[-1]) == stem(voice.name.split()[-1]):
                    voice.role = voice.role or subject.role
                    voice.state = voice.state or subject.state
                    voice.body = voice.body or subject.body
                    return i
            elif not subject.name and not voice.name and (subject.role, subject.state, subject.body) == (voice.role, voice.state, voice.body):
                return i
        self.voices.speakers.append(subject)
        return len(self.voices.speakers) - 1

    def _content(self, hit: Hit, first: int, last: int, inverted: bool, where: tuple[int, int]) -> tuple[int, int]:
        """What is said: what stands before an inverted verb, else what follows it."""
        if inverted and self.lang != "ar" and hit.start - first > 12:
            return first, hit.start
        return max(hit.end, where[1] if inverted else hit.end), last


ENDINGS = (  # case endings of names that stand after `по словам` and the like, and what they go back to
    ((("ского", "цкого"), 3), "ий"), ((("ову", "еву", "ину", "ыну"), 1), ""), ((("овым", "евым", "иным", "ыным"), 2), ""), ((("овой", "евой", "иной", "ыной"), 2), "а"),
)  # fmt: skip


def nominative(shown: str, found: Mapping[str, set[str]]) -> str:
    """A Russian name in the nominative, as far as its endings and the other forms in the piece (by stem) tell.

    >>> nominative("Касым-Жомарта Токаева", {})
    'Касым-Жомарт Токаев'
    """
    words = shown.split()
    last = words[-1]
    low = last.lower()
    shorter = sorted(word for word in found.get(stem(last), ()) if len(word) < len(last) and low.replace("ё", "е").startswith(word.lower()))
    if low.endswith(("ова", "ева", "ина", "ына")):
        first_name_oblique = len(words) > 1 and words[0].lower() not in FEMALE and re.search(r"[бвгджзклмнпрстфхцчшщ]а$", words[0])
        if shorter or first_name_oblique:
            words = [*map(_masculine, words[:-1]), last[:-1]]
        return " ".join(words)
    for pattern, to in ENDINGS:
        if low.endswith(pattern[0]):
            return " ".join([*map(_masculine, words[:-1]), last[: -pattern[1]] + to])
    if (
        len(words) > 1
        and re.search(r"[бвгджзклмнпрстфхцчшщ]а$", low)
        and re.search(r"(?:[бвгджзклмнпрстфхцчшщ]а|я)$", words[0].lower())
        and words[0].lower() not in FEMALE
    ):
        words = [_masculine(word) for word in words]
    if len(words) == 1 and shorter:
        words[-1] = shorter[0]
    return " ".join(words)


FEMALE = frozenset(
    "мария анна ольга елена наталья татьяна ирина екатерина светлана юлия марина людмила галина валентина надежда вера любовь софия анастасия дарья виктория полина ксения алина жанна диана"
    " урсула кая кайя мишель ангела джорджа джорджия магдалена санна магда наргиз сабина роза лариса инна эльвира маргарита аннегрет аннелена аннализа кристина катрин тамара нана саломе мадина".split()
)


def _masculine(word: str) -> str:
    low = word.lower()
    if low in FEMALE or low in ("никита", "илья", "лука", "фома", "данила", "саша", "миша"):
        return word
    if low.endswith("ея") or low.endswith("ия") and len(low) > 4:
        return word[:-1] + "й"
    if re.search(r"(?:л|р)я$", low):
        return word[:-1] + "ь"
    if re.search(r"[бвгджзклмнпрстфхцчшщ]а$", low):
        return word[:-1]
    return word

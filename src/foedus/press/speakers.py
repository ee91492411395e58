"""Who says what: the speakers of a piece, and each place at which one of them is made to speak."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from foedus.press.gazetteer import Hit
from foedus.press.persons import Name, arabic_name, names, stem
from foedus.press.piece import Piece
from foedus.press.places import Ordered

PRONOUN = {
    "en": re.compile(r"\b(he|she|they|it)\b", re.I),
    "ru": re.compile(r"\b(он|она|они|оно)\b", re.I),
    "ar": re.compile(r"(?:^|\s)(هو|هي|هم)(?:\s|$)"),
}
PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are|am|has|have|had|get|got)\s(?:also\s|never\s|quickly\s|widely\s|first\s|\w+ly\s)?$", re.I)
PASSIVE_BE = re.compile(r"\b(?:was|were|been|be|being|is|are)\s(?:also\s|never\s|\w+ly\s)?$", re.I)
NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|his|her|their|its|these|such|any|no|of|several|many|some|to|by|and|which|'s|this|that|those|as|than|with|in|for|new|repeated|foreign|official)\s$",
    re.I,
)
NOUN_VERBS = frozenset("claims reports report demands stresses promises estimates fears hopes denies notes doubts urges posts hails states warns".split())
TO_BEFORE = re.compile(r"\b(?:to|not|never|don't|didn't|would|could|should|might|may|will|can)\s$", re.I)
STOP_AR = re.compile(
    r"\s(?:ان|انه|انها|بان|بانه|بانها|انهم|الي ان|علي ان|من ان|عن|الي|في|علي|خلال|عقب|بعد|اثر|امام|عبر|من خلال|قوله|قولها|مشيرا|موكدا|قايلا|معتبرا)(?=\s|$)|[:\"،,;.(\n]|\s-\s"
)
RU_STOP = re.compile(r"\s(?:что|о том|о|об|на|в|во|по|после|перед|при|когда|чтобы|за|из|со ссылкой)(?=\s)|[:\",;.(\n]|\s-\s")
EN_STOP = re.compile(r"\s(?:that|on|in|at|after|before|when|who|during|to|as|while|but|and then|told|by|with|from)(?=\s)|[:\",;.(\n]|\s-\s")
CLAUSE = {
    "en": re.compile(r"[\",;:(]\s?|\s-\s|\b(?:that|but|while|although|though|because|whereas|after|before|when|if|and|which|who|whose)\s"),
    "ru": re.compile(r"[\",;:(]\s?|\s-\s|\b(?:что|но|а|хотя|когда|если|пока|как|который|которая|которые)\s"),
    "ar": re.compile(r"[\"،,;:(]\s?|\s-\s|\sلكن\s|\sفيما\s|\sبينما\s|\sاما\s"),
}
OF = {"en": re.compile(r",?\s(?:of|from)\s(?:the\s)?"), "ru": re.compile(r"\s\(")}
NAME_GAP = re.compile(r",?\s(?:(?:Mr\.?|Gen\.?|Dr\.?|Sir|\"[^\"]{1,40}\"|(?!and\b)[a-z-]+)\s?)?")
NO_GAP = re.compile(r"\b(?:in|on|by|with|for|to|told|met|and|from|at)\b")
ASIDE = {
    "en": re.compile(r"\s?(?:which|who|whose|standing|sitting|speaking|citing|referring|commenting|having|while|in (?:his|her|its|their) turn|for (?:his|her|its) part|however|meanwhile|too|though)\b"),
    "ru": re.compile(r"\s?(?:котор\w+|котором|комментир\w+|стоя|выступа\w+|отвеча\w+|признавш\w+|не входящ\w+|ссылаясь|говоря|в свою очередь|впрочем|однако|между тем|напротив|\w+(?:вший|вшая|вшие|ющий|ющая|ющие|ящий|ящая|ящие)\b)"),
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
ASKER = re.compile(r"(?:Interviewer|Question|Q\b|Host|Presenter|Ведущ|ВЕДУЩ|Вопрос|Корреспондент\b|المذيع|المحاور|سؤال|س$)", re.I)
NO_WORD = re.compile(
    r"\b(?:not|never|no|neither|nor|n't|без|не|ни|никто)\s(?:\w+\s)?$|n't\s$|\b(?:[Nn]either)\s[^.,;]{2,50}\s(?:has|have|had)?\s?$|(?:^|\s)(?:لم|لن|لا|ما)\s$",
    re.I,
)
VIEWS = frozenset("believes believed thinks считает считают полагает полагают يعتقد تعتقد يري تري expects wants supports reckons".split())
IN_PHRASE = {
    "en": re.compile(r"\b(?:in|at|near|from|to|into|around|outside|against|under|with|of|by|for|on|over)\s(?:the\s)?$", re.I),
    "ru": re.compile(r"\b(?:в|во|на|из|у|под|об|о|около|к|от|до|при|за|через|над|между|с|со|для|против)\s(?:[а-я-]+\s)?$", re.I),
    "ar": re.compile(r"(?!)"),
}
LISTED = re.compile(r"^,?\s?(?:and|и|و|,)?\s?(?:also\s|also from\s)?(?:ال|و)*$")
RESOLVED = frozenset(
    ("president", "prime minister", "foreign minister", "defence minister", "interior minister", "minister", "deputy minister", "government", "army", "police", "defence force", "foreign ministry",
     "defence ministry", "interior ministry", "health ministry", "parliament", "commander-in-chief", "army chief", "military command", "general staff", "security service", "security council",
     "speaker of parliament", "central bank", "intelligence service", "presidency", "ruling party", "coach")
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
        self.roles = [hit for hit in piece.hits if hit.kind == "role" and hit.value != "author"]
        self.by_role = Ordered(self.roles, lambda hit: hit.start)
        self.offices: dict[int, Voice] = {}
        self.office_states: dict[str, list[tuple[int, str]]] = {}
        self.most_named = _most_named(found_states)
        self.known: dict[str, Voice] = {}
        self.voices = Voices(piece)
        self.last: int | None = None
        self.last_person: int | None = None
        self.arabic_known: set[str] = set()

    def read(self) -> Voices:
        self._offices()
        triggers = [hit for hit in self.piece.hits if hit.kind in ("say", "according")]
        done = -1
        labelled = self._labels()
        for hit in triggers:
            while labelled and labelled[0][0] <= hit.start:
                self._label(labelled.pop(0))
            if hit.start < done or self._asks(hit):
                continue
            made = self._according(hit) if hit.kind == "according" else self._said(hit)
            if made:
                self.voices.attributions.append(made)
                done = hit.end
        for label in labelled:
            self._label(label)
        return self.voices

    def _sentence(self, hit: Hit) -> tuple[int, int]:
        """The sentence of a verb, as far as its speaker can be from it."""
        first, last = self.piece.sentence(hit.start)
        return max(first, hit.start - 500), min(last, hit.end + 700)

    def _asks(self, hit: Hit) -> bool:
        """Whether the verb stands in a question: what did Moscow say?"""
        first, last = self._sentence(hit)
        sentence = self.text[first:last].rstrip(" \n\"'")
        return sentence.endswith("?") and '"' not in sentence and "," not in self.text[first : hit.start]

    # ---- labels ---------------------------------------------------------------------------------------------------

    def _labels(self) -> list[tuple[int, int, int]]:
        """Lines that open with their speaker: `Federica Mogherini, the EU's foreign policy chief: all countries are ready`."""
        made = []
        for found in LABEL.finditer(self.text):
            a, b = found.span(1)
            if len(self.text[a:b].split()) > 9 or any(hit.kind == "say" and hit.how == "" and hit.value != "relay" for hit in self.piece.between(a, b, "say")):
                continue
            end = self.text.find("\n", b)
            made.append((a, b, end if end > 0 else len(self.text)))
        return made

    def _label(self, label: tuple[int, int, int]) -> None:
        start, end, last = label
        if ASKER.match(self.text[start:end]):
            return
        subject = self._subject(start, end, True)
        if not isinstance(subject, Voice) or subject.how in ("body", "state", "house"):
            return  # a dateline or a heading
        if subject.role is None and (not subject.name or stem(subject.name.split()[-1]) not in self.known):
            return
        index = self._enter(subject, Hit(start, end, "say", "affirm", "", ""))
        if index is not None:
            self.voices.attributions.append(Attribution(index, start, end, "affirm", (end + 1, last), None, "speaker before a colon"))
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
            voice = latest[hit.value] = self._office(hit)
            self.offices[hit.start] = voice
            if voice.role and voice.state:
                self.office_states.setdefault(voice.role, []).append((hit.start, voice.state))
            if voice.name:
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
                if (
                    item["end"] <= hit.start
                    and len(gap) < 28
                    and re.fullmatch(r"(?:'s?)?\s(?:(?!and\b|in\b|of\b|to\b|by\b|with\b|says?\b|said\b|told\b)[\w-]+\s){0,2}", gap)
                ):
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
                if "state" in item and item["end"] <= hit.start and item["how"] == "demonym" and len(gap) < 24 and re.fullmatch(r"\s(?:[а-я-]+\s)?", gap):
                    state, start = item["state"], item["at"]
        place, found_state, found_body = self._qualifiers(place, hit)
        if self.lang == "ar" or state is None:
            state = state or found_state
        if body is None and found_body and (state is None or hit.value in SECRETARIAL and found_state is None):
            body = found_body
        if state and body and found_body and hit.value == "spokesperson" and found_state is None and state is not None:
            body = None
        name = self._name_right(place, hit)
        if name is None and self.lang != "ar":
            name = self._name_left(start)
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
        link = {
            "en": re.compile(r"(?:,?\s(?:of|for|at|from|in|to)\s(?:the\s|its\s)?(?:[a-z-]+\s)?)"),
            "ru": re.compile(r"\s(?:в\s|при\s|по\s|во\s|\"|[а-я-]+\s){0,1}"),
            "ar": re.compile(r"\s?(?:العسكري\s|الرسمي\s|الاعلامي\s|كبير\s|رفيع\s)?(?:باسم\s|في\s|لدي\s|ل\s?|من\s)?(?:ال|لل|ب|ل)?"),
        }[self.lang]
        for _ in range(4):
            found = link.match(text, place)
            if not found:
                break
            at = found.end()
            near = [other for other in self.piece.between(place, at + 2) if other.kind in ("state", "pact", "body", "role") and place <= other.start <= at + 1]
            if self.lang == "ar":
                near = [other for other in near if other.start - place <= 8]
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
            if seat and state is None and re.fullmatch(r"\s(?:باسم|في)?\s?", text[place : seat[0]["at"]]):
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
                gap = re.compile(
                    r"\s?(?:السابق|السابقه|الحالي|الجديد|الاسبق|الراحل|المخلوع|المؤقت|الموقت|الانتقالي|المنتخب|العام|الدكتور|السيد|,|،)(?=\s)"
                ).match(text, place)
                if not gap:
                    break
                place = gap.end()
            if text[place : place + 1] != " ":
                return None
            name = arabic_name(self.piece, place, self.arabic_known)
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

    def _name_left(self, start: int) -> Name | None:
        """Nikol Pashinyan, Armenia's prime minister; Пашинян, премьер Армении."""
        for name in reversed(self.by_name.between(start - 120, start)):
            if name.end <= start:
                gap = self.text[name.end : start]
                if re.fullmatch(r",\s(?:who is\s|the\s|a\s|an\s|its\s|then\s|now\s)?(?:[a-z-]+\s){0,2}|\s-\s", gap):
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
        roles = self.by_role.between(start, end)
        people = [hit for hit in roles if hit.how == "person"]
        groups = [hit for hit in roles if hit.how == "group"]
        houses = [hit for hit in roles if hit.how == "house"]
        inside = [name for name in self.by_name.between(start, end) if self.text[name.end : name.end + 2] != "'s"]
        if not oblique:
            inside = [
                name
                for name in inside
                if not IN_PHRASE[self.lang].search(self.text[max(0, name.start - 24) : name.start]) or stem(name.text.split()[-1]) in self.known
            ]
        if self.lang == "ar" and after and not roles:
            name = arabic_name(self.piece, start, self.arabic_known, 3)
            if name and name.end <= end + 1:
                first = self.text[name.start : name.end].split()
                if any(stem(word) in self.known for word in first) or self._name_like(first, name.end):
                    inside = [name]
        if people:
            office = self.offices.get(people[0].start)
            if office:
                if office.name is None and inside and self.lang != "ar":
                    near = [name for name in inside if abs(name.start - people[0].end) < 60 or abs(people[0].start - name.end) < 60]
                    near = [
                        name
                        for name in near
                        if re.fullmatch(r",?\s|\s(?:[A-Za-zА-Яа-я-]+\s){1,2}", self.text[people[0].end : name.start] or self.text[name.end : people[0].start])
                    ]
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
        pact_items = self.by_pact.between(start, end)
        pact_items = [item for item in pact_items if not TREATY_TEXT[self.lang].search(self.text[max(start, item["at"] - 30) : item["end"]])]
        bodies = list(self.piece.between(start, end, "body"))
        state_items = self.by_state.between(start, end)
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
            return "pronoun"
        return None

    def _around(self, role: str, place: int) -> str | None:
        """The state of an office that names none: the one its piece gave that office before, else the one nearest before it, else the one most named."""
        if role not in RESOLVED:
            return None
        for at, code in reversed(self.office_states.get(role, [])):
            if at < place:
                return code
        begin = self.piece.paragraph(place)
        near = self.by_state.between(begin, place)
        if near:
            return str(near[-1]["state"])
        return self.most_named

    def _owner(self, name: Name) -> bool:
        return self.text[name.end : name.end + 2] == "'s"

    def _name_like(self, words: list[str], end: int) -> bool:
        """Whether unknown Arabic words right after a verb of saying are a name: what is said begins soon after them."""
        if not words or words[0].startswith("ال") or len(words[0]) < 3 or len(words) > 3:
            return False
        reach = r"^.{0,28}?" if len(words) > 1 else "^"
        return bool(re.match(reach + r"(?:\s(?:ان|انه|انها|بان|بانه|الي ان|علي ان)\s|\s?:\s?\")", self.text[end : end + 44]))

    def _stands_alone(self, item: dict[str, Any]) -> bool:
        """Whether a demonym is itself the subject: `the Russians said`, not `Russian troops`."""
        word = self.text[item["at"] : item["end"]].lower()
        return self.lang == "en" and word.endswith("s") and not word.endswith("ss")

    def _place_of(self, hit: Hit, start: int, end: int) -> str | None:
        """The state of an institution or of people: the one named with them."""
        near = self.by_state.between(start - 24, end + 30)
        best: tuple[int, str] | None = None
        for item in near:
            gap = self.text[item["end"] : hit.start] if item["end"] <= hit.start else self.text[hit.end : item["at"]]
            if len(gap) > 24 or re.search(r"[.;:\n\"]|,", gap) or re.search(r"\b(?:that|and|said|что|и|to|with)\b|(?:^|\s)ان\s", gap):
                continue
            if self.lang == "en" and item["at"] >= hit.end and not re.match(r"\s(?:of|in|for)\s", gap):
                continue
            if self.lang == "ar" and item["end"] <= hit.start and item["how"] != "capital":
                continue
            if best is None or len(gap) < best[0]:
                best = len(gap), item["state"]
        return best[1] if best else None

    # ---- triggers ---------------------------------------------------------------------------------------------------

    def _said(self, hit: Hit) -> Attribution | None:
        text = self.text
        first, last = self._sentence(hit)
        before, after = text[max(first, hit.start - 30) : hit.start], text[hit.end : hit.end + 30]
        word = text[hit.start : hit.end].lower()
        if self.lang == "en":
            if PASSIVE_BE.search(before) and word != "told" and not RELAYED["en"].match(after):
                return None
            if word in NOUN_VERBS and NOUN_BEFORE.search(before) or re.search(r"\b(?:the|a|an|to|by|of|'s|his|their|its|have been)\s$", before, re.I):
                return None
            if TO_BEFORE.search(before) and not re.search(r"\b(?:would|will|could|can|not)\s$", before):
                return None
            if re.search(r"\b(?:not|never)\s$", before) and word in ("say", "says", "said", "report"):
                return None
            if word.endswith("ed") and re.match(r"\s(?:by|last|under|between|after)\b", after) and not re.match(r"\sby saying", after):
                return None
            if word in ("called", "calls") and not re.match(r"\s(?:it|this|that|them|him|her|the|his|its|their|such|for)\b", after):
                return None
        if (
            self.lang == "ar"
            and word in ("طلب", "طلبت", "دعوه")
            and ("ب" in hit.prefix or re.search(r"(?:علي|في|بناء|اي|كل|عن|من|ان)\s$", before) or re.match(r"\s(?:من|تقدم|رسمي|مساعده من|ال\w+ي\s)", after))
        ):
            return None  # the noun: at the request of
        if hit.value == "relay":
            return self._relay(hit, first, last)
        subject, inverted, where = self._find_subject(hit, first, last)
        if subject is None:
            return None
        if hit.value == "affirm" and NO_WORD.search(before) and word not in VIEWS and subject != "pronoun":
            return None
        if (
            word == "added"
            and re.match(r"\s(?:a|an|the|its|his|their|\d)\b", after)
            or self.lang == "ar"
            and word.startswith("اضاف")
            and re.match(r"\s(?:الي|اليه|اليها)\s", after)
        ):
            return None
        if re.match(r"\s(?:nothing|little)\b|\s(?:التعليق)", after):
            return None
        if (
            self.lang == "en"
            and word.endswith("ed")
            and isinstance(subject, Voice)
            and subject.how in ("body", "state")
            and before.rstrip().endswith(",")
            and re.match(r"\s(?:on|in|at|earlier|this)\b", after)
        ):
            return None
        voice = self._enter(subject, hit)
        if voice is None:
            return None
        if isinstance(subject, Voice) and subject.how == "state" and not inverted:
            self._listed(subject, first, hit, last)
        content = self._content(hit, first, last, inverted, where)
        return Attribution(
            voice, hit.start, hit.end, hit.value, content, self._relays(first, last), "reported speech" if subject != "pronoun" else "speech of a pronoun"
        )

    def _find_subject(self, hit: Hit, first: int, last: int) -> tuple[Voice | str | None, bool, tuple[int, int]]:
        """The subject of a verb of saying, whether it stands after the verb, and where it stands."""
        text = self.text
        left = self._left(hit, first)
        right = self._right(hit, last)
        lead = text[first : hit.start].rstrip()
        inverted_first = self.lang == "ar" or bool(lead) and lead[-1] in ",\"'-" and not self._apposition(first, hit.start) or not lead
        if self.lang == "ru" and re.search(r"(?:\b(?:как|об этом|о чем|это|чем|так)\s)$", text[max(first, hit.start - 14) : hit.start], re.I):
            inverted_first = True
        if inverted_first and self.lang != "ar" and lead.endswith(",") and ASIDE[self.lang].match(lead[lead[:-1].rfind(",") + 1 :]) and '"' not in lead[-40:]:
            inverted_first = False
        order = [(right, True), (left, False)] if inverted_first else [(left, False), (right, True)]
        for (start, end), after in order:
            if after and self.lang == "en" and not inverted_first:
                continue
            if not after and self.lang != "ar":
                start, end = self._widened((start, end), first)
            subject = self._arabic_left(hit, first) if not after and self.lang == "ar" else self._subject(start, end, after)
            if subject is not None:
                return subject, after, (start, end)
        if (
            self.lang == "ar"
            and re.match(r"\s(?:ان|انه|انها|الي ان|الي|بان|علي ان|علي|,|:|في الوقت)(?:\s|$)|:", text[hit.end : hit.end + 12])
            and re.match(r"و?$", hit.prefix)
        ):
            return "pronoun", False, (hit.start, hit.end)
        if (
            self.lang == "ru"
            and not lead.strip('"- ')
            or self.lang == "en"
            and text[hit.start : hit.end].lower() in ("saying", "adding", "stressing", "noting", "insisting", "arguing", "explaining")
        ):
            return "pronoun", False, (hit.start, hit.end)
        return None, False, left

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
        return bool(roles and holders) or bool(inner_names and earlier) or bool(re.match(r"\s(?:who|whose|which|котор)", part[comma + 1 :]))

    def _widened(self, left: tuple[int, int], first: int) -> tuple[int, int]:
        """The region before a verb without the aside next to it: `Lukashenko, in his turn, said`; `Nicaragua, which had ..., welcomed`."""
        start, end = left
        for _ in range(2):
            lead = self.text[first:start].rstrip()
            if (
                not lead.endswith(",")
                or re.match(r"\s?(?:an?|one|some|his|her|their|its)\s", self.text[start:end])
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
        if self._apposition(first, hit.start):
            opening = max(text.rfind('"'), text.rfind(";"), text.rfind(" - "))
            return first + opening + 1, hit.start
        cut = 0
        for found in CLAUSE[self.lang].finditer(text):
            if found.end() < len(text.rstrip()) and text[found.end() :].strip():
                if re.fullmatch(r"and\s", found[0]) and not self._anchor(first + found.end(), hit.start):
                    continue
                cut = found.end()
        return first + cut, hit.start

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
        text = self.text[first : hit.start]
        cut = max((m.end() for m in re.finditer(r"[\"،,;:.(\n]\s?|\s-\s|(?:^|\s)(?:لكن|ان|التي|الذي|وان|اذ|حيث|فيما|بينما)\s", text)), default=0)
        if re.match(r"ف", hit.prefix) or re.search(r"(?:^|\s)[و]?اما\s", text):
            cut = max((m.end() for m in re.finditer(r"(?:^|\s)و?اما\s|[.\n]", text)), default=cut)
        start = first + cut
        if hit.start - start > 90 or hit.prefix == "و":
            return None
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
        if self.lang == "ru" and phrase == "согласно" and not self._speaker_soon(start):
            return None
        stop = {
            "en": re.compile(r"[,;:\"\n(]|\.(?=\s|$)|\s(?:that|who|which|on|to|has|had|was|were|is|are|will|would)\s"),
            "ru": re.compile(r"[,;:\"\n(.]|\s(?:в|на|после|был\w*|будет|о|что)\s"),
            "ar": re.compile(r"[،,;:\"\n(.]|\s(?:ان|فان|انه|في|علي|قوله|قولها|التي|الذي)(?=\s)"),
        }[self.lang]
        found = stop.search(text, start, last)
        end = found.start() if found else last
        voice = self._subject(start, end, True, True)
        if (
            voice == "pronoun"
            or self.lang == "ru"
            and re.match(r"\s(?:него|нее|неё|них|его|ее|её|их)\b", text[start : start + 6])
            or self.lang == "ru"
            and re.search(r"\bпо (?:его|ее|её|их)\s$", before)
        ):
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
            if len(holders) == 1 and subject.role not in (
                "spokesperson",
                "official",
                "analyst",
                "expert",
                "researcher",
                "ambassador",
                "diplomat",
                "journalist",
                "resident",
                "minister",
                "general",
                "commander",
            ):
                subject = holders[0]
        index = self._index(subject)
        self.last = index
        if subject.how in ("named", "office", "group"):
            self.last_person = index
        return index

    def _antecedent(self, hit: Hit) -> int | None:
        """Whom a pronoun stands for: the last speaker, or a person named since in the office's own words; by its sex in English."""
        last = self.voices.attributions[-1].start if self.voices.attributions else -1
        named = [voice for voice in self.known.values() if voice.role and last < voice.start < hit.start - 2 and hit.start - voice.start < 600]
        if named and (self.last_person is None or hit.start - last > 400):
            return self._index(max(named, key=lambda voice: voice.start))
        return self.last_person if self.last_person is not None else self.last

    def _resolved(self, subject: Voice) -> Voice:
        """An office without its state: a counterpart has the last speaker's office, `the minister` is the last minister, `its spokesman` the last body's."""
        previous = self.voices.speakers[self.last] if self.last is not None else None
        person = self.voices.speakers[self.last_person] if self.last_person is not None else None
        if subject.role == "counterpart" and person is not None:
            return Voice(subject.name, person.role, subject.state, subject.body, subject.start, subject.end, subject.how, "counterpart")
        if subject.state or subject.body:
            return subject
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
    (r"ского$", "ский"), (r"цкого$", "цкий"), (r"(ов|ев|ин|ын)у$", r"\1"), (r"(ов|ев|ин|ын)ым$", r"\1"), (r"(ов|ев|ин|ын)ой$", r"\1а"),
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
    if re.search(r"(?:ова|ева|ина|ына)$", low):
        first_name_oblique = len(words) > 1 and words[0].lower() not in FEMALE and re.search(r"[бвгджзклмнпрстфхцчшщ]а$", words[0])
        if shorter or first_name_oblique:
            words = [*map(_masculine, words[:-1]), last[:-1]]
        return " ".join(words)
    for pattern, to in ENDINGS:
        if re.search(pattern, low):
            return " ".join([*map(_masculine, words[:-1]), re.sub(pattern, to, last)])
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

"""From the library and the word lists to one table of keys: what the automaton looks for. Runs when the gazetteer is compiled.

A record is [kind, value, how, flag]; `keys` maps each key to its records. Flags: C the word begins with a capital, U it is all
capitals, M it needs a party or a full name beside it, P it needs a preposition, and for Arabic bare, article, either or verb.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from foedus.press import forms
from foedus.press.text import key

LISTS = Path(__file__).parent / "lists"
Record = tuple[str, Any, str, str]
LANGUAGES = ("en", "ar", "ru")


@functools.cache
def table(name: str) -> Any:
    """One of the word lists."""
    return yaml.load((LISTS / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)


class Keys:
    """Keys with their records, each record held once."""

    def __init__(self) -> None:
        self.records: dict[str, int] = {}
        self.rows: list[list[Any]] = []
        self.keys: dict[str, list[int]] = {}

    def put(self, form: str, kind: str, value: Any, how: str, flag: str) -> None:
        """Enter one form of one word."""
        if len(form) < 1 or not form.strip():
            return
        row = [kind, value, how, flag]
        name = repr(row)
        if name not in self.records:
            self.records[name] = len(self.rows)
            self.rows.append(row)
        found = self.keys.setdefault(form, [])
        if self.records[name] not in found:
            found.append(self.records[name])


def parts(text: str) -> list[str]:
    """The entries of a list written with semicolons; one with a remark in brackets is not in use."""
    return [entry for entry in (part.strip() for part in text.split(";")) if entry and not re.search(r"[^\W\d_]\([^)]*\)$", entry)]


def is_acronym(name: str) -> bool:
    """Whether a name is an acronym that must stand in capitals.

    >>> is_acronym("US"), is_acronym("U.S."), is_acronym("NATO"), is_acronym("Chad")
    (True, True, False, False)
    """
    letters = re.sub(r"[\W\d]", "", name)
    return letters.isupper() and (len(letters) <= 3 and bool(re.search(r"[A-ZА-ЯЁ]", letters)))


def compile_words(states: Mapping[str, Mapping[str, Any]], pacts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Every key of the gazetteer with its records, and what the matchers must know of the pacts, as plain data for JSON."""
    keys = Keys()
    _stops(keys)
    _states(keys, states)
    details = _pacts(keys, pacts)
    _places(keys)
    _bodies(keys)
    _roles(keys)
    _verbs(keys)
    _counts(keys)
    _numbers(keys)
    _calendar(keys)
    _events(keys)
    return {"records": keys.rows, "keys": keys.keys, "pacts": details}


# ---- names ------------------------------------------------------------------------------------------------------------


def name_forms(name: str, lang: str, plural: bool = False) -> Iterable[tuple[str, str]]:
    """Each form of a name with its flag."""
    if lang == "ar" and re.search(r"[\u0620-\u064a]", name):
        yield forms.arabic_name(name)
    elif lang == "ru" and not is_acronym(name) and not name.isupper():
        for form in sorted(forms.russian(name, plural)):
            yield form, "C" if name[:1].isupper() else ""
    else:
        yield key(name), "U" if is_acronym(name) else "C"


def _stops(keys: Keys) -> None:
    for lang, names in table("stops").items():
        for name in names:
            for form, flag in name_forms(name, lang, plural=True):
                keys.put(form, "stop", None, "", flag if lang == "ar" else "")


def _states(keys: Keys, states: Mapping[str, Mapping[str, Any]]) -> None:
    ours = table("states")
    taken: dict[str, str] = {}
    for code, lines in ours.items():
        for lang, line in zip(LANGUAGES, lines, strict=True):
            names, demonyms, places = ([*line.split("|"), "", ""])[:3]
            for name in (entry for entry in (part.strip() for part in names.split(";")) if entry and not _remark(entry)):
                taken.setdefault(key(name), code)
                _state_name(keys, code, lang, name)
            for word in (entry.strip() for entry in demonyms.split(";")):
                if word and not _remark(word):
                    _demonym(keys, code, lang, word)
            for place in (entry.strip() for entry in places.split(";")):
                if place and not _remark(place):
                    _place(keys, code, lang, place)
    for code, state in states.items():
        if code not in ours and all((spell["until"] or "9999") < "1900" for spell in state["spells"]):
            continue  # Bavaria and Tuscany are places of today's press, not states in it
        for lang in LANGUAGES:
            name = state["names"][lang]
            for word in [name["name"], *name.get("also", [])]:
                if key(word) not in taken and not re.fullmatch(r"[A-Z]{3}", word):
                    taken[key(word)] = code
                    _state_name(keys, code, lang, word)
            for word in name.get("demonyms", []):
                _demonym(keys, code, lang, word)
        for capital in state.get("capitals", []):
            for lang in LANGUAGES:
                if key(capital["names"][lang]) not in taken:
                    _place(keys, code, lang, capital["names"][lang])
            for word in capital.get("also", []):
                lang = "ar" if re.search(r"[\u0620-\u064a]", word) else "ru" if re.search(r"[а-яА-Я]", word) else "en"
                if key(word) not in taken:
                    _place(keys, code, lang, word)


def _remark(entry: str) -> bool:
    return bool(re.search(r"[^\W\d_]\([^)]*\)$|\((DRC|Iran|Dominica|no)\)$", entry))


def _state_name(keys: Keys, code: str, lang: str, name: str) -> None:
    for form, flag in name_forms(name, lang):
        keys.put(form, "state", code, "name", flag)


def _demonym(keys: Keys, code: str, lang: str, word: str) -> None:
    if word.startswith("+"):
        form, flag = forms.arabic_name(word[1:])
        keys.put(form, "state", code, "demonym", flag)
    elif lang == "ar":
        for form, flag in forms.arabic_demonym(word):
            keys.put(form, "state", code, "demonym", flag)
    elif lang == "ru":
        for form in forms.adjective(word) if word.endswith(("ий", "ый", "ой")) else forms.russian(word):
            keys.put(form, "state", code, "demonym", "")
    else:
        for form in forms.english_demonym(word):
            keys.put(form, "state", code, "demonym", "C")


def _place(keys: Keys, code: str, lang: str, place: str) -> None:
    how = "capital"
    if place.startswith("~"):
        place = place[1:]
        how = "capital?"
    for form, flag in name_forms(place, lang):
        keys.put(form, "state", code, how, flag)


def _pacts(keys: Keys, pacts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    ours = {name: [_halves(line) for line in lines] for name, lines in table("pacts").items()}
    by_name: dict[str, str] = {}
    for pact_id, pact in pacts.items():
        for lang in LANGUAGES:
            for name in _pact_names(pact, lang):
                by_name.setdefault(key(name), pact_id)
    details: dict[str, Any] = {}
    for ours_id, languages in ours.items():
        bearing = (by_name.get(key(name.lstrip("!"))) for names, _ in languages for name in names)
        pact_id = ours_id if ours_id in pacts else next((found for found in bearing if found), ours_id)
        details.setdefault(pact_id, {"parties": [], "articles": [], "most": 0})
        for lang, (names, organs) in zip(LANGUAGES, languages, strict=True):
            for name in names:
                _pact_name(keys, pact_id, lang, name, "name")
            for name in organs:
                _pact_name(keys, pact_id, lang, name, "organ")
    for pact_id, pact in pacts.items():
        details[pact_id] = {
            "kind": pact["kind"],
            "parties": sorted({party["state"] for party in pact.get("parties", [])}),
            "articles": [article["article"] for article in pact.get("articles", [])],
            "most": max((instrument.get("articles") or 0 for instrument in pact.get("instruments", [])), default=0),
            "signed": min((str(row["signed"])[:4] for row in pact.get("instruments", []) if row.get("signed")), default=None),
            "ended": max((str(row.get("ended") or "9999")[:4] for row in pact.get("instruments", [])), default=None),
        }
        for lang in LANGUAGES:
            for name in _pact_names(pact, lang):
                if not _too_general(name):
                    _pact_name(keys, pact_id, lang, ("!" if is_acronym(name) else "") + name, "name")
            for organ in pact.get("organs", []):
                if not _too_general(organ["names"][lang]):
                    _pact_name(keys, pact_id, lang, organ["names"][lang], "organ")
    return details


GENERAL = frozenset(
    map(
        key,
        """council; the council; secretariat; secretary general; secretary-general; assembly; commission; council of ministers; council of
        heads of state; the treaty; treaty; alliance; organisation; organization; charter; court of justice; court; bloc; the bloc; union; organisation of the treaty; united nations; un; المجلس;
        مجلس الوزراء; الأمانة العامة; الأمين العام; الأمم المتحدة; الجمعية العامة; المنظمة; المعاهدة; الحلف; محكمة العدل; المفوضية; совет; секретариат; генеральный секретарь;
        оон; организация; договор; альянс; генеральная ассамблея; general assembly; international court of justice; محكمة العدل الدولية; международный суд;
        executive secretary; council of foreign ministers; council of defence ministers; permanent council; parliament; chairman; chair;
        council of heads of state and government; مجلس وزراء الخارجية; مجلس وزراء الدفاع; совет министров; совет министров иностранных дел;
        совет министров обороны; парламент; комиссия; joint staff; объединённый штаб; الأمانة; summit; القمة; саммит; secretary; supreme council;
        المجلس الأعلى; высший совет; ministerial council; المجلس الوزاري; постоянный совет; المجلس الدائم; united states; defence committee; military committee;
        اللجنة العسكرية; военный комитет; joint commission; military staff committee; joint command; chiefs of staff committee; collective security;
        mutual defence treaty; mutual defense treaty; mutual defence pact; defence pact; معاهدة الدفاع المشترك; договор о взаимной обороне; european council of ministers""".split(
            ";"
        ),
    )
)


def _too_general(name: str) -> bool:
    plain = key(name).removeprefix("the ")
    return plain in GENERAL or key(name) in GENERAL or len(plain) < 2


def _pact_names(pact: Mapping[str, Any], lang: str) -> list[str]:
    names = pact["names"][lang]
    return [name for name in [names["name"], names.get("short"), *names.get("also", [])] if name]


def _places(keys: Keys) -> None:
    """Where peacekeepers stand who belong to no alliance, with the agreement that sent them and the state that sends them."""
    for pact_id, force in table("forces").items():
        for lang, line in zip(LANGUAGES, force["places"], strict=True):
            for place in parts(line):
                for form, flag in name_forms(place, lang):
                    keys.put(form, "place", [pact_id, force["sender"]], "", flag)


def _halves(line: str) -> tuple[list[str], list[str]]:
    names, _, organs = line.partition("|")
    return parts(names), parts(organs)


def _pact_name(keys: Keys, pact_id: str, lang: str, name: str, how: str) -> None:
    doubtful = name.startswith("!")
    name = name.lstrip("!")
    for form, flag in name_forms(name, lang):
        if " " in form and flag == "C" and how == "name":
            flag = ""  # newspapers write treaty in small letters too
        keys.put(form, "pact", pact_id, how + ("?" if doubtful else ""), flag)


def _bodies(keys: Keys) -> None:
    for group, kind in (("agencies", "agency"), ("bodies", "body")):
        for name, lines in table("bodies")[group].items():
            for lang, line in zip(LANGUAGES, lines, strict=True):
                for word in parts(line):
                    for form, flag in name_forms(word, lang):
                        keys.put(form, kind, word if name == "media" else name, "media" if name == "media" else "", flag)


# ---- grammar words ------------------------------------------------------------------------------------------------------


def _roles(keys: Keys) -> None:
    for group, how in (("persons", "person"), ("groups", "group"), ("houses", "house")):
        for role, lines in table("roles")[group].items():
            for lang, line in zip(LANGUAGES, lines, strict=True):
                for word in parts(line):
                    for form, flag in _role_forms(word, lang, how):
                        keys.put(form, "role", role, how, flag)


def _role_forms(word: str, lang: str, how: str) -> Iterable[tuple[str, str]]:
    if lang == "en":
        yield key(word), ""
        if how == "person":
            yield key(word) + "s", ""
    elif lang == "ru":
        for form in sorted(forms.russian(word, plural=False) - {"после"}):  # the preposition, not the ambassador
            yield form, "U" if word.isupper() else ""
    else:
        form, article = forms.arabic_name(word)
        yield form, "either" if article == "bare" and " " not in word else article
        first, *rest = (word[2:] if article == "article" else word).split()
        if how == "person" and article == "bare" and not rest and first[-1] not in "ةىا":
            yield key(first + "ا"), "bare"  # the indefinite accusative: محللا
        if how == "person" and first[-1] not in "ةى":
            yield key(" ".join([first + "ة", *rest])), "either" if article == "bare" and not rest else article


def _verbs(keys: Keys) -> None:
    verbs = table("verbs")
    for polarity in ("affirm", "deny", "uncertain", "relay"):
        for lang in LANGUAGES:
            for entry in verbs[polarity][lang]:
                if re.search(r"\([^)]*\)", entry):
                    continue
                if lang == "en":
                    keys.put(key(entry), "say", polarity, "", "")
                elif lang == "ru":
                    for form in forms.russian_verb(entry):
                        keys.put(form, "say", polarity, "", "")
                else:
                    for form in forms.arabic_verb(entry):
                        keys.put(form, "say", polarity, "", "verb")
    for lang in LANGUAGES:
        for entry in verbs["according"][lang]:
            keys.put(key(entry.removesuffix(" ل")), "according", key(entry), "", "verb" if lang == "ar" else "")


def _counts(keys: Keys) -> None:
    for unit, kinds in table("counts").items():
        for of, lines in kinds.items():
            value = [unit, None if of in ("~", None) else of]
            for lang, line in zip(LANGUAGES, lines, strict=True):
                plain = {key(word) for word in parts(line)}
                for word in parts(line):
                    _count(keys, value, word, lang, plain)


def _count(keys: Keys, value: list[str | None], word: str, lang: str, plain: set[str]) -> None:
    if not key(word):
        return  # a sign such as $ or %: the number grammar knows those
    if lang == "en":
        flag = "U" if word.isupper() and len(word) > 1 else ""
        keys.put(key(word), "unit", value, "", flag)
    elif lang == "ru":
        how = "adjectival" if " " not in word and word.endswith(("ый", "ий", "ой")) else ""
        for form in forms.russian(word) if not word.isupper() and re.search(r"[аеёиоуыэюя]", word) else {key(word)}:
            keys.put(form, "unit", value, how, "U" if word.isupper() else "")
    else:
        for form, flag, dual in forms.arabic_noun(word):
            if not dual or form not in plain:  # المراقبين may be two or many: it is read as many
                keys.put(form, "unit", value, "dual" if dual else "", flag)


def _numbers(keys: Keys) -> None:
    words = table("numbers")
    for group, how in (("cardinal", "cardinal"), ("times", "times"), ("some", "some"), ("half", "cardinal"), ("ordinal", "ordinal")):
        for lang in LANGUAGES:
            for word, value in words[group][lang].items():
                if "(" in word:
                    continue
                if isinstance(value, str):
                    value = float(value.split("-")[0].rstrip("h"))
                    if value == 0.5:
                        continue
                for form, flag in _number_forms(str(word), lang, how):
                    keys.put(form, "number", value, how, flag)
    for qualifier, languages in words["hedge"].items():
        for lang in LANGUAGES:
            for word in languages[lang]:
                if "(" not in word:
                    found = forms.russian_verb(word) if lang == "ru" and word.endswith("ть") and " " not in word else {key(word)}
                    for form in found:
                        keys.put(form, "hedge", qualifier, "", "verb" if lang == "ar" else "")


def _number_forms(word: str, lang: str, how: str) -> Iterable[tuple[str, str]]:
    if lang == "en":
        yield key(word), ""
    elif lang == "ru":
        if how == "ordinal":
            found = forms.adjective(word)
        elif " " in word or how == "some" or len(word) <= 4 and how == "times":
            found = {key(word)}
        else:
            found = forms.russian_word(word, ("NUMR", "NOUN", "ADJF", "NPRO"))
        if word in ("десятки", "сотни"):
            found = {key(word), {"десятки": "десятков", "сотни": "сотен"}[word]}
        if how == "some" and word == "несколько":
            found = {"несколько", "нескольких", "несколькими", "нескольким"}
        for form in sorted(found):
            yield form, ""
    else:
        yield key(word), "either"
        _first, *rest = word.split()
        if rest and how == "cardinal" and rest[0] in ("عشر", "عشرة"):
            yield key(word), "article"


def _events(keys: Keys) -> None:
    for kind, languages in table("events").items():
        for lang in LANGUAGES:
            for word in languages[lang]:
                form = key(word)
                if lang == "ar":
                    name, flag = forms.arabic_name(word)
                    keys.put(name, "event", kind, "", "article" if flag == "article" else "verb")
                else:
                    keys.put(form + ("*" if word.endswith("*") else ""), "event", kind, "", "")


def _calendar(keys: Keys) -> None:
    calendar = table("calendar")
    for kind, group in (("month", "months"), ("weekday", "weekdays")):
        for value, languages in calendar[group].items():
            for lang in LANGUAGES:
                for word in languages[lang]:
                    if lang == "ru":
                        for form in forms.russian(word) if len(word) > 3 or word == "май" else {key(word)}:
                            keys.put(form, kind, value, "", "")
                    elif lang == "ar":
                        form, flag = forms.arabic_name(word) if word.startswith("ال") else (key(word), "bare")
                        keys.put(form, kind, value, "", flag)
                    else:
                        keys.put(key(word), kind, value, "short" if len(word) <= 3 and word != "May" else "", "C")
    for step, distances in calendar["relative"].items():
        for distance, languages in distances.items():
            for lang in LANGUAGES:
                for word in languages[lang]:
                    if "(" not in word:
                        if lang == "ar":
                            form, flag = forms.arabic_name(word)
                        else:
                            form, flag = key(word), ""
                        keys.put(form, "relative", [step, distance], "", flag)

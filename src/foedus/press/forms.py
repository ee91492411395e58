"""The forms in which a word can stand: Russian cases, Arabic endings, English plurals. Needed only while the gazetteer is compiled."""

import functools
import re
from collections.abc import Iterable
from typing import Any

from foedus.press.text import key

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
DEMONYM_ENDINGS = ("", "ة", "ون", "ين", "ان", "تان", "تين", "ات", "ا")


@functools.cache
def _analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@functools.cache
def _nominative(word: str, parts: tuple[str, ...], number: str | None = None) -> Any:
    """The reading of a word as a nominative of one of the given parts of speech, the singular before the plural."""
    found = [p for p in _analyser().parse(word) if p.tag.POS in parts and "nomn" in p.tag and (number is None or number in p.tag)]
    if word[:1].isupper():
        proper = [p for p in found if {"Geox", "Name", "Orgn"} & set(p.tag.grammemes)]
        found = proper or found
    found.sort(key=lambda p: "plur" in p.tag)
    return found[0] if found else None


def russian(phrase: str, plural: bool = True) -> set[str]:
    """Every case form of a Russian noun phrase given in the nominative; what follows its first noun stands still.

    >>> "организации договора о коллективной безопасности" in russian("Организация Договора о коллективной безопасности")
    True
    """
    words = phrase.split()
    head = next((i for i, word in enumerate(words) if _nominative(word, ("NOUN",)) and not _is_adjective(word)), None)
    if head is None or any(not _is_adjective(word) for word in words[:head]):
        if len(words) == 1 and _is_adjective(words[0]):
            return adjective(words[0])
        return {key(phrase)}
    noun = _nominative(words[head], ("NOUN",))
    numbers = ["plur"] if "plur" in noun.tag else ["sing", "plur"] if plural else ["sing"]
    tail = words[head + 1 :]
    also = len(tail) == 2 and tail[0] == "и" and tail[1][:1].isupper() and _nominative(tail[1], ("NOUN",))
    made = set()
    for number in numbers:
        for case in CASES:
            shaped = noun.inflect({case, number})
            if shaped is None:
                continue
            rest = list(tail)
            if also:
                rest[1] = (also.inflect({case, "sing"}) or also).word
            for before in _agreeing(words[:head], case, number, noun.tag.gender, noun.tag.animacy):
                made.add(key(" ".join([*before, shaped.word, *rest])))
    return made | {key(phrase)}


def _is_adjective(word: str) -> bool:
    best = [p for p in _analyser().parse(word) if "nomn" in p.tag]
    return bool(best) and best[0].tag.POS in ("ADJF", "PRTF") and not {"Geox"} & set(best[0].tag.grammemes)


def _agreeing(words: list[str], case: str, number: str, gender: str | None, animacy: str | None) -> Iterable[list[str]]:
    shaped = []
    for word in words:
        base = _nominative(word, ("ADJF", "PRTF"))
        want = {case, number}
        if number == "sing" and gender:
            want.add(gender)
        if case == "accs" and (number == "plur" or gender == "masc"):
            want.add(animacy or "inan")
        form = base.inflect(want) if base else None
        shaped.append(form.word if form else word)
    return [shaped]


def adjective(word: str) -> set[str]:
    """Every full form of a Russian adjective."""
    readings = [p for p in _analyser().parse(word) if p.tag.POS in ("ADJF", "PRTF", "NPRO", "ADJS")]
    if not readings:
        return {key(word)}
    return {key(form.word) for form in readings[0].lexeme if form.tag.POS in ("ADJF", "PRTF", "NPRO")} | {key(word)}


def russian_word(word: str, parts: tuple[str, ...] = ("NOUN", "NUMR", "ADJF", "NPRO")) -> set[str]:
    """Every form of one Russian word, whatever it is."""
    readings = [p for p in _analyser().parse(word) if p.tag.POS in parts]
    return {key(form.word) for form in readings[0].lexeme if form.tag.POS in parts} | {key(word)} if readings else {key(word)}


def russian_verb(infinitive: str) -> set[str]:
    """Past forms, third persons and adverbial participles of a Russian verb; a phrase keeps its other words."""
    *before, verb = infinitive.split()
    readings = [p for p in _analyser().parse(verb) if p.tag.POS == "INFN"]
    made = set()
    for form in readings[0].lexeme if readings else []:
        tag = form.tag
        if tag.POS == "VERB" and ("past" in tag or "3per" in tag) or tag.POS == "GRND":
            made.add(key(" ".join([*before, form.word])))
    return made


def arabic_demonym(word: str) -> list[tuple[str, str]]:
    """The forms of an Arabic adjective of origin, each with how it takes the article (see `gazetteer.PREFIXES`)."""
    words = word.split()
    if len(words) == 2 and words[0].endswith("ي"):  # كوري شمالي: both words change and both take the article
        made = []
        for ending in ("", "ة", "ين", "ون"):
            first, second = words[0] + ending, words[1] + ending
            made += [(key(f"{first} {second}"), "bare"), (key(f"{first} ال{second}"), "article")]
        return made
    made = []
    for ending in DEMONYM_ENDINGS:
        form = " ".join([*words[:-1], words[-1] + ending])
        made.append((key(form), "bare" if ending == "ا" else "either"))
    return made


def arabic_name(name: str) -> tuple[str, str]:
    """An Arabic name in the form that is looked for, and how it takes the article."""
    if name.startswith("ال") and len(name) > 4:
        return key(name[2:]), "article"
    return key(name), "bare"


def arabic_noun(word: str) -> list[tuple[str, str, bool]]:
    """An Arabic noun and, where it is marked 2, its dual: form, article, whether it is the dual."""
    dual = word.endswith("2")
    word = word.removesuffix("2")
    form, article = arabic_name(word)
    made = [(form, "either" if article == "bare" and " " not in word else article, False)]
    if dual:
        words = word.split()
        stem = re.sub("ة$", "ت", words[0])
        made += [(key(" ".join([stem + ending, *words[1:]])), "either", True) for ending in ("ان", "ين")]
    return made


def arabic_verb(entry: str) -> list[str]:
    """The third-person forms of an Arabic verb given as `past | present`."""
    made: set[str] = set()
    past, _, present = (part.strip() for part in entry.partition("|"))
    if not present and past.startswith("ي"):
        past, present = "", past
    if past:
        *before, last = past.split()
        stems = [last, last + "وا", last + "ا", last + "ت"]
        if last[-1] in "ىا":
            stems = [last, last[:-1] + "ت", last[:-1] + "وا", last + "ا"]
        made |= {key(" ".join([*before, stem])) for stem in stems}
    if present:
        *before, last = present.split()
        bases = [last, "ت" + last[1:]]
        if last[-1] not in "ىوي":
            bases += [last + "ون", last + "ان"]
        elif last[-1] in "يى":
            bases += [last[:-1] + "ون"]
        made |= {key(" ".join([*before, base])) for base in bases}
    return sorted(made)


def english_demonym(word: str) -> set[str]:
    """An English adjective of origin and the plural of its people."""
    plain = key(word)
    return {plain, plain + "s"} if not plain.endswith(("ese", "sh", "ch", "s", "men")) else {plain}

"""Values as words of a language: days, numbers, states, speakers, conditions; and the templates they stand in.

Templates are English here; `locale/ar.po` and `locale/ru.po` hold the other two, compiled into the snapshot. Values stand in the nominative, so that
no template has to bend a name.
"""

import datetime
import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from foedus import snapshot
from foedus.errors import InputError, unknown

LANGUAGES = ("en", "ar", "ru")
Run = tuple[str, str]  # text, and the kind of value it is; "" for a template's own words
ISOLATED = {"day", "number", "percent", "article", "code", "version", "month"}
ENDS = ("?", "؟", "!", "…")
SLOT = re.compile(r"\{(\w+)\}")


@functools.cache
def catalogue(lang: str) -> Mapping[str, str]:
    """The templates of a language by their English. Errors: InputError for a language the product does not speak."""
    if lang not in LANGUAGES:
        raise unknown("language", lang, LANGUAGES)
    found: Mapping[str, str] = snapshot.derived("catalogue", lang) or {}
    return found


def say(template: str, lang: str) -> str:
    """The template in a language; an English template is its own text."""
    if lang == "en":
        return template
    found = catalogue(lang).get(template)
    if not found:
        raise InputError(f"no {lang} wording for '{template}'", f"briefs/locale/{lang}.po")
    return found


def runs(template: str, slots: Mapping[str, tuple[str, Any]], lang: str) -> list[Run]:
    """A sentence as runs of text. slots: by name, the kind of the value and the value. A question keeps its mark and takes no full stop."""
    found: list[Run] = []
    for index, part in enumerate(SLOT.split(say(template, lang))):
        if index % 2:
            kind, value = slots[part]
            found.append((render(kind, value, lang), kind))
        elif part:
            asked = found and part.startswith(".") and found[-1][0].endswith(ENDS)
            found.append((part[1:] if asked else part, ""))
    return [run for run in found if run[0]]


def render(kind: str, value: Any, lang: str) -> str:
    """A value as text. kind: day, dated, number, span, state, states, pact, article, articles, text, speaker, word, alternatives …."""
    if kind not in RENDER:
        raise unknown("kind of value", kind, RENDER)
    return RENDER[kind](value, lang)


@functools.cache
def _locale(lang: str) -> Any:
    from babel import Locale

    return Locale.parse(lang)


@functools.cache
def _day(value: str, lang: str) -> str:
    from babel.dates import format_date

    return str(format_date(datetime.date.fromisoformat(value), "d MMMM y", locale=_locale(lang)))


@functools.cache
def _month(value: str, lang: str) -> str:
    from babel.dates import format_date

    return str(format_date(datetime.date.fromisoformat(value), "LLLL y", locale=_locale(lang)))


def _dated(value: Mapping[str, Any], lang: str) -> str:
    """A record's day, as exactly as it is known."""
    on: str = value.get("on") or value["said_on"]
    precision = value.get("precision", "day")
    return on[:4] if precision == "year" else _month(on, lang) if precision == "month" else _day(on, lang)


def _number(value: float, lang: str) -> str:
    from babel.numbers import format_decimal

    digits = "#,##0.###" if isinstance(value, float) and not value.is_integer() else "#,##0"
    return str(format_decimal(value, digits, locale=_locale(lang), numbering_system="latn"))


def _span(value: Mapping[str, Any], lang: str) -> str:
    """A figure's number with its qualifier: `about 2,500`, `2,000–2,500`."""
    if value["value"] is not None:
        return say(QUALIFIERS[value["qualifier"]], lang).replace("{n}", _number(value["value"], lang))
    low, high = value["low"], value["high"]
    if low is not None and high is not None:
        return f"{_number(low, lang)}–{_number(high, lang)}"
    word = "at_least" if low is not None else "at_most"
    return say(QUALIFIERS[word], lang).replace("{n}", _number(low if low is not None else high, lang))


def _state(value: str, lang: str) -> str:
    return str(snapshot.record("state", value)["names"][lang]["name"])


def _list(values: list[str], lang: str) -> str:
    return {"ar": "، "}.get(lang, ", ").join(values)


def _pact(value: str, lang: str) -> str:
    names = snapshot.record("pact", value)["names"][lang]
    return str(names["short"] or names["name"])


def _speaker(value: Mapping[str, Any] | None, lang: str) -> str:
    if value is None:
        return say("no speaker named", lang)
    parts = [value["name"][lang] if value["name"] else None, value["role"][lang] if value["role"] else None, value["body"][lang] if value["body"] else None]
    named = [part for part in parts if part]
    return _list(named or [_state(value["state"], lang)], lang)


def _article(value: str, lang: str) -> str:
    """An article's number, with the text it stands in where that is not the treaty itself: `12 of the Charter`."""
    dated = re.fullmatch(r"([12]\d{3})-(.+)", value)
    if dated:
        return say(ARTICLES["dated"], lang).replace("{year}", dated[1]).replace("{n}", dated[2])
    if value.startswith("secret-"):
        return say(ARTICLES["secret-"], lang).replace("{n}", value.removeprefix("secret-"))
    head, _, number = value.partition(" ")
    if head in ARTICLES:
        return say(ARTICLES[head], lang).replace("{n}", number)
    return value


def _articles(value: list[str], lang: str) -> str:
    return _list([_article(item, lang) for item in value], lang) if value else say("none named", lang)


def _word(value: str | None, lang: str) -> str:
    return say(WORDS[value], lang) if value in WORDS else str(value)


def _changes(value: Mapping[str, bool], lang: str) -> str:
    """A hinge: the statements that would have to hold, or not to."""
    parts = []
    for fact, holds in value.items():
        statement = snapshot.record("fact", fact)["statement"][lang].rstrip(".")
        parts.append(say("“{statement}” is true" if holds else "“{statement}” is false", lang).replace("{statement}", statement))
    return {"ar": "؛ ", "en": "; ", "ru": "; "}[lang].join(parts)


MOST_ALTERNATIVES = 4


def _alternatives(value: list[Mapping[str, bool]], lang: str) -> str:
    """Sets of changes any one of which would do; of many, the smallest, and how many more there are."""
    parts = [_changes(change, lang) for change in value[:MOST_ALTERNATIVES]]
    more = len(value) - MOST_ALTERNATIVES
    if more > 0:
        parts.append(say("one of {n} more sets of facts", lang).replace("{n}", _number(more, lang)))
    return say(" — or — ", lang).join(parts)


MOST_LISTED = 5


def _invocations(value: list[Mapping[str, Any]], lang: str) -> str:
    """Requests as who, when and what became of them."""
    return _listed([f"{_list([_state(state, lang) for state in row['by']], lang)}, {_dated(row, lang)} ({_word(row['outcome'], lang)})" for row in value], lang)


def _figures(value: list[Mapping[str, Any]], lang: str) -> str:
    """Figures as the numbers given, each with who gave it and when."""
    return _listed([f"{_span(row, lang)} ({_dated(row, lang)}, {_speaker(row['speaker'], lang)})" for row in value], lang)


def _wordings(value: list[Mapping[str, Any]], lang: str) -> str:
    """Wordings of a mandate, each with who gave it."""
    return _listed([f"{_speaker(row['speaker'], lang)}: {_text(row['gloss'], lang)}" for row in value], lang)


def _listed(parts: list[str], lang: str) -> str:
    """A list of longer things; of many the first, and how many more there are."""
    more = [say("and {n} more", lang).replace("{n}", _number(len(parts) - MOST_LISTED, lang))] if len(parts) > MOST_LISTED else []
    return {"ar": "؛ "}.get(lang, "; ").join(parts[:MOST_LISTED] + more) or say("none", lang)


def _text(value: Mapping[str, str], lang: str) -> str:
    return value[lang].strip().rstrip(".")


def _percent(value: float, lang: str) -> str:
    from babel.numbers import format_percent

    return str(format_percent(value, "#,##0%" if lang != "ru" else "#,##0\u00a0%", locale=_locale(lang), numbering_system="latn"))


def _features(value: list[str], lang: str) -> str:
    """Features of the register by their names."""
    return _list([snapshot.record("feature", name)["names"][lang] for name in value], lang) or say("nothing", lang)


RENDER: dict[str, Callable[[Any, str], str]] = {
    "day": _day,
    "dated": _dated,
    "number": _number,
    "span": _span,
    "state": _state,
    "states": lambda value, lang: _list([_state(state, lang) for state in value], lang) if value else say("none", lang),
    "coalitions": lambda value, lang: " / ".join(_list([_state(state, lang) for state in group], lang) for group in value) if value else say("none", lang),
    "pact": _pact,
    "article": _article,
    "articles": _articles,
    "version": lambda value, lang: str(value),
    "text": _text,
    "texts": lambda value, lang: {"ar": "؛ "}.get(lang, "; ").join(_text(item, lang) for item in value) if value else say("none named", lang),
    "accounts": lambda value, lang: _list([say("“{name}”", lang).replace("{name}", _text(item, lang)) for item in value], lang),
    "invocations": _invocations,
    "figures": _figures,
    "wordings": _wordings,
    "speaker": _speaker,
    "percent": _percent,
    "features": _features,
    "word": _word,
    "alternatives": _alternatives,
    "sender": lambda value, lang: _state(value, lang) if value else say("all senders together", lang),
    "names": lambda value, lang: str(value[lang]["name"]),
}

ARTICLES = {
    "dated": "{n} of the text of {year}",
    "secret-": "{n} of the secret text",
    "Charter": "{n} of the Charter",
    "Forces": "{n} of the agreement on forces",
    "Peacekeeping": "{n} of the agreement on peacekeeping",
    "unnumbered": "without a number",
}

QUALIFIERS = {
    "exact": "{n}",
    "about": "about {n}",
    "at_least": "at least {n}",
    "at_most": "up to {n}",
    "more_than": "more than {n}",
    "less_than": "fewer than {n}",
}

WORDS: dict[str | None, str] = {
    None: "unknown",
    "unknown": "unknown",
    "true": "true",
    "false": "false",
    "met": "met",
    "unmet": "not met",
    "conflict": "in conflict",
    "owed": "owed",
    "not owed": "not owed",
    "awaits decision": "awaits decision",
    "undetermined": "undetermined",
    "decided": "decided",
    "open": "open",
    "blocked": "blocked",
    "consensus": "consensus",
    "unanimity": "unanimity",
    "consensus_minus_concerned": "consensus of all but the party concerned",
    "unanimity_minus_concerned": "unanimity of all but the party concerned",
    "majority": "majority",
    "each_for_itself": "each party for itself",
    "accepted": "accepted",
    "consulted": "consultations were held",
    "declined": "declined",
    "unanswered": "unanswered",
    "withdrawn": "withdrawn",
    "pending": "pending",
    "external": "external",
    "internal": "internal",
    "mixed": "mixed",
    "contested": "contested",
    "announced": "announced",
    "authorized": "authorized",
    "pledged": "pledged",
    "deployed": "deployed",
    "present": "present",
    "lift": "air or sea lift",
    "deaths": "dead",
    "injured": "injured",
    "detained": "detained",
    "defense": "defence",
    "offense": "offence",
    "neutrality": "neutrality",
    "nonaggression": "non-aggression",
    "consultation": "consultation",
    "internal_assistance": "assistance against internal threat",
    "shall_use_force": "shall act with armed force",
    "shall_assist": "shall assist with means of its choice",
    "shall_consult": "shall consult",
    "shall_refrain": "shall refrain",
    "shall": "shall",
    "may": "may",
    "declares": "declares",
    "person": "persons",
    "vehicle": "vehicles",
    "aircraft": "aircraft",
    "flight": "flights",
    "tank": "tanks",
    "battalion": "battalions",
    "division": "divisions",
    "day": "days",
    "hour": "hours",
    "signed": "signed",
    "acceded": "acceded",
    "in_force": "bound",
    "left": "left",
    "lapsed": "no longer bound",
    "excluded": "excluded",
    "notice": "gave notice",
    "froze": "stopped taking part without leaving",
    "suspended": "suspended",
    "supported": "supported",
    "refuted": "refuted",
    "imprecise": "imprecise",
    "unverified": "unverified",
    "not checkable": "not checkable",
    "request": "request",
    "invocation": "invocation",
    "decision": "decision",
    "refusal": "refusal",
    "offer": "offer",
    "deployment": "deployment",
    "arrival": "arrival",
    "transfer": "transfer",
    "drawdown": "drawdown",
    "withdrawal": "withdrawal",
    "statement": "statement",
    "legal_act": "legal act",
    "end": "end",
    "unrest": "unrest",
    "attack": "attack",
    "peak": "at its largest",
    "request-decision": "from the request to the decision",
    "request-start": "from the request to the first arrival",
    "decision-start": "from the decision to the first arrival",
    "start-full_strength": "from the first arrival to full strength",
    "start-end": "from the first arrival to the end",
    "within_mandate": "what the force did lies within it on the accounts of",
    "outside_mandate": "what the force did lies outside it on the accounts of",
    "unknown_mandate": "nothing is told of what the force did on the accounts of",
    "within_all": "what the force did lies within it on every account",
    "outside_all": "what the force did lies outside it on every account",
    "unknown_all": "no account tells of what the force did",
    "task_done": "its task was declared done",
    "replaced": "replaced by another force",
    "expelled": "made to leave, or the host changed hands",
    "host_changed_hands": "the host changed hands",
    "annexed": "the territory was annexed",
    "absorbed": "its territory was annexed",
    "still_there": "still there when last seen",
    "refused": "refused",
    "less_sent": "answered with less",
}

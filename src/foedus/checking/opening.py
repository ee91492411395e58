"""A case opened from a press piece: the piece as one more account of a case the library has, or a new case read by machine."""

import hashlib
from collections import Counter
from datetime import date
from typing import Any

from foedus import snapshot
from foedus.checking import words
from foedus.checking.recognising import recognise
from foedus.errors import InputError
from foedus.press import read
from foedus.press.claims import NOT
from foedus.press.page import read_page
from foedus.press.piece import sentences
from foedus.spells import Day

Row = dict[str, Any]
LONGEST = 240
TROOPS = {"troops", "soldiers", "peacekeepers", "servicemen", "personnel", "forces"}
EVENT_TYPES = {
    "unrest", "attack", "request", "invocation", "consultation", "decision", "refusal", "offer", "deployment", "arrival",
    "transfer", "drawdown", "withdrawal", "statement", "legal_act", "end",
}  # fmt: skip


def open_piece(text: str, name: str, lang: str | None = None, published: Day | None = None) -> Row:
    """The case record that a brief is written from, and its source, laid over the library until the process ends.

    name: what the piece is called in footnotes, such as its file's name. Errors: those of `foedus.press.read`; InputError where the piece names no
    pact of the library, no party of it that asks, is attacked or is in unrest, or no day.
    """
    reading = read(text, lang, published)
    found = recognise(reading)
    base = snapshot.record("case", found) if found else _new(text, reading)
    mark = hashlib.blake2b(text.encode(), digest_size=3).hexdigest()
    source = f"piece-{mark}"
    claims = _claims(text, reading, base, source)
    record = {
        **base,
        "id": f"{base['id']}-with-piece-{mark}" if found else f"piece-{mark}",
        "claims": base["claims"] + claims,
        "accounts": [*base["accounts"], {"id": "piece", "name": NAME, "claims": [claim["id"] for claim in claims]}],
    }
    if not found:
        record |= {"events": _events(text, reading, base["day"], source), "figures": _figures(reading, base["day"], source)}
        record["from"] = min(event["on"] for event in record["events"])
    snapshot.overlay("source", source, _source(reading, name, base["day"]))
    snapshot.overlay("case", record["id"], record)
    return record


NAME = {"en": "The piece", "ar": "المقال", "ru": "Материал"}


def _source(reading: Row, name: str, day: Day) -> Row:
    title = reading["title"] or name
    return {
        "title": title,
        "publisher": name,
        "kind": "news",
        "language": reading["language"],
        "url": f"file:{name}",
        "read": reading["published"] or day,
        "date": reading["published"],
        "author": None,
        "licence": None,
        "note": None,
    }


def _new(text: str, reading: Row) -> Row:
    """The frame of a case that the library does not hold."""
    pact, target = _question(text, reading)
    days = sorted(item["date"] for item in reading["dates"] if item["granularity"] == "day")
    day = reading["published"] or (days[-1] if days else None)
    if day is None:
        raise InputError("the piece gives no day. Say when it was published: --published 2022-01-07")
    name = snapshot.record("state", target)["names"]
    return {
        "id": "piece",
        "title": {lang: reading["title"] or names["name"] for lang, names in name.items()},
        "summary": {
            "en": "A case opened by machine from a press piece; nobody has checked what was read.",
            "ar": "حالة فتحتها الآلة من مقال صحفي، ولم يراجع أحد ما قُرئ.",
            "ru": "Случай открыт машиной по газетному материалу; прочитанное никто не проверял.",
        },
        "target": target,
        "against": [],
        "pacts": [pact],
        "day": day,
        "from": days[0] if days else day,
        "until": None,
        "events": [],
        "claims": [],
        "accounts": [],
        "agreed": [],
        "figures": [],
        "mandates": [],
        "consents": [],
        "area": None,
        "population": None,
        "after": [],
        "precedents": [],
        "open_questions": [],
        "machine_read": True,
        "sources": [],
    }


def _question(text: str, reading: Row) -> tuple[str, str]:
    """The pact and the party that a piece is about: those most named, a party that asks or is attacked first, one that sends a force last.

    A pact named only in sentences that deny something comes last: `the CSTO did not take part` is about another.
    """
    held = snapshot.ids("pact")
    mentions = [item for item in reading["pacts"] if item["pact"] in held]
    if not mentions:
        raise InputError("the piece names no pact of the library, so there is no case to open")
    told = {"request": "actor", "attack": "target", "unrest": "actor"}
    concerned = [item[told[kind]] for kind in told for item in reading["events"] if item["type"] == kind]
    named = Counter(item["state"] for item in reading["states"])
    senders = {item["actor"] for item in reading["events"] if item["type"] in ("deployment", "arrival", "withdrawal")}
    in_order = sorted((state for state, _ in named.most_common()), key=senders.__contains__)
    affirmed = Counter(item["pact"] for item in mentions if not _denied(text, reading["language"], item["span"][0]))
    for pact in dict.fromkeys([*(pact for pact, _ in affirmed.most_common()), *(item["pact"] for item in mentions)]):
        members = {party["state"] for party in snapshot.record("pact", pact)["parties"]}
        for state in [*filter(None, concerned), *in_order]:
            if state in members:
                return pact, state
    raise InputError("the piece names no party of a pact as asking, attacked or in unrest, so there is no case to open")


def _denied(text: str, lang: str, place: int) -> bool:
    """Whether the sentence that holds the place says no to something."""
    return any(start <= place < end and NOT[lang].search(f" {text[start:end]}") for start, end in _sentence_of(text))


def _sentence_of(text: str) -> list[tuple[int, int]]:
    return list(sentences(read_page(text).view))


def _quote(text: str, span: tuple[int, int]) -> Row:
    """The piece's own sentence, cut where it is long; it is the asker's text, and stands in its own language."""
    words_ = " ".join(text[span[0] : span[1]].split())
    said = words_ if len(words_) <= LONGEST else words_[: words_.rfind(" ", 0, LONGEST)] + "…"
    return dict.fromkeys(("en", "ar", "ru"), said)


def _cite(source: str, number: int) -> list[dict[str, str]]:
    return [{"source": source, "at": f"sentence {number}"}]


def _claims(text: str, reading: Row, base: Row, source: str) -> list[Row]:
    """One claim a sentence that says something; a fact that an earlier sentence settled otherwise is left unsaid, so that the account holds together."""
    made: list[Row] = []
    settled: dict[str, bool] = {event_fact: value for event in base["events"] for event_fact, value in event["asserts"].items()}
    said_on = reading["published"] or base["day"]
    for number, span in enumerate(_sentence_of(text), start=1):
        said = [item for item in reading["claims"] if span[0] <= item["span"][0] < span[1]]
        events = [item for item in reading["events"] if span[0] <= item["span"][0] < span[1]]
        told = _asserted(text[span[0] : span[1]], events, base["target"])
        if not said and not events and not told:
            continue
        asserts = {fact: value for fact, value in told.items() if settled.setdefault(fact, value) is value}
        speaker = next((reading["speakers"][item["speaker_index"]] for item in said if item["speaker_index"] is not None), None)
        made.append(
            {
                "id": f"sentence-{number}",
                "speaker": _speaker(speaker, reading),
                "said_on": said_on,
                "known": None,
                "gloss": _quote(text, span),
                "asserts": asserts,
                "figures": {},
                "stance": {"affirm": "affirms", "deny": "denies", "uncertain": "uncertain"}[said[0]["polarity"]] if said else "affirms",
                "about": "pact",
                "sources": _cite(source, number),
            }
        )
    return made


def _speaker(speaker: Row | None, reading: Row) -> Row:
    if speaker is None:
        return {"name": None, "role": None, "state": None, "body": {"en": "the piece", "ar": "المقال", "ru": "автор материала"}}
    same = {key: dict.fromkeys(("en", "ar", "ru"), speaker[key]) if speaker[key] else None for key in ("name", "role", "body")}
    return {**same, "state": speaker["state"]} if any(same.values()) or speaker["state"] else _speaker(None, reading)


def _asserted(sentence: str, events: list[Row], target: str) -> dict[str, bool]:
    """The facts that a sentence settles by the plainest of words; what is said in passing settles nothing."""
    asserts: dict[str, bool] = {}
    if words.found(words.NO_FOREIGN, sentence):
        asserts |= {"by_foreign_group": False, "by_state": False}
    elif words.found(words.FOREIGN_TRAINED, sentence):
        asserts["by_foreign_group"] = True
    for event in events:
        if event["type"] == "request" and event["actor"] == target:
            asserts["requested"] = True
        if event["type"] == "unrest" and event["actor"] == target:
            asserts["internal_unrest"] = True
        if event["type"] == "attack" and event["target"] == target and not words.found(words.ONE_IS_ALL, sentence):
            asserts["armed_attack"] = True
    return asserts


def _events(text: str, reading: Row, day: Day, source: str) -> list[Row]:
    spans = _sentence_of(text)
    made = []
    for number, item in enumerate(reading["events"], start=1):
        place = next((n for n, span in enumerate(spans) if span[0] <= item["span"][0] < span[1]), None)
        if place is None or item["type"] not in EVENT_TYPES:
            continue
        on = item["date"] if item["date"] and len(item["date"]) == 10 and item["date"] <= day else day
        made.append(_event(f"event-{number}", item["type"], on, [item["actor"]] if item["actor"] else [], _quote(text, spans[place]), _cite(source, place + 1)))
    return made or [_event("piece", "statement", day, [], NAME, _cite(source, 1))]


def _event(name: str, kind: str, on: Day, actor: list[str], gloss: Row, cites: list[dict[str, str]]) -> Row:
    empty: Row = {"time": None, "zone": None, "body": None, "to": [], "pact": None, "articles": [], "known": None, "asserts": {}, "disputed": []}
    return {**empty, "id": name, "type": kind, "on": on, "precision": "day", "actor": actor, "gloss": gloss, "sources": cites}


def _figures(reading: Row, day: Day, source: str) -> list[Row]:
    rows = []
    for number, item in enumerate(reading["quantities"], start=1):
        if item["unit"] == "person" and item["of"] in TROOPS:
            rows.append(
                {
                    "id": f"figure-{number}",
                    "sender": None,
                    "status": "announced",
                    **{key: item[key] for key in ("value", "low", "high")},
                    "qualifier": item["qualifier"] if item["qualifier"] in ("exact", "about", "at_least", "at_most", "more_than", "less_than") else "exact",
                    "unit": "person",
                    "of": dict.fromkeys(("en", "ar", "ru"), item["of"]),
                    "on": day,
                    "precision": "day",
                    "known": None,
                    "speaker": None,
                    "sources": _cite(source, 1),
                }
            )
    return rows


def as_files(record: Row) -> dict[str, str]:
    """The case and its source as library files, by their path in the library, for a person to read and correct."""
    names = {
        cite["source"] for row in [*record["claims"], *record["events"], *record["figures"]] for cite in row["sources"] if cite["source"].startswith("piece-")
    }
    head = "# Read by machine from a press piece. Correct it, then set machine_read to false.\n"
    return {
        f"cases/{record['id']}.yaml": head + _yaml(record),
        f"sources/{record['id']}.yaml": head + _yaml({name: snapshot.record("source", name) for name in sorted(names)}),
    }


def _yaml(value: Row) -> str:
    import yaml

    return str(yaml.safe_dump(_dated(value), allow_unicode=True, sort_keys=False, width=140))


def _dated(value: Any, key: str = "") -> Any:
    """Days as dates, so that YAML writes them bare."""
    if isinstance(value, dict):
        return {name: _dated(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_dated(part, key) for part in value]
    return date.fromisoformat(value) if isinstance(value, str) and key in DAYS else value


DAYS = ("on", "said_on", "known", "day", "from", "until", "read", "date", "outcome_on")

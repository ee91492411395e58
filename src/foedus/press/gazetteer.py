"""Every word the reader knows, in one automaton: one pass over a folded text gives every hit, whole words only, the longest first."""

import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick

from foedus.press.text import Folded

SEALED = Path(__file__).parent / "gazetteer.json"

# What may stand before an Arabic word: for a bare name, for one that has its article, for either, for a verb.
_BEFORE = ("", "و", "ف", "ب", "ك", "ل", "وب", "ول", "وك", "فب", "فل", "فك", "وس")
_ARTICLE = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وبال", "وكال", "فبال")
PREFIXES: dict[str, frozenset[str]] = {
    "bare": frozenset(_BEFORE[:-1]),
    "article": frozenset(_ARTICLE),
    "either": frozenset(_BEFORE[:-1] + _ARTICLE),
    "verb": frozenset(("", "و", "ف", "س", "وس", "فس", "ل", "ول", "فل", "ب", "وب", "ك")),
}


class Hit(NamedTuple):
    """A word found at [start, end) of a folded text: what kind it is, what it stands for, how, and the letters before it in Arabic."""

    start: int
    end: int
    kind: str
    value: Any
    how: str
    prefix: str


@dataclass(slots=True)
class Gazetteer:
    """The automaton and what is known of the pacts."""

    automaton: Any
    pacts: dict[str, Any]

    def scan(self, folded: Folded) -> tuple[list[Hit], list[Hit]]:
        """Every hit in the text, in order, a hit inside a longer one left out; and, apart from them, the words of events."""
        found: list[Hit] = []
        events: list[Hit] = []
        text, matched = folded.text, folded.matched
        put, put_event, prefixes = found.append, events.append, PREFIXES
        make = tuple.__new__  # the constructor without its keywords
        for last, (length, arabic, records) in self.automaton.iter(matched):
            first = last - length + 1
            if arabic:
                begin = first - 1
                prefix = ""
                if matched[begin] != " ":
                    prefix = matched[matched.rfind(" ", 0, first) + 1 : first]
                    if len(prefix) > 4:
                        continue
                    begin -= 2 if prefix[-2:] == "ال" else 1 if prefix[-2:] == "لل" else 0
                for kind, value, how, flag in records:
                    if prefix in prefixes[flag]:
                        (put_event if kind == "event" else put)(make(Hit, (begin, last - 1, kind, value, how, prefix)))
                continue
            for kind, value, how, flag in records:
                if flag and (flag == "C" and not text[first].isupper() or flag == "U" and not text[first : last - 1].isupper()):
                    continue
                if kind == "event":
                    end = last - 1 if matched[last] == " " else matched.find(" ", last) - 1
                    put_event(make(Hit, (first, end, kind, value, how, "")))
                else:
                    put(make(Hit, (first, last - 1, kind, value, how, "")))
        return _longest(found), _longest(events)


def _order(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _longest(found: list[Hit]) -> list[Hit]:
    found.sort(key=itemgetter(1), reverse=True)
    found.sort(key=itemgetter(0))
    kept: list[Hit] = []
    start = end = -1
    inside: list[Hit] = []
    for hit in found:
        first, last, kind, _, how, _ = hit
        if first >= end or first == start and last == end:
            start, end = first, last
            kept.append(hit)
        elif kind == "state" and last <= end and how in ("name", "demonym"):
            inside.append(hit)
    if inside:
        kept.extend(_within_pacts(kept, inside))
        kept.sort(key=_order)
    return kept


def _within_pacts(kept: list[Hit], inside: list[Hit]) -> list[Hit]:
    """The states named inside a pact's name, where it names two or more of them: the treaty between X and Y."""
    made = []
    for pact in kept:
        if pact.kind == "pact":
            held = [hit for hit in inside if pact.start <= hit.start and hit.end <= pact.end]
            if len({hit.value for hit in held}) > 1:
                made += _longest(list(held))
    return made


def compile_gazetteer(states: Mapping[str, Mapping[str, Any]], pacts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The gazetteer as plain data for JSON, from the library's states and pacts and the reader's own lists. Needs pymorphy3."""
    from foedus.press import words

    return words.compile_words(states, pacts)


def build(data: Mapping[str, Any]) -> Gazetteer:
    """The automaton of compiled data."""
    records = [(kind, tuple(value) if isinstance(value, list) else value, how, flag) for kind, value, how, flag in data["records"]]
    automaton = ahocorasick.Automaton()
    for key, numbers in data["keys"].items():
        found = [records[number] for number in numbers]
        arabic = tuple(record for record in found if record[3] in PREFIXES)  # tuples of text are left alone by the garbage collector
        other = tuple(record for record in found if record[3] not in PREFIXES)
        if arabic:
            automaton.add_word(key + " ", (len(key) + 1, True, arabic))
        if other and key.endswith("*"):
            automaton.add_word(f" {key[:-1]}", (len(key), False, other))
        elif other:
            automaton.add_word(f" {key} ", (len(key) + 2, False, other))
    automaton.make_automaton()
    return Gazetteer(automaton, dict(data["pacts"]))


@functools.cache
def load() -> Gazetteer:
    """The gazetteer of the library as it is, compiled once and kept in the user's cache."""
    return build(data())


def data() -> dict[str, Any]:
    """Compiled data: sealed in the package, or from the cache, or compiled now."""
    if SEALED.exists():
        return dict(json.loads(SEALED.read_text("utf-8")))
    path = _cache()
    if path.exists():
        return dict(json.loads(path.read_text("utf-8")))
    made = compile_gazetteer(*_library())
    write(made, path)
    return made


def write(made: Mapping[str, Any], path: Path) -> None:
    """Keep compiled data. Atomic: a killed write leaves the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(made, file, ensure_ascii=False, separators=(",", ":"))
    os.replace(name, path)


def _library() -> tuple[dict[str, Any], dict[str, Any]]:
    """The library's states and pacts; what is at fault in other records does not keep a piece from being read."""
    from foedus import compiling

    library = compiling.gather()
    return library.table("state"), library.table("pact")


def _cache() -> Path:
    """Where compiled data is kept: one file for each state of the library's states and pacts and of the lists."""
    package = Path(__file__).parent
    seen = hashlib.blake2b(digest_size=12)
    library = package.parent / "library"
    inputs = [*(library / "states").glob("*.yaml"), *(library / "pacts").rglob("*.yaml"), *(package / "lists").glob("*")]
    inputs += [package / name for name in ("words.py", "forms.py", "text.py")]
    for path in sorted(inputs):
        status = path.stat()
        seen.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "foedus" / f"gazetteer-{seen.hexdigest()}.json"

"""The mechanical check of a brief: each number, date and name in it is in the facts behind its footnotes.

The check takes a brief as JSON, from wherever it comes, and trusts nothing in it: every path is followed again into the library.
"""

from collections.abc import Iterator
from typing import Any

from foedus.briefs import paths, wording
from foedus.briefs.messages import messages
from foedus.errors import InputError
from foedus.sources import reference

Row = dict[str, Any]


def problems(brief: Row) -> list[str]:
    """What is wrong with a brief, a line each; empty where every statement is supported.

    brief: the values of `Brief.to_json`. A footnote is wrong if no fact of its sentence stands on it, and missing if one does and it is not there.
    """
    found = [f"footnote {number}: {words}" for number, words in _notes(brief)]
    known = set(messages())
    for section in brief["sections"]:
        for block in section["blocks"]:
            for sentence in block["sentences"]:
                found += [f"'{sentence['text'][:60]}': {words}" for words in _sentence(brief, sentence, known)]
    return found


def _notes(brief: Row) -> Iterator[tuple[int, str]]:
    used = {number for section in brief["sections"] for block in section["blocks"] for sentence in block["sentences"] for number in sentence["notes"]}
    for place, note in enumerate(brief["notes"], start=1):
        if note["number"] != place:
            yield place, f"is numbered {note['number']}"
        if place not in used:
            yield place, "no sentence has it"
        try:
            if note["reference"] != reference(note):
                yield place, "its reference is not the library's"
        except InputError as error:
            yield place, str(error)


def _sentence(brief: Row, sentence: Row, known: set[str]) -> Iterator[str]:
    if sentence["template"] not in known:
        yield "its template is none of the product's"
        return
    try:
        yield from _words(brief, sentence)
        yield from _cited(brief, sentence)
        yield from _unsourced_numbers(sentence)
        yield from _leaks(brief, sentence)
    except InputError as error:
        yield str(error)


def _words(brief: Row, sentence: Row) -> Iterator[str]:
    """The text is its template, and each slot says what the library says at its path."""
    values = {name: (slot["kind"], paths.value(slot["path"])) for name, slot in sentence["slots"].items()}
    expected = wording.runs(sentence["template"], values, brief["lang"])
    if "".join(text for text, _ in expected) != sentence["text"]:
        yield f"it does not say what the facts say: {'; '.join(text for text, kind in expected if kind)}"


def _cited(brief: Row, sentence: Row) -> Iterator[str]:
    """Every fact's sources stand in the footnotes, and every footnote is a source of some fact."""
    needed = {
        (cite["source"], cite["at"]) for path in [*(slot["path"] for slot in sentence["slots"].values()), *sentence["beside"]] for cite in paths.cites(path)
    }
    notes = brief["notes"]
    given = {(notes[number - 1]["source"], notes[number - 1]["at"]) for number in sentence["notes"] if 0 < number <= len(notes)}
    if len(given) < len(sentence["notes"]):
        yield "it has a footnote that is not there"
    for source, at in sorted(needed - given):
        yield f"a fact stands on {source}, {at}, and no footnote says so"
    for source, at in sorted(given - needed):
        yield f"its footnote to {source}, {at} supports none of its facts"
    if not needed and paths.numbers(sentence["text"]) and not _only_asked(sentence):
        yield "it holds a number or a date and has no footnote"


def _only_asked(sentence: Row) -> bool:
    """Whether a sentence's only values are those of the question itself: the day asked about, a unit, an open question."""
    return all(slot["path"].startswith(("derived/day/", "derived/word/")) or "/open_questions/" in slot["path"] for slot in sentence["slots"].values())


def _unsourced_numbers(sentence: Row) -> Iterator[str]:
    """A text without a source of its own, such as a summary, may hold only numbers that the facts cited beside it hold."""
    if not sentence["beside"]:
        return
    held = set().union(*(paths.numbers(paths.words(path)) for path in sentence["beside"]))
    for number in sorted(paths.numbers(sentence["text"]) - held):
        yield f"the number {number} is in none of the facts cited"


def _leaks(brief: Row, sentence: Row) -> Iterator[str]:
    """Nothing later than the day the brief is written for."""
    for path in [*(slot["path"] for slot in sentence["slots"].values()), *sentence["beside"]]:
        late = [day for day in paths.days(path) if brief["known"] and day > brief["known"]]
        if late:
            yield f"'{path}' was known only on {max(late)}"

"""A brief as a document: sentences said in a language, each with the numbers of its footnotes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from foedus.briefs import composing, paths, wording
from foedus.briefs.sentences import Section, Sentence, Slot
from foedus.deployments import amounting
from foedus.sources import Cite, reference
from foedus.spells import Day

Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A sentence said: its runs of text, what they were made of, and its footnotes."""

    runs: tuple[wording.Run, ...]
    template: str
    slots: dict[str, Slot]
    beside: tuple[str, ...]
    notes: tuple[int, ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True)
class Part:
    heading: str
    style: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Chapter:
    id: str
    title: str
    parts: tuple[Part, ...]


@dataclass
class Brief:
    """A whole brief. `notes[n - 1]` is footnote n: a source and the place in it."""

    case: composing.Case
    lang: str
    title: str
    chapters: tuple[Chapter, ...]
    notes: list[Cite] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        return (line for chapter in self.chapters for part in chapter.parts for line in part.lines)

    def to_html(self, path: str) -> None:
        """Write the brief as one self-contained HTML file."""
        from foedus.briefs import html, output

        output.write(path, html.page(self))

    def to_pdf(self, path: str) -> None:
        """Write the brief as PDF. Errors: InputError where the extra `print` is not installed."""
        from foedus.briefs import output, pdf

        output.write(path, pdf.pdf(self))

    def to_json(self) -> Row:
        """The brief as plain values: case, lang, known, day, title, sections, notes."""
        return {
            "case": self.case.record["id"],
            "lang": self.lang,
            "known": self.case.known,
            "day": self.case.on,
            "title": self.title,
            "sections": [
                {
                    "id": chapter.id,
                    "title": chapter.title,
                    "blocks": [
                        {"heading": part.heading, "style": part.style, "sentences": [_line_json(line) for line in part.lines]} for part in chapter.parts
                    ],
                }
                for chapter in self.chapters
            ],
            "notes": [{"number": number, **cite, "reference": reference(cite)} for number, cite in enumerate(self.notes, start=1)],
        }


def _line_json(line: Line) -> Row:
    return {
        "text": line.text,
        "template": line.template,
        "slots": {name: {"kind": kind, "path": path} for name, (kind, path) in line.slots.items()},
        "beside": list(line.beside),
        "notes": list(line.notes),
    }


def write(case_id: str, lang: str = "en", known: Day | None = None, on: Day | None = None) -> Brief:
    """The brief of a case. known: only what could be known by that day. on: the day judged, the case's own where not given.

    Errors: InputError for a case or language that is not there, or a day before the case began.
    """
    wording.catalogue(lang)
    return say(composing.open_case(case_id, on, known), lang)


def write_force(case_id: str, lang: str = "en", known: Day | None = None) -> Brief:
    """What the force of a case amounts to, alone. Errors: InputError for a case of which the register has no force by then."""
    wording.catalogue(lang)
    amounting.named(case_id, known)
    case = composing.open_case(case_id, None, known)
    return say(case, lang, composing.compose_force(case))


def say(case: composing.Case, lang: str, sections: tuple[Section, ...] | None = None) -> Brief:
    """The composed case, said in a language: the whole brief, or only the sections given."""
    numbers: dict[tuple[str, str], int] = {}
    notes: list[Cite] = []

    def note(cite: Cite) -> int:
        key = cite["source"], cite["at"]
        if key not in numbers:
            notes.append(cite)
            numbers[key] = len(notes)
        return numbers[key]

    def line(sentence: Sentence) -> Line:
        slots = {name: (kind, paths.value(path)) for name, (kind, path) in sentence.slots.items()}
        cited = [cite for path in [*(path for _, path in sentence.slots.values()), *sentence.beside] for cite in paths.cites(path)]
        numbers_of = tuple(dict.fromkeys(note(cite) for cite in cited))
        return Line(tuple(wording.runs(sentence.template, slots, lang)), sentence.template, sentence.slots, sentence.beside, numbers_of)

    chapters = tuple(
        Chapter(
            section.id,
            wording.say(section.title, lang),
            tuple(Part(wording.say(block.heading, lang), block.style, tuple(map(line, block.sentences))) for block in section.blocks),
        )
        for section in sections or composing.compose(case)
    )
    return Brief(case, lang, case.record["title"][lang], chapters, notes)

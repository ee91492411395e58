"""The brief as plain text and as Markdown."""

import textwrap

from foedus.briefs.document import Brief, Line
from foedus.briefs.wording import render, say
from foedus.sources import reference

WIDTH = 100
# First strong isolate and pop: in plain right-to-left text they keep a footnote's number and an address from jumping.
ISOLATE, POP = "⁨", "⁩"


def text(brief: Brief) -> str:
    """Plain text, wrapped; footnotes as [1] in the text and in a list at the end."""
    parts = [brief.title, "=" * min(len(brief.title), WIDTH), standfirst(brief), ""]
    for number, chapter in enumerate(brief.chapters, start=1):
        parts += [f"{number}. {chapter.title}", "-" * (len(chapter.title) + 3), ""]
        for part in chapter.parts:
            parts += [f"{part.heading}", *(_wrapped(line, brief.lang) for line in part.lines), ""]
    parts += [say("Sources", brief.lang), ""]
    parts += [_note(number, reference(cite), brief.lang) for number, cite in enumerate(brief.notes, start=1)]
    return "\n".join(parts).rstrip() + "\n"


def standfirst(brief: Brief) -> str:
    """The line under the title: which day is judged, and by when its facts were known."""
    day = render("day", brief.case.on, brief.lang)
    if brief.case.known is None:
        return say("Judged on {day}; with everything the library knows.", brief.lang).replace("{day}", day)
    known = render("day", brief.case.known, brief.lang)
    return say("Judged on {day}; with what was known by {known}.", brief.lang).replace("{day}", day).replace("{known}", known)


def marks(line: Line) -> str:
    return "".join(f"[{number}]" for number in line.notes)


def _wrapped(line: Line, lang: str) -> str:
    note = f"{ISOLATE}{marks(line)}{POP}" if lang == "ar" and line.notes else marks(line)
    return textwrap.fill(f"- {line.text} {note}".rstrip(), WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _note(number: int, words: str, lang: str) -> str:
    return f"[{number}] {ISOLATE}{words}{POP}" if lang == "ar" else f"[{number}] {words}"


def markdown(brief: Brief) -> str:
    """Markdown with footnotes."""
    parts = [f"# {brief.title}", "", standfirst(brief), ""]
    for chapter in brief.chapters:
        parts += [f"## {chapter.title}", ""]
        for part in chapter.parts:
            parts += [f"### {part.heading}", "", *(f"- {line.text}" + "".join(f"[^{n}]" for n in line.notes) for line in part.lines), ""]
    parts += [f"[^{number}]: {reference(cite)}" for number, cite in enumerate(brief.notes, start=1)]
    return "\n".join(parts).rstrip() + "\n"

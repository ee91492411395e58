"""Pages from templates: the words of a language, its direction, its links."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from foedus import snapshot
from foedus.briefs import html
from foedus.briefs.wording import ISOLATED, WORDS, render, say
from foedus.server.linking import LANGUAGES, Links
from foedus.server.wording import WORDS as TERMS
from foedus.sources import Cite

Row = dict[str, Any]
HERE = Path(__file__).parent
CITATION = Markup('<li><bdi>{}</bdi>{} <a href="{}" rel="noreferrer">{}</a>, {} <bdi>{}</bdi>. <a href="{}">{}</a></li>')
LINK = Markup('<a href="{}"><bdi>{}</bdi></a>')


def page(template: str, links: Links, **values: Any) -> str:
    """A whole page, or a part of one where the template is a part."""
    lang = links.lang
    found = environment().get_template(template)
    return str(
        found.render(
            links=links,
            lang=lang,
            languages=LANGUAGES,
            direction=html.direction(lang),
            t=lambda words: say(words, lang),
            word=lambda value: word(value, lang),
            show=lambda kind, value: render(kind, value, lang),
            state_name=lambda state: render("state", state, lang),
            state_link=functools.cache(lambda state: LINK.format(links.to(f"state/{state}"), render("state", state, lang))),
            pact_name=lambda pact: pact_name(pact, lang),
            pact_link=functools.cache(lambda pact: LINK.format(links.to(f"pact/{pact}"), pact_name(pact, lang))),
            condition=lambda value: condition(value, lang),
            cited=lambda cites: cited(cites, lang),
            citation=lambda source, at: citation(source, at, lang, links.to(f"source/{source}")),
            isolated=ISOLATED | {"dated"},
            as_of=as_of(),
            **values,
        )
    )


@functools.cache
def environment() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )


def word(value: Any, lang: str) -> str:
    """A word of the engine in the reader's language; one that the catalogues do not hold as it stands."""
    name = {True: "true", False: "false"}[value] if isinstance(value, bool) else value
    known: str | None = TERMS.get(str(name)) or WORDS.get(name)
    return say(known, lang) if known else str(name).replace("_", " ")


def pact_name(pact: str, lang: str) -> str:
    names = snapshot.record("pact", pact)["names"][lang]
    return str(names["short"] or names["name"])


@functools.cache
def as_of() -> str:
    """The day the library was last read at its sources: the day that a page shows where none is asked for."""
    return str(max(record["read"] for record in snapshot.records("source").values()))


def condition(value: Any, lang: str) -> Row | None:
    """A condition as a tree for the page: a fact's statement, or a word (all, any, not, at_least) with its parts."""
    if value is None:
        return None
    if isinstance(value, str):
        return {"fact": value, "statement": snapshot.record("fact", value)["statement"][lang]}
    name = "at_least" if "at_least" in value else next(iter(value))
    parts = value["of"] if "of" in value else value[name]
    return {"word": name, "number": value.get("at_least"), "parts": [condition(part, lang) for part in (parts if isinstance(parts, list) else [parts])]}


def cited(cites: list[Cite] | list[str], lang: str) -> list[Row]:
    """Citations, or ids of sources, as the rows that a page lists: id, words, at, url, read."""
    rows = []
    for cite in cites:
        full = cite if isinstance(cite, dict) else {"source": cite, "at": ""}
        rows.append({"id": full["source"], **html.note(full, lang)})
    return rows


@functools.lru_cache(4096)
def citation(source: str, at: str, lang: str, rests: str) -> Markup:
    """One citation in a list of sources; `rests` is the address of all that rests on the source. Kept: a page has hundreds, and most are on others too."""
    note = html.note({"source": source, "at": at}, lang)
    place = Markup(" <bdi>{}</bdi>.").format(note["at"]) if note["at"] else ""
    page_of, read, all_of = say("the page", lang), say("read", lang), say("All that rests on it", lang)
    return CITATION.format(note["words"], place, note["url"], page_of, read, note["read"], rests, all_of)


@functools.cache
def world() -> Row:
    """The flat map: width, height, and a shape's state and path, as `tools/world.py` drew them."""
    found: Row = json.loads((HERE / "world.json").read_text(encoding="utf-8"))
    return {**found, "shapes": [(shape, Markup(path)) for shape, path in found["shapes"]]}


def shaded(levels: Mapping[str, int], concerned: str, on: str) -> list[Row]:
    """The shapes of the map on a day, each with a class: concerned, l3 to l0, or none where no state of the library held the ground."""
    from foedus.panels.mapping import shape_owner

    rows = []
    for shape, path in world()["shapes"]:
        owner = shape_owner(shape, on) if shape else None
        level = "none" if owner is None else "concerned" if owner == concerned else f"l{levels.get(owner, 0)}"
        rows.append({"shape": shape, "path": path, "level": level, "owner": owner})
    return rows

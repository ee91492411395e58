"""A picture of history written to a file: PNG, SVG, or a page with the table of its rows beside it."""

import html
from pathlib import Path
from typing import Any

from foedus.briefs import output, pictures
from foedus.briefs.html import direction
from foedus.briefs.wording import say
from foedus.errors import InputError

Row = dict[str, Any]
ENDINGS = (".png", ".svg", ".html")
SCALE = "S, kappa, pi and tau-b run from -1 to 1, and 1 is the same portfolio. Commitments: 3 active help, 2 neutrality or consultation, 1 nonaggression, 0 nothing."
COVERAGE = "A line ends where its source does: beyond it nothing is known, which is not nothing."
# What stands under the pictures of obligations.
LEGEND = {
    "borders": "Drawn in today's borders, coloured by the state to which the ground belonged on the day. The small map lacks small states and shows disputed borders as its makers drew them.",
    "strip": "A pale bar was owed only under a condition. What is still owed is drawn to the end of the picture. States that one code means one after the other count as one.",
    "lacking": "Without a shape on the map: {states}.",
}


def under_a_map(lacking: list[str], lang: str = "en") -> list[str]:
    """What is said under a map: how it is drawn, and which of the states it shows have no shape on it."""
    without = [say(LEGEND["lacking"], lang).replace("{states}", ", ".join(lacking))] if lacking else []
    return [say(LEGEND["borders"], lang), *without]


def under_a_strip(lang: str = "en") -> list[str]:
    """What is said under a strip."""
    return [say(LEGEND["strip"], lang)]


def write(path: str, spec: Row, title: str, rows: list[Row], notes: list[str], lang: str = "en") -> None:
    """The picture at `path`; with `.html`, the rows as a table beside it and the notes under it. Errors: InputError for another ending."""
    ending = Path(path).suffix.casefold()
    if ending not in ENDINGS:
        raise InputError(f"'{ending}' is no ending a picture is written to. Known: {', '.join(ENDINGS)}", path)
    if ending == ".png":
        output.write(path, pictures.png({**spec, "background": "white"}))
    elif ending == ".svg":
        output.write(path, pictures.svg({**spec, "background": "white"}))
    else:
        output.write(path, page(spec, title, rows, notes, lang))


def page(spec: Row, title: str, rows: list[Row], notes: list[str], lang: str = "en") -> str:
    """One page that needs no network: the picture, the table of its rows under the names that they have everywhere, the notes."""
    heads = list(rows[0]) if rows else []
    head = "".join(f"<th scope='col'>{html.escape(name.replace('_', ' '))}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell(row[name]))}</td>" for name in heads) + "</tr>" for row in rows)
    said = "".join(f"<p class='note'>{html.escape(note)}</p>" for note in notes)
    return f"""<!doctype html>
<html lang="{lang}" dir="{direction(lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.escape(title)}</title>
<style>
body {{ font-family: "IBM Plex Sans Arabic", "Segoe UI", sans-serif; color: {pictures.INK}; margin: 2rem; background: #fff }}
main {{ display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start }}
figure {{ margin: 0; max-width: 100% }} svg {{ max-width: 100%; height: auto; direction: ltr }}
.rows {{ max-height: 80vh; overflow: auto }} table {{ border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums }}
th, td {{ text-align: left; padding: .2rem .7rem; border-bottom: 1px solid #dddad2 }} th {{ position: sticky; top: 0; background: #fff }}
.note {{ font-size: .85rem; max-width: 60rem }}
</style></head><body><h1>{html.escape(title)}</h1>
<main><figure role="img" aria-label="{html.escape(title)}">{pictures.svg(spec)}</figure>
<div class="rows" tabindex="0" dir="ltr" lang="en"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></main>{said}</body></html>
"""


def cell(value: Any) -> str:
    """A value as the tables show it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(cell(item) if item is not None else "–" for item in value)
    return f"{value:.4f}" if isinstance(value, float) else str(value)

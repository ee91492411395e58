"""The brief on paper, through Typst: Arabic joined and ordered, in the pictures too."""

import json
from pathlib import Path
from typing import Any

from foedus.briefs import drawing, force_pictures, html, pictures
from foedus.briefs.document import Brief
from foedus.briefs.text import standfirst
from foedus.briefs.wording import say
from foedus.errors import InputError


def pdf(brief: Brief) -> bytes:
    """The brief as PDF. The same brief gives the same bytes. Errors: InputError where the extra `print` is not installed."""
    try:
        import fontpkg_amiri
        import typst
    except ImportError:
        raise InputError("a PDF needs the extra 'print': pip install 'foedus[print]'") from None
    fonts = [Path(next(iter(fontpkg_amiri.__path__))) / "files", pictures.font_folder()]
    made: bytes = typst.compile(  # type: ignore[misc]
        (html.TEMPLATES / "brief.typ").read_bytes(),
        font_paths=[str(folder) for folder in fonts],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(values(brief), ensure_ascii=False)},
    )
    return bytes(made)


def values(brief: Brief) -> dict[str, Any]:
    """What the template is given."""
    figures = force_pictures.figures(brief.case, brief.lang)
    map_ = pictures.map_(brief.case, brief.lang)
    timeline, *drawn = drawing.svgs_apart([pictures.timeline(brief.case, brief.lang), *(row["spec"] for row in figures.values()), *([map_] if map_ else [])])
    matrix = html.matrix(brief)
    return {
        "lang": brief.lang,
        "title": brief.title,
        "standfirst": standfirst(brief),
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title,
                "parts": [
                    {"heading": part.heading, "style": part.style, "lines": [{"runs": line.runs, "notes": line.notes} for line in part.lines]}
                    for part in chapter.parts
                ],
            }
            for chapter in brief.chapters
        ],
        "timeline": timeline,
        "map": drawn[-1] if map_ else None,
        "figures": {style: {"svg": drawn[place], "caption": row["caption"]} for place, (style, row) in enumerate(figures.items())},
        "matrix": {"accounts": [account.name[brief.lang] for account in matrix["accounts"]], "rows": matrix["rows"]},
        "words": {
            "timeline": say("The course of the episode.", brief.lang),
            "map": say(html.MAP_NOTE, brief.lang),
            "matrix": say(html.MATRIX_NOTE, brief.lang),
            "fact": say("Fact", brief.lang),
            "sources": say("Sources", brief.lang),
        },
        "notes": [html.note(cite, brief.lang) for cite in brief.notes],
    }

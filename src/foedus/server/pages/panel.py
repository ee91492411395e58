"""Panels: choose a frame, years and columns; look at the first rows; take the whole as a file; see the Python that does the same."""

import io
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError, unknown
from foedus.panels import making
from foedus.server.asking import Asked
from foedus.server.linking import Links
from foedus.server.rendering import as_of, page

if TYPE_CHECKING:
    import polars

Row = dict[str, Any]
SHOWN = 25
FRAMES = ("dyad-spells", "dyad-years", "state-years")
FORMS = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
SYSTEMS = ("iso3", "cow", "gw")


def choice(asked: Asked) -> Row:
    """What is asked for. Errors: InputError for a frame, system, year or addition that there is not."""
    frame, system = asked.one("frame") or "dyad-spells", asked.one("system") or "iso3"
    for value, known, what in ((frame, FRAMES, "frame"), (system, SYSTEMS, "system of codes")):
        if value not in known:
            raise unknown(what, value, known)
    start, end = (_year(asked.one(name), default) for name, default in (("from", 1992), ("to", int(as_of()[:4]))))
    add = ["obligations"] if asked.one("obligations") == "true" and frame == "dyad-years" else []
    return {"frame": frame, "system": system, "from": start, "to": end, "add": add, "columns": asked.many("column")}


def _year(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not (text.isdecimal() and len(text) == 4):
        raise InputError(f"'{text}' is no year. Write four digits: 1992")
    return int(text)


def table(chosen: Row) -> "polars.DataFrame":
    """The rows asked for. Errors: InputError for a column that the frame does not have."""
    made = making.panel(chosen["frame"], chosen["from"], chosen["to"], chosen["system"], add=chosen["add"])
    for name in chosen["columns"]:
        if name not in made.columns:
            raise unknown("column", name, made.columns)
    return made.select(chosen["columns"]) if chosen["columns"] else made


def panels(links: Links, asked: Asked) -> str:
    """The form, the first rows, and the Python lines."""
    chosen = choice(asked)
    whole = making.panel(chosen["frame"], chosen["from"], chosen["to"], chosen["system"], add=chosen["add"])
    rows = table(chosen)
    shown = making.flat(rows.head(SHOWN))
    return page(
        "panels.html", links, chosen=chosen, frames=FRAMES, systems=SYSTEMS, columns=whole.columns, heads=shown.columns,
        rows=[["" if cell is None else str(cell) for cell in row] for row in shown.iter_rows()], count=rows.height, lines=python(chosen), forms=list(FORMS),
    )  # fmt: skip


def python(chosen: Row) -> str:
    """The same in Python."""
    verb = chosen["frame"].replace("-", "_")
    lines = ["import foedus", "", f'table = foedus.{verb}({chosen["from"]}, {chosen["to"]}, system="{chosen["system"]}")']
    lines += [f"table = foedus.add_{name}(table)" for name in chosen["add"]]
    if chosen["columns"]:
        lines.append(f"table = table.select({chosen['columns']!r})")
    return "\n".join([*lines, 'table.write_parquet("panel.parquet")'])


def download(links: Links, asked: Asked, form: str) -> tuple[bytes, str]:
    """The whole table as a file and its media type. In a csv a list is text with '; ' between its parts."""
    if form not in FORMS:
        raise unknown("form", form, FORMS)
    rows, held = table(choice(asked)), io.BytesIO()
    if form == "csv":
        making.flat(rows).write_csv(held)
    else:
        rows.write_parquet(held)
    return held.getvalue(), FORMS[form]

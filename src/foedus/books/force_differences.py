"""Where the register of forces and three data sets differ by more than a month on when a force came or went: each row with its reason, by rule or by hand."""

import functools
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from foedus import snapshot
from foedus.deployments import register
from foedus.reading import read

Row = dict[str, Any]
PLACED = Path(__file__).with_name("forces.yaml")
MONTH = 31  # days by which two dates may differ, after what their precision allows
FILES = {"un": "un_pko_missions.parquet", "prif": "hmi_interventions_prif.parquet", "imi": "imi_interventions_1946_2005.parquet"}
NAMES = {
    "un": "United Nations missions (UN Peace and Security Data Hub, February 2024)",
    "prif": "Humanitarian Military Interventions (PRIF, version 0-3)",
    "imi": "International Military Intervention, 1946–2005, merged",
}
CODES = {
    "open": "the data set leaves the end open",
    "part_end": "the first part of the data set stops on this day, whatever went on",
    "no_date": "the data set gives no date: unknown or still there",
    "typo": "a slip in the data set's date",
    "operation": "the data set follows an operation or its fighting to its end, the register the presence until the last left",
    "later": "the data set goes on into what followed, the register ends with this force",
    "phase": "the data set counts the phase in which the force was to protect people, the register the whole stay",
    "noted": "explained by hand",
    "unexplained": "NO REASON YET",
}


@functools.cache
def placed() -> Row:
    """`matches`: by data set, the row of each force; `others`: missions that are no force of the register, and why; `reasons`: differences explained by hand."""
    found: Row = read(PLACED, PLACED.name).data
    return found


def differences(folder: Path) -> list[Row]:
    """Every difference beyond a month: data (un, prif, imi), force, what (start, end), theirs, ours, days, code, why. folder: the reference copies."""
    return [row for name, compare in COMPARED.items() for row in compare(folder / FILES[name])]


def _un(path: Path) -> Iterator[Row]:
    for mission in _table(path):
        force = _by_acronym(mission["mission_acronym"])
        if force is not None:
            dates = {key: _iso(mission[f"{key}_date"]) for key in ("start", "end")}
            yield from _compared("un", force, dates)


def _by_acronym(acronym: str) -> str | None:
    """The force of the United Nations that bears this acronym; None for none, or where the acronym is of several taken together."""
    word = re.compile(rf"\([^)]*\b{re.escape(acronym)}(?![\w ]*I)\b[^)]*\)|\({re.escape(acronym)}\)")
    found = [name for name, row in _forces().items() if row["under"] == "un" and word.search(row["names"]["en"])]
    return found[0] if len(found) == 1 else None


def unplaced(folder: Path) -> list[str]:
    """Missions of the table that are neither a force of the register nor said to be none."""
    known = set(placed()["others"])
    return [
        row["mission_acronym"] for row in _table(folder / FILES["un"]) if row["mission_acronym"] not in known and _by_acronym(row["mission_acronym"]) is None
    ]


def _prif(path: Path) -> Iterator[Row]:
    rows = {row["HMIID"].strip(): row for row in _table(path)}
    for force, name in placed()["matches"]["prif"].items():
        row = rows[name]
        yield from _compared("prif", force, {"start": row["HMISTART"].date(), "end": row["HMIEND"].date() if row["HMIEND"] else None})


def _imi(path: Path) -> Iterator[Row]:
    rows = {(row["intervener"], row["target"], row["start"]): row for row in _table(path)}
    for force, key in placed()["matches"]["imi"].items():
        row = rows[tuple(key)]
        yield from _compared("imi", force, {"start": _digits(row["start"]), "end": _digits(row["end"])}, str(row["end"]))


def _compared(data: str, force: str, theirs: dict[str, date | None], written: str = "") -> Iterator[Row]:
    record = _forces()[force]
    for what in ("start", "end"):
        ours = record[what]
        if ours is None:
            continue
        low, high = date.fromisoformat(ours["on"]), date.fromisoformat(register.latest(ours))
        day = theirs[what]
        gap = 0 if day is None else max((low - day).days, (day - high).days, 0)
        if day is None or gap > MONTH:
            shown = day.isoformat() if day else (written or "open")
            row = {"data": data, "force": force, "what": what, "theirs": shown, "ours": _shown(ours), "days": gap or None}
            code = _code(row, day, low)
            yield row | {"code": code, "why": placed()["reasons"].get(f"{data}/{force}/{what}") if code == "noted" else CODES[code]}


def _code(row: Row, day: date | None, low: date) -> str:
    if f"{row['data']}/{row['force']}/{row['what']}" in placed()["reasons"]:
        return "noted"
    if day is None:
        return "open" if row["theirs"] == "open" else "no_date" if set(row["theirs"]) <= set("89") else "typo"
    if row["data"] == "imi" and row["what"] == "end":
        return "part_end" if row["theirs"] == "1988-12-31" else "operation" if day < low else "later"
    if row["data"] == "prif":
        return "phase"
    return "unexplained"


def idle(folder: Path) -> list[str]:
    """Reasons by hand that explain no difference."""
    used = {f"{row['data']}/{row['force']}/{row['what']}" for row in differences(folder)}
    return sorted(set(placed()["reasons"]) - used)


def counts(folder: Path) -> dict[str, int]:
    """How many forces were compared with each data set."""
    missions = [_by_acronym(row["mission_acronym"]) for row in _table(folder / FILES["un"])]
    return {"un": sum(force is not None for force in missions), **{name: len(placed()["matches"][name]) for name in ("prif", "imi")}}


def page(folder: Path) -> str:
    """The page docs/differences-forces.md."""
    rows, compared = differences(folder), counts(folder)
    tally = {code: sum(row["code"] == code for row in rows) for code in CODES}
    parts = [
        "# Where the register of forces and other data differ",
        "",
        "Made by `tools/force_differences.py`; edit the reasons in `src/foedus/books/forces.yaml`, not this page.",
        "",
        "Forces that the register and a data set both hold are compared by the days on which they came and went. A difference beyond a month, after what the precision of",
        "the register's days allows, stands here with its reason. The register was written from its own sources, not from these data.",
        "",
        "| reason | rows |",
        "|---|--:|",
        *(f"| {CODES[code]} | {number} |" for code, number in tally.items() if number),
        "",
    ]
    for name, title in NAMES.items():
        parts += [
            f"## {title}",
            "",
            f"{compared[name]} forces compared.",
            "",
            "| force | what | the data set | the register | days | reason |",
            "|---|---|---|---|--:|---|",
        ]
        parts += [
            f"| {row['force']} | {row['what']} | {row['theirs']} | {row['ours']} | {row['days'] or '–'} | {row['why']} |" for row in rows if row["data"] == name
        ]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _shown(dated: Row) -> str:
    return str(dated["on"])[: {"day": 10, "month": 7, "year": 4}[dated["precision"]]]


@functools.cache
def _forces() -> dict[str, Row]:
    return snapshot.records("deployment")


def _table(path: Path) -> list[Row]:
    import polars

    return polars.read_parquet(path).to_dicts()


def _iso(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _digits(number: int) -> date | None:
    """A date of eight digits; a month or day of 0 or 99 is read as the first; None for what is no date."""
    text = str(number)
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:8] or 1)
    if not 1900 < year < 2020:
        return None
    try:
        return date(year, month if 1 <= month <= 12 else 1, day if 1 <= day <= 31 else 1)
    except ValueError:
        return None


COMPARED: dict[str, Callable[[Path], Iterator[Row]]] = {"un": _un, "prif": _prif, "imi": _imi}

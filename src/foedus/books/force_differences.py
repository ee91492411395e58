"""Where the register of forces and five data sets differ, by more than a month on when a force came or went or by a quarter on its strength: each with its reason."""

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
QUARTER = 0.25  # by which two strengths may differ, as a share of the register's
NEAR = 100  # days between a report of the data set and the day of the register's figure
FILES = {
    "un": "un_pko_missions.parquet",
    "prif": "hmi_interventions_prif.parquet",
    "imi": "imi_interventions_1946_2005.parquet",
    "geopko": "geopko23_strength.parquet",
    "usa": "us_troops_quarter.parquet",
}
NAMES = {
    "un": "United Nations missions (UN Peace and Security Data Hub, February 2024)",
    "prif": "Humanitarian Military Interventions (PRIF, version 0-3)",
    "imi": "International Military Intervention, 1946–2005, merged",
    "geopko": "Strengths: Geo-PKO, version 2.3",
    "usa": "Strengths: United States personnel by country (Defense Manpower Data Center, by way of troopdata)",
}
CODES = {
    "open": "the data set leaves the end open",
    "part_end": "the first part of the data set stops on this day, whatever went on",
    "no_date": "the data set gives no date: unknown or still there",
    "typo": "a slip in the data set's date",
    "operation": "the data set follows an operation or its fighting to its end, the register the presence until the last left",
    "later": "the data set goes on into what followed, the register ends with this force",
    "phase": "the data set counts the phase in which the force was to protect people, the register the whole stay",
    "by_kind": "the data set gives each unit the full size of its kind and adds up all places of the year; the register counts heads",
    "doubled": "the data set adds the same people up two or three times",
    "on_operation": "the data set counts those stationed in the country, not those there for an operation",
    "noted": "explained by hand",
    "unexplained": "NO REASON YET",
}


@functools.cache
def placed() -> Row:
    """`matches`: by data set, the row of each force; `others`: missions that are no force of the register, and why; `reasons`: differences explained by hand."""
    found: Row = read(PLACED, PLACED.name).data
    return found


def differences(folder: Path) -> list[Row]:
    """Every difference beyond a month or a quarter: data (of `NAMES`), force, what (start, end, or strength with its day and number), theirs, ours, days, code, why. folder: the reference copies."""
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


Pair = tuple[str, int, Row]  # a force, the data set's number of persons, the register's figure


def _geopko(path: Path) -> Iterator[Pair]:
    """A mission's troops in a year: each place once, for it stands once a map, with its mean over the maps of the year."""
    places = {(row["mission"], row["year"], row["location"], row["latitude"]): row["ave.no.troops"] for row in _table(path)}
    totals: dict[tuple[str, int], list[int | None]] = {}
    for (mission, year, _, _), troops in places.items():
        totals.setdefault((mission, year), []).append(troops)
    for (mission, year), parts in sorted(totals.items()):
        force = _by_acronym(mission)
        known = [troops for troops in parts if troops]
        if force is not None and known and len(known) * 2 > len(parts):  # elsewhere the maps show observers, police and headquarters, which are not counted
            yield from ((force, sum(known), row) for row in _forces()[force]["strengths"] if row["sender"] is None and _year(row) == year)


def _usa(path: Path) -> Iterator[Pair]:
    """The report of its personnel in the host's country nearest to the day of each figure of a force that was the United States' alone."""
    reports: dict[str, list[tuple[date, int]]] = {}
    for row in _table(path):
        if row["troops_ad"] and row["source"] and "Imputation" not in row["source"]:
            reports.setdefault(row["iso3c"], []).append((date(row["year"], MONTHS[row["month"]], 30), row["troops_ad"]))
    for force, record in _forces().items():
        alone = record["senders"] == ["USA"] and record["senders_complete"]
        for strength in record["strengths"]:
            if strength["sender"] == "USA" or (alone and strength["sender"] is None):
                there = [report for report in reports.get(record["host"], []) if _near(report[0], strength, record)]
                if there:
                    yield force, min(there, key=lambda report: _gap(report[0], strength))[1], strength


MONTHS = {"March": 3, "June": 6, "September": 9, "December": 12}


def _near(day: date, strength: Row, record: Row) -> bool:
    """Whether a report is of a day near the figure's, on which the force was there."""
    end = record["end"]
    there = record["start"]["on"] <= day.isoformat() and (end is None or day.isoformat() <= register.latest(end))
    return bool(strength["on"]) and there and _gap(day, strength) <= NEAR


def _gap(day: date, strength: Row) -> int:
    low, high = date.fromisoformat(strength["on"]), date.fromisoformat(register.latest(strength))
    return max((low - day).days, (day - high).days, 0)


def _year(strength: Row) -> int | None:
    return int(strength["on"][:4]) if strength["on"] else None


def _counted(pairs: Iterator[Pair]) -> list[Pair]:
    """The pairs of which the register's figure is of persons there, not announced or authorized."""
    return [pair for pair in pairs if pair[2]["status"] in ("deployed", "peak") and _range(pair[2]) != (None, None)]


def _strengths(data: str, pairs: Callable[[Path], Iterator[Pair]]) -> Callable[[Path], Iterator[Row]]:
    """The figures that differ from the data set's by more than a quarter, after the range and the words (at least, up to) of the figure."""

    def compare(path: Path) -> Iterator[Row]:
        for force, theirs, row in _counted(pairs(path)):
            low, high = _range(row)
            if (low is None or theirs >= low * (1 - QUARTER)) and (high is None or theirs <= high * (1 + QUARTER)):
                continue
            value = row["value"] or row["low"] or row["high"]
            what = f"strength {_shown(row)} {value}"
            by_hand = placed()["reasons"].get(f"{data}/{force}/{what}")
            code = "noted" if by_hand else _strength_code(data, theirs / value)
            yield {
                "data": data,
                "force": force,
                "what": what,
                "theirs": f"{theirs:,}",
                "ours": f"{value:,}",
                "days": None,
                "code": code,
                "why": by_hand or CODES[code],
            }

    return compare


def _range(row: Row) -> tuple[float | None, float | None]:
    """Between what numbers a figure lies; None where it leaves a side open."""
    if row["value"] is None:
        return row["low"], row["high"]
    word = row["qualifier"]
    return (None if word in ("at_most", "less_than") else row["value"]), (None if word in ("at_least", "more_than") else row["value"])


def _strength_code(data: str, ratio: float) -> str:
    if data == "geopko":
        return "by_kind" if 1 < ratio <= 3 else "unexplained"
    if any(abs(ratio - times) < 0.02 for times in (2, 3)):
        return "doubled"
    return "on_operation" if ratio < 1 else "unexplained"


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
    """How many forces were compared with each data set, or figures of strength."""
    missions = [_by_acronym(row["mission_acronym"]) for row in _table(folder / FILES["un"])]
    figures = {name: len(_counted(pairs(folder / FILES[name]))) for name, pairs in (("geopko", _geopko), ("usa", _usa))}
    return {"un": sum(force is not None for force in missions), **{name: len(placed()["matches"][name]) for name in ("prif", "imi")}, **figures}


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
        "the register's days allows, stands here with its reason; so does each figure of persons there that differs from a data set's of the same time by more than a",
        "quarter. The register was written from its own sources, not from these data.",
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
            f"{compared[name]} {'figures' if name in ('geopko', 'usa') else 'forces'} compared.",
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


COMPARED: dict[str, Callable[[Path], Iterator[Row]]] = {
    "un": _un,
    "prif": _prif,
    "imi": _imi,
    "geopko": _strengths("geopko", _geopko),
    "usa": _strengths("usa", _usa),
}

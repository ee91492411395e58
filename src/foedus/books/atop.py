"""ATOP 5.1 as spells: who was in which alliance from when to when, owing what. The tables are the user's own copy; none of them ships."""

import calendar
import datetime
import functools
from pathlib import Path
from typing import Any

from foedus import snapshot
from foedus.errors import InputError
from foedus.spells import Day, Spell

KINDS = {"defense": "defense", "offense": "offense", "neutrality": "neutral", "nonaggression": "nonagg", "consultation": "consul"}
MEMBERS = "atop51_member.parquet"
COVERED_UNTIL = "2019-01-01"


@functools.cache
def members(reference: Path) -> list[dict[str, Any]]:
    """The member table. Errors: InputError where it is absent, or is another version."""
    import polars  # late: 0.3 s

    path = reference / MEMBERS
    if not path.exists():
        raise InputError(f"the ATOP 5.1 member table is not there ({MEMBERS})", str(reference))
    table = polars.read_parquet(path)
    days = [f"{unit}{side}" for side in ("ent", "exit") for unit in ("yr", "mo", "day")]
    missing = sorted({"atopid", "member", "ineffect", *days, *KINDS.values()} - set(table.columns))
    if missing:
        raise InputError(f"no column '{missing[0]}': this is not the member table of ATOP 5.1", str(path))
    return table.select("atopid", "member", "ineffect", *days, *KINDS.values()).to_dicts()


def phases(reference: Path, atopid: int, since: Day = "") -> dict[str, list[Spell]]:
    """By family of states, the member's phases in an alliance: `from`, `until` (None where it stood at the end of 2018), `owes`, `undated`.

    since: only phases that begin on this day or later. A missing entry day is read as the first of its month and a missing exit day as the last, and `undated` says which was missing.
    Errors: InputError for an alliance that ATOP does not have, or a member without a state in the library.
    """
    found: dict[str, list[Spell]] = {}
    for row in members(reference):
        if row["atopid"] == atopid:
            start = _day(row["yrent"], row["moent"], row["dayent"], first=True)
            if start < since:
                continue
            until = None if row["ineffect"] or not row["yrexit"] else _day(row["yrexit"], row["moexit"], row["dayexit"], first=False)
            undated = {key for key, value in (("from", row["dayent"]), ("until", row["dayexit"])) if value is None}
            owes = {kind for kind, column in KINDS.items() if row[column] == 1}
            family = families()["codes"].get(row["member"])
            if family is None:
                raise InputError(f"no state of the library bears the code cow:{row['member']}, a member of ATOP {atopid}")
            found.setdefault(family, []).append({"from": start, "until": until, "owes": owes, "undated": undated})
    if not found:
        raise InputError(f"ATOP 5.1 has no alliance {atopid}")
    return {family: sorted(spells, key=lambda spell: str(spell["from"])) for family, spells in sorted(found.items())}


def _day(year: int, month: int, day: int | None, first: bool) -> Day:
    return datetime.date(year, month, day or (1 if first else calendar.monthrange(year, month)[1])).isoformat()


@functools.cache
def families() -> dict[str, dict[Any, str]]:
    """`codes` and `states`: a name for all states that one Correlates of War code, or a chain of them, means.

    Russia and the Soviet Union share a code; Germany has two. A data set that counts by code knows no border between them.
    """
    group: dict[Any, Any] = {}

    def root(item: Any) -> Any:
        while group.setdefault(item, item) != item:
            item = group[item]
        return item

    for state, record in snapshot.records("state").items():
        root(state)
        for spell in record["codes"]["cow"]:
            group[root(spell["code"])] = root(state)
    return {
        "codes": {item: root(item) for item in group if isinstance(item, int)},
        "states": {item: root(item) for item in group if isinstance(item, str)},
    }

"""A state on a day: who owes it what, and whom it owes, as a map and as tables."""

import datetime
from typing import Any

from foedus import snapshot, states, verbs
from foedus.errors import InputError
from foedus.panels import mapping
from foedus.server.asking import Asked, written
from foedus.server.linking import Links
from foedus.server.rendering import as_of, page, shaded, world
from foedus.spells import Day

Row = dict[str, Any]
FIRST = datetime.date(1815, 1, 1)
SIDES = {"toward": mapping.toward, "from": mapping.owing}


def state(links: Links, asked: Asked, name: str) -> str:
    """The state's page, or the part of it that the day changes."""
    found = states.find(name)
    record = verbs.state(found)
    on, side = asked.day("on") or shown_day(record), asked.one("side") or "toward"
    if side not in SIDES:
        raise InputError(f"'{side}' is no side. Known: {', '.join(SIDES)}")
    attackers, facts = asked.many("attacked_by"), asked.facts("facts")
    alive = states.alive(found, on)
    pairs = SIDES[side](found, on) if alive else []
    other = "obligor" if side == "toward" else "obligee"
    levels = {row[other]: row["level"] for row in pairs}
    shapes = shaded(levels, found, on)
    return page(
        "state_day.html" if asked.part else "state.html",
        links,
        state=record,
        title=record["names"][links.lang]["name"],
        on=on,
        side=side,
        alive=alive,
        days=days(on, record),
        pairs=sorted(({**row, "other": row[other]} for row in pairs), key=lambda row: (-row["level"], row["other"])),
        duties=grouped(verbs.owes(found, on, attackers, facts)) if alive and side == "toward" else [],
        attackers=[states.find(attacker) for attacker in attackers],
        facts=written(facts),
        pacts=verbs.pacts(found, on) if alive else [],
        shapes=shapes,
        world=world(),
        unmapped=sorted(set(levels) - {row["owner"] for row in shapes}),
        forces=forces(record, links.lang),
        cases=[snapshot.record("case", case) for case in record["cases"]],
    )


def shown_day(record: Row) -> Day:
    """The day shown where none is asked for: the library's own, or the last on which the state stood."""
    last = record["spells"][-1]["until"]
    return min(as_of(), (datetime.date.fromisoformat(last) - datetime.timedelta(days=1)).isoformat()) if last else as_of()


def days(on: Day, record: Row) -> Row:
    """The slider: its ends, where it stands, and the days on which something about the state's pacts changes, before and after."""
    last = datetime.date.fromisoformat(as_of())
    first = max(FIRST, datetime.date.fromisoformat(record["spells"][0]["from"]))
    turning = changes(record["id"])
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "most": (last - first).days,
        "now": (datetime.date.fromisoformat(on) - first).days,
        "before": max((day for day in turning if day < on), default=None),
        "after": min((day for day in turning if day > on), default=None),
    }


def changes(state: str) -> list[Day]:
    """The days on which a spell of the state under a pact begins or ends."""
    spells = verbs.pacts(state)
    return sorted({day for row in spells for day in (row["from"], row["until"]) if day})


def grouped(rows: list[Row]) -> list[Row]:
    """Duties, each once with all who owe it: a row an article, kind and standing."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = (row["pact"], row["article"], row["version"], row["kind"], row["strength"], row["standing"], row["condition"], str(row["hinges"]))
        found.setdefault(key, {**row, "obligors": []})["obligors"].append(row["obligor"])
    order = {"owed": 0, "awaits decision": 1, "undetermined": 2, "not owed": 3}
    return sorted(found.values(), key=lambda row: (order[row["standing"]], row["pact"], row["article"]))


def forces(record: Row, lang: str) -> list[Row]:
    """Its forces abroad and those it has been host to, the newest first."""
    register = snapshot.records("deployment")
    rows = [
        {"id": name, "name": register[name]["names"][lang], "host": register[name]["host"], "start": register[name]["start"], "end": register[name]["end"]}
        for name in dict.fromkeys([*record["hosted"], *record["sent"]])
    ]
    return sorted(rows, key=lambda row: row["start"]["on"] if row["start"] else "", reverse=True)

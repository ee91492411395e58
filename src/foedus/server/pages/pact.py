"""A pact: who is bound and when, its articles with their text versions side by side, how it decides, what it was asked; and pacts side by side."""

import datetime
from typing import Any

from foedus import states, verbs
from foedus.errors import InputError
from foedus.server.asking import Asked
from foedus.server.linking import Links
from foedus.server.rendering import as_of, page
from foedus.spells import Day, within

Row = dict[str, Any]
MOST_COMPARED = 4
WIDTH = 1000.0  # of the strips, in the drawing's own units


def pact(links: Links, asked: Asked, name: str) -> str:
    """The pact's page, or the part of it that the day changes."""
    record = verbs.pact(name)
    on, concerned = asked.day("on") or shown_day(record), asked.one("concerned")
    concerned = states.find(concerned, on) if concerned else None
    parties = verbs.pact(record["id"], on)["parties"]
    return page(
        "pact_day.html" if asked.part else "pact.html",
        links,
        pact=record,
        title=record["names"][links.lang]["name"],
        on=on,
        concerned=concerned,
        parties=[row for row in parties if row["status"] in ("party", "suspended", "frozen", "signatory")],
        deciding=verbs.deciding(record["id"], on, concerned),
        organs={row["id"]: row for row in record["organs"]},
        glosses={row["id"]: row["gloss"] for row in record["procedures"]},
        strips=strips(record),
        articles=articles(record, on),
        live=within,
    )


def shown_day(record: Row) -> Day:
    """The day shown where none is asked for: the library's own, or the last on which the pact's main text was in force."""
    ends = [row["until"] for row in record["parties"] if row["from"]]
    if not ends or any(end is None for end in ends):
        return as_of()
    return (datetime.date.fromisoformat(max(ends)) - datetime.timedelta(days=1)).isoformat()


def articles(record: Row, on: Day) -> list[Row]:
    """The articles in order, each with its provisions side by side by text version; `now` marks what was in force on the day."""
    found: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for row in record["provisions"]:
        versions = found.setdefault((row["instrument"], row["article"]), {})
        versions.setdefault(row["version"], []).append({**row, "now": within(row, on)})
    return [
        {"instrument": instrument, "article": article, "versions": sorted(versions.items(), key=lambda item: item[1][0]["from"])}
        for (instrument, article), versions in found.items()
    ]


def strips(record: Row) -> Row:
    """Bars of the parties' lives, laid out: years for the axis, and a row a state with its bars in the drawing's units."""
    spells = [row for row in record["parties"] if row["from"]]
    if not spells:
        return {"rows": [], "years": [], "width": WIDTH}
    first = datetime.date.fromisoformat(min(row["from"] for row in spells)).toordinal()
    last = max(datetime.date.fromisoformat(row["until"] or as_of()).toordinal() for row in spells)

    def place(day: Day | None) -> float:
        return round((datetime.date.fromisoformat(day or as_of()).toordinal() - first) / max(1, last - first) * WIDTH, 1)

    rows: dict[str, list[Row]] = {}
    for row in spells:
        bar = {"x": place(row["from"]), "width": max(1.5, place(row["until"]) - place(row["from"])), "from": row["from"], "until": row["until"]}
        rows.setdefault(row["state"], []).append({**bar, "instrument": row["instrument"]})
    low, high = (datetime.date.fromordinal(number).year for number in (first, last))
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (high - low) / step <= 9)
    years = [{"year": year, "x": place(f"{year}-01-01")} for year in range((low // step + 1) * step, high + 1, step)]
    return {"rows": sorted(rows.items(), key=lambda item: (min(bar["from"] for bar in item[1]), item[0])), "years": years, "width": WIDTH}


def compare(links: Links, asked: Asked) -> str:
    """Up to four pacts side by side, by kind of provision."""
    names, on = asked.many("pact"), asked.day("on")
    if len(names) > MOST_COMPARED:
        raise InputError(f"at most {MOST_COMPARED} pacts stand side by side")
    answer = verbs.compare(names, on) if len(names) > 1 else None
    return page("compare.html", links, answer=answer, chosen=names, on=on, known=sorted(row["id"] for row in verbs.pacts()))

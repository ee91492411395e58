"""The front page: search, the three questions, the cases; and the lists of states and pacts."""

from typing import Any

from foedus import snapshot, verbs
from foedus.briefs.wording import say
from foedus.server.asking import Asked
from foedus.server.linking import Links
from foedus.server.rendering import as_of, page

Row = dict[str, Any]
MOST_LETTERS = 200
FIRST_CASE = "kazakhstan-2022"


def front(links: Links, asked: Asked) -> str:
    """The way in: what is typed is looked up in three languages at once."""
    words = (asked.one("q") or "")[:MOST_LETTERS]
    found = [found_row(row, links) for row in verbs.search(words)] if words else []
    return page("found.html" if asked.part else "front.html", links, words=words, found=found, cases=cases(links.lang), first=FIRST_CASE, counts=counts())


def found_row(row: Row, links: Links) -> Row:
    """A thing found, with the page that shows it."""
    places = {"state": f"state/{row['id']}", "pact": f"pact/{row['id']}", "case": f"case/{row['id']}", "force": f"force/{row['id']}"}
    place = places.get(row["kind"]) or f"pact/{row['pact']}"
    anchor = f"#article-{row['article'].replace(' ', '-')}" if row["kind"] == "article" else ""
    return {**row, "name": row["names"][links.lang], "address": links.to(place) + anchor}


def cases(lang: str) -> list[Row]:
    """The cases, the newest first."""
    records = sorted(snapshot.records("case").values(), key=lambda record: record["day"], reverse=True)
    return [{"id": record["id"], "title": record["title"][lang], "day": record["day"], "target": record["target"]} for record in records]


def counts() -> dict[str, int]:
    return {kind: len(snapshot.ids(kind)) for kind in ("state", "pact", "case", "deployment", "source")}


def pacts(links: Links, asked: Asked) -> str:
    """Every pact, or those that bind somebody on a day."""
    on = asked.day("on")
    records = snapshot.records("pact")
    rows = [{**row, "title": records[row["id"]]["names"][links.lang]["name"]} for row in verbs.pacts(None, on)]
    return page("pacts.html", links, rows=sorted(rows, key=lambda row: (row["from"] or "9999", row["id"])), on=on)


def states(links: Links, asked: Asked) -> str:
    """Every state, those that stand first."""
    rows = [
        {"id": name, "name": record["names"][links.lang]["name"], "from": record["spells"][0]["from"], "until": record["spells"][-1]["until"]}
        for name, record in snapshot.records("state").items()
    ]
    return page("states.html", links, rows=sorted(rows, key=lambda row: (row["until"] is not None, row["name"])), on=as_of())


def missing(links: Links, message: str, status: int) -> str:
    """The page for bad input: what is wrong and the way out."""
    return page(
        "missing.html", links, message=message, heading=say("No such page", links.lang) if status == 404 else say("This cannot be answered", links.lang)
    )

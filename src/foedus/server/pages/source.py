"""The sources: the list, and one source with all that rests on it."""

from typing import Any

from foedus import snapshot, verbs
from foedus.server.asking import Asked
from foedus.server.linking import Links
from foedus.server.rendering import page

Row = dict[str, Any]
SHOWN = 100


def sources(links: Links, asked: Asked) -> str:
    """Sources by publisher and title, those most rested on first; `q` looks in title, publisher, author and address."""
    words, start = (asked.one("q") or "").casefold(), max(0, int(asked.one("start") or 0) if (asked.one("start") or "0").isdecimal() else 0)
    kind = asked.one("kind")
    rows = [row for row in verbs.sources() if _holds(row, words) and kind in (None, row["kind"])]
    rows.sort(key=lambda row: (-row["cited"], row["id"]))
    kinds = sorted({row["kind"] for row in verbs.sources()})
    return page("sources.html", links, rows=rows[start : start + SHOWN], count=len(rows), start=start, shown=SHOWN, words=words, kind=kind, kinds=kinds)


def every(links: Links, asked: Asked) -> str:
    """All sources on one page: what a static site has in the place of the search."""
    rows = sorted(verbs.sources(), key=lambda row: (-row["cited"], row["id"]))
    return page("sources.html", links, rows=rows, count=len(rows), start=0, shown=len(rows), words="", kind=None, kinds=[])


def _holds(row: Row, words: str) -> bool:
    return all(any(word in str(row[key] or "").casefold() for key in ("id", "title", "publisher", "author", "url")) for word in words.split())


def source(links: Links, asked: Asked, name: str) -> str:
    """One source, and every place in the library that cites it."""
    record = verbs.source(name)
    rests = [{**row, "name": _name(row, links.lang), "address": _address(row, links)} for row in record["rests"]]
    return page("source.html", links, source=record, rests=rests, title=record["title"])


def _name(row: Row, lang: str) -> str:
    if row["kind"] == "host":
        return str(snapshot.record("state", row["id"])["names"][lang]["name"])
    record = snapshot.record(row["kind"], row["id"])
    names: Row = record.get("title") or record.get("names") or {}
    found: Any = names.get(lang, row["id"])
    return str(found if isinstance(found, str) else found["name"])


def _address(row: Row, links: Links) -> str | None:
    places = {"pact": "pact", "case": "case", "state": "state", "host": "state", "deployment": "force", "refusal": "force"}
    return links.to(f"{places[row['kind']]}/{row['id']}") if row["kind"] in places else None

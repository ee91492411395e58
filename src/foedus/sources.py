"""Citations: an id and a place in a record, and what stands behind them."""

from collections.abc import Iterable
from typing import Any

from foedus import snapshot

Cite = dict[str, str]


def merge(*lists: Iterable[Cite]) -> list[Cite]:
    """The citations of all `lists`, each once, in the order in which they first stand."""
    seen: dict[tuple[str, str], Cite] = {}
    for cites in lists:
        for cite in cites:
            seen.setdefault((cite["source"], cite["at"]), cite)
    return list(seen.values())


def ids(cites: Iterable[Cite]) -> list[str]:
    """The sources' ids, each once, in order: what a table's `sources` column holds."""
    return list(dict.fromkeys(cite["source"] for cite in cites))


def reference(cite: Cite) -> str:
    """A citation as one line for a footnote: title, publisher, date, place, address, day read."""
    source: dict[str, Any] = snapshot.record("source", cite["source"])
    author = f"{source['author']}, " if source["author"] else ""
    date = f", {source['date']}" if source["date"] else ""
    return f"{author}{source['title']}, {source['publisher']}{date}: {cite['at']}. {source['url']} ({source['read']})"

"""How much of each pact the library holds, and on how many sources it stands."""

import re
from collections.abc import Iterator
from typing import Any

from foedus import snapshot
from foedus.law import provisions

Row = dict[str, Any]
DATES = ("signed", "in_force", "provisional_from", "ended")
NUMBER = re.compile(r"(?:^|[ -])(?:[0-9]{1,3}|[IVXLC]+)(?:[a-z]| ?bis| ?ter|\([0-9a-z]+\))*$")


def numbered(article: str) -> bool:
    """Whether the article is known by its number. What is filed by a word or a year stands for articles whose number nobody found.

    >>> [numbered(name) for name in ("4", "Charter 12", "1985-1", "4(h)", "IV", "unnumbered", "unnumbered-2008", "term", "Decision 2014/415")]
    [True, True, True, True, True, False, False, False, False]
    """
    return bool(NUMBER.search(article))


def facts(pact: Row) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Every fact of a pact with its citations: a date of an instrument, a step in a party's life, a provision, an invocation."""
    for row in pact["instruments"]:
        for date in DATES:
            if row[date] is not None:
                yield f"{row['id']}.{date}", row["sources"]
    for party in pact["parties"]:
        for event in party["events"]:
            yield f"{party['state']}.{event['what']}", event["sources"]
    for row in provisions.flat(pact):
        yield f"{row['article']}/{row['id']}", provisions.cites(row)
    for row in pact["invocations"]:
        yield row["id"], row["sources"]


def texts(pact: Row) -> list[Row]:
    """One row a text that is coded or whose length is known: instrument, coded, articles, binding_coded, binding.

    `articles` is null where nobody counted them. `binding` counts the articles that lay a duty, a power or a rule of collective security on somebody;
    where a text was not sorted, every article counts, and it is null where nobody counted them.
    """
    labels: dict[str, set[str]] = {row["id"]: set() for row in pact["instruments"]}
    for article in pact["articles"]:
        labels[article["instrument"]].add(article["article"])
    return [
        _text(row, labels[row["id"]])
        for row in pact["instruments"]
        if labels[row["id"]] or row["id"] == pact["main_instrument"] or row["articles"] is not None or row["binding_articles"] is not None
    ]


def _text(instrument: Row, labels: set[str]) -> Row:
    coded, binding = sum(map(numbered, labels)), instrument["binding_articles"]
    counted = (coded, instrument["articles"]) if binding is None else (len(labels & set(binding)), len(binding))
    return {"instrument": instrument["id"], "coded": coded, "articles": instrument["articles"], "binding_coded": counted[0], "binding": counted[1]}


def cited(value: Any) -> Iterator[str]:
    """Every source named anywhere in a record."""
    if isinstance(value, dict):
        if isinstance(value.get("source"), str) and "at" in value:
            yield value["source"]
        for part in value.values():
            yield from cited(part)
    elif isinstance(value, list):
        for part in value:
            yield from cited(part)


def coverage() -> list[Row]:
    """One row a pact: pact, articles_coded, articles_in_text, binding_share, texts, provisions, parties, invocations, sources, facts, sources_per_fact,
    facts_with_one_source, open_questions.

    `articles_in_text` is null where the length of one of its texts is not known: a total that leaves a text out would look like coverage.
    `binding_share` is the share of the binding articles that is coded, over all its texts, and null where those of one of them are not counted.
    Trap: `articles_coded` counts numbered articles only; provisions filed by a word (`unnumbered`, `term`) count under `provisions` alone.
    """
    return [_row(pact) for pact in snapshot.records("pact").values()]


def _row(pact: Row) -> Row:
    rows = texts(pact)
    lengths, binding = [row["articles"] for row in rows], [row["binding"] for row in rows]
    counts = [len({cite["source"] for cite in cites}) for _, cites in facts(pact)]
    return {
        "pact": pact["id"],
        "articles_coded": sum(row["coded"] for row in rows),
        "articles_in_text": None if None in lengths else sum(lengths),
        "binding_share": round(sum(row["binding_coded"] for row in rows) / sum(binding), 3) if None not in binding and sum(binding) else None,
        "texts": rows,
        "provisions": len(provisions.flat(pact)),
        "parties": len(pact["parties"]),
        "invocations": len(pact["invocations"]),
        "sources": len(set(cited(pact))),
        "facts": len(counts),
        "sources_per_fact": round(sum(counts) / len(counts), 2) if counts else None,
        "facts_with_one_source": counts.count(1),
        "open_questions": len(pact["open_questions"]),
    }


def lines(rows: list[Row]) -> list[Row]:
    """The rows of `coverage` for a table at a terminal, with their total: each text as binding articles `coded/all`, `?` where nobody counted them."""
    shown = [{**row, "texts": ", ".join(f"{text['instrument']} {text['binding_coded']}/{_number(text['binding'])}" for text in row["texts"])} for row in rows]
    found = [{key: row[key] for key in row if key not in ("articles_coded", "articles_in_text")} for row in shown]
    sums = ("provisions", "parties", "invocations", "facts", "facts_with_one_source", "open_questions")
    articles = sum(row["articles_coded"] for row in rows)
    total = {"pact": f"{len(rows)} pacts", "texts": f"{articles} articles", **{key: sum(row[key] for row in rows) for key in sums}}
    return [*found, {key: total.get(key) for key in found[0]}] if found else []


def _number(count: int | None) -> str:
    return "?" if count is None else str(count)

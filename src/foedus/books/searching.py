"""What a reader types, in any of the three languages, to what the library holds: states, pacts, articles, cases, forces."""

import functools
import re
from collections.abc import Iterator
from typing import Any

from foedus import snapshot
from foedus.law import provisions
from foedus.states.finding import key

Row = dict[str, Any]
LANGUAGES = ("en", "ar", "ru")
# "article 5", "art. 4 csto", "المادة 4", "статья 4 ОДКБ": the number, and what stands round it.
ARTICLE = re.compile(r"(?:\bart(?:icle|\.)?s?\s+|المادة\s+|مادة\s+|\bстат(?:ья|ьи|ье|ью)\s+|\bст\.\s*)(\d+[a-z]?(?:\s*\(\d+\))?)", re.IGNORECASE)
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
EXACT, BEGINS, WORD_BEGINS, INSIDE = range(4)
KINDS = ("state", "pact", "article", "case", "force")


def search(words: str, most: int = 20) -> list[Row]:
    """Rows of what `words` may mean, the likeliest first: kind (state, pact, article, case, force), id, names by language, and for an article its pact.

    An article's number finds that article in every pact, or in the pact that is named beside it. Nothing found is an empty list.

    >>> [row["id"] for row in search("ОДКБ", 1)], [row["id"] for row in search("كازاخستان", 1)]
    (['csto'], ['KAZ'])
    >>> search("article 5 nato", 1)[0]["id"]
    'nato/5'
    """
    words = words.translate(DIGITS).strip()
    found = ARTICLE.search(words)
    if found:
        rest = key(words[: found.start()] + " " + words[found.end() :])
        return sorted(_articles(found[1].replace(" ", ""), rest), key=lambda row: -_invoked(row["pact"], row["article"]))[:most]
    wanted = key(words)
    if not wanted:
        return []
    ranked = [(rank, KINDS.index(row["kind"]), len(name), row) for name, row in _names() if (rank := _rank(wanted, name)) is not None]
    rows: dict[tuple[str, str], Row] = {}
    for _, _, _, row in sorted(ranked, key=lambda item: item[:3]):
        rows.setdefault((row["kind"], row["id"]), row)
    return list(rows.values())[:most]


def _rank(wanted: str, name: str) -> int | None:
    place = name.find(wanted)
    if place < 0:
        return None
    if place == 0:
        return EXACT if len(name) == len(wanted) else BEGINS
    return WORD_BEGINS if name[place - 1] in " -(" else INSIDE


def _articles(number: str, pact_words: str) -> Iterator[Row]:
    pacts = {row["id"] for row in search(pact_words) if row["kind"] == "pact"} if pact_words else None
    for pact_id, pact in snapshot.records("pact").items():
        if pacts is not None and pact_id not in pacts:
            continue
        numbers = dict.fromkeys(row["article"] for row in provisions.flat(pact))
        for article in numbers:
            if article.casefold() == number.casefold() or article.casefold().split()[-1] == number.casefold():
                yield {"kind": "article", "id": f"{pact_id}/{article}", "pact": pact_id, "article": article, "names": _plain(pact["names"])}


def _invoked(pact: str, article: str) -> int:
    """How often the article has been invoked, so that the one that readers mean stands first."""
    return sum(article in row["articles"] for row in snapshot.record("pact", pact)["invocations"])


@functools.cache
def _names() -> list[tuple[str, Row]]:
    """Every name by its key, with the row it stands for."""
    return [(key(name), row) for row, names in _entries() for name in names if key(name)]


def _entries() -> Iterator[tuple[Row, list[str]]]:
    for kind, records, names_of in (
        ("state", snapshot.records("state"), _all_names),
        ("pact", snapshot.records("pact"), _all_names),
        ("case", snapshot.records("case"), lambda record: list(record["title"].values())),
        ("force", snapshot.records("deployment"), lambda record: list(record["names"].values())),
    ):
        for name, record in records.items():
            shown = record.get("title") or record["names"]
            yield {"kind": kind, "id": name, "pact": None, "article": None, "names": _plain(shown)}, [name, *names_of(record)]


def _all_names(record: Row) -> list[str]:
    return [
        text
        for names in record["names"].values()
        for text in (names["name"], names.get("short"), *names["also"], *names.get("demonyms", ()))
        if text
    ]  # fmt: skip


def _plain(names: Row) -> Row:
    """What it is called in each language, as text."""
    return {lang: names[lang] if isinstance(names[lang], str) else names[lang]["name"] for lang in LANGUAGES}

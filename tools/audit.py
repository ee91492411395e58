"""The audit of the library: facts drawn by lot and read again at their sources, apart from how they were written.

python tools/audit.py draw [FROM UNTIL]    prints what is drawn, with what the library says and where it says to have it from
python tools/audit.py                      writes docs/audit.md from the verdicts in tools/audit.yaml

Facts are ranked by a digest of the seed and their id, so that a library that grows keeps most of its sample.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from scipy.stats import beta

from foedus import snapshot
from foedus.briefs.output import write
from foedus.law import provisions

Row = dict[str, Any]
ROOT = Path(__file__).parents[1]
VERDICTS, PAGE = ROOT / "tools" / "audit.yaml", ROOT / "docs" / "audit.md"
SEED, DRAWN = "foedus", 60
FAULTS = ("wrong", "overprecise", "miscited")
WORDS = {
    "confirmed": "the cited page says so",
    "confirmed_elsewhere": "the cited page could not be read again; another says so",
    "wrong": "pages say otherwise, or not what the library said; mended",
    "overprecise": "the library said it more exactly than the pages do; mended",
    "miscited": "true, but the cited page does not say it; now cited from one that does",
    "not_readable": "no page that says it could be read again",
}
HEAD = """# The audit

{drawn} facts of the {all} that the library held were drawn by lot (`python tools/audit.py draw`, seed `{seed}`) and read again at their sources apart
from how they were written. A fact is a date of a text, a step in a party's life, a provision, an invocation, the start, the end or a strength of a force, a refusal, an
event or a claim of a case.

| verdict | facts |
|---|---|
{counts}

| of those that could be read again | facts | share | 95 % interval (Jeffreys) |
|---|---|---|---|
{rates}

The intervals are what the sample allows to say of the whole library. The facts of one pact were often written on one day from one page, so that they are, if
anything, too narrow. Every fault that was found is mended, with what shared it in the same pact.

| fact | verdict | read again | note |
|---|---|---|---|
"""


def facts() -> Iterator[tuple[str, Row, list[Row]]]:
    """Every fact of the library: its id, what is stated, its citations."""
    for name, pact in snapshot.records("pact").items():
        for row in pact["instruments"]:
            for date in ("signed", "in_force", "provisional_from", "ended"):
                if row[date] is not None:
                    yield f"pact/{name}/{row['id']}.{date}", {"title": row["title"]["en"], date: row[date]}, row["sources"]
        for party in pact["parties"]:
            for index, event in enumerate(party["events"]):
                yield f"pact/{name}/{party['state']}.{index}", {key: event[key] for key in ("what", "instrument", "on", "precision")}, event["sources"]
        for row in provisions.flat(pact):
            said = {key: row[key] for key in ("instrument", "article", "kind", "strength", "when", "then", "in_force")}
            yield f"pact/{name}/{row['article']}/{row['id']}", {**said, "gloss": row["gloss"]["en"]}, provisions.cites(row)
        for row in pact["invocations"]:
            said = {key: row[key] for key in ("on", "by", "against", "articles", "act", "outcome")}
            yield f"pact/{name}/invocation/{row['id']}", {**said, "gloss": row["gloss"]["en"]}, row["sources"]
    for name, force in snapshot.records("deployment").items():
        for date in ("start", "end"):
            if force[date] is not None:
                yield f"force/{name}/{date}", {"force": force["names"]["en"], **_plain(force[date])}, force[date]["sources"]
        for index, row in enumerate(force["strengths"]):
            yield f"force/{name}/strength.{index}", {"force": force["names"]["en"], **_plain(row)}, row["sources"]
    for name, row in snapshot.records("refusal").items():
        yield (
            f"refused/{name}",
            {"request": row["names"]["en"], "on": row["on"]["on"], "outcome": row["outcome"], "reason": row["reason"]},
            row["on"]["sources"],
        )
    for name, case in snapshot.records("case").items():
        for row in case["events"]:
            yield f"case/{name}/event/{row['id']}", {"on": row["on"], "gloss": row["gloss"]["en"]}, row["sources"]
        for row in case["claims"]:
            yield f"case/{name}/claim/{row['id']}", {"said_on": row["said_on"], "speaker": row["speaker"], "gloss": row["gloss"]["en"]}, row["sources"]


def _plain(row: Row) -> Row:
    return {key: value for key, value in row.items() if value is not None and key not in ("sources", "disputed")}


def sample(drawn: int = DRAWN) -> list[tuple[str, Row, list[Row]]]:
    """The facts that are drawn, first rank first."""
    return sorted(facts(), key=lambda fact: hashlib.blake2b(f"{SEED} {fact[0]}".encode()).digest())[:drawn]


def digest(stated: Row) -> str:
    """What a verdict holds of the fact it was given on (`gone` where mending took the fact out): when the library says something else, the verdict is of no use."""
    return hashlib.blake2b(json.dumps(stated, sort_keys=True, ensure_ascii=False).encode(), digest_size=6).hexdigest()


def verdicts() -> list[Row]:
    """The verdicts given: fact, stated (its digest), verdict, read (pages), note."""
    return list(_document()["verdicts"])


def _document() -> Row:
    document: Row = yaml.safe_load(VERDICTS.read_text(encoding="utf-8"))
    return document


def page(rows: list[Row]) -> str:
    """The page of the audit."""
    counts = Counter(row["verdict"] for row in rows)
    lines = "\n".join(f"| {words} (`{verdict}`) | {counts[verdict]} |" for verdict, words in WORDS.items())
    read = len(rows) - counts["not_readable"]
    rates = [_rate("said wrongly", counts["wrong"], read), _rate("any fault", sum(counts[fault] for fault in FAULTS), read)]
    head = HEAD.format(drawn=len(rows), all=f"{_document()['drawn_from']:,}", seed=SEED, counts=lines, rates="\n".join(rates))
    return head + "".join(f"| `{row['fact']}` | {row['verdict']} | {' '.join(f'<{url}>' for url in row['read'])} | {row.get('note', '')} |\n" for row in rows)


def _rate(words: str, count: int, read: int) -> str:
    low, high = (float(beta.ppf(share, count + 0.5, read - count + 0.5)) for share in (0.025, 0.975))
    return f"| {words} | {count} of {read} | {count / read:.1%} | {low if count else 0:.1%} to {high:.1%} |"


def draw(first: int, until: int) -> str:
    """The facts of those ranks with their sources, to be read again."""
    sources = snapshot.records("source")
    rows = [
        {
            "fact": name,
            "stated": digest(stated),
            "says": stated,
            "cites": [{**cite, "title": sources[cite["source"]]["title"], "url": sources[cite["source"]]["url"]} for cite in cites],
        }
        for name, stated, cites in sample()[first:until]
    ]
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=160)


def main() -> None:
    if sys.argv[1:2] == ["draw"]:
        first, until = (int(word) for word in sys.argv[2:4]) if len(sys.argv) > 3 else (0, DRAWN)
        print(draw(first, until))
        return
    write(PAGE, page(verdicts()))


if __name__ == "__main__":
    main()

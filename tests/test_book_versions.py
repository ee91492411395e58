"""Days between which the same facts get another verdict because a text of the pact changed: found by search, not chosen."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from foedus import snapshot, states, verbs
from foedus.findings import judging
from foedus.law import parties, procedures, provisions

Row = dict[str, Any]
Record = Callable[[str, object], None]
Verdict = frozenset[tuple[str, str]]
MOST_TRUE = 3  # facts set to true in a search; all others are false


@dataclass
class Pair:
    """One obligation kind on two days that follow each other, for one state and one set of facts."""

    pact: str
    day: str
    kind: str
    article: str | None  # the article whose text changed; None where another text took over or came in beside
    state: str
    facts: dict[str, bool]
    verdicts: tuple[Verdict, Verdict]
    texts: list[str]

    @property
    def before(self) -> str:
        return (date.fromisoformat(self.day) - timedelta(days=1)).isoformat()


def rows_on(pact: Row, kind: str, article: str | None, state: str, on: str) -> list[Row]:
    rows = [row for row in provisions.on_day(pact, on, [kind]) if article in (None, row["article"])]
    return [row for row in rows if provisions.obligors(pact, row, state, on)]


def verdict(pact: Row, rows: list[Row], facts: dict[str, bool], state: str, on: str) -> Verdict:
    """Strength and standing of each obligation that is met."""
    found = set()
    for row in rows:
        if row["strength"] not in judging.NO_DUTY and judging.condition_of(row, judging.structural(pact, row, facts, state, (), on)) == "met":
            alone = row["procedure"] is None or procedures.find(pact, row["procedure"])["rule"] == "each_for_itself"
            found.add((row["strength"], judging.standing(row, "met", None if alone else "open")))
    return frozenset(found)


def days_of(pact: Row, kind: str) -> list[str]:
    """The days on which a provision of the kind begins or ends."""
    spells = [spell for row in provisions.flat(pact, [kind]) for spell in row["in_force"]]
    return sorted({day for spell in spells for day in (spell["from"], spell["until"]) if day})


def bound(pact: Row, state: str, on: str) -> bool:
    return states.alive(state, on) and any(state in parties.bound(pact, text["id"], on) for text in pact["instruments"])


def pair(pact: Row, kind: str, day: str, article: str | None = None) -> Pair | None:
    """The smallest set of true facts, for the first state bound on both days, under which the verdict turns on the day."""
    eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    for state in sorted(party["state"] for party in pact["parties"]):
        if not (bound(pact, state, eve) and bound(pact, state, day)):
            continue
        old, new = rows_on(pact, kind, article, state, eve), rows_on(pact, kind, article, state, day)
        if article and not (old and new):
            continue
        words = sorted({word for row in old + new for word in judging.words(row["when"])})
        for size in range(MOST_TRUE + 1):
            for true in itertools.combinations(words, size):
                facts = {word: word in true for word in words}
                verdicts = verdict(pact, old, facts, state, eve), verdict(pact, new, facts, state, day)
                if verdicts[0] != verdicts[1]:
                    changed = [row for row in old + new if (row in old) != (row in new)]
                    texts = sorted({f"{row['article']} ({row['version']}): {row['gloss']['en']}" for row in changed})
                    return Pair(pact["id"], day, kind, article, state, facts, verdicts, texts)
    return None


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    found = []
    for pact in snapshot.records("pact").values():
        for kind in provisions.OBLIGATIONS:
            for day in days_of(pact, kind):
                articles = sorted({row["article"] for row in provisions.flat(pact, [kind])})
                rewritten = [one for article in articles if (one := pair(pact, kind, day, article))]
                whole = None if rewritten else pair(pact, kind, day)
                found += rewritten or ([whole] if whole else [])
    return found


def test_at_least_six_pairs_of_days_differ_because_a_text_changed(pairs: list[Pair]) -> None:
    found = {(one.pact, one.day, one.kind, one.article) for one in pairs}
    assert len(found) >= 6, found
    assert {("csto", "2012-12-19", "consultation", "2"), ("csto", "2012-12-19", "defense", "4")} <= found
    assert len({(pact, day) for pact, day, _, _ in found}) >= 6, found


def test_each_pair_is_explained_by_the_texts_that_changed(pairs: list[Pair], record_property: Record) -> None:
    """What turns the verdict is a provision that began or ended on that day, and the day is one in the life of an instrument."""
    for one in pairs:
        record_property(f"{one.pact} {one.before}/{one.day} {one.kind}", "; ".join(one.texts))
        assert one.texts, one
        pact = snapshot.record("pact", one.pact)
        days = {text[key] for text in pact["instruments"] for key in ("in_force", "provisional_from", "ended")}
        spells = [spell for row in provisions.flat(pact) for spell in row["in_force"]]
        days |= {spell["until"] for spell in spells}
        assert one.day in days, f"{one.pact}: no text of the pact began or ended on {one.day}"


def test_the_verb_says_the_same(pairs: list[Pair]) -> None:
    """`owes` on the two days, from the same facts, names the duty on one of them and not, or otherwise, on the other."""
    for one in pairs:
        found = [
            frozenset(
                (row["strength"], row["standing"])
                for row in verbs.owes(one.state, day, (), one.facts)
                if row["pact"] == one.pact
                and row["kind"] == one.kind
                and one.article in (None, row["article"])
                and row["condition"] == "met"
                and row["strength"] not in judging.NO_DUTY
            )
            for day in (one.before, one.day)
        ]
        assert found[0] != found[1], one


def test_the_same_unrest_in_2010_and_in_2022(pairs: list[Pair]) -> None:
    """Article 4 of the Collective Security Treaty: a threat to stability that no state's attack makes is nothing to the text of 1992."""
    csto = snapshot.record("pact", "csto")
    [old] = [row for row in provisions.on_day(csto, "2010-06-12", ["defense"]) if row["article"] == "4"]
    [new] = [row for row in provisions.on_day(csto, "2022-01-05", ["defense"]) if row["article"] == "4"]
    assert old["version"] == "1992"
    assert new["version"] == "2010"
    [one] = [one for one in pairs if one.pact == "csto" and one.kind == "defense" and one.article == "4"]
    assert {text.split(":")[0] for text in one.texts} == {"4 (1992)", "4 (2010)"}

"""Coverage counts what is there: articles by their number, facts by their sources, and never a length that nobody knows."""

from typing import Any

import pytest

from foedus import snapshot
from foedus.books import coverage
from foedus.books.exporting import frame

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return {row["pact"]: row for row in coverage.coverage()}


def test_every_pact_has_a_row(rows: dict[str, Row]) -> None:
    assert tuple(rows) == snapshot.ids("pact")


def test_no_text_has_more_articles_coded_than_it_has(rows: dict[str, Row]) -> None:
    wrong = [
        f"{name}: {text['coded']} of {text['articles']} articles of '{text['instrument']}'"
        for name, row in rows.items()
        for text in row["texts"]
        if text["articles"] is not None and text["coded"] > text["articles"]
    ]
    assert wrong == []


def test_a_total_is_given_only_where_every_length_is_known(rows: dict[str, Row]) -> None:
    for name, row in rows.items():
        assert (row["articles_in_text"] is None) == any(text["articles"] is None for text in row["texts"]), name
        assert row["articles_in_text"] != 0, name
    assert rows["nato"]["articles_in_text"] == 14


def test_binding_articles_are_counted_apart() -> None:
    text = {"id": "t", "articles": 9, "binding_articles": ["1", "2", "unnumbered"]}
    articles = [{"instrument": "t", "article": name} for name in ("1", "3", "unnumbered")]
    pact = {"main_instrument": "t", "instruments": [text], "articles": articles}
    assert coverage.texts(pact) == [{"instrument": "t", "coded": 2, "articles": 9, "binding_coded": 2, "binding": 3}]
    pact["instruments"] = [{**text, "binding_articles": None}]
    assert coverage.texts(pact) == [{"instrument": "t", "coded": 2, "articles": 9, "binding_coded": 2, "binding": 9}]


@pytest.mark.parametrize("name", ["unnumbered", "unnumbered-2008", "term", "Alma-Ata declaration", "Decision 2014/415", "2011-other", "final clauses"])
def test_what_is_filed_by_a_word_is_no_article(name: str) -> None:
    assert not coverage.numbered(name)


@pytest.mark.parametrize("name", ["4", "Charter 12", "1985-1", "IV", "2011-4", "Defence 16", "5(b)", "rss-4"])
def test_what_is_filed_by_a_number_is_one(name: str) -> None:
    assert coverage.numbered(name)


def test_the_counts_agree_with_the_export(rows: dict[str, Row]) -> None:
    invocations = dict(frame("invocations").group_by("pact").len().iter_rows())
    assert {name: invocations.get(name, 0) for name in rows} == {name: row["invocations"] for name, row in rows.items()}
    provisions = frame("provisions").unique(["pact", "instrument", "article", "name"]).group_by("pact").len()
    assert dict(provisions.iter_rows()) == {name: row["provisions"] for name, row in rows.items()}


def test_a_fact_stands_on_at_least_one_source(rows: dict[str, Row]) -> None:
    for name, pact in snapshot.records("pact").items():
        found = list(coverage.facts(pact))
        assert all(cites for _, cites in found), name
        assert rows[name]["facts"] == len(found)
        assert rows[name]["sources_per_fact"] >= 1


def test_the_lines_for_a_terminal_end_with_the_total(rows: dict[str, Row]) -> None:
    found = coverage.lines(list(rows.values()))
    assert len(found) == len(rows) + 1
    assert len({tuple(line) for line in found}) == 1
    assert found[-1]["provisions"] == sum(row["provisions"] for row in rows.values())
    assert "treaty 14/14" in next(line["texts"] for line in found if line["pact"] == "nato")
    assert coverage.lines([]) == []

"""The audit speaks of the library as it is: each verdict was given on what the library says today, and most of what is drawn today was read."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "audit.py"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_verdict_is_of_what_the_library_says(audit: ModuleType) -> None:
    now = {name: audit.digest(stated) for name, stated, _ in audit.facts()}
    stale = [row["fact"] for row in audit.verdicts() if now.get(row["fact"], "gone") != row["stated"]]
    assert stale == [], "these facts have changed since they were read: read them again"


def test_most_of_what_is_drawn_was_read(audit: ModuleType) -> None:
    rows = audit.verdicts()
    assert len(rows) >= audit.DRAWN
    assert len({row["fact"] for row in rows}) == len(rows)
    drawn = {name for name, _, _ in audit.sample()}
    assert len(drawn & {row["fact"] for row in rows}) >= 0.8 * audit.DRAWN, "the library has outgrown its audit: read the facts that are new in the draw"


def test_every_verdict_says_what_it_stands_on(audit: ModuleType) -> None:
    for row in audit.verdicts():
        assert row["verdict"] in audit.WORDS, row["fact"]
        assert (row["verdict"] == "not_readable") == (not row["read"]), row["fact"]
        assert row["verdict"] == "confirmed" or row["note"].endswith("."), row["fact"]


def test_ids_of_facts_are_apart_and_the_lot_is_by_id_alone(audit: ModuleType) -> None:
    names = [name for name, _, _ in audit.facts()]
    assert len(set(names)) == len(names)
    assert [name for name, _, _ in audit.sample(5)] == [name for name, _, _ in audit.sample(60)[:5]]


def test_the_page_is_the_one_the_verdicts_make(audit: ModuleType) -> None:
    assert audit.PAGE.read_text(encoding="utf-8") == audit.page(audit.verdicts())

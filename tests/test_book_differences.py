"""The library beside ATOP 5.1: no difference without its reason, no reason without its difference, and the page as it is made."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foedus import snapshot
from foedus.books import atop, differences
from foedus.errors import InputError
from foedus.spells import intersect

HERE = Path(__file__).parents[1]
REFERENCE = HERE.parent / "shared" / "data" / "reference"
needs_atop = pytest.mark.skipif(not (REFERENCE / atop.MEMBERS).exists(), reason=f"the ATOP 5.1 member table is not at {REFERENCE}")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return differences.differences(REFERENCE)


@needs_atop
def test_no_difference_is_unexplained(rows: list[Row]) -> None:
    assert [(row["pact"], row["states"], row["what"], row["atop"], row["library"]) for row in rows if row["code"] == "unexplained"] == []


@needs_atop
def test_no_reason_written_by_hand_is_idle() -> None:
    assert differences.idle(REFERENCE) == []


def test_every_pact_signed_within_the_coverage_is_placed() -> None:
    assert differences.unplaced() == []


def test_a_pact_is_placed_or_absent_and_its_texts_are_the_librarys() -> None:
    placed = differences.placed()
    assert set(placed) == {"alliances", "absent", "reasons"}
    assert not {match["pact"] for match in placed["alliances"].values()} & set(placed["absent"])
    for name, match in placed["alliances"].items():
        assert set(match) <= {"pact", "instrument", "also", "since", "why"}, name
        if match["pact"] in snapshot.ids("pact"):
            texts = {row["id"] for row in snapshot.record("pact", match["pact"])["instruments"]}
            assert {match["instrument"], *match.get("also", [])} <= texts, name
    for note in placed["reasons"]:
        assert set(note) == {"pact", "states", "what", "reason"}, note
        assert set(note["what"]) <= {"entry", "exit", "interrupted", "member", *atop.KINDS}, note


@needs_atop
def test_the_page_is_the_one_that_the_tool_makes() -> None:
    page = (HERE / "docs" / "differences.md").read_text(encoding="utf-8")
    assert page == differences.document(REFERENCE), "make it anew: python tools/differences.py"


@needs_atop
def test_members_that_do_not_differ_agree_to_the_day(rows: list[Row]) -> None:
    """What is not in the rows was compared: the United States in the Rio Treaty differ on entry alone, so exit and obligations agree."""
    mine = [row for row in rows if row["atopid"] == 3075 and "USA" in row["states"]]
    assert [row["what"] for row in mine] == ["entry"]
    [phase] = atop.phases(REFERENCE, 3075)[atop.families()["states"]["USA"]]
    assert (phase["from"], phase["until"]) == ("1947-09-02", None)
    assert phase["owes"] == {"defense", "nonaggression", "consultation"}


@needs_atop
def test_one_code_means_a_state_and_its_successor() -> None:
    families = atop.families()
    assert families["codes"][365] == families["states"]["RUS"] == families["states"]["SUN"]
    assert families["codes"][255] == families["codes"][260] == families["states"]["DEU"]
    assert families["states"]["USA"] != families["states"]["RUS"]
    spells = atop.phases(REFERENCE, 3180)[families["codes"][255]]
    assert differences.merged(spells) == [{"from": "1954-10-23", "until": None, "undated": set()}]


@needs_atop
def test_a_difference_put_in_by_hand_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turkey's exit from NATO on a day that no source knows is a row without a reason; a duty of offence too."""
    true = atop.phases

    def changed(reference: Path, atopid: int, since: str = "") -> dict[str, list[Row]]:
        found = true(reference, atopid, since)
        if atopid == 3180:
            for phase in found[atop.families()["states"]["TUR"]]:
                phase["until"] = "1977-05-05" if phase["until"] is None else phase["until"]
                phase["owes"] = {*phase["owes"], "offense"}
        return found

    monkeypatch.setattr(atop, "phases", changed)
    found = [row for row in differences.differences(REFERENCE) if row["code"] == "unexplained"]
    assert [(row["pact"], row["states"], row["what"], row["atop"]) for row in found] == [
        ("nato", ["TUR"], "exit", "1977-05-05"),
        ("nato", ["TUR"], "offense", "owed throughout"),
    ]


def test_the_table_that_is_absent_or_another_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the ATOP 5.1 member table is not there"):
        differences.differences(tmp_path)
    import polars

    polars.DataFrame({"atopid": [3180], "member": [2]}).write_parquet(tmp_path / atop.MEMBERS)
    with pytest.raises(InputError, match=r"no column 'consul': this is not the member table of ATOP 5.1"):
        differences.differences(tmp_path)


def spans() -> Iterator[list[Row]]:
    yield []
    yield [{"from": "2000-01-01", "until": "2001-01-01"}]
    yield [{"from": "2000-06-01", "until": None}]
    yield [{"from": "1999-01-01", "until": "2000-02-01"}, {"from": "2000-05-01", "until": "2003-01-01"}]


def test_spells_less_spells_are_the_days_of_the_one_and_not_of_the_other() -> None:
    for one in spans():
        for other in spans():
            left = differences.without(one, other)
            assert intersect(left, other) == []
            days = [{"from": spell["from"], "until": spell["until"]} for spell in differences.merged([*left, *intersect(one, other)])]
            assert days == [{"from": spell["from"], "until": spell["until"]} for spell in differences.merged(one)]

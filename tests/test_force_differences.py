"""The register of forces beside what others coded: no difference beyond a month without its reason, no reason without its difference, and the page as it is made."""

from pathlib import Path

import pytest

from foedus import snapshot
from foedus.books import force_differences

HERE = Path(__file__).parents[1]
REFERENCE = HERE.parent / "shared" / "data" / "reference"
needs_reference = pytest.mark.skipif(not REFERENCE.exists(), reason=f"the reference tables are not at {REFERENCE}")


@needs_reference
def test_no_difference_is_unexplained() -> None:
    assert [(row["data"], row["force"], row["what"]) for row in force_differences.differences(REFERENCE) if row["code"] == "unexplained"] == []


@needs_reference
def test_no_reason_is_idle_and_every_mission_is_placed() -> None:
    assert force_differences.idle(REFERENCE) == []
    assert force_differences.unplaced(REFERENCE) == []


@needs_reference
def test_the_page_is_current() -> None:
    assert (HERE / "docs" / "differences-forces.md").read_text(encoding="utf-8") == force_differences.page(REFERENCE), "run: python tools/force_differences.py"


@needs_reference
def test_most_missions_of_the_united_nations_agree() -> None:
    """Written from other sources, the register agrees with the table to the month in all but a few of its missions."""
    compared = force_differences.counts(REFERENCE)
    rows = [row for row in force_differences.differences(REFERENCE) if row["data"] == "un"]
    assert compared["un"] >= 60
    assert len(rows) <= 10


def test_what_is_matched_is_in_the_register() -> None:
    matches = force_differences.placed()["matches"]
    assert {force for rows in matches.values() for force in rows} <= set(snapshot.ids("deployment"))


@needs_reference
def test_strengths_are_compared() -> None:
    compared = force_differences.counts(REFERENCE)
    assert compared["geopko"] >= 30
    assert compared["usa"] >= 60


def test_a_figure_with_a_word_has_one_open_side() -> None:
    assert force_differences._range({"value": 100, "qualifier": "at_least", "low": None, "high": None}) == (100, None)
    assert force_differences._range({"value": 100, "qualifier": "at_most", "low": None, "high": None}) == (None, 100)
    assert force_differences._range({"value": None, "qualifier": "exact", "low": 80, "high": 120}) == (80, 120)
    assert force_differences._strength_code("usa", 3.0) == "doubled"
    assert force_differences._strength_code("geopko", 0.5) == "unexplained"

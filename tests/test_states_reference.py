"""The library's states against Correlates of War v2016 and Gleditsch-Ward: every spell equal, or a difference with its reason."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from foedus import snapshot

REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "reference"
pytestmark = pytest.mark.skipif(not REFERENCE.exists(), reason=f"the reference tables are not at {REFERENCE}")

Row = tuple[int, str, str | None]
LISTS = {"cow": 243, "gw": 239}


def after(last: datetime.date) -> str:
    return (last + datetime.timedelta(1)).isoformat()


def listed(system: str) -> list[Row]:
    """The rows of a list as code, first day, first day after; None where the list leaves the spell open."""
    import polars

    if system == "gw":
        table = polars.read_parquet(REFERENCE / "gw_states.parquet")
        return [(code, start.isoformat(), None if end.year == 9999 else after(end)) for code, start, end in table.select("gwcode", "start", "end").iter_rows()]
    table = polars.read_parquet(REFERENCE / "cow_states2016.parquet")
    columns = ("ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday")
    rows = []
    for code, *days in table.select(columns).iter_rows():
        start, end = datetime.date(*days[:3]), datetime.date(*days[3:])
        rows.append((code, start.isoformat(), None if end == datetime.date(2016, 12, 31) else after(end)))
    return rows


def ours(system: str) -> list[tuple[Row, str]]:
    """The library's code spells and the states that bear them."""
    records = snapshot.records("state").items()
    return [((spell["code"], spell["from"], spell["until"]), state) for state, record in records for spell in record["codes"][system]]


def joined(spells: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Spells with those that touch made one."""
    whole: list[tuple[str, str | None]] = []
    for start, until in sorted(spells):
        if whole and whole[-1][1] == start:
            whole[-1] = (whole[-1][0], until)
        else:
            whole.append((start, until))
    return whole


def bearers(system: str, row: Row) -> list[str]:
    """The states that bear the row's code within the row's days."""
    code, start, until = row
    return [state for (other, begin, _), state in ours(system) if other == code and start <= begin and (until is None or begin < until)]


@pytest.mark.parametrize("system", LISTS)
def test_every_row_of_the_list_stands_under_its_code_to_the_day(system: str) -> None:
    rows = listed(system)
    assert len(rows) == LISTS[system]
    codes = {code for code, _, _ in rows}
    for code in sorted(codes | {row[0] for row, _ in ours(system)}):
        theirs = sorted((start, until) for other, start, until in rows if other == code)
        assert joined([(start, until) for (other, start, until), _ in ours(system) if other == code]) == joined(theirs), f"{system} {code}"


@pytest.mark.parametrize("system", LISTS)
def test_every_difference_has_a_reason_and_every_reason_a_difference(system: str) -> None:
    split = {state for row in listed(system) if len(set(bearers(system, row))) > 1 for state in bearers(system, row)}
    for state, record in snapshot.records("state").items():
        theirs = joined([(start, until) for (_, start, until), bearer in ours(system) if bearer == state])
        differs = theirs != joined([(spell["from"], spell["until"]) for spell in record["spells"]]) or state in split
        reasons = [note for note in record["differences"] if note["against"] == system]
        assert bool(reasons) == differs, f"{state}: {system} has {theirs}"
        assert len(reasons) <= 1, state


def test_the_test_sees_a_reason_that_is_missing_or_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    true = snapshot.records("state")
    for state, note in (("SUN", []), ("KAZ", [{"against": "cow", "reason": "none", "sources": []}])):
        changed: dict[str, Any] = {**true, state: {**true[state], "differences": note}}
        monkeypatch.setattr(snapshot, "records", lambda _kind, changed=changed: changed)
        with pytest.raises(AssertionError, match=state):
            test_every_difference_has_a_reason_and_every_reason_a_difference("cow")

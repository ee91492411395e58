"""Who is bound to help a target: the compiled and the plain tables beside the rule as one would say it, and the traps of real pacts."""

import os
from pathlib import Path
from typing import Any

import numpy
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.panels import LIBRARY_KINDS, bonds, fast, helping, triads
from foedus.panels.bonds import Bonds

REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "reference"
STATES = [2, 20, 200, 220, 255]  # five that all existed in 1960 to 1962: the United States, Canada, Britain, France, and Germany from 1955


@st.composite
def networks(draw: st.DrawFn) -> Bonds:
    """A few pacts of a few members with what each owes the others, over years of 1958 to 1964."""
    rows = []
    for pact in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.sampled_from(range(4)), min_size=2, max_size=4, unique=True))
        first = draw(st.integers(1958, 1962))
        last = first + draw(st.integers(0, 3))
        for member in members:
            defense, talk = draw(st.sampled_from([-1, 0, 1])), draw(st.sampled_from([-1, 0, 1]))
            rows += [(pact, member, other, first, last, defense, talk) for other in members if other != member]
    columns = [numpy.array(column) for column in zip(*rows)]
    when = numpy.full((len(rows), len(LIBRARY_KINDS)), -1, numpy.int16)
    when[:, helping.DEFENSE], when[:, helping.CONSULTATION] = columns[5], columns[6]
    day = [bonds.ordinal(f"{year}-01-01") for year in columns[3]], [bonds.ordinal(f"{year}-12-31") + 1 for year in columns[4]]
    return Bonds(
        states=STATES[:4], pact=columns[0].astype(numpy.int32), obligor=columns[1].astype(numpy.int16), obligee=columns[2].astype(numpy.int16),
        start=numpy.array(day[0]), until=numpy.array(day[1]), first=columns[3], last=columns[4], when=when, conditions=[None, "unprovoked"], coverage=(1958, 1964),
        source="atop", names={}, duty=numpy.full(len(rows), -1), duties=[],
    )  # fmt: skip


def as_said(found: Bonds, attacker: int, target: int, year: int) -> list[set[int]]:
    """The rule in words: by class, the states that owe the target help against the attacker under a pact to which the attacker is no party."""
    rows = [row for row in range(len(found.pact)) if found.first[row] <= year <= found.last[row] and found.states[found.obligee[row]] == target]
    members = {(found.pact[row], found.states[found.obligor[row]]) for row in rows}
    strongest: dict[int, int] = {}
    for row in rows:
        helper = found.states[found.obligor[row]]
        if (found.pact[row], attacker) in members or helper == attacker:
            continue
        defense, talk = found.when[row, helping.DEFENSE], found.when[row, helping.CONSULTATION]
        owed = 3 if defense == 0 else 2 if defense == 1 else 1 if talk >= 0 else 0
        strongest[helper] = max(owed, strongest.get(helper, 0))
    return [{helper for helper, owed in strongest.items() if owed == kind} for kind in (3, 2, 1)]


def shares() -> polars.DataFrame:
    return polars.DataFrame([(code, year, code / 1000) for code in STATES[:3] for year in range(1958, 1963)], schema=["ccode", "year", "cinc"], orient="row")


def both_ways(found: Bonds, **options: Any) -> list[polars.DataFrame]:
    """The table compiled and plain, where the `fast` extra is installed; else plain alone."""
    tables = []
    for word in ("yes", "no"):
        fast.compiled.cache_clear()
        os.environ["FOEDUS_FAST"] = word
        tables.append(triads.by_year(found, 1957, 1963, shares(), **options))
    fast.compiled.cache_clear()
    del os.environ["FOEDUS_FAST"]
    return tables


@given(networks())
@settings(max_examples=25, deadline=None)
def test_the_tables_say_what_the_rule_says(found: Bonds) -> None:
    fast_table, plain_table = both_ways(found)
    assert fast_table.equals(plain_table)
    known = {(row["ccode"], row["year"]): row["cinc"] for row in shares().to_dicts()}
    for row in fast_table.filter(polars.col("attacker").is_in(STATES) & polars.col("target").is_in(STATES[:4])).to_dicts():
        if row["year"] == 1957:
            assert (row["bound"], row["obligations_missing"]) == (None, "outside coverage")
            continue
        classes = as_said(found, row["attacker"], row["target"], row["year"])
        assert [row[name] for name in triads.COUNTS] == [len(part) for part in classes], row
        for name, part in zip(triads.SUMS, classes):
            figures = [known.get((state, row["year"])) for state in part]
            assert row[name] == (None if None in figures else pytest.approx(sum(figures))), row


def test_a_fact_that_is_given_settles_a_condition() -> None:
    pact = [(1, 1, 2, 1960, 1960)]
    found = Bonds(
        states=STATES[:3], pact=numpy.array([1, 1], numpy.int32), obligor=numpy.array([1, 2], numpy.int16), obligee=numpy.array([2, 1], numpy.int16),
        start=numpy.array([bonds.ordinal("1960-01-01")] * 2), until=numpy.array([bonds.ordinal("1961-01-01")] * 2), first=numpy.array([1960] * 2),
        last=numpy.array([1960] * 2), when=numpy.array([[1, -1, -1, -1, -1, -1]] * 2, numpy.int16), conditions=[None, "unprovoked"], coverage=(1960, 1960),
        source="atop", names={}, duty=numpy.array([-1, -1]), duties=[],
    )  # fmt: skip
    assert pact
    where = (polars.col("attacker") == 2) & (polars.col("target") == 200)
    counts = [triads.by_year(found, 1960, 1960, facts=facts).filter(where).row(0)[3:6] for facts in (None, {"unprovoked": True}, {"unprovoked": False})]
    assert counts == [(0, 1, 0), (1, 0, 0), (0, 0, 0)]


# ---- real pacts ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def atop() -> Bonds:
    path = REFERENCE / "atop51_member.parquet"
    if not path.exists():
        pytest.skip("the reference data are not there")
    from foedus.panels import atop

    return bonds.from_atop(atop.pairs(polars.read_parquet(path)), (1815, 2018))


def test_the_aggressors_own_allies_are_not_bound_and_members_attack_members(atop: Bonds) -> None:
    table = triads.by_year(atop, 1960, 1960)
    rows = {
        (row["attacker"], row["target"]): row
        for row in table.filter(polars.col("attacker").is_in([365, 2, 350]), polars.col("target").is_in([290, 640, 350])).to_dicts()
    }
    help_ = {pair: row["bound"] + row["bound_conditionally"] for pair, row in rows.items()}
    assert help_[2, 290] == 7  # Poland: the seven others of the Warsaw Pact, whatever NATO owes the United States
    assert help_[365, 290] == 4  # the Soviet Union was a party to that pact; four neighbours stay, each under a pact of two against a named adversary
    assert help_[365, 640] == 15  # Turkey: NATO's fourteen others and Yugoslavia
    assert help_[350, 640] == 1  # Greece, a party to both; the agreement of two with the United States stays


def test_the_whole_table_has_a_row_for_every_pair_and_year(atop: Bonds) -> None:
    table = triads.by_year(atop, 1816, 2018)
    keys = polars.read_parquet(Path(REFERENCE.parent, "peer", "dyad_years_cow_directed.parquet")).filter(polars.col("year") <= 2016)
    ours = table.filter(polars.col("year") <= 2016).select(
        ccode1=polars.col("attacker").cast(polars.Int64), ccode2=polars.col("target").cast(polars.Int64), year=polars.col("year").cast(polars.Int64)
    )
    assert ours.equals(keys.select(polars.col("ccode1", "ccode2", "year").cast(polars.Int64)).sort("ccode1", "ccode2", "year"))


def test_a_day_is_a_table_of_its_own(atop: Bonds) -> None:
    before, after = (
        triads.on_day(atop, day).filter(polars.col("attacker") == 2, polars.col("target") == 290).row(0, named=True) for day in ("1955-05-13", "1955-05-14")
    )
    assert [row["bound"] + row["bound_conditionally"] for row in (before, after)] == [5, 7]
    assert str(after["date"]) == "1955-05-14"
    assert triads.on_day(atop, "2019-06-01")["bound"].is_null().all()

"""Dyad-years judged by the conditions of what is owed: beside the plain evaluator, one cell at a time."""

import datetime
from pathlib import Path
from typing import Any

import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.conditions.plain import holds
from foedus.errors import InputError
from foedus.panels import KINDS, atop, bonds, judged

REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "reference"
FACTS = ("adversary_named", "unprovoked")
BITS = {0: None, 1: "adversary_named", 32: "unprovoked", 33: {"all": ["adversary_named", "unprovoked"]}}
truths = st.sampled_from([True, False, None])


@st.composite
def spells(draw: st.DrawFn) -> polars.DataFrame:
    """Rows of `atop.pairs()`."""
    rows = []
    for alliance in range(draw(st.integers(1, 4))):
        one, other = draw(st.sampled_from([(2, 20), (20, 2), (2, 200), (200, 20)]))
        start = datetime.date(draw(st.integers(1900, 1905)), draw(st.integers(1, 12)), 1)
        until = draw(st.sampled_from([None, datetime.date(1906, 1, 1), datetime.date(1907, 6, 1)]))
        owed = {kind: draw(st.booleans()) for kind in KINDS}
        when = {f"{kind}_when": draw(st.sampled_from(sorted(BITS))) for kind in atop.PREFIXES}
        rows.append({"alliance": alliance, "ccode1": one, "ccode2": other, "start": start, "until": until, **owed, **when})
    schema = {
        "alliance": polars.Int32,
        "ccode1": polars.Int16,
        "ccode2": polars.Int16,
        "start": polars.Date,
        "until": polars.Date,
        **dict.fromkeys(KINDS, polars.Boolean),
    }
    return polars.DataFrame(rows, schema=schema | {f"{kind}_when": polars.UInt8 for kind in atop.PREFIXES})


def test_the_bits_of_this_test_are_those_of_atop() -> None:
    assert [atop.CONDITIONS[bit] for bit in (0, 5)] == list(FACTS)


@given(spells(), st.dictionaries(st.tuples(st.sampled_from([2, 20, 200]), st.integers(1899, 1908)), st.tuples(truths, truths), max_size=12))
@settings(max_examples=40, deadline=None)
def test_every_cell_is_what_the_plain_evaluator_says(pairs: polars.DataFrame, accounts: dict[tuple[int, int], tuple[Any, Any]]) -> None:
    table = polars.DataFrame(
        [(*key, *values) for key, values in accounts.items()],
        schema={"ccode2": polars.Int16, "year": polars.Int16, **dict.fromkeys(FACTS, polars.Boolean)},
        orient="row",
    )
    rows = judged.judged(bonds.from_atop(pairs, (1815, 1908)), 1901, 1908, table).to_dicts()
    expected: dict[tuple[int, int, int], dict[str, list[Any]]] = {}
    for row in pairs.to_dicts():
        for year in range(max(row["start"].year, 1901), (row["until"].year if row["until"] else 1908) + 1):
            cell = expected.setdefault((row["ccode1"], row["ccode2"], year), {kind: [] for kind in KINDS})
            account = dict(zip(FACTS, accounts.get((row["ccode2"], year), (None, None))))
            for kind in KINDS:
                if row[kind]:
                    condition = BITS[row.get(f"{kind}_when", 0)]
                    cell[kind].append(True if condition is None else holds(condition, account))
    assert [(row["ccode1"], row["ccode2"], row["year"]) for row in rows] == sorted(expected)
    for row in rows:
        for kind in KINDS:
            found = expected[row["ccode1"], row["ccode2"], row["year"]][kind]
            assert row[kind] is (True if True in found else None if None in found else False)


def pair() -> bonds.Bonds:
    owed = {kind: kind == "defense" for kind in KINDS}
    row = {"alliance": 1, "ccode1": 2, "ccode2": 20, "start": datetime.date(1949, 4, 4), "until": None, **owed}
    when = {f"{kind}_when": 32 for kind in atop.PREFIXES}
    return bonds.from_atop(polars.DataFrame([{**row, **when}], schema_overrides={"until": polars.Date}), (1815, 1950))


def test_one_account_of_everything() -> None:
    for facts, owed in ((None, None), ({}, None), ({"unprovoked": True}, True), ({"unprovoked": False}, False), ({"unprovoked": None}, None)):
        assert judged.judged(pair(), 1949, 1960, facts)["defense"].to_list() == [owed, owed]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"unprovokd": True}, "no fact 'unprovokd'. Did you mean 'unprovoked'?"),
        (polars.DataFrame({"ccode2": [20, 20], "unprovoked": [True, False]}), "two accounts of ccode2 20"),
        (polars.DataFrame({"ccode2": [20], "unprovoked": [1]}), "not Boolean"),
        (polars.DataFrame({"unprovoked": [True]}), "none of the keys 'ccode1', 'ccode2', 'year'"),
    ],
)
def test_bad_facts_are_one_line(facts: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        judged.judged(pair(), 1949, 1950, facts)


def test_the_keys_are_those_of_atops_own_file() -> None:
    if not (REFERENCE / "atop51_member.parquet").exists():
        pytest.skip("the reference data are not there")
    found = bonds.from_atop(atop.pairs(polars.read_parquet(REFERENCE / "atop51_member.parquet")), (1815, 2018))
    ours = judged.judged(found, 1815, 2018, dict.fromkeys(atop.CONDITIONS, True))
    theirs = polars.read_parquet(REFERENCE / "atop51_directed_dyad_year.parquet").select(ccode1="stateA", ccode2="stateB", year="year", theirs="defense")
    both = ours.with_columns(polars.col("ccode1", "ccode2", "year").cast(polars.Int64)).join(theirs, on=["ccode1", "ccode2", "year"], how="full", coalesce=True)
    assert ours.height == theirs.height == both.height == 273_296
    assert both.filter(polars.col("defense").cast(polars.Int64) != polars.col("theirs")).height == 214  # asymmetric treaties, as the reference says
    unknown = judged.judged(found, 1815, 2018)["defense"]
    assert unknown.is_null().sum() == 88_914  # under conditions about which nothing is known, neither owed nor not

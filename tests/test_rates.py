"""Rates that others have printed: alliance commitments honored in war, and wars between pairs of states."""

from pathlib import Path

import polars
import pytest

from foedus.errors import InputError
from foedus.panels.reliability import reliability
from foedus.panels.war_dyads import war_dyads, war_rates

REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "reference"


def reference(name: str) -> polars.DataFrame:
    path = REFERENCE / f"{name}.parquet"
    if not path.exists():
        pytest.skip("the reference data are not there")
    return polars.read_parquet(path)


PRINTED = {
    ("all", "all"): [(73, 146), (61, 92), (12, 54)],
    ("kind", "defense"): [(42, 102), (36, 59), (6, 43)],
    ("kind", "offense"): [(31, 42), (27, 35), (4, 7)],
    ("kind", "neutrality"): [(35, 45), (30, 40), (5, 5)],
    ("kind", "nonaggression"): [(18, 49), (13, 21), (5, 28)],
    ("kind", "consultation"): [(24, 61), (19, 31), (5, 30)],
}


def test_the_rates_are_those_printed_and_never_without_rule_and_number() -> None:
    rows = reliability("llm", reference("alliance_fulfilment_bf2018"))
    for (by, group), printed in PRINTED.items():
        assert [(row["honored"], row["n"]) for row in rows if (row["by"], row["group"]) == (by, group)] == printed
    parties = {(row["group"], row["period"]): (row["honored"], row["n"]) for row in rows if row["by"] == "parties"}
    assert parties["two parties", "1816-2003"] == (62, 104)
    assert parties["more than two", "1816-2003"] == (11, 42)
    assert all(row["rule"] == "llm" and row["says"] and row["n"] is not None and row["rate"] == row["honored"] / row["n"] for row in rows)


@pytest.mark.parametrize(("rule", "printed"), [("llm_lenient", [(80, 146), (64, 92), (16, 54)]), ("bf", [(69, 139)]), ("llm", [(73, 146), (61, 92), (12, 54)])])
def test_other_codings_give_the_rates_printed_for_them(rule: str, printed: list[tuple[int, int]]) -> None:
    rows = [row for row in reliability(rule, reference("alliance_fulfilment_bf2018")) if row["by"] == "all"]
    assert [(row["honored"], row["n"]) for row in rows][: len(printed)] == printed


def test_an_unknown_rule_is_one_line() -> None:
    with pytest.raises(InputError, match="no rule of counting 'lm'"):
        reliability("lm")


def test_wars_between_pairs_became_a_tenth_as_frequent() -> None:
    table = reference("cow_war_interstate40")
    first, second = war_rates(table)
    assert (first["onsets"], second["onsets"]) == (262, 104)
    assert round(second["times_first"], 3) == 0.097
    dyads = war_dyads(table)
    assert not dyads.select("war", "ccode1", "ccode2").is_duplicated().any()
    poland = dyads.filter((polars.col("war") == 139) & (polars.col("ccode1") == 255) & (polars.col("ccode2") == 290))["onset"]
    assert [str(day) for day in poland] == ["1939-09-01"]

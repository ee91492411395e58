"""Panels against what others made: ATOP's own files, and the outputs of the R peer, each difference counted and explained.

Skipped, saying so, where the reference copies are not there.
"""

import itertools
from pathlib import Path
from typing import Any

import polars
import pytest

import foedus
from foedus import datasets
from foedus.errors import InputError
from foedus.panels import KINDS, atop, spells, systems
from foedus.panels.adding import NMC

PEER = Path(__file__).parents[2] / "shared" / "data" / "peer"
PAIR = ["ccode1", "ccode2", "year"]
THEIRS = {"defense": "defense", "offense": "offense", "neutrality": "neutral", "nonaggression": "nonagg", "consultation": "consul"}


@pytest.fixture(autouse=True)
def _filled(store: Path) -> None:
    if not PEER.exists():
        pytest.skip(f"the peer's outputs are not at {PEER}")


@pytest.fixture(scope="module")
def frame(store: Path) -> polars.DataFrame:
    return systems.dyad_years(1816, 2025)


def peer(name: str) -> polars.DataFrame:
    return polars.read_parquet(PEER / f"{name}.parquet")


def differing(one: polars.Series, other: polars.Series) -> int:
    return int(one.cast(other.dtype).ne_missing(other).sum())


# ---- ATOP ---------------------------------------------------------------------------------------------------------------


def test_the_keys_of_atop_s_directed_dyad_years_come_out_with_none_missing_and_none_extra() -> None:
    theirs = datasets.read("atop", "directed_dyad_year").select(polars.col("stateA", "stateB", "year").cast(polars.Int16)).sort("stateA", "stateB", "year")
    ours = atop.directed_dyad_years().select(PAIR)
    assert ours.height == 273_296
    assert ours.rows() == theirs.rows()


def test_the_cells_that_differ_from_atop_s_are_the_asymmetric_treaties_and_the_czech_and_slovak_pacts() -> None:
    found = atop.differences()
    assert dict(found["column"].value_counts().rows()) == {"defense": 214, "offense": 34, "neutrality": 114, "nonaggression": 74, "number": 52}
    flags, number = found.filter(polars.col("column") != "number"), found.filter(polars.col("column") == "number")
    assert flags.filter((polars.col("ours") != 1) | (polars.col("theirs") != 0)).height == 0, "ours is what the obligor owes anyone in the treaty"
    members = datasets.read("atop", "member", ["atopid", "asymm", "obvary"])
    uneven = set(members.filter((polars.col("asymm") == 1) | (polars.col("obvary") == 1))["atopid"])
    even = [row["alliances"] for row in flags.to_dicts() if not uneven & set(row["alliances"])]
    assert even == [[1362]] * 12, "a treaty that lost its neutrality clause in the year 1888: ATOP counts the later phase of that year"
    assert (
        flags.filter((polars.col("column") == "defense") & (polars.col("alliances").list.first() == 2130) & (polars.col("alliances").list.len() == 1)).height
        == 112
    )
    assert set(itertools.chain(*number.select("ccode1", "ccode2").unique().rows())) >= {316, 317}
    assert number.filter(~polars.col("ccode1").is_in([316, 317]) & ~polars.col("ccode2").is_in([316, 317])).height == 0


def test_the_state_years_of_atop_are_equal() -> None:
    theirs = datasets.read("atop", "state_year").sort("state", "year")
    ours = atop.state_years()
    assert ours.select("ccode", "year").rows() == theirs.select("state", "year").rows()
    assert {kind: differing(ours[kind], theirs[column]) for kind, column in THEIRS.items()} == dict.fromkeys(KINDS, 0)
    assert differing(ours["number"], theirs["number"]) == 0


def test_the_days_of_a_year_never_owe_what_the_year_does_not() -> None:
    """A second road: the kinds of every spell that touches a year, against the year's own."""
    table = spells.dyad_spells(1816, 2018, "atop")
    yearly = atop.years_of(table.select("ccode1", "ccode2", "start", "until", *KINDS)).filter(polars.col("year") >= 1816)
    yearly = yearly.group_by(PAIR).agg(polars.col(*KINDS).any()).sort(PAIR)
    years = atop.directed_dyad_years().filter(polars.col("year") >= 1816).select(*PAIR, *KINDS)
    assert yearly.equals(years)


def test_atop_s_conditions_are_fact_words() -> None:
    from foedus import snapshot

    assert set(atop.CONDITIONS) <= set(snapshot.ids("fact"))
    table = foedus.on_day("1914-07-01", "atop")
    row = table.row(by_predicate=(polars.col("ccode1") == 255) & (polars.col("ccode2") == 300), named=True)
    assert "adversary_named" in row["facts"]
    assert "defense" in row["conditional"]


def test_entry_into_force_cuts_the_days_after_signature() -> None:
    """The Collective Security Treaty: signed 15 May 1992, in force 20 April 1994."""
    signed = spells.dyad_spells(1990, 1996, "atop").filter(polars.col("pacts").list.contains("atop:4220"))
    bound = spells.dyad_spells(1990, 1996, "atop", dating="in_force").filter(polars.col("pacts").list.contains("atop:4220"))
    assert str(signed["start"].min()) == "1992-05-15"
    assert str(bound["start"].min()) == "1994-04-20"


def test_days_and_codes_that_atop_does_not_have_are_refused() -> None:
    with pytest.raises(InputError, match="2019-01-01 is outside the coverage of ATOP"):
        spells.on_day("2019-01-01", "atop")
    with pytest.raises(InputError, match="ask for system='cow', not 'gw'"):
        spells.dyad_spells(2000, 2001, "atop", "gw")
    with pytest.raises(InputError, match="ATOP covers the years 1815 to 2018"):
        foedus.dyad_days(2018, 2019, "atop")


def test_uzbekistan_s_pairs_in_2018_rest_on_other_pacts() -> None:
    """It left the Collective Security Treaty in 2012: what ties it to Russia and Kazakhstan in 2018 is something else."""
    table = foedus.on_day("2018-06-01", "atop").filter((polars.col("ccode1") == 704) & polars.col("ccode2").is_in([365, 705]))
    assert table.height == 2
    assert not any("atop:4220" in pacts for pacts in table["pacts"].to_list())
    assert all(table["pacts"].to_list())


# ---- the R peer -------------------------------------------------------------------------------------------------------------


def test_rows_are_the_peer_s(frame: polars.DataFrame) -> None:
    assert frame.height == 2_252_760
    assert frame.equals(peer("dyad_years_cow_directed"))
    assert systems.dyad_years(1816, 2025, "gw").equals(peer("dyad_years_gw_directed").select("gwcode1", "gwcode2", "year"))
    assert systems.state_years(1816, 2025).equals(peer("state_years_cow").select("ccode", "year"))
    assert systems.state_years(1816, 2025, "gw").equals(peer("state_years_gw").select("gwcode", "year").sort("gwcode", "year"))


def test_days_are_the_peer_s() -> None:
    days = systems.state_days(1816, 2025)
    assert days.height == 6_417_161
    counted = days.group_by("ccode", year=polars.col("date").dt.year().cast(polars.Int16)).agg(
        days=polars.len().cast(polars.Int16), first=polars.col("date").min(), last=polars.col("date").max()
    )
    assert counted.sort("ccode", "year").equals(peer("state_days_cow_by_year"))


def test_obligations_are_the_peer_s_but_for_the_asymmetric_cells(frame: polars.DataFrame) -> None:
    """The peer joins ATOP's own dyad-years: 425 of the 436 cells lie inside the frame. What it loses without a word is said here."""
    theirs = peer("dyad_years_cow_directed_atop")
    with pytest.warns(foedus.panels.joining.JoinWarning, match="5,768 of 273,296 rows") as said:
        found = foedus.add_obligations(frame, "atop")
    lost = said[0].message.rows  # type: ignore[union-attr]
    before = atop.directed_dyad_years().filter(polars.col("year") < 1816).height
    assert (lost.height, lost.height + before) == (5_768, 5_894)
    assert differing(found["pacts"] > 0, theirs["atop_alliance"]) == 0
    cells = {kind: differing(found[kind], theirs[f"atop_{column}"]) for kind, column in THEIRS.items()}
    assert cells == {"defense": 213, "offense": 34, "neutrality": 104, "nonaggression": 74, "consultation": 0}
    known = atop.differences().filter(polars.col("column") != "number").with_columns(polars.col("ccode1", "ccode2", "year").cast(polars.Int16))
    assert known.join(frame, on=PAIR, how="semi").height == sum(cells.values())
    late = found.filter(polars.col("year") > 2018)
    assert late["defense"].null_count() == late.height
    assert set(late["obligations_missing"].cast(polars.String)) == {"outside coverage"}


def test_folded_obligations_are_the_peer_s(frame: polars.DataFrame) -> None:
    theirs = peer("dyad_years_cow_nondirected_atop")
    pairs = systems.dyad_years(1816, 2025, directed=False)
    assert pairs.equals(theirs.select(PAIR))
    one_way = foedus.add_obligations(pairs, "atop", unmatched="ignore")
    either = foedus.add_obligations(pairs, "atop", fold="either", unmatched="ignore")
    known = atop.differences().filter(polars.col("column") != "number")
    turned = known.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(known.columns)
    for kind, column in THEIRS.items():
        own, other = (rows.filter(polars.col("column") == kind).join(pairs, on=PAIR, how="semi").select(PAIR) for rows in (known, turned))
        assert differing(one_way[kind], theirs[f"atop_{column}_ndirF"]) == own.height
        unlike = pairs.filter(either[kind].cast(polars.Int8).ne_missing(theirs[f"atop_{column}"]))
        assert unlike.join(polars.concat([own, other]), on=PAIR, how="anti").height == 0, "only where a direction differs"


@pytest.mark.parametrize(("which", "column"), [("first", "conttype"), ("last", "conttype_last")])
def test_contiguity_is_the_peer_s(which: str, column: str, frame: polars.DataFrame) -> None:
    found = foedus.add_contiguity(frame, which, unmatched="ignore")
    theirs = peer("contiguity_dyad_years")
    assert differing(found["contiguity"], theirs[column]) == 0
    assert found["contiguity"].null_count() == theirs[column].null_count() > 0


def test_values_of_states_are_the_peer_s() -> None:
    table = foedus.add_majors(foedus.add_capabilities(foedus.add_contiguity(systems.state_years(1816, 2025), unmatched="ignore")))
    theirs = peer("nmc_state_years")
    assert {name: differing(table[name], theirs[name]) for name in NMC} == dict.fromkeys(NMC, 0)
    assert {name: differing(table[name], peer("contiguity_state_years")[name]) for name in ("land", "sea")} == {"land": 0, "sea": 0}
    within = table["year"] <= 2016
    majors = peer("state_years_cow").filter(within)
    assert differing(table.filter(within)["major"], majors["cowmaj"]) == 0
    assert table.filter(~within)["major"].null_count() == (~within).sum(), "the peer runs on by the clock; here the list has ended"


def test_politically_relevant_pairs_are_the_peer_s(frame: polars.DataFrame) -> None:
    found = foedus.filter_politically_relevant(frame)
    assert found.select(PAIR).equals(peer("prd_cow_directed").select(PAIR))
    pairs = foedus.filter_politically_relevant(systems.dyad_years(1816, 2025, directed=False))
    assert pairs.select(PAIR).equals(peer("prd_cow_nondirected").select(PAIR))


def test_disputes_are_the_peer_s_and_peace_is_counted_in_years() -> None:
    table = foedus.add_peace_years(foedus.add_disputes(systems.dyad_years(1816, 2010)))
    theirs = peer("dyad_years_cow_directed_gml_spell")
    assert table.select(PAIR).equals(theirs.select(PAIR))
    assert differing(table["dispute_onset"], theirs["gmlmidonset"]) == 0
    assert differing(table["dispute_ongoing"], theirs["gmlmidongoing"]) == 0
    beside = table.with_columns(theirs=theirs["gmlmidspell"], gap=(polars.col("year").diff().over("ccode1", "ccode2") > 1).fill_null(False))
    gaps = beside.filter("gap")
    assert (gaps.height, gaps.select("ccode1", "ccode2").n_unique()) == (2_830, 2_680)
    assert gaps.filter(polars.col("peace_years") == polars.col("theirs")).height == 0, "the peer counts rows, so every one of them differs"
    first = gaps.group_by("ccode1", "ccode2").agg(since=polars.col("year").min())
    other = beside.filter(polars.col("peace_years") != polars.col("theirs")).join(first, on=["ccode1", "ccode2"], how="left")
    assert other.filter(polars.col("since").is_null() | (polars.col("year") < polars.col("since"))).height == 0, "and only rows after a gap do"


# ---- other data sets ----------------------------------------------------------------------------------------------------------


def test_gml_dyad_years_are_their_file() -> None:
    theirs = datasets.read("gml-mid", "directed_dyad_year").group_by(PAIR).agg(polars.col("hostlev").max(), number=polars.col("dispnum").n_unique())
    found = foedus.add_disputes(theirs.select(PAIR))
    assert found["dispute_ongoing"].all()
    assert differing(found["hostility"], theirs["hostlev"]) == 0
    assert differing(found["disputes"], theirs["number"]) == 0


def test_war_dyads_became_rarer() -> None:
    """Onsets a pair-year in 1950–2000 over 1820–1949, by states on opposite sides that fought on a common day."""
    table = foedus.add_wars(systems.dyad_years(1820, 2000, directed=False), unmatched="ignore")

    def rate(first: int, last: int) -> Any:
        return table.filter(polars.col("year").is_between(first, last))["war_onset"].mean()

    assert rate(1950, 2000) / rate(1820, 1949) == pytest.approx(0.097, abs=0.002)


def test_shared_organisations_by_hand() -> None:
    found = foedus.add_igos(polars.DataFrame({"ccode1": [365, 365], "ccode2": [705, 2], "year": [2010, 2015]}), unmatched="ignore")
    table = datasets.read("cow-igo", "state_year")
    one, other = (table.row(by_predicate=(polars.col("ccode") == code) & (polars.col("year") == 2010), named=True) for code in (365, 705))
    names = [name for name in one if name not in ("ccode", "year", "state")]
    assert found["shared_igos"].to_list() == [sum(one[name] == 1 and other[name] == 1 for name in names), None]
    assert found["igos_missing"].to_list() == [None, "outside coverage"]


def test_a_user_s_column_named_tpop_stays_and_does_not_turn_capabilities_to_missing() -> None:
    table = polars.DataFrame({"ccode": [2], "year": [2000], "tpop": [1.0]})
    with pytest.raises(InputError, match="already has a column 'tpop'"):
        foedus.add_capabilities(table)
    found = foedus.add_capabilities(table, columns=("cinc",), unmatched="ignore")
    assert found["tpop"].to_list() == [1.0]
    assert found["cinc"].null_count() == 0


def test_every_frame_can_cite(frame: polars.DataFrame) -> None:
    table = foedus.add_majors(foedus.add_contiguity(foedus.add_obligations(frame.head(10), "atop", unmatched="ignore"), unmatched="ignore"), unmatched="ignore")
    lines = foedus.cite(table)
    assert [line.split(",")[0] for line in lines] == [
        "Alliance Treaty Obligations and Provisions",
        "Correlates of War Direct Contiguity",
        "Correlates of War Major Powers",
    ]
    assert foedus.cite(table.lazy()) == lines

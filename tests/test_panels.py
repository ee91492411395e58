"""Panels from the library's own book, and laws of spells and joins over made-up rows: no reference data is needed here."""

import datetime
import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus import snapshot
from foedus.cli import main
from foedus.conditions.plain import holds
from foedus.errors import InputError
from foedus.law import provisions
from foedus.panels import LIBRARY_KINDS, daily, joining, library, spells, systems
from foedus.panels.joining import Addition, JoinWarning, match

DAY = datetime.date(1990, 1, 1)


def day(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


# ---- spells ------------------------------------------------------------------------------------------------------------

ROWS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 30), st.one_of(st.none(), st.integers(1, 12)), st.integers(0, 4)), min_size=1, max_size=25
)


def frame(rows: list[tuple[int, int, int, int | None, int]]) -> polars.DataFrame:
    made = [(a, b, day(start), None if length is None else day(start + length), item) for a, b, start, length, item in rows if a != b]
    schema = {"ccode1": polars.Int16, "ccode2": polars.Int16, "start": polars.Date, "until": polars.Date, "item": polars.UInt32}
    return polars.DataFrame(made, schema=schema, orient="row")


def holding(rows: polars.DataFrame, a: int, b: int, on: datetime.date) -> frozenset[int]:
    return frozenset(item for x, y, start, until, item in rows.iter_rows() if (x, y) == (a, b) and start <= on and (until is None or on < until))


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_spells_hold_on_every_day_what_the_rows_hold_and_are_maximal(rows: list[tuple[int, int, int, int | None, int]]) -> None:
    table = frame(rows)
    found, members = spells.sweep(table, ("ccode1", "ccode2"))
    sets = {number: frozenset(part["item"]) for (number,), part in members.group_by("set")}
    for a, b in {(a, b) for a, b, *_ in table.iter_rows()}:
        own = [row for row in found.iter_rows() if row[:2] == (a, b)]
        for number in range(45):
            on = day(number)
            here = [sets[row[4]] for row in own if row[2] <= on and (row[3] is None or on < row[3])]
            assert here == ([holding(table, a, b, on)] if holding(table, a, b, on) else [])
        for one, other in itertools.pairwise(own):
            assert one[3] is not None
            assert one[3] <= other[2]
            assert one[3] < other[2] or sets[one[4]] != sets[other[4]], "two that touch differ"


def test_an_empty_book_has_no_spells() -> None:
    found, members = spells.sweep(frame([]), ("ccode1", "ccode2"))
    assert (found.height, members.height) == (0, 0)


@pytest.mark.parametrize("on", ["1955-05-14", "1968-09-13", "1994-04-20", "2009-06-01", "2022-01-05"])
def test_the_library_s_pairs_are_what_the_law_says_of_the_day(on: str) -> None:
    """Every pact, provision and party of a day, one by one, against the table made at once."""
    when = datetime.date.fromisoformat(on)
    duties = library.duties()
    named = {(row["pact"], row["article"], row["provision"]): row["duty"] for row in duties.to_dicts()}
    expected = set()
    for pact in snapshot.records("pact").values():
        states = sorted(party["state"] for party in pact["parties"])
        for row in provisions.on_day(pact, on, provisions.OBLIGATIONS):
            if (pact["id"], row["article"], row["id"]) in named:
                number = named[pact["id"], row["article"], row["id"]]
                expected |= {(number, obligor, state) for state in states for obligor in provisions.obligors(pact, row, state, on)}
    alive = {
        state
        for state, record in snapshot.records("state").items()
        if any(s["from"] <= on and (s["until"] is None or on < s["until"]) for s in record["spells"])
    }
    expected = {row for row in expected if row[1] in alive and row[2] in alive}
    table = library.pairs("iso3").filter((polars.col("start") <= when) & (polars.col("until").is_null() | (polars.col("until") > when)))
    assert set(table.select("duty", "state1", "state2").iter_rows()) == expected
    assert len(expected) > 100


def test_the_text_of_2010_opens_a_new_spell_of_the_collective_security_treaty() -> None:
    table = foedus.dyad_spells(2010, 2022)
    own = table.filter((polars.col("state1") == "RUS") & (polars.col("state2") == "KAZ"))
    before, after = (
        own.filter((polars.col("start") <= on) & (polars.col("until").is_null() | (polars.col("until") > on))).row(0, named=True)
        for on in (datetime.date(2012, 12, 18), datetime.date(2012, 12, 19))
    )
    assert "csto/4/aid-1992" in before["articles"]
    assert "csto/4/aid-2010" in after["articles"]
    assert after["start"] == datetime.date(2012, 12, 19)
    assert "defense" in after["conditional"]
    assert {"requested", "stability_endangered"} <= set(after["facts"])


def test_direction_is_kept() -> None:
    table = foedus.on_day("2015-06-01").filter(polars.col("defense"))
    owed = set(table.select("state1", "state2").iter_rows())
    assert {("FRA", "DJI"), ("FRA", "ARE")} <= owed
    assert not {("DJI", "FRA"), ("ARE", "FRA")} & owed


@pytest.mark.parametrize("system", ["iso3", "cow", "gw"])
def test_a_day_is_the_spells_that_hold_it(system: str) -> None:
    table = spells.dyad_spells(2000, 2000, system=system)
    on = datetime.date(2000, 6, 1)
    held = table.filter((polars.col("start") <= on) & (polars.col("until").is_null() | (polars.col("until") > on)))
    assert spells.on_day("2000-06-01", system=system).equals(held)
    assert table.filter((polars.col("until") <= datetime.date(2000, 1, 1)) | (polars.col("start") > datetime.date(2000, 12, 31))).height == 0


# ---- rows of states and pairs --------------------------------------------------------------------------------------------


def test_states_that_never_met_on_a_day_are_no_pair() -> None:
    table = systems.dyad_years(1990, 1990)
    pairs = set(table.select("ccode1", "ccode2").iter_rows())
    assert (255, 260) not in pairs, "the two Germanies' codes changed hands"
    assert (265, 260) in pairs
    assert systems.dyad_years(1990, 1990, directed=False).height * 2 == table.height


def test_days_add_up_to_years() -> None:
    days = systems.state_days(1989, 1991)
    assert days.select("ccode", year=polars.col("date").dt.year().cast(polars.Int16)).unique().sort("ccode", "year").equals(systems.state_years(1989, 1991))
    assert systems.state_days(1992, 1992).filter(polars.col("ccode") == 2).height == 366


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1990, 1989), "run backwards"),
        ((1700, 1990), "known from 1816"),
        ((1990.0, 1991), "is no year"),
        ((1990, 1991, "cwo"), "no system of codes 'cwo'. Did you mean 'cow'"),
    ],
)
def test_years_and_systems_that_are_not(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        foedus.dyad_years(*arguments)


# ---- joins -----------------------------------------------------------------------------------------------------------------

KEYS = st.lists(st.tuples(st.integers(-5, 400), st.integers(1800, 1830)), max_size=40)


@settings(max_examples=200, deadline=None)
@given(KEYS, KEYS)
def test_matching_is_a_left_join(rows: list[tuple[int, int]], table: list[tuple[int, int]]) -> None:
    table = list(dict.fromkeys(table))
    kinds = {"ccode": polars.Int16, "year": polars.Int16}
    one, other = polars.DataFrame(rows, schema=kinds, orient="row"), polars.DataFrame(table, schema=kinds, orient="row")
    places = {key: number for number, key in enumerate(table)}
    assert match(one.get_columns(), other.get_columns()).to_list() == [places.get(row) for row in rows]


def made_up(frame: Any, unmatched: str = "warn") -> Any:
    """Values for two states, covering 1990 to 1991; absent means 0 for `owed`, a missing value is in the source for `size`."""
    table = polars.DataFrame(
        {"ccode": [2, 2, 20, 999], "year": [1990, 1991, 1990, 1990], "size": [1.5, None, 2.5, 9.0]},
        schema_overrides={"ccode": polars.Int16, "year": polars.Int16},
    )
    owed = table.select("ccode", "year", owed=polars.lit(True))
    return joining.add(
        frame,
        [Addition("size", "made 1", "cow", table, (1990, 1991)), Addition("owed", "made 2", "cow", owed, (1990, 1991), {"owed": False})],
        unmatched,
    )


FRAME = {"ccode": [20, 2, 2, 20, 2], "year": [1990, 1990, 1991, 1991, 1992], "tpop": ["mine"] * 5}
EXPECTED = {
    "size": [2.5, 1.5, None, None, None],
    "size_missing": [None, None, "missing in the source", "no such state in the source", "outside coverage"],
    "owed": [True, True, True, False, None],
    "owed_missing": [None, None, None, None, "outside coverage"],
    "owed_source": ["made 2"] * 5,
}


def kinds_of_frame() -> dict[str, Any]:
    table = polars.DataFrame(FRAME, schema_overrides={"ccode": polars.Int64, "year": polars.Int32})
    return {
        "polars": lambda: table,
        "lazy polars": lambda: table.lazy(),
        "pandas": lambda: pytest.importorskip("pandas").DataFrame(FRAME, index=[7, 6, 5, 4, 3]),
        "pyarrow": lambda: pytest.importorskip("pyarrow").table(FRAME),
        "duckdb": lambda: pytest.importorskip("duckdb").from_arrow(table.to_arrow()),
    }


def rows_of(frame: Any) -> polars.DataFrame:
    import narwhals as nw

    wrapped = nw.from_native(frame)
    table = (wrapped.collect() if isinstance(wrapped, nw.LazyFrame) else wrapped).to_polars()
    return table.with_columns(polars.col(polars.Enum, polars.Categorical).cast(polars.String))


@pytest.mark.parametrize("kind", kinds_of_frame())
def test_every_kind_of_frame_comes_back_as_itself_with_the_same_cells(kind: str) -> None:
    given_frame = kinds_of_frame()[kind]()
    found = made_up(given_frame, "ignore")
    assert type(found) is type(given_frame)
    table, order = rows_of(found), polars.DataFrame(FRAME).with_row_index("order").select("order", "ccode", "year")
    table = order.join(table.with_columns(polars.col("ccode", "year").cast(polars.Int64)), on=["ccode", "year"], how="left", maintain_order="left")
    assert {name: table[name].to_list() for name in EXPECTED} == EXPECTED
    assert table["tpop"].to_list() == FRAME["tpop"], "a user's own column stays what it is"
    if kind == "pandas":
        assert list(found.index) == [7, 6, 5, 4, 3]


def test_rows_of_a_data_set_that_find_no_place_are_counted_and_handed_over() -> None:
    frame = polars.DataFrame(FRAME)
    with pytest.warns(
        JoinWarning,
        match=r"1 of 4 rows of made [12] \((size|owed)\) find no row in the frame: 1 no such row that year, 1990 to 1990, most of them of ccode 999 \(1\)",
    ) as said:
        made_up(frame)
    warning = said[0].message
    assert isinstance(warning, JoinWarning)
    assert warning.rows["ccode"].to_list() == [999]
    with pytest.raises(InputError, match="1 of 4 rows"):
        made_up(frame, "error")


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({"ccode1": [2], "gwcode2": [20], "year": [1990]}, "mixed systems of codes: the frame has 'ccode1' without its other side"),
        ({"ccode": [2], "state": ["USA"], "year": [1990]}, "mixed systems of codes: the frame has 'ccode' and 'state'"),
        ({"country": [2], "year": [1990]}, "the frame has no keys"),
        ({"ccode": [2], "year": ["1990"]}, "the column 'year' is String, not whole numbers"),
        ({"ccode": [None, 2], "year": [1990, 1990]}, "the column 'ccode' has missing values: 1 rows without a key"),
        ({"ccode": [2], "year": [1990], "owed": [1]}, "the frame already has a column 'owed'"),
    ],
)
def test_frames_without_good_keys_are_refused(frame: dict[str, list[Any]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        made_up(polars.DataFrame(frame))


def test_obligations_of_the_library_by_year_day_and_fold() -> None:
    pairs = polars.DataFrame({"state1": ["FRA", "DJI", "RUS"], "state2": ["DJI", "FRA", "KAZ"], "year": [2015, 2015, 2022]})
    found = foedus.add_obligations(pairs, unmatched="ignore")
    assert found["defense"].to_list() == [True, False, True]
    assert foedus.add_obligations(pairs, fold="either", unmatched="ignore")["defense"].to_list() == [True, True, True]
    assert foedus.add_obligations(pairs, fold="both", unmatched="ignore")["defense"].to_list() == [False, False, True]
    assert foedus.cite(found) == [f"Foedus, version {foedus.__version__}: its library of pacts and states. How to cite it: foedus cite library"]
    days = polars.DataFrame({"state1": ["RUS", "RUS"], "state2": ["KAZ", "KAZ"], "date": [datetime.date(1994, 4, 19), datetime.date(1994, 4, 20)]})
    assert foedus.add_obligations(days)["defense"].to_list() == [False, True]
    assert foedus.add_obligations(days.lazy()).sort("date").collect()["defense"].to_list() == [False, True]


def test_codes_of_another_system_are_walked_across() -> None:
    gw = polars.DataFrame({"gwcode1": [365, 365], "gwcode2": [705, 260], "year": [2010, 2010]})
    cow = polars.DataFrame({"ccode1": [365, 365], "ccode2": [705, 255], "year": [2010, 2010]})
    kinds = list(LIBRARY_KINDS)
    assert foedus.add_obligations(gw, unmatched="ignore").select(kinds).equals(foedus.add_obligations(cow, unmatched="ignore").select(kinds))
    walk = joining.crosswalk("cow", "gw", 1989, 1991)
    assert walk.filter(polars.col("gwcode") == 260).select("year", "ccode").rows() == [(1989, 260), (1990, 255), (1991, 255)]


EVENTS = {"sender": ["RUS", "RUS", "FRA"], "receiver": ["KAZ", "KAZ", "DJI"], "day": [datetime.date(1994, 4, 19), datetime.date(1994, 4, 20), None]}


@pytest.mark.parametrize("kind", ["lazy polars", "duckdb"])
def test_events_that_an_engine_holds_keep_their_rows(kind: str) -> None:
    table = polars.DataFrame(EVENTS)
    given_frame = table.lazy() if kind == "lazy polars" else pytest.importorskip("duckdb").from_arrow(table.to_arrow())
    found = rows_of(foedus.add_obligations(given_frame, on="day", states=("sender", "receiver"))).sort("day", nulls_last=True)
    assert found["defense"].to_list() == [False, True, None]
    assert found["obligations_missing"].to_list() == [None, None, "missing in the source"]
    whole = table.head(2)
    here = rows_of(foedus.add_obligations(whole, on="day", states=("sender", "receiver")))
    assert here.equals(found.head(2).select(here.columns))


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {"on": "dya", "states": ("sender", "receiver")}, r"no column 'dya'. Did you mean 'day'"),
        ({}, {"on": "day", "states": ("sendr", "receiver")}, r"no column 'sendr'. Did you mean 'sender'"),
        ({}, {"on": "sender", "states": ("sender", "receiver")}, "the column 'sender' is String, not days"),
        ({"receiver": [705, 705, 522]}, {"on": "day", "states": ("sender", "receiver")}, "mixed systems of codes: 'sender' is String and 'receiver' is Int64"),
        ({}, {"on": "day"}, "the frame has no keys"),
        ({}, {"on": "day", "states": ("sender", "receiver")}, "the column 'day' has missing values: 1 rows without a key"),
        ({"defense": [1, 2, 3]}, {"on": "day", "states": ("sender", "receiver")}, "the frame already has a column 'defense'"),
        ({}, {"on": "day", "states": ("sender", "receiver"), "source": "atop"}, "ATOP names states in Correlates of War codes"),
    ],
)
def test_events_without_good_columns_are_refused(change: dict[str, Any], options: dict[str, Any], message: str, request: pytest.FixtureRequest) -> None:
    if options.get("source") == "atop":
        request.getfixturevalue("store")
    with pytest.raises(InputError, match=message):
        foedus.add_obligations(polars.DataFrame(EVENTS | change), **options)


# ---- peace years -------------------------------------------------------------------------------------------------------------


def counted(rows: list[tuple[int, bool | None]]) -> list[int | None]:
    """By the definition: years since the year after the last event, or since the first row; None after an unknown year."""
    found: list[int | None] = []
    for place, (year, _) in enumerate(rows):
        anchor, open_ = rows[0][0], False
        for before, event in rows[:place]:
            if event is None:
                open_ = True
            elif event:
                anchor, open_ = before + 1, False
        found.append(None if open_ else year - anchor)
    return found


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1900, 1930), st.sampled_from([False, False, False, True, None]), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_peace_years_are_years_and_not_rows(events: dict[int, bool | None], draw: Any) -> None:
    rows = sorted(events.items())
    table = polars.DataFrame([(2, 20, year, event) for year, event in rows] + [(2, 31, year, False) for year, _ in rows],
                             schema={"ccode1": polars.Int16, "ccode2": polars.Int16, "year": polars.Int16, "event": polars.Boolean}, orient="row")  # fmt: skip
    shuffled = table.sample(fraction=1, shuffle=True, seed=draw.randrange(1000))
    for given_frame in (table, shuffled, table.lazy()):
        found = rows_of(foedus.add_peace_years(given_frame, "event")).sort("ccode2", "year")
        assert found["peace_years"].to_list()[: len(rows)] == counted(rows)


def test_two_rows_of_one_year_are_refused() -> None:
    table = polars.DataFrame({"ccode": [2, 2], "year": [1990, 1990], "event": [False, True]})
    with pytest.raises(InputError, match="two rows of one state and year"):
        foedus.add_peace_years(table, "event")
    with pytest.raises(InputError, match=r"no column of events 'evnt'. Did you mean 'event'"):
        foedus.add_peace_years(table, "evnt")


# ---- judging -----------------------------------------------------------------------------------------------------------------


def test_history_is_judged_as_a_case_is() -> None:
    """Each pair-year's verdict against the plain evaluator, over every provision that touches the year."""
    states = systems.state_years(2008, 2013, "iso3")
    facts = states.with_columns(
        armed_attack=True, by_state=polars.col("year") < 2011, requested=polars.lit(None, polars.Boolean), stability_endangered=polars.col("state") != "ARM"
    )
    found = foedus.judged_dyad_years(facts, 2008, 2013)
    account = {(row["state"], row["year"]): row for row in facts.to_dicts()}
    duties = {row["duty"]: row for row in library.duties().to_dicts()}
    pairs = library.pairs("iso3").filter(polars.col("state1").is_in(["RUS", "USA"]) & polars.col("state2").is_in(["ARM", "KAZ", "JPN", "CAN"]))
    wanted: dict[tuple[str, str, int], dict[str, int]] = {}
    for row in pairs.to_dicts():
        last = row["until"] - datetime.timedelta(1) if row["until"] else datetime.date(2013, 12, 31)
        for year in range(max(row["start"].year, 2008), min(last.year, 2013) + 1):
            duty = duties[row["duty"]]
            value = True if duty["when"] is None else holds(json.loads(duty["when"]), account.get((row["state2"], year), {}))
            kinds = wanted.setdefault((row["state1"], row["state2"], year), dict.fromkeys(LIBRARY_KINDS, 0))
            kinds[duty["kind"]] = max(kinds[duty["kind"]], {True: 2, None: 1, False: 0}[value])
    verdicts = {tuple(row[:3]): row[3:] for row in found.iter_rows()}
    assert len(wanted) > 20
    for key, kinds in wanted.items():
        assert verdicts[key] == tuple({2: True, 1: None, 0: False}[value] for value in kinds.values()), key
    assert verdicts["RUS", "ARM", 2012][0] is not None or verdicts["RUS", "ARM", 2013][0] is not False


def test_facts_that_are_not_boolean_are_refused() -> None:
    states = systems.state_years(2008, 2009, "iso3").with_columns(armed_attack=1)
    with pytest.raises(InputError, match="the fact 'armed_attack' is a column of Int32"):
        foedus.judged_dyad_years(states, 2008, 2009)


# ---- days --------------------------------------------------------------------------------------------------------------------


def test_days_are_the_spells_unrolled() -> None:
    table = foedus.dyad_days(1991, 1992).collect()
    assert table.height == table.select("state1", "state2", "date").unique().height
    for on in ("1991-12-26", "1992-05-15"):
        here = table.filter((polars.col("date") == datetime.date.fromisoformat(on)) & polars.any_horizontal(LIBRARY_KINDS))
        assert here.drop("date").sort("state1", "state2").equals(foedus.on_day(on).select("state1", "state2", *LIBRARY_KINDS).sort("state1", "state2"))
    assert foedus.dyad_days(1991, 1992).filter(polars.col("date") == datetime.date(1991, 1, 1)).select("date").collect().height == table.filter(
        polars.col("date") == datetime.date(1991, 1, 1)
    ).height  # fmt: skip
    assert foedus.dyad_days(1991, 1992).head(10).collect().height == 10


def test_days_written_are_the_days_made(tmp_path: Path) -> None:
    rows = foedus.write_dyad_days(tmp_path / "days", 1991, 1992, system="cow")
    table = polars.read_parquet(tmp_path / "days" / "*.parquet")
    assert rows == table.height
    assert table.equals(foedus.dyad_days(1991, 1992, system="cow").collect())
    assert sorted(path.name for path in (tmp_path / "days").iterdir()) == ["1991.parquet", "1992.parquet"]


def test_days_at_a_byte_are_the_same_days() -> None:
    pytest.importorskip("numpy")
    held, places = daily.day_bytes(1991, 1992, system="cow")
    table = foedus.dyad_days(1991, 1992, system="cow").collect()
    assert len(held) == table.height
    first = places.row(by_predicate=(polars.col("ccode1") == 2) & (polars.col("ccode2") == 740), named=True)
    own = table.filter((polars.col("ccode1") == 2) & (polars.col("ccode2") == 740)).sort("date")
    stretch = held[first["place"] : first["place"] + own.height]
    assert [bool(value & 1) for value in stretch] == own["defense"].to_list()


# ---- the shell ---------------------------------------------------------------------------------------------------------------


def test_the_shell_makes_panels(tmp_path: Path) -> None:
    run = CliRunner()
    done = run.invoke(
        main, ["panel", "dyad-years", "--from", "2000", "--to", "2001", "--system", "iso3", "--add", "obligations", "-o", str(tmp_path / "x.parquet")]
    )
    assert done.exit_code == 0, done.output
    table = polars.read_parquet(tmp_path / "x.parquet")
    assert table.height == systems.dyad_years(2000, 2001, "iso3").height
    assert table.columns[:4] == ["state1", "state2", "year", "defense"]
    spelled = run.invoke(main, ["panel", "dyad-spells", "--from", "2012", "--to", "2013"]).stdout
    assert "csto/4/aid-2010" in spelled
    states = run.invoke(main, ["panel", "state-years", "--from", "2000", "--to", "2000"]).stdout
    assert states.startswith("ccode,year\n2,2000\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dyad-years", "--from", "2001", "--to", "2000"], "foedus: the years run backwards"),
        (["dyad-years", "--from", "2000", "--to", "2000", "--add", "contigity"], "foedus: no addition 'contigity'. Did you mean 'contiguity'"),
        (["dyad-years", "--from", "2000", "--to", "2000", "-o", "x.xlsx"], "foedus: x.xlsx: '.xlsx' is no ending a panel is written to"),
        (["dyad-spells", "--from", "2000", "--to", "2000", "--source", "atpo"], "foedus: no source of obligations 'atpo'. Did you mean 'atop'"),
    ],
)
def test_the_shell_refuses_in_one_line(arguments: list[str], message: str) -> None:
    done = CliRunner().invoke(main, ["panel", *arguments])
    assert done.exit_code == 2
    assert message in done.output
    assert done.output.count("\n") == 1


def test_importing_foedus_imports_no_panel() -> None:
    code = "import sys, foedus; foedus.__all__; print([name for name in sys.modules if name in ('polars', 'narwhals', 'foedus.panels', 'foedus.datasets')])"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == "[]"

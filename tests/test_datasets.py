"""Cards, the store, and what a copy that is not the card's data set is told: one line that names column and card, and nothing half-loaded."""

import io
import json
import re
import zipfile
from pathlib import Path

import polars
import pytest
from click.testing import CliRunner

from foedus import datasets
from foedus.cli import main
from foedus.errors import InputError

RIVALRIES = {"tssr_id": [1, 2], "rivalry": ["A-B", "C-D"], "ccode1": [2, 20], "ccode2": [200, 220], "start": [1900, 1910], "end": [1910, 2020],
             "positional": [1, None], "spatial": [None, 1], "ideological": [None, None], "interventionary": [None, None]}  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with nothing in it."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "store"))
    return tmp_path


def nmc(rows: int = 17121) -> polars.DataFrame:
    """A table in the layout of the capabilities data, made up: one state code a row of years."""
    years = [1816 + row % 200 for row in range(rows)]
    base = {"ccode": [2 + row // 200 for row in range(rows)], "year": years}
    return polars.DataFrame(base | {name: [5] * rows for name in ("milex", "milper", "irst", "pec", "tpop", "upop")} | {"cinc": [0.25] * rows})


@pytest.mark.parametrize("name", datasets.names())
def test_every_card_says_what_where_and_how_to_cite(name: str) -> None:
    card = datasets.card(name)
    assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", card["span"]["from"])
    assert card["span"]["from"] < card["span"]["until"]
    assert card["version"] in datasets.cite(name)
    assert card["terms"] in datasets.cite(name)
    for table in card["tables"].values():
        assert set(table["key"]) <= set(table["columns"])
        assert table["about"]


def test_every_card_takes_the_reference_copy(store: Path) -> None:
    assert [row["id"] for row in datasets.listed() if not row["added"]] == []


def test_codes_for_missing_become_nulls_with_a_reason(store: Path) -> None:
    wars = datasets.read("cow-wars-extrastate", "participant", reasons=True)
    assert wars["EndDay1"].min() > 0
    assert set(wars["EndDay1_missing"].drop_nulls().unique()) == {"missing", "ongoing"}
    assert wars.filter(polars.col("EndDay1").is_null())["EndDay1_missing"].null_count() == 0
    assert "EndDay1_missing" not in datasets.read("cow-wars-extrastate", "participant").columns
    crises = datasets.read("icb", "actor")
    assert crises["powdis"].min() == -179, "a real score, not a code"


def test_namibia_is_not_missing(store: Path) -> None:
    assert "NA" in datasets.read("un-votes", "votes", ["country_code"])["country_code"].unique()


def test_csv_zip_and_parquet_are_the_same_table(empty: Path) -> None:
    table = nmc().with_columns(milex=polars.when(polars.col("year") == 1816).then(-9).otherwise("milex"))
    table.write_csv(empty / "NMC.csv")
    table.write_parquet(empty / "nmc.parquet")
    with zipfile.ZipFile(empty / "official.zip", "w") as archive:
        archive.writestr("NMC/readme.txt", "not a table")
        archive.writestr("NMC/NMC_v7.csv", (empty / "NMC.csv").read_bytes())
    found = []
    for name in ("NMC.csv", "nmc.parquet", "official.zip"):
        datasets.add("cow-nmc", empty / name)
        found.append(datasets.read("cow-nmc", "state_year", reasons=True))
    assert found[0].equals(found[1])
    assert found[0].equals(found[2])
    assert found[0].filter(polars.col("year") == 1816)["milex"].null_count() == found[0]["milex"].null_count() > 0
    assert len(list((empty / "store").iterdir())) == 2, "one pointer and one folder: the older copies are gone"


def test_a_stata_file_is_read(empty: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="the extra 'pandas' is not installed")
    content = io.BytesIO()
    pandas.DataFrame(nmc().to_dict(as_series=False)).to_stata(content, write_index=False)
    (empty / "nmc.dta").write_bytes(content.getvalue())
    assert datasets.add("cow-nmc", empty / "nmc.dta")["tables"] == {"state_year": 17121}


def test_the_master_record_of_contiguity_is_another_layout_of_the_same(empty: Path) -> None:
    from foedus.panels.adding import contiguity_years

    rows = {"statelno": [2], "statehno": [20], "conttype": [1], "begin": [192001], "end": [192112], "notes": [""], "version": [3.2]}
    polars.DataFrame(rows).write_csv(empty / "contdir.csv")
    datasets.add("cow-contiguity", empty / "contdir.csv")
    found = contiguity_years().sort("ccode1", "year").select("ccode1", "ccode2", "year", "contiguity").rows()
    assert found == [(2, 20, 1920, 1), (2, 20, 1921, 1), (20, 2, 1920, 1), (20, 2, 1921, 1)]


BAD = {
    "another release": (nmc(17120), r"17,120 rows, and .* 7.0 has 17,121 \(card 'cow-nmc'\)"),
    "no such column": (nmc().drop("cinc"), r"no column 'cinc': not the table 'state_year' .*\(card 'cow-nmc'\)"),
    "a renamed column": (nmc().rename({"milper": "milpers"}), r"no column 'milper'.*Is 'milpers' what it is called there\?"),
    "a key twice": (nmc().with_columns(year=polars.when(polars.col("year") == 1817).then(1816).otherwise("year")), r"the key ccode 2, year 1816 stands twice \(card 'cow-nmc'\)"),
    "no number": (nmc().with_columns(tpop=polars.lit("many")), r"the column 'tpop' holds 'many', which is no number \(card 'cow-nmc'\)"),
    "years outside": (nmc().with_columns(year=polars.col("year") + 1000), r"the column 'year' runs from 2816 to 3015, outside 1816 to 2023 \(card 'cow-nmc'\)"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_copies_are_told_column_and_card_and_nothing_is_loaded(case: str, empty: Path) -> None:
    nmc().write_csv(empty / "good.csv")
    datasets.add("cow-nmc", empty / "good.csv")
    before = datasets.read("cow-nmc", "state_year")
    table, message = BAD[case]
    table.write_csv(empty / "bad.csv")
    with pytest.raises(InputError, match=message):
        datasets.add("cow-nmc", empty / "bad.csv")
    assert datasets.read("cow-nmc", "state_year").equals(before)
    assert len(list((empty / "store").iterdir())) == 2


def test_another_version_is_refused(store: Path, tmp_path: Path) -> None:
    datasets.read("atop", "member").with_columns(version=polars.lit(5.0)).write_parquet(tmp_path / "atop50.parquet")
    with pytest.raises(InputError, match=r"the column 'version' says 5, not 5.1 \(card 'atop'\)"):
        datasets.add("atop", tmp_path / "atop50.parquet")


def test_a_file_of_no_known_kind_and_a_broken_one(empty: Path) -> None:
    for name, content, message in (
        ("x.xlsx", b"", "no kind of file"),
        ("x.zip", b"PK", "not a zip archive"),
        ("x.parquet", b"no", "cannot be read as parquet"),
    ):
        (empty / name).write_bytes(content)
        with pytest.raises(InputError, match=message):
            datasets.add("rivalries", empty / name)
    assert not (empty / "store").exists()


def test_what_is_not_in_the_store_says_how_to_get_it(empty: Path) -> None:
    with pytest.raises(InputError, match=r"Get version 5.1 from https://www.atopdata.org and run: foedus data add atop PATH"):
        datasets.read("atop", "member")
    with pytest.raises(InputError, match="Did you mean 'atop'"):
        datasets.card("atpo")
    with pytest.raises(InputError, match="Did you mean 'member'"):
        datasets.read("atop", "members")


def test_the_shell_adds_lists_and_cites(empty: Path) -> None:
    polars.DataFrame(RIVALRIES).write_csv(empty / "small.csv")
    run = CliRunner()
    refused = run.invoke(main, ["data", "add", "rivalries", str(empty / "small.csv")])
    assert refused.exit_code == 2
    assert "2 rows, and Strategic rivalries 2021 has 264" in refused.output
    nmc().write_csv(empty / "nmc.csv")
    added = json.loads(run.invoke(main, ["data", "add", "cow-nmc", str(empty / "nmc.csv"), "--json"]).stdout)
    assert (added["id"], added["tables"]) == ("cow-nmc", {"state_year": 17121})
    rows = {row["id"]: row for row in json.loads(run.invoke(main, ["data", "list", "--json"]).stdout)}
    assert rows["cow-nmc"]["added"]
    assert not rows["atop"]["added"]
    assert added["cite"] == run.invoke(main, ["data", "cite", "cow-nmc"]).stdout.strip()

"""The exported book: a valid data package, the same rows from every format, whole or not there."""

import datetime
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import polars
import pytest

from foedus import snapshot
from foedus.books import exporting, tables
from foedus.errors import InputError
from foedus.spells import spells_of_life

Json = dict[str, Any]
TYPES = {"string", "date", "array", "object", "boolean", "integer"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exporting.export(tmp_path_factory.mktemp("export") / "book")


@pytest.fixture(scope="module")
def package(book: Path) -> Json:
    found: Json = json.loads((book / "datapackage.json").read_text(encoding="utf-8"))
    return found


# ---- round trip -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", exporting.FORMATS)
def test_every_format_gives_the_same_rows_back(book: Path, form: str) -> None:
    found = exporting.load(book, form)
    assert list(found) == list(tables.TABLES)
    for name, table in found.items():
        wanted = exporting.frame(name)
        assert table.schema == wanted.schema, name
        assert table.equals(wanted), name


def test_days_are_dates_and_what_is_missing_is_null(book: Path) -> None:
    found = exporting.load(book, "csv")
    assert found["parties"]["on"].dtype == polars.Date
    assert found["state_spells"].filter(polars.col("until").is_null()).height > 0
    for name, table in found.items():
        for column in tables.TABLES[name].columns:
            values = table[column.name]
            assert column.missing or values.null_count() == 0, f"{name}.{column.name} is empty and does not say what that means"
            assert values.dtype != polars.String or "" not in set(values), f"{name}.{column.name}"


def test_a_provision_has_a_row_for_each_of_its_spells_and_a_party_for_each_step(book: Path) -> None:
    found = exporting.load(book)
    nato = snapshot.record("pact", "nato")
    steps = [event for party in nato["parties"] for event in party["events"]]
    assert found["parties"].filter(polars.col("pact") == "nato").height == len(steps)
    spells = [spell for article in nato["articles"] for row in article["provisions"] for spell in row["in_force"]]
    assert found["provisions"].filter(polars.col("pact") == "nato").height == len(spells)
    lives = [spell for party in nato["parties"] for spell in spells_of_life(event for event in party["events"] if event["instrument"] == "treaty")]
    bound = found["party_spells"].filter((polars.col("pact") == "nato") & polars.col("from").is_not_null())
    assert bound.height == len(lives)
    assert min(bound["from"]) == datetime.date(1949, 8, 24)


def test_an_unknown_consent_is_null_and_not_false(book: Path) -> None:
    consents = exporting.load(book, "sqlite")["consents"]
    unknown = [
        f"{pact}/{row['id']}/{item['state']}"
        for pact, record in snapshot.records("pact").items()
        for row in record["invocations"]
        if row["decision"]
        for item in row["decision"]["consents"]
        if item["value"] == "unknown"
    ]
    assert unknown
    assert set(consents.filter(polars.col("value").is_null())["id"]) == set(unknown)


def test_a_condition_is_an_object_that_reads_back(book: Path) -> None:
    conditions = [json.loads(text) for text in exporting.load(book)["provisions"]["when"].drop_nulls()]
    assert conditions
    assert all(isinstance(condition, dict) for condition in conditions)


# ---- keys -----------------------------------------------------------------------------------------------------------


def test_keys_tell_rows_apart_and_lead_somewhere(book: Path) -> None:
    with sqlite3.connect(book / exporting.SQLITE) as store:
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    store.close()
    found = exporting.load(book)
    for name, table in tables.TABLES.items():
        assert not found[name].select(table.key).is_duplicated().any(), name


def test_a_citation_names_a_row_of_its_table(book: Path) -> None:
    found = exporting.load(book)
    for name in found["citations"]["table"].unique():
        rows = set(found["citations"].filter(polars.col("table") == name)["row"])
        assert rows <= set(found[name]["id"]), name
    cited = {name for name, table in tables.TABLES.items() if any(row.get("sources") for row in table.rows())} - {"party_spells"}
    assert set(found["citations"]["table"]) == cited


# ---- the data package -----------------------------------------------------------------------------------------------


def test_the_package_is_a_valid_data_package_of_version_two(package: Json) -> None:
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == exporting.NAME
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))
    assert {resource["name"] for resource in package["resources"] if resource.get("type") == "table"} == set(tables.TABLES)
    for resource in package["resources"]:
        assert resource["mediatype"]
        assert not Path(resource["path"]).is_absolute()
        assert ".." not in resource["path"]


def test_every_file_of_the_folder_is_a_resource_or_describes_one(book: Path, package: Json) -> None:
    described = {"datapackage.json", *(resource["schema"] for resource in package["resources"] if "schema" in resource)}
    files = {path.relative_to(book).as_posix() for path in book.rglob("*") if path.is_file()}
    assert files == described | {resource["path"] for resource in package["resources"]}


def test_sizes_and_digests_are_those_of_the_files(book: Path, package: Json) -> None:
    for resource in package["resources"]:
        content = (book / resource["path"]).read_bytes()
        assert resource.get("bytes", len(content)) == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_table_has_a_valid_table_schema(book: Path, package: Json) -> None:
    names = {resource["name"] for resource in package["resources"]}
    for resource in (row for row in package["resources"] if row.get("type") == "table"):
        schema = json.loads((book / resource["schema"]).read_text(encoding="utf-8"))
        assert schema["$schema"] == "https://datapackage.org/profiles/2.0/tableschema.json"
        fields = {field["name"]: field for field in schema["fields"]}
        assert len(fields) == len(schema["fields"])
        assert set(schema["primaryKey"]) <= set(fields)
        for field in fields.values():
            assert field["type"] in TYPES
            assert field["description"]
            required = field.get("constraints", {}).get("required", False)
            assert required != bool(field.get("missingValues"))
            for missing in field.get("missingValues", []):
                assert missing["value"] == ""
                assert missing["label"].split(":")[0] in tables.MISSING
        for key in schema.get("foreignKeys", []):
            assert key["reference"]["resource"] in names
            assert set(key["fields"]) <= set(fields)


def test_the_header_of_a_csv_file_is_its_schema(book: Path, package: Json) -> None:
    for resource in package["resources"]:
        if resource.get("type") == "table":
            schema = json.loads((book / resource["schema"]).read_text(encoding="utf-8"))
            with (book / resource["path"]).open(encoding="utf-8") as file:
                assert file.readline().strip() == ",".join(field["name"] for field in schema["fields"])


def test_prov_says_what_each_row_was_derived_from(book: Path) -> None:
    prov = json.loads((book / "prov.json").read_text(encoding="utf-8"))
    citations = exporting.load(book)["citations"]
    assert len(prov["wasDerivedFrom"]) == citations.height
    agents = {row["prov:agent"] for row in prov["wasAttributedTo"].values()}
    assert agents <= set(prov["agent"])
    for row in prov["wasDerivedFrom"].values():
        assert row["prov:generatedEntity"] in prov["entity"]
        assert row["prov:usedEntity"] in prov["entity"]
    assert {row["prov:entity"] for row in prov["wasAttributedTo"].values()} == set(prov["entity"])
    assert {name.split(":")[0] for name in [*prov["entity"], *prov["agent"]]} <= set(prov["prefix"])


# ---- writing --------------------------------------------------------------------------------------------------------


def test_the_same_library_gives_the_same_files(book: Path, tmp_path: Path) -> None:
    again = exporting.export(tmp_path / "again")
    for path in sorted(book.rglob("*")):
        if path.is_file() and path.suffix in (".csv", ".json") and path.name != "datapackage.json":
            assert path.read_bytes() == (again / path.relative_to(book)).read_bytes(), path.name


def test_an_earlier_export_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    target = tmp_path / "book"
    exporting.export(target)
    (target / "csv" / "pacts.csv").write_text("stale", encoding="utf-8")
    exporting.export(target)
    assert (target / "csv" / "pacts.csv").read_text(encoding="utf-8").startswith("id,")
    (target / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(InputError, match=r"the folder holds 'mine.txt', which is not of an earlier export"):
        exporting.export(target)
    assert (target / "mine.txt").read_text(encoding="utf-8") == "keep"
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_an_empty_folder_is_filled_and_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert (exporting.export(tmp_path / "empty") / "datapackage.json").exists()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"this is a file; an export goes to a folder"):
        exporting.export(tmp_path / "file")


def test_an_export_that_is_broken_off_leaves_the_old_one(tmp_path: Path) -> None:
    target = exporting.export(tmp_path / "book")
    before = (target / "datapackage.json").read_bytes()

    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exporting.export(target, stop)
    with pytest.raises(KeyboardInterrupt):
        exporting.export(tmp_path / "new", stop)
    assert [path.name for path in tmp_path.iterdir()] == ["book"]
    assert (target / "datapackage.json").read_bytes() == before


def test_progress_reaches_its_total(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    exporting.export(tmp_path / "book", lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == list(range(1, len(tables.TABLES) + 2))
    assert {total for _, total in seen} == {len(tables.TABLES) + 1}


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"this folder is no export of the pact book"):
        exporting.load(tmp_path)
    with pytest.raises(InputError, match=r"no format 'cvs'. Did you mean 'csv'?"):
        exporting.load(tmp_path, "cvs")
    target = exporting.export(tmp_path / "book")
    (target / "parquet" / "pacts.parquet").unlink()
    with pytest.raises(InputError, match=r"the export is not whole"):
        exporting.load(target)

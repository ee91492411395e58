"""The whole book in a folder: CSV, Parquet and one SQLite file under a Frictionless Data Package, with the descent of each fact as W3C PROV."""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import foedus
from foedus.books.tables import MISSING, TABLES, Column, rows
from foedus.errors import InputError, unknown

if TYPE_CHECKING:
    import polars

NAME = "foedus-pact-book"
PROFILE = "https://datapackage.org/profiles/2.0/"
SQLITE = "foedus.sqlite"
FORMATS = ("csv", "parquet", "sqlite")
PROV = "prov.json"
MEDIA = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet", ".sqlite": "application/vnd.sqlite3", ".json": "application/json"}
LICENCE = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
SQL = {"string": "TEXT", "date": "DATE", "array": "JSON", "object": "JSON", "boolean": "BOOLEAN", "integer": "INTEGER"}
Progress = Callable[[int, int], None]


def export(directory: str | Path, progress: Progress | None = None) -> Path:
    """Write the whole book to `directory`, whole or not at all. The same library gives the same rows and the same CSV, byte for byte.

    Errors: InputError where the folder holds anything but an earlier export, or cannot be written.
    """
    target = Path(directory)
    _may_replace(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(target)) from None
    try:
        _write(draft, progress)
        draft.chmod(0o755)
        _put(draft, target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return target


def load(directory: str | Path, form: str = "parquet") -> "dict[str, polars.DataFrame]":
    """The tables of an export, read from its CSV, Parquet or SQLite files: the same rows and types from each.

    Days are dates; lists and conditions are JSON text; what is missing is null.
    Errors: InputError for a folder that is no export, or a table that is missing from it.
    """
    if form not in FORMATS:
        raise unknown("format", form, FORMATS)
    folder = Path(directory)
    if _listed(folder) is None:
        raise InputError("this folder is no export of the pact book", str(folder))
    try:
        return {name: _read(folder, name, form) for name in TABLES}
    except (OSError, sqlite3.Error) as error:
        raise InputError(f"the export is not whole: {error}", str(folder)) from None


# ---- the folder -----------------------------------------------------------------------------------------------------


def _may_replace(target: Path) -> None:
    """Refuse a folder with anything in it that an export did not write."""
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError("this is a file; an export goes to a folder", str(target))
    found = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    stray = sorted(found - (_listed(target) or set()))
    if stray:
        raise InputError(f"the folder holds '{stray[0]}', which is not of an earlier export. Name a new folder", str(target))


def _listed(folder: Path) -> set[str] | None:
    """The files of the export in a folder, None where there is none."""
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        if package["name"] != NAME:
            return None
        schemas = {resource["schema"] for resource in package["resources"] if "schema" in resource}
        return {"datapackage.json", *schemas, *(resource["path"] for resource in package["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _put(draft: Path, target: Path) -> None:
    """Move the finished draft to its place. An earlier export stands until then, and comes back where the move fails."""
    old = draft.with_name(draft.name + ".old")
    if target.exists():
        os.replace(target, old)
    try:
        os.replace(draft, target)
    except BaseException:
        if old.exists():
            os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write(folder: Path, progress: Progress | None) -> None:
    for name in ("csv", "parquet", "schemas"):
        (folder / name).mkdir()
    book: dict[str, list[dict[str, Any]]] = {}
    with contextlib.closing(sqlite3.connect(folder / SQLITE)) as store, store:
        for number, name in enumerate(TABLES, 1):
            book[name] = rows(name)
            table = frame(name, book[name])
            table.write_csv(folder / "csv" / f"{name}.csv")
            table.write_parquet(folder / "parquet" / f"{name}.parquet", compression="zstd")
            _json(folder / "schemas" / f"{name}.json", schema(name))
            _store(store, name, book[name])
            if progress:
                progress(number, len(TABLES) + 1)
    _json(folder / PROV, prov(book))
    _json(folder / "datapackage.json", package(folder))
    if progress:
        progress(len(TABLES) + 1, len(TABLES) + 1)


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


# ---- the tables -----------------------------------------------------------------------------------------------------


def frame(name: str, found: list[dict[str, Any]] | None = None) -> "polars.DataFrame":
    """A table of the book as a dataframe with the types of its columns."""
    import polars  # late: 0.3 s

    columns = TABLES[name].columns
    values = polars.DataFrame(rows(name) if found is None else found, schema={column.name: _plain(column) for column in columns})
    return values.with_columns(polars.col(column.name).str.to_date() for column in columns if column.type == "date")


def _plain(column: Column) -> Any:
    """The type in which a cell is handed over: days still as text."""
    import polars

    return {"boolean": polars.Boolean, "integer": polars.Int64}.get(column.type, polars.String)


def _read(folder: Path, name: str, form: str) -> "polars.DataFrame":
    import polars

    columns = TABLES[name].columns
    if form == "parquet":
        return polars.read_parquet(folder / "parquet" / f"{name}.parquet")
    if form == "csv":
        kinds = {column.name: polars.Date if column.type == "date" else _plain(column) for column in columns}
        return polars.read_csv(folder / "csv" / f"{name}.csv", schema=kinds)
    with contextlib.closing(sqlite3.connect(f"file:{folder / SQLITE}?mode=ro", uri=True)) as store:
        picked = ", ".join(f'"{column.name}"' for column in columns)
        found = store.execute(f'SELECT {picked} FROM "{name}" ORDER BY rowid').fetchall()
    flags = {number for number, column in enumerate(columns) if column.type == "boolean"}
    cells = [{column.name: _flag(value) if number in flags else value for number, (column, value) in enumerate(zip(columns, row))} for row in found]
    return frame(name, cells)


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _store(store: sqlite3.Connection, name: str, found: list[dict[str, Any]]) -> None:
    """The table in the SQLite file, with its keys."""
    table = TABLES[name]
    parts = [f'"{column.name}" {SQL[column.type]}{"" if column.missing else " NOT NULL"}' for column in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    parts += [f'FOREIGN KEY ("{column.name}") REFERENCES "{column.refers_to}" ("id")' for column in table.columns if column.refers_to]
    store.execute(f'CREATE TABLE "{name}" ({", ".join(parts)})')
    marks = ", ".join("?" * len(table.columns))
    store.executemany(f'INSERT INTO "{name}" VALUES ({marks})', [tuple(row.values()) for row in found])


def _quoted(name: str) -> str:
    return f'"{name}"'


# ---- the description ------------------------------------------------------------------------------------------------


def schema(name: str) -> dict[str, Any]:
    """The Table Schema of a table: types, keys, and for each column that may be empty what emptiness means there."""
    table = TABLES[name]
    keys = [{"fields": [column.name], "reference": {"resource": column.refers_to, "fields": ["id"]}} for column in table.columns if column.refers_to]
    return {
        "$schema": f"{PROFILE}tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    base: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.about}
    if column.missing is None:
        return {**base, "constraints": {"required": True}}
    return {**base, "missingValues": [{"value": "", "label": f"{column.missing}: {MISSING[column.missing]}"}]}


def package(folder: Path) -> dict[str, Any]:
    """The datapackage.json of an export: a resource for each file; the CSV ones are tables with a schema."""
    return {
        "$schema": f"{PROFILE}datapackage.json",
        "name": NAME,
        "title": "The Foedus pact book",
        "description": "Security pacts by article and text version, with parties, procedures, invocations and sources. "
        "A missing value is never zero; what it means stands with each column. The descent of each fact is in prov.json.",
        "version": foedus.__version__,
        "licenses": [LICENCE],
        "contributors": [{"title": "Foedus contributors", "roles": ["author"]}],
        "resources": [
            *[_table(folder, name) for name in TABLES],
            *[_file(folder, f"{name}-parquet", f"parquet/{name}.parquet", f"{TABLES[name].about}; the rows of {name} as Parquet") for name in TABLES],
            _file(folder, "sqlite", SQLITE, "Every table, with its keys, as one SQLite file"),
            _file(folder, "prov", PROV, "What each row was derived from, as PROV-JSON"),
        ],
    }


def _table(folder: Path, name: str) -> dict[str, Any]:
    file = _file(folder, name, f"csv/{name}.csv", TABLES[name].about)
    return {**file, "type": "table", "format": "csv", "encoding": "utf-8", "schema": f"schemas/{name}.json"}


def _file(folder: Path, name: str, path: str, title: str) -> dict[str, Any]:
    """A resource with its digest. Parquet and SQLite carry their own types, so only CSV needs a schema.

    Trap: the Frictionless validator cannot count the bytes of a Parquet file and calls any count wrong, so none is given.
    """
    content = (folder / path).read_bytes()
    kind = Path(path).suffix
    size = {} if kind == ".parquet" else {"bytes": len(content)}
    return {"name": name, "path": path, "title": title, "mediatype": MEDIA[kind], **size, "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def prov(book: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """PROV-JSON: every cited row is an entity derived from its sources; a source is attributed to its publisher, a row to the library."""
    agents = {publisher: f"agent:{number}" for number, publisher in enumerate(sorted({row["publisher"] for row in book["sources"]}), 1)}
    entities = {f"source:{row['id']}": _source(row) for row in book["sources"]}
    derived: dict[str, dict[str, str]] = {}
    for row in book["citations"]:
        name = f"{row['table']}:{row['row']}"
        entities[name] = {"prov:type": f"foedus:{row['table']}"}
        derived[f"_:d{len(derived) + 1}"] = {"prov:generatedEntity": name, "prov:usedEntity": f"source:{row['source']}", "prov:location": row["at"]}
    attributed = [(f"source:{row['id']}", agents[row["publisher"]]) for row in book["sources"]]
    attributed += [(name, "agent:foedus") for name in entities if not name.startswith("source:")]
    tables = {name: f"urn:foedus:{name}:" for name in TABLES if name != "sources"}
    return {
        "prefix": {**tables, "source": "urn:foedus:source:", "agent": "urn:foedus:agent:", "foedus": "urn:foedus:", "dcterms": "http://purl.org/dc/terms/"},
        "entity": entities,
        "agent": {
            "agent:foedus": {"prov:type": "prov:Organization", "prov:label": f"Foedus {foedus.__version__}"},
            **{name: {"prov:type": "prov:Organization", "prov:label": publisher} for publisher, name in agents.items()},
        },
        "wasDerivedFrom": derived,
        "wasAttributedTo": {f"_:a{number}": {"prov:entity": entity, "prov:agent": agent} for number, (entity, agent) in enumerate(attributed, 1)},
    }


def _source(row: dict[str, Any]) -> dict[str, str]:
    found = {"prov:type": f"foedus:{row['kind']}", "dcterms:title": row["title"], "dcterms:identifier": row["url"], "dcterms:language": row["language"]}
    dates = {"dcterms:issued": row["date"], "foedus:read": row["read"], "dcterms:license": row["licence"], "dcterms:creator": row["author"]}
    return {**found, **{key: value for key, value in dates.items() if value is not None}}

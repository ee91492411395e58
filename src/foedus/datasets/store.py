"""The local store of data sets: one folder, a pointer file a data set, swapped whole so that a killed command leaves the old one."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.datasets import cards
from foedus.errors import InputError, unknown

if TYPE_CHECKING:
    import polars

Row = dict[str, Any]


def root() -> Path:
    """The folder of the store: `FOEDUS_DATA`, or `foedus` in the user's data folder (`XDG_DATA_HOME`)."""
    given = os.environ.get("FOEDUS_DATA")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "foedus"


def add(name: str, path: str | Path) -> Row:
    """Take the user's own copy of a data set into the store, whole or not at all: id, version, tables with their rows, sha256, cite.

    path: the official archive, a csv, tab, dta or parquet file, or a folder of them. Errors: InputError that names the column and the card.
    """
    from foedus.datasets import opening

    card = cards.card(name)
    tables, digest = opening.tables(card, Path(path))
    if card["checksum"] and digest != card["checksum"]:
        raise InputError(f"its checksum is not that of {card['name']} {card['version']} (card '{name}')", str(path))
    base = root()
    try:
        base.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=base, prefix=f"{name}-{digest[:12]}-"))
        for table, frame in tables.items():
            frame.write_parquet(folder / f"{table}.parquet", compression="lz4")
        before = _pointer(name)
        rows = {table: frame.height for table, frame in tables.items()}
        pointer = {"id": name, "version": card["version"], "folder": folder.name, "tables": rows, "file": Path(path).name, "sha256": digest}
        _swap(base / f"{name}.json", json.dumps(pointer, indent=2))
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(base)) from None
    if before:
        shutil.rmtree(base / before["folder"], ignore_errors=True)
    return {**{key: pointer[key] for key in ("id", "version", "tables", "file", "sha256")}, "cite": cards.cite(name)}


def listed() -> list[Row]:
    """One row a card: id, name, version, from, until, added (whether the store has it), tables, address, terms."""
    rows = []
    for name in cards.names():
        card, held = cards.card(name), _pointer(name)
        rows.append({
            "id": name,
            "name": card["name"],
            "version": card["version"],
            "from": card["span"]["from"],
            "until": card["span"]["until"],
            "added": held is not None,
            "tables": list(held["tables"]) if held else [],
            "address": card["address"],
            "terms": card["terms"],
        })  # fmt: skip
    return rows


def held(name: str, table: str | None = None) -> bool:
    """Whether the store has the data set, and of it the table."""
    pointer = _pointer(cards.card(name)["id"])
    return pointer is not None and (table is None or table in pointer["tables"])


def path(name: str, table: str) -> Path:
    """The Parquet file of a table. Errors: InputError that says how to add the data set."""
    card = cards.card(name)
    if table not in card["tables"]:
        raise unknown(f"table of {name}", table, card["tables"])
    pointer = _pointer(name)
    if pointer is None:
        where = f" from {card['address']}" if card["address"] else ""
        raise InputError(f"{card['name']} is not in the store. Get version {card['version']}{where} and run: foedus data add {name} PATH")
    if table not in pointer["tables"]:
        raise InputError(f"the copy of {card['name']} in the store has no table '{table}'. Add the archive that has it: foedus data add {name} PATH")
    if pointer["version"] != card["version"]:
        raise InputError(f"the store has version {pointer['version']} of {card['name']}; version {card['version']} is needed: foedus data add {name} PATH")
    return root() / str(pointer["folder"]) / f"{table}.parquet"


def read(name: str, table: str, columns: Iterable[str] | None = None, reasons: bool = False) -> "polars.DataFrame":
    """A table of the store. columns: only these; reasons: also the columns `<name>_missing` that say why a value is null."""
    import polars

    file = path(name, table)
    wanted = list(columns) if columns is not None else None
    if wanted is None and not reasons:
        names = polars.read_parquet_schema(file)
        wanted = [column for column in names if not (column.endswith("_missing") and column.removesuffix("_missing") in names)]
    return polars.read_parquet(file, columns=wanted)


def _pointer(name: str) -> Row | None:
    try:
        found: Row = json.loads((root() / f"{name}.json").read_text(encoding="utf-8"))
        return found
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise InputError(f"broken; add the data set again: foedus data add {name} PATH", str(root() / f"{name}.json")) from None


def _swap(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(temporary, path)

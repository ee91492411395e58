"""Data-set cards: what a data set is, where its official copy is, how to cite it, and what its tables must look like."""

import functools
from importlib.resources import files
from typing import Any

from foedus.errors import InputError, unknown
from foedus.reading import parse

Card = dict[str, Any]
KEYS = {"name", "version", "span", "address", "citation", "terms", "note", "codes", "null_words", "checksum", "tables"}
TABLE_KEYS = {"about", "key", "columns", "text", "dates", "flags", "version", "rows", "optional", "lacks"}
REQUIRED = KEYS - {"note", "codes", "null_words", "checksum"}


@functools.cache
def names() -> tuple[str, ...]:
    """The ids of the cards, in order."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in _folder().iterdir() if file.name.endswith(".yaml")))


def card(name: str) -> Card:
    """One card: name, version, span, address, citation, terms, note, codes (of missing), checksum, tables.

    `address` is null where no official page was read; `checksum` (SHA-256 of the official file) is null where the official file was not at hand.
    Errors: InputError with the nearest ids.
    """
    if name not in names():
        raise unknown("data set", name, names())
    return _card(name)


@functools.cache
def _card(name: str) -> Card:
    document = parse((_folder() / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")
    given: Card = document.data
    if set(given) - KEYS or REQUIRED - set(given):
        raise InputError(f"unknown or missing keys {sorted((set(given) - KEYS) | (REQUIRED - set(given)))}", document.place())
    for table, shape in given["tables"].items():
        if set(shape) - TABLE_KEYS:
            raise InputError(f"no key '{sorted(set(shape) - TABLE_KEYS)[0]}' of a table", document.place(("tables", table)))
    codes = {int(code): reason for code, reason in (given.get("codes") or {}).items()}
    span = {end: day.isoformat() for end, day in given["span"].items()}
    optional = {"note": None, "checksum": None, "null_words": ["", "NA"]}
    return {**optional, **given, "id": name, "version": str(given["version"]), "codes": codes, "span": span}


def years(name: str) -> tuple[int, int]:
    """The first and the last whole year that the data set covers.

    >>> years("atop")
    (1815, 2018)
    """
    span = card(name)["span"]
    return int(span["from"][:4]), int(span["until"][:4]) - (span["until"][5:] == "01-01")


def label(name: str) -> str:
    """The data set with its version, as columns of sources name it.

    >>> label("atop")
    'atop 5.1'
    """
    return f"{name} {card(name)['version']}"


def cite(label_or_name: str) -> str:
    """How to cite a data set, given its id or its label: one line with version, address and terms."""
    name = label_or_name.split(" ")[0]
    found = card(name)
    address = f" {found['address']}." if found["address"] else ""
    return f"{found['name']}, version {found['version']}. {found['citation'].rstrip('.')}.{address} Terms: {found['terms']}"


def _folder() -> Any:
    return files("foedus") / "datasets" / "cards"

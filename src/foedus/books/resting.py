"""A source and all that rests on it: every record of the library that cites it, and the place in the record."""

import functools
from collections.abc import Iterator
from typing import Any

from foedus import snapshot

Row = dict[str, Any]
KINDS = ("pact", "case", "state", "deployment", "refusal", "host", "rule")


def resting(source: str) -> list[Row]:
    """One row a citation of the source: kind and id of the record, `path` of the value within it, `at` the place in the source.

    Errors: InputError for a source that there is not, with the nearest.
    """
    snapshot.record("source", source)
    return _index().get(source, [])


def sources() -> list[Row]:
    """Every source with how many citations rest on it, by id."""
    return [{"id": name, **record, "cited": len(_index().get(name, ()))} for name, record in snapshot.records("source").items()]


@functools.cache
def _index() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for kind in KINDS:
        for name, record in snapshot.records(kind).items():
            for path, cite in _cites(record, ()):
                found.setdefault(cite["source"], []).append({"kind": kind, "id": name, "path": path, "at": cite["at"]})
    return found


def _cites(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Row]]:
    """Each citation below a value, with its path: ids in the place of numbers where a row has one."""
    if isinstance(value, dict):
        if isinstance(value.get("source"), str) and "at" in value:
            yield "/".join(part for part in path if part not in ("sources", "text")), value
            return
        for name, part in value.items():
            yield from _cites(part, (*path, name))
    elif isinstance(value, list):
        for part in value:
            label = str(part.get("id") or part.get("state") or part.get("article") or part.get("what") or "") if isinstance(part, dict) else ""
            yield from _cites(part, (*path, label) if label else path)

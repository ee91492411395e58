"""The compiled library: one SQLite file, read a record at a time, rebuilt when a library file changes.

The YAML stays the truth. Where the package lies in a folder that cannot be written, the snapshot lives in the user's cache.
"""

import functools
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from foedus import errors

PACKAGE = Path(__file__).parent
ROOT = PACKAGE / "library"
SEALED = PACKAGE / "library.sqlite"
SCHEMA = "CREATE TABLE record (kind TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID"
Record = dict[str, Any]


def record(kind: str, name: str) -> Record:
    """One record of the library. `kind`: state, pact, case, source, fact. Errors: InputError with the nearest ids."""
    if (kind, name) in _laid_over:
        return _laid_over[kind, name]
    found = _bodies(kind, name)
    if not found:
        raise errors.unknown(kind, name, ids(kind))
    return found[name]


_laid_over: dict[tuple[str, str], Record] = {}


def overlay(kind: str, name: str, body: Record) -> None:
    """Lay a record over the library until the process ends: a case opened from a press piece. The files stay as they are."""
    _laid_over[kind, name] = body


@functools.cache
def records(kind: str) -> dict[str, Record]:
    """Every record of a kind, by id."""
    rows = _store().execute("SELECT id, body FROM record WHERE kind = ? ORDER BY id", (kind,))
    return {name: json.loads(body) for name, body in rows}


@functools.cache
def parts(kind: str, path: str) -> dict[str, Any]:
    """One part of every record of a kind, by id, without reading the rest: `parts("state", "codes.cow")`."""
    rows = _store().execute("SELECT id, json_extract(body, ?) FROM record WHERE kind = ? ORDER BY id", (f"$.{path}", kind))
    return {name: json.loads(part) for name, part in rows if part is not None}


@functools.cache
def ids(kind: str) -> tuple[str, ...]:
    """The ids of a kind, in order."""
    return tuple(name for (name,) in _store().execute("SELECT id FROM record WHERE kind = ? ORDER BY id", (kind,)))


def derived(kind: str, name: str) -> Any:
    """An index that the compiler made, such as `pacts_of` a state; None where it has nothing under that name."""
    return _bodies(kind, name).get(name)


@functools.cache
def _bodies(kind: str, name: str) -> dict[str, Record]:
    rows = _store().execute("SELECT id, body FROM record WHERE kind = ? AND id = ?", (kind, name))
    return {found: json.loads(body) for found, body in rows}


@functools.cache
def _store() -> sqlite3.Connection:
    path = fresh()
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def fresh() -> Path:
    """The path of a snapshot that fits the files as they are; builds one where none does."""
    stamp = _stamp()
    for path in (SEALED, _cache()):
        if path.exists() and _meta(path).get("stamp") == stamp:
            return path
    digest = _digest()
    for path in (SEALED, _cache()):
        if path.exists() and _meta(path).get("digest") == digest:
            return _restamp(path, stamp)
    return build(SEALED if os.access(PACKAGE, os.W_OK) else _cache())


def build(path: Path, progress: Callable[[int, int], None] | None = None) -> Path:
    """Compile the library into `path`, whole or not at all. Errors: InputError, the first the library has."""
    from foedus import compiling

    stamp, digest = _stamp(), _digest()
    library = compiling.gather(ROOT, progress)
    if library.errors:
        more = len(library.errors) - 1
        rest = f" (and {more} more: foedus library check)" if more else ""
        raise errors.InputError(f"{library.errors[0]}{rest}")
    rows = [(kind, name, json.dumps(body, ensure_ascii=False)) for kind in library.entries for name, body in library.table(kind).items()]
    rows += [(kind, name, json.dumps(body, ensure_ascii=False)) for kind, name, body in compiling.derived(library)]
    write(path, [*rows, ("meta", "stamp", json.dumps(stamp)), ("meta", "digest", json.dumps(digest))])
    return path


def write(path: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    """A snapshot file at `path` with `rows`. Atomic: a killed build leaves the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".sqlite")
    os.close(handle)
    try:
        store = sqlite3.connect(name)
        with store:
            store.execute(SCHEMA)
            store.executemany("INSERT INTO record VALUES (?, ?, ?)", rows)
        store.close()
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _restamp(path: Path, stamp: str) -> Path:
    """Note the files' new times, so that the next start need not read them; a folder that refuses is no harm."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        store = sqlite3.connect(path)
        rows = store.execute("SELECT kind, id, body FROM record WHERE (kind, id) != ('meta', 'stamp')").fetchall()
        store.close()
        write(path, [*rows, ("meta", "stamp", json.dumps(stamp))])
    return path


def _meta(path: Path) -> dict[str, str]:
    try:
        store = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        with store:
            found = {name: json.loads(body) for name, body in store.execute("SELECT id, body FROM record WHERE kind = 'meta'")}
        store.close()
        return found
    except sqlite3.Error:
        return {}


def _cache() -> Path:
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "foedus" / f"library-{hashlib.blake2b(str(ROOT).encode(), digest_size=6).hexdigest()}.sqlite"


def _inputs() -> list[str]:
    """Everything the snapshot depends on, by its path below the package: the library's files and the code that gives them their shape.

    Kept as text: on every start some thousand paths are looked at, and making a `Path` of each takes longer than asking for its time.
    """
    code = ["records.py", "compiling.py", "proving.py", "reading.py"]
    found: list[str] = []
    for folder, _, names in os.walk(ROOT):
        below = os.path.relpath(folder, PACKAGE)
        found += [f"{below}/{name}" for name in names if name.endswith(".yaml")]
    return sorted(found) + sorted(f"locale/{path.name}" for path in (PACKAGE / "locale").glob("*.po")) + code


def _stamp() -> str:
    """A digest of names, sizes and times: cheap, and enough while nothing has been moved."""
    seen = hashlib.blake2b(digest_size=16)
    for name in _inputs():
        found = os.stat(f"{PACKAGE}/{name}")
        seen.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _digest() -> str:
    """A digest of what the files hold."""
    seen = hashlib.blake2b(digest_size=16)
    for name in _inputs():
        seen.update(f"{name}\0".encode() + (PACKAGE / name).read_bytes())
    return seen.hexdigest()

"""Many pieces at once: a folder to one Parquet file, in parts that a second run takes up again; the same rows through Spark's mapInArrow."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.press.reader import read
from foedus.press.text import decode

if TYPE_CHECKING:
    import pyarrow as pa

FIELDS = ("states", "pacts", "articles", "quantities", "dates", "speakers", "claims", "events")
ENDINGS = (".txt", ".html", ".htm", ".md")
PART = 200  # pieces in a part: what a killed run loses at most
Progress = Callable[[int, int], None]
Row = dict[str, Any]


def row(name: str, text: str | bytes, lang: str | None = None, published: str | None = None) -> Row:
    """One piece as a row: `piece`, `language`, `title`, `published`, `error`, and each field's items as JSON text.

    A piece that cannot be read gives its one line of `error` and empty lists, so that one bad file does not stop a corpus.
    """
    made: Row = {"piece": name, "language": None, "title": None, "published": published, "error": None, **dict.fromkeys(FIELDS, "[]")}
    try:
        found = read(decode(text) if isinstance(text, bytes) else text, lang, published)
    except InputError as error:
        return {**made, "error": str(error)}
    made.update({key: found[key] for key in ("language", "title", "published")})
    made.update({field: json.dumps(found[field], ensure_ascii=False, separators=(",", ":")) for field in FIELDS})
    return made


def read_many(folder: Path, output: Path, lang: str | None = None, progress: Progress | None = None) -> int:
    """Read every .txt, .md and .html file below `folder` into the Parquet file `output`; returns how many pieces it holds.

    A name that begins with a day (2022-01-06-…) gives the day of publication. Resumable: finished parts are kept beside `output` until
    all are done, and a part is read again only if one of its files has changed. Atomic: `output` appears when it is whole.
    Errors: InputError where the folder holds no piece.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file()) if folder.is_dir() else []
    if not paths:
        raise InputError(f"'{folder}' holds no piece: a folder with {', '.join(ENDINGS)} files is read")
    store = output.with_name(output.name + ".parts")
    store.mkdir(parents=True, exist_ok=True)
    parts: list[Path] = []
    for start in range(0, len(paths), PART):
        chunk = paths[start : start + PART]
        part = store / f"{start:09}-{_mark(chunk, lang)}.parquet"
        if not part.exists():
            for old in store.glob(f"{start:09}-*"):
                old.unlink()
            _write((row(path.relative_to(folder).as_posix(), path.read_bytes(), lang, published_in(path.name)) for path in chunk), part)
        parts.append(part)
        if progress:
            progress(min(start + PART, len(paths)), len(paths))
    _join(parts, output)
    for path in store.glob("*"):
        path.unlink()
    store.rmdir()
    return len(paths)


def published_in(name: str) -> str | None:
    """The day with which a file's name begins, if it does.

    >>> published_in("2022-01-06-almaty.txt"), published_in("almaty.txt")
    ('2022-01-06', None)
    """
    found = re.match(r"((?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)", name)
    return found[1] if found else None


def read_arrow(batches: Iterable["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
    """The rows of pieces that come as Arrow batches with `piece` and `text` (and `lang`, `published` where known).

    This is the function to give to Spark: `frame.mapInArrow(read_arrow, ARROW_SCHEMA)`; the rows are those of `read_many`.
    """
    import pyarrow as pa

    for batch in batches:
        columns = {name: batch.column(name).to_pylist() for name in batch.schema.names}
        known = (columns.get("lang", [None] * batch.num_rows), columns.get("published", [None] * batch.num_rows))
        rows = [row(str(name), text, lang, published) for name, text, lang, published in zip(columns["piece"], columns["text"], *known, strict=True)]
        yield pa.RecordBatch.from_pylist(rows, schema=arrow_schema())


ARROW_SCHEMA = ", ".join(f"{name} string" for name in ("piece", "language", "title", "published", "error", *FIELDS))


def arrow_schema() -> "pa.Schema":
    """The columns of a batch, all text."""
    import pyarrow as pa

    return pa.schema([(name, pa.string()) for name in ("piece", "language", "title", "published", "error", *FIELDS)])


def _mark(chunk: list[Path], lang: str | None) -> str:
    seen = hashlib.blake2b(str(lang).encode(), digest_size=8)
    for path in chunk:
        status = path.stat()
        seen.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _write(rows: Iterator[Row], path: Path) -> None:
    import polars

    names = ("piece", "language", "title", "published", "error", *FIELDS)
    frame = polars.DataFrame(list(rows), schema=dict.fromkeys(names, polars.String))
    beside = path.with_suffix(".writing")
    frame.write_parquet(beside)
    os.replace(beside, path)


def _join(parts: list[Path], output: Path) -> None:
    import polars

    beside = output.with_name(output.name + ".writing")
    polars.concat([polars.scan_parquet(part) for part in parts]).sink_parquet(beside, maintain_order=True)
    os.replace(beside, output)

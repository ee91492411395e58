"""A user's copy of a data set opened: csv, tab, dta or parquet, alone, in a folder or in a zip. Each file is told by its columns, not by its name."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.datasets.cards import Card
from foedus.errors import InputError, nearest

if TYPE_CHECKING:
    import polars

ENDINGS = (".csv", ".tab", ".tsv", ".dta", ".parquet")


def tables(card: Card, path: Path) -> tuple[dict[str, "polars.DataFrame"], str]:
    """The tables of the card that `path` holds, each checked and typed, and the SHA-256 of the file (of a folder, of its files in order).

    Errors: InputError, naming column and card, for a file that has none of the tables, another version, a missing column, a key that stands twice
    or a value that is no number.
    """
    from foedus.datasets import checking

    found: dict[str, Any] = {}
    places: dict[str, str] = {}
    misses: list[tuple[int, str, str, list[str]]] = []
    digest = hashlib.sha256()
    for name, content in _files(path):
        digest.update(content)
        frame = _frame(name, content, card)
        for table, shape in card["tables"].items():
            lacking = [column for column in shape["columns"] if column.casefold() not in {word.casefold() for word in frame.columns}]
            if set(shape.get("lacks", [])) & set(frame.columns):
                continue
            if lacking:
                misses.append((len(lacking), name, table, [lacking[0], *frame.columns]))
            elif table not in found:
                found[table] = checking.checked(card, table, frame, name)
                places[table] = name
                break
    needed = [table for table, shape in card["tables"].items() if not shape.get("optional")]
    absent = [table for table in needed if table not in found]
    if absent or not found:
        raise _absent(card, path, absent, misses)
    return found, digest.hexdigest()


def _absent(card: Card, path: Path, absent: list[str], misses: list[tuple[int, str, str, list[str]]]) -> InputError:
    """The error for a table that no file has: the file that comes nearest, and the first column it lacks."""
    wanted = [row for row in misses if not absent or row[2] in absent]
    if not wanted:
        return InputError(f"no file of the card '{card['id']}' in it. Expected one of {', '.join(ENDINGS)}", str(path))
    _, name, table, (column, *columns) = min(wanted)
    close = nearest(column, columns, 1)
    hint = f" Is '{close[0]}' what it is called there?" if close else ""
    return InputError(
        f"no column '{column}': not the table '{table}' of {card['name']} {card['version']} (card '{card['id']}').{hint}",
        str(path if name == path.name else path / name),
    )


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            for file in sorted(path.iterdir()):
                if file.suffix.casefold() in ENDINGS:
                    yield file.name, file.read_bytes()
        elif path.suffix.casefold() == ".zip":
            with zipfile.ZipFile(path) as archive:
                for entry in sorted(archive.namelist()):
                    if entry.casefold().endswith(ENDINGS) and not entry.startswith("__MACOSX"):
                        yield entry, archive.read(entry)
        elif path.suffix.casefold() in ENDINGS:
            yield path.name, path.read_bytes()
        else:
            raise InputError(f"no kind of file that is read here. Expected one of {', '.join(ENDINGS)}, .zip or a folder", str(path))
    except zipfile.BadZipFile:
        raise InputError("not a zip archive, or a broken one", str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from None


def _frame(name: str, content: bytes, card: Card) -> Any:
    """The file as a frame, every column as the file types it; a csv's as text."""
    import polars

    ending = Path(name).suffix.casefold()
    try:
        if ending == ".parquet":
            frame = polars.read_parquet(io.BytesIO(content))
        elif ending == ".dta":
            frame = _stata(name, content)
        else:
            separator = "\t" if ending in (".tab", ".tsv") else ","
            frame = polars.read_csv(_text(content), separator=separator, infer_schema=False, null_values=card["null_words"])
    except (polars.exceptions.PolarsError, ValueError, OSError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"cannot be read as {ending.removeprefix('.')}: {str(error).splitlines()[0]}", name) from None
    return frame.rename({column: column.strip() for column in frame.columns if column != column.strip()})


def _text(content: bytes) -> bytes:
    """UTF-8 text; what is not is read as Latin-1, which the older files of the field are in."""
    try:
        return content.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        return content.decode("latin-1").encode()


def _stata(name: str, content: bytes) -> Any:
    import polars

    try:
        import pandas
    except ImportError:
        raise InputError("a .dta file needs pandas: pip install 'foedus[pandas]', or give the csv", name) from None
    return polars.from_pandas(pandas.read_stata(io.BytesIO(content), convert_categoricals=False, preserve_dtypes=True))

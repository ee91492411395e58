"""The whole library, read from its files, checked against its shapes and against itself.

`gather` reads everything and collects every error; nothing half-checked is ever handed on.
"""

import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from pydantic import BaseModel, TypeAdapter, ValidationError

from foedus import records
from foedus.entries import Entry, Library
from foedus.errors import InputError, nearest
from foedus.proving import prove
from foedus.reading import Document, Keys, read

ROOT = Path(__file__).parent / "library"
LOCALE = Path(__file__).parent / "locale"
Progress = Callable[[int, int], None]

# Where each kind of record lives: a file of many records by id, or a file a record.
MANY: dict[str, tuple[str, type[BaseModel]]] = {
    "source": ("sources", records.Source),
    "fact": ("facts", records.FactWord),
    "state": ("states", records.State),
    "deployment": ("deployments", records.Deployment),
    "refusal": ("deployments/refused", records.Refusal),
    "host": ("deployments/hosts", records.Host),
    "rule": ("deployments/rules", records.DensityRule),
    "feature": ("deployments/likeness", records.Feature),
}
IDS = {"fact": records.Word, "feature": records.Word, "state": records.StateId, "host": records.StateId}


def files(root: Path = ROOT) -> list[Path]:
    """The library's files, in a fixed order."""
    return sorted(path for path in root.rglob("*.yaml") if not path.name.startswith("."))


def gather(root: Path = ROOT, progress: Progress | None = None) -> Library:
    """Read every file below `root`, then check it as a whole. Errors are collected in `errors`, not raised."""
    library = Library()
    paths = files(root)
    for number, path in enumerate(paths):
        try:
            _file(library, read(path, path.relative_to(root).as_posix()), path.relative_to(root).parts)
        except InputError as error:
            library.errors.append(error)
        if progress:
            progress(number + 1, len(paths))
    for pact_id, articles in library.articles.items():
        if pact_id in library.entries["pact"]:
            library.entries["pact"][pact_id].data["articles"] = [entry.data for entry in articles]
        else:
            library.errors.append(InputError(f"the pact '{pact_id}' has articles and no pact.yaml that can be read", articles[0].place()))
    if not library.errors:
        library.errors.extend(prove(library))
    return library


def _file(library: Library, document: Document, parts: tuple[str, ...]) -> None:
    folder = parts[0]
    for kind, (name, model) in MANY.items():
        if "/".join(parts[:-1]) == name:
            _many(library, kind, model, document)
            return
    if folder == "cases" and len(parts) == 2:
        _one(library, "case", records.Case, document, Path(parts[1]).stem)
    elif folder == "pacts" and len(parts) == 3 and parts[2] == "pact.yaml":
        _one(library, "pact", records.Pact, document, parts[1])
    elif folder == "pacts" and len(parts) == 3 and parts[2].startswith("article-"):
        library.articles.setdefault(parts[1], []).append(_entry(records.Article, document))
    else:
        raise InputError("no part of the library has a file here", document.name)


def _many(library: Library, kind: str, model: type[BaseModel], document: Document) -> None:
    if not isinstance(document.data, dict):
        raise InputError(f"this file must be a mapping of {kind} ids", document.place())
    for name in document.data:
        try:
            entry = _entry(model, document, (name,))
            if name in library.entries[kind]:
                other = library.entries[kind][name].place()
                raise InputError(f"the {kind} '{name}' stands at {other} already", document.place((name,)))
            TypeAdapter(IDS.get(kind, records.Id)).validate_python(name)
            library.entries[kind][name] = entry
        except ValidationError:
            library.errors.append(InputError(f"'{name}' cannot be the id of a {kind}", document.place((name,))))
        except InputError as error:
            library.errors.append(error)


def _one(library: Library, kind: str, model: type[BaseModel], document: Document, name: str) -> None:
    entry = _entry(model, document)
    if entry.data["id"] != name:
        raise InputError(f"the id '{entry.data['id']}' must be the file's name, '{name}'", document.place(("id",)))
    library.entries[kind][name] = entry


def _entry(model: type[BaseModel], document: Document, keys: Keys = ()) -> Entry:
    data = document.data
    for key in keys:
        data = data[key]
    return Entry(validated(model, data, document, keys), document, keys)


def validated(model: type[BaseModel], data: Any, document: Document, keys: Keys = ()) -> dict[str, Any]:
    """`data` in the shape of `model`, as plain values for JSON. Errors: InputError with file and line."""
    try:
        return model.model_validate(data).model_dump(mode="json", by_alias=True)
    except ValidationError as error:
        first = min(error.errors(), key=lambda item: item["type"] != "extra_forbidden")  # a misspelt key explains a missing one
        keys = keys + tuple(first["loc"])
        place = document.place(keys)
        raise InputError(_message(model, dict(first), data), place) from None


def _message(model: type[BaseModel], error: dict[str, Any], data: Any) -> str:
    key = error["loc"][-1] if error["loc"] else ""
    match error["type"]:
        case "extra_forbidden":
            close = nearest(str(key), _fields_around(model, error["loc"]))
            return f"no key '{key}' here" + (f". Did you mean '{close[0]}'?" if close else "")
        case "missing":
            return f"the key '{key}' is missing"
        case "date_type" if isinstance(error["input"], str):
            return f"'{key}' is a day, written without quotes as 2022-01-05, not '{error['input']}'"
        case "bool_type":
            return f"'{key}' is true or false, not '{error['input']}'"
        case "literal_error":
            close = nearest(str(error["input"]), [word.strip(" '") for word in str(error["ctx"]["expected"]).replace(" or ", ", ").split(",")])
            hint = f"Did you mean '{close[0]}'?" if close else f"Known: {error['ctx']['expected']}"
            return f"'{key}' cannot be '{error['input']}'. {hint}"
        case "value_error":
            return str(error["ctx"]["error"])
        case _:
            return f"'{key}': {error['msg'][0].lower()}{error['msg'][1:]}"


def _fields_around(model: type[BaseModel], loc: Iterable[str | int]) -> list[str]:
    """The keys that may stand where the last key of `loc` stands."""

    def models(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        for part in typing.get_args(annotation):
            yield from models(part)

    here = [model]
    for key in list(loc)[:-1]:
        fields = [info.annotation for m in here for name, info in m.model_fields.items() if key in (name, info.alias)]
        if fields:
            here = [m for annotation in fields for m in models(annotation)]
    return [info.alias or name for m in here for name, info in m.model_fields.items()]


def derived(library: Library) -> Iterator[tuple[str, str, Any]]:
    """What is made from the files beside the records: the pacts of each state, and the catalogues of wordings."""
    by_state: dict[str, list[str]] = {}
    for pact_id, pact in library.table("pact").items():
        for party in pact["parties"]:
            by_state.setdefault(party["state"], []).append(pact_id)
    for state, pacts in by_state.items():
        yield "pacts_of", state, sorted(pacts)
    for path in sorted(LOCALE.glob("*.po")):
        with path.open("rb") as file:
            yield "catalogue", path.stem, {message.id: message.string for message in read_po(file, locale=path.stem) if message.id}

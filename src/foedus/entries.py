"""A record of the library beside the place where it stands, and the library as a whole of them."""

from dataclasses import dataclass, field
from typing import Any

from foedus.errors import InputError
from foedus.reading import Document, Keys


@dataclass
class Entry:
    """One record: its values ready for JSON, and the document and keys where it stands."""

    data: dict[str, Any]
    document: Document
    keys: Keys = ()

    def place(self, *keys: str | int) -> str:
        return self.document.place(self.keys + keys)


KINDS = ("source", "fact", "state", "pact", "case", "host", "deployment", "refusal", "rule", "feature")


@dataclass
class Library:
    """Every record by kind and id, and every error, in the order of the files."""

    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    articles: dict[str, list[Entry]] = field(default_factory=dict)
    errors: list[InputError] = field(default_factory=list)

    def table(self, kind: str) -> dict[str, dict[str, Any]]:
        return {name: entry.data for name, entry in self.entries[kind].items()}

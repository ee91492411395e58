"""The reader's optional helper: a language model behind an HTTP address proposes more items, and our own rules decide what of them stands."""

from typing import Any

__all__ = ["read"]


def __getattr__(name: str) -> Any:
    if name == "read":
        from foedus.press.helper.reading import read

        return read
    raise AttributeError(name)

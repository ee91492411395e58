"""The press room: a piece in Arabic, English or Russian in, what it says and who says it out."""

from typing import Any

__all__ = ["read", "read_arrow", "read_many"]


def __getattr__(name: str) -> Any:
    if name == "read":
        from foedus.press.reader import read

        return read
    if name in ("read_many", "read_arrow"):
        from foedus.press import batches

        return getattr(batches, name)
    raise AttributeError(name)

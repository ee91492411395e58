"""Addresses: a permalink carries the day, the language and the assumptions. In a static site the same links lead to plain files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

LANGUAGES = {"en": "English", "ar": "العربية", "ru": "Русский"}


@dataclass(frozen=True)
class Links:
    """The links of one page: `path` is its place below the language, without a slash at either end; `query` what it was asked."""

    lang: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    static: bool = False

    def to(self, path: str, lang: str | None = None, **query: Any) -> str:
        """The address of another page. A static site has no answers to queries, and leads to the page as it stands there."""
        here, _, mark = f"{lang or self.lang}/{quote(path)}".rstrip("/").partition("%23")
        anchor = f"#{mark}" if mark else ""
        if self.static:
            return f"{self._up()}{here}/index.html{anchor}"
        return f"/{here}{'' if path else '/'}{asked(query)}{anchor}"

    def here(self, **changes: Any) -> str:
        """This page with some of its question changed; None takes a word out."""
        kept = [(name, value) for name, value in self.query if name not in changes]
        return self.to(self.path) if self.static else f"/{self.lang}/{quote(self.path)}{asked(dict_of(kept) | changes)}"

    def other(self, lang: str) -> str:
        """This page in another language."""
        return self.to(self.path, lang) if self.static else f"/{lang}/{quote(self.path)}{asked(dict_of(self.query))}"

    def api(self, path: str, **query: Any) -> str:
        return f"/api/{quote(path)}{asked(query)}"

    def file(self, name: str) -> str:
        return f"{self._up()}static/{name}" if self.static else f"/static/{name}"

    def _up(self) -> str:
        return "../" * (len([part for part in self.path.split("/") if part]) + 1)


def dict_of(pairs: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def asked(query: Mapping[str, Any]) -> str:
    """The question part of an address, without what is None or empty.

    >>> asked({"on": "2022-01-05", "known": None, "assume": ["a=true", "b=false"]})
    '?on=2022-01-05&assume=a%3Dtrue&assume=b%3Dfalse'
    """
    pairs = [(name, item) for name, value in query.items() for item in (value if isinstance(value, list | tuple) else [value]) if item not in (None, "")]
    return f"?{urlencode(pairs)}" if pairs else ""

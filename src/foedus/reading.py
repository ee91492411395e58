"""Library files read strictly: YAML 1.2 booleans, no duplicate keys, a line number for every value."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from foedus.errors import InputError

Keys = tuple[str | int, ...]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+\Z")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True)
class Document:
    """One file's values, and the line on which the value under each path of keys stands."""

    name: str
    data: Any
    lines: dict[Keys, int]

    def place(self, keys: Keys = ()) -> str:
        """`file:line` of the value under `keys`, or of the nearest thing around it."""
        while keys not in self.lines and keys:
            keys = keys[:-1]
        return f"{self.name}:{self.lines.get(keys, 1)}"


def read(path: Path, name: str | None = None) -> Document:
    """The document in the file at `path`; `name` is what errors call it.

    Errors: InputError with file and line for YAML that is broken, ambiguous or doubled.
    """
    try:
        return parse(path.read_text(encoding="utf-8"), name or str(path))
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 text (byte {error.start})", name or str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", name or str(path)) from None


def parse(text: str, name: str = "text") -> Document:
    """The document in `text`. Only `true` and `false` are booleans; `NO` and `on` are words; days are dates.

    >>> parse("on: 2022-01-05\\nstate: NO").data
    {'on': datetime.date(2022, 1, 5), 'state': 'NO'}
    """
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InputError(f"not YAML: {error.problem}", f"{name}:{line}") from None
    except yaml.YAMLError as error:
        raise InputError(f"not YAML: {error}".splitlines()[0], f"{name}:1") from None
    lines: dict[Keys, int] = {}
    return Document(name, _value(node, (), name, lines) if node else None, lines)


def _value(node: yaml.Node, keys: Keys, name: str, lines: dict[Keys, int]) -> Any:
    lines[keys] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, keys, name, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*keys, index), name, lines) for index, item in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return node.value if node.style else _plain(node.value, f"{name}:{lines[keys]}")


def _mapping(node: yaml.MappingNode, keys: Keys, name: str, lines: dict[Keys, int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        place = f"{name}:{key_node.start_mark.line + 1}"
        if not isinstance(key_node, yaml.ScalarNode):
            raise InputError("a key must be a word", place)
        key = key_node.value
        if key in values:
            raise InputError(f"the key '{key}' stands here twice", place)
        values[key] = _value(value_node, (*keys, key), name, lines)
    return values


def _plain(word: str, place: str) -> Any:
    """A value written without quotes."""
    if word in WORDS:
        return WORDS[word]
    if INTEGER.match(word):
        return int(word)
    if DECIMAL.match(word):
        return float(word)
    if DAY.match(word):
        try:
            return datetime.date.fromisoformat(word)
        except ValueError:
            raise InputError(f"there is no day {word}", place) from None
    return word

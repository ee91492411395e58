"""Where the helper is: an address, a model and a key, from the environment alone, so that no key stands in a command or a file of ours."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from foedus.errors import InputError

URL, MODEL, KEY, SECONDS = "FOEDUS_LLM_URL", "FOEDUS_LLM_MODEL", "FOEDUS_LLM_KEY", "FOEDUS_LLM_TIMEOUT"
PATH = "/chat/completions"
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Settings:
    """`url` is the whole address of the chat completions; `seconds` is the longest one request may take, tries again included. The key is never shown."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = PATIENCE

    @property
    def mark(self) -> str:
        """What stands as the `rule` of an item that the helper proposed."""
        return f"llm:{self.model}"

    @property
    def host(self) -> str:
        """The host to name in a message: no path, no user, no password."""
        parts = urlsplit(self.url)
        return parts.hostname + (f":{parts.port}" if parts.port else "") if parts.hostname else ""


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment gives. Errors: InputError for a variable that is missing or no good.

    >>> settings({"FOEDUS_LLM_URL": "http://localhost:8080/v1", "FOEDUS_LLM_MODEL": "small", "FOEDUS_LLM_KEY": "secret"})
    Settings(url='http://localhost:8080/v1/chat/completions', model='small', seconds=120.0)
    """
    given = os.environ if environment is None else environment
    missing = [name for name in (URL, MODEL) if not given.get(name, "").strip()]
    if missing:
        raise InputError(f"the helper needs {' and '.join(missing)} in the environment. Set them, or read without --helper")
    model, key = given[MODEL].strip(), given.get(KEY, "").strip() or None
    if not model.isprintable():
        raise InputError(f"{MODEL} holds characters that are no name")
    if key and not re.fullmatch(r"[!-~]+", key):
        raise InputError(f"{KEY} holds characters that no key has")  # the key itself is in no message
    return Settings(_address(given[URL].strip()), model, key, _seconds(given.get(SECONDS, "").strip()))


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and re.fullmatch(r"[!-~]+", url)
    except ValueError:
        good = False
    if not good or parts.username or parts.query or parts.fragment:
        raise InputError(f"{URL} is no plain http or https address. Write it as http://localhost:8080/v1")
    return url if parts.path.endswith(PATH) else url.rstrip("/") + PATH


def _seconds(written: str) -> float:
    if not written:
        return PATIENCE
    try:
        value = float(written)
    except ValueError:
        value = 0.0
    if not 0 < value <= 86_400:
        raise InputError(f"{SECONDS} is no number of seconds between 0 and 86400. Write it as 120")
    return value

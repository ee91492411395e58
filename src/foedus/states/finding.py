"""From any word for a state to its id, and back to a name. Words are ids, codes of the data sets, and names in three languages."""

import functools
import re
import unicodedata

from foedus import snapshot
from foedus.errors import InputError, nearest, unknown
from foedus.spells import Day, Spell, day, within

LANGUAGES = ("en", "ar", "ru")
SYSTEMS = ("cow", "gw")
CODE = re.compile(r"(?:(cow|gw):)?([0-9]+)")
ALIKE = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "’": "'", "‘": "'", "ʼ": "'", "-": " ", "–": " "})


def find(word: str | int, on: Day | None = None) -> str:
    """The id of the state that `word` names: an id, a code (705, 'cow:705', 'gw:705') or a name in any language of the library.

    A bare number is a Correlates of War code where they have it, else a Gleditsch-Ward one. `on` chooses among states that shared a
    name or a code, and the state must have existed then; without it a name is that of the state that still stands.
    Errors: InputError for a word that names none, with the nearest names; for a state that did not exist, with the days when it did.

    >>> find("Казахстан"), find("كازاخستان"), find("cow:705"), find("kaz")
    ('KAZ', 'KAZ', 'KAZ', 'KAZ')
    >>> find("Yemen", on="1970-01-01"), find(365, on="1980-01-01")
    ('YAR', 'SUN')
    """
    word = str(word).strip()
    on = day(on) if on is not None else None
    found = _named(word, on) or _coded(word, on)
    if not found:
        raise unknown("state", word, _main() if nearest(word, _main()) else _known())
    if on is not None and not alive(found, on):
        raise InputError(f"{name(found, 'en')} was no state on {on}; it was one {_days(found)}")
    return found


def name(state_id: str, lang: str) -> str:
    """What the state is called in a language.

    >>> name("KAZ", "ru")
    'Казахстан'
    """
    if lang not in LANGUAGES:
        raise unknown("language", lang, LANGUAGES)
    return str(snapshot.record("state", state_id)["names"][lang]["name"])


def alive(state_id: str, on: Day) -> bool:
    """Whether it was a state of the system on the day, by the library's own spells.

    >>> alive("SUN", "1991-12-25"), alive("SUN", "1991-12-26")
    (True, False)
    """
    on = day(on)
    return any(within(spell, on) for spell in snapshot.record("state", state_id)["spells"])


def by_code(system: str, code: int, on: Day | None = None) -> str | None:
    """The state that bears the code of `system` (cow, gw) on the day; without a day, the one that bore it last.

    Trap: the codes' own spells decide here, and they differ from the library's; `differences` in the record says why.

    >>> by_code("cow", 260, "1960-01-01"), by_code("cow", 260, "1950-01-01"), by_code("gw", 260, "1950-01-01")
    ('DEU', None, 'DEU')
    """
    if system not in SYSTEMS:
        raise unknown("code system", system, SYSTEMS)
    rows = _codes().get((system, code), [])
    if on is not None:
        on = day(on)
        return next((state for spell, state in rows if within(spell, on)), None)
    return max(rows, key=lambda row: str(row[0]["from"]))[1] if rows else None


def _coded(word: str, on: Day | None) -> str | None:
    """The state of a code written as a word; on a day outside the code's own spells, a bearer that existed on it, or the last one."""
    match = CODE.fullmatch(word.casefold())
    if not match:
        return None
    code = int(match[2])
    system = match[1] or next((system for system in SYSTEMS if (system, code) in _codes()), SYSTEMS[0])
    bearers = [state for _, state in _codes().get((system, code), []) if on is not None and alive(state, on)]
    return by_code(system, code, on) or next(iter(bearers), None) or by_code(system, code)


def _named(word: str, on: Day | None) -> str | None:
    """The state of an id or a name: one that existed on the day before one that did not, and a main name before another."""
    if word.upper() in snapshot.ids("state"):
        return word.upper()
    ranked = [(not _stood(state, on), rank, state) for rank, state in _names().get(key(word), [])]
    return min(ranked)[2] if ranked else None


def _stood(state: str, on: Day | None) -> bool:
    return alive(state, on) if on is not None else snapshot.record("state", state)["spells"][-1]["until"] is None


def _days(state: str) -> str:
    spells = snapshot.record("state", state)["spells"]
    return " and ".join(f"from {spell['from']}" + (f" until {spell['until']}" if spell["until"] else "") for spell in spells)


def key(text: str) -> str:
    """`text` as names are compared: letter case, accents, the dots of ё, the hamza of alef, hyphens and kinds of apostrophe do not count.

    >>> key("Côte d’Ivoire") == key("cote d'ivoire"), key("إثيوبيا") == key("اثيوبيا")
    (True, True)
    """
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(bare.translate(ALIKE).casefold().split()).removeprefix("the ")


@functools.cache
def _names() -> dict[str, list[tuple[int, str]]]:
    """Every name by its key: rank 0 where it is the main name, 1 where it is another, and the state."""
    found: dict[str, list[tuple[int, str]]] = {}
    for state, record in snapshot.records("state").items():
        for names in record["names"].values():
            for text in [names["name"], *names["also"]]:
                row = (int(text != names["name"]), state)
                if row not in found.setdefault(key(text), []):
                    found[key(text)].append(row)
    return found


def _main() -> list[str]:
    """What every state is called, in every language."""
    return [names["name"] for record in snapshot.records("state").values() for names in record["names"].values()]


def _known() -> list[str]:
    """Every name of every state."""
    return [text for record in snapshot.records("state").values() for names in record["names"].values() for text in [names["name"], *names["also"]]]


@functools.cache
def _codes() -> dict[tuple[str, int], list[tuple[Spell, str]]]:
    """Every code with the spells in which a state bears it."""
    found: dict[tuple[str, int], list[tuple[Spell, str]]] = {}
    for state, record in snapshot.records("state").items():
        for system in SYSTEMS:
            for spell in record["codes"][system]:
                found.setdefault((system, spell["code"]), []).append((spell, state))
    return found

"""What a page was asked: the words of its address, read once and refused with a way out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.errors import InputError
from foedus.spells import Day, day

TRUTH: dict[str, bool | None] = {"true": True, "false": False, "unknown": None}
MOST = 24  # of one word in an address


@dataclass(frozen=True)
class Asked:
    """The question part of an address. part: only the part of the page that changes is wanted."""

    words: Mapping[str, list[str]] = field(default_factory=dict)
    part: bool = False

    def one(self, name: str) -> str | None:
        """The last value under that name; an empty one is none."""
        values = [value.strip() for value in self.words.get(name, ()) if value.strip()]
        return values[-1] if values else None

    def many(self, name: str) -> list[str]:
        """Every value under that name, once. Errors: InputError for more than a page can show."""
        values = list(dict.fromkeys(value.strip() for value in self.words.get(name, ()) if value.strip()))
        if len(values) > MOST:
            raise InputError(f"at most {MOST} of '{name}' at once")
        return values

    def day(self, name: str) -> Day | None:
        """A day. Errors: InputError for what is none."""
        found = self.one(name)
        return day(found) if found else None

    def facts(self, name: str) -> dict[str, bool | None]:
        """`armed_attack=true` and the like. Two spellings of one fact: the last counts. Also `NAME.armed_attack=true`, as a form sends it."""
        found: dict[str, bool | None] = {}
        pairs = [pair.partition("=")[::2] for pair in self.many(name)]
        pairs += [(key.removeprefix(f"{name}."), values[-1]) for key, values in self.words.items() if key.startswith(f"{name}.")]
        for fact, value in pairs:
            if value in ("", "told"):
                continue
            if value not in TRUTH:
                raise InputError(f"'{fact}={value}' is no fact. Write it as {fact}=true, =false or =unknown")
            found[fact] = TRUTH[value]
        return found


def written(facts: Mapping[str, bool | None]) -> list[str]:
    """Facts as an address holds them.

    >>> written({"armed_attack": True, "by_state": None})
    ['armed_attack=true', 'by_state=unknown']
    """
    words = {value: name for name, value in TRUTH.items()}
    return [f"{fact}={words[value]}" for fact, value in facts.items()]

"""One kind of error for bad input: it names the place and the way out."""

from collections.abc import Iterable


class InputError(ValueError):
    """Bad input. The message is one line: the place, what is wrong, the way out.

    `place` is a file and line, a command's argument or empty. The shell prints the message and exits with 2.
    """

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words that look most like `word`, best first; letter case does not count.

    >>> nearest("armed_atack", ["armed_attack", "by_state"])
    ['armed_attack']
    """
    import difflib  # late: no command that goes well needs it

    by_folded = {name.casefold(): name for name in known}
    return [by_folded[match] for match in difflib.get_close_matches(word.casefold(), by_folded, most, 0.5)]


def unknown(kind: str, word: str, known: Iterable[str], place: str = "", listed: Iterable[str] | None = None) -> InputError:
    """The error for a word that names nothing: with the nearest of `known`, or else the first of `listed` (of `known` where not given).

    >>> str(unknown("fact", "armed_atack", ["armed_attack"]))
    "no fact 'armed_atack'. Did you mean 'armed_attack'?"
    """
    names = sorted(known)
    close = nearest(word, names)
    if close:
        hint = "Did you mean " + " or ".join(f"'{name}'" for name in close) + "?"
    else:
        names = sorted(listed) if listed is not None else names
        shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
        hint = f"Known: {shown}" if names else "None is known."
    return InputError(f"no {kind} '{word}'. {hint}", place)

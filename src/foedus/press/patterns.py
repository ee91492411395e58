"""Patterns that begin with a word, written so that they are found fast.

A search for `\\b(?:that|but)` tries every alternative at every character. A pattern that begins with a set of characters skips to
the next of them, several times as fast: `[bt](?<!\\w.)(?:(?<=b)ut|(?<=t)hat)`. `begins` makes the second out of the first.
"""

import re

BOUNDARY = r"(?<!\w.)"  # no letter before the letter just read
OPENING = re.compile(r"\[([^\]\\^]+)\]|(\w|\\s)")


def begins(alternatives: str, any_case: bool = False) -> str:
    """`\\b(?:alternatives)` as a pattern that begins with a set; each alternative begins with a letter, a digit, a blank or a set such as [Aa].

    A set of marks, or a blank, needs no boundary before it. `any_case` lets the first letter be a capital or a small one, whatever is
    written; the rest is the flags' to say.

    >>> begins("that|but|because")
    '(?:[tb](?:(?<!\\\\w.)(?:(?<=[t])(?:hat)|(?<=[b])(?:ut|ecause))))'
    """
    rests: dict[str, list[str]] = {}
    for alternative in split(alternatives):
        first = OPENING.match(alternative)
        assert first, f"'{alternative}' begins with no letter"
        letters = (first[1] or first[2]).replace("-", r"\-")
        if any_case:
            letters = "".join(dict.fromkeys(letters.lower() + letters.upper()))
        rests.setdefault(letters, []).append(alternative[first.end() :])
    marks = _ways({letters: rest for letters, rest in rests.items() if not letters.isalnum()})
    words = _ways({letters: rest for letters, rest in rests.items() if letters.isalnum()})
    return f"(?:{_case('[' + ''.join(dict.fromkeys(rests)) + ']', any_case)}(?:{'|'.join([*marks, BOUNDARY + '(?:' + '|'.join(words) + ')'])}))"


def _ways(rests: dict[str, list[str]]) -> list[str]:
    """What may follow each set of first letters."""
    return [f"(?<=[{letters}])(?:{'|'.join(rest)})" for letters, rest in rests.items()]


def _case(letters: str, any_case: bool) -> str:
    """A set whose letters are taken as they stand, as no search skips to one whose case is open."""
    return f"(?-i:{letters})" if any_case else letters


def split(alternatives: str) -> list[str]:
    """The alternatives of a pattern, those in brackets left whole.

    >>> split("a(?:b|c)|[d|e]")
    ['a(?:b|c)', '[d|e]']
    """
    made, depth, within, start = [], 0, False, 0
    place = 0
    while place < len(alternatives):
        character = alternatives[place]
        if character == "\\":
            place += 1
        elif within:
            within = character != "]"
        elif character == "[":
            within = True
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == "|" and not depth:
            made.append(alternatives[start:place])
            start = place + 1
        place += 1
    return [*made, alternatives[start:]]


def each(words: str, tail: str) -> str:
    """Alternatives with the same tail.

    >>> each("pact|treaty", "s?")
    'pacts?|treatys?'
    """
    return "|".join(word + tail for word in split(words))

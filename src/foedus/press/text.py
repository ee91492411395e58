"""Text as the matchers read it, and the way back to the characters it came from.

Folding deletes marks that carry no letter (bidirectional controls, vowel signs, stress), gives variant letters, digits and
quotation marks one form, and closes up blanks. Every place in the folded text knows its place in the original.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from foedus.errors import InputError

GONE = "\x00"  # what stands in a folded text for a character that is to go


def _table() -> dict[int, str]:
    table: dict[int, str] = {}

    def put(characters: str, to: str) -> None:
        table.update(dict.fromkeys(map(ord, characters), to))

    def span(first: int, last: int, to: str = GONE) -> None:
        table.update(dict.fromkeys(range(first, last + 1), to))

    span(0x00, 0x08)
    span(0x0E, 0x1F)
    span(0x7F, 0x9F)
    span(0x200B, 0x200F)  # zero width and direction marks
    span(0x202A, 0x202E)
    span(0x2060, 0x2069)
    span(0xFE00, 0xFE0F)
    span(0x0610, 0x061A)
    span(0x064B, 0x065F)  # Arabic vowel signs
    span(0x06D6, 0x06ED)
    span(0x0300, 0x036F)  # accents set apart; the breve of й is joined before
    span(0xD800, 0xDFFF, "\ufffd")
    put("\u00ad\u061c\ufeff\u0640\u0670\u180e\r", GONE)
    put("\x0b\x0c\x85\u2028\u2029", "\n")
    put("\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    for first in (0x0660, 0x06F0):
        for digit in range(10):
            table[first + digit] = str(digit)
    put("٬،", ",")
    put("٫", ".")
    put("؛", ";")
    put("؟", "?")
    put("٪", "%")
    put("…", ".")
    put("№", "#")
    put("«»“”„‟″❝❞", '"')
    put("’‘ʼʻ‛′`´", "'")
    put("‐‑‒–—―−", "-")
    put("آأإٱ", "ا")
    put("ىیئې", "ي")
    put("ةھہە", "ه")
    put("ؤ", "و")
    put("کگڪ", "ك")
    put("پ", "ب")
    put("ڤ", "ف")
    put("چ", "ج")
    put("ё", "е")
    put("Ё", "Е")
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        plain = unicodedata.normalize("NFKD", chr(code))
        if plain[0] != chr(code) and plain[0].isascii() and all(unicodedata.combining(mark) for mark in plain[1:]):
            table[code] = plain[0]
    table.update({ord(a): b for a, b in zip("ıłŁøØđĐ", "ilLoOdD", strict=True)})
    return table


TABLE = _table()
# What is common is put one by one, which is faster than a translation, and what Unicode writes more plainly is looked for only where there is any.
COMMON = [(one, TABLE[ord(one)]) for one in "\u00a0\r\t«»“”„’‘–—…№ёЁأإآئىةؤـًٌٍَُِّْ،؛؟٪٠١٢٣٤٥٦٧٨٩\u200b\u200e\u200f"]
PUNCTUATION = ".,\"-:;()\n'!?%/$#[]*&+_|•€"
RARE = re.compile(f"[{re.escape(''.join(map(chr, TABLE.keys() - {0})))}]")
BLANK_RUNS = re.compile(r"[\x00 \n](?:(?<=\x00)[\x00 \n]*|[\x00 \n]+)")
LINE_BREAKS = re.compile(r"\n[ \n]+")
NOT_WORD = re.compile(r"\W|_")
LOOSE = re.compile(r"[\x00 \n]{2,}|\x00|[^\x01-\u2fff\ua640-\ua69f\uac00-\ud7ff\ufffd]|[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2100-\u218f]")


@dataclass(slots=True)
class Folded:
    """A text folded for matching.

    `text` keeps letter case and punctuation. `matched` is lower case with a blank for everything that is no letter or digit, and
    one more blank at each end, so that place i of `text` is place i + 1 of `matched`.
    """

    original: str
    text: str
    matched: str
    _at: list[int]
    _from: list[int]
    _whole: list[int]

    def span(self, start: int, end: int) -> list[int]:
        """The place [start, end) of `text` as a place in the original."""
        if not self._at and 0 <= start < end:
            return [start, end]
        if end <= start:
            place = self._place(min(start, len(self.text) - 1))[0] if self.text else 0
            return [place, place]
        at = self._at
        k = bisect_right(at, start) - 1
        if not self._whole[k] and (k + 1 == len(at) or end <= at[k + 1]):
            by = self._from[k] - at[k]
            return [start + by, end + by]
        return [self._place(start)[0], self._place(end - 1)[1]]

    def _place(self, index: int) -> tuple[int, int]:
        if not self._at:
            return index, index + 1
        k = bisect_right(self._at, index) - 1
        begin = self._from[k]
        if self._whole[k]:
            return begin, begin + self._whole[k]
        begin += index - self._at[k]
        return begin, begin + 1

    def source(self, start: int, end: int) -> str:
        """The original characters of a place of `text`, blanks closed up and controls left out."""
        a, b = self.span(start, end)
        return clean(self.original[a:b])


def clean(text: str) -> str:
    """A stretch of original text made fit to show: no controls, single blanks."""
    if text.isprintable() and "<" not in text and "  " not in text and "\u00ad" not in text:
        return text.strip()
    return BLANKS.sub(" ", UNSEEN.sub("", text)).strip()


BLANKS = re.compile(r"\s+")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|<[^<>]{0,300}>")


def fold(original: str, view: str | None = None) -> Folded:
    """Fold `original`, reading it through `view`: a text of the same length in which what is not to be read is blank or NUL."""
    seen = original if view is None else view
    if "\u0306" in seen:
        seen = seen.replace("и\u0306", "й\x00").replace("И\u0306", "Й\x00")
    seen = _translated(seen)
    pieces: list[str] = []
    at: list[int] = []
    start: list[int] = []
    whole: list[int] = []
    done = length = 0
    for found in _loose(seen).finditer(seen):
        a, b = found.span()
        piece = _piece(found[0])
        if piece == found[0]:
            continue
        if a > done:
            at.append(length)
            start.append(done)
            whole.append(0)
            pieces.append(seen[done:a])
            length += a - done
        if piece:
            at.append(length)
            start.append(a)
            whole.append(b - a)
            pieces.append(piece)
            length += len(piece)
        done = b
    if at or done:
        if done < len(seen):
            at.append(length)
            start.append(done)
            whole.append(0)
            pieces.append(seen[done:])
        seen = "".join(pieces)
    return Folded(original, seen, f" {_words(seen.lower())} ", at, start, whole)


def _loose(text: str) -> re.Pattern[str]:
    """What finds the stretches that folding must change: the least that will do, as blanks are many and few of them change."""
    if not unicodedata.is_normalized("NFKC", text):
        return LOOSE
    return BLANK_RUNS if GONE in text or "  " in text or " \n" in text else LINE_BREAKS


def _translated(text: str) -> str:
    """`text` through TABLE. No character that TABLE gives is changed by it again."""
    for character, to in COMMON:
        text = text.replace(character, to)
    return text.translate(TABLE) if RARE.search(text) else text


def _words(text: str) -> str:
    """`text`, in small letters, with a blank for everything that is no letter or digit."""
    for mark in PUNCTUATION:
        text = text.replace(mark, " ")
    return text if text.replace(" ", "").isalnum() else NOT_WORD.sub(" ", text)


def _piece(found: str) -> str:
    if "\n" in found:
        return "\n\n" if found.count("\n") > 1 else "\n"
    if " " in found:
        return " "
    if found[0] == GONE:
        return ""
    return unicodedata.normalize("NFKC", found).translate(TABLE).replace(GONE, "").lower() if found[0] != "\ufdfa" else found


def key(name: str) -> str:
    """A name in the form in which `matched` holds it, without the blanks at its ends.

    >>> key("Côte d’Ivoire"), key("أرمينيا")
    ('cote d ivoire', 'ارمينيا')
    """
    return fold(name).matched.strip()


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 with its mark, or the old Arabic or Russian code pages. Errors: InputError if it is no text."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    loose = data.decode("utf-8", "replace")
    if loose.count("\ufffd") <= len(loose) * 0.02 + 1:
        return loose
    if b"\x00" not in data:
        for name, letters in (("cp1251", r"[а-яА-ЯёЁ]"), ("cp1256", r"[\u0621-\u064a]")):
            text = data.decode(name, "replace")
            if len(re.findall(letters, text)) > 0.6 * len(re.findall(r"\S", text)):
                return text
    raise InputError("this is no text: neither UTF-8 nor UTF-16, nor an Arabic or Russian code page. Save the piece as UTF-8.")

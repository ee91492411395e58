"""Ten thousand spoiled pieces through the press reader: nothing may crash, hang or point outside the text.

python benchmarks/press_fuzz.py [--count 10000] [--seed 1]
Each mutation is seeded, so a failure can be seen again. Exit 1 where a reading fails, takes over 2 s a megabyte, or gives a span outside its text.
"""

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from foedus.errors import InputError
from foedus.press import read
from foedus.press.text import decode

PIECES = Path(__file__).parent.parent / "tests" / "press" / "pieces"
FIELDS = ("states", "pacts", "articles", "quantities", "dates", "speakers", "claims", "events")
SECONDS_A_MEGABYTE = 2.0
FLOOR = 1.0  # seconds that any reading may take, so that a busy machine is not taken for a hang
LONG = 5_000_000
PLAIN = (
    "NATO met on Thursday. Article 5 of the North Atlantic Treaty binds 30 states, Jens Stoltenberg, the secretary general, said; Russia denied it in 2022.",
    "Президент Казахстана Касым-Жомарт Токаев попросил ОДКБ о помощи 5 января 2022 года. По словам министра, статья 4 договора даёт 2,5 тысячи солдат.",
    "أعلن رئيس الوزراء الأرميني نيكول باشينيان أن منظمة معاهدة الأمن الجماعي سترسل ٢٥٠٠ جندي إلى كازاخستان بموجب المادة الرابعة في 6 كانون الثاني 2022.",
)
CONTROLS = "".join(
    map(
        chr,
        [*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xFFFD, 0xD800, 0xDFFF],
    )
)
MARKS = "".join(map(chr, [*range(0x300, 0x330), *range(0x610, 0x61B), *range(0x64B, 0x660), 0x306, 0xFDFA, 0xFB01, 0xBD, 0x130, 0xDF, 0x1D518, 0x3000]))
TOKENS = """said Article V статья قال المادة NATO ОДКБ الناتو 5 ٥ 2,5 1.2.3.4 % $ € млн مليون " « » “ ” ' ( ) [ ] - — : ; , . ... ? ! / | • \n \n\n \t According to По словам بحسب President
    Президент الرئيس of the and и و , said "said" заявил, что أن 2022 06/01/2022 1999-2001 XIV 42(7) 10-12 T-72 F-16 №5 г. U.S. 's x^2 &nbsp; &#1056; &lt; <b> </p> <div <script>""".split(
    " "
)
TAGS = ("div", "p", "span", "table", "tr", "td", "ul", "li", "b", "a", "article", "section", "blockquote", "script", "style", "font")


def bases() -> list[str]:
    """The texts that are spoiled: the development set where it is at hand, and three sentences."""
    return [*PLAIN, *(yaml.safe_load(path.read_text("utf-8"))["text"] for path in sorted(PIECES.glob("*.yaml")))]


def _places(text: str, chance: random.Random, most: int) -> Iterator[int]:
    for _ in range(chance.randint(1, most)):
        yield chance.randint(0, len(text))


def bad_bytes(text: str, other: str, chance: random.Random) -> str:
    """Bytes lost, changed and put in before the file is decoded as the command line does it."""
    data = bytearray(text.encode(chance.choice(("utf-8", "utf-8", "utf-8", "utf-16", "cp1251", "cp1256")), "replace"))
    for _ in range(chance.randint(1, 30)):
        place = chance.randrange(len(data)) if data else 0
        step = chance.randrange(3)
        if step == 0:
            data[place : place + 1] = bytes([chance.randrange(256)])
        elif step == 1:
            del data[place : place + chance.randint(1, 5)]
        else:
            data[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 6)))
    return decode(bytes(data))


def mixed_scripts(text: str, other: str, chance: random.Random) -> str:
    """Stretches of another piece, often in another language, put in anywhere, even inside words."""
    for place in _places(text, chance, 8):
        a = chance.randint(0, len(other))
        text = text[:place] + other[a : a + chance.randint(1, 120)] + text[place:]
    return text


def controls(text: str, other: str, chance: random.Random) -> str:
    """Control, bidirectional and joining characters, singly and in runs."""
    for place in _places(text, chance, 40):
        text = text[:place] + chance.choice(CONTROLS + MARKS) * chance.choice((1, 1, 1, 2, 60)) + text[place:]
    return text


def tokens(text: str, other: str, chance: random.Random) -> str:
    """Words and signs that the grammars look for, where they do not belong."""
    for place in _places(text, chance, 30):
        text = text[:place] + (" " + chance.choice(TOKENS)) * chance.choice((1, 1, 2, 20)) + text[place + chance.choice((0, 0, 1, 5)) :]
    return text


def cut(text: str, other: str, chance: random.Random) -> str:
    """Pieces cut out, doubled and put in another order."""
    for place in _places(text, chance, 10):
        end = place + chance.randint(0, 200)
        step = chance.randrange(3)
        text = text[:place] + text[end:] if step == 0 else text[:end] + text[place:] if step == 1 else text[end:] + text[:place]
    return text[: chance.choice((0, 1, 50, 4_000))] if chance.random() < 0.1 else text


def nested_html(text: str, other: str, chance: random.Random) -> str:
    """Deep, crossed and unclosed markup around and inside the text."""
    depth = chance.choice((1, 5, 40, 300))
    tags = [chance.choice(TAGS) for _ in range(depth)]
    inside = text
    for place in _places(text, chance, 12):
        tag = chance.choice(TAGS)
        inside = (
            inside[:place]
            + chance.choice((f"<{tag}>", f"</{tag}>", f"<{tag} class='x", "<!--", "-->", "&amp;", "&#x202e;", "&#9999999;", "<", "]]>"))
            + inside[place:]
        )
    closed = "".join(f"</{tag}>" for tag in reversed(tags)) if chance.random() < 0.7 else ""
    return (
        "<html><head><title>" + other[:40] + "</title></head><body>" + "".join(f"<{tag}>" for tag in tags) + "<p>" + inside + "</p>" + closed + "</body></html>"
    )


KINDS: tuple[Callable[[str, str, random.Random], str], ...] = (bad_bytes, mixed_scripts, controls, tokens, cut, nested_html)


def mutations(count: int, seed: int) -> Iterator[tuple[str, Callable[[], str]]]:
    """The names of `count` mutations, each with what makes its text."""
    known = bases()
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        kind = KINDS[number % len(KINDS)]
        text, other = chance.choice(known), chance.choice(known)
        yield f"{kind.__name__} {number}", lambda kind=kind, text=text, other=other, chance=chance: kind(text, other, chance)  # type: ignore[misc]


def long_lines() -> Iterator[tuple[str, Callable[[], str]]]:
    """Five megabytes on one line, for each language, of one word, of digits, of blanks and of open tags."""
    for text in PLAIN:
        yield f"one line of {text[:8]}…", lambda text=text: (text.replace("\n", " ") + " ") * (LONG // (len(text) + 1))  # type: ignore[misc]
    joined = " ".join(piece.replace("\n", " ") for piece in bases())
    yield "one line of all pieces", lambda: (joined * (LONG // len(joined) + 1))[:LONG]
    for word in ("said ", "5 ", "NATO", "Article 5, ", '" - ', "<div>", "<p>a ", "(", "\u202e", "قال ", "статья 4 и "):
        yield f"one line of {word!r}", lambda word=word: word * (LONG // len(word)) + " the and of"  # type: ignore[misc]


def fault(text: str, lang: str | None) -> tuple[str | None, float]:
    """What is wrong with the reading of a text, if anything, and the seconds it took. A refusal in one line is no fault."""
    start = time.process_time()
    try:
        found: dict[str, Any] = read(text, lang, "2022-01-06")
    except InputError:
        return None, time.process_time() - start
    except Exception:
        return traceback.format_exc(limit=-3), time.process_time() - start
    seconds = time.process_time() - start
    for field in FIELDS:
        for item in found[field]:
            first, last = item["span"]
            if not 0 <= first <= last <= len(text):
                return f"{field}: span {item['span']} is outside a text of {len(text)} characters", seconds
    if seconds > max(FLOOR, SECONDS_A_MEGABYTE * len(text.encode("utf-8", "surrogatepass")) / 1e6):
        return f"{seconds:.1f} s for {len(text):,} characters", seconds
    return None, seconds


def main() -> int:
    """Run the mutations and the long lines; print counts and the slowest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    read(PLAIN[0], "en", "2022-01-06")
    counts: Counter[str] = Counter()
    faults = 0
    slowest = (0.0, "")
    longest = (0.0, "")
    for number, (name, make) in enumerate((*mutations(options.count, options.seed), *long_lines())):
        kind = name.split()[0] if number < options.count else "one line"
        counts[kind] += 1
        try:
            text = make()
        except InputError:
            counts["refused on decoding"] += 1
            continue
        wrong, seconds = fault(text, (None, "en", "ar", "ru")[number % 4])
        rate = seconds / max(len(text.encode("utf-8", "surrogatepass")) / 1e6, 0.001)
        if number < options.count:
            slowest = max(slowest, (seconds, name))
        else:
            longest = max(longest, (rate, name))
        if wrong:
            faults += 1
            print(f"FAULT {name}: {wrong}")
    print(", ".join(f"{kind} {count:,}" for kind, count in counts.items()))
    print(f"slowest small input {slowest[0]:.2f} s ({slowest[1]}); slowest line of 5 MB {longest[0]:.2f} s/MB ({longest[1]}; bar {SECONDS_A_MEGABYTE:g})")
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

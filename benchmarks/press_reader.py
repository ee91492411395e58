"""Precision, recall and F1 of the press reader over the development set, per field and language; its speed beside plain searching.

python benchmarks/press_reader.py [--misses FIELD ...] [--only 74-82] [--no-speed]
"""

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

PIECES = Path(__file__).parent.parent / "tests" / "press" / "pieces"
FIELDS = ("states", "pacts", "articles", "quantities", "dates", "speakers")
BARS = {"states": 0.96, "pacts": 0.95, "articles": 0.90, "quantities": 0.85, "dates": 0.94, "speakers": 0.80}
# Words for the same kind of people count as one in the comparison of what is counted.
ALIKE = [
    {"men", "soldiers", "troops", "servicemen", "personnel", "peacekeepers", "marines", "officers", "paratroopers"},
    {"states", "countries", "members", "allies", "parties"},
    {"dead", "deaths", "people", "killed"},
    {"wounded", "injured"},
    {"ships", "vessels"},
    {"fighters", "rebels", "militants"},
]


def pieces() -> list[dict[str, Any]]:
    """The annotated pieces, in the order of their names."""
    return [{"name": path.stem, **yaml.safe_load(path.read_text("utf-8"))} for path in sorted(PIECES.glob("*.yaml"))]


def same_counted(a: str | None, b: str | None) -> bool:
    """Whether two words say the same of what is counted."""
    if a is None or b is None or a == b or a.rstrip("s") == b.rstrip("s"):
        return True
    return any(a in group and b in group for group in ALIKE) or a in b or b in a


def same_quantity(gold: dict[str, Any], read: dict[str, Any]) -> bool:
    """Same value or range, same unit, same thing counted."""
    if gold["unit"] == "item" and read["unit"] == "item":
        pass
    elif gold["unit"] != read["unit"]:
        return False
    numbers = ("value", "low", "high")
    return all(_close(gold.get(key), read.get(key)) for key in numbers) and (gold["unit"] == "item" or same_counted(gold.get("of"), read.get("of")))


def _close(a: float | None, b: float | None) -> bool:
    return a == b if a is None or b is None else abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1)


def same_speaker(gold: dict[str, Any], read: dict[str, Any]) -> bool:
    """Same name where both have one (the surname is enough), else the same role and state or body."""
    if gold.get("name") and read.get("name"):
        return _surname(gold["name"]) == _surname(read["name"])
    same_place = (gold.get("state") or None) == (read.get("state") or None)
    same_body = str(gold.get("body") or "").lower() == str(read.get("body") or "").lower()
    if gold.get("name") or read.get("name"):
        return gold.get("role") == read.get("role") and same_place and same_body and (gold.get("state") or gold.get("body")) is not None
    return str(gold.get("role") or "").rstrip("s") == str(read.get("role") or "").rstrip("s") and same_place and same_body


def _surname(name: str) -> str:
    from foedus.press.text import key

    return key(name).split()[-1] if key(name) else ""


def matched(gold: list[Any], read: list[Any], same: Any) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Pairs, what was missed, what was read too much."""
    rest, pairs, missed = list(read), [], []
    for item in gold:
        other = next((candidate for candidate in rest if same(item, candidate)), None)
        if other is None:
            missed.append(item)
        else:
            rest.remove(other)
            pairs.append((item, other))
    return pairs, missed, rest


def compare(field: str, gold: dict[str, Any], read: dict[str, Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """Hits, misses and extras of one field of one piece."""
    if field == "states":
        a, b = set(gold["states"]), {item["state"] for item in read["states"]}
        return sorted(a & b), sorted(a - b), sorted(b - a)
    if field == "pacts":
        a, b = set(gold["pacts"]), {item["pact"] for item in read["pacts"]}
        return sorted(a & b), sorted(a - b), sorted(b - a)
    if field == "articles":
        c, d = {(x["pact"], str(x["article"])) for x in gold["articles"]}, {(x["pact"], x["article"]) for x in read["articles"]}
        return sorted(c & d), sorted(c - d), sorted(d - c)
    if field == "dates":
        a, b = {str(x) for x in gold["dates"]}, {item["date"] for item in read["dates"]}
        return sorted(a & b), sorted(a - b), sorted(b - a)
    if field == "quantities":
        return matched(gold["quantities"], _once(read["quantities"]), same_quantity)
    return matched(gold["speakers"], read["speakers"], same_speaker)


def _once(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[Any, dict[str, Any]] = {}
    for item in items:
        seen.setdefault(tuple(item.get(key) for key in ("value", "low", "high", "unit", "of")), item)
    return list(seen.values())


def numbered(name: str, only: str | None) -> bool:
    """Whether a piece's number is in the range asked for, `74-82` or `74`."""
    if not only:
        return True
    first, _, last = only.partition("-")
    return int(first) <= int(name[:2]) <= int(last or first)


def score(misses: Iterable[str] = (), only: str | None = None) -> dict[str, dict[str, tuple[float, float, float]]]:
    """Precision, recall and F1 by language (and `all`) and field; prints what was missed in the fields named."""
    from foedus.press.reader import read

    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for piece in pieces():
        if not numbered(piece["name"], only):
            continue
        found = read(piece["text"], lang=piece["lang"], published=str(piece["published"]) if piece.get("published") else None)
        for field in FIELDS:
            hits, missed, extra = compare(field, piece["gold"], found)
            for lang in (piece["lang"], "all"):
                for k, items in enumerate((hits, missed, extra)):
                    counts[lang, field][k] += len(items)
            if field in misses and (missed or extra):
                print(f"{piece['name']} {field}\n    missed {_brief(missed)}\n    extra  {_brief(extra)}")
    table: dict[str, dict[str, tuple[float, float, float]]] = defaultdict(dict)
    for (lang, field), (hit, miss, extra_) in counts.items():
        precision = hit / (hit + extra_) if hit + extra_ else 1.0
        recall = hit / (hit + miss) if hit + miss else 1.0
        table[lang][field] = precision, recall, 2 * hit / (2 * hit + miss + extra_) if hit + miss + extra_ else 1.0
    return table


def _brief(items: list[Any]) -> list[Any]:
    return [{k: v for k, v in item.items() if v is not None and k not in ("span", "rule")} if isinstance(item, dict) else item for item in items]


def speed() -> None:
    """Load and reading speed, beside `str.find` of the same words over the same text."""
    from foedus.press import gazetteer
    from foedus.press.reader import read

    code = "import time; s = time.perf_counter(); from foedus.press import gazetteer; gazetteer.load(); print(time.perf_counter() - s)"
    loads = [float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(3)]
    print(f"load {statistics.median(loads):.3f} s (bar 0.4)")
    known = gazetteer.load()
    texts = []
    for piece in pieces():
        whole = "\n\n".join([piece["text"]] * (3000 // len(piece["text"]) + 1))[:3000]
        texts.append((whole, piece["lang"], str(piece["published"]) if piece.get("published") else None))
    for text, lang, day in texts[:5]:
        read(text, lang, day)
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for text, lang, day in texts:
            read(text, lang, day)
        rounds.append((time.process_time() - start) / len(texts))
    each = statistics.median(rounds)
    words = list(known.automaton.keys())
    start = time.process_time()
    for text, _, _ in texts[:6]:
        low = text.lower()
        for word in words:
            low.find(word)
    plain = (time.process_time() - start) / 6
    print(f"{1 / each:.0f} pieces of 3,000 characters a second and core (bar 300)")
    print(f"str.find of the same {len(words):,} words alone: {1 / plain:.0f} a second; the whole reading is {plain / each:.1f} times as fast")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (bar 250)")


def main() -> int:
    """Print the table and the speeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", nargs="*", default=[], choices=[*FIELDS])
    parser.add_argument("--only", help="the numbers of the pieces to score: 74-82")
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    if not PIECES.exists():
        print("no development set at tests/press/pieces: nothing measured")
        return 0
    table = score(options.misses, options.only)
    print(f"{'field':12}" + "".join(f"{lang:>24}" for lang in ("all", "en", "ar", "ru")) + "   bar")
    for field in FIELDS:
        cells = "".join(f"{p:8.3f}{r:8.3f}{f:8.3f}" for p, r, f in (table[lang].get(field, (1, 1, 1)) for lang in ("all", "en", "ar", "ru")))
        print(f"{field:12}{cells}   {BARS[field]}")
    means = {lang: statistics.mean(f for _, _, f in table[lang].values()) for lang in ("all", "en", "ar", "ru") if table[lang]}
    print("mean F1     " + "".join(f"{means.get(lang, 1.0):24.3f}" for lang in ("all", "en", "ar", "ru")))
    if not options.no_speed:
        speed()
    return 0


if __name__ == "__main__":
    sys.exit(main())

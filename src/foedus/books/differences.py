"""Where the library and ATOP 5.1 differ on a pact that both hold: each row with its reason, by rule or by hand."""

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from foedus import snapshot
from foedus.books import atop
from foedus.law import parties, provisions
from foedus.reading import read
from foedus.spells import Day, Spell, intersect, overlap

Row = dict[str, Any]
Why = tuple[str, str] | None
PLACED = Path(__file__).with_name("atop.yaml")
NO_DUTY = ("may", "declares")
PARTIES = ("every_party", "every_other_party", "party_concerned", "requesting_party")
NEVER = "9999-12-31"
NEAR = {"nonaggression": ("non_alignment",), "neutrality": ("non_alignment",), "defense": ("internal_assistance",)}

CODES = {
    "signature": "ATOP dates from signature, the library from entry into force",
    "signature_unknown": "ATOP dates from signature, the library from entry into force, and it holds no day on which this party signed",
    "text_signed": "ATOP's day is the signature of another text of the pact",
    "step": "ATOP's day is that of another step in the party's life",
    "suspension": "the library has the party suspended, not out",
    "disputed": "the library holds ATOP's day too, beside the one it follows",
    "one_day": "the last day of the spell against the first day after it",
    "undated": "ATOP leaves the day blank; the month agrees",
    "imprecise": "the library knows the month or the year alone, and it agrees",
    "statehood": "ATOP's day is the first or the last on which the state stands in the Correlates of War list",
    "after_coverage": "ATOP's coverage ends on 2018-12-31",
    "no_state": "the party was no state of the Correlates of War system then, and ATOP lists none else",
    "parties_unknown": "the library found no list of the parties to this text, so it shows nobody as bound by it",
    "never_in_force": "ATOP lists whoever signed; the library has no day on which the text entered into force for it",
    "permission": "the library codes the clause as a permission or a declaration, which is owed by nobody",
    "organ": "the library codes the duty as the organisation's, not the member's",
    "other_kind": "the library files the nearest clause under another kind",
    "one_way": "the library codes the duty as owed by the other side alone",
    "other_text": "the library holds the obligation under another text of the pact",
    "noted": "explained by hand",
    "unexplained": "NO REASON YET",
}


@functools.cache
def placed(path: Path = PLACED) -> Row:
    """`alliances`: each ATOP alliance with its pact and texts; `absent`: pacts that ATOP does not list; `reasons`: differences explained by hand."""
    found: Row = read(path, path.name).data
    return found


def unplaced() -> list[str]:
    """Pacts of the library signed within ATOP's coverage that are neither matched with an alliance nor said to be absent from ATOP."""
    known = {row["pact"] for row in placed()["alliances"].values()} | set(placed()["absent"])
    return [name for name, pact in snapshot.records("pact").items() if name not in known and _signed(pact) < atop.COVERED_UNTIL]


def _signed(pact: Row) -> Day:
    days = [row["signed"] or row["in_force"] for row in pact["instruments"] if row["id"] == pact["main_instrument"]]
    return str(days[0] or NEVER)


def differences(reference: Path) -> list[Row]:
    """One row a difference: pact, atopid, instrument, states, what, atop, library, code, reason. States that differ alike share a row.

    what: `entry`, `exit`, `member` (a spell that one side alone has) or a kind of obligation, with the days on which the two disagree.
    reference: the folder that holds the ATOP 5.1 member table. Errors: InputError where it is absent or another version.
    """
    found: dict[tuple[Any, ...], Row] = {}
    for name, match in placed()["alliances"].items():
        if match["pact"] not in snapshot.ids("pact"):
            continue
        pact = snapshot.record("pact", match["pact"])
        for row in [*_members(pact, match, int(name), reference), *_obligations(pact, match, int(name), reference)]:
            code, reason = row.pop("why") or _by_hand(pact["id"], row) or ("unexplained", CODES["unexplained"])
            base = {"pact": pact["id"], "atopid": int(name), "instrument": match["instrument"], "states": []}
            key = (name, row["what"], row["atop"], row["library"], code, reason)
            shared = found.setdefault(key, {**base, **{part: row[part] for part in ("what", "atop", "library")}, "code": code, "reason": reason})
            shared["states"] = sorted({*shared["states"], row["state"]})
    return sorted(found.values(), key=lambda row: (row["pact"], row["atopid"], row["what"], row["states"]))


def _by_hand(pact: str, row: Row) -> Why:
    for note in placed()["reasons"]:
        if note["pact"] == pact and row["what"] in note["what"] and (note["states"] == "all" or row["state"] in note["states"]):
            return "noted", note["reason"]
    return None


def idle(reference: Path) -> list[str]:
    """Reasons written by hand that explain no difference of a pact the library holds."""
    used = {row["reason"] for row in differences(reference) if row["code"] == "noted"}
    return [note["reason"] for note in placed()["reasons"] if note["pact"] in snapshot.ids("pact") and note["reason"] not in used]


# ---- members --------------------------------------------------------------------------------------------------------


def _members(pact: Row, match: Row, atopid: int, reference: Path) -> Iterator[Row]:
    """Stretch by stretch of one family's membership on either side: who has it, its first and last days, and what interrupts it."""
    theirs = {family: merged(spells) for family, spells in atop.phases(reference, atopid, _since(match)).items()}
    ours = _lives(pact, match["instrument"])
    for family in sorted(theirs.keys() | ours.keys()):
        events = _events(pact, match["instrument"], family)
        for stretch in merged([*theirs.get(family, []), *ours.get(family, [])]):
            a, b = ([spell for spell in side.get(family, []) if overlap(spell, stretch)] for side in (theirs, ours))
            name = _name(family, stretch["from"])
            if a and b:
                yield from _days_differ(pact, match, family, name, a, b, events)
            elif a:
                yield _row(name, "member", _days(stretch), "", _only_theirs(pact, match, family, stretch, events))
            else:
                yield _row(name, "member", "", _days(stretch), _only_ours(family, stretch))


def _since(match: Row) -> Day:
    return str(match.get("since", ""))


def _days_differ(pact: Row, match: Row, family: str, name: str, theirs: list[Spell], ours: list[Spell], events: list[Row]) -> Iterator[Row]:
    """The days on which the two sides of one membership differ."""
    for what, side, a, b in (("entry", "from", theirs[0], ours[0]), ("exit", "until", theirs[-1], ours[-1])):
        if a[side] != b[side]:
            yield _row(name, what, a[side] or "open", b[side] or "open", _why_day(pact, match, family, side, a, b, events))
    here, there = ([{"from": one["until"], "until": two["from"]} for one, two in itertools.pairwise(spells)] for spells in (theirs, ours))
    for gap in here:
        if gap not in there:
            yield _row(name, "interrupted", _days(gap), "member", _suspended(gap, events))
    for gap in there:
        if gap not in here:
            yield _row(name, "interrupted", "member", _days(gap), None)


def _suspended(gap: Spell, events: list[Row]) -> Why:
    """Whether the library has the party suspended, not out, in the days that ATOP leaves out."""
    steps = [f"{event['what']} {event['on']}" for event in events if event["what"] in ("suspended", "resumed", "froze", "unfroze")]
    began = [event["on"] for event in events if event["what"] in ("suspended", "froze") and event["on"] < gap["until"]]
    return _say("suspension", ", ".join(steps)) if began else None


def _row(state: str, what: str, theirs: str, ours: str, why: Why) -> Row:
    return {"state": state, "what": what, "atop": theirs, "library": ours, "why": why}


def _why_day(pact: Row, match: Row, family: str, side: str, theirs: Spell, ours: Spell, events: list[Row]) -> Why:
    """The first rule that explains why a spell begins or ends on two days."""
    a, b = theirs[side], ours[side]
    if a is None:
        return _say("after_coverage") if b >= atop.COVERED_UNTIL else None
    rules: list[Callable[[], Why]] = [
        lambda: _signature(pact, match, a, events) if side == "from" else None,
        lambda: _step(a, events) if b is not None else None,
        lambda: _say("disputed") if a in _disputed(pact, events) else None,
        lambda: _say("one_day") if b is not None and abs((date.fromisoformat(a) - date.fromisoformat(b)).days) == 1 else None,
        lambda: _text_signed(pact, a) if b is not None else None,
        lambda: _say("undated") if side in theirs["undated"] and str(b)[:7] == a[:7] else None,
        lambda: _imprecise(a, b, events),
        lambda: _say("statehood") if a in _statehood(family, side) else None,
    ]
    return next((why for rule in rules if (why := rule())), None)


def _say(code: str, more: str = "") -> tuple[str, str]:
    return code, CODES[code] + (f": {more}" if more else "")


def _signature(pact: Row, match: Row, a: Day, events: list[Row]) -> Why:
    signed = {event["on"] for event in events if event["what"] == "signed"}
    main = next(row for row in pact["instruments"] if row["id"] == match["instrument"])
    if a in signed | {main["signed"]}:
        return _say("signature")
    if not signed and main["signed"] and main["in_force"] and main["signed"] < a < main["in_force"] and not _joined(events):
        return _say("signature_unknown")
    return None


def _joined(events: list[Row]) -> bool:
    return any(event["what"] in ("acceded", "succeeded") for event in events)


def _step(a: Day, events: list[Row]) -> Why:
    what = [event["what"] for event in events if event["on"] == a]
    return _say("step", what[0]) if what else None


def _text_signed(pact: Row, a: Day) -> Why:
    for text in pact["instruments"]:
        for key in ("signed", "in_force", "ended"):
            if text[key] == a:
                return _say("text_signed" if key == "signed" else "step", f"{text['title']['en']}, {key}")
    return None


def _disputed(pact: Row, events: list[Row]) -> set[Day]:
    return {other["on"] for row in [*events, *pact["instruments"]] for other in row["disputed"]}


def _imprecise(a: Day, b: Day | None, events: list[Row]) -> Why:
    for event in events:
        length = {"month": 7, "year": 4}.get(event["precision"], 0)
        if length and b is not None and event["on"] == b and a[:length] == b[:length]:
            return _say("imprecise")
    return None


def _statehood(family: str, side: str) -> set[Day]:
    """The first days of the family's code spells, or the last ones and the days after them."""
    found = set()
    for state, record in snapshot.records("state").items():
        if atop.families()["states"][state] == family:
            for spell in record["codes"]["cow"]:
                if spell[side] is not None:
                    found |= {spell[side]} if side == "from" else {spell[side], (date.fromisoformat(spell[side]) - timedelta(days=1)).isoformat()}
    return found


def _only_ours(family: str, spell: Spell) -> Why:
    if spell["from"] >= atop.COVERED_UNTIL:
        return _say("after_coverage")
    coded = [{"from": code["from"], "until": code["until"]} for state in _family(family) for code in snapshot.record("state", state)["codes"]["cow"]]
    return None if any(overlap(code, spell) for code in coded) else _say("no_state")


def _only_theirs(pact: Row, match: Row, family: str, spell: Spell, events: list[Row]) -> Why:
    if not _lives(pact, match["instrument"]):
        return _say("parties_unknown")
    if events and not any(event["what"] in ("in_force", "provisional") for event in events):
        return _say("never_in_force", "; ".join(f"{event['what']} {event['on']}" for event in events))
    for text in pact["instruments"]:
        if text["id"] != match["instrument"] and intersect(_lives(pact, text["id"]).get(family, []), [spell]):
            return _say("other_text", str(text["title"]["en"]))
    return None


def _family(family: str) -> list[str]:
    return [state for state, name in atop.families()["states"].items() if name == family]


def _name(family: str, on: Day) -> str:
    """The state of the family that stood on the day, or else the next one that did."""
    lives = sorted((spell["until"] or NEVER, state) for state in _family(family) for spell in snapshot.record("state", state)["spells"])
    return next((state for until, state in lives if until > on), lives[-1][1] if lives else family)


def _events(pact: Row, instrument: str, family: str) -> list[Row]:
    states = set(_family(family))
    return [event for party in pact["parties"] if party["state"] in states for event in party["events"] if event["instrument"] == instrument]


def _lives(pact: Row, instrument: str) -> dict[str, list[Spell]]:
    """By family, the spells in which the text bound it; a state and its successor in the text make one spell."""
    found: dict[str, list[Spell]] = {}
    for party in pact["parties"]:
        spells = parties.spells(party, instrument)
        if spells:
            found.setdefault(atop.families()["states"][party["state"]], []).extend(spells)
    return {family: merged(spells) for family, spells in found.items()}


def _days(spell: Spell) -> str:
    return f"{spell['from']} – {spell['until'] or 'open'}"


# ---- obligations ----------------------------------------------------------------------------------------------------


def _obligations(pact: Row, match: Row, atopid: int, reference: Path) -> Iterator[Row]:
    """Kinds of obligation, member by member, on the days on which both sides list the member."""
    texts = [match["instrument"], *match.get("also", [])]
    for family, theirs in atop.phases(reference, atopid, _since(match)).items():
        ours = _lives(pact, match["instrument"]).get(family, [])
        both = intersect(intersect(merged(theirs), ours), [{"from": "0001-01-01", "until": atop.COVERED_UNTIL}])
        for kind in atop.KINDS:
            mine = intersect(_owed(pact, texts, kind, family, _duty), both)
            other = intersect(merged(spell for spell in theirs if kind in spell["owes"]), both)
            for spell in without(other, mine):
                why = _why_theirs(pact, texts, kind, family, spell)
                yield _row(_name(family, spell["from"]), kind, _when(spell, both), "not owed", why)
            for spell in without(mine, other):
                yield _row(_name(family, spell["from"]), kind, "not owed", _when(spell, both), None)


def _when(spell: Spell, both: list[Spell]) -> str:
    return "owed throughout" if spell in both else f"owed {_days(spell)}"


def _duty(row: Row, states: set[str]) -> bool:
    return row["strength"] not in NO_DUTY and _bears(row, states)


def _bears(row: Row, states: set[str]) -> bool:
    by = row["then"]["by"]
    return bool(states & set(by)) if isinstance(by, list) else by in PARTIES


def _owed(pact: Row, texts: Iterable[str], kind: str, family: str, which: Callable[[Row, set[str]], bool]) -> list[Spell]:
    """The days on which a provision of the kind, chosen by `which`, stood in force for the family under one of the texts."""
    states = set(_family(family))
    found: list[Spell] = []
    for row in provisions.flat(pact, [kind]):
        if row["instrument"] in texts and which(row, states):
            found += intersect(row["in_force"], _lives(pact, row["instrument"]).get(family, []))
    return merged(found)


def _why_theirs(pact: Row, texts: list[str], kind: str, family: str, spell: Spell) -> Why:
    """Why ATOP has an obligation that the library has not, over the whole spell."""
    others = [row["id"] for row in pact["instruments"] if row["id"] not in texts]
    ways: list[tuple[str, list[str], Callable[[Row, set[str]], bool]]] = [
        ("other_text", others, _duty),
        ("permission", texts, lambda row, states: row["strength"] in NO_DUTY and _bears(row, states)),
        ("organ", texts, lambda row, _: row["then"]["by"] == "organization"),
        ("one_way", texts, lambda row, states: isinstance(row["then"]["by"], list) and not _bears(row, states)),
    ]
    for code, among, which in ways:
        if not without([spell], _owed(pact, among, kind, family, which)):
            return _say(code)
    for near in NEAR.get(kind, ()):
        if not without([spell], _owed(pact, texts, near, family, _duty)):
            return _say("other_kind", near)
    return None


# ---- spells ---------------------------------------------------------------------------------------------------------


def merged(spells: Iterable[Spell]) -> list[Spell]:
    """Spells that touch or overlap made one.

    >>> merged([{"from": "2000-01-01", "until": "2001-01-01"}, {"from": "2001-01-01", "until": None}])
    [{'from': '2000-01-01', 'until': None, 'undated': set()}]
    """
    found: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: str(spell["from"])):
        last = found[-1] if found else None
        if last and (last["until"] is None or spell["from"] <= last["until"]):
            if last["until"] is not None and (spell["until"] is None or spell["until"] > last["until"]):
                last["until"] = spell["until"]
                last["undated"] = (last["undated"] - {"until"}) | (spell.get("undated", set()) & {"until"})
        else:
            found.append({"from": spell["from"], "until": spell["until"], "undated": set(spell.get("undated", ()))})
    return found


def without(spells: Iterable[Spell], others: Iterable[Spell]) -> list[Spell]:
    """The days of `spells` that are not in `others`.

    >>> without([{"from": "2000-01-01", "until": None}], [{"from": "2001-01-01", "until": "2002-01-01"}])
    [{'from': '2000-01-01', 'until': '2001-01-01'}, {'from': '2002-01-01', 'until': None}]
    """
    gaps: list[Spell] = []
    start: Day | None = "0001-01-01"
    for spell in merged(others):
        if start is not None and start < spell["from"]:
            gaps.append({"from": start, "until": spell["from"]})
        start = spell["until"]
    if start is not None:
        gaps.append({"from": start, "until": None})
    return intersect(spells, gaps)


# ---- the page -------------------------------------------------------------------------------------------------------


def document(reference: Path) -> str:
    """The differences as a page of the docs. Errors: InputError where the reference table is absent."""
    rows = differences(reference)
    counts = {code: sum(row["code"] == code for row in rows) for code in CODES}
    held = {name: match for name, match in placed()["alliances"].items() if match["pact"] in snapshot.ids("pact")}
    lines = [
        "# Where the library and ATOP differ",
        "",
        "Made by `tools/differences.py`; edit the reasons in `src/foedus/books/atop.yaml`, not this page.",
        "",
        "Each pact that both the library and the Alliance Treaty Obligations and Provisions data, version 5.1 (Leeds, Ritter, Mitchell and Long 2002),",
        "hold is compared member by member: the days of entry and exit, and the kinds of obligation on each day on which both list the member.",
        "Only differences stand here. A spell ends on the first day it no longer holds.",
        "",
        f"{len(held)} alliances compared, {len(rows)} differences:",
        "",
        "| reason | rows |",
        "|---|--:|",
        *[f"| {CODES[code]} | {count} |" for code, count in counts.items() if count],
        "",
    ]
    for name, match in sorted(held.items(), key=lambda item: (item[1]["pact"], int(item[0]))):
        mine = [row for row in rows if row["atopid"] == int(name)]
        lines += [f"## {match['pact']}: ATOP {name}", "", f"{match['why']}", ""]
        lines += [*_table(mine), ""] if mine else ["No difference.", ""]
    absent = {name: why for name, why in placed()["absent"].items() if name in snapshot.ids("pact")}
    lines += ["## Pacts that ATOP does not list", "", *[f"- **{name}**: {why}" for name, why in sorted(absent.items())], ""]
    later = sorted(name for name, pact in snapshot.records("pact").items() if _signed(pact) >= atop.COVERED_UNTIL)
    lines += [f"Signed after ATOP's coverage: {', '.join(later)}.", ""] if later else []
    lines += [f"Not yet placed: {', '.join(unplaced())}.", ""] if unplaced() else []
    return "\n".join(lines)


def _table(rows: list[Row]) -> list[str]:
    lines = ["| states | what | ATOP | library | reason |", "|---|---|---|---|---|"]
    return lines + [f"| {' '.join(row['states'])} | {row['what']} | {row['atop'] or '–'} | {row['library'] or '–'} | {row['reason']} |" for row in rows]


def unexplained(reference: Path) -> list[Row]:
    """The differences that no rule and no hand has explained."""
    return [row for row in differences(reference) if row["code"] == "unexplained"]

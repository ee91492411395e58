"""What the pictures of history show, as rows: who owes a state what on a day, the network of help, a pair through time."""

import datetime
from collections.abc import Iterable
from typing import Any

from foedus import snapshot, states
from foedus.errors import InputError
from foedus.panels import LIBRARY_KINDS, bonds, library
from foedus.panels.portfolios import LEVELS
from foedus.spells import Day, day

Row = dict[str, Any]
WORDS = {3: "active help", 2: "neutrality or consultation", 1: "nonaggression", 0: "nothing"}


def toward(state: str, on: Day, source: str = "library") -> list[Row]:
    """One row a state that owes `state` anything on the day: obligor, obligee, kinds, level (3 to 1), says, conditional (kinds owed only so), pacts.

    Errors: InputError for a state that did not exist on the day, or a day that ATOP does not cover.
    """
    on = day(on)
    concerned = states.find(state, on)
    return owed(on, source, obligee=concerned)


def owing(state: str, on: Day, source: str = "library") -> list[Row]:
    """One row a state to which `state` owes anything on the day, with the keys of `toward`. Errors: as there."""
    on = day(on)
    return owed(on, source, obligor=states.find(state, on))


def owed(on: Day, source: str = "library", least: int = 0, obligor: str | None = None, obligee: str | None = None) -> list[Row]:
    """Every pair of which one owes the other anything on the day, with the keys of `toward`, in order.

    least: only obligations of this level or above. obligor, obligee: only pairs of which this state is the one or the other.
    """
    import numpy

    on = day(on)
    found = _covering(bonds.read(source, "iso3" if source == "library" else "cow"), on)
    named = [key if isinstance(key, str) else states.by_code("cow", key, on) or f"cow:{key}" for key in found.states]
    pairs: dict[tuple[str, str], list[int]] = {}
    counted = [place for place, kind in enumerate(LIBRARY_KINDS) if LEVELS[kind] >= least]
    rows = found.on(on)
    for wanted, side in ((obligor, found.obligor), (obligee, found.obligee)):
        if wanted is not None:
            rows = rows[numpy.isin(side[rows], [place for place, name in enumerate(named) if name == wanted])]
    for row in rows[(found.when[rows][:, counted] >= 0).any(axis=1)].tolist():
        pairs.setdefault((named[found.obligor[row]], named[found.obligee[row]]), []).append(row)
    return [_pair(found, *pair, rows, counted) for pair, rows in sorted(pairs.items())]


def _covering(found: bonds.Bonds, on: Day) -> bonds.Bonds:
    low, high = found.coverage
    if not low <= int(on[:4]) <= (high or 9999):
        raise InputError(f"{on} is outside the coverage of the source, {low} to {high or 'today'}: what was owed then is not known, not nothing")
    return found


def _pair(found: bonds.Bonds, obligor: str, obligee: str, rows: list[int], counted: list[int]) -> Row:
    owing = {place: held for place in counted if (held := [row for row in rows if found.when[row, place] >= 0])}
    kinds = [LIBRARY_KINDS[place] for place in owing]
    level = max(LEVELS[kind] for kind in kinds)
    conditional = [LIBRARY_KINDS[place] for place, held in owing.items() if all(found.when[row, place] > 0 for row in held)]
    pacts = sorted({found.names[int(found.pact[row])] for held in owing.values() for row in held})
    return {"obligor": obligor, "obligee": obligee, "kinds": kinds, "level": level, "says": WORDS[level], "conditional": conditional, "pacts": pacts}


def help_network(days: Iterable[Day], source: str = "library", among: Iterable[str] = ()) -> list[Row]:
    """One row a day and pair of states of which one or both owe the other active help: on, one, other, mutual, pacts. among: only between these."""
    rows: list[Row] = []
    for on in map(day, days):
        chosen = {states.find(name, on) for name in among if _alive(name, on)}
        helping = {(row["obligor"], row["obligee"]): row for row in owed(on, source, 3)}
        for (one, other), row in helping.items():
            back = helping.get((other, one))
            if (back is None or one < other) and (not chosen or {one, other} <= chosen):
                rows.append({"on": on, "one": one, "other": other, "mutual": back is not None, "pacts": row["pacts"]})
    return rows


def _alive(name: str, on: Day) -> bool:
    try:
        return bool(states.find(name, on))
    except InputError:
        return False


def strip(one: str, other: str, source: str = "library") -> list[Row]:
    """One row a direction, kind and stretch of days on which one of two states owed it to the other: obligor, obligee, kind, start, until, conditional, pacts.

    until is None where it is still owed, or still was when the source ends. Stretches of one kind that touch are one, whatever pact they rest on;
    conditional: whether it was owed only under a condition. States that one Correlates of War code means one after the other, as Russia and the
    Soviet Union, count as one.
    """
    first, second = states.find(one), states.find(other)
    found = bonds.read(source, "iso3" if source == "library" else "cow")
    keys = [_family(state) if source == "library" else _codes(state) for state in (first, second)]
    rows: list[Row] = []
    for (obligor, mine), (obligee, theirs) in (((first, keys[0]), (second, keys[1])), ((second, keys[1]), (first, keys[0]))):
        held = [row for row in range(len(found.pact)) if found.states[found.obligor[row]] in mine and found.states[found.obligee[row]] in theirs]
        for place, kind in enumerate(LIBRARY_KINDS):
            for start, until, parts in _joined([(int(found.start[row]), int(found.until[row]), row) for row in held if found.when[row, place] >= 0]):
                rows.append({
                    "obligor": obligor,
                    "obligee": obligee,
                    "kind": kind,
                    "start": _date(start),
                    "until": None if until == bonds.OPEN else _date(until),
                    "conditional": all(found.when[row, place] > 0 for row in parts),
                    "pacts": sorted({found.names[int(found.pact[row])] for row in parts}),
                })  # fmt: skip
    return rows


def _joined(spells: list[tuple[int, int, int]]) -> list[tuple[int, int, list[int]]]:
    found: list[tuple[int, int, list[int]]] = []
    for start, until, row in sorted(spells):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until), [*found[-1][2], row])
        else:
            found.append((start, until, [row]))
    return found


def _family(state: str) -> set[Any]:
    """The state with those that bore a code of it before or after."""
    codes = _codes(state)
    return {state} | {name for name, code, _, _ in library.codes_of("cow").iter_rows() if code in codes}


def _codes(state: str) -> set[Any]:
    return {code for name, code, _, _ in library.codes_of("cow").iter_rows() if name == state}


def _date(number: int) -> Day:
    return datetime.date.fromordinal(number + bonds.EPOCH).isoformat()


def shape_owner(shape: str, on: Day) -> str | None:
    """The state to which the ground of one of today's states belonged on the day: itself, or the nearest predecessor; None where the library cannot say."""
    seen, waiting = {shape}, [shape]
    while waiting:
        state = waiting.pop(0)
        if state not in snapshot.ids("state"):
            return None
        if states.alive(state, on):
            return state
        new = [name for name in snapshot.record("state", state)["predecessors"] if name not in seen]
        seen.update(new)
        waiting += new
    return None

"""Who must help: the third states bound to help a target that a state attacks, on any day."""

from collections.abc import Mapping
from typing import Any

from foedus import snapshot, states
from foedus.conditions.plain import Truth
from foedus.errors import InputError, unknown
from foedus.panels import LIBRARY_KINDS, REASONS, bonds, helping, library, triads
from foedus.spells import Day, day

Row = dict[str, Any]


def obliged(attacker: str, target: str, on: Day, source: str = "library", facts: Mapping[str, Truth] | None = None) -> list[Row]:
    """One row a third state that is bound to help `target` against `attacker` on the day, the most strictly bound first.

    Keys: state; bound: `unconditionally`, `conditionally` (a condition that is not known to be met, an organ that has yet to decide, or a clash) or
    `consultation only`; pacts and articles that bind it so; asks: the fact words that it still hangs on; at_odds: provisions of the
    same pact that forbid force against a fellow party; owes_attacker: the kinds of obligation that it has
    toward the attacker at the same time; cinc: its share of the world's capabilities that year, None with the reason in cinc_missing; source.
    The attacker's own allies are not bound to help it: a defense obligation is owed against an attacker, never to one. Where the attacker is itself a
    party to the pact, the library's texts say what holds; ATOP does not, and such a pact then binds nobody.
    facts: what else is known. Errors: InputError for a state or a fact that there is none of, or a day that ATOP does not cover.
    """
    on = day(on)
    against, concerned = states.find(attacker, on), states.find(target, on)
    if against == concerned:
        raise InputError(f"{concerned} cannot be its own attacker")
    for word in facts or {}:
        if word not in snapshot.ids("fact"):
            raise unknown("fact", word, snapshot.ids("fact"))
    found = bonds.read(source, "iso3" if source == "library" else "cow")
    if source == "atop" and not found.coverage[0] <= int(on[:4]) <= (found.coverage[1] or 9999):
        raise InputError(f"{on} is outside the coverage of ATOP, {found.coverage[0]} to {found.coverage[1]}: what was owed then is not known, not nothing")
    one, other = (against, concerned) if source == "library" else (_code(against, on), _code(concerned, on))
    rows = _rows(found, one, other, on, facts)
    shares = _shares(int(on[:4]))
    for row in rows:
        if source == "atop":
            row["state"] = states.by_code("cow", row["state"], on) or f"cow:{row['state']}"
        row["cinc"], row["cinc_missing"] = _share(row["state"], on, shares)
        row["source"] = source
    return sorted(rows, key=lambda row: (-helping.WORDS.index(row["bound"]), row["state"]))


def _rows(found: bonds.Bonds, attacker: Any, target: Any, on: Day, facts: Mapping[str, Truth] | None) -> list[Row]:
    outside, inside = helping.help_owed(found, facts)
    held = found.on(on).tolist()
    toward = [row for row in held if found.states[found.obligee[row]] == target]
    parties = {int(found.pact[row]) for row in toward if found.states[found.obligor[row]] == attacker}
    by_helper: dict[Any, list[tuple[int, int]]] = {}
    for row in toward:
        owed = int((inside if int(found.pact[row]) in parties else outside)[row])
        helper = found.states[found.obligor[row]]
        if owed and helper != attacker:
            by_helper.setdefault(helper, []).append((owed, row))
    return [_row(found, helper, owed, attacker, held, parties, facts) for helper, owed in by_helper.items()]


def _row(found: bonds.Bonds, helper: Any, owed: list[tuple[int, int]], attacker: Any, held: list[int], parties: set[int], facts: Any) -> Row:
    strongest = max(owed)[0]
    binding = [row for kind, row in owed if kind == strongest]
    duties = [found.duties[found.duty[row]] for row in binding if found.duty[row] >= 0]
    also = [row for row in held if found.states[found.obligor[row]] == helper and found.states[found.obligee[row]] == attacker]
    return {
        "state": helper,
        "bound": helping.WORDS[strongest],
        "pacts": sorted({found.names[int(found.pact[row])] for row in binding}),
        "articles": sorted({f"{duty['pact']}/{duty['article']}/{duty['id']}" for duty in duties}),
        "asks": sorted({word for row in binding for word in helping.asks(found, row, facts, int(found.pact[row]) in parties)}),
        "at_odds": sorted({name for row in binding for name in helping.at_odds(found, row, facts, int(found.pact[row]) in parties)}),
        "owes_attacker": [kind for place, kind in enumerate(LIBRARY_KINDS) if any(found.when[row, place] >= 0 for row in also)],
    }


def _code(state: str, on: Day) -> int:
    code = _cow(state, on)
    if code is None:
        raise InputError(f"{state} has no Correlates of War code on {on}, and ATOP names states by it")
    return code


def _cow(state: str, on: Day) -> int | None:
    import datetime

    spells = library.codes_of("cow")
    then = datetime.date.fromisoformat(on)
    codes = [code for name, code, start, until in spells.iter_rows() if name == state and start <= then and (until is None or then < until)]
    return codes[0] if codes else None


def _shares(year: int) -> tuple[dict[int, float], int] | None:
    """The shares of capabilities of a year by code, and the last year there is; None where the store has none."""
    table = triads.capabilities()
    if table is None:
        return None
    return {code: cinc for code, when, cinc in table.iter_rows() if when == year and cinc is not None}, int(table["year"].to_numpy().max())


def _share(state: str, on: Day, shares: tuple[dict[int, float], int] | None) -> tuple[float | None, str | None]:
    if shares is None:
        return None, triads.ABSENT
    code = _cow(state, on) if not state.startswith("cow:") else int(state[4:])
    if code is None:
        return None, REASONS[3]
    if code in shares[0]:
        return shares[0][code], None
    return None, REASONS[0] if int(on[:4]) > shares[1] else REASONS[1]

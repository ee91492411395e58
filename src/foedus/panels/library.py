"""The library's own pacts as obligations by pair: who owed whom which duty, from when until when, by text version and legal life."""

import functools
from typing import TYPE_CHECKING, Any

from foedus import snapshot
from foedus.law import parties, provisions
from foedus.panels import systems
from foedus.spells import within

if TYPE_CHECKING:
    import polars

Row = dict[str, Any]
ALL = ("every_party", "every_other_party")
NO_DUTY = ("may", "declares")


@functools.cache
def duties() -> "polars.DataFrame":
    """One row a provision that obliges: duty (its number), pact, article, provision, kind, strength, when (the condition as JSON, null for none).

    Permissions and declarations are owed by nobody and are left out.
    """
    import json

    import polars

    rows = [
        (place, row["pact"], row["article"], row["id"], row["kind"], row["strength"], json.dumps(row["when"]) if row["when"] is not None else None)
        for place, row in enumerate(_obliging())
    ]
    schema = {"duty": polars.UInt32, **dict.fromkeys(("pact", "article", "provision", "kind", "strength", "when"), polars.String)}
    return polars.DataFrame(rows, schema=schema, orient="row")


@functools.cache
def _obliging() -> list[Row]:
    return [row for pact in snapshot.records("pact").values() for row in provisions.flat(pact, provisions.OBLIGATIONS) if row["strength"] not in NO_DUTY]


@functools.cache
def pairs(system: str = "iso3") -> "polars.DataFrame":
    """One row a duty, obligor, obligee and spell: duty, the two keys, start, until. Suspended parties are out for as long as they are.

    In cow and gw codes a pair stands only on days on which both bear a code of the system.
    """
    import polars

    bound = {(pact["id"], text): _bound(pact, text) for pact in snapshot.records("pact").values() for text in {row["instrument"] for row in pact["articles"]}}
    sides: dict[str, list[tuple[Any, ...]]] = {"by": [], "to": []}
    for duty, row in enumerate(_obliging()):
        for side, found in sides.items():
            for state, start, until in bound[row["pact"], row["instrument"]]:
                if _takes(row["then"][side], side, state):
                    found += [
                        (duty, state, max(start, spell["from"]), _sooner(until, spell["until"])) for spell in row["in_force"] if _meet(start, until, spell)
                    ]
    one, other = (_coded(rows, system, number) for number, rows in enumerate(sides.values(), 1))
    name = systems.key(system)
    both = one.join(other, on="duty").filter(polars.col(f"{name}1") != polars.col(f"{name}2"))
    begin, end = polars.max_horizontal("start1", "start2"), polars.min_horizontal("until1", "until2")
    both = both.select("duty", f"{name}1", f"{name}2", start=begin, until=end)
    return both.filter(polars.col("until").is_null() | (polars.col("start") < polars.col("until"))).unique(maintain_order=True)


def _takes(role: Any, side: str, state: str) -> bool:
    """Whether a party can stand on this side of the duty: as its obligor (by) or as the party that it is owed to (to)."""
    if isinstance(role, list):
        return state in role
    return role in ALL or (side == "to" and role in ("party_concerned", "requesting_party"))


def _bound(pact: Row, text: str) -> list[tuple[str, str, str | None]]:
    """The spells in which a text of the pact binds each party, without those in which it was suspended."""
    found = []
    for party in pact["parties"]:
        cuts = sorted({event["on"] for event in party["events"] if event["instrument"] == text})
        for start, until in zip(cuts, [*cuts[1:], None]):
            if any(within(spell, start) for spell in parties.spells(party, text)) and not parties.suspended(party, text, start):
                found.append((party["state"], start, until))
    return found


def _meet(start: str, until: str | None, spell: Row) -> bool:
    return (until is None or spell["from"] < until) and (spell["until"] is None or start < spell["until"])


def _sooner(one: str | None, other: str | None) -> str | None:
    ends = [end for end in (one, other) if end is not None]
    return min(ends) if ends else None


def _coded(rows: list[tuple[Any, ...]], system: str, number: int) -> "polars.DataFrame":
    """Rows of a duty and a state with the state's code in the system, cut to the days on which it bears it."""
    import polars

    frame = polars.DataFrame(rows, schema={"duty": polars.UInt32, "state": polars.String, "start": polars.String, "until": polars.String}, orient="row")
    frame = frame.with_columns(polars.col("start", "until").str.to_date("%Y-%m-%d"))
    codes = codes_of(system)
    joined = frame.join(codes, on="state", suffix="_code")
    begin, end = polars.max_horizontal("start", "start_code"), polars.min_horizontal("until", "until_code")
    cut = joined.select("duty", polars.col("code").alias(f"{systems.key(system)}{number}"), begin.alias(f"start{number}"), end.alias(f"until{number}"))
    return cut.filter(polars.col(f"until{number}").is_null() | (polars.col(f"start{number}") < polars.col(f"until{number}")))


@functools.cache
def codes_of(system: str) -> "polars.DataFrame":
    """One row a state of the library and spell of its code in a system: state, code, start, until. In iso3 the code is the state's own id."""
    import polars

    rows = [
        (state, state if system == "iso3" else spell["code"], spell["from"], spell["until"])
        for state, record in snapshot.records("state").items()
        for spell in (record["spells"] if system == "iso3" else record["codes"][system])
    ]
    kind = polars.String if system == "iso3" else polars.Int16
    frame = polars.DataFrame(rows, schema={"state": polars.String, "code": kind, "start": polars.String, "until": polars.String}, orient="row")
    return frame.with_columns(polars.col("start", "until").str.to_date("%Y-%m-%d"))

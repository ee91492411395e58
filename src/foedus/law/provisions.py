"""The provisions of pacts as flat rows: in which days, under which text, from whom to whom."""

from collections.abc import Iterable
from typing import Any

from foedus import errors, snapshot
from foedus.law import parties
from foedus.spells import Day, within

Row = dict[str, Any]
OBLIGATIONS = ("defense", "offense", "neutrality", "nonaggression", "consultation", "internal_assistance")


def flat(pact: Row, kinds: Iterable[str] | None = None) -> list[Row]:
    """One row a provision of the pact, in the order of its articles, each with the article and the instrument it stands in."""
    wanted = set(kinds) if kinds is not None else None
    return [
        {**provision, "pact": pact["id"], "article": article["article"], "instrument": article["instrument"]}
        for article in sorted(pact["articles"], key=lambda article: order(pact, article))
        for provision in article["provisions"]
        if wanted is None or provision["kind"] in wanted
    ]


def order(pact: Row, article: Row) -> tuple[int, int, str]:
    """Articles in the order of their instruments, then by number."""
    instruments = [instrument["id"] for instrument in pact["instruments"]]
    digits = "".join(ch for ch in article["article"].split("(")[0] if ch.isdigit())
    return instruments.index(article["instrument"]), int(digits or 0), article["article"]


def on_day(pact: Row, on: Day, kinds: Iterable[str] | None = None) -> list[Row]:
    """The provisions whose text is in force on the day."""
    return [row for row in flat(pact, kinds) if any(within(spell, on) for spell in row["in_force"])]


def article(pact: Row, number: str) -> Row:
    """The article of that number, as the treaty or `Charter 12` names it. Errors: InputError with the nearest numbers."""
    found: dict[str, Row] = {row["article"].casefold(): row for row in pact["articles"]}
    key = number.strip().casefold().removeprefix("article ").removeprefix("art. ")
    if key not in found:
        raise errors.unknown(f"article of {pact['id']}", number, [row["article"] for row in pact["articles"]])
    return found[key]


def states(pact: Row, provision: Row, role: Any, concerned: str, on: Day) -> list[str]:
    """The states that a role of the provision means when `concerned` is the party concerned, on the day."""
    bound = parties.bound(pact, provision["instrument"], on)
    if isinstance(role, list):
        return [state for state in role if state in bound]
    if role == "every_party":
        return bound
    if role == "every_other_party":
        return [state for state in bound if state != concerned]
    if role in ("party_concerned", "requesting_party"):
        return [concerned] if concerned in bound else []
    return []


def obligors(pact: Row, provision: Row, concerned: str, on: Day, attackers: Iterable[str] = ()) -> list[str]:
    """The states that owe the provision's duty to `concerned` on the day; none where it is not owed to that state.

    An attacker owes its victim no aid against itself.
    """
    if concerned not in owed_to(pact, provision, concerned, on):
        return []
    names = states(pact, provision, provision["then"]["by"], concerned, on)
    out = set(attackers) if provision["then"]["against"] == "attacker" else set()
    return [state for state in names if state != concerned and state not in out]


def owed_to(pact: Row, provision: Row, concerned: str, on: Day) -> list[str]:
    """The states to which the duty runs when `concerned` is the party concerned; among equals that is `concerned` itself."""
    role = provision["then"]["to"]
    if role in ("every_party", "every_other_party"):
        return [concerned] if concerned in parties.bound(pact, provision["instrument"], on) else []
    return states(pact, provision, role, concerned, on)


def pacts_of(state: str) -> list[Row]:
    """Every pact the state ever signed or was bound by."""
    return [snapshot.record("pact", name) for name in snapshot.derived("pacts_of", state) or []]


def cites(provision: Row) -> list[dict[str, str]]:
    """The provision's own text first, then what its dates stand on."""
    return [provision["text"], *provision["sources"]]

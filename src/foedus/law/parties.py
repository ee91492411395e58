"""Who is bound by a text on a day, from the events of each party's legal life."""

from typing import Any

from foedus.spells import Day, Spell, spells_of_life, within

Row = dict[str, Any]

# What a step means for a party that is not bound, when it is the last one taken.
BEFORE = {"signed": "signatory", "ratified": "signatory", "deposited": "signatory", "acceded": "signatory", "succeeded": "signatory"}


def bound(pact: Row, instrument: str, on: Day) -> list[str]:
    """The states bound by an instrument of the pact on a day, suspended ones left out, in order of their ids."""
    return sorted(
        party["state"] for party in pact["parties"] if any(within(spell, on) for spell in spells(party, instrument)) and not suspended(party, instrument, on)
    )


def members(pact: Row, on: Day) -> list[str]:
    """The pact's members on a day: those bound by its main instrument."""
    return bound(pact, pact["main_instrument"], on)


def spells(party: Row, instrument: str) -> list[Spell]:
    """The spells in which the instrument binds the party. A suspension does not end a spell."""
    return spells_of_life(event for event in party["events"] if event["instrument"] == instrument)


def suspended(party: Row, instrument: str, on: Day) -> bool:
    """Whether the party's rights or duties under the instrument were suspended on the day."""
    return _last(party, instrument, on, ("suspended", "resumed", "left", "in_force")) == "suspended"


def frozen(party: Row, instrument: str, on: Day) -> bool:
    """Whether the party had stopped taking part on the day without having left."""
    return _last(party, instrument, on, ("froze", "unfroze", "left", "in_force")) == "froze"


def _last(party: Row, instrument: str, on: Day, kinds: tuple[str, ...]) -> str | None:
    steps = [event for event in party["events"] if event["instrument"] == instrument and event["on"] <= on and event["what"] in kinds]
    return max(steps, key=lambda event: event["on"])["what"] if steps else None


def status(party: Row, instrument: str, on: Day) -> str:
    """`party`, `suspended`, `frozen`, `signatory`, `former` or `none` under the instrument on the day."""
    if any(within(spell, on) for spell in spells(party, instrument)):
        if suspended(party, instrument, on):
            return "suspended"
        return "frozen" if frozen(party, instrument, on) else "party"
    past = [event for event in party["events"] if event["instrument"] == instrument and event["on"] <= on]
    if any(spell["until"] is not None and spell["until"] <= on for spell in spells(party, instrument)):
        return "former"
    return BEFORE.get(max(past, key=lambda event: event["on"])["what"], "none") if past else "none"


def table(pact: Row, on: Day | None = None, state: str | None = None) -> list[Row]:
    """One row a party, spell and instrument: state, instrument, status, signed, from, until, sources.

    state: only this party's rows. on: status is given for this day, and nothing later than it is shown; without it, all spells stand and `status` is that of the last one.
    """
    rows = []
    for party in pact["parties"]:
        if state not in (None, party["state"]):
            continue
        for instrument in dict.fromkeys(event["instrument"] for event in party["events"]):
            rows += _rows(party, instrument, on)
    return rows


def _rows(party: Row, instrument: str, on: Day | None) -> list[Row]:
    events = [event for event in party["events"] if event["instrument"] == instrument and (on is None or event["on"] <= on)]
    if not events:
        return []
    signed = next((event["on"] for event in events if event["what"] == "signed"), None)
    lives = spells_of_life(events)
    base = {"state": party["state"], "instrument": instrument, "signed": signed}
    sources = list(dict.fromkeys(cite["source"] for event in events for cite in event["sources"]))
    if not lives:
        last = max(event["on"] for event in events)
        return [{**base, "status": status(party, instrument, on or last), "from": None, "until": None, "sources": sources}]
    rows = []
    for life in lives:
        day = on or life["from"]
        now = status(party, instrument, day) if within(life, day) else "former"
        if on is None:
            now = "party" if life["until"] is None else "former"
            if now == "party" and frozen(party, instrument, "9999"):
                now = "frozen"
            elif now == "party" and suspended(party, instrument, "9999"):
                now = "suspended"
        rows.append({**base, "status": now, "from": life["from"], "until": life["until"], "sources": sources})
    return rows

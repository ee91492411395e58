"""What must hold across the library's files: every reference leads somewhere, every life is in order."""

import itertools
from collections.abc import Iterator
from typing import Any

from foedus.conditions.plain import holds
from foedus.entries import Entry, Library
from foedus.errors import InputError, unknown
from foedus.records import condition_facts
from foedus.spells import overlap, spells_of_life

Errors = Iterator[InputError]
TWO_SOURCES = {"in_force", "left", "excluded", "suspended", "resumed", "terminated", "lapsed"}


def prove(library: Library) -> list[InputError]:
    """Every broken promise in the library, in the order of its files."""
    errors: list[InputError] = []
    for kind in library.entries:
        for entry in library.entries[kind].values():
            errors += _references(library, entry)
    for name, entry in library.entries["state"].items():
        errors += _state(library, name, entry)
    for name, entry in library.entries["pact"].items():
        errors += _pact(library, name, entry)
        for article in library.articles.get(name, []):
            errors += _references(library, article)
            errors += _article(library, entry, article)
        errors += _overrides(library, name)
    for entry in library.entries["case"].values():
        errors += _case(library, entry)
    for name, entry in library.entries["host"].items():
        if name not in library.entries["state"]:
            errors.append(unknown("state", name, library.entries["state"], entry.place()))
    for entry in library.entries["deployment"].values():
        errors += _deployment(library, entry)
    for entry in library.entries["refusal"].values():
        errors += _refusal(library, entry)
    return errors


def walk(value: Any, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value below `value`, each with the keys that lead to it."""
    yield keys, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from walk(part, (*keys, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from walk(part, (*keys, index))


STATE_KEYS = {"state", "target", "sender", "host"}
STATE_LISTS = {"states", "senders", "asked", "actor", "to", "by", "against", "members", "voters", "veto", "predecessors", "successors"}


def _references(library: Library, entry: Entry) -> Errors:
    """Sources, states and fact words named anywhere in a record."""
    for keys, value in walk(entry.data):
        key = keys[-1] if keys else ""
        if keys and keys[0] == "articles" and entry.data.get("main_instrument"):
            continue  # the articles of a pact are checked in their own files
        if key == "source" and isinstance(value, str) and value not in library.entries["source"]:
            yield unknown("source", value, library.entries["source"], entry.place(*keys))
        elif key in STATE_KEYS and isinstance(value, str) and value not in library.entries["state"]:
            yield unknown("state", value, library.entries["state"], entry.place(*keys))
        elif key in STATE_LISTS and isinstance(value, list):
            for index, state in enumerate(value):
                if isinstance(state, str) and state not in library.entries["state"]:
                    yield unknown("state", state, library.entries["state"], entry.place(*keys, index))
        elif key in ("when",) and value is not None:
            yield from _facts(library, condition_facts(value), entry, keys)
        elif key in ("asserts", "given"):
            yield from _facts(library, value, entry, keys)
        elif key == "read" and isinstance(entry.data.get("date"), str) and value < entry.data["date"]:
            yield InputError("it cannot have been read before it was published", entry.place(*keys))


def _facts(library: Library, words: Any, entry: Entry, keys: tuple[str | int, ...]) -> Errors:
    for word in words:
        if word not in library.entries["fact"]:
            yield unknown("fact", word, library.entries["fact"], entry.place(*keys, word))


def _state(library: Library, name: str, entry: Entry) -> Errors:
    for system in ("cow", "gw"):
        spells = sorted(entry.data["codes"][system], key=lambda spell: spell["from"])
        for earlier, later in itertools.pairwise(spells):
            if earlier["until"] is None or later["from"] < earlier["until"]:
                yield InputError(f"the {system} spells from {earlier['from']} and {later['from']} overlap", entry.place("codes", system))


def _unique(rows: list[dict[str, Any]], entry: Entry, key: str) -> Errors:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row["id"] in seen:
            yield InputError(f"the id '{row['id']}' stands twice under '{key}'", entry.place(key, index, "id"))
        seen.add(row["id"])


def _pact(library: Library, name: str, entry: Entry) -> Errors:
    pact = entry.data
    for key in ("instruments", "organs", "procedures", "areas", "declarations", "invocations"):
        yield from _unique(pact[key], entry, key)
    yield from _binding(pact, entry)
    instruments = {row["id"] for row in pact["instruments"]}
    if pact["main_instrument"] not in instruments:
        yield unknown("instrument", pact["main_instrument"], instruments, entry.place("main_instrument"))
    if not pact.get("articles"):
        yield InputError(f"the pact '{name}' has no article file", entry.place())
    organs = {row["id"] for row in pact["organs"]}
    for index, procedure in enumerate(pact["procedures"]):
        if procedure["organ"] is not None and procedure["organ"] not in organs:
            yield unknown("organ", procedure["organ"], organs, entry.place("procedures", index, "organ"))
    seen: set[str] = set()
    for index, party in enumerate(pact["parties"]):
        if party["state"] in seen:
            yield InputError(f"the party '{party['state']}' stands here twice", entry.place("parties", index))
        seen.add(party["state"])
        yield from _life(library, pact, party, entry, index)
    for index, row in enumerate(pact["lineage"]):
        if row["pact"] is not None and row["pact"] not in library.entries["pact"]:
            yield unknown("pact", row["pact"], library.entries["pact"], entry.place("lineage", index, "pact"))
    yield from _invocations(library, pact, entry)


def _binding(pact: dict[str, Any], entry: Entry) -> Errors:
    """The binding articles of a text are named once each, and are no more than the text has."""
    for index, row in enumerate(pact["instruments"]):
        named, place = row["binding_articles"] or [], entry.place("instruments", index, "binding_articles")
        if len(set(named)) < len(named):
            yield InputError(f"an article of '{row['id']}' is named twice among the binding ones", place)
        elif row["articles"] is not None and len(named) > row["articles"]:
            yield InputError(f"{len(named)} binding articles in '{row['id']}', a text of {row['articles']}", place)


def _life(library: Library, pact: dict[str, Any], party: dict[str, Any], entry: Entry, index: int) -> Errors:
    """A party's life, instrument by instrument, is in order and within its life as a state."""
    instruments = {row["id"] for row in pact["instruments"]}
    for number, event in enumerate(party["events"]):
        place = entry.place("parties", index, "events", number)
        if event["instrument"] not in instruments:
            yield unknown("instrument", event["instrument"], instruments, place)
        if event["what"] in TWO_SOURCES and len({cite["source"] for cite in event["sources"]}) < 2:
            yield InputError(f"'{event['what']}' of {party['state']} needs two sources", place)
    if party["state"] not in library.entries["state"]:
        return
    alive = library.entries["state"][party["state"]].data["spells"]
    for instrument in sorted({event["instrument"] for event in party["events"]}):
        events = [event for event in party["events"] if event["instrument"] == instrument]
        try:
            spells = spells_of_life(events)
        except ValueError as error:
            yield InputError(f"the life of {party['state']} under '{instrument}': {error}", entry.place("parties", index))
            continue
        for spell in spells:
            if not any(overlap(spell, life) for life in alive):
                message = f"{party['state']} was no state when '{instrument}' is said to bind it, from {spell['from']}"
                yield InputError(message, entry.place("parties", index))
            elif spell["until"] is None and alive[-1]["until"] is not None:
                message = f"'{instrument}' is said to bind {party['state']} still, which ended as a state on {alive[-1]['until']}"
                yield InputError(message, entry.place("parties", index))


def _invocations(library: Library, pact: dict[str, Any], entry: Entry) -> Errors:
    procedures = {row["id"] for row in pact["procedures"]}
    for index, row in enumerate(pact["invocations"]):
        if len({cite["source"] for cite in row["sources"]}) < 2:
            yield InputError(f"the invocation '{row['id']}' needs two sources", entry.place("invocations", index))
        if row["case"] is not None and row["case"] not in library.entries["case"]:
            yield unknown("case", row["case"], library.entries["case"], entry.place("invocations", index, "case"))
        if row["decision"] and row["decision"]["procedure"] not in procedures:
            yield unknown("procedure", row["decision"]["procedure"], procedures, entry.place("invocations", index, "decision"))


def _article(library: Library, pact_entry: Entry, entry: Entry) -> Errors:
    pact, article = pact_entry.data, entry.data
    instruments = {row["id"]: row for row in pact["instruments"]}
    if article["instrument"] not in instruments:
        yield unknown("instrument", article["instrument"], instruments, entry.place("instrument"))
        return
    instrument = instruments[article["instrument"]]
    begins = min((day for day in (instrument["in_force"], instrument["provisional_from"]) if day), default=None)
    yield from _unique(article["provisions"], entry, "provisions")
    tables = {"procedure": {row["id"] for row in pact["procedures"]}, "area": {row["id"] for row in pact["areas"]}}
    for index, provision in enumerate(article["provisions"]):
        for kind, names in tables.items():
            if provision[kind] is not None and provision[kind] not in names:
                yield unknown(kind, provision[kind], names, entry.place("provisions", index, kind))
        first = provision["in_force"][0]["from"]
        if begins is None or first < begins:
            yield InputError(
                f"the provision '{provision['id']}' is in force from {first}, before its instrument ({begins or 'never'})",
                entry.place("provisions", index, "in_force"),
            )
        last = provision["in_force"][-1]["until"]
        if instrument["ended"] and (last is None or last > instrument["ended"]):
            yield InputError(f"the provision '{provision['id']}' outlives its instrument, ended {instrument['ended']}", entry.place("provisions", index))
    yield from _examples(article, entry)


def _examples(article: dict[str, Any], entry: Entry) -> Errors:
    provisions = {row["id"]: row for row in article["provisions"]}
    for index, example in enumerate(article["examples"]):
        place = entry.place("examples", index)
        if example["provision"] not in provisions:
            yield unknown("provision", example["provision"], provisions, place)
            continue
        given = {word: None if value == "unknown" else value for word, value in example["given"].items()}
        condition = provisions[example["provision"]]["when"]
        value = True if condition is None else holds(condition, given)
        found = {True: "met", False: "unmet", None: "unknown"}[value]
        if found != example["expect"]:
            yield InputError(f"the example '{example['name']}' gives {found}, not {example['expect']}", place)
        stray = set(given) - set(condition_facts(condition) if condition is not None else [])
        if stray:
            yield InputError(f"the example '{example['name']}' gives '{min(stray)}', which the condition does not ask", place)


def _overrides(library: Library, pact_id: str) -> Errors:
    articles = library.articles.get(pact_id, [])
    texts: dict[str, str] = {}
    for entry in articles:
        if texts.setdefault(entry.data["article"], entry.data["instrument"]) != entry.data["instrument"]:
            message = f"article '{entry.data['article']}' stands in another text of the pact already; name this one after its text, as 'Charter 12' or '2007-2'"
            yield InputError(message, entry.place("article"))
    seen: dict[str, str] = {}
    names = {f"{entry.data['article']}/{row['id']}" for entry in articles for row in entry.data["provisions"]}
    for entry in articles:
        for index, row in enumerate(entry.data["provisions"]):
            name = f"{entry.data['article']}/{row['id']}"
            if seen.setdefault(name, entry.document.name) != entry.document.name:
                yield InputError(f"the provision '{name}' stands in {seen[name]} already", entry.place("provisions", index))
            for other in row["overrides"]:
                if other not in names:
                    yield unknown("provision", other, names, entry.place("provisions", index, "overrides"))
    pact = library.entries["pact"][pact_id]
    for index, row in enumerate(pact.data["declarations"]):
        for other in row["affects"]:
            if other not in names:
                yield unknown("provision", other, names, pact.place("declarations", index, "affects"))


def _case(library: Library, entry: Entry) -> Errors:
    case = entry.data
    for key in ("events", "claims", "accounts", "figures", "mandates"):
        yield from _unique(case[key], entry, key)
    for index, pact in enumerate(case["pacts"]):
        if pact not in library.entries["pact"]:
            yield unknown("pact", pact, library.entries["pact"], entry.place("pacts", index))
    claims = {row["id"]: row for row in case["claims"]}
    events = {row["id"] for row in case["events"]}
    for index, event in enumerate(case["after"]):
        if event not in events:
            yield unknown("event", event, events, entry.place("after", index))
    settled = [(row["id"], row["asserts"]) for row in case["events"]]
    for index, account in enumerate(case["accounts"]):
        said: dict[str, tuple[str, bool]] = {}
        held = []
        for name in case["agreed"] + account["claims"]:
            if name not in claims:
                yield unknown("claim", name, claims, entry.place("accounts", index, "claims"))
            else:
                held.append((name, claims[name]["asserts"]))
        for name, asserts in settled + held:
            for word, value in asserts.items():
                other, before = said.setdefault(word, (name, value))
                if before != value:
                    yield InputError(
                        f"the account '{account['id']}' contradicts itself: '{other}' and '{name}' disagree on '{word}'", entry.place("accounts", index)
                    )
    precedents = {f"{pact}/{row['id']}" for pact, item in library.entries["pact"].items() for row in item.data["invocations"]}
    for index, name in enumerate(case["precedents"]):
        if name not in precedents:
            yield unknown("invocation", name, precedents, entry.place("precedents", index))
    for index, consent in enumerate(case["consents"]):
        pact, _, procedure = consent["procedure"].partition("/")
        found = library.entries["pact"].get(pact)
        if found is None or procedure not in {row["id"] for row in found.data["procedures"]}:
            yield InputError(f"no procedure '{consent['procedure']}' (written as pact/procedure)", entry.place("consents", index))


def _deployment(library: Library, entry: Entry) -> Errors:
    force = entry.data
    for key in ("start", "end"):
        if force[key] is not None and len({cite["source"] for cite in force[key]["sources"]}) < 2:
            yield InputError(f"the {key} of a force needs two sources", entry.place(key))
    for index, basis in enumerate(force["bases"]):
        yield from _pact_named(library, basis["pact"], entry.place("bases", index, "pact"))
    if force["case"] is not None and force["case"] not in library.entries["case"]:
        yield unknown("case", force["case"], library.entries["case"], entry.place("case"))
    if force["host"] in force["senders"]:
        yield InputError(f"{force['host']} cannot send a force to itself", entry.place("senders"))
    for index, strength in enumerate(force["strengths"]):
        if strength["sender"] is not None and strength["sender"] not in force["senders"]:
            yield InputError(f"'{strength['sender']}' is not among the senders", entry.place("strengths", index, "sender"))


def _refusal(library: Library, entry: Entry) -> Errors:
    refusal = entry.data
    yield from _pact_named(library, refusal["pact"], entry.place("pact"))
    if len({cite["source"] for cite in refusal["sources"]}) < 2:
        yield InputError("a refused request needs two sources", entry.place("sources"))
    if refusal["invocation"] is not None:
        pact, _, name = refusal["invocation"].partition("/")
        found = library.entries["pact"].get(pact)
        if found is None or name not in {row["id"] for row in found.data["invocations"]}:
            yield InputError(f"no invocation '{refusal['invocation']}' (written as pact/invocation)", entry.place("invocation"))


def _pact_named(library: Library, pact: str | None, place: str) -> Errors:
    if pact is not None and pact not in library.entries["pact"]:
        yield unknown("pact", pact, library.entries["pact"], place)

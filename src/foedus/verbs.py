"""The verbs behind every door, as plain values: what `--json` prints and what the tables of the shell show."""

from collections.abc import Iterable, Mapping
from typing import Any

from foedus import snapshot, states
from foedus.books import resting, searching
from foedus.cases import accounts as told
from foedus.conditions.plain import Truth
from foedus.deployments import amounting, listing, staying
from foedus.deployments.precedents import precedents as ranked
from foedus.errors import InputError, unknown
from foedus.findings.case_findings import findings
from foedus.findings.judging import structural
from foedus.findings.owing import owes as owed_rows
from foedus.findings.proof import unfold
from foedus.law import comparing, parties, procedures, provisions
from foedus.sources import ids
from foedus.spells import Day, day, merged, within

Row = dict[str, Any]


def pact(name: str, on: Day | None = None) -> Row:
    """One pact: id, kind, binding, names, gloss, instruments, parties, provisions, organs, procedures, areas, statuses, declarations, invocations,
    lineage, open_questions, sources.

    on: parties, provisions, statuses and invocations as of that day. Errors: InputError with the nearest ids.
    """
    record = pact_record(name)
    on = day(on) if on else None
    rows = provisions.on_day(record, on) if on else provisions.flat(record)
    past = [row for row in record["invocations"] if on is None or row["on"] <= on]
    held = [row for row in record["statuses"] if on is None or within(row, on)]
    plain = ("id", "kind", "binding", "names", "gloss", "instruments", "organs", "procedures", "areas", "declarations", "lineage", "open_questions", "sources")
    return {
        **{key: record[key] for key in plain},
        "parties": parties.table(record, on),
        "provisions": [_provision(row, spell) for row in rows for spell in row["in_force"] if on is None or within(spell, on)],
        "statuses": held,
        "invocations": past,
    }


def _provision(row: Row, spell: Row) -> Row:
    keys = (
        "article",
        "id",
        "instrument",
        "version",
        "kind",
        "strength",
        "when",
        "then",
        "request",
        "procedure",
        "area",
        "notice",
        "overrides",
        "gloss",
        "note",
    )
    return {**{key: row[key] for key in keys}, "from": spell["from"], "until": spell["until"], "sources": ids(provisions.cites(row))}


def pact_record(name: str) -> Row:
    """The pact of that id, or the one that a name or acronym in any language means."""
    wanted = name.strip().casefold()
    if wanted in snapshot.ids("pact"):
        return snapshot.record("pact", wanted)
    by_name: dict[str, str] = {}
    for pact_id, record in snapshot.records("pact").items():
        for names in record["names"].values():
            for word in filter(None, (names["name"], names["short"], *names["also"])):
                by_name.setdefault(_plain(word), pact_id)
    if _plain(name) in by_name:
        return snapshot.record("pact", by_name[_plain(name)])
    raise unknown("pact", name, [*snapshot.ids("pact"), *by_name], listed=snapshot.ids("pact"))


def _plain(name: str) -> str:
    """A pact's name as names are compared: letter case, kinds of dash and the Arabic article before a single word do not count."""
    folded = " ".join(name.strip().casefold().replace("–", "-").split())
    return folded.removeprefix("ال") if " " not in folded else folded


def pacts(state: str | None = None, on: Day | None = None) -> list[Row]:
    """One row a pact, or a row a pact and spell of one state: id, name, kind, binding, status, from, until, members.

    on: only pacts that bind somebody (or the state) on that day; `members` counts them.
    """
    on = day(on) if on else None
    state = states.find(state, on) if state else None
    records = provisions.pacts_of(state) if state else snapshot.records("pact").values()
    rows = []
    for record in records:
        base = {"id": record["id"], "name": record["names"]["en"]["name"], "kind": record["kind"], "binding": record["binding"]}
        count = len(parties.members(record, on)) if on else None
        if state is None:
            main = next(row for row in record["instruments"] if row["id"] == record["main_instrument"])
            if on is None or count:
                rows.append({**base, "status": None, "from": main["in_force"], "until": main["ended"], "members": count})
            continue
        for row in parties.table(record, on, state):
            if on is None or row["status"] in ("party", "suspended", "frozen", "signatory"):
                rows.append({**base, "instrument": row["instrument"], "status": row["status"], "from": row["from"], "until": row["until"], "members": count})
    return rows


def article(pact_name: str, number: str, on: Day | None = None) -> Row:
    """One article: pact, article, instrument, gloss, provisions, examples. on: the text of that day.

    Errors: InputError for an article that is not coded, or one of which nothing was in force on the day, with the days on which it was.
    """
    record = pact_record(pact_name)
    found = provisions.article(record, number)
    rows = [row for row in provisions.flat(record) if row["article"] == found["article"]]
    on = day(on) if on else None
    live = [(row, spell) for row in rows for spell in row["in_force"] if on is None or within(spell, on)]
    if not live:
        times = ", ".join(f"from {spell['from']} until {spell['until'] or 'today'}" for spell in merged(spell for row in rows for spell in row["in_force"]))
        raise InputError(f"nothing of article {found['article']} of {record['id']} was in force on {on}; it was {times}")
    return {
        "pact": record["id"],
        "article": found["article"],
        "instrument": found["instrument"],
        "gloss": found["gloss"],
        "provisions": [_provision(row, spell) for row, spell in live],
        "examples": found["examples"],
    }


def deciding(name: str, on: Day, concerned: str | None = None) -> list[Row]:
    """How a pact must decide on a day before anybody has spoken: one row a procedure in force, with the keys of `law.procedures.decide`.

    concerned: the party whose case it is, where the rule leaves it out. `can_pass` and `can_block` are the smallest groups of voters that can do so.
    """
    record, on = pact_record(name), day(on)
    state = states.find(concerned, on) if concerned else None
    live = [row for row in record["procedures"] if any(within(spell, on) for spell in row["in_force"])]
    return [{"procedure": row["id"], "organ": row["organ"], "on": on, **procedures.decide(record, row, {}, state, on)} for row in live]


def search(words: str, most: int = 20) -> list[Row]:
    """What words in any of the three languages may mean in the library: see `books.searching.search`."""
    return searching.search(words, most)


def source(name: str) -> Row:
    """One source with all that rests on it: its record, `id`, and `rests`, a row a citation (see `books.resting`)."""
    return {"id": name, **snapshot.record("source", name), "rests": resting.resting(name)}


def sources() -> list[Row]:
    """Every source of the library with the number of citations that rest on it."""
    return resting.sources()


def state(name: str) -> Row:
    """One state: id, names, spells of statehood, codes, predecessors, successors, and its cases and forces by id.

    `cases` are those it is the target of or acts in; `hosted` and `sent` are forces of the register in it and abroad.
    """
    found = states.find(name)
    record = snapshot.record("state", found)
    cases = [case for case, row in snapshot.records("case").items() if found == row["target"] or any(found in event["actor"] for event in row["events"])]
    forces = snapshot.records("deployment")
    return {
        "id": found,
        **{key: record[key] for key in ("names", "spells", "codes", "predecessors", "successors")},
        "cases": cases,
        "hosted": [force for force, row in forces.items() if row["host"] == found],
        "sent": [force for force, row in forces.items() if found in row["senders"]],
    }


def compare(names: Iterable[str], on: Day | None = None) -> Row:
    """Pacts side by side: see `law.comparing.compare`."""
    return comparing.compare([pact_record(name) for name in names], day(on) if on else None)


def owes(state: str, on: Day, attacked_by: Iterable[str] = (), facts: Mapping[str, Truth] | None = None) -> list[Row]:
    """Who owes the state what: see `findings.owing.owes`. Names of states in any of the three languages will do."""
    on = day(on)
    attacked, attackers = states.find(state, on), [states.find(attacker, on) for attacker in attacked_by]
    if attacked in attackers:
        raise InputError(f"{attacked} cannot be its own attacker; unrest at home is a fact: --facts internal_unrest=true")
    return owed_rows(attacked, on, attackers, facts)


def case(name: str, known: Day | None = None, assume: Mapping[str, Truth] | None = None, on: Day | None = None) -> Row:
    """One case: id, title, summary, target, day, events, accounts, claims, findings, forces, mandates, consents, open_questions.

    known: nothing that happened or was said later is in it. assume: facts set in every account.
    """
    record = snapshot.record("case", name)
    known, on = day(known) if known else None, day(on) if on else None
    for word in assume or {}:
        if word not in snapshot.ids("fact"):
            raise unknown("fact", word, snapshot.ids("fact"))
    seen = told.at(record, known)
    rows = told.accounts(record, on, known, assume)
    return {
        **{key: seen[key] for key in ("id", "title", "summary", "target", "day", "events", "claims", "mandates", "consents", "open_questions")},
        "accounts": [
            {"id": row.id, "name": row.name, "facts": row.facts, "claims": _claims(record, row.id, {claim["id"] for claim in seen["claims"]})} for row in rows
        ],
        "findings": [_finding(row) for row in findings(record, on, known, assume)],
        "forces": told.forces(seen),
    }


def _claims(record: Row, account: str, known: set[str]) -> list[str]:
    claims = next(row["claims"] for row in record["accounts"] if row["id"] == account)
    return [name for name in [*record["agreed"], *claims] if name in known]


def _finding(row: Row) -> Row:
    order = ("pact", "article", "provision", "instrument", "version", "kind", "strength", "account", "condition", "standing", "obligors", "obligee", "hinges")
    return {key: row[key] for key in (*order, "hinges_capped", "decision", "conflicts_with", "agreement", "facts", "sources")}


def force(name: str, known: Day | None = None) -> Row:
    """What the force of a case amounts to beside the register's others: see `deployments.amounting.of_case`."""
    return amounting.named(name, day(known) if known else None)


def precedents(name: str, known: Day | None = None) -> list[Row]:
    """The forces and refused requests most like a case's: see `deployments.precedents.precedents`."""
    return ranked(name, day(known) if known else None)


def forces(known: Day | None = None, on: Day | None = None, refused: bool = False, **wanted: str | None) -> list[Row]:
    """The register, one flat row a force (or, with `refused`, a refused request), oldest first: see `deployments.listing`.

    known: as it could be known by then. on: only forces that were there on that day. wanted: host, sender, under, trigger, consent.
    """
    found = listing.refusals(known and day(known)) if refused else listing.forces(known and day(known))
    return listing.chosen(found, on and day(on), {key: value for key, value in wanted.items() if value})


def stays(by: str | None = None, known: Day | None = None, **wanted: str | None) -> list[Row]:
    """How long the forces of the register stay, all together or by a feature: see `deployments.staying.groups`."""
    rows = listing.chosen(listing.forces(known and day(known)), None, {key: value for key, value in wanted.items() if value})
    return staying.groups([row["id"] for row in rows], by, known and day(known))


def fits(known: Day | None = None, **wanted: str | None) -> Row:
    """Models of how long forces stay: see `deployments.staying.fits`. Errors: InputError without the extra `survival`, or for fewer than 30 forces."""
    rows = listing.chosen(listing.forces(known and day(known)), None, {key: value for key, value in wanted.items() if value})
    return staying.fits([row["id"] for row in rows], known and day(known))


def proof(name: str, pact_name: str, number: str, known: Day | None = None, on: Day | None = None) -> list[Row]:
    """Each finding on an article of a pact, unfolded down to claims, speakers and places in sources."""
    record, treaty = snapshot.record("case", name), pact_record(pact_name)
    on = day(on) if on else record["day"]
    found = provisions.article(treaty, number)["article"]
    trees = []
    for account in told.accounts(record, on, day(known) if known else None):
        for row in provisions.on_day(treaty, on, provisions.OBLIGATIONS):
            if row["article"] == found:
                trees.append(unfold(row, account, structural(treaty, row, account.facts, record["target"], record["against"], on)))
    return trees

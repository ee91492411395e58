"""A brief composed: which sentences a case gives, in which order, each slot filled by a path. No language is chosen here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from foedus import snapshot
from foedus.briefs import amounts, paths
from foedus.briefs.sentences import Block, Section, Sentence, Slot
from foedus.cases import accounts as told
from foedus.conditions.plain import Truth
from foedus.errors import InputError
from foedus.findings import judging
from foedus.law import provisions
from foedus.spells import Day, within

EXITS = ("drawdown", "withdrawal", "transfer", "end")

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """What a brief is written about: the case as it could be known, the day judged, its findings."""

    record: Row
    on: Day
    known: Day | None
    rows: list[Row]
    accounts: list[told.Account]

    @property
    def path(self) -> str:
        return f"case/{self.record['id']}"

    @property
    def pact(self) -> Row:
        return snapshot.record("pact", self.record["pacts"][0])

    def by_then(self, day: Day | None) -> bool:
        """Whether a dated thing lies within what could be known."""
        return day is not None and (self.known is None or day <= self.known)

    def by_the_day(self, day: Day | None) -> bool:
        """Whether a dated thing was so on the day judged."""
        return day is not None and day <= self.on


def open_case(case_id: str, on: Day | None = None, known: Day | None = None) -> Case:
    """The case ready to be written about. Errors: InputError where nothing of it was known by then."""
    record = snapshot.record("case", case_id)
    first = min(event["on"] for event in record["events"])
    if known is not None and known < first:
        raise InputError(f"nothing of '{case_id}' was known by {known}; its first event is of {first}")
    on = on or min(record["day"], known or record["day"])
    until = known or "all"
    return Case(told.at(record, known), on, known, list(paths.judged(case_id, on, until).values()), list(paths.accounts(case_id, on, until).values()))


def compose(case: Case) -> tuple[Section, ...]:
    """The three questions of a crisis, as sections of sentences; a question of which nothing is known is not asked."""
    sections = (
        Section("pact", "What is the pact?", tuple(_kept(_pact_blocks(case)))),
        Section("force", "What does the force amount to?", tuple(_kept(_force_blocks(case)))),
        Section("next", "What does it mean next?", tuple(_kept(_next_blocks(case)))),
    )
    return tuple(section for section in sections if section.blocks)


def compose_force(case: Case) -> tuple[Section, ...]:
    """Only what the register says of the force: the same blocks as stand in the second and third parts of the brief."""
    force = (*amounts.beside(case), Block("How fast", tuple(amounts.tempo(case))), Block("The mandate and what was done", tuple(amounts.compliance(case))))
    return (
        Section("force", "What does the force amount to?", tuple(_kept(force))),
        Section("next", "What does it mean next?", tuple(_kept(amounts.outlook(case)))),
    )


def _kept(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks that say something, nothing twice."""
    for block in blocks:
        once = tuple({(sentence.template, *sorted(sentence.slots.items())): sentence for sentence in block.sentences}.values())
        if once:
            yield Block(block.heading, once, block.style)


# ---- what is the pact -----------------------------------------------------------------------------------------------


def _pact_blocks(case: Case) -> Iterator[Block]:
    yield Block("In short", tuple(_summary(case)), "text")
    yield Block("The texts it stands on", tuple(_instruments(case)))
    yield Block("Members", tuple(_members(case)))
    yield Block("What the articles say", tuple(_articles(case)))
    yield Block("How it decides", tuple(_procedures(case)))
    yield Block("What was asked, invoked and decided", tuple(_events(case, ("request", "invocation", "consultation", "decision", "refusal", "offer"))))
    yield Block("Who had asked before", tuple(_precedents(case)))
    yield Block("Whether the articles apply, and on whose account", tuple(_verdicts(case)), "findings")
    yield Block("Who says what, account by account", tuple(_told(case)))
    yield Block("What else was said", tuple(_claims(case, "pact", outside=True)))


def _summary(case: Case) -> Iterator[Sentence]:
    """The episode in a few words, only where the whole of it is known: a summary bears no day of its own."""
    record = snapshot.record("case", case.record["id"])
    if case.known is None or (record["until"] is not None and case.known >= record["until"]):
        yield Sentence("{summary}.", {"summary": ("text", f"{case.path}/summary")}, _behind(case, record["summary"]))
    yield Sentence("{pact}: {gloss}.", {"pact": ("names", f"pact/{case.pact['id']}/names"), "gloss": ("text", f"pact/{case.pact['id']}/gloss")})
    yield from _headlines(case)


def _behind(case: Case, texts: dict[str, str]) -> tuple[str, ...]:
    """The events and figures that hold the numbers of a text without sources of its own, as few as will do; the request and decision always."""
    rows = [(f"{case.path}/{key}/{row['id']}", row) for key in ("events", "figures") for row in case.record[key]]
    chosen = [path for path, row in rows if row.get("type") in ("request", "decision", "attack")][:3]
    wanted = set().union(*map(paths.numbers, texts.values())) - set().union(*(paths.numbers(paths.words(path)) for path in chosen))
    for path, _ in rows:
        held = paths.numbers(paths.words(path)) & wanted
        if held:
            chosen.append(path)
            wanted -= held
    return tuple(dict.fromkeys(chosen))


def _headlines(case: Case) -> Iterator[Sentence]:
    """The verdict on the article that was argued over, before any detail."""
    for group in _provisions_judged(case, ("defense",)):
        if group[0]["instrument"] == case.pact["main_instrument"]:
            yield from _verdicts_on(case, group)


def _instruments(case: Case) -> Iterator[Sentence]:
    for row in case.pact["instruments"]:
        path = f"pact/{case.pact['id']}/instruments/{row['id']}"
        slots: dict[str, Slot] = {"title": ("text", f"{path}/title")}
        signed, in_force = case.by_the_day(row["signed"]), case.by_the_day(row["in_force"])
        if not signed and not in_force:
            continue
        slots |= {"signed": ("day", f"{path}/signed")} if signed else {}
        slots |= {"in_force": ("day", f"{path}/in_force")} if in_force else {}
        template = {
            (True, False): "{title}: signed {signed}.",
            (False, True): "{title}: in force from {in_force}.",
            (True, True): "{title}: signed {signed}; in force from {in_force}.",
        }[signed, in_force]
        if signed and in_force:
            template = {
                "day": "{title}: signed {signed}; in force from {in_force}.",
                "month": "{title}: signed {signed}; in force about {in_force}, the day not known.",
                "year": "{title}: signed {signed}; in force about {in_force}, the day not known.",
                "not_later_than": "{title}: signed {signed}; in force by {in_force} at the latest.",
                "not_earlier_than": "{title}: signed {signed}; in force from {in_force} at the earliest, the day not known.",
            }[row["in_force_known"]]
        yield Sentence(template, slots)
    for index, row in enumerate(case.pact["statuses"]):
        path = f"pact/{case.pact['id']}/statuses/{index}"
        if case.by_the_day(row["from"]):
            yield Sentence("{status}, from {since}.", {"status": ("text", f"{path}/status"), "since": ("day", f"{path}/from")})
    for index, _ in enumerate(case.pact["lineage"]):
        yield Sentence("{gloss}.", {"gloss": ("text", f"pact/{case.pact['id']}/lineage/{index}/gloss")})


def _members(case: Case) -> Iterator[Sentence]:
    pact, on = case.pact["id"], case.on
    main = case.pact["main_instrument"]
    slots: dict[str, Slot] = {"day": ("day", f"derived/day/{on}"), "members": ("states", f"derived/members/{pact}/{main}/{on}")}
    yield Sentence("Bound on {day}: {members}.", slots)
    frozen = f"derived/frozen/{pact}/{on}"
    if paths.value(frozen):
        yield Sentence("Taking no part on that day without having left: {states}.", {"states": ("states", frozen)})


FORCES = ("mandate", "basing", "assurance", "intervention", "limit", "duration")  # what an agreement on peacekeepers, a base or a truce is about


def _articles(case: Case) -> Iterator[Sentence]:
    """The obligations in force on the day, and what the same article said before a text changed; of an agreement on a force, also what it may do."""
    further = FORCES if case.pact["kind"] in ("settlement", "mandate", "basing", "guarantee") else ()
    flat = provisions.flat(case.pact, (*provisions.OBLIGATIONS, "exit", *further))
    now = [row for row in flat if any(within(spell, case.on) for spell in row["in_force"])]
    for row in now:
        path = _provision_path(row)
        slots: dict[str, Slot] = {
            "article": ("article", f"{path[0]}/article"),
            "version": ("version", f"{path[1]}/version"),
            "since": ("day", f"{path[1]}/in_force/0/from"),
            "strength": ("word", f"{path[1]}/strength"),
            "gloss": ("text", f"{path[1]}/gloss"),
        }
        yield Sentence("Article {article}, text of {version}, in force from {since} ({strength}): {gloss}.", slots)
        for old in flat:
            ended = old["in_force"][-1]["until"]
            if old["article"] == row["article"] and old["kind"] == row["kind"] and ended and ended <= case.on:
                before = _provision_path(old)[1]
                yield Sentence(
                    "Until {until} article {article} read otherwise (text of {version}): {gloss}.",
                    {
                        "until": ("day", f"{before}/in_force/{len(old['in_force']) - 1}/until"),
                        "article": ("article", f"{path[0]}/article"),
                        "version": ("version", f"{before}/version"),
                        "gloss": ("text", f"{before}/gloss"),
                    },
                )


def _provision_path(row: Row) -> tuple[str, str]:
    article = f"pact/{row['pact']}/articles/{row['article']}"
    return article, f"{article}/provisions/{row['id']}"


def _procedures(case: Case) -> Iterator[Sentence]:
    for row in case.pact["procedures"]:
        if any(within(spell, case.on) for spell in row["in_force"]):
            path = f"pact/{case.pact['id']}/procedures/{row['id']}"
            yield Sentence("{gloss} (rule: {rule}).", {"gloss": ("text", f"{path}/gloss"), "rule": ("word", f"{path}/rule")})
    seen: set[str] = set()
    for row in case.rows:
        decision = row["decision"]
        if row["pact"] != case.pact["id"] or not decision or decision["procedure"] in seen:
            continue
        seen.add(decision["procedure"])
        slots = {
            key: (kind, _finding_path(case, row, f"decision-{key}"))
            for key, kind in (("state", "word"), ("agreed", "states"), ("opposed", "states"), ("unknown", "states"))
        }
        yield Sentence("State of the decision: {state}. Consented: {agreed}. Objected: {opposed}. Not known: {unknown}.", slots)
        if decision["state"] == "open":
            coalitions = {key: ("coalitions", _finding_path(case, row, f"decision-{key}")) for key in ("can_pass", "can_block")}
            yield Sentence("It passes with {can_pass}; it is blocked by any of {can_block}.", coalitions)


def _events(case: Case, types: tuple[str, ...]) -> Iterator[Sentence]:
    for event in sorted(case.record["events"], key=lambda event: (event["on"], event.get("time") or "")):
        if event["type"] in types and event["on"] >= case.record["from"] and (event["type"] in EXITS or event["id"] not in case.record["after"]):
            yield _event(case, event)


def _event(case: Case, event: Row) -> Sentence:
    path = f"{case.path}/events/{event['id']}"
    slots: dict[str, Slot] = {"day": ("dated", path), "gloss": ("text", f"{path}/gloss")}
    template = "{day}: {gloss}."
    if event["articles"]:
        slots["articles"] = ("articles", f"{path}/articles")
        template = "{day}: {gloss} (articles named: {articles})."
    return Sentence(template, slots)


def _precedents(case: Case) -> Iterator[Sentence]:
    """Requests and invocations under the pact before this one, refusals and silence included."""
    asked = [event["on"] for event in case.record["events"] if event["type"] in ("request", "invocation")]
    first = min(asked, default=case.on)
    for row in sorted(case.pact["invocations"], key=lambda row: row["on"]):
        if row["on"] < first and row["case"] != case.record["id"] and case.by_then(row["on"]):
            path = f"pact/{case.pact['id']}/invocations/{row['id']}"
            slots: dict[str, Slot] = {
                "day": ("dated", path),
                "by": ("states", f"{path}/by"),
                "gloss": ("text", f"{path}/gloss"),
                "character": ("word", f"{path}/character"),
                "outcome": ("word", f"{path}/outcome"),
            }
            if row["outcome_on"] and not case.by_then(row["outcome_on"]):
                slots.pop("outcome")
                yield Sentence("{day}, {by}: {gloss} (danger: {character}).", slots)
            else:
                yield Sentence("{day}, {by}: {gloss} (danger: {character}; outcome: {outcome}).", slots)


def _provisions_judged(case: Case, kinds: tuple[str, ...], pacts: Iterable[str] | None = None) -> list[list[Row]]:
    """Findings grouped by provision, the accounts of one provision together; only those with a condition."""
    wanted = set(pacts) if pacts is not None else {case.pact["id"]}
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in case.rows:
        if row["pact"] in wanted and row["kind"] in kinds and row["facts"]:
            groups.setdefault((row["pact"], row["article"], row["provision"]), []).append(row)
    return list(groups.values())


def _finding_path(case: Case, row: Row, key: str) -> str:
    known = case.known or "all"
    return f"derived/finding/{case.record['id']}/{case.on}/{known}/{row['pact']}/{row['article']}/{row['provision']}/{row['account']}/{key}"


FINDING_KINDS = {"article": "article", "version": "version", "condition": "word", "standing": "word", "pact": "pact", "obligors": "states"}


def _finding_slots(case: Case, row: Row, *keys: str) -> dict[str, Slot]:
    return {key: (FINDING_KINDS[key], _finding_path(case, row, key)) for key in keys}


def _verdicts(case: Case) -> Iterator[Sentence]:
    """Each provision with a condition: what all accounts agree on, or who says what; and for the duty of defence, what it hinges on."""
    for group in _provisions_judged(case, ("defense", "internal_assistance", "consultation", "offense"), case.record["pacts"]):
        yield from _verdicts_on(case, group)
        first = group[0]
        if first["pact"] == case.pact["id"] and first["instrument"] == case.pact["main_instrument"] and first["kind"] == "defense":
            yield from _hinges(case, group)


def _verdicts_on(case: Case, group: list[Row]) -> Iterator[Sentence]:
    """One sentence for each word that the accounts give the provision's condition."""
    keys = ("pact", "article", "version", "condition", "standing")
    for condition, names in group[0]["agreement"].items():
        row = next(row for row in group if row["condition"] == condition)
        slots = _finding_slots(case, row, *keys)
        if len(group[0]["agreement"]) == 1:
            yield Sentence("{pact}, article {article} (text of {version}): agreed by all accounts: condition {condition}, duty {standing}.", slots)
            continue
        slots["accounts"] = ("accounts", _finding_path(case, row, "accounts"))
        if len(names) == 1:
            yield Sentence("{pact}, article {article} (text of {version}): condition {condition}, duty {standing}, on one account only: {accounts}.", slots)
        else:
            yield Sentence("{pact}, article {article} (text of {version}): condition {condition}, duty {standing}, on the accounts of: {accounts}.", slots)


def _hinges(case: Case, group: list[Row]) -> Iterator[Sentence]:
    """What would turn each finding, the smallest sets of facts first; accounts that hinge on the same are named together."""
    alike: dict[str, list[Row]] = {}
    for row in group:
        alike.setdefault(str(row["hinges"]), []).append(row)
    for rows in alike.values():
        row = rows[0]
        names = [next(str(i) for i, account in enumerate(case.record["accounts"]) if account["id"] == other["account"]) for other in rows]
        accounts: Slot = ("accounts", f"derived/account_names/{case.record['id']}/{'/'.join(names)}")
        for word in dict.fromkeys(hinge["turns"] for hinge in row["hinges"]):
            slots: dict[str, Slot] = {
                "accounts": accounts,
                "turns": ("word", f"derived/word/{word}"),
                "changes": ("alternatives", _finding_path(case, row, f"turning-{word}")),
            }
            yield Sentence("Hinge for {accounts}: it turns to {turns} if {changes}.", slots)
        if row["hinges_capped"]:
            yield Sentence("There are more hinges than are listed here.")


def _told(case: Case) -> Iterator[Sentence]:
    """The claims behind each account, under its name; a claim that several accounts share stands under the first."""
    seen: set[str] = set()
    for index, account in enumerate(case.record["accounts"]):
        claims = [claim for claim in _in_order(case) if claim["id"] in account["claims"] and claim["id"] not in seen]
        if claims:
            yield Sentence("On the account of {account}:", {"account": ("text", f"{case.path}/accounts/{index}/name")})
        for claim in claims:
            seen.add(claim["id"])
            yield _claim(case, claim)


def _in_order(case: Case) -> list[Row]:
    return sorted(case.record["claims"], key=lambda claim: (claim["said_on"], claim["id"]))


def _claim(case: Case, claim: Row) -> Sentence:
    path = f"{case.path}/claims/{claim['id']}"
    slots: dict[str, Slot] = {"day": ("dated", path), "speaker": ("speaker", f"{path}/speaker"), "gloss": ("text", f"{path}/gloss")}
    return Sentence("{speaker} ({day}): {gloss}.", slots)


def _claims(case: Case, about: str, outside: bool = False) -> Iterator[Sentence]:
    """The claims that speak to one of the three questions; with `outside`, only those that no account rests on."""
    held = {name for account in case.record["accounts"] for name in account["claims"]} if outside else set()
    return (_claim(case, claim) for claim in _in_order(case) if claim["about"] == about and claim["id"] not in held)


# ---- what the force amounts to --------------------------------------------------------------------------------------


def _force_blocks(case: Case) -> Iterator[Block]:
    yield Block("Who sends what, and on whose word", tuple(_figures(case, told.forces(case.record))))
    yield Block("Against the land and the people", tuple(_densities(case)))
    spans = [row for row in case.record["figures"] if row["unit"] in ("day", "hour")]
    yield from amounts.beside(case)
    yield Block("How fast", (*_pace(case), *_figures(case, spans), *amounts.tempo(case)))
    yield Block("The mandate, wording by wording", tuple(_mandates(case)))
    yield Block("The mandate and what was done", tuple(amounts.compliance(case)))
    toll = [row for row in case.record["figures"] if row["status"] in ("deaths", "injured", "detained")]
    yield Block("The toll", tuple(_figures(case, sorted(toll, key=lambda row: (row["status"], row["on"])))))
    yield Block("Who says what of the force", tuple(_claims(case, "force")))


def _figures(case: Case, rows: list[Row]) -> Iterator[Sentence]:
    for row in rows:
        path = f"{case.path}/figures/{row['id']}"
        slots: dict[str, Slot] = {
            "sender": ("sender", f"{path}/sender"),
            "of": ("text", f"{path}/of"),
            "value": ("span", path),
            "status": ("word", f"{path}/status"),
            "day": ("dated", path),
            "speaker": ("speaker", f"{path}/speaker"),
        }
        if row["status"] in ("deaths", "injured", "detained"):
            slots.pop("sender")
            yield Sentence("{of}: {value} ({status}; {day}; {speaker}).", slots)
        else:
            yield Sentence("{sender}, {of}: {value} ({status}; {day}; {speaker}).", slots)


def _densities(case: Case) -> Iterator[Sentence]:
    case_id = case.record["id"]
    if case.record["area"]:
        slots: dict[str, Slot] = {"target": ("state", f"{case.path}/target"), "area": ("number", f"{case.path}/area/value")}
        yield Sentence("{target}: {area} km².", slots)
    if case.record["population"]:
        people: dict[str, Slot] = {"target": ("state", f"{case.path}/target"), "people": ("number", f"{case.path}/population/value")}
        yield Sentence("{target}: {people} inhabitants.", people)
    for row in _extremes(case):
        path = f"{case.path}/figures/{row['id']}"
        base: dict[str, Slot] = {"value": ("span", path), "status": ("word", f"{path}/status"), "day": ("dated", path)}
        if case.record["area"]:
            by_area: Slot = ("number", f"derived/density/{case_id}/{row['id']}/area")
            yield Sentence("{value} ({status}, {day}): {density} per 1,000 km².", {**base, "density": by_area})
        if case.record["population"]:
            by_people: Slot = ("number", f"derived/density/{case_id}/{row['id']}/people")
            yield Sentence("{value} ({status}, {day}): {density} per 1,000 inhabitants.", {**base, "density": by_people})


def _extremes(case: Case) -> list[Row]:
    """Of the figures for the whole force, the smallest and the largest of each status: between them lie the others."""
    by_status: dict[str, list[Row]] = {}
    for row in told.forces(case.record):
        if row["sender"] is None and row["unit"] == "person" and row["value"] is not None and row["status"] != "withdrawn":
            by_status.setdefault(row["status"], []).append(row)
    found = []
    for rows in by_status.values():
        ends = (min(rows, key=lambda row: row["value"]), max(rows, key=lambda row: row["value"]))
        found += list({row["id"]: row for row in ends}.values())
    return found


STAGES = (
    ("request", "decision", "From the request to the decision: {span} {unit}."),
    ("decision", "deployment", "From the decision to the first departure: {span} {unit}."),
    ("decision", "arrival", "From the decision to the first arrival: {span} {unit}."),
    ("arrival", "withdrawal", "From the first arrival to the start of the withdrawal: {span} {unit}."),
    ("arrival", "end", "From the first arrival to the end: {span} {unit}."),
    ("request", "end", "From the request to the end: {span} {unit}."),
)


def _pace(case: Case) -> Iterator[Sentence]:
    """Spans between the first events of each stage; in hours where both clock times are known, else in days."""
    firsts: dict[str, Row] = {}
    for event in sorted(case.record["events"], key=lambda event: (event["on"], event.get("time") or "99")):
        firsts.setdefault(event["type"], event)
    for start, end, template in STAGES:
        if start in firsts and end in firsts and firsts[start]["on"] <= firsts[end]["on"]:
            for unit in ("hours", "days"):
                path = f"derived/pace/{case.record['id']}/{firsts[start]['id']}/{firsts[end]['id']}/{unit}"
                if paths.value(path) is not None and (unit == "days" or paths.value(path) <= 96):
                    yield Sentence(template, {"span": ("number", path), "unit": ("word", f"derived/word/{unit.removesuffix('s')}")})
                    break


def _mandates(case: Case) -> Iterator[Sentence]:
    for row in sorted(case.record["mandates"], key=lambda row: row["said_on"]):
        path = f"{case.path}/mandates/{row['id']}"
        slots: dict[str, Slot] = {"day": ("dated", path), "speaker": ("speaker", f"{path}/speaker"), "gloss": ("text", f"{path}/gloss")}
        yield Sentence("{speaker} ({day}): {gloss}.", slots)
        if row["allows"]:
            yield Sentence("Tasks it allows: {allows}.", {"allows": ("texts", f"{path}/allows")})
        if row["excludes"]:
            yield Sentence("Tasks it rules out: {excludes}.", {"excludes": ("texts", f"{path}/excludes")})


# ---- what it means next ---------------------------------------------------------------------------------------------


def _next_blocks(case: Case) -> Iterator[Block]:
    yield Block("What earlier requests led to", tuple(_precedents(case)))
    yield from amounts.outlook(case)
    yield Block("The exit", tuple(_events(case, EXITS)))
    after = [event for event in case.record["events"] if event["id"] in case.record["after"] and event["type"] not in EXITS]
    yield Block("What the pact and its members did after", tuple(_event(case, event) for event in sorted(after, key=lambda event: event["on"])))
    yield Block("Who says what of the outlook", tuple(_claims(case, "next")))
    questions = [f"{case.path}/open_questions/{index}/question" for index, _ in enumerate(case.record["open_questions"])]
    yield Block("What the sources leave open", tuple(Sentence("{question}.", {"question": ("text", path)}) for path in questions))


def facts_asked(case: Case) -> list[str]:
    """The fact words that the pact's findings ask, for the matrix of accounts by facts."""
    words: list[str] = []
    for group in _provisions_judged(case, ("defense", "internal_assistance", "consultation")):
        words += judging.words(None) + list(group[0]["facts"])
    return list(dict.fromkeys(words))


def hinge_facts(case: Case) -> dict[str, set[str]]:
    """By account, the facts that a finding of the pact hinges on."""
    found: dict[str, set[str]] = {}
    for group in _provisions_judged(case, ("defense", "internal_assistance", "consultation")):
        for row in group:
            found.setdefault(row["account"], set()).update(fact for hinge in row["hinges"] for fact in hinge["facts"])
    return found


def matrix(case: Case) -> list[tuple[told.Account, dict[str, Truth]]]:
    """Each account with its value for every fact asked."""
    words = facts_asked(case)
    return [(account, {word: account.facts.get(word) for word in words}) for account in case.accounts]

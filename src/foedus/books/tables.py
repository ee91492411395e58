"""The pact book as flat tables: the columns of each, what a missing value in them means, and the rows."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from foedus import snapshot
from foedus.law import parties, provisions

Row = dict[str, Any]
LANGUAGES = {"en": "English", "ar": "Arabic", "ru": "Russian"}

# What a missing value means, column by column. None of them is zero.
MISSING = {
    "open": "it still holds",
    "unknown": "no source that was read says so",
    "not_stated": "the library states nothing here",
    "not_applicable": "the column does not apply to the row",
    "not_counted": "nobody has counted",
    "not_sorted": "the text was not sorted into what binds and what does not",
    "unsaid": "the text leaves it open",
    "every_party": "no state is named because every party is meant",
}


@dataclass(frozen=True)
class Column:
    """One column: a Table Schema type, what it holds, and the kind of missing where it may be empty."""

    name: str
    type: str
    about: str
    missing: str | None = None
    refers_to: str | None = None


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, the columns that tell its rows apart, and where the rows come from."""

    about: str
    columns: list[Column]
    key: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]


def text(name: str, about: str, missing: str | None = None, refers_to: str | None = None) -> Column:
    return Column(name, "string", about, missing, refers_to)


def day(name: str, about: str, missing: str | None = None) -> Column:
    return Column(name, "date", about, missing)


def listed(name: str, about: str, missing: str | None = None) -> Column:
    return Column(name, "array", about, missing)


def tongues(name: str, about: str, missing: str | None = None) -> list[Column]:
    return [text(f"{name}_{code}", f"{about}, in {language}", missing) for code, language in LANGUAGES.items()]


ID = text("id", "The row's own id, unique in the table")
PACT = text("pact", "The pact", refers_to="pacts")
INSTRUMENT = text("instrument", "The text of the pact it stands in", refers_to="instruments")
STATE = text("state", "The state", refers_to="states")
DISPUTED = listed("disputed", "Other days that sources give, each with its sources and why they differ")
PRECISION = text("precision", "How exactly the day is known: day, month or year")
FROM, UNTIL = day("from", "The first day"), day("until", "The first day it no longer held", "open")


# ---- the rows -------------------------------------------------------------------------------------------------------


def pacts() -> Iterator[Row]:
    for pact in snapshot.records("pact").values():
        names: Row = {}
        for code, row in pact["names"].items():
            names |= {f"name_{code}": row["name"], f"short_{code}": row["short"], f"also_{code}": row["also"]}
        yield {**pact, **names, "main_instrument": f"{pact['id']}/{pact['main_instrument']}"}


def within(key: str) -> Callable[[], Iterator[Row]]:
    """The rows that stand under a key of every pact; the id they have there is their name within the pact."""

    def rows() -> Iterator[Row]:
        for pact in snapshot.records("pact").values():
            for row in pact[key]:
                yield {**row, "pact": pact["id"], "name": row["id"], "id": f"{pact['id']}/{row['id']}"}

    return rows


def instruments() -> Iterator[Row]:
    for row in within("instruments")():
        where = row["text"] or {"source": None, "at": None}
        yield {**row, "amends": _within(row, row["amends"]), "text_source": where["source"], "text_at": where["at"]}


def articles() -> Iterator[Row]:
    for pact in snapshot.records("pact").values():
        for row in pact["articles"]:
            yield {**row, "id": _article(pact, row), "pact": pact["id"], "instrument": f"{pact['id']}/{row['instrument']}"}


def party_events() -> Iterator[Row]:
    for pact in snapshot.records("pact").values():
        for party in pact["parties"]:
            for event in party["events"]:
                name = "/".join((pact["id"], event["instrument"], party["state"], event["what"], event["on"]))
                yield {**event, "id": name, "pact": pact["id"], "state": party["state"], "instrument": f"{pact['id']}/{event['instrument']}"}


def party_spells() -> Iterator[Row]:
    for pact in snapshot.records("pact").values():
        for row in parties.table(pact):
            name = "/".join((pact["id"], row["instrument"], row["state"], row["from"] or "never"))
            yield {**row, "id": name, "pact": pact["id"], "instrument": f"{pact['id']}/{row['instrument']}"}


def provision_spells() -> Iterator[Row]:
    for pact in snapshot.records("pact").values():
        for row in provisions.flat(pact):
            for spell in row["in_force"]:
                yield {
                    **row,
                    **spell,
                    "id": "/".join((pact["id"], row["instrument"], row["article"], row["id"], row["version"], spell["from"])),
                    "article": _article(pact, row),
                    "name": row["id"],
                    "instrument": f"{pact['id']}/{row['instrument']}",
                    "when": {"all": [row["when"]]} if isinstance(row["when"], str) else row["when"],
                    "duty": row["then"]["duty"],
                    **{key: _whom(row["then"][key]) for key in ("by", "to", "against")},
                    "procedure": _within(row, row["procedure"]),
                    "area": _within(row, row["area"]),
                    "text_source": row["text"]["source"],
                    "text_at": row["text"]["at"],
                    "cites": provisions.cites(row),
                }


def organs() -> Iterator[Row]:
    for row in within("organs")():
        yield {**row, "members": _whom(row["members"])}


def procedures() -> Iterator[Row]:
    for row in within("procedures")():
        yield {**row, "organ": _within(row, row["organ"]), "voters": _whom(row["voters"])}


def statuses() -> Iterator[Row]:
    for pact in snapshot.records("pact").values():
        for row in pact["statuses"]:
            yield {**row, "id": f"{pact['id']}/{row['body']}/{row['from']}", "pact": pact["id"]}


def lineage() -> Iterator[Row]:
    for pact in snapshot.records("pact").values():
        for number, row in enumerate(pact["lineage"], 1):
            yield {**row, "id": f"{pact['id']}/{row['relation']}/{number}", "pact": pact["id"], "other": row["pact"]}


def invocations() -> Iterator[Row]:
    for row in within("invocations")():
        decision = row["decision"] or {"procedure": None, "on": None, "result": None}
        named = row["articles"] if row["articles_known"] else None
        yield {**row, "articles": named, "procedure": _within(row, decision["procedure"]), "decided_on": decision["on"], "result": decision["result"]}


def consents() -> Iterator[Row]:
    for row in within("invocations")():
        for consent in row["decision"]["consents"] if row["decision"] else []:
            value = None if consent["value"] == "unknown" else consent["value"]
            yield {**consent, "id": f"{row['id']}/{consent['state']}", "invocation": row["id"], "value": value}


def sources() -> Iterator[Row]:
    for name, row in snapshot.records("source").items():
        yield {**row, "id": name}


def states() -> Iterator[Row]:
    for name, row in snapshot.records("state").items():
        names: Row = {}
        for code, words in row["names"].items():
            names |= {f"name_{code}": words["name"], f"also_{code}": words["also"], f"demonyms_{code}": words["demonyms"]}
        yield {**row, **names, "id": name}


def state_spells() -> Iterator[Row]:
    for name, row in snapshot.records("state").items():
        for spell in row["spells"]:
            yield {**spell, "state": name}


def codes() -> Iterator[Row]:
    for name, row in snapshot.records("state").items():
        for system, spells in row["codes"].items():
            for spell in spells:
                yield {**spell, "state": name, "system": system}


def facts() -> Iterator[Row]:
    for name, row in snapshot.records("fact").items():
        yield {**row, "id": name}


def citations() -> Iterator[Row]:
    """One row for each citation of each row of the other tables."""
    for name, table in TABLES.items():
        if name == "citations":
            continue
        for row in table.rows():
            cites = row.get("cites", row.get("sources"))
            if cites and name != "party_spells":
                for number, cite in enumerate(cites, 1):
                    yield {"table": name, "row": row["id"], "number": number, "source": cite["source"], "at": cite["at"]}


def _within(row: Row, name: str | None) -> str | None:
    return f"{row['pact']}/{name}" if name is not None else None


def _article(pact: Row, row: Row) -> str:
    return f"{pact['id']}/{row['instrument']}/{row['article']}"


def _whom(role: Any) -> list[str] | None:
    return role if isinstance(role, list) or role is None else [role]


# ---- the columns ----------------------------------------------------------------------------------------------------

TABLES: dict[str, Table] = {
    "pacts": Table(
        "A row a pact",
        [
            ID,
            text("kind", "What it is by its text"),
            Column("binding", "boolean", "Whether the text creates duties under international law"),
            *tongues("name", "Name"),
            *tongues("short", "Short name or acronym", "not_stated"),
            *[listed(f"also_{code}", f"Other names in newspapers, in {language}") for code, language in LANGUAGES.items()],
            *tongues("gloss", "What it is, in our own words"),
            text("headquarters", "Seat", "not_stated"),
            text("main_instrument", "The text whose parties are the members", refers_to="instruments"),
            Column("invocations_complete", "boolean", "True only where a source says that there were no other invocations"),
            listed("open_questions", "What was looked for and not found"),
        ],
        ("id",),
        pacts,
    ),
    "instruments": Table(
        "A row a text that a pact stands on, with its days",
        [
            ID,
            PACT,
            text("name", "Its id within the pact"),
            *tongues("title", "Title"),
            text("kind", "Treaty, charter, protocol …"),
            Column("binding", "boolean", "Whether it creates duties under international law"),
            text("amends", "The text it amends", "not_applicable", "instruments"),
            day("signed", "Signature", "unknown"),
            text("place", "Place of signature", "unknown"),
            day("in_force", "The day the text itself entered into force", "unknown"),
            day("provisional_from", "Provisional application", "not_stated"),
            day("ended", "The first day it was no longer in force", "open"),
            text("depositary", "Depositary", "not_stated"),
            Column("articles", "integer", "How many articles the text has", "not_counted"),
            listed("binding_articles", "Those that lay a duty, a power or a rule of collective security on somebody, where the text was sorted", "not_sorted"),
            text("text_source", "Where the text can be read", "not_stated", "sources"),
            text("text_at", "The place in that source", "not_stated"),
            DISPUTED,
            text("note", "A note", "not_stated"),
        ],
        ("id",),
        instruments,
    ),
    "articles": Table(
        "A row an article, filed by its own number or, where that is not known, by a word",
        [ID, PACT, INSTRUMENT, text("article", "Its number, as the treaty names it"), *tongues("gloss", "What it is about, in our own words")],
        ("id",),
        articles,
    ),
    "parties": Table(
        "A row a step in a party's legal life under one text",
        [
            ID,
            PACT,
            INSTRUMENT,
            STATE,
            text("what", "The step: signed, ratified, in_force, left …"),
            day("on", "The day"),
            PRECISION,
            DISPUTED,
            *tongues("note", "A note", "not_stated"),
        ],
        ("id",),
        party_events,
    ),
    "party_spells": Table(
        "A row a party, text and stretch of days in which the text bound it; computed from the steps in `parties`",
        [
            ID,
            PACT,
            INSTRUMENT,
            STATE,
            text("status", "What the party is at the end of the record: party, suspended, frozen, former, signatory, none"),
            day("signed", "Signature", "unknown"),
            day("from", "The first day it was bound", "not_applicable"),
            UNTIL,
        ],
        ("id",),
        party_spells,
    ),
    "provisions": Table(
        "A row a provision and stretch of days: one duty, permission, power or rule of an article in one text version",
        [
            ID,
            PACT,
            INSTRUMENT,
            text("article", "The article it stands in", refers_to="articles"),
            text("name", "Its id within the article"),
            text("version", "The text version, by the year it was signed"),
            text("kind", "defense, consultation, nonaggression …"),
            text("strength", "How strongly it binds: shall_use_force, shall_assist, may …"),
            FROM,
            UNTIL,
            Column("when", "object", "The condition under which it applies: all, any, not, at_least over fact words", "not_applicable"),
            text("duty", "One word for what is owed"),
            listed("by", "Who owes it: a role or states"),
            listed("to", "To whom: a role or states"),
            listed("against", "Against whom: a role or states", "not_applicable"),
            text("request", "Whether a request is needed"),
            text("procedure", "The procedure that sets it in motion", "not_applicable", "procedures"),
            text("area", "Its geographic scope", "not_applicable", "areas"),
            listed("overrides", "Provisions it is an exception to, as article/provision"),
            Column("notice", "object", "The notice it asks for", "not_applicable"),
            *tongues("gloss", "What it says, in our own words"),
            text("note", "A point of reading that the coding rests on", "not_stated"),
            text("text_source", "Where the text can be read", refers_to="sources"),
            text("text_at", "The place in that source"),
        ],
        ("id",),
        provision_spells,
    ),
    "organs": Table(
        "A row an organ",
        [
            ID,
            PACT,
            text("name", "Its id within the pact"),
            *tongues("names", "Name"),
            listed("also", "Other names"),
            text("kind", "Council, assembly, secretariat …"),
            listed("members", "A role or states"),
            listed("spells", "The days on which it existed", "not_stated"),
            *tongues("gloss", "What it does", "not_stated"),
        ],
        ("id",),
        organs,
    ),
    "procedures": Table(
        "A row a procedure: who may start it, who votes, by what rule",
        [
            ID,
            PACT,
            text("name", "Its id within the pact"),
            text("organ", "The organ that decides", "not_applicable", "organs"),
            text("initiator", "Who may start it"),
            text("request", "Whether a request is needed"),
            text("rule", "consensus, unanimity, majority, each_for_itself …"),
            text("majority", "The share that must agree", "not_applicable"),
            listed("voters", "A role or states"),
            listed("veto", "States whose consent is needed whatever the count"),
            text("quorum", "Quorum", "unsaid"),
            *tongues("silence", "What silence means", "unsaid"),
            *tongues("opt_out", "Whether a party may stand aside", "unsaid"),
            *tongues("gloss", "The procedure in our own words"),
            listed("in_force", "The days on which it held"),
        ],
        ("id",),
        procedures,
    ),
    "areas": Table(
        "A row a geographic scope",
        [
            ID,
            PACT,
            text("name", "Its id within the pact"),
            *tongues("names", "Name"),
            listed("states", "States whose home territory lies in it", "every_party"),
            listed("leaves_out", "Territories of those states that lie outside it"),
            *tongues("gloss", "The scope in our own words"),
        ],
        ("id",),
        within("areas"),
    ),
    "statuses": Table(
        "A row a status of the pact with another body, such as observer at the United Nations",
        [ID, PACT, text("body", "The other body"), *tongues("status", "The status"), FROM, UNTIL, DISPUTED],
        ("id",),
        statuses,
    ),
    "declarations": Table(
        "A row a reservation, declaration or understanding of one party that bears on an obligation",
        [
            ID,
            PACT,
            text("name", "Its id within the pact"),
            STATE,
            text("kind", "Reservation, declaration, understanding …"),
            day("on", "The day it was made"),
            UNTIL,
            listed("affects", "Provisions it bears on, as article/provision"),
            *tongues("gloss", "What it says, in our own words"),
        ],
        ("id",),
        within("declarations"),
    ),
    "lineage": Table(
        "A row a tie between a pact and another",
        [
            ID,
            PACT,
            text("other", "The other pact, where the library holds it", "not_applicable", "pacts"),
            text("relation", "successor_of, replaced_by, built_on, compared_with …"),
            *tongues("gloss", "The tie in our own words"),
        ],
        ("id",),
        lineage,
    ),
    "invocations": Table(
        "A row a request or invocation, and what became of it; refusals and silence too",
        [
            ID,
            PACT,
            text("name", "Its id within the pact"),
            day("on", "The day"),
            PRECISION,
            listed("by", "The states that asked"),
            listed("against", "The states it was made against; an empty list where it named none"),
            listed("articles", "The articles it named; an empty list where it named none", "unknown"),
            text("character", "external, internal, mixed or contested"),
            text("act", "request, invocation, consultation or offer"),
            text("outcome", "accepted, consulted, declined, unanswered …"),
            day("outcome_on", "The day of the outcome", "unknown"),
            *tongues("sent", "What was sent", "not_stated"),
            text("case", "The episode of the library it belongs to", "not_applicable"),
            *tongues("gloss", "What happened, in our own words"),
            text("procedure", "The procedure by which it was decided", "not_applicable", "procedures"),
            day("decided_on", "The day of the decision", "unknown"),
            text("result", "granted, declined, blocked or pending", "not_applicable"),
            DISPUTED,
        ],
        ("id",),
        invocations,
    ),
    "consents": Table(
        "A row a state's voice in the decision on an invocation",
        [
            ID,
            text("invocation", "The invocation", refers_to="invocations"),
            STATE,
            Column("value", "boolean", "Whether it agreed", "unknown"),
            text("note", "A note", "not_stated"),
        ],
        ("id",),
        consents,
    ),
    "sources": Table(
        "A row a source that was found and read",
        [
            ID,
            text("title", "Title"),
            text("publisher", "Publisher"),
            text("kind", "treaty, depositary, official, law, scholarly, news, data, encyclopedia"),
            text("language", "ISO 639 code of the text read"),
            text("url", "Address"),
            day("read", "The day it was read"),
            day("date", "The day it was published or signed", "not_stated"),
            text("author", "Author", "not_stated"),
            text("licence", "Licence", "not_stated"),
            text("note", "A note", "not_stated"),
        ],
        ("id",),
        sources,
    ),
    "states": Table(
        "A row a state of the system since 1816",
        [
            ID,
            *tongues("name", "Name"),
            *[listed(f"also_{code}", f"Other names, in {language}") for code, language in LANGUAGES.items()],
            *[listed(f"demonyms_{code}", f"The adjective and the people, in {language}") for code, language in LANGUAGES.items()],
            listed("predecessors", "States before it"),
            listed("successors", "States after it"),
        ],
        ("id",),
        states,
    ),
    "state_spells": Table("A row a state and stretch of days on which it was a state of the system", [STATE, FROM, UNTIL], ("state", "from"), state_spells),
    "codes": Table(
        "A row a state, code of another data set and stretch of days on which the state bears it there",
        [STATE, text("system", "cow: Correlates of War; gw: Gleditsch-Ward"), Column("code", "integer", "The code"), FROM, UNTIL],
        ("state", "system", "code", "from"),
        codes,
    ),
    "facts": Table(
        "A row a fact word of the conditions",
        [ID, *tongues("statement", "The statement it stands for"), text("about", "What it is about"), text("note", "A note", "not_stated")],
        ("id",),
        facts,
    ),
    "citations": Table(
        "A row a row of another table and source it stands on, the first one first",
        [
            text("table", "The table"),
            text("row", "The id of the row in it"),
            Column("number", "integer", "The citation's place, from 1"),
            text("source", "The source", refers_to="sources"),
            text("at", "The place in the source"),
        ],
        ("table", "row", "number"),
        citations,
    ),
}


def rows(name: str) -> list[Row]:
    """The rows of a table, ready for a file: days as ISO text, lists and conditions as JSON text, what is missing as None."""
    table = TABLES[name]
    return [{column.name: _cell(column, row) for column in table.columns} for row in table.rows()]


def _cell(column: Column, row: Row) -> Any:
    value = row[column.name] if column.name in row else _tongue(column.name, row)
    if column.type in ("array", "object") and value is not None:
        return json.dumps(value, ensure_ascii=False)
    return value


def _tongue(name: str, row: Row) -> str | None:
    """`gloss_ar` from `gloss`."""
    texts = row[name[:-3]]
    return texts[name[-2:]] if texts else None

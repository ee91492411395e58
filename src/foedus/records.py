"""The shape of every library file. A key nobody reads, or a value of the wrong kind, is refused.

Only the reader of the library imports this module: building the models takes longer than a whole brief.
"""

import datetime
import itertools
import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Day = datetime.date
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
StateId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Languages = Literal["en", "ar", "ru"]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class Texts(Record):
    """One text in the three languages of the product."""

    en: Text
    ar: Text
    ru: Text


class Cite(Record):
    """A source and the place in it."""

    source: Id
    at: Text = Field(description="Article, paragraph, page or heading: where in the source it stands.")


Cites = Annotated[list[Cite], Field(min_length=1)]


class Source(Record):
    """Something that was found and read."""

    title: Text
    publisher: Text
    kind: Literal["treaty", "depositary", "official", "law", "scholarly", "news", "data", "encyclopedia"]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = Field(description="ISO 639 code of the text read.")
    url: Annotated[str, StringConstraints(pattern=r"^https?://")]
    read: Day = Field(description="The day on which it was read.")
    date: Day | None = Field(None, description="The day it was published or signed, where it says so.")
    author: Text | None = None
    licence: Text | None = None
    note: Text | None = None


# ---- time -----------------------------------------------------------------------------------------------------------


class Spell(Record):
    """A stretch of days `[from, until)`; `until` is the first day it no longer holds, null while it is open."""

    from_: Day = Field(alias="from")
    until: Day | None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.until is not None and self.until <= self.from_:
            raise ValueError(f"a spell that ends on {self.until} cannot begin on {self.from_}")
        return self


def _apart(spells: list[Spell]) -> list[Spell]:
    ordered = sorted(spells, key=lambda spell: spell.from_)
    for earlier, later in itertools.pairwise(ordered):
        if earlier.until is None or later.from_ < earlier.until:
            raise ValueError(f"the spells from {earlier.from_} and from {later.from_} overlap")
    return ordered


Spells = Annotated[list[Spell], Field(min_length=1), AfterValidator(_apart)]


class OtherDate(Record):
    """A date that another source gives for the same event; both stand."""

    on: Day
    sources: Cites
    note: Text = Field(description="Why the sources differ, and which one the library follows.")


class Dated(Record):
    on: Day
    precision: Literal["day", "month", "year"] = Field("day", description="How exactly the day is known.")
    disputed: list[OtherDate] = []
    sources: Cites


# ---- states ---------------------------------------------------------------------------------------------------------


class StateName(Record):
    name: Text
    also: list[Text] = Field([], description="Other names and spellings that newspapers use.")
    demonyms: list[Text] = Field([], description="The adjective and the people, in their citation forms.")


class StateNames(Record):
    en: StateName
    ar: StateName
    ru: StateName


class Capital(Record):
    names: Texts
    also: list[Text] = Field([], description="Other spellings, former names, and the seat of power that stands for the government.")
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None


class CodeSpell(Record):
    code: int
    from_: Day = Field(alias="from")
    until: Day | None


class Codes(Record):
    cow: list[CodeSpell] = []
    gw: list[CodeSpell] = []


class StateNote(Record):
    """A day on which this library and a data set differ, and why."""

    against: Literal["cow", "gw"]
    reason: Text
    sources: list[Cite] = []


class State(Record):
    names: StateNames
    spells: Spells = Field(description="The days on which it was a state of the system.")
    codes: Codes = Codes()
    predecessors: list[StateId] = []
    successors: list[StateId] = []
    capitals: list[Capital] = []
    differences: list[StateNote] = []
    sources: Cites


# ---- conditions -----------------------------------------------------------------------------------------------------


DEPTH = 50
WORDS = ("all", "any", "not", "at_least")


def condition_facts(condition: Any) -> list[str]:
    """The fact words of a condition, in the order in which they stand."""
    if isinstance(condition, str):
        return [condition]
    parts = condition.get("of", condition.get("all", condition.get("any", [condition.get("not")])))
    return [fact for part in parts for fact in condition_facts(part)]


def _condition(value: Any, depth: int = 0) -> Any:
    if depth > DEPTH:
        raise ValueError(f"a condition nests deeper than {DEPTH}")
    if isinstance(value, str):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", value):
            raise ValueError(f"'{value}' is not a fact word (small letters, digits, _)")
        return value
    if not isinstance(value, dict):
        raise ValueError("a condition is a fact word, or one of all, any, not, at_least")
    if set(value) == {"at_least", "of"}:
        number, parts = value["at_least"], value["of"]
        _parts("of", parts, depth)
        if isinstance(number, bool) or not isinstance(number, int | str):
            raise ValueError("at_least takes a number of facts, or a share written as 2/3")
        share = re.fullmatch(r"([1-9][0-9]*)/([1-9][0-9]*)", number) if isinstance(number, str) else None
        if isinstance(number, str) and (share is None or int(share[1]) > int(share[2])):
            raise ValueError(f"at_least takes a number of facts, or a share written as 2/3, not '{number}'")
        if isinstance(number, int) and not 0 < number <= len(parts):
            raise ValueError(f"at_least {number} of {len(parts)} facts can never decide anything")
        return value
    if len(value) != 1 or next(iter(value)) not in WORDS[:3]:
        raise ValueError(f"a condition has one word of all, any, not, at_least with of; this one has {', '.join(value) or 'none'}")
    [(word, part)] = value.items()
    if word == "not":
        _condition(part, depth + 1)
    else:
        _parts(word, part, depth)
    return value


def _parts(word: str, parts: Any, depth: int) -> None:
    if not isinstance(parts, list) or not parts:
        raise ValueError(f"'{word}' takes a list of one or more conditions")
    for part in parts:
        _condition(part, depth + 1)


Condition = Annotated[Any, AfterValidator(_condition)]


class FactWord(Record):
    """A word that conditions use, as a statement that is true, false or unknown of an episode."""

    statement: Texts
    about: Literal["attack", "author", "request", "procedure", "place", "threat", "reading", "relation", "time"]
    note: Text | None = None


# ---- pacts ----------------------------------------------------------------------------------------------------------


class PactName(Record):
    name: Text
    short: Text | None = None
    also: list[Text] = Field([], description="Other names, former names and acronyms that newspapers use.")


class PactNames(Record):
    en: PactName
    ar: PactName
    ru: PactName


class Instrument(Record):
    """A text the pact stands on."""

    id: Id
    title: Texts
    kind: Literal["treaty", "charter", "protocol", "amendment", "agreement", "declaration", "decision", "statute"]
    binding: bool = True
    amends: Id | None = None
    signed: Day | None = None
    place: Text | None = None
    in_force: Day | None = Field(None, description="The day the text itself entered into force.")
    in_force_known: Literal["day", "month", "year", "not_later_than", "not_earlier_than"] = Field(
        "day", description="How exactly the day of entry into force is known."
    )
    provisional_from: Day | None = None
    ended: Day | None = Field(None, description="The first day it was no longer in force.")
    depositary: Text | None = None
    articles: int | None = Field(None, description="How many articles the text has, for coverage.")
    binding_articles: list[Text] | None = Field(
        None, description="The articles that lay a duty, a power or a rule of collective security on somebody, by label; null where every article counts."
    )
    text: Cite | None = Field(None, description="Where the text can be read.")
    disputed: list[OtherDate] = []
    note: Text | None = None
    sources: Cites


PARTY_EVENTS = (
    "signed", "ratified", "deposited", "acceded", "succeeded", "provisional", "in_force", "notice", "suspended", "resumed",
    "froze", "unfroze", "left_structures", "rejoined_structures", "left", "excluded", "lapsed", "terminated",
)  # fmt: skip


class PartyEvent(Dated):
    """One step in a party's legal life under one instrument."""

    what: Literal[PARTY_EVENTS]  # type: ignore[valid-type]
    instrument: Id
    note: Texts | None = None


class Party(Record):
    state: StateId
    events: Annotated[list[PartyEvent], Field(min_length=1)]


class Organ(Record):
    id: Id
    names: Texts
    also: list[Text] = []
    kind: Literal["council", "assembly", "secretariat", "office", "force", "court", "command"]
    members: Literal["every_party"] | list[StateId] = "every_party"
    spells: Spells | None = None
    gloss: Texts | None = None
    sources: Cites


class Procedure(Record):
    """How a duty or a power is set in motion: who may start it, who votes, by what rule."""

    id: Id
    organ: Id | None = None
    initiator: Literal["party_concerned", "any_party", "organ", "any"]
    request: Literal["required", "not_required", "unsaid"]
    rule: Literal["consensus", "unanimity", "consensus_minus_concerned", "unanimity_minus_concerned", "majority", "each_for_itself"]
    majority: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*/[1-9][0-9]*$")] | None = Field(
        None, description="The share that must agree under the rule `majority`, such as 2/3; `1/2` means more than half."
    )
    voters: Literal["every_party", "every_other_party", "elected"] | list[StateId] = Field(
        "every_party", description="`elected`: seats that go round, which the library does not follow; those with a veto are known all the same."
    )
    veto: list[StateId] = Field([], description="States whose consent is needed whatever the count.")
    quorum: Text | None = None
    silence: Texts | None = None
    opt_out: Texts | None = None
    gloss: Texts
    in_force: Spells
    sources: Cites

    @model_validator(mode="after")
    def _majority_has_share(self) -> Self:
        if (self.rule == "majority") != (self.majority is not None):
            raise ValueError("the rule 'majority' names its share under 'majority'; no other rule does")
        return self


class Area(Record):
    """A geographic scope, as a named area and as a list of states."""

    id: Id
    names: Texts
    states: list[StateId] | None = Field(None, description="States whose home territory lies in the area; null where every party's does.")
    leaves_out: list[Text] = Field([], description="Territories of those states that lie outside it.")
    gloss: Texts
    sources: Cites


class StatusElsewhere(Record):
    """What the pact or its organisation is to another body, such as observer at the United Nations."""

    body: Literal["UN", "OSCE", "AU", "EU", "OAS", "CIS", "registered_UN"]
    status: Texts
    from_: Day = Field(alias="from")
    until: Day | None
    disputed: list[OtherDate] = []
    sources: Cites


class Declaration(Record):
    """A reservation, declaration or understanding of one party that bears on an obligation."""

    id: Id
    state: StateId
    kind: Literal["reservation", "declaration", "understanding", "side_letter", "opt_out"]
    on: Day
    until: Day | None = None
    affects: list[str] = Field([], description="Provisions it bears on, as article/provision.")
    gloss: Texts
    sources: Cites


class Consent(Record):
    state: StateId
    value: Literal[True, False, "unknown"]
    note: Text | None = None
    sources: list[Cite] = []


class Decision(Record):
    """How the organ dealt with a request, so that the procedure can be replayed against history."""

    procedure: Id
    on: Day | None = None
    consents: list[Consent] = []
    result: Literal["granted", "declined", "blocked", "pending"]


class Invocation(Dated):
    """A request or invocation under the pact, and what became of it. Refusals and silence are precedents too."""

    id: Id
    by: list[StateId] = Field(description="The states that asked.")
    against: list[StateId] = []
    articles: list[str] = Field([], description="Articles the request itself named; empty where it named none or it is not known.")
    articles_known: bool = Field(True, description="False where no source says which article was named.")
    character: Literal["external", "internal", "mixed", "contested"]
    act: Literal["request", "invocation", "consultation", "offer"]
    outcome: Literal["accepted", "consulted", "declined", "unanswered", "blocked", "withdrawn", "pending"]
    outcome_on: Day | None = None
    sent: Texts | None = Field(None, description="What was sent, where anything was.")
    case: Id | None = None
    gloss: Texts
    decision: Decision | None = None


class Lineage(Record):
    pact: Id | None = Field(None, description="The other pact's id, where the library holds it.")
    relation: Literal["successor_of", "replaced_by", "split_from", "within", "built_on", "compared_with", "supersedes"]
    gloss: Texts
    sources: Cites


class Pact(Record):
    id: Id
    kind: Literal["alliance", "charter", "guarantee", "assurance", "cooperation", "platform", "statute", "settlement", "mandate", "basing"] = Field(
        description="What it is by its text: only some bind to defence. A settlement ends a war or stops it; a mandate rules peacekeepers; basing lets forces stay."
    )
    binding: bool = Field(description="Whether the text creates duties under international law.")
    names: PactNames
    gloss: Texts = Field(description="What the pact is, in one or two sentences of our own.")
    headquarters: Text | None = None
    main_instrument: Id = Field(description="The instrument whose parties are the pact's members.")
    instruments: Annotated[list[Instrument], Field(min_length=1)]
    parties: list[Party]
    lineage: list[Lineage] = []
    organs: list[Organ] = []
    procedures: list[Procedure] = []
    areas: list[Area] = []
    statuses: list[StatusElsewhere] = []
    declarations: list[Declaration] = []
    invocations: list[Invocation] = []
    invocations_complete: bool = Field(False, description="True only where a source says there were no others.")
    open_questions: list[Text] = []
    sources: Cites


KINDS = (
    "defense", "offense", "neutrality", "nonaggression", "consultation", "internal_assistance",  # obligations, ATOP's and one more
    "cooperation", "non_alignment", "intervention", "mandate", "basing", "assurance",  # other duties and powers
    "procedure", "limit", "reporting", "precedence", "principle", "sanction",  # how, how far
    "admission", "exit", "suspension", "duration", "amendment",  # who and how long
)  # fmt: skip
STRENGTHS = ("shall_use_force", "shall_assist", "shall_consult", "shall_refrain", "shall", "may", "declares")
ROLES = (
    "every_party", "every_other_party", "party_concerned", "requesting_party", "attacker", "organization", "applicant", "leaving_party",
    "third_states", "united_nations", "nobody",
)  # fmt: skip
Role = Literal[ROLES] | list[StateId]  # type: ignore[valid-type]


class Consequence(Record):
    """A duty or power points from one to another."""

    duty: Word = Field(description="One word for what is owed: aid, consult, refrain_from_force, report, leave …")
    by: Role
    to: Role
    against: Role | None = None


class Notice(Record):
    months: int | None = None
    days: int | None = None
    years: int | None = None
    to: Text | None = None


class Provision(Record):
    """One duty, permission, power or rule of an article, in one text version."""

    id: Id
    version: Text = Field(description="Which text: the year it was signed, such as '1992' or '2010'.")
    kind: Literal[KINDS]  # type: ignore[valid-type]
    strength: Literal[STRENGTHS]  # type: ignore[valid-type]
    in_force: Spells
    when: Condition | None = Field(None, description="The facts under which it applies; null where it always does.")
    then: Consequence
    request: Literal["required", "not_required", "unsaid"] = "unsaid"
    procedure: Id | None = None
    area: Id | None = None
    overrides: list[str] = Field([], description="Provisions it is an exception to, as article/provision.")
    notice: Notice | None = None
    gloss: Texts
    note: Text | None = Field(None, description="A point of reading that the coding rests on.")
    text: Cite
    sources: list[Cite] = Field([], description="Further sources for its dates.")


class Example(Record):
    """A worked case that runs as a test."""

    name: Text
    provision: Id
    given: dict[Word, Literal[True, False, "unknown"]]
    expect: Literal["met", "unmet", "unknown"]


class Article(Record):
    article: Text
    instrument: Id
    gloss: Texts = Field(description="What the article is about, in our own words.")
    provisions: Annotated[list[Provision], Field(min_length=1)]
    examples: list[Example] = []


# ---- cases ----------------------------------------------------------------------------------------------------------


Asserts = dict[Word, bool]


class Speaker(Record):
    name: Texts | None = None
    role: Texts | None = None
    state: StateId | None = None
    body: Texts | None = None

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.name or self.role or self.state or self.body):
            raise ValueError("a speaker needs a name, a role, a state or a body")
        return self


TASKS = (
    "observe", "supervise_ceasefire", "separate_forces", "supervise_withdrawal", "monitor_border", "guard_sites", "protect_civilians", "protect_own_nationals",
    "secure_aid", "disarm_factions", "support_elections", "police", "restore_order", "defend_government", "defend_territory", "fight_rebels", "overthrow_government",
    "occupy_territory", "enforce_peace", "enforce_embargo", "train", "evacuate", "humanitarian", "administer", "deter", "base",
)  # fmt: skip
MODALITY = Literal["monitor", "assist", "secure"]


class Charge(Record):
    """One thing a force may do, and how: watch it, help others to do it, or do it itself."""

    task: Literal[TASKS]  # type: ignore[valid-type]
    modality: MODALITY


class Deed(Charge):
    """One thing a force did, or by this account did not do."""

    done: bool


class Event(Dated):
    id: Id
    type: Literal[
        "unrest", "attack", "request", "invocation", "consultation", "decision", "refusal", "offer", "deployment", "arrival",
        "transfer", "drawdown", "withdrawal", "statement", "legal_act", "end",
    ]  # fmt: skip
    time: Annotated[str, StringConstraints(pattern=r"^[0-2][0-9]:[0-5][0-9]$")] | None = Field(None, description="Clock time in `zone`.")
    zone: Annotated[str, StringConstraints(pattern=r"^[+-][01][0-9]:[0-5][0-9]$")] | None = Field(None, description="Offset from UTC.")
    actor: list[StateId] = []
    body: Texts | None = None
    to: list[StateId] = []
    pact: Id | None = None
    articles: list[str] = Field([], description="Articles the act itself named.")
    known: Day | None = Field(None, description="The first day it could be known; the day of the event where not given.")
    asserts: Asserts = Field({}, description="Facts that the event settles for every account.")
    conduct: list[Deed] = Field([], description="What the force did in it, for every account.")
    gloss: Texts


class Claim(Record):
    """One statement about the episode: by whom, when, where it can be read, in our own words."""

    id: Id
    speaker: Speaker
    said_on: Day
    known: Day | None = Field(None, description="The first day it could be known, where later than the day it was said.")
    gloss: Texts
    asserts: Asserts = {}
    figures: dict[Word, float | int] = Field({}, description="Numbers the claim states, by a word that names them with their unit.")
    conduct: list[Deed] = Field([], description="What the force did or did not do, by this claim.")
    stance: Literal["affirms", "denies", "uncertain"] = "affirms"
    about: Literal["pact", "force", "next"] = Field("pact", description="Which of a brief's three questions it speaks to.")
    sources: Cites


class Account(Record):
    """Claims that could be true together."""

    id: Id
    name: Texts
    claims: list[Id]


class Figure(Record):
    """A number of people or things, as somebody gave it. Figures that disagree all stand."""

    id: Id
    sender: StateId | None = Field(None, description="Null where the figure is for all senders together.")
    status: Literal["announced", "authorized", "pledged", "deployed", "present", "withdrawn", "lift", "deaths", "injured", "detained"]
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    qualifier: Literal["exact", "about", "at_least", "at_most", "more_than", "less_than"] = "exact"
    unit: Literal["person", "vehicle", "aircraft", "flight", "tank", "battalion", "division", "day", "hour"]
    of: Texts = Field(description="What is counted.")
    on: Day
    precision: Literal["day", "month", "year"] = "day"
    known: Day | None = None
    speaker: Speaker | None = None
    sources: Cites

    @model_validator(mode="after")
    def _some_number(self) -> Self:
        if self.value is None and self.low is None and self.high is None:
            raise ValueError("a figure needs a value, a low or a high")
        return self


class Mandate(Record):
    """One wording of what the force was sent to do."""

    id: Id
    speaker: Speaker
    said_on: Day
    gloss: Texts
    allows: list[Texts] = []
    excludes: list[Texts] = []
    tasks: list[Charge] = Field([], description="What the wording allows, in the register's words; empty where it names no task.")
    limits: list[Literal[TASKS]] = Field([], description="What the wording rules out.")  # type: ignore[valid-type]
    sources: Cites


class CaseConsent(Record):
    state: StateId
    procedure: str = Field(description="The pact and its procedure, as pact/procedure.")
    value: Literal[True, False, "unknown"]
    on: Day
    known: Day | None = None
    sources: Cites


class Measured(Record):
    """A figure of the land or people of the target, for density."""

    value: float | int
    unit: Literal["km2", "person"]
    on: Day
    precision: Literal["day", "month", "year"] = "year"
    sources: Cites


class Asked(Record):
    """A question that the sources leave open."""

    question: Texts


class Case(Record):
    id: Id
    title: Texts
    summary: Texts
    target: StateId
    against: list[StateId] = Field([], description="States that an agreed fact names as the attacker; empty where that is contested.")
    pacts: Annotated[list[Id], Field(min_length=1)] = Field(description="The pact in question first, then others that bear on it.")
    day: Day = Field(description="The day on which provisions are judged.")
    from_: Day = Field(alias="from")
    until: Day | None = Field(description="The first day after the episode; null where it goes on.")
    events: Annotated[list[Event], Field(min_length=1)]
    claims: list[Claim] = []
    accounts: Annotated[list[Account], Field(min_length=1)]
    agreed: list[Id] = Field([], description="Claims that every account holds.")
    figures: list[Figure] = []
    mandates: list[Mandate] = []
    consents: list[CaseConsent] = []
    area: Measured | None = None
    population: Measured | None = None
    after: list[Id] = Field([], description="Events that show what the pact did afterwards, for the third question.")
    precedents: list[str] = Field([], description="Earlier invocations, as pact/invocation, that the brief must name.")
    open_questions: list[Asked] = []
    machine_read: bool = False
    sources: list[Cite] = []


# ---- forces abroad --------------------------------------------------------------------------------------------------


UNDER = (
    "un", "csto", "cis", "nato", "warsaw_pact", "eu", "osce", "arab_league", "gcc", "oas", "oecs", "caricom", "ecowas", "au", "sadc", "eccas", "igad", "eac",
    "pacific", "commonwealth", "coalition", "national",
)  # fmt: skip
ENDS = ("task_done", "withdrawn", "replaced", "expelled", "host_changed_hands", "annexed")


class Consented(Record):
    """Whether the host's government agreed; `contested` where who governed, or what it said, is argued over."""

    value: Literal["yes", "no", "contested", "unknown"]
    note: Text | None = None
    sources: list[Cite] = []

    @model_validator(mode="after")
    def _known_has_source(self) -> Self:
        if (self.value == "unknown") == bool(self.sources):
            raise ValueError("a consent that is known names its sources; one that is unknown has none")
        return self


class ForceRequest(Dated):
    """A request for a force: who made it, and when."""

    by: Literal["government", "rival_government", "rebels", "parties_to_conflict", "organization", "contested"]


class Basis(Record):
    """A legal ground that was named for the force. `none_named` where sources say that none was."""

    kind: Literal["pact", "un_resolution", "bilateral", "peace_agreement", "organization_decision", "invitation", "self_defense", "none_named"]
    pact: Id | None = Field(None, description="The library's id of the pact, where it holds it.")
    article: Text | None = None
    document: Text | None = Field(None, description="The resolution, treaty or decision, by its usual name.")
    sources: Cites


class Strength(Record):
    """How many people a force was said to have. Figures that disagree all stand."""

    status: Literal["announced", "authorized", "deployed", "peak"]
    sender: StateId | None = Field(None, description="Null where it is for all senders together.")
    value: int | None = None
    low: int | None = None
    high: int | None = None
    qualifier: Literal["exact", "about", "at_least", "at_most", "more_than", "less_than"] = "about"
    on: Day
    precision: Literal["day", "month", "year"] = "day"
    sources: Cites

    @model_validator(mode="after")
    def _some_number(self) -> Self:
        if self.value is None and self.low is None and self.high is None:
            raise ValueError("a strength needs a value, a low or a high")
        if any(number is not None and number <= 0 for number in (self.value, self.low, self.high)):
            raise ValueError("a strength is a number above 0; a force whose strength is not known has none here")
        return self


class Task(Charge):
    """One thing the force was sent to do."""

    sources: Cites


class Sites(Dated):
    """How many sites a force guarded."""

    value: Annotated[int, Field(gt=0)]


class ForceEnd(Dated):
    how: Literal[ENDS]  # type: ignore[valid-type]
    note: Text | None = None


class Left(Record):
    """What stayed behind when the force went."""

    what: Literal["nothing", "base", "advisers", "successor_force", "troops", "police", "treaty", "annexed_territory"]
    note: Text | None = None
    sources: Cites


class Deployment(Record):
    """A force that one or more states sent to another's territory."""

    names: Texts = Field(description="The operation or force by its usual name; else sender and place.")
    host: StateId = Field(description="The state on whose recognised territory it stood.")
    senders: Annotated[list[StateId], Field(min_length=1)] = Field(
        description="The sending states, the one with most people first; of a long list, those read."
    )
    senders_complete: bool = True
    under: Literal[UNDER]  # type: ignore[valid-type]
    trigger: Literal["external", "internal", "mixed", "contested"] = Field(
        description="The danger it answered: from abroad, from within, both, or argued over."
    )
    trigger_sources: Cites
    consent: Consented
    request: ForceRequest | None = None
    decision: Dated | None = Field(None, description="The day the sender or the organ decided.")
    bases: Annotated[list[Basis], Field(min_length=1)]
    strengths: list[Strength] = Field([], description="Empty where no source read gives a number.")
    tasks: Annotated[list[Task], Field(min_length=1)]
    sites: Sites | None = Field(None, description="The sites it guarded; null where no source read counts them.")
    start: Dated = Field(description="First arrival.")
    full_strength: Dated | None = None
    end: ForceEnd | None = Field(None, description="The day the last of it left or became something else; null while it is there.")
    present_on: Dated | None = Field(None, description="For a force without an end: the last day on which a source shows it there.")
    left: list[Left] = []
    case: Id | None = None
    open_questions: list[Text] = []

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if (self.end is None) == (self.present_on is None):
            raise ValueError("a force has an end, or a present_on: the last day a source shows it there")
        last = self.end or self.present_on
        if last is not None and latest_day(last.on, last.precision) < self.start.on:
            raise ValueError(f"a force that came on {self.start.on} cannot have ended on {last.on}")
        return self


def latest_day(on: Day, precision: str) -> Day:
    """The last day that a day known to the month or year may be."""
    if precision == "year":
        return on.replace(month=12, day=31)
    if precision == "month":
        return (on.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    return on


class Refusal(Record):
    """A request for a force that was refused, left without answer, or answered with less."""

    names: Texts
    host: StateId = Field(description="The state that was to receive the force.")
    asked_by: Literal["government", "rival_government", "rebels", "organization"]
    asked: Annotated[list[StateId], Field(min_length=1)] | None = Field(None, description="The states asked; null where an organisation was.")
    under: Literal[UNDER]  # type: ignore[valid-type]
    pact: Id | None = None
    article: Text | None = None
    invocation: str | None = Field(None, description="The same request in the pact book, as pact/invocation.")
    trigger: Literal["external", "internal", "mixed", "contested"]
    on: Dated = Field(description="The day of the request.")
    outcome: Literal["refused", "unanswered", "less_sent", "blocked"]
    outcome_on: Dated | None = None
    reason: Texts = Field(description="The reason given, or read into it, in our own words.")
    sent_instead: Texts | None = None
    followed: Texts | None = Field(None, description="What followed, in a sentence.")
    sources: Annotated[list[Cite], Field(min_length=2)]


class HostFigure(Record):
    """A figure of a host's land or people in a year. `low` and `high` are its error: what other sources or the source itself allow."""

    year: int | None = None
    value: float | int
    low: float | int
    high: float | int
    sources: Cites

    @model_validator(mode="after")
    def _within(self) -> Self:
        if not 0 < self.low <= self.value <= self.high:
            raise ValueError("a figure lies between its low and its high, all above 0")
        return self


class Region(Record):
    """Where in the world a state lies, by the United Nations' list of subregions."""

    name: Text
    sources: Cites


class Host(Record):
    """Land, people and region of a state that received a force, or was to."""

    region: Region | None = None
    area: HostFigure | None = Field(None, description="km², land and inland water.")
    population: list[HostFigure] = Field([], description="Inhabitants at mid-year.")


class DensityRule(Record):
    """A rule of thumb on how thick a force must be, or a critic of such rules. They disagree; all are shown."""

    names: Texts = Field(description="Who holds it, or where it stands.")
    since: Day = Field(description="From when it could be known: the day of its first publication, or the first of its year.")
    low: float | None = Field(None, description="Persons per 1,000 inhabitants; null where the rule is in another unit or gives no number.")
    high: float | None = None
    critic: bool = Field(False, description="Whether it denies that any such number holds.")
    says: Texts
    sources: Cites


class Feature(Record):
    """One feature by which forces and requests are held to be alike, and how much it counts."""

    names: Texts
    weight: Annotated[float, Field(gt=0)]
    compare: Literal["same", "overlap", "decades", "years"] = Field(
        description="same: alike or not; overlap: the share of things in common; decades: a number, by powers of ten; years: by years apart."
    )
    scale: float | None = Field(None, description="The difference at which two are held to be wholly unlike: powers of ten, or years.")
    near: list[Annotated[list[Text], Field(min_length=2, max_length=2)]] = Field([], description="Pairs of values that are half as far apart as others.")
    reason: Text = Field(description="Why it counts so much.")

"""The shape of every answer that `--json` gives. The JSON Schemas that ship under `schemas/` are made from this and from `records.py`."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from foedus import records

Day = str
ConditionWord = Literal["met", "unmet", "unknown", "conflict"]
Standing = Literal["owed", "not owed", "awaits decision", "undetermined"]
SourceIds = list[str]


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Names(Answer):
    en: Any
    ar: Any
    ru: Any


class Hinge(Answer):
    turns: ConditionWord = Field(description="What the condition becomes.")
    facts: dict[str, bool] = Field(description="The smallest set of facts that would make it so.")


class PartyRow(Answer):
    state: str
    instrument: str
    status: Literal["party", "suspended", "frozen", "signatory", "former", "none"]
    signed: Day | None
    from_: Day | None = Field(alias="from")
    until: Day | None
    sources: SourceIds


class ProvisionRow(Answer):
    article: str
    id: str
    instrument: str
    version: str
    from_: Day = Field(alias="from")
    until: Day | None
    kind: str
    strength: str
    when: Any = Field(description="The condition: a fact word, or all, any, not, at_least of conditions; null where it always applies.")
    then: dict[str, Any]
    request: str
    procedure: str | None
    area: str | None
    notice: dict[str, Any] | None
    overrides: list[str]
    gloss: Names
    note: str | None
    sources: SourceIds


class PactAnswer(Answer):
    id: str
    kind: str
    binding: bool
    names: Names
    gloss: Names
    instruments: list[dict[str, Any]]
    parties: list[PartyRow]
    provisions: list[ProvisionRow]
    organs: list[dict[str, Any]]
    procedures: list[dict[str, Any]]
    areas: list[dict[str, Any]]
    statuses: list[dict[str, Any]]
    declarations: list[dict[str, Any]]
    invocations: list[dict[str, Any]]
    lineage: list[dict[str, Any]]
    open_questions: list[str]
    sources: list[dict[str, str]]


class PactRow(Answer):
    id: str
    name: str
    kind: str
    binding: bool
    instrument: str | None = None
    status: str | None
    from_: Day | None = Field(alias="from")
    until: Day | None
    members: int | None = Field(description="How many it binds on the day asked; null where no day is asked.")


class ArticleAnswer(Answer):
    pact: str
    article: str
    instrument: str
    gloss: Names
    provisions: list[ProvisionRow]
    examples: list[dict[str, Any]]


class OwesRow(Answer):
    pact: str
    article: str
    version: str
    kind: str
    strength: str
    standing: Standing
    condition: ConditionWord
    hinges: list[Hinge]
    hinges_capped: bool
    obligor: str
    obligee: str
    sources: SourceIds


class FindingRow(Answer):
    pact: str
    article: str
    provision: str
    instrument: str
    version: str
    kind: str
    strength: str
    account: str
    condition: ConditionWord
    standing: Standing
    obligors: list[str]
    obligee: str
    hinges: list[Hinge]
    hinges_capped: bool
    decision: dict[str, Any] | None = Field(description="How far the organ has come; null where each party acts for itself.")
    conflicts_with: list[str]
    agreement: dict[str, list[str]] = Field(description="The accounts by the condition they give.")
    facts: dict[str, bool | None]
    sources: SourceIds


class AccountRow(Answer):
    id: str
    name: Names
    facts: dict[str, bool | None]
    claims: list[str]


class CaseAnswer(Answer):
    id: str
    title: Names
    summary: Names
    target: str
    day: Day
    events: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    mandates: list[dict[str, Any]]
    consents: list[dict[str, Any]]
    open_questions: list[dict[str, Any]]
    accounts: list[AccountRow]
    findings: list[FindingRow]
    forces: list[dict[str, Any]]


class CompareAnswer(Answer):
    pacts: list[str]
    on: dict[str, Day]
    facts: list[dict[str, Any]]
    aspects: list[dict[str, Any]]


class Slot(Answer):
    kind: str
    path: str


class Sentence(Answer):
    text: str
    template: str
    slots: dict[str, Slot]
    beside: list[str]
    notes: list[int]


class BriefBlock(Answer):
    heading: str
    style: Literal["text", "list", "findings", "densities", "stay"]
    sentences: list[Sentence]


class BriefSection(Answer):
    id: Literal["pact", "force", "next"]
    title: str
    blocks: list[BriefBlock]


class Note(Answer):
    number: int
    source: str
    at: str
    reference: str


class BriefAnswer(Answer):
    case: str
    lang: Literal["en", "ar", "ru"]
    known: Day | None
    day: Day
    title: str
    sections: list[BriefSection]
    notes: list[Note]


Span = list[int]


class Read(Answer):
    span: Span = Field(description="[start, end) in the original text.")
    rule: str = Field(description="What made the item.")


class ReadState(Read):
    state: str
    name: str
    how: str


class ReadPact(Read):
    pact: str
    name: str
    how: str


class ReadArticle(Read):
    pact: str
    article: str
    paragraph: str | None


class ReadQuantity(Read):
    value: float | int | None
    low: float | int | None
    high: float | int | None
    unit: str
    of: str | None
    qualifier: str


class ReadDate(Read):
    date: str
    granularity: str


class ReadSpeaker(Read):
    name: str | None
    role: str | None
    state: str | None
    body: str | None


class ReadClaim(Read):
    speaker: str
    speaker_index: int | None
    gloss: str
    polarity: Literal["affirm", "deny", "uncertain"]
    relayed_by: str | None


class ReadEvent(Read):
    type: str
    actor: str | None
    target: str | None
    pact: str | None
    date: str | None
    modality: str


class ReadHelper(Answer):
    made_by: str = Field(description="The `rule` of what the helper added: llm:MODEL.")
    proposed: int
    added: int
    known: int = Field(description="Proposed, and read by the rules or taken up already.")
    dropped: dict[str, int] = Field(description="How many were dropped, by reason.")
    problem: str | None


class ReadAnswer(Answer):
    language: Literal["en", "ar", "ru"]
    title: str | None
    published: Day | None
    states: list[ReadState]
    pacts: list[ReadPact]
    articles: list[ReadArticle]
    quantities: list[ReadQuantity]
    dates: list[ReadDate]
    speakers: list[ReadSpeaker]
    claims: list[ReadClaim]
    events: list[ReadEvent]
    helper: ReadHelper | None = Field(default=None, description="Only where a helper was asked for.")


class Statement(Answer):
    span: Span
    quote: str
    marked: Span
    status: Literal["supported", "refuted", "imprecise", "unverified", "not checkable"]
    rule: str
    says: str
    template: str
    slots: dict[str, Slot]
    sources: list[dict[str, str]]


class CheckAnswer(Answer):
    language: Literal["en", "ar", "ru"]
    answer_in: Literal["en", "ar", "ru"]
    title: str | None
    published: Day | None
    case: str | None
    counts: dict[str, int]
    statements: list[Statement]


class Place(Answer):
    rank: int = Field(description="1 is the smallest.")
    n: int = Field(description="How many others it stands among.")
    all: int
    below: float = Field(description="The share of the others that is smaller; ties count half.")
    low: float
    high: float


class Rate(Answer):
    value: float
    low: float
    high: float
    sources: list[records.Cite]


class DensityRow(Answer):
    status: str
    people: float
    figure: records.Strength
    on: Day
    precision: str
    area: records.HostFigure | None
    population: records.HostFigure | None
    per_1000: Rate | None
    per_1000_km2: Rate | None
    place_per_1000: Place | None
    place_per_1000_km2: Place | None
    sources: list[records.Cite]


class RuleRow(records.DensityRule):
    id: str
    need: dict[str, Any] | None = Field(description="How many people it would ask for in the force's host: low, high.")


class TempoRow(Answer):
    step: str
    days: int
    place: Place | None
    sources: list[records.Cite]


class StayRecord(Answer):
    force: str
    days: int
    ended: bool
    entry: int
    low: int
    high: int
    cause: str | None


class ChanceRow(Answer):
    outcome: str
    count: int
    mean: float
    low: float
    high: float


class AheadRow(Answer):
    days: int
    share: float
    low: float
    high: float
    n: int


class Outlook(Answer):
    shared: list[str]
    dropped: list[str]
    members: list[str]
    n: int
    chances: list[ChanceRow] | None
    day: int
    ahead: list[AheadRow] | None
    median: int | None
    left: dict[str, int]
    censored: list[Day]
    stays: list[StayRecord]
    sources: list[records.Cite]


class MandateRow(Answer):
    id: str
    speaker: records.Speaker
    said_on: Day
    gloss: records.Texts
    tasks: list[records.Charge]
    limits: list[str]
    accounts: dict[Literal["within", "outside", "unknown"], list[records.Texts]]
    sources: list[records.Cite]


class PrecedentRow(Answer):
    kind: Literal["force", "refusal"]
    id: str
    distance: float
    matching: list[str]
    differing: list[str]
    unknown: list[str]
    record: dict[str, Any] = Field(description="The force or the refused request, as the library has it.")


class NearestRow(PrecedentRow):
    stay: StayRecord | None = None


class ForceAnswer(Answer):
    id: str
    on: Day
    known: Day | None
    force: dict[str, Any] = Field(description="The force as the library has it: see the schema file-deployments.")
    densities: list[DensityRow]
    per_site: dict[str, Any] | None = Field(description="value, sites, shifts, sources: persons at each site guarded; null where the sites are not counted.")
    others: list[float] = Field(description="Persons per 1,000 inhabitants of every other force whose numbers are known.")
    rules: list[RuleRow]
    tempo: list[TempoRow]
    stay: StayRecord
    outlook: Outlook
    mandates: list[MandateRow]
    precedents: list[NearestRow]
    refusals: list[PrecedentRow]


class ForceRow(Answer):
    id: str
    name: str
    host: str
    senders: list[str]
    under: str
    trigger: str
    consent: str
    asked_by: str | None
    people: float | None
    status: str | None
    per_1000: float | None
    from_: Day = Field(alias="from")
    until: Day | None
    days: int
    ended: bool
    how: str | None
    seen: Day | None
    sources: SourceIds


class DataRow(Answer):
    id: str
    name: str
    version: str
    from_: Day = Field(alias="from")
    until: Day
    added: bool = Field(description="Whether the store has it.")
    tables: list[str]
    address: str | None = Field(description="The official page; null where none was read.")
    terms: str


class AlignRow(Answer):
    source: Literal["library", "atop", "votes"]
    year: int
    state: str
    other: str
    s: float | None
    kappa: float | None
    pi: float | None
    tau_b: float | None
    partners: int | None = Field(description="How many states, or roll calls, the two were compared over.")
    missing: str | None = Field(description="Why there is no value.")


class AlignPart(Answer):
    other: str
    partner: str
    before: list[int | None] | None = Field(description="What the first state owed the partner and what the other did, 0 to 3; null where it was no state.")
    after: list[int | None] | None
    part: float
    from_commitments: float | None = Field(default=None, description="For S: the part that changed promises have.")
    from_system: float | None = Field(default=None, description="For S: the part of states that came, went or weigh otherwise.")


class ObligedRow(Answer):
    state: str
    bound: Literal["unconditionally", "conditionally", "consultation only"]
    pacts: list[str]
    articles: list[str]
    asks: list[str] = Field(description="The fact words that it still hangs on.")
    at_odds: list[str] = Field(description="Provisions of the same pact that forbid force against the attacker.")
    owes_attacker: list[str]
    cinc: float | None
    cinc_missing: str | None
    source: str


class RateRow(Answer):
    by: Literal["all", "kind", "parties"]
    group: str
    period: str
    honored: int
    n: int
    rate: float | None
    rule: str
    says: str
    source: str


class WarRateRow(Answer):
    from_: int = Field(alias="from")
    to: int
    onsets: int
    pair_years: int
    rate: float
    times_first: float
    rule: str


class RefusalRow(Answer):
    id: str
    name: str
    host: str
    asked: list[str] | None
    asked_by: str | None
    under: str
    trigger: str
    on: Day
    outcome: str
    reason: str | None
    sources: SourceIds


class SearchRow(Answer):
    kind: Literal["state", "pact", "article", "case", "force"]
    id: str
    pact: str | None
    article: str | None
    names: Names


class StateAnswer(Answer):
    id: str
    names: Names
    spells: list[dict[str, Any]]
    codes: dict[str, Any]
    predecessors: list[str]
    successors: list[str]
    cases: list[str] = Field(description="Cases it is the target of, or acts in.")
    hosted: list[str] = Field(description="Forces of the register that were in it.")
    sent: list[str] = Field(description="Forces of the register that it sent.")


class OwedPairRow(Answer):
    obligor: str
    obligee: str
    kinds: list[str]
    level: int = Field(description="3 active help, 2 neutrality or consultation, 1 nonaggression.")
    says: str
    conditional: list[str] = Field(description="The kinds owed only under a condition.")
    pacts: list[str]


class DecidingRow(Answer):
    procedure: str
    organ: str
    on: Day
    state: Literal["each_for_itself", "decided", "blocked", "open"]
    rule: str
    voters: list[str]
    majority: Any = None
    voters_known: bool = Field(True, description="False where seats go round and the library does not follow them.")
    agreed: list[str] = []
    opposed: list[str] = []
    unknown: list[str] = []
    can_pass: list[list[str]] = Field([], description="The smallest groups of voters who can make it pass.")
    can_block: list[list[str]] = Field([], description="The smallest groups of voters who can block it.")
    coalitions_capped: bool = False


class SourceAnswer(Answer):
    id: str
    title: str
    publisher: str
    author: str | None
    kind: str
    language: str
    url: str
    read: Day
    date: Day | None
    licence: str | None
    note: str | None
    rests: list[dict[str, str]] = Field(description="Every citation of it: kind and id of the record, path within it, place in the source.")


class ProofTree(Answer):
    provision: str
    gloss: Names
    text: dict[str, str] | None
    account: str
    condition: Any = Field(description="A node: its value, and its parts or the fact with the claims that support it.")


ANSWERS: dict[str, Any] = {
    "pact": PactAnswer,
    "pacts": list[PactRow],
    "search": list[SearchRow],
    "state": StateAnswer,
    "obligations": list[OwedPairRow],
    "deciding": list[DecidingRow],
    "source": SourceAnswer,
    "proof": list[ProofTree],
    "article": ArticleAnswer,
    "owes": list[OwesRow],
    "case": CaseAnswer,
    "compare": CompareAnswer,
    "brief": BriefAnswer,
    "read": ReadAnswer,
    "check": CheckAnswer,
    "force": ForceAnswer,
    "forces": list[ForceRow],
    "refusals": list[RefusalRow],
    "precedents": list[PrecedentRow],
    "datasets": list[DataRow],
    "align": list[AlignRow],
    "align-parts": list[AlignPart],
    "obliged": list[ObligedRow],
    "reliability": list[RateRow],
    "war-rates": list[WarRateRow],
}
FILES: dict[str, Any] = {
    "file-pact": records.Pact,
    "file-article": records.Article,
    "file-case": records.Case,
    "file-sources": dict[str, records.Source],
    "file-facts": dict[str, records.FactWord],
    "file-states": dict[str, records.State],
    "file-deployments": dict[str, records.Deployment],
    "file-refused": dict[str, records.Refusal],
    "file-hosts": dict[str, records.Host],
}


def schemas() -> dict[str, dict[str, Any]]:
    """Every JSON Schema by name: one for each answer, one for each kind of library file."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {name: dialect | TypeAdapter(shape).json_schema(by_alias=True) for name, shape in (ANSWERS | FILES).items()}

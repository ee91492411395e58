"""One rule a kind of checkable statement. A rule says what the library holds about a sentence, or nothing where it has nothing to say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from foedus import snapshot
from foedus.briefs import paths
from foedus.checking import words
from foedus.law import parties, provisions
from foedus.spells import days_between

Row = dict[str, Any]
Slot = tuple[str, str]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a piece with what was read in it; `pact` is the one it speaks of, `case` the one the piece is about."""

    text: str
    span: tuple[int, int]
    states: list[Row]
    pacts: list[Row]
    articles: list[Row]
    quantities: list[Row]
    dates: list[Row]
    events: list[Row]
    pact: Row | None
    case: Row | None
    day: str | None

    def years(self) -> set[str]:
        return {item["date"][:4] for item in self.dates}


@dataclass(frozen=True)
class Verdict:
    """What became of a statement: `status`, and the library's word on it as a template over paths."""

    status: str
    rule: str
    template: str
    slots: dict[str, Slot] = field(default_factory=dict)
    span: tuple[int, int] | None = None


Found = Iterator[Verdict]


def signed(sentence: Sentence) -> Found:
    """`signed in 1992`: against the days on which the pact's texts were signed."""
    if not sentence.pact or not words.found(words.SIGNED, sentence.text):
        return
    for item in sentence.dates:
        texts = [row for row in sentence.pact["instruments"] if row["signed"]]
        agreeing = [row for row in texts if row["signed"].startswith(item["date"])]
        row = agreeing[0] if agreeing else next((row for row in texts if row["id"] == sentence.pact["main_instrument"]), None)
        if row and (agreeing or not sentence.events or len(sentence.dates) == 1):
            path = f"pact/{sentence.pact['id']}/instruments/{row['id']}"
            slots: dict[str, Slot] = {"title": ("text", f"{path}/title"), "signed": ("day", f"{path}/signed")}
            yield Verdict("supported" if agreeing else "refuted", "signed", "{title}: signed {signed}.", slots, tuple(item["span"]))


def years_since(sentence: Sentence) -> Found:
    """`thirty years after it was signed`: against the years that had really passed."""
    counted = [item for item in sentence.quantities if item["unit"] == "year" and item["value"]]
    pact = snapshot.record("pact", sentence.case["pacts"][0]) if sentence.case else sentence.pact
    if not counted or not pact or not sentence.day or not words.found(words.SIGNED, sentence.text):
        return
    main = next(row for row in pact["instruments"] if row["id"] == pact["main_instrument"])
    if not main["signed"]:
        return
    passed = days_between(main["signed"], sentence.day) / 365.2425
    for item in counted:
        exact = item["qualifier"] == "exact" and abs(passed - item["value"]) < 0.04
        status = "supported" if exact else "imprecise" if abs(passed - item["value"]) <= max(1, 0.05 * item["value"]) else "refuted"
        slots: dict[str, Slot] = {
            "title": ("text", f"pact/{pact['id']}/instruments/{main['id']}/title"),
            "signed": ("day", f"pact/{pact['id']}/instruments/{main['id']}/signed"),
            "years": ("number", f"derived/years/{pact['id']}/{main['id']}/{sentence.day}"),
            "day": ("day", f"derived/day/{sentence.day}"),
        }
        yield Verdict(status, "years since", "{title}: signed {signed}; by {day} that is {years} years.", slots, tuple(item["span"]))


def first_time(sentence: Sentence) -> Found:
    """`the first time a member asks`: against the requests and invocations that the library holds."""
    if not sentence.pact or not sentence.day or not words.found(words.FIRST_TIME, sentence.text) or not words.found(words.ASKED, sentence.text):
        return
    pact = snapshot.record("pact", sentence.case["pacts"][0]) if sentence.case else sentence.pact
    before = sentence.case["from"] if sentence.case else sentence.day
    earlier = [row for row in pact["invocations"] if row["on"] < before]
    path = f"derived/earlier/{pact['id']}/{before}"
    if earlier:
        yield Verdict("refuted", "first time", "Earlier requests under the pact: {earlier}.", {"earlier": ("invocations", path)})
    elif pact["invocations_complete"]:
        yield Verdict("supported", "first time", "The library holds no earlier request under {pact}.", {"pact": ("names", f"pact/{pact['id']}/names")})
    else:
        yield Verdict("unverified", "first time", "The library holds no earlier request under {pact}.", {"pact": ("names", f"pact/{pact['id']}/names")})


def observer(sentence: Sentence) -> Found:
    """`became observer at the United Nations in …`: against the pact's status there."""
    if not words.found(words.OBSERVER, sentence.text) or not words.found(words.UNITED_NATIONS, sentence.text):
        return
    pact = sentence.pact
    for index, row in enumerate(pact["statuses"] if pact else []):
        if pact and row["body"] == "UN" and words.found(words.OBSERVER, row["status"]["en"]):
            path = f"pact/{pact['id']}/statuses/{index}"
            years = sentence.years()
            status = "supported" if not years or row["from"][:4] in years else "imprecise"
            yield Verdict(status, "observer", "{status}, from {since}.", {"status": ("text", f"{path}/status"), "since": ("day", f"{path}/from")})


PEOPLE = {
    "troops",
    "soldiers",
    "peacekeepers",
    "servicemen",
    "personnel",
    "military",
    "forces",
    "fighters",
    "people",
    "contingent",
    "men",
    "paratroopers",
    "persons",
}
SENT = ("announced", "authorized", "pledged", "deployed", "present", "lift")
ACTUAL = ("deployed", "present")


def strength(sentence: Sentence) -> Found:
    """`2,500 peacekeepers`: against every figure that the case holds for the same sender, or for all together."""
    if not sentence.case:
        return
    for item in sentence.quantities:
        value = item["value"] if item["value"] is not None else item["low"]
        if item["unit"] != "person" or value is None or not _troops(item["of"]):
            continue
        wanted = _meant(sentence, value)
        rows = _figures(sentence.case, wanted)
        if rows:
            yield _strength(sentence.case, wanted, rows, value, tuple(item["span"]))


def _meant(sentence: Sentence, value: float) -> str | None:
    """Whose strength a sentence gives: of those it names and all together, the one with just that figure; else all together if it names a pact."""
    case = sentence.case or {}
    named: list[str] = list(dict.fromkeys(item["state"] for item in sentence.states if item["state"] != case["target"]))
    for sender in [None, *named]:
        if any(row["value"] == value for row in _figures(case, sender)):
            return sender
    with_figures = [sender for sender in named if _figures(case, sender)]
    return with_figures[0] if len(with_figures) == 1 and not sentence.pacts else None


def _troops(noun: str | None) -> bool:
    return bool(noun) and bool(set(str(noun).lower().split()) & PEOPLE)


def _figures(case: Row, sender: str | None) -> list[Row]:
    return [row for row in case["figures"] if row["sender"] == sender and row["unit"] == "person" and row["status"] in SENT and row["value"] is not None]


def _strength(case: Row, sender: str | None, rows: list[Row], value: float, span: tuple[int, int]) -> Verdict:
    same = [row for row in rows if row["value"] == value]
    lowest, highest = min(row["value"] for row in rows), max(row["value"] for row in rows)
    if same:
        agreed = all(row["value"] == value for row in rows)
        status = "supported" if agreed else "imprecise"
    else:
        status = "imprecise" if lowest <= value <= highest else "refuted"
    slots: dict[str, Slot] = {
        "announced": ("figures", f"derived/strengths/{case['id']}/{sender or 'all'}/said"),
        "actual": ("figures", f"derived/strengths/{case['id']}/{sender or 'all'}/actual"),
    }
    return Verdict(status, "strength", "Announced or authorized: {announced}. Deployed or present: {actual}.", slots, span)


def article_named(sentence: Sentence) -> Found:
    """`under article 4`: against the articles that the request, the decision and the mandates themselves named."""
    if not sentence.case:
        return
    for item in sentence.articles:
        acts = [row for row in sentence.case["events"] if item["article"] in row["articles"] and (row["pact"] in (None, item["pact"]))]
        if item["pact"] in sentence.case["pacts"] and acts:
            path = f"case/{sentence.case['id']}/events/{acts[0]['id']}"
            slots: dict[str, Slot] = {"day": ("dated", path), "gloss": ("text", f"{path}/gloss"), "articles": ("articles", f"{path}/articles")}
            yield Verdict("supported", "article named", "{day}: {gloss} (articles named: {articles}).", slots, tuple(item["span"]))


def one_for_all(sentence: Sentence) -> Found:
    """`an attack on one is an attack on all`: against the duty of defence in force on the day."""
    if not sentence.pact or not sentence.day or not words.found(words.ONE_IS_ALL, sentence.text):
        return
    for row in provisions.on_day(sentence.pact, sentence.day, ["defense", "principle"]):
        if row["instrument"] == sentence.pact["main_instrument"] and row["kind"] == "defense":
            article = f"pact/{sentence.pact['id']}/articles/{row['article']}"
            slots: dict[str, Slot] = {
                "article": ("article", f"{article}/article"),
                "version": ("version", f"{article}/provisions/{row['id']}/version"),
                "gloss": ("text", f"{article}/provisions/{row['id']}/gloss"),
            }
            yield Verdict("supported", "one for all", "Article {article} (text of {version}): {gloss}.", slots)
            return


def mandate(sentence: Sentence) -> Found:
    """`they will only guard state facilities`: against every wording of the mandate."""
    if not sentence.case or not sentence.case["mandates"]:
        return
    if not all(words.found(pattern, sentence.text) for pattern in (words.GUARD, words.SITES, words.ONLY)):
        return
    wider = [row for row in sentence.case["mandates"] if len(row["allows"]) > 1]
    path = f"derived/mandates/{sentence.case['id']}/{'wider' if wider else 'all'}"
    yield Verdict("imprecise" if wider else "supported", "mandate", "Other wordings of the mandate: {wordings}.", {"wordings": ("wordings", path)})


def parties_of_text(sentence: Sentence) -> Found:
    """`in 2002 A, B and C founded …`: against those who signed the text of that year."""
    named = {item["state"] for item in sentence.states}
    if not sentence.pact or len(named) < 3:
        return
    for item in sentence.dates:
        for row in sentence.pact["instruments"]:
            if row["signed"] and row["signed"][:4] == item["date"][:4] and row["kind"] in ("treaty", "charter"):
                on_day = set(paths.value(f"derived/signatories/{sentence.pact['id']}/{row['id']}"))
                slots: dict[str, Slot] = {
                    "title": ("text", f"pact/{sentence.pact['id']}/instruments/{row['id']}/title"),
                    "states": ("states", f"derived/signatories/{sentence.pact['id']}/{row['id']}"),
                }
                if named <= on_day or on_day <= named:
                    yield Verdict("supported" if named == on_day else "imprecise", "parties", "{title}: {states}.", slots)
                return


def membership(sentence: Sentence) -> Found:
    """`X joined in 2004`, `X left in 2012`, `X froze its membership`: against the legal life of the party."""
    if not sentence.pact or not sentence.states:
        return
    for pattern, kinds in (
        (words.JOINED, ("in_force", "acceded", "signed")),
        (words.LEFT, ("left", "lapsed", "excluded", "notice")),
        (words.FROZE, ("froze", "suspended")),
    ):
        match = words.found(pattern, sentence.text)
        if not match:
            continue
        state = min(sentence.states, key=lambda item: abs(item["span"][0] - sentence.span[0] - match.start()))["state"]
        party = next((row for row in sentence.pact["parties"] if row["state"] == state), None)
        events = [(index, event) for index, event in enumerate(party["events"] if party else []) if event["what"] in kinds]
        if not events:
            continue
        years = sentence.years()
        agreeing = [pair for pair in events if pair[1]["on"][:4] in years]
        index, _ = agreeing[0] if agreeing else events[0]
        path = f"pact/{sentence.pact['id']}/parties/{state}/events/{index}"
        slots: dict[str, Slot] = {
            "state": ("state", f"pact/{sentence.pact['id']}/parties/{state}/state"),
            "what": ("word", f"{path}/what"),
            "day": ("dated", path),
        }
        if years:
            yield Verdict("supported" if agreeing else "refuted", "membership", "{state}: {what}, {day}.", slots)
        elif pattern is words.LEFT and sentence.day and party and parties.status(party, sentence.pact["main_instrument"], sentence.day) in ("party", "frozen"):
            yield Verdict("refuted", "membership", "{state}: {what}, {day}.", slots)
        else:
            yield Verdict("supported", "membership", "{state}: {what}, {day}.", slots)
        return


STAGES = ("request", "decision", "arrival", "deployment", "withdrawal", "end")


def dated_event(sentence: Sentence) -> Found:
    """`the request of 5 January`: against the days of the case's own events of that kind."""
    if not sentence.case:
        return
    for item in sentence.events:
        day = item.get("date")
        if item["type"] not in STAGES or not day or len(day) != 10:
            continue
        rows = [row for row in sentence.case["events"] if row["type"] == item["type"] and row["id"] not in sentence.case["after"]]
        if not rows:
            continue
        agreeing = [row for row in rows if row["on"] == day]
        row = agreeing[0] if agreeing else min(rows, key=lambda row: abs(days_between(row["on"], day)))
        apart = abs(days_between(row["on"], day))
        if not agreeing and apart > 30:
            continue
        path = f"case/{sentence.case['id']}/events/{row['id']}"
        slots: dict[str, Slot] = {"day": ("dated", path), "gloss": ("text", f"{path}/gloss")}
        status = "supported" if agreeing else "imprecise" if apart <= 1 else "refuted"
        yield Verdict(status, "day of an event", "{day}: {gloss}.", slots, tuple(item["span"]))


RULES: tuple[Callable[[Sentence], Found], ...] = (
    signed, years_since, first_time, observer, strength, article_named, one_for_all, mandate, parties_of_text, membership, dated_event,
)  # fmt: skip

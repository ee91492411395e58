"""Foedus, the collective-security engine: who owes what to whom under which pact, on whose account of the facts.

Importing the package reads no file; a verb imports what it needs when it is called. Tables come back as Polars dataframes.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars

    from foedus.briefs.document import Brief
    from foedus.panels.adding import add_capabilities, add_contiguity, add_majors, add_obligations
    from foedus.panels.balance import add_alignment, align, align_change, alignments
    from foedus.panels.conflict import add_disputes, add_peace_years, add_rivalries, add_wars, filter_politically_relevant
    from foedus.panels.daily import dyad_days, write_dyad_days
    from foedus.panels.joining import cite
    from foedus.panels.judging import judged_dyad_years
    from foedus.panels.obliged import obliged
    from foedus.panels.organisations import add_igos
    from foedus.panels.reliability import reliability
    from foedus.panels.spells import dyad_spells, on_day
    from foedus.panels.systems import dyad_years, state_days, state_years
    from foedus.panels.triads import triads
    from foedus.panels.war_dyads import war_dyads, war_rates

__version__ = "0.1.0"

# Verbs of the panels, by the module they live in; each is imported when it is first asked for.
PANELS = {
    "adding": ("add_capabilities", "add_contiguity", "add_majors", "add_obligations"),
    "balance": ("add_alignment", "align", "align_change", "alignments"),
    "conflict": ("add_disputes", "add_peace_years", "add_rivalries", "add_wars", "filter_politically_relevant"),
    "daily": ("dyad_days", "write_dyad_days"),
    "joining": ("cite",),
    "judging": ("judged_dyad_years",),
    "obliged": ("obliged",),
    "organisations": ("add_igos",),
    "reliability": ("reliability",),
    "spells": ("dyad_spells", "on_day"),
    "systems": ("dyad_years", "state_days", "state_years"),
    "triads": ("triads",),
    "war_dyads": ("war_dyads", "war_rates"),
}
__all__ = [
    "Case",
    "add_alignment",
    "add_capabilities",
    "add_contiguity",
    "add_disputes",
    "add_igos",
    "add_majors",
    "add_obligations",
    "add_peace_years",
    "add_rivalries",
    "add_wars",
    "align",
    "align_change",
    "alignments",
    "article",
    "brief",
    "case",
    "cite",
    "compare",
    "deciding",
    "dyad_days",
    "dyad_spells",
    "dyad_years",
    "filter_politically_relevant",
    "force",
    "forces",
    "judged_dyad_years",
    "obliged",
    "on_day",
    "owes",
    "pact",
    "pacts",
    "precedents",
    "reliability",
    "search",
    "source",
    "state",
    "state_days",
    "state_years",
    "stays",
    "triads",
    "war_dyads",
    "war_rates",
    "write_dyad_days",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, verbs in PANELS.items():
        if name in verbs:
            return getattr(import_module(f"foedus.panels.{module}"), name)
    raise AttributeError(f"module 'foedus' has no attribute '{name}'")


class Case:
    """One case of the library. `record(known)` is all of it as plain values; `findings` and `forces` are dataframes."""

    def __init__(self, name: str) -> None:
        from foedus import snapshot

        self.id: str = snapshot.record("case", name)["id"]

    def record(self, known: str | None = None) -> dict[str, Any]:
        """The case as plain values: the keys of `foedus case --json`."""
        from foedus import verbs

        return verbs.case(self.id, known)

    def findings(self, known: str | None = None, assume: "Mapping[str, bool | None] | None" = None, on: str | None = None) -> "polars.DataFrame":
        """One row a provision and account: condition, standing, hinges, sources. known: nothing said later counts."""
        from foedus import frames, verbs

        return frames.table(verbs.case(self.id, known, assume, on)["findings"])

    def forces(self, known: str | None = None) -> "polars.DataFrame":
        """One row a figure of persons or things sent, with who gave it. Figures that disagree all stand."""
        from foedus import frames, verbs

        return frames.table(verbs.case(self.id, known)["forces"])


def case(name: str) -> Case:
    """The case of that id. Errors: InputError with the nearest ids."""
    return Case(name)


def pact(name: str, on: str | None = None) -> dict[str, Any]:
    """One pact as plain values, by id, name or acronym: the keys of `foedus pact --json`."""
    from foedus import verbs

    return verbs.pact(name, on)


def pacts(state: str | None = None, on: str | None = None) -> "polars.DataFrame":
    """The pacts of the library, of a state, of a day."""
    from foedus import frames, verbs

    return frames.table(verbs.pacts(state, on))


def article(pact: str, number: str, on: str | None = None) -> dict[str, Any]:
    """One article with its provisions by text version, or as it read on a day."""
    from foedus import verbs

    return verbs.article(pact, number, on)


def owes(state: str, on: str, attacked_by: tuple[str, ...] = (), facts: "Mapping[str, bool | None] | None" = None) -> "polars.DataFrame":
    """Who owes `state` what on a day, under which article, and what it hinges on: one row a duty and obligor."""
    from foedus import frames, verbs

    return frames.table(verbs.owes(state, on, attacked_by, facts))


def search(words: str, most: int = 20) -> list[dict[str, Any]]:
    """What words in English, Arabic or Russian may mean in the library: kind, id, names; for an article its pact."""
    from foedus import verbs

    return verbs.search(words, most)


def state(name: str) -> dict[str, Any]:
    """One state as plain values: names, spells, codes, and its cases and forces by id."""
    from foedus import verbs

    return verbs.state(name)


def deciding(pact: str, on: str, concerned: str | None = None) -> list[dict[str, Any]]:
    """How a pact must decide on a day: the keys of `foedus deciding --json`."""
    from foedus import verbs

    return verbs.deciding(pact, on, concerned)


def source(name: str) -> dict[str, Any]:
    """One source as plain values, with `rests`, every place of the library that cites it."""
    from foedus import verbs

    return verbs.source(name)


def compare(*names: str, on: str | None = None) -> dict[str, Any]:
    """Pacts side by side, by kind of provision."""
    from foedus import verbs

    return verbs.compare(names, on)


def force(case: "Case | str", known: str | None = None) -> dict[str, Any]:
    """What the force of a case amounts to beside the register's others: the keys of `foedus force --json`. Errors: InputError where none was sent."""
    from foedus import verbs

    return verbs.force(case.id if isinstance(case, Case) else case, known)


def forces(known: str | None = None, on: str | None = None, refused: bool = False, **wanted: str) -> "polars.DataFrame":
    """The register of forces abroad since 1945, a row a force; with `refused` the requests made in vain. wanted: host, sender, under, trigger, consent."""
    from foedus import frames, verbs

    return frames.table(verbs.forces(known, on, refused, **wanted))


def stays(by: str | None = None, known: str | None = None, **wanted: str) -> "polars.DataFrame":
    """How long forces stay, a row a group: share still there after 30, 182, 365 and 1,826 days, median, and what ended them. by: trigger, consent, flag …."""
    from foedus import frames, verbs

    return frames.table(verbs.stays(by, known, **wanted))


def precedents(case: "Case | str", known: str | None = None) -> "polars.DataFrame":
    """The forces and refused requests most like the one of a case, the most alike first: kind, id, distance, matching, differing, unknown."""
    from foedus import frames, verbs

    rows = verbs.precedents(case.id if isinstance(case, Case) else case, known)
    return frames.table([{key: row[key] for key in ("kind", "id", "distance", "matching", "differing", "unknown")} for row in rows])


def brief(case: "Case | str", lang: str = "en", known: str | None = None, on: str | None = None) -> "Brief":
    """The brief of a case, with `to_html`, `to_pdf`, `to_json`."""
    from foedus.briefs import document

    return document.write(case.id if isinstance(case, Case) else case, lang, known, on)

"""Answers drawn as tables and trees for people at a terminal."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.tree import Tree

from foedus.conditions.wording import in_words

Row = dict[str, Any]
STYLE = {"met": "green", "unmet": "red", "unknown": "yellow", "conflict": "magenta", "owed": "bold green", "awaits decision": "yellow"}


def _console() -> Console:
    return Console(highlight=False)


def _coloured(word: str) -> str:
    return f"[{STYLE[word]}]{word}[/]" if word in STYLE else word


def rows(found: list[Row], empty: str) -> None:
    """Any flat rows, a column a key."""
    if not found:
        _console().print(empty)
        return
    table = Table(box=None, pad_edge=False)
    for key in found[0]:
        table.add_column(key)
    for row in found:
        table.add_row(*[_cell(row[key]) for key in found[0]])
    _console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def duties(found: list[Row], state: str, on: str) -> None:
    """What is owed to a state: the obligors of one provision on one line."""
    console = _console()
    if not found:
        console.print(f"No pact of the library owed {state} anything on {on}.")
        return
    groups: dict[tuple[str, str, str, str], list[Row]] = {}
    for row in found:
        groups.setdefault((row["pact"], row["article"], row["version"], row["kind"]), []).append(row)
    table = Table(box=None, pad_edge=False)
    for name in ("pact", "article", "text", "kind", "strength", "by", "condition", "standing", "turns if"):
        table.add_column(name, overflow="fold")
    for (pact_id, number, version, kind), group in groups.items():
        first = group[0]
        table.add_row(
            pact_id,
            number,
            version,
            kind,
            first["strength"],
            ", ".join(dict.fromkeys(row["obligor"] for row in group)),
            _coloured(first["condition"]),
            _coloured(first["standing"]),
            _hinge(first["hinges"]),
        )
    console.print(table)


def _hinge(hinges: list[Row], most: int = 2) -> str:
    shown = [f"{hinge['turns']}: {_changes(hinge['facts'])}" for hinge in hinges[:most]]
    more = len(hinges) - most
    return "\n".join([*shown, *([f"and {more} more"] if more > 0 else [])])


def _changes(facts: dict[str, bool]) -> str:
    return ", ".join(f"{fact}={'true' if value else 'false'}" for fact, value in facts.items())


def pact(answer: Row, on: str | None) -> None:
    """A pact: names, texts, parties, provisions, invocations."""
    console = _console()
    console.print(f"[bold]{answer['names']['en']['name']}[/] ({answer['id']}), {answer['kind']}{'' if answer['binding'] else ', not binding'}")
    console.print(answer["gloss"]["en"], "\n")
    rows([{"text": row["title"]["en"], "signed": row["signed"], "in force": row["in_force"], "ended": row["ended"]} for row in answer["instruments"]], "No text.")
    console.print()
    rows([{key: row[key] for key in ("state", "instrument", "status", "signed", "from", "until")} for row in answer["parties"]], "No party on that day.")
    console.print()
    _provisions(answer["provisions"])
    if answer["invocations"]:
        console.print()
        keys = ("on", "by", "articles", "character", "act", "outcome")
        rows([{key: row[key] for key in keys} for row in answer["invocations"]], "")


def _provisions(found: list[Row]) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("article", "text", "from", "until", "kind", "strength", "when", "what it says"):
        table.add_column(name, overflow="fold")
    for row in found:
        when = in_words(row["when"]) if row["when"] else "always"
        table.add_row(row["article"], row["version"], row["from"], row["until"] or "–", row["kind"], row["strength"], when, row["gloss"]["en"])
    _console().print(table)


def article(answer: Row) -> None:
    """An article with its provisions."""
    _console().print(f"[bold]{answer['pact']}, article {answer['article']}[/]: {answer['gloss']['en']}\n")
    _provisions(answer["provisions"])


def case(answer: Row) -> None:
    """A case: one line a provision and account."""
    console = _console()
    console.print(f"[bold]{answer['title']['en']}[/], judged on {answer['day']}\n{answer['summary']['en']}\n")
    table = Table(box=None, pad_edge=False)
    for name in ("pact", "article", "text", "kind", "account", "condition", "standing", "turns if"):
        table.add_column(name, overflow="fold")
    before = None
    for row in answer["findings"]:
        key = (row["pact"], row["article"], row["provision"])
        lead = [row["pact"], row["article"], row["version"], row["kind"]] if key != before else ["", "", "", ""]
        if len(row["agreement"]) == 1:
            if key == before:
                continue
            table.add_row(*lead, "all accounts", _coloured(row["condition"]), _coloured(row["standing"]), _hinge(row["hinges"]))
        else:
            table.add_row(*lead, row["account"], _coloured(row["condition"]), _coloured(row["standing"]), _hinge(row["hinges"]))
        before = key
    console.print(table)


def comparison(answer: Row) -> None:
    """Pacts side by side."""
    console = _console()
    facts = Table(box=None, pad_edge=False)
    facts.add_column("")
    for row in answer["facts"]:
        facts.add_column(row["pact"], overflow="fold")
    for key in ("kind", "binding", "signed", "in_force", "ended", "members", "rules"):
        facts.add_row(key, *[_cell(row[key]) for row in answer["facts"]])
    console.print(facts, "\n")
    table = Table(pad_edge=False)
    table.add_column("kind")
    for name in answer["pacts"]:
        table.add_column(name, overflow="fold")
    for aspect in answer["aspects"]:
        table.add_row(aspect["kind"], *["\n".join(_provision(row) for row in aspect["cells"][name]) or "–" for name in answer["pacts"]])
    console.print(table)


def _provision(row: Row) -> str:
    when = f" when {in_words(row['when'])}" if row["when"] else ""
    rule = f"; {row['rule']}" if row["rule"] else ""
    return f"art. {row['article']} ({row['version']}), {row['strength']}{when}{rule}"


def proofs(trees: list[Row]) -> None:
    """Findings unfolded to their sources."""
    for found in trees:
        tree = Tree(f"[bold]{found['provision']}[/] on the account of {found['account']}: {found['gloss']['en']}")
        tree.add(f"text: {found['text']['source']}, {found['text']['at']}")
        if found["condition"]:
            _branch(tree, found["condition"])
        _console().print(tree)


def _branch(tree: Tree, node: Row) -> None:
    if "fact" not in node:
        number = f" {node['number']}" if node["number"] is not None else ""
        branch = tree.add(f"{node['word']}{number}: {_coloured(node['value'])}")
        for part in node["parts"]:
            _branch(branch, part)
        return
    branch = tree.add(f"{node['fact']}: {_coloured({'met': 'true', 'unmet': 'false'}.get(node['value'], node['value']))} – {node['statement']['en']}")
    for item in node["support"]:
        branch.add(_said(item))


def _said(item: Row) -> str:
    if item["kind"] == "assumption":
        return "assumed by the asker"
    if item["kind"] == "pact":
        return "follows from the pact's own parties or area"
    places = "; ".join(f"{cite['source']}, {cite['at']}" for cite in item["sources"])
    speaker = item.get("speaker")
    who = next((speaker[key]["en"] for key in ("name", "role", "body") if speaker[key]), speaker["state"]) + ": " if speaker else ""
    return f"{who}{item['gloss']['en']} ({item['on']}) – {places}"

"""Answers drawn as tables and trees for people at a terminal."""

import itertools
import shutil
import textwrap
from typing import Any

import click

from foedus.conditions.wording import in_words

Row = dict[str, Any]
COLOURS = {"met": "green", "unmet": "red", "unknown": "yellow", "conflict": "magenta", "owed": "green", "awaits decision": "yellow"}
NARROWEST = 10
MOST_GROUPS = 8


def table(heads: list[str], lines: list[list[str]]) -> None:
    """Columns as wide as they need, and where the screen is too narrow the widest ones wrapped. Words with a colour of their own get it."""
    widths = [max(len(part) for line in [heads, *lines] for part in line[place].split("\n") or [""]) for place in range(len(heads))]
    room = max(shutil.get_terminal_size((140, 24)).columns, 80) - 2 * (len(heads) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    click.secho("  ".join(head.ljust(width) for head, width in zip(heads, widths, strict=True)).rstrip(), bold=True)
    for line in lines:
        cells = [_wrapped(part, width) for part, width in zip(line, widths, strict=True)]
        for row in itertools.zip_longest(*cells, fillvalue=""):
            click.echo("  ".join(_coloured(part, width) for part, width in zip(row, widths, strict=True)).rstrip())


def _wrapped(text: str, width: int) -> list[str]:
    return [part for line in text.split("\n") for part in textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]]


def _coloured(word: str, width: int = 0) -> str:
    return click.style(word.ljust(width), fg=COLOURS[word]) if word in COLOURS else word.ljust(width)


def rows(found: list[Row], empty: str) -> None:
    """Any flat rows, a column a key."""
    if not found:
        click.echo(empty)
        return
    table(list(found[0]), [[_cell(row[key]) for key in found[0]] for row in found])


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def state(found: Row) -> None:
    """A state's names, days and codes, and what the library tells of it."""
    click.secho(" · ".join(names["name"] for names in found["names"].values()), bold=True)
    for spell in found["spells"]:
        click.echo(f"a state from {spell['from']}" + (f" until {spell['until']}" if spell["until"] else ""))
    for system, spells in found["codes"].items():
        click.echo(f"{system}: " + ", ".join(str(spell["code"]) for spell in spells))
    for word in ("predecessors", "successors", "cases", "hosted", "sent"):
        if found[word]:
            click.echo(textwrap.fill(f"{word}: {', '.join(found[word])}", 100, subsequent_indent="  "))


def procedures(found: list[Row]) -> None:
    """Procedures with the groups that can pass and block."""
    if not found:
        click.echo("No procedure of the library was in force on that day.")
    for row in found:
        click.secho(f"{row['procedure']}: {row['rule'].replace('_', ' ')}", bold=True)
        for word in ("can_pass", "can_block"):
            groups = row.get(word, [])
            if groups:
                more = " …" if len(groups) > MOST_GROUPS or row["coalitions_capped"] else ""
                click.echo(
                    textwrap.fill(
                        f"{word.replace('_', ' ')}: {' / '.join(', '.join(group) for group in groups[:MOST_GROUPS])}{more}", 100, subsequent_indent="  "
                    )
                )


def source(found: Row) -> None:
    """A source and the places that rest on it."""
    click.secho(found["title"], bold=True)
    click.echo(f"{found['publisher']}{', ' + found['date'] if found['date'] else ''}. {found['url']} (read {found['read']})")
    rows(found["rests"], "Nothing rests on it.")


def duties(found: list[Row], state: str, on: str) -> None:
    """What is owed to a state: the obligors of one provision on one line."""
    if not found:
        click.echo(f"No pact of the library owed {state} anything on {on}.")
        return
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in found:
        key = (row["pact"], row["article"], row["version"], row["kind"], row["strength"], row["condition"], row["standing"], _hinge(row["hinges"]))
        groups.setdefault(key, []).append(row)
    heads = ["pact", "article", "text", "kind", "strength", "by", "condition", "standing", "turns if"]
    table(heads, [[*key[:5], ", ".join(dict.fromkeys(row["obligor"] for row in group)), *key[5:]] for key, group in groups.items()])


def _hinge(hinges: list[Row], most: int = 2) -> str:
    shown = [f"{hinge['turns']}: {_changes(hinge['facts'])}" for hinge in hinges[:most]]
    more = len(hinges) - most
    return "\n".join([*shown, *([f"and {more} more"] if more > 0 else [])])


def _changes(facts: dict[str, bool]) -> str:
    return ", ".join(f"{fact}={'true' if value else 'false'}" for fact, value in facts.items())


def pact(answer: Row) -> None:
    """A pact: names, texts, parties, provisions, invocations."""
    click.secho(answer["names"]["en"]["name"], bold=True, nl=False)
    click.echo(f" ({answer['id']}), {answer['kind']}{'' if answer['binding'] else ', not binding'}\n{answer['gloss']['en']}\n")
    texts = [{"text": row["title"]["en"], "signed": row["signed"], "in force": row["in_force"], "ended": row["ended"]} for row in answer["instruments"]]
    rows(texts, "No text.")
    click.echo()
    rows([{key: row[key] for key in ("state", "instrument", "status", "signed", "from", "until")} for row in answer["parties"]], "No party on that day.")
    click.echo()
    _provisions(answer["provisions"])
    if answer["invocations"]:
        click.echo()
        keys = ("on", "by", "articles", "character", "act", "outcome")
        rows([{key: row[key] for key in keys} for row in answer["invocations"]], "")


def _provisions(found: list[Row]) -> None:
    heads = ["article", "text", "from", "until", "kind", "strength", "when", "what it says"]
    keys = ("article", "version", "from", "until", "kind", "strength")
    table(heads, [[*[_cell(row[key]) for key in keys], in_words(row["when"]) if row["when"] else "always", row["gloss"]["en"]] for row in found])


def article(answer: Row) -> None:
    """An article with its provisions."""
    click.secho(f"{answer['pact']}, article {answer['article']}", bold=True, nl=False)
    click.echo(f": {answer['gloss']['en']}\n")
    _provisions(answer["provisions"])


def case(answer: Row) -> None:
    """A case: one line a provision and condition, with the accounts that give it."""
    click.secho(answer["title"]["en"], bold=True, nl=False)
    click.echo(f", judged on {answer['day']}\n{answer['summary']['en']}\n")
    lines: dict[tuple[str, ...], list[str]] = {}
    for row in answer["findings"]:
        key = (row["pact"], row["article"], row["version"], row["kind"], row["condition"], row["standing"], _hinge(row["hinges"]))
        lines.setdefault(key, []).append("all accounts" if len(row["agreement"]) == 1 else row["account"])
    heads = ["pact", "article", "text", "kind", "accounts", "condition", "standing", "turns if"]
    table(heads, [[*key[:4], ", ".join(dict.fromkeys(accounts)), *key[4:]] for key, accounts in lines.items()])


def comparison(answer: Row) -> None:
    """Pacts side by side."""
    keys = ("kind", "binding", "signed", "in_force", "ended", "members", "rules")
    table(["", *answer["pacts"]], [[key.replace("_", " "), *[_cell(row[key]) for row in answer["facts"]]] for key in keys])
    click.echo()
    lines = []
    for aspect in answer["aspects"]:
        lines.append([aspect["kind"], *["\n".join(_provision(row) for row in aspect["cells"][name]) or "–" for name in answer["pacts"]]])
    table(["kind", *answer["pacts"]], lines)


def _provision(row: Row) -> str:
    when = f" when {in_words(row['when'])}" if row["when"] else ""
    rule = f"; {row['rule']}" if row["rule"] else ""
    return f"art. {row['article']} ({row['version']}), {row['strength']}{when}{rule}"


def proofs(trees: list[Row]) -> None:
    """Findings unfolded to their sources."""
    for found in trees:
        click.secho(found["provision"], bold=True, nl=False)
        click.echo(f" on the account of {found['account']}: {found['gloss']['en']}")
        click.echo(f"  text: {found['text']['source']}, {found['text']['at']}")
        if found["condition"]:
            _branch(found["condition"], "  ")


def _branch(node: Row, indent: str) -> None:
    if "fact" not in node:
        number = f" {node['number']}" if node["number"] is not None else ""
        click.echo(f"{indent}{node['word']}{number}: {_coloured(node['value'])}")
        for part in node["parts"]:
            _branch(part, indent + "  ")
        return
    value = {"met": "true", "unmet": "false"}.get(node["value"], node["value"])
    click.echo(f"{indent}{node['fact']}: {click.style(value, fg=COLOURS[node['value']])} – {node['statement']['en']}")
    for item in node["support"]:
        click.echo(textwrap.fill(_said(item), 140, initial_indent=indent + "  ", subsequent_indent=indent + "    "))


def _said(item: Row) -> str:
    if item["kind"] == "assumption":
        return "assumed by the asker"
    if item["kind"] == "pact":
        return "follows from the pact's own parties or area"
    places = "; ".join(f"{cite['source']}, {cite['at']}" for cite in item["sources"])
    speaker = item.get("speaker")
    who = next((speaker[key]["en"] for key in ("name", "role", "body") if speaker[key]), speaker["state"]) + ": " if speaker else ""
    return f"{who}{item['gloss']['en']} ({item['on']}) – {places}"


def reading(answer: Row) -> None:
    """What was read in a press piece, a table a kind."""
    click.secho(answer["title"] or "(no title)", bold=True, nl=False)
    click.echo(f" [{answer['language']}{', ' + answer['published'] if answer['published'] else ''}]")
    for kind in ("states", "pacts", "articles", "quantities", "dates", "speakers", "claims", "events"):
        if answer[kind]:
            click.echo()
            click.secho(kind, bold=True)
            keys = [key for key in answer[kind][0] if key != "rule" or "helper" in answer]
            rows([{key: item[key] for key in keys} for item in answer[kind]], "")


def forces(found: list[Row], refused: bool) -> None:
    """The register: one line a force or a refused request."""
    keys: tuple[str, ...]
    if refused:
        keys = ("on", "id", "host", "asked", "under", "trigger", "outcome", "reason")
    else:
        keys = ("from", "until", "id", "host", "senders", "under", "trigger", "consent", "people", "days", "how")
    rows([{key: _short(row[key]) for key in keys} for row in found], "No such force in the register.")
    if found:
        click.echo(f"{len(found)} {'requests' if refused else 'forces'}. – is unknown or not yet, never zero.")


def _short(value: Any, most: int = 4) -> Any:
    """A long list by its first few and how many more."""
    if isinstance(value, list) and len(value) > most:
        return [*value[:most], f"and {len(value) - most} more"]
    return f"{value:,.0f}" if isinstance(value, float) else value


def stays(found: list[Row]) -> None:
    """How long forces stay: a line a group."""
    heads = {
        "group": "group",
        "n": "forces",
        "ended": "ended",
        "median": "half gone after (days)",
        "after_30": "there after 30 days",
        "after_365": "1 year",
        "after_1826": "5 years",
        "withdrawn": "withdrawn",
        "replaced": "replaced",
        "expelled": "expelled",
        "absorbed": "absorbed",
    }
    table(list(heads.values()), [[_percent(row[key]) if isinstance(row[key], float) else _cell(row[key]) for key in heads] for row in found])
    days = [row[key] for row in found for key in ("first", "last") if row[key]]
    click.echo("The last four: the share that ended so within five years. – where a group has fewer than five forces, or none was followed so long.")
    if days:
        click.echo(f"Forces without an end are followed to the last day on which a source shows them there: {min(days)} to {max(days)}.")


def _percent(share: float) -> str:
    return f"{share:.0%}"


def fits(answer: Row) -> None:
    """Models of how long forces stay, and whether they say more than the plain curve."""
    rows([{key: _figure(value) for key, value in row.items()} for row in answer["parametric"]], "")
    click.echo()
    rows([{key: _figure(value) for key, value in row.items()} for row in answer["cox"]], "")
    held = answer["held_out"]
    click.echo(
        f"\nOn forces not used to fit, over {held['until']:.0f} days (integrated Brier score, lower is better): Kaplan–Meier {held['kaplan_meier']:.4f}, "
        f"Cox {held['cox']:.4f}; gain {held['difference']:+.4f} (90 % of repeats {held['low']:+.4f} to {held['high']:+.4f})."
    )
    click.echo("The covariates help." if held["better"] == "cox" else "The covariates do not help: read the plain curve.")


def _figure(value: Any) -> Any:
    return f"{value:.4g}" if isinstance(value, float) else value


def precedents(found: list[Row]) -> None:
    """A ranking of forces and refusals."""
    lines = []
    for place, row in enumerate(found, start=1):
        record = row["record"]
        name = record["names"]["en"]
        lines.append(
            [str(place), row["kind"], name, record["host"], f"{row['distance']:.2f}", ", ".join(row["matching"]), ", ".join(row["differing"]), _became(row)]
        )
    table(["", "kind", "name", "host", "distance", "alike in", "otherwise in", "what became of it"], lines)


def _became(row: Row) -> str:
    record = row["record"]
    if row["kind"] == "refusal":
        return f"{record['on']['on']}: {record['outcome'] or 'not yet known'}"
    if record["end"] is None:
        return f"there from {record['start']['on']}, seen last {record['present_on']['on']}"
    return f"{record['start']['on']} to {record['end']['on']}: {record['end']['how']}"


def alignment(found: list[Row], measure: str) -> None:
    """A line a year, a column a source and other state."""
    columns = list(dict.fromkeys((row["source"], row["other"]) for row in found))
    cells = {(row["year"], row["source"], row["other"]): row for row in found}
    years = sorted({row["year"] for row in found})
    table(
        ["year", *[f"{other} ({source})" for source, other in columns]],
        [[str(year), *[_measured(cells[year, *column], measure) for column in columns]] for year in years],
    )
    gaps = sorted({row["missing"] for row in found if row["missing"]})
    click.echo(f"\n{measure}; 1 is the same portfolio." + (f" '-': {'; '.join(gaps)}." if gaps else ""))


def _measured(row: Row, measure: str) -> str:
    return "-" if row[measure] is None else f"{row[measure]:.4f}"


def parts(found: list[Row], measure: str) -> None:
    """What each partner did to a change, and the whole; parts that do not show in four digits are summed in one line."""
    for other in dict.fromkeys(row["other"] for row in found):
        mine = [row for row in found if row["other"] == other]
        shown = [row for row in mine if abs(row["part"]) >= 0.00005]
        small = [row for row in mine if abs(row["part"]) < 0.00005]
        click.echo(f"{measure} with {other}: {sum(row['part'] for row in mine):+.4f}")
        lines = [[row["partner"], _levels(row["before"]), _levels(row["after"]), f"{row['part']:+.4f}"] for row in shown]
        if small:
            lines.append([f"{len(small)} others", "", "", f"{sum(row['part'] for row in small):+.4f}"])
        table(["partner", "before", "after", "part"], lines)
    if not found:
        click.echo("Nothing changed.")


def _levels(pair: list[int | None] | None) -> str:
    return "no state" if pair is None else " and ".join("-" if level is None else str(level) for level in pair)


def bound(found: list[Row], attacker: str, target: str, on: str) -> None:
    """Who must help, and what they amount to."""
    if not found:
        click.echo(f"No third state was bound to help {target} against {attacker} on {on}.")
        return
    heads = ["state", "bound", "pacts", "asks", "owes attacker", "cinc"]
    lines = [
        [row["state"], row["bound"], ", ".join(row["pacts"]), ", ".join(row["asks"]), ", ".join(row["owes_attacker"]), "-" if row["cinc"] is None else f"{row['cinc']:.4f}"]
        for row in found
    ]  # fmt: skip
    table(heads, lines)
    for word in dict.fromkeys(row["bound"] for row in found):
        mine = [row for row in found if row["bound"] == word]
        lacking = [row for row in mine if row["cinc"] is None]
        why = ", ".join(sorted({row["cinc_missing"] for row in lacking}))
        total = f"not known ({why}: {len(lacking)} of {len(mine)})" if lacking else f"{sum(row['cinc'] for row in mine):.4f}"
        click.echo(f"{word}: {len(mine)}; share of the world's capabilities {total}")


def rates(found: list[Row]) -> None:
    """Rates, each with its number, and the rule under them."""
    table(
        ["by", "group", "period", "honored", "n", "rate"],
        [[row["by"], row["group"], row["period"], str(row["honored"]), str(row["n"]), "-" if row["rate"] is None else f"{row['rate']:.1%}"] for row in found],
    )
    click.echo(f"\nRule {found[0]['rule']}: {found[0]['says']}. n: commitments that a war put to the test. Source: {found[0]['source']}.")


def wars(found: list[Row]) -> None:
    """Onsets of war by pair and year, and the rule under them."""
    table(
        ["years", "onsets", "pair-years", "a pair and year", "times the first"],
        [[f"{row['from']}-{row['to']}", str(row["onsets"]), f"{row['pair_years']:,}", f"{row['rate']:.6f}", f"{row['times_first']:.3f}"] for row in found],
    )
    click.echo(f"\nRule: {found[0]['rule']}.")


def pictured(found: list[Row], notes: list[str], output: str) -> None:
    """The rows of a picture, what stands under it, and where it went."""
    if found:
        table([name.replace("_", " ") for name in found[0]], [[_cell(row[name]) for name in found[0]] for row in found])
    for note in notes:
        click.echo(note)
    click.echo(output, err=True)

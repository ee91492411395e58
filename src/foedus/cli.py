"""The shell door: one command a verb. Nothing heavy is imported before a command runs."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from foedus.errors import InputError, unknown

LANGUAGES = click.Choice(["en", "ar", "ru"])
FORMATS = click.Choice(["text", "html", "md", "json", "pdf"])


class Doors(click.Group):
    """Commands whose bad input is one line on standard error and exit code 2."""

    def main(self, *args: Any, **options: Any) -> Any:
        try:
            return super().main(*args, **{**options, "standalone_mode": False})
        except click.Abort:
            sys.exit(130)
        except click.ClickException as error:
            click.echo(f"foedus: {error.format_message()}", err=True)
            sys.exit(2)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InputError as error:
            click.echo(f"foedus: {error}", err=True)
            sys.exit(2)


def as_json(value: Any) -> None:
    """Print a verb's answer as JSON."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


json_option = click.option("--json", "json_", is_flag=True, help="Print the answer as JSON.")
on_option = click.option("--on", metavar="DATE", help="As of this day (2022-01-05).")
known_option = click.option("--known", metavar="DATE", help="Only what could be known by this day.")


def facts_of(pairs: tuple[str, ...]) -> dict[str, bool | None]:
    """`fact=true`, `fact=false`, `fact=unknown` as values."""
    values = {"true": True, "false": False, "unknown": None}
    found: dict[str, bool | None] = {}
    for pair in pairs:
        word, _, value = pair.partition("=")
        if value not in values:
            raise InputError(f"'{pair}' is no fact. Write it as armed_attack=true, =false or =unknown")
        found[word] = values[value]
    return found


@click.group(cls=Doors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="foedus")
def main() -> None:
    """The collective-security engine: who owes what to whom under which pact, on whose account of the facts."""


@main.command()
@click.argument("case", metavar="CASE|FILE|-")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of the brief.")
@known_option
@on_option
@click.option("--format", "format_", type=FORMATS, help="text by default, or what the ending of -o says.")
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the screen.")
@click.option("--published", metavar="DATE", help="For a press piece: the day it was published.")
@click.option("--save-case", metavar="DIR", help="For a press piece: write the case it opened as library files below this folder.")
def brief(
    case: str, lang: str, known: str | None, on: str | None, format_: str | None, output: str | None, published: str | None, save_case: str | None
) -> None:
    """Write the brief of CASE: what the pact is, what the force amounts to, what it means next, each statement with its source.

    A press piece in the place of CASE becomes one more account of the case it is about; where the library has none, a new case is opened from it.
    """
    from foedus.briefs import document

    if _format(format_, output) == "pdf" and output is None:
        raise InputError("a PDF goes to a file. Name it with -o brief.pdf")
    if case == "-" or Path(case).is_file():
        case = _opened(case, published, save_case)
    _put(document.write(case, lang, known and _day(known), on and _day(on)), format_, output)


def _format(format_: str | None, output: str | None) -> str:
    return format_ or ("text" if output is None else {".html": "html", ".md": "md", ".json": "json", ".pdf": "pdf"}.get(Path(output).suffix, "text"))


def _put(written: Any, format_: str | None, output: str | None) -> None:
    """A brief to the screen or a file, in the format asked for or the one that the file's ending says."""
    from foedus.briefs import output as files

    chosen = _format(format_, output)
    if chosen == "pdf" and output is None:
        raise InputError("a PDF goes to a file. Name it with -o brief.pdf")
    content = _rendered(written, chosen)
    if output is None:
        click.echo(content, nl=False)
    else:
        files.write(output, content)
        click.echo(output, err=True)


def _opened(path: str, published: str | None, save_case: str | None) -> str:
    """The id of the case that a press piece opens."""
    from foedus.briefs import output as files
    from foedus.checking import opening

    record = opening.open_piece(_piece(path), "standard input" if path == "-" else Path(path).name, published=published and _day(published))
    for name, content in (opening.as_files(record) if save_case else {}).items():
        target = Path(str(save_case), name)
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write(target, content)
        click.echo(target, err=True)
    return str(record["id"])


def _day(text: str) -> str:
    from foedus.spells import day

    return day(text)


def _rendered(written: Any, chosen: str) -> str | bytes:
    import json

    from foedus.briefs import text

    if chosen == "json":
        return json.dumps(written.to_json(), ensure_ascii=False, indent=2) + "\n"
    if chosen == "html":
        from foedus.briefs import html

        return html.page(written)
    if chosen == "pdf":
        from foedus.briefs import pdf

        return pdf.pdf(written)
    return text.markdown(written) if chosen == "md" else text.text(written)


@main.command()
@click.argument("name")
@known_option
@on_option
@click.option("--assume", multiple=True, metavar="FACT=VALUE", help="Set a fact in every account: by_foreign_group=true. Repeat for more.")
@click.option("--why", metavar="PACT/ARTICLE", help="Unfold the findings on this article down to claims, speakers and sources: csto/4.")
@json_option
def case(name: str, known: str | None, on: str | None, assume: tuple[str, ...], why: str | None, json_: bool) -> None:
    """The findings of a case: each provision on each account, and what it hinges on."""
    from foedus import verbs

    if why:
        pact_name, _, number = why.partition("/")
        trees = verbs.proof(name, pact_name, number, known, on)
        if json_:
            as_json(trees)
        else:
            from foedus import shell

            shell.proofs(trees)
        return
    answer = verbs.case(name, known, facts_of(assume), on)
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.case(answer)


@main.command()
@click.argument("case")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of the answer.")
@known_option
@click.option("--format", "format_", type=FORMATS, help="text by default, or what the ending of -o says.")
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the screen.")
@json_option
def force(case: str, lang: str, known: str | None, format_: str | None, output: str | None, json_: bool) -> None:
    """What the force of CASE amounts to beside the register's others: density, tempo, mandate, how long such forces stay, the nearest precedents."""
    from foedus.briefs import document

    if json_:
        from foedus import verbs

        as_json(verbs.force(case, known))
        return
    _put(document.write_force(case, lang, known and _day(known)), format_, output)


@main.command()
@click.argument("case")
@known_option
@click.option("-n", "--first", type=click.IntRange(1), default=10, show_default=True, help="How many of the ranking.")
@json_option
def precedents(case: str, known: str | None, first: int, json_: bool) -> None:
    """The forces and refused requests most like the one of CASE, ranked, with what they share, what parts them, and what became of them."""
    from foedus import verbs

    answer = verbs.precedents(case, known)[:first]
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.precedents(answer)


@main.command()
@click.option("--host", metavar="STATE", help="Only forces in this state.")
@click.option("--sender", metavar="STATE", help="Only forces that this state sent or was asked for.")
@click.option("--under", metavar="FLAG", help="Only forces under this pact or organisation: csto, un, nato … or national, coalition.")
@click.option("--trigger", metavar="WORD", help="Only those that answered this danger: external, internal, mixed, contested.")
@click.option("--consent", metavar="WORD", help="Only those with this consent of the host: yes, no, contested, unknown.")
@on_option
@known_option
@click.option("--refused", is_flag=True, help="The requests that were refused or left without an answer instead.")
@click.option("--stay", is_flag=True, help="How long they stay, instead of the list.")
@click.option("--by", metavar="FEATURE", help="With --stay: by trigger, asked_by, consent, flag, under or lead.")
@click.option("--fits", is_flag=True, help="With --stay: parametric and Cox fits, and whether covariates help (extra `survival`).")
@json_option
def forces(
    host: str | None,
    sender: str | None,
    under: str | None,
    trigger: str | None,
    consent: str | None,
    on: str | None,
    known: str | None,
    refused: bool,
    stay: bool,
    by: str | None,
    fits: bool,
    json_: bool,
) -> None:
    """The register of forces abroad since 1945: who was where, how many, how long; or, with --refused, who asked in vain."""
    from foedus import shell, verbs

    if (by or fits) and not stay:
        raise InputError("--by and --fits go with --stay")
    wanted = {"host": host, "sender": sender, "under": under, "trigger": trigger, "consent": consent}
    if fits:
        answer = verbs.fits(known, **wanted)
        as_json(answer) if json_ else shell.fits(answer)
        return
    found = verbs.stays(by, known, **wanted) if stay else verbs.forces(known, on, refused, **wanted)
    if json_:
        as_json(found)
    elif stay:
        shell.stays(found)
    else:
        shell.forces(found, refused)


@main.command()
@click.argument("name")
@on_option
@json_option
def pact(name: str, on: str | None, json_: bool) -> None:
    """One pact: parties with their legal life, articles in force, organs, invocations."""
    from foedus import verbs

    answer = verbs.pact(name, on)
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.pact(answer)


@main.command()
@click.option("--state", metavar="STATE", help="Only those that this state ever signed or was bound by.")
@on_option
@json_option
def pacts(state: str | None, on: str | None, json_: bool) -> None:
    """The pacts of the library, of a state, of a day."""
    from foedus import verbs

    answer = verbs.pacts(state, on)
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.rows(answer, "No pact bound it on that day." if on else "No pact.")


@main.command()
@click.argument("pact_name", metavar="PACT")
@click.argument("number", metavar="ARTICLE")
@on_option
@json_option
def article(pact_name: str, number: str, on: str | None, json_: bool) -> None:
    """One article of a pact, in every text version or as it read on a day."""
    from foedus import verbs

    answer = verbs.article(pact_name, number, on)
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.article(answer)


@main.command()
@click.argument("state")
@click.option("--on", metavar="DATE", required=True, help="The day (2022-01-05).")
@click.option("--attacked-by", multiple=True, metavar="STATE", help="An attacker of its home territory. Repeat for more.")
@click.option("--facts", multiple=True, metavar="FACT=VALUE", help="What else is taken as true, false or unknown. Repeat for more.")
@json_option
def owes(state: str, on: str, attacked_by: tuple[str, ...], facts: tuple[str, ...], json_: bool) -> None:
    """Who owes STATE what on a day, under which article, and on what it hinges."""
    from foedus import verbs

    answer = verbs.owes(state, on, attacked_by, facts_of(facts))
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.duties(answer, state, on)


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="PACT...")
@on_option
@json_option
@click.option("--html", "html_", metavar="FILE", help="Write the comparison as a page.")
def compare(names: tuple[str, ...], on: str | None, json_: bool, html_: str | None) -> None:
    """Pacts side by side: what each obliges to, how strongly, when, where, how it decides, how one leaves."""
    from foedus import verbs

    answer = verbs.compare(names, on)
    if json_:
        as_json(answer)
    elif html_:
        from foedus.briefs import comparison, output

        output.write(html_, comparison.page(answer))
        click.echo(html_, err=True)
    else:
        from foedus import shell

        shell.comparison(answer)


def _piece(path: str) -> str:
    """The text of a press piece: a file, or `-` for what comes in."""
    from foedus.press.text import decode

    if path == "-":
        return decode(sys.stdin.buffer.read())
    try:
        return decode(Path(path).read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from None


Command = Callable[..., None]


def piece_options(function: Command) -> Command:
    """The options of every command that is given a press piece."""
    lang = click.option("--lang", type=LANGUAGES, help="Language of the piece, where it should not be found out.")
    published = click.option("--published", metavar="DATE", help="The day it was published, from which `yesterday` is reckoned.")
    return lang(published(function))


@main.command()
@click.argument("path", metavar="FILE|DIR|-")
@piece_options
@click.option("-o", "--output", metavar="FILE", help="For a folder: the Parquet file of what its pieces say. A run that was stopped goes on where it was.")
@click.option("--helper", type=click.Choice(["llm"]), help="Ask a language model for more items too; what the rules read stays as it is.")
@json_option
def read(path: str, lang: str | None, published: str | None, output: str | None, helper: str | None, json_: bool) -> None:
    """What a press piece says: states, pacts, articles, quantities, dates, speakers, claims, events, each with its place in the text."""
    if path != "-" and Path(path).is_dir():
        if output is None:
            raise InputError("a folder of pieces goes to a file. Name it with -o claims.parquet", path)
        if helper:
            raise InputError("--helper reads one piece at a time. Name a file", path)
        from foedus.press.batches import read_many

        with click.progressbar(length=1, label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            read_many(Path(path), Path(output), lang, progress)
        click.echo(output, err=True)
        return
    from foedus import press

    if helper:
        from foedus.press.helper import reading, settings

        chosen = settings.settings()
        answer = reading.read(_piece(path), lang, published and _day(published), chosen)
        click.echo(f"foedus: {reading.summary(answer['helper'])}", err=True)
    else:
        answer = press.read(_piece(path), lang, published and _day(published))
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.reading(answer)


@main.command()
@click.argument("path", metavar="FILE|-")
@piece_options
@click.option("--answer-in", type=LANGUAGES, help="Language of the explanations; that of the piece by default.")
@click.option("--format", "format_", type=click.Choice(["text", "html", "json"]), help="text by default, or what the ending of -o says.")
@click.option("--all", "everything", is_flag=True, help="Show what cannot be checked too.")
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the screen.")
@json_option
def check(
    path: str, lang: str | None, published: str | None, answer_in: str | None, format_: str | None, everything: bool, output: str | None, json_: bool
) -> None:
    """Each checkable statement of a press piece against the library: supported, refuted, imprecise, unverified."""
    import json

    from foedus import checking
    from foedus.briefs import output as files
    from foedus.checking import output as drawn

    piece = _piece(path)
    answer = checking.check(piece, lang, published and _day(published), answer_in)
    chosen = "json" if json_ else format_ or {".html": "html", ".json": "json"}.get(Path(output).suffix if output else "", "text")
    content = {
        "text": lambda: drawn.text(answer, everything),
        "html": lambda: drawn.page(answer, piece),
        "json": lambda: json.dumps(answer, ensure_ascii=False, indent=2) + "\n",
    }[chosen]()
    if output is None:
        click.echo(content, nl=False)
    else:
        files.write(output, content)
        click.echo(output, err=True)


@main.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """The JSON Schema of an answer or of a kind of library file; without NAME, the names there are."""
    from importlib.resources import files

    folder = files("foedus") / "schemas"
    names = sorted(file.name.removesuffix(".json") for file in folder.iterdir())
    if name is None:
        click.echo("\n".join(names))
    elif name not in names:
        raise unknown("schema", name, names)
    else:
        click.echo((folder / f"{name}.json").read_text(encoding="utf-8"), nl=False)


@main.command()
@click.argument("kind", type=click.Choice(["pact", "source", "case", "library"]))
@click.argument("name", required=False, default="")
@json_option
def cite(kind: str, name: str, json_: bool) -> None:
    """How to cite a pact, a source, a case or the whole library: BibTeX, or with --json BibTeX and CSL-JSON."""
    from foedus.books.citing import cite as cited

    answer = cited(kind, name)
    if json_:
        as_json(answer)
    else:
        click.echo(answer["bibtex"].rstrip())


@main.group()
def data() -> None:
    """Data sets that others own: what they are, where to get them, and your own copies."""


@data.command("list")
@json_option
def list_data(json_: bool) -> None:
    """The data sets there are cards for: version, span, whether your store has them, where to get them."""
    from foedus import datasets, shell

    answer = datasets.listed()
    if json_:
        as_json(answer)
    else:
        shown = ("id", "version", "from", "until", "added", "name", "address")
        shell.rows([{key: row[key] for key in shown} for row in answer], "No card.")


@data.command("add")
@click.argument("name")
@click.argument("path", type=click.Path(path_type=Path))
@json_option
def add_data(name: str, path: Path, json_: bool) -> None:
    """Take your own copy of the data set NAME into the store: the official archive, a csv, dta or parquet file, or a folder of them."""
    from foedus import datasets

    answer = datasets.add(name, path)
    if json_:
        as_json(answer)
    else:
        tables = ", ".join(f"{table} ({rows:,} rows)" for table, rows in answer["tables"].items())
        click.echo(f"{name} {answer['version']}: {tables}\nCite: {answer['cite']}")


@data.command("cite")
@click.argument("name")
def cite_data(name: str) -> None:
    """How to cite a data set, with its version and terms."""
    from foedus import datasets

    click.echo(datasets.cite(name))


@main.group()
def panel() -> None:
    """Observed rows since 1816: states and pairs by year, by day and by spell, with what they owe each other."""


def panel_options(function: Command) -> Command:
    """The options of every panel."""
    for option in reversed([
        click.option("--from", "start", type=int, required=True, metavar="YEAR", help="The first year."),
        click.option("--to", "end", type=int, required=True, metavar="YEAR", help="The last year."),
        click.option("--system", metavar="CODES", help="cow, gw or iso3: the codes that name the states."),
    ]):  # fmt: skip
        function = option(function)
    return function


source_option = click.option("--source", default="library", show_default=True, metavar="NAME", help="library, or atop from your own copy.")
dating_option = click.option(
    "--dating", default="signature", show_default=True, metavar="RULE", help="For atop: signature, or in_force where the library knows it."
)
add_option = click.option(
    "--add",
    multiple=True,
    metavar="NAME",
    help="What stands beside the rows: obligations, contiguity, capabilities, majors, disputes, wars, igos, rivalries, peace-years. Repeat for more.",
)
panel_output = click.option("-o", "--output", metavar="FILE", help="A .parquet, .csv or .arrow file; csv on the screen without it.")


def _panel(output: str | None, unit: str, start: int, end: int, **options: Any) -> None:
    """Make the panel, say what found no place, and write it."""
    import warnings

    from foedus.panels import making

    if output is not None and Path(output).suffix not in making.ENDINGS:
        raise InputError(f"'{Path(output).suffix}' is no ending a panel is written to. Known: {', '.join(making.ENDINGS)}", output)
    with warnings.catch_warnings(record=True) as said, click.progressbar(length=1, label="Making", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        warnings.simplefilter("always")

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        table = making.panel(unit, start, end, progress=progress, **options)
    for warning in said:
        click.echo(f"foedus: {warning.message}", err=True)
    if output is None:
        click.echo(making.flat(table).write_csv(), nl=False)
    else:
        making.write(table, output)
        click.echo(f"{output}: {table.height:,} rows", err=True)


@panel.command("dyad-years")
@panel_options
@click.option("--undirected", is_flag=True, help="Each pair once, the smaller code first.")
@source_option
@add_option
@click.option("--relevant", is_flag=True, help="Only pairs that are contiguous or have a major power.")
@panel_output
def dyad_years(start: int, end: int, system: str | None, undirected: bool, source: str, add: tuple[str, ...], relevant: bool, output: str | None) -> None:
    """Pairs of states by year."""
    _panel(output, "dyad-years", start, end, system=system, source=source, directed=not undirected, add=add, relevant=relevant)


@panel.command("state-years")
@panel_options
@source_option
@add_option
@panel_output
def state_years(start: int, end: int, system: str | None, source: str, add: tuple[str, ...], output: str | None) -> None:
    """States by year."""
    _panel(output, "state-years", start, end, system=system, source=source, add=add)


@panel.command("dyad-spells")
@panel_options
@source_option
@dating_option
@panel_output
def dyad_spells(start: int, end: int, system: str | None, source: str, dating: str, output: str | None) -> None:
    """The longest stretches on which what one state owed another did not change."""
    _panel(output, "dyad-spells", start, end, system=system, source=source, dating=dating)


@panel.command("dyad-days")
@panel_options
@source_option
@dating_option
@click.option("-o", "--output", metavar="DIR", required=True, help="A folder, which gets one Parquet file a year.")
def dyad_days(start: int, end: int, system: str | None, source: str, dating: str, output: str) -> None:
    """Pairs of states by day, streamed: a file a year, however many rows there are."""
    from foedus.panels.daily import write_dyad_days

    with click.progressbar(length=end - start + 1, label="Writing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        rows = write_dyad_days(output, start, end, source, system, dating, lambda done, _: bar.update(done - bar.pos))
    click.echo(f"{output}: {rows:,} rows", err=True)


@panel.command("triads")
@click.option("--from", "start", type=int, metavar="YEAR", help="The first year.")
@click.option("--to", "end", type=int, metavar="YEAR", help="The last year.")
@click.option("--on", metavar="DATE", help="A day in the place of years.")
@click.option("--source", default="library", show_default=True, metavar="NAME", help="library, or atop from your own copy.")
@click.option("--facts", multiple=True, metavar="FACT=VALUE", help="What is known of the conditions, such as unprovoked=true. Repeat for more.")
@click.option("-o", "--output", metavar="FILE", help="A .parquet, .csv or .arrow file; csv on the screen without it.")
def panel_triads(start: int | None, end: int | None, on: str | None, source: str, facts: tuple[str, ...], output: str | None) -> None:
    """For every attacker and target: how many third states are bound to help, and how strong they are."""
    from foedus.panels import making
    from foedus.panels.triads import triads

    if on is None and (start is None or end is None):
        raise InputError("name the years with --from and --to, or a day with --on")
    table = triads(start, end, on, source, facts_of(facts))
    if output is None:
        click.echo(making.flat(table).write_csv(), nl=False)
    else:
        making.write(table, output)
        click.echo(f"{output}: {table.height:,} rows", err=True)


@main.command()
@click.argument("state")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@click.option("--from", "start", type=int, default=1992, show_default=True, metavar="YEAR", help="The first year.")
@click.option("--to", "end", type=int, metavar="YEAR", help="The last year; by default the last in which anything in the library began.")
@click.option("--source", "sources", multiple=True, metavar="NAME", help="library, atop or votes; by default all there are. Repeat for more.")
@click.option("--measure", default="s", show_default=True, metavar="NAME", help="s, kappa, pi or tau_b.")
@click.option("--weights", metavar="NAME", help="capabilities: each partner by its share of the world's.")
@click.option("--between", nargs=2, metavar="DATE DATE", help="Take the change between two days apart by partner.")
@click.option("-o", "--output", metavar="FILE", help="Draw it: a .png, .svg or .html file.")
@json_option
def align(
    state: str,
    others: tuple[str, ...],
    start: int,
    end: int | None,
    sources: tuple[str, ...],
    measure: str,
    weights: str | None,
    between: tuple[str, str] | None,
    output: str | None,
    json_: bool,
) -> None:
    """How STATE is aligned with each OTHER, year by year: by what they have promised whom, and by how they voted."""
    from foedus import shell
    from foedus.panels import alignment, balance

    if measure not in alignment.MEASURES:
        raise unknown("measure", measure, alignment.MEASURES)
    if weights and between:
        raise InputError("a change is taken apart without weights: leave out --weights or --between")
    if weights and measure == "tau_b":
        raise InputError("tau-b compares ranks and takes no weights")
    if between:
        given = next((source for source in sources if source != "votes"), "library")
        parts = [{"other": other, **row} for other in others for row in balance.align_change(state, other, *between, given, measure)]
        as_json(parts) if json_ else shell.parts(parts, measure)
        return
    rows = balance.align(state, others, start, end, sources or None, weights)
    if output:
        from foedus.briefs import charting, charts

        title = f"The alignment of {state} with {', '.join(others)}, {rows[0]['year']} to {rows[-1]['year']}"
        charting.write(output, charts.alignment(rows, measure), title, rows, [charting.SCALE, charting.COVERAGE])
        click.echo(output, err=True)
    as_json(rows) if json_ else shell.alignment(rows, measure)


@main.command()
@click.argument("attacker")
@click.argument("target")
@click.option("--on", metavar="DATE", required=True, help="The day (2022-01-05).")
@click.option("--source", default="library", show_default=True, metavar="NAME", help="library, or atop from your own copy.")
@click.option("--facts", multiple=True, metavar="FACT=VALUE", help="What else is taken as true, false or unknown. Repeat for more.")
@json_option
def obliged(attacker: str, target: str, on: str, source: str, facts: tuple[str, ...], json_: bool) -> None:
    """The third states bound to help TARGET if ATTACKER attacks it: unconditionally, conditionally, by consultation only."""
    from foedus import shell
    from foedus.panels.obliged import obliged as bound

    rows = bound(attacker, target, on, source, facts_of(facts))
    as_json(rows) if json_ else shell.bound(rows, attacker, target, on)


@main.command()
@click.option("--rule", default="llm", show_default=True, metavar="NAME", help="llm, llm_lenient, bf or bf_lenient: whose coding, and how strict.")
@json_option
def reliability(rule: str, json_: bool) -> None:
    """How often alliance commitments that war put to the test were honored, by kind and number of parties, with the rule and the number of each."""
    from foedus import shell
    from foedus.panels.reliability import reliability as rates

    rows = rates(rule)
    as_json(rows) if json_ else shell.rates(rows)


@main.command("war-rates")
@json_option
def war_rates(json_: bool) -> None:
    """How often pairs of states went to war with each other before and after 1950, per pair and year."""
    from foedus import shell
    from foedus.panels.war_dyads import war_rates as rates

    rows = rates()
    as_json(rows) if json_ else shell.wars(rows)


@main.group()
def draw() -> None:
    """Pictures of who owes whom: PNG, SVG, or a page with the table beside it."""


draw_output = click.option("-o", "--output", metavar="FILE", required=True, help="A .png, .svg or .html file.")
draw_source = click.option("--source", default="library", show_default=True, metavar="NAME", help="library, or atop from your own copy.")


draw_lang = click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of the picture.")


@draw.command("map")
@click.argument("state")
@click.option("--on", metavar="DATE", required=True, help="The day (2022-01-05).")
@draw_source
@draw_lang
@draw_output
def draw_map(state: str, on: str, source: str, lang: str, output: str) -> None:
    """The world with who owes STATE what on a day."""
    from foedus import shell, states
    from foedus.briefs import charting, charts
    from foedus.panels import mapping

    rows = mapping.toward(state, on, source)
    concerned = states.find(state, on)
    spec, lacking = charts.obligations_map(concerned, on, rows, lang)
    notes = charting.under_a_map(lacking, lang)
    charting.write(output, spec, charts.map_title(concerned, on, lang), rows, notes, lang)
    shell.pictured(rows, notes, output)


@draw.command("network")
@click.option("--on", "days", metavar="DATE", multiple=True, required=True, help="A day to draw. Repeat for more.")
@click.option("--among", multiple=True, metavar="STATE", help="Only between these states. Repeat for more.")
@draw_source
@draw_lang
@draw_output
def draw_network(days: tuple[str, ...], among: tuple[str, ...], source: str, lang: str, output: str) -> None:
    """The network of active help on one day or several, side by side."""
    from foedus import shell
    from foedus.briefs import charting, charts
    from foedus.panels import mapping

    rows = mapping.help_network(days, source, among)
    spec, lacking = charts.network(rows, days, lang)
    notes = charting.under_a_map(lacking, lang)
    charting.write(output, spec, charts.network_title(days, lang), rows, notes, lang)
    shell.pictured(rows, notes, output)


@draw.command("strip")
@click.argument("one")
@click.argument("other")
@click.option("--to", "until", metavar="DATE", help="The day to which what is still owed is drawn; by default the end of the last year known.")
@draw_source
@draw_lang
@draw_output
def draw_strip(one: str, other: str, until: str | None, source: str, lang: str, output: str) -> None:
    """Which of two states owed the other what, from 1815 to today."""
    from foedus import shell
    from foedus.briefs import charting, charts
    from foedus.panels import balance, bonds, mapping

    rows = mapping.strip(one, other, source)
    if not rows:
        raise InputError(f"{one} and {other} never owed each other anything in {balance.SOURCES[source]}")
    last = bonds.read(source, "iso3" if source == "library" else "cow").coverage[1] or balance.last_year()
    spec = charts.strip(rows, _day(until) if until else f"{last}-12-31", lang)
    notes = charting.under_a_strip(lang)
    charting.write(output, spec, charts.strip_title(one, other, lang), rows, notes, lang)
    shell.pictured(rows, notes, output)


@main.group()
def library() -> None:
    """The facts the answers stand on."""


@library.command("check")
@click.argument("root", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", default="", metavar="PREFIX", help="Show only errors in files whose path begins with this.")
def check_library(root: Path | None, only: str) -> None:
    """Prove that every reference, spell, source and example of the library holds."""
    from foedus import compiling

    where = root or compiling.ROOT
    with click.progressbar(length=len(compiling.files(where)), label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        found = compiling.gather(where, lambda done, _: bar.update(done - bar.pos))
    errors = [error for error in found.errors if error.place.startswith(only)]
    for error in errors:
        click.echo(str(error), err=True)
    counts = ", ".join(f"{len(table)} {kind}s" for kind, table in found.entries.items())
    provisions = sum(len(article.data["provisions"]) for articles in found.articles.values() for article in articles)
    click.echo(f"{counts}, {provisions} provisions; {len(errors)} errors")
    if errors:
        sys.exit(2)


@library.command()
@json_option
def coverage(json_: bool) -> None:
    """Per pact: articles coded of those in the text, sources per fact, facts that stand on one source, open questions."""
    from foedus import shell
    from foedus.books import coverage as covering

    answer = covering.coverage()
    if json_:
        as_json(answer)
    else:
        shell.rows(covering.lines(answer), "No pact.")


@library.command()
@click.option("-o", "--output", metavar="DIR", required=True, help="The folder to write; an earlier export there is replaced.")
def export(output: str) -> None:
    """The whole book as CSV, Parquet and SQLite in a Frictionless Data Package, with PROV for its sources."""
    from foedus.books.exporting import export as written

    with click.progressbar(length=1, label="Writing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        click.echo(written(output, progress), err=True)


@library.command("compile")
def compile_() -> None:
    """Build the snapshot that answers are read from, where the library has changed."""
    from foedus import snapshot

    click.echo(snapshot.fresh())


@main.command()
@click.argument("words")
@click.option("-n", "--first", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@json_option
def search(words: str, first: int, json_: bool) -> None:
    """What WORDS in English, Arabic or Russian may mean: states, pacts, articles, cases, forces."""
    from foedus import verbs

    answer = verbs.search(words, first)
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.rows([{"kind": row["kind"], "id": row["id"], "name": row["names"]["en"]} for row in answer], "Nothing of that name is in the library.")


@main.command()
@click.argument("name")
@json_option
def state(name: str, json_: bool) -> None:
    """One state: when it was one, its codes, its cases, the forces it sent and was host to."""
    from foedus import verbs

    answer = verbs.state(name)
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.state(answer)


@main.command()
@click.argument("pact_name", metavar="PACT")
@click.option("--on", metavar="DATE", required=True, help="The day (2022-01-05).")
@click.option("--concerned", metavar="STATE", help="The party whose case it is, where the rule leaves it out.")
@json_option
def deciding(pact_name: str, on: str, concerned: str | None, json_: bool) -> None:
    """How PACT must decide on a day: each procedure, who can make it pass and who can block it."""
    from foedus import verbs

    answer = verbs.deciding(pact_name, on, concerned)
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.procedures(answer)


@main.command()
@click.argument("name")
@json_option
def source(name: str, json_: bool) -> None:
    """One source, and every place in the library that rests on it."""
    from foedus import verbs

    answer = verbs.source(name)
    if json_:
        as_json(answer)
    else:
        from foedus import shell

        shell.source(answer)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 lets the network in.")
@click.option("--port", type=click.IntRange(0, 65535), default=8013, show_default=True, help="The port; 0 takes a free one.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
def serve(host: str, port: int, workers: int) -> None:
    """Open the library as a site: pacts, states, crises, briefs. Read-only; nothing that a visitor pastes is kept."""
    _needs("uvicorn", "fastapi", "python_multipart", extra="web")
    from foedus.server import serving

    serving.serve(host, port, workers)


@main.group()
def site() -> None:
    """The library's pages as plain files."""


@site.command("build")
@click.option("-o", "--output", metavar="DIR", required=True, help="The folder to write; one made before is replaced whole.")
@click.option("--lang", type=LANGUAGES, multiple=True, help="Only this language. Repeat for more.")
def build_site(output: str, lang: tuple[str, ...]) -> None:
    """Write every page of the library as a plain file, for any host. Search, sliders and reading need `foedus serve`."""
    _needs("fastapi", extra="web")
    from foedus.server import site as files

    with click.progressbar(length=1, label="Writing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        count = files.build(output, lang or ("en", "ar", "ru"), progress)
    click.echo(f"{count} pages in {output}", err=True)


def _needs(*modules: str, extra: str) -> None:
    """Errors: InputError with the way out where an optional part is not installed."""
    from importlib.util import find_spec

    if any(find_spec(module) is None for module in modules):
        raise InputError(f"this needs the extra '{extra}'. Install it: pip install 'foedus[{extra}]'")

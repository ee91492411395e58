"""The documentation against the code: commands and options, what they print, JSON keys, Python names, links.

A new command needs its section in docs/commands.md; if it prints JSON, a section in docs/json.md and a line in ANSWERS here.
"""

import contextlib
import doctest
import json
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

import foedus
from foedus.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
PIECE = DOCS / "piece.txt"  # the press piece that the pages show
ELSEWHERE = {DOCS / "differences.md", DOCS / "differences-forces.md"}  # made by a tool of its own

# By the headings of docs/json.md: the runs whose answers together have every key.
ANSWERS: dict[str, list[list[str]]] = {
    "pact": [["pact", "csto", "--json"], ["pact", "nato", "--json"]],
    "pacts": [["pacts", "--json"], ["pacts", "--state", "KAZ", "--json"]],
    "article": [["article", "csto", "4", "--json"]],
    "owes": [["owes", "KAZ", "--on", "2022-01-05", "--json"]],
    "case": [["case", "kazakhstan-2022", "--json"]],
    "why": [["case", "kazakhstan-2022", "--why", "csto/4", "--json"]],
    "read": [["read", str(PIECE), "--json"], ["read", str(PIECE), "--published", "2022-01-07", "--json"]],
    "check": [["check", str(PIECE), "--json"]],
    "force": [["force", "kazakhstan-2022", "--json"]],
    "forces": [["forces", "--json"]],
    "refusals": [["forces", "--refused", "--json"]],
    "search": [["search", "nato", "--json"], ["search", "article 5", "--json"]],
    "state": [["state", "KAZ", "--json"]],
    "deciding": [["deciding", "csto", "--on", "2022-01-05", "--json"], ["deciding", "un-charter", "--on", "2022-01-05", "--json"]],
    "source": [["source", "cst-text-2010-en", "--json"]],
    "precedents": [["precedents", "kazakhstan-2022", "--json"]],
    "compare": [["compare", "csto", "nato", "--json"]],
    "brief": [["brief", "kazakhstan-2022", "--format", "json"]],
    "cite": [["cite", "pact", "csto", "--json"], ["cite", "library", "--json"]],
    "coverage": [["library", "coverage", "--json"]],
    "obliged": [["obliged", "AZE", "ARM", "--on", "2022-09-13", "--json"]],
    "reliability": [["reliability", "--json"]],
    "war-rates": [["war-rates", "--json"]],
    "datasets": [["data", "list", "--json"]],
    "align": [["align", "KAZ", "RUS", "CHN", "--from", "2010", "--to", "2011", "--source", "library", "--json"]],
    "align-parts": [["align", "KAZ", "UZB", "--between", "2010-01-01", "2014-01-01", "--json"]],
    "data-added": [["data", "add", "rivalries", "RIVALRIES", "--json"]],
}

REFERENCE = ROOT.parent / "shared" / "data" / "reference"
# By command: the data set it needs, and the reference copy of it.
NEEDS = {
    "reliability": ("alliance-fulfilment", "alliance_fulfilment_bf2018.parquet"),
    "war-rates": ("cow-wars-interstate", "cow_war_interstate40.parquet"),
}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ---- commands and options --------------------------------------------------------------------------------------------


def commands(command: click.Command = main, path: tuple[str, ...] = ("foedus",)) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its whole name."""
    if isinstance(command, click.Group):
        for word, part in command.commands.items():
            yield from commands(part, (*path, word))
    else:
        yield " ".join(path), command


def sections(text: str, level: int) -> dict[str, str]:
    """The text under each heading of a level, down to the next heading of that level or above."""
    parts = re.split(rf"^(#{{1,{level}}}) (.+)$", text, flags=re.MULTILINE)
    return {title: body for mark, title, body in zip(parts[1::3], parts[2::3], parts[3::3]) if len(mark) == level}


def ticked(body: str) -> list[str]:
    """What stands in backticks in the first column of the tables of a section."""
    return [word for line in re.findall(r"^\| (.+?) \|", body, flags=re.MULTILINE) for word in re.findall(r"`([^`]+)`", line)]


COMMANDS = dict(commands())


def test_every_command_has_its_section_and_no_other() -> None:
    assert set(sections(read(DOCS / "commands.md"), 2)) == set(COMMANDS)


@pytest.mark.parametrize("title", COMMANDS)
def test_every_option_is_named_and_no_other(title: str) -> None:
    body = sections(read(DOCS / "commands.md"), 2)[title]
    options = {word for item in COMMANDS[title].params if isinstance(item, click.Option) for word in (*item.opts, *item.secondary_opts)}
    assert set(ticked(body)) == options
    usage = re.search(r"```text\n(.+?)\n```", body, flags=re.DOTALL)
    assert usage, "a section begins with its usage"
    named = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", usage[1]))
    assert named <= options
    for item in COMMANDS[title].params:
        assert isinstance(item, click.Argument) or named & set(item.opts), f"the usage leaves out {item.opts}"


# ---- what is shown can be run ----------------------------------------------------------------------------------------


def shown(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of the console blocks, with the lines of output that stand under it."""
    for block in re.findall(r"^```console\n(.+?)^```", text, flags=re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *output = part.rstrip("\n").split("\n")
            yield line, output


def lines(text: str) -> Iterator[str]:
    """Each `foedus …` of a page: in console and shell blocks, and in running text."""
    yield from (line for line, _ in shown(text))
    for block in re.findall(r"^```(?:sh|bash)\n(.+?)^```", text, flags=re.DOTALL | re.MULTILINE):
        yield from (line for line in block.splitlines() if line.startswith("foedus "))
    yield from re.findall(r"(?<!`)`(foedus [^`\n]+)`(?!`)", text)


def arguments(line: str) -> list[str]:
    """The arguments of a `foedus …` line, without comments, pipes and redirections."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|<>&")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if word[0] in "|<>&":
            break
        words.append(word)
    assert words[0] == "foedus"
    return words[1:]


def resolve(words: list[str]) -> tuple[click.Command, list[str]]:
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"no command '{words[0]}'"
        command, words = command.commands[words[0]], words[1:]
    return command, words


SHOWN = [(name(page), line) for page in PAGES if page not in ELSEWHERE for line in dict.fromkeys(lines(read(page)))]


@pytest.mark.parametrize(("page", "line"), SHOWN, ids=[f"{page}: {line}" for page, line in SHOWN])
def test_every_command_line_parses(page: str, line: str) -> None:
    command, words = resolve(arguments(line))
    if not words and any(item.required for item in command.params):
        return  # a command named in running text
    with contextlib.suppress(click.exceptions.Exit):  # --help and --version
        command.make_context(page, words)


OUTPUTS = [(line, output) for page in PAGES if page not in ELSEWHERE for line, output in shown(read(page)) if output]


@pytest.mark.parametrize(("line", "output"), OUTPUTS, ids=[line for line, _ in OUTPUTS])
def test_what_is_shown_is_what_is_printed(line: str, output: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word by word, so that a wider column or a new footnote before it changes nothing."""
    shutil.copy(PIECE, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "130")
    printed = CliRunner().invoke(main, arguments(line)).output
    words = [word for row in output if row != "…" for word in re.sub(r"\[\d+\]", " ", row).split()]
    bare = re.sub(r"\[\d+\]", " ", printed)
    assert words
    assert [word for word in words if word not in bare] == []


@pytest.mark.parametrize("page", [page for page in PAGES if ">>> " in read(page)], ids=name)
def test_python_examples_hold(page: Path) -> None:
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


# ---- JSON ------------------------------------------------------------------------------------------------------------


def run(words: list[str]) -> Any:
    with contextlib.ExitStack() as stack:
        if "RIVALRIES" in words:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            words = [str(_rivalries(folder)) if word == "RIVALRIES" else word for word in words]
            stack.enter_context(pytest.MonkeyPatch.context()).setenv("FOEDUS_DATA", str(folder / "store"))
        if words[0] in NEEDS:
            name, copy = NEEDS[words[0]]
            if not (REFERENCE / copy).exists():
                pytest.skip("the reference data are not there")
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            stack.enter_context(pytest.MonkeyPatch.context()).setenv("FOEDUS_DATA", str(folder))
            assert CliRunner().invoke(main, ["data", "add", name, str(REFERENCE / copy)]).exit_code == 0
        found = CliRunner().invoke(main, words)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def _rivalries(folder: Path) -> Path:
    """A made-up copy of a small data set, in its layout."""
    head = "tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological,interventionary"
    (folder / "rivalries.csv").write_text("\n".join([head, *[f"{number},A-B,2,200,1900,1910,1,,," for number in range(264)]]), encoding="utf-8")
    return folder / "rivalries.csv"


def at(values: list[Any], steps: list[str]) -> list[Any]:
    """Every value at the end of a path: `[]` is any item of a list, `*` any key."""
    for step in steps:
        if step == "[]":
            values = [item for value in values for item in value or []]
        elif step == "*":
            values = [item for value in values for item in value.values()]
        else:
            values = [value[step] for value in values if value and step in value]
    return [value for value in values if value is not None]


def keys(values: list[Any]) -> set[str]:
    return {key for value in values for key in value}


def documented() -> dict[str, set[str]]:
    """By path, the keys that docs/json.md gives."""
    text = read(DOCS / "json.md")
    own = {title: body.split("\n#")[0] for level in (2, 3) for title, body in sections(text, level).items()}
    return {title: set(ticked(body)) for title, body in own.items() if ticked(body)}


def split(path: str) -> list[str]:
    return [step for step in re.split(r"\.|(\[\])", path) if step]


@pytest.mark.parametrize("answer", ANSWERS)
def test_json_keys_are_those_documented(answer: str) -> None:
    values = [run(words) for words in ANSWERS[answer]]
    paths = {path: found for path, found in documented().items() if split(path)[0] == answer}
    assert paths, f"docs/json.md has no '## {answer}'"
    for path, found in paths.items():
        real = at(values, split(path)[1:])
        assert real, f"nothing at {path}"
        assert keys(real) == found, path


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_list_of_an_answer_is_documented(answer: str) -> None:
    """A list of rows has its own table, or is one that another answer documents; citations are explained once."""
    for value in [run(words) for words in ANSWERS[answer]]:
        if not isinstance(value, dict):
            continue
        tables = documented()
        for key, rows in value.items():
            if isinstance(rows, list) and rows and isinstance(rows[0], dict) and set(rows[0]) != {"source", "at"}:
                assert f"{answer}.{key}[]" in tables or keys(rows) in tables.values(), key


def test_every_command_with_json_is_documented() -> None:
    printing = {title for title, command in COMMANDS.items() if any("--json" in item.opts for item in command.params)}
    assert printing <= {" ".join(["foedus", *found]) for runs in ANSWERS.values() for words in runs for found in (words[:1], words[:2])}


# ---- Python names ----------------------------------------------------------------------------------------------------


def test_python_names_exist_and_the_public_ones_are_named() -> None:
    text = read(DOCS / "python.md")
    named = set(re.findall(r"`foedus\.([\w.]+)", text))
    for path in named:
        found: Any = foedus
        for number, part in enumerate(path.split(".")):
            if not hasattr(found, part):
                __import__(".".join(["foedus", *path.split(".")[: number + 1]]))
            found = getattr(found, part)
    assert set(foedus.__all__) <= named
    methods = {part for part in vars(foedus.Case) if not part.startswith("_")}
    assert methods <= set(re.findall(r"`(\w+)\(", text))


# ---- links -----------------------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as the site makes them; a heading that stands twice gets `_1`."""
    found: list[str] = []
    for title in re.findall(r"^#+ (.+)$", re.sub(r"^```.+?^```", "", text, flags=re.DOTALL | re.MULTILINE), flags=re.MULTILINE):
        slug = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower())
        number = sum(other == slug or re.fullmatch(rf"{re.escape(slug)}_\d+", other) is not None for other in found)
        found.append(f"{slug}_{number}" if number else slug)
    return set(found)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"^```.+?^```", "", read(page), flags=re.DOTALL | re.MULTILINE)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(read(file)), target


def test_every_page_is_in_the_contents() -> None:
    contents = read(ROOT / "mkdocs.yml")
    assert [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if path.relative_to(DOCS).as_posix() not in contents] == []
    index = read(DOCS / "decisions" / "index.md")
    assert [path.name for path in (DOCS / "decisions").glob("0*.md") if path.name not in index] == []


# ---- the rest --------------------------------------------------------------------------------------------------------


def test_the_citation_names_the_version() -> None:
    found = dict(re.findall(r"^([a-z-]+): \"?([^\"\n]+)\"?$", read(ROOT / "CITATION.cff"), flags=re.MULTILINE))
    assert found["version"] == foedus.__version__
    assert {"cff-version", "message", "title", "type", "license"} <= set(found)


def test_changes_are_one_sentence_each() -> None:
    folder = ROOT / "changelog.d"
    for path in folder.iterdir():
        if path.name == "README.md":
            continue
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name), path.name
        words = read(path).strip()
        assert words.endswith("."), path.name
        assert "\n" not in words, path.name

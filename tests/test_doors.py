"""The shell: answers in the shape of their schemas, bad input in one line with exit code 2, files written whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from foedus.answers import schemas
from foedus.cli import main

SCHEMAS = schemas()
SHIPPED = Path(__file__).parents[1] / "src" / "foedus" / "schemas"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    ("schema", "arguments"),
    [
        ("pact", ["pact", "csto"]),
        ("pact", ["pact", "nato", "--on", "1962-01-01"]),
        ("pacts", ["pacts"]),
        ("pacts", ["pacts", "--state", "KAZ", "--on", "2022-01-05"]),
        ("article", ["article", "csto", "4"]),
        ("article", ["article", "csto", "Charter 12", "--on", "2022-01-05"]),
        ("owes", ["owes", "KAZ", "--on", "2022-01-05"]),
        ("owes", ["owes", "ARM", "--on", "2022-09-13", "--attacked-by", "AZE", "--facts", "requested=true"]),
        ("case", ["case", "kazakhstan-2022"]),
        ("case", ["case", "kazakhstan-2022", "--known", "2022-01-07", "--assume", "by_foreign_group=true"]),
        ("compare", ["compare", "csto", "nato", "warsaw-pact"]),
        ("force", ["force", "kazakhstan-2022"]),
        ("force", ["force", "czechoslovakia-1968", "--known", "1970-01-01"]),
        ("forces", ["forces", "--under", "un"]),
        ("precedents", ["precedents", "armenia-2022"]),
        ("brief", ["brief", "kazakhstan-2022", "--format", "json"]),
        ("brief", ["brief", "kyrgyzstan-2010", "--format", "json", "--lang", "ru"]),
    ],
)
def test_answers_have_the_shape_of_their_schemas(schema: str, arguments: list[str]) -> None:
    found = run(*arguments, *([] if arguments[0] == "brief" else ["--json"]))
    assert found.exit_code == 0, found.output
    jsonschema.validate(json.loads(found.stdout), SCHEMAS[schema])


def test_the_shipped_schemas_are_current() -> None:
    shipped = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in SHIPPED.glob("*.json")}
    assert shipped == json.loads(json.dumps(SCHEMAS)), "run: python tools/schemas.py"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert json.loads(run("schema", name).stdout) == SCHEMAS[name]


def test_documented_keys_are_there() -> None:
    """The keys that others build on."""
    pact = json.loads(run("pact", "csto", "--json").stdout)
    assert {"id", "names", "instruments", "parties", "provisions"} <= set(pact)
    assert {"state", "status", "signed", "from", "until", "sources"} <= set(pact["parties"][0])
    assert {"article", "version", "from", "until", "kind", "strength", "when", "procedure", "gloss", "sources"} <= set(pact["provisions"][0])
    owes = json.loads(run("owes", "KAZ", "--on", "2022-01-05", "--json").stdout)
    assert {"pact", "article", "version", "obligor", "obligee", "kind", "strength", "standing", "condition", "hinges", "sources"} <= set(owes[0])
    case = json.loads(run("case", "kazakhstan-2022", "--json").stdout)
    assert {"id", "title", "target", "events", "accounts", "claims", "findings", "forces"} <= set(case)
    assert {"pact", "article", "version", "account", "condition", "standing", "hinges", "sources"} <= set(case["findings"][0])


@pytest.mark.parametrize(
    "arguments",
    [
        ["pact", "csto"],
        ["pact", "warsaw-pact", "--on", "1960-01-01"],
        ["pacts", "--on", "1970-01-01"],
        ["pacts", "--state", "Франция", "--on", "1970-01-01"],
        ["article", "csto", "4"],
        ["owes", "POL", "--on", "2022-11-16", "--attacked-by", "RUS"],
        ["case", "kazakhstan-2022"],
        ["case", "kazakhstan-2022", "--why", "csto/4"],
        ["case", "czechoslovakia-1968", "--why", "warsaw-pact/4"],
        ["compare", "csto", "nato"],
    ],
)
def test_answers_for_people_say_something(arguments: list[str]) -> None:
    found = run(*arguments)
    assert found.exit_code == 0, found.output
    assert len(found.stdout.splitlines()) >= 3


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["pact", "ctso"], "foedus: no pact 'ctso'. Did you mean 'csto'"),
        (
            ["article", "csto", "4", "--on", "1990-01-01"],
            "foedus: nothing of article 4 of csto was in force on 1990-01-01; it was from 1994-04-20 until today",
        ),
        (["owes", "KAZ", "--on", "2022-02-30"], "foedus: '2022-02-30' is no day. Write it as 2022-01-05"),
        (["owes", "KAZ", "--on", "2022-01-05", "--facts", "armed_attack"], "foedus: 'armed_attack' is no fact. Write it as armed_attack=true"),
        (["owes", "KAZ", "--on", "2022-01-05", "--attacked-by", "RUS", "--facts", "by_state=false"], "foedus: an attack by a state makes 'by_state' true"),
        (["owes", "East Germany", "--on", "2022-01-05"], "foedus: East Germany was no state on 2022-01-05; it was one from"),
        (["brief", "kazakhstan-2022", "--format", "pdf"], "foedus: a PDF goes to a file. Name it with -o brief.pdf"),
        (["brief", "kazakhstan-2022", "-o", "/nowhere/at/all.html"], "foedus: /nowhere/at/all.html: cannot be written: No such file or directory"),
        (["case", "kazakhstan-2022", "--why", "csto/99"], "foedus: no article of csto '99'."),
        (["schema", "owe"], "foedus: no schema 'owe'. Did you mean 'owes'"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(arguments: list[str], line: str) -> None:
    found = run(*arguments)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert found.stderr.startswith(line)
    assert len(found.stderr.splitlines()) == 1


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "brief.html"
    target.write_text("the old one")
    found = run("brief", "kazakhstan-2099", "-o", str(target))
    assert found.exit_code == 2
    assert target.read_text() == "the old one"
    assert os.listdir(tmp_path) == ["brief.html"]


@pytest.mark.parametrize("ending", ["html", "md", "json", "pdf", "txt"])
def test_the_ending_chooses_the_format(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"brief.{ending}"
    assert run("brief", "kazakhstan-2022", "-o", str(target)).exit_code == 0
    begins = {"html": b"<!doctype html>", "md": b"# Kazakhstan", "json": b"{", "pdf": b"%PDF", "txt": b"Kazakhstan, January 2022\n==="}[ending]
    assert target.read_bytes().startswith(begins)


def test_the_module_is_the_command() -> None:
    found = subprocess.run([sys.executable, "-m", "foedus", "--version"], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("foedus, version ")

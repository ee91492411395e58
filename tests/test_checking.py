"""A press piece held against the library, and a case opened from one. The samples are our own words."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from foedus import snapshot
from foedus.answers import schemas
from foedus.briefs import document, paths, support
from foedus.checking import check, opening, output, recognise, rules
from foedus.cli import main
from foedus.compiling import gather
from foedus.errors import InputError
from foedus.press import read

SEED = Path(__file__).parents[2] / "shared" / "seed" / "kazakhstan-2022.ar.txt"

ENGLISH = """Troops for Kazakhstan

The Collective Security Treaty, signed in 1992, turns thirty years since it was signed, and for the first time a member of the
Collective Security Treaty Organization has asked the others for help. The Organization became an observer at the United Nations in 2002.

Armenia's prime minister said on 6 January 2022 that the Collective Security Treaty Organization would send 2,500 peacekeepers to Kazakhstan under
article 4 of the Collective Security Treaty.

An official in Kazakhstan said that the troops would only guard state facilities.

It may be too early to know what this means.
"""

RUSSIAN = """Миротворцы в Казахстане

Договор о коллективной безопасности был подписан в 1992 году. Казахстан впервые обратился за помощью к ОДКБ: раньше о помощи в ОДКБ не просил никто.

6 января 2022 года ОДКБ решила направить в Казахстан 2500 миротворцев по статье 4 Договора о коллективной безопасности.
"""

NATO = """Finland joined NATO in 2023. Sweden joined NATO in 2021. An attack on one ally of NATO is an attack on all."""


def by_rule(text: str, **options: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in check(text, **options)["statements"]:
        found.setdefault(item["rule"], []).append(item["status"])
    return found


def test_an_english_piece() -> None:
    answer = check(ENGLISH, published="2022-01-07")
    assert answer["case"] == "kazakhstan-2022"
    found = by_rule(ENGLISH, published="2022-01-07")
    assert found["first time"] == ["refuted"]
    assert found["observer"] == ["imprecise"]
    assert found["strength"] == ["imprecise"]
    assert found["article named"] == ["supported"]
    assert found["mandate"] == ["imprecise"]
    assert found["years since"] == ["imprecise"]
    assert "not checkable" in found["no rule applies"]


def test_a_russian_piece() -> None:
    found = by_rule(RUSSIAN, published="2022-01-07")
    assert found["signed"] == ["supported"]
    assert found["first time"][0] == "refuted"
    assert found["strength"] == ["imprecise"]
    assert found["article named"] == ["supported"]


def test_membership_by_the_year() -> None:
    found = by_rule(NATO, published="2024-06-01")
    assert found["membership"] == ["supported", "refuted"]
    assert found["one for all"] == ["supported"]


def test_the_seed() -> None:
    if not SEED.exists():
        pytest.skip("the seed piece is not beside this checkout")
    answer = check(SEED.read_text(encoding="utf-8"))
    found = {(item["rule"], item["status"]) for item in answer["statements"]}
    assert answer["case"] == "kazakhstan-2022"
    assert ("first time", "refuted") in found
    assert {("observer", "imprecise"), ("years since", "imprecise"), ("strength", "imprecise"), ("mandate", "imprecise")} <= found
    strength = next(item for item in answer["statements"] if item["rule"] == "strength")
    assert "2,500" in strength["says"].replace("٬", ",")
    assert "2,030" in strength["says"]
    assert any(item["status"] == "unverified" for item in answer["statements"])


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_what_the_check_says_is_the_librarys_word(lang: str) -> None:
    answer = check(ENGLISH, published="2022-01-07", answer_in=lang)
    jsonschema.validate(answer, schemas()["check"])
    for item in answer["statements"]:
        start, end = item["span"]
        assert ENGLISH[start:end] == item["quote"]
        assert start <= item["marked"][0] < item["marked"][1] <= end
        for slot in item["slots"].values():
            paths.value(slot["path"])
        if item["status"] in ("supported", "refuted", "imprecise"):
            assert item["sources"], item["rule"]


def test_where_the_library_is_silent_it_says_so() -> None:
    answer = check("Ruritania has 12,345 soldiers in Poland, an official of NATO said on 3 May 2021.", published="2021-05-04")
    assert [item["status"] for item in answer["statements"]] == ["unverified"]


def test_a_piece_of_another_time_is_about_no_case() -> None:
    assert recognise(read("Kazakhstan chairs a CSTO summit in Astana, Kazakhstan said.", published="2025-11-27")) is None
    assert recognise(read("Kazakhstan asks the CSTO for troops.", published="2022-01-06")) == "kazakhstan-2022"


def test_the_page_marks_the_piece() -> None:
    answer = check(ENGLISH, published="2022-01-07")
    page = output.page(answer, ENGLISH)
    assert re.search(r'<mark class="imprecise">2,500 peacekeepers?</mark>', page)
    assert 'class="note refuted"' in page
    assert "<script" not in page
    escaped = output.page(check("<b>NATO</b> & Poland agreed in 1999, officials said.", lang="en"), "<b>NATO</b> & Poland agreed in 1999, officials said.")
    assert "<b>NATO" not in escaped


def test_every_rule_is_tried_above() -> None:
    tried = set(by_rule(ENGLISH, published="2022-01-07")) | set(by_rule(NATO, published="2024-06-01")) | set(by_rule(RUSSIAN, published="2022-01-07"))
    assert len(tried) >= 9
    assert len(rules.RULES) == 11


# ---- a case from a piece --------------------------------------------------------------------------------------------


def test_a_piece_joins_the_case_it_is_about() -> None:
    piece = ENGLISH + "\nThere is no evidence of any foreign involvement.\n"
    record = opening.open_piece(piece, "sample.txt", published="2022-01-07")
    assert record["id"].startswith("kazakhstan-2022-with-piece-")
    brief = document.write(record["id"])
    assert support.problems(brief.to_json()) == []
    assert any("“The piece”" in line.text for line in brief.lines())
    account = next(row for row in brief.case.accounts if row.id == "piece")
    assert account.facts["by_foreign_group"] is False
    assert snapshot.record("case", "kazakhstan-2022")["accounts"][-1]["id"] != "piece"


NEW = """North Korea turns to Russia

North Korea asked Russia for help on 3 March 2026 under article 4 of the Comprehensive Strategic Partnership Treaty between Russia and North Korea.
Russia said it would send 500 soldiers.
"""


def test_where_no_case_fits_a_new_one_is_opened_and_saved(tmp_path: Path) -> None:
    record = opening.open_piece(NEW, "sample.txt", published="2026-03-05")
    assert record["machine_read"] is True
    assert record["pacts"] == ["russia-dprk-2024"]
    assert record["target"] == "PRK"
    assert support.problems(document.write(record["id"]).to_json()) == []
    for name, content in opening.as_files(record).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    here = [str(error) for error in gather(tmp_path).errors]
    assert not [error for error in here if "cannot be" in error or "missing" in error or "no key" in error or "written without quotes" in error], here


@pytest.mark.parametrize(
    ("piece", "published", "words"),
    [
        ("", None, "empty"),
        ("The weather in Paris is fine today, and the football was better still, people said.", "2024-01-01", "names no pact"),
        ("NATO and Poland agree, Poland said after it had asked NATO for help.", None, "Say when it was published"),
    ],
)
def test_a_piece_that_opens_nothing_is_refused(piece: str, published: str | None, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        opening.open_piece(piece, "sample.txt", published=published)
    assert "\n" not in str(caught.value)


def test_the_shell_reads_checks_and_briefs_a_piece(tmp_path: Path) -> None:
    piece = tmp_path / "piece.txt"
    piece.write_text(ENGLISH, encoding="utf-8")
    run = CliRunner().invoke
    said = run(main, ["read", str(piece), "--published", "2022-01-07", "--json"])
    jsonschema.validate(json.loads(said.stdout), schemas()["read"])
    assert run(main, ["read", str(piece)]).exit_code == 0
    checked = run(main, ["check", str(piece), "--published", "2022-01-07", "--json"])
    jsonschema.validate(json.loads(checked.stdout), schemas()["check"])
    assert "[refuted]" in run(main, ["check", str(piece), "--published", "2022-01-07"]).stdout
    assert run(main, ["check", str(piece), "-o", str(tmp_path / "check.html")]).exit_code == 0
    saved = run(main, ["brief", str(piece), "--published", "2022-01-07", "--save-case", str(tmp_path / "mine"), "-o", str(tmp_path / "brief.txt")])
    assert saved.exit_code == 0, saved.stderr
    assert len(list((tmp_path / "mine").rglob("*.yaml"))) == 2
    empty = run(main, ["check", "-"], input="")
    assert (empty.exit_code, len(empty.stderr.splitlines())) == (2, 1)

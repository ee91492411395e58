"""Alignment, who must help, and pictures: printed figures from the data of others, the library's own pacts, and what a reader sees."""

import json
from pathlib import Path

import polars
import pytest
from click.testing import CliRunner

import foedus
from foedus import verbs
from foedus.briefs import charting, charts, pictures
from foedus.cli import main
from foedus.errors import InputError
from foedus.panels import balance, mapping, triads

PRINTED = {(2, 200): (0.5521, 0.4457), (365, 705): (0.7915, 0.7072), (705, 710): (0.6957, 0.3961), (2, 705): (0.2718, 0.1442)}


@pytest.mark.usefixtures("store")
def test_similarity_of_2018_is_what_atop_gives() -> None:
    table = foedus.alignments(2018, 2018, source="atop")
    found = {(row["ccode1"], row["ccode2"]): (round(row["s"], 4), round(row["kappa"], 4)) for row in table.to_dicts()}
    assert {pair: found[pair] for pair in PRINTED} == PRINTED
    assert table.height == 195 * 194 // 2


@pytest.mark.usefixtures("store")
def test_alignment_stands_beside_a_users_rows() -> None:
    mine = polars.DataFrame({"ccode1": [705, 365, 705], "ccode2": [365, 705, 365], "year": [2018, 2018, 2020], "mine": [1, 2, 3]})
    rows = foedus.add_alignment(mine, measures=("s",)).to_dicts()
    assert [row["mine"] for row in rows] == [1, 2, 3]
    assert [row["alignment_s"] and round(row["alignment_s"], 4) for row in rows] == [0.7915, 0.7915, None]
    assert [row["alignment_missing"] for row in rows] == [None, None, "outside coverage"]


@pytest.mark.usefixtures("store")
def test_align_gives_every_source_and_says_where_it_ends() -> None:
    rows = foedus.align("KAZ", ["RUS", "CHN"], 2017, 2020)
    assert [row["source"] for row in rows if row["other"] == "RUS"] == [source for source in ("library", "atop", "votes") for _ in range(4)]
    cells = {(row["source"], row["year"], row["other"]): row for row in rows}
    assert round(cells["atop", 2018, "RUS"]["s"], 4) == 0.7915
    assert [cells["atop", year, "RUS"]["missing"] for year in (2018, 2019)] == [None, "outside coverage"]
    assert [cells["votes", year, "CHN"]["missing"] for year in (2019, 2020)] == [None, "outside coverage"]
    assert cells["votes", 2018, "CHN"]["partners"] > 50


@pytest.mark.usefixtures("store")
def test_the_parts_of_a_real_change_sum_to_it() -> None:
    days = "1996-01-01", "2018-06-01"
    parts = balance.align_change("KAZ", "CHN", *days, source="atop")
    table = foedus.alignments(0, 0, "atop", ("s",), on=days).filter((polars.col("ccode1") == 705) & (polars.col("ccode2") == 710)).sort("date")
    before, after = table["s"]
    assert abs(sum(row["part"] for row in parts) - (after - before)) < 1e-9
    with pytest.raises(InputError, match="outside the coverage"):
        balance.align_change("KAZ", "CHN", "1996-01-01", "2020-01-01", source="atop")


def test_the_library_alone_gives_alignment() -> None:
    rows = foedus.align("KAZ", ["RUS", "USA"], 1990, 1995, sources=["library"])
    assert {row["year"]: row["missing"] for row in rows if row["other"] == "RUS"}[1990].startswith("no such state in the source: KAZ")
    of_1995 = {row["other"]: row["s"] for row in rows if row["year"] == 1995}
    assert of_1995["RUS"] > of_1995["USA"]


# ---- who must help ---------------------------------------------------------------------------------------------------


def test_members_of_the_csto_are_bound_to_armenia_and_not_to_azerbaijan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path))
    bound = {row["state"]: row for row in foedus.obliged("AZE", "ARM", "2022-09-13")}
    assert {state for state, row in bound.items() if row["bound"] == "unconditionally"} == {"BLR", "KAZ", "KGZ", "RUS", "TJK"}
    assert bound["RUS"]["pacts"] == ["csto", "russia-armenia"]
    assert "csto" not in {pact for row in foedus.obliged("ARM", "AZE", "2022-09-13") for pact in row["pacts"]}
    assert all(row["cinc"] is None and row["cinc_missing"] for row in bound.values())


def test_uzbekistan_had_left() -> None:
    assert "csto" not in {pact for row in foedus.obliged("AFG", "UZB", "2018-06-01") for pact in row["pacts"]}
    assert "csto" in {pact for row in foedus.obliged("AFG", "UZB", "2010-06-01") for pact in row["pacts"]}


def test_a_fellow_member_that_attacks_leaves_the_alliance_open() -> None:
    bound = {row["state"]: row for row in foedus.obliged("TUR", "GRC", "2020-08-01")}
    assert bound["USA"]["bound"] == "conditionally"
    assert bound["USA"]["asks"] == ["attack_excludes_fellow_party"]
    assert bound["AUT"]["pacts"] == ["eu"]
    outward = {row["state"]: row["bound"] for row in foedus.obliged("RUS", "GRC", "2020-08-01")}
    assert outward["USA"] == "unconditionally"


@pytest.mark.parametrize(("attacker", "target", "day"), [("RUS", "POL", "2022-03-01"), ("AZE", "ARM", "2022-09-13"), ("IRQ", "KWT", "1990-08-02")])
def test_who_is_bound_without_condition_is_owing_as_findings_have_it(attacker: str, target: str, day: str) -> None:
    owed = {
        row["obligor"]
        for row in verbs.owes(target, day, [attacker], {"security_council_acted": False})
        if row["kind"] == "defense" and row["standing"] == "owed"
    }
    bound = {row["state"] for row in foedus.obliged(attacker, target, day) if row["bound"] == "unconditionally"}
    assert bound == owed


def test_a_pact_that_also_forbids_it_binds_only_conditionally() -> None:
    egypt = next(row for row in foedus.obliged("IRQ", "KWT", "1990-08-02") if row["state"] == "EGY")
    assert (egypt["bound"], egypt["pacts"], egypt["at_odds"]) == ("conditionally", ["arab-joint-defence"], ["arab-joint-defence/1/peaceful-settlement"])


def test_the_triad_table_of_a_day_counts_those_that_obliged_names() -> None:
    table = {(row["attacker"], row["target"]): row for row in foedus.triads(on="2022-03-01").to_dicts()}
    for (attacker, one), (target, two) in ((("RUS", 365), ("POL", 290)), (("AZE", 373), ("ARM", 371)), (("TUR", 640), ("GRC", 350))):
        rows = foedus.obliged(attacker, target, "2022-03-01")
        counted = [sum(row["bound"] == word for row in rows) for word in ("unconditionally", "conditionally", "consultation only")]
        assert [table[one, two][name] for name in triads.COUNTS] == counted


@pytest.mark.usefixtures("store")
def test_the_capabilities_of_the_bound_are_summed() -> None:
    rows = foedus.obliged("RUS", "POL", "2015-02-24", source="atop")
    found = foedus.triads(on="2015-02-24", source="atop").filter((polars.col("attacker") == 365) & (polars.col("target") == 290)).row(0, named=True)
    for name, word in zip(triads.SUMS, ("unconditionally", "conditionally", "consultation only")):
        assert found[name] == pytest.approx(sum(row["cinc"] for row in rows if row["bound"] == word))
    with pytest.raises(InputError, match="not known, not nothing"):
        foedus.obliged("RUS", "POL", "2020-02-24", source="atop")


# ---- pictures --------------------------------------------------------------------------------------------------------


def test_a_map_colours_ground_by_the_state_of_the_day_and_names_what_it_cannot_draw() -> None:
    assert [mapping.shape_owner("KAZ", day) for day in ("1980-01-01", "2000-01-01")] == ["SUN", "KAZ"]
    rows = mapping.toward("SUN", "1980-01-01")
    spec, lacking = charts.obligations_map("SUN", "1980-01-01", rows)
    shapes = {shape.get("id"): shape["properties"]["role"] for shape in spec["layer"][1]["data"]["values"]["objects"]["countries"]["geometries"]}
    assert shapes["KAZ"] == shapes["RUS"] == "the state concerned"
    assert shapes["POL"] == "active help"
    assert "DDR" in lacking


def test_a_strip_has_a_bar_a_direction_kind_and_stretch() -> None:
    rows = mapping.strip("RUS", "POL")
    defence = [row for row in rows if row["obligor"] == "RUS" and row["kind"] == "defense"]
    # In the League until its expulsion, then under the treaty of 1945 and the Warsaw Pact; the Soviet Union is one with Russia here.
    assert [(row["start"], row["until"]) for row in defence] == [("1934-09-18", "1939-12-14"), ("1945-04-21", "1991-12-26")]
    assert [row["pacts"] for row in defence] == [["league-covenant"], ["soviet-polish", "warsaw-pact"]]
    assert charts.strip(rows, "2026-12-31")["data"]["values"][0]["line"].startswith("Russia to Poland")


@pytest.mark.parametrize("ending", [".png", ".svg", ".html"])
def test_pictures_are_drawn_with_their_table(ending: str, tmp_path: Path) -> None:
    for words in (["map", "KAZ", "--on", "2022-01-05"], ["network", "--on", "1960-01-01", "--on", "2015-01-01"], ["strip", "KAZ", "RUS"]):
        target = tmp_path / f"{words[0]}{ending}"
        found = CliRunner().invoke(main, ["draw", *words, "-o", str(target)])
        assert found.exit_code == 0, found.output
        assert "csto" in found.stdout
        content = target.read_bytes()
        assert content.startswith({".png": b"\x89PNG", ".svg": b"<svg", ".html": b"<!doctype html>"}[ending])
        if ending == ".html":
            assert b"<table>" in content
            assert b"csto" in content
            assert b"http://" not in content.replace(b"http://www.w3.org", b"")


@pytest.mark.parametrize(("lang", "name", "defence"), [("ar", "كازاخستان", "دفاع"), ("ru", "Казахстан", "оборона")])
def test_pictures_speak_the_readers_language(lang: str, name: str, defence: str, tmp_path: Path) -> None:
    for words in (["map", "KAZ", "--on", "2022-01-05"], ["network", "--on", "1960-01-01"], ["strip", "KAZ", "RUS"]):
        target = tmp_path / f"{words[0]}.html"
        found = CliRunner().invoke(main, ["draw", *words, "--lang", lang, "-o", str(target)])
        assert found.exit_code == 0, found.output
        content = target.read_text(encoding="utf-8")
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in content
        drawn = content[content.index("<svg") : content.index("</svg>")]
        for english in ("owes", "active help", "condition", "pairs", "Kazakhstan"):
            assert english not in drawn, words
        if words[0] != "network":
            assert name in drawn
    spec = charts.strip(mapping.strip("KAZ", "RUS"), "2026-12-31", lang)
    assert defence in spec["data"]["values"][0]["line"]
    drawn = pictures.svg(spec)
    assert all(row["how"] in drawn for row in spec["data"]["values"]), "the legend says what a dashed bar is"
    assert spec["encoding"]["x"]["scale"]["reverse"] == (lang == "ar")


def test_bad_pictures_are_one_line(tmp_path: Path) -> None:
    for words, said in (
        (["draw", "map", "KAZ", "--on", "1980-01-01", "-o", "x.svg"], "was no state on 1980-01-01"),
        (["draw", "strip", "KAZ", "RUS", "-o", "x.gif"], "Known: .png, .svg, .html"),
        (["align", "KAZ", "KAZ"], "each once"),
        (["align", "KAZ", "RUS", "--measure", "kapa"], "Did you mean 'kappa'?"),
        (["panel", "triads"], "name the years"),
    ):
        found = CliRunner().invoke(main, words)
        assert found.exit_code == 2
        assert said in found.stderr
        assert found.stderr.count("\n") == 1


def test_the_specifications_are_vega_lite_that_draws(tmp_path: Path) -> None:
    rows = foedus.align("KAZ", ["RUS", "USA"], 1995, 2005, sources=["library"])
    spec = charts.alignment(rows, "kappa")
    assert json.loads(json.dumps(spec)) == spec
    charting.write(str(tmp_path / "lines.svg"), spec, "Lines", rows, [])
    drawn = (tmp_path / "lines.svg").read_text()
    assert "Russia" in drawn
    assert "United States" in drawn

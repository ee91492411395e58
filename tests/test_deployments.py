"""Forces abroad: the register, its measures, and that nothing later than the day asked leaks."""

import datetime
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import foedus
from foedus import snapshot, verbs
from foedus.briefs import composing, document, support
from foedus.cli import main
from foedus.deployments import amounting, density, features, likeness, listing, mandate, outlook, precedents, register, staying, stays, tempo
from foedus.errors import InputError
from foedus.measures import compliance

Row = dict[str, Any]
CASES = snapshot.ids("case")


# ---- the register -----------------------------------------------------------------------------------------------------


def test_the_register_is_as_large_and_as_varied_as_it_says() -> None:
    rows = list(register.forces().values())
    under = [row["under"] for row in rows]
    leads = [row["lead"] for row in rows]
    assert len(rows) >= 320
    assert len(register.refusals()) >= 40
    assert sum(features.flag(word) == "pact" for word in under) >= 60
    assert sum(lead in ("RUS", "SUN") for lead in leads) >= 50
    assert leads.count("USA") >= 40
    assert leads.count("FRA") >= 25
    assert under.count("un") >= 50


def cited(value: Any) -> Iterator[tuple[str, Row]]:
    """Every part of a record that must have its own sources."""
    if isinstance(value, dict):
        for key in ("start", "end", "present_on", "request", "decision", "full_strength"):
            if value.get(key):
                yield key, value[key]
        for key in ("strengths", "tasks", "bases", "left"):
            yield from ((key, row) for row in value.get(key) or [])


def test_no_cell_is_without_a_source() -> None:
    for name, row in snapshot.records("deployment").items():
        for key, part in cited(row):
            assert part["sources"], (name, key)
        assert row["trigger_sources"], name
        assert (row["consent"]["value"] == "unknown") == (not row["consent"]["sources"]), name
        for key in ("start", "end"):
            if row[key]:
                assert len({cite["source"] for cite in row[key]["sources"]}) >= 2, (name, key)


def test_no_two_entries_are_the_same_force() -> None:
    seen: dict[tuple[Any, ...], str] = {}
    for name, row in snapshot.records("deployment").items():
        key = (row["host"], row["senders"][0], row["under"], row["start"]["on"], row["names"]["en"])
        assert key not in seen, (name, seen[key])
        seen[key] = name


# ---- Kazakhstan -------------------------------------------------------------------------------------------------------


def test_what_two_and_a_half_thousand_amount_to() -> None:
    found = verbs.force("kazakhstan-2022")
    announced, deployed = found["densities"]
    assert (announced["people"], deployed["people"]) == (2500, 2030)
    assert announced["per_1000"]["value"] == 0.13
    assert announced["per_1000_km2"]["value"] == 0.92
    place = announced["place_per_1000"]
    assert 1 <= place["rank"] <= place["all"] == place["n"] + 1
    assert place["n"] >= 150
    assert place["low"] < place["below"] < place["high"]
    steps = {row["step"]: row["days"] for row in found["tempo"]}
    assert steps["start-end"] == 13
    assert steps["start-full_strength"] == 3
    assert found["stay"]["days"] == 13
    assert len(found["rules"]) >= 5
    assert any(rule["critic"] for rule in found["rules"])
    assert len({(rule["low"], rule["high"]) for rule in found["rules"]}) >= 4, "the rules disagree"


def test_the_class_of_the_force_in_kazakhstan() -> None:
    found = verbs.force("kazakhstan-2022", "2022-01-07")["outlook"]
    assert found["n"] >= 12
    assert found["dropped"], "widened, and it says so"
    assert sum(row["count"] for row in found["chances"]) == found["n"]
    assert sum(row["mean"] for row in found["chances"]) == pytest.approx(1)
    assert found["day"] == 1
    shares = [row["share"] for row in found["ahead"]]
    assert shares == sorted(shares, reverse=True)


def test_the_wordings_of_the_mandate_differ() -> None:
    rows = {row["id"]: row for row in mandate.table(snapshot.record("case", "kazakhstan-2022"))}
    secretariat, official = rows["secretariat-guard-and-assist"], rows["abaev-narrow"]
    assert {task["task"] for task in secretariat["tasks"]} > {task["task"] for task in official["tasks"]}
    helped = [{"task": "restore_order", "modality": "assist", "done": True}]
    assert compliance.status(secretariat, helped) == "within"
    assert compliance.status(official, helped) == "outside"
    assert compliance.status(official, []) == "unknown"


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        ({"task": "guard_sites", "modality": "secure", "done": True}, "within"),
        ({"task": "guard_sites", "modality": "monitor", "done": True}, "within"),
        ({"task": "restore_order", "modality": "secure", "done": True}, "outside"),
        ({"task": "fight_rebels", "modality": "assist", "done": True}, "outside"),
        ({"task": "fight_rebels", "modality": "secure", "done": False}, "unknown"),
    ],
)
def test_conduct_against_a_mandate(deed: Row, expected: str) -> None:
    wording = {"tasks": [{"task": "guard_sites", "modality": "secure"}, {"task": "restore_order", "modality": "assist"}], "limits": ["fight_rebels"]}
    assert compliance.status(wording, [deed]) == expected


def test_a_wording_without_tasks_says_nothing() -> None:
    assert compliance.status({"tasks": [], "limits": []}, [{"task": "police", "modality": "secure", "done": True}]) == "unknown"


# ---- what was known ---------------------------------------------------------------------------------------------------


def days_in(value: Any, key: str = "") -> Iterator[str]:
    """Every day that an answer states, but for the days on which sources were read or figures of hosts are of."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in ("sources", "disputed", "area", "population", "trigger_sources"):
                yield from days_in(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from days_in(part, key)
    elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        yield value


def random_days(count: int, seed: int = 1992) -> list[str]:
    draw = random.Random(seed)
    first = datetime.date(1960, 1, 1)
    return sorted((first + datetime.timedelta(days=draw.randrange(24_400))).isoformat() for _ in range(count))


def test_nothing_later_leaks_on_two_hundred_days() -> None:
    for known in random_days(200):
        for row in listing.forces(known):
            assert row["from"] <= known, (known, row["id"])
            assert row["until"] is None or row["until"] <= known
            assert row["seen"] is None or row["seen"] <= known
        for row in register.forces(known).values():
            plain = {key: value for key, value in row.items() if key not in ("start", "decision", "request")}
            late = [day for day in days_in(plain) if day > known]
            assert late == [], (known, row["id"], late)
        for row in listing.refusals(known):
            assert row["on"] <= known
        for case_id in CASES:
            found = amounting.of_case(case_id, known, known)
            if found is not None:
                assert [day for day in days_in(found) if day > known] == [], (known, case_id)


@pytest.mark.parametrize("case_id", CASES)
def test_no_brief_knows_more_than_its_day(case_id: str) -> None:
    """The sentences that rest on the register, for days from before the case to long after it."""
    first = min(event["on"] for event in snapshot.record("case", case_id)["events"])
    start = datetime.date.fromisoformat(first)
    for after in (0, 1, 3, 10, 40, 400, 4000):
        known = (start + datetime.timedelta(days=after)).isoformat()
        case = composing.open_case(case_id, None, known)
        written = document.say(case, "en", composing.compose_force(case))
        for line in written.lines():
            years = [int(word) for word in re.findall(r"\b(?:19|20)\d\d\b", line.text)]
            assert all(year <= start.year + after // 365 + 1 for year in years), line.text
        assert support.problems(written.to_json()) == []


def test_the_end_of_a_stay_is_not_known_before_it() -> None:
    name = next(name for name, row in snapshot.records("deployment").items() if row["case"] == "kazakhstan-2022")
    before, after = register.force(name, "2022-01-12"), register.force(name, "2022-01-19")
    assert before["end"] is None
    assert before["present_on"]["on"] == "2022-01-12"
    assert not stays.stay(before).ended
    assert stays.stay(before).days == 6
    assert stays.stay(after).days == 13
    with pytest.raises(InputError, match="was not there by 2022-01-05"):
        register.force(name, "2022-01-05")


# ---- bad input: a clear line and no number ----------------------------------------------------------------------------


def force(**changes: Any) -> Row:
    """A force of no register, to put through the measures."""
    dated = {"on": "2000-01-01", "precision": "day", "disputed": [], "sources": [{"source": "x", "at": "y"}]}
    base: Row = {
        "id": "made-for-the-test", "lead": "RUS", "names": {"en": "Made for the test", "ar": "للاختبار", "ru": "Для проверки"}, "host": "KAZ", "senders": ["RUS"],
        "under": "national", "trigger": "internal", "consent": {"value": "yes", "sources": []}, "request": None, "decision": None, "strengths": [], "tasks": [],
        "start": dated, "full_strength": None, "end": {**dated, "on": "2000-03-01", "how": "withdrawn"}, "present_on": None, "left": [], "case": None,
    }  # fmt: skip
    return base | changes


def test_a_force_without_a_strength_has_no_density() -> None:
    assert density.densities(force(), register.forces()) == []
    assert register.strength(force()) is None
    assert features.of_force(force())["people"] is None


def test_a_host_without_people_for_that_year_has_no_density() -> None:
    figure = {
        "status": "deployed",
        "sender": None,
        "value": 100,
        "low": None,
        "high": None,
        "qualifier": "about",
        "on": "1800-01-01",
        "precision": "day",
        "sources": [],
    }
    [row] = density.densities(force(strengths=[figure]), register.forces())
    assert row["per_1000"] is None
    assert row["place_per_1000"] is None
    [nowhere] = density.densities(force(host="ATA", strengths=[figure]), register.forces())
    assert (nowhere["per_1000"], nowhere["per_1000_km2"]) == (None, None)


def test_a_class_of_fewer_than_five_gives_no_number() -> None:
    few = dict(list(register.forces().items())[:4])
    found = outlook.outlook(force(), few, "2000-02-01")
    assert (found["chances"], found["ahead"], found["median"]) == (None, None, None)
    [group] = [row for row in staying.groups(list(few), None) if row["group"] == "all"]
    assert group["median"] is None
    assert group["after_365"] is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["force", "armenia-2021"], "no force of 'armenia-2021' stands in the register. What was asked for instead: foedus precedents armenia-2021"),
        (["force", "kazakhstan-2022", "--known", "2022-01-05"], "no force of 'kazakhstan-2022' stands in the register by 2022-01-05"),
        (["force", "kazakstan-2022"], "no case 'kazakstan-2022'. Did you mean 'kazakhstan-2022'"),
        (["forces", "--under", "natto"], "no under 'natto'. Did you mean 'nato'"),
        (["forces", "--host", "Kazakhstn"], "Did you mean"),
        (["forces", "--by", "flag"], "--by and --fits go with --stay"),
        (["forces", "--stay", "--by", "colour"], "no feature 'colour'"),
        (["forces", "--stay", "--fits", "--under", "csto"], "stays are too few to fit a model to; it takes 30"),
    ],
)
def test_bad_input_is_one_clear_line(arguments: list[str], says: str) -> None:
    found = CliRunner().invoke(main, arguments)
    assert found.exit_code == 2
    assert says in found.stderr
    assert found.stderr.count("\n") == 1


# ---- stays, tempo, features -------------------------------------------------------------------------------------------


def dated(on: str, precision: str = "day") -> Row:
    return {"on": on, "precision": precision, "disputed": [], "sources": []}


def test_days_known_only_to_their_month_or_year_leave_bounds() -> None:
    row = force(start=dated("2000-01-01", "year"), end={**dated("2002-06-01", "month"), "how": "replaced"})
    found = stays.stay(row)
    assert (found.low, found.high) == (517, 911)
    assert found.low <= found.days <= found.high
    assert found.cause == "replaced"


def test_a_force_that_was_there_before_the_register_is_followed_from_its_first_day() -> None:
    found = stays.stay(force(start=dated("1941-08-25"), end={**dated("1946-05-09"), "how": "withdrawn"}))
    assert found.entry == 1225
    assert found.days == 1718


def test_steps_need_both_days() -> None:
    row = force(decision=dated("1999-12-30"), request={**dated("1999-12-01", "month"), "by": "government"})
    assert tempo.spans(row) == {"decision-start": 2, "start-end": 60}


def test_every_stay_lies_within_its_bounds() -> None:
    for row in register.forces().values():
        found = stays.stay(row)
        assert 1 <= found.low <= found.days <= found.high, row["id"]
        assert found.entry < found.days


def test_the_distance_is_a_distance() -> None:
    rows = [features.of_force(row) for row in list(register.forces().values())[:40]]
    for one in rows[:10]:
        same = likeness.analogue(one, one)
        assert same.distance == pytest.approx(0.5 * _unknown_weight(same.unknown), abs=1e-4)
        for other in rows:
            there, back = likeness.analogue(one, other).distance, likeness.analogue(other, one).distance
            assert there == back
            assert 0 <= there <= 1


def _unknown_weight(names: tuple[str, ...]) -> float:
    weights = {name: row["weight"] for name, row in snapshot.records("feature").items()}
    return float(sum(weights[name] for name in names) / sum(weights.values()))


def test_precedents_come_before_and_refusals_are_among_them() -> None:
    rows = precedents.precedents("kazakhstan-2022")
    assert {row["kind"] for row in rows} == {"force", "refusal"}
    assert [row["distance"] for row in rows] == sorted(row["distance"] for row in rows)
    for row in rows:
        start = row["record"]["start"]["on"] if row["kind"] == "force" else row["record"]["on"]["on"]
        assert start < "2022-01-06"
    assert not any(set(row["matching"]) & set(row["differing"]) for row in rows)


def hand_made() -> dict[str, Row]:
    found: dict[str, Row] = yaml.safe_load((Path(__file__).parent / "deployments" / "rankings.yaml").read_text(encoding="utf-8"))["queries"]
    return found


def ranking(name: str) -> list[str]:
    """The ranking for a force or a refusal of the register, among what was earlier."""
    forces, refusals = register.forces(), register.refusals()
    asked = features.of_force(forces[name]) if name in forces else features.of_refusal(refusals[name])
    begins = forces[name]["start"]["on"] if name in forces else refusals[name]["on"]["on"]
    rows = [features.of_force(row) for row in forces.values() if row["start"]["on"] < begins]
    rows += [features.of_refusal(row) for row in refusals.values() if row["on"]["on"] < begins]
    return [one.id for one in likeness.ranked(asked, rows)]


def test_the_ranking_is_like_those_made_by_hand() -> None:
    """Thirty-seven queries; a ranking at random gains next to nothing."""
    queries = hand_made()
    assert len(queries) >= 20
    gains = {name: likeness.ndcg(ranking(name), row["grades"]) for name, row in queries.items()}
    mean = sum(gains.values()) / len(gains)
    draw = random.Random(1992)
    chance = sum(likeness.ndcg(draw.sample(found, len(found)), row["grades"]) for name, row in queries.items() for found in [ranking(name)]) / len(queries)
    assert mean >= 0.5, f"nDCG@5 {mean:.3f}; the least: {sorted(gains.items(), key=lambda item: item[1])[:5]}"
    assert chance < 0.15


def test_rankings_made_by_hand_name_what_was_earlier() -> None:
    for name, row in hand_made().items():
        assert set(row["grades"]) <= set(ranking(name)), name


# ---- doors ------------------------------------------------------------------------------------------------------------


def test_the_verbs_give_frames() -> None:
    forces = foedus.forces(under="csto")
    assert forces["id"].to_list() == ["kazakhstan-csto-2022"]
    assert foedus.forces(refused=True).height >= 40
    assert foedus.stays("consent").columns[:3] == ["group", "n", "ended"]
    assert foedus.precedents("kazakhstan-2022").height > 100
    assert foedus.force("kazakhstan-2022")["id"] == "kazakhstan-csto-2022"


def test_forces_of_a_day_were_there_on_it() -> None:
    rows = verbs.forces(on="1968-09-01", host="Czechoslovakia")
    assert rows
    assert all(row["from"] <= "1968-09-01" < (row["until"] or "9999") for row in rows)


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_the_force_alone_is_said_in_each_language(lang: str) -> None:
    found = CliRunner().invoke(main, ["force", "kazakhstan-2022", "--lang", lang, "--format", "json"])
    assert found.exit_code == 0, found.output
    written = json.loads(found.stdout)
    assert [section["id"] for section in written["sections"]] == ["force", "next"]
    assert support.problems(written) == []

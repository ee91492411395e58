"""The findings that the engine exists for: text versions, rival accounts, procedure, who owes whom."""

import itertools

import pytest

import foedus
from foedus import snapshot, verbs
from foedus.cases import accounts as told
from foedus.conditions.plain import holds
from foedus.errors import InputError
from foedus.findings.case_findings import findings
from foedus.findings.judging import standing
from foedus.law import parties, procedures, provisions


def on_article(case: str, pact: str, article: str, kind: str = "defense", **options: object) -> dict[str, tuple[str, str, str]]:
    """Account -> (text version, condition, standing) of the duty of that kind in an article."""
    rows = findings(snapshot.record("case", case), **options)  # type: ignore[arg-type]
    chosen = [row for row in rows if (row["pact"], row["article"], row["kind"]) == (pact, article, kind) and row["strength"].startswith("shall")]
    return {row["account"]: (row["version"], row["condition"], row["standing"]) for row in chosen}


def test_the_same_unrest_gets_another_verdict_under_another_text() -> None:
    """Unrest with no state behind it: outside the words of 1992; under those of 2010 it hangs on how they are read."""
    kyrgyzstan = on_article("kyrgyzstan-2010", "csto", "4")
    kazakhstan = on_article("kazakhstan-2022", "csto", "4")
    assert {version for version, _, _ in kyrgyzstan.values()} == {"1992"}
    assert {version for version, _, _ in kazakhstan.values()} == {"2010"}
    pact = snapshot.record("pact", "csto")
    rows = {row["id"]: row for row in provisions.flat(pact) if row["article"] == "4"}
    same = {"armed_attack": True, "stability_endangered": True, "requested": True, "by_state": False, "by_foreign_group": True}
    assert holds(rows["aid-1992"]["when"], same) is False
    assert holds(rows["aid-2010"]["when"], same) is True


def test_in_2022_the_verdict_depends_on_the_account() -> None:
    found = on_article("kazakhstan-2022", "csto", "4")
    assert found["kazakh-government"] == ("2010", "met", "owed")
    assert found["observers-no-foreign-hand"] == ("2010", "unmet", "not owed")
    assert found["elite-struggle"] == ("2010", "unknown", "undetermined")


def test_before_the_decision_the_duty_awaits_it() -> None:
    found = on_article("kazakhstan-2022", "csto", "4", on="2022-01-05", known="2022-01-05")
    assert found["kazakh-government"] == ("2010", "met", "awaits decision")


def test_nobody_had_asked_before_is_false() -> None:
    pact = snapshot.record("pact", "csto")
    earlier = {row["id"]: row["outcome"] for row in pact["invocations"] if row["on"] < "2022-01-05"}
    assert earlier["kyrgyzstan-2010"] == "declined"
    assert earlier["armenia-2021"] == "consulted"


def test_which_articles_were_named_and_by_whom() -> None:
    events = {row["id"]: row for row in verbs.case("kazakhstan-2022")["events"]}
    decisions = [row for row in events.values() if row["type"] == "decision" and row["on"] == "2022-01-06"]
    assert [row["articles"] for row in decisions] == [["4"]]
    request = next(row for row in events.values() if row["type"] == "request")
    assert request["articles"] == []  # Tokayev spoke of the treaty; no source has the letter


def test_nothing_said_later_leaks_into_an_earlier_day() -> None:
    for case_id in snapshot.ids("case"):
        case = snapshot.record("case", case_id)
        days = sorted({row["on"] for row in case["events"]})
        for known in days[:: max(1, len(days) // 4)]:
            answer = verbs.case(case_id, known)
            for key, day in (("events", "on"), ("claims", "said_on"), ("mandates", "said_on"), ("forces", "on"), ("consents", "on")):
                assert all(max(row[day], row.get("known") or "") <= known for row in answer[key]), (case_id, known, key)


def test_learning_more_never_reverses_a_settled_finding_of_an_account() -> None:
    """An account only gains claims as days pass: a fact it settled stays settled, so a settled condition does."""
    for case_id in snapshot.ids("case"):
        case = snapshot.record("case", case_id)
        days = sorted({row["said_on"] for row in case["claims"]} | {case["day"]})
        rows = [{(r["pact"], r["article"], r["provision"], r["account"]): r["condition"] for r in findings(case, known=known)} for known in days]
        for earlier, later in itertools.pairwise(rows):
            for key, word in earlier.items():
                if word in ("met", "unmet") and key in later:
                    assert later[key] in (word, "conflict"), (case_id, key)


def test_an_account_that_had_not_spoken_is_not_there() -> None:
    early = {row["id"] for row in verbs.case("kazakhstan-2022", known="2022-01-06")["accounts"]}
    assert "later-kazakh-record" not in early
    assert "kazakh-government" in early


def test_what_if_is_set_in_every_account() -> None:
    rows = verbs.case("kazakhstan-2022", assume={"armed_attack": False})["findings"]
    aid = {row["condition"] for row in rows if (row["pact"], row["article"], row["kind"]) == ("csto", "4", "defense")}
    assert aid == {"unmet"}


def test_a_proof_ends_in_sources_that_the_library_has() -> None:
    trees = verbs.proof("kazakhstan-2022", "csto", "4")
    leaves: list[dict[str, object]] = []

    def walk(node: dict[str, object]) -> None:
        for part in node.get("parts", []):  # type: ignore[attr-defined]
            walk(part)
        if "fact" in node:
            leaves.append(node)

    for tree in trees:
        walk(tree["condition"])
    cited = {cite["source"] for leaf in leaves for item in leaf["support"] for cite in item.get("sources", [])}  # type: ignore[attr-defined]
    assert cited
    assert cited <= set(snapshot.ids("source"))
    said = [item for leaf in leaves for item in leaf["support"] if item["kind"] == "claim"]  # type: ignore[attr-defined]
    assert all(item["speaker"] and item["on"] for item in said)


# ---- owing ----------------------------------------------------------------------------------------------------------


def duties(state: str, on: str, **options: object) -> set[tuple[str, str, str, str]]:
    return {(row["pact"], row["article"], row["obligor"], row["condition"]) for row in verbs.owes(state, on, **options) if row["kind"] == "defense"}  # type: ignore[arg-type]


def test_who_owed_kazakhstan_what() -> None:
    rows = verbs.owes("Казахстан", "2022-01-05")
    aid = [row for row in rows if (row["pact"], row["article"], row["kind"], row["strength"]) == ("csto", "4", "defense", "shall_assist")]
    assert {row["obligor"] for row in aid} == {"ARM", "BLR", "KGZ", "RUS", "TJK"}
    assert {row["version"] for row in aid} == {"2010"}
    assert {row["condition"] for row in aid} == {"unknown"}
    assert {row["standing"] for row in aid} == {"undetermined"}
    assert all(row["hinges"] for row in aid)


def test_an_attack_on_home_territory_by_a_state_engages_nato() -> None:
    rows = [
        row
        for row in verbs.owes("POL", "2022-11-16", attacked_by=["RUS"])
        if (row["pact"], row["article"]) == ("nato", "5") and row["strength"] == "shall_assist"
    ]
    assert {row["condition"] for row in rows} == {"met"}
    assert {row["standing"] for row in rows} == {"owed"}
    assert len({row["obligor"] for row in rows}) == 29


def test_a_member_attacked_outside_the_area_is_owed_nothing() -> None:
    facts = {"attack_in_treaty_area": False}
    rows = [row for row in verbs.owes("GBR", "1982-04-02", attacked_by=["ARG"], facts=facts) if (row["pact"], row["article"]) == ("nato", "5")]
    assert {row["condition"] for row in rows if row["strength"] == "shall_assist"} == {"unmet"}


def test_before_a_state_joined_nothing_is_owed_to_it() -> None:
    assert not [row for row in duties("FIN", "2023-04-03") if row[0] == "nato"]
    assert [row for row in duties("FIN", "2023-04-04") if row[0] == "nato"]


def test_a_freeze_is_not_an_exit_and_france_never_left() -> None:
    csto, nato = snapshot.record("pact", "csto"), snapshot.record("pact", "nato")
    armenia = next(party for party in csto["parties"] if party["state"] == "ARM")
    assert parties.status(armenia, "treaty", "2025-01-01") == "frozen"
    assert "ARM" in parties.members(csto, "2025-01-01")
    assert all("FRA" in parties.members(nato, f"{year}-07-01") for year in range(1950, 2025))


def test_uzbekistan_in_out_in_out() -> None:
    csto = snapshot.record("pact", "csto")
    days = {"1993-01-01": False, "1995-01-01": True, "2001-01-01": False, "2007-01-01": True, "2013-01-01": False}
    assert {day: "UZB" in parties.members(csto, day) for day in days} == days


@pytest.mark.parametrize(
    ("day", "count"),
    [("1950-01-01", 12), ("1983-01-01", 16), ("2000-01-01", 19), ("2005-01-01", 26), ("2010-01-01", 28), ("2021-01-01", 30), ("2024-03-07", 32)],
)
def test_natos_size(day: str, count: int) -> None:
    assert len(parties.members(snapshot.record("pact", "nato"), day)) == count


# ---- procedure ------------------------------------------------------------------------------------------------------


def rule(name: str, **more: object) -> dict[str, object]:
    return {"id": "x", "rule": name, "majority": None, "voters": "every_party", "veto": [], **more}


def union(*states: str) -> dict[str, object]:
    events = [{"what": "in_force", "on": "2000-01-01", "instrument": "t", "sources": []}]
    return {"id": "u", "main_instrument": "t", "parties": [{"state": state, "events": events} for state in states]}


def test_consensus_passes_with_all_and_is_blocked_by_one() -> None:
    found = procedures.decide(union("A", "B", "C"), rule("consensus"), {"A": True}, "A", "2001-01-01")
    assert (found["state"], found["can_pass"], found["can_block"]) == ("open", [["B", "C"]], [["B"], ["C"]])
    assert procedures.decide(union("A", "B", "C"), rule("consensus"), {"A": True, "B": False}, "A", "2001-01-01")["state"] == "blocked"


def test_the_party_concerned_does_not_count_where_the_rule_says_so() -> None:
    found = procedures.decide(union("A", "B", "C"), rule("consensus_minus_concerned"), {"B": True, "C": True}, "A", "2001-01-01")
    assert (found["state"], found["voters"]) == ("decided", ["B", "C"])


@pytest.mark.parametrize(("share", "needed"), [("2/3", 4), ("1/2", 4), ("3/5", 4), ("1/3", 2)])
def test_majorities_against_counting(share: str, needed: int) -> None:
    states = "ABCDEF"
    found = procedures.decide(union(*states), rule("majority", majority=share), {}, None, "2001-01-01")
    assert {frozenset(group) for group in found["can_pass"]} == {frozenset(group) for group in itertools.combinations(states, needed)}
    assert {frozenset(group) for group in found["can_block"]} == {frozenset(group) for group in itertools.combinations(states, len(states) - needed + 1)}


def test_a_veto_blocks_whatever_the_count() -> None:
    found = procedures.decide(union(*"ABCDE"), rule("majority", majority="1/2", veto=["A"]), {"B": True, "C": True, "D": True}, None, "2001-01-01")
    assert (found["state"], found["can_block"]) == ("open", [["A"]])


def test_met_is_not_decided() -> None:
    provision = {"strength": "shall_assist"}
    assert [standing(provision, "met", word) for word in (None, "decided", "open", "blocked")] == ["owed", "owed", "awaits decision", "not owed"]
    assert standing(provision, "unknown", "decided") == "undetermined"
    assert standing({"strength": "may"}, "met", None) == "not owed"


# ---- the Python door ------------------------------------------------------------------------------------------------


def test_the_public_verbs_give_tables() -> None:
    found = foedus.case("kazakhstan-2022").findings(known="2022-01-07")
    assert {"pact", "article", "account", "condition", "standing", "hinges", "sources"} <= set(found.columns)
    assert foedus.owes("KAZ", on="2022-01-05").height > 5
    assert foedus.pacts("KAZ", on="2022-01-05").height >= 3
    assert foedus.pact("csto")["id"] == "csto" == foedus.pact("ОДКБ")["id"] == foedus.article("csto", "4")["pact"]


def test_unknown_words_get_the_nearest_names() -> None:
    for call, words in [
        (lambda: foedus.case("kazakstan-2022"), "no case 'kazakstan-2022'. Did you mean 'kazakhstan-2022'"),
        (lambda: foedus.pact("ctso"), "no pact 'ctso'. Did you mean 'csto'"),
        (lambda: foedus.article("csto", "44"), "no article of csto '44'. Did you mean '4'"),
        (lambda: foedus.owes("KAZ", on="2022-01-05", facts={"armed_atack": True}), "no fact 'armed_atack'. Did you mean 'armed_attack'"),
        (lambda: foedus.owes("Kazakhstam", on="2022-01-05"), "no state 'Kazakhstam'. Did you mean 'Kazakhstan'"),
        (lambda: foedus.article("csto", "4", on="1990-01-01"), "nothing of article 4 of csto was in force on 1990-01-01; it was from 1994-04-20 until"),
    ]:
        with pytest.raises(InputError) as caught:
            call()
        assert str(caught.value).startswith(words)


def test_contested_facts_are_those_on_which_accounts_differ() -> None:
    rows = told.accounts(snapshot.record("case", "kazakhstan-2022"))
    assert {"armed_attack", "by_foreign_group"} <= told.contested(rows)
    assert "requested" not in told.contested(rows)

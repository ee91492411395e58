"""Briefs: every statement stands on its sources, in three languages, and planted errors are caught."""

import copy
import random
import re
from collections.abc import Callable
from typing import Any

import pytest

from foedus import snapshot
from foedus.briefs import document, html, messages, paths, support, text, wording
from foedus.errors import InputError

LANGUAGES = ("en", "ar", "ru")
CASES = snapshot.ids("case")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def brief() -> Row:
    return document.write("kazakhstan-2022").to_json()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_statement_is_supported(case: str, lang: str) -> None:
    assert support.problems(document.write(case, lang).to_json()) == []


@pytest.mark.parametrize("case", CASES)
def test_no_question_stands_without_an_answer(case: str) -> None:
    chapters = document.write(case).chapters
    assert all(chapter.parts for chapter in chapters)
    assert chapters[0].id == "pact"


def test_a_brief_on_a_war_without_a_known_force_asks_nothing_of_the_force() -> None:
    asked = [chapter.id for chapter in document.write("belgium-1914").chapters]
    assert asked == ["pact", "next"]
    assert [chapter.id for chapter in document.write("kazakhstan-2022").chapters] == ["pact", "force", "next"]


@pytest.mark.parametrize("known", ["2022-01-05", "2022-01-06", "2022-01-07", "2022-01-11", "2022-02-01"])
def test_an_earlier_brief_is_supported_and_holds_nothing_later(known: str) -> None:
    found = document.write("kazakhstan-2022", "en", known)
    assert support.problems(found.to_json()) == []
    years = {int(year) for line in found.lines() for year in re.findall(r"\b(?:19|20)\d\d\b", line.text)}
    assert max(years) <= int(known[:4])
    assert not [line for line in found.lines() if "19 January 2022" in line.text and known < "2022-01-19"]


def test_a_brief_on_the_fifth_knows_no_decision() -> None:
    lines = " ".join(line.text for line in document.write("kazakhstan-2022", "en", "2022-01-05").lines())
    assert "awaits decision" in lines
    assert "2,500" not in lines


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_brief_is_the_same_bytes(lang: str) -> None:
    one, two = (document.write("kazakhstan-2022", lang) for _ in range(2))
    assert text.text(one) == text.text(two)
    assert html.page(one) == html.page(two)


# ---- planted errors -------------------------------------------------------------------------------------------------


def digit_changed(sentence: Row, draw: random.Random) -> bool:
    places = [match.start() for match in re.finditer(r"\d", sentence["text"])]
    if not places:
        return False
    place = draw.choice(places)
    old = sentence["text"][place]
    new = draw.choice([digit for digit in "123456789" if digit != old])
    sentence["text"] = sentence["text"][:place] + new + sentence["text"][place + 1 :]
    return True


def month_changed(sentence: Row, draw: random.Random) -> bool:
    months = ["January", "March", "June", "October", "December"]
    held = [month for month in months if month in sentence["text"]]
    if not held:
        return False
    sentence["text"] = sentence["text"].replace(held[0], draw.choice([month for month in months if month != held[0]]), 1)
    return True


def state_changed(sentence: Row, draw: random.Random) -> bool:
    names = ["Russia", "Kazakhstan", "Armenia", "Belarus", "Kyrgyzstan", "Tajikistan"]
    held = [name for name in names if name in sentence["text"]]
    if not held:
        return False
    sentence["text"] = sentence["text"].replace(held[0], draw.choice([name for name in [*names, "Uzbekistan", "Serbia"] if name != held[0]]), 1)
    return True


def speaker_changed(sentence: Row, draw: random.Random) -> bool:
    if "speaker" not in sentence["slots"]:
        return False
    name = wording.render("speaker", paths.value(sentence["slots"]["speaker"]["path"]), "en")
    other = draw.choice([word for word in ("Vladimir Putin", "Nikol Pashinyan", "Stanislav Zas", "a spokesman") if word not in name])
    sentence["text"] = sentence["text"].replace(name, other, 1)
    return name != other


def word_changed(sentence: Row, _: random.Random) -> bool:
    for old, new in (("met", "not met"), ("not owed", "owed"), ("declined", "accepted"), ("announced", "deployed"), ("shall", "may")):
        if re.search(rf"\b{old}\b", sentence["text"]):
            sentence["text"] = re.sub(rf"\b{old}\b", new, sentence["text"], count=1)
            return True
    return False


def note_dropped(sentence: Row, _: random.Random) -> bool:
    return bool(sentence["notes"]) and sentence["notes"].pop() is not None


def note_swapped(sentence: Row, draw: random.Random) -> bool:
    if not sentence["notes"]:
        return False
    sentence["notes"][0] = draw.choice([number for number in range(1, 40) if number not in sentence["notes"]])
    return True


def path_swapped(sentence: Row, draw: random.Random) -> bool:
    """The words stay, but the fact they are said to rest on is another of its kind."""
    for slot in sentence["slots"].values():
        match = re.match(r"(case/[^/]+/(?:claims|figures|events)/)([^/]+)(.*)", slot["path"])
        if match:
            table = paths.value(match[1].rstrip("/"))
            other = draw.choice([row["id"] for row in table if row["id"] != match[2]])
            slot["path"] = match[1] + other + match[3]
            return True
    return False


PLANTS: list[Callable[[Row, random.Random], bool]] = [
    digit_changed, month_changed, state_changed, speaker_changed, word_changed, note_dropped, note_swapped, path_swapped,
]  # fmt: skip


def test_planted_errors_are_caught(brief: Row) -> None:
    """Twenty-five of each kind of error, each alone in an otherwise sound brief."""
    draw = random.Random(7)
    planted, missed = 0, []
    for plant in PLANTS:
        done = 0
        for _ in range(4000):
            if done == 25:
                break
            broken = copy.deepcopy(brief)
            sentence = draw.choice([s for section in broken["sections"] for block in section["blocks"] for s in block["sentences"]])
            before = copy.deepcopy(sentence)
            if not plant(sentence, draw) or sentence == before:
                continue
            done += 1
            planted += 1
            small = broken | {"sections": [{"blocks": [{"sentences": [sentence]}]}]}
            if not [problem for problem in support.problems(small) if not problem.startswith("footnote")]:
                missed.append((plant.__name__, sentence["text"]))
        assert done == 25, plant.__name__
    assert planted == 200
    assert len(missed) <= planted * 0.02, missed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda b: b["notes"][0].update(reference="Somebody, somewhere"), "its reference is not the library's"),
        (lambda b: b["notes"][0].update(source="no-such-source"), "no source 'no-such-source'"),
        (lambda b: b["notes"].reverse(), "is numbered"),
        (lambda b: b["sections"][0]["blocks"][0]["sentences"][0].update(template="Trust me: {summary}."), "its template is none of the product's"),
        (lambda b: b.update(known="2022-01-06"), "was known only on"),
    ],
)
def test_other_lies_are_caught(brief: Row, change: Callable[[Row], Any], words: str) -> None:
    broken = copy.deepcopy(brief)
    change(broken)
    assert [problem for problem in support.problems(broken) if words in problem]


# ---- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ar", "ru"])
def test_every_wording_is_translated_with_the_same_slots(lang: str) -> None:
    for message in messages.messages():
        said = wording.say(message, lang)
        assert sorted(wording.SLOT.findall(said)) == sorted(wording.SLOT.findall(message)), message
    assert set(wording.catalogue(lang)) <= set(messages.messages())


@pytest.mark.parametrize(
    ("kind", "value", "en", "ar", "ru"),
    [
        ("day", "2022-01-05", "5 January 2022", "5 يناير 2022", "5 января 2022"),
        ("dated", {"on": "2022-01-01", "precision": "month"}, "January 2022", "يناير 2022", "январь 2022"),
        ("dated", {"said_on": "2022-01-01", "precision": "year"}, "2022", "2022", "2022"),
        ("number", 2724902, "2,724,902", "2,724,902", "2\u00a0724\u00a0902"),
        ("number", 0.132, "0.132", "0.132", "0,132"),
        ("state", "KAZ", "Kazakhstan", "كازاخستان", "Казахстан"),
        ("states", ["RUS", "BLR"], "Russia, Belarus", "روسيا، بيلاروسيا", "Россия, Беларусь"),
        ("article", "Charter 12", "12 of the Charter", "12 من الميثاق", "12 Устава"),
        ("article", "secret-1", "1 of the secret text", "1 من النص السري", "1 секретного текста"),
        ("article", "secret", "secret", "secret", "secret"),
        ("span", {"value": None, "low": 2000, "high": 2500, "qualifier": "exact"}, "2,000–2,500", "2,000–2,500", "2\u00a0000–2\u00a0500"),
        ("span", {"value": 70, "low": None, "high": None, "qualifier": "more_than"}, "more than 70", "أكثر من 70", "более 70"),
    ],
)
def test_values_in_three_languages(kind: str, value: Any, en: str, ar: str, ru: str) -> None:
    assert [wording.render(kind, value, lang) for lang in LANGUAGES] == [en, ar, ru]


def test_a_question_takes_no_full_stop() -> None:
    said = wording.runs("{gloss}.", {"gloss": ("text", {"en": "Will they leave?", "ar": "هل يغادرون؟", "ru": "Уйдут ли они?"})}, "ar")
    assert "".join(part for part, _ in said) == "هل يغادرون؟"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("kazakhstan-2021",), "no case 'kazakhstan-2021'. Did you mean 'kazakhstan-2022'"),
        (("kazakhstan-2022", "fr"), "no language 'fr'"),
        (("kazakhstan-2022", "en", "2021-12-31"), "nothing of 'kazakhstan-2022' was known by 2021-12-31; its first event is of 2022-01-02"),
    ],
)
def test_bad_questions_get_one_clear_line(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError) as caught:
        document.write(*arguments)
    assert str(caught.value).startswith(words)
    assert "\n" not in str(caught.value)


def test_a_path_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(InputError, match="'nobody' leads nowhere"):
        paths.value("case/kazakhstan-2022/claims/nobody")

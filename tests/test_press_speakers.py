"""Who says what: direct, indirect and `according to` speech, pronouns, relays, polarity, and what the writer states."""

from typing import Any

import pytest

from foedus.press import read


def speakers(text: str, lang: str) -> list[tuple[Any, ...]]:
    return [(item["name"], item["role"], item["state"], item["body"]) for item in read(text, lang, "2022-01-06")["speakers"]]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("President Kassym-Jomart Tokayev of Kazakhstan said the city was calm.", "en", ("Kassym-Jomart Tokayev", "president", "KAZ", None)),
        ("Armenia's prime minister, Nikol Pashinyan, said the force would stay briefly.", "en", ("Nikol Pashinyan", "prime minister", "ARM", None)),
        ('"We shall not send anyone," said Russian Foreign Minister Sergei Lavrov.', "en", ("Sergei Lavrov", "foreign minister", "RUS", None)),
        ("According to NATO's secretary general, Jens Stoltenberg, the door is open.", "en", ("Jens Stoltenberg", "secretary-general", None, "nato")),
        ("The Kremlin denied the report.", "en", (None, "presidency", "RUS", None)),
        ("Poland's defence ministry says the drone fell in a field.", "en", (None, "defence ministry", "POL", None)),
        ("Warsaw says the drone fell in a field.", "en", (None, "government", "POL", None)),
        ("Президент Казахстана Касым-Жомарт Токаев заявил, что порядок восстановлен.", "ru", ("Касым-Жомарт Токаев", "president", "KAZ", None)),
        ("«Войска уйдут», — заявил министр обороны России Сергей Шойгу.", "ru", ("Сергей Шойгу", "defence minister", "RUS", None)),
        ("По словам премьер-министра Армении Никола Пашиняна, решение принято.", "ru", ("Никол Пашинян", "prime minister", "ARM", None)),
        ("В МИД Белоруссии опровергли эти сведения.", "ru", (None, "foreign ministry", "BLR", None)),
        ("وقال رئيس الوزراء الأرميني نيكول باشينيان إن القوة ستبقى لفترة محدودة.", "ar", ("نيكول باشينيان", "prime minister", "ARM", None)),
        ("ونفت وزارة الدفاع الروسية هذه الأنباء.", "ar", (None, "defence ministry", "RUS", None)),
        ("وبحسب الأمين العام للناتو ينس ستولتنبرغ فإن الباب مفتوح.", "ar", ("ينس ستولتنبرغ", "secretary-general", None, "nato")),
        ("وأعلنت موسكو أن القوات ستغادر.", "ar", (None, "government", "RUS", None)),
    ],
)
def test_speakers(text: str, lang: str, expected: tuple[Any, ...]) -> None:
    assert expected in speakers(text, lang)


@pytest.mark.parametrize(
    ("text", "lang", "polarity"),
    [
        ("Russia's foreign minister Sergei Lavrov denied that troops had crossed.", "en", "deny"),
        ("Poland said that troops had crossed.", "en", "affirm"),
        ("Poland said that troops had not crossed.", "en", "deny"),
        ("Poland said that troops may have crossed.", "en", "uncertain"),
        ("Польша заявила, что войска перешли границу.", "ru", "affirm"),
        ("Польша опровергла, что войска перешли границу.", "ru", "deny"),
        ("وأعلنت بولندا أن القوات عبرت الحدود.", "ar", "affirm"),
        ("ونفت بولندا أن تكون القوات عبرت الحدود.", "ar", "deny"),
    ],
)
def test_polarity_comes_from_verb_and_negation(text: str, lang: str, polarity: str) -> None:
    claims = [claim for claim in read(text, lang)["claims"] if claim["speaker_index"] is not None]
    assert [claim["polarity"] for claim in claims] == [polarity]


def test_a_pronoun_is_the_last_speaker() -> None:
    found = read("President Emmanuel Macron of France said the pact held. He added that ships would sail.", "en")
    assert [claim["speaker"] for claim in found["claims"]] == ["Emmanuel Macron", "Emmanuel Macron"]


def test_an_agency_relays_and_is_no_speaker() -> None:
    found = read("Reuters quoted a Polish diplomat as saying that the talks had failed.", "en")
    assert [(item["role"], item["state"]) for item in found["speakers"]] == [("diplomat", "POL")]
    assert found["claims"][0]["relayed_by"] == "Reuters"


def test_what_nobody_is_made_to_say_is_the_writers() -> None:
    found = read("Russia sent 2,500 soldiers to Kazakhstan under the treaty of the CSTO.", "en")
    assert [(claim["speaker"], claim["speaker_index"]) for claim in found["claims"]] == [("writer", None)]


@pytest.mark.parametrize(
    ("text", "lang", "event"),
    [
        ("Kazakhstan asked for help from the CSTO.", "en", ("request", "KAZ", "asked")),
        ("Russia will send troops to Kazakhstan.", "en", ("deployment", "RUS", "planned")),
        ("Russia did not send troops to Kyrgyzstan.", "en", ("deployment", "RUS", "denied")),
        ("Россия направила миротворцев в Казахстан.", "ru", ("deployment", "RUS", "sent")),
        ("طلبت كازاخستان المساعدة من منظمة معاهدة الأمن الجماعي.", "ar", ("request", "KAZ", "asked")),
    ],
)
def test_events(text: str, lang: str, event: tuple[str, str, str]) -> None:
    assert event in [(item["type"], item["actor"], item["modality"]) for item in read(text, lang)["events"]]

"""Numbers and what they count, in sentences of our own."""

from typing import Any

import pytest

from foedus.press import read
from foedus.press.numbers import parse_digits


def quantities(text: str, lang: str) -> list[tuple[Any, ...]]:
    return [
        (item["value"] if item["value"] is not None else (item["low"], item["high"]), item["unit"], item["of"], item["qualifier"])
        for item in read(text, lang, "2022-01-06")["quantities"]
    ]


@pytest.mark.parametrize(
    ("written", "lang", "value"),
    [
        ("2,500", "en", 2500), ("2.5", "en", 2.5), ("1,250,000", "en", 1_250_000), ("2 500", "ru", 2500), ("2,5", "ru", 2.5), ("1.250.000", "ru", 1_250_000),
        ("2.500", "ar", 2500), ("2,500", "ar", 2500), ("12,5", "ar", 12.5), ("0,125", "ru", 0.125),
    ],
)  # fmt: skip
def test_separators_are_read_as_the_language_writes_them(written: str, lang: str, value: float) -> None:
    assert parse_digits(written, lang) == value


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("The bloc will send 2,500 peacekeepers to the capital.", "en", (2500, "person", "peacekeepers", "exact")),
        ("Up to three thousand soldiers may stay.", "en", (3000, "person", "soldiers", "at_most")),
        ("Between 10 and 12 aircraft landed at the base.", "en", ((10, 12), "aircraft", "aircraft", "range")),
        ("More than twenty-five tanks crossed the river.", "en", (25, "tank", "tanks", "more_than")),
        ("The border is 1,340-kilometre long.", "en", (1340, "km", None, "exact")),
        ("Aid worth $2.5bn was promised.", "en", (2_500_000_000, "usd", None, "exact")),
        ("At least 44 people were killed in the clashes.", "en", (44, "person", "dead", "at_least")),
        ("Half a million refugees left.", "en", (500_000, "person", "refugees", "exact")),
        ("The force stayed for ten days.", "en", (10, "day", None, "exact")),
        ("The two sides sent 12 police officers each.", "en", (12, "person", "police", "exact")),
        ("Организация направит 2,5 тысячи миротворцев.", "ru", (2500, "person", "peacekeepers", "exact")),
        ("В стране более 6 300 танков.", "ru", (6300, "tank", "tanks", "more_than")),
        ("Туда прибыли двести пятьдесят российских солдат.", "ru", (250, "person", "soldiers", "exact")),
        ("Погибли не менее 164 человек.", "ru", (164, "person", "dead", "at_least")),
        ("На это уйдёт от 10 до 15 дней.", "ru", ((10, 15), "day", None, "range")),
        ("Полтора миллиона беженцев покинули страну.", "ru", (1_500_000, "person", "refugees", "exact")),
        ("Граница тянется на 972 км.", "ru", (972, "km", None, "exact")),
        ("سيرسل الحلف نحو ٢٥٠٠ جندي إلى العاصمة.", "ar", (2500, "person", "soldiers", "about")),
        ("وصل ألف وخمسمئة جندي إلى المطار.", "ar", (1500, "person", "soldiers", "exact")),
        ("أرسلت البلاد خمسة وعشرين ألف جندي.", "ar", (25_000, "person", "soldiers", "exact")),
        ("قتل ما لا يقل عن 44 شخصاً.", "ar", (44, "person", "dead", "at_least")),
        ("تبعد القاعدة أكثر من 240 كيلومتراً.", "ar", (240, "km", None, "more_than")),
        ("استمرت المعارك يومين كاملين.", "ar", (2, "day", None, "exact")),
        ("أرسلت كتيبتين إلى الحدود.", "ar", (2, "battalion", "battalions", "exact")),
        ("تبلغ الحصة 12,5 في المئة من الناتج المحلي.", "ar", (12.5, "percent", "GDP", "exact")),
    ],
)  # fmt: skip
def test_a_quantity_says_value_unit_and_what_is_counted(text: str, lang: str, expected: tuple[Any, ...]) -> None:
    assert expected in quantities(text, lang)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The 82nd brigade flew Il-76 planes and T-72 tanks under Resolution 1973.", "en"),
        ("At 10:30 the flight 370 left Gate 12.", "en"),
        ("The organisation was founded in 1992 and the charter came in 2002.", "en"),
        ("Самолёты Ил-76 и 98-я дивизия прибыли на базу.", "ru"),
        ("В 1992 году подписан договор, 31-я бригада осталась.", "ru"),
        ("أقلعت طائرات إيل-76 وعلى متنها اللواء 45 بموجب القرار 1973.", "ar"),
        ("في عام 1992 وقعت الدول المعاهدة.", "ar"),
    ],
)
def test_model_unit_and_year_numbers_are_no_quantities(text: str, lang: str) -> None:
    assert quantities(text, lang) == []


def test_a_number_may_count_what_the_one_before_counted() -> None:
    assert (144, "vote", "votes", "exact") in quantities("The house ratified the pact by 191 votes to 144.", "en")

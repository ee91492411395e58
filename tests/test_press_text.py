"""Folding a text and finding the way back; which language it is; what of a page is read."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.press import language
from foedus.press.page import read_page
from foedus.press.patterns import begins, each
from foedus.press.text import decode, fold, key

MIXED = st.text(alphabet="aB éİßи\u0306ё«»\u202e\u200f\u0640\u064b\u0651اأيىة٢٬٫5½ﷲﻻ²\u00ad\n\t \x00—’…№\ud800", max_size=60)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Côte d’Ivoire", "cote d ivoire"),
        ("أرمِينِيَا", "ارمينيا"),
        ("الجمهوريّـــة", "الجمهوريه"),
        ("٢٬٥٠٠ جندي", "2 500 جندي"),
        ("четвёртая", "четвертая"),
        ("и\u0306", "й"),
        ("ﻻ", "لا"),
        ("km²", "km2"),
    ],
)
def test_variants_of_a_letter_fold_into_one(written: str, folded: str) -> None:
    assert key(written) == folded


@settings(max_examples=400, deadline=None)
@given(MIXED)
def test_every_folded_character_knows_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.matched) == len(folded.text) + 2
    last = 0
    for i in range(len(folded.text)):
        start, end = folded.span(i, i + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last or start == folded.span(max(i - 1, 0), i)[0]
        last = start


def test_a_span_leaves_out_marks_before_it() -> None:
    text = "قال \u202bالرئيس\u202c إن"
    folded = fold(text)
    at = folded.text.index("الر")
    assert text[slice(*folded.span(at, at + 6))] == "الرئيس"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The alliance said that it would send troops to the border in the spring.", "en"),
        ("قال المتحدث إن القوات وصلت إلى العاصمة مساء أمس بعد طلب من الحكومة.", "ar"),
        ("Министр заявил, что войска прибыли в столицу по просьбе правительства.", "ru"),
    ],
)
def test_languages_are_told_apart(text: str, lang: str) -> None:
    assert language.detect(text) == lang


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\x00\x01\x02" * 200, "binary"),
        ("12 34 56", "no words"),
        ("Le ministre a déclaré que les troupes sont dans la capitale et que le gouvernement ne les a pas demandées", "another language"),
        ("Міністр заявив, що війська прибули до столиці України і що їх кількість є невідомою", "another language"),
        ("وزیر خارجه گفت که این کشور برای حل این بحران با همسایگان گفتگو می کند و چهار پیشنهاد را به آنها داده است", "another language"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        language.detect(text)
    assert "\n" not in str(refused.value)


def test_old_code_pages_are_read_and_noise_is_refused() -> None:
    russian = "Министр обороны заявил, что войска прибыли в столицу по просьбе правительства. " * 5
    assert decode(russian.encode("cp1251")) == russian
    assert decode(russian.encode("utf-16")) == russian
    with pytest.raises(InputError, match="no text"):
        decode(bytes(range(256)) * 20)


ARTICLE = """Home
World
Politics

Alliance council meets over border fire

The council of the alliance met on Thursday after shells fell on a village near the border, and ministers promised an answer within days.

Read also: Who guards the bridge at night?

Photo: soldiers near the bridge (Reuters)

The village lies twelve kilometres from the frontier, and its mayor said that two houses had burned before the engines came.

MORE IN NEWS
- Kenya wins the cup
- Prices rise again

Share
Comments
"""


def test_clutter_of_a_plain_page_is_not_read() -> None:
    page = read_page(ARTICLE)
    assert len(page.view) == len(ARTICLE)
    assert "ministers promised" in page.view
    assert "its mayor said" in page.view
    for gone in ("Read also", "Photo:", "Share", "Comments", "Kenya"):
        assert gone not in page.view
    assert page.title is not None
    assert ARTICLE[slice(*page.title)] == "Alliance council meets over border fire"


SAVED = """<html><head><title>x</title><meta property="article:published_time" content="2022-01-06T10:00:00Z"></head><body>
<nav><ul><li>Home</li><li>Chile</li></ul></nav><article><h1>Troops reach Kazakhstan&rsquo;s capital</h1>
<p>The first soldiers of the <b>CS</b>TO landed in Kazakhstan on Thursday, officials said, and went to guard the airport and the power stations.</p>
<p>Russia sent most of them &mdash; about 2,000 &mdash; and Armenia 100, the organisation&#8217;s secretary general told reporters in Moscow that evening.</p>
</article><aside>Read also: Brazil and Peru</aside><footer>Norway</footer></body></html>"""


def test_a_saved_page_keeps_places_in_its_markup() -> None:
    from foedus.press import read

    found = read(SAVED)
    assert found["published"] == "2022-01-06"
    assert found["title"] == "Troops reach Kazakhstan’s capital"
    assert {item["state"] for item in found["states"]} == {"KAZ", "RUS", "ARM"}
    assert {item["pact"] for item in found["pacts"]} == {"csto"}
    assert all(SAVED[slice(*item["span"])].startswith(("Kaz", "Rus", "Arm", "Moscow")) for item in found["states"])
    assert {(item["value"], item["of"]) for item in found["quantities"]} >= set()


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        ("that|but|because|before|when", 0),
        ("[Aa]rticles?|ARTICLES?|[Aa]rts?\\.", 0),
        ("defen[cs]e (?:treaty|pact)|mutual|treaty of alliance|treaty", re.I),
        ("договор|соглашени|пакт|не исключено|мог\\w*", re.I),
    ],
)
def test_patterns_that_begin_with_a_set_find_what_a_boundary_finds(words: str, flags: int) -> None:
    text = "That Treaty of alliance, but; not butter. article 5 ARTICLES Arts. defence pact (because) before\nДоговор, пакты; НЕ исключено, помогли — могли rebut\nwhen"
    fast = re.compile(begins(words, any_case=bool(flags)), flags)
    assert [found.span() for found in fast.finditer(text)] == [found.span() for found in re.finditer(rf"\b(?:{words})", text, flags)] != []


def test_marks_and_blanks_need_no_boundary_before_them() -> None:
    clause = re.compile(begins(r'[",;-]\s?|\s-\s|' + each("but|that", r"\s")))
    assert [found[0] for found in clause.finditer("he said, x - that it; rebut but\n")] == [", ", " - ", "that ", "; ", "but\n"]


def test_an_alternative_that_begins_with_no_letter_is_refused() -> None:
    with pytest.raises(AssertionError, match="begins with no letter"):
        begins("one|(?:two|three)")

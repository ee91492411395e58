"""The whole reader: same answer each time, places inside the text, whatever the text; batches and Arrow give the same rows."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.press import read, read_arrow, read_many
from foedus.press.batches import FIELDS

PIECES = {
    "en": "NATO met on Thursday. Article 5 of the North Atlantic Treaty binds 30 states, Jens Stoltenberg, the secretary general, said; Russia denied it in 2022.",
    "ru": "Президент Казахстана Касым-Жомарт Токаев попросил ОДКБ о помощи 5 января 2022 года. По словам министра, статья 4 договора даёт 2,5 тысячи солдат.",
    "ar": "أعلن رئيس الوزراء الأرميني نيكول باشينيان أن منظمة معاهدة الأمن الجماعي سترسل ٢٥٠٠ جندي إلى كازاخستان بموجب المادة الرابعة في 6 كانون الثاني 2022.",
}
JUNK = [
    "\u202e", "\u200f", "\x00", "\ufffd", "\u0301", "ﷲ", "½", "\ud800", "<div>", "</p>", "<script>", "&nbsp;", "&#1056;", "\u2028", "\r\n", "\u3000", "𝔘", "لله", "5", "٥",
    "2,5", "الـ", "ـ", "'s", '"', "«", "İ", "ß", "ﬁ", "\u0306", "-", "—", ":", "Статья 5", "المادة", "Article V", "NATO", "%", "$", "млн", "<b>", "1.2.3.4", "said", "قال", "(" * 40,
]  # fmt: skip


def spans(found: dict[str, Any]) -> list[list[int]]:
    return [item["span"] for field in FIELDS for item in found[field]]


@pytest.mark.parametrize("lang", PIECES)
def test_the_answer_is_json_and_always_the_same(lang: str) -> None:
    first = read(PIECES[lang], published="2022-01-06")
    assert first == json.loads(json.dumps(first)) == read(PIECES[lang], published="2022-01-06")
    assert first["language"] == lang
    assert all(item["rule"] for field in FIELDS for item in first[field])


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(sorted(PIECES.values())))
    for _ in range(draw(st.integers(1, 12))):
        place = draw(st.integers(0, len(text)))
        end = place + draw(st.integers(0, 30))
        text = text[:place] + draw(st.sampled_from(JUNK)) * draw(st.integers(0, 3)) + text[end if draw(st.booleans()) else place :]
    return f"<html><body><div><p>{text}</p></div></body></html>" if draw(st.integers(0, 9)) == 0 else text


@settings(max_examples=400, deadline=None)
@given(mutated(), st.sampled_from([None, "en", "ar", "ru"]), st.sampled_from([None, "2022-01-06"]))
def test_no_text_breaks_the_reader_and_places_stay_inside(text: str, lang: str | None, published: str | None) -> None:
    try:
        found = read(text, lang, published)
    except InputError:
        return
    for start, end in spans(found):
        assert 0 <= start <= end <= len(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "ar", "ru"]))
def test_any_characters_at_all(text: str, lang: str) -> None:
    try:
        found = read(text, lang, "2022-01-06")
    except InputError:
        return
    assert all(0 <= start <= end <= len(text) for start, end in spans(found))


@pytest.mark.parametrize(
    "text", ["5 " * 50_000, "<p>" * 40_000, "NATO " * 20_000, "said " * 20_000, "(" * 100_000, "\u202e" * 100_000 + " the and of", "Article " * 12_000]
)
def test_no_text_hangs_the_reader(text: str) -> None:
    start = time.process_time()
    try:
        read(text, "en", "2022-01-06")
    except InputError:
        return
    assert time.process_time() - start < 10  # a hang is minutes; the benchmark measures speed


def test_a_long_text_is_read_in_stretches() -> None:
    text = "\n\n".join([PIECES["en"]] * 400)
    found = read(text, "en", "2022-01-06")
    assert {item["state"] for item in found["states"]} == {"RUS"}
    assert all(text[slice(*item["span"])] in ("Russia", "Russian") for item in found["states"])
    assert len(found["speakers"]) == len({(s["name"], s["role"], s["state"], s["body"]) for s in found["speakers"]})
    assert all(claim["speaker_index"] is None or claim["speaker_index"] < len(found["speakers"]) for claim in found["claims"])


def test_a_folder_becomes_one_table_and_can_be_taken_up_again(tmp_path: Path) -> None:
    import polars

    folder = tmp_path / "pieces"
    folder.mkdir()
    for lang, text in PIECES.items():
        (folder / f"2022-01-06-{lang}.txt").write_text(text, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    seen: list[tuple[int, int]] = []
    output = tmp_path / "claims.parquet"
    assert read_many(folder, output, progress=lambda done, of: seen.append((done, of))) == 4
    frame = polars.read_parquet(output)
    assert seen == [(4, 4)]
    assert frame["piece"].to_list() == ["2022-01-06-ar.txt", "2022-01-06-en.txt", "2022-01-06-ru.txt", "empty.txt"]
    assert frame["error"].to_list()[:3] == [None] * 3
    assert "empty" in frame["error"].to_list()[3]
    assert not list(tmp_path.glob("*.parts"))
    with pytest.raises(InputError, match="no piece"):
        read_many(tmp_path / "nowhere", output)


def test_arrow_batches_give_the_same_rows() -> None:
    arrow = pytest.importorskip("pyarrow")
    from foedus.press.batches import row

    batch = arrow.RecordBatch.from_pylist([{"piece": lang, "text": text, "published": "2022-01-06"} for lang, text in PIECES.items()])
    [made] = list(read_arrow([batch]))
    assert made.to_pylist() == [row(lang, text, None, "2022-01-06") for lang, text in PIECES.items()]


@pytest.mark.parametrize(("published", "pacts"), [("1935-02-01", ["german-polish-1934"]), ("2025-07-18", []), ("1920-07-18", [])])
def test_a_treaty_told_by_its_parties_is_one_of_its_time(published: str, pacts: list[str]) -> None:
    text = "Germany remembers its word to its eastern neighbour. A treaty on defence and security with Poland was signed, an official said."
    assert [item["pact"] for item in read(text, "en", published)["pacts"]] == pacts

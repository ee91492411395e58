"""The library: every file is read or refused with its place, and the real one is sound."""

import shutil
from pathlib import Path

import pytest

from foedus import compiling
from foedus.errors import InputError
from foedus.panels import atop
from foedus.reading import parse
from foedus.records import condition_facts

HERE = Path(__file__).parent / "library"
BAD = sorted((HERE / "bad").glob("*.yaml"))


def errors_of(root: Path) -> list[str]:
    return [str(error) for error in compiling.gather(root).errors]


@pytest.fixture(scope="module")
def real() -> compiling.Library:
    return compiling.gather()


def test_the_small_sound_library_is_sound() -> None:
    assert errors_of(HERE / "sound") == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_with_its_place(path: Path, tmp_path: Path) -> None:
    """Line one names the file it stands for, line two the exact error; the two lines count, so line numbers are those of the file as it stands."""
    shutil.copytree(HERE / "sound", tmp_path / "library")
    text = path.read_text(encoding="utf-8")
    target, expected = (line.removeprefix("# ") for line in text.splitlines()[:2])
    (tmp_path / "library" / target).write_text(text, encoding="utf-8")
    assert expected in errors_of(tmp_path / "library")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1, 2", "text:2: not YAML: did not find expected ',' or ']'"),
        ("? [a, b]\n: 1", "text:1: a key must be a word"),
        ("a: 1\nb: 2\na: 3", "text:3: the key 'a' stands here twice"),
        ("when: 2022-02-30", "text:1: there is no day 2022-02-30"),
        ("a: &x 1\nb: *y", "text:2: not YAML: found undefined alias"),
    ],
)
def test_yaml_that_is_broken_or_ambiguous_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert str(caught.value) == message


def test_only_true_and_false_are_booleans() -> None:
    found = parse("a: NO\nb: on\nc: yes\nd: true\ne: 'true'\nf: Null\ng: null\nh: 012\ni: 1e3").data
    assert found == {"a": "NO", "b": "on", "c": "yes", "d": True, "e": "true", "f": "Null", "g": None, "h": "012", "i": "1e3"}


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    shutil.copytree(HERE / "sound", tmp_path / "library")
    (tmp_path / "library" / "states" / "all.yaml").write_bytes(b"AAA: \xff\xfe")
    assert any(error.startswith("states/all.yaml: not UTF-8 text (byte 5)") for error in errors_of(tmp_path / "library"))


# ---- the real one ---------------------------------------------------------------------------------------------------


def test_the_library_is_sound(real: compiling.Library) -> None:
    assert [str(error) for error in real.errors] == []


def test_every_fact_word_is_used(real: compiling.Library) -> None:
    """A word that no condition asks, here or in the data of others, and no account answers is noise."""

    used: set[str] = set(atop.CONDITIONS)
    for pact in real.table("pact").values():
        for article in pact["articles"]:
            for provision in article["provisions"]:
                used |= set(condition_facts(provision["when"])) if provision["when"] is not None else set()
    for case in real.table("case").values():
        for row in case["events"] + case["claims"]:
            used |= set(row["asserts"])
    used |= set(atop.CONDITIONS)  # what ATOP's conditions ask, where a user has it
    assert set(real.entries["fact"]) - used == set()


def test_every_source_is_cited(real: compiling.Library) -> None:
    from foedus.proving import walk

    cited = {value for table in real.entries.values() for entry in table.values() for keys, value in walk(entry.data) if keys and keys[-1] == "source"}
    assert set(real.entries["source"]) - cited == set()

"""From words to states: ids, codes and names in three languages, and what a wrong word or a wrong day gets."""

import itertools

import pytest

from foedus import snapshot, states
from foedus.errors import InputError
from foedus.spells import overlap
from foedus.states.finding import _names


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("KAZ", "KAZ"),
        ("kaz", "KAZ"),
        ("Kazakhstan", "KAZ"),
        ("كازاخستان", "KAZ"),
        ("قازاقستان", "KAZ"),
        ("Казахстан", "KAZ"),
        ("US", "USA"),
        ("U.S.", "USA"),
        ("the United States", "USA"),
        ("أميركا", "USA"),
        ("أمريكا", "USA"),
        ("Соединенные Штаты", "USA"),
        ("Соединённые Штаты", "USA"),
        ("روسيا البيضاء", "BLR"),
        ("بيلاروسيا", "BLR"),
        ("Byelorussia", "BLR"),
        ("قرغيزيا", "KGZ"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Turkiye", "TUR"),
        ("Czech Republic", "CZE"),
        ("Ivory Coast", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("cote d'ivoire", "CIV"),
        ("КНДР", "PRK"),
        ("Кот д’Ивуар", "CIV"),
        ("USSR", "SUN"),
        ("الاتحاد السوفياتي", "SUN"),
        ("Kosovo", "XKX"),
        ("Holy See", "VAT"),
        ("Germany", "DEU"),
        (705, "KAZ"),
        ("705", "KAZ"),
        ("cow:705", "KAZ"),
        ("GW:705", "KAZ"),
        (365, "RUS"),
        ("gw:340", "SRB"),
        (340, "SRB"),
        ("cow:970", "NRU"),
        ("gw:970", "KIR"),
        (970, "NRU"),
    ],
)
def test_a_word_finds_its_state(word: str | int, state: str) -> None:
    assert states.find(word) == state


@pytest.mark.parametrize(
    ("word", "on", "state"),
    [
        ("Yemen", "1970-01-01", "YAR"),
        ("اليمن", "1995-01-01", "YEM"),
        ("Korea", "1890-01-01", "CHS"),
        ("Korea", "1990-01-01", "KOR"),
        ("Vietnam", "1850-01-01", "ANM"),
        ("Vietnam", "1960-01-01", "VNM"),
        ("Austria", "1850-01-01", "AUH"),
        ("Австрия", "1990-01-01", "AUT"),
        (365, "1980-01-01", "SUN"),
        (365, "1914-08-01", "RUS"),
        ("cow:260", "1952-01-01", "DEU"),
        ("cow:345", "1914-07-28", "SRB"),
        ("cow:345", "1960-01-01", "YUG"),
        ("gw:678", "1980-01-01", "YAR"),
        ("Serbia and Montenegro", "2004-01-01", "YUG"),
    ],
)
def test_the_day_chooses_among_states_that_shared_a_word(word: str | int, on: str, state: str) -> None:
    assert states.find(word, on=on) == state


def test_a_wrong_word_gets_the_nearest_names() -> None:
    with pytest.raises(InputError, match=r"^no state 'Kazahkstan'\. Did you mean 'Kazakhstan'"):
        states.find("Kazahkstan")
    with pytest.raises(InputError, match=r"^no state 'Казахстн'.*'Казахстан'"):
        states.find("Казахстн")
    with pytest.raises(InputError, match=r"^no state '9999'"):
        states.find(9999)
    with pytest.raises(InputError, match=r"^no state ''"):
        states.find("")
    with pytest.raises(InputError, match=r"^no language 'fr'"):
        states.name("KAZ", "fr")
    with pytest.raises(InputError, match=r"^no code system 'iso'"):
        states.by_code("iso", 2, "2000-01-01")


def test_a_state_that_did_not_exist_says_when_it_did() -> None:
    with pytest.raises(InputError, match=r"^East Germany was no state on 1995-01-01; it was one from 1949-10-07 until 1990-10-03$"):
        states.find("DDR", on="1995-01-01")
    with pytest.raises(InputError, match=r"^Russia was no state on 1980-01-01; it was one from 1816-01-01 until 1922-12-30 and from 1991-12-26$"):
        states.find("Россия", on="1980-01-01")
    with pytest.raises(InputError, match="is no day"):
        states.find("KAZ", on="yesterday")


def test_days_are_half_open() -> None:
    assert states.alive("SUN", "1991-12-25")
    assert not states.alive("SUN", "1991-12-26")
    assert states.alive("KAZ", "1991-12-26")
    assert not states.alive("KAZ", "1991-12-25")
    assert states.by_code("cow", 705, "1991-12-25") is None
    assert states.by_code("cow", 100000) is None


def test_every_name_finds_its_state_on_a_day_of_its_own() -> None:
    for key, rows in _names().items():
        for rank, state in rows:
            found = states.find(key, on=snapshot.record("state", state)["spells"][-1]["from"])
            assert found == state or rank > 0, f"'{key}' is the name of {state} and finds {found}"
            assert found in {other for _, other in rows}, f"'{key}' finds {found}"


def test_no_two_states_share_a_main_name_or_another_name_at_once() -> None:
    for key, rows in _names().items():
        for (rank, one), (other_rank, other) in itertools.combinations(rows, 2):
            if one != other and rank == other_rank:
                spells = snapshot.record("state", one)["spells"], snapshot.record("state", other)["spells"]
                together = [pair for pair in itertools.product(*spells) if overlap(*pair)]
                assert not together, f"{one} and {other} are both called '{key}' at once"


def test_lineage_runs_both_ways() -> None:
    records = snapshot.records("state")
    for state, record in records.items():
        assert all(state in records[other]["successors"] for other in record["predecessors"]), state
        assert all(state in records[other]["predecessors"] for other in record["successors"]), state


def test_every_state_of_today_has_a_capital_and_people_in_three_languages() -> None:
    for state, record in snapshot.records("state").items():
        if record["spells"][-1]["until"] is None:
            assert record["capitals"], state
            assert all(record["names"][lang]["demonyms"] for lang in ("en", "ar", "ru")), state

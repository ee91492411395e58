"""Dates as exact as they are written, and worked out from the day of publication where they lean on it."""

import pytest

from foedus.press import read


def dates(text: str, lang: str, published: str | None = "2022-01-06") -> list[str]:
    return [item["date"] for item in read(text, lang, published)["dates"]]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("The treaty was signed on 15 May 1992.", "en", ["1992-05-15"]),
        ("It was signed in 1951 and revised in April 1952.", "en", ["1951", "1952-04"]),
        ("On January 5, 2022, the request came.", "en", ["2022-01-05"]),
        ("The talks of 2019-2021 failed.", "en", ["2019", "2021"]),
        ("He said on Tuesday that it was over.", "en", ["2022-01-04"]),
        ("They met yesterday, and last Friday too.", "en", ["2022-01-05", "2021-12-31"]),
        ("The council will meet next Monday.", "en", ["2022-01-10"]),
        ("Troops arrived three days ago.", "en", ["2022-01-03"]),
        ("In September the base closed.", "en", ["2021-09"]),
        ("It may rain in the hills.", "en", []),
        ("Some 2500 soldiers marched.", "en", []),
        ("Договор подписан 15 мая 1992 года.", "ru", ["1992-05-15"]),
        ("Он вступил в силу в апреле 1994 года, а устав - в 2003 году.", "ru", ["1994-04", "2003"]),
        ("Первого марта войска ушли.", "ru", ["2021-03-01"]),
        ("Об этом он сообщил вчера, в среду.", "ru", ["2022-01-05"]),
        ("Заседание состоится в понедельник.", "ru", ["2022-01-10"]),
        ("Документ от 05.01.2022 опубликован.", "ru", ["2022-01-05"]),
        ("وقعت المعاهدة في 15 مايو 1992.", "ar", ["1992-05-15"]),
        ("وقعت المعاهدة في 15 أيار/مايو 1992.", "ar", ["1992-05-15"]),
        ("بدأت العملية يوم 11 جانفي 2013.", "ar", ["2013-01-11"]),
        ("في الخامس من كانون الثاني 2022 طلبت الحكومة المساعدة.", "ar", ["2022-01-05"]),
        ("اجتمع المجلس يوم الجمعة الماضي.", "ar", ["2021-12-31"]),
        ("في عام 1990 وقع الغزو.", "ar", ["1990"]),
        ("زار الوزير العاصمة أمس.", "ar", ["2022-01-05"]),
        ("قال أب لثلاثة أطفال إنه باق.", "ar", []),
    ],
)
def test_dates_keep_their_exactness(text: str, lang: str, expected: list[str]) -> None:
    assert dates(text, lang) == expected


def test_without_a_day_of_publication_nothing_leans_on_it() -> None:
    assert dates("They met yesterday and on Friday; the treaty dates from 1951.", "en", None) == ["1951"]


def test_a_bad_day_is_refused() -> None:
    from foedus.errors import InputError

    with pytest.raises(InputError, match="is no day"):
        read("The treaty was signed.", "en", "6 January")

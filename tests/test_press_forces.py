"""A deployment is credited to the agreement that sent it, never to an alliance that a piece names beside it, in three languages."""

import pytest

from foedus import snapshot
from foedus.checking.opening import open_piece
from foedus.press import read

ALLIANCES = {"csto", "nato", "anzus", "russia-armenia", "seato", "warsaw-pact"}

SENT = [
    (
        "trilateral-2020",
        "en",
        "2020-11-12",
        "Russian peacekeepers deployed to Nagorno-Karabakh. Under the trilateral statement of Armenia, Azerbaijan and Russia 1,960 troops will guard the corridor. "
        "The CSTO did not take part, and NATO did not either.",
    ),
    ("trilateral-2020", "en", "2020-11-12", "Russia sent 1,960 peacekeepers to Nagorno-Karabakh on 10 November 2020."),
    ("trilateral-2020", "ru", "2020-11-12", "Россия направила в Нагорный Карабах 1960 миротворцев. ОДКБ в этом не участвует."),
    ("trilateral-2020", "ar", "2020-11-12", "قالت أرمينيا إن قوات حفظ السلام الروسية انتشرت في ناغورنو كاراباخ. ولم تشارك منظمة معاهدة الأمن الجماعي."),
    ("moscow-moldova-1992", "en", "2022-05-12", "Russian peacekeepers stay in Transnistria, Moldova said. The CSTO has no mandate there."),
    ("moscow-moldova-1992", "ru", "2022-05-12", "Российские миротворцы остаются в Приднестровье, заявила Молдавия. ОДКБ там не действует."),
    ("moscow-moldova-1992", "ar", "2022-05-12", "تبقى قوات حفظ السلام الروسية في ترانسنيستريا بحسب مولدوفا."),
    (
        "sochi-1992",
        "en",
        "1992-07-20",
        "Under the Sochi agreement of Georgia and Russia peacekeepers entered South Ossetia. The Tashkent Treaty does not apply, and NATO was not asked.",
    ),
    ("sochi-1992", "ru", "1992-07-20", "По Дагомысскому соглашению российские миротворцы вошли в Южную Осетию, сообщила Грузия."),
    ("sochi-1992", "ar", "1992-07-20", "دخلت قوات حفظ السلام الروسية أوسيتيا الجنوبية بموجب اتفاق سوتشي بين روسيا وجورجيا."),
    ("moscow-1994", "en", "1994-06-28", "Russian peacekeepers arrived in Abkhazia after Georgia agreed to a ceasefire."),
    ("biketawa", "en", "2003-08-01", "Australia and New Zealand sent troops and police of RAMSI to Solomon Islands. ANZUS was not invoked."),
    ("biketawa", "ru", "2003-08-01", "Австралия направила полицию и войска РАМСИ на Соломоновы Острова."),
    ("biketawa", "ar", "2003-08-01", "قادت أستراليا بعثة المساعدة الإقليمية إلى جزر سليمان بموجب إعلان بيكيتاوا."),
    ("egypt-israel-1979", "en", "2015-08-01", "American soldiers serve in Egypt with the Multinational Force and Observers. The MFO is not a NATO mission."),
    ("egypt-israel-1979", "ru", "2015-08-01", "Американцы служат в Многонациональных силах и наблюдателях на Синае, в Египте. Это не миссия НАТО."),
    ("egypt-israel-1979", "ar", "2015-08-01", "يخدم جنود أمريكيون ضمن القوة المتعددة الجنسيات والمراقبين في سيناء بمصر. وهي ليست بعثة للناتو."),
]


@pytest.mark.parametrize(("pact", "lang", "day", "text"), SENT, ids=[f"{pact}-{lang}-{number}" for number, (pact, lang, _, _) in enumerate(SENT)])
def test_a_deployment_is_credited_to_its_agreement(pact: str, lang: str, day: str, text: str) -> None:
    found = read(text, lang, day)
    assert pact in {item["pact"] for item in found["pacts"]}
    assert {item["pact"] for item in found["events"] if item["type"] in ("deployment", "arrival")} <= {pact, None}
    assert open_piece(text, "piece.txt", lang, day)["pacts"] == [pact]
    assert snapshot.record("pact", pact)["kind"] != "alliance"


@pytest.mark.parametrize(
    ("text", "lang", "absent"),
    [
        ("The trilateral statement of Japan, South Korea and the United States named Russia.", "en", "trilateral-2020"),
        ("Putin and Erdogan signed the Sochi agreement on Idlib in Syria.", "en", "sochi-1992"),
        ("وقعت روسيا وتركيا اتفاق سوتشي بشأن إدلب في سوريا.", "ar", "sochi-1992"),
        ("Россия и Турция подписали трёхстороннее заявление по Сирии.", "ru", "trilateral-2020"),
        ("Россия предложила США договор о гарантиях безопасности.", "ru", "cyprus-guarantee-1960"),
        ("United Nations peacekeepers left Abkhazia, the Security Council said.", "en", "moscow-1994"),
        ("CSTO peacekeepers trained in Armenia; Russian peacekeepers of the CSTO will never enter Karabakh.", "en", "trilateral-2020"),
        ("Russia and Syria speak of a mutual defence treaty.", "en", "russia-syria-2015"),
        ("Russia and Ukraine once had a treaty of friendship, a security treaty of sorts.", "en", "black-sea-fleet-1997"),
    ],
)
def test_a_like_name_or_another_force_is_not_the_agreement(text: str, lang: str, absent: str) -> None:
    assert absent not in {item["pact"] for item in read(text, lang, "2022-01-06")["pacts"]}


def test_an_alliance_that_is_alone_in_a_denial_is_still_the_question() -> None:
    text = "The CSTO did not send troops to Armenia. Armenia asked for help."
    assert open_piece(text, "piece.txt", "en", "2019-06-01")["pacts"] == ["csto"]


def test_where_a_base_stands_by_an_agreement_the_alliance_is_not_named() -> None:
    found = read("Россия сохранит 201-ю базу по соглашению о 201-й базе с Таджикистаном.", "ru", "2013-10-02")["pacts"]
    assert {item["pact"] for item in found} == {"russia-tajikistan-base"}
    assert not {item["pact"] for item in found} & ALLIANCES

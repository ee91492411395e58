"""States, pacts and articles: names, people, capitals, organs, acronyms, and the traps among them."""

import pytest

from foedus.press import read


def states(text: str, lang: str) -> set[str]:
    return {item["state"] for item in read(text, lang, "2022-01-06")["states"]}


def pacts(text: str, lang: str) -> set[str]:
    return {item["pact"] for item in read(text, lang, "2022-01-06")["pacts"]}


def articles(text: str, lang: str) -> set[tuple[str, str]]:
    return {(item["pact"], item["article"]) for item in read(text, lang, "2022-01-06")["articles"]}


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Kazakh soldiers met the French envoy; the Kremlin and Washington watched.", "en", {"KAZ", "FRA", "RUS", "USA"}),
        ("Equatorial Guinea, Guinea-Bissau and Papua New Guinea spoke.", "en", {"GNQ", "GNB", "PNG"}),
        ("Troops of the Democratic Republic of the Congo left Niger for Nigeria.", "en", {"COD", "NER", "NGA"}),
        ("Michael Jordan read the Washington Post beside the Jordan River.", "en", set()),
        ("The roast turkey came from New Mexico.", "en", set()),
        ("Voters in Georgia, from Atlanta to Savannah, chose a governor.", "en", set()),
        ("Georgian troops left Tbilisi as Georgia asked for talks.", "en", {"GEO"}),
        ("He gave US aid to us.", "en", {"USA"}),
        ("Он приехал из Казахстана в Соединённые Штаты Америки через Саудовскую Аравию.", "ru", {"KAZ", "USA", "SAU"}),
        ("Более того, для того чтобы уехать, нужен чад костров.", "ru", set()),
        ("Белорусские и таджикские военные прибыли в Ереван.", "ru", {"BLR", "TJK", "ARM"}),
        ("О ситуации в Нигере говорили в Нигерии.", "ru", {"NER", "NGA"}),
        ("وصلت القوات الروسية إلى كازاخستان وأرمينيا.", "ar", {"RUS", "KAZ", "ARM"}),
        ("حصلت الجمعية على دعم مالي كبير من المتبرعين.", "ar", set()),
        ("انسحبت القوات من مالي والنيجر ولم تدخل نيجيريا.", "ar", {"MLI", "NER", "NGA"}),
        ("استقبلت سلطنة عُمان الوفد في مسقط.", "ar", {"OMN"}),
        ("وصل الوزير إلى عَمّان للقاء الملك.", "ar", {"JOR"}),
        ("اجتمع بالولايات المتحدة وللصين رأي آخر.", "ar", {"USA", "CHN"}),
        ("الإجمالي العام للاوسمة والأوسمة التالية.", "ar", set()),
        ("أصدر رئيس كوريا الجنوبية بياناً مع الجيش الكوري الشمالي.", "ar", {"KOR", "PRK"}),
    ],
)
def test_states(text: str, lang: str, expected: set[str]) -> None:
    assert states(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("NATO and the Warsaw Pact faced each other; the alliance grew.", "en", {"nato", "warsaw-pact"}),
        ("The alliance of the two airlines ends, and the league plays on.", "en", set()),
        ("The call starts at 10 a.m. CST.", "en", set()),
        ("Russia and Kazakhstan speak of the CST.", "en", {"csto"}),
        ("The North Atlantic Council met.", "en", {"nato"}),
        ("An expert of the Atlantic Council spoke.", "en", set()),
        ("В Организации Договора о коллективной безопасности обсудили НАТО.", "ru", {"csto", "nato"}),
        ("Силами ОДКБ командует генерал.", "ru", {"csto"}),
        ("Альянс автопроизводителей распался.", "ru", set()),
        ("قررت منظمة معاهدة الأمن الجماعي إرسال قوات، خلافاً لحلف الناتو.", "ar", {"csto", "nato"}),
        ("قال خبير في مجلس الأطلسي إن التحالف بين الشركتين انتهى.", "ar", set()),
    ],
)
def test_pacts(text: str, lang: str, expected: set[str]) -> None:
    assert pacts(text, lang) == expected


def test_a_general_word_is_the_pact_last_named() -> None:
    text = "NATO met in the morning. The alliance will send ships."
    found = [item for item in read(text, "en")["pacts"] if text[slice(*item["span"])] == "The alliance"]
    assert [item["pact"] for item in found] == ["nato"]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Article 5 of the North Atlantic Treaty was invoked, and Article IV too.", "en", {("nato", "5"), ("nato", "4")}),
        ("Under NATO rules, Articles 4, 5 and 6 apply.", "en", {("nato", "4"), ("nato", "5"), ("nato", "6")}),
        ("Article 51 of the UN Charter and NATO's Article 5.", "en", {("un-charter", "51"), ("nato", "5")}),
        ("Article 42(7) of the Treaty on European Union.", "en", {("eu", "42(7)")}),
        ("NATO aside, Article 9 of the constitution forbids it.", "en", set()),
        ("She wrote two articles for the paper.", "en", set()),
        ("Статья 4 Договора о коллективной безопасности и пункт 7 статьи 42 договора.", "ru", {("csto", "4")}),
        ("По четвёртой статье договора ОДКБ помощь обязательна.", "ru", {("csto", "4")}),
        ("НАТО ссылается на статью пятую.", "ru", {("nato", "5")}),
        ("بموجب المادة الرابعة من معاهدة الأمن الجماعي.", "ar", {("csto", "4")}),
        ("المادة الحادية والخمسون من ميثاق الأمم المتحدة.", "ar", {("un-charter", "51")}),
        ("المادتان 4 و5 من معاهدة شمال الأطلسي.", "ar", {("nato", "4"), ("nato", "5")}),
        ("المادة (٥١) من ميثاق الأمم المتحدة.", "ar", {("un-charter", "51")}),
        ("المادة 47 من الدستور والناتو.", "ar", set()),
    ],
)
def test_articles(text: str, lang: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= articles(text, lang)
    if not expected:
        assert not articles(text, lang)

"""Names of persons in a text, without a list of names: capitals in English and Russian, the place after an office in Arabic."""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from foedus.press.piece import Piece
from foedus.press.states import NOT_NAMES

LATIN = re.compile(
    r"[A-Zaebu](?:(?<=[A-Z])(?:[a-z'][\w'-]*|\.)|(?:(?<=a)(?:l|d|s|r|n|sh|t)|(?<=[eu])l|(?<=b)in)-[A-Z]\w+)(?:\s(?:(?:al|bin|ibn|bint|von|van|der|den|de|da|del|della|di|la|le|dos|el|ul|ap|af|abu|ben)\s)?"
    r"(?:[A-Z][a-z'A-Z][\w'-]*|[A-Z]\.|(?:al|el|ad|as|ar|an|ash|at|bin|ul)-[A-Z]\w+))*"
)
CYRILLIC = re.compile(
    r"[А-Я][а-я]+(?:-[А-Яа-я][а-я]+)*(?:\s(?:(?:аль|бин|ибн|фон|ван|де|да|дель|дер|оглы|ад|ас|эль)[\s-])?(?:[А-Я][а-я]+(?:-[А-Яа-я][а-я]+)*|[А-Я]\.))*"
)
COVERED = frozenset(("state", "pact", "body", "agency", "month", "weekday", "role", "stop", "unit", "relative", "number", "say", "hedge", "according"))
OPENERS = (
    frozenset(
        """Others Many Some Several Most Few Everyone Nobody Everybody Reports Report Statement One Two Three Four Five Six Ten Critics Instead Earlier Later Last Next More Less All Each Every
    Another Other Such There Here His Her Its Their Our My Your He She It They We You I Who Where Asked Speaking Talking Writing According Under Officials Analysts Residents Troops Soldiers
    Question Answer Q Mr Mrs Ms Dr Gen Col Lt Maj Capt Sir Lord Lady Prof Sen Rep Hon President Minister Council Parliament Article Treaty Alliance Pact Charter Organisation Organization
    News Live Update Breaking Monday Tuesday Government Army Ministry Union Republic Group Company Force Forces Defence Defense Foreign Security National Supreme Agreement Declaration
    Press Service Committee Commission Assembly House Senate Congress Cup League Club University Institute Centre Center Bank Court Airport Street Square Bay Sea Strait River Island Islands
    Peninsula Mount Lake Gulf Operation Exercise Act Law Bill Resolution Annex Protocol Chapter Section Summit Conference Party Democratic People's Both Neither Once Still Yet So Thus Hence
    Radio Television TV Channel Nothing Something Anything None Europe European Western Eastern Asia African Africa Arab Gulf Baltic Balkan Atlantic Pacific Mediterranean Caspian Black Red Muslim Christian Islamic Jewish Islam
    Ему Ей Им Нам Мне Вам Тебе Кому Чему Себе Нему Них Ней Нём Всем Всех Ними Своих Своего
    Сам Сама Сами Он Она Они Оно Мы Вы Я Его Её Ее Их Это Этот Эта Эти Тот Та Те Так Там Тут Здесь Тогда Теперь Сегодня Вчера Завтра Ранее Позже Однако Также Кроме Напомним Впрочем Вместе
    Все Всё Всего Весь Вся Многие Некоторые Другие Один Одна Два Две Три Четыре Пять Первый Первая Второй После Перед Пока Раньше Потом Затем Поэтому Потому Хотя Если Чтобы Когда Кто Где
    Был Была Было Были Есть Нет Да Не Ни Ну Вот Лишь Только Даже Уже Ещё Еще Именно Среди Согласно Договор Организация Альянс Совет Союз Устав Статья Пакт Министр Президент Правительство
    Министерство Армия Силы Войска Источник Источники Эксперты Аналитики Вопрос Ответ Корреспондент Ведущий Собеседник Агентство Газета Комитет Комиссия Университет Институт Центр Банк Суд
    Европа Запад Восток Азия Африка Кавказ Балтика Средиземное Чёрное Черное Красное Каспий Ближний Дальний Южный Северный Российский Ещё Пресс Служба Госсовет Сенат Конгресс Лига Кубок
    Клуб Сборная Компания Концерн Завод Операция Учения Соглашение Декларация Меморандум Протокол Саммит Конференция Партия Тем Между Кстати Наконец Иначе Дело Речь Судя Никто Ничего Каждый
    Отдельно Официально По-видимому Похоже Возможно Вероятно Конечно Правда Главное Главный Новая Новый Новые Старый Общая Общий Решение Документ Помощь Просьба Заявление Стороны Сторона""".split()
    )
    | NOT_NAMES
)
TITLES = re.compile(r"^(?:(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sir|Lord|Prof|Sen|Rep|Adm|Brig)\.?\s)+")

AR_STOP = frozenset(
    """في من على علي إلى الي أن ان إن عن مع بعد قبل خلال حول بين ضد عبر منذ حتى حتي الذي التي الذين اللذين قد لقد كان كانت يكون ليس لم لن لا ما كما هذا هذه ذلك تلك هو هي هم انه انها أنه بأن بان
    بانه بانها وان وانه وانها اليوم امس مساء صباح ليل فجر يوم عقب اثر اثناء لدي امام خلف نحو حيث اذ اذا لكن لكنه لكنها بل ثم او ام كل بعض غير سوي عند عندما بينما فيما مما بما لما كي لكي حين
    بصفته بصفتها باعتباره باعتبارها بوصفه بوصفها بدوره بدورها السابق السابقه الحالي الحاليه الجديد الجديده الاسبق الراحل المخلوع الموقت الانتقالي المنتخب المكلف نفسه نفسها ايضا فقط جدا قوله قولها تصريح تصريحات بيان خطاب مقابله كلمه موتمر عام سنه شهر
    اي ايه احد احدي عده جميع كلا وقد وقال واضاف ردا تعليقا مشيرا موكدا معتبرا لافتا مضيفا محذرا داعيا متهما قايلا رفض وصف زعم زار التقي يزور وصل اتصل هاتف بحث استقبل دعا طلب قرر امر وقع عبر
    لقناه لصحيفه لوكاله للصحفيين للصحافيين للصحافه المجلس الحكومه البلاد الدوله الجيش القوات الشعب العاصمه القصر المدينه رسميا هاتفيا صراحه بدوره بدورها وزاره بلاده بلادها انذاك حينها الثلاثاء
    ومن وفي وعلي والي وعن ومع وبعد وقبل وكان وكانت ولم ولن ولا وما وهو وهي""".split()
)
AR_Y_NAMES = frozenset("يوسف ياسين يعقوب يحيي ياسر يلتسين ييرماك يونس يون يي ينس يفغيني يوري يوهانيس يائير يايير ياسمين ياكوف يوفال يسرائيل يان يانغ".split())
TANWIN = "\u064b"
AR_ADJECTIVES = frozenset(
    """افريقي غربي اوروبي عربي اممي خليجي رفيع بارز كبير محلي حكومي عسكري امني حزبي معارض سابق اسلامي دولي اقليمي مطلع مسوول طبي دبلوماسي ميداني قضايي نيابي برلماني سياسي استراتيجي شمالي جنوبي
    شرقي لاتيني اسيوي اطلسي مغاربي بحري جوي اعلامي رسمي قبلي غربيه اوروبيه عربيه امميه رفيعه بارزه كبيره محليه حكوميه عسكريه امنيه سابقه دوليه طبيه سياسيه""".split()
)
AR_WORD = re.compile(r"[\u0620-\u064a][\u0620-\u064a'-]*")


class Name(NamedTuple):
    """A person's name at [start, end)."""

    start: int
    end: int
    text: str


def names(piece: Piece) -> list[Name]:
    """The names of an English or Russian piece. Arabic ones are found beside offices and verbs: `arabic_name`."""
    if piece.lang == "ar":
        return []
    whole = piece.text
    covered = [(start, end) for start, end, kind, _value, _how, _prefix in piece.hits if whole[start].isupper() and kind in COVERED]
    starts = [a for a, _ in covered]
    opening = {_first(piece.text, start) for start, _ in piece.sentences}
    made: list[Name] = []
    singles: list[Name] = []
    for found in (LATIN if piece.lang == "en" else CYRILLIC).finditer(piece.text):
        first, last = found.span()
        k = bisect_left(starts, first)
        clear = (k == len(starts) or starts[k] >= last) and (k == 0 or covered[k - 1][1] <= first and (k == 1 or covered[k - 2][1] <= first))
        for start, end in ((first, last),) if clear else _uncovered(whole, first, last, covered, starts):
            text = piece.text[start:end]
            title = TITLES.match(text) if text[0] in "MDGCLSPRAB" else None
            if title:
                start += title.end()
                text = piece.text[start:end]
            words = text.split()
            while words and words[0] in OPENERS and (len(words) == 1 or words[0] not in ("Ng",)):
                start += len(words[0]) + 1
                words = words[1:]
            while words and words[-1] in OPENERS:
                end -= len(words[-1]) + 1
                words = words[:-1]
            if not words or len(words) > 6 or text_model(piece.text, end) or len(words) == 1 and words[0].endswith(OBLIQUE_ADJECTIVE):
                continue
            text = piece.text[start:end]
            if text.endswith("'s"):
                end -= 2
                text = text[:-2]
            if len(words) == 1 and (start in opening or text.isupper()):
                singles.append(Name(start, end, text))
            else:
                made.append(Name(start, end, text))
    surnames = {stem(name.text.split()[-1]) for name in made}
    for single in singles:
        if (
            stem(single.text) in surnames
            or _speaks(piece, single)
            or piece.lang == "ru"
            and SURNAME.search(single.text)
            and piece.between(single.end, single.end + 40, "say")
        ):
            made.append(single)
    made.sort()
    return made


CASE_ENDING = re.compile(r"(?:ой|ого|ому|ым|ом|ем|ей|ую|ая|ий|ый|а|у|ы|е|я|ю|и|й|ь)$")


@functools.lru_cache(4096)
def stem(word: str) -> str:
    """A surname without its Russian case ending, to know it again."""
    low = word.lower().strip("'.")
    if len(low) > 4 and "а" <= low[-1] <= "ё":
        low = CASE_ENDING.sub("", low)
    return low


SURNAME = re.compile(r"(?:..[оеё]в|..ин|..ский|..цкий|енко|оглу|[аяеи]дзе|швили|.[яа]н|..ович|..евич|..чук|..баев|..ева|..ова)$")
OBLIQUE_ADJECTIVE = ("ного", "жого", "шого", "чого", "щого", "кого", "ному", "скому", "ской", "ском", "ным", "ских")


def text_model(text: str, end: int) -> bool:
    """Whether a hyphen and digits follow: the word is a model's name."""
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].isdigit()


NOT_WORDS = re.compile(r"[^\w]*")


def _first(text: str, start: int) -> int:
    if text[start].isalnum():
        return start
    found = NOT_WORDS.match(text, start)
    return found.end() if found else start


def _speaks(piece: Piece, name: Name) -> bool:
    """Whether a lone word in capitals that opens a sentence stands right before a verb of saying."""
    if piece.lang == "ru" and name.text.endswith(("ы", "и")) and len(name.text) > 5:
        return False  # a noun in the plural
    return any(hit.start <= name.end + 2 for hit in piece.between(name.end, name.end + 2, "say")) and len(name.text) > 2 and name.text not in OPENERS


def _uncovered(text: str, start: int, end: int, covered: list[tuple[int, int]], starts: list[int]) -> Iterator[tuple[int, int]]:
    place = start
    k = max(bisect_left(starts, start) - 3, 0)
    for a, b in covered[k:]:
        if a >= end:
            break
        if b <= place:
            continue
        left = text[place:a].rstrip(" '-")
        if a > place and left:
            yield place, place + len(left)
        place = b
        while place < end and not text[place].isalnum():
            place += 1
        if text[place - 1 : place + 1] == "'s":
            place += 2
    if place < end and text[place:end].strip() and text[place].isupper() or text[place:end].startswith(("al-", "el-")):
        yield place, end


def arabic_name(piece: Piece, place: int, known: frozenset[str] | set[str] = frozenset(), most: int = 4) -> Name | None:
    """The name that begins at a place of an Arabic text: words that are no word of the lists, up to four."""
    text = piece.text
    start = place
    while start < len(text) and text[start] in ' "':
        start += 1
    end, words = start, 0
    while words < most:
        begin = end + (1 if words and text[end : end + 1] in " -" else 0)
        match = AR_WORD.match(text, begin)
        if not match or words and begin == end:
            break
        word = match[0]
        if word in AR_STOP or word in AR_ADJECTIVES or word[0] in "وف" and word[1:] in AR_STOP or len(word) < 2 and not words:
            break
        blocking = [
            hit
            for hit in piece.between(begin, begin + 4)
            if hit.start < match.end() and hit.end >= match.end() - 1 and hit.kind not in ("stop", "hedge", "number")
        ]
        blocking = [hit for hit in blocking if not (hit.kind in ("unit", "say", "role", "state") and word in known)]
        if blocking:
            break
        if words and word.startswith("ي") and word not in AR_Y_NAMES and len(word) > 3:
            break
        if words and word.startswith(("لل", "بال", "وال", "كال")):
            break
        if words and word.startswith("ل") and len(word) > 4 and (word[1:] in AR_STOP or word.endswith("نا")):
            break
        if not words and word.startswith("ال") and word not in known:
            break
        words += 1
        end = match.end()
    if words and TANWIN in piece.folded.original and TANWIN in piece.folded.original[slice(*piece.span(start, end))]:
        return None  # an indefinite noun, written with its sign
    return Name(start, end, text[start:end]) if words else None

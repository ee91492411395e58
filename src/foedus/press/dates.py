"""Dates and years, as exact as the piece gives them: 1951 stays 1951. What leans on the day of publication is worked out from it."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from foedus.press.gazetteer import Hit
from foedus.press.piece import Piece
from foedus.press.places import Taken

NEVER = re.compile(r"(?!)")
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
BARE_YEAR = re.compile(rf"({YEAR})(?![\d%]|[.,]\d|-?\s?(?:x|km)\b)")
JOINED_BEFORE = re.compile(r"(?:[\w.,/:$€£#-])$")
YEAR_RANGE = re.compile(rf"({YEAR})\s?(?:-|/)\s?({YEAR}|\d\d)(?![\w-])")
NUMERIC = re.compile(r"(?=\d{1,4}[./-]\d)(?<![\w./-])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2}))(?![\d/]|\.\d)")
NINE_ELEVEN = re.compile(r"\b9/11\b")
BEFORE = {
    "en": re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s?(?:-|to|and)\s?)?\b(\d{1,2})(?:st|nd|rd|th)?(?: day)?(?: of)? $"),
    "ru": re.compile(r"(?:(\d{1,2})(?:-?го)?\s?(?:-|по|и|на)\s?)?\b(\d{1,2})(?:-?(?:го|е|му))? $"),
    "ar": re.compile(r"(?:(\d{1,2})\s?(?:-|الي|و|حتي)\s?)?(?<!\d)(\d{1,2})\s?/?\s?(?:من )?(?:شهر )?$"),
}
DAY_AFTER = {
    "en": re.compile(
        r"^(?:\.)? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:\s?(?:-|to|and)\s?(\d{1,2})(?:st|nd|rd|th)?)?(?![\d:%]|[.,]?\d)\b(?! (?:million|billion|thousand|soldiers|troops|people|per))"
    ),
    "ru": NEVER,
    "ar": NEVER,
}
YEAR_AFTER = {
    "en": re.compile(rf"^(?:\.)?,? (?:of )?(?:the year )?({YEAR})(?![\d%]|[.,]\d)\b"),
    "ru": re.compile(rf"^(?:\.)? ({YEAR})(?:-?го)?(?:\s?(?:г\.|год\w*))?(?!\d)"),
    "ar": re.compile(rf"^,? ?(?:من )?(?:شهر )?(?:ال|ل)?(?:عام |سنه )?/?({YEAR})(?!\d)"),
}
SAME_YEAR = {
    "en": re.compile(r",? ?(?:of |in )?\b(?:that|the same) year\b"),
    "ru": re.compile(r",? ?(?:в )?\b(?:(?:того|этого) же года\b|того года\b)"),
    "ar": re.compile(r",? ?(?:من )?(?:العام نفسه|السنه نفسها|العام ذاته|نفس العام|السنه ذاتها)"),
}
MONTH_CUE = {
    "en": re.compile(
        r"\b(?:in|since|until|till|by|from|of|last|next|this|early|late|mid|through|between|and|to|during|before|after|on|or|until|every)[ -]$", re.I
    ),
    "ru": re.compile(r"."),
    "ar": re.compile(r"(?:في|منذ|شهر|من|حتي|خلال|نهايه|مطلع|اوايل|اواخر|منتصف|بدايه|قبل|بعد|الي|بين|فجر|مساء|صباح|يوم|بحلول|وحتي) $|/\s?$"),
}
DAILY = re.compile(r"\b(?:every|each|кажд\w+|по)\s$|(?:كل)\s(?:يوم\s)?$", re.I)
NO_DAY_OF_WEEK = re.compile(r"(?:صلاه|خطبه|بين|كلا)\s$")
CLAUSES = re.compile(r"[,;:\"]|\b(?:that|что)\b|(?:^|\s)(?:ان)\s")
CLAUSE_ENDS = re.compile(r"[,;:.\"]")
MONTH_AGAIN = re.compile(r"\s?[/(-]\s?")
STOPS = re.compile(r"[.,;:()\n]")
OF_THE_DATE = re.compile(r"[\s,(]*(?:the|в|يوم|مساء|صباح|ليل|فجر|on|الموافق|ال)?[\s,()]*")
SAID_BEFORE = re.compile(r"\b(?:said|told|announced|заявил\w*|сообщил\w*|сказал\w*)\b|(?:^|\s)(?:قال|اعلن|اكد|صرح)\w*")
NUMBER_OR_CLOCK = re.compile(r"\s?(?:%|млн|млрд|тыс|million|billion|thousand|مليون|مليار|الف|по Гринвичу|GMT|hours)")
DOUBTFUL_MONTHS = frozenset(("may", "march", "اب", "ماي", "مارس", "اوت", "جوان", "avril", "august", "mar", "jan", "sep", "mart", "марта"))
LAST = {"en": re.compile(r"\b(?:last|past|previous)\s(?:week's |the )?$", re.I), "ru": re.compile(r"\b(?:прошл\w+|минувш\w+)\s$", re.I), "ar": NEVER}
NEXT = {"en": re.compile(r"\b(?:next|coming)\s$", re.I), "ru": re.compile(r"\b(?:следующ\w+|будущ\w+|ближайш\w+)\s$", re.I), "ar": NEVER}
LAST_AFTER = {
    "en": re.compile(r"^ (?:last week|of last week)"),
    "ru": re.compile(r"^ на прошлой неделе"),
    "ar": re.compile(r"^ (?:الماضي|الفائت|الفايت|المنصرم|الماضيه)"),
}
NEXT_AFTER = {
    "en": re.compile(r"^ (?:next week)"),
    "ru": re.compile(r"^ на (?:следующей|будущей) неделе"),
    "ar": re.compile(r"^ (?:المقبل|القادم|المقبله|القادمه)"),
}
FUTURE = {
    "en": re.compile(r"\b(?:will|shall|to be held|due|scheduled|plans? to|is to|are to|expected|set to)\b"),
    "ru": re.compile(
        r"\b(?:будет|будут|состоится|состоятся|истекает|вступит|вступят|пройдет|пройдут|планиру\w+|намерен\w*|соберутся|соберется|рассмотрит|обсудят|прибудет|прибудут|назначен\w*|ожидается|начнется|начнутся|встретятся|встретится)\b"
    ),
    "ar": re.compile(r"(?:^|\s)(?:و?س[يتن]\w{2,}|سوف|المقرر|المرتقب|المزمع|يتوقع|تعتزم|يعتزم)"),
}
BY_THEN = {
    "en": re.compile(r"\b(?:by|until|till)\s(?:the\s)?(?:end of\s|early\s|late\s|mid-)?$"), "ru": re.compile(r"\b(?:к|до|не позднее)\s(?:конц[уа]\s)?$"),
    "ar": re.compile(r"(?:حتي|بحلول|اعتبارا من)\s(?:نهايه\s|فجر\s|يوم\s|صباح\s|مساء\s)?$"),
}  # fmt: skip
PRESENT = re.compile(
    r"\b(?:meets?|signs?|opens?|votes?|begins?|starts?|holds?|travels?|visits?|arrives?|leaves?|hosts?|plays?|faces?|convenes?|gathers?|expires?|ends?|resumes?|takes? place|may|might|can)\s(?:[\w-]+\s){0,4}(?:on\s)?$"
)
YEARS_AGO = {
    "en": re.compile(r"\b(\w+(?:-\w+)?) (year|decade)s? ago\b"), "ru": re.compile(r"\b(?:(\w+) )?(год|года|лет|десятилети\w+) назад\b"),
    "ar": re.compile(r"(?:^|\s)و?قبل (?:(\w+) )?(عام|عاما|عامين|اعوام|سنه|سنوات|سنتين)(?!\w)"),
}  # fmt: skip
IN_DAYS = {
    "en": re.compile(r"\bin (\w+) (day|week)s?(?:'? time)\b"),
    "ru": re.compile(r"\bчерез (\w+) (дн\w+|недел\w+)\b"),
    "ar": re.compile(r"(?:^|\s)خلال هذا(?!)()"),
}
AGO = {
    "en": re.compile(r"\b(\w+) (day|week|month)s? ago\b"),
    "ru": re.compile(r"\b(?:(\w+) )?(дн\w+|день|недел\w+|месяц\w*) назад\b"),
    "ar": re.compile(r"(?:^|\s)و?قبل (?:(\w+) )?(يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع|شهر|شهرين|اشهر)(?!\w)"),
}
UNIT_DAYS = {"day": 1, "week": 7, "month": 0, "де": 1, "дн": 1, "не": 7, "ме": 0, "يو": 1, "اي": 1, "اس": 7, "شه": 0, "اش": 0}
NOT_YEAR_BEFORE = re.compile(
    r"(?:\ba|\ban|(?:قرار|لايحه|القرار)(?:\s\w+){1,3}|(?:резолюци\w+)(?:\s\w+){1,3}|[Rr]esolutions?|[Rr]es\.|[Nn]o\.?|[Nn]umber|القرار|القرارين|قرار|قراري|القرارات|رقم|резолюци\w+|номер|[Aa]rticle|[Ff]light|[Rr]oom|[Ll]aw)\s?\(?(?:\d{3,4},? (?:and|и|و)\s?)?$"
)
YEAR_CUE = {
    "en": re.compile(r"\b(?:in|since|until|till|by|from|of|to|before|after|and|between|the|late|early|mid|through|year|during|summer|winter|spring|autumn|fall|back in|around)[ -]$", re.I),
    "ru": re.compile(r"\b(?:в|с|до|по|от|к|года|лет\w*|зим\w*|весн\w*|осен\w*|и|на)\s$", re.I),
    "ar": re.compile(r"(?:في|عام|سنه|منذ|حتي|الي|من|العام|ربيع|صيف|خريف|شتاء|لعام|وعام|بعام|مطلع|اواخر|اوايل|نهايه|منتصف|قبل|بعد|و|بين|لسنه|بحلول)\s$"),
}  # fmt: skip
OLD_YEAR = re.compile(r"1[0-4]\d\d(?!\d|[.,]\d)(?=\s?(?:[.,;:)\n]|$|году|года|год|[a-z]))")
OLD_CUE = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Ff]rom|[Bb]y|[Oo]f|в|В|с|С|до|После|года)\s$")
RU_YEAR = re.compile(r"^(?:-?(?:м|го|й|е))?\s?(?:г\.|гг\.|год\w*)")


def dates(piece: Piece) -> tuple[list[dict[str, Any]], list[tuple[int, int]]]:
    """The dates of a piece (date, granularity, span, rule) and the places they take."""
    reader = _Reader(piece)
    reader.months()
    reader.numeric()
    reader.relative()
    reader.ago()
    reader.weekdays()
    reader.years()
    reader.found.sort(key=lambda item: item["span"])
    return reader.found, reader.taken.places


AGO_WORD = {"en": " ago", "ru": "назад", "ar": "قبل "}
IN_WORD = {"en": " time", "ru": "через ", "ar": "\x00"}


class _Reader:
    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.lang = piece.lang
        self.text = piece.text
        self.found: list[dict[str, Any]] = []
        self.taken = Taken()
        self.explicit: list[tuple[int, int, int]] = []  # place, year, month of full dates, for those that leave the year out
        self.units = {hit.start: hit for hit in piece.of("unit")}

    def free(self, start: int, end: int) -> bool:
        return self.taken.free(start, end)

    def put(self, written: str, start: int, end: int, rule: str) -> None:
        self.taken.add(start, end)
        granularity = {4: "year", 7: "month", 10: "day"}[len(written)]
        self.found.append({"date": written, "granularity": granularity, "span": self.piece.span(start, end), "rule": rule})

    # ---- day and month ------------------------------------------------------------------------------------------

    def months(self) -> None:
        hits = self.piece.of("month")
        done = -1
        for i, hit in enumerate(hits):
            if hit.start < done:
                continue
            start, end = hit.start, hit.end
            other = hits[i + 1] if i + 1 < len(hits) else None
            if other and other.value == hit.value and MONTH_AGAIN.fullmatch(self.text[end : other.start]):
                end = other.end + (1 if self.text[other.end : other.end + 1] == ")" else 0)
            done = self._month(hit, start, end)

    def _month(self, hit: Hit, start: int, end: int) -> int:
        text, lang = self.text, self.lang
        days, begin, spelt = self._day_before(start)
        finish = end
        if not days:
            after = DAY_AFTER[lang].match(text[end : end + 30])
            if after:
                days = [int(day) for day in after.groups() if day]
                finish = end + after.end()
        after = YEAR_AFTER[lang].match(text[finish : finish + 24])
        year = int(after[1]) if after and not self._counts(finish + after.end(), finish + after.start(1)) else None
        if after and year:
            finish += after.end()
        word = text[hit.start : hit.end].lower()
        if not days and year is None:
            cue = MONTH_CUE[lang].search(text[max(0, start - 12) : start]) or (lang == "en" and text[start - 1 : start] == "-")
            if hit.how == "short" or (word in DOUBTFUL_MONTHS or lang == "ar") and not cue:
                return end
            if lang == "en" and word == "may" and not cue:
                return end
        if any(day < 1 or day > 31 for day in days):
            days = []
            begin = start
        rule = "month and year"
        if year is None:
            year, finish, rule = self._year_of(hit.value, days, begin, finish)
            if year is None:
                return end
        else:
            self.explicit.append((start, year, hit.value))
        for day in days or [0]:
            if day and day > monthrange(year, hit.value)[1]:
                continue
            self.put(f"{year:04}-{hit.value:02}" + (f"-{day:02}" if day else ""), begin, finish, rule if not spelt else "ordinal day")
        return finish

    def _day_before(self, start: int) -> tuple[list[int], int, bool]:
        text = self.text
        before = BEFORE[self.lang].search(text[max(0, start - 22) : start])
        if before:
            begin = max(0, start - 22) + before.start()
            if not text[max(0, begin - 1) : begin].isdigit():
                return [int(day) for day in before.groups() if day], begin, False
        if self.lang == "en":
            return [], start, False
        near = [hit for hit in self.piece.between(max(0, start - 34), start, "number") if hit.how in ("ordinal", "cardinal")]
        total, begin, edge = 0, start, start
        for hit in reversed(near):
            gap = text[hit.end : edge]
            link = {"ar": ("", "من", "من شهر", "و", "شهر"), "ru": ("",)}[self.lang]
            if gap.strip() not in link or hit.end > edge or hit.value > 30:
                break
            if hit.how == "cardinal" and not (self.lang == "ar" and hit.value in (10, 20, 30)):
                break
            if hit.start == edge:
                continue
            total, begin, edge = total + int(hit.value), hit.start, hit.start
            if hit.how == "ordinal" and not (self.lang == "ru" and hit.value < 10 or self.lang == "ar" and hit.value >= 20):
                break
        if self.lang == "ru" and total and total > 31:
            total = 0
        return ([total], begin, True) if 0 < total <= 31 else ([], start, False)

    def _year_of(self, month: int, days: list[int], begin: int, finish: int) -> tuple[int | None, int, str]:
        """The year of a date that leaves it out: said beside it, that of the dates around it, or the one nearest to publication."""
        text = self.text
        if month == 9 and days == [11] and re.search(r"attack|terror|теракт|атак|هجمات|اعتداءات|احداث", text[max(0, begin - 40) : finish + 40]):
            return 2001, finish, "name of a day"
        for hit in self.piece.between(finish, finish + 8, "relative"):
            if hit.value[0] == "year" and text[finish : hit.start].strip() in ("", "من", "в") and self.piece.published:
                return self.piece.published.year + hit.value[1], hit.end, "month and relative year"
        same = SAME_YEAR[self.lang].match(text, finish, finish + 30)
        last = self.explicit[-1] if self.explicit else None
        if same and last:
            return last[1], finish + same.end(), "same year"
        if last and self.piece.paragraph(begin) <= last[0] and (month >= last[2]) and self._narrative(last[1]):
            return last[1], finish, "year of the date before"
        published = self.piece.published
        if not published:
            return (last[1], finish, "year of the date before") if last else (None, finish, "")
        start, end = self.piece.sentence(begin)
        ahead = bool(FUTURE[self.lang].search(text[start:end])) or bool(BY_THEN[self.lang].search(text[max(0, begin - 22) : begin]))
        if last and self._narrative(last[1]) and not ahead:
            nearest = date(published.year, month, min(days[0], monthrange(published.year, month)[1]) if days else 1)
            if nearest > published or (published - nearest).days > 75:
                return last[1], finish, "year of the date before"
        before = text[max(0, begin - 12) : begin]
        options = []
        for year in (published.year - 1, published.year, published.year + 1):
            day = date(year, month, min(days[0], monthrange(year, month)[1]) if days else 15)
            distance = (published - day).days
            if not days and year == published.year and month == published.month:
                distance = 0
            if LAST[self.lang].search(before) and (distance <= 0 and (year, month) >= (published.year, published.month)):
                continue
            if NEXT[self.lang].search(before) and (year, month) <= (published.year, published.month):
                continue
            follow = text[finish : finish + 10]
            if self.lang == "ar" and LAST_AFTER["ar"].match(follow) and (year, month) >= (published.year, published.month):
                continue
            if self.lang == "ar" and NEXT_AFTER["ar"].match(follow) and (year, month) <= (published.year, published.month):
                continue
            options.append((distance if distance >= 0 else -distance * (1 if ahead else 8), year))
        return min(options)[1], finish, "nearest to publication"

    def _narrative(self, year: int) -> bool:
        return self.piece.published is None or year != self.piece.published.year

    def _counts(self, end: int, start: int) -> bool:
        """Whether what follows a number of four digits is a thing it counts."""
        following = self.text[end : end + 1]
        unit = self.units.get(end + 1) if following in (" ", "-") else None
        return unit is not None and unit.value[0] not in ("year",) and unit.end - unit.start > 1

    # ---- other shapes ---------------------------------------------------------------------------------------------

    def numeric(self) -> None:
        for found in self.piece.at_figures(NUMERIC):
            a, b, c, d, e, f = found.groups()
            if a:
                year, month, day = int(a), int(b), int(c)
            else:
                day, month, year = int(d), int(e), int(f)
                year += 2000 if year < 70 else 1900 if year < 100 else 0
                if month > 12 >= day or self.lang == "en" and day <= 12 and self._american(year, day, month):
                    day, month = month, day
            if 1 <= month <= 12 and 1500 <= year <= 2100 and 1 <= day <= monthrange(year, month)[1] and self.free(*found.span()):
                self.explicit.append((found.start(), year, month))
                self.put(f"{year:04}-{month:02}-{day:02}", *found.span(), "numeric date")
        for found in NINE_ELEVEN.finditer(self.text) if self.lang == "en" and "9/11" in self.text else ():
            if self.free(*found.span()):
                self.put("2001-09-11", *found.span(), "name of a day")

    def _american(self, year: int, first: int, second: int) -> bool:
        if not self.piece.published:
            return False
        near = [abs((date(year, month, day) - self.piece.published).days) for month, day in ((first, second), (second, first)) if 1 <= month <= 12]
        return len(near) == 2 and near[0] < near[1] and near[0] < 40

    def relative(self) -> None:
        published = self.piece.published
        if not published:
            return
        for hit in self.piece.of("relative"):
            if self.free(hit.start, hit.end):
                step, distance = hit.value
                if step == "day" and distance == 0 and self._nowadays(hit):
                    continue
                if step == "day":
                    self.put((published + timedelta(days=distance)).isoformat(), hit.start, hit.end, "relative day")
                elif step == "month":
                    months = published.year * 12 + published.month - 1 + distance
                    self.put(f"{months // 12:04}-{months % 12 + 1:02}", hit.start, hit.end, "relative month")
                else:
                    self.put(f"{published.year + distance:04}", hit.start, hit.end, "relative year")
        if self.lang == "ar":
            for found in re.finditer(r"(?:^|[\s,])(اليوم)(?=[\s,.:])", self.text):
                if self.free(*found.span(1)) and not re.search(
                    r"(?:في|ذلك|هذا|الي|حتي|من|طوال|بعد|خلال|بعض|ساعات|ساعه|مرات) $", self.text[max(0, found.start(1) - 6) : found.start(1)]
                ):
                    if re.match(
                        r"اليوم (?:نفسه|ذاته|التالي|السابق|الاول|الثاني|الثالث|الرابع|الاخير|العالمي|الوطني)", self.text[found.start(1) : found.start(1) + 20]
                    ):
                        continue
                    if self._nowadays(Hit(*found.span(1), "relative", ("day", 0), "", "")):
                        continue
                    self.put(published.isoformat(), *found.span(1), "relative day")

    def _nowadays(self, hit: Hit) -> bool:
        """Whether `today` that opens a sentence means these times: no weekday, no finished act follows."""
        if self.text[hit.start : hit.end].lower() not in ("today", "сегодня", "اليوم"):
            return False
        start, end = self.piece.sentence(hit.start)
        if self.text[start : hit.start].strip(' \n"-و'):
            return False
        ahead = self.text[hit.end : min(end, hit.end + 60)]
        if self.piece.between(hit.end, hit.end + 3, "weekday", "month") or re.match(r"\s?,?\s?\d", ahead):
            return False
        done = {
            "en": r"\b(?:\w{3,}ed|said|met|told|sent|left|began|took|came|went|held)\b",
            "ru": r"\b\w{2,}(?:л|ла|ли|ло|лся|лась|лись)\b",
            "ar": r"^\s(?:الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت)",
        }
        return not re.search(done[self.lang], ahead)

    def ago(self) -> None:
        published = self.piece.published
        if not published:
            return
        if AGO_WORD[self.lang] not in self.text and IN_WORD[self.lang] not in self.text:
            return
        words = {hit.start: hit.value for hit in self.piece.of("number") if hit.how == "cardinal"}
        for found in self._around(AGO[self.lang]):
            first, unit = found[1], found[2]
            count = 1.0
            if first:
                said = int(first) if first.isdigit() and len(first) < 4 else words.get(found.start(1))
                if said is None and first.lower() not in ("a", "an"):
                    if self.lang == "en" or self.lang == "ar":
                        continue
                    said = 1
                count = float(said or 1)
            if unit.endswith("ين"):
                count = 2
            days = UNIT_DAYS[unit if unit in UNIT_DAYS else unit[:2]]
            start = found.start(1) if first else found.start(2)
            if not self.free(start, found.end()) or count > 60:
                continue
            if self.taken.beside(start, found.end(), 3):
                continue  # two weeks ago, on 16 June
            if days:
                self.put((published - timedelta(days=int(count) * days)).isoformat(), start, found.end(), "so many days ago")
            else:
                months = published.year * 12 + published.month - 1 - int(count)
                self.put(f"{months // 12:04}-{months % 12 + 1:02}", start, found.end(), "so many months ago")

        for pattern, sign in ((YEARS_AGO[self.lang], -1), (IN_DAYS[self.lang], 1)):
            for found in self._around(pattern):
                first, unit = found[1], found[2]
                said = 1 if not first else int(first) if first.isdigit() and len(first) < 4 else self._spelt(found.start(1), found.end(1), words)
                start = found.start(1) if first else found.start(2)
                if said is None or not self.free(start, found.end()):
                    continue
                said = 2 if unit.endswith("ين") else said
                if sign > 0:
                    self.put(
                        (published + timedelta(days=int(said) * UNIT_DAYS[unit if unit in UNIT_DAYS else unit[:2]])).isoformat(),
                        start,
                        found.end(),
                        "in so many days",
                    )
                elif (said := int(said) * (10 if unit.startswith(("decade", "десят")) else 1)) <= 400:
                    self.put(f"{published.year - said:04}", start, found.end(), "so many years ago")

    def _around(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Where a pattern stands round the words ago and in so many days, without a search of the whole text."""
        for word in (AGO_WORD[self.lang], IN_WORD[self.lang]):
            place = self.text.find(word)
            while place >= 0:
                for found in pattern.finditer(self.text, max(0, place - 32), min(len(self.text), place + 40)):
                    if found.start() <= place + len(word) and place <= found.end():
                        yield found
                        break
                place = self.text.find(word, place + 24)

    def _spelt(self, start: int, end: int, words: dict[int, Any]) -> float | None:
        if self.text[start:end].lower() in ("a", "an", "one"):
            return 1
        value = words.get(start)
        if value is None:
            return None
        before = [
            hit
            for hit in self.piece.between(max(0, start - 14), start, "number")
            if hit.how == "cardinal" and hit.value >= 20 and self.text[hit.end : start] in (" ", "-")
        ]
        return float(value) + (float(before[-1].value) if before and value < 10 else 0)

    def weekdays(self) -> None:
        published = self.piece.published
        if not published:
            return
        for hit in self.piece.of("weekday"):
            if hit.how == "short" or not self.free(hit.start, hit.end) or self._beside(hit):
                continue
            before = self.text[max(0, hit.start - 16) : hit.start]
            after = self.text[hit.end : hit.end + 24]
            if self.lang == "ru" and self.text[hit.start : hit.end].lower() in ("среда", "среду", "среде", "среды", "средой", "средам", "средах", "сред"):
                if not re.search(r"\b(?:в|на|к|с|до|со|прошлую|прошлой)\s$", before) or self.text[hit.start : hit.end].lower() not in (
                    "среду",
                    "среды",
                    "среде",
                ):
                    continue
                if self.text[hit.start : hit.end].lower() == "среде" and not re.search(r"\bк\s$", before):
                    continue
            if DAILY.search(before) or self.lang == "en" and after[:1] == "s" or after.startswith((" prayers", " Prayer")):
                continue
            if NO_DAY_OF_WEEK.search(before):
                continue
            self.put(self._weekday(hit, before, after).isoformat(), hit.start, hit.end, "day of the week")

    def _weekday(self, hit: Hit, before: str, after: str) -> date:
        published = self.piece.published
        assert published is not None
        back = (published.weekday() - int(hit.value)) % 7
        lang = self.lang
        last = LAST[lang].search(before) or LAST_AFTER[lang].match(after)
        coming = NEXT[lang].search(before) or NEXT_AFTER[lang].match(after)
        if last:
            return published - timedelta(days=back or 7)
        start, end = self.piece.sentence(hit.start)
        if (
            coming
            or back
            and (
                self._future(start, end, hit)
                or BY_THEN[lang].search(self.text[max(0, hit.start - 24) : hit.start])
                or lang == "en"
                and PRESENT.search(self.text[start : hit.start])
            )
        ):
            return published + timedelta(days=(7 - back) % 7 or 7)
        return published - timedelta(days=back)

    def _future(self, start: int, end: int, hit: Hit) -> bool:
        """Whether the clause of a day of the week looks ahead."""
        clause = CLAUSES.split(self.text[start : hit.start])[-1][-70:]
        ahead = CLAUSE_ENDS.split(self.text[hit.end : end])[0][:40] if self.lang == "en" else ""
        if SAID_BEFORE.search(self.text[max(start, hit.start - 30) : hit.start]):
            return False
        if self.lang == "en" and re.search(r"\b(?:said|told|announced)\b", self.text[hit.end : hit.end + 12]):
            return False
        return bool(FUTURE[self.lang].search(clause)) or self.lang == "en" and bool(re.match(r"\s(?:will|is to|are to)\b", ahead))

    def _beside(self, hit: Hit) -> bool:
        """Whether a day of the week only repeats a date beside it."""
        for a, b in self.taken.beside(hit.start, hit.end, 10):
            gap = self.text[hit.end : a] if a >= hit.end else self.text[b : hit.start] if b <= hit.start else ""
            near = 0 <= a - hit.end <= 9 or 0 <= hit.start - b <= 9
            if near and OF_THE_DATE.fullmatch(gap):
                return True
        return False

    def years(self) -> None:
        for found in self.piece.at_figures(YEAR_RANGE, 4):
            if (
                not JOINED_BEFORE.search(self.text[max(0, found.start() - 1) : found.start()])
                and self.free(*found.span())
                and not self._counts(found.end(), found.start())
            ):
                first, second = found[1], found[2]
                second = first[:2] + second if len(second) == 2 else second
                if int(first) < int(second) <= int(first) + 150:
                    self.put(first, found.start(1), found.end(1), "years from and to")
                    self.put(second, found.start(2), found.end(2), "years from and to")
        for found in self.piece.at_figures(OLD_YEAR, 4):
            if (
                OLD_CUE.search(self.text[max(0, found.start() - 9) : found.start()])
                and self.free(*found.span())
                and not self._counted_soon(found.end(), False, 1400)
            ):
                self.put(found[0], *found.span(), "year")
        for found in self.piece.at_figures(BARE_YEAR, 4):
            start, end = found.span(1)
            if not self.free(start, end):
                continue
            before = self.text[max(0, start - 22) : start]
            if JOINED_BEFORE.search(before) and not before.endswith((" ال", "\nال")):
                continue
            cue = YEAR_CUE[self.lang].search(before)
            year = int(found[1])
            if year > 2070:
                continue
            if NOT_YEAR_BEFORE.search(before) or self.text[end : end + 1] == "-" and self.lang == "ru" and re.match(r"-(?:х|е)\b", self.text[end : end + 3]):
                continue
            if self.text[end : end + 1].isalpha() or NUMBER_OR_CLOCK.match(self.text[end : end + 10]):
                continue
            if self.lang == "ru" and RU_YEAR.match(self.text[end : end + 9]):
                match = RU_YEAR.match(self.text[end : end + 9])
                self.put(found[1], start, end + (match.end() if match else 0), "year")
            elif self._counted_soon(end, cue is not None, year):
                continue
            elif cue or 1800 <= year <= 2050:
                self.put(found[1], start, end, "year")

    def _counted_soon(self, end: int, cue: bool, year: int) -> bool:
        if self._counts(end, end):
            return not (cue and self.lang == "en" and 1900 <= year <= 2030)
        if cue:
            return False
        after = STOPS.split(self.text[end : end + 40])[0]
        soon = list(self.piece.between(end, end + len(after), "unit", "number"))
        words = re.findall(r"\w+", self.text[end : soon[0].start]) if soon else []
        return (
            bool(soon)
            and len(words) <= (3 if self.lang != "ar" else 1)
            and not any(word in ("in", "and", "to", "the", "with", "as", "в", "и", "на", "في", "من") for word in words)
        )

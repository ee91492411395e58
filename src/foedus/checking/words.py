"""What the rules of the check look for, in the three languages of the reader. Patterns are read against lower-cased text without Arabic vowel marks."""

import re

Pattern = re.Pattern[str]


def _of(en: str, ar: str, ru: str) -> Pattern:
    return re.compile(f"{en}|{ar}|{ru}", re.IGNORECASE)


SIGNED = _of(
    r"\bsign(?:ed|ing|ature)\b",
    r"وق[ّ]?عو?ت?\b|توقيع|أُ?برمت?|وقعوا|المبرمة|الموقعة",
    r"подпис\w+",
)
FIRST_TIME = _of(
    r"\bfirst (?:time|ever|such|request|appeal|invocation)\b|\bfor the first time\b|\bnever (?:before|asked|been asked|been invoked)\b|\bunprecedented request\b",
    r"(?:ال)?مرة (?:ا?لا?أولى|ال?اولى|لأولى)|لأول مرة|أول مرة|لاول مرة|لم يسبق",
    r"впервые|первый раз|в первый раз|никогда (?:прежде|ранее|раньше)|ни разу",
)
ASKED = _of(
    r"\bask(?:s|ed|ing)?\b|\brequest(?:s|ed)?\b|\bappeal(?:s|ed)?\b|\binvok(?:e|es|ed)\b|\binvocation\b|\btrigger(?:s|ed)?\b|\bsought\b",
    r"طلب\w*|تطلب|يطلب|استنجد\w*|مناشدة|ناشد\w*|تفعيل|فعّ?ل\w*|استند\w*",
    r"попрос\w+|просит\w*|просьб\w+|обрат\w+|обращени\w+|запрос\w*|задейств\w+|приме\w+ стать\w+",
)
OBSERVER = _of(r"\bobserver\b", r"مراقب\w*", r"наблюдател\w+")
UNITED_NATIONS = _of(r"\bUnited Nations\b|\bUN\b|\bU\.N\.", r"الأمم المتحدة|الامم المتحدة", r"\bООН\b|Объедин[её]нн\w+ Наци\w+")
ONE_IS_ALL = _of(
    r"(?:attack|aggression|assault)\w* (?:on|against|upon) (?:one|any|a)\b.{0,80}\ball\b",
    r"(?:عدوان|هجوم|اعتداء)\w* على (?:أي|دولة|أحد|إحدى|طرف|عضو)\w*.{0,80}(?:جميع|كل|كافة)",
    r"(?:нападени|агресси)\w* (?:на|против) (?:од\w+|люб\w+).{0,80}\bвс(?:ех|ем|е)\b",
)
GUARD = _of(
    r"\b(?:guard|protect|secure|cover)(?:s|ed|ing)?\b",
    r"حماية|حراسة|تحمي|تحرس|تأمين|بحماية",
    r"охран\w+|защи(?:т|щ)\w+|прикры\w+",
)
SITES = _of(
    r"\b(?:facilit(?:y|ies)|sites?|installations?|infrastructure|buildings?)\b",
    r"منشآت|المنشآت|مواقع|المواقع|مرافق|المرافق|البنية التحتية",
    r"объект\w*|инфраструктур\w+|учреждени\w+|здани\w+",
)
ONLY = _of(
    r"\bonly\b|\bsolely\b|\bexclusively\b|\bnot (?:take|be|directly|participate)\b|\bno part\b",
    r"فقط|حصر[اًيا]*|لن تشارك|لا تشارك|دون المشاركة",
    r"только|исключительно|не будут|не участ\w+|лишь",
)
JOINED = _of(
    r"\bjoin(?:s|ed|ing)?\b|\bacced(?:es|ed)\b|\baccession\b|\bbecame (?:a |the )?(?:\w+ )?member\b",
    r"انضم\w*|انضمام|التحق\w*|عضو[اًا]* منذ",
    r"вступил\w*|вступлени\w+|присоедин\w+|стал\w* (?:\w+ )?член\w+",
)
LEFT = _of(
    r"\b(?:left|leaves|quit|quits|withdr(?:ew|awal|awn)|pulled out|exit(?:ed)?)\b",
    r"انسحب\w*|انسحاب|غادرت? ال|خرجت? من|خروج",
    r"вышл?[аои]*\b|выход\w*|покинул\w*|вышел",
)
FROZE = _of(
    r"\b(?:froze|frozen|freez\w+|suspend(?:s|ed)? (?:its|the) (?:membership|participation))\b", r"جمّ?د\w*|تجميد|علّ?ق\w*|تعليق", r"заморо[зж]\w+|приостанов\w+"
)
NO_FOREIGN = _of(
    r"\bno (?:sign|evidence|indication|proof)\w* (?:of|that|for)\b.{0,80}\b(?:foreign|outside|abroad|external)",
    r"(?:لا يوجد|لا توجد|ليس هناك|لا دليل|دون دليل|لا مؤشر).{0,60}(?:أجنبي|خارجي|الخارج)",
    r"(?:нет|никаких|не нашл\w*|отсутств\w+).{0,60}(?:доказательств|признак|свидетельств|указани)\w*.{0,80}(?:иностранн|внешн|из-за рубежа|извне)",
)
FOREIGN_TRAINED = _of(
    r"\b(?:trained|directed|sent|paid|organi[sz]ed) (?:from |by )?(?:abroad|outside|foreign)|\bforeign(?:-trained| fighters| militants| terrorists| mercenaries)\b",
    r"(?:دُ?رّ?بت?|تدرب\w*|تلقت? تدريب\w*).{0,20}(?:الخارج|خارج البلاد)|مقاتلين أجانب|إرهابيين أجانب|مرتزقة أجانب",
    r"(?:обучен|подготовлен|направля|засла)\w* (?:из-за рубежа|за рубежом|за границей|извне)|иностранн\w+ (?:боевик|террорист|наёмник|наемник)\w*",
)
OPINION = _of(
    r"(?<!\d )\bmay\b(?! \d)|\b(?:might|could|unlikely|likely|perhaps|probably|should|fear(?:s|ed)?|hope[sd]?|believe[sd]?|too early|trial balloon|surprised)\b",
    r"ربما|قد |يُ?حتمل|من المبكر|غير مرجح|ينبغي|يجب|مخاوف|يخشى|بالون اختبار|لا تستبعد|فاجأ",
    r"может|могут|вероятн\w+|возможн\w+|маловероятн\w+|пожалуй|следует|опас\w+|надежд\w+|рано судить|пробн\w+ шар",
)
VOWEL_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")


def found(pattern: Pattern, sentence: str) -> re.Match[str] | None:
    """Where the pattern stands in a sentence; Arabic vowel marks do not count."""
    return pattern.search(VOWEL_MARKS.sub("", sentence))

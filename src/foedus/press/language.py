"""Which of the three languages a piece is in; anything else is refused with one line."""

import re

from foedus.errors import InputError

LANGUAGES = {"en": "English", "ar": "Arabic", "ru": "Russian"}
COMMON = {
    "en": frozenset("the of and to in that is was for on with as by at from it said are were has have be not an its he will but who a".split()),
    "other": frozenset(
        "le la les des et du une dans que qui pour der die und das nicht mit von den ist el los las del y en por con para una il di che"
        " non gli dei ve bir bu ile için de het een van niet och att det som na je w nie się ng mga yang dan".split()
    ),
}
FOREIGN_CYRILLIC = re.compile(r"[іїєґўјљњћџђѓќѕәғқңөұүһӣӯҳҷ]", re.I)
FOREIGN_ARABIC = re.compile(r"[گپچژڑٹڈےںۆێ]")
RUSSIAN = frozenset("и в на с что не по о к для из это как от за его при до также был было были а он она они со об".split())
ARABIC = frozenset("في من على إلى الى أن ان عن مع هذا هذه التي الذي ما لا لم قال بعد كان كانت بين أو او وقال ولا إن خلال".split())
BINARY = re.compile(r"[\ufffd\x01-\x08\x0e-\x1f\x7f]")
PERSIAN = frozenset("است این که از را برای می با شد های شده و در به ہے کے میں کی اور".split())


def detect(text: str) -> str:
    """The language of `text`: en, ar or ru. Errors: InputError for an empty text, a binary one, or another language."""
    sample = readable(text)
    arabic = len(re.findall(r"[\u0620-\u06ff\ufb50-\ufdff\ufe70-\ufefc]", sample))
    cyrillic = len(re.findall(r"[\u0400-\u052f]", sample))
    latin = len(re.findall(r"[A-Za-z\u00c0-\u024f]", sample))
    most = max(arabic, cyrillic, latin)
    if most < 3:
        raise InputError("the piece has no words in Arabic, English or Russian")
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if most == arabic:
        return _arabic(sample, words)
    if most == cyrillic:
        return _russian(sample, words, cyrillic)
    return _english(words)


def readable(text: str) -> str:
    """The stretch of the text by which it is judged. Errors: InputError for an empty or binary text."""
    sample = " ".join((text[:4_000] if text[:1_000].strip(" \n\x00") else text[:200_000]).replace("\x00", " ").split())[:4_000]
    if not sample.strip():
        raise InputError("the piece is empty")
    if (
        text[:20_000].count("\x00") + text[:20_000].count("\ufffd") > 0.5 * len(text[:20_000])
        or (not sample.isprintable() or "\ufffd" in sample)
        and len(BINARY.findall(sample)) > 0.03 * len(sample) + 3
    ):
        raise InputError("the piece is not text but binary data")
    return sample


def known(lang: str) -> str:
    """`lang`, if it is one of the three. Errors: InputError."""
    if lang not in LANGUAGES:
        raise InputError(f"no language '{lang}' is read. Known: " + ", ".join(f"{code} ({name})" for code, name in LANGUAGES.items()))
    return lang


def _refuse(found: str) -> InputError:
    return InputError(f"the piece seems to be in {found}; only Arabic (ar), English (en) and Russian (ru) are read")


def _arabic(sample: str, words: list[str]) -> str:
    persian = sum(word in PERSIAN for word in words)
    if len(words) >= 8 and persian > sum(word in ARABIC for word in words) and len(FOREIGN_ARABIC.findall(sample)) > 1:
        raise _refuse("another language in Arabic script")
    return "ar"


def _russian(sample: str, words: list[str], letters: int) -> str:
    if len(words) >= 5 and len(FOREIGN_CYRILLIC.findall(sample)) > 0.012 * letters:
        raise _refuse("another language in Cyrillic script")
    if len(words) >= 25 and sum(word in RUSSIAN for word in words) < 0.04 * len(words) and not re.search(r"[ыэ]", sample):
        raise _refuse("another language in Cyrillic script")
    return "ru"


def _english(words: list[str]) -> str:
    english = sum(word in COMMON["en"] for word in words)
    other = sum(word in COMMON["other"] for word in words)
    if len(words) >= 8 and other > english or len(words) >= 40 and english < 0.08 * len(words):
        raise _refuse("another language in Latin script")
    return "en"

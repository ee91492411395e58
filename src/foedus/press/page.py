"""What of a page is the piece: menus, captions, `read also`, share buttons and related links are left out.

The result is a view: a text of the same length as the original, in which what is not to be read is blank, so that places stay true.
"""

import html
import re
from dataclasses import dataclass

from foedus.press.patterns import begins, each

HTML = re.compile(r"<(?:!doctype|html|head|body|div|p|article|section|span|meta|table|h[1-6])\b[^>]*>", re.I)
BLOCKS = frozenset(
    "address article aside blockquote body br button caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html"
    " iframe li main nav noscript ol option p pre script section select style summary table tbody td template textarea tfoot th thead title tr ul video audio svg".split()
)
SKIPPED = frozenset("script style noscript template svg iframe textarea select button nav footer aside form figcaption figure head".split())
TOKEN = re.compile(r"<!--.{0,200000}?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]{0,20000}>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,10});|<![^>]{0,400}>", re.S)
RELATED = re.compile(
    r"^\W{0,4}(?:اقر[اأ] ?(?:أيضا|أيضًا|أيضاً|ايضا|المزيد|كذلك)|إقر[أا] أيضا|شاهد أيضا|طالع أيضا|للمزيد|المزيد حول|قد يهمك|مواضيع ذات صلة|مقالات ذات صلة|أخبار ذات صلة|ذات صلة|موضوعات متعلقة"
    r"|Read (?:also|more|next)\b|See also\b|More on (?:this|the)\b|Related(?: articles| stories| coverage| news| topics)?\b\W*$|Related:|Also read\b|You may (?:also )?like|Recommended(?: for you)?\b|Don't miss|Most read|More from\b|Watch:|Listen:|LIVE:|Explore more"
    r"|Читайте также|Читать также|Читайте ещё|Читайте далее|Смотрите также|По теме|Материалы по теме|Другие новости|Похожие материалы|Ещё по теме|Вам может|Рекомендуем|Подробнее:|Самое читаемое|Новости по теме|Смотрите:)",
    re.I,
)  # fmt: skip
SHARE = re.compile(
    r"^\W{0,4}(?:تابعنا|اتبعنا|شارك|مشاركة|تعليقات|التعليقات|اشترك|الوسوم|كلمات مفتاحية|حقوق النشر|جميع الحقوق|طباعة|أرسل|انسخ الرابط|المصدر\s?:|مصدر الصورة|تصوير|الكلمات المفتاحية|حمل التطبيق|تغطية مباشرة$|نشر في|آخر تحديث|الرئيسية\b"
    r"|Share\b|Follow us|Follow @|Subscribe|Sign up|Sign in|Log in|Newsletter|Comments?\b\W*\d*$|Tags?\s?:|Topics\s?:|Copyright|©|All rights reserved|Advertisement|Sponsored|Print\b|Email\b\W*$|Tweet\b|Copy link|Download our|Skip to|Menu\b|Search\b\W*$|Cookie|Photo(?:graph)?\s?(?:by|:|credit)|Image\s?(?:credit|source|:|copyright)|Source\s?:\s|Getty Images|File photo|Video\s?:|Click here|Support our|Donate|Help us|Join our|Home\s?[>|»/]"
    r"|Поделиться|Подписывайтесь|Подпишитесь|Подписаться|Комментарии|Комментировать|Теги\s?:|Тэги|Все права|Реклама|Фото\s?:|Фото\s|Источник\s?:|Наш канал|Telegram-канал|Следите за|Версия для печати|Оставить комментарий|Отправить|Войти|Главная\b|Присоединяйтесь|Нашли ошибку|Автор фото|Видео\s?:|Фотография\s?:|Архив\b)",
    re.I,
)  # fmt: skip
MORE = re.compile(
    r"^\W{0,4}(?:MORE (?:IN|ON|FROM|NEWS)\b|More (?:news|stories|in)\b|Latest(?: news)?\W*$|Also in the news|In other news|Ещё по теме|Другие новости|Главное за день|Читайте также|По теме"
    r"|اقرأ أيضا|مواضيع ذات صلة|أخبار أخرى|المزيد من الأخبار|RELATED|Related)",
)  # fmt: skip
LINES = re.compile(r"[^\n\r\u2028\u2029]+")
BULLET = re.compile(r"^\s*[-–—•*▪►>]")
CAPTION_END = re.compile(
    begins(
        r"[-–—/(,]\s?(?:أرشيف|ارشيف|أرشيفية|رويترز|أ ف ب|فرانس برس|غيتي|الأناضول|الفرنسية|أسوشيتد برس|File photo|file photo|FILE|Reuters|AFP|AP|Getty(?: Images)?|EPA|archive|TASS|Handout|via [A-Z]\w+|архив|Reuters|ТАСС|РИА Новости|фото из архива|архивное фото|AP Photo)|"
        + each("Reuters|AFP|AP|Getty Images|EPA|TASS", r"\s?/\s?[\w .]+")
    )
    + r"\s?[\])]?\W{0,2}$"
)
FOOTNOTE = re.compile(r"^\s*[♦*•†]\s?\S.{0,120}$")
END = re.compile(r"[.!?…؟:»\"”’)]\s*$")


@dataclass(slots=True)
class Page:
    """The view of a page, with its title and the day of publication where its markup gives them."""

    view: str
    title: tuple[int, int] | None
    published: str | None


def is_html(text: str) -> bool:
    """Whether a text is a saved page."""
    return len(HTML.findall(text[:100_000])) >= 2


def read_page(text: str) -> Page:
    """The view of a text or of a saved page."""
    if is_html(text):
        return _html(text)
    return _plain(text)


# ---- plain text -------------------------------------------------------------------------------------------------------


def _plain(text: str) -> Page:
    lines = [found.span() for found in LINES.finditer(text)]
    kept = _kept([text[a:b].strip() for a, b in lines])
    view = _blank(text, [line for line, keep in zip(lines, kept, strict=True) if not keep])
    return Page(view, _title(text, [line for line, keep in zip(lines, kept, strict=True) if keep]), None)


def _kept(lines: list[str]) -> list[bool]:
    """For each line, whether it belongs to the piece."""
    if len(lines) <= 1:
        return [True] * len(lines)
    prose = [len(line) >= 90 or len(line) >= 40 and bool(END.search(line)) for line in lines]
    first = next((i for i, is_prose in enumerate(prose) if is_prose), 0)
    last = max((i for i, is_prose in enumerate(prose) if is_prose), default=len(lines) - 1)
    kept = []
    ended = listed = False
    for i, line in enumerate(lines):
        words = len(line.split())
        related = words <= 60 and bool(RELATED.match(line))
        keep = not (related and words <= 30 or words <= 14 and SHARE.match(line) or words <= 30 and CAPTION_END.search(line[-100:]) and not prose_like(line))
        if related and i > last:
            ended = True
        if listed and (BULLET.match(line) or words <= 12 and not END.search(line)):
            keep = False
        else:
            listed = words <= 8 and bool(MORE.match(line))
            keep = keep and not listed
        if i > last and (ended or FOOTNOTE.match(line) or words <= 2 and not END.search(line)):
            keep = False
        if i < first and words <= 3 and _is_menu(lines, i, first):
            keep = False
        kept.append(keep)
    return kept if any(kept) else [True] * len(lines)


STOPS = re.compile(r"[.!?؟](?:\s|$)")


def prose_like(line: str) -> bool:
    """Whether a line has two or more sentences, as no caption has."""
    return len(STOPS.findall(line)) > 1


def _is_menu(lines: list[str], i: int, first: int) -> bool:
    """Whether a short line before the first paragraph stands among other short ones, or is several words run together."""
    if re.search(r"[a-zа-яёء-ي]{18,}", lines[i]):
        return True
    near = [line for line in lines[max(0, i - 2) : min(first, i + 3)] if line]
    return sum(len(line.split()) <= 3 for line in near) >= 3


def _title(text: str, lines: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The heading: of the lines before the first paragraph the longest that has four words or more."""
    heads = []
    for a, b in lines[:8]:
        line = text[a:b].strip()
        if len(line) >= 160 or len(line) > 60 and END.search(line) and not line.endswith(("?", "؟", "!", "»", '"')) or prose_like(line):
            break
        if len(line.split()) >= 3 and not line.endswith((".", ":")):
            heads.append((len(line.split()), -a, a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())))
        if len(heads) == 5:
            break
    if not heads or len(lines) < 2:
        return None
    best = max(heads)
    return best[2], best[3]


def _blank(text: str, places: list[tuple[int, int]]) -> str:
    made, done = [], 0
    for a, b in places:
        made += [text[done:a], " " * (b - a)]
        done = b
    return "".join([*made, text[done:]])


# ---- HTML -------------------------------------------------------------------------------------------------------------


def _html(text: str) -> Page:
    view, blocks = _view(text)
    chosen = _chosen(text)
    title = _heading(text, view, blocks)
    plain = [view[a:b].replace("\x00", "").strip() for a, b, _ in blocks]
    wanted = [not skipped and bool(line) for (_, _, skipped), line in zip(blocks, plain, strict=True)]
    if chosen is not None:
        wanted = [want and (_close(line) in chosen or (a, b) == title) for want, line, (a, b, _) in zip(wanted, plain, blocks, strict=True)]
        if not any(wanted):
            wanted = [not skipped and bool(line) for (_, _, skipped), line in zip(blocks, plain, strict=True)]
    kept = iter(_kept([line for line, want in zip(plain, wanted, strict=True) if want]))
    wanted = [want and next(kept) for want in wanted]
    made, done = [], 0
    for (a, b, _), want in zip(blocks, wanted, strict=True):
        made += [" " * (a - done - 1) + "\n" if a > done else "", view[a:b] if want else " " * (b - a)]
        done = b
    seen = "".join(made)
    seen += " " * (len(text) - len(seen))
    return Page(seen, title if title else _title(seen, [(a, b) for (a, b, _), want in zip(blocks, wanted, strict=True) if want]), _published(text))


def _view(text: str) -> tuple[str, list[tuple[int, int, bool]]]:
    """The page with its markup gone, in the same length, and its blocks: start, end, whether they are never part of a piece."""
    made: list[str] = []
    blocks: list[tuple[int, int, bool]] = []
    done = start = 0
    skipping: str | None = None
    depth = 0

    def close(end: int) -> None:
        nonlocal start
        if end > start:
            blocks.append((start, end, skipping is not None))
        start = end

    for found in TOKEN.finditer(text):
        a, b = found.span()
        if a < done:
            continue
        made.append(text[done:a])
        done = b
        name = (found[2] or "").lower()
        if not name:
            if found[0].startswith("&") and (entity := html.unescape(found[0])) != found[0]:
                made.append(entity[:1] + "\x00" * (b - a - 1))
            else:
                made.append("\x00" * (b - a) if found[0].startswith("<") else found[0])
            continue
        made.append("\x00" * (b - a))
        if name in BLOCKS:
            close(a)
            start = b
            if skipping is None and name in SKIPPED and not found[1]:
                skipping, depth = name, 1
            elif skipping == name:
                depth += -1 if found[1] else 1
                if depth <= 0:
                    skipping = None
            elif skipping in ("p", "head", "figure") and name in ("body", "article", "main"):
                skipping = None
    made.append(text[done:])
    close(len(text))
    return "".join(made), blocks


def _chosen(text: str) -> str | None:
    """What trafilatura takes for the text of the page, blanks closed up; None where the page is beyond it."""
    if len(text) > 1_000_000 or text.count("<") > 20_000 or _depth(text) > 150:
        return None
    import trafilatura

    try:
        found = trafilatura.extract(text, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
    except Exception:  # whatever a broken page does to a parser, the page is read without its help
        return None
    return _close(found) if found and len(found) > 80 else None


def _depth(text: str) -> int:
    deepest = depth = 0
    for found in re.finditer(r"<(/?)(?:div|span|table|td|tr|ul|li|b|i|em|font|blockquote|section|article|a)\b", text):
        depth += -1 if found[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _close(text: str) -> str:
    return re.sub(r"[\s\x00]+", "", text)


def _heading(text: str, view: str, blocks: list[tuple[int, int, bool]]) -> tuple[int, int] | None:
    for found in re.finditer(r"<h1\b[^>]{0,2000}>", text, re.I):
        for a, b, _ in blocks:
            if a == found.end() and view[a:b].replace("\x00", "").strip():
                return a, b
    return None


def _published(text: str) -> str | None:
    for pattern in (
        r"(?:article:published_time|datePublished|og:published_time|pubdate|publish[-_]?date|DC\.date\.issued)[\"'][^>]{0,80}?content=[\"'](\d{4}-\d\d-\d\d)",
        r"\"datePublished\"\s*:\s*\"(\d{4}-\d\d-\d\d)",
        r"<time\b[^>]{0,200}?datetime=[\"'](\d{4}-\d\d-\d\d)",
        r"content=[\"'](\d{4}-\d\d-\d\d)[^\"']{0,30}[\"'][^>]{0,60}?(?:article:published_time|datePublished)",
    ):
        found = re.search(pattern, text[:300_000], re.I)
        if found:
            return found[1]
    return None

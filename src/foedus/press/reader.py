"""A press piece in, what it says out: states, pacts, articles, quantities, dates, speakers, claims and events, each with its place."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from foedus.errors import InputError
from foedus.press import articles, claims, dates, events, gazetteer, language, pacts, quantities, speakers, states
from foedus.press.page import read_page
from foedus.press.piece import Piece
from foedus.press.places import Taken
from foedus.press.text import clean, fold

LIMIT = 20_000_000
STRETCH = 40_000


def read(text: str, lang: str | None = None, published: str | date | None = None) -> dict[str, Any]:
    """What a press piece says, ready for JSON; the same text always gives the same answer.

    `lang` is en, ar or ru, found from the text where not given; `published` is a day as 2022-01-06, from which `yesterday` is worked out.
    Keys: `language`, `title`, `published`, and lists of items, each with `span` ([start, end) in `text`) and `rule` (what made it):
    `states` [{state, name, how}], `pacts` [{pact, name, how}], `articles` [{pact, article, paragraph}],
    `quantities` [{value, low, high, unit, of, qualifier}], `dates` [{date, granularity}], `speakers` [{name, role, state, body}],
    `claims` [{speaker, speaker_index, gloss, polarity, relayed_by}], `events` [{type, actor, target, pact, date, modality}].
    `speaker_index` counts in `speakers`; where it is null the writer speaks. Errors: InputError for an empty text, a binary one,
    another language, or a day that is none.
    """
    if len(text) > LIMIT:
        raise InputError(f"the piece has {len(text):,} characters; up to {LIMIT:,} are read. Give one piece at a time.")
    day = _day(published)
    page = read_page(text)
    found = language.known(lang) if lang else language.detect(page.view)
    if lang:
        language.readable(page.view)
    if day is None and page.published:
        day = _day(page.published)
    with uncollected():
        parts = [_items(_piece(found, day, text[a:b], page.view[a:b])) for a, b in stretches(page.view)]
    return {
        "language": found,
        "title": clean(page.view[slice(*page.title)]) or None if page.title else None,
        "published": day.isoformat() if day else None,
        **(parts[0] if len(parts) == 1 else _joined(parts, page.view)),
    }


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: reading makes many small objects and no cycles of them, so that looking for any is lost time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _piece(lang: str, day: date | None, text: str, view: str) -> Piece:
    known = gazetteer.load()
    folded = fold(text, view)
    hits, happenings = known.scan(folded)
    return Piece(lang, day, folded, hits, known.pacts, happenings)


def stretches(view: str) -> list[tuple[int, int]]:
    """A text far longer than any piece is read in stretches, so that no reading grows faster than the text; they end with a paragraph or a sentence.

    >>> stretches("short")
    [(0, 5)]
    """
    made, start = [], 0
    while len(view) - start > STRETCH + 5_000:
        window = view[start + STRETCH : start + STRETCH + 5_000]
        cut = next((window.find(mark) + len(mark) for mark in ("\n\n", "\n", ". ", " ") if mark in window), 0)
        made.append((start, start + STRETCH + cut))
        start += STRETCH + cut
    return [*made, (start, len(view))]


def _joined(parts: list[dict[str, Any]], view: str) -> dict[str, Any]:
    """The items of the stretches as one, with their places in the whole text and each speaker once."""
    made: dict[str, Any] = {key: [] for key in parts[0]}
    numbers: dict[tuple[Any, ...], int] = {}
    for (start, _), part in zip(stretches(view), parts, strict=True):
        index = []
        for speaker in part["speakers"]:
            mark = tuple(speaker[key] for key in ("name", "role", "state", "body"))
            if mark not in numbers:
                numbers[mark] = len(made["speakers"])
                made["speakers"].append(_moved(speaker, start))
            index.append(numbers[mark])
        for claim in part["claims"]:
            at = claim["speaker_index"]
            made["claims"].append({**_moved(claim, start), "speaker_index": None if at is None else index[at]})
        for key in part:
            if key not in ("speakers", "claims"):
                made[key] += [_moved(item, start) for item in part[key]]
    return made


def _moved(item: dict[str, Any], by: int) -> dict[str, Any]:
    return {**item, "span": [item["span"][0] + by, item["span"][1] + by]}


def _items(piece: Piece) -> dict[str, Any]:
    named = pacts.pacts(piece)
    found_articles, taken_articles = articles.articles(piece, named)
    found_dates, taken_dates = dates.dates(piece)
    in_articles = Taken((item["span"][0], item["span"][1]) for item in found_articles)
    found_dates = [item for item in found_dates if in_articles.free(*item["span"])]
    found_states = states.states(piece)
    counted = quantities.quantities(piece, taken_articles + taken_dates)
    voices = speakers.speakers(piece, found_states, named)
    happened = events.events(piece, found_states, named, found_dates)
    said = claims.claims(piece, voices, happened, counted, found_states, named)
    everywhere = sorted([*named, *pacts.coreferences(piece, named, taken_articles)], key=lambda item: item["at"])
    return {
        "states": _public(found_states),
        "pacts": _public(everywhere),
        "articles": found_articles,
        "quantities": counted,
        "dates": found_dates,
        "speakers": voices.public(),
        "claims": said,
        "events": _public(happened),
    }


def _public(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items without their places in the folded text."""
    made = [item.copy() for item in items]
    for item in made:
        item.pop("at", None)
        item.pop("end", None)
    return made


def _day(published: str | date | None) -> date | None:
    if published is None or isinstance(published, date):
        return published
    try:
        return date.fromisoformat(published)
    except ValueError:
        raise InputError(f"'{published}' is no day. Write it as 2022-01-06.") from None

"""A press piece in, what it says out: states, pacts, articles, quantities, dates, speakers, claims and events, each with its place."""

from datetime import date
from typing import Any

from foedus.errors import InputError
from foedus.press import articles, claims, dates, events, gazetteer, language, pacts, quantities, speakers, states
from foedus.press.page import read_page
from foedus.press.piece import Piece
from foedus.press.text import clean, fold

LIMIT = 20_000_000


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
    folded = fold(text, page.view)
    if day is None and page.published:
        day = _day(page.published)
    known = gazetteer.load()
    hits, happenings = known.scan(folded)
    piece = Piece(found, day, folded, hits, known.pacts, happenings)
    return {
        "language": found,
        "title": clean(text[slice(*page.title)]) or None if page.title else None,
        "published": day.isoformat() if day else None,
        **_items(piece),
    }


def _items(piece: Piece) -> dict[str, Any]:
    named = pacts.pacts(piece)
    found_articles, taken_articles = articles.articles(piece, named)
    found_dates, taken_dates = dates.dates(piece)
    found_dates = [item for item in found_dates if not _inside(item["span"], found_articles)]
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


def _inside(span: list[int], items: list[dict[str, Any]]) -> bool:
    return any(item["span"][0] <= span[0] and span[1] <= item["span"][1] for item in items)


def _public(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in item.items() if key not in ("at", "end")} for item in items]


def _day(published: str | date | None) -> date | None:
    if published is None or isinstance(published, date):
        return published
    try:
        return date.fromisoformat(published)
    except ValueError:
        raise InputError(f"'{published}' is no day. Write it as 2022-01-06.") from None



"""The words that the helper quotes, looked up in the piece, and what our own reading says of the place they stand at."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from foedus.press import gazetteer
from foedus.press.gazetteer import Hit
from foedus.press.speakers import SEATS, Voice, nominative
from foedus.press.text import Folded, fold

Row = dict[str, Any]
Place = tuple[int, int]
EDGES = " \"'.,:;!?-()[]"
FEWEST_WORDS = 3
MOST_NAME_WORDS = 6


@dataclass(slots=True)
class Evidence:
    """A stretch of a piece as our reader sees it. Places are in `folded.text`, spans in the whole original; `reading` is what the rules made of the piece."""

    lang: str
    folded: Folded
    flat: str
    hits: list[Hit]
    offset: int
    reading: Row

    def find(self, quoted: str, within: Place | None = None, near: int = 0) -> Place | None:
        """Where quoted words stand as whole words, nearest to `near`; None where they do not. Blanks, marks and kinds of dash are read alike, nothing else."""
        words = " ".join(fold(quoted).text.split()).strip(EDGES)
        first, last = within or (0, len(self.flat))
        found: list[Place] = []
        place = self.flat.find(words, first, last) if words else -1
        while place >= 0:
            if self._whole(place, place + len(words)):
                found.append((place, place + len(words)))
            place = self.flat.find(words, place + len(words), last)
        return min(found, key=lambda at: abs(at[0] - near)) if found else None

    def _whole(self, start: int, end: int) -> bool:
        """Whether no letter is cut off; in Arabic a word may follow its clitics."""
        text = self.flat
        opens = self.lang == "ar" or not (text[start].isalnum() and text[start - 1 : start].isalnum())
        return opens and not (text[end - 1].isalnum() and text[end : end + 1].isalnum())

    def span(self, place: Place) -> list[int]:
        """A place as a span in the original."""
        start, end = self.folded.span(*place)
        return [start + self.offset, end + self.offset]

    def read_in(self, kind: str, place: Place) -> list[Row]:
        """The items of a kind that the rules read at a place, in order."""
        start, end = self.span(place)
        return sorted((item for item in self.reading[kind] if item["span"][0] < end and start < item["span"][1]), key=lambda item: item["span"][0])

    def known(self, place: Place, *kinds: str) -> list[Hit]:
        """The words of our lists that begin at a place."""
        begin = bisect_left(self.hits, place[0], key=lambda hit: hit.start)
        return [hit for hit in self.hits[begin : bisect_left(self.hits, place[1], key=lambda hit: hit.start)] if hit.kind in kinds]

    def voice(self, who: Place, name: str) -> Voice | None:
        """The speaker that words name: office, state and body from our lists, the name from the words; None where nothing is known in them."""
        named = self._name(name, who)
        role = next((hit.value for hit in self.known(who, "role") if hit.value != "author"), None)
        states = self.read_in("states", who)
        state = states[0]["state"] if states else None
        body = next((item["pact"] for item in self.read_in("pacts", who)), None) or next((hit.value for hit in self.known(who, "body")), None)
        if named is None and role is None:
            if states and states[0]["how"] != "demonym":
                low = fold(states[0]["name"]).text.lower().removeprefix("the ")
                role = next((role for seat, role in SEATS.items() if low.startswith(seat)), "government")
            elif body and not states:
                role = "organisation"
            else:
                return None
        start, end = named or who
        return Voice(self._shown(named) if named else None, role, state, None if state else body, start, end)

    def _name(self, name: str, who: Place) -> Place | None:
        """A person's name within the words that name the speaker: words in capitals, where there are such, and no word of our lists among them."""
        place = self.find(name, who)
        if place is None:
            return None
        words = self.flat[slice(*place)].split()
        letters = all(any(map(str.isalpha, word)) and not any(map(str.isdigit, word)) for word in words)
        capital = self.lang == "ar" or words[0][0].isupper() and words[-1][0].isupper()
        listed = self.known(place, "role", "pact", "body", "agency", "state")
        return place if letters and capital and not listed and len(words) <= MOST_NAME_WORDS else None

    def _shown(self, place: Place) -> str:
        shown = self.folded.source(*place).strip(EDGES)
        return nominative(shown, {}) if self.lang == "ru" else shown


def evidence(text: str, view: str, stretch: Place, reading: Row) -> Evidence:
    """A stretch of a piece made ready to look words up in."""
    folded = fold(text[slice(*stretch)], view[slice(*stretch)])
    return Evidence(reading["language"], folded, folded.text.replace("\n", " "), gazetteer.load().scan(folded)[0], stretch[0], reading)

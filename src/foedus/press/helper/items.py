"""Items made of the helper's proposals. From the helper come places in the text and words of closed lists; codes, days and names are read there by our rules."""

from collections import Counter
from typing import Any

from foedus.press.claims import gloss
from foedus.press.helper.evidence import FEWEST_WORDS, Evidence, Place
from foedus.press.helper.question import KINDS, MODALITIES, POLARITIES, TYPES
from foedus.press.persons import stem
from foedus.press.speakers import Voice

Row = dict[str, Any]
LISTS = {"speaker": "speakers", "claim": "claims", "event": "events"}
KNOWN = "known already"
ABSENT = "quote not in the text"
SHORT = f"quote of fewer than {FEWEST_WORDS} words"
WORD = "word outside the list"
EMPTY = "nothing in it that the rules know"


class Items:
    """What the rules made and, after it, what the helper adds. The rules' own items are never touched."""

    def __init__(self, reading: Row, rule: str) -> None:
        self.reading, self.rule = reading, rule
        self.made: dict[str, list[Row]] = {name: list(reading[name]) for name in LISTS.values()}
        self.added = 0
        self.known = 0
        self.dropped: Counter[str] = Counter()
        self.about = {name: sorted(reading[name], key=lambda item: item["span"][0]) for name in ("events", "quantities", "states", "pacts")}
        self.about |= {f"{name} at": [item["span"][0] for item in found] for name, found in self.about.items()}

    def take(self, evidence: Evidence, proposed: dict[str, str]) -> None:
        """Take a proposal up, or count why not."""
        problem = self._take(evidence, proposed)
        if problem is None:
            self.added += 1
        elif problem == KNOWN:
            self.known += 1
        else:
            self.dropped[problem] += 1

    def _take(self, evidence: Evidence, proposed: dict[str, str]) -> str | None:
        if proposed["kind"] not in KINDS:
            return WORD
        quote = evidence.find(proposed["quote"])
        if quote is None:
            return ABSENT
        if len(evidence.flat[slice(*quote)].split()) < FEWEST_WORDS:
            return SHORT
        return {"speaker": self._speaker, "claim": self._claim, "event": self._event}[proposed["kind"]](evidence, proposed, quote)

    def _speaker(self, evidence: Evidence, proposed: dict[str, str], quote: Place) -> str | None:
        who = evidence.find(proposed["who"], quote)
        if who is None:
            return ABSENT
        voice = evidence.voice(who, proposed["name"])
        if voice is None:
            return EMPTY
        if self._index(voice) is not None:
            return KNOWN
        self._enter(evidence, voice)
        return None

    def _claim(self, evidence: Evidence, proposed: dict[str, str], quote: Place) -> str | None:
        if proposed["polarity"] not in POLARITIES:
            return WORD
        span = evidence.span(quote)
        label, index = "writer", None
        if not proposed["who"]:
            if any(_overlap(item["span"], span) for item in self.made["claims"]):
                return KNOWN
        else:
            who = evidence.find(proposed["who"], near=quote[0])
            if who is None:
                return ABSENT
            voice = evidence.voice(who, proposed["name"])
            if voice is None:
                return EMPTY
            index = self._index(voice)
            if any(_overlap(item["span"], span) and item["speaker_index"] == index for item in self.made["claims"] if index is not None):
                return KNOWN
            index = self._enter(evidence, voice) if index is None else index
            label = _label(self.made["speakers"][index])
        self.made["claims"].append({"speaker": label, "speaker_index": index, "gloss": gloss(span, self.about), "polarity": proposed["polarity"], "relayed_by": None,
                                    "span": span, "rule": self.rule})  # fmt: skip
        return None

    def _event(self, evidence: Evidence, proposed: dict[str, str], quote: Place) -> str | None:
        if proposed["type"] not in TYPES or proposed["modality"] not in MODALITIES:
            return WORD
        span = evidence.span(quote)
        actor, target = (_state(evidence, proposed[key], quote) for key in ("actor", "target"))
        pact = next((item["pact"] for item in evidence.read_in("pacts", quote)), None)
        if actor is None and target is None and pact is None:
            return EMPTY
        if any(item["type"] == proposed["type"] and _overlap(item["span"], span) for item in self.made["events"]):
            return KNOWN
        said_on = next((item["date"] for item in evidence.read_in("dates", quote)), None)
        self.made["events"].append({"type": proposed["type"], "actor": actor, "target": target if target != actor else None, "pact": pact, "date": said_on,
                                    "modality": proposed["modality"], "span": span, "rule": self.rule})  # fmt: skip
        return None

    def _index(self, voice: Voice) -> int | None:
        """Which of the speakers it is: the same surname, or the same office of the same state or body."""
        for number, speaker in enumerate(self.made["speakers"]):
            if voice.name and speaker["name"]:
                if stem(voice.name.split()[-1]) == stem(speaker["name"].split()[-1]):
                    return number
            elif not voice.name and all(getattr(voice, key) == speaker[key] for key in ("role", "state", "body")):
                return number
        return None

    def _enter(self, evidence: Evidence, voice: Voice) -> int:
        speaker = {key: getattr(voice, key) for key in ("name", "role", "state", "body")}
        self.made["speakers"].append({**speaker, "span": evidence.span((voice.start, voice.end)), "rule": self.rule})
        return len(self.made["speakers"]) - 1


def _label(speaker: Row) -> str:
    return Voice(**{key: speaker[key] for key in ("name", "role", "state", "body")}, start=0, end=0).label()


def _state(evidence: Evidence, words: str, quote: Place) -> str | None:
    """The state that words within the quote name, as our rules read it there."""
    place = evidence.find(words, quote)
    return next((str(item["state"]) for item in evidence.read_in("states", place)), None) if place else None


def _overlap(one: list[int], other: list[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]

"""An answer held against a written reference: how much of what should be said is there, with quotes.

For questions with a known right answer. Every part of the reference counts once, however often or at what length it is
said; a sentence that has nothing to do with the reference buys nothing. English and German; other languages are
`unavailable`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Final

from botapp.llm.tasks import Judgement
from botapp.scoring import wordforms
from botapp.scoring.clauses import LONGEST, LONGEST_QUOTE, Side, honest_spans
from botapp.scoring.pleas import gives_order
from botapp.scoring.wordforms import Index, Tongue
from botapp.screening.interview import Evidence, SpokenPart

OTHER_LANGUAGE: Final = "Not judged: the answer or its reference is in a language these rules can't compare."
NOTHING_SAID: Final = "Nothing to judge: the answer says nothing."
NO_REFERENCE: Final = "Nothing to judge against: the reference is empty."
_POINTS: Final = re.compile(r"\(?\b\d(?:[.,]\d+)?\s*(?:P|pts?|points?|Punkte?)\b\.?\)?", re.I)
_PART: Final = re.compile(r"[.;!?:]+\s+|\n+|\s[•●○-]\s")
_SENTENCE: Final = re.compile(r"(?:(?![.!?;]+(?:\s|$))[^\n])+[.!?;]*")
_GIVEN: Final = 0.3  # a word that stands in the question already is worth little
_RELATED: Final = 0.2  # the share of a sentence's words that must have to do with the matter, or two of them
_DENIED: Final = 0.4
_NOTHING, _EVERYTHING = 0.10, 0.60  # of the measure below: where 1 and 5 are
_MOST_QUOTES: Final = 3


@dataclass(frozen=True)
class Reference:
    """What should be said, taken apart once."""

    tongue: Tongue
    index: Index
    asked: Index  # the words of the question
    worth: dict[str, float]
    parts: tuple[tuple[tuple[str, ...], str, bool], ...]  # stems, words as written, whether it denies

    @property
    def denies(self) -> bool:
        """Whether the reference itself says what is not so."""
        return any(denies for _, _, denies in self.parts)


@lru_cache(maxsize=1000)
def parsed(question: str, text: str) -> Reference | None:
    """None: empty, or in a language that can't be compared."""
    tongue = wordforms.tongue_of(f"{question} {text}")
    if tongue is None:
        return None
    parts = tuple(
        (tuple(dict.fromkeys(wordforms.stems(part, tongue))), part.strip(), wordforms.denies(part, tongue))
        for part in _parts(text)
    )
    parts = tuple(part for part in parts if part[0])
    asked = Index.of(wordforms.stems(question, tongue), tongue)
    index = Index.of(wordforms.stems(_POINTS.sub(" ", text), tongue), tongue)
    worth = {each: _worth(each, asked) for each in index.stems}
    return Reference(tongue, index, asked, worth, parts) if worth else None


def _worth(stem: str, asked: Index) -> float:
    return (_GIVEN if stem in asked.stems else 1.0) * min(1.5, 0.4 + len(stem) / 8)


def _parts(text: str) -> Iterator[str]:
    """The parts a marker would tick off: what stands before each "(0.25 P)", else the sentences and list items."""
    marks = list(_POINTS.finditer(text))
    if not marks:
        yield from filter(str.strip, _PART.split(text))
        return
    begin = 0
    for mark in marks:
        before = [piece for piece in _PART.split(text[begin : mark.start()]) if piece.strip()]
        if before:
            yield before[-1]
        begin = mark.end()


@dataclass(frozen=True)
class Sentence:
    """A sentence of the answer, where it stands, and what it says of the reference."""

    message_id: str
    text: str
    start: int
    found: dict[str, float]

    def evidence(self) -> Evidence:
        quote = self.text if len(self.text) <= LONGEST_QUOTE else self.text[:LONGEST_QUOTE].rsplit(" ", 1)[0]
        return Evidence(message_id=self.message_id, text=quote, start=self.start)


def judge(question: str, text: str, parts: Sequence[SpokenPart], side: Side = Side.BOTH) -> Judgement:
    """1-5 in tenths with quotes, or unavailable with the reason."""
    if not text.strip():
        return _unavailable(NO_REFERENCE)
    reference = parsed(question, text)
    said = list(_sentences(parts, reference, side)) if reference else []
    if reference is None or not _readable(parts, reference.tongue):
        return _unavailable(OTHER_LANGUAGE)
    if not said:
        return _unavailable(NOTHING_SAID)
    best = _best(said)
    score = _score(reference, best)
    quotes = tuple(sentence.evidence() for sentence in _shown(said, reference))
    return Judgement(status="scored", score=score, reason=_reason(reference, best), evidence=quotes)


def _unavailable(reason: str) -> Judgement:
    return Judgement(status="unavailable", score=None, reason=reason)


def _readable(parts: Sequence[SpokenPart], tongue: Tongue) -> bool:
    """A list of nouns has no language of its own; an answer that is plainly in another language can't be compared."""
    return wordforms.may_be_in(" ".join(part.text for part in parts), tongue)


def _sentences(parts: Sequence[SpokenPart], reference: Reference, side: Side) -> Iterator[Sentence]:
    for part in parts:
        for begin, end in honest_spans(part.text[:LONGEST], side):
            for match in _SENTENCE.finditer(part.text, begin, end):
                text = match.group().strip()
                if text:
                    start = match.start() + len(match.group()) - len(match.group().lstrip())
                    yield Sentence(part.message_id, text, start, _found(text, reference))


def _found(text: str, reference: Reference) -> dict[str, float]:
    """What of the reference a sentence says. Nothing when the sentence asks, orders or is about something else."""
    if text.endswith("?") or gives_order(text):
        return {}
    words = list(dict.fromkeys(wordforms.stems(text, reference.tongue)))
    each = [(reference.index.alike(word), word) for word in words]
    related = sum(bool(alike) or word in reference.asked.stems for alike, word in each)
    if not words or (related < 2 and related < _RELATED * len(words)):
        return {}
    turned = wordforms.denies(text, reference.tongue) and not reference.denies
    found: dict[str, float] = {}
    for alike, _ in each:
        for stem, how_well in alike.items():
            found[stem] = max(how_well * (_DENIED if turned else 1.0), found.get(stem, 0.0))
    return found


def _best(said: Sequence[Sentence]) -> dict[str, float]:
    best: dict[str, float] = {}
    for sentence in said:
        for stem, how_well in sentence.found.items():
            best[stem] = max(how_well, best.get(stem, 0.0))
    return best


def _covered(stems: Sequence[str], reference: Reference, best: dict[str, float]) -> float:
    whole = sum(reference.worth[stem] for stem in stems if stem in reference.worth)
    return sum(reference.worth[s] * best.get(s, 0.0) for s in stems if s in reference.worth) / whole if whole else 0.0


def measure(reference: Reference, best: dict[str, float]) -> float:
    """0-1: the first words of a part tell the most, so the root; all words, and part by part."""
    overall = sqrt(_covered(reference.index.stems, reference, best))
    weights = [sqrt(len(stems)) for stems, _, _ in reference.parts]
    by_part = [sqrt(_covered(stems, reference, best)) for stems, _, _ in reference.parts]
    whole = sum(weights)
    return (overall + (sum(w * c for w, c in zip(weights, by_part, strict=True)) / whole if whole else overall)) / 2


def _score(reference: Reference, best: dict[str, float]) -> float:
    shown = (measure(reference, best) - _NOTHING) / (_EVERYTHING - _NOTHING)
    return round(1 + 4 * min(1.0, max(0.0, shown)), 1)


def _shown(said: Sequence[Sentence], reference: Reference) -> list[Sentence]:
    """The sentences that say the most of it, in order; the first one when none says anything."""
    worth = [sum(reference.worth[stem] * how_well for stem, how_well in s.found.items()) for s in said]
    ranked = sorted(range(len(said)), key=lambda i: (-worth[i], i))[:_MOST_QUOTES]
    chosen = [i for i in sorted(ranked) if worth[i] > 0] or ranked[:1]
    return [said[i] for i in chosen]


def _reason(reference: Reference, best: dict[str, float]) -> str:
    """How many parts are there, and the first that is not, in the reference's words."""
    covered = [_covered(stems, reference, best) >= 0.35 for stems, _, _ in reference.parts]
    absent = next((text for (_, text, _), there in zip(reference.parts, covered, strict=True) if not there), "")
    count = f"Says {sum(covered)} of {len(covered)} parts of the reference"
    return f"{count}; nothing on “{absent[:80]}”." if absent else f"{count}."

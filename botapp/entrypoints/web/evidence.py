"""The transcript with its evidence marked, and the quotes of a scorecard as links to those marks. Pure.

A quote that is not in the transcript word for word gets no link and no mark: nothing is highlighted that was not said.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from botapp.screening.interview import Evidence, Scorecard
from botapp.state.read_models import ShownMessage

_QUOTED = re.compile(r'[“"]([^“”"]{2,})[”"]')


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a message's text. `anchors` are the ids of the evidence that begins here."""

    text: str
    marked: bool = False
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotedSentence:
    """A sentence cut around its quote; `anchor` is "" when the quote was not found in the transcript."""

    before: str
    quote: str
    after: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Every piece of evidence of one scorecard, each with an anchor of its own."""

    anchors: Mapping[Evidence, str]
    transcript: Sequence[ShownMessage]

    def anchor(self, evidence: Evidence) -> str:
        """The id of the mark of this evidence, or "" when it is not verbatim in the transcript."""
        return self.anchors.get(evidence, "")

    def pieces(self, message: ShownMessage) -> tuple[Piece, ...]:
        """The message's text, cut at its marks."""
        spans = [(e.start, e.start + len(e.text), a) for e, a in self.anchors.items() if e.message_id == message.id]
        return cut(message.text, spans)

    def quoted(self, sentence: str) -> QuotedSentence:
        """The sentence with its last quote apart."""
        found = list(_QUOTED.finditer(sentence))
        if not found:
            return QuotedSentence(sentence, "", "", "")
        last = found[-1]
        known = next((a for e, a in self.anchors.items() if e.text == last[1]), "")
        return QuotedSentence(sentence[: last.start()], last[1], sentence[last.end() :], known)


def marks(card: Scorecard | None, transcript: Sequence[ShownMessage]) -> Marks:
    """Give every verbatim piece of evidence an anchor, in the order of the transcript."""
    if card is None:
        return Marks({}, transcript)
    texts = {m.id: (m.seq, m.text) for m in transcript}
    wanted = {e for e in _all_evidence(card, transcript) if _is_verbatim(e, texts)}
    ordered = sorted(wanted, key=lambda e: (texts[e.message_id][0], e.start, len(e.text)))
    return Marks({evidence: f"evidence-{n}" for n, evidence in enumerate(ordered, 1)}, transcript)


def cut(text: str, spans: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """`text` in pieces, marked where a span (start, end, anchor) covers it. Spans may overlap."""
    spans = [(max(0, start), min(len(text), end), anchor) for start, end, anchor in spans]
    borders = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    pieces = []
    for start, end in pairwise(borders):
        covered = any(s <= start and end <= e for s, e, _ in spans)
        anchors = tuple(a for s, _, a in spans if s == start) if covered else ()
        pieces.append(Piece(text[start:end], covered, anchors))
    return tuple(pieces)


def _is_verbatim(evidence: Evidence, texts: Mapping[str, tuple[int, str]]) -> bool:
    _, text = texts.get(evidence.message_id, (0, ""))
    return text[evidence.start : evidence.start + len(evidence.text)] == evidence.text


def _all_evidence(card: Scorecard, transcript: Sequence[ShownMessage]) -> Iterable[Evidence]:
    for gate in card.gates:
        yield from gate.evidence
    for answer in card.answers:
        if answer.score:
            yield from answer.score.evidence
    for sentence in (*card.strengths, *card.doubts):
        quotes = _QUOTED.findall(sentence)
        yield from _found_in(quotes[-1], transcript) if quotes else ()


def _found_in(quote: str, transcript: Sequence[ShownMessage]) -> Iterable[Evidence]:
    for message in transcript:
        if not message.ours and (start := message.text.find(quote)) >= 0:
            yield Evidence(message_id=message.id, text=quote, start=start)
            return

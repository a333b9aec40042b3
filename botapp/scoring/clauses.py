"""An answer cut into clauses that keep their place in the message they came from. What is said to the machine is out.

Pure cutting: no judgement. Every span is verbatim: `part.text[start:end]`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from botapp.scoring.pleas import answer_label_end, gives_order, pleas
from botapp.screening.interview import Evidence, SpokenPart

LONGEST = 20_000  # characters of an answer that are read
LONGEST_QUOTE = 300
MOST = 400  # clauses of an answer that are weighed
_SENTENCE = re.compile(r"(?:(?![.!?;]+(?:\s|$))[^\n;])+[.!?;]*")
_CLAUSE = re.compile(
    r"(?:(?!,\s|:\s|\s(?:and|but|so|then|because|bc|which|while|where|who|since)\s|\s[-–—]\s).)+", re.S
)
_ASKS = re.compile(
    r"\s*(?:and |so |but |also |ok |sorry )?"
    r"(?:do|does|did|is|are|can|could|will|would|what|when|where|how|who|which|why)\b[^?]*\?\s*$",
    re.I | re.S,
)
_WORD = re.compile(r"[^\W_](?:[\w'’&/%-]*[\w%])?|[$€£#]?\d[\d.,:/%]*")


class Side(StrEnum):
    """Which text is read of a message with something said to the machine in its middle."""

    BOTH = "both"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Clause:
    """A verbatim piece of one message. `words` are lower-case, without apostrophes. Empty ones are never made."""

    message_id: str
    text: str
    start: int
    words: tuple[str, ...]
    asks: bool = False  # part of a question or an order to us

    def evidence(self) -> Evidence:
        quote = self.text if len(self.text) <= LONGEST_QUOTE else self.text[:LONGEST_QUOTE].rsplit(" ", 1)[0]
        return Evidence(message_id=self.message_id, text=quote, start=self.start)


def clauses(parts: Sequence[SpokenPart], side: Side = Side.BOTH) -> list[Clause]:
    """All clauses of an answer, in order, at most `MOST`."""
    found: list[Clause] = []
    for part in parts:
        for clause in _of_part(part, side):
            found.append(clause)
            if len(found) >= MOST:
                return found
    return found


def _of_part(part: SpokenPart, side: Side) -> Iterator[Clause]:
    for start, end in honest_spans(part.text[:LONGEST], side):
        for sentence in _SENTENCE.finditer(part.text, start, end):
            asks = bool(_ASKS.match(sentence.group())) or gives_order(sentence.group())
            for piece in _CLAUSE.finditer(part.text, *sentence.span()):
                clause = _clause(part, piece.start(), piece.end(), asks)
                if clause:
                    yield clause


def divided(parts: Sequence[SpokenPart]) -> bool:
    """Whether something is said to the machine in the middle of a message: what is beside it may belong to it."""
    return any(len(_beside(part.text[:LONGEST])) > 1 for part in parts)


def honest_spans(text: str, side: Side = Side.BOTH) -> Iterator[tuple[int, int]]:
    """What is left of a text without what was said to the machine."""
    spans = _beside(text)
    outer = [span for span in spans if span[0] == 0 or span[1] == len(text)] or spans
    kept = {Side.BOTH: spans, Side.BEFORE: outer[:1], Side.AFTER: outer[-1:]}[side]
    for start, end in kept:
        yield _unlabelled(text, start, end, start > 0)


def _beside(text: str) -> list[tuple[int, int]]:
    """The stretches with words in them before, between and after pleas."""
    edges = [0, *(edge for span in pleas(text) for edge in span), len(text)]
    around = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in around if any(c.isalnum() for c in text[start:end])]


def _unlabelled(text: str, start: int, end: int, after_plea: bool) -> tuple[int, int]:
    return (start + answer_label_end(text[start:end]) if after_plea else start), end


def _clause(part: SpokenPart, start: int, end: int, asks: bool) -> Clause | None:
    raw = part.text[start:end]
    left = len(raw) - len(raw.lstrip(" \t\r\n,:;.-–—!?()"))
    text = raw[left:].rstrip(" \t\r\n,:;-–—(")
    text = text.rstrip(".!?") if not re.search(r"\b[ap]\.m\.$", text) else text
    words = tuple(tokens(text))
    return Clause(part.message_id, text, start + left, words, asks) if words else None


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers; "don't" is "dont"."""
    return [word.replace("'", "").replace("’", "") for word in _WORD.findall(text.lower())]

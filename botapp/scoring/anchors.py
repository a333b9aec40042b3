"""A rubric as a list of things to look for. Parsed once a question; says which of them an answer shows."""

import re
from dataclasses import dataclass
from functools import lru_cache

from botapp.scoring import vocabulary as v
from botapp.scoring.clauses import tokens
from botapp.scoring.signals import Signals, concepts, stem

_SPLIT = re.compile(r"[,;:.()]|\band\b|\bor\b|\bwith\b|\bbut\b|\bthen\b")
# What an anchor says is lacking ("little on why or on alternatives") is not something to look for.
_LACKING = re.compile(
    r"[,;:]?\s*\b(?:but )?(?:little|without|no|not|lacks?|lacking|few|limited|vague|missing|hardly|thin|less)\b[^;.]*",
    re.I,
)
_PERSONAL = re.compile(
    r"\b(?:(?:interests?|draws?|brought|attracts?) you|why do you want|made you apply|about yourself"
    r"|your (?:past|last|previous|current) (?:job|role|position|work)s?)\b",
    re.I,
)
# Concepts that any answer to any question may touch: they do not show that it is about this one.
_ANYWHERE = frozenset({"CAUSE", "DURATION", "TELL", "ASK", "RESULT", "HABIT", "STEPS", "FOLLOWUP", "TEAM", "HELP"})


@dataclass(frozen=True, slots=True)
class Element:
    """One part of an anchor: its words as written, its concepts, and the signals it asks for."""

    text: str
    concepts: frozenset[str]
    signals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question and its rubric look for."""

    three: tuple[Element, ...]
    five: tuple[Element, ...]
    topic: frozenset[str]  # concepts of question and anchors
    wrong: frozenset[str]  # verbs of the lowest anchor that are wrong conduct
    personal: bool = False  # about the candidate's own work or reasons, whatever these are

    def on_topic(self, signals: Signals) -> int:
        """How many concepts of its own this question shares with an answer; one when it leaves the subject open."""
        return self.personal + len((self.topic & signals.concepts) - _ANYWHERE)

    def wrong_conduct(self, signals: Signals) -> int:
        """How often an answer tells conduct that is wrong anywhere, or that the lowest anchor names."""
        return signals.wrong + len(self.wrong & signals.conduct)


@lru_cache(maxsize=2000)
def sought(question: str, one: str, three: str, five: str) -> Sought:
    """What the anchors of a question look for."""
    topic = concepts(question) | concepts(one) | concepts(three) | concepts(five)
    wrong = frozenset(map(stem, tokens(one))) & v.BAD_VERBS
    personal = bool(_PERSONAL.search(question))
    return Sought(_elements(_LACKING.sub("", three)), _elements(five), topic, wrong, personal)


def _elements(anchor: str) -> tuple[Element, ...]:
    pieces = (piece.strip() for piece in _SPLIT.split(anchor))
    return tuple(element for element in map(_element, pieces) if element.concepts or element.signals)


def _element(text: str) -> Element:
    said = set(tokens(text)) | {stem(word) for word in tokens(text)}
    asked = frozenset(name for name, members in v.ASKED_SIGNALS.items() if said & members)
    return Element(text, concepts(text), asked)


def shows(element: Element, signals: Signals) -> bool:
    """Whether an answer shows this part: by what it talks about, or by the signal the part asks for."""
    return bool(element.concepts & signals.concepts) or any(shows_signal(name, signals) for name in element.signals)


def shows_signal(name: str, signals: Signals) -> bool:
    """Whether an answer has an event, a result, a number, a method, a cause, names, a changed habit."""
    match name:
        case "event":
            return signals.events > 0 or (signals.past > 1 and signals.specifics > 0)
        case "result":
            return signals.results > 0
        case "number":
            return signals.numbers > 0
        case "method":
            return signals.actions > 1
        case "cause":
            return signals.causes > 0 or signals.owning > 0
        case "names":
            return signals.names > 0
        case "habit":
            return signals.owning > 0 or signals.results > 1
        case _:
            return False


def coverage(elements: tuple[Element, ...], signals: Signals) -> float:
    """The share of an anchor's parts that an answer shows."""
    return sum(shows(element, signals) for element in elements) / len(elements) if elements else 0.0

"""One follow-up question, asked only when its answer could change the score; or none.

Asks for the part that is missing (one time it happened, what they did, how it ended, a number), in the candidate's
own words where it can. Never shows a rubric's words, a weight or a bar, never praises or judges, never repeats itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from botapp.llm.tasks import FollowUp, FollowUpRequest
from botapp.scoring import vocabulary as v
from botapp.scoring.anchors import shows_signal
from botapp.scoring.clauses import Clause, clauses, tokens
from botapp.scoring.judging import Reviewed, is_foreign, review, says_nothing
from botapp.scoring.signals import is_verb
from botapp.screening.interviewer import Question

GOOD_ENOUGH, VAGUE = 4.0, 1.5
_HYPOTHETICAL = re.compile(
    r"\b(?:what|how) (?:do|would|will|are) you\b|\bwould you\b|\bimagine\b|\bsuppose\b|\bwhat if\b|"
    r"\bhow (?:should|does) (?:you|one)\b",
    re.I,
)
_MENTION = re.compile(r"\b(my|the|our)\s+([a-z]{4,})(?:\s+([a-z]{3,}))?", re.I)


_MENTIONED = "You mentioned"
# What stands behind "the" without being a thing one can ask about again.
_NO_THINGS = frozenset(
    {"rest", "same", "first", "last", "next", "other", "whole", "most", "best", "worst", "end", "start", "beginning"}
    | {"time", "times", "thing", "things", "stuff", "point", "part", "kind", "sort", "fact", "least", "mind", "life"}
)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to ask and why. `mention` stands before it and does not make it another question."""

    text: str
    because: str
    mention: str = ""


FIRST_STEP = Ask("What would you do first, and what after that? Take it step by step.", "no step")
ONE_TIME = Ask("Could you walk me through one time that happened?", "no example")
LAST = Ask("Is there anything you would like to add to that?", "one more is due")


def choose_follow_up(request: FollowUpRequest) -> FollowUp:
    """The next follow-up, or an empty one."""
    question, asked = request.question, request.asked
    if not question.is_open or len(asked) >= question.follow_ups.max:
        return FollowUp()
    owed = len(asked) < question.follow_ups.min
    for ask in _asks(question, clauses(request.parts), asked, owed):
        if not any(earlier.endswith(ask.text) for earlier in asked):
            return FollowUp(text=f"{ask.mention}{ask.text}", because=ask.because)
    return FollowUp()


def _asks(question: Question, pieces: Sequence[Clause], asked: Sequence[str], owed: bool) -> Iterator[Ask]:
    """What could be asked now, the weightiest first. `owed`: one more is due whatever the score."""
    said = [word for piece in pieces for word in piece.words]
    pushed = any(earlier.endswith((FIRST_STEP.text, ONE_TIME.text)) for earlier in asked)
    if not said or says_nothing(said):
        yield from _push_back(question, pushed, owed)
    elif question.rubric is not None and not is_foreign(said):
        seen = review(question, pieces)
        if seen.score <= VAGUE:
            yield from _push_back(question, pushed, owed)
        elif seen.score < GOOD_ENOUGH or owed:
            yield from _missing(question, seen, asked)
    if owed:
        yield from (ONE_TIME, LAST)


def _push_back(question: Question, pushed: bool, owed: bool) -> Iterator[Ask]:
    """One warm push on a vague answer; a second one only when it is due."""
    if not pushed or owed:
        first = bool(_HYPOTHETICAL.search(question.text))
        yield from (FIRST_STEP, ONE_TIME) if first else (ONE_TIME, FIRST_STEP)


def _missing(question: Question, seen: Reviewed, asked: Sequence[str]) -> Iterator[Ask]:
    s = seen.signals
    mention = "" if any(earlier.startswith(_MENTIONED) for earlier in asked) else _mention(seen.clauses)
    would = bool(_HYPOTHETICAL.search(question.text))
    if s.actions <= 2:
        yield Ask(
            "What else would you do?" if would else "What did you do yourself, step by step?", "few steps", mention
        )
    if not (shows_signal("event", s) or s.numbers):
        yield Ask("Could you give me one example, from a time it really happened?", "no example")
    if not s.results:
        yield Ask("How did it turn out?" if not would or s.past else "How does that work out?", "no result", mention)
    if not s.causes:
        yield Ask("What made you do it that way?" if s.past else "Why that way?", "no reason", mention)
    if not s.numbers:
        yield Ask("Can you put a number on it: how many, how long or how often?", "no number")
    yield Ask("What did you do after that?" if s.past else "And what would come after that?", "next step")


def _mention(pieces: Sequence[Clause]) -> str:
    """ "You mentioned the pallet. " from the candidate's own words, or nothing."""
    for piece in pieces:
        found = _MENTION.search(piece.text)
        noun = _noun(*found.group(2, 3)) if found else ""
        if found and noun:
            return f"{_MENTIONED} {'the' if found.group(1).lower() == 'the' else 'your'} {noun}. "
    return ""


def _noun(first: str, second: str | None) -> str:
    """The one word behind "the" or "my", when what follows shows that it is the whole thing."""
    word = first.lower()
    ends = second is None or second.lower() in v.STOPWORDS or is_verb(second.lower())
    plain = word not in _NO_THINGS and tokens(word)[0] not in v.STOPWORDS | v.TIME_WORDS | v.NUMBER_WORDS | v.LEADS
    return word if ends and plain and not word.endswith("ly") else ""

"""One follow-up question, asked only when its answer could change the score; or none.

Asks for the part that is missing (one time it happened, what they did, how it ended, a number), fit to what was asked:
a story, what somebody would do, or a plain fact. A second one by choice only goes to an answer that is half way there.
Never shows a rubric's words, a weight or a bar, never praises or judges, never repeats itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from botapp.llm.tasks import FollowUp, FollowUpRequest
from botapp.scoring.anchors import shows_signal
from botapp.scoring.clauses import Clause, clauses
from botapp.scoring.judging import Reviewed, is_foreign, review, says_nothing
from botapp.screening.interviewer import Question

GOOD_ENOUGH, HALF_WAY, VAGUE = 4.0, 2.5, 1.5
_HYPOTHETICAL = re.compile(
    r"\b(?:what|how) (?:do|would|will|are) you\b|\bwould you\b|\bimagine\b|\bsuppose\b|\bwhat if\b|"
    r"\bhow (?:should|does) (?:you|one)\b",
    re.I,
)
_STORY = re.compile(r"\b(?:tell|describe|walk) (?:us|me)\b|\b(?:a|one|the last|any) (?:time|situation|example)\b", re.I)
_HAS_NONE = re.compile(r"\b(?:dont|do not|didnt|never|no)\b.{0,30}\b(?:examples?|happened|had (?:that|this|one|to))\b")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to ask and why."""

    text: str
    because: str


FIRST_STEP = Ask("What would you do first, and what after that?", "no step")
ONE_TIME = Ask("Could you tell me more about that, with one real example?", "no example")
MORE = Ask("Could you tell me a little more about that? A detail helps.", "no detail")
ANY_TIME = Ask("Does any example come to mind? A small one is fine, or say SKIP.", "nothing said")
ANYTHING = Ask("A few words are enough. You can also say SKIP.", "nothing said")
LAST = Ask("Is there anything you would like to add to that?", "one more is due")


def choose_follow_up(request: FollowUpRequest) -> FollowUp:
    """The next follow-up, or an empty one."""
    question, asked = request.question, request.asked
    if not question.is_open or len(asked) >= question.follow_ups.max:
        return FollowUp()
    owed = len(asked) < question.follow_ups.min
    for ask in _asks(question, clauses(request.parts), asked, owed):
        if ask.text not in asked:
            return FollowUp(text=ask.text, because=ask.because)
    return FollowUp()


def _asks(question: Question, pieces: Sequence[Clause], asked: Sequence[str], owed: bool) -> Iterator[Ask]:
    """What could be asked now, the weightiest first. `owed`: one more is due whatever the score."""
    said = [word for piece in pieces for word in piece.words]
    if not said or says_nothing(said):
        yield from _push_back(ANY_TIME if _STORY.search(question.text) else ANYTHING, asked, owed)
    elif question.rubric is not None and not is_foreign(said):
        seen = review(question, pieces)
        if seen.score <= VAGUE:
            yield from _push_back(_push(question), asked, owed)
        elif owed or (HALF_WAY if asked else 1) <= seen.score < GOOD_ENOUGH:
            yield from _missing(question, seen, " ".join(said))
    if owed:
        yield from (MORE, LAST)


def _push(question: Question) -> Ask:
    """What brings a vague answer on: a first step, an example, or a detail, as the question wants it."""
    if _STORY.search(question.text):
        return ONE_TIME
    return FIRST_STEP if _HYPOTHETICAL.search(question.text) else MORE


def _push_back(push: Ask, asked: Sequence[str], owed: bool) -> Iterator[Ask]:
    """One warm push on a vague answer; another only when it is due."""
    if owed or not asked:
        yield push


def _missing(question: Question, seen: Reviewed, said: str) -> Iterator[Ask]:
    s = seen.signals
    if _STORY.search(question.text):
        yield from _missing_of_a_story(seen, said)
    elif _HYPOTHETICAL.search(question.text):
        yield Ask("What else would you do?", "few steps")
        yield Ask("What would you do if that did not help?", "no result")
    else:
        yield MORE
    if not s.numbers:
        yield Ask("Can you put a number on it: how many, how long or how often?", "no number")


def _missing_of_a_story(seen: Reviewed, said: str) -> Iterator[Ask]:
    s = seen.signals
    if not s.actions:
        yield Ask("What did you do yourself, step by step?", "no step")
    if not (shows_signal("event", s) or s.numbers or s.past or _HAS_NONE.search(said)):
        yield Ask("Could you give me one example, from a time it really happened?", "no example")
    if not s.results:
        yield Ask("How did it turn out?", "no result")
    yield Ask("What did you do after that?" if s.past else "And what do you do after that?", "few steps")

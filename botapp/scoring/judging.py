"""An open answer judged by rules against its anchors: what it shows, with quotes, never how it is written.

Length, spelling, grammar, fluency and big words do not count. What is said to the machine is left out and changes
nothing. What these rules can't judge is `unavailable` with the reason: nothing said, another language, no rubric.
A judgement without a verbatim quote is never returned.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from botapp.llm.tasks import Judgement, JudgeRequest
from botapp.scoring import reference
from botapp.scoring import vocabulary as v
from botapp.scoring.anchors import Element, Sought, coverage, shows, sought
from botapp.scoring.clauses import Clause, Side, clauses, divided
from botapp.scoring.signals import Signals, is_known, of_answer, of_clause
from botapp.screening.interview import Evidence, SpokenPart
from botapp.screening.interviewer import Question, Rubric, is_task

NOTHING_SAID = "Nothing to judge: the answer says nothing about this question."
ONLY_TO_THE_MACHINE = "Nothing to judge: the message talks to the software, not about the work."
NO_RUBRIC = "Nothing to judge against: this question has no rubric."
A_TASK = "Needs a person: a task in writing is judged by a language model only, and none is set."
OTHER_LANGUAGE = "Not judged: the answer is not in English, and these rules read English only."
A_SIDE = 0.25  # the share of the words that makes a side of an answer one that counts
MOST_QUOTES, JOINED_QUOTE = 3, 80
_JOINT = re.compile(r"(?:and|but|so|then|which|while)\s+(?=\S)", re.I)
_ENDS = re.compile(r"[.!?;\n]")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An answer as it was looked at: its clauses, what each shows, what all show, and what was looked for."""

    clauses: tuple[Clause, ...]
    per_clause: tuple[Signals, ...]
    signals: Signals
    sought: Sought
    score: float


def judge_answer(request: JudgeRequest) -> Judgement:
    """A score with one to three quotes, or unavailable with the reason.

    With a plea in its middle an answer is judged on the poorer of its sides, so that the rest of a plea that was not
    known as one can't lift it; a side of a few words ("thanks") is left out.
    """
    if not divided(request.parts):
        return _judge_side(request, Side.BOTH)
    sides = {side: clauses(request.parts, side) for side in (Side.BEFORE, Side.AFTER)}
    said = {side: sum(len(piece.words) for piece in pieces) for side, pieces in sides.items()}
    weighty = [side for side in sides if said[side] >= A_SIDE * sum(said.values())]
    judged = [_judge_side(request, side) for side in weighty]
    return min(judged, key=lambda each: each.score or 9.0)


def _judge_side(request: JudgeRequest, side: Side) -> Judgement:
    rubric = request.question.rubric
    if rubric is not None and is_reference(rubric):
        return reference.judge(request.question.text, rubric.five, request.parts, side)
    return _judge_anchors(request, clauses(request.parts, side))


def is_reference(rubric: Rubric) -> bool:
    """Whether a rubric says only what a full answer holds: it has no lower anchors."""
    return not rubric.one.strip() and not rubric.three.strip()


def _judge_anchors(request: JudgeRequest, pieces: Sequence[Clause]) -> Judgement:
    problem = _unjudgeable(request.question, request.parts, pieces)
    if problem:
        return Judgement(status="unavailable", score=None, reason=problem)
    seen = review(request.question, pieces)
    quotes = _quotes(seen, request.parts)
    if not quotes:
        return Judgement(status="unavailable", score=None, reason=NOTHING_SAID)
    return Judgement(status="scored", score=seen.score, reason=_reason(seen), evidence=quotes)


def _unjudgeable(question: Question, parts: Sequence[SpokenPart], pieces: Sequence[Clause]) -> str:
    if is_task(question):
        return A_TASK
    if question.rubric is None:
        return NO_RUBRIC
    said = [word for piece in pieces for word in piece.words]
    if not said:
        spoken = any(any(c.isalnum() for c in part.text) for part in parts)
        return ONLY_TO_THE_MACHINE if spoken else NOTHING_SAID
    if says_nothing(said):
        return NOTHING_SAID
    return OTHER_LANGUAGE if is_foreign(said) else ""


def says_nothing(said: Sequence[str]) -> bool:
    """ "pass", "dont have one", "good", "asdfgh": only words that carry no answer, or no word at all."""
    return (len(said) <= 12 and all(word in v.NOTHING for word in said)) or not any(map(is_known, said))


def is_foreign(said: Sequence[str]) -> bool:
    """Whether an answer is in another language: few English function words, several of another's."""
    english = sum(word in v.ENGLISH_WORDS for word in said)
    other = sum(word in v.FOREIGN_WORDS for word in said)
    letters = sum(word.isascii() or any(c in "àáâäçèéêëíîïñóôöúùûüßœæ" for c in word) for word in said)
    return (other >= 2 and other > english) or letters * 2 < len(said)


def review(question: Question, pieces: Sequence[Clause]) -> Reviewed:
    """Everything the score rests on. The question must have a rubric."""
    rubric = question.rubric
    looked_for = sought(question.text, *((rubric.one, rubric.three, rubric.five) if rubric else ("", "", "")))
    per_clause = tuple(map(_seen, pieces))
    signals = of_answer(per_clause)
    return Reviewed(tuple(pieces), per_clause, signals, looked_for, _score(signals, looked_for))


@lru_cache(maxsize=4096)
def _seen(piece: Clause) -> Signals:
    return of_clause(piece)


def forget() -> None:
    """Drop what is kept of clauses that were looked at: for measuring."""
    _seen.cache_clear()


# The weights of what an answer shows. Set on a few hand-scored answers, checked leaving each question out.
W_ACTIONS, W_FIVE, W_THREE, W_SPECIFICS, W_RESULT, W_CAUSE = 1.0, 1.4, 0.85, 0.3, 0.6, 0.1
ENOUGH_ACTIONS, ENOUGH_SPECIFICS = 3, 3


def _score(s: Signals, looked_for: Sought) -> float:
    """1-5 in half steps: what is shown, then the ceilings."""
    raw = 1 + sum(
        (
            W_ACTIONS * min(s.actions, ENOUGH_ACTIONS) / ENOUGH_ACTIONS,
            W_FIVE * coverage(looked_for.five, s),
            W_THREE * coverage(looked_for.three, s),
            W_SPECIFICS * min(s.numbers + (s.names + s.times) / 2, ENOUGH_SPECIFICS) / ENOUGH_SPECIFICS,
            W_RESULT * min(s.results, 2) / 2,
            W_CAUSE * min(s.causes + s.owning, 1),
        )
    )
    return round(2 * min(5.0, raw, _ceiling(s, looked_for))) / 2


def _ceiling(s: Signals, looked_for: Sought) -> float:
    """The most an answer can get: wrong conduct, empty claims and another topic hold it down."""
    done = max(s.actions, 1)
    wrong = looked_for.wrong_conduct(s)
    if wrong * 2 >= done:
        return 1.0
    if s.actions == 0 or not (looked_for.personal or looked_for.topic & s.concepts):
        return 1.0
    if not looked_for.on_topic(s):
        return 1.0 if s.actions < ENOUGH_ACTIONS else 2.0
    if looked_for.personal and not (s.specifics or s.past):
        return 2.0  # reasons that anybody could give
    if s.claims + s.vague >= 2 * s.actions and s.claims + s.vague > 0:
        return 1.5
    return 2.5 if wrong * 4 >= done else 5.0


def _quotes(seen: Reviewed, parts: Sequence[SpokenPart]) -> tuple[Evidence, ...]:
    """The clauses that carry the score, in the order they were said, each from where a reader would begin it."""
    worth = [_worth(s, seen) for s in seen.per_clause]
    ranked = sorted(range(len(worth)), key=lambda i: (-worth[i], i))
    wanted = MOST_QUOTES if seen.score >= 2 else 1
    chosen = [i for i in ranked[:wanted] if worth[i] >= max(worth[ranked[0]] / 3, 0)] if ranked else []
    texts = {part.message_id: part.text for part in parts}
    spans: list[Evidence] = []
    for i in sorted(chosen):
        span = _begun_well(i, seen, texts[seen.clauses[i].message_id])
        last = spans[-1] if spans else None
        if last and last.message_id == span.message_id and span.start < last.start + len(last.text):
            spans.pop()  # it begins inside the one before: the longer of the two says it all
            span = max(last, span, key=lambda each: len(each.text))
        spans.append(span)
    return tuple(spans)


def _begun_well(at: int, seen: Reviewed, text: str) -> Evidence:
    """The clause with what it is joined to ("... and reach trucks") when that is short, else without "and"."""
    last = seen.clauses[at]
    end, first = last.start + len(last.text), at
    while first and _JOINT.match(seen.clauses[first].text):
        before = seen.clauses[first - 1]
        too_long = end - before.start > JOINED_QUOTE
        if too_long or before.message_id != last.message_id or _ENDS.search(text[before.start : last.start]):
            break
        first -= 1
    joint = _JOINT.match(seen.clauses[first].text)
    start = seen.clauses[first].start + (joint.end() if joint else 0)
    return replace(last, text=text[start:end], start=start).evidence()


def _worth(s: Signals, seen: Reviewed) -> float:
    shown = s.actions + 0.5 * min(s.specifics, 3) + s.results + 0.5 * s.causes + s.owning + 3 * s.wrong
    return shown + 0.5 * min(len(s.concepts & seen.sought.topic), 3) + 0.2 * (s.claims + s.vague)


def _reason(seen: Reviewed) -> str:
    """One or two plain sentences: what is there, and what the anchors ask for that is not."""
    s = seen.signals
    there = shown_words(s)
    if seen.score <= 2.5 and seen.sought.wrong_conduct(s):
        return f"Tells conduct that the rubric counts against. {'Has ' + there if there else 'Shows little else'}."
    if not s.actions and s.claims + s.vague:
        return "General statements only: no example, no own step, no result."
    if not seen.sought.on_topic(s) and seen.score <= 1.5:
        return "Nothing in it answers this question: no step, example or result on its subject."
    if not there:
        return "Touches the subject, but names no own step, number or result."
    absent = missing(seen)
    return f"Has {there}; {'nothing on ' + ' or '.join(absent) if absent else 'covers what was asked'}."


def shown_words(s: Signals) -> str:
    """What an answer shows, in words: "own steps, numbers and a result"."""
    kinds = (
        ("own steps" if s.actions > 1 else "one own step", s.actions > 0),
        ("numbers", s.numbers > 0),
        ("names", s.names > 0),
        ("a cause", s.causes + s.owning > 0),
        ("a result", s.results > 0),
    )
    have = [name for name, there in kinds if there]
    return ", ".join(have[:-1]) + (" and " if len(have) > 1 else "") + have[-1] if have else ""


def missing(seen: Reviewed) -> list[str]:
    """Up to two parts of the top anchor that the answer does not show, in the rubric's words."""
    absent: list[Element] = [element for element in seen.sought.five if not shows(element, seen.signals)]
    return [f"“{element.text[:1].lower()}{element.text[1:]}”" for element in absent[:2]]

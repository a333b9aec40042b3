"""Which rubric a score was given against: a fingerprint of the question's words and its anchors.

Scores are compared only when their fingerprints (and engines) are the same.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from botapp.screening.interviewer import Question, ResumeStage, Stage

_BETWEEN = "\x1f"  # a character nobody types: keeps "a|b" apart from "a", "b"


def rubric_version(question: Question) -> str:
    """Twelve hex digits that change when, and only when, the question's text or an anchor changes."""
    anchors = (question.rubric.one, question.rubric.three, question.rubric.five) if question.rubric else ()
    return hashlib.sha256(_BETWEEN.join((question.text, *anchors)).encode()).hexdigest()[:12]


def with_rubrics_of(asked: Sequence[Stage], other: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages that were asked, to be scored as another version scores.

    Open questions keep the words that were asked and take the other version's anchors and weights; one that is not in
    the other version has no weight. Open questions that only the other version asks are there and not answered, so
    coverage shows them. A resume is read for the other version's criteria. Typed questions and their gates stay as they
    were asked.
    """
    theirs = {question.id: question for stage in other for question in stage.questions if question.is_open}
    known = {question.id for stage in asked for question in stage.questions}
    stages = {stage.id: stage for stage in other}
    own = [_rescored(stage, stages.get(stage.id), theirs, known) for stage in asked]
    new = [_only_new(stage, known) for stage in other if stage.id not in {stage.id for stage in asked}]
    return (*own, *(stage for stage in new if stage.questions))


def _rescored(stage: Stage, other: Stage | None, theirs: Mapping[str, Question], known: Collection[str]) -> Stage:
    questions = tuple(_reweighed(question, theirs.get(question.id)) for question in stage.questions)
    if other is None:
        return stage.model_copy(update={"questions": questions})
    added = _only_new(other, known).questions
    theirs_too: dict[str, Any] = {"weight": other.weight, "min_score": other.min_score}
    if isinstance(stage, ResumeStage) and isinstance(other, ResumeStage):
        theirs_too["criteria"] = other.criteria
    return stage.model_copy(update={"questions": (*questions, *added), **theirs_too})


def _reweighed(question: Question, other: Question | None) -> Question:
    if not question.is_open:
        return question
    changes = {"weight": 0} if other is None else {"weight": other.weight, "rubric": other.rubric}
    return question.model_copy(update=changes)


def _only_new(stage: Stage, known: Collection[str]) -> Stage:
    fresh = tuple(q for q in stage.questions if q.is_open and q.weight > 0 and q.id not in known)
    return stage.model_copy(update={"questions": fresh})

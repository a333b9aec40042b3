"""About how long an interview takes a candidate, in minutes and messages. An estimate: nothing is timed here."""

import math

from botapp.screening.interviewer import Interviewer, Question, Stage, StageKind

_TYPED_MINUTES, _OPEN_MINUTES, _FOLLOW_UP_MINUTES = 0.3, 1.2, 0.7
_STAGE_MINUTES = {
    StageKind.RESUME: 2.0,
    StageKind.VOICE: 2.0,
    StageKind.SCENARIO: 0.0,
    StageKind.FORM: 0.5,
    StageKind.CHAT: 0.5,
}


def _follow_ups(question: Question) -> float:
    return (question.follow_ups.min + question.follow_ups.max) / 2


def _question_minutes(question: Question) -> float:
    return (_OPEN_MINUTES if question.is_open else _TYPED_MINUTES) + _FOLLOW_UP_MINUTES * _follow_ups(question)


def _stage_minutes(stage: Stage) -> float:
    extra = stage.max_minutes if stage.kind is StageKind.SCENARIO else 0
    return _STAGE_MINUTES[stage.kind] + extra + sum(_question_minutes(q) for q in stage.questions)


def stage_minutes(stage: Stage) -> int:
    """Whole minutes for one stage, at least 1."""
    return max(1, math.ceil(_stage_minutes(stage)))


def minutes(draft: Interviewer) -> int:
    """Whole minutes for a candidate through all running stages, at least 1."""
    return max(1, math.ceil(sum(_stage_minutes(stage) for stage in draft.running_stages())))


def messages(draft: Interviewer) -> int:
    """Messages a candidate will about send: consent, one an answer, one a follow-up."""
    asked = [q for stage in draft.running_stages() for q in stage.questions]
    return 1 + len(asked) + math.ceil(sum(_follow_ups(question) for question in asked))


def words(draft: Interviewer) -> str:
    """`about 6 minutes, 9 messages`."""
    count = minutes(draft)
    return f"about {count} minute{'' if count == 1 else 's'}, {messages(draft)} messages"

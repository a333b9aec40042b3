"""Two answers to one question that can't both be true. Pure, by rules.

Guarantees: only a clear reading of words that name the question counts, words that correct an answer are none, and a
question is disputed once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import wording
from botapp.graphs.interview.state import AnswerMemory, InterviewMemory, changed, joined_parts, question_of, with_answer
from botapp.graphs.interview.values import said_value
from botapp.graphs.interview.when import zone_of
from botapp.llm import UnderstandRequest
from botapp.scoring.intents.asking import pieces
from botapp.scoring.intents.credit import others, read_text
from botapp.screening.interview import AnswerStatus, Reading, ReadingStatus, SpokenPart
from botapp.screening.interviewer import Question, QuestionKind

_KINDS = (QuestionKind.YES_NO, QuestionKind.DURATION, QuestionKind.NUMBER)
_LONGEST = 100  # characters
_CLOSE = 0.34  # of the larger number: people round


@dataclass(frozen=True, slots=True)
class Dispute:
    """`line` says both; the question is asked again, and both stay kept."""

    memory: InterviewMemory
    question: Question
    answer: AnswerMemory
    line: str
    before: str
    now: str


def disputed(
    memory: InterviewMemory, context: InterviewContext, parts: tuple[SpokenPart, ...], skip: Collection[str]
) -> Dispute | None:
    """The first answered question, but those to `skip`, that these words answer otherwise; reopened."""
    today = context.now.astimezone(zone_of(context.zone)).date()
    for question in _settled(memory, context):
        if question.id in skip:
            continue
        answer = memory.answer(question.id)
        found = _said_otherwise(question, answer, parts, today)
        if found and answer.reading:
            part, reading = found
            return _reopened(memory, context, question, answer, part, reading)
    return None


def _settled(memory: InterviewMemory, context: InterviewContext) -> list[Question]:
    known = [question_of(context, id) for id, answer in memory.answers.items() if _is_settled(answer)]
    return [question for question in known if question and question.kind in _KINDS]


def _is_settled(answer: AnswerMemory) -> bool:
    clear = answer.reading is not None and answer.reading.status is ReadingStatus.CLEAR
    return answer.status is AnswerStatus.ANSWERED and clear and not answer.disputed


def _said_otherwise(
    question: Question, answer: AnswerMemory, parts: tuple[SpokenPart, ...], today: date
) -> tuple[SpokenPart, Reading] | None:
    request = UnderstandRequest(parts=parts, open_question=None, questions=(question,), today=today)
    told = [piece for piece in pieces(parts) if not piece.asks]
    for part in (part for piece in told for credited in others(request, [piece]) for part in credited.parts):
        reading = read_text(question, (part,), request)
        is_short = len(part.text) <= _LONGEST  # in a story a yes may mean anything
        if is_short and answer.reading and not _agree(answer.reading.value, reading.value):
            return part, reading
    return None


def _agree(before: Any, now: Any) -> bool:
    """Not what can't be compared: only a yes against a no, and one plain number far from another, are a dispute."""
    if isinstance(before, bool) and isinstance(now, bool):
        return before is now
    if any(isinstance(value, bool) or not isinstance(value, (int, float)) for value in (before, now)):
        return True
    return bool(abs(before - now) <= _CLOSE * max(abs(before), abs(now)))


def _reopened(
    memory: InterviewMemory,
    context: InterviewContext,
    question: Question,
    answer: AnswerMemory,
    part: SpokenPart,
    reading: Reading,
) -> Dispute:
    assert answer.reading is not None, "only a settled answer is disputed"
    shown = wording.in_their_words(question, context)
    before, now = (said_value(shown, each, context.spoken) for each in (answer.reading, reading))
    opened = answer.model_copy(
        update={
            "status": AnswerStatus.OPEN,
            "disputed": True,
            "clarified": True,  # this is the one clarification
            "parts": joined_parts(answer.parts, (part,)),
        }
    )
    prompt = f"{wording.tell(context, 'talk.which_is_right')} {question.text}"
    again = changed(with_answer(memory, question.id, opened), open_question=question.id, prompt=prompt)
    line = wording.tell(context, "talk.contradiction", before=before, now=now)
    return Dispute(again, question, opened, line, before, now)

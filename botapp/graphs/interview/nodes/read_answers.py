"""Reads every answer of the burst, exactly where it can be read, and keeps it. A knockout needs a clear reading."""

from dataclasses import dataclass, field

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import wording
from botapp.graphs.interview.disputes import Dispute, disputed
from botapp.graphs.interview.state import (
    AnswerMemory,
    Credited,
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    asked_here,
    changed,
    joined_parts,
    keep,
    look_ahead,
    question_of,
    recall,
    saved,
    to_score,
    with_answer,
)
from botapp.graphs.interview.timing import expiry_after
from botapp.graphs.interview.values import acknowledgement
from botapp.graphs.interview.when import zone_of
from botapp.llm import AnswerRequest
from botapp.scoring.intents.asking import pieces
from botapp.scoring.reading import meets
from botapp.screening.effects import Effect, event, interview_status, timer
from botapp.screening.interview import AnswerStatus, InterviewStatus, Reading, ReadingStatus, SpokenPart
from botapp.screening.interviewer import Question


@dataclass(frozen=True, slots=True)
class _Result:
    """What one credited answer came to. `answer` None: it changes nothing."""

    answer: AnswerMemory | None = None
    line: str = ""
    effects: tuple[Effect, ...] = ()
    failed: bool = False
    asked: tuple[str, ...] = field(default=())


def read_answers(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """Credits each answer, amends what was answered before, and says back what was understood."""
    context, memory = runtime.context, recall(state)
    failed = _fails(memory, context)
    results: list[_Result] = []
    knocked_out = state.get("knocked_out", "")  # by a form that came in the same moment
    for credited in state["credited"]:
        question = question_of(context, credited["question_id"])
        assert question is not None, "understand credits only questions of this interview"
        result = _take(question, credited, memory, context)
        results.append(result)
        if result.answer:
            memory = with_answer(memory, question.id, result.answer)
        knocked_out = question.id if result.failed else "" if knocked_out == question.id else knocked_out
    changes = [effect for result in results for effect in result.effects]
    lines = list(dict.fromkeys(result.line for result in results if result.line))
    if failed and memory.outcome == "knocked_out" and not _fails(memory, context):
        memory, reopened = _reopened(memory, context)
        changes, lines = [*changes, *reopened], [*lines, wording.tell(context, "talk.put_right")]
    elif changes and memory.status is InterviewStatus.COMPLETED:
        changes.append(to_score(memory, context))
    elif not knocked_out and (dispute := _disputed(state, memory, context)):
        memory, lines = dispute.memory, [*lines, dispute.line]
        both = event("answers_contradict", question_id=dispute.question.id, before=dispute.before, now=dispute.now)
        changes = [*changes, saved(context, dispute.question.id, dispute.answer), both]
    return {
        "memory": keep(memory),
        "lines": lines,
        "effects": changes,
        "asked": list(dict.fromkeys((*state["asked"], *(text for result in results for text in result.asked)))),
        "knocked_out": knocked_out if memory.status is InterviewStatus.IN_PROGRESS else "",
        "ahead": look_ahead(memory, context),
    }


def _disputed(state: InterviewState, memory: InterviewMemory, context: InterviewContext) -> Dispute | None:
    """Words of this turn that answer an earlier question otherwise, and do not say that they correct it."""
    credited = state["credited"]
    if memory.status is not InterviewStatus.IN_PROGRESS or any(item["corrects"] for item in credited):
        return None
    said = joined_parts((), (SpokenPart.model_validate(part) for item in credited for part in item["parts"]))
    return disputed(memory, context, said, skip={item["question_id"] for item in credited})


def _fails(memory: InterviewMemory, context: InterviewContext) -> bool:
    """Whether a must-have is clearly not met, as the answers stand now."""
    asked = (question for _, question in asked_here(context.interviewer))
    readings = ((question, memory.answer(question.id).reading) for question in asked)
    return any(_met(question, reading, memory, context) is False for question, reading in readings if reading)


def _reopened(memory: InterviewMemory, context: InterviewContext) -> tuple[InterviewMemory, list[Effect]]:
    """The answer that ended the interview was put right: it goes on where it was."""
    expires = expiry_after(memory, context.now)
    status = InterviewStatus.IN_PROGRESS
    fields = {"outcome": "", "told": False, "expires_at": expires.isoformat()}
    return changed(memory, status=status, **fields), [interview_status(status.value), timer("expire", expires)]


def _take(question: Question, credited: Credited, memory: InterviewMemory, context: InterviewContext) -> _Result:
    before = memory.answer(question.id)
    new = tuple(SpokenPart.model_validate(part) for part in credited["parts"])
    if question.is_open:
        return _take_open(question, before, new, memory, context)
    if before.is_done and not credited["corrects"]:
        added = before.model_copy(update={"parts": joined_parts(before.parts, new)})
        return _Result(added, wording.tell(context, "talk.added"), _effects(question, before, added, context))
    reading = _read(question, before, new, credited["button_value"], context)
    asks = any(piece.asks for piece in pieces(new))
    if reading.status is ReadingStatus.QUESTION_BACK and asks and not before.is_done:
        return _Result(asked=tuple(part.text for part in new))
    if before.is_done and before.reading and _is_same(reading, before.reading):
        if credited["button_value"]:
            return _Result()
        added = before.model_copy(update={"parts": joined_parts(before.parts, new)})
        return _Result(added, wording.tell(context, "talk.added"), _effects(question, before, added, context))
    met = _met(question, reading, memory, context)
    parts = joined_parts(before.parts, new)
    status = _status(before, reading, decided=met is not None)
    answer = before.model_copy(update={"status": status, "parts": parts, "reading": reading})
    failed = status is AnswerStatus.ANSWERED and met is False
    line = _line(question, answer, reading, context)
    return _Result(answer, line, _effects(question, before, answer, context), failed)


def _take_open(
    question: Question,
    before: AnswerMemory,
    new: tuple[SpokenPart, ...],
    memory: InterviewMemory,
    context: InterviewContext,
) -> _Result:
    parts = joined_parts(before.parts, new)
    answer = before.model_copy(update={"parts": parts, "probed": len(parts) if before.is_done else before.probed})
    if before.status is AnswerStatus.SKIPPED:
        answer = answer.model_copy(update={"status": AnswerStatus.ANSWERED})
    turn = sum(len(other.parts) for other in memory.answers.values())
    said = " ".join(p.text for p in new)
    line = (
        wording.tell(context, "talk.added")
        if before.is_done
        else wording.open_acknowledgement(turn, said, context.spoken)
    )
    return _Result(answer, line, _effects(question, before, answer, context))


def _read(
    question: Question, before: AnswerMemory, new: tuple[SpokenPart, ...], pressed: str, context: InterviewContext
) -> Reading:
    """A correction is read by itself first; everything else together with what was said before."""
    today = context.now.astimezone(zone_of(context.zone)).date()
    together = joined_parts(before.parts, new)
    if pressed or before.is_done or before.disputed:
        request = AnswerRequest(question=question, parts=new, today=today, button_value=pressed)
        alone = context.language.read_answer(request)
        if pressed or before.disputed or alone.status is ReadingStatus.CLEAR:
            return alone
    return context.language.read_answer(AnswerRequest(question=question, parts=together, today=today))


def _is_same(reading: Reading, before: Reading) -> bool:
    return (reading.status, reading.value) == (before.status, before.value)


def _met(question: Question, reading: Reading, memory: InterviewMemory, context: InterviewContext) -> bool | None:
    """Whether the answer stays in. Without a rule in force it does; who objects to machines is not ruled on by one."""
    in_force = context.interviewer.settings.enforce_knockouts and not memory.unscored
    return meets(question.knockout, reading, question) if question.knockout and in_force else True


def _status(before: AnswerMemory, reading: Reading, decided: bool) -> AnswerStatus:
    if reading.needs_person:  # a private reason is neither ruled on nor asked about
        return AnswerStatus.NEEDS_PERSON
    if reading.status is ReadingStatus.REFUSED:
        return AnswerStatus.SKIPPED
    if reading.status is ReadingStatus.CLEAR and decided:
        return AnswerStatus.ANSWERED
    return AnswerStatus.NEEDS_PERSON if before.clarified or before.is_done else AnswerStatus.OPEN


def _line(question: Question, answer: AnswerMemory, reading: Reading, context: InterviewContext) -> str:
    match answer.status:
        case AnswerStatus.ANSWERED:
            return acknowledgement(wording.in_their_words(question, context), reading, context.spoken)
        case AnswerStatus.NEEDS_PERSON:
            return wording.tell(context, "talk.left_to_person")
        case AnswerStatus.SKIPPED:
            return wording.tell(context, "talk.skipped")
        case _:
            return ""


def _effects(
    question: Question, before: AnswerMemory, answer: AnswerMemory, context: InterviewContext
) -> tuple[Effect, ...]:
    kept = saved(context, question.id, answer)
    return (kept, event("answer_corrected", question_id=question.id)) if before.is_done else (kept,)

"""What pages and tasks tell of a stage: a form came in, a resume was read, a score is there, a time is over.

Guarantees: what comes twice counts once; only this stage's questions are answered; a gate fails on a clear reading or
a clear score, never on what is missing. What comes while a person has the thread is kept, and nothing goes on.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from botapp.graphs.context import Heard, InterviewContext
from botapp.graphs.interview.nodes.take_round import task_over
from botapp.graphs.interview.speech import DEFAULT, catalogue, say
from botapp.graphs.interview.state import (
    AnswerMemory,
    InterviewMemory,
    InterviewUpdate,
    StageMemory,
    changed,
    current_stage,
    keep,
    look_ahead,
    recall,
    saved,
    to_weigh,
    with_answer,
    with_stage,
)
from botapp.scoring.reading import meets
from botapp.screening.effects import Effect, event, interview_status, task
from botapp.screening.interview import AnswerStatus, InterviewStatus, Reading, SpokenPart
from botapp.screening.interviewer import HAS_A_PAGE, Question, ScenarioStage, Stage, StageKind

Taken = tuple[InterviewMemory, InterviewUpdate]
FILES_MAX = 3  # resumes that could not be read; then a person looks, and the interview goes on


def stage_event(item: Heard, memory: InterviewMemory, context: InterviewContext) -> Taken:
    """One event of a stage of this run; anything else, and all that comes after the end, changes nothing."""
    payload = item["payload"]
    stage = _stage_of(str(payload.get("stage_id", "")), context)
    if stage is None or memory.is_over:
        return memory, {}
    match payload.get("event"), stage.kind:
        case "form_submitted", (StageKind.FORM | StageKind.CHAT):
            return _form_submitted(stage, item, memory, context)
        case "resume_received", StageKind.RESUME:
            return _resume_received(stage, payload, memory, context)
        case "read_resume_done", StageKind.RESUME:
            return _resume_read(stage, payload, memory, context)
        case _:
            return memory, {}


def _stage_of(stage_id: str, context: InterviewContext) -> Stage | None:
    stages = context.interviewer.running_stages()
    return next((stage for stage in stages if stage.id == stage_id and stage.kind in HAS_A_PAGE), None)


# ---- forms -------------------------------------------------------------------------------------------------


def _form_submitted(stage: Stage, item: Heard, memory: InterviewMemory, context: InterviewContext) -> Taken:
    given = item["payload"].get("answers", {})
    if _is_closed(memory.stage(stage.id)) or not isinstance(given, Mapping):
        return memory, {}
    effects: list[Effect] = [event("form_submitted", stage_id=stage.id)]
    knocked_out = ""
    for question in stage.questions:
        answer = _from_form(question, given.get(question.id), item, memory.answer(question.id))
        memory = with_answer(memory, question.id, answer)
        effects.append(saved(context, question.id, answer))
        if not knocked_out and _fails(question, answer, memory, context):
            knocked_out = question.id
    memory = changed(with_stage(memory, stage.id, done=True, left=False, announced=True), reminders=0)
    memory, returned = _back(memory)
    update: InterviewUpdate = {"lines": [say("stages.form_here", context.spoken)], "effects": [*effects, *returned]}
    if memory.status is InterviewStatus.IN_PROGRESS and knocked_out:
        update["knocked_out"] = knocked_out
    return memory, {**update, "ahead": look_ahead(memory, context)}


def _is_closed(known: StageMemory) -> bool:
    """What was left out can still be handed in; what is done can't be done again."""
    return known.done and not known.left


def _from_form(question: Question, given: object, item: Heard, before: AnswerMemory) -> AnswerMemory:
    """The answer as the form holds it; what was left out there stays as it was, and is asked no more."""
    text = str(given.get("text", "")) if isinstance(given, Mapping) else ""
    reading = _reading(given.get("reading")) if isinstance(given, Mapping) else None
    if not text or (reading is None and not question.is_open):
        return before if before.is_done else before.model_copy(update={"status": AnswerStatus.SKIPPED})
    parts = (SpokenPart(message_id=item["id"], text=text),)
    return before.model_copy(
        update={"status": AnswerStatus.ANSWERED, "parts": parts, "reading": reading, "probed": len(parts)}
    )


def _reading(given: object) -> Reading | None:
    try:
        return Reading.model_validate(given) if given else None
    except ValidationError:
        return None


def _fails(question: Question, answer: AnswerMemory, memory: InterviewMemory, context: InterviewContext) -> bool:
    in_force = context.interviewer.settings.enforce_knockouts and not memory.unscored
    if not in_force or question.knockout is None or answer.reading is None:
        return False
    return meets(question.knockout, answer.reading, question) is False


def _back(memory: InterviewMemory) -> tuple[InterviewMemory, list[Effect]]:
    """Whoever wanted to go on later is back, if nobody of the team has the thread."""
    if memory.waiting_for != "later":
        return memory, []
    running = changed(memory, status=InterviewStatus.IN_PROGRESS, waiting_for="")
    return running, [interview_status(running.status.value)]


def left_out(memory: InterviewMemory, context: InterviewContext) -> InterviewUpdate | None:
    """They would rather not do the stage that is open: its questions are left out, and the next one begins.

    None when there is no such stage to leave.
    """
    stage = None if memory.held else current_stage(memory, context)
    if stage is None or stage.kind is StageKind.CHAT:
        return None
    effects: list[Effect] = [event("stage_left_out", stage_id=stage.id)]
    for question in stage.questions:
        before = memory.answer(question.id)
        if not before.is_done:
            kept = AnswerStatus.ANSWERED if question.is_open and before.parts else AnswerStatus.SKIPPED
            answer = before.model_copy(update={"status": kept})
            memory = with_answer(memory, question.id, answer)
            effects.append(saved(context, question.id, answer))
    memory = with_stage(memory, stage.id, done=True, left=True)
    return {
        "memory": keep(memory),
        "lines": [say("talk.skipped", context.spoken)],
        "effects": effects,
        "ahead": look_ahead(memory, context),
    }


# ---- resumes -----------------------------------------------------------------------------------------------


def _resume_received(
    stage: Stage, payload: Mapping[str, Any], memory: InterviewMemory, context: InterviewContext
) -> Taken:
    """The file is read by a task; a second one while the first is read waits for nothing: the latest counts."""
    attachment = str(payload.get("attachment_id", ""))
    known = memory.stage(stage.id)
    if not attachment or _is_closed(known) or known.attachment == attachment:
        return memory, {}
    memory, returned = _back(with_stage(memory, stage.id, attachment=attachment, announced=True))
    memory = changed(memory, reminders=0)
    wanted = {"interview_id": context.interview_id, "stage_id": stage.id, "attachment_id": attachment}
    return memory, {
        "lines": [say("stages.resume_here", context.spoken)],
        "effects": [task("read_resume", wanted), *returned],
        "ahead": "say",
    }


def sent_by_message(item: Heard, memory: InterviewMemory, context: InterviewContext) -> Taken:
    """A document that came with a message while a resume is wanted is that resume: the last one of several."""
    stage, documents = current_stage(memory, context), item["payload"].get("documents")
    wanted = stage is not None and stage.kind is StageKind.RESUME and not memory.is_over
    if stage is None or not wanted or not documents or not isinstance(documents, list):
        return memory, {}
    return _resume_received(stage, {"attachment_id": documents[-1]}, memory, context)


def _resume_read(stage: Stage, payload: Mapping[str, Any], memory: InterviewMemory, context: InterviewContext) -> Taken:
    """It was read; or it could not be, which is said with what would help, and never counts against them."""
    known = memory.stage(stage.id)
    if _is_closed(known) or str(payload.get("attachment_id", known.attachment)) != known.attachment:
        return memory, {}
    problem = "failed" if payload.get("failed") else str(payload.get("problem", ""))
    if not problem:
        memory = with_stage(memory, stage.id, done=True, left=False)
        return memory, {
            "lines": [say("stages.resume_read", context.spoken)],
            "effects": [event("resume_read", stage_id=stage.id)],
            "ahead": look_ahead(memory, context),
        }
    tries = known.tries + 1
    gives_up = tries >= FILES_MAX
    memory = with_stage(memory, stage.id, tries=tries, done=gives_up, attachment="")
    lines = [_problem_words(problem, context), *([say("stages.resume_person", context.spoken)] if gives_up else [])]
    happened = event("resume_unreadable", stage_id=stage.id, problem=problem)
    return memory, {"lines": lines, "effects": [happened], "ahead": look_ahead(memory, context)}


def _problem_words(problem: str, context: InterviewContext) -> str:
    known = catalogue(DEFAULT).get("resume", {})
    return say(f"resume.{problem}" if problem in known else "stages.resume_not_read", context.spoken)


# ---- scores and times --------------------------------------------------------------------------------------


def stage_weighed(payload: Mapping[str, Any], memory: InterviewMemory, context: InterviewContext) -> Taken:
    """The score that was waited for is there: clearly below the minimum ends it kindly, anything else goes on."""
    if not memory.held:
        return memory, {}
    stage = to_weigh(memory, context)
    outcome = "needs_person" if payload.get("failed") or stage is None else _outcome(stage, context)
    return _decided(memory, context, outcome)


def score_takes_long(memory: InterviewMemory, context: InterviewContext) -> Taken:
    """Nobody waits for a score longer than this: it goes on, and a person looks."""
    return _decided(memory, context, "needs_person") if memory.held and not memory.is_over else (memory, {})


def _decided(memory: InterviewMemory, context: InterviewContext, outcome: str) -> Taken:
    weighed = changed(with_stage(memory, memory.held, gate=outcome), held="")
    happened = event("stage_weighed", stage_id=memory.held, outcome=outcome)
    return weighed, {"effects": [happened], "ahead": look_ahead(weighed, context)}


def _outcome(stage: Stage, context: InterviewContext) -> str:
    """What the scorecard says of the stage's minimum: a gate of its own, or the one the stages share."""
    own = stage.id if stage.min_score is not None else ""
    gates = (context.scorecard_ready or {}).get("gates", ())
    minimums = {gate.get("stage_id", ""): gate["outcome"] for gate in gates if gate["kind"] == "minimum_score"}
    said = minimums.get(own, "")
    return said if said in ("passed", "failed") else "needs_person"


def task_time_over(memory: InterviewMemory, context: InterviewContext) -> Taken:
    """The time of a task ran out: what was written so far is the answer."""
    stage = current_stage(memory, context)
    running = memory.status is InterviewStatus.IN_PROGRESS and isinstance(stage, ScenarioStage)
    if not running or not isinstance(stage, ScenarioStage) or not memory.stage(stage.id).begun_at:
        return memory, {}
    update = task_over(stage, memory.answer(stage.questions[0].id), memory, context, "stages.task_time_over")
    return recall(update), update

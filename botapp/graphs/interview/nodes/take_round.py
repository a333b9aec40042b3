"""A task in writing: it begins when they are ready; each turn of theirs is a round; it ends by "done", rounds or time.

Nothing said in it is read as an answer to another question, and nothing here says how good it is.
"""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.announcing import left_words, minutes_left, says_done, task_ends, task_words
from botapp.graphs.interview.nodes.open_stage import TASK_TIMER
from botapp.graphs.interview.speech import say
from botapp.graphs.interview.state import (
    AnswerMemory,
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    current_stage,
    joined_parts,
    keep,
    look_ahead,
    recall,
    saved,
    spoken,
    with_answer,
    with_stage,
)
from botapp.graphs.interview.timing import next_reminder
from botapp.llm import FollowUpRequest
from botapp.screening.effects import timer
from botapp.screening.interview import AnswerStatus, SpokenPart
from botapp.screening.interviewer import ScenarioStage


def take_round(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The task, when they are ready for it; else what they wrote, kept, and one neutral line while more may come."""
    context, memory = runtime.context, recall(state)
    stage = current_stage(memory, context)
    assert isinstance(stage, ScenarioStage), "routes come here only while a task is open"
    known = memory.stage(stage.id)
    if not known.begun_at:
        return _begun(stage, memory, context)
    answer = _with_words(stage, state, memory)
    memory = with_stage(memory, stage.id, rounds=known.rounds + 1)
    is_over = known.rounds + 1 >= stage.max_rounds or not minutes_left(stage, known, context)
    if says_done(spoken(state)) or is_over:
        return task_over(stage, answer, memory, context, "stages.task_done")
    prompt = _prompt(stage, answer, context)
    answer = answer.model_copy(update={"follow_ups": (*answer.follow_ups, prompt)})
    memory = with_answer(memory, stage.questions[0].id, answer)
    left = left_words(stage, memory.stage(stage.id), context)
    return {
        "memory": keep(memory),
        "lines": [f"{prompt} {left}"],
        "effects": [saved(context, stage.questions[0].id, answer), *next_reminder(memory, context)],
        "ahead": "say",
    }


def _begun(stage: ScenarioStage, memory: InterviewMemory, context: InterviewContext) -> InterviewUpdate:
    memory = with_stage(memory, stage.id, announced=True, begun_at=context.now.isoformat())
    known = memory.stage(stage.id)
    return {
        "memory": keep(memory),
        "lines": [task_words(stage, known, context)],
        "effects": [timer(TASK_TIMER, task_ends(stage, known, context)), *next_reminder(memory, context)],
        "ahead": "say",
    }


def _with_words(stage: ScenarioStage, state: InterviewState, memory: InterviewMemory) -> AnswerMemory:
    """What was written in this round, added; a bare "done" is no part of it."""
    before = memory.answer(stage.questions[0].id)
    if says_done(spoken(state)):
        return before
    new = (SpokenPart(message_id=item["id"], text=item["text"]) for item in spoken(state) if item["text"].strip())
    return before.model_copy(update={"parts": joined_parts(before.parts, new)})


def _prompt(stage: ScenarioStage, answer: AnswerMemory, context: InterviewContext) -> str:
    """One short neutral line: the engine's, else ours."""
    request = FollowUpRequest(question=stage.questions[0], parts=answer.parts, asked=answer.follow_ups)
    chosen = context.language.choose_follow_up(request).text.strip() if answer.parts else ""
    return chosen if chosen and chosen not in answer.follow_ups else say("stages.task_noted", context.spoken)


def task_over(
    stage: ScenarioStage, answer: AnswerMemory, memory: InterviewMemory, context: InterviewContext, line: str
) -> InterviewUpdate:
    """The task is kept as it stands, one answer; an empty one was left out."""
    task = stage.questions[0].id
    done = answer.model_copy(update={"status": AnswerStatus.ANSWERED if answer.parts else AnswerStatus.SKIPPED})
    memory = changed(with_stage(with_answer(memory, task, done), stage.id, done=True), reminders=0)
    return {
        "memory": keep(memory),
        "lines": [say(line, context.spoken)],
        "effects": [saved(context, task, done)],
        "ahead": look_ahead(memory, context),
    }

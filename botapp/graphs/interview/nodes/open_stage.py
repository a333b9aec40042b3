"""The next stage is no chat: one message says what it is and where; after an aside, what is still open."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.announcing import announcement, minutes_left, task_ends
from botapp.graphs.interview.nodes.ask_next import before
from botapp.graphs.interview.state import (
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    current_stage,
    keep,
    recall,
    spoken,
    with_stage,
)
from botapp.graphs.interview.timing import next_reminder
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import Effect, timer
from botapp.screening.interviewer import ScenarioStage, Stage

TASK_TIMER = "task"


def open_stage(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """A form or resume with its link; a task with how long it takes, and the task itself once it has begun."""
    context, memory = runtime.context, recall(state)
    stage = current_stage(memory, context)
    assert stage is not None, "routes come here only while a stage is open"
    memory, clock = _with_time(stage, memory, context)
    text = before(state.get("lines", []), announcement(stage, memory, context, spoken(state)))
    opened = changed(with_stage(memory, stage.id, announced=True), open_question="", prompt="", held="")
    return {
        "memory": keep(opened),
        "replies": [outbound_to_json(OutboundMessage(text))],
        "effects": [*clock, *next_reminder(opened, context)],
    }


def _with_time(
    stage: Stage, memory: InterviewMemory, context: InterviewContext
) -> tuple[InterviewMemory, list[Effect]]:
    """Who comes back to a task after a pause gets its time once more."""
    known = memory.stage(stage.id)
    if not isinstance(stage, ScenarioStage) or not known.begun_at or minutes_left(stage, known, context):
        return memory, []
    memory = with_stage(memory, stage.id, begun_at=context.now.isoformat())
    return memory, [timer(TASK_TIMER, task_ends(stage, memory.stage(stage.id), context))]

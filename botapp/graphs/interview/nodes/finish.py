"""The end: every question is done, or a must-have is clearly not met. Thanks, what happens next, and scoring."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import wording
from botapp.graphs.interview.nodes.ask_next import before
from botapp.graphs.interview.promising import promise_timers, promised_day
from botapp.graphs.interview.state import (
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    is_below,
    keep,
    question_of,
    recall,
    to_score,
)
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import cancel_timers, interview_status
from botapp.screening.interview import InterviewStatus


def finish(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """Completed: thanks, and what happens next and by when. Also at a minimum score that was clearly not reached."""
    context, memory = runtime.context, recall(state)
    below = is_below(memory, context)
    text = before(state.get("lines", []), wording.thanks_after(context, below=below))
    return _completed(memory, "below_minimum" if below else "completed", text, context)


def end_kindly(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """Completed early, by a knockout that was read clearly; a person reviews it all the same."""
    context = runtime.context
    question = question_of(context, state["knocked_out"])
    assert question is not None, "only a question of this interview knocks out"
    text = before(state.get("lines", []), wording.thanks_but(context, question))
    return _completed(recall(state), "knocked_out", text, context)


def _completed(memory: InterviewMemory, outcome: str, text: str, context: InterviewContext) -> InterviewUpdate:
    promised = promised_day(context).isoformat()
    fields = {"waiting_for": "", "told": False, "promised": promised, "answered_by_person": False}
    done = changed(memory, status=InterviewStatus.COMPLETED, outcome=outcome, **fields)
    return {
        "memory": keep(done),
        "replies": [outbound_to_json(OutboundMessage(text))],
        "effects": [
            interview_status("completed", outcome),
            cancel_timers(),
            *promise_timers(context),
            to_score(memory, context),
        ],
    }

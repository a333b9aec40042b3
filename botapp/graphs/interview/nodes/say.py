"""Says what there is to say when no question follows."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import wording
from botapp.graphs.interview.state import InterviewState, InterviewUpdate, recall, spoken
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.interview import InterviewStatus


def say(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The turn's lines as one message; nothing when there are none. Whoever may still start is told how."""
    lines = state.get("lines", [])
    if lines and spoken(state) and _may_start(state, runtime.context):
        lines = [*lines, wording.tell(runtime.context, "opening.reply_yes")]
    text = " ".join(lines)
    return {"replies": [outbound_to_json(OutboundMessage(text))]} if text else {}


def _may_start(state: InterviewState, context: InterviewContext) -> bool:
    memory = recall(state)
    return memory.introduced and memory.status is InterviewStatus.INVITED and not context.refusal

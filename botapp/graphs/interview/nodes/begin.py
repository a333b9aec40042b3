"""The invited candidate answered: the interview starts. The invitation said who asks, so that is not said again."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import wording
from botapp.graphs.interview.nodes.welcome import started, turned_away
from botapp.graphs.interview.state import InterviewState, InterviewUpdate, keep, look_ahead, recall
from botapp.messages import OutboundMessage, outbound_to_json


def begin(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """A short line, and what the employer wants told; then what was said is taken, or the first question asked."""
    context, memory = runtime.context, recall(state)
    if context.refusal:
        return turned_away(memory, context)
    running, effects = started(memory, context)
    told = wording.overviews(context)
    return {
        "memory": keep(running),
        "lines": [wording.tell(context, "opening.starting")],
        "replies": [outbound_to_json(OutboundMessage(told))] if told else [],
        "ahead": look_ahead(running, context),
        "effects": effects,
    }

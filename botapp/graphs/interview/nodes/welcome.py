"""The candidate agreed: say who asks and how this works, before any question."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.state import InterviewState, InterviewUpdate, changed, keep, look_ahead, recall
from botapp.graphs.interview.timing import first_expiry
from botapp.graphs.interview.wording import disclosure, overviews
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import interview_status, timer
from botapp.screening.interview import InterviewStatus


def welcome(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The disclosure, then what the employer wants told; the first question follows as a message of its own."""
    context = runtime.context
    expires = first_expiry(context)
    memory = changed(recall(state), status=InterviewStatus.IN_PROGRESS, expires_at=expires.isoformat())
    texts = filter(None, (disclosure(context), overviews(context)))
    return {
        "memory": keep(memory),
        "ahead": look_ahead(memory, context),
        "replies": [outbound_to_json(OutboundMessage(text)) for text in texts],
        "effects": [interview_status(memory.status.value), timer("expire", expires)],
    }

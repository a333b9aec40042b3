"""Somebody who agreed to be texted was invited: one message says who asks and how to start. Then we wait."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.opening import invitation
from botapp.graphs.interview.state import InterviewState, InterviewUpdate, changed, keep, recall
from botapp.graphs.interview.timing import first_expiry, first_reminder
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import timer


def introduce(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The invitation, one reminder after a day, and the end of the time to answer."""
    context = runtime.context
    expires = first_expiry(context)
    memory = changed(recall(state), introduced=True, expires_at=expires.isoformat())
    return {
        "memory": keep(memory),
        "replies": [outbound_to_json(OutboundMessage(invitation(context)))],
        "effects": [*first_reminder(context), timer("expire", expires)],
    }

"""Not now: the interview waits and comes back by itself at the time that was named."""

from datetime import datetime

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import wording
from botapp.graphs.interview.nodes.ask_next import before
from botapp.graphs.interview.state import InterviewState, InterviewUpdate, changed, keep, recall, spoken, understood
from botapp.graphs.interview.timing import expiry_after
from botapp.graphs.interview.when import later, said_moment
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import interview_status, timer
from botapp.screening.interview import InterviewStatus


def postpone(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """Sets the timer and says when, and that the answers are kept."""
    context = runtime.context
    words = understood(state).when or " ".join(item["text"] for item in spoken(state))
    moment = later(words, context.now, context.zone)
    running = recall(state)
    expires = expiry_after(running, moment).isoformat()
    memory = changed(running, status=InterviewStatus.PAUSED, waiting_for="later", expires_at=expires)
    extended = [timer("expire", datetime.fromisoformat(expires))] if expires != running.expires_at else []
    text = before(state.get("lines", []), wording.postponed(said_moment(moment, context.now)))
    return {
        "memory": keep(memory),
        "replies": [outbound_to_json(OutboundMessage(text))],
        "effects": [interview_status("paused", "later"), timer("later", moment), *extended],
    }

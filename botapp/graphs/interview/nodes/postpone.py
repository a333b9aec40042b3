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
    moment = later(words, context.now, state.get("zone") or context.zone)
    running = recall(state)
    begun = running.status is not InterviewStatus.INVITED
    expires = expiry_after(running, moment).isoformat()
    status = InterviewStatus.PAUSED if begun else running.status
    memory = changed(running, status=status, waiting_for="later", expires_at=expires)
    extended = [timer("expire", datetime.fromisoformat(expires))] if expires != running.expires_at else []
    with_zone = context.by_text and moment.tzname() != "UTC"
    when = said_moment(moment, context.now, context.spoken, with_zone=with_zone)
    promise = wording.tell(context, "talk.postponed" if begun else "talk.put_off_before_the_start", moment=when)
    return {
        "memory": keep(memory),
        "replies": [outbound_to_json(OutboundMessage(before(state.get("lines", []), promise)))],
        "effects": [*([interview_status("paused", "later")] if begun else []), timer("later", moment), *extended],
    }

"""The candidate ends it: stop, no interest, or the wrong person. One confirmation, then silence."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import alerts, wording
from botapp.graphs.interview.state import InterviewState, InterviewUpdate, changed, chief, keep, recall, understood
from botapp.llm import Intent
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import Effect, alert, cancel_timers, interview_status
from botapp.screening.interview import InterviewStatus

_ENDS = {
    Intent.NOT_INTERESTED: ("not_interested", wording.NOT_INTERESTED),
    Intent.WRONG_PERSON: ("wrong_person", wording.WRONG_PERSON),
}


def leave(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The interview is ended; what was answered is kept. Wishes that came with a stop go to a person."""
    context, wishes = runtime.context, state["asked"]
    outcome, text = _ENDS.get(chief(understood(state)), ("stopped", wording.STOPPED))
    effects: list[Effect] = [interview_status("ended", outcome), cancel_timers()]
    if outcome == "stopped" and wishes:
        text = wording.stopped_for_deletion(context)
        effects.append(alert("question", alerts.asked_question(context, wishes)))
    memory = changed(recall(state), status=InterviewStatus.ENDED, outcome=outcome, waiting_for="", told=False)
    return {
        "memory": keep(memory),
        "replies": [outbound_to_json(OutboundMessage(text))],
        "effects": effects,
    }

"""A person or another way is needed: the interview waits, and the team is told."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import alerts, wording
from botapp.graphs.interview.speech import say
from botapp.graphs.interview.state import (
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    chief,
    keep,
    recall,
    spoken,
    understood,
)
from botapp.graphs.interview.ways import way_buttons
from botapp.llm import Intent
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import Effect, alert, event, interview_status
from botapp.screening.interview import InterviewStatus

_SAYS = {
    Intent.DISTRESS: ("distress", wording.distress),
    Intent.ACCOMMODATION: ("accommodation", wording.accommodation),
}


def hand_over(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """Says who will answer and pauses. After the end the status stays: only the team is told."""
    context, memory = runtime.context, recall(state)
    why, words = _SAYS.get(chief(understood(state)), ("human", wording.person_called))
    paused, effects = _paused(memory, why)
    wanted = alerts.asked_for_person(context, why)
    effects.append(alert("person_requested", wanted, always=why == "distress"))
    reply = _ways(context) if paused.offered else OutboundMessage(words(context))
    return {
        "memory": keep(paused),
        "replies": [outbound_to_json(reply)],
        "effects": [*effects, *(event("message_for_person", message_id=item["id"]) for item in spoken(state))],
    }


def _paused(memory: InterviewMemory, why: str) -> tuple[InterviewMemory, list[Effect]]:
    if memory.is_over:
        return memory, []
    outcome = "distress" if why == "distress" else ""
    fields = {"outcome": outcome, "told": False, "offered": "ways" if why == "accommodation" else ""}
    paused = changed(memory, status=InterviewStatus.PAUSED, waiting_for="person", **fields)
    return paused, [interview_status("paused", "person_requested")]


def _ways(context: InterviewContext) -> OutboundMessage:
    """Another way is needed: what there is, to choose from."""
    offer = say("people.ways", context.spoken, people=wording.people_of(context))
    return OutboundMessage(offer, way_buttons(context.spoken))

"""The candidate ends it: stop, no interest, or the wrong person. One confirmation, then silence.

By text a stop holds for everything the employer sends to that number, and a wrong person's number is forgotten.
"""

from langgraph.runtime import Runtime

from botapp.graphs.context import Heard, InterviewContext
from botapp.graphs.interview import alerts, wording
from botapp.graphs.interview.state import (
    InterviewState,
    InterviewUpdate,
    changed,
    chief,
    keep,
    recall,
    spoken,
    understood,
)
from botapp.llm import Intent
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.policy.opt_out import keyword_of, stopped_text, wants_no_answer
from botapp.screening.effects import Effect, alert, cancel_timers, changed_hands, interview_status, opted_out
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
    elif outcome == "stopped" and context.by_text:
        text = stopped_text(wording.employer_of(context))
    if context.by_text:
        effects += _of_the_number(outcome, spoken(state))
    memory = changed(recall(state), status=InterviewStatus.ENDED, outcome=outcome, waiting_for="", told=False)
    is_answered = context.by_text and outcome == "stopped" and _needs_no_answer(spoken(state))
    return {
        "memory": keep(memory),
        "replies": [] if is_answered else [outbound_to_json(OutboundMessage(text))],
        "effects": effects,
    }


def _of_the_number(outcome: str, heard: list[Heard]) -> list[Effect]:
    match outcome:
        case "stopped" if not _obeyed_by_rule(heard):
            return [opted_out()]
        case "wrong_person":
            return [changed_hands()]
        case _:
            return []


def _obeyed_by_rule(heard: list[Heard]) -> bool:
    """A bare opt-out word was obeyed, and confirmed, when it was received."""
    return any(item["payload"].get("opt_out") == "stop" or keyword_of(item["text"]) == "stop" for item in heard)


def _needs_no_answer(heard: list[Heard]) -> bool:
    return _obeyed_by_rule(heard) or any(wants_no_answer(item["text"]) for item in heard)

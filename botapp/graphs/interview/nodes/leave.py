"""The candidate ends it: stop, no interest, or the wrong person. One confirmation, then silence.

By text a stop holds for everything the employer sends to that number, and a wrong person's number is forgotten.
"""

from dataclasses import replace

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
from botapp.policy.opt_out import keyword_of, language_of_keyword, stopped_text, wants_no_answer
from botapp.screening.effects import Effect, alert, cancel_timers, changed_hands, event, interview_status, opted_out
from botapp.screening.interview import InterviewStatus

_ENDS = {
    Intent.NOT_INTERESTED: ("not_interested", "leaving.not_interested"),
    Intent.WRONG_PERSON: ("wrong_person", "leaving.wrong_person"),
}


def leave(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The interview is ended; what was answered is kept. Wishes that came with a stop go to a person."""
    context, wishes = _in_the_language_of(spoken(state), runtime.context), state["asked"]
    outcome, key = _ENDS.get(chief(understood(state)), ("stopped", "leaving.stopped"))
    text = wording.tell(context, key)
    effects: list[Effect] = [interview_status("ended", outcome), cancel_timers()]
    if outcome != "wrong_person" and not wishes:
        effects.append(alert("opted_out", alerts.opted_out(context, interested=outcome == "stopped")))
    if recall(state).taken_by:
        effects.append(event("handed_back", why=outcome))
    if outcome == "stopped" and wishes:
        text = wording.stopped_for_deletion(context)
        effects.append(alert("question", alerts.asked_question(context, wishes), always=True))
    elif outcome == "stopped" and context.by_text:
        text = stopped_text(wording.employer_of(context), context.spoken)
    if context.by_text:
        effects += _of_the_number(outcome, spoken(state))
    memory = changed(
        recall(state), status=InterviewStatus.ENDED, outcome=outcome, waiting_for="", taken_by="", told=False
    )
    is_answered = context.by_text and outcome == "stopped" and _needs_no_answer(spoken(state))
    return {
        "memory": keep(memory),
        "replies": [] if is_answered else [outbound_to_json(OutboundMessage(text))],
        "effects": effects,
    }


def _in_the_language_of(heard: list[Heard], context: InterviewContext) -> InterviewContext:
    """ "ALTO" is confirmed in Spanish, whatever was spoken before."""
    language = next((found for item in heard if (found := language_of_keyword(item["text"]))), "")
    return replace(context, switched_to=language) if language else context


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

"""Somebody wants no more messages, or is not who we think: obeyed at once, with one confirmation."""

from langgraph.runtime import Runtime

from botapp.graphs.context import FrontdeskContext
from botapp.graphs.frontdesk.state import FrontdeskState, FrontdeskUpdate, kept, recall, reply, spoken
from botapp.graphs.interview.speech import say
from botapp.policy.opt_out import keyword_of, language_of_keyword, stopped_text, wants_no_answer
from botapp.screening.effects import changed_hands, opted_out


def let_go(state: FrontdeskState, runtime: Runtime[FrontdeskContext]) -> FrontdeskUpdate:
    """By a bare word it was obeyed, and confirmed, when it was received: then there is nothing left to say."""
    heard = spoken(state)
    memory = kept(recall(state), held=(), offered=(), told=True)
    language = next((found for item in heard if (found := language_of_keyword(item["text"]))), "en")
    if state["leaves"] == "wrong_person":
        return {
            "memory": memory,
            "effects": [changed_hands()],
            "replies": [reply(say("leaving.wrong_person", language))],
        }
    if any(item["payload"].get("opt_out") == "stop" or keyword_of(item["text"]) == "stop" for item in heard):
        return {"memory": memory}
    silent = any(wants_no_answer(item["text"]) for item in heard)
    return {
        "memory": memory,
        "effects": [opted_out()],
        "replies": [] if silent else [reply(stopped_text(runtime.context.employer, language))],
    }

"""Somebody writes while the interview waits for a person, or after its end: one line, once; the rest is passed on.

While a person has the thread nothing is said at all: they hear of it, and answer.
"""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import alerts, wording
from botapp.graphs.interview.nodes.ask_next import before
from botapp.graphs.interview.state import (
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    keep,
    recall,
    spoken,
)
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import alert, event


def stand_by(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """Keeps what was said for the person it waits for; says so the first time."""
    memory = recall(state)
    for_person = [event("message_for_person", message_id=item["id"]) for item in spoken(state)]
    lines = state.get("lines", [])  # what is said of a file
    if memory.taken_by:
        texts = [item["text"] for item in spoken(state) if item["text"].strip()] or ["(a file)"]
        told = alert("wrote_to_person", alerts.wrote(runtime.context, memory.taken_by, texts))
        return {"effects": [*for_person, told]}
    if memory.told:
        return {"effects": for_person, "replies": [outbound_to_json(OutboundMessage(" ".join(lines)))] if lines else []}
    text = before(lines, _line(memory, runtime.context))
    return {
        "memory": keep(changed(memory, told=True)),
        "replies": [outbound_to_json(OutboundMessage(text))],
        "effects": for_person,
    }


def _line(memory: InterviewMemory, context: InterviewContext) -> str:
    if memory.is_over:
        return wording.already_over(context, memory.outcome)
    if memory.outcome == "distress":
        return wording.still_waiting_in_distress(context)
    return wording.still_waiting(context)

"""The candidate agreed: say who asks and how this works, before any question. Not while nobody can start."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.opening import disclosure
from botapp.graphs.interview.state import (
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    keep,
    look_ahead,
    recall,
    spoken,
)
from botapp.graphs.interview.timing import first_expiry
from botapp.graphs.interview.wording import overviews
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import Effect, interview_status, timer
from botapp.screening.interview import InterviewStatus


def welcome(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The disclosure, then what the employer wants told; the first question follows as a message of its own."""
    context, memory = runtime.context, recall(state)
    if context.refusal:  # words that came along are heard first: a stop is a stop
        return {"ahead": "say"} if spoken(state) else turned_away(memory, context)
    running, effects = started(memory, context)
    texts = filter(None, (disclosure(context), overviews(context)))
    return {
        "memory": keep(running),
        "ahead": look_ahead(running, context),
        "replies": [outbound_to_json(OutboundMessage(text)) for text in texts],
        "effects": effects,
    }


def started(memory: InterviewMemory, context: InterviewContext) -> tuple[InterviewMemory, list[Effect]]:
    """In progress, with all the time to complete it."""
    expires = first_expiry(context)
    running = changed(
        memory,
        status=InterviewStatus.IN_PROGRESS,
        waiting_for="",
        told=False,
        reminders=0,
        expires_at=expires.isoformat(),
        wants_name=not context.candidate.name.strip(),
    )
    return running, [interview_status(running.status.value), timer("expire", expires)]


def turned_away(memory: InterviewMemory, context: InterviewContext) -> InterviewUpdate:
    """Why it can't start now, said once. Nothing is begun, so it may start later."""
    lines = [] if memory.told else [context.refusal]
    return {"memory": keep(changed(memory, told=True)), "lines": lines, "ahead": "say"}

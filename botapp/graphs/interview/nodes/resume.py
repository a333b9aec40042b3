"""The candidate comes back to an interview that was stopped or waits for a person: it goes on where it was.

By text START has been answered by rule already, so the question returns without a second greeting.
"""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.nodes.welcome import turned_away
from botapp.graphs.interview.state import (
    InterviewState,
    InterviewUpdate,
    changed,
    keep,
    look_ahead,
    recall,
    spoken,
)
from botapp.graphs.interview.timing import expiry_after
from botapp.graphs.interview.wording import tell
from botapp.policy.opt_out import keyword_of
from botapp.screening.effects import interview_status, timer
from botapp.screening.interview import InterviewStatus


def resume(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """In progress again, with the time to complete it had before, but a day at least."""
    context, memory = runtime.context, recall(state)
    if context.refusal and not memory.open_question:  # they left before the start, and nobody can start now
        return turned_away(changed(memory, told=False), context)
    expires = expiry_after(memory, context.now)
    greeted = context.by_text and any(keyword_of(item["text"]) == "start" for item in spoken(state))
    running = changed(
        memory,
        status=InterviewStatus.IN_PROGRESS,
        outcome="",
        waiting_for="",
        told=False,
        expires_at=expires.isoformat(),
    )
    return {
        "memory": keep(running),
        "lines": [] if greeted else [tell(context, "talk.welcome_back")],
        "effects": [interview_status(running.status.value), timer("expire", expires)],
        "ahead": look_ahead(running, context),
    }

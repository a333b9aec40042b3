"""The candidate comes back to an interview that was stopped or waits for a person: it goes on where it was."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.state import InterviewState, InterviewUpdate, changed, keep, look_ahead, recall
from botapp.graphs.interview.timing import expiry_after
from botapp.screening.effects import interview_status, timer
from botapp.screening.interview import InterviewStatus


def resume(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """In progress again, with the time to complete it had before, but a day at least."""
    context, memory = runtime.context, recall(state)
    expires = expiry_after(memory, context.now)
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
        "lines": ["Welcome back. Let's go on."],
        "effects": [interview_status(running.status.value), timer("expire", expires)],
        "ahead": look_ahead(running, context),
    }

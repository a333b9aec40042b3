"""A rehearsal is asked for: a worker plays it, and this conversation hears what came out."""

from langgraph.runtime import Runtime

from botapp.graphs.compose.nodes.apply import NO_DRAFT
from botapp.graphs.compose.state import ComposeState, ComposeUpdate, reply, said, spoken
from botapp.graphs.context import ComposeContext
from botapp.screening.effects import task


def rehearse(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """The task, and the one sentence until it is done."""
    context = runtime.context
    if context.draft is None:
        return said(NO_DRAFT)
    by = spoken(state)[-1]["sender_id"]
    text = "Rehearsing with five made-up candidates: strong, borderline, weak, evasive and hostile. It takes a moment."
    work = task("rehearse", {"interviewer_id": context.interviewer_id, "by": by})
    return {"replies": [reply(text)], "effects": [work]}

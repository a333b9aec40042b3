"""Says what needs no change: an answer, a question back, a refusal with what would do, a word of thanks."""

from langgraph.runtime import Runtime

from botapp.graphs.compose.nodes.greet import HELLO
from botapp.graphs.compose.state import (
    ComposeState,
    ComposeUpdate,
    Pending,
    kept,
    planned,
    recall,
    reply,
    with_full_link,
)
from botapp.graphs.context import ComposeContext
from botapp.llm import Plan, PlanIntent


def say(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """The plan's own words. A refusal that offers another edit waits for a yes to it."""
    context, memory, plan = runtime.context, recall(state), planned(state)
    offers = plan.intent is PlanIntent.REFUSE and bool(plan.edits) and context.draft is not None
    buttons = [("Yes", "yes"), ("No", "no")] if offers else []
    pending = memory.pending
    if plan.intent is PlanIntent.DECLINE:
        pending = None
    elif offers:
        pending = Pending(what="refused_alternative", revision=context.revision, edits=plan.edits)
    return {
        "memory": kept(memory, pending=pending),
        "replies": [reply(_words(plan, memory.pending, context), *buttons)],
    }


def _words(plan: Plan, pending: Pending | None, context: ComposeContext) -> str:
    texts_wait = pending is not None and pending.what == "consent" and plan.intent is PlanIntent.DECLINE
    if plan.reply and not texts_wait:
        return with_full_link(plan.reply, context)
    match plan.intent:
        case PlanIntent.DECLINE:
            if pending and pending.what == "publish":
                return "All right, not published. Tell me when."
            if pending and pending.what == "consent":
                return "All right, nobody was texted."
            return "All right, nothing changed."
        case PlanIntent.CONFIRM:
            return "There is nothing waiting for a yes. Tell me what to change, or say “publish”."
        case _:
            return HELLO if context.draft is None else "Tell me what to change, or say “publish”."

"""Undo and redo: the draft as it was, or as it was before the undo. Nothing is deleted."""

from collections.abc import Mapping
from typing import Any

from langgraph.runtime import Runtime

from botapp.compose.diff import diff_card, diff_drafts
from botapp.graphs.compose.state import ComposeState, ComposeUpdate, planned, reply, said
from botapp.graphs.context import ComposeContext
from botapp.llm import PlanIntent
from botapp.messages import Card
from botapp.screening.effects import history_moved
from botapp.screening.interviewer import Interviewer


def move_history(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """Moves along the revisions, as far as asked or as far as there are any."""
    context, plan = runtime.context, planned(state)
    back = plan.intent is PlanIntent.UNDO
    there = context.before if back else context.after
    if not there:
        return said("There is nothing to undo." if back else "There is nothing to redo.")
    steps = min(max(int(plan.value.get("steps") or 1), 1), len(there))
    target = there[steps - 1]
    if target.draft is None and context.version > 0:
        return said("Not undone: it is published, and people may be answering. Say “archive” to close it.")
    if target.draft and target.draft["slug"] in context.taken_slugs:
        return said(f"Not undone: another interviewer has the link name {target.draft['slug']} by now.")
    verb = "Undone" if back else "Done again"
    text = f"{verb}, {steps} steps." if steps > 1 else f"{verb}."
    card = _card(context.draft, target.draft, context.text_price)
    button = ("Redo", "redo") if back else ("Undo", "undo")
    return {
        "replies": [reply(text if card else f"{text} There is no draft now.", button, card=card)],
        "effects": [history_moved(-steps if back else steps)],
    }


def _card(before: Interviewer | None, after: Mapping[str, Any] | None, price: float | None) -> Card | None:
    return diff_card(diff_drafts(before, Interviewer.model_validate(after)), price) if after else None

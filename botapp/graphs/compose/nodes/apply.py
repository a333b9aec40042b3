"""Changes the draft as asked: all of it or nothing, and answers with what changed."""

from collections.abc import Sequence

from langgraph.runtime import Runtime

from botapp.compose.diff import DiffLine, diff_card, diff_drafts
from botapp.compose.edits import EditRefused, apply_edits
from botapp.compose.lint import new_findings, notes_line
from botapp.graphs.compose.state import (
    ComposeMemory,
    ComposeState,
    ComposeUpdate,
    free_slug,
    kept,
    planned,
    recall,
    reply,
    said,
    stored,
)
from botapp.graphs.context import ComposeContext
from botapp.llm import PlanIntent
from botapp.screening.edits import Edit, EditOp
from botapp.screening.effects import draft_saved
from botapp.screening.interviewer import Interviewer

NO_DRAFT = "There is no draft yet. Paste a job description or tell me the role, and I'll make one."
_STAYS = "The published version stays as it is until you publish again."


def apply(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """The edited draft and its diff, or the sentence that says why not."""
    context, memory, plan = runtime.context, recall(state), planned(state)
    if context.draft is None:
        return said(NO_DRAFT)
    agreed = plan.intent is PlanIntent.CONFIRM and memory.pending is not None
    edits = memory.pending.edits if agreed and memory.pending else plan.edits
    try:
        after = apply_edits(context.draft, edits)
    except EditRefused as refused:
        return said(str(refused))
    if no := _objection(context.draft, after, edits, context):
        return said(no)
    lines = diff_drafts(context.draft, after)
    if not lines:
        return said("That is how it is already. Nothing changed.")
    told = _tell_published_stays(memory, context, after)
    origin = state.get("request", {}).get("origin")
    text = " ".join(
        filter(
            None,
            (
                f"Taken from {origin}." if origin else "Done.",
                plan.reply,
                notes_line(new_findings(context.draft, after)),
                _STAYS if told else "",
            ),
        )
    )
    pending = None if agreed else memory.pending
    return {
        "memory": kept(memory, told_published_stays=memory.told_published_stays or told, pending=pending),
        "replies": [reply(text, ("Undo", "undo"), card=diff_card(lines, context.text_price))],
        "effects": [draft_saved(stored(after), _summary(lines), [edit.model_dump(mode="json") for edit in edits])],
    }


def _objection(before: Interviewer, after: Interviewer, edits: Sequence[Edit], context: ComposeContext) -> str:
    """A link name or code somebody has, or a question nobody may ask: whoever planned the edit, it is not made."""
    taken = context.taken_slugs
    if any(edit.op is EditOp.SET_SLUG for edit in edits) and after.slug in taken:
        return f"The link name {after.slug} is taken. {free_slug(after.slug, taken)} is free."
    if after.settings.join_code != before.settings.join_code and after.settings.join_code in context.taken_codes:
        return f"The code {after.settings.join_code} starts another interviewer already. Choose another one."
    refused = next((f for f in new_findings(before, after) if f.level == "refuse"), None)
    return refused.text if refused else ""


def _tell_published_stays(memory: ComposeMemory, context: ComposeContext, after: Interviewer) -> bool:
    changed = context.draft is not None and context.draft.stages != after.stages
    return context.version > 0 and changed and not memory.told_published_stays


def _summary(lines: Sequence[DiffLine]) -> str:
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return f"{lines[0].plain[:160]}{more}"

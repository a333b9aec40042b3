"""A whole interviewer from a pasted text. A draft that was there before is replaced; undo brings it back."""

from langgraph.runtime import Runtime

from botapp.compose import estimate
from botapp.compose.drafting import draft_from_template
from botapp.compose.lint import lint, notes_line
from botapp.compose.readiness import blockers, channel_note
from botapp.compose.wording import draft_card
from botapp.graphs.compose.state import (
    ComposeState,
    ComposeUpdate,
    free_slug,
    kept,
    recall,
    reply,
    said,
    stored,
)
from botapp.graphs.context import ComposeContext
from botapp.llm import DraftRequest, DraftResult
from botapp.screening.effects import draft_saved
from botapp.screening.interviewer import Interviewer


def draft(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """What was done, what was assumed, what is missing: one message with the draft. Or why there is none."""
    context, request = runtime.context, state["request"]
    asked = DraftRequest(text=request["text"], instructions=request["instructions"], today=context.now.date())
    result = draft_from_template(asked) or context.language.draft_interviewer(asked)
    if result.draft is None:
        return said(result.problem or "I found no role in this text. Paste a job description, or tell me the role.")
    made = result.draft.model_copy(update={"slug": free_slug(result.draft.slug, context.taken_slugs)})
    replaced = context.draft is not None
    summary = f"New draft: {made.title}"
    ready = [] if blockers(made) else [("Publish", "publish")]
    buttons = [*ready, *([("Undo", "undo")] if replaced else [])]
    return {
        "memory": kept(recall(state), last_question=None, pending=None),
        "replies": [reply(_told(made, result, replaced, context), *buttons, card=draft_card(made, context.text_price))],
        "effects": [draft_saved(stored(made), summary[:200], [])],
    }


def _told(made: Interviewer, result: DraftResult, replaced: bool, context: ComposeContext) -> str:
    count = len(made.questions())
    stages = len(made.stages)
    head = (
        f"{'This replaces the draft before. ' if replaced else ''}I drafted {made.title}: "
        f"{count} question{'' if count == 1 else 's'} in {stages} stage{'' if stages == 1 else 's'}, "
        f"{estimate.words(made)}."
    )
    assumed = f"I assumed: {' '.join(result.assumed)}" if result.assumed else ""
    first = f"Before you can publish: {' '.join(blockers(made))}" if blockers(made) else ""
    asks = "\n".join(f"{number}. {text}" for number, text in enumerate(result.clarifying, 1))
    asked = f"What I still need to know:\n{asks}" if asks else ""
    notes = (channel_note(made, context.connected), notes_line(lint(made)))
    return "\n\n".join(filter(None, (head, assumed, *notes, first, asked)))

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

_NOT_ASSUMED = ("I left out", "The text is in")  # said beside what was assumed


def draft(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """What was done, what was assumed, what is missing: one message with the draft. Or why there is none."""
    context, request = runtime.context, state["request"]
    asked = DraftRequest(
        text=request["text"],
        instructions=request["instructions"],
        today=context.now.date(),
        theirs=request.get("theirs", False),
    )
    template = None if asked.theirs else draft_from_template(asked)
    result = template or context.language.draft_interviewer(asked)
    read = " ".join(
        filter(None, (f"I read {origin}." if (origin := request.get("origin")) else "", request.get("note")))
    )
    if result.draft is None:
        problem = result.problem or "I found no role in this text. Paste a job description, or tell me the role."
        return said(f"{read} {problem}".strip())
    made = result.draft.model_copy(update={"slug": free_slug(result.draft.slug, context.taken_slugs)})
    replaced = context.draft is not None
    summary = f"New draft: {made.title}"
    ready = [] if blockers(made) else [("Publish", "publish")]
    told = _told(made, result, replaced, context)
    buttons = [*ready, *([("Undo", "undo")] if replaced else [])]
    return {
        "memory": kept(recall(state), last_question=None, pending=None),
        "replies": [reply(f"{read} {told}".strip(), *buttons, card=draft_card(made, context.text_price))],
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
    left_out = " ".join(text for text in result.assumed if text.startswith(_NOT_ASSUMED))
    taken = " ".join(text for text in result.assumed if not text.startswith(_NOT_ASSUMED))
    assumed = "\n\n".join(filter(None, (left_out, f"I assumed: {taken}" if taken else "")))
    first = f"Before you can publish: {' '.join(blockers(made))}" if blockers(made) else ""
    asks = "\n".join(f"{number}. {text}" for number, text in enumerate(result.clarifying, 1))
    asked = f"What I still need to know:\n{asks}" if asks else ""
    notes = (channel_note(made, context.connected), notes_line(lint(made)))
    return "\n\n".join(filter(None, (head, assumed, *notes, first, asked)))

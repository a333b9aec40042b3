"""A copy of this interviewer: a new draft with a conversation of its own."""

from langgraph.runtime import Runtime

from botapp.compose.edits import EditRefused
from botapp.compose.settings_edits import new_title, slug_of
from botapp.graphs.compose.nodes.apply import NO_DRAFT
from botapp.graphs.compose.state import ComposeState, ComposeUpdate, free_slug, planned, reply, said, stored
from botapp.graphs.context import ComposeContext
from botapp.screening.effects import cloned
from botapp.screening.interviewer import TITLE_MAX


def clone(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """The same draft under a new title and a free link name."""
    context = runtime.context
    if context.draft is None:
        return said(NO_DRAFT)
    if other := str(planned(state).value.get("like") or ""):  # never this one in its place
        return said(f"This one is {context.draft.title}. To copy the {other} one, open it and say: clone this.")
    try:
        title = new_title(planned(state).value.get("title") or f"Copy of {context.draft.title}"[:TITLE_MAX])
    except EditRefused as refused:
        return said(str(refused))
    slug = free_slug(slug_of(title), context.taken_slugs | {context.draft.slug})
    copy = context.draft.model_copy(update={"title": title, "slug": slug})
    new_id = context.new_ids[0]
    text = f"Copied to a new draft: {title}.\nOpen it here: {context.base_url}/console/interviewers/{new_id}"
    return {"replies": [reply(text)], "effects": [cloned(stored(copy), new_id)]}

"""Pause, resume, archive, unarchive: who may start, now."""

from langgraph.runtime import Runtime

from botapp.graphs.compose.state import ComposeState, ComposeUpdate, planned, reply, said
from botapp.graphs.context import ComposeContext
from botapp.screening.effects import status_changed

# wanted change: (from which states, new status, what is said)
_MOVES = {
    "pause": (("active",), "paused", "Paused. Nobody new can start; people under way can finish."),
    "resume": (("paused",), "active", "Resumed. The link takes candidates again."),
    "archive": (("draft", "active", "paused", "expired"), "archived", "Archived. Say “unarchive” to bring it back."),
    "unarchive": (("archived",), "paused", "It is back, paused. Say “resume” to take candidates again."),
}
_NOT_SO = {
    "pause": {"draft": "It is not published, so there is nothing to pause.", "paused": "It is paused already."},
    "resume": {
        "draft": "It is not published yet. Say “publish”.",
        "active": "It is running already.",
        "expired": "Its deadline has passed. Set a later one, then it takes candidates again.",
        "archived": "It is archived. Say “unarchive” first.",
    },
    "archive": {"archived": "It is archived already."},
    "unarchive": {},
}


def change_status(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """The new status, or why it can't be had from the present one."""
    context, value = runtime.context, planned(state).value
    wanted = str(value.get("action") or value.get("status") or value.get("to") or "")
    if wanted not in _MOVES:
        return said("Do you want to pause, resume, archive or unarchive it?")
    sources, status, text = _MOVES[wanted]
    if context.status not in sources:
        return said(_NOT_SO[wanted].get(context.status, f"It is {context.status}, so I can't {wanted} it."))
    if wanted == "unarchive" and context.version == 0:
        status, text = "draft", "It is back, as a draft."
    return {"replies": [reply(text)], "effects": [status_changed(status)]}

"""A rehearsal is over: what came out, in a message read in a few seconds. The rest is a page of the console."""

from langgraph.runtime import Runtime

from botapp.compose.rehearsal_words import outline_card, told
from botapp.graphs.compose.state import ComposeState, ComposeUpdate, events, reply, said
from botapp.graphs.context import ComposeContext


def report_rehearsal(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """The latest one, with its suggestions to accept; or why there is none."""
    context = runtime.context
    done = [item["payload"] for item in events(state) if item["payload"].get("event") == "rehearse_done"]
    if failed := done[-1].get("failed"):
        return said(f"Not rehearsed. {failed}")
    if context.rehearsed is None:
        return {}
    outline = context.rehearsed.outline
    stale = "" if context.is_rehearsed else "The draft changed since, so this is about the one before.\n"
    page = f"{context.base_url}/console/interviewers/{context.interviewer_id}/rehearsal"
    numbers = [each["number"] for each in outline["suggestions"]]
    buttons = [("Accept all", "accept:all")] if len(numbers) > 1 else []
    buttons = [*((f"Accept {number}", f"accept:{number}") for number in numbers[:3]), *buttons]
    return {
        "replies": [reply(f"{stale}{told(outline)}\nEvery word of it: {page}", *buttons, card=outline_card(outline))]
    }

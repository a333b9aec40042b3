"""Several things could be meant: lists them by number and asks. What was said is held, not lost."""

from langgraph.runtime import Runtime

from botapp.graphs.context import FrontdeskContext, OpenThread
from botapp.graphs.frontdesk.state import FrontdeskState, FrontdeskUpdate, holding, kept, recall, reply, spoken

_SHOWN = 9


def ask_which(state: FrontdeskState, runtime: Runtime[FrontdeskContext]) -> FrontdeskUpdate:
    """A numbered list; members may also say "new"."""
    context, memory = runtime.context, recall(state)
    threads = context.threads[:_SHOWN]
    member = context.sender_kind == "member"
    again = bool(memory.offered)
    lines = [f"{number}. {_name(thread)}" for number, thread in enumerate(threads, 1)]
    first = "I couldn't tell which one." if again else "What is this about?"
    ask = "Reply with the number or the title" + (", or “new” for a new interviewer." if member else ".")
    buttons = [(thread.title[:40], thread.conversation_id) for thread in threads[:5]]
    held = memory.held if again and _is_short(state) else holding(state)
    return {
        "memory": kept(memory, held=held, offered=tuple(t.conversation_id for t in threads)),
        "replies": [reply("\n".join([first, *lines, ask]), *buttons, *([("New", "new")] if member else []))],
    }


def _name(thread: OpenThread) -> str:
    return thread.title


def _is_short(state: FrontdeskState) -> bool:
    """A failed pick ("the second", "7") is no message for the thread."""
    return all(len(item["text"]) <= 40 for item in spoken(state))

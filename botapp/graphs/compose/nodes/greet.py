"""A member opened an empty conversation: say what to do here, once."""

from langgraph.runtime import Runtime

from botapp.graphs.compose.state import ComposeState, ComposeUpdate, kept, recall, reply
from botapp.graphs.context import ComposeContext

HELLO = (
    "Paste a job description, a link to one or your intake notes, or tell me the role and what matters. "
    "I'll draft the interviewer, and you change it by telling me."
)


def greet(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """A short greeting while there is no draft; silence otherwise."""
    memory = recall(state)
    if memory.greeted or runtime.context.draft is not None:
        return {}
    return {"memory": kept(memory, greeted=True), "replies": [reply(HELLO)]}

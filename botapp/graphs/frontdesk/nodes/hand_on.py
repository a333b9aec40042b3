"""It is known what the address is about: the messages that waited go there, the pick itself does not."""

from langgraph.runtime import Runtime

from botapp.graphs.context import FrontdeskContext
from botapp.graphs.frontdesk.state import (
    FrontdeskMemory,
    FrontdeskState,
    FrontdeskUpdate,
    holding,
    kept,
    recall,
    reply,
    spoken,
)
from botapp.screening.effects import readdressed


def hand_on(state: FrontdeskState, runtime: Runtime[FrontdeskContext]) -> FrontdeskUpdate:
    """Hands over what was held. When only a pick was said, a line tells that it was understood."""
    memory, choice = recall(state), state["choice"]
    ids = _to_hand_over(state, memory)
    title = next((t.title for t in runtime.context.threads if t.conversation_id == choice), "a new interviewer")
    update: FrontdeskUpdate = {
        "memory": kept(memory, held=(), offered=(), told=False),
        "effects": [readdressed(choice, ids)],
    }
    return update if ids else {**update, "replies": [reply(f"This is about {title} now. Go ahead.")]}


def _to_hand_over(state: FrontdeskState, memory: FrontdeskMemory) -> list[str]:
    """A brief that opens a new thread is itself what was meant; a pick from the list is not."""
    if not state["open_threads"]:
        return list(holding(state))
    return [*memory.held, *(item["id"] for item in spoken(state)[:-1])]

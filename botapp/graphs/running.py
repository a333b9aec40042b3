"""Runs one turn of a compiled graph: memory and what was heard in, replies and effects out. Nothing else leaves.

Memory is validated before and after. The pipeline needs no word of LangGraph: it calls `run`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from botapp.errors import Permanent
from botapp.graphs.compose.state import ComposeMemory
from botapp.graphs.context import ComposeContext, FrontdeskContext, Heard, InterviewContext
from botapp.graphs.frontdesk.state import FrontdeskMemory
from botapp.graphs.interview.state import InterviewMemory
from botapp.graphs.memory_versions import newest
from botapp.messages import OutboundMessage, outbound_from_json
from botapp.screening.effects import Effect

GraphKind = Literal["interview", "compose", "frontdesk"]
Memory = InterviewMemory | ComposeMemory | FrontdeskMemory
Context = InterviewContext | ComposeContext | FrontdeskContext

_MEMORIES: dict[str, type[Memory]] = {
    "interview": InterviewMemory,
    "compose": ComposeMemory,
    "frontdesk": FrontdeskMemory,
}


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """What one turn decided. `path` names the nodes that ran, in order."""

    memory: dict[str, Any]
    replies: list[OutboundMessage]
    effects: list[Effect]
    path: list[str]


def first_memory(kind: GraphKind) -> dict[str, Any]:
    """The memory of a conversation in which nothing was said yet."""
    return _MEMORIES[kind]().model_dump(mode="json")


def load_memory(kind: str, memory: Mapping[str, Any]) -> dict[str, Any]:
    """A stored memory in the shape of today.

    Raises:
        Permanent: it is not what this graph keeps.
    """
    return _checked(kind, newest(kind, memory))


def run(
    graph: Any,
    memory: Mapping[str, Any],
    heard: list[Heard],
    context: Context,
    on_node: Callable[[str], None] | None = None,
) -> TurnOutcome:
    """One turn, from START to END. `on_node` hears each node's name as it begins its work.

    Raises:
        Permanent: the memory is not what this graph keeps.
        Retryable: the language engine could not answer; nothing was decided.
    """
    start = load_memory(graph.name, memory) if memory else first_memory(graph.name)
    state: dict[str, Any] = {"memory": start, "heard": heard, "replies": [], "effects": []}
    path: list[str] = []
    for step in graph.stream(dict(state), context=context, stream_mode="tasks"):
        if "input" in step:
            path.append(step["name"])
            if on_node:
                on_node(step["name"])
        else:
            _fold(state, step["result"])
    replies = [outbound_from_json(reply) for reply in state["replies"]]
    return TurnOutcome(_checked(graph.name, state["memory"]), replies, state["effects"], path)


def _fold(state: dict[str, Any], update: Mapping[str, Any]) -> None:
    if "memory" in update:
        state["memory"] = update["memory"]
    for key in ("replies", "effects"):
        state[key].extend(update.get(key, ()))


def _checked(kind: str, memory: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return _MEMORIES[kind].model_validate(memory).model_dump(mode="json")
    except ValidationError as error:
        raise Permanent(f"The memory of this {kind} conversation can't be read.") from error

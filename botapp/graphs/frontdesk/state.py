"""What the front desk of an address remembers between turns. Plain JSON types."""

import operator
from typing import Annotated, Any, Literal, TypedDict

from botapp.graphs.context import Heard
from botapp.messages import OutboundMessage, QuickReply, outbound_to_json
from botapp.screening.effects import Effect
from botapp.screening.interviewer import Noun

HELD_MAX = 50


class FrontdeskMemory(Noun):
    """`held`: ids of messages that wait until it is known what they are about. `offered`: threads in asked order."""

    version: Literal[1] = 1
    held: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    told: bool = False
    misses: int = 0  # codes that were sent and are none


class FrontdeskState(TypedDict, total=False):
    """One turn's state. Only `memory` outlives the turn."""

    memory: dict[str, Any]
    heard: list[Heard]
    choice: str
    code: str
    leaves: Literal["", "stop", "wrong_person"]
    open_threads: int
    replies: Annotated[list[dict[str, Any]], operator.add]
    effects: Annotated[list[Effect], operator.add]


FrontdeskUpdate = FrontdeskState


def recall(state: FrontdeskState) -> FrontdeskMemory:
    """The memory as a value."""
    return FrontdeskMemory.model_validate(state["memory"])


def kept(memory: FrontdeskMemory, **fields: Any) -> dict[str, Any]:
    """The memory as it is stored, with these fields changed."""
    return memory.model_copy(update=fields).model_dump(mode="json")


def spoken(state: FrontdeskState) -> list[Heard]:
    """What a person said or pressed in this turn."""
    return [item for item in state["heard"] if item["kind"] != "event"]


def holding(state: FrontdeskState) -> tuple[str, ...]:
    """Ids of all that waits: held before, and said now. Bounded: the latest."""
    ids = dict.fromkeys((*recall(state).held, *(item["id"] for item in spoken(state))))
    return tuple(ids)[-HELD_MAX:]


def reply(text: str, *buttons: tuple[str, str]) -> dict[str, Any]:
    """A message as stored JSON; `buttons` are (label, value)."""
    return outbound_to_json(OutboundMessage(text, tuple(QuickReply(*button) for button in buttons)))

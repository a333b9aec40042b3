"""Where something said in Slack belongs. One thread is one interviewer; a direct message is the thread it begins.

Guarantees: nothing is opened for somebody who may not compose; talk in a thread we don't know, that is not to us, is
nobody's business of ours. Reads and writes in the caller's transaction; calls nobody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from botapp.compose.links import asked_pages
from botapp.messages import InboundKind, InboundMessage
from botapp.pipeline.effects import open_interviewer
from botapp.pipeline.receive import front_desk
from botapp.pipeline.services import derived_id
from botapp.policy.access import Action, may, refusal
from botapp.state import conversations
from botapp.state.read_models import MemberRow
from botapp.state.unit_of_work import UnitOfWork

BRIEF = 160  # characters from which a direct message is a text to draft from, whatever else is open
_BRIEF = re.compile(
    r"\b(?:new interviewer|job description|we(?:'re| are)? (?:need|hiring|looking)|(?:hire|hiring|recruit)\b"
    r"|(?:build|make|create|draft|need|want|start) (?:me )?(?:an?|another) (?:new )?(?:\w+ ){0,4}(?:interview|screen))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A kind no, said at once and by rule."""

    text: str


def in_its_thread(message: InboundMessage) -> InboundMessage:
    """A direct message that stands alone begins a thread: what we answer goes below it."""
    at = message.payload
    if message.kind is InboundKind.EVENT or not at.get("direct") or at.get("thread_ts") or not at.get("ts"):
        return message
    return replace(message, address=f"slack:{at['team']}/{at['channel']}/{at['ts']}")


def is_ours(uow: UnitOfWork, workspace_id: str, message: InboundMessage) -> bool:
    """Whether it is said to us at all: directly, by name, by a control of ours, or in a thread of ours."""
    said_to_us = message.payload.get("direct") or message.payload.get("mention") or "action" in message.payload
    return bool(said_to_us or conversations.conversations_of(uow, workspace_id, message.address))


def place(uow: UnitOfWork, member: MemberRow, message: InboundMessage) -> str | Refused:
    """The conversation it belongs to; opened, where it begins one."""
    found = conversations.conversations_of(uow, member.workspace_id, message.address)
    if len(found) == 1:
        return found[0]
    begins = message.payload.get("mention") if not message.payload.get("direct") else is_brief(message)
    if message.kind is not InboundKind.TEXT:
        return front_desk(uow, member.workspace_id, message.address)
    if not may(member.role, Action.COMPOSE):
        return Refused(refusal(Action.COMPOSE))
    return open_here(uow, member, message) if begins else front_desk(uow, member.workspace_id, message.address)


def is_list(file: Mapping[str, Any]) -> bool:
    return str(file.get("name", "")).lower().endswith(".csv") or str(file.get("type", "")) == "text/csv"


def only_lists(message: InboundMessage) -> bool:
    """Whether every file of a message is a list of people: nothing is drafted from those."""
    return all(is_list(file) for file in message.payload.get("media", ())) and bool(message.payload.get("media"))


def is_brief(message: InboundMessage) -> bool:
    """Long enough, or with files or a page to read, or plainly about a new one: not a word about one that exists."""
    files = bool(message.payload.get("media")) and not only_lists(message)
    return (
        files
        or bool(asked_pages(message.text, has_draft=False))
        or len(message.text) >= BRIEF
        or bool(_BRIEF.search(message.text))
    )


def open_here(uow: UnitOfWork, member: MemberRow, message: InboundMessage) -> str:
    """A new interviewer, whose thread this is."""
    workspace_id, address = member.workspace_id, message.address
    id = derived_id("interviewer", workspace_id, address)
    conversation_id = open_interviewer(uow, id=id, workspace_id=workspace_id, by=member.id, now=message.received_at)
    conversations.join_address(
        uow,
        workspace_id=workspace_id,
        conversation_id=conversation_id,
        address=address,
        heard_at=message.received_at,
    )
    return conversation_id

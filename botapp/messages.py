"""The only things that travel: InboundMessage, OutboundMessage and DeliveryReport.

A channel turns a provider's payload into these and back; nothing past the channel knows a provider's word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

JsonObject = dict[str, Any]


class SenderKind(StrEnum):
    MEMBER = "member"
    CANDIDATE = "candidate"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who spoke: a member or a candidate by id, or the system (a timer, a finished task)."""

    kind: SenderKind
    id: str = ""


class InboundKind(StrEnum):
    TEXT = "text"
    BUTTON = "button"  # a quick reply or a control was pressed; `text` is its label, `payload["value"]` its value
    EVENT = "event"  # something happened that asks for an answer: joined, timer rang, task finished


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One thing somebody said or did, in our words.

    `address` is a URN (`webchat:<id>`, `terminal:<id>`, `tel:+1555...`). `(channel_account, external_id)` is
    unique for ever: a repeat of the pair is the same message.
    """

    channel_account: str
    external_id: str
    address: str
    sender: Sender
    text: str
    received_at: datetime
    kind: InboundKind = InboundKind.TEXT
    payload: Mapping[str, Any] = field(default_factory=dict)
    typing_ended: bool = False  # the page says the person is done: no need to wait for more


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A button under a question. `value` comes back in the payload of a BUTTON message."""

    label: str
    value: str


class CardKind(StrEnum):
    DRAFT = "draft"
    DIFF = "diff"
    SCORECARD = "scorecard"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Card:
    """A structured part of a message. `data` is JSON; `plain` is its whole content as text."""

    kind: CardKind
    data: JsonObject
    plain: str


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """What we say: text, perhaps quick replies, perhaps one card. Each channel renders it its own way."""

    text: str
    quick_replies: tuple[QuickReply, ...] = ()
    card: Card | None = None


class DeliveryStatus(StrEnum):
    QUEUED = "queued"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a provider says became of a message of ours. `outbox_id` when it echoes ours, else `external_id`."""

    channel_account: str
    status: DeliveryStatus
    external_id: str = ""
    outbox_id: str = ""
    error: str = ""


def channel_of(address: str) -> str:
    """`webchat:abc` -> `webchat`: the URN scheme, which names the channel."""
    return address.partition(":")[0]


def outbound_to_json(message: OutboundMessage) -> JsonObject:
    """The stored form of a message (JSON types only)."""
    stored: JsonObject = {"text": message.text}
    if message.quick_replies:
        stored["quick_replies"] = [{"label": q.label, "value": q.value} for q in message.quick_replies]
    if message.card:
        card = message.card
        stored["card"] = {"kind": card.kind.value, "data": card.data, "plain": card.plain}
    return stored


def outbound_from_json(stored: Mapping[str, Any]) -> OutboundMessage:
    """The inverse of `outbound_to_json`."""
    card = stored.get("card")
    return OutboundMessage(
        text=stored["text"],
        quick_replies=tuple(QuickReply(q["label"], q["value"]) for q in stored.get("quick_replies", [])),
        card=Card(CardKind(card["kind"]), card["data"], card["plain"]) if card else None,
    )

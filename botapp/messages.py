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
    unique for ever: a repeat of the pair is the same message. `payload` may hold, whatever the channel:
    `value` of a button; `media` [{"url", "type", "name"}] of attached files; `original`, the body as it came when
    `text` is decoded from it; `opt_out` "stop", "start" or "help" when the provider read the word itself; `answered`
    true when the provider has answered that word already, so that we say nothing; `cannot_answer` true
    when nothing can be sent to this address (a short code, a name); `service` the group of
    senders of ours that `to` belongs to, where the provider has such.
    """

    channel_account: str
    external_id: str
    address: str
    sender: Sender
    text: str
    received_at: datetime
    kind: InboundKind = InboundKind.TEXT
    payload: Mapping[str, Any] = field(default_factory=dict)
    to: str = ""  # which sender of ours it was written to (a number of ours); "" where there is only one
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
    """What we say: text, perhaps quick replies, perhaps one card. Each channel renders it its own way.

    `names` are spelled as they are even where a channel simplifies characters; `language` (ISO 639-1) says which
    characters the rest needs. Neither is stored: they are of use only while a message is cut into parts.
    """

    text: str
    quick_replies: tuple[QuickReply, ...] = ()
    card: Card | None = None
    names: tuple[str, ...] = ()
    language: str = "en"
    by: str = ""  # the person of the team who wrote it; "": we did


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


class FailureKind(StrEnum):
    """Why a message did not arrive, as far as it decides what we do next."""

    OPTED_OUT = "opted_out"  # the person ended messages with the provider: never write again
    UNREACHABLE = "unreachable"  # switched off or out of reach: later may work
    UNUSABLE = "unusable"  # no such number, a landline: never will
    CONTENT = "content"  # filtered for what it said
    CONFIGURATION = "configuration"  # our account, sender or registration is not right
    TEMPORARY = "temporary"  # full queue, provider trouble: the same message may be tried again
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Failure:
    """`code` is the provider's; `sentence` is what a recruiter reads."""

    kind: FailureKind
    sentence: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a provider says became of a message of ours. `outbox_id` when it echoes ours, else `external_id`.

    `passed_on`: it has left the provider for the carrier, so the next part may follow.
    """

    channel_account: str
    status: DeliveryStatus
    external_id: str = ""
    outbox_id: str = ""
    failure: Failure | None = None
    passed_on: bool = False


def channel_of(address: str) -> str:
    """`webchat:abc` -> `webchat`: the URN scheme, which names the channel."""
    return address.partition(":")[0]


def outbound_to_json(message: OutboundMessage) -> JsonObject:
    """The stored form of a message (JSON types only)."""
    stored: JsonObject = {"text": message.text}
    if message.quick_replies:
        stored["quick_replies"] = [{"label": q.label, "value": q.value} for q in message.quick_replies]
    if message.by:
        stored["by"] = message.by
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
        by=stored.get("by", ""),
    )

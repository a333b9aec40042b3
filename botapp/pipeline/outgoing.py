"""Rows on their way out. Where we are the provider, the visible row is the delivery: the gate decides here, in the

same transaction. Where a provider stands between, each part is queued and `deliver` asks the gate when it sends.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from botapp.messages import DeliveryStatus, OutboundMessage, channel_of, outbound_from_json
from botapp.pipeline.services import Services, derived_id
from botapp.policy.sending import Allow, HoldUntil, SendFacts, decide_send
from botapp.state import outbox, senders
from botapp.state.outbox import OutboxEntry
from botapp.state.unit_of_work import UnitOfWork

# Lower leaves first.
PRIORITY = {"opt_out": 0, "help": 0, "reply": 1, "person": 1, "invitation": 2, "reminder": 3}
ALERT_PRIORITY = 2
PERSON = "person"  # what a row is about that somebody of the team wrote: no later reply of ours takes its place


def outgoing_row(
    services: Services,
    uow: UnitOfWork,
    *,
    id: str,
    workspace_id: str,
    address: str,
    about: str,
    subject: Mapping[str, str],
    message: Mapping[str, Any],
    asked: bool,
    now: datetime,
    turn_id: str | None,
    conversation_id: str | None = None,
    seq: int | None = None,
    follows: str | None = None,
) -> OutboxEntry:
    """One part, with the status it begins in."""
    row = OutboxEntry(
        id=id,
        workspace_id=workspace_id,
        conversation_id=conversation_id,
        seq=seq,
        address=address,
        about=about,
        subject=subject,
        message=message,
        status=DeliveryStatus.QUEUED.value,
        priority=PRIORITY.get(about, ALERT_PRIORITY),
        due_at=now,
        turn_id=turn_id,
        created_at=now,
    )
    if services.limits_for(address).hop:
        return _on_its_way(services, uow, row, follows)
    status, due_at = _gate(uow, row, asked, now)
    return replace(row, status=status.value, due_at=due_at)


def parts_of(services: Services, address: str, message: OutboundMessage) -> list[OutboundMessage]:
    """A message as it leaves for this address: each item is one message of the channel's provider."""
    if not services.limits_for(address).hop:
        return [message]
    return [replace(part, by=message.by) for part in services.channel_for(address).parts(message)]


def part_id(row_id: str, part: int) -> str:
    """The id of a message's further parts; the first part has the message's own."""
    return derived_id(row_id, "part", part) if part else row_id


def _on_its_way(services: Services, uow: UnitOfWork, row: OutboxEntry, follows: str | None) -> OutboxEntry:
    """Which sender of ours it leaves from, whose rate it takes, and which part goes first."""
    channel = services.channel_for(row.address)
    sender = senders.choose(uow, row.workspace_id, channel_of(row.address), row.address)
    return replace(
        row,
        sender=sender,
        lane=channel.lane(sender, row.address),
        units=channel.units(outbound_from_json(row.message)),
        follows=follows,
    )


def _gate(uow: UnitOfWork, row: OutboxEntry, asked: bool, now: datetime) -> tuple[DeliveryStatus, datetime]:
    known = outbox.lock_address(uow, row.workspace_id, row.address)
    facts = SendFacts(
        now=now,
        opted_out=known.opted_out_at is not None,
        is_confirmation=known.opted_out_at is not None and known.confirmation == row.id,
        asked=asked,
    )
    match decide_send(facts):
        case Allow():
            return DeliveryStatus.DELIVERED, now
        case HoldUntil(when=when):
            return DeliveryStatus.HELD, when
        case _:
            return DeliveryStatus.REFUSED, now

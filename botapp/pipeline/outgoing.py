"""Rows on their way out. Where we are the provider, the visible row is the delivery: the gate decides here, in the

same transaction. Where a provider stands between, the row is queued and `deliver` asks the gate when it sends.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from botapp.messages import DeliveryStatus
from botapp.pipeline.services import Services
from botapp.policy.sending import Allow, HoldUntil, SendFacts, decide_send
from botapp.state import outbox
from botapp.state.outbox import OutboxEntry
from botapp.state.unit_of_work import UnitOfWork

# Lower leaves first.
PRIORITY = {"opt_out": 0, "reply": 1, "invitation": 2, "reminder": 3}
ALERT_PRIORITY = 2


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
) -> OutboxEntry:
    """One row, with the status it begins in."""
    status = DeliveryStatus.QUEUED
    due_at = now
    if not services.limits_for(address).hop:
        status, due_at = _gate(uow, workspace_id, address, id, asked, now)
    return OutboxEntry(
        id=id,
        workspace_id=workspace_id,
        conversation_id=conversation_id,
        seq=seq,
        address=address,
        about=about,
        subject=subject,
        message=message,
        status=status.value,
        priority=PRIORITY.get(about, ALERT_PRIORITY),
        due_at=due_at,
        turn_id=turn_id,
        created_at=now,
    )


def _gate(
    uow: UnitOfWork, workspace_id: str, address: str, id: str, asked: bool, now: datetime
) -> tuple[DeliveryStatus, datetime]:
    opted_out = outbox.lock_address(uow, workspace_id, address) is not None
    confirms = opted_out and outbox.confirmation_of(uow, workspace_id, address) == id
    match decide_send(SendFacts(now=now, opted_out=opted_out, is_confirmation=confirms, asked=asked)):
        case Allow():
            return DeliveryStatus.DELIVERED, now
        case HoldUntil(when=when):
            return DeliveryStatus.HELD, when
        case _:
            return DeliveryStatus.REFUSED, now

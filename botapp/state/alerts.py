"""Alerts on their way to a channel that many read: which wait, what left last, and what was told in a digest instead;

and which channels hear of everything once a day.

Guarantees: an alert that a digest took over is `superseded` in the transaction that writes the digest, never deleted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from botapp.messages import DeliveryStatus
from botapp.state.outbox import _COLUMNS, OutboxEntry, _entry
from botapp.state.tables import inbox, interviews, outbox, slack_digests
from botapp.state.unit_of_work import UnitOfWork

_WAITING = (DeliveryStatus.QUEUED.value, DeliveryStatus.HELD.value)
_LEFT = (DeliveryStatus.SENT.value, DeliveryStatus.DELIVERED.value)
_LATEST = 200  # messages of a conversation in which the name of a channel is looked for


def at_address(
    uow: UnitOfWork, workspace_id: str, address: str, *, waiting: bool, since: datetime | None = None, limit: int = 1000
) -> list[OutboxEntry]:
    """What waits for this address, or what has left for it (since a moment): newest first."""
    query = select(*_COLUMNS).where(
        outbox.c.workspace_id == workspace_id,
        outbox.c.address == address,
        outbox.c.status.in_(_WAITING if waiting else _LEFT),
    )
    if since is not None:
        query = query.where(outbox.c.created_at >= since)
    newest = query.order_by(outbox.c.created_at.desc(), outbox.c.id).limit(limit)
    return [_entry(row) for row in uow.connection.execute(newest)]


def take_over(uow: UnitOfWork, ids: Sequence[str], digest_id: str) -> None:
    """These alerts are told in the digest: they do not leave by themselves."""
    uow.connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(list(ids)), outbox.c.status.in_(_WAITING))
        .values(status=DeliveryStatus.SUPERSEDED.value, error=f"told in the digest {digest_id}")
    )


def heard_from(uow: UnitOfWork, conversation_id: str, scheme: str) -> list[tuple[str, str, Mapping[str, Any]]]:
    """(address, text, payload) of what came in from one channel, latest first."""
    query = (
        select(inbox.c.address, inbox.c.text, inbox.c.payload)
        .where(inbox.c.conversation_id == conversation_id, inbox.c.address.like(f"{scheme}:%"))
        .order_by(inbox.c.seq.desc())
        .limit(_LATEST)
    )
    return [(row[0], row[1], row[2]) for row in uow.connection.execute(query)]


def standing_of(uow: UnitOfWork, workspace_id: str, interview_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """(status, decision) of interviews: whether an alert about them still asks for somebody."""
    query = select(interviews.c.id, interviews.c.status, interviews.c.decision).where(
        interviews.c.workspace_id == workspace_id, interviews.c.id.in_(list(interview_ids))
    )
    return {row[0]: (row[1], row[2]) for row in uow.connection.execute(query)}


def set_daily(
    uow: UnitOfWork, *, workspace_id: str, address: str, hour: int | None, zone: str, by: str, now: datetime
) -> None:
    """This channel hears of alerts once a day, at this hour; None: as they come."""
    uow.connection.execute(delete(slack_digests).where(slack_digests.c.address == address))
    if hour is not None:
        values = {"workspace_id": workspace_id, "hour": hour, "zone": zone, "set_by": by, "set_at": now}
        uow.connection.execute(insert(slack_digests).values(address=address, **values))


def daily_of(uow: UnitOfWork, workspace_id: str, address: str) -> tuple[int, str] | None:
    """(hour, zone) at which a channel hears of everything; None where alerts come one by one."""
    query = select(slack_digests.c.hour, slack_digests.c.zone).where(
        slack_digests.c.address == address, slack_digests.c.workspace_id == workspace_id
    )
    row = uow.connection.execute(query).one_or_none()
    return (row[0], row[1]) if row else None

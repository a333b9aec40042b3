"""The inbox: everything that was said to us, kept before it is answered; unique on (channel account, external id)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, insert, select, update

from botapp.messages import InboundKind, InboundMessage, Sender, SenderKind
from botapp.state.prepared import Prepared
from botapp.state.tables import conversation_addresses, conversations, inbox
from botapp.state.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a message was kept. `duplicate`: it had been kept before, under this id and seq. `answered`: by rule, at

    once, so that something waits to leave.
    """

    id: str
    conversation_id: str
    seq: int
    duplicate: bool
    answered: bool = False


@dataclass(frozen=True, slots=True)
class InboxEntry:
    id: str
    seq: int
    address: str
    sender_kind: str
    sender_id: str
    kind: str
    text: str
    payload: dict[str, object]
    received_at: datetime


_KNOWN = Prepared(
    select(inbox.c.id, inbox.c.conversation_id, inbox.c.seq).where(
        inbox.c.channel_account == bindparam("account"), inbox.c.external_id == bindparam("external")
    )
)


def find_kept(uow: UnitOfWork, channel_account: str, external_id: str) -> Kept | None:
    """The message that came under this id before, if it did (the pair is unique over all workspaces)."""
    row = _KNOWN.row(uow, {"account": channel_account, "external": external_id})
    return Kept(row[0], row[1], row[2], duplicate=True) if row else None


_ADD = Prepared(
    update(conversations)
    .where(conversations.c.id == bindparam("which"))
    .values(
        seq=conversations.c.seq + 1,
        pending_since=func.coalesce(conversations.c.pending_since, bindparam("now", type_=conversations.c.due_at.type)),
        # A settled due time never moves back up; a waiting one moves to the last message plus settle, up to the cap.
        due_at=case(
            (
                conversations.c.due_at <= bindparam("now", type_=conversations.c.due_at.type),
                conversations.c.due_at,
            ),
            else_=bindparam("due", type_=conversations.c.due_at.type),
        ),
    )
    .returning(conversations.c.seq, conversations.c.pending_since, conversations.c.workspace_id)
)
_INSERT = Prepared(
    insert(inbox),
    *("id", "workspace_id", "channel_account", "external_id", "conversation_id", "seq", "address", "sender_kind"),
    *("sender_id", "kind", "text", "payload", "raw", "received_at"),
)
_HEARD = Prepared(
    update(conversation_addresses)
    .where(
        conversation_addresses.c.address == bindparam("which_address"),
        conversation_addresses.c.conversation_id == bindparam("which"),
    )
    .values(last_heard_at=bindparam("now", type_=conversation_addresses.c.last_heard_at.type))
)


def keep(
    uow: UnitOfWork,
    message: InboundMessage,
    *,
    id: str,
    conversation_id: str,
    raw: bytes | None,
    settle: timedelta,
    settle_cap: timedelta,
) -> Kept:
    """Add a message to its conversation and make the conversation due.

    Due at once after a button or an event, or when the page says typing ended; else `settle` after the last message,
    `settle_cap` after the first pending one at most.

    Raises:
        Conflict: the same external id was kept by another connection in the same moment.
    """
    now = message.received_at
    waits = message.kind is InboundKind.TEXT and not message.typing_ended
    due = now + settle if waits else now
    row = _ADD.row(uow, {"which": conversation_id, "now": now, "due": due})
    assert row is not None
    seq, pending_since, workspace_id = row
    if waits and pending_since + settle_cap < due:
        _bring_forward(uow, conversation_id, max(pending_since + settle_cap, now))
    _INSERT.run(
        uow,
        {
            "id": id,
            "workspace_id": workspace_id,
            "channel_account": message.channel_account,
            "external_id": message.external_id,
            "conversation_id": conversation_id,
            "seq": seq,
            "address": message.address,
            "sender_kind": message.sender.kind.value,
            "sender_id": message.sender.id,
            "kind": message.kind.value,
            "text": message.text,
            "payload": dict(message.payload),
            "raw": raw,
            "received_at": now,
        },
    )
    if message.kind is not InboundKind.EVENT:
        _HEARD.run(uow, {"which_address": message.address, "which": conversation_id, "now": now})
    return Kept(id, conversation_id, seq, duplicate=False)


_AS_FAR_BACK = Prepared(
    select(inbox.c.received_at)
    .where(inbox.c.conversation_id == bindparam("which"), inbox.c.seq <= bindparam("up_to"))
    .order_by(inbox.c.seq.desc())
    .limit(1)
)


def is_fast(uow: UnitOfWork, kept: Kept, since: datetime, many: int) -> bool:
    """Whether this conversation had `many` messages, of either side, since then: cheap, for every message."""
    row = _AS_FAR_BACK.row(uow, {"which": kept.conversation_id, "up_to": kept.seq - many})
    return row is not None and row[0] > since


def said_since(uow: UnitOfWork, kept: Kept, since: datetime, most: int) -> tuple[int, int]:
    """How many of the last `most` messages of this conversation a candidate sent after `since`; how many of those are

    not answered yet.
    """
    query = select(func.count(), func.count().filter(inbox.c.turn_id.is_(None))).where(
        inbox.c.conversation_id == kept.conversation_id,
        inbox.c.seq > kept.seq - most,
        inbox.c.received_at > since,
        inbox.c.sender_kind == SenderKind.CANDIDATE.value,
        inbox.c.kind != InboundKind.EVENT.value,
    )
    said, unanswered = uow.connection.execute(query).one()
    return int(said), int(unanswered)


def _bring_forward(uow: UnitOfWork, conversation_id: str, due: datetime) -> None:
    uow.connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id, conversations.c.due_at > due)
        .values(due_at=due)
    )


_PENDING = Prepared(
    select(
        inbox.c.id,
        inbox.c.seq,
        inbox.c.address,
        inbox.c.sender_kind,
        inbox.c.sender_id,
        inbox.c.kind,
        inbox.c.text,
        inbox.c.payload,
        inbox.c.received_at,
    )
    .where(inbox.c.conversation_id == bindparam("which"), inbox.c.turn_id.is_(None))
    .order_by(inbox.c.seq)
)


def pending(uow: UnitOfWork, conversation_id: str) -> list[InboxEntry]:
    """What has not been answered yet, in order."""
    return [InboxEntry(*row) for row in _PENDING.rows(uow, {"which": conversation_id})]


_MARK = Prepared(
    update(inbox)
    .where(inbox.c.conversation_id == bindparam("which"), inbox.c.turn_id.is_(None), inbox.c.seq <= bindparam("up_to"))
    .values(turn_id=bindparam("turn"))
)


def mark_handled(uow: UnitOfWork, conversation_id: str, entries: Sequence[InboxEntry], turn_id: str) -> None:
    """Say which turn answered these rows."""
    if entries:
        _MARK.run(uow, {"which": conversation_id, "up_to": entries[-1].seq, "turn": turn_id})


_LAST_ADDRESS = Prepared(
    select(conversation_addresses.c.address)
    .where(conversation_addresses.c.conversation_id == bindparam("which"), conversation_addresses.c.open)
    .order_by(conversation_addresses.c.last_heard_at.desc().nulls_last())
    .limit(1)
)


def last_address(uow: UnitOfWork, conversation_id: str) -> str | None:
    """The address this conversation was last heard from; one that only joined, if none spoke yet."""
    row = _LAST_ADDRESS.row(uow, {"which": conversation_id})
    return row[0] if row else None


def hand_over(uow: UnitOfWork, message_ids: Sequence[str], to_conversation: str, first_seq: int, now: datetime) -> None:
    """The front desk gives messages it held to the conversation they belong to, in their order."""
    for offset, message_id in enumerate(message_ids):
        uow.connection.execute(
            update(inbox)
            .where(inbox.c.id == message_id)
            .values(conversation_id=to_conversation, seq=first_seq + offset, turn_id=None)
        )
    if message_ids:
        uow.connection.execute(
            update(conversations)
            .where(conversations.c.id == to_conversation)
            .values(due_at=now, pending_since=func.coalesce(conversations.c.pending_since, now))
        )


def said_by_candidate(uow: UnitOfWork, message_ids: Sequence[str], candidate_id: str) -> None:
    """It has turned out as whom somebody spoke."""
    kind = SenderKind.CANDIDATE.value
    uow.connection.execute(
        update(inbox).where(inbox.c.id.in_(list(message_ids))).values(sender_kind=kind, sender_id=candidate_id)
    )


def message_of(uow: UnitOfWork, id: str) -> InboundMessage | None:
    """A kept message as it came in (account look-up: the id came from a task's row)."""
    row = uow.connection.execute(select(inbox).where(inbox.c.id == id)).mappings().one_or_none()
    if row is None:
        return None
    return InboundMessage(
        channel_account=row["channel_account"],
        external_id=row["external_id"],
        address=row["address"],
        sender=Sender(SenderKind(row["sender_kind"]), row["sender_id"]),
        text=row["text"],
        received_at=row["received_at"],
        kind=InboundKind(row["kind"]),
        payload=row["payload"],
    )


def adopt(uow: UnitOfWork, id: str, message: InboundMessage, conversation_id: str, seq: int, now: datetime) -> None:
    """A message that was held because nobody knew its sender goes where it belongs, with what is known now."""
    uow.connection.execute(
        update(inbox)
        .where(inbox.c.id == id)
        .values(sender_id=message.sender.id, text=message.text, payload=dict(message.payload), address=message.address)
    )
    hand_over(uow, [id], conversation_id, seq, now)
    _HEARD.run(uow, {"which_address": message.address, "which": conversation_id, "now": now})


def events_of(uow: UnitOfWork, conversation_id: str, channel_account: str) -> list[dict[str, object]]:
    """What happened in a conversation by way of one account, oldest first: the payloads."""
    query = (
        select(inbox.c.payload)
        .where(
            inbox.c.conversation_id == conversation_id,
            inbox.c.channel_account == channel_account,
            inbox.c.kind == InboundKind.EVENT.value,
        )
        .order_by(inbox.c.seq)
    )
    return [dict(row[0]) for row in uow.connection.execute(query)]

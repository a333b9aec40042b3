"""Conversations: who holds one (a lease with an epoch), what its state is, which addresses lead to it.

Guarantees: committed turns of one conversation never overlap (version and epoch guard the commit); `seq` is handed out
by the conversation's row inside the transaction that adds the message, so a reader that has seq n has all below.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, insert, or_, select, update

from botapp.errors import Conflict
from botapp.state.prepared import Prepared
from botapp.state.tables import conversation_addresses, conversations, inbox, tasks
from botapp.state.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=6)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run the next turn of a conversation until `until`, unless renewed."""

    conversation_id: str
    epoch: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str
    workspace_id: str
    kind: str
    subject_id: str
    version: int
    seq: int
    state: Mapping[str, Any]
    failures: int


_CREATE = Prepared(
    insert(conversations),
    *("id", "workspace_id", "kind", "subject_id", "state", "version", "seq", "lease_epoch", "failures"),
)
_JOIN = Prepared(insert(conversation_addresses), *("workspace_id", "conversation_id", "address", "open"))
_JOIN_AGAIN = Prepared(
    update(conversation_addresses)
    .where(
        conversation_addresses.c.address == bindparam("which_address"),
        conversation_addresses.c.conversation_id == bindparam("which"),
    )
    .values(open=True)
)


def create_conversation(
    uow: UnitOfWork, *, id: str, workspace_id: str, kind: str, subject_id: str, state: Mapping[str, Any]
) -> None:
    """A new thread about one thing; a second one about the same subject is a Conflict."""
    _CREATE.run(
        uow,
        {
            "id": id,
            "workspace_id": workspace_id,
            "kind": kind,
            "subject_id": subject_id,
            "state": state,
            "version": 0,
            "seq": 0,
            "lease_epoch": 0,
            "failures": 0,
        },
    )


def find_conversation(uow: UnitOfWork, kind: str, subject_id: str) -> str | None:
    """Account look-up: the conversation about `subject_id`, if there is one."""
    query = select(conversations.c.id).where(conversations.c.kind == kind, conversations.c.subject_id == subject_id)
    return uow.connection.execute(query).scalar_one_or_none()


def join_address(
    uow: UnitOfWork, *, workspace_id: str, conversation_id: str, address: str, heard_at: datetime | None = None
) -> None:
    """From now on what is heard from `address` belongs here, until it leaves. Joining twice is joining once.

    `heard_at`: the person has just spoken from there, so the next answer goes there.
    """
    if _JOIN_AGAIN.run(uow, {"which_address": address, "which": conversation_id}):
        _spoken_from(uow, conversation_id, address, heard_at)
        return
    _JOIN.run(uow, {"workspace_id": workspace_id, "conversation_id": conversation_id, "address": address, "open": True})
    _spoken_from(uow, conversation_id, address, heard_at)


def _spoken_from(uow: UnitOfWork, conversation_id: str, address: str, heard_at: datetime | None) -> None:
    if heard_at is None:
        return
    table = conversation_addresses
    here = and_(table.c.address == address, table.c.conversation_id == conversation_id)
    uow.connection.execute(update(table).where(here).values(last_heard_at=heard_at))


def leave_address(uow: UnitOfWork, *, conversation_id: str, address: str) -> None:
    """What is heard from `address` belongs here no more; what was said stays."""
    table = conversation_addresses
    here = and_(table.c.address == address, table.c.conversation_id == conversation_id)
    uow.connection.execute(update(table).where(here).values(open=False))


def conversations_of(uow: UnitOfWork, workspace_id: str, address: str) -> list[str]:
    """The open conversations this address leads to: none, one or several."""
    table = conversation_addresses
    query = select(table.c.conversation_id).where(
        table.c.workspace_id == workspace_id, table.c.address == address, table.c.open
    )
    return list(uow.connection.execute(query).scalars())


def is_busy(uow: UnitOfWork, workspace_id: str, address: str) -> bool:
    """Whether something is still to be answered there: words that wait for a turn, work that a turn asked for."""
    table = conversation_addresses
    here = select(table.c.conversation_id).where(table.c.workspace_id == workspace_id, table.c.address == address)
    waits = select(conversations.c.id).where(conversations.c.id.in_(here), conversations.c.pending_since.is_not(None))
    works = select(tasks.c.id).where(
        tasks.c.conversation_id.in_(here), tasks.c.kind == "work", tasks.c.status == "pending"
    )
    return any(uow.connection.execute(query.limit(1)).first() is not None for query in (waits, works))


def spoken_in_last(uow: UnitOfWork, workspace_id: str, address: str, since: datetime) -> str | None:
    """The open conversation this address spoke in last, if it did `since` then."""
    table = conversation_addresses
    query = (
        select(table.c.conversation_id)
        .where(
            table.c.workspace_id == workspace_id,
            table.c.address == address,
            table.c.open,
            table.c.last_heard_at >= since,
        )
        .order_by(table.c.last_heard_at.desc())
        .limit(1)
    )
    found: str | None = uow.connection.execute(query).scalar_one_or_none()
    return found


_WAITING = conversations.alias("waiting")
_LONGEST_DUE = (
    select(_WAITING.c.id)
    .where(
        _WAITING.c.due_at <= bindparam("now"),
        or_(_WAITING.c.lease_until.is_(None), _WAITING.c.lease_until <= bindparam("now")),
    )
    .order_by(_WAITING.c.due_at)
    .limit(1)
    .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has one writer and says nothing here
)
_CLAIM = Prepared(
    update(conversations)
    .where(conversations.c.id == _LONGEST_DUE.scalar_subquery())
    .values(lease_epoch=conversations.c.lease_epoch + 1, lease_until=bindparam("until"))
    .returning(conversations.c.id, conversations.c.lease_epoch)
)


def claim_due(uow: UnitOfWork, now: datetime) -> Claim | None:
    """Claim: the conversation that is due longest and that nobody holds (over all workspaces)."""
    until = now + LEASE
    claimed = _CLAIM.row(uow, {"now": now, "until": until})
    return Claim(claimed[0], claimed[1], until) if claimed else None


def renew(uow: UnitOfWork, claim: Claim, now: datetime) -> bool:
    """Hold on to a claim. False when somebody else has taken it since, or its turn has committed meanwhile."""
    done = uow.connection.execute(
        update(conversations)
        .where(
            conversations.c.id == claim.conversation_id,
            conversations.c.lease_epoch == claim.epoch,
            conversations.c.lease_until.is_not(None),
        )
        .values(lease_until=now + LEASE)
    )
    return done.rowcount == 1


def next_due(uow: UnitOfWork) -> datetime | None:
    """Sweep: when the next conversation is due (over all workspaces), held ones at the end of their lease."""
    moment = case(
        (conversations.c.lease_until > conversations.c.due_at, conversations.c.lease_until),
        else_=conversations.c.due_at,
    )
    return uow.connection.execute(select(func.min(moment)).where(conversations.c.due_at.is_not(None))).scalar()


def count_due(uow: UnitOfWork, now: datetime) -> int:
    """Sweep: how many conversations are due and free."""
    query = (
        select(func.count())
        .select_from(conversations)
        .where(
            conversations.c.due_at <= now,
            or_(conversations.c.lease_until.is_(None), conversations.c.lease_until <= now),
        )
    )
    return uow.connection.execute(query).scalar_one()


_LOAD = Prepared(
    select(
        conversations.c.id,
        conversations.c.workspace_id,
        conversations.c.kind,
        conversations.c.subject_id,
        conversations.c.version,
        conversations.c.seq,
        conversations.c.state,
        conversations.c.failures,
    ).where(conversations.c.id == bindparam("which"))
)


def load(uow: UnitOfWork, conversation_id: str) -> Conversation:
    """The conversation by id (account look-up: the id came from a claim or a scoped query)."""
    row = _LOAD.row(uow, {"which": conversation_id})
    assert row is not None
    return Conversation(*row)


def take_seqs(uow: UnitOfWork, conversation_id: str, count: int) -> int:
    """Hand out `count` numbers for messages added in this transaction; returns the first."""
    last = uow.connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(seq=conversations.c.seq + count)
        .returning(conversations.c.seq)
    ).scalar_one()
    return int(last) - count + 1


def make_due(uow: UnitOfWork, conversation_id: str, now: datetime) -> bool:
    """What waits for more typing waits no longer. False when nothing was waiting."""
    done = uow.connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id, conversations.c.due_at > now)
        .values(due_at=now)
    )
    return done.rowcount > 0


def pending_since(uow: UnitOfWork, conversation_id: str) -> datetime | None:
    """When the first message came that is not answered yet."""
    query = select(conversations.c.pending_since).where(conversations.c.id == conversation_id)
    found: datetime | None = uow.connection.execute(query).scalar()
    return found


def wait_until(uow: UnitOfWork, conversation_id: str, moment: datetime) -> None:
    """What is pending is answered then, not earlier and not later."""
    uow.connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(due_at=moment))


_STILL_PENDING = exists(
    select(inbox.c.id).where(inbox.c.conversation_id == bindparam("which"), inbox.c.turn_id.is_(None))
)
_COMMIT = Prepared(
    update(conversations)
    .where(
        conversations.c.id == bindparam("which"),
        conversations.c.version == bindparam("at_version"),
        conversations.c.lease_epoch == bindparam("at_epoch"),
    )
    .values(
        version=conversations.c.version + 1,
        seq=conversations.c.seq + bindparam("messages"),
        state=bindparam("new_state", type_=conversations.c.state.type),
        due_at=case((_STILL_PENDING, conversations.c.due_at), else_=None),
        pending_since=case((_STILL_PENDING, conversations.c.pending_since), else_=None),
        lease_until=None,
        failures=0,
    )
    .returning(conversations.c.seq)
)


def commit_turn(
    uow: UnitOfWork, conversation: Conversation, epoch: int, *, state: Mapping[str, Any], messages: int
) -> int:
    """Write the new state and take `messages` numbers; returns the first of them.

    Call after the inbox rows of the turn are marked handled: rows that came meanwhile keep the conversation due.

    Raises:
        Conflict: another worker claimed or committed since; nothing of this turn may be kept.
    """
    written = _COMMIT.row(
        uow,
        {
            "which": conversation.id,
            "at_version": conversation.version,
            "at_epoch": epoch,
            "new_state": state,
            "messages": messages,
        },
    )
    if written is None:
        raise Conflict("Another worker took this conversation.")
    return int(written[0]) - messages + 1


def changed_beside(uow: UnitOfWork, conversation_id: str) -> None:
    """What its turns read was changed by something that is no turn: one under way is run again, on what holds now."""
    uow.connection.execute(
        update(conversations).where(conversations.c.id == conversation_id).values(version=conversations.c.version + 1)
    )


def put_off(uow: UnitOfWork, claim: Claim, until: datetime | None) -> bool:
    """A turn failed: count it and try again at `until`, or (None) not before something new is heard.

    False when another worker has the conversation by now: then nothing is counted.
    """
    done = uow.connection.execute(
        update(conversations)
        .where(conversations.c.id == claim.conversation_id, conversations.c.lease_epoch == claim.epoch)
        .values(due_at=until, lease_until=None, failures=conversations.c.failures + 1)
    )
    return done.rowcount == 1

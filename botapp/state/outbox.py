"""The outbox: everything we say, each row once. Reports only ever move a row forward.

queued -> sending -> sent -> delivered | failed       queued <-> held        queued -> refused | superseded
sending -> queued | unknown        unknown -> sent | failed | queued (after two look-ups found nothing)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, insert, or_, select, update

from botapp.messages import DeliveryStatus
from botapp.state.prepared import Prepared
from botapp.state.tables import addresses, lanes, outbox
from botapp.state.unit_of_work import UnitOfWork

SENDING_TTL = timedelta(seconds=5)  # a sender gives up a mark older than this
OPEN = (DeliveryStatus.QUEUED, DeliveryStatus.HELD, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN)
_RANK = {
    DeliveryStatus.QUEUED: 0,
    DeliveryStatus.HELD: 0,
    DeliveryStatus.SENDING: 1,
    DeliveryStatus.UNKNOWN: 1,
    DeliveryStatus.SENT: 2,
    DeliveryStatus.FAILED: 3,
    DeliveryStatus.DELIVERED: 4,  # what reached the phone has reached it, whatever else was said, in whatever order
}


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    id: str
    workspace_id: str
    conversation_id: str | None
    seq: int | None
    address: str
    about: str
    subject: Mapping[str, str]
    message: Mapping[str, Any]
    status: str
    priority: int
    due_at: datetime
    turn_id: str | None
    created_at: datetime
    attempts: int = 0
    look_ups: int = 0
    sending_since: datetime | None = None
    external_id: str | None = None
    sender: str = ""
    lane: str = ""
    units: int = 1
    follows: str | None = None
    tries: int = 0


_ADD = Prepared(
    insert(outbox),
    *("id", "workspace_id", "conversation_id", "seq", "address", "about", "subject", "message", "status"),
    *("priority", "due_at", "turn_id", "created_at", "sender", "lane", "units", "follows", "tries"),
)


def add(uow: UnitOfWork, entries: Sequence[OutboxEntry]) -> None:
    """Write rows. An id that is there already is a Conflict: the turn was committed before."""
    for e in entries:
        _ADD.run(
            uow,
            {
                "id": e.id,
                "workspace_id": e.workspace_id,
                "conversation_id": e.conversation_id,
                "seq": e.seq,
                "address": e.address,
                "about": e.about,
                "subject": dict(e.subject),
                "message": dict(e.message),
                "status": e.status,
                "priority": e.priority,
                "due_at": e.due_at,
                "turn_id": e.turn_id,
                "created_at": e.created_at,
                "sender": e.sender,
                "lane": e.lane,
                "units": e.units,
                "follows": e.follows,
                "tries": e.tries,
            },
        )


_FIRST = outbox.alias("first")
_SUPERSEDE = Prepared(
    update(outbox)
    .where(
        outbox.c.conversation_id == bindparam("which"),
        or_(outbox.c.about == "reply", outbox.c.about == "reminder"),
        or_(outbox.c.status == DeliveryStatus.QUEUED.value, outbox.c.status == DeliveryStatus.HELD.value),
        outbox.c.seq
        > select(func.min(_FIRST.c.seq)).where(_FIRST.c.conversation_id == bindparam("which")).scalar_subquery(),
    )
    .values(status=DeliveryStatus.SUPERSEDED.value)
)


def supersede(uow: UnitOfWork, conversation_id: str) -> int:
    """A newer reply replaces the conversation's replies that have not left.

    But for the first: it says who asks, that it is automated and how to stop, and leaves however quick the answer was.
    """
    return _SUPERSEDE.run(uow, {"which": conversation_id})


@dataclass(frozen=True, slots=True)
class AddressRow:
    """What is known of somebody's address, for the gate. `confirmation`: the one row an opt-out allows."""

    opted_out_at: datetime | None
    confirmation: str
    heard_at: datetime | None
    unusable: str


_LOCK = Prepared(
    select(addresses.c.opted_out_at, addresses.c.opt_out_confirmation, addresses.c.heard_at, addresses.c.unusable)
    .where(addresses.c.workspace_id == bindparam("workspace"), addresses.c.address == bindparam("which"))
    .with_for_update()  # PostgreSQL; on SQLite every writing transaction holds the one lock
)


def lock_address(uow: UnitOfWork, workspace_id: str, address: str) -> AddressRow:
    """Hold the address's row until this transaction ends; returns what it says.

    An opt-out locks the same row: whoever comes second sees what the first decided.
    """
    which = {"workspace": workspace_id, "which": address}
    row = _LOCK.row(uow, which)
    if row is None:
        uow.connection.execute(_insert_address(uow, workspace_id, address))
        row = _LOCK.row(uow, which)
    assert row is not None
    return AddressRow(*row)


def _insert_address(uow: UnitOfWork, workspace_id: str, address: str) -> Any:
    if uow.is_postgres:
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    return upsert(addresses).values(workspace_id=workspace_id, address=address).on_conflict_do_nothing()


def opt_out(uow: UnitOfWork, workspace_id: str, address: str, now: datetime, confirmation_id: str) -> None:
    """Workspace-wide: cancel what is queued for this address and let nothing but one confirmation leave.

    Said again it changes nothing: the first confirmation stays the one.
    """
    known = lock_address(uow, workspace_id, address).opted_out_at
    if known is not None:
        uow.connection.execute(
            update(addresses)
            .where(addresses.c.workspace_id == workspace_id, addresses.c.address == address)
            .values(opted_out_at=max(known, now))
        )
        return
    uow.connection.execute(
        update(addresses)
        .where(addresses.c.workspace_id == workspace_id, addresses.c.address == address)
        .values(opted_out_at=now, opt_out_confirmation=confirmation_id)
    )
    uow.connection.execute(
        update(outbox)
        .where(
            outbox.c.workspace_id == workspace_id,
            outbox.c.address == address,
            outbox.c.status.in_([DeliveryStatus.QUEUED.value, DeliveryStatus.HELD.value]),
        )
        .values(status=DeliveryStatus.REFUSED.value, error="opted out")
    )


def opt_in(uow: UnitOfWork, workspace_id: str, address: str, at: datetime) -> bool:
    """START: this address may be written to again, unless it asked for no more after `at`. Whether it was opted out."""
    known = lock_address(uow, workspace_id, address).opted_out_at
    if known is None or known > at:
        return False
    uow.connection.execute(
        update(addresses)
        .where(addresses.c.workspace_id == workspace_id, addresses.c.address == address)
        .values(opted_out_at=None, opt_out_confirmation="")
    )
    return True


def heard(uow: UnitOfWork, workspace_id: str, address: str, on: str, now: datetime) -> None:
    """The address wrote to us, to this sender of ours: it can be reached, and is answered from there."""
    before = lock_address(uow, workspace_id, address).heard_at
    later = max(before, now) if before else now  # what was spooled comes in after what they wrote since
    uow.connection.execute(
        update(addresses)
        .where(addresses.c.workspace_id == workspace_id, addresses.c.address == address)
        .values(heard_at=later, heard_on=on, unusable="")
    )


def set_unusable(uow: UnitOfWork, workspace_id: str, address: str, why: str) -> None:
    """Nothing reaches this address, and why; it is tried again when it writes to us."""
    lock_address(uow, workspace_id, address)
    uow.connection.execute(
        update(addresses)
        .where(addresses.c.workspace_id == workspace_id, addresses.c.address == address)
        .values(unusable=why)
    )


_COLUMNS = (
    outbox.c.id,
    outbox.c.workspace_id,
    outbox.c.conversation_id,
    outbox.c.seq,
    outbox.c.address,
    outbox.c.about,
    outbox.c.subject,
    outbox.c.message,
    outbox.c.status,
    outbox.c.priority,
    outbox.c.due_at,
    outbox.c.turn_id,
    outbox.c.created_at,
    outbox.c.attempts,
    outbox.c.look_ups,
    outbox.c.sending_since,
    outbox.c.external_id,
    outbox.c.sender,
    outbox.c.lane,
    outbox.c.units,
    outbox.c.follows,
    outbox.c.tries,
)
_LEAVING = [s.value for s in OPEN]
_WAITING = [DeliveryStatus.QUEUED.value, DeliveryStatus.HELD.value]


def _entry(row: Any) -> OutboxEntry:
    return OutboxEntry(*row)


def next_to_send(uow: UnitOfWork, now: datetime) -> OutboxEntry | None:
    """Claim: the most urgent row that may be tried now; of one address always the oldest first.

    A row waits while an earlier one of its address is being sent or its fate is unknown, while the part before it has
    not left, and while its lane is busy or paused. It is not locked here: whoever locks its address first and moves it
    wins, as an opt-out does.
    """
    query = (
        select(*_COLUMNS)
        .where(
            outbox.c.status.in_([DeliveryStatus.QUEUED.value, DeliveryStatus.HELD.value]),
            outbox.c.due_at <= now,
            ~_waits_for_its_address(),
            ~_waits_for_its_part(),
            ~_lane_is_shut(now),
        )
        .order_by(outbox.c.priority, outbox.c.due_at, outbox.c.seq)
        .limit(1)
    )
    row = uow.connection.execute(query).one_or_none()
    return _entry(row) if row else None


def _waits_for_its_address() -> Any:
    earlier = outbox.alias("earlier")
    return (
        select(earlier.c.id)
        .where(
            earlier.c.address == outbox.c.address,
            earlier.c.workspace_id == outbox.c.workspace_id,
            or_(
                earlier.c.status.in_([DeliveryStatus.SENDING.value, DeliveryStatus.UNKNOWN.value]),
                (earlier.c.status == DeliveryStatus.QUEUED.value)
                & (earlier.c.priority == outbox.c.priority)
                & (earlier.c.tries == 0)  # another try waits for minutes or hours: what is new does not wait for it
                & or_(
                    earlier.c.created_at < outbox.c.created_at,
                    # Numbers of two threads say nothing about time: they only order what one moment brought.
                    (earlier.c.created_at == outbox.c.created_at) & (earlier.c.seq < outbox.c.seq),
                ),
            ),
        )
        .exists()
    )


def _waits_for_its_part() -> Any:
    before = outbox.alias("before")
    return select(before.c.id).where(before.c.id == outbox.c.follows, before.c.status.in_(_LEAVING)).exists()


def _lane_is_shut(now: datetime) -> Any:
    shut = or_(lanes.c.paused_at.is_not(None), lanes.c.free_at > now)
    return select(lanes.c.lane).where(lanes.c.lane == outbox.c.lane, shut).exists()


def let_follow(uow: UnitOfWork, id: str, at: datetime) -> None:
    """The part after this one may leave at `at`, not later than was said before."""
    uow.connection.execute(
        update(outbox)
        .where(
            outbox.c.follows == id,
            outbox.c.status == DeliveryStatus.QUEUED.value,
            outbox.c.attempts == 0,
        )
        .values(due_at=at)
    )


def follow_instead(uow: UnitOfWork, id: str, other: str) -> None:
    """What was to follow this row follows the other try of it."""
    uow.connection.execute(update(outbox).where(outbox.c.follows == id).values(follows=other))


def move(uow: UnitOfWork, id: str, *, frm: Sequence[DeliveryStatus], to: DeliveryStatus, **values: Any) -> bool:
    """Move a row from one of `frm` to `to`. False: it is somewhere else by now, and stays there."""
    done = uow.connection.execute(
        update(outbox)
        .where(outbox.c.id == id, outbox.c.status.in_([s.value for s in frm]))
        .values(status=to.value, **values)
    )
    return done.rowcount == 1


def get(uow: UnitOfWork, id: str) -> OutboxEntry | None:
    """One row by id (account look-up)."""
    row = uow.connection.execute(select(*_COLUMNS).where(outbox.c.id == id)).one_or_none()
    return _entry(row) if row else None


def last_said_in(uow: UnitOfWork, workspace_id: str, address: str) -> str | None:
    """The conversation of what we said last at this address; words that a rule said belong to none."""
    query = (
        select(outbox.c.conversation_id)
        .where(
            outbox.c.workspace_id == workspace_id,
            outbox.c.address == address,
            outbox.c.about.not_in(["opt_out", "help"]),
            outbox.c.status.not_in([DeliveryStatus.REFUSED.value, DeliveryStatus.SUPERSEDED.value]),
        )
        .order_by(outbox.c.created_at.desc(), outbox.c.seq.desc())
        .limit(1)
    )
    return uow.connection.execute(query).scalar_one_or_none()


def at_place(uow: UnitOfWork, workspace_id: str, external_id: str) -> OutboxEntry | None:
    """The row that stands at a place of the provider's now: of several, each replaced by the next, the newest."""
    query = select(*_COLUMNS).where(outbox.c.external_id == external_id, outbox.c.workspace_id == workspace_id)
    row = uow.connection.execute(query.order_by(outbox.c.created_at.desc(), outbox.c.id).limit(1)).one_or_none()
    return _entry(row) if row else None


def said_after(uow: UnitOfWork, conversation_id: str, seq: int) -> bool:
    """Whether something of ours came after this message of ours."""
    query = (
        select(outbox.c.id)
        .where(
            outbox.c.conversation_id == conversation_id,
            outbox.c.seq > seq,
            outbox.c.status.not_in([DeliveryStatus.REFUSED.value, DeliveryStatus.SUPERSEDED.value]),
        )
        .limit(1)
    )
    return uow.connection.execute(query).one_or_none() is not None


def texts_of_turn(uow: UnitOfWork, turn_id: str) -> list[str]:
    """Everything one turn says, part by part (account look-up: the turn's id came from a row)."""
    query = select(outbox.c.message).where(outbox.c.turn_id == turn_id, outbox.c.seq.is_not(None))
    return [str(row[0]["text"]) for row in uow.connection.execute(query.order_by(outbox.c.seq))]


def is_known(uow: UnitOfWork, external_id: str) -> bool:
    """Account look-up: whether some row has this id of the provider's."""
    query = select(outbox.c.id).where(outbox.c.external_id == external_id).limit(1)
    return uow.connection.execute(query).one_or_none() is not None


def lock_reported(uow: UnitOfWork, *, id: str, external_id: str) -> OutboxEntry | None:
    """Account look-up: the row a report speaks of, by our id or the provider's, held until the transaction ends."""
    which = outbox.c.id == id if id else outbox.c.external_id == external_id
    where = uow.connection.execute(select(outbox.c.workspace_id, outbox.c.address).where(which)).one_or_none()
    if where is None:
        return None
    lock_address(uow, *where)  # the address first, then the row: as the gate does
    query = select(*_COLUMNS).where(which)
    row = uow.connection.execute(query.with_for_update() if uow.is_postgres else query).one_or_none()
    return _entry(row) if row else None


def fold(uow: UnitOfWork, entry: OutboxEntry, status: DeliveryStatus, **values: Any) -> bool:
    """Apply what a provider says became of a locked row, forward only. False when it says nothing new."""
    current = DeliveryStatus(entry.status)
    if status not in _RANK or current not in _RANK or _RANK[status] <= _RANK[current]:
        return False
    return move(uow, entry.id, frm=[current], to=status, **values)


def stale_sending(uow: UnitOfWork, now: datetime) -> list[OutboxEntry]:
    """Sweep: rows whose sender died or lost its answer: marked sending too long ago."""
    query = select(*_COLUMNS).where(
        outbox.c.status == DeliveryStatus.SENDING.value, outbox.c.sending_since <= now - SENDING_TTL
    )
    return [_entry(row) for row in uow.connection.execute(query)]


def unknown_due(uow: UnitOfWork, now: datetime) -> list[OutboxEntry]:
    """Sweep: rows of unknown fate whose next look-up is due."""
    query = (
        select(*_COLUMNS)
        .where(outbox.c.status == DeliveryStatus.UNKNOWN.value, outbox.c.due_at <= now)
        .order_by(outbox.c.due_at)
        .limit(50)
    )
    return [_entry(row) for row in uow.connection.execute(query)]


def next_open(uow: UnitOfWork) -> datetime | None:
    """Sweep: when the outbox next has something to do (over all workspaces); not before a busy lane is free.

    A row that waits for another one has no time of its own: the other one's counts.
    """
    waiting = outbox.c.status.in_(_WAITING)
    behind = or_(_waits_for_its_address(), _waits_for_its_part())
    waits = lanes.c.free_at > outbox.c.due_at
    moment = case((waits & waiting, lanes.c.free_at), else_=outbox.c.due_at)
    query = (
        select(func.min(moment))
        .select_from(outbox.outerjoin(lanes, lanes.c.lane == outbox.c.lane))
        .where(outbox.c.status.in_(_LEAVING), or_(lanes.c.paused_at.is_(None), ~waiting), ~(waiting & behind))
    )
    return uow.connection.execute(query).scalar()

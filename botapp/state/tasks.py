"""Tasks: work a turn asked for beside messages, and timers. Rows committed with the turn, done by a worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, insert, or_, select, update

from botapp.state.prepared import Prepared
from botapp.state.tables import tasks
from botapp.state.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Task:
    id: str
    workspace_id: str
    conversation_id: str
    kind: str
    name: str
    payload: Mapping[str, Any]
    due_at: datetime
    attempts: int
    created_at: datetime


_ADD = Prepared(
    insert(tasks),
    *("id", "workspace_id", "conversation_id", "kind", "name", "payload", "due_at", "status", "created_at"),
)
_PENDING_TIMERS = update(tasks).where(
    tasks.c.conversation_id == bindparam("which"), tasks.c.kind == "timer", tasks.c.status == "pending"
)
_CANCEL_ALL = _PENDING_TIMERS.values(status="cancelled")
_CANCEL_ONE = _CANCEL_ALL.where(tasks.c.name == bindparam("timer"))
# A timer that has not rung is moved, not replaced: a long interview keeps one row, not one a turn.
_MOVE = Prepared(
    _PENDING_TIMERS.where(tasks.c.name == bindparam("timer")).values(
        due_at=bindparam("rings_at", type_=tasks.c.due_at.type), lease_until=None
    )
)


def add_task(
    uow: UnitOfWork,
    *,
    id: str,
    workspace_id: str,
    conversation_id: str,
    kind: str,
    name: str,
    payload: Mapping[str, Any],
    due_at: datetime,
    now: datetime,
) -> None:
    """A timer takes the place of the pending timer of its name; work is added. A repeated id is a Conflict."""
    if kind == "timer" and not payload:
        if _MOVE.run(uow, {"which": conversation_id, "timer": name, "rings_at": due_at}):
            return
    elif kind == "timer":
        cancel_timers(uow, conversation_id, name)
    _ADD.run(
        uow,
        {
            "id": id,
            "workspace_id": workspace_id,
            "conversation_id": conversation_id,
            "kind": kind,
            "name": name,
            "payload": dict(payload),
            "due_at": due_at,
            "status": "pending",
            "created_at": now,
        },
    )


def is_known(uow: UnitOfWork, id: str) -> bool:
    """Whether it was asked for before, done or not (account look-up: the id derives from a row)."""
    return uow.connection.execute(select(tasks.c.id).where(tasks.c.id == id)).one_or_none() is not None


def cancel_timers(uow: UnitOfWork, conversation_id: str, name: str | None = None) -> None:
    """Forget timers that have not rung: one by name, or all of a conversation."""
    if name is None:
        uow.connection.execute(_CANCEL_ALL, {"which": conversation_id})
    else:
        uow.connection.execute(_CANCEL_ONE, {"which": conversation_id, "timer": name})


def claim_due(uow: UnitOfWork, now: datetime) -> Task | None:
    """Claim: the task that is due longest and that nobody works on (over all workspaces)."""
    query = (
        select(
            tasks.c.id,
            tasks.c.workspace_id,
            tasks.c.conversation_id,
            tasks.c.kind,
            tasks.c.name,
            tasks.c.payload,
            tasks.c.due_at,
            tasks.c.attempts,
            tasks.c.created_at,
        )
        .where(
            tasks.c.status == "pending",
            tasks.c.due_at <= now,
            or_(tasks.c.lease_until.is_(None), tasks.c.lease_until <= now),
        )
        .order_by(tasks.c.due_at)
        .limit(1)
    )
    row = uow.connection.execute(query.with_for_update(skip_locked=True) if uow.is_postgres else query).one_or_none()
    if row is None:
        return None
    uow.connection.execute(
        update(tasks).where(tasks.c.id == row[0]).values(lease_until=now + LEASE, attempts=tasks.c.attempts + 1)
    )
    return Task(*row)


def renew(uow: UnitOfWork, id: str, now: datetime) -> None:
    """Hold on to a task that takes longer than its lease."""
    uow.connection.execute(
        update(tasks).where(tasks.c.id == id, tasks.c.status == "pending").values(lease_until=now + LEASE)
    )


def finish(uow: UnitOfWork, id: str, status: str = "done") -> bool:
    """Mark a task done or failed. False: it was finished or cancelled before, and nothing may follow."""
    done = uow.connection.execute(
        update(tasks).where(tasks.c.id == id, tasks.c.status == "pending").values(status=status, lease_until=None)
    )
    return done.rowcount == 1


def try_again(uow: UnitOfWork, task: Task, now: datetime) -> datetime:
    """The engine was down: back off, up to ten minutes between attempts."""
    due = now + timedelta(seconds=min(2.0 ** min(task.attempts, 10), 600.0))
    uow.connection.execute(update(tasks).where(tasks.c.id == task.id).values(due_at=due, lease_until=None))
    return due


def next_due(uow: UnitOfWork) -> datetime | None:
    """Sweep: when the next task is due (over all workspaces)."""
    moment = case((tasks.c.lease_until > tasks.c.due_at, tasks.c.lease_until), else_=tasks.c.due_at)
    return uow.connection.execute(select(func.min(moment)).where(tasks.c.status == "pending")).scalar()

"""Lanes: what shares a rate limit and a breaker (a number of ours, a channel of theirs). A row each, made when used.

The rate is kept as one moment, "nothing before", moved on by what a message takes (the generic cell rate algorithm,
ITU-T I.371, with no burst): it lives in the transaction that commits `sending`, so no process can overtake another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from botapp.state.tables import lanes
from botapp.state.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Paused:
    """A lane that a breaker stopped, and why in a sentence."""

    lane: str
    since: datetime
    reason: str


def take(uow: UnitOfWork, workspace_id: str, lane: str, *, units: int, rate: float, now: datetime) -> bool:
    """A message of `units` leaves now at `rate` units a second: nothing else before its time is over.

    False: the lane is busy or was paused meanwhile, and nothing may leave.
    """
    _ensure(uow, workspace_id, lane)
    done = uow.connection.execute(
        update(lanes)
        .where(
            lanes.c.lane == lane,
            lanes.c.paused_at.is_(None),
            or_(lanes.c.free_at.is_(None), lanes.c.free_at <= now),
        )
        .values(free_at=now + timedelta(seconds=units / rate))
    )
    return done.rowcount == 1


def outcomes(uow: UnitOfWork, workspace_id: str, lane: str) -> list[str]:
    """The latest outcomes, oldest first, with the row locked: the caller adds one."""
    _ensure(uow, workspace_id, lane)
    query = select(lanes.c.outcomes).where(lanes.c.lane == lane).with_for_update()
    return list(uow.connection.execute(query).scalar_one())


def keep_outcomes(uow: UnitOfWork, lane: str, latest: Sequence[str]) -> None:
    uow.connection.execute(update(lanes).where(lanes.c.lane == lane).values(outcomes=list(latest)))


def pause(uow: UnitOfWork, lane: str, reason: str, now: datetime) -> bool:
    """Nothing leaves by this lane until somebody resumes it. False: it was paused already."""
    done = uow.connection.execute(
        update(lanes)
        .where(lanes.c.lane == lane, lanes.c.paused_at.is_(None))
        .values(paused_at=now, pause_reason=reason)
    )
    return done.rowcount == 1


def resume(uow: UnitOfWork, workspace_id: str, lane: str) -> bool:
    """A person says it is mended: what waits may leave, and counting starts anew. False: it was not paused."""
    done = uow.connection.execute(
        update(lanes)
        .where(lanes.c.lane == lane, lanes.c.workspace_id == workspace_id, lanes.c.paused_at.is_not(None))
        .values(paused_at=None, pause_reason="", outcomes=[])
    )
    return done.rowcount == 1


def paused(uow: UnitOfWork, workspace_id: str) -> list[Paused]:
    """The workspace's lanes that stand still."""
    query = (
        select(lanes.c.lane, lanes.c.paused_at, lanes.c.pause_reason)
        .where(lanes.c.workspace_id == workspace_id, lanes.c.paused_at.is_not(None))
        .order_by(lanes.c.paused_at)
    )
    return [Paused(*row) for row in uow.connection.execute(query)]


def _ensure(uow: UnitOfWork, workspace_id: str, lane: str) -> None:
    if uow.is_postgres:
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    uow.connection.execute(
        upsert(lanes).values(lane=lane, workspace_id=workspace_id, outcomes=[]).on_conflict_do_nothing()
    )

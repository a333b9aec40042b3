"""Scorecards by the rubrics of another version, beside the interview's own. Nothing here touches that one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from botapp.state.read_models import RescoreRow
from botapp.state.tables import interviews, members, rescores
from botapp.state.unit_of_work import UnitOfWork

_RESCORE = select(
    rescores.c.interview_id,
    rescores.c.version,
    rescores.c.scorecard,
    members.c.name,
    rescores.c.asked_at,
    rescores.c.scored_at,
).outerjoin(members, members.c.id == rescores.c.by_member)


def _rescore(row: Any) -> RescoreRow:
    return RescoreRow(row[0], row[1], row[2], row[3] or "", row[4], row[5])


def of_interview(uow: UnitOfWork, workspace_id: str, interview_id: str) -> tuple[RescoreRow, ...]:
    """Every other version this interview was scored by, oldest version first."""
    query = _RESCORE.where(rescores.c.workspace_id == workspace_id, rescores.c.interview_id == interview_id)
    return tuple(_rescore(row) for row in uow.connection.execute(query.order_by(rescores.c.version)))


def of_interviewer(uow: UnitOfWork, workspace_id: str, interviewer_id: str) -> tuple[RescoreRow, ...]:
    """What is scored so of all its interviews."""
    query = _RESCORE.join(interviews, interviews.c.id == rescores.c.interview_id).where(
        rescores.c.workspace_id == workspace_id,
        interviews.c.interviewer_id == interviewer_id,
        rescores.c.scored_at.is_not(None),
    )
    return tuple(_rescore(row) for row in uow.connection.execute(query.order_by(rescores.c.version)))


def ask(uow: UnitOfWork, *, workspace_id: str, interview_id: str, version: int, by: str, now: datetime) -> None:
    """It is to be scored by that version, (again) from nothing."""
    which = (rescores.c.interview_id == interview_id, rescores.c.version == version)
    uow.connection.execute(delete(rescores).where(*which))
    uow.connection.execute(
        insert(rescores).values(
            interview_id=interview_id, version=version, workspace_id=workspace_id, by_member=by, asked_at=now
        )
    )


def forget(uow: UnitOfWork, interview_id: str) -> None:
    """Nobody may score this interview by machine any more."""
    uow.connection.execute(delete(rescores).where(rescores.c.interview_id == interview_id))


def keep(uow: UnitOfWork, interview_id: str, version: int, scorecard: Mapping[str, Any], now: datetime) -> None:
    """What came out."""
    which = (rescores.c.interview_id == interview_id, rescores.c.version == version)
    uow.connection.execute(update(rescores).where(*which).values(scorecard=dict(scorecard), scored_at=now))

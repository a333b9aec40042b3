"""Rehearsals of drafts, each with the revision it was run on. Only the latest of an interviewer is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from botapp.state.tables import members, rehearsals
from botapp.state.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StoredRehearsal:
    """`result` holds everything; `outline` the few lines that composing looks at in each turn."""

    id: str
    revision: int
    by: str
    at: datetime
    result: Mapping[str, Any]


def keep(
    uow: UnitOfWork,
    *,
    id: str,
    workspace_id: str,
    interviewer_id: str,
    revision: int,
    outline: Mapping[str, Any],
    result: Mapping[str, Any],
    by: str,
    now: datetime,
) -> None:
    """In place of the one before; the same one twice is one."""
    uow.connection.execute(delete(rehearsals).where(rehearsals.c.interviewer_id == interviewer_id))
    uow.connection.execute(
        insert(rehearsals).values(
            id=id,
            workspace_id=workspace_id,
            interviewer_id=interviewer_id,
            revision=revision,
            outline=dict(outline),
            result=dict(result),
            by_member=by,
            at=now,
        )
    )


def outline_of(uow: UnitOfWork, workspace_id: str, interviewer_id: str) -> tuple[int, Mapping[str, Any]] | None:
    """(revision, outline) of the latest rehearsal; None while there is none."""
    query = select(rehearsals.c.revision, rehearsals.c.outline).where(
        rehearsals.c.workspace_id == workspace_id, rehearsals.c.interviewer_id == interviewer_id
    )
    row = uow.connection.execute(query).first()
    return (row[0], row[1]) if row else None


def of_interviewer(uow: UnitOfWork, workspace_id: str, interviewer_id: str) -> StoredRehearsal | None:
    """The latest rehearsal, whole."""
    query = (
        select(rehearsals.c.id, rehearsals.c.revision, members.c.name, rehearsals.c.at, rehearsals.c.result)
        .outerjoin(members, members.c.id == rehearsals.c.by_member)
        .where(rehearsals.c.workspace_id == workspace_id, rehearsals.c.interviewer_id == interviewer_id)
    )
    row = uow.connection.execute(query).first()
    return StoredRehearsal(row[0], row[1], row[2] or "", row[3], row[4]) if row else None

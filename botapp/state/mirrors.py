"""Threads in Slack in which a candidate's conversation is shown and answered by a person: one row for each.

Guarantees: a thread belongs to one interview and one member. Where it is in Slack is read from the message that opened
it, so it is known as soon as Slack knows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, insert, select, update

from botapp.state.prepared import Prepared
from botapp.state.tables import outbox, slack_mirrors
from botapp.state.unit_of_work import UnitOfWork

_ROWS = slack_mirrors.c


@dataclass(frozen=True, slots=True)
class Mirror:
    """`address` is the thread; "" while Slack has not taken the message that opens it."""

    id: str
    workspace_id: str
    interview_id: str
    member_id: str
    address: str
    is_open: bool


_MIRROR = select(
    _ROWS.id, _ROWS.workspace_id, _ROWS.interview_id, _ROWS.member_id, _ROWS.team, outbox.c.external_id, _ROWS.closed_at
).join(outbox, outbox.c.id == _ROWS.id)
_OPEN = Prepared(
    _MIRROR.where(_ROWS.interview_id == bindparam("which"), _ROWS.opened_at.is_not(None), _ROWS.closed_at.is_(None))
)


def add(
    uow: UnitOfWork, *, id: str, workspace_id: str, interview_id: str, member_id: str, team: str, now: datetime
) -> None:
    """The thread below the message `id`, once that is in Slack."""
    uow.connection.execute(
        insert(slack_mirrors).values(
            id=id, workspace_id=workspace_id, interview_id=interview_id, member_id=member_id, team=team, created_at=now
        )
    )


def begin(uow: UnitOfWork, id: str, now: datetime) -> None:
    """From now on what is said there is shown here."""
    uow.connection.execute(update(slack_mirrors).where(_ROWS.id == id, _ROWS.opened_at.is_(None)).values(opened_at=now))


def close(uow: UnitOfWork, workspace_id: str, interview_id: str, now: datetime) -> None:
    """Every thread of this interview: nothing more is shown there, and nothing goes to the candidate from there."""
    here = (_ROWS.workspace_id == workspace_id, _ROWS.interview_id == interview_id, _ROWS.closed_at.is_(None))
    uow.connection.execute(update(slack_mirrors).where(*here).values(closed_at=now))


def get(uow: UnitOfWork, id: str) -> Mirror | None:
    return _one(uow, _MIRROR.where(_ROWS.id == id))


def of_thread(uow: UnitOfWork, workspace_id: str, place: str) -> Mirror | None:
    """The mirror whose thread begins with the message at `place` (C1/ts); open or not."""
    return _one(uow, _MIRROR.where(_ROWS.workspace_id == workspace_id, outbox.c.external_id == place))


def theirs(uow: UnitOfWork, workspace_id: str, interview_id: str, member_id: str) -> Mirror | None:
    """The one this member has open already."""
    mine = (_ROWS.workspace_id == workspace_id, _ROWS.interview_id == interview_id, _ROWS.member_id == member_id)
    return _one(uow, _MIRROR.where(*mine, _ROWS.closed_at.is_(None)).limit(1))


def open_of(uow: UnitOfWork, interview_id: str) -> Sequence[Mirror]:
    """The threads that show this interview (account look-up: the id came from a scoped row)."""
    return [_mirror(row) for row in _OPEN.rows(uow, {"which": interview_id})]


def _one(uow: UnitOfWork, query: Select[tuple[str, str, str, str, str, str | None, datetime | None]]) -> Mirror | None:
    row = uow.connection.execute(query).one_or_none()
    return _mirror(row) if row else None


def _mirror(row: Sequence[object]) -> Mirror:
    id, workspace_id, interview_id, member_id, team, external_id, closed_at = row
    address = f"slack:{team}/{external_id}" if external_id else ""
    return Mirror(str(id), str(workspace_id), str(interview_id), str(member_id), address, closed_at is None)

"""Which member of ours somebody in another place is: a Slack user, by workspace and id.

Guarantees: one row for each account; an account of one workspace of ours is nobody in another. Account look-ups: the
place names an account, and the account names the member.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from botapp.state import people
from botapp.state.read_models import MemberRow
from botapp.state.tables import member_accounts
from botapp.state.unit_of_work import UnitOfWork

_ROWS = member_accounts.c


@dataclass(frozen=True, slots=True)
class MemberAccount:
    """`member_id` is "" while nobody of ours is known under it; `at`: when that was last looked up or said."""

    workspace_id: str
    member_id: str
    at: datetime


def find(uow: UnitOfWork, workspace_id: str, scheme: str, account: str) -> MemberAccount | None:
    query = select(_ROWS.workspace_id, _ROWS.member_id, _ROWS.at).where(
        _ROWS.scheme == scheme, _ROWS.account == account, _ROWS.workspace_id == workspace_id
    )
    row = uow.connection.execute(query).one_or_none()
    return MemberAccount(*row) if row else None


def member_of(uow: UnitOfWork, workspace_id: str, scheme: str, account: str) -> MemberRow | None:
    """The member, while they are one."""
    known = find(uow, workspace_id, scheme, account)
    member = people.member(uow, known.member_id) if known and known.member_id else None
    return member if member and member.workspace_id == workspace_id else None


def keep(uow: UnitOfWork, *, workspace_id: str, scheme: str, account: str, member_id: str, now: datetime) -> None:
    """From now on this account is that member ("": nobody of ours)."""
    values = {"workspace_id": workspace_id, "member_id": member_id, "at": now}
    here = (_ROWS.scheme == scheme, _ROWS.account == account)
    if uow.connection.execute(update(member_accounts).where(*here).values(**values)).rowcount == 0:
        uow.connection.execute(insert(member_accounts).values(scheme=scheme, account=account, **values))

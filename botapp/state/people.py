"""Workspaces, members and how they sign in. A sign-in secret is stored as a hash only and works once."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from botapp.policy.access import Role
from botapp.state.read_models import MemberRow
from botapp.state.tables import members, sign_in_links, workspaces
from botapp.state.unit_of_work import UnitOfWork


def secret_hash(secret: str) -> str:
    """What is stored of an unguessable link: SHA-256 (the secret has 192 random bits, so no salt is needed)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create_workspace(uow: UnitOfWork, *, id: str, name: str, now: datetime, region: str = "US") -> None:
    uow.connection.execute(insert(workspaces).values(id=id, name=name, region=region, created_at=now))


def first_workspace(uow: UnitOfWork) -> tuple[str, str] | None:
    """Account look-up: (id, name) of the installation's oldest workspace."""
    query = select(workspaces.c.id, workspaces.c.name).order_by(workspaces.c.created_at).limit(1)
    row = uow.connection.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def workspace_name(uow: UnitOfWork, workspace_id: str) -> str:
    name: str = uow.connection.execute(select(workspaces.c.name).where(workspaces.c.id == workspace_id)).scalar_one()
    return name


def region_of(uow: UnitOfWork, workspace_id: str) -> str:
    """The country (two letters) of phone numbers that this employer types without one."""
    query = select(workspaces.c.region).where(workspaces.c.id == workspace_id)
    region: str = uow.connection.execute(query).scalar_one()
    return region


def set_region(uow: UnitOfWork, workspace_id: str, region: str) -> None:
    uow.connection.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(region=region))


def add_member(
    uow: UnitOfWork, *, id: str, workspace_id: str, name: str, email: str, role: Role, now: datetime
) -> None:
    """A further member. An e-mail that is there already is a Conflict."""
    uow.connection.execute(
        insert(members).values(
            id=id, workspace_id=workspace_id, name=name, email=email.lower(), role=role.value, created_at=now
        )
    )


def _row(row: Any) -> MemberRow:
    return MemberRow(row[0], row[1], row[2], row[3], Role(row[4]), joined=row[5] is not None)


_MEMBER = select(
    members.c.id, members.c.workspace_id, members.c.name, members.c.email, members.c.role, members.c.joined_at
).where(members.c.removed_at.is_(None))


def member(uow: UnitOfWork, member_id: str) -> MemberRow | None:
    """Account look-up: a member by id; None when removed."""
    row = uow.connection.execute(_MEMBER.where(members.c.id == member_id)).one_or_none()
    return _row(row) if row else None


def members_of(uow: UnitOfWork, workspace_id: str) -> list[MemberRow]:
    query = _MEMBER.where(members.c.workspace_id == workspace_id).order_by(members.c.created_at)
    return [_row(row) for row in uow.connection.execute(query)]


def member_by_email(uow: UnitOfWork, workspace_id: str, email: str, *, removed: bool = False) -> str | None:
    """The id of the member with this e-mail; with `removed`, also of one who was removed."""
    query = select(members.c.id).where(members.c.workspace_id == workspace_id, members.c.email == email.lower())
    if not removed:
        query = query.where(members.c.removed_at.is_(None))
    return uow.connection.execute(query).scalar_one_or_none()


def set_email(uow: UnitOfWork, workspace_id: str, member_id: str, email: str) -> None:
    """The address a member is known by. One that somebody else has is a Conflict."""
    uow.connection.execute(
        update(members)
        .where(members.c.workspace_id == workspace_id, members.c.id == member_id)
        .values(email=email.lower())
    )


def bring_back(uow: UnitOfWork, workspace_id: str, member_id: str, name: str, role: Role) -> None:
    """A member who was removed is invited again."""
    uow.connection.execute(
        update(members)
        .where(members.c.workspace_id == workspace_id, members.c.id == member_id)
        .values(removed_at=None, name=name, role=role.value)
    )


def remove_member(uow: UnitOfWork, workspace_id: str, member_id: str, now: datetime) -> None:
    """Their sessions and links end at once; what they did stays in the log."""
    uow.connection.execute(
        update(members).where(members.c.workspace_id == workspace_id, members.c.id == member_id).values(removed_at=now)
    )


def add_sign_in_link(uow: UnitOfWork, *, secret: str, workspace_id: str, member_id: str, expires_at: datetime) -> None:
    uow.connection.execute(
        insert(sign_in_links).values(
            token_hash=secret_hash(secret), workspace_id=workspace_id, member_id=member_id, expires_at=expires_at
        )
    )


def sign_in_is_good(uow: UnitOfWork, secret: str, now: datetime) -> bool:
    """Whether this link would work; looking does not use it up (link previews fetch pages)."""
    query = select(sign_in_links.c.token_hash).where(
        sign_in_links.c.token_hash == secret_hash(secret),
        sign_in_links.c.used_at.is_(None),
        sign_in_links.c.expires_at > now,
    )
    return uow.connection.execute(query).one_or_none() is not None


def use_sign_in(uow: UnitOfWork, secret: str, now: datetime) -> MemberRow | None:
    """Use a link up and return who it belongs to; None when it is unknown, used, old or theirs no more."""
    member_id = uow.connection.execute(
        update(sign_in_links)
        .where(
            sign_in_links.c.token_hash == secret_hash(secret),
            sign_in_links.c.used_at.is_(None),
            sign_in_links.c.expires_at > now,
        )
        .values(used_at=now)
        .returning(sign_in_links.c.member_id)
    ).scalar_one_or_none()
    if member_id is None:
        return None
    uow.connection.execute(
        update(members).where(members.c.id == member_id, members.c.joined_at.is_(None)).values(joined_at=now)
    )
    return member(uow, member_id)

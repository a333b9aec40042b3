"""Interviewers: drafts with their revisions, published versions, link names. Live settings are in the draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update

from botapp.state.prepared import Prepared
from botapp.state.tables import events, interviewers, interviews, revisions, slugs, versions
from botapp.state.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StoredInterviewer:
    id: str
    workspace_id: str
    title: str
    slug: str
    status: str
    draft: Mapping[str, Any] | None
    revision: int
    version: int
    published_revision: int
    conversation_id: str


_STORED = select(
    interviewers.c.id,
    interviewers.c.workspace_id,
    interviewers.c.title,
    interviewers.c.slug,
    interviewers.c.status,
    interviewers.c.draft,
    interviewers.c.revision,
    interviewers.c.version,
    interviewers.c.published_revision,
    interviewers.c.conversation_id,
)
_BY_ID = Prepared(_STORED.where(interviewers.c.id == bindparam("which")))


def _stored(row: Any) -> StoredInterviewer:
    return StoredInterviewer(*row)


def create(uow: UnitOfWork, *, id: str, workspace_id: str, conversation_id: str, by: str, now: datetime) -> None:
    """An interviewer that has no draft yet."""
    uow.connection.execute(
        insert(interviewers).values(
            id=id,
            workspace_id=workspace_id,
            status="draft",
            conversation_id=conversation_id,
            created_by=by,
            created_at=now,
            updated_at=now,
        )
    )


def get(uow: UnitOfWork, interviewer_id: str, workspace_id: str | None = None) -> StoredInterviewer | None:
    """One interviewer; without a workspace it is an account look-up (the id came from a scoped row)."""
    row = _BY_ID.row(uow, {"which": interviewer_id})
    found = _stored(row) if row else None
    return found if found is None or workspace_id in (None, found.workspace_id) else None


def lock(uow: UnitOfWork, interviewer_id: str) -> None:
    """Hold the interviewer's row until this transaction ends (SQLite has one writer and needs no lock)."""
    uow.connection.execute(
        select(interviewers.c.id).where(interviewers.c.id == interviewer_id).with_for_update(key_share=True)
    )


def by_slug(uow: UnitOfWork, slug: str) -> StoredInterviewer | None:
    """Account look-up: whose link name this is or once was."""
    query = _STORED.join(slugs, slugs.c.interviewer_id == interviewers.c.id).where(slugs.c.slug == slug)
    row = uow.connection.execute(query).one_or_none()
    return _stored(row) if row else None


def taken_slugs(uow: UnitOfWork, except_interviewer: str) -> frozenset[str]:
    """Account look-up: link names of the whole installation that this interviewer can't have."""
    query = select(slugs.c.slug).where(slugs.c.interviewer_id != except_interviewer)
    return frozenset(uow.connection.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class StoredRevision:
    number: int
    summary: str
    draft: Mapping[str, Any]
    by_member: str
    at: datetime


def revision_list(uow: UnitOfWork, interviewer_id: str, limit: int = 40) -> list[StoredRevision]:
    """The line of revisions that undo and redo walk, newest first."""
    query = (
        select(revisions.c.number, revisions.c.summary, revisions.c.draft, revisions.c.by_member, revisions.c.at)
        .where(revisions.c.interviewer_id == interviewer_id, ~revisions.c.abandoned)
        .order_by(revisions.c.number.desc())
        .limit(limit)
    )
    return [StoredRevision(*row) for row in uow.connection.execute(query)]


def save_draft(
    uow: UnitOfWork,
    interviewer: StoredInterviewer,
    *,
    draft: Mapping[str, Any],
    summary: str,
    edits: Sequence[Mapping[str, Any]],
    by: str,
    now: datetime,
) -> int:
    """A new revision becomes the draft; revisions that had been undone leave the line (their rows stay).

    Raises:
        Conflict: the link name was taken in the same moment.
    """
    uow.connection.execute(
        update(revisions)
        .where(revisions.c.interviewer_id == interviewer.id, revisions.c.number > interviewer.revision)
        .values(abandoned=True)
    )
    last = uow.connection.execute(
        select(revisions.c.number)
        .where(revisions.c.interviewer_id == interviewer.id)
        .order_by(revisions.c.number.desc())
        .limit(1)
    ).scalar_one_or_none()
    number = (last or 0) + 1
    uow.connection.execute(
        insert(revisions).values(
            interviewer_id=interviewer.id,
            number=number,
            workspace_id=interviewer.workspace_id,
            draft=dict(draft),
            summary=summary,
            edits=[dict(edit) for edit in edits],
            by_member=by,
            at=now,
        )
    )
    point_at(uow, interviewer, number=number, draft=draft, now=now)
    return number


def point_at(
    uow: UnitOfWork, interviewer: StoredInterviewer, *, number: int, draft: Mapping[str, Any] | None, now: datetime
) -> None:
    """Make a revision the draft (0 and None: there is no draft any more) and hold its link name."""
    title, slug = (draft["title"], draft["slug"]) if draft else ("", "")
    uow.connection.execute(
        update(interviewers)
        .where(interviewers.c.id == interviewer.id)
        .values(draft=draft, revision=number, title=title, slug=slug, updated_at=now)
    )
    if slug != interviewer.slug:
        _hold_slug(uow, interviewer, slug, now)


def _hold_slug(uow: UnitOfWork, interviewer: StoredInterviewer, slug: str, now: datetime) -> None:
    if interviewer.slug and interviewer.version == 0:  # nobody has seen the old link yet
        uow.connection.execute(
            slugs.delete().where(slugs.c.slug == interviewer.slug, slugs.c.interviewer_id == interviewer.id)
        )
    if not slug:
        return
    owner = uow.connection.execute(select(slugs.c.interviewer_id).where(slugs.c.slug == slug)).scalar_one_or_none()
    if owner != interviewer.id:
        uow.connection.execute(
            insert(slugs).values(
                slug=slug, workspace_id=interviewer.workspace_id, interviewer_id=interviewer.id, created_at=now
            )
        )


def publish(
    uow: UnitOfWork, interviewer: StoredInterviewer, *, definition: Mapping[str, Any], by: str, now: datetime
) -> int:
    """Freeze a numbered version; the interviewer takes candidates from now on."""
    number = interviewer.version + 1
    uow.connection.execute(
        insert(versions).values(
            interviewer_id=interviewer.id,
            number=number,
            workspace_id=interviewer.workspace_id,
            definition=dict(definition),
            by_member=by,
            at=now,
        )
    )
    current = get(uow, interviewer.id)
    assert current is not None
    uow.connection.execute(
        update(interviewers)
        .where(interviewers.c.id == interviewer.id)
        .values(version=number, status="active", published_revision=current.revision, updated_at=now)
    )
    return number


def set_status(uow: UnitOfWork, interviewer_id: str, status: str, now: datetime) -> None:
    uow.connection.execute(
        update(interviewers).where(interviewers.c.id == interviewer_id).values(status=status, updated_at=now)
    )


def definition(uow: UnitOfWork, interviewer_id: str, number: int) -> Mapping[str, Any]:
    """The frozen stages of a version (immutable: may be cached by (id, number))."""
    query = select(versions.c.definition).where(
        versions.c.interviewer_id == interviewer_id, versions.c.number == number
    )
    found: Mapping[str, Any] = uow.connection.execute(query).scalar_one()
    return found


def _never_begun() -> Any:
    """Invited, and ended before a first word: nobody was interviewed, so it costs nothing of a budget."""

    def happened(name: str) -> Any:
        return select(events.c.id).where(events.c.subject_id == interviews.c.id, events.c.name == name).exists()

    return and_(
        interviews.c.status.in_(["ended", "expired"]), happened("invited_by_text"), ~happened("interview_in_progress")
    )


def never_begun(uow: UnitOfWork, interview_id: str) -> bool:
    """Whether an interview that is over ended before the person's first word."""
    query = select(interviews.c.id).where(interviews.c.id == interview_id, _never_begun())
    return uow.connection.execute(query).one_or_none() is not None


def begun() -> Any:
    """The condition under which an interview counts against a budget."""
    return and_(interviews.c.status != "invited", ~_never_begun())


def spent(uow: UnitOfWork, interviewer_id: str, since: datetime | None = None) -> int:
    """Interviews started (since then): what the budget counts."""
    query = select(func.count()).select_from(interviews).where(interviews.c.interviewer_id == interviewer_id, begun())
    if since is not None:
        query = query.where(interviews.c.started_at >= since)
    return uow.connection.execute(query).scalar_one()


def reserved(uow: UnitOfWork, interviewer_id: str) -> int:
    """People invited who have not said a word yet: each holds a place of the budget."""
    query = (
        select(func.count())
        .select_from(interviews)
        .where(interviews.c.interviewer_id == interviewer_id, interviews.c.status == "invited")
    )
    return uow.connection.execute(query).scalar_one()

"""Resumes: which file of an interview is one, and what a reader sees in it. The last one that came counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from botapp.state.tables import attachments, inbox, resumes
from botapp.state.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StoredResume:
    """`text` is what was read, "" while it isn't or can't be. `flags`: {"kind", "characters"} each."""

    attachment_id: str
    stage_id: str
    fingerprint: str
    name: str
    text: str
    problem: str
    flags: Sequence[Mapping[str, Any]]
    read_at: datetime | None

    @property
    def is_read(self) -> bool:
        return self.read_at is not None and not self.problem


_RESUME = (
    select(
        resumes.c.attachment_id,
        resumes.c.stage_id,
        resumes.c.fingerprint,
        attachments.c.name,
        resumes.c.text,
        resumes.c.problem,
        resumes.c.flags,
        resumes.c.read_at,
    )
    .join_from(resumes, attachments)
    .join(inbox, inbox.c.id == attachments.c.inbox_id)
)


def add(
    uow: UnitOfWork,
    *,
    attachment_id: str,
    workspace_id: str,
    interview_id: str,
    stage_id: str,
    fingerprint: str,
    now: datetime,
) -> None:
    """A kept file is a resume of this stage; nothing when that is known."""
    known = select(resumes.c.attachment_id).where(resumes.c.attachment_id == attachment_id)
    if uow.connection.execute(known).one_or_none() is None:
        uow.connection.execute(
            insert(resumes).values(
                attachment_id=attachment_id,
                workspace_id=workspace_id,
                interview_id=interview_id,
                stage_id=stage_id,
                fingerprint=fingerprint,
                flags=[],
                at=now,
            )
        )


def save_read(
    uow: UnitOfWork, attachment_id: str, *, text: str, problem: str, flags: Sequence[Mapping[str, Any]], now: datetime
) -> None:
    """What reading it gave."""
    read = {"text": text, "problem": problem, "flags": list(flags), "read_at": now}
    uow.connection.execute(update(resumes).where(resumes.c.attachment_id == attachment_id).values(**read))


def of_interview(uow: UnitOfWork, workspace_id: str, interview_id: str) -> tuple[StoredResume, ...]:
    """Every resume that came for an interview, the last one first."""
    query = _RESUME.where(resumes.c.workspace_id == workspace_id, resumes.c.interview_id == interview_id)
    newest = query.order_by(inbox.c.seq.desc(), resumes.c.attachment_id)
    return tuple(StoredResume(*row) for row in uow.connection.execute(newest))

"""Files that came with messages, as they are. Nobody but a member with access is given them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from botapp.state.read_models import FileRow
from botapp.state.tables import attachments, inbox, resumes
from botapp.state.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Attachment:
    """`content` is None when it could not be had: `problem` says why."""

    name: str
    content_type: str
    url: str
    content: bytes | None
    problem: str


def keep(uow: UnitOfWork, *, id: str, workspace_id: str, inbox_id: str, file: Attachment, now: datetime) -> None:
    """Add a file. The same one twice is a Conflict."""
    uow.connection.execute(
        insert(attachments).values(
            id=id,
            workspace_id=workspace_id,
            inbox_id=inbox_id,
            name=file.name[:300],
            content_type=file.content_type[:100],
            url=file.url,
            content=file.content,
            problem=file.problem,
            at=now,
        )
    )


def problem_of(uow: UnitOfWork, id: str) -> str | None:
    """None: not kept yet. Else why it has no content, "" when it has (account look-up: the id derives from a row)."""
    found: str | None = uow.connection.execute(
        select(attachments.c.problem).where(attachments.c.id == id)
    ).scalar_one_or_none()
    return found


def of_conversation(uow: UnitOfWork, workspace_id: str, conversation_id: str) -> tuple[FileRow, ...]:
    """A conversation's files, oldest first."""
    file = (attachments.c.id, attachments.c.name, attachments.c.content_type, attachments.c.problem)
    query = (
        select(*file, resumes.c.problem, resumes.c.flags)
        .join(inbox, inbox.c.id == attachments.c.inbox_id)
        .outerjoin(resumes, resumes.c.attachment_id == attachments.c.id)
        .where(attachments.c.workspace_id == workspace_id, inbox.c.conversation_id == conversation_id)
        .order_by(attachments.c.at)
    )
    return tuple(FileRow(*row[:4], row[4] or "", tuple(row[5] or ())) for row in uow.connection.execute(query))


def content_of(uow: UnitOfWork, workspace_id: str, id: str) -> Attachment | None:
    """One file with its bytes."""
    query = select(
        attachments.c.name,
        attachments.c.content_type,
        attachments.c.url,
        attachments.c.content,
        attachments.c.problem,
    ).where(attachments.c.id == id, attachments.c.workspace_id == workspace_id)
    row = uow.connection.execute(query).one_or_none()
    return Attachment(*row) if row else None

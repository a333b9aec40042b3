"""Resumes: taken from a stage's page or a message, read by a worker in the sandbox, kept as what a reader sees.

Guarantees: the same file sent twice is one; until one is read a new one takes its place. What no reader of the file
sees is never judged: it is counted, by kind, for the recruiter. A file that can't be read is told so, and scores
nothing; what its name says is trusted in nothing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botapp.log import get_logger
from botapp.messages import InboundKind, InboundMessage, Sender, SenderKind
from botapp.pipeline.attachments import kind_of, read_file
from botapp.pipeline.receive import receive_message
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.stages import ACCOUNT, visit
from botapp.scoring.forms import UploadedFile
from botapp.scoring.pleas import pleas
from botapp.screening.file_types import MOST_BYTES
from botapp.state import attachments, resumes
from botapp.state.attachments import Attachment
from botapp.state.inbox import Kept
from botapp.state.read_models import StageVisit
from botapp.state.resumes import StoredResume
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork

AT_ONCE = frozenset({"empty", "too_large", "picture", "old_word", "rich_text", "macros"})  # told before it is kept
_PAPERS = frozenset({"application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"})
GONE = "not_received"  # the provider could not give us the file
log = get_logger()


def resume_of(services: Services, found: StageVisit) -> StoredResume | None:
    """The file that counts for a stage so far."""
    with services.database.reading() as uow:
        return _latest(uow, found.workspace_id, found.interview_id, found.stage.id)


def _latest(uow: UnitOfWork, workspace_id: str, interview_id: str, stage_id: str) -> StoredResume | None:
    return next((r for r in resumes.of_interview(uow, workspace_id, interview_id) if r.stage_id == stage_id), None)


def send_resume(services: Services, token: str, file: UploadedFile) -> str:
    """Take a file from the page of a stage. "" when it is kept, else why not, by name.

    Raises:
        NotFound: this is no link of ours. Retryable: not kept, send again.
    """
    found = visit(services, token)
    problem = why_not(file)
    if problem or found.phase != "open":
        return problem
    before, fingerprint = resume_of(services, found), hashlib.sha256(file.content).hexdigest()
    if before is not None and before.fingerprint == fingerprint and not before.problem:
        return ""
    follows = before.attachment_id[:8] if before else "first"
    message = InboundMessage(
        channel_account=ACCOUNT,
        external_id=f"resume:{found.interview_id}:{found.stage.id[:24]}:{follows}:{fingerprint[:32]}",
        address=f"webchat:{found.interview_id}",
        sender=Sender(SenderKind.CANDIDATE, found.candidate_id),
        text="",
        received_at=services.now(),
        kind=InboundKind.EVENT,
        payload={
            "event": "resume_received",
            "stage_id": found.stage.id,
            "attachment_id": derived_id("resume", found.interview_id, found.stage.id, follows, fingerprint),
        },
    )
    placing = _OnItsPage(services, found, file, message.payload, fingerprint)
    receive_message(services, message, workspace_id=found.workspace_id, placing=placing)
    return ""


def why_not(file: UploadedFile) -> str:
    """Why a file is refused by its size and its first bytes alone; "" when it may be a resume."""
    if len(file.content) > MOST_BYTES:
        return "too_large"
    kind = kind_of(file.content, file.name, file.content_type)
    return kind if kind in AT_ONCE else ""


@dataclass(frozen=True, slots=True)
class _OnItsPage:
    """The link says which interview it is; the file is kept with the event."""

    services: Services
    found: StageVisit
    file: UploadedFile
    payload: Mapping[str, Any]
    fingerprint: str

    def conversation(self, _uow: UnitOfWork, _message: InboundMessage) -> str:
        return self.found.conversation_id

    def then(self, uow: UnitOfWork, kept: Kept) -> None:
        now, id = self.services.now(), str(self.payload["attachment_id"])
        attachments.keep(
            uow,
            id=id,
            workspace_id=self.found.workspace_id,
            inbox_id=kept.id,
            file=Attachment(self.file.name, self.file.content_type, "", self.file.content, ""),
            now=now,
        )
        resumes.add(
            uow,
            attachment_id=id,
            workspace_id=self.found.workspace_id,
            interview_id=self.found.interview_id,
            stage_id=self.found.stage.id,
            fingerprint=self.fingerprint,
            now=now,
        )


# ---- reading -----------------------------------------------------------------------------------------------


def read_resume(services: Services, task: Task) -> dict[str, Any]:
    """The task; its payload names interview, stage and file. The result enters the inbox as `read_resume_done`.

    `problem` names a sentence of the catalogues in `[resume]`; "" when there are words to judge.
    """
    interview_id, stage_id = str(task.payload["interview_id"]), str(task.payload["stage_id"])
    attachment_id = str(task.payload["attachment_id"])
    with services.database.reading() as uow:
        file = attachments.content_of(uow, task.workspace_id, attachment_id)
    text, problem, flags = read_as_resume(file)
    with services.database.writing() as uow:
        if file is not None:
            resumes.add(
                uow,
                attachment_id=attachment_id,
                workspace_id=task.workspace_id,
                interview_id=interview_id,
                stage_id=stage_id,
                fingerprint=hashlib.sha256(file.content or b"").hexdigest(),
                now=services.now(),
            )
        resumes.save_read(uow, attachment_id, text=text, problem=problem, flags=flags, now=services.now())
    log.info("resume_read", interview_id=interview_id, problem=problem, characters=len(text), flags=len(flags))
    return {
        "interview_id": interview_id,
        "stage_id": stage_id,
        "attachment_id": attachment_id,
        "problem": problem,
        "words": len(text.split()),
        "flags": flags,
    }


def read_as_resume(file: Attachment | None) -> tuple[str, str, list[dict[str, Any]]]:
    """The words, why there are none, and what stands in the file that no person was meant to read."""
    if file is None or file.content is None:
        return "", GONE, []
    if len(file.content) > MOST_BYTES:
        return "", "too_large", []
    if _is_broken(file.content, file):
        return "", "broken", []
    read = read_file(file.content, file.name, file.content_type)
    if not read.text:
        return "", read.reason, []
    flags: list[dict[str, Any]] = [{"kind": each.kind, "characters": each.characters} for each in read.hidden]
    if to_machine := sum(end - start for start, end in pleas(read.text)):
        flags.append({"kind": "instructions", "characters": to_machine})
    if read.problem:
        flags.append({"kind": "cut", "characters": 0})
    return read.text, "", flags


def _is_broken(content: bytes, file: Attachment) -> bool:
    """Whether it calls itself a PDF or a Word document and has nothing of one: its bytes are no words either."""
    claims = file.name.lower().endswith((".pdf", ".docx")) or file.content_type in _PAPERS
    return claims and kind_of(content, file.name, file.content_type) == "text"

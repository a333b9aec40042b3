"""What a link to a form leads to, and what is sent from there. One inbox event holds a form; a repeat is a success.

A file that came with a form that could not be taken yet is kept at once, so that it need not be sent again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from botapp.errors import NotFound
from botapp.messages import InboundKind, InboundMessage, Sender, SenderKind
from botapp.pipeline.receive import receive_message
from botapp.pipeline.running import running_interviewer
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.stage_links import read_token
from botapp.scoring.forms import Form, Problem, Read, UploadedFile, read_form
from botapp.screening.interview import InterviewStatus
from botapp.screening.interviewer import HAS_A_PAGE, QuestionKind
from botapp.state import attachments, conversations, inbox, interviewers, interviews, people
from botapp.state.attachments import Attachment
from botapp.state.inbox import Kept
from botapp.state.interviews import StoredInterview
from botapp.state.read_models import StageVisit
from botapp.state.unit_of_work import UnitOfWork

ACCOUNT = "stages"  # what the events of pages come in under
_LEADS_NOWHERE = "This link leads nowhere. Please use the whole link from your chat."


def visit(services: Services, token: str) -> StageVisit:
    """What stands behind the link. Looking changes nothing.

    Raises:
        NotFound: this is no link of ours.
    """
    named = read_token(services.signing_key(), token)
    if named is None:
        raise NotFound(_LEADS_NOWHERE)
    with services.database.reading() as uow:
        interview = interviews.get(uow, named[0])
        if interview is None:
            raise NotFound(_LEADS_NOWHERE)
        return _visit(uow, interview, named[1])


def _visit(uow: UnitOfWork, interview: StoredInterview, place: int) -> StageVisit:
    stored = interviewers.get(uow, interview.interviewer_id)
    assert stored is not None
    interviewer = running_interviewer(uow, stored, interview.version)
    stage = interviewer.stages[place] if place < len(interviewer.stages) else None
    if stage is None or stage.kind not in HAS_A_PAGE:
        raise NotFound(_LEADS_NOWHERE)
    memory = conversations.load(uow, interview.conversation_id).state
    here = {question.id for question in stage.questions}
    answers = {row["question_id"]: row for row in interviews.answers_of(uow, interview.id)}
    sent = inbox.find_kept(uow, ACCOUNT, submission_id(interview.id, stage.id)) is not None
    return StageVisit(
        interview_id=interview.id,
        conversation_id=interview.conversation_id,
        workspace_id=interview.workspace_id,
        candidate_id=interview.candidate_id,
        employer=interviewer.company or people.workspace_name(uow, interview.workspace_id),
        interviewer=interviewer,
        stage=stage,
        phase=_phase(interview, sent or is_done(memory, stage.id)),
        language=str(memory.get("language") or interviewer.language or "en")[:2].lower(),
        answers={id: answers[id] for id in here & answers.keys()},
        files=_kept_files(uow, interview, here),
    )


def is_done(memory: Mapping[str, Any], stage_id: str) -> bool:
    """Whether the interview has what it wanted of this stage; what was only left out may still come."""
    known = memory.get("stages", {}).get(stage_id, {})
    return bool(known.get("done")) and not known.get("left")


def _phase(interview: StoredInterview, done: bool) -> Literal["open", "done", "closed", "expired"]:
    if done:
        return "done"
    if interview.status == InterviewStatus.EXPIRED:
        return "expired"
    over = interview.status in (InterviewStatus.COMPLETED, InterviewStatus.ENDED)
    return "closed" if over else "open"


def submission_id(interview_id: str, stage_id: str) -> str:
    """The one name of what a stage's page sends: a second press meets the first."""
    return f"form:{interview_id}:{stage_id}"


# ---- sending a form ----------------------------------------------------------------------------------------


def submit_form(services: Services, token: str, form: Form) -> Mapping[str, Problem]:
    """Take a form, whole: what is wrong with it by question id, or nothing, and then the interview hears of it.

    Raises:
        NotFound: this is no link of ours. Retryable: not kept, send again.
    """
    found = visit(services, token)
    if found.phase != "open":
        return {}
    read, problems = read_form(found.stage.questions, form, found.files)
    if problems:
        for question_id, file in _good_files(found, form, problems).items():
            _keep_early(services, found, question_id, file)
        return problems
    payload = {
        "event": "form_submitted",
        "stage_id": found.stage.id,
        "answers": {id: _as_json(answer) for id, answer in read.items()},
    }
    files = [(id, file) for id, file in form.files.items() if id in read]
    _receive(services, found, submission_id(found.interview_id, found.stage.id), payload, files)
    return {}


def _as_json(answer: Read) -> dict[str, Any]:
    return {"reading": answer.reading.model_dump(mode="json") if answer.reading else None, "text": answer.text}


def _good_files(found: StageVisit, form: Form, problems: Mapping[str, Problem]) -> dict[str, UploadedFile]:
    asked = {question.id for question in found.stage.questions if question.kind is QuestionKind.FILE}
    return {id: file for id, file in form.files.items() if id in asked and id not in problems}


def _keep_early(services: Services, found: StageVisit, question_id: str, file: UploadedFile) -> None:
    external = f"{submission_id(found.interview_id, found.stage.id)}:{question_id}:{file.fingerprint}"
    payload = {"event": "form_file", "stage_id": found.stage.id, "question_id": question_id, "name": file.name}
    _receive(services, found, external, payload, [(question_id, file)])


def _kept_files(uow: UnitOfWork, interview: StoredInterview, asked: set[str]) -> dict[str, str]:
    """The latest file that was kept early for each question, by name."""
    rows = inbox.events_of(uow, interview.conversation_id, ACCOUNT)
    kept = [row for row in rows if row.get("event") == "form_file" and row.get("question_id") in asked]
    return {str(row["question_id"]): str(row["name"]) for row in kept}


def _receive(
    services: Services,
    found: StageVisit,
    external_id: str,
    payload: dict[str, Any],
    files: list[tuple[str, UploadedFile]],
) -> None:
    message = InboundMessage(
        channel_account=ACCOUNT,
        external_id=external_id,
        address=f"webchat:{found.interview_id}",
        sender=Sender(SenderKind.CANDIDATE, found.candidate_id),
        text="",
        received_at=services.now(),
        kind=InboundKind.EVENT,
        payload=payload,
    )
    placing = _OnItsPage(services, found, files)
    receive_message(services, message, workspace_id=found.workspace_id, placing=placing)


@dataclass(frozen=True, slots=True)
class _OnItsPage:
    """The link says which interview it is; its files are kept with the event."""

    services: Services
    found: StageVisit
    files: list[tuple[str, UploadedFile]]

    def conversation(self, _uow: UnitOfWork, _message: InboundMessage) -> str:
        return self.found.conversation_id

    def then(self, uow: UnitOfWork, kept: Kept) -> None:
        for question_id, file in self.files:
            attachments.keep(
                uow,
                id=derived_id("attachment", kept.id, question_id),
                workspace_id=self.found.workspace_id,
                inbox_id=kept.id,
                file=Attachment(file.name, file.content_type, "", file.content, ""),
                now=self.services.now(),
            )

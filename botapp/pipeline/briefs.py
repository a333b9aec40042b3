"""Pages and files that a recruiter gives while composing: fetched and read by a worker, handed on as words.

Guarantees: a turn opens nothing; a page is fetched by the guarded `fetch_page` only, a file is read in the sandbox.
What can't be had is one sentence with the name of the page or file, and nothing of a draft changes for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botapp.channels.webchat import storable
from botapp.compose.links import host_of
from botapp.compose.posting import posting_text
from botapp.compose.roles import looks_like_brief
from botapp.errors import BadPayload, NotAllowed, NotFound
from botapp.log import get_logger
from botapp.messages import InboundMessage, Sender, SenderKind
from botapp.pipeline.attachments import MOST_BYTES, MOST_CHARACTERS, ReadText, read_file
from botapp.pipeline.fetch import CannotFetch, Page, fetch_page
from botapp.pipeline.receive import receive_message, route
from botapp.pipeline.services import Services, derived_id
from botapp.policy.access import Action, may, refusal
from botapp.scoring.forms import UploadedFile
from botapp.screening.file_types import plain_name
from botapp.state import attachments, interviewers, tasks
from botapp.state.attachments import Attachment
from botapp.state.inbox import Kept
from botapp.state.read_models import MemberRow
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from botapp.pipeline.turn import TurnServices

MOST_BESIDE = 4000
TOO_LARGE = f"That file is larger than {MOST_BYTES // 1_000_000} MB. Please send a smaller one, or paste the text."
_NO_JOB = "I found no job on that page. Please paste the text of the job here."
_HTML = (b"<!doctype html", b"<html")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
log = get_logger()


# ---- pages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    origin: str
    text: str
    problem: str = ""  # without text: why there is none; with text: what of it was left out


def fetch_pages(services: "TurnServices", task: Task) -> dict[str, Any]:
    """The task `fetch_page`: the first of its links that leads to a job, else the first that leads to any text."""
    urls = [str(url) for url in task.payload["urls"]]
    found: list[_Found] = []
    for url in urls:
        with services.database.writing() as uow:
            tasks.renew(uow, task.id, services.now())
        found.append(_fetched(services, url))
        if looks_like_brief(found[-1].text, first=True):
            break
    best = next((page for page in reversed(found) if page.text), found[0])
    log.info("pages_read", task_id=task.id, pages=len(found), characters=len(best.text))
    return _result(task, best, theirs=True) | {"again": {"urls": urls, "instructions": task.payload["instructions"]}}


def _fetched(services: "TurnServices", url: str) -> _Found:
    host = host_of(url)
    try:
        page = fetch_page(url, services.guard)
    except CannotFetch as error:
        return _Found(host, "", f"{host}: {error}")
    read = _page_words(page)
    host = host_of(page.url)
    return _Found(host, read.text, read.problem if read.text else f"{host}: {read.problem}")


def _page_words(page: Page) -> ReadText:
    if page.content_type in _HTML_TYPES:
        text = posting_text(_decoded(page.content, page.charset))
        return ReadText(text) if text else ReadText("", _NO_JOB, "no_job")
    return read_file(page.content, "", page.content_type)


def _decoded(content: bytes, charset: str) -> str:
    """As the page says, else as most pages are."""
    for name in filter(None, (charset, "utf-8-sig")):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")


# ---- files -------------------------------------------------------------------------------------------------


def read_given_files(services: Services, task: Task) -> dict[str, Any]:
    """The task of that name: the words of all its files, in order."""
    read = [_file_words(services, task, file) for file in task.payload["files"]]
    text = "\n\n".join(file.text for file in read if file.text)[:MOST_CHARACTERS]
    problems = "\n".join(f"{file.origin}: {file.problem}" for file in read if file.problem)
    origin = " and ".join(file.origin for file in read if file.text) or read[0].origin
    log.info("files_read", task_id=task.id, files=len(read), characters=len(text))
    again = {"files": task.payload["files"], "instructions": task.payload["instructions"]}
    return _result(task, _Found(origin, text, problems), theirs=False) | {"again": again}


def _file_words(services: Services, task: Task, file: Mapping[str, Any]) -> _Found:
    with services.database.writing() as uow:
        tasks.renew(uow, task.id, services.now())
        kept = attachments.content_of(uow, task.workspace_id, str(file["id"]))
    if kept is None or kept.content is None:
        return _Found(str(file["name"]), "", "It is not there any more. Please send it again.")
    read = words_of(kept.content, kept.name, kept.content_type)
    return _Found(kept.name, read.text, read.problem)


def words_of(content: bytes, name: str, content_type: str) -> ReadText:
    """What a recruiter would have copied out of a file; of a saved web page the job on it."""
    if not (content.lstrip()[:200].lower().startswith(_HTML) or name.lower().endswith((".html", ".htm"))):
        return read_file(content, name, content_type)
    if len(content) > MOST_BYTES:
        return read_file(content, name, content_type)
    text = posting_text(_decoded(content, ""))
    return ReadText(text) if text else ReadText("", "There is no job in it that I can find. Please paste the text.")


def _result(task: Task, found: _Found, *, theirs: bool) -> dict[str, Any]:
    passed_on = {key: task.payload[key] for key in ("use", "instructions", "by", "revision")}
    return passed_on | {
        "origin": found.origin,
        "text": storable(found.text),
        "problem": found.problem,
        "theirs": theirs,
    }


# ---- giving a file -----------------------------------------------------------------------------------------


def send_file(
    services: Services, member: MemberRow, interviewer_id: str, client_id: str, file: UploadedFile, beside: str = ""
) -> tuple[int, str]:
    """A file for the compose conversation of an interviewer; `beside` is what was typed with it.

    Raises:
        NotAllowed, NotFound, BadPayload: with the sentence to show. Retryable: not kept, send it again.
    """
    if not may(member.role, Action.COMPOSE):
        raise NotAllowed(refusal(Action.COMPOSE))
    with services.database.reading() as uow:
        stored = interviewers.get(uow, interviewer_id, member.workspace_id)
    if stored is None:
        raise NotFound("There is no such interviewer here.")
    address = f"webchat:{stored.conversation_id}"
    kept = give_file(services, member.workspace_id, member.id, address, client_id, file, beside, stored.conversation_id)
    return kept.seq, kept.id


def give_file(
    services: Services,
    workspace_id: str,
    member_id: str,
    address: str,
    client_id: str,
    file: UploadedFile,
    beside: str = "",
    conversation_id: str = "",
) -> Kept:
    """Keep a file and the message it came with, in one commit.

    Raises:
        BadPayload: it is too large. Retryable: not kept, send it again.
    """
    if len(file.content) > MOST_BYTES:
        raise BadPayload(TOO_LARGE)
    name = plain_name(file.name)
    external_id = f"{address}:{client_id}"
    attachment_id = derived_id("brief", workspace_id, external_id)
    message = InboundMessage(
        channel_account=address.partition(":")[0],
        external_id=external_id,
        address=address,
        sender=Sender(SenderKind.MEMBER, member_id),
        text=f"{name}\n{beside.strip()}".strip()[: MOST_BESIDE + len(name) + 1],
        received_at=services.now(),
        payload={"attachment": {"id": attachment_id, "name": name}, "beside": beside.strip()[:MOST_BESIDE]},
        typing_ended=True,
    )
    kept_as = Attachment(name, file.content_type, "", file.content, "")
    placing = _WithFile(services, workspace_id, conversation_id, attachment_id, kept_as)
    return receive_message(services, message, workspace_id=workspace_id, placing=placing)


@dataclass(frozen=True, slots=True)
class _WithFile:
    """The file is kept with the message; where it goes the link has said, else the address does."""

    services: Services
    workspace_id: str
    conversation_id: str
    attachment_id: str
    file: Attachment

    def conversation(self, uow: UnitOfWork, message: InboundMessage) -> str:
        return self.conversation_id or route(uow, self.workspace_id, message)

    def then(self, uow: UnitOfWork, kept: Kept) -> None:
        attachments.keep(
            uow,
            id=self.attachment_id,
            workspace_id=self.workspace_id,
            inbox_id=kept.id,
            file=self.file,
            now=self.services.now(),
        )

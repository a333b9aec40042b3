"""Files that somebody gives us in Slack: fetched and read by a worker, then handed on as if they had been pasted.

Guarantees: the message waits, held, until its files are read; it enters its conversation once, with their words. What
could not be had or read is said in the thread, by name and with the reason. Each file is fetched once and kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from botapp.channels.slack import Slack
from botapp.channels.slack.api import Answered, Refused
from botapp.errors import Permanent, Retryable
from botapp.log import get_logger
from botapp.messages import InboundMessage, Sender, SenderKind
from botapp.pipeline.attachments import MOST_BYTES, MOST_CHARACTERS, ReadText, read_file
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.slack_lists import offer
from botapp.pipeline.slack_people import SCHEME, tell
from botapp.pipeline.slack_routing import Refused as SaidNo
from botapp.pipeline.slack_routing import is_list, only_lists, place
from botapp.state import attachments, conversations, inbox, interviewers, people, tasks
from botapp.state.attachments import Attachment
from botapp.state.read_models import MemberRow
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import DELIVERIES, TURNS

MOST_FILES = 10
TRIES = 5  # then Slack's trouble is told like any other reason
GONE = "Slack no longer has it, or doesn't give it to us. Please send it again, or paste the text."
AWAY = "Slack could not give it to us just now. Please send it again in a while, or paste the text."
TOO_LARGE = f"It is larger than {MOST_BYTES // 1_000_000} MB. Please send a smaller one, or paste the text."
CUT = f"That is a lot of text. I used the first {MOST_CHARACTERS:,} characters of it."
log = get_logger()


@dataclass(frozen=True, slots=True)
class FileRead:
    name: str
    text: str
    problem: str


def read_files(services: Services, task: Task) -> dict[str, Any]:
    """One held message: its files read, and all of it handed on.

    Raises:
        Retryable: Slack can't be reached now; what was fetched is kept.
    """
    inbox_id = str(task.payload["inbox_id"])
    with services.database.reading() as uow:
        message = inbox.message_of(uow, inbox_id)
        member = people.member(uow, str(task.payload["member_id"]))
    if message is None or member is None or not message.payload.get("held"):
        return {}
    payload = {key: value for key, value in message.payload.items() if key != "held"}
    message = replace(message, sender=Sender(SenderKind.MEMBER, member.id), payload=payload)
    given = list(enumerate(payload["media"][:MOST_FILES], 1))
    lists = [_kept(services, task, message, number, file) for number, file in given if is_list(file)]
    read = [_read(services, task, message, number, file) for number, file in given if not is_list(file)]
    read += [FileRead(file.name, "", file.problem) for file in lists if file.content is None]
    with services.database.writing() as uow:
        for number, file in zip([number for number, file in given if is_list(file)], lists, strict=True):
            if file.content is not None:
                id = derived_id("attachment", inbox_id, number)
                offer(services, uow, member, message, file.name, file.content, id)
        _hand_on(services, uow, member, message, inbox_id, read)
    services.wakeups.wake(TURNS)
    services.wakeups.wake(DELIVERIES)
    return {"files": len(payload["media"]), "problems": sum(not file.text for file in read)}


# ---- one file ----------------------------------------------------------------------------------------------


def _read(services: Services, task: Task, message: InboundMessage, number: int, file: Mapping[str, Any]) -> FileRead:
    kept = _kept(services, task, message, number, file)
    name = " ".join(kept.name.split())
    if kept.content is None:
        return FileRead(name, "", kept.problem)
    read: ReadText = read_file(kept.content, kept.name, kept.content_type)
    log.info("file_read", inbox_id=task.payload["inbox_id"], number=number, characters=len(read.text))
    return FileRead(name, read.text, read.problem)


def _kept(services: Services, task: Task, message: InboundMessage, number: int, file: Mapping[str, Any]) -> Attachment:
    """The file, as it was fetched before or is fetched now. A file may take as long as the task's lease."""
    inbox_id = str(task.payload["inbox_id"])
    id = derived_id("attachment", inbox_id, number)
    with services.database.writing() as uow:
        tasks.renew(uow, task.id, services.now())
        known = attachments.content_of(uow, task.workspace_id, id)
    if known is not None:
        return known
    fetched = _fetched(services, message.channel_account, file, last_try=task.attempts + 1 >= TRIES)
    with services.database.writing() as uow:
        attachments.keep(
            uow, id=id, workspace_id=task.workspace_id, inbox_id=inbox_id, file=fetched, now=services.now()
        )
    return fetched


def _fetched(services: Services, team: str, file: Mapping[str, Any], *, last_try: bool) -> Attachment:
    channel = services.channels[SCHEME]
    assert isinstance(channel, Slack)
    missing = Attachment(str(file["name"]), str(file["type"]), str(file["url"]), None, "")
    if int(file["size"]) > MOST_BYTES:
        return replace(missing, problem=TOO_LARGE)
    try:
        token = channel.token_of(team)
        url = missing.url or _url_of(channel, token, str(file["id"]))
        return replace(missing, url=url, content=channel.api.download(token, url, MOST_BYTES))
    except Permanent as error:
        return replace(missing, problem=str(error))
    except Retryable:
        if not last_try:
            raise
        return replace(missing, problem=AWAY)


def _url_of(channel: Slack, token: str, id: str) -> str:
    """Where a file lies of which Slack told us the id only."""
    match channel.api.read("files.info", token, file=id):
        case Answered(data=data) if isinstance(data.get("file"), Mapping):
            url = data["file"].get("url_private_download") or data["file"].get("url_private")
        case Answered() | Refused():
            url = None
        case _:
            raise Retryable("Slack could not be asked for this file.")
    if not isinstance(url, str):
        raise Permanent(GONE)
    return url


# ---- all of them -------------------------------------------------------------------------------------------


def _hand_on(
    services: Services,
    uow: UnitOfWork,
    member: MemberRow,
    message: InboundMessage,
    inbox_id: str,
    read: list[FileRead],
) -> None:
    texts = [file.text for file in read if file.text]
    problems = _problems(message, read)
    if problems:
        tell(services, uow, member.workspace_id, message, "\n".join(problems), derived_id("files", inbox_id))
    if not texts and (not message.text.strip() or only_lists(message)):
        return
    where = place(uow, member, message)
    if isinstance(where, SaidNo):
        tell(services, uow, member.workspace_id, message, where.text, derived_id("no", inbox_id))
        return
    if texts:
        message = _with_words(uow, member, message, where, read)
    inbox.adopt(uow, inbox_id, message, where, conversations.take_seqs(uow, where, 1), services.now())


def _problems(message: InboundMessage, read: list[FileRead]) -> list[str]:
    problems = [f"{file.name}: {file.problem}" for file in read if file.problem]
    given = len(message.payload["media"]) + int(message.payload.get("media_left_out", 0))
    if given > MOST_FILES:
        problems.append(f"You sent {given} files. I took the first {MOST_FILES}; please send the others after that.")
    if sum(len(file.text) for file in read) > MOST_CHARACTERS:
        problems.append(CUT)
    return problems


def _with_words(
    uow: UnitOfWork, member: MemberRow, message: InboundMessage, where: str, read: list[FileRead]
) -> InboundMessage:
    """As if pasted, each below a line that says where it is from. Where nothing is drafted yet, it is drafted from

    those words alone: what was typed beside them is an instruction.
    """
    typed, source = message.text.strip(), "\n\n".join(file.text for file in read if file.text)[:MOST_CHARACTERS]
    pasted = "\n\n".join(f"Read from {file.name}:\n{file.text}" for file in read if file.text)[:MOST_CHARACTERS]
    payload = dict(message.payload)
    stored = interviewers.get(uow, conversations.load(uow, where).subject_id, member.workspace_id)
    if stored is not None and stored.draft is None:
        payload |= {"source_text": source, "instructions": typed}
    return replace(message, text=f"{typed}\n\n{pasted}".strip(), payload=payload)

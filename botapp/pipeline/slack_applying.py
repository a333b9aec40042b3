"""Being interviewed in Slack, for internal hiring: from `/interviewer apply CODE` or a posted button to the last word.

Guarantees: who applies agreed by what they typed or pressed, which is kept as the record; the interview itself says
that it is automated and who reviews. It takes place in a thread of their direct messages, where nobody else reads
along; its words are a candidate's, whoever they are otherwise. A button of an earlier question answers nothing. Only
people of the connected Slack workspace itself can apply, not guests of another company.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from botapp.channels.slack import Slack
from botapp.channels.slack.actions import About, Action, packed
from botapp.channels.slack.api import Answered, Refused
from botapp.errors import BadPayload, Retryable
from botapp.messages import (
    Card,
    CardKind,
    DeliveryStatus,
    InboundKind,
    InboundMessage,
    OutboundMessage,
    Sender,
    SenderKind,
    outbound_to_json,
)
from botapp.pipeline.outgoing import outgoing_row
from botapp.pipeline.receive import front_desk, receive_message
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.starting import begin, is_under_way, refusal_to_candidates, shown_to_candidates, tell_conversation
from botapp.state import candidates, consents, conversations, interviewers, interviews, join_codes, outbox, tasks, views
from botapp.state.candidates import StoredCandidate
from botapp.state.interviewers import StoredInterviewer
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import DELIVERIES, TURNS

NO_SUCH = "I don't know the code {code}. Please check it with whoever told you about the job."
WHICH_CODE = "Which job? Type the code that stands in the announcement: /interviewer apply NIGHTS"
GUESTS = "Only people of this Slack workspace can be interviewed here. Please use the link in the announcement."
OPENED = "I opened your interview for {title} in your messages with me. It is between you, me and {employer}."
UNDER_WAY = "Your interview for {title} is under way, in your messages with me. Please go on in its thread."
OLD_BUTTON = "That button belongs to an earlier question. Please answer the newest one, at the end of the thread."
SEVERAL = "You have {number} interviews open here. Please answer in the thread of the one you mean."
NO_FILES = "I can't take files here. If one is asked for, please use the link you get for it."
_WAITS = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN, DeliveryStatus.HELD)


# ---- applying ----------------------------------------------------------------------------------------------


def applies(message: InboundMessage) -> bool:
    """Whether somebody wants to be interviewed: by the command, or by the button of a posted job."""
    typed = "command" in message.payload and message.text.strip().lower().partition(" ")[0] == "apply"
    return typed or message.payload.get("action") == Action.APPLY


def apply(services: Services, workspace_id: str, message: InboundMessage) -> str:
    """Begin the interview of whoever typed or pressed. Returns the sentence they alone see."""
    team, account = message.channel_account, message.sender.id.removeprefix("slack:")
    home, _, user = account.partition("/")
    if home != team:
        return GUESTS
    with services.database.writing() as uow:
        stored = _wanted(uow, workspace_id, message)
        if isinstance(stored, str):
            return stored
        if refused := refusal_to_candidates(services, uow, stored):
            return refused
        if _under_way(uow, workspace_id, stored, account):
            return UNDER_WAY.format(title=stored.title)
        shown = shown_to_candidates(services, uow, stored, "")
        _open(services, uow, stored, shown.employer, message, user)
    services.wakeups.wake(DELIVERIES)
    services.wakeups.wake(TURNS)
    return OPENED.format(title=stored.title, employer=shown.employer)


def _wanted(uow: UnitOfWork, workspace_id: str, message: InboundMessage) -> StoredInterviewer | str:
    """The interviewer that is named, or the sentence that asks for one."""
    about = message.payload.get("about") or {}
    if named := str(about.get("interviewer", "")):
        return interviewers.get(uow, named, workspace_id) or NO_SUCH.format(code="of that button")
    code = join_codes.code_shape(message.text.strip().partition(" ")[2])
    if not code:
        return WHICH_CODE
    found = join_codes.codes_of(uow, workspace_id).get(code)
    stored = interviewers.get(uow, found, workspace_id) if found else None
    return stored or NO_SUCH.format(code=code[:20])


def address_of(account: str) -> str:
    """The person themselves, as a candidate: not a place in Slack."""
    return f"slack:{account}"


def _under_way(uow: UnitOfWork, workspace_id: str, stored: StoredInterviewer, account: str) -> bool:
    person = candidates.at_address(uow, workspace_id, address_of(account))
    runs = interviews.attempts_of(uow, stored.id, person.id) if person else []
    return bool(runs) and is_under_way(runs[-1])


def _open(
    services: Services, uow: UnitOfWork, stored: StoredInterviewer, employer: str, message: InboundMessage, user: str
) -> None:
    """The message below which the interview is, and the worker's part that begins it there."""
    id = derived_id("apply", message.channel_account, message.external_id)
    if outbox.get(uow, id) is not None:
        return
    address = f"slack:{message.channel_account}/{user}"
    said = OutboundMessage(f"{stored.title}, {employer}: your interview. Please answer in this thread.")
    row = outgoing_row(
        services,
        uow,
        id=id,
        workspace_id=stored.workspace_id,
        address=address,
        about="reply",
        subject={},
        message=outbound_to_json(said),
        asked=True,
        now=services.now(),
        turn_id=None,
    )
    outbox.add(uow, [row])
    how = "pressed Apply in Slack" if message.payload.get("action") else f"typed {message.text.strip()[:40]} in Slack"
    tasks.add_task(
        uow,
        id=derived_id("open_interview", id),
        workspace_id=stored.workspace_id,
        conversation_id=front_desk(uow, stored.workspace_id, address),
        kind="work",
        name="open_interview",
        payload={"row": id, "interviewer_id": stored.id, "team": message.channel_account, "user": user, "how": how},
        due_at=services.now(),
        now=services.now(),
    )


def open_interview(services: Services, task: Task) -> dict[str, Any]:
    """The thread is there: the interview of whoever applied begins in it.

    Raises:
        Retryable: Slack has not taken the message that opens it, or can't be asked who that is.
    """
    at = task.payload
    with services.database.reading() as uow:
        row = outbox.get(uow, str(at["row"]))
        stored = interviewers.get(uow, str(at["interviewer_id"]), task.workspace_id)
    if row is None or stored is None:
        return {}
    if row.status in _WAITS:
        raise Retryable("The message that opens the thread is not posted yet.")
    if row.status != DeliveryStatus.SENT:
        return {}
    profile = _profile(services, str(at["team"]), str(at["user"]))
    here = f"slack:{at['team']}/{row.external_id}"
    with services.database.writing() as uow:
        _begin(services, uow, task, stored, profile, here)
    services.wakeups.wake(TURNS)
    services.wakeups.wake(DELIVERIES)
    return {}


def _profile(services: Services, team: str, user: str) -> Mapping[str, Any]:
    channel = services.channels["slack"]
    assert isinstance(channel, Slack)
    match channel.api.user(channel.token_of(team), user):
        case Answered(data=data):
            return dict(data.get("user") or {})
        case Refused():
            return {}
        case _:
            raise Retryable("Slack could not be asked who that is.")


def _begin(
    services: Services, uow: UnitOfWork, task: Task, stored: StoredInterviewer, profile: Mapping[str, Any], here: str
) -> None:
    account = f"{task.payload['team']}/{task.payload['user']}"
    person = _person(services, uow, task, account, profile)
    runs = interviews.attempts_of(uow, stored.id, person.id)
    if any(run.conversation_id in conversations.conversations_of(uow, task.workspace_id, here) for run in runs):
        return  # begun here already, by this very task
    try:
        interview = begin(services, uow, stored, person.id, secrets.token_urlsafe(24), here)
    except BadPayload as refused:
        no = OutboundMessage(str(refused))
        _say(services, uow, stored.workspace_id, here, no, derived_id("not_begun", task.id))
        return
    consents.record(
        uow,
        workspace_id=stored.workspace_id,
        address=address_of(account),
        kind=consents.GIVEN,
        how=str(task.payload["how"]),
        channel="slack",
        evidence={"task_id": task.id},
        at=services.now(),
        now=services.now(),
        candidate_id=person.id,
    )
    tell_conversation(
        uow,
        interview,
        "joined",
        account="slack",
        external_id=f"applied:{task.id}",
        address=here,
        now=services.now(),
    )


def _person(
    services: Services, uow: UnitOfWork, task: Task, account: str, profile: Mapping[str, Any]
) -> StoredCandidate:
    """Whoever this is; somebody new under the name they have in Slack. An address in a profile merges nobody."""
    address, now = address_of(account), services.now()
    known = candidates.at_address(uow, task.workspace_id, address)
    if known is None:
        shown = profile.get("profile") or {}
        name = str(shown.get("real_name") or profile.get("real_name") or "")[:120]
        id = derived_id("candidate", task.workspace_id, address)
        known = candidates.add(
            uow, id=id, workspace_id=task.workspace_id, name=name, contact=candidates.contact_of(address), now=now
        )
    candidates.add_address(uow, task.workspace_id, address, known.id, now)
    return known


def _say(
    services: Services, uow: UnitOfWork, workspace_id: str, address: str, message: OutboundMessage, id: str
) -> None:
    if outbox.get(uow, id) is None:
        row = outgoing_row(
            services,
            uow,
            id=id,
            workspace_id=workspace_id,
            address=address,
            about="reply",
            subject={},
            message=outbound_to_json(message),
            asked=True,
            now=services.now(),
            turn_id=None,
        )
        outbox.add(uow, [row])


# ---- posting a job -----------------------------------------------------------------------------------------


def announcement(services: Services, uow: UnitOfWork, stored: StoredInterviewer) -> OutboundMessage:
    """What a channel reads: the job, and the button by which anybody there can be interviewed."""
    shown = shown_to_candidates(services, uow, stored, "")
    about = packed(About(interviewer=stored.id))
    said = (
        f"{stored.title} at {shown.employer}. Press Apply to be interviewed here in Slack, in a direct message: "
        f"{shown.questions} questions, about {shown.minutes} minutes. An automated assistant asks; a person on the "
        "hiring team reads your answers. You can stop at any time."
    )
    rows = [{"title": said}]
    buttons = [{"label": "Apply", "action": Action.APPLY.value, "value": about, "style": "primary"}]
    return OutboundMessage("", card=Card(CardKind.LIST, {"rows": rows, "buttons": buttons, "whole": True}, said))


# ---- answering ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """The interview that something said in Slack belongs to; `note`: what to tell them instead."""

    conversation_id: str = ""
    candidate_id: str = ""
    address: str = ""
    note: str = ""


def interview_at(uow: UnitOfWork, workspace_id: str, message: InboundMessage, *, is_member: bool) -> Place | None:
    """The interview whose thread this was said in; for somebody who is not on the team, their only open one too."""
    account = message.sender.id.removeprefix("slack:")
    person = (
        candidates.at_address(uow, workspace_id, address_of(account)) if message.payload.get("direct", True) else None
    )
    if person is None:
        return None
    found = [c for c in conversations.conversations_of(uow, workspace_id, message.address) if _is_interview(uow, c)]
    if len(found) == 1:
        return Place(found[0], person.id, message.address)
    if is_member or message.payload.get("thread_ts") or message.kind is not InboundKind.TEXT:
        return None
    threads = views.threads_of_candidate(uow, workspace_id, person.id, "slack")
    if len(threads) > 1:
        return Place(note=SEVERAL.format(number=len(threads)))
    return Place(threads[0][0], person.id, threads[0][1]) if threads else None


def _is_interview(uow: UnitOfWork, conversation_id: str) -> bool:
    return conversations.load(uow, conversation_id).kind == "interview"


def as_candidate(message: InboundMessage, where: Place) -> InboundMessage:
    """The same words, as the candidate's; files stay behind."""
    payload = {key: value for key, value in message.payload.items() if key not in ("media", "media_left_out")}
    sender = Sender(SenderKind.CANDIDATE, where.candidate_id)
    return replace(message, sender=sender, address=where.address, payload=payload)


def is_stale(uow: UnitOfWork, workspace_id: str, message: InboundMessage, where: Place) -> bool:
    """Whether the button that was pressed stands under something we have long gone on from."""
    at = message.payload
    shown = outbox.at_place(uow, workspace_id, f"{at.get('channel')}/{at.get('ts')}")
    if shown is None or shown.conversation_id != where.conversation_id or shown.seq is None:
        return True
    return outbox.said_after(uow, where.conversation_id, shown.seq)


def heard_in_interview(
    services: Services, workspace_id: str, message: InboundMessage, raw: bytes, *, is_member: bool
) -> str | None:
    """Something said or pressed in an interview of theirs: kept as the candidate's words.

    None when it is about no interview of theirs; else what to tell them, "" for nothing.
    """
    if "command" in message.payload or message.payload.get("view_id"):
        return None
    with services.database.reading() as uow:
        where = interview_at(uow, workspace_id, message, is_member=is_member)
        pressed = where is not None and "action" in message.payload
        stale = where is not None and pressed and is_stale(uow, workspace_id, message, where)
    if where is None or where.note:
        return where.note if where else None
    if stale:
        return OLD_BUTTON
    note = NO_FILES if message.payload.get("media") else ""
    if message.text.strip():
        said = as_candidate(message, where)
        receive_message(services, said, workspace_id=workspace_id, conversation_id=where.conversation_id, raw=raw)
    return note

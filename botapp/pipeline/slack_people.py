"""Who somebody in Slack is: the member of ours with the same e-mail address, asked for once, by a worker.

Guarantees: what they said meanwhile is kept and goes on in order of its coming; who is not on the team hears so once
an hour at most, and nothing of the team's is shown to them. Somebody of another Slack workspace is never taken for
ours, whatever their profile says.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from botapp.channels.slack import Slack
from botapp.channels.slack.api import Answered, Refused
from botapp.errors import Retryable
from botapp.messages import (
    DeliveryStatus,
    InboundKind,
    InboundMessage,
    OutboundMessage,
    Sender,
    SenderKind,
    outbound_to_json,
)
from botapp.pipeline.outgoing import outgoing_row
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.slack_actions import OPENS_VIEW, translated
from botapp.pipeline.slack_routing import Refused as SaidNo
from botapp.pipeline.slack_routing import place
from botapp.policy.access import Action, may
from botapp.state import conversations, inbox, member_accounts, outbox, people, tasks
from botapp.state.read_models import MemberRow
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import DELIVERIES, TURNS

SCHEME = "slack"
SAID_AGAIN_AFTER = timedelta(hours=1)
NOT_THERE = "I couldn't post in that channel. Add me to it, or paste the text to me here, directly."
PRESS_AGAIN = "I know who you are now. Please press it once more."


def account_of(message: InboundMessage) -> str:
    """`T1/U1`: whose words these are, as the channel names them."""
    return message.sender.id.removeprefix("slack:")


def identify(services: Services, task: Task) -> dict[str, Any]:
    """One held message: its sender found out, and the message handed on or answered with a no.

    Raises:
        Retryable: Slack could not be asked.
    """
    with services.database.reading() as uow:
        message = inbox.message_of(uow, str(task.payload["inbox_id"]))
        member = member_accounts.member_of(uow, task.workspace_id, SCHEME, account_of(message)) if message else None
    if message is None or not message.payload.get("held"):
        return {}
    member_id = (
        member.id if member else _by_email(services, task.workspace_id, message.channel_account, account_of(message))
    )
    with services.database.writing() as uow:
        if member_id:
            _known(services, uow, task, message, member_id)
        else:
            _stranger(services, uow, task, message)
    services.wakeups.wake(TURNS)
    services.wakeups.wake(DELIVERIES)
    return {}


def _by_email(services: Services, workspace_id: str, team: str, account: str) -> str:
    """The member with the e-mail address of their profile; "" for nobody."""
    channel = services.channels[SCHEME]
    assert isinstance(channel, Slack)
    home, _, user = account.partition("/")
    if home != team:
        return ""  # a guest from another company: an address in a profile over there proves nothing here
    match channel.api.user(channel.token_of(home), user):
        case Answered(data=data):
            profile = data.get("user") or {}
        case Refused():
            return ""
        case _:
            raise Retryable("Slack could not be asked who that is.")
    email = str((profile.get("profile") or {}).get("email") or "")
    if not email or profile.get("deleted") or profile.get("is_bot") or profile.get("is_stranger"):
        return ""
    with services.database.reading() as uow:
        return people.member_by_email(uow, workspace_id, email) or ""


def _known(services: Services, uow: UnitOfWork, task: Task, message: InboundMessage, member_id: str) -> None:
    now = services.now()
    account = account_of(message)
    member_accounts.keep(
        uow, workspace_id=task.workspace_id, scheme=SCHEME, account=account, member_id=member_id, now=now
    )
    member = people.member(uow, member_id)
    assert member is not None
    payload = {key: value for key, value in message.payload.items() if key != "held"}
    message = replace(message, sender=Sender(SenderKind.MEMBER, member_id), payload=payload)
    if payload.get("action") in OPENS_VIEW or "command" in payload:
        tell(services, uow, task.workspace_id, message, PRESS_AGAIN, derived_id("again", task.id))
        return
    message, conversation_id = translated(uow, member, message)
    where = conversation_id or place(uow, member, message)
    if isinstance(where, SaidNo):
        tell(services, uow, task.workspace_id, message, where.text, derived_id("no", task.id))
        return
    inbox_id = str(task.payload["inbox_id"])
    if has_files(member, message):
        read_later(services, uow, member, inbox_id, task.conversation_id)
        return
    inbox.adopt(uow, inbox_id, message, where, conversations.take_seqs(uow, where, 1), services.now())


def open_thread(services: Services, task: Task) -> dict[str, Any]:
    """The text of a command becomes an interviewer in the thread below the line that was posted for it.

    Raises:
        Retryable: the line is not posted yet.
    """
    with services.database.writing() as uow:
        message = inbox.message_of(uow, str(task.payload["inbox_id"]))
        line = outbox.get(uow, str(task.payload["row"]))
        assert message is not None and line is not None
        if line.status in (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN, DeliveryStatus.HELD):
            raise Retryable("The line that opens the thread is not posted yet.")
        at = f"slack:{message.payload['team']}"
        if line.status != DeliveryStatus.SENT:
            message = replace(message, address=f"{at}/{message.payload['user']}")
            tell(services, uow, task.workspace_id, message, NOT_THERE, derived_id("not_there", task.id))
            return {}
        payload = {key: value for key, value in message.payload.items() if key != "held"}
        message = replace(message, address=f"{at}/{line.external_id}", payload=payload)
        member = people.member(uow, message.sender.id)
        where = place(uow, member, message) if member else SaidNo("")
        if isinstance(where, str):
            seq = conversations.take_seqs(uow, where, 1)
            inbox.adopt(uow, str(task.payload["inbox_id"]), message, where, seq, services.now())
    services.wakeups.wake(TURNS)
    return {}


def _stranger(services: Services, uow: UnitOfWork, task: Task, message: InboundMessage) -> None:
    now, account = services.now(), account_of(message)
    known = member_accounts.find(uow, task.workspace_id, SCHEME, account)
    if known and not known.member_id and known.at > now - SAID_AGAIN_AFTER:
        return
    member_accounts.keep(uow, workspace_id=task.workspace_id, scheme=SCHEME, account=account, member_id="", now=now)
    employer = people.workspace_name(uow, task.workspace_id)
    text = (
        f"You are not on the team of {employer} in botapp yet, so I can't do that for you. "
        f"An owner can invite you, with the e-mail address you have in Slack: {services.base_url}/console/team"
    )
    tell(services, uow, task.workspace_id, message, text, derived_id("stranger", task.id))


def has_files(member: MemberRow, message: InboundMessage) -> bool:
    """Whether there is something to read first. What a viewer gives is refused as their words are, unread."""
    return bool(message.payload.get("media")) and message.kind is InboundKind.TEXT and may(member.role, Action.COMPOSE)


def read_later(services: Services, uow: UnitOfWork, member: MemberRow, inbox_id: str, conversation_id: str) -> None:
    """The worker's part, in the transaction that keeps the message (held) or finds out who sent it."""
    now = services.now()
    tasks.add_task(
        uow,
        id=derived_id("read_files", inbox_id),
        workspace_id=member.workspace_id,
        conversation_id=conversation_id,
        kind="work",
        name="read_files",
        payload={"inbox_id": inbox_id, "member_id": member.id},
        due_at=now,
        now=now,
    )


def tell(
    services: Services, uow: UnitOfWork, workspace_id: str, message: InboundMessage, text: str, id: str, **card: Any
) -> None:
    """Something said by rule, where the message came from; once for each id."""
    if outbox.get(uow, id) is not None:
        return
    row = outgoing_row(
        services,
        uow,
        id=id,
        workspace_id=workspace_id,
        address=message.address,
        about="reply",
        subject={},
        message=outbound_to_json(OutboundMessage(text, **card)),
        asked=True,
        now=services.now(),
        turn_id=None,
    )
    outbox.add(uow, [row])

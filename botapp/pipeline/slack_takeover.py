"""Writing with a candidate from Slack: their thread is mirrored in a thread of the member's own messages with the app.

Guarantees: only for members who may decide, asked again at every message. What is written there reaches the candidate
through the send gate, once for each message; what waits or can't arrive is said there. Handed back, nothing written
there goes anywhere. The thread is a direct message, so nobody else reads along.
"""

import re
from typing import Any

from botapp.channels.slack.actions import About, Action, packed
from botapp.errors import BotappError, Retryable
from botapp.messages import Card, CardKind, DeliveryStatus, InboundMessage, OutboundMessage, outbound_to_json
from botapp.pipeline import members, reaching
from botapp.pipeline.asking import the_candidate
from botapp.pipeline.mirroring import show
from botapp.pipeline.outgoing import outgoing_row
from botapp.pipeline.services import Services, derived_id
from botapp.policy.access import Action as Deed
from botapp.state import interviews, mirrors, outbox, tasks
from botapp.state.mirrors import Mirror
from botapp.state.read_models import InterviewPage, MemberRow
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import DELIVERIES, TURNS

EARLIER = 12  # messages that stand in the thread when it opens
OPENED = "I opened a thread with {name} in your messages with me. What you write there goes to them."
IS_OPEN = "Your thread with {name} is open already, in your messages with me."
HANDED_BACK = "Handed back. The interview goes on where it was, and nothing you write here goes to {name} any more."
IS_CLOSED = "This was handed back, so it did not go to {name}. Press Take over beside their details to write to them."
ONLY_WORDS = "Files can't be passed on to a candidate from here, so nothing was sent. Please write it."
_HAND_BACK = re.compile(r"^\W*(?:please\s+)?(?:hand (?:it |them )?back|give it back|back to (?:you|botapp))\W*$", re.I)


def open_thread_with(services: Services, member: MemberRow, page: InterviewPage, team: str, user: str) -> str:
    """Take the candidate's thread over, and open the member's own thread for it. Returns what to tell them.

    Raises:
        NotAllowed. BadPayload: with the sentence why not.
    """
    members.require(member, Deed.DECIDE)
    name = page.candidate.name or "The candidate"
    with services.database.reading() as uow:
        there = mirrors.theirs(uow, member.workspace_id, page.interview_id, member.id)
    reaching.take_over(services, member, page.interview_id)
    if there is not None:
        return IS_OPEN.format(name=name)
    with services.database.writing() as uow:
        _open(services, uow, member, page, team, user)
    services.wakeups.wake(DELIVERIES)
    services.wakeups.wake(TURNS)
    return OPENED.format(name=name)


def _open(services: Services, uow: UnitOfWork, member: MemberRow, page: InterviewPage, team: str, user: str) -> None:
    """The message that opens the thread, and the worker's part that follows when Slack has it."""
    now = services.now()
    id = derived_id("mirror", page.interview_id, member.id, now.isoformat())
    row = outgoing_row(
        services,
        uow,
        id=id,
        workspace_id=member.workspace_id,
        address=f"slack:{team}/{user}",
        about="reply",
        subject={"interview_id": page.interview_id},
        message=outbound_to_json(_opening(page)),
        asked=True,
        now=now,
        turn_id=None,
    )
    outbox.add(uow, [row])
    mirrors.add(
        uow,
        id=id,
        workspace_id=member.workspace_id,
        interview_id=page.interview_id,
        member_id=member.id,
        team=team,
        now=now,
    )
    conversation_id = _conversation_of(uow, page.interview_id)
    tasks.add_task(
        uow,
        id=derived_id("open_mirror", id),
        workspace_id=member.workspace_id,
        conversation_id=conversation_id,
        kind="work",
        name="open_mirror",
        payload={"mirror": id, "member_id": member.id},
        due_at=now,
        now=now,
    )


def _conversation_of(uow: UnitOfWork, interview_id: str) -> str:
    interview = interviews.get(uow, interview_id)
    assert interview is not None
    return interview.conversation_id


def _opening(page: InterviewPage) -> OutboundMessage:
    """The head of the thread. It is in a direct message: names may stand in it."""
    name, value = page.candidate.name or "A candidate", packed(About(interview=page.interview_id))
    said = f"You are writing with {name}, {page.title}. Reply in this thread: it goes to them as written by you."
    buttons = [
        {"label": "Hand back", "action": Action.HAND_BACK.value, "value": value},
        {"label": "Show details", "action": Action.DETAILS.value, "value": value},
    ]
    return OutboundMessage("", card=Card(CardKind.LIST, {"rows": [said], "buttons": buttons, "whole": True}, said))


def open_mirror(services: Services, task: Task) -> dict[str, Any]:
    """The thread is there: what was said before stands in it, and from now on what is said.

    Raises:
        Retryable: Slack has not taken the message that opens it.
    """
    with services.database.reading() as uow:
        mirror = mirrors.get(uow, str(task.payload["mirror"]))
        row = outbox.get(uow, str(task.payload["mirror"]))
    if mirror is None or row is None or not mirror.is_open:
        return {}
    if row.status in (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN, DeliveryStatus.HELD):
        raise Retryable("The message that opens the thread is not posted yet.")
    member = members.find_member(services, mirror.member_id)
    if member is None or row.status != DeliveryStatus.SENT:
        with services.database.writing() as uow:
            mirrors.close(uow, mirror.workspace_id, mirror.interview_id, services.now())
        return {}
    page = members.interview_page(services, member, mirror.interview_id)
    lines = [(line.sender or "Candidate", line.text) for line in page.transcript[-EARLIER:]]
    with services.database.writing() as uow:
        mirrors.begin(uow, mirror.id, services.now())
        show(services, uow, mirror, lines, derived_id("earlier", mirror.id))
    services.wakeups.wake(DELIVERIES)
    return {}


# ---- in the thread -----------------------------------------------------------------------------------------


def mirror_of(services: Services, member: MemberRow, message: InboundMessage) -> Mirror | None:
    """The mirror in whose thread this was written, by the member whose it is."""
    at = message.payload
    if not at.get("direct") or not at.get("thread_ts"):
        return None
    with services.database.reading() as uow:
        found = mirrors.of_thread(uow, member.workspace_id, f"{at['channel']}/{at['thread_ts']}")
    return found if found is not None and found.member_id == member.id else None


def write_in_thread(services: Services, member: MemberRow, mirror: Mirror, message: InboundMessage) -> str:
    """A member wrote in their thread: to the candidate, or to hand back. Returns what to tell them; "" when it went."""
    try:
        page = members.interview_page(services, member, mirror.interview_id)
        name = page.candidate.name or "the candidate"
        if not mirror.is_open:
            return IS_CLOSED.format(name=name)
        if _HAND_BACK.match(message.text):
            return hand_back(services, member, page)
        if message.payload.get("media"):
            return ONLY_WORDS
        reaching.reply_as_person(
            services, member, page.interview_id, message.text, client_id=f"slack/{message.external_id}"
        )
    except Retryable:
        raise  # Slack brings it again
    except BotappError as error:
        return str(error)
    return ""


def hand_back(services: Services, member: MemberRow, page: InterviewPage) -> str:
    """The interview goes on by itself; every thread that mirrors it is closed.

    Raises:
        NotAllowed. BadPayload: with the sentence why not.
    """
    members.require(member, Deed.DECIDE)
    reaching.hand_back(services, member, page.interview_id)
    return HANDED_BACK.format(name=page.candidate.name or "the candidate")


# ---- in words ----------------------------------------------------------------------------------------------

_TALK = re.compile(
    r"^\W*(?:(?:talk|write|speak) (?:to|with)|take over(?: from botapp with)?) (?P<who>[^?!.]{2,60}?)[.!]*$", re.I
)


def wants_to_talk(text: str) -> str:
    """Whom somebody wants to write with; "" when it is about something else."""
    found = _TALK.match(text) if len(text) <= 100 else None
    return found["who"].strip() if found else ""


def talk_to(services: Services, member: MemberRow, who: str, message: InboundMessage) -> str:
    """The sentence that answers "talk to Maria"."""
    try:
        page = the_candidate(services, member, who)
        return open_thread_with(services, member, page, str(message.payload["team"]), str(message.payload["user"]))
    except BotappError as error:
        return str(error)

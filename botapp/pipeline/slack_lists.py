"""A CSV list dropped into an interviewer's thread in Slack: what it would do is shown, and done when that is confirmed.

Guarantees: nothing is sent before the question was answered; the same list is invited once, however often the button is
pressed. Each line has its result, and what the texts take is said before and after.
"""

from collections.abc import Iterator
from typing import Any

from botapp.channels.slack.actions import Action
from botapp.compose.texting import money
from botapp.errors import BotappError, Permanent, Retryable
from botapp.messages import Card, CardKind, InboundMessage, JsonObject, OutboundMessage, Sender, SenderKind
from botapp.pipeline.inviting import INVITATION_SEGMENTS, invite_list
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.slack_people import tell
from botapp.policy.access import Action as Deed
from botapp.policy.access import may, refusal
from botapp.screening.invite_list import InviteList, read_invite_list
from botapp.state import attachments, conversations, interviewers, people, tasks
from botapp.state.interviewers import StoredInterviewer
from botapp.state.read_models import InviteReport, MemberRow
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import DELIVERIES, TURNS

SHOWN = 30  # lines of a report; more are counted
WHERE = "That is a list of people. Drop it into the thread of the published interviewer you want them invited to."
ON_ITS_WAY = "I am inviting them. What became of each comes here."
GONE = "I don't have that list any more. Please drop it again."


def interviewer_here(uow: UnitOfWork, workspace_id: str, address: str) -> StoredInterviewer | None:
    """The published interviewer whose thread this is."""
    found = conversations.conversations_of(uow, workspace_id, address)
    kinds = [conversations.load(uow, id) for id in found]
    subject = next((one.subject_id for one in kinds if one.kind == "compose"), "")
    stored = interviewers.get(uow, subject, workspace_id) if subject else None
    return stored if stored is not None and stored.version else None


def offer(
    services: Services, uow: UnitOfWork, member: MemberRow, message: InboundMessage, name: str, content: bytes, id: str
) -> None:
    """What the list would do, and the button that does it. `id` is the kept file's."""
    stored = interviewer_here(uow, member.workspace_id, message.address)
    if stored is None or not may(member.role, Deed.INVITE_CANDIDATE):
        said = WHERE if stored is None else refusal(Deed.INVITE_CANDIDATE)
        tell(services, uow, member.workspace_id, message, said, derived_id("list", id))
        return
    try:
        region = people.region_of(uow, member.workspace_id)
        read = read_invite_list(content, region, services.now().date())
    except BotappError as error:
        tell(services, uow, member.workspace_id, message, f"{name}: {error}", derived_id("list", id))
        return
    question = _question(services, stored, name, read, id)
    tell(services, uow, member.workspace_id, message, "", derived_id("list", id), card=question.card)


def _question(services: Services, stored: StoredInterviewer, name: str, read: InviteList, id: str) -> OutboundMessage:
    number = len(read.rows)
    title = f"Invite {_people(number)} to {stored.title} by text?"
    segments = INVITATION_SEGMENTS * number
    price = money(segments * services.terms.segment_price)
    takes = f"At most {segments} segments{f', {price}' if price else ''}. Who may not be texted is left out, with why."
    problems = [why for _, why in read.problems[:SHOWN]]
    more = [f"and {len(read.problems) - SHOWN} more lines that can't be used"] if len(read.problems) > SHOWN else []
    lines = [f"{name}: {_people(number)} can be read. {takes}", *problems, *more]
    button = {"label": f"Invite {_people(number)}", "action": Action.INVITE_LIST.value, "value": id, "style": "primary"}
    data: JsonObject = {"title": title, "rows": lines, "buttons": [button] if number else []}
    return OutboundMessage("", card=Card(CardKind.LIST, data, "\n".join([title, *lines])))


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def invite_when_pressed(services: Services, member: MemberRow, message: InboundMessage) -> str:
    """The button below the question: the worker's part begins, once."""
    id = str(message.payload["value"])
    with services.database.writing() as uow:
        stored = interviewer_here(uow, member.workspace_id, message.address)
        if not may(member.role, Deed.INVITE_CANDIDATE):
            return refusal(Deed.INVITE_CANDIDATE)
        if stored is None or attachments.content_of(uow, member.workspace_id, id) is None:
            return GONE
        task_id = derived_id("invite_listed", id)
        if tasks.is_known(uow, task_id):
            return ""
        payload = {
            "file_id": id,
            "interviewer_id": stored.id,
            "member_id": member.id,
            "address": message.address,
            "team": message.channel_account,
        }
        tasks.add_task(
            uow,
            id=task_id,
            workspace_id=member.workspace_id,
            conversation_id=stored.conversation_id,
            kind="work",
            name="invite_listed",
            payload=payload,
            due_at=services.now(),
            now=services.now(),
        )
    services.wakeups.wake(TURNS)
    return ON_ITS_WAY


def invite_listed(services: Services, task: Task) -> dict[str, Any]:
    """Everybody on the list who may be invited is; the report goes to the thread.

    Raises:
        Retryable: the database could not be reached; a list begun goes on where it was.
    """
    at = task.payload
    with services.database.reading() as uow:
        member = people.member(uow, str(at["member_id"]))
        file = attachments.content_of(uow, task.workspace_id, str(at["file_id"]))
    if member is None or file is None or file.content is None:
        raise Permanent(GONE)
    evidence = {"slack": str(at["team"])}
    try:
        report = invite_list(
            services,
            member,
            str(at["interviewer_id"]),
            file.content,
            file=file.name,
            evidence=evidence,
            batch=derived_id("slack list", at["file_id"]),
        )
        said = "\n".join(report_lines(report))
    except Retryable:
        raise
    except BotappError as error:
        said = f"Nobody was texted. {error}"
    there = InboundMessage(
        channel_account=str(at["team"]),
        external_id=task.id,
        address=str(at["address"]),
        sender=Sender(SenderKind.SYSTEM),
        text="",
        received_at=services.now(),
    )
    with services.database.writing() as uow:
        tell(services, uow, task.workspace_id, there, said, derived_id("listed", task.id))
    services.wakeups.wake(DELIVERIES)
    return {}


def report_lines(report: InviteReport) -> Iterator[str]:
    """What was sent and what it takes, then each line with its result; refused ones first when there are many."""
    price = money(report.cost)
    takes = f" {report.segments} segments{f', {price}' if price else ''}." if report.segments else ""
    yield f"Texted {report.sent} of {_people(len(report.results))}.{takes}"
    ordered = sorted(report.results, key=lambda r: (r.sent, r.line)) if len(report.results) > SHOWN else report.results
    for result in ordered[:SHOWN]:
        who = f"Line {result.line}, {result.name}: " if result.name else ""  # what could not be read says its line
        yield f"{who}{result.sentence}"
    if len(report.results) > SHOWN:
        yield f"and {len(report.results) - SHOWN} more, in the console"

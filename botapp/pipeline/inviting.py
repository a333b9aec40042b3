"""Inviting people by text: each row is checked, recorded and answered for; what is refused says why and costs nothing.

Guarantees: nothing leaves without a consent on record; nobody is invited twice; never more people than the budget has
places for; a list done again under the same `batch` invites nobody a second time and says the same. The interview's
own graph writes the invitation, and the send gate asks everything again when it leaves.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from botapp.errors import BadPayload, Conflict, NotAllowed, NotFound, Permanent
from botapp.pipeline.invite_checks import (
    Desk,
    Refused,
    known_person,
    next_run,
    refuse_if_unwelcome,
    refuse_without_place,
)
from botapp.pipeline.running import draft_of, running_interviewer, spent_now
from botapp.pipeline.services import Services, derived_id, fresh_id
from botapp.pipeline.starting import Beginning, closed_now, make_interview, tell_conversation
from botapp.policy.access import Action, may, refusal
from botapp.policy.sending import Allow, HoldUntil, QuietHours, Refuse, SendFacts, decide_send
from botapp.policy.zones import moment_in_words, zones_of
from botapp.screening.contact import clean_name, is_email
from botapp.screening.interview import InterviewStatus
from botapp.screening.interviewer import BudgetKind, Interviewer
from botapp.screening.invite_list import InviteRow, read_invite_list
from botapp.screening.phone import read_phone
from botapp.state import candidates, consents, events, interviewers, interviews, people, senders
from botapp.state.candidates import StoredCandidate
from botapp.state.interviewers import StoredInterviewer
from botapp.state.read_models import InviteReport, InviteResult, MemberRow
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import TURNS

AT_A_TIME = 40  # rows of one transaction: others wait no longer than these take
AT_MOST = 5000
HOW_LONGEST = 500
INVITATION_SEGMENTS = 2  # at most; the invitation's own wording keeps to it
SCHEME = "tel"
NO_SENDER = "No number to text from is connected here. Whoever runs botapp connects one first."
_NOT_OPEN = {
    "draft": "The interviewer is not published yet. Publish it first.",
    "paused": "The interviewer is paused. Resume it first.",
    "archived": "The interviewer is archived. Unarchive it first.",
    "expired": "The interviewer's deadline has passed. Set a later one first.",
}


def row_of(line: int, *, name: str, phone: str, email: str, how: str, now: datetime, region: str) -> InviteRow:
    """One person as a recruiter typed them; they say how the person agreed, now.

    Raises:
        BadPayload: with the sentence to show.
    """
    number, mail, words = read_phone(phone, region), email.strip().lower(), " ".join(how.split())
    if mail and not is_email(mail):
        raise BadPayload("That does not look like an e-mail address.")
    if not words:
        raise BadPayload(f"How did {clean_name(name)} agree to texts? Nothing is sent before that is on record.")
    return InviteRow(
        line=line, name=clean_name(name), phone=number.e164, email=mail, how=words[:HOW_LONGEST], given_at=now
    )


def invite_one(
    services: Services,
    member: MemberRow,
    interviewer_id: str,
    *,
    name: str,
    phone: str,
    how: str,
    email: str = "",
    channel: str,
    evidence: Mapping[str, Any],
    batch: str = "",
) -> InviteReport:
    """Invite one person, as typed.

    Raises:
        BadPayload: what was typed can't be used, with the sentence to show. NotAllowed, NotFound.
    """
    _require(member)
    now, region = services.now(), _region(services, member.workspace_id)
    row = row_of(1, name=name, phone=phone, email=email, how=how, now=now, region=region)
    done = invite_by_text(services, member, interviewer_id, [row], channel=channel, evidence=evidence, batch=batch)
    return report_of(services, done)


def _region(services: Services, workspace_id: str) -> str:
    with services.database.reading() as uow:
        return people.region_of(uow, workspace_id)


def invite_list(
    services: Services,
    member: MemberRow,
    interviewer_id: str,
    content: bytes,
    *,
    file: str,
    evidence: Mapping[str, Any] | None = None,
    batch: str = "",
) -> InviteReport:
    """Invite everybody on a CSV list who may be; a line that can't be read says why, like one that is refused.

    Raises:
        BadPayload: it is no such list, or too long; nothing of it was done. NotAllowed, NotFound.
    """
    _require(member)
    read = read_invite_list(content, _region(services, member.workspace_id), services.now().date())
    done = invite_by_text(
        services,
        member,
        interviewer_id,
        read.rows,
        channel="file",
        evidence={**(evidence or {}), "file": file[:120], "sha256": hashlib.sha256(content).hexdigest()},
        batch=batch,
    )
    unread = [InviteResult(line, "", "", False, sentence, "") for line, sentence in read.problems]
    return report_of(services, [*done, *unread])


def report_of(services: Services, results: Sequence[InviteResult]) -> InviteReport:
    """The results in the order of the list, with what they take."""
    segments = INVITATION_SEGMENTS * sum(result.sent for result in results)
    ordered = tuple(sorted(results, key=lambda result: result.line))
    return InviteReport(ordered, segments, round(segments * services.terms.segment_price, 4))


def invite_by_text(
    services: Services,
    member: MemberRow,
    interviewer_id: str,
    rows: Sequence[InviteRow],
    *,
    channel: str,
    evidence: Mapping[str, Any],
    batch: str = "",
) -> list[InviteResult]:
    """Invite everybody who may be; one result for each row, in their order.

    `batch` names the list: done again it gives the same results.

    Raises:
        NotAllowed: with the sentence that says who can. NotFound. BadPayload: too many rows; nothing was done.
    """
    _require(member)
    if len(rows) > AT_MOST:
        raise BadPayload(f"That list has {len(rows):,} people; {AT_MOST:,} at most go in one. Nothing was sent.")
    key, results = batch or fresh_id(), list[InviteResult]()
    for start in range(0, len(rows), AT_A_TIME):
        chunk = rows[start : start + AT_A_TIME]
        results += _invite_chunk(services, member, interviewer_id, chunk, channel, evidence, key)
        services.mark("inviting.committed")
        if any(result.sent for result in results[start:]):
            services.wakeups.wake(TURNS)
    return results


def _require(member: MemberRow) -> None:
    if not may(member.role, Action.INVITE_CANDIDATE):
        raise NotAllowed(refusal(Action.INVITE_CANDIDATE))


def _invite_chunk(
    services: Services,
    member: MemberRow,
    interviewer_id: str,
    rows: Sequence[InviteRow],
    channel: str,
    evidence: Mapping[str, Any],
    batch: str,
) -> list[InviteResult]:
    for _ in range(3):
        try:
            with services.database.writing() as uow:
                desk = _desk(services, uow, member, interviewer_id, channel, evidence, batch)
                return [_answered(desk, row) for row in rows]
        except Conflict:
            continue  # somebody added one of these people in the same moment: they are there now
    raise Conflict("Somebody changed these candidates at the same moment. Please send the list again.")


def _desk(
    services: Services,
    uow: UnitOfWork,
    member: MemberRow,
    interviewer_id: str,
    channel: str,
    evidence: Mapping[str, Any],
    batch: str,
) -> Desk:
    stored = interviewers.get(uow, interviewer_id, member.workspace_id)
    if stored is None:
        raise NotFound("There is no such interviewer here.")
    interviewers.lock(uow, stored.id)
    interviewer = running_interviewer(uow, stored, stored.version) if stored.version else draft_of(stored)
    now, closed, places = services.now(), "draft", None
    if interviewer is not None and stored.version:
        closed = closed_now(services, uow, stored, interviewer)
        places = _places(uow, stored, interviewer, now)
    return Desk(
        services=services,
        uow=uow,
        member=member,
        stored=stored,
        interviewer=interviewer,
        channel=channel,
        evidence=evidence,
        batch=batch,
        now=now,
        closed=_why_not(services, uow, stored, closed),
        places=places,
    )


def _why_not(services: Services, uow: UnitOfWork, stored: StoredInterviewer, closed: str) -> str:
    """Why nobody at all can be invited; "" when somebody can. A full budget is said row by row."""
    if SCHEME not in services.channels or not senders.senders_of(uow, stored.workspace_id, SCHEME):
        return NO_SENDER
    return _NOT_OPEN.get(closed, "")


def _places(uow: UnitOfWork, stored: StoredInterviewer, interviewer: Interviewer, now: datetime) -> int | None:
    """What is left of the budget; whoever was invited and has not begun holds a place of it."""
    budget = interviewer.settings.budget
    if budget.kind is BudgetKind.NONE:
        return None
    used = spent_now(uow, stored.id, interviewer, now) + interviewers.reserved(uow, stored.id)
    return max(0, budget.cap - used)


def _answered(desk: Desk, row: InviteRow) -> InviteResult:
    try:
        goes_out = _invited(desk, row)
    except Refused as refused:
        return InviteResult(row.line, row.name, row.phone, False, str(refused), "")
    return InviteResult(row.line, row.name, row.phone, True, f"Invited. The text goes out {goes_out}.", goes_out)


def _invited(desk: Desk, row: InviteRow) -> str:
    """Everything an invitation is made of; returns when it goes out, in words."""
    address = candidates.address_of(row.phone)
    interview_id = derived_id(desk.batch, "invited", row.line)
    earlier = interviews.get(desk.uow, interview_id)
    if earlier is not None:  # this very list was begun before
        return _goes_out(desk, address, candidates.get(desk.uow, earlier.candidate_id))
    refuse_if_unwelcome(desk, row, address)
    known = known_person(desk, row, address)
    _goes_out(desk, address, known)  # refused now, not when it would leave
    attempt = next_run(desk, known) if known else 1
    refuse_without_place(desk)
    person = _person(desk, row, address, known)
    consents.record(
        desk.uow,
        workspace_id=desk.workspace_id,
        address=address,
        kind=consents.GIVEN,
        how=row.how,
        channel=desk.channel,
        now=desk.now,
        at=row.given_at,
        evidence={**desk.evidence, "line": row.line} if "file" in desk.evidence else desk.evidence,
        by=desk.member.id,
        candidate_id=person.id,
    )
    candidates.finished_leave(desk.uow, desk.workspace_id, address)
    _open(desk, person, address, attempt, interview_id)
    if desk.places is not None:
        desk.places -= 1
    return _goes_out(desk, address, person)


# ---- what an invitation is made of -------------------------------------------------------------------------


def _person(desk: Desk, row: InviteRow, address: str, known: StoredCandidate | None) -> StoredCandidate:
    """The candidate, with this number and e-mail address among their own."""
    uow, workspace_id = desk.uow, desk.workspace_id
    person = known or candidates.add(
        uow, id=fresh_id(), workspace_id=workspace_id, name=row.name, contact=row.phone, now=desk.now
    )
    if not person.name:
        candidates.set_name(uow, person.id, row.name)
    candidates.add_address(uow, workspace_id, address, person.id, desk.now)
    if row.email:
        candidates.add_address(uow, workspace_id, candidates.address_of(row.email), person.id, desk.now)
    return person


def _open(desk: Desk, person: StoredCandidate, address: str, attempt: int, interview_id: str) -> None:
    beginning = Beginning(
        desk.stored,
        person.id,
        attempt,
        token=secrets.token_urlsafe(24),
        address=address,
        status=InterviewStatus.INVITED,
        interview_id=interview_id,
    )
    interview = make_interview(desk.uow, beginning, desk.now)
    tell_conversation(
        desk.uow,
        interview,
        "invited",
        account="inviting",
        external_id=f"invited:{interview.id}",
        address=address,
        now=desk.now,
    )
    events.record(
        desk.uow,
        workspace_id=desk.workspace_id,
        subject_id=interview.id,
        name="invited_by_text",
        at=desk.now,
        data={"candidate_id": person.id},
        by_member=desk.member.id,
        conversation_id=interview.conversation_id,
    )


def _goes_out(desk: Desk, address: str, person: StoredCandidate | None) -> str:
    """What the send gate would say now: `now`, or `9:00 am ET`.

    Raises:
        Refused: there is no hour at which it could.
    """
    services = desk.services
    if not services.limits_for(address).keeps_quiet_hours:
        return "now"
    zones = zones_of(own=person.zone if person else "", number=candidates.contact_of(address))
    quiet = QuietHours(begins=services.terms.texting_until, ends=services.terms.texting_from, zones=zones)
    facts = SendFacts(now=desk.now, opted_out=False, is_confirmation=False, asked=False, quiet=quiet)
    match decide_send(facts):
        case HoldUntil(when=when):
            return f"at {moment_in_words(when, zones)}"
        case Allow():
            return "now"
        case Refuse(reason=reason):
            raise Refused(reason)


# ---- asked for by talking ----------------------------------------------------------------------------------


def run_invite_task(services: Services, task: Task) -> dict[str, Any]:
    """The task `invite_people`: rows that were talked about, by the member who said so.

    Raises:
        Permanent: with the sentence for that member.
    """
    payload = task.payload
    with services.database.reading() as uow:
        member = people.member(uow, str(payload.get("by") or payload.get("member_id") or ""))
    if member is None or member.workspace_id != task.workspace_id:
        raise Permanent("Whoever asked for this is not a member any more. Nobody was invited.")
    rows, unread = _typed_rows(payload["rows"], task.created_at, _region(services, task.workspace_id))
    try:
        done = invite_by_text(
            services,
            member,
            str(payload["interviewer_id"]),
            rows,
            channel="compose",
            evidence={"task_id": task.id, "conversation_id": task.conversation_id},
            batch=task.id,
        )
    except (NotAllowed, NotFound, BadPayload) as error:
        raise Permanent(str(error)) from error
    report = report_of(services, [*done, *unread])
    lines = [{"name": r.name, "phone": r.phone, "sent": r.sent, "sentence": r.sentence} for r in report.results]
    return {"results": lines, "segments": report.segments, "cost": report.cost}


def _typed_rows(
    typed: Sequence[Mapping[str, str]], now: datetime, region: str
) -> tuple[list[InviteRow], list[InviteResult]]:
    rows, unread = list[InviteRow](), list[InviteResult]()
    for line, one in enumerate(typed, 1):
        name, phone = one.get("name", ""), one.get("phone", "")
        try:
            rows.append(
                row_of(
                    line, name=name, phone=phone, email=one.get("email", ""), how=one.get("how", ""), now=now,
                    region=region,
                )
            )  # fmt: skip
        except BadPayload as error:
            unread.append(InviteResult(line, name, phone, False, str(error), ""))
    return rows, unread

"""What a signed-in member can do outside a chat: look, decide, invite. Each verb checks the member's role."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from botapp.channels.webchat import read_post
from botapp.errors import BadPayload, NotAllowed, NotFound
from botapp.messages import InboundKind, InboundMessage, Sender, SenderKind
from botapp.pipeline.alerts import redraw_decided
from botapp.pipeline.delivery_words import consent_row, delivery_words
from botapp.pipeline.effects import FEED, add_teammate, open_interviewer
from botapp.pipeline.reach import reach_of
from botapp.pipeline.receive import receive_message
from botapp.pipeline.running import draft_of, spent_now
from botapp.pipeline.scoring import judged_scores, rebuild_scorecard
from botapp.pipeline.services import Services, fresh_id
from botapp.policy.access import Action, Role, may, refusal
from botapp.policy.zones import zones_of
from botapp.scoring.gates import gate_key
from botapp.screening.contact import clean_contact, is_email
from botapp.screening.interview import Scorecard
from botapp.screening.phone import calling_regions
from botapp.state import (
    attachments,
    candidates,
    consents,
    events,
    interviewers,
    interviews,
    join_codes,
    lanes,
    people,
    reaching,
    rescores,
    senders,
    views,
)
from botapp.state.attachments import Attachment
from botapp.state.interviewers import StoredInterviewer
from botapp.state.interviews import StoredInterview
from botapp.state.model_calls import use_of
from botapp.state.read_models import (
    CandidateRow,
    ConsentRow,
    FeedRow,
    InterviewerPage,
    InterviewerRow,
    InterviewPage,
    MemberRow,
    PausedSender,
    ShownMessage,
    Texting,
)
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.views import Way
from botapp.state.wakeups import DELIVERIES

CORRECTIONS = ("override_score", "override_gate", "restore_score", "restore_gate")
DECISIONS = ("shortlist", "dismiss", "reopen", *CORRECTIONS)
_NEED_NO_REASON = ("shortlist", "reopen", "restore_score", "restore_gate")
SIGN_IN_HOURS = 1


def require(member: MemberRow, action: Action) -> None:
    """Raises:
    NotAllowed: with the sentence that says who can.
    """
    if not may(member.role, action):
        raise NotAllowed(refusal(action))


def list_interviewers(services: Services, member: MemberRow, archived: bool, search: str) -> list[InterviewerRow]:
    require(member, Action.READ)
    with services.database.reading() as uow:
        return views.interviewer_list(
            uow, member.workspace_id, archived=archived, search=search, today=services.now().date()
        )


def create_interviewer(services: Services, member: MemberRow) -> str:
    """A new interviewer without a draft; its conversation greets the member. Returns its id."""
    require(member, Action.COMPOSE)
    id = fresh_id()
    with services.database.writing() as uow:
        conversation_id = open_interviewer(
            uow, id=id, workspace_id=member.workspace_id, by=member.id, now=services.now()
        )
    joined = InboundMessage(
        channel_account="webchat",
        external_id=f"joined:{conversation_id}",
        address=f"webchat:{conversation_id}",
        sender=Sender(SenderKind.MEMBER, member.id),
        text="",
        received_at=services.now(),
        kind=InboundKind.EVENT,
        payload={"event": "joined"},
    )
    receive_message(services, joined, workspace_id=member.workspace_id, conversation_id=conversation_id)
    return id


def _interviewer(uow: UnitOfWork, member: MemberRow, interviewer_id: str) -> StoredInterviewer:
    stored = interviewers.get(uow, interviewer_id, member.workspace_id)
    if stored is None:
        raise NotFound("There is no such interviewer here.")
    return stored


def interviewer_page(services: Services, member: MemberRow, interviewer_id: str) -> InterviewerPage:
    require(member, Action.READ)
    with services.database.reading() as uow:
        stored = _interviewer(uow, member, interviewer_id)
        draft = draft_of(stored)
        history = views.history(uow, member.workspace_id, stored.id, stored.revision)
        deadline = draft.settings.deadline if draft else None
        return InterviewerPage(
            id=stored.id,
            workspace_id=stored.workspace_id,
            status=views.status_today(stored.status, deadline.isoformat() if deadline else None, services.now().date()),
            version=stored.version,
            revision=stored.revision,
            revised_by=next((row.by for row in history if row.current), ""),
            conversation_id=stored.conversation_id,
            draft=draft,
            unpublished_changes=bool(stored.version and _stages_differ(uow, stored)),
            spent=spent_now(uow, stored.id, draft, services.now()),
            history=history,
            join_code=join_codes.code_of(uow, member.workspace_id, stored.id),
        )


def _stages_differ(uow: UnitOfWork, stored: StoredInterviewer) -> bool:
    draft = draft_of(stored)
    frozen = interviewers.definition(uow, stored.id, stored.version)["stages"]
    return draft is None or [s.model_dump(mode="json") for s in draft.running_stages()] != frozen


def say_as_member(
    services: Services,
    member: MemberRow,
    interviewer_id: str,
    client_id: str,
    text: str,
    button: dict[str, str] | None = None,
) -> tuple[int, str]:
    """Keep what a member said to the compose agent; the graph decides whether they may."""
    require(member, Action.READ)
    with services.database.reading() as uow:
        stored = _interviewer(uow, member, interviewer_id)
    message = read_post(
        {"client_id": client_id, "text": text, "button": button},
        address=f"webchat:{stored.conversation_id}",
        sender=Sender(SenderKind.MEMBER, member.id),
        at=services.now(),
        max_text=1_200_000,
    )
    kept = receive_message(services, message, workspace_id=member.workspace_id, conversation_id=stored.conversation_id)
    return kept.seq, kept.id


def messages(services: Services, workspace_id: str, conversation_id: str, after: int) -> list[ShownMessage]:
    """A thread after `after`. The caller has proven that it may read this conversation."""
    with services.database.reading() as uow:
        return views.messages(
            uow, workspace_id=workspace_id, conversation_id=conversation_id, after=after, agent="botapp"
        )


def list_candidates(services: Services, member: MemberRow, interviewer_id: str) -> list[CandidateRow]:
    require(member, Action.READ)
    with services.database.reading() as uow:
        _interviewer(uow, member, interviewer_id)
        return views.candidate_list(uow, member.workspace_id, interviewer_id)


def _interview(uow: UnitOfWork, member: MemberRow, interview_id: str) -> StoredInterview:
    interview = interviews.of_workspace(uow, member.workspace_id, interview_id)
    if interview is None:
        raise NotFound("There is no such interview here.")
    return interview


def interview_page(services: Services, member: MemberRow, interview_id: str) -> InterviewPage:
    require(member, Action.READ)
    with services.database.reading() as uow:
        interview = _interview(uow, member, interview_id)
        stored = _interviewer(uow, member, interview.interviewer_id)
        row = views.candidate_of(uow, member.workspace_id, interview_id)
        assert row is not None
        draft, questions = draft_of(stored), reaching.open_questions(uow, member.workspace_id, interview_id)
        return InterviewPage(
            interview_id=interview.id,
            workspace_id=interview.workspace_id,
            interviewer_id=interview.interviewer_id,
            title=stored.title,
            candidate=row,
            scorecard=interview.scorecard,
            transcript=_transcript(uow, interview, draft.settings.agent_name if draft else "botapp", services.now()),
            decisions=views.decision_list(uow, member.workspace_id, interview_id),
            passed_on=tuple(question.text for question in questions),
            questions=questions,
            reach=reach_of(services, uow, interview, member),
            consents=_consents(uow, interview),
            files=attachments.of_conversation(uow, member.workspace_id, interview.conversation_id),
            invited_by_text=views.was_invited_by_text(uow, member.workspace_id, interview_id),
            follow_ups={
                row["question_id"]: tuple(row["follow_ups"]) for row in interviews.answers_of(uow, interview_id)
            },
            rescored=rescores.of_interview(uow, member.workspace_id, interview_id),
            versions=stored.version,
            model_use=use_of(uow, member.workspace_id, interview.conversation_id),
        )


def candidate_file(services: Services, member: MemberRow, file_id: str) -> Attachment:
    """A file that a candidate sent, with its bytes.

    Raises:
        NotFound: there is none, or it could not be had.
    """
    require(member, Action.READ)
    with services.database.reading() as uow:
        found = attachments.content_of(uow, member.workspace_id, file_id)
    if found is None or found.content is None:
        raise NotFound("There is no such file here.")
    return found


def _transcript(uow: UnitOfWork, interview: StoredInterview, agent: str, now: datetime) -> tuple[ShownMessage, ...]:
    """What was said, and what became of each message of ours that had a network to cross."""
    own = candidates.get(uow, interview.candidate_id).zone

    def said(way: Way) -> str:
        return delivery_words(way, zones_of(own=own, number=candidates.contact_of(way.address)), now)

    return tuple(
        views.messages(
            uow,
            workspace_id=interview.workspace_id,
            conversation_id=interview.conversation_id,
            after=0,
            agent=agent,
            delivery=said,
        )
    )


def _consents(uow: UnitOfWork, interview: StoredInterview) -> tuple[ConsentRow, ...]:
    contact = interview.candidate_contact
    found = consents.history_of_candidate(
        uow, interview.workspace_id, interview.candidate_id, candidates.address_of(contact)
    )
    return tuple(map(consent_row, found))


def decide(
    services: Services,
    member: MemberRow,
    interview_id: str,
    kind: str,
    subject: str,
    reason: str,
    data: Mapping[str, Any],
) -> None:
    """Shortlist, dismiss, reopen, or correct a score or a gate, or take a correction back.

    Logged for ever; corrections recompute the scorecard.

    Raises:
        BadPayload: with the sentence to show. NotAllowed, NotFound.
    """
    require(member, Action.DECIDE)
    data = _checked_decision(kind, reason, data)
    with services.database.writing() as uow:
        interviews.lock(uow, interview_id)
        interview = _interview(uow, member, interview_id)
        if kind in CORRECTIONS:
            _check_subject(interview, kind, subject)
        interviews.decide(
            uow,
            id=fresh_id(),
            workspace_id=member.workspace_id,
            interview_id=interview_id,
            kind=kind,
            subject=subject,
            reason=reason.strip(),
            data=data,
            by=member.id,
            now=services.now(),
        )
        if kind in CORRECTIONS:
            judged = judged_scores(Scorecard.model_validate(interview.scorecard))
            rebuild_scorecard(uow, interview_id, judged)
        else:
            redraw_decided(services, uow, interview, "" if kind == "reopen" else member.name)


def _checked_decision(kind: str, reason: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    if kind not in DECISIONS:
        raise BadPayload("That is not a decision we know. Please reload the page and try again.")
    if kind not in _NEED_NO_REASON and not reason.strip():
        raise BadPayload("Please give a reason. It is kept with the decision.")
    if len(reason) > 2000:
        raise BadPayload("Please keep the reason under 2,000 characters.")
    if kind == "override_score":
        return {"score": _checked_score(data.get("score"))}
    if kind == "override_gate":
        if data.get("outcome") not in ("passed", "failed"):
            raise BadPayload("A gate is passed or failed. Please choose one.")
        return {"outcome": data["outcome"]}
    return {}


def _checked_score(value: Any) -> float:
    try:
        score = float(value)
    except (TypeError, ValueError) as error:
        raise BadPayload("A score is a number from 1 to 5.") from error
    if not 1 <= score <= 5:
        raise BadPayload("A score is a number from 1 to 5.")
    return score


def _check_subject(interview: StoredInterview, kind: str, subject: str) -> None:
    if interview.scorecard is None:
        raise BadPayload("This interview is not scored yet. Please try again in a moment.")
    card = Scorecard.model_validate(interview.scorecard)
    scores = {line.question_id: line.score for line in card.answers if line.score is not None}
    gates = {gate_key(gate): gate for gate in card.gates}
    found = scores.get(subject) if kind.endswith("score") else gates.get(subject)
    if found is None or (kind.startswith("restore") and not found.overridden_by):
        raise BadPayload("That line is not on this scorecard any more. Please reload the page.")


def texting(services: Services, member: MemberRow) -> Texting:
    """What this workspace texts from, what it costs, and what stands still."""
    require(member, Action.READ)
    terms = services.terms
    with services.database.reading() as uow:
        ours = senders.senders_of(uow, member.workspace_id, "tel") if "tel" in services.channels else []
        stopped = lanes.paused(uow, member.workspace_id)
        region = people.region_of(uow, member.workspace_id)
    paused = tuple(PausedSender(p.lane, p.lane.partition(":")[2] or p.lane, p.reason, p.since) for p in stopped)
    number = next((sender for sender in ours if sender.startswith("+")), "")
    return Texting(number, region, terms.segment_price, tuple(ours), paused)


def set_region(services: Services, member: MemberRow, region: str) -> None:
    """From now on numbers typed without a country are read as numbers of `region` (two letters).

    Raises:
        BadPayload: there is no such country. NotAllowed.
    """
    require(member, Action.MANAGE_MEMBERS)
    if region not in calling_regions():
        raise BadPayload("Please choose a country from the list. Nothing was changed.")
    with services.database.writing() as uow:
        people.set_region(uow, member.workspace_id, region)
        _log(uow, services, member, member.workspace_id, "region_set", {"region": region})


def resume_sender(services: Services, member: MemberRow, lane: str) -> None:
    """A person says that what stopped a sender is mended: what waits may leave.

    Raises:
        NotFound: it is not paused. NotAllowed.
    """
    require(member, Action.INVITE_CANDIDATE)
    with services.database.writing() as uow:
        if not lanes.resume(uow, member.workspace_id, lane):
            raise NotFound("That sender is not paused any more.")
        _log(uow, services, member, member.workspace_id, "sender_resumed", {"lane": lane})
    services.wakeups.wake(DELIVERIES)


def consent_history(services: Services, member: MemberRow, contact: str) -> tuple[ConsentRow, ...]:
    """Everything on record about a phone number or an e-mail address, oldest first.

    Raises:
        BadPayload: it is neither. NotAllowed.
    """
    require(member, Action.READ)
    with services.database.reading() as uow:
        region = people.region_of(uow, member.workspace_id)
        address = candidates.address_of(clean_contact(contact, region=region))
        person = candidates.at_address(uow, member.workspace_id, address)
        if person is None:
            found = consents.history(uow, member.workspace_id, address)
        else:
            found = consents.history_of_candidate(uow, member.workspace_id, person.id, address)
    return tuple(map(consent_row, found))


def feed(services: Services, member: MemberRow) -> list[FeedRow]:
    require(member, Action.READ)
    with services.database.reading() as uow:
        return views.feed(uow, member.workspace_id, FEED)


def list_members(services: Services, member: MemberRow) -> list[MemberRow]:
    require(member, Action.READ)
    with services.database.reading() as uow:
        return people.members_of(uow, member.workspace_id)


def invite_member(services: Services, member: MemberRow, name: str, email: str, role: str) -> str:
    """A one-time sign-in secret for a teammate.

    Raises:
        BadPayload: with the sentence to show. NotAllowed.
    """
    require(member, Action.MANAGE_MEMBERS)
    if not is_email(email.strip()):
        raise BadPayload("That does not look like an e-mail address.")
    if role not in list(Role):
        raise BadPayload("A teammate is an owner, a recruiter or a viewer.")
    secret = secrets.token_urlsafe(24)
    with services.database.writing() as uow:
        member_id = add_teammate(
            uow,
            id=fresh_id(),
            workspace_id=member.workspace_id,
            name=name.strip()[:120] or email.partition("@")[0],
            email=email.strip(),
            role=Role(role),
            secret=secret,
            now=services.now(),
        )
        _log(uow, services, member, member_id, "teammate_invited", {"role": role})
    return secret


def remove_member(services: Services, member: MemberRow, member_id: str) -> None:
    """End a teammate's access. The last owner can't be removed.

    Raises:
        BadPayload: with the sentence to show. NotAllowed, NotFound.
    """
    require(member, Action.MANAGE_MEMBERS)
    with services.database.writing() as uow:
        everyone = people.members_of(uow, member.workspace_id)
        target = next((m for m in everyone if m.id == member_id), None)
        if target is None:
            raise NotFound("There is no such teammate here.")
        if target.role is Role.OWNER and sum(m.role is Role.OWNER for m in everyone) == 1:
            raise BadPayload("A workspace needs an owner. Make somebody else an owner first.")
        people.remove_member(uow, member.workspace_id, member_id, services.now())
        _log(uow, services, member, member_id, "teammate_removed", {})


def _log(
    uow: UnitOfWork, services: Services, member: MemberRow, subject_id: str, name: str, data: Mapping[str, Any]
) -> None:
    events.record(
        uow,
        workspace_id=member.workspace_id,
        subject_id=subject_id,
        name=name,
        at=services.now(),
        data=data,
        by_member=member.id,
    )


def new_sign_in(services: Services, member_id: str) -> str:
    """A fresh one-time secret for a member of this installation (`botapp signin`, the first start)."""
    secret = secrets.token_urlsafe(24)
    with services.database.writing() as uow:
        found = people.member(uow, member_id)
        if found is None:
            raise NotFound("There is no such member.")
        people.add_sign_in_link(
            uow,
            secret=secret,
            workspace_id=found.workspace_id,
            member_id=member_id,
            expires_at=services.now() + timedelta(hours=SIGN_IN_HOURS),
        )
    return secret


def redeem_sign_in(services: Services, secret: str) -> MemberRow | None:
    with services.database.writing() as uow:
        return people.use_sign_in(uow, secret, services.now())


def peek_sign_in(services: Services, secret: str) -> bool:
    with services.database.reading() as uow:
        return people.sign_in_is_good(uow, secret, services.now())


def find_member(services: Services, member_id: str) -> MemberRow | None:
    with services.database.reading() as uow:
        return people.member(uow, member_id)

"""What a person with a link can do: look, start, say something. The link is the proof; each verb is one transaction."""

import re
import secrets
from datetime import datetime, timedelta

from botapp.channels.webchat import read_post
from botapp.compose.estimate import minutes
from botapp.errors import BadPayload, Conflict, NotFound
from botapp.messages import InboundKind, InboundMessage, Sender, SenderKind
from botapp.pipeline.receive import receive_message
from botapp.pipeline.services import Services, derived_id, fresh_id
from botapp.pipeline.subjects import running_interviewer, spent_now
from botapp.policy.budget import admit
from botapp.screening.contact import clean_contact, clean_name
from botapp.screening.interview import InterviewStatus
from botapp.screening.interviewer import Interviewer
from botapp.state import conversations, interviewers, interviews, people, views
from botapp.state.interviewers import StoredInterviewer
from botapp.state.interviews import StoredInterview
from botapp.state.read_models import CandidateThread, PublicInterviewer
from botapp.state.unit_of_work import UnitOfWork

_TICKET = re.compile(r"^[\w-]{32}$", re.ASCII)  # what secrets.token_urlsafe(24) makes
_CLOSED = {
    "expired": "This interview closed on its last day. {people} can tell you about other openings.",
    "paused": "This interview is paused just now. Please try again later, or ask {people}.",
    "archived": "This interview is over. {people} can tell you about other openings.",
    "full": "This interview has as many candidates as it can take just now. Please ask {people}.",
    "draft": "This interview is not open yet. Please ask {people}.",
}


def public_interviewer(services: Services, slug: str) -> PublicInterviewer | None:
    """What a candidate link leads to; None when there is no such link, or it was never published."""
    with services.database.reading() as uow:
        stored = interviewers.by_slug(uow, slug)
        if stored is None or stored.version == 0:
            return None
        return _public(services, uow, stored, slug)


def _public(services: Services, uow: UnitOfWork, stored: StoredInterviewer, slug: str) -> PublicInterviewer:
    interviewer = running_interviewer(uow, stored, stored.version)
    now = services.now()
    settings = interviewer.settings
    admission = admit(
        status=stored.status,
        deadline=settings.deadline,
        today=now.date(),
        budget=settings.budget,
        spent=spent_now(uow, stored.id, interviewer, now),
    )
    return PublicInterviewer(
        interviewer_id=stored.id,
        workspace_id=stored.workspace_id,
        employer=interviewer.company or people.workspace_name(uow, stored.workspace_id),
        draft=interviewer,
        closed=admission.closed,
        moved_to=stored.slug if slug and slug != stored.slug else "",
        minutes=minutes(interviewer),
        questions=len(interviewer.questions()),
    )


def invitation(services: Services, token: str) -> tuple[PublicInterviewer, str, str] | None:
    """(interviewer, name, contact) of a personal link. Looking does not use it up."""
    with services.database.reading() as uow:
        found = interviews.invitation(uow, token)
        if found is None:
            return None
        stored = interviewers.get(uow, found.interviewer_id)
        assert stored is not None
        name, contact = interviews.candidate(uow, found.candidate_id)
        return _public(services, uow, stored, ""), name, contact


def start_interview(
    services: Services,
    *,
    slug: str | None = None,
    invite_token: str | None = None,
    name: str = "",
    contact: str = "",
    ticket: str = "",
) -> str:
    """Begin (or, for an invited person, continue) an interview; returns the secret of its private link.

    `ticket`: the secret the form was shown with. The form sent again (a double press, an answer that got lost) finds
    what its first arrival began.

    Raises:
        NotFound: no such link.
        BadPayload: with the sentence to show: closed, a name or contact that can't be one, a retake too early.
        Conflict: the same person pressed twice in one moment; the first press counts.
    """
    if ticket and _began(services, ticket, contact):
        return ticket
    token = secrets.token_urlsafe(24)
    try:
        with services.database.writing() as uow:
            if _TICKET.match(ticket) and interviews.by_link(uow, ticket) is None:
                token = ticket
            if invite_token is not None:
                token, started = _start_invited(services, uow, invite_token, token)
            else:
                started = _start_open(services, uow, slug or "", name, contact, token)
    except Conflict:
        if ticket and _began(services, ticket, contact):
            return ticket
        raise
    if started is not None:
        _say_joined(services, started)
    return token


def _began(services: Services, ticket: str, contact: str) -> bool:
    """Whether this very form, for this very person, has begun an interview (a Back button is no key to another's)."""
    with services.database.reading() as uow:
        known = interviews.by_link(uow, ticket)
    return known is not None and known.candidate_contact == clean_contact(contact)


def _start_open(
    services: Services, uow: UnitOfWork, slug: str, name: str, contact: str, token: str
) -> StoredInterview | None:
    stored = interviewers.by_slug(uow, slug)
    if stored is None or stored.version == 0:
        raise NotFound("This link leads nowhere. Please check it with whoever gave it to you.")
    name, contact = clean_name(name), clean_contact(contact)
    known = interviews.find_candidate(uow, stored.workspace_id, contact)
    candidate_id = known[0] if known else fresh_id()
    if known is None:
        interviews.add_candidate(
            uow,
            id=candidate_id,
            workspace_id=stored.workspace_id,
            name=name,
            contact=contact,
            now=services.now(),
        )
    return _begin(services, uow, stored, candidate_id, token)


def _start_invited(
    services: Services, uow: UnitOfWork, invite_token: str, token: str
) -> tuple[str, StoredInterview | None]:
    """(secret of the private link, the interview if it began now). A first run goes by the invitation's own secret,

    so that opening the invitation again leads to the same place and no page or saved link goes dead.
    """
    found = interviews.invitation(uow, invite_token)
    stored = interviewers.get(uow, found.interviewer_id) if found else None
    if found is None or stored is None:
        raise NotFound("This link leads nowhere. Please check it with whoever gave it to you.")
    first = interviews.by_link(uow, invite_token)
    earlier = interviews.get(uow, found.interview_id) if found.interview_id else None
    if earlier is not None and _under_way(earlier):
        if first is not None and first.id == earlier.id:
            return invite_token, None
        interviews.set_link(uow, earlier.id, token)
        return token, None
    link = token if first else invite_token
    begun = _begin(services, uow, stored, found.candidate_id, link)
    interviews.use_invitation(uow, invite_token, begun.id)
    return link, begun


def _under_way(interview: StoredInterview) -> bool:
    return interview.status in (InterviewStatus.IN_PROGRESS, InterviewStatus.PAUSED)


def _begin(
    services: Services, uow: UnitOfWork, stored: StoredInterviewer, candidate_id: str, token: str
) -> StoredInterview:
    now = services.now()
    interviewers.lock(uow, stored.id)  # starts of one interviewer follow each other: the budget counts them all
    shown = _public(services, uow, stored, "")
    if shown.closed:
        raise BadPayload(_CLOSED[shown.closed].format(people=f"The hiring team at {shown.employer}"))
    attempt = _next_attempt(uow, stored, candidate_id, shown.draft, now)
    interview_id = fresh_id()
    conversation_id = derived_id("interview", interview_id)
    conversations.create_conversation(
        uow,
        id=conversation_id,
        workspace_id=stored.workspace_id,
        kind="interview",
        subject_id=interview_id,
        state={},
    )
    conversations.join_address(
        uow,
        workspace_id=stored.workspace_id,
        conversation_id=conversation_id,
        address=f"webchat:{interview_id}",
    )
    interviews.start(
        uow,
        id=interview_id,
        workspace_id=stored.workspace_id,
        interviewer_id=stored.id,
        version=stored.version,
        candidate_id=candidate_id,
        attempt=attempt,
        conversation_id=conversation_id,
        token=token,
        now=now,
    )
    begun = interviews.get(uow, interview_id)
    assert begun is not None
    return begun


def _next_attempt(
    uow: UnitOfWork, stored: StoredInterviewer, candidate_id: str, interviewer: Interviewer, now: datetime
) -> int:
    """1 for a first run. Another person's link is never handed out: who has a run under way uses their own link."""
    earlier = interviews.attempts_of(uow, stored.id, candidate_id)
    if not earlier:
        return 1
    last = earlier[-1]
    settings = interviewer.settings
    if _under_way(last):
        raise BadPayload(
            "You have already begun this interview. Please open the private link you were given then; "
            "nothing you said is lost."
        )
    if len(earlier) > settings.retakes:
        raise BadPayload("You have already taken this interview. Your answers are with the hiring team.")
    ready = (last.completed_at or last.started_at) + timedelta(days=settings.retake_cooldown_days)
    if now < ready:
        raise BadPayload(f"You can take this interview again from {ready:%d %B %Y}. Your earlier answers are kept.")
    return last.attempt + 1


def _say_joined(services: Services, interview: StoredInterview) -> None:
    message = InboundMessage(
        channel_account="webchat",
        external_id=f"joined:{interview.id}",
        address=f"webchat:{interview.id}",
        sender=Sender(SenderKind.CANDIDATE, interview.candidate_id),
        text="",
        received_at=services.now(),
        kind=InboundKind.EVENT,
        payload={"event": "joined"},
    )
    receive_message(services, message, workspace_id=interview.workspace_id, conversation_id=interview.conversation_id)


def thread(services: Services, token: str) -> CandidateThread | None:
    """What a private link leads to."""
    with services.database.reading() as uow:
        interview = interviews.by_link(uow, token)
        if interview is None:
            return None
        stored = interviewers.get(uow, interview.interviewer_id)
        assert stored is not None
        interviewer = running_interviewer(uow, stored, interview.version)
        return CandidateThread(
            interview_id=interview.id,
            conversation_id=interview.conversation_id,
            workspace_id=interview.workspace_id,
            address=f"webchat:{interview.id}",
            candidate_id=interview.candidate_id,
            candidate_name=interview.candidate_name,
            employer=interviewer.company or people.workspace_name(uow, interview.workspace_id),
            interviewer=interviewer,
            status=interview.status,
            done=views.progress(uow, [interview.id]).get(interview.id, 0),
            total=len(interviewer.questions()),
            redirect_url=interviewer.settings.redirect_url if interview.status == "completed" else "",
        )


def say_as_candidate(
    services: Services, token: str, client_id: str, text: str, button: dict[str, str] | None = None
) -> tuple[int, str]:
    """Keep what a candidate said on their private page; returns (seq, id), the same for a repeat.

    Raises:
        NotFound: no such link. BadPayload: with the sentence to show. Retryable: not kept, send again.
    """
    with services.database.reading() as uow:
        interview = interviews.by_link(uow, token)
    if interview is None:
        raise NotFound("This link leads nowhere. Please use the link you were given.")
    message = read_post(
        {"client_id": client_id, "text": text, "button": button},
        address=f"webchat:{interview.id}",
        sender=Sender(SenderKind.CANDIDATE, interview.candidate_id),
        at=services.now(),
    )
    kept = receive_message(
        services, message, workspace_id=interview.workspace_id, conversation_id=interview.conversation_id
    )
    return kept.seq, kept.id

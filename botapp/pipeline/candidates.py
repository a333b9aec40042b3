"""What a person with a link can do: look, start, say something. The link is the proof; each verb is one transaction."""

import re
import secrets
from datetime import datetime

from botapp.channels.webchat import read_post
from botapp.errors import Conflict, NotFound
from botapp.messages import InboundKind, InboundMessage, Sender, SenderKind
from botapp.pipeline.receive import receive_message
from botapp.pipeline.running import running_interviewer
from botapp.pipeline.services import Services, fresh_id
from botapp.pipeline.stage_links import wanted_resume
from botapp.pipeline.starting import begin, goes_on_now, is_under_way, shown_to_candidates
from botapp.screening.contact import clean_contact, clean_name
from botapp.screening.interview import InterviewStatus
from botapp.screening.interviewer import Interviewer, StageKind
from botapp.state import candidates, conversations, interviewers, interviews, people, tasks, views
from botapp.state.interviewers import StoredInterviewer
from botapp.state.interviews import StoredInterview
from botapp.state.read_models import CandidateThread, PublicInterviewer
from botapp.state.unit_of_work import UnitOfWork

_TICKET = re.compile(r"^[\w-]{32}$", re.ASCII)  # what secrets.token_urlsafe(24) makes


def public_interviewer(services: Services, slug: str) -> PublicInterviewer | None:
    """What a candidate link leads to; None when there is no such link, or it was never published."""
    with services.database.reading() as uow:
        stored = interviewers.by_slug(uow, slug)
        if stored is None or stored.version == 0:
            return None
        return shown_to_candidates(services, uow, stored, slug)


def invitation(services: Services, token: str) -> tuple[PublicInterviewer, str, str] | None:
    """(interviewer, name, contact) of a personal link. Looking does not use it up."""
    with services.database.reading() as uow:
        found = interviews.invitation(uow, token)
        if found is None:
            return None
        stored = interviewers.get(uow, found.interviewer_id)
        assert stored is not None
        name, contact = interviews.candidate(uow, found.candidate_id)
        return shown_to_candidates(services, uow, stored, ""), name, contact


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
        if known is None:
            return False
        region = people.region_of(uow, known.workspace_id)
        address = candidates.address_of(clean_contact(contact, region=region))
        person = candidates.at_address(uow, known.workspace_id, address)
    return person is not None and person.id == known.candidate_id


def _start_open(
    services: Services, uow: UnitOfWork, slug: str, name: str, contact: str, token: str
) -> StoredInterview | None:
    stored = interviewers.by_slug(uow, slug)
    if stored is None or stored.version == 0:
        raise NotFound("This link leads nowhere. Please check it with whoever gave it to you.")
    name, contact = clean_name(name), clean_contact(contact, region=people.region_of(uow, stored.workspace_id))
    candidate = known_or_new(services, uow, stored.workspace_id, name, contact)
    invited = _open_invitation(uow, stored, candidate.id)
    begun = begin(services, uow, stored, candidate.id, token)
    if invited is not None:
        _invitation_ends(uow, invited, services.now())
    return begun


def known_or_new(
    services: Services, uow: UnitOfWork, workspace_id: str, name: str, contact: str
) -> candidates.StoredCandidate:
    """The person with this contact: over the web and by text they are one candidate."""
    address, now = candidates.address_of(contact), services.now()
    known = candidates.at_address(uow, workspace_id, address)
    if known is None:
        known = candidates.add(uow, id=fresh_id(), workspace_id=workspace_id, name=name, contact=contact, now=now)
    elif not known.name and name:
        candidates.set_name(uow, known.id, name)
    candidates.add_address(uow, workspace_id, address, known.id, now)
    return known


def _open_invitation(uow: UnitOfWork, stored: StoredInterviewer, candidate_id: str) -> StoredInterview | None:
    runs = interviews.attempts_of(uow, stored.id, candidate_id)
    return runs[-1] if runs and runs[-1].status == InterviewStatus.INVITED else None


def _invitation_ends(uow: UnitOfWork, invited: StoredInterview, now: datetime) -> None:
    """They came by the public link instead. That proves no phone, so the two threads stay apart: what was texted is

    closed, and its number can't read or be read from a page that anybody may have opened.
    """
    interviews.set_status(uow, invited.id, InterviewStatus.ENDED.value, "began on the web", now)
    tasks.cancel_timers(uow, invited.conversation_id)
    for address in candidates.addresses_of(uow, invited.workspace_id, invited.candidate_id):
        conversations.leave_address(uow, conversation_id=invited.conversation_id, address=address)


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
    if earlier is not None and earlier.status == InterviewStatus.INVITED:
        goes_on_now(services, uow, stored, earlier)
        _onto_the_page(uow, earlier, invite_token, services.now())
        return invite_token, earlier
    if earlier is not None and is_under_way(earlier):
        if first is not None and first.id == earlier.id:
            return invite_token, None
        _onto_the_page(uow, earlier, token, services.now())
        return token, None
    link = token if first else invite_token
    begun = begin(services, uow, stored, found.candidate_id, link)
    interviews.use_invitation(uow, invite_token, begun.id)
    return link, begun


def _onto_the_page(uow: UnitOfWork, interview: StoredInterview, link: str, now: datetime) -> None:
    """The interview goes on behind this private link, wherever it was before; the secret is the proof."""
    interviews.set_link(uow, interview.id, link)
    conversations.join_address(
        uow,
        workspace_id=interview.workspace_id,
        conversation_id=interview.conversation_id,
        address=f"webchat:{interview.id}",
        heard_at=now,
    )


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
            resume_token=_resume_token(services, uow, interview, interviewer),
        )


def _resume_token(services: Services, uow: UnitOfWork, interview: StoredInterview, interviewer: Interviewer) -> str:
    if not any(stage.kind is StageKind.RESUME for stage in interviewer.running_stages()):
        return ""
    memory = conversations.load(uow, interview.conversation_id).state
    return wanted_resume(services.signing_key(), interview.id, interviewer, memory)


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

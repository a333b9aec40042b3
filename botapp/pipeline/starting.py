"""How an interview begins, whoever begins it: a link, an invitation, a code. Inside the caller's transaction.

Guarantees: the budget counts starts one after the other; a person never runs the same interview twice at once; an
address joins only what was proven from it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from botapp.compose.estimate import minutes
from botapp.errors import BadPayload
from botapp.graphs.interview.dates import day_words
from botapp.graphs.interview.speech import say
from botapp.messages import InboundKind, InboundMessage, Sender, SenderKind
from botapp.pipeline.running import running_interviewer, spent_now
from botapp.pipeline.services import Services, derived_id, fresh_id
from botapp.policy.budget import admit
from botapp.screening.interview import InterviewStatus
from botapp.screening.interviewer import Interviewer, Settings
from botapp.state import conversations, events, inbox, interviewers, interviews, people
from botapp.state.interviewers import StoredInterviewer
from botapp.state.interviews import StoredInterview
from botapp.state.read_models import PublicInterviewer
from botapp.state.unit_of_work import UnitOfWork

CLOSED = {
    "expired": "This interview closed on its last day. {people} can tell you about other openings.",
    "paused": "This interview is paused just now. Please try again later, or ask {people}.",
    "archived": "This interview is over. {people} can tell you about other openings.",
    "full": "This interview has as many candidates as it can take just now. Please ask {people}.",
    "draft": "This interview is not open yet. Please ask {people}.",
}
_AT_ONCE = timedelta(0)


def shown_to_candidates(services: Services, uow: UnitOfWork, stored: StoredInterviewer, slug: str) -> PublicInterviewer:
    """A published interviewer as a candidate may see it, and whether it takes candidates now."""
    interviewer = running_interviewer(uow, stored, stored.version)
    return PublicInterviewer(
        interviewer_id=stored.id,
        workspace_id=stored.workspace_id,
        employer=interviewer.company or people.workspace_name(uow, stored.workspace_id),
        draft=interviewer,
        closed=closed_now(services, uow, stored, interviewer),
        moved_to=stored.slug if slug and slug != stored.slug else "",
        minutes=minutes(interviewer),
        questions=len(interviewer.questions()),
    )


def closed_now(services: Services, uow: UnitOfWork, stored: StoredInterviewer, interviewer: Interviewer) -> str:
    """Why nobody may begin now (a key of CLOSED); "" when they may."""
    now, settings = services.now(), interviewer.settings
    admission = admit(
        status=stored.status,
        deadline=settings.deadline,
        today=now.date(),
        budget=settings.budget,
        spent=spent_now(uow, stored.id, interviewer, now),
    )
    return admission.closed


def refusal_to_candidates(
    services: Services, uow: UnitOfWork, stored: StoredInterviewer, *, has_place: bool = False
) -> str:
    """Why a candidate can't begin now, in the sentence for them; "" when they can.

    `has_place`: they were invited, and the budget counted them then: walk-ins don't take that place.
    """
    if stored.version == 0:
        return CLOSED["draft"].format(people="The hiring team")
    shown = shown_to_candidates(services, uow, stored, "")
    if not shown.closed or (has_place and shown.closed == "full"):
        return ""
    return CLOSED[shown.closed].format(people=f"The hiring team at {shown.employer}")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a run is made of: whose, from which address, behind which private link."""

    stored: StoredInterviewer
    candidate_id: str
    attempt: int
    token: str
    address: str = ""  # "" for the page behind the link
    status: InterviewStatus = InterviewStatus.IN_PROGRESS
    interview_id: str = ""


def make_interview(uow: UnitOfWork, beginning: Beginning, now: datetime) -> StoredInterview:
    """The rows of a run: its conversation, its one address, the interview."""
    stored, id = beginning.stored, beginning.interview_id or fresh_id()
    conversation_id = derived_id("interview", id)
    conversations.create_conversation(
        uow, id=conversation_id, workspace_id=stored.workspace_id, kind="interview", subject_id=id, state={}
    )
    conversations.join_address(
        uow,
        workspace_id=stored.workspace_id,
        conversation_id=conversation_id,
        address=beginning.address or f"webchat:{id}",
    )
    interviews.start(
        uow,
        id=id,
        workspace_id=stored.workspace_id,
        interviewer_id=stored.id,
        version=stored.version,
        candidate_id=beginning.candidate_id,
        attempt=beginning.attempt,
        conversation_id=conversation_id,
        token=beginning.token,
        now=now,
        status=beginning.status.value,
    )
    begun = interviews.get(uow, id)
    assert begun is not None
    return begun


def begin(
    services: Services, uow: UnitOfWork, stored: StoredInterviewer, candidate_id: str, token: str, address: str = ""
) -> StoredInterview:
    """A run that starts now.

    Raises:
        BadPayload: with the sentence to show: closed, full, taken before, a retake too early.
    """
    now = services.now()
    interviewers.lock(uow, stored.id)  # starts of one interviewer follow each other: the budget counts them all
    if refused := refusal_to_candidates(services, uow, stored):
        raise BadPayload(refused)
    interviewer = running_interviewer(uow, stored, stored.version)
    attempt = next_attempt(uow, stored, candidate_id, interviewer, now)
    return make_interview(uow, Beginning(stored, candidate_id, attempt, token, address), now)


def goes_on_now(services: Services, uow: UnitOfWork, stored: StoredInterviewer, invited: StoredInterview) -> None:
    """An invited person begins, in the thread of their invitation.

    Raises:
        BadPayload: with the sentence to show: closed or full by now.
    """
    interviewers.lock(uow, stored.id)
    if refused := refusal_to_candidates(services, uow, stored, has_place=True):
        raise BadPayload(refused)
    status = InterviewStatus.IN_PROGRESS.value
    interviews.set_status(uow, invited.id, status, "", services.now())
    events.record(
        uow,
        workspace_id=invited.workspace_id,
        subject_id=invited.id,
        name=f"interview_{status}",
        at=services.now(),
        conversation_id=invited.conversation_id,
    )


def is_under_way(interview: StoredInterview) -> bool:
    return interview.status in (InterviewStatus.IN_PROGRESS, InterviewStatus.PAUSED)


def next_attempt(
    uow: UnitOfWork, stored: StoredInterviewer, candidate_id: str, interviewer: Interviewer, now: datetime
) -> int:
    """1 for a first run. Another person's link is never handed out: who has a run under way uses their own link.

    Raises:
        BadPayload: with the sentence to show: under way, taken before, a retake too early.
    """
    earlier = interviews.attempts_of(uow, stored.id, candidate_id)
    if not earlier:
        return 1
    if is_under_way(earlier[-1]):
        raise BadPayload(say("people.under_way", interviewer.language[:2].lower()))
    if refused := refusal_to_repeat(uow, stored, candidate_id, interviewer, now):
        raise BadPayload(refused)
    return earlier[-1].attempt + 1


def refusal_to_repeat(
    uow: UnitOfWork, stored: StoredInterviewer, candidate_id: str, interviewer: Interviewer, now: datetime
) -> str:
    """Why somebody who took this interview can't take it again now, in the sentence for them; "" when they can."""
    settings, language = interviewer.settings, interviewer.language[:2].lower()
    taken = runs_taken(uow, stored.id, candidate_id)
    if len(taken) > settings.retakes:
        employer = interviewer.company or people.workspace_name(uow, stored.workspace_id)
        words = "people.no_more_retakes" if settings.retakes else "people.taken_before"
        return say(words, language, people=say("who.team_at", language, employer=employer))
    ready = next_try_from(taken, settings)
    if ready is not None and now < ready:
        return say("people.retake_from", language, day=day_words(ready.date(), language))
    return ""


def runs_taken(uow: UnitOfWork, interviewer_id: str, candidate_id: str) -> list[StoredInterview]:
    """The runs that count as taken: those that were begun."""
    runs = interviews.attempts_of(uow, interviewer_id, candidate_id)
    return [run for run in runs if run.status != InterviewStatus.INVITED and not _never_begun(uow, run)]


def next_try_from(taken: Sequence[StoredInterview], settings: Settings) -> datetime | None:
    """When the wait after the last try is over; None when there was none."""
    if not taken:
        return None
    return (taken[-1].completed_at or taken[-1].started_at) + timedelta(days=settings.retake_cooldown_days)


def _never_begun(uow: UnitOfWork, run: StoredInterview) -> bool:
    over = run.status in (InterviewStatus.ENDED, InterviewStatus.EXPIRED)
    return over and interviewers.never_begun(uow, run.id)


def tell_conversation(
    uow: UnitOfWork,
    interview: StoredInterview,
    event: str,
    *,
    account: str,
    external_id: str,
    address: str,
    now: datetime,
    **data: Any,
) -> None:
    """Something happened that the interview's graph answers in its next turn; unique like any message."""
    if inbox.find_kept(uow, account, external_id) is not None:
        return
    message = InboundMessage(
        channel_account=account,
        external_id=external_id,
        address=address,
        sender=Sender(SenderKind.SYSTEM),
        text="",
        received_at=now,
        kind=InboundKind.EVENT,
        payload={"event": event, **data},
    )
    inbox.keep(
        uow,
        message,
        id=fresh_id(),
        conversation_id=interview.conversation_id,
        raw=None,
        settle=_AT_ONCE,
        settle_cap=_AT_ONCE,
    )


def offer_web_link(services: Services, uow: UnitOfWork, interview: StoredInterview) -> str:
    """A fresh link of the candidate's own that leads on with this very interview in a browser: for a recruiter to

    send another way when the phone can't be reached. Opening it is the proof; looking uses nothing up.
    """
    token = secrets.token_urlsafe(24)
    interviews.invite(
        uow,
        token=token,
        workspace_id=interview.workspace_id,
        interviewer_id=interview.interviewer_id,
        candidate_id=interview.candidate_id,
        by="",
        now=services.now(),
        interview_id=interview.id,
    )
    return f"{services.base_url}/invite/{token}"

"""Whether and how a candidate can be written to from their interview, and who has the thread. Looks only.

Guarantees: whoever asked for no more, or ended the interview, is shown as not to be written to, with the reason.
"""

from dataclasses import dataclass

from botapp.graphs.interview.speech import say
from botapp.messages import channel_of
from botapp.pipeline.gate import foresee
from botapp.pipeline.outgoing import PERSON
from botapp.pipeline.running import draft_of
from botapp.pipeline.services import Services
from botapp.policy.sending import Allow, HoldUntil, Refuse
from botapp.policy.zones import moment_in_words, zones_of
from botapp.screening.interview import InterviewStatus
from botapp.state import candidates, inbox, interviewers, people, reaching
from botapp.state.interviews import StoredInterview
from botapp.state.outbox import AddressRow
from botapp.state.read_models import MemberRow, Reach
from botapp.state.unit_of_work import UnitOfWork

_WHERE = {"tel": "as a text message", "webchat": "on their interview page", "slack": "in their Slack thread"}
NOWHERE = "They have no thread that a message could go to. Please write to them another way."
NO_MORE = (
    "They asked for no more messages here, so nothing can be sent to them. That ends when they text START themselves."
)
_LEFT = {
    "stopped": "They stopped this interview and were promised no more messages, so nothing can be sent to them here.",
    "not_interested": "They are not interested any more and were promised no more messages, so nothing can be sent.",
    "wrong_person": "This address belongs to somebody else, who was promised no more messages. Nothing can be sent.",
}
_REFUSED = {"no consent on record": "No consent to messages is on record for this address, so nothing can be sent."}


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of ours that a person would write, as far as the gate looks at it."""

    workspace_id: str
    address: str
    id: str = ""
    about: str = PERSON


def address_of(uow: UnitOfWork, interview: StoredInterview) -> str:
    """Where this candidate was last heard from; "" when their thread has no address."""
    return inbox.last_address(uow, interview.conversation_id) or ""


def where_words(address: str) -> str:
    return _WHERE.get(channel_of(address), "in their thread")


def why_blocked(
    services: Services, uow: UnitOfWork, interview: StoredInterview, address: str, known: AddressRow
) -> tuple[str, str]:
    """(why nothing can be written, when it goes out): one of the two is empty."""
    if interview.status == InterviewStatus.ENDED and interview.outcome in _LEFT:
        return _LEFT[interview.outcome], ""
    if not address or channel_of(address) not in services.channels:
        return NOWHERE, ""
    if known.opted_out_at is not None:
        return NO_MORE, ""
    match foresee(services, uow, Letter(interview.workspace_id, address), known):
        case Allow():
            return "", "now"
        case HoldUntil(when=when):
            own = candidates.get(uow, interview.candidate_id).zone
            zones = zones_of(own=own, number=candidates.contact_of(address))
            return "", f"at {moment_in_words(when, zones)}"
        case Refuse(reason=reason):
            return _REFUSED.get(reason, f"{reason[:1].upper()}{reason[1:].rstrip('.')}. Nothing can be sent."), ""


def reach_of(services: Services, uow: UnitOfWork, interview: StoredInterview, member: MemberRow) -> Reach:
    """Everything a page shows about writing to this candidate."""
    address = address_of(uow, interview)
    blocked, goes_out = why_blocked(
        services, uow, interview, address, reaching.standing(uow, interview.workspace_id, address)
    )
    memory = reaching.memory_of(uow, interview.conversation_id)
    taken_id, taken_by = reaching.taken_by(uow, interview.workspace_id, interview.id)
    done = interview.status == InterviewStatus.COMPLETED
    language = language_of(uow, interview)
    shortlist, dismiss = default_words(uow, interview, member, language)
    return Reach(
        where=where_words(address),
        blocked=blocked,
        goes_out=goes_out,
        taken_by=taken_by,
        mine=taken_id == member.id,
        waits=bool(taken_by) or waits_for_person(interview, memory.get("waiting_for", "")),
        may_take_over=may_be_taken_over(interview) and not blocked and taken_id != member.id,
        promised=str(memory.get("promised", "")) if done and not memory.get("answered_by_person") else "",
        on_their_way=tuple(
            str(entry.payload["text"])
            for entry in inbox.pending(uow, interview.conversation_id)
            if entry.payload.get("event") in ("person_reply", "decided") and entry.payload.get("text")
        ),
        language=language,
        shortlist=shortlist,
        dismiss=dismiss,
    )


def may_be_taken_over(interview: StoredInterview) -> bool:
    """Somebody who has not said a word yet has no thread to take over."""
    return interview.status != InterviewStatus.INVITED


def waits_for_person(interview: StoredInterview, waiting_for: str) -> bool:
    return interview.status == InterviewStatus.PAUSED and waiting_for == "person"


def language_of(uow: UnitOfWork, interview: StoredInterview) -> str:
    """What is spoken in this thread: the candidate's choice, else the interviewer's."""
    chosen = str(reaching.memory_of(uow, interview.conversation_id).get("language", ""))
    stored = interviewers.get(uow, interview.interviewer_id)
    draft = draft_of(stored) if stored else None
    return (chosen or (draft.language if draft else "") or "en")[:2].lower()


def default_words(uow: UnitOfWork, interview: StoredInterview, member: MemberRow, language: str) -> tuple[str, str]:
    """What could be said with a yes and with a no, in the candidate's language; the member changes it as they like."""
    stored = interviewers.get(uow, interview.interviewer_id)
    draft = draft_of(stored) if stored else None
    name = interview.candidate_name.split(" ")[0]
    values = {
        "hello": say("people.hello", language, name=name) if name else say("people.hello_you", language),
        "title": stored.title if stored else "",
        "by": member.name,
        "employer": (draft.company if draft else "") or people.workspace_name(uow, interview.workspace_id),
    }
    return say("people.shortlist", language, **values), say("people.dismiss", language, **values)

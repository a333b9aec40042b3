"""Effects about whom an address belongs to and whether it may be written to: opt-outs, changed hands, joining by code.

All in the turn's one transaction. Consent and opt-outs are recorded beside what they change; nothing said is lost.
"""

import secrets
from typing import Any

from botapp.errors import BadPayload
from botapp.messages import channel_of
from botapp.pipeline.alerts import tell_of_unsent
from botapp.pipeline.frame import Frame, effect_id, hand_over, log_event
from botapp.pipeline.services import derived_id
from botapp.pipeline.starting import begin, goes_on_now, is_under_way, tell_conversation
from botapp.screening.effects import Effect
from botapp.screening.interview import InterviewStatus
from botapp.state import candidates, consents, conversations, interviewers, interviews, join_codes, outbox, views
from botapp.state.candidates import StoredCandidate
from botapp.state.interviewers import StoredInterviewer
from botapp.state.interviews import StoredInterview


def opted_out(frame: Frame, _effect: Effect, _index: int) -> None:
    """Asked in their own words: the whole number is left alone. The turn's first reply is the one that may still go."""
    if not frame.services.limits_for(frame.address).obeys_opt_out:
        return
    confirmation = derived_id(frame.turn_id, "reply", 0)
    tell_of_unsent(frame.services, frame.uow, frame.workspace_id, frame.address)
    outbox.opt_out(frame.uow, frame.workspace_id, frame.address, frame.now, confirmation)
    _withdraw(frame, "asked in their own words for no more messages")
    log_event(frame, "opted_out", {})


def changed_hands(frame: Frame, _effect: Effect, _index: int) -> None:
    """Whoever has this address now agreed to nothing; the candidate's threads leave it, and their answers stay."""
    here = candidates.at_address(frame.uow, frame.workspace_id, frame.address)  # the front desk has no interview
    candidate_id = frame.subject.interview.candidate_id if frame.subject.interview else here.id if here else None
    _withdraw(frame, "wrong person", candidate_id)
    if candidate_id is not None:
        candidates.leave_address(frame.uow, frame.workspace_id, frame.address, candidate_id, frame.now)
    log_event(frame, "changed_hands", {"candidate_id": candidate_id})


def _withdraw(frame: Frame, how: str, candidate_id: str | None = None) -> None:
    """Consent to this turn's address ends with what was said in this turn."""
    consents.record(
        frame.uow,
        workspace_id=frame.workspace_id,
        address=frame.address,
        kind=consents.WITHDRAWN,
        at=frame.now,
        how=how,
        channel=channel_of(frame.address),
        now=frame.now,
        evidence=_heard(frame),
        candidate_id=candidate_id,
    )


def _heard(frame: Frame) -> dict[str, Any]:
    """What a record rests on: the messages of this turn."""
    return {"message_ids": views.heard_in(frame.uow, frame.turn_id)}


def candidate_named(frame: Frame, effect: Effect, _index: int) -> None:
    assert frame.subject.interview is not None
    candidates.set_name(frame.uow, frame.subject.interview.candidate_id, effect["name"])
    log_event(frame, "candidate_named", {})


def zone_learned(frame: Frame, effect: Effect, _index: int) -> None:
    assert frame.subject.interview is not None
    if candidates.set_zone(frame.uow, frame.subject.interview.candidate_id, effect["zone"], effect["source"]):
        log_event(frame, "zone_learned", {"zone": effect["zone"], "source": effect["source"]})


def joined(frame: Frame, effect: Effect, index: int) -> None:
    """A code was sent: the interview of whoever has this address begins here, or goes on here.

    Who wrote first agreed to be answered, and sending the code is the proof that lets the address join.
    """
    uow, stored = frame.uow, interviewers.get(frame.uow, effect["interviewer_id"], frame.workspace_id)
    assert stored is not None
    person = _person_here(frame, effect, index)
    last = next(reversed(interviews.attempts_of(uow, stored.id, person.id)), None)
    try:
        interview = _begun_here(frame, stored, person.id, last)
    except BadPayload as refused:
        log_event(frame, "join_refused", {"interviewer_id": stored.id, "reason": str(refused)})
        return
    consents.record(
        uow,
        workspace_id=frame.workspace_id,
        address=frame.address,
        kind=consents.GIVEN,
        at=frame.now,
        how=f"wrote {_code_of(frame, stored.id)} first".replace("  ", " "),
        channel=channel_of(frame.address),
        now=frame.now,
        evidence=_heard(frame),
        candidate_id=person.id,
    )
    conversations.join_address(
        uow,
        workspace_id=frame.workspace_id,
        conversation_id=interview.conversation_id,
        address=frame.address,
        heard_at=frame.now,
    )
    tell_conversation(
        uow,
        interview,
        "joined",
        account="codes",
        external_id=f"joined:{frame.turn_id}:{index}",
        address=frame.address,
        now=frame.now,
        again=last is not None and last.id == interview.id and is_under_way(last),
    )
    hand_over(frame, interview.conversation_id, effect["message_ids"])
    log_event(frame, "joined_by_code", {"interview_id": interview.id, "interviewer_id": stored.id})


def _person_here(frame: Frame, effect: Effect, index: int) -> StoredCandidate:
    """Whoever has this address; somebody new, without a name yet, when nobody does."""
    uow, workspace_id, address = frame.uow, frame.workspace_id, frame.address
    contact = candidates.contact_of(address)
    person = candidates.at_address(uow, workspace_id, address) or candidates.add(
        uow, id=effect_id(frame, effect, index), workspace_id=workspace_id, name="", contact=contact, now=frame.now
    )
    candidates.add_address(uow, workspace_id, address, person.id, frame.now)
    return person


def _begun_here(
    frame: Frame, stored: StoredInterviewer, candidate_id: str, last: StoredInterview | None
) -> StoredInterview:
    """Their run of this interviewer: the one under way, the one they were invited to, else a new one.

    Raises:
        BadPayload: with the sentence why not: closed, full, taken before.
    """
    if last is not None and is_under_way(last):
        return last
    candidates.finished_leave(frame.uow, frame.workspace_id, frame.address)
    if last is not None and last.status == InterviewStatus.INVITED:
        goes_on_now(frame.services, frame.uow, stored, last)
        return last
    return begin(frame.services, frame.uow, stored, candidate_id, secrets.token_urlsafe(24), frame.address)


def _code_of(frame: Frame, interviewer_id: str) -> str:
    code = join_codes.code_of(frame.uow, frame.workspace_id, interviewer_id)
    return f"JOIN {code}".strip()

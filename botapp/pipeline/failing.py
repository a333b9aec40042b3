"""What follows when a message can't arrive: another try, a number marked as of no use, an opt-out, an alert; and the

breaker: a lane whose messages fail by content or configuration stops, with one alert, instead of burning the list.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from botapp.log import get_logger
from botapp.messages import DeliveryStatus, Failure, OutboundMessage, outbound_to_json
from botapp.pipeline.alerts import FEED, is_shared_alert, not_delivered, raise_alert, tell_of_unsent
from botapp.pipeline.mirroring import say_fate
from botapp.pipeline.running import draft_of
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.starting import offer_web_link
from botapp.policy.breaker import outcomes_after, trips
from botapp.policy.failures import GiveUp, TryAgain, after_failure
from botapp.state import consents, conversations, events, interviewers, interviews, lanes, outbox
from botapp.state.interviews import StoredInterview
from botapp.state.outbox import OutboxEntry
from botapp.state.unit_of_work import UnitOfWork

log = get_logger()


def failed(
    services: Services,
    uow: UnitOfWork,
    entry: OutboxEntry,
    failure: Failure,
    *,
    frm: Sequence[DeliveryStatus],
    external_id: str = "",
) -> bool:
    """The row will not arrive: mark it and do what its failure calls for. False: it is somewhere else by now."""
    outbox.lock_address(uow, entry.workspace_id, entry.address)  # first, as the gate does
    values = {"error": failure.sentence, "code": failure.code} | ({"external_id": external_id} if external_id else {})
    if not outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.FAILED, **values):
        return False
    now = services.now()
    if is_shared_alert(entry):  # it stands in the feed: nothing is sent again, and no lane stops
        not_delivered(services, uow, entry, failure)
        return True
    _count(services, uow, entry, failure.kind.value, failure.sentence)
    match after_failure(failure, entry.tries, now):
        case TryAgain(at=at):
            _try_again(uow, entry, at, now)
            outbox.follow_instead(uow, entry.id, derived_id(entry.id, "again"))
        case GiveUp() as given_up:
            outbox.let_follow(uow, entry.id, now)
            say_fate(services, uow, entry, DeliveryStatus.FAILED, now, failure.sentence)
            _give_up(services, uow, entry, failure, given_up)
    log.info("message_failed", outbox_id=entry.id, kind=failure.kind.value, code=failure.code, tries=entry.tries)
    return True


def fine(uow: UnitOfWork, entry: OutboxEntry) -> None:
    """The provider took it: the lane's record says so."""
    if entry.lane:
        latest = lanes.outcomes(uow, entry.workspace_id, entry.lane)
        if any(outcome != "ok" for outcome in latest):  # a clean record needs no line for each message
            lanes.keep_outcomes(uow, entry.lane, outcomes_after(latest, "ok"))


def _try_again(uow: UnitOfWork, entry: OutboxEntry, at: datetime, now: datetime) -> None:
    """The same words as a row of their own: every row is one call, one provider id, one fate."""
    number = conversations.take_seqs(uow, entry.conversation_id, 1) if entry.conversation_id else None
    again = replace(
        entry,
        id=derived_id(entry.id, "again"),
        seq=number,
        status=DeliveryStatus.QUEUED.value,
        due_at=at,
        created_at=now,
        attempts=0,
        look_ups=0,
        sending_since=None,
        external_id=None,
        follows=None,
        tries=entry.tries + 1,
    )
    outbox.add(uow, [again])


def _give_up(services: Services, uow: UnitOfWork, entry: OutboxEntry, failure: Failure, given_up: GiveUp) -> None:
    now = services.now()
    if given_up.opted_out:
        tell_of_unsent(services, uow, entry.workspace_id, entry.address)
        outbox.opt_out(uow, entry.workspace_id, entry.address, now, "")
        consents.record(
            uow,
            workspace_id=entry.workspace_id,
            address=entry.address,
            kind=consents.WITHDRAWN,
            how=failure.sentence,
            channel="provider",
            evidence={"outbox_id": entry.id, "code": failure.code},
            at=now,
            now=now,
        )
    if given_up.unusable:
        outbox.set_unusable(uow, entry.workspace_id, entry.address, given_up.unusable)
    if given_up.tell:
        tell(services, uow, entry, given_up.unusable or failure.sentence)


def tell(services: Services, uow: UnitOfWork, entry: OutboxEntry, sentence: str) -> None:
    """The recruiter hears who was not reached, why, and what can be done: a link of their own for the candidate."""
    interview = _interview_of(uow, entry)
    if interview is None:
        return
    link = offer_web_link(services, uow, interview)
    name = interview.candidate_name or "A candidate"
    text = f"{name} did not get our text. {sentence} Their own link, to send another way: {link}"
    stored = interviewers.get(uow, interview.interviewer_id)
    draft = draft_of(stored) if stored else None
    raise_alert(
        services,
        uow,
        id=derived_id(entry.id, "undeliverable"),
        workspace_id=entry.workspace_id,
        about="undeliverable",
        message=outbound_to_json(OutboundMessage(text)),
        subject={"interview_id": interview.id, "interviewer_id": interview.interviewer_id},
        wanted=draft.settings.alert_address if draft else FEED,
    )
    events.record(
        uow,
        workspace_id=entry.workspace_id,
        subject_id=interview.id,
        name="undeliverable",
        at=services.now(),
        data={"reason": sentence},
        conversation_id=entry.conversation_id,
    )


def _interview_of(uow: UnitOfWork, entry: OutboxEntry) -> StoredInterview | None:
    if entry.conversation_id is None:
        return None
    conversation = conversations.load(uow, entry.conversation_id)
    return interviews.get(uow, conversation.subject_id) if conversation.kind == "interview" else None


# ---- the breaker -----------------------------------------------------------------------------------------


def _count(services: Services, uow: UnitOfWork, entry: OutboxEntry, outcome: str, sentence: str) -> None:
    if not entry.lane:
        return
    latest = outcomes_after(lanes.outcomes(uow, entry.workspace_id, entry.lane), outcome)
    lanes.keep_outcomes(uow, entry.lane, latest)
    now = services.now()
    if trips(latest) and lanes.pause(uow, entry.lane, sentence, now):
        text = (
            f"Texts from {entry.sender or entry.lane} are paused: too many failed. {sentence} "
            "What failed is marked; what waits leaves when you press Resume in the console, under Team."
        )
        raise_alert(
            services,
            uow,
            id=derived_id(entry.lane, "paused", now.isoformat()),
            workspace_id=entry.workspace_id,
            about="sender_paused",
            message=outbound_to_json(OutboundMessage(text)),
            subject={},
            wanted=FEED,
        )
        log.error("lane_paused", lane_of=entry.workspace_id)

"""The send gate: loads the facts with the address's row locked, asks policy, and commits `sending`, `held` or

`refused` in the caller's transaction. Nothing that crosses a network leaves but through here.
"""

from typing import Protocol

from botapp.messages import DeliveryStatus
from botapp.pipeline.failing import tell
from botapp.pipeline.mirroring import say_fate
from botapp.pipeline.outgoing import PERSON
from botapp.pipeline.services import Services
from botapp.pipeline.starting import refusal_to_candidates
from botapp.policy.first_message import missing_in_first_message
from botapp.policy.sending import Allow, HoldUntil, QuietHours, Refuse, SendDecision, SendFacts, decide_send
from botapp.policy.zones import zones_of
from botapp.screening.interview import InterviewStatus
from botapp.state import candidates, consents, conversations, interviewers, interviews, lanes, outbox, people
from botapp.state.outbox import AddressRow, OutboxEntry
from botapp.state.unit_of_work import UnitOfWork

_FROM = (DeliveryStatus.QUEUED, DeliveryStatus.HELD)


class Leaving(Protocol):
    """As much of a row as the gate looks at."""

    @property
    def id(self) -> str: ...
    @property
    def workspace_id(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def about(self) -> str: ...


def pass_gate(services: Services, uow: UnitOfWork, entry: OutboxEntry) -> Allow | None:
    """Decide about one row. `Allow` when it is marked `sending` now; None when it stays, or another was quicker."""
    known = outbox.lock_address(uow, entry.workspace_id, entry.address)
    match foresee(services, uow, entry, known):
        case Allow() as allowed:
            if gone := _too_late(services, uow, entry):
                _refuse(services, uow, entry, gone)
                return None
            lacking = _lacking(services, uow, entry)
            if not lacking:
                return _let_through(services, uow, entry, allowed)
            _refuse(services, uow, entry, f"the first message does not say {lacking}")
        case HoldUntil(when=when):
            outbox.move(uow, entry.id, frm=_FROM, to=DeliveryStatus.HELD, due_at=when)
            say_fate(services, uow, entry, DeliveryStatus.HELD, when)
        case Refuse(reason=reason):
            _refuse(services, uow, entry, reason)
    return None


def _let_through(services: Services, uow: UnitOfWork, entry: OutboxEntry, allowed: Allow) -> Allow | None:
    now, rate = services.now(), services.limits_for(entry.address).rate
    lane = entry.lane if rate else ""
    if lane and not lanes.take(uow, entry.workspace_id, lane, units=entry.units, rate=rate, now=now):
        return None
    if not outbox.move(uow, entry.id, frm=_FROM, to=DeliveryStatus.SENDING, sending_since=now):
        return None
    return allowed


def _refuse(services: Services, uow: UnitOfWork, entry: OutboxEntry, reason: str) -> None:
    """It never leaves. Whoever invited somebody hears that the invitation did not."""
    refused = outbox.move(uow, entry.id, frm=_FROM, to=DeliveryStatus.REFUSED, error=reason)
    if refused:
        say_fate(services, uow, entry, DeliveryStatus.REFUSED, services.now(), reason)
    if refused and entry.about == "invitation":
        tell(services, uow, entry, f"{reason[:1].upper()}{reason[1:].rstrip('.')}.")


def foresee(services: Services, uow: UnitOfWork, row: Leaving, known: AddressRow) -> SendDecision:
    """What the gate says of a row now, by what is known of its address; nothing is moved."""
    return decide_send(_facts(services, uow, row, known))


def _facts(services: Services, uow: UnitOfWork, entry: Leaving, known: AddressRow) -> SendFacts:
    limits = services.limits_for(entry.address)
    consented = not limits.needs_consent or bool(consents.in_force(uow, entry.workspace_id, entry.address))
    return SendFacts(
        now=services.now(),
        opted_out=known.opted_out_at is not None,
        is_confirmation=known.opted_out_at is not None and known.confirmation == entry.id,
        asked=entry.about in ("reply", PERSON, "opt_out", "help"),
        keyword=entry.about in ("opt_out", "help"),
        heard_at=known.heard_at,
        consented=consented,
        unusable=known.unusable,
        quiet=_quiet(services, uow, entry) if limits.keeps_quiet_hours else None,
    )


def _quiet(services: Services, uow: UnitOfWork, entry: Leaving) -> QuietHours:
    """The person's night: by their own words, else where their number may be."""
    own = candidates.zone_of_address(uow, entry.workspace_id, entry.address)
    zones = zones_of(own=own, number=candidates.contact_of(entry.address))
    return QuietHours(begins=services.terms.texting_until, ends=services.terms.texting_from, zones=zones)


def _too_late(services: Services, uow: UnitOfWork, entry: OutboxEntry) -> str:
    """Why an invitation that waited must not leave any more; "" when it may."""
    if entry.about != "invitation" or not entry.conversation_id:
        return ""
    interview = interviews.get(uow, conversations.load(uow, entry.conversation_id).subject_id)
    if interview is None:
        return ""
    if interview.status != InterviewStatus.INVITED:
        return "the interview has begun, or is over"
    stored = interviewers.get(uow, interview.interviewer_id)
    return refusal_to_candidates(services, uow, stored, has_place=True) if stored else ""


def _lacking(services: Services, uow: UnitOfWork, entry: OutboxEntry) -> str:
    """What an invitation must say and does not; "" when it says all, or is none."""
    if entry.about != "invitation" or not services.limits_for(entry.address).needs_consent:
        return ""
    parts = outbox.texts_of_turn(uow, entry.turn_id) if entry.turn_id else [str(entry.message["text"])]
    text, employers = " ".join(parts), _employers(uow, entry)
    fewest = min([missing_in_first_message(text, employer) for employer in employers], key=len)
    return ", ".join(fewest)


def _employers(uow: UnitOfWork, entry: OutboxEntry) -> list[str]:
    """Who may be named as the one who asks: the company of the job, where it has one, or the workspace."""
    interview = None
    if entry.conversation_id:
        interview = interviews.get(uow, conversations.load(uow, entry.conversation_id).subject_id)
    stored = interviewers.get(uow, interview.interviewer_id) if interview else None
    company = str((stored.draft or {}).get("company") or "") if stored else ""
    return [*filter(None, [company]), people.workspace_name(uow, entry.workspace_id)]

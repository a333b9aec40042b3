"""Deliver: the one send gate for everything that crosses a network.

Each row: decide and mark `sending` in one transaction with the address's row locked, call the provider with no
transaction open, record what became of it. What may have left is looked up, never resent blindly.
"""

from datetime import timedelta

from botapp.channels.base import (
    Absent,
    Ambiguous,
    DeliveryResult,
    Found,
    Outgoing,
    Rejected,
    RetryLater,
    Sent,
)
from botapp.log import get_logger
from botapp.messages import DeliveryStatus, outbound_from_json
from botapp.pipeline.services import Services
from botapp.policy.sending import Allow, HoldUntil, Refuse, SendFacts, decide_send
from botapp.state import outbox
from botapp.state.outbox import OutboxEntry
from botapp.state.unit_of_work import UnitOfWork

MAX_BACK_OFF = 300.0
LOOK_UPS_BEFORE_RESEND = 2
log = get_logger()


def deliver_next(services: Services) -> bool:
    """Send the most urgent row. False when nothing can be sent now."""
    with services.database.writing() as uow:
        entry = outbox.next_to_send(uow, services.now())
        if entry is None:
            return False
        allowed = _pass_gate(services, uow, entry)
        services.mark("deliver.before_sending")
    if not allowed:
        return True
    services.mark("deliver.sending")
    result = services.channel_for(entry.address).send(_outgoing(entry))
    services.mark("deliver.called")
    _record(services, entry, result)
    services.mark("deliver.recorded")
    if entry.conversation_id:
        services.wakeups.push(entry.conversation_id, {"type": "message"})
    return True


def _pass_gate(services: Services, uow: UnitOfWork, entry: OutboxEntry) -> bool:
    """Decide with the address locked; commit `sending`, `held` or `refused`."""
    opted_out = outbox.lock_address(uow, entry.workspace_id, entry.address) is not None
    confirms = opted_out and outbox.confirmation_of(uow, entry.workspace_id, entry.address) == entry.id
    facts = SendFacts(
        now=services.now(), opted_out=opted_out, is_confirmation=confirms, asked=entry.about in ("reply", "opt_out")
    )
    frm = [DeliveryStatus.QUEUED, DeliveryStatus.HELD]
    match decide_send(facts):
        case Allow():
            return outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.SENDING, sending_since=services.now())
        case HoldUntil(when=when):
            outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.HELD, due_at=when)
        case Refuse(reason=reason):
            outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.REFUSED, error=reason)
    return False


def _outgoing(entry: OutboxEntry) -> Outgoing:
    return Outgoing(
        id=entry.id,
        address=entry.address,
        message=outbound_from_json(entry.message),
        sent_after=entry.created_at.isoformat(),
    )


def _record(services: Services, entry: OutboxEntry, result: DeliveryResult) -> None:
    frm = [DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN]
    with services.database.writing() as uow:
        match result:
            case Sent(external_id=external_id):
                outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.SENT, external_id=external_id)
            case RetryLater(after=after):
                wait = max(after, timedelta(seconds=min(2.0 ** min(entry.attempts, 9), MAX_BACK_OFF)))
                due = services.now() + wait
                outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.QUEUED, due_at=due, attempts=entry.attempts + 1)
            case Ambiguous(reason=reason):
                _mark_unknown(services, uow, entry, reason)
            case Rejected(reason=reason, suppress=suppress):
                outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.FAILED, error=reason)
                if suppress:
                    outbox.opt_out(uow, entry.workspace_id, entry.address, services.now(), "")
    log.info("outbox_recorded", outbox_id=entry.id, result=type(result).__name__)


def _mark_unknown(services: Services, uow: UnitOfWork, entry: OutboxEntry, reason: str) -> None:
    """The first look-up waits until the call must be over: twice its time-out."""
    due = services.now() + 2 * services.limits_for(entry.address).call_timeout
    outbox.move(
        uow,
        entry.id,
        frm=[DeliveryStatus.SENDING],
        to=DeliveryStatus.UNKNOWN,
        due_at=due,
        look_ups=0,
        error=reason,
    )


def give_up_stale(services: Services) -> int:
    """Rows whose sender died: their fate is unknown until a look-up or a report says more."""
    with services.database.writing() as uow:
        stale = outbox.stale_sending(uow, services.now())
        for entry in stale:
            _mark_unknown(services, uow, entry, "the sender died")
    return len(stale)


def look_up_unknown(services: Services) -> int:
    """Ask providers about rows of unknown fate. Queued again only after two look-ups found nothing."""
    with services.database.reading() as uow:
        due = outbox.unknown_due(uow, services.now())
    for entry in due:
        found = services.channel_for(entry.address).look_up(_outgoing(entry))
        with services.database.writing() as uow:
            _apply_look_up(services, uow, entry, found)
    return len(due)


def _apply_look_up(services: Services, uow: UnitOfWork, entry: OutboxEntry, found: object) -> None:
    frm = [DeliveryStatus.UNKNOWN]
    again = services.now() + 2 * services.limits_for(entry.address).call_timeout
    match found:
        case Found(external_id=external_id):
            outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.SENT, external_id=external_id)
        case Absent() if entry.look_ups + 1 >= LOOK_UPS_BEFORE_RESEND:
            outbox.move(
                uow, entry.id, frm=frm, to=DeliveryStatus.QUEUED, due_at=services.now(), attempts=entry.attempts + 1
            )
        case Absent():
            outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.UNKNOWN, due_at=again, look_ups=entry.look_ups + 1)
        case _:
            outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.UNKNOWN, due_at=again)

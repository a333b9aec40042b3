"""Deliver: the one send gate for everything that crosses a network.

Each row: decide and mark `sending` in one transaction with the address's row locked, call the provider with no
transaction open, record what became of it. What may have left is looked up, never resent blindly.
"""

from dataclasses import replace
from datetime import timedelta

from botapp.channels.base import (
    Absent,
    Ambiguous,
    CannotTell,
    DeliveryResult,
    Found,
    LookUp,
    Outgoing,
    Rejected,
    RetryLater,
    Sent,
)
from botapp.log import get_logger
from botapp.messages import DeliveryStatus, outbound_from_json
from botapp.pipeline.digests import gathered
from botapp.pipeline.failing import failed, fine
from botapp.pipeline.gate import pass_gate
from botapp.pipeline.receive import fold_report
from botapp.pipeline.services import Services
from botapp.state import outbox, reports
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
        entry = gathered(services, uow, entry)
        allowed = pass_gate(services, uow, entry)
        services.mark("deliver.before_sending")
    if allowed is None:
        return True
    services.mark("deliver.sending")
    result = _send(services, entry, allowed.valid_for)
    services.mark("deliver.called")
    _record(services, entry, result)
    services.mark("deliver.recorded")
    if entry.conversation_id:
        services.wakeups.push(entry.conversation_id, {"type": "message"})
    return True


def _send(services: Services, entry: OutboxEntry, valid_for: timedelta | None) -> DeliveryResult:
    try:
        return services.channel_for(entry.address).send(replace(_outgoing(entry), valid_for=valid_for))
    except Exception as error:  # a channel must not raise; one that does may have sent before it did
        log.error("channel_raised", outbox_id=entry.id, exc_info=error)
        return Ambiguous("the channel failed")


def _outgoing(entry: OutboxEntry) -> Outgoing:
    return Outgoing(
        id=entry.id,
        address=entry.address,
        message=outbound_from_json(entry.message),
        sent_after=entry.created_at.isoformat(),
        sender=entry.sender,
    )


def _record(services: Services, entry: OutboxEntry, result: DeliveryResult) -> None:
    with services.database.writing() as uow:
        match result:
            case Sent(external_id=external_id):
                _mark_sent(services, uow, entry, external_id)
            case RetryLater(after=after):
                _mark_queued(services, uow, entry, after)
            case Ambiguous(reason=reason):
                _mark_unknown(services, uow, entry, reason)
            case Rejected(failure=failure):
                failed(services, uow, entry, failure, frm=_IN_FLIGHT)
    log.info("outbox_recorded", outbox_id=entry.id, result=type(result).__name__)


_IN_FLIGHT = (DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN)


def _mark_sent(services: Services, uow: UnitOfWork, entry: OutboxEntry, external_id: str) -> None:
    """The provider has it. What it said of it before we knew its id is read now."""
    if not outbox.move(uow, entry.id, frm=_IN_FLIGHT, to=DeliveryStatus.SENT, external_id=external_id):
        return
    fine(uow, entry)
    outbox.let_follow(uow, entry.id, services.now() + services.limits_for(entry.address).part_gap)
    for report in reports.of_external_id(uow, external_id):
        fold_report(services, uow, report)


def _mark_queued(services: Services, uow: UnitOfWork, entry: OutboxEntry, after: timedelta) -> None:
    wait = max(after, timedelta(seconds=min(2.0 ** min(entry.attempts, 9), MAX_BACK_OFF)))
    due, attempts = services.now() + wait, entry.attempts + 1
    outbox.move(uow, entry.id, frm=_IN_FLIGHT, to=DeliveryStatus.QUEUED, due_at=due, attempts=attempts)


def _mark_unknown(services: Services, uow: UnitOfWork, entry: OutboxEntry, reason: str) -> None:
    """The first look-up waits until the call must be over: twice its time-out."""
    due = services.now() + 2 * services.limits_for(entry.address).call_timeout
    frm = [DeliveryStatus.SENDING]
    outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.UNKNOWN, due_at=due, look_ups=0, error=reason)


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
        found = _look_up(services, entry)
        with services.database.writing() as uow:
            _apply_look_up(services, uow, entry, found)
    return len(due)


def _look_up(services: Services, entry: OutboxEntry) -> LookUp:
    try:
        return services.channel_for(entry.address).look_up(_outgoing(entry))
    except Exception as error:  # the next look-up may do better; the others of this round are asked all the same
        log.error("channel_raised", outbox_id=entry.id, exc_info=error)
        return CannotTell()


def _apply_look_up(services: Services, uow: UnitOfWork, entry: OutboxEntry, found: LookUp) -> None:
    frm, now = [DeliveryStatus.UNKNOWN], services.now()
    wait = 2 * services.limits_for(entry.address).call_timeout
    match found:
        case Found(external_id=external_id) if not outbox.is_known(uow, external_id):
            _mark_sent(services, uow, entry, external_id)
        # The one message in these words is another row's: this one is not there.
        case Absent() | Found() if entry.look_ups + 1 >= LOOK_UPS_BEFORE_RESEND:
            attempts = entry.attempts + 1
            outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.QUEUED, due_at=now, attempts=attempts)
        case Absent() | Found():
            look_ups = entry.look_ups + 1
            outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.UNKNOWN, due_at=now + wait, look_ups=look_ups)
        case CannotTell():  # asked again ever more rarely
            later = now + max(wait, (now - entry.created_at) / 2)
            outbox.move(uow, entry.id, frm=frm, to=DeliveryStatus.UNKNOWN, due_at=later)

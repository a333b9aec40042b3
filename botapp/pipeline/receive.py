"""Receive: route, keep, wake. One transaction; a repeat is a success; no model, graph or provider is called here.

Opt-out words on channels that promise it are obeyed here, by rule, in the same transaction.
"""

from botapp.errors import Conflict
from botapp.messages import (
    DeliveryReport,
    DeliveryStatus,
    InboundKind,
    InboundMessage,
    OutboundMessage,
    SenderKind,
    outbound_to_json,
)
from botapp.pipeline.services import Services, derived_id, fresh_id
from botapp.policy.opt_out import opt_out_word
from botapp.state import conversations, inbox, outbox
from botapp.state.inbox import Kept
from botapp.state.outbox import OutboxEntry
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import DELIVERIES, TURNS

STOPPED = OutboundMessage("You won't get any more messages from us. Reply START if you change your mind.")
STARTED = OutboundMessage("You will get our messages again. Reply STOP to end them at any time.")


def receive_message(
    services: Services,
    message: InboundMessage,
    *,
    workspace_id: str,
    conversation_id: str | None = None,
    raw: bytes | None = None,
) -> Kept:
    """Keep one message for ever, in the conversation it belongs to, and wake a worker.

    `conversation_id` when a proven link says it; else the address decides: one open conversation, or its front desk.

    Raises:
        Retryable: the database can't be reached; nothing was kept, the sender may try again.
    """
    services.mark("receive.begin")
    try:
        kept = _keep_in_one(services, message, workspace_id, conversation_id, raw)
    except Conflict:
        # Somebody was quicker with this very message or with its front desk, and has committed: it is there now.
        kept = _keep_in_one(services, message, workspace_id, conversation_id, raw)
    services.mark("receive.committed")
    if not kept.duplicate:
        waits = message.kind is InboundKind.TEXT and not message.typing_ended
        if not waits or services.limits_for(message.address).settle.total_seconds() <= 3:
            services.wakeups.wake(TURNS)
        if services.limits_for(message.address).obeys_opt_out and opt_out_word(message.text):
            services.wakeups.wake(DELIVERIES)
        services.wakeups.push(kept.conversation_id, {"type": "message"})
    services.mark("receive.woken")
    return kept


def _keep_in_one(
    services: Services, message: InboundMessage, workspace_id: str, conversation_id: str | None, raw: bytes | None
) -> Kept:
    with services.database.writing() as uow:
        kept = _keep(services, uow, message, workspace_id, conversation_id, raw)
        services.mark("receive.before_commit")
    return kept


def _keep(
    services: Services,
    uow: UnitOfWork,
    message: InboundMessage,
    workspace_id: str,
    conversation_id: str | None,
    raw: bytes | None,
) -> Kept:
    known = inbox.find_kept(uow, message.channel_account, message.external_id)
    if known is not None:
        return known
    limits = services.limits_for(message.address)
    kept = inbox.keep(
        uow,
        message,
        id=fresh_id(),
        conversation_id=conversation_id or route(uow, workspace_id, message),
        raw=raw,
        settle=limits.settle,
        settle_cap=limits.settle_cap,
    )
    if limits.obeys_opt_out and message.sender.kind is SenderKind.CANDIDATE:
        _obey_opt_out(services, uow, message, workspace_id, kept)
    return kept


def route(uow: UnitOfWork, workspace_id: str, message: InboundMessage) -> str:
    """The one open conversation of an address; with none or several, its front desk. Never a guess."""
    found = conversations.conversations_of(uow, workspace_id, message.address)
    if len(found) == 1:
        return found[0]
    return front_desk(uow, workspace_id, message.address)


def front_desk(uow: UnitOfWork, workspace_id: str, address: str) -> str:
    """The conversation that finds out what an address is about; made when first needed."""
    subject = f"{workspace_id}/{address}"
    known = conversations.find_conversation(uow, "frontdesk", derived_id(subject))
    if known is not None:
        return known
    id = derived_id("frontdesk", subject)
    conversations.create_conversation(
        uow, id=id, workspace_id=workspace_id, kind="frontdesk", subject_id=derived_id(subject), state={}
    )
    return id


def _obey_opt_out(services: Services, uow: UnitOfWork, message: InboundMessage, workspace_id: str, kept: Kept) -> None:
    word = opt_out_word(message.text)
    if word is None:
        return
    reply_id = derived_id("opt", kept.id)
    if word == "stop":
        outbox.opt_out(uow, workspace_id, message.address, message.received_at, reply_id)
    else:
        outbox.opt_in(uow, workspace_id, message.address)
    seq = conversations.take_seqs(uow, kept.conversation_id, 1)
    outbox.add(
        uow,
        [
            OutboxEntry(
                id=reply_id,
                workspace_id=workspace_id,
                conversation_id=kept.conversation_id,
                seq=seq,
                address=message.address,
                about="opt_out",
                subject={},
                message=outbound_to_json(STOPPED if word == "stop" else STARTED),
                status=DeliveryStatus.QUEUED.value,
                priority=0,
                due_at=services.now(),
                turn_id=None,
                created_at=message.received_at,
            )
        ],
    )


def receive_report(services: Services, report: DeliveryReport) -> bool:
    """Fold a provider's report into its row, forward only. True when it told us something new."""
    with services.database.writing() as uow:
        return outbox.fold_report(
            uow, id=report.outbox_id, external_id=report.external_id, status=report.status, error=report.error
        )


def typing_ended(services: Services, conversation_id: str) -> None:
    """The page says the person is done: what waits for more words is due now."""
    with services.database.writing() as uow:
        was_waiting = conversations.make_due(uow, conversation_id, services.now())
    if was_waiting:
        services.wakeups.wake(TURNS)

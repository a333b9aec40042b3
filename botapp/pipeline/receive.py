"""Receive: route, keep, wake. One transaction; a repeat is a success; no model, graph or provider is called here.

Words like STOP, START and HELP are obeyed here, by rule, in the same transaction, on channels that promise it. Reports
of what became of our messages end here too, folded forward.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from botapp.channels.base import Channel, WebhookRequest
from botapp.errors import Conflict, NotFound
from botapp.messages import (
    DeliveryReport,
    DeliveryStatus,
    InboundKind,
    InboundMessage,
    OutboundMessage,
    Sender,
    SenderKind,
    channel_of,
    outbound_to_json,
)
from botapp.pipeline.alerts import tell_of_unsent
from botapp.pipeline.failing import failed
from botapp.pipeline.outgoing import outgoing_row
from botapp.pipeline.running import running_interviewer
from botapp.pipeline.services import Services, derived_id, fresh_id
from botapp.policy.flood import MANY, MANY_ANSWERED, WITHIN, answered_at, flood_text, is_flood
from botapp.policy.opt_out import (
    Keyword,
    help_text,
    keyword_of,
    language_of_keyword,
    started_text,
    stopped_text,
    wants_no_answer,
)
from botapp.state import (
    candidates,
    consents,
    conversations,
    inbox,
    interviewers,
    interviews,
    join_codes,
    outbox,
    people,
    reports,
    senders,
    tasks,
)
from botapp.state.inbox import Kept
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import DELIVERIES, TURNS


class Placing(Protocol):
    """Where a channel with places of its own puts a message, and what follows; both in the receiving transaction."""

    def conversation(self, uow: UnitOfWork, message: InboundMessage) -> str: ...

    def then(self, uow: UnitOfWork, kept: Kept) -> None: ...


def receive_webhook(services: Services, channel: Channel, request: WebhookRequest, at: datetime | None = None) -> None:
    """A provider's call: proven, read, and each message and report in it kept. `at`: when it came, if not just now.

    Raises:
        BadPayload: it is not theirs, or not what it says it is. NotFound: it is for nobody here.
        Retryable: nothing was kept; the provider may try again.
    """
    channel.verify(request, services.secrets.get(channel.scheme, {}))
    for item in channel.parse(request):
        if isinstance(item, InboundMessage):
            to = (item.to, str(item.payload.get("service", "")))
            workspace_id = _workspace_of(services, channel.scheme, item.channel_account, to)
            message = replace(item, received_at=at or item.received_at)
            receive_message(services, message, workspace_id=workspace_id, raw=request.body)
        else:
            workspace_id = _workspace_of(services, channel.scheme, item.channel_account, None)
            receive_report(services, item, workspace_id=workspace_id)


def _workspace_of(services: Services, scheme: str, account: str, to: tuple[str, ...] | None) -> str:
    """Whose account it is, and whose sender: `to` by itself, or by the group it belongs to."""
    with services.database.reading() as uow:
        if to is None:
            found = senders.workspace_of_account(uow, scheme, account)
        else:
            owners = (senders.workspace_of(uow, scheme, account, sender) for sender in to if sender)
            found = next((owner for owner in owners if owner), None)
    if found is None:
        raise NotFound("Nobody here has that number.")
    return found


def receive_message(
    services: Services,
    message: InboundMessage,
    *,
    workspace_id: str,
    conversation_id: str | None = None,
    raw: bytes | None = None,
    placing: Placing | None = None,
) -> Kept:
    """Keep one message for ever, in the conversation it belongs to, and wake a worker.

    `conversation_id` when a proven link says it, `placing` when the channel does; else the address decides: one open
    conversation, or its front desk.

    Raises:
        Retryable: the database can't be reached; nothing was kept, the sender may try again.
    """
    services.mark("receive.begin")
    try:
        kept = _keep_in_one(services, message, workspace_id, conversation_id, raw, placing)
    except Conflict:
        # Somebody was quicker with this very message or with its front desk, and has committed: it is there now.
        kept = _keep_in_one(services, message, workspace_id, conversation_id, raw, placing)
    services.mark("receive.committed")
    if not kept.duplicate:
        waits = message.kind is InboundKind.TEXT and not message.typing_ended
        if not waits or services.limits_for(message.address).settle.total_seconds() <= 3:
            services.wakeups.wake(TURNS)
        if kept.answered:
            services.wakeups.wake(DELIVERIES)
        services.wakeups.push(kept.conversation_id, {"type": "message"})
    services.mark("receive.woken")
    return kept


def _keep_in_one(
    services: Services,
    message: InboundMessage,
    workspace_id: str,
    conversation_id: str | None,
    raw: bytes | None,
    placing: Placing | None,
) -> Kept:
    with services.database.writing() as uow:
        kept = _keep(services, uow, message, workspace_id, conversation_id, raw, placing)
        services.mark("receive.before_commit")
    return kept


def _keep(
    services: Services,
    uow: UnitOfWork,
    message: InboundMessage,
    workspace_id: str,
    conversation_id: str | None,
    raw: bytes | None,
    placing: Placing | None,
) -> Kept:
    known = inbox.find_kept(uow, message.channel_account, message.external_id)
    if known is not None:
        return known
    limits = services.limits_for(message.address)
    message = _named(uow, workspace_id, message)
    word = _word_of(services, message)
    if placing is not None:
        conversation_id = placing.conversation(uow, message)
    kept = inbox.keep(
        uow,
        _marked(message, word),
        id=fresh_id(),
        conversation_id=conversation_id or route(uow, workspace_id, message),
        raw=raw,
        settle=limits.settle,
        settle_cap=limits.settle_cap,
    )
    if limits.hop and message.kind is not InboundKind.EVENT:
        outbox.heard(uow, workspace_id, message.address, message.to, message.received_at)
    if word is not None:
        _obey(services, uow, message, word, workspace_id, kept)
        kept = replace(kept, answered=True)
    elif kept.seq >= MANY and message.sender.kind is SenderKind.CANDIDATE and message.kind is not InboundKind.EVENT:
        kept = _calmed(services, uow, message, workspace_id, kept)
    if placing is not None:
        placing.then(uow, kept)
    else:
        _keep_files_later(uow, message, workspace_id, kept)
    return kept


def route(uow: UnitOfWork, workspace_id: str, message: InboundMessage) -> str:
    """The one open conversation of an address; with none or several, its front desk. Never a guess.

    Of several it is the one they spoke in last, while what we said last was said there too: they are answering that.
    """
    found = conversations.conversations_of(uow, workspace_id, message.address)
    if found and not _asks_for_another(uow, workspace_id, message):
        if len(found) == 1:
            return found[0]
        theirs = conversations.spoken_in_last(uow, workspace_id, message.address, message.received_at - _GOES_ON)
        if theirs is not None and theirs == outbox.last_said_in(uow, workspace_id, message.address):
            return theirs
    return front_desk(uow, workspace_id, message.address)


_GOES_ON = timedelta(hours=12)  # a thread that was put down longer ago has to be named again
_JOIN = re.compile(r"^\W*join\W+(\w+)\W*$", re.IGNORECASE)


def _asks_for_another(uow: UnitOfWork, workspace_id: str, message: InboundMessage) -> bool:
    """ "JOIN NIGHTS" from somebody in the middle of another interview is no answer to it."""
    said = _JOIN.match(message.text) if message.to else None
    return said is not None and join_codes.code_shape(said[1]) in join_codes.codes_of(uow, workspace_id)


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


def _named(uow: UnitOfWork, workspace_id: str, message: InboundMessage) -> InboundMessage:
    """A number says who speaks, where the page of a private link has said so itself."""
    if message.sender.id or message.sender.kind is not SenderKind.CANDIDATE:
        return message
    person = candidates.at_address(uow, workspace_id, message.address)
    return replace(message, sender=Sender(SenderKind.CANDIDATE, person.id)) if person else message


def _word_of(services: Services, message: InboundMessage) -> Keyword | None:
    """STOP, START or HELP, when the whole message is that and its channel promises to obey: as the provider read it,

    or as we do.
    """
    if message.sender.kind is not SenderKind.CANDIDATE or not services.limits_for(message.address).obeys_opt_out:
        return None
    said = message.payload.get("opt_out")
    return said if said in ("stop", "start", "help") else keyword_of(message.text)


def _marked(message: InboundMessage, word: Keyword | None) -> InboundMessage:
    """HELP is answered by rule: the conversation has nothing to add to it."""
    if word != "help":
        return message
    return replace(message, payload={**message.payload, "answered_by_rule": word})


def _obey(
    services: Services, uow: UnitOfWork, message: InboundMessage, word: Keyword, workspace_id: str, kept: Kept
) -> None:
    reply_id = derived_id("opt", kept.id)
    known = outbox.lock_address(uow, workspace_id, message.address)
    employer = people.workspace_name(uow, workspace_id)
    language = language_of_keyword(message.text) or spoken_in(uow, kept.conversation_id)
    match word:
        case "stop":
            tell_of_unsent(services, uow, workspace_id, message.address)
            outbox.opt_out(uow, workspace_id, message.address, message.received_at, reply_id)
            _write_down(services, uow, message, workspace_id, kept, consents.WITHDRAWN)
            again = known.opted_out_at is not None
            text = "" if again or wants_no_answer(message.text) else stopped_text(employer, language)
        case "start":
            back = outbox.opt_in(uow, workspace_id, message.address, message.received_at)
            if back:
                _write_down(services, uow, message, workspace_id, kept, consents.GIVEN)
            text = started_text(employer, language) if back else ""
        case "help":
            text = help_text(employer, services.terms.help_contact, language)
    if text and not message.payload.get("answered"):
        about = "help" if word == "help" else "opt_out"
        _answer(services, uow, message, workspace_id, kept, reply_id, about, text)


def _calmed(services: Services, uow: UnitOfWork, message: InboundMessage, workspace_id: str, kept: Kept) -> Kept:
    """Very many messages at once are answered together when they have ended; one line says so, once an hour."""
    now = message.received_at
    if not inbox.is_fast(uow, kept, now - WITHIN, MANY):
        return kept
    if not is_flood(*inbox.said_since(uow, kept, now - WITHIN, 3 * MANY_ANSWERED)):
        return kept
    first = conversations.pending_since(uow, kept.conversation_id) or now
    conversations.wait_until(uow, kept.conversation_id, answered_at(now, first))
    line_id = derived_id("flood", kept.conversation_id, f"{now:%Y%m%d%H}")
    if outbox.get(uow, line_id) is not None:
        return kept
    text = flood_text(spoken_in(uow, kept.conversation_id))
    _answer(services, uow, message, workspace_id, kept, line_id, "reply", text)
    return replace(kept, answered=True)


def spoken_in(uow: UnitOfWork, conversation_id: str) -> str:
    """The language (ISO 639-1) of an interview's thread; English elsewhere."""
    thread = conversations.load(uow, conversation_id)
    interview = interviews.get(uow, thread.subject_id) if thread.kind == "interview" else None
    stored = interviewers.get(uow, interview.interviewer_id) if interview else None
    if interview is None or stored is None:
        return "en"
    chosen = thread.state.get("language") or running_interviewer(uow, stored, interview.version).language
    return str(chosen or "en")[:2].lower()


def _write_down(
    services: Services, uow: UnitOfWork, message: InboundMessage, workspace_id: str, kept: Kept, kind: str
) -> None:
    person = candidates.at_address(uow, workspace_id, message.address)
    consents.record(
        uow,
        workspace_id=workspace_id,
        address=message.address,
        kind=kind,
        how=f"wrote {message.text.strip()[:60]}",
        channel=channel_of(message.address),
        candidate_id=person.id if person else None,
        evidence={"message_id": kept.id},
        at=message.received_at,
        now=services.now(),
    )


def _answer(
    services: Services,
    uow: UnitOfWork,
    message: InboundMessage,
    workspace_id: str,
    kept: Kept,
    id: str,
    about: str,
    text: str,
) -> None:
    row = outgoing_row(
        services,
        uow,
        id=id,
        workspace_id=workspace_id,
        address=message.address,
        about=about,
        subject={},
        message=outbound_to_json(OutboundMessage(text)),
        asked=True,
        now=message.received_at,
        turn_id=None,
        conversation_id=kept.conversation_id,
        seq=conversations.take_seqs(uow, kept.conversation_id, 1),
    )
    outbox.add(uow, [row])


def _keep_files_later(uow: UnitOfWork, message: InboundMessage, workspace_id: str, kept: Kept) -> None:
    """Files lie with the provider: a worker fetches them; a webhook has no time to."""
    if message.payload.get("media"):
        tasks.add_task(
            uow,
            id=derived_id("media", kept.id),
            workspace_id=workspace_id,
            conversation_id=kept.conversation_id,
            kind="work",
            name="keep_media",
            payload={"inbox_id": kept.id, "address": message.address, "media": list(message.payload["media"])},
            due_at=message.received_at,
            now=message.received_at,
        )


def receive_report(services: Services, report: DeliveryReport, *, workspace_id: str) -> bool:
    """Keep a provider's report and fold it into its row, forward only. True when it told us something new."""
    with services.database.writing() as uow:
        reports.keep(uow, workspace_id, report, services.now())
        told = fold_report(services, uow, report)
    if told:
        services.wakeups.wake(DELIVERIES)
    return told


def fold_report(services: Services, uow: UnitOfWork, report: DeliveryReport) -> bool:
    """What a report means for its row, in the caller's transaction."""
    entry = outbox.lock_reported(uow, id=report.outbox_id, external_id=report.external_id)
    if entry is None:
        return False
    if report.external_id and entry.external_id not in (None, report.external_id):
        return (
            False  # of an earlier call for these words, which was given up and made again: this row's fate is another
        )
    if report.status is DeliveryStatus.DELIVERED:  # another try of the same words has become needless
        again = derived_id(entry.id, "again")
        outbox.move(uow, again, frm=[DeliveryStatus.QUEUED, DeliveryStatus.HELD], to=DeliveryStatus.SUPERSEDED)
    if report.status is DeliveryStatus.FAILED and report.failure is not None:
        return failed(services, uow, entry, report.failure, frm=_MAY_FAIL, external_id=report.external_id)
    values = {"external_id": report.external_id} if report.external_id else {}
    told = outbox.fold(uow, entry, report.status, **values)
    if report.passed_on or report.status is DeliveryStatus.DELIVERED:
        outbox.let_follow(uow, entry.id, services.now())
    elif told:
        outbox.let_follow(uow, entry.id, services.now() + services.limits_for(entry.address).part_gap)
    return told


_MAY_FAIL = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN, DeliveryStatus.SENT)


def typing_ended(services: Services, conversation_id: str) -> None:
    """The page says the person is done: what waits for more words is due now."""
    with services.database.writing() as uow:
        was_waiting = conversations.make_due(uow, conversation_id, services.now())
    if was_waiting:
        services.wakeups.wake(TURNS)

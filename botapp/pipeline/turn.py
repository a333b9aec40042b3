"""Turn: claim a conversation, load it, run its graph with no transaction open, commit everything in one.

Guarantees: every pending message is in exactly one committed turn; turns of a conversation never overlap; replies and
effects exist if and only if the turn was committed. A crash anywhere before the commit leaves nothing behind.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from botapp.errors import Conflict, Retryable
from botapp.graphs.context import Heard
from botapp.graphs.interview.speech import say
from botapp.graphs.running import TurnOutcome, run
from botapp.llm import Language
from botapp.log import get_logger
from botapp.messages import DeliveryStatus, OutboundMessage, outbound_to_json
from botapp.pipeline.controls import with_controls
from botapp.pipeline.effects import FEED, Frame, carry_out
from botapp.pipeline.fetch import Guard
from botapp.pipeline.mirroring import mirror_turn
from botapp.pipeline.outgoing import PERSON, outgoing_row, part_id, parts_of
from botapp.pipeline.receive import spoken_in
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.subjects import Subject, is_read, load_subject
from botapp.state import conversations, events, inbox, outbox, tasks, turns
from botapp.state.conversations import Claim, Conversation
from botapp.state.inbox import InboxEntry
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import DELIVERIES, TURNS
from botapp.turnstile import Turnstile

MAX_FAILURES = 5
log = get_logger()


@dataclass(frozen=True)
class TurnServices(Services):
    """Services for processes that run turns: graphs compiled once, and the language port for one conversation."""

    graphs: Mapping[str, Any] = field(default_factory=dict)
    status_lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language_for: Callable[[str, str], Language] = field(default=lambda _workspace, _conversation: _no_language())
    shows_progress: bool = False  # a model engine takes long enough to say what it does
    leases: "LeaseKeeper | None" = None
    turnstile: Turnstile = field(default_factory=Turnstile)
    guard: Guard = field(default=Guard())  # what may be reached when a recruiter names a page
    show_status: Callable[[str, str], None] = field(default=lambda _address, _line: None)  # "" takes it away


def _no_language() -> Language:
    raise NotImplementedError("this process runs no turns")


def run_next_turn(services: TurnServices) -> bool:
    """Claim the conversation that is due longest and run its turn. False when none is due."""
    with services.database.writing(durable=False) as uow:
        claim = conversations.claim_due(uow, services.now())
    if claim is None:
        return False
    services.mark("turn.claimed")
    if services.leases is not None:
        services.leases.hold(claim)
    try:
        run_turn(services, claim)
    except Exception as error:  # noqa: BLE001 - the outermost frame of a turn: a poison message must not stop the others
        _put_off(services, claim, error)
    finally:
        if services.leases is not None:
            services.leases.drop(claim)
    return True


def run_turn(services: TurnServices, claim: Claim) -> None:
    """One turn of a claimed conversation.

    Raises:
        Conflict: another worker took the conversation; nothing was kept and nothing was sent.
    """
    started = services.now()
    with services.database.reading() as uow:
        conversation = conversations.load(uow, claim.conversation_id)
        entries = _heard_together(conversation, inbox.pending(uow, conversation.id))
        subject = load_subject(
            services,
            uow,
            conversation,
            entries,
            lambda: services.language_for(conversation.workspace_id, conversation.id),
        )
    services.mark("turn.loaded")
    outcome = run(
        services.graphs[conversation.kind],
        conversation.state,
        [_heard(entry) for entry in entries],
        subject.context,
        _progress(services, conversation, entries)
        if services.shows_progress or conversation.kind == "compose"
        else None,
    )
    services.mark("turn.decided")
    has_hop = _commit(services, claim, conversation, entries, subject, outcome, started)
    services.mark("turn.committed")
    services.wakeups.push(conversation.id, {"type": "message"})
    if has_hop:
        services.wakeups.wake(DELIVERIES)
    if any(effect["kind"] in ("task", "readdressed", "joined") for effect in outcome.effects):
        services.wakeups.wake(TURNS)
    log.info("turn_committed", conversation_id=conversation.id, version=conversation.version + 1, heard=len(entries))


def _heard_together(conversation: Conversation, entries: list[InboxEntry]) -> list[InboxEntry]:
    """While composing, a press is a turn of its own: it is about what was seen, not about words that came beside it.

    So is a page or file that was read: it is a pasted text of whoever gave it. What comes after stays pending, so the
    conversation stays due.
    """
    alone = [place for place, entry in enumerate(entries) if entry.kind == "button" or is_read(entry)]
    if conversation.kind != "compose" or not alone:
        return entries
    return entries[: max(alone[0], 1)]


def _heard(entry: InboxEntry) -> Heard:
    # A word like HELP that was answered by rule, or words of somebody who is not known yet: nothing to say about it.
    by_rule = entry.payload.get("answered_by_rule") or entry.payload.get("held")
    return Heard(
        id=entry.id,
        kind="event" if by_rule else entry.kind,
        text=entry.text,
        sender_kind=entry.sender_kind,
        sender_id=entry.sender_id,
        payload=entry.payload,
    )


def _progress(
    services: TurnServices, conversation: Conversation, entries: Sequence[InboxEntry]
) -> Callable[[str], None]:
    lines = services.status_lines.get(conversation.kind, {})
    address = next((e.address for e in reversed(entries) if e.kind != "event"), "")

    def say(node: str) -> None:
        if node in lines:
            services.wakeups.push(conversation.id, {"type": "status", "text": lines[node]})
            with services.turnstile.aside():
                services.show_status(address, lines[node])

    return say


def _commit(
    services: TurnServices,
    claim: Claim,
    conversation: Conversation,
    entries: list[InboxEntry],
    subject: Subject,
    outcome: TurnOutcome,
    started: datetime,
) -> bool:
    """The one transaction. Returns whether a provider has to be called for any of its rows."""
    now = services.now()
    turn_id = derived_id(conversation.id, conversation.version)
    with services.database.writing() as uow:
        inbox.mark_handled(uow, conversation.id, entries, turn_id)
        address = _reply_address(uow, conversation, entries)
        parts = _parts(services, subject, turn_id, address, outcome.replies)
        first = conversations.commit_turn(uow, conversation, claim.epoch, state=outcome.memory, messages=len(parts))
        turns.record(
            uow,
            id=turn_id,
            workspace_id=conversation.workspace_id,
            conversation_id=conversation.id,
            version=conversation.version,
            heard=[entry.id for entry in entries],
            path=outcome.path,
            started_at=started,
            committed_at=now,
        )
        frame = Frame(services, uow, turn_id, conversation, subject, now, address)
        carry_out(frame, outcome.effects)
        parts = [(id, with_controls(frame, message)) for id, message in parts]
        rows = _reply_rows(frame, parts, first, _about(entries))
        if any(row.about != PERSON for row in rows):
            outbox.supersede(uow, conversation.id)
        outbox.add(uow, rows)
        mirrored = mirror_turn(frame, entries, rows)
        services.mark("turn.before_commit")
    if not rows:
        with services.turnstile.aside():
            services.show_status(address, "")
    return (
        mirrored
        or any(row.status == DeliveryStatus.QUEUED for row in rows)
        or any(e["kind"] == "alert" for e in outcome.effects)
    )


def _reply_address(uow: UnitOfWork, conversation: Conversation, entries: list[InboxEntry]) -> str:
    """Where a person last spoke from; an event speaks from nowhere."""
    spoken = next((e.address for e in reversed(entries) if e.kind != "event"), None)
    return spoken or inbox.last_address(uow, conversation.id) or (entries[-1].address if entries else "")


def _parts(
    services: Services, subject: Subject, turn_id: str, address: str, replies: list[OutboundMessage]
) -> list[tuple[str, Mapping[str, Any]]]:
    """(row id, message) of everything that leaves, in order."""
    return [
        (part_id(derived_id(turn_id, "reply", index), number), outbound_to_json(part))
        for index, reply in enumerate(replies)
        for number, part in enumerate(
            parts_of(services, address, replace(reply, names=subject.names, language=subject.language))
        )
    ]


def _about(entries: list[InboxEntry]) -> str:
    """Why we write: somebody asked, or was invited, or a timer rang."""
    if any(entry.kind != "event" for entry in entries):
        return "reply"
    events = {entry.payload.get("event") for entry in entries}
    return "invitation" if "invited" in events else "reminder" if "timer" in events else "reply"


def _reply_rows(
    frame: Frame, parts: list[tuple[str, Mapping[str, Any]]], first_seq: int, about: str
) -> list[outbox.OutboxEntry]:
    rows: list[outbox.OutboxEntry] = []
    for index, (id, message) in enumerate(parts):
        row = outgoing_row(
            frame.services,
            frame.uow,
            id=id,
            workspace_id=frame.workspace_id,
            address=frame.address,
            about=PERSON if message.get("by") else about,
            subject={},
            message=message,
            asked=about == "reply",
            now=frame.now,
            turn_id=frame.turn_id,
            conversation_id=frame.conversation.id,
            seq=first_seq + index,
            follows=rows[-1].id if rows else None,
        )
        rows.append(row)
    return rows


# ---- when a turn fails -----------------------------------------------------------------------------------


def _put_off(services: TurnServices, claim: Claim, error: Exception) -> None:
    """Back off and try again; after the fifth failure wait for something new and tell people."""
    with services.database.writing() as uow:
        conversation = conversations.load(uow, claim.conversation_id)
        failures = conversation.failures + 1
        gives_up = failures >= MAX_FAILURES and not isinstance(error, Retryable)
        is_ours = conversations.put_off(uow, claim, None if gives_up else services.now() + _back_off(failures, error))
        address = inbox.last_address(uow, claim.conversation_id) if is_ours and gives_up else None
        if is_ours and gives_up:
            _say_held_up(services, uow, conversation)
    if address is not None:
        services.show_status(address, "")  # nothing works on it any more
    log.error("turn_failed", conversation_id=claim.conversation_id, failures=failures, exc_info=error)


def _back_off(failures: int, error: Exception) -> timedelta:
    """A conflict is over by the next look; anything else gets time, five minutes at most."""
    return timedelta(seconds=0.2 if isinstance(error, Conflict) else min(2.0 ** min(failures, 9), 300.0))


def _say_held_up(services: TurnServices, uow: UnitOfWork, conversation: Conversation) -> None:
    now = services.now()
    address = inbox.last_address(uow, conversation.id)
    events.record(
        uow,
        workspace_id=conversation.workspace_id,
        subject_id=conversation.subject_id,
        name="turn_given_up",
        at=now,
        conversation_id=conversation.id,
    )
    if address is None:
        return
    about = OutboundMessage("A conversation is stuck and needs a person. Nothing was lost.")
    holding = OutboundMessage(say("talk.held_up", spoken_in(uow, conversation.id)))
    places = [(address, holding, "reply"), (FEED, about, "stuck")]
    for place, message, why in places:
        is_reply = why == "reply"
        row = outgoing_row(
            services,
            uow,
            id=derived_id(conversation.id, conversation.version, "given_up", why),
            workspace_id=conversation.workspace_id,
            address=place,
            about=why,
            subject={"interview_id": conversation.subject_id} if conversation.kind == "interview" else {},
            message=outbound_to_json(message),
            asked=is_reply,
            now=now,
            turn_id=None,
            conversation_id=conversation.id if is_reply else None,
            seq=conversations.take_seqs(uow, conversation.id, 1) if is_reply else None,
        )
        if outbox.get(uow, row.id) is None:
            outbox.add(uow, [row])


class LeaseKeeper:
    """Renews the leases of turns and tasks under way every 2 s, from one thread, so that a slow model keeps them."""

    EVERY = 2.0

    def __init__(self, services: Services) -> None:
        self._services = services
        self._held: dict[str, Claim | Task] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lease-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def hold(self, claim: Claim | Task) -> None:
        with self._lock:
            self._held[_held_as(claim)] = claim

    def drop(self, claim: Claim | Task) -> None:
        with self._lock:
            if self._held.get(_held_as(claim)) == claim:  # a later claim of the same conversation stays held
                del self._held[_held_as(claim)]

    def _run(self) -> None:
        while not self._stop.wait(self.EVERY):
            with self._lock:
                held = list(self._held.values())
            if not held:
                continue
            try:
                with self._services.database.writing(durable=False) as uow:
                    for claim in held:
                        if isinstance(claim, Task):
                            tasks.renew(uow, claim.id, self._services.now())
                        else:
                            conversations.renew(uow, claim, self._services.now())
            except Exception:  # the outermost frame of this thread: without it no lease is renewed any more
                log.exception("lease_renewal_failed")


def _held_as(claim: Claim | Task) -> str:
    return claim.id if isinstance(claim, Task) else claim.conversation_id

"""A candidate's conversation, shown in the Slack thread of who took it over: their words, ours, and their fate.

Guarantees: only in direct messages of the member who opened it. What people wrote stands there as they wrote it, and
nothing in it is live. Rows derive from the turn or message they show: shown once, whatever is repeated.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from botapp.channels.slack.fitting import paged, pieces
from botapp.messages import Card, CardKind, DeliveryStatus, JsonObject, OutboundMessage, outbound_to_json
from botapp.pipeline.delivery_words import delivery_words
from botapp.pipeline.outgoing import outgoing_row, part_id
from botapp.pipeline.services import Services, derived_id
from botapp.policy.zones import zones_of
from botapp.state import candidates, conversations, mirrors, outbox, people
from botapp.state.inbox import InboxEntry
from botapp.state.mirrors import Mirror
from botapp.state.outbox import OutboxEntry
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.views import Way

if TYPE_CHECKING:
    from botapp.pipeline.frame import Frame

ABOUT = "mirror"
LONGEST, COST = 1_800, 3_000  # of one row, in units and as JSON
MOST_ROWS, BUDGET = 20, 4_500  # of one message
_SAID_AT_ONCE = (DeliveryStatus.HELD.value, DeliveryStatus.REFUSED.value)
Line = tuple[str, str]  # who, what


def mirror_turn(frame: "Frame", entries: Sequence[InboxEntry], rows: Sequence[OutboxEntry]) -> bool:
    """What was said in this turn, in every thread that shows its interview. Whether there is any."""
    interview = frame.subject.interview
    if interview is None or "slack" not in frame.services.channels:
        return False
    threads = mirrors.open_of(frame.uow, interview.id)
    for thread in threads:
        name = _name_of(frame, thread)
        heard = [(interview.candidate_name or "Candidate", e.text) for e in entries if e.sender_kind == "candidate"]
        told = [_line_of(row, frame.subject.agent) for row in rows if row.message.get("by", "") != name or not name]
        show(frame.services, frame.uow, thread, [*heard, *told], derived_id(frame.turn_id, ABOUT, thread.id))
        for row in rows:
            if row.status in _SAID_AT_ONCE:
                say_fate(frame.services, frame.uow, row, DeliveryStatus(row.status), row.due_at)
    if any(entry.payload.get("event") == "handed_back" for entry in entries):
        mirrors.close(frame.uow, interview.workspace_id, interview.id, frame.now)
    return bool(threads)


def _name_of(frame: "Frame", thread: Mirror) -> str:
    member = people.member(frame.uow, thread.member_id)
    return member.name if member else ""


def _line_of(row: OutboxEntry, agent: str) -> Line:
    by = str(row.message.get("by", ""))
    return by or f"{agent} (automated)", str(row.message["text"])


def show(services: Services, uow: UnitOfWork, thread: Mirror, lines: Iterable[Line], id: str) -> None:
    """These lines in that thread: one message, or as many as they need."""
    rows = [[row] for who, text in lines if text.strip() for row in rows_of(who, text.strip())]
    if not rows or not thread.address:
        return
    for number, page in enumerate(paged(rows, blocks=MOST_ROWS, budget=BUDGET)):
        standing = [row for index in page for row in rows[index]]
        plain = "\n".join(row["title"] for row in standing)
        card = Card(CardKind.LIST, {"rows": standing, "whole": True}, plain)
        _put(services, uow, thread, OutboundMessage("", card=card), part_id(id, number))


def rows_of(who: str, text: str) -> list[JsonObject]:
    """Who it is, once; what is too long for one row goes on in the next."""
    first, *rest = list(pieces(text, LONGEST, COST)) or [""]
    return [{"title": f"{who}:\n{first}"}, *({"title": piece} for piece in rest)]


def _put(services: Services, uow: UnitOfWork, thread: Mirror, message: OutboundMessage, id: str) -> None:
    if outbox.get(uow, id) is None:
        outbox.add(uow, [_row(services, uow, thread, message, id)])


def _row(services: Services, uow: UnitOfWork, thread: Mirror, message: OutboundMessage, id: str) -> OutboxEntry:
    return outgoing_row(
        services,
        uow,
        id=id,
        workspace_id=thread.workspace_id,
        address=thread.address,
        about=ABOUT,
        subject={"interview_id": thread.interview_id},
        message=outbound_to_json(message),
        asked=True,
        now=services.now(),
        turn_id=None,
    )


def say_fate(
    services: Services, uow: UnitOfWork, entry: OutboxEntry, status: DeliveryStatus, due_at: datetime, why: str = ""
) -> None:
    """A message to the candidate that waits, or will not arrive: said where a person is writing to them, once."""
    if entry.conversation_id is None or "slack" not in services.channels:
        return
    conversation = conversations.load(uow, entry.conversation_id)
    threads = mirrors.open_of(uow, conversation.subject_id) if conversation.kind == "interview" else []
    for thread in threads:
        number = entry.address.partition(":")[2] if entry.address.startswith("tel:") else ""
        zones = zones_of(own=candidates.zone_of_address(uow, entry.workspace_id, entry.address), number=number)
        words = delivery_words(Way(entry.address, status, due_at, why), zones, services.now()).rstrip(".")
        said = OutboundMessage(f"“{_short(str(entry.message['text']))}”: {words}.")
        _put(services, uow, thread, said, derived_id(entry.id, "fate", status, thread.id))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:59].rsplit(" ", 1)[0] + "…"

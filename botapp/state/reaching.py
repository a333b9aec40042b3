"""People in the loop: who has a candidate's thread, what a candidate asked that waits, who waits for an answer.

All of it is read from the append-only log of events, so what happened and what holds can't differ.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from botapp.messages import DeliveryStatus
from botapp.state.outbox import AddressRow
from botapp.state.read_models import OpenQuestion
from botapp.state.tables import addresses, candidates, conversations, events, interviews, members, outbox
from botapp.state.unit_of_work import UnitOfWork

TAKEN_OVER, HANDED_BACK = "taken_over", "handed_back"
WROTE, TOLD = "person_wrote", "decision_told"
ASKED, ANSWERED = "question_passed_on", "question_answered"


def taken_by(uow: UnitOfWork, workspace_id: str, interview_id: str) -> tuple[str, str]:
    """(id, name) of the member who has this interview's thread; empty when the assistant has it."""
    query = (
        select(events.c.name, events.c.by_member, members.c.name)
        .outerjoin(members, members.c.id == events.c.by_member)
        .where(
            events.c.workspace_id == workspace_id,
            events.c.subject_id == interview_id,
            events.c.name.in_([TAKEN_OVER, HANDED_BACK]),
        )
        .order_by(events.c.id.desc())
        .limit(1)
    )
    last = uow.connection.execute(query).one_or_none()
    return (last[1], last[2] or "a colleague") if last and last[0] == TAKEN_OVER else ("", "")


def open_questions(uow: UnitOfWork, workspace_id: str, interview_id: str) -> tuple[OpenQuestion, ...]:
    """What the candidate asked, the facts didn't answer, and nobody has answered yet; oldest first."""
    query = (
        select(events.c.id, events.c.name, events.c.data, events.c.at)
        .where(
            events.c.workspace_id == workspace_id,
            events.c.subject_id == interview_id,
            events.c.name.in_([ASKED, ANSWERED]),
        )
        .order_by(events.c.id)
    )
    rows = uow.connection.execute(query).all()
    answered = {str(data.get("question", "")) for _, name, data, _ in rows if name == ANSWERED}
    asked = [(str(id), data, at) for id, name, data, at in rows if name == ASKED]
    return tuple(OpenQuestion(id, str(data["text"]), at) for id, data, at in asked if id not in answered)


def waiting_for_answer(uow: UnitOfWork, workspace_id: str, interviewer_id: str) -> Sequence[tuple[str, datetime]]:
    """(name, when they finished) of everybody without a decision or a person's word since; longest waiting first."""
    heard = (
        select(events.c.id)
        .where(
            events.c.subject_id == interviews.c.id,
            events.c.name.in_([WROTE, TOLD]),
            events.c.at >= interviews.c.completed_at,
        )
        .exists()
    )
    query = (
        select(candidates.c.name, interviews.c.completed_at)
        .join(candidates, candidates.c.id == interviews.c.candidate_id)
        .where(
            interviews.c.workspace_id == workspace_id,
            interviews.c.interviewer_id == interviewer_id,
            interviews.c.status == "completed",
            interviews.c.decision == "",
            interviews.c.completed_at.is_not(None),
            ~heard,
        )
        .order_by(interviews.c.completed_at)
    )
    return [(row[0], row[1]) for row in uow.connection.execute(query)]


def standing(uow: UnitOfWork, workspace_id: str, address: str) -> AddressRow:
    """What is known of an address, for a page: looked at, not held. The send gate looks again."""
    columns = (addresses.c.opted_out_at, addresses.c.opt_out_confirmation, addresses.c.heard_at, addresses.c.unusable)
    query = select(*columns).where(addresses.c.workspace_id == workspace_id, addresses.c.address == address)
    row = uow.connection.execute(query).one_or_none()
    return AddressRow(*row) if row else AddressRow(None, "", None, "")


def unsent(uow: UnitOfWork, workspace_id: str, address: str) -> Sequence[tuple[str, str, str]]:
    """(row id, interview id, who wrote it) of what people wrote to this address and what has not left yet."""
    query = (
        select(outbox.c.id, conversations.c.subject_id, outbox.c.message)
        .join(conversations, conversations.c.id == outbox.c.conversation_id)
        .where(
            outbox.c.workspace_id == workspace_id,
            outbox.c.address == address,
            outbox.c.about == "person",
            outbox.c.follows.is_(None),
            outbox.c.status.in_([DeliveryStatus.QUEUED.value, DeliveryStatus.HELD.value]),
        )
        .order_by(outbox.c.seq)
    )
    return [(row[0], row[1], str(row[2].get("by", ""))) for row in uow.connection.execute(query)]


def memory_of(uow: UnitOfWork, conversation_id: str) -> dict[str, Any]:
    """What the interview remembers, as stored (account look-up: the id is the interview's own)."""
    query = select(conversations.c.state).where(conversations.c.id == conversation_id)
    return dict(uow.connection.execute(query).scalar_one() or {})

"""The turn that an effect belongs to: what carrying it out may use, and the two things every effect does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.subjects import Subject
from botapp.screening.effects import Effect
from botapp.state import conversations, events, inbox
from botapp.state.conversations import Conversation
from botapp.state.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Frame:
    """The turn an effect belongs to."""

    services: Services
    uow: UnitOfWork
    turn_id: str
    conversation: Conversation
    subject: Subject
    now: datetime
    address: str

    @property
    def workspace_id(self) -> str:
        return self.conversation.workspace_id

    @property
    def subject_ids(self) -> dict[str, str]:
        """Ids a page needs to link from an alert to what it speaks of."""
        ids = {}
        if self.subject.interview:
            ids["interview_id"] = self.subject.interview.id
        if self.subject.interviewer:
            ids["interviewer_id"] = self.subject.interviewer.id
        return ids


def effect_id(frame: Frame, effect: Effect, index: int) -> str:
    """An id that the same turn derives again."""
    return derived_id(frame.turn_id, effect["kind"], index)


def log_event(frame: Frame, name: str, data: Mapping[str, Any]) -> None:
    """A line in the append-only log of what happened."""
    ids = frame.subject_ids
    events.record(
        frame.uow,
        workspace_id=frame.workspace_id,
        subject_id=ids.get("interview_id") or ids.get("interviewer_id") or frame.conversation.subject_id,
        name=name,
        at=frame.now,
        data=data,
        by_member=frame.subject.member_id,
        conversation_id=frame.conversation.id,
    )


def hand_over(frame: Frame, conversation_id: str, message_ids: list[str]) -> None:
    """Messages that waited at the front desk go where they belong."""
    if message_ids:
        first = conversations.take_seqs(frame.uow, conversation_id, len(message_ids))
        inbox.hand_over(frame.uow, message_ids, conversation_id, first, frame.now)

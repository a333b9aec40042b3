"""What happened, append-only: who changed what, who decided what, what a candidate asked that waits for an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from botapp.state.prepared import Prepared
from botapp.state.tables import events
from botapp.state.unit_of_work import UnitOfWork

_ADD = Prepared(
    insert(events),
    *("workspace_id", "conversation_id", "subject_id", "name", "data", "by_member", "at"),
)


def record(
    uow: UnitOfWork,
    *,
    workspace_id: str,
    subject_id: str,
    name: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    by_member: str = "",
    conversation_id: str | None = None,
) -> None:
    """Add one line. `subject_id`: the interview or the interviewer it is about."""
    _ADD.run(
        uow,
        {
            "workspace_id": workspace_id,
            "conversation_id": conversation_id,
            "subject_id": subject_id,
            "name": name,
            "data": dict(data or {}),
            "by_member": by_member,
            "at": at,
        },
    )

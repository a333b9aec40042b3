"""The log of turns: which messages each one answered and the way through the graph. Append-only."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from botapp.state.prepared import Prepared
from botapp.state.tables import turns
from botapp.state.unit_of_work import UnitOfWork

_ADD = Prepared(
    insert(turns),
    *("id", "workspace_id", "conversation_id", "version", "heard", "path", "started_at", "committed_at"),
)


def record(
    uow: UnitOfWork,
    *,
    id: str,
    workspace_id: str,
    conversation_id: str,
    version: int,
    heard: Sequence[str],
    path: Sequence[str],
    started_at: datetime,
    committed_at: datetime,
) -> None:
    """Add one line. The same conversation and version twice is a Conflict."""
    _ADD.run(
        uow,
        {
            "id": id,
            "workspace_id": workspace_id,
            "conversation_id": conversation_id,
            "version": version,
            "heard": list(heard),
            "path": " ".join(path),
            "started_at": started_at,
            "committed_at": committed_at,
        },
    )

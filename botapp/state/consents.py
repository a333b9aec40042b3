"""Consent, append-only: who agreed to be written to or took it back, when, and how we know. Nothing is ever changed.

What a person said last is in force: of an address and a purpose the row with the latest `at`, of equals the last one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, insert, or_, select

from botapp.state.prepared import Prepared
from botapp.state.tables import candidate_addresses, candidates, consents, members
from botapp.state.unit_of_work import UnitOfWork

SCREENING = "screening"
GIVEN, WITHDRAWN = "given", "withdrawn"
WORDING = "2026-05"  # of the question "How did they agree to texts?" and of what an invitation says about STOP and HELP


@dataclass(frozen=True, slots=True)
class Consent:
    """One line of the record. `by` is the member who recorded it, "" when the person's own message did."""

    address: str
    purpose: str
    kind: str  # given, withdrawn
    how: str
    wording: str
    channel: str
    evidence: Mapping[str, Any]
    at: datetime
    recorded_at: datetime
    by: str
    candidate_id: str
    candidate: str  # the candidate's name


_ADD = Prepared(
    insert(consents),
    *("workspace_id", "candidate_id", "address", "purpose", "kind", "how", "wording", "channel", "evidence", "at"),
    *("recorded_at", "by_member"),
)
_WHOSE = Prepared(
    select(candidate_addresses.c.candidate_id).where(
        candidate_addresses.c.workspace_id == bindparam("workspace"),
        candidate_addresses.c.address == bindparam("which"),
        candidate_addresses.c.left_at.is_(None),
    )
)


def record(
    uow: UnitOfWork,
    *,
    workspace_id: str,
    address: str,
    kind: str,
    how: str,
    channel: str,
    at: datetime,
    now: datetime,
    candidate_id: str | None = None,
    evidence: Mapping[str, Any] | None = None,
    purpose: str = SCREENING,
    by: str = "",
) -> None:
    """Add one line. `at`: when the person agreed or took it back; `now`: when it is written down.

    Without a candidate it is filed under whoever has the address.
    """
    whose = None if candidate_id else _WHOSE.row(uow, {"workspace": workspace_id, "which": address})
    _ADD.run(
        uow,
        {
            "workspace_id": workspace_id,
            "candidate_id": candidate_id or (whose[0] if whose else None),
            "address": address,
            "purpose": purpose,
            "kind": kind,
            "how": how,
            "wording": WORDING,
            "channel": channel,
            "evidence": dict(evidence or {}),
            "at": min(at, now),  # nobody agreed tomorrow: a later date would outlive what they say today
            "recorded_at": now,
            "by_member": by,
        },
    )


_LATEST = Prepared(
    select(consents.c.kind, consents.c.at)
    .where(
        consents.c.workspace_id == bindparam("workspace"),
        consents.c.address == bindparam("which"),
        consents.c.purpose == bindparam("why"),
    )
    .order_by(consents.c.at.desc(), consents.c.id.desc())
    .limit(1)
)


def _latest(uow: UnitOfWork, workspace_id: str, address: str, purpose: str) -> tuple[str, datetime] | None:
    row = _LATEST.row(uow, {"workspace": workspace_id, "which": address, "why": purpose})
    return (row[0], row[1]) if row else None


def in_force(uow: UnitOfWork, workspace_id: str, address: str, purpose: str = SCREENING) -> bool:
    """Whether this address may be written to unasked for this purpose."""
    latest = _latest(uow, workspace_id, address, purpose)
    return latest is not None and latest[0] == GIVEN


def withdrawn_at(uow: UnitOfWork, workspace_id: str, address: str, purpose: str = SCREENING) -> datetime | None:
    """When consent was taken back, if that is what was said last."""
    latest = _latest(uow, workspace_id, address, purpose)
    return latest[1] if latest and latest[0] == WITHDRAWN else None


_HISTORY = (
    select(
        consents.c.address,
        consents.c.purpose,
        consents.c.kind,
        consents.c.how,
        consents.c.wording,
        consents.c.channel,
        consents.c.evidence,
        consents.c.at,
        consents.c.recorded_at,
        members.c.name,
        consents.c.candidate_id,
        candidates.c.name,
    )
    .outerjoin(members, members.c.id == consents.c.by_member)
    .outerjoin(candidates, candidates.c.id == consents.c.candidate_id)
    .order_by(consents.c.at, consents.c.id)
)


def history(uow: UnitOfWork, workspace_id: str, address: str) -> list[Consent]:
    """Everything on record about an address, oldest first."""
    return _found(uow, and_(consents.c.workspace_id == workspace_id, consents.c.address == address))


def history_of_candidate(uow: UnitOfWork, workspace_id: str, candidate_id: str, contact: str = "") -> list[Consent]:
    """Everything on record about a candidate, whatever the address; `contact` is one that may stand without a name."""
    theirs = or_(consents.c.candidate_id == candidate_id, consents.c.address == contact)
    return _found(uow, and_(consents.c.workspace_id == workspace_id, theirs))


def _found(uow: UnitOfWork, which: Any) -> list[Consent]:
    rows = uow.connection.execute(_HISTORY.where(which))
    return [Consent(*row[:9], by=row[9] or "", candidate_id=row[10] or "", candidate=row[11] or "") for row in rows]

"""Read models: what pages and cards show, each one query or two. Scoped by workspace unless it says otherwise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, case, func, literal, literal_column, or_, select, union_all

from botapp.messages import DeliveryStatus
from botapp.state.interviewers import begun
from botapp.state.read_models import (
    CandidateRow,
    DecisionRow,
    FeedRow,
    InterviewerRow,
    RescoreRow,
    RevisionRow,
    ShownMessage,
)
from botapp.state.tables import (
    answers,
    candidates,
    conversation_addresses,
    decisions,
    events,
    inbox,
    interviewers,
    interviews,
    members,
    outbox,
    revisions,
    turns,
)
from botapp.state.unit_of_work import UnitOfWork

_OURS = ("webchat:", "terminal:")  # where we are the provider, the visible row is the delivery
_SHOWN = (DeliveryStatus.SENT.value, DeliveryStatus.DELIVERED.value)


@dataclass(frozen=True, slots=True)
class Way:
    """How far a message of ours came on its way across a network."""

    address: str
    status: DeliveryStatus
    due_at: datetime
    error: str


def messages(
    uow: UnitOfWork,
    *,
    workspace_id: str,
    conversation_id: str,
    after: int,
    agent: str,
    limit: int = 1000,
    delivery: Callable[[Way], str] | None = None,
) -> list[ShownMessage]:
    """The thread after `after`, in order, as a page shows it: what people said and what was delivered to them.

    With `delivery`, a recruiter's page: also what is still on its way or did not arrive, each in its words.
    """
    theirs = select(
        inbox.c.seq,
        inbox.c.id,
        literal_column("0", Integer).label("ours"),
        inbox.c.sender_kind,
        inbox.c.sender_id,
        inbox.c.text,
        inbox.c.payload.label("message"),
        inbox.c.received_at.label("at"),
        inbox.c.external_id,
        literal("").label("address"),
        literal("").label("status"),
        inbox.c.received_at.label("due_at"),
        literal("").label("error"),
    ).where(
        inbox.c.workspace_id == workspace_id,
        inbox.c.conversation_id == conversation_id,
        inbox.c.seq > after,
        inbox.c.kind != "event",
    )
    ours = select(
        outbox.c.seq,
        outbox.c.id,
        literal_column("1", Integer),
        literal("botapp"),
        literal(""),
        literal(""),
        outbox.c.message,
        outbox.c.created_at,
        literal(""),
        outbox.c.address,
        outbox.c.status,
        outbox.c.due_at,
        func.coalesce(outbox.c.error, ""),
    ).where(
        outbox.c.workspace_id == workspace_id,
        outbox.c.conversation_id == conversation_id,
        outbox.c.seq > after,
        outbox.c.status != DeliveryStatus.SUPERSEDED.value if delivery else outbox.c.status.in_(_SHOWN),
    )
    rows = uow.connection.execute(union_all(theirs, ours).order_by("seq").limit(limit)).all()
    names = _names(uow, {(row[3], row[4]) for row in rows if row[4]})
    return [_shown(row, agent, names, delivery) for row in rows]


def _shown(row: Any, agent: str, names: Mapping[str, str], delivery: Callable[[Way], str] | None) -> ShownMessage:
    seq, id, ours, kind, sender_id, text, message, at, external_id, address, status, due_at, error = row
    if ours:
        way = Way(address, DeliveryStatus(status), due_at, error)
        words = delivery(way) if delivery and not address.startswith(_OURS) else ""
        by = message.get("by", "")
        return ShownMessage(
            seq, id, True, by or agent, "member" if by else "botapp", message["text"], message, at, delivery=words
        )
    said = {"text": text} | ({"button": message["value"]} if "value" in message else {})
    if "attachment" in message:
        said["file"] = message["attachment"]["name"]
    client_id = external_id.rpartition(":")[2]
    return ShownMessage(
        seq,
        id,
        False,
        names.get(sender_id, "Candidate" if kind == "candidate" else "You"),
        kind,
        text,
        said,
        at,
        client_id,
    )


def _names(uow: UnitOfWork, senders: set[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, table in (("candidate", candidates), ("member", members)):
        ids = [id for sender, id in senders if sender == kind]
        if ids:
            found |= {
                r[0]: r[1] for r in uow.connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(ids)))
            }
    return found


def interviewer_list(
    uow: UnitOfWork, workspace_id: str, *, archived: bool, search: str, today: date
) -> list[InterviewerRow]:
    """The workspace's interviewers, last changed first."""
    counts = (
        select(
            interviews.c.interviewer_id,
            func.count().label("all"),
            func.sum(case((interviews.c.status == "completed", 1), else_=0)).label("completed"),
            func.sum(case((begun(), 1), else_=0)).label("begun"),
        )
        .where(interviews.c.workspace_id == workspace_id)
        .group_by(interviews.c.interviewer_id)
        .subquery()
    )
    query = (
        select(
            interviewers.c.id,
            interviewers.c.title,
            interviewers.c.slug,
            interviewers.c.status,
            interviewers.c.version,
            interviewers.c.draft,
            interviewers.c.updated_at,
            func.coalesce(counts.c["all"], 0),
            func.coalesce(counts.c.completed, 0),
            func.coalesce(counts.c.begun, 0),
        )
        .outerjoin(counts, counts.c.interviewer_id == interviewers.c.id)
        .where(interviewers.c.workspace_id == workspace_id)
        .where((interviewers.c.status == "archived") == archived if archived else interviewers.c.status != "archived")
        .order_by(interviewers.c.updated_at.desc())
    )
    if search:
        like = f"%{search.lower()}%"
        query = query.where(or_(func.lower(interviewers.c.title).like(like), interviewers.c.slug.like(like)))
    return [_interviewer_row(row, today) for row in uow.connection.execute(query)]


def _interviewer_row(row: Any, today: date) -> InterviewerRow:
    id, title, slug, status, version, draft, updated_at, candidates_count, completed, started = row
    settings = (draft or {}).get("settings", {})
    budget = settings.get("budget", {})
    return InterviewerRow(
        id=id,
        title=title or "Untitled draft",
        slug=slug,
        status=status_today(status, settings.get("deadline"), today),
        version=version,
        stages=tuple(s["kind"] for s in (draft or {}).get("stages", []) if s.get("enabled", True)),
        candidates=candidates_count,
        completed=completed,
        spent=started,
        budget_kind=budget.get("kind", "none"),
        budget_cap=budget.get("cap", 0),
        deadline=settings.get("deadline") or "",
        updated_at=updated_at,
    )


def status_today(status: str, deadline: str | None, today: date) -> str:
    """An active interviewer whose deadline has passed is expired; a later deadline makes it active again."""
    if status == "active" and deadline and date.fromisoformat(deadline) < today:
        return "expired"
    return status


def history(uow: UnitOfWork, workspace_id: str, interviewer_id: str, current: int) -> tuple[RevisionRow, ...]:
    """Who changed what, newest first; revisions that were undone and edited over are left out."""
    query = (
        select(revisions.c.number, revisions.c.summary, members.c.name, revisions.c.at)
        .outerjoin(members, members.c.id == revisions.c.by_member)
        .where(
            revisions.c.workspace_id == workspace_id,
            revisions.c.interviewer_id == interviewer_id,
            ~revisions.c.abandoned,
        )
        .order_by(revisions.c.number.desc())
        .limit(40)
    )
    return tuple(
        RevisionRow(number, summary, name or "", at, current=number == current)
        for number, summary, name, at in uow.connection.execute(query)
    )


_CANDIDATES = select(
    interviews.c.id,
    interviews.c.candidate_id,
    candidates.c.name,
    candidates.c.contact,
    interviews.c.status,
    interviews.c.outcome,
    interviews.c.decision,
    interviews.c.version,
    interviews.c.scorecard,
    interviews.c.started_at,
    interviews.c.completed_at,
).join(candidates, candidates.c.id == interviews.c.candidate_id)


def candidate_list(uow: UnitOfWork, workspace_id: str, interviewer_id: str) -> list[CandidateRow]:
    """The candidates of one interviewer, best score first, then the latest."""
    query = _CANDIDATES.where(
        interviews.c.workspace_id == workspace_id, interviews.c.interviewer_id == interviewer_id
    ).order_by(interviews.c.score.desc().nulls_last(), interviews.c.started_at.desc())
    return [candidate_row(row) for row in uow.connection.execute(query)]


def candidate_of(uow: UnitOfWork, workspace_id: str, interview_id: str) -> CandidateRow | None:
    query = _CANDIDATES.where(interviews.c.workspace_id == workspace_id, interviews.c.id == interview_id)
    row = uow.connection.execute(query).one_or_none()
    return candidate_row(row) if row else None


def candidate_row(row: Any) -> CandidateRow:
    return CandidateRow(
        interview_id=row[0],
        candidate_id=row[1],
        name=row[2],
        contact=row[3],
        status=row[4],
        outcome=row[5],
        decision=row[6],
        version=row[7],
        started_at=row[9],
        completed_at=row[10],
        **_scored(row[8] or {}),
    )


def _scored(card: Mapping[str, Any]) -> dict[str, Any]:
    gates = card.get("gates", [])
    return {
        "score": card.get("overall"),
        "answered": card.get("answered", 0),
        "counted": card.get("counted", 0),
        "gates_failed": tuple(g["name"] for g in gates if g["outcome"] == "failed"),
        "gates_met": bool(card) and all(g["outcome"] == "passed" for g in gates),
        "needs_person": any(g["outcome"] == "needs_person" for g in gates),
        "engines": tuple(sorted({a["score"]["engine"] for a in card.get("answers", []) if a.get("score")})),
    }


def scored_again(row: CandidateRow, rescore: RescoreRow) -> CandidateRow:
    """The same person's line, by the rubrics of another version."""
    return replace(row, scored_by=rescore.version, **_scored(rescore.scorecard or {}))


def decision_list(uow: UnitOfWork, workspace_id: str, interview_id: str) -> tuple[DecisionRow, ...]:
    query = (
        select(
            decisions.c.kind,
            decisions.c.subject,
            decisions.c.reason,
            members.c.name,
            decisions.c.at,
            decisions.c.data,
        )
        .outerjoin(members, members.c.id == decisions.c.by_member)
        .where(decisions.c.workspace_id == workspace_id, decisions.c.interview_id == interview_id)
        .order_by(decisions.c.at)
    )
    return tuple(DecisionRow(r[0], r[1], r[2], r[3] or "", r[4], r[5]) for r in uow.connection.execute(query))


def feed(uow: UnitOfWork, workspace_id: str, address: str, limit: int = 200) -> list[FeedRow]:
    """Alerts delivered to a feed address, newest first."""
    query = (
        select(outbox.c.id, outbox.c.about, outbox.c.message, outbox.c.subject, outbox.c.created_at)
        .where(outbox.c.workspace_id == workspace_id, outbox.c.address == address, outbox.c.status.in_(_SHOWN))
        .order_by(outbox.c.created_at.desc())
        .limit(limit)
    )
    return [
        FeedRow(r[0], r[1], r[2], r[3].get("interview_id", ""), r[3].get("interviewer_id", ""), r[4])
        for r in uow.connection.execute(query)
    ]


def was_invited_by_text(uow: UnitOfWork, workspace_id: str, interview_id: str) -> bool:
    query = select(events.c.id).where(
        events.c.workspace_id == workspace_id, events.c.subject_id == interview_id, events.c.name == "invited_by_text"
    )
    return uow.connection.execute(query.limit(1)).one_or_none() is not None


def progress(uow: UnitOfWork, interview_ids: Sequence[str]) -> dict[str, int]:
    """How many questions each interview has behind it."""
    query = (
        select(answers.c.interview_id, func.count())
        .where(answers.c.interview_id.in_(list(interview_ids)), answers.c.status != "open")
        .group_by(answers.c.interview_id)
    )
    return {row[0]: row[1] for row in uow.connection.execute(query)}


def open_interviews_of(uow: UnitOfWork, workspace_id: str, address: str) -> list[tuple[str, str]]:
    """(conversation id, title) of the interviews this address leads to."""
    query = (
        select(interviews.c.conversation_id, interviewers.c.title)
        .join(conversation_addresses, conversation_addresses.c.conversation_id == interviews.c.conversation_id)
        .join(interviewers, interviewers.c.id == interviews.c.interviewer_id)
        .where(
            conversation_addresses.c.workspace_id == workspace_id,
            conversation_addresses.c.address == address,
            conversation_addresses.c.open,
        )
    )
    return [(row[0], row[1]) for row in uow.connection.execute(query)]


def threads_of_candidate(
    uow: UnitOfWork, workspace_id: str, candidate_id: str, scheme: str
) -> list[tuple[str, str, str]]:
    """(conversation, address, title) of a person's interviews on one channel that are under way, newest first."""
    query = (
        select(interviews.c.conversation_id, conversation_addresses.c.address, interviewers.c.title)
        .join(conversation_addresses, conversation_addresses.c.conversation_id == interviews.c.conversation_id)
        .join(interviewers, interviewers.c.id == interviews.c.interviewer_id)
        .where(
            interviews.c.workspace_id == workspace_id,
            interviews.c.candidate_id == candidate_id,
            interviews.c.status.in_(["in_progress", "paused"]),
            conversation_addresses.c.address.like(f"{scheme}:%"),
            conversation_addresses.c.open,
        )
        .order_by(interviews.c.started_at.desc(), conversation_addresses.c.address)
    )
    found = {row[0]: (row[0], row[1], row[2]) for row in uow.connection.execute(query)}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody who began, and has not answered for a while."""

    interview_id: str
    interviewer_id: str
    name: str
    title: str
    since: datetime


def silent_since(uow: UnitOfWork, workspace_id: str, interviewer_ids: Sequence[str], before: datetime) -> list[Silent]:
    """Who is in the middle of an interview and was last heard `before` then; the longest silent first."""
    heard = func.coalesce(func.max(conversation_addresses.c.last_heard_at), interviews.c.started_at)
    query = (
        select(
            interviews.c.id,
            interviews.c.interviewer_id,
            candidates.c.name,
            interviewers.c.title,
            heard.label("since"),
        )
        .join(candidates, candidates.c.id == interviews.c.candidate_id)
        .join(interviewers, interviewers.c.id == interviews.c.interviewer_id)
        .outerjoin(conversation_addresses, conversation_addresses.c.conversation_id == interviews.c.conversation_id)
        .where(
            interviews.c.workspace_id == workspace_id,
            interviews.c.status == "in_progress",
            interviews.c.interviewer_id.in_(list(interviewer_ids)),
        )
        .group_by(interviews.c.id, candidates.c.name, interviewers.c.title)
        .having(heard < before)
        .order_by(heard)
    )
    return [Silent(*row) for row in uow.connection.execute(query)]


def heard_in(uow: UnitOfWork, turn_id: str) -> list[str]:
    """Ids of the messages a turn answered (account look-up: the id is the turn's own)."""
    return list(uow.connection.execute(select(turns.c.heard).where(turns.c.id == turn_id)).scalar_one())


def sent_to(uow: UnitOfWork, workspace_id: str, address: str) -> list[tuple[str, Mapping[str, Any]]]:
    """(id, OutboundMessage as JSON) of everything delivered to one address, in order."""
    query = (
        select(outbox.c.id, outbox.c.message)
        .where(outbox.c.workspace_id == workspace_id, outbox.c.address == address, outbox.c.status.in_(_SHOWN))
        .order_by(outbox.c.created_at, outbox.c.seq)
    )
    return [(row[0], row[1]) for row in uow.connection.execute(query)]

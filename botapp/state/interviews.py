"""Candidates and their interviews: invitations, answers, scores, decisions. Links are stored as hashes only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, insert, select, update

from botapp.state.people import secret_hash
from botapp.state.prepared import Prepared
from botapp.state.tables import answers, candidates, decisions, interviews, invitations, scores
from botapp.state.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StoredInterview:
    id: str
    workspace_id: str
    interviewer_id: str
    version: int
    candidate_id: str
    attempt: int
    conversation_id: str
    status: str
    outcome: str
    decision: str
    started_at: datetime
    completed_at: datetime | None
    scorecard: Mapping[str, Any] | None
    candidate_name: str
    candidate_contact: str


_INTERVIEW = select(
    interviews.c.id,
    interviews.c.workspace_id,
    interviews.c.interviewer_id,
    interviews.c.version,
    interviews.c.candidate_id,
    interviews.c.attempt,
    interviews.c.conversation_id,
    interviews.c.status,
    interviews.c.outcome,
    interviews.c.decision,
    interviews.c.started_at,
    interviews.c.completed_at,
    interviews.c.scorecard,
    candidates.c.name,
    candidates.c.contact,
).join(candidates, candidates.c.id == interviews.c.candidate_id)


def _interview(row: Any) -> StoredInterview:
    return StoredInterview(*row)


_BY_ID = Prepared(_INTERVIEW.where(interviews.c.id == bindparam("which")))
_RUNS = Prepared(
    _INTERVIEW.where(
        interviews.c.interviewer_id == bindparam("interviewer"), interviews.c.candidate_id == bindparam("candidate")
    ).order_by(interviews.c.attempt)
)
_BY_LINK = Prepared(_INTERVIEW.where(interviews.c.link_hash == bindparam("hash")))


def get(uow: UnitOfWork, interview_id: str) -> StoredInterview | None:
    """One interview (account look-up: the id came from its conversation or a scoped query)."""
    row = _BY_ID.row(uow, {"which": interview_id})
    return _interview(row) if row else None


def of_workspace(uow: UnitOfWork, workspace_id: str, interview_id: str) -> StoredInterview | None:
    query = _INTERVIEW.where(interviews.c.id == interview_id, interviews.c.workspace_id == workspace_id)
    row = uow.connection.execute(query).one_or_none()
    return _interview(row) if row else None


def by_link(uow: UnitOfWork, token: str) -> StoredInterview | None:
    """Account look-up: the interview that a private link leads to."""
    row = _BY_LINK.row(uow, {"hash": secret_hash(token)})
    return _interview(row) if row else None


def attempts_of(uow: UnitOfWork, interviewer_id: str, candidate_id: str) -> list[StoredInterview]:
    """This candidate's runs of this interviewer, first to last."""
    return [_interview(row) for row in _RUNS.rows(uow, {"interviewer": interviewer_id, "candidate": candidate_id})]


def candidate(uow: UnitOfWork, candidate_id: str) -> tuple[str, str]:
    """(name, contact) by id (account look-up)."""
    row = uow.connection.execute(
        select(candidates.c.name, candidates.c.contact).where(candidates.c.id == candidate_id)
    ).one()
    return row[0], row[1]


def invite(
    uow: UnitOfWork,
    *,
    token: str,
    workspace_id: str,
    interviewer_id: str,
    candidate_id: str,
    by: str,
    now: datetime,
    interview_id: str | None = None,
) -> None:
    """A candidate's own link to this interviewer; `interview_id` when it leads on with an interview there is."""
    uow.connection.execute(
        insert(invitations).values(
            token_hash=secret_hash(token),
            workspace_id=workspace_id,
            interviewer_id=interviewer_id,
            candidate_id=candidate_id,
            invited_by=by,
            at=now,
            interview_id=interview_id,
        )
    )


@dataclass(frozen=True, slots=True)
class Invitation:
    interviewer_id: str
    candidate_id: str
    interview_id: str | None


def invitation(uow: UnitOfWork, token: str) -> Invitation | None:
    """Account look-up: what a personal link invites to."""
    query = select(invitations.c.interviewer_id, invitations.c.candidate_id, invitations.c.interview_id).where(
        invitations.c.token_hash == secret_hash(token)
    )
    row = uow.connection.execute(query).one_or_none()
    return Invitation(row[0], row[1], row[2]) if row else None


def use_invitation(uow: UnitOfWork, token: str, interview_id: str) -> None:
    uow.connection.execute(
        update(invitations).where(invitations.c.token_hash == secret_hash(token)).values(interview_id=interview_id)
    )


_START = Prepared(
    insert(interviews),
    *("id", "workspace_id", "interviewer_id", "version", "candidate_id", "attempt", "conversation_id", "link_hash"),
    *("status", "outcome", "decision", "started_at"),
)


def start(
    uow: UnitOfWork,
    *,
    id: str,
    workspace_id: str,
    interviewer_id: str,
    version: int,
    candidate_id: str,
    attempt: int,
    conversation_id: str,
    token: str,
    now: datetime,
    status: str = "in_progress",
) -> None:
    """A run begins, or (`invited`) waits for a person's first word. The same attempt twice is a Conflict."""
    _START.run(
        uow,
        {
            "id": id,
            "workspace_id": workspace_id,
            "interviewer_id": interviewer_id,
            "version": version,
            "candidate_id": candidate_id,
            "attempt": attempt,
            "conversation_id": conversation_id,
            "link_hash": secret_hash(token),
            "status": status,
            "outcome": "",
            "decision": "",
            "started_at": now,
        },
    )


def set_link(uow: UnitOfWork, interview_id: str, token: str) -> None:
    """Give an interview a new private link; the old one leads nowhere."""
    uow.connection.execute(
        update(interviews).where(interviews.c.id == interview_id).values(link_hash=secret_hash(token))
    )


def set_status(uow: UnitOfWork, interview_id: str, status: str, outcome: str, now: datetime) -> None:
    values: dict[str, Any] = {"status": status}
    if outcome:
        values["outcome"] = outcome
    if status == "completed":
        values["completed_at"] = now
    if status == "in_progress":  # it goes on: begun, resumed, or reopened after an answer was put right
        first_word = case((interviews.c.status == "invited", now), else_=interviews.c.started_at)
        values |= {"outcome": outcome, "completed_at": None, "started_at": first_word}
    uow.connection.execute(update(interviews).where(interviews.c.id == interview_id).values(**values))


_ANSWER_KEYS = ("status", "parts", "reading", "follow_ups")


@cache
def _keep_answer(is_postgres: bool) -> Prepared:
    """Insert, or replace what is known of the question: one statement in either dialect."""
    if is_postgres:
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    new = upsert(answers)
    changes = {key: new.excluded[key] for key in (*_ANSWER_KEYS, "updated_at")}
    return Prepared(
        new.on_conflict_do_update(index_elements=["interview_id", "question_id"], set_=changes),
        *("interview_id", "question_id", "workspace_id", "stage_id", *_ANSWER_KEYS, "updated_at"),
    )


def save_answer(
    uow: UnitOfWork, *, interview_id: str, workspace_id: str, answer: Mapping[str, Any], now: datetime
) -> None:
    """The answer as it stands (the ANSWER_SAVED effect): replaces what was known of this question."""
    _keep_answer(uow.is_postgres).run(
        uow,
        {
            "interview_id": interview_id,
            "question_id": answer["question_id"],
            "workspace_id": workspace_id,
            "stage_id": answer["stage_id"],
            **{key: answer[key] for key in _ANSWER_KEYS},
            "updated_at": now,
        },
    )


def answers_of(uow: UnitOfWork, interview_id: str) -> list[Mapping[str, Any]]:
    query = select(
        answers.c.question_id,
        answers.c.stage_id,
        answers.c.status,
        answers.c.parts,
        answers.c.reading,
        answers.c.follow_ups,
    ).where(answers.c.interview_id == interview_id)
    return [dict(row) for row in uow.connection.execute(query).mappings()]


def find_score(uow: UnitOfWork, score_id: str) -> Mapping[str, Any] | None:
    """A judgement made before of the same words by the same engine against the same rubric."""
    found: Mapping[str, Any] | None = uow.connection.execute(
        select(scores.c.data).where(scores.c.id == score_id)
    ).scalar_one_or_none()
    return found


def save_score(
    uow: UnitOfWork,
    *,
    id: str,
    workspace_id: str,
    interview_id: str,
    question_id: str,
    data: Mapping[str, Any],
    now: datetime,
) -> None:
    if find_score(uow, id) is None:
        uow.connection.execute(
            insert(scores).values(
                id=id,
                workspace_id=workspace_id,
                interview_id=interview_id,
                question_id=question_id,
                data=dict(data),
                at=now,
            )
        )


def lock(uow: UnitOfWork, interview_id: str) -> None:
    """Who writes a scorecard waits for whoever writes it now (SQLite has one writer and needs no lock)."""
    uow.connection.execute(
        select(interviews.c.id).where(interviews.c.id == interview_id).with_for_update(key_share=True)
    )


def save_scorecard(uow: UnitOfWork, interview_id: str, scorecard: Mapping[str, Any]) -> None:
    uow.connection.execute(
        update(interviews)
        .where(interviews.c.id == interview_id)
        .values(scorecard=dict(scorecard), score=scorecard["overall"])
    )


def decide(
    uow: UnitOfWork,
    *,
    id: str,
    workspace_id: str,
    interview_id: str,
    kind: str,
    subject: str,
    reason: str,
    data: Mapping[str, Any],
    by: str,
    now: datetime,
) -> None:
    """A person's decision, kept for ever; shortlist and dismiss also become the interview's state."""
    uow.connection.execute(
        insert(decisions).values(
            id=id,
            workspace_id=workspace_id,
            interview_id=interview_id,
            kind=kind,
            subject=subject,
            reason=reason,
            data=dict(data),
            by_member=by,
            at=now,
        )
    )
    word = {"shortlist": "shortlisted", "dismiss": "dismissed", "reopen": ""}.get(kind)
    if word is not None:
        uow.connection.execute(update(interviews).where(interviews.c.id == interview_id).values(decision=word))


def decisions_of(uow: UnitOfWork, interview_id: str) -> Sequence[Mapping[str, Any]]:
    """Oldest first, so that the last override of a subject is the one in force."""
    query = (
        select(
            decisions.c.kind,
            decisions.c.subject,
            decisions.c.reason,
            decisions.c.data,
            decisions.c.by_member,
            decisions.c.at,
        )
        .where(decisions.c.interview_id == interview_id)
        .order_by(decisions.c.at)
    )
    return [dict(row) for row in uow.connection.execute(query).mappings()]

"""What can stand in the way of one invitation: each check refuses with the sentence a recruiter reads. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botapp.pipeline.services import Services
from botapp.pipeline.starting import is_under_way, next_try_from, runs_taken
from botapp.screening.interview import InterviewStatus
from botapp.screening.interviewer import BudgetKind, Interviewer
from botapp.screening.invite_list import InviteRow
from botapp.state import candidates, consents, interviewers, interviews
from botapp.state.candidates import StoredCandidate
from botapp.state.interviewers import StoredInterviewer
from botapp.state.interviews import StoredInterview
from botapp.state.read_models import MemberRow
from botapp.state.unit_of_work import UnitOfWork


class Refused(Exception):
    """Why a row is not invited, in the sentence for the recruiter. Never leaves `inviting`."""


@dataclass(slots=True)
class Desk:
    """What the rows of one transaction share. `places`: how many more the budget allows, None without a cap."""

    services: Services
    uow: UnitOfWork
    member: MemberRow
    stored: StoredInterviewer
    interviewer: Interviewer | None
    channel: str
    evidence: Mapping[str, Any]
    batch: str
    now: datetime
    closed: str
    places: int | None

    @property
    def workspace_id(self) -> str:
        return self.member.workspace_id


def refuse_if_unwelcome(desk: Desk, row: InviteRow, address: str) -> None:
    if desk.closed:
        raise Refused(desk.closed)
    if not row.how.strip():
        raise Refused(f"How did {row.name} agree to texts? Nothing is sent before that is on record.")
    reach = candidates.reach(desk.uow, desk.workspace_id, address)
    if reach.opted_out_at is not None:
        raise Refused(
            f"This number asked on {_day(reach.opted_out_at)} for no more texts. Only its owner can change that, "
            "by texting START."
        )
    if reach.unusable:
        raise Refused(f"Texts don't reach this number: {reach.unusable}")
    withdrawn = consents.withdrawn_at(desk.uow, desk.workspace_id, address)
    if withdrawn is not None and row.given_at <= withdrawn:
        raise Refused(f"The consent to text this number ended on {_day(withdrawn)}; a newer one is needed.")


def refuse_without_place(desk: Desk) -> None:
    if desk.places is None or desk.places > 0:
        return
    assert desk.interviewer is not None
    budget = desk.interviewer.settings.budget
    when = "a day" if budget.kind is BudgetKind.DAILY else "in all"
    raise Refused(
        f"The budget of {budget.cap} interviews {when} is used up, counting people who are invited and have not begun."
    )


def known_person(desk: Desk, row: InviteRow, address: str) -> StoredCandidate | None:
    """Whoever has this number or this e-mail address here. Two different people are never made one."""
    by_phone = candidates.at_address(desk.uow, desk.workspace_id, address)
    mail = candidates.address_of(row.email) if row.email else ""
    by_mail = candidates.at_address(desk.uow, desk.workspace_id, mail) if mail else None
    if by_phone and by_mail and by_phone.id != by_mail.id:
        raise Refused(
            f"The number belongs to {by_phone.name or 'somebody'} here and the e-mail address to "
            f"{by_mail.name or 'somebody else'}. Which of them is it? Leave the other out and invite again."
        )
    known = by_phone or by_mail
    if known and known.name and not _same_person(known.name, row.name):
        whose = "number" if by_phone else "e-mail address"
        raise Refused(
            f"The {whose} belongs to {known.name} here. If it is the same person, invite them by that name; "
            "if not, please check it."
        )
    return known


def _same_person(known: str, given: str) -> bool:
    """A name in common: Maria and Maria Lopez, Lopez Maria."""
    return bool(set(known.casefold().split()) & set(given.casefold().split()))


def next_run(desk: Desk, known: StoredCandidate) -> int:
    runs = interviews.attempts_of(desk.uow, desk.stored.id, known.id)
    if not runs:
        return 1
    last = runs[-1]
    if last.status == InterviewStatus.INVITED:
        raise Refused(f"Invited already, on {_day(last.started_at)}. A second text was not sent.")
    if is_under_way(last):
        raise Refused(f"Answers already, since {_day(last.started_at)}.")
    missed = last.status == InterviewStatus.EXPIRED or last.outcome == "wrong_person"
    if missed and interviewers.never_begun(desk.uow, last.id):
        return last.attempt + 1
    assert desk.interviewer is not None
    taken, settings = runs_taken(desk.uow, desk.stored.id, known.id), desk.interviewer.settings
    if last.status == InterviewStatus.COMPLETED and len(taken) <= settings.retakes:
        ready = next_try_from(taken, settings)
        if ready is not None and desk.now < ready:
            raise Refused(f"Took this interview on {_day(_end_of(last))}. They can take it again from {_day(ready)}.")
        return last.attempt + 1
    raise Refused(f"{_ENDINGS.get(last.status, 'Took this interview already')}, on {_day(_end_of(last))}.")


_ENDINGS = {
    InterviewStatus.COMPLETED.value: "Took this interview already",
    InterviewStatus.ENDED.value: "Ended this interview already",
    InterviewStatus.EXPIRED.value: "Began this interview and ran out of time",
}


def _end_of(run: StoredInterview) -> datetime:
    return run.completed_at or run.started_at


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"

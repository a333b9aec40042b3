"""The whole stack in one process: real database, real Redis, real graphs and rules; only the clock is ours."""

import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from botapp import bootstrap
from botapp.channels.base import Channel
from botapp.config import Settings
from botapp.errors import Conflict
from botapp.pipeline.deliver import deliver_next, give_up_stale, look_up_unknown
from botapp.pipeline.services import derived_id, fresh_id
from botapp.pipeline.sweep import next_due
from botapp.pipeline.timers import do_next_task
from botapp.pipeline.turn import TurnServices, run_next_turn
from botapp.policy.access import Role
from botapp.screening.interviewer import Interviewer
from botapp.state import interviewers, people
from botapp.state.read_models import MemberRow
from botapp.state.unit_of_work import Database
from botapp.state.wakeups import Wakeups

START = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)  # a Monday
SETTLES = timedelta(seconds=15)  # what needs no more time than this happens before a test looks
EMPLOYER = "Harbour Foods"


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self._at = at
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._at

    def advance(self, **parts: float) -> None:
        """`advance(hours=25)`."""
        with self._lock:
            self._at += timedelta(**parts)

    def move_to(self, moment: datetime) -> None:
        with self._lock:
            self._at = max(self._at, moment)


@cache
def loaded() -> TurnServices:
    """Graphs compiled and engine chosen once for a whole session, as a worker process does."""
    nowhere = Path(tempfile.gettempdir()) / "botapp-tests-open-nothing-here"
    return bootstrap.worker_services(Settings(_env_file=None, data_dir=nowhere))  # type: ignore[call-arg]


def services_with(
    database: Database,
    redis_url: str,
    clock: MovableClock,
    *,
    channels: Mapping[str, Channel] | None = None,
    mark: Callable[[str], None] = lambda _point: None,
) -> TurnServices:
    """What a worker has, on this database, Redis and clock; `channels` are added to our own."""
    return replace(
        loaded(),
        database=database,
        wakeups=Wakeups(redis_url),
        clock=clock,
        base_url="https://interviews.test",
        channels={**bootstrap.channels(), **(channels or {})},
        mark=mark,
        leases=None,
        signing_key=lambda: "a key for tests",
    )


def work_once(services: TurnServices) -> bool:
    """The most urgent thing that is due; False when nothing is."""
    return bool(
        run_next_turn(services)
        or do_next_task(services)
        or deliver_next(services)
        or give_up_stale(services)
        or look_up_unknown(services)
    )


def run_until_idle(
    services: TurnServices, clock: MovableClock, *, settles: timedelta = SETTLES, at_most: int = 3000
) -> None:
    """Work off what is due, letting time pass as far as things settle by themselves (bursts, short back-offs)."""
    ends = clock.now() + settles
    for _ in range(at_most):
        if work_once(services):
            continue
        due = min((moment for moment in next_due(services) if moment is not None), default=None)
        if due is None or due > ends or clock.now() > ends:
            return
        clock.move_to(due)
        if not work_once(services):
            clock.advance(seconds=0.5)
    raise AssertionError("the stack never came to rest")


def add_workspace(services: TurnServices, name: str = EMPLOYER) -> tuple[str, MemberRow]:
    """An employer and its owner."""
    workspace_id = fresh_id()
    with services.database.writing() as uow:
        people.create_workspace(uow, id=workspace_id, name=name, now=services.now())
    return workspace_id, add_member(services, workspace_id, "Olive Owner", Role.OWNER)


def add_member(services: TurnServices, workspace_id: str, name: str, role: Role) -> MemberRow:
    """A further member."""
    id = fresh_id()
    email = f"{name.split()[0].lower()}@harbour.test"
    with services.database.writing() as uow:
        people.add_member(uow, id=id, workspace_id=workspace_id, name=name, email=email, role=role, now=services.now())
        found = people.member(uow, id)
    assert found is not None
    return found


def publish(services: TurnServices, member: MemberRow, draft: Interviewer) -> str:
    """Put a draft in the database as published, without the talk that leads there; returns the interviewer's id."""
    from botapp.pipeline.effects import open_interviewer

    id, now = fresh_id(), services.now()
    stages = [stage.model_dump(mode="json") for stage in draft.running_stages()]
    with services.database.writing() as uow:
        open_interviewer(uow, id=id, workspace_id=member.workspace_id, by=member.id, now=now)
        stored = interviewers.get(uow, id)
        assert stored is not None
        interviewers.save_draft(
            uow, stored, draft=draft.model_dump(mode="json"), summary="made for a test", edits=[], by=member.id, now=now
        )
        interviewers.publish(uow, stored, definition={"stages": stages}, by=member.id, now=now)
    return id


def change_draft(services: TurnServices, member: MemberRow, interviewer_id: str, draft: Interviewer) -> None:
    """A later revision of a draft."""
    with services.database.writing() as uow:
        stored = interviewers.get(uow, interviewer_id)
        assert stored is not None
        interviewers.save_draft(
            uow,
            stored,
            draft=draft.model_dump(mode="json"),
            summary="changed for a test",
            edits=[],
            by=member.id,
            now=services.now(),
        )


@dataclass
class Stack:
    """Services with an employer in them, and what was logged meanwhile."""

    services: TurnServices
    clock: MovableClock
    workspace_id: str
    owner: MemberRow
    logs: list[Any] = field(default_factory=list)
    may_fail: bool = False  # a test in which a turn is meant to fail says so

    def settle(self) -> None:
        run_until_idle(self.services, self.clock)

    def check_no_turn_failed(self) -> None:
        """A turn that somebody else was quicker with is no failure; one that failed again is."""
        for entry in self.logs:
            lost = isinstance(entry.get("exc_info"), Conflict) and entry["failures"] == 1
            if entry["event"] == "turn_failed" and not lost and not self.may_fail:
                raise entry["exc_info"]

    def conversation_of_interview(self, interview_id: str) -> str:
        return derived_id("interview", interview_id)

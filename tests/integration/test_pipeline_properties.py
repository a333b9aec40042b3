"""A machine that does to the pipeline what networks do: repeats, reorders, delays, crashes, opts out, reports late.

After every step the promises of the pipeline hold; at the end everything was answered.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from structlog.testing import capture_logs

from botapp.messages import DeliveryStatus, InboundMessage
from botapp.pipeline.receive import receive_message, receive_report
from botapp.state import outbox
from botapp.state.unit_of_work import Database
from tests.support.channels import Does, Provider, Tel, report, text_from
from tests.support.phone import Phone, phone_on
from tests.support.redis_server import RedisServer
from tests.support.stack import MovableClock, services_with, work_once
from tests.support.truth import check_everything_answered, check_nothing_stuck, check_turns

POINTS = (
    *("receive.begin", "receive.before_commit", "receive.committed", "receive.woken"),
    *("turn.claimed", "turn.loaded", "turn.decided", "turn.before_commit", "turn.committed"),
    *("deliver.before_sending", "deliver.sending", "deliver.called", "deliver.recorded"),
    *("task.begin", "task.done"),
)
BETWEEN = ("turn.claimed", "turn.loaded", "turn.decided", "turn.committed", "deliver.sending", "deliver.called")
TEXTS = (
    "yes",
    "3 years",
    "We had a rush and I split the aisles.",
    "what is the pay?",
    "STOP",
    "START",
    "",
    "later",
    "?",
)
REPORTS = (DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.FAILED)


class Crash(BaseException):
    """A process ends here."""


class Network(RuleBasedStateMachine):
    """`begun` is a phone in the middle of an interview, whose files each run copies."""

    begun: Phone
    redis_url: str

    @initialize()
    def copies_the_beginning(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="bh-"))
        for name in ("botapp.db", "provider.db"):
            shutil.copy(self.source / name, self.home / name)
        self.clock = MovableClock(self.begun.stack.clock.now())
        self.database = Database(f"sqlite:///{self.home / 'botapp.db'}")
        self.provider = Provider(self.home / "provider.db")
        channels = {"tel": Tel(self.provider, self.clock)}
        self.services = services_with(self.database, self.redis_url, self.clock, channels=channels, mark=self._at)
        self.crash_at = ""
        self.meanwhile: tuple[str, Callable[[], object]] | None = None
        self.in_flight: list[InboundMessage] = []
        self.arrived: list[InboundMessage] = []
        self.broke_the_law: list[str] = []

    @property
    def source(self) -> Path:
        return Path(self.begun.services.database.url.removeprefix("sqlite:///")).parent

    def _at(self, point: str) -> None:
        if point == "deliver.sending":
            self._check_the_gate()
        if self.meanwhile and point == self.meanwhile[0]:
            (_, happens), self.meanwhile = self.meanwhile, None
            happens()
        if point == self.crash_at:
            self.crash_at = ""
            raise Crash

    def _check_the_gate(self) -> None:
        """Whatever is in `sending` now passed the gate a moment ago."""
        with self.database.reading() as uow:
            for row in outbox.stale_sending(uow, self.clock.now() + outbox.SENDING_TTL):
                if row.sending_since == self.clock.now() and row.id not in self._confirmations(uow, row):
                    self.broke_the_law.append(row.id)

    def _confirmations(self, uow: Any, row: Any) -> set[str]:
        if outbox.lock_address(uow, row.workspace_id, row.address) is None:
            return {row.id}
        return {outbox.confirmation_of(uow, row.workspace_id, row.address)}

    # what people do

    @rule(text=st.sampled_from(TEXTS), known=st.booleans())
    def somebody_writes(self, text: str, known: bool) -> None:
        number = self.begun.number if known else "+15559990000"
        person = self.begun.candidate_id if known else ""
        id = f"n{len(self.in_flight) + len(self.arrived)}"
        self.in_flight.append(text_from(number, text, id, self.clock.now(), person))

    @precondition(lambda self: self.in_flight)
    @rule(data=st.data())
    def one_arrives(self, data: st.DataObject) -> None:
        """In any order; a crash while it is taken in means that the network brings it again."""
        index = data.draw(st.integers(0, len(self.in_flight) - 1))
        self._arrives(self.in_flight[index])
        self.arrived.append(self.in_flight.pop(index))

    def _arrives(self, message: InboundMessage) -> None:
        message = replace(message, received_at=self.clock.now())
        try:
            receive_message(self.services, message, workspace_id=self.begun.stack.workspace_id)
        except Crash:
            receive_message(self.services, message, workspace_id=self.begun.stack.workspace_id)

    @precondition(lambda self: self.arrived)
    @rule(data=st.data())
    def one_arrives_again(self, data: st.DataObject) -> None:
        self._arrives(data.draw(st.sampled_from(self.arrived)))

    # what the network and the provider do

    @rule(does=st.lists(st.sampled_from(sorted(Does)), min_size=1, max_size=3))
    def the_provider_will(self, does: list[Does]) -> None:
        self.provider.will(*does)

    @precondition(lambda self: self.provider.ledger())
    @rule(data=st.data(), status=st.sampled_from(REPORTS))
    def a_report_comes(self, data: st.DataObject, status: DeliveryStatus) -> None:
        line = data.draw(st.sampled_from(self.provider.ledger()))
        receive_report(self.services, report(line.outbox_id, status, line.id))

    # what time and machines do

    @rule(seconds=st.sampled_from([0.5, 2, 5, 7, 31]))
    def time_passes(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)

    @rule(point=st.sampled_from(POINTS))
    def a_crash_waits(self, point: str) -> None:
        self.crash_at = point

    @rule(times=st.integers(1, 6))
    def a_worker_works(self, times: int) -> None:
        for _ in range(times):
            self._works()

    def _works(self) -> bool:
        try:
            return work_once(self.services)
        except Crash:
            return True

    @precondition(lambda self: self.in_flight)
    @rule(point=st.sampled_from(BETWEEN))
    def one_will_arrive_meanwhile(self, point: str) -> None:
        """Just when a worker is in the middle of something."""
        message = self.in_flight.pop()
        self.arrived.append(message)
        self._not_yet()
        self.meanwhile = (point, lambda: self._arrives(message))

    @rule(point=st.sampled_from(BETWEEN), seconds=st.sampled_from([0, 5.5, 7, 13]))
    def another_will_work_meanwhile(self, point: str, seconds: float) -> None:
        """A worker sleeps at `point`, perhaps through its lease, and another one goes on."""

        def works() -> None:
            self.clock.advance(seconds=seconds)
            for _ in range(4):
                self._works()

        self._not_yet()
        self.meanwhile = (point, works)

    def _not_yet(self) -> None:
        """What waited for its moment happens now, before something else waits."""
        if self.meanwhile:
            (_, happens), self.meanwhile = self.meanwhile, None
            happens()

    # what must hold

    @invariant()
    def promises_hold(self) -> None:
        if not hasattr(self, "services"):
            return
        check_turns(self.database)
        sent = [line.outbox_id for line in self.provider.ledger()]
        assert len(sent) == len(set(sent)), "something left twice"
        assert self.broke_the_law == [], "something left after an opt-out"

    def teardown(self) -> None:
        if not hasattr(self, "services"):
            return
        try:
            self.crash_at = ""
            self._not_yet()
            for message in self.in_flight:
                self._arrives(message)
            for _ in range(80):
                while self._works():
                    pass
                self.clock.advance(seconds=5)
            self.promises_hold()
            check_everything_answered(self.database)
            check_nothing_stuck(self.database)
        finally:
            self.database.close()
            shutil.rmtree(self.home, ignore_errors=True)


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def begun(database: Database, redis_server: RedisServer, clock: MovableClock, tmp_path: Path) -> Iterator[Phone]:
    with capture_logs():
        phone = phone_on(database, redis_server.url, clock, tmp_path / "provider.db").begins()
        with database.writing() as uow:
            uow.connection.exec_driver_sql("SELECT 1")
        database.close()  # the copy needs all of it in the file
        yield phone


def test_whatever_the_network_does(begun: Phone, redis_server: RedisServer) -> None:
    """One row an external id; each message in one committed turn; nothing leaves twice, or after an opt-out."""
    machine = type("TheNetwork", (Network,), {"begun": begun, "redis_url": redis_server.url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

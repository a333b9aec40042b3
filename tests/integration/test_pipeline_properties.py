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

RECEIVING = ("receive.begin", "receive.before_commit", "receive.committed", "receive.woken")
WORKING = (
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
        self.written = 0
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
        known = outbox.lock_address(uow, row.workspace_id, row.address)
        if known.opted_out_at is None:
            return {row.id}
        return {known.confirmation}

    # what people and the network do

    @rule(
        texts=st.lists(st.tuples(st.sampled_from(TEXTS), st.booleans()), min_size=1, max_size=3),
        data=st.data(),
    )
    def somebody_writes(self, texts: list[tuple[str, bool]], data: st.DataObject) -> None:
        """The network brings it in any order, or later, or twice."""
        self.in_flight += [self._message(text, known) for text, known in texts]
        for message in data.draw(st.permutations(self.in_flight)):
            if data.draw(st.integers(0, 3)):
                self._arrives(message)
        if self.arrived and data.draw(st.booleans()):
            self._arrives(data.draw(st.sampled_from(self.arrived)))

    def _message(self, text: str, known: bool) -> InboundMessage:
        self.written += 1
        number = self.begun.number if known else "+15559990000"
        person = self.begun.candidate_id if known else ""
        return text_from(number, text, f"n{self.written}", self.clock.now(), person)

    def _arrives(self, message: InboundMessage) -> None:
        """A crash while it is taken in means that the network brings it again."""
        kept = replace(message, received_at=self.clock.now())
        try:
            receive_message(self.services, kept, workspace_id=self.begun.stack.workspace_id)
        except Crash:
            receive_message(self.services, kept, workspace_id=self.begun.stack.workspace_id)
        if message in self.in_flight:
            self.in_flight.remove(message)
            self.arrived.append(message)

    @rule(point=st.sampled_from(RECEIVING), known=st.booleans())
    def somebody_writes_into_a_crash(self, point: str, known: bool) -> None:
        self.crash_at = point
        self._arrives(self._message("yes", known))

    @rule(does=st.lists(st.sampled_from(sorted(Does)), min_size=1, max_size=3))
    def the_provider_will(self, does: list[Does]) -> None:
        self.provider.will(*does)

    @precondition(lambda self: self.provider.ledger())
    @rule(data=st.data(), status=st.sampled_from(REPORTS))
    def a_report_comes(self, data: st.DataObject, status: DeliveryStatus) -> None:
        line = data.draw(st.sampled_from(self.provider.ledger()))
        receive_report(
            self.services, report(line.outbox_id, status, line.id), workspace_id=self.begun.stack.workspace_id
        )

    # what time and machines do

    @rule(seconds=st.sampled_from([0.5, 4, 7, 31]), times=st.integers(1, 6))
    def a_worker_works(self, seconds: float, times: int) -> None:
        self.clock.advance(seconds=seconds)
        for _ in range(times):
            self._works()

    @rule(point=st.sampled_from(WORKING), known=st.booleans())
    def a_worker_crashes(self, point: str, known: bool) -> None:
        """In the middle of answering; another one takes over after a while."""
        self._arrives(self._message("3 years", known))
        self.clock.advance(seconds=13)
        self.crash_at = point
        for _ in range(6):
            self._works()
        self.crash_at = ""

    @rule(point=st.sampled_from(BETWEEN), text=st.sampled_from(TEXTS))
    def one_more_arrives_meanwhile(self, point: str, text: str) -> None:
        """Just when a worker is in the middle of something."""
        self._meanwhile(point, lambda: self._arrives(self._message(text, True)))

    @rule(point=st.sampled_from(BETWEEN), seconds=st.sampled_from([0, 5.5, 7, 13]))
    def another_works_meanwhile(self, point: str, seconds: float) -> None:
        """A worker sleeps at `point`, perhaps through its lease, and another one goes on."""

        def works() -> None:
            self.clock.advance(seconds=seconds)
            for _ in range(4):
                self._works()

        self._meanwhile(point, works)

    def _meanwhile(self, point: str, happens: Callable[[], object]) -> None:
        self._arrives(self._message("yes", True))
        self.clock.advance(seconds=13)
        self.meanwhile = (point, happens)
        for _ in range(3):
            self._works()
        self.meanwhile = None

    def _works(self) -> bool:
        try:
            return work_once(self.services)
        except Crash:
            return True

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
            for message in list(self.in_flight):
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
            max_examples=20,
            stateful_step_count=16,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

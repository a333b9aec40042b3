"""A machine that does to our texting what people, carriers, clocks and crashes do, over the whole stack.

Real pages, real signed webhooks, the local Twilio; reports wait until the machine lets them in. What may leave is
judged here by rules of its own: what the person said, and the wall clock where the number is.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
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

from botapp.entrypoints.simulator.carrier import Phone, Reporting
from botapp.entrypoints.simulator.twilio import Fault
from botapp.entrypoints.simulator.twilio_webhooks import Attempt, Params
from botapp.messages import DeliveryStatus
from botapp.pipeline import spool
from botapp.pipeline.inviting import invite_one
from botapp.state import lanes
from botapp.state.outbox import OutboxEntry
from botapp.state.unit_of_work import Database
from tests.support.redis_server import RedisServer
from tests.support.roles import night_picker
from tests.support.stack import MovableClock, publish, run_until_idle, work_once
from tests.support.texting import texting
from tests.support.texting_checks import hold_reports, inbox_ids, queue, rows, taken
from tests.support.truth import check_everything_answered, check_nothing_stuck, check_turns

# Where these numbers are; the second one may be in either of two zones.
PEOPLE = {
    "+12125550123": ("America/New_York",),
    "+12085550124": ("America/Boise", "America/Los_Angeles"),
    "+16025550125": ("America/Phoenix",),
    "+18085550126": ("Pacific/Honolulu",),
}
NUMBERS = tuple(PEOPLE)
STARTS = (
    datetime(2026, 5, 4, 18, 0, tzinfo=UTC),  # a Monday afternoon
    datetime(2026, 11, 1, 0, 30, tzinfo=UTC),  # the evening before the clocks go back
    datetime(2027, 3, 14, 3, 30, tzinfo=UTC),  # the night in which they go forward
)
STOPS = ("STOP", "stop.", "Baja!", "ALTO", "stop all", "arrêt")
STARTING_AGAIN = ("START", "unstop")
WORDS = (*("yes", "3 years", "I split the aisles and asked for help.", "what is the pay?", "hello?", "later", "?"), "")
HELPS = ("HELP", "ayuda")
WORKING = (
    *("turn.claimed", "turn.loaded", "turn.decided", "turn.before_commit", "turn.committed"),
    *("deliver.before_sending", "deliver.sending", "deliver.called", "deliver.called", "deliver.recorded"),
    *("task.begin", "task.done", "inviting.committed"),
)
BETWEEN = ("turn.claimed", "turn.loaded", "turn.decided", "turn.committed", "deliver.sending", "deliver.called")
FAULTS = (*(fault for fault in Fault if fault not in (Fault.NONE, Fault.SLOW)),)
MAY_HAVE_LEFT = (*(fault for fault in FAULTS if fault.accepts),) * 3
BREAKS = (0, 30003, 30005, 30007, 21614, 21610)
EXAMPLES, STEPS = 14, 24
ASKED = ("reply", "opt_out", "help")
OPENS, CLOSES = time(9), time(20)


class Crash(BaseException):
    """A process ends here."""


def is_night(number: str, moment: datetime) -> bool:
    """Whether it is too late or too early for an unasked text where this number may be."""
    there = [moment.astimezone(ZoneInfo(zone)).time() for zone in PEOPLE[number]]
    return any(not OPENS <= clock < CLOSES for clock in there)


class Texts(RuleBasedStateMachine):
    """An employer, four phones in different zones, the provider between them."""

    template: ClassVar[Path]
    redis_url: ClassVar[str]

    @initialize(starts=st.sampled_from(STARTS), how=st.sampled_from(["held", "held", "at once", "before the answer"]))
    def everything_is_up(self, starts: datetime, how: str) -> None:
        self.open = ExitStack()
        self.home = Path(tempfile.mkdtemp(prefix="bh-"))
        shutil.copy(self.template, self.home / "botapp.db")
        self.clock = MovableClock(starts)
        self.database = Database(f"sqlite:///{self.home / 'botapp.db'}")
        self.open.callback(self.database.close)
        line = self.open.enter_context(texting(self.database, self.redis_url, self.clock, self.home / "data"))
        services = replace(line.services, mark=self._at)
        self.line = replace(line, stack=replace(line.stack, services=services))
        self.interviewer = publish(self.line.services, self.line.stack.owner, night_picker())
        for number in NUMBERS:
            self.line.agrees(number)
        self.poster = hold_reports(self.line)
        self.how, self.poster.holding = how, how == "held"
        self.line.twilio.network.reporting = Reporting(before_response=how == "before the answer")
        self.told: list[tuple[str, Params]] = []
        self.crash_at, self.meanwhile = "", list[tuple[str, Callable[[], object]]]()
        self.made = 0
        self.texts: dict[str, tuple[str, str, datetime]] = {}  # by MessageSid: who, what, when they wrote it
        self.kept: set[str] = set()
        self.spooled: list[str] = []
        self.wrote: dict[str, datetime] = {}  # when we last knew that they had written, by their own clock
        self.stopped: dict[str, str] = {}  # who wants no more texts -> the one confirmation that left
        self.entered: set[tuple[str, int]] = set()
        self.broken: list[str] = []

    # ---- judging what leaves

    def _at(self, point: str) -> None:
        if point == "deliver.sending":
            self._judge_what_leaves()
        if point == "deliver.called" and self.how == "before the answer":
            assert self.line.twilio.idle(), "every report should be in before the answer is read"
        for waits in [one for one in self.meanwhile if one[0] == point]:
            self.meanwhile.remove(waits)
            waits[1]()
        if point == self.crash_at:
            self.crash_at = ""
            raise Crash

    def _judge_what_leaves(self) -> None:
        for row in rows(self.line).values():
            if row.status == DeliveryStatus.SENDING and (row.id, row.attempts) not in self.entered:
                self.entered.add((row.id, row.attempts))
                self._judge(row, row.address.removeprefix("tel:"))

    def _judge(self, row: OutboxEntry, number: str) -> None:
        """By the model's own knowledge, not by what the gate looked at."""
        now = self.clock.now()
        if number in self.stopped:
            allowed = row.about == "opt_out" and self.stopped[number] in ("", row.id)
            self.stopped[number] = row.id
            if not allowed:
                self.broken.append(f"{row.about} after an opt-out")
        if is_night(number, now):
            just_wrote = number in self.wrote and now - self.wrote[number] <= timedelta(minutes=10)
            if row.about not in ASKED:
                self.broken.append(f"{row.about} at night")
            elif row.about == "reply" and not just_wrote:
                self.broken.append(f"a reply at night, {now - self.wrote.get(number, now)} after their own message")

    # ---- what people do

    @rule(number=st.sampled_from(NUMBERS), words=st.sampled_from(WORDS + HELPS))
    def somebody_writes(self, number: str, words: str) -> None:
        self._writes(number, words)

    @rule(number=st.sampled_from(NUMBERS), minutes=st.sampled_from([9, 11, 70]))
    def somebody_writes_and_waits(self, number: str, minutes: int) -> None:
        """Our answer comes late."""
        self._writes(number, "hello?")
        self.clock.advance(minutes=minutes)
        self._work(6)

    @rule(number=st.sampled_from(NUMBERS), words=st.sampled_from(STOPS))
    def somebody_wants_no_more(self, number: str, words: str) -> None:
        self._writes(number, words)

    @rule(number=st.sampled_from(NUMBERS), words=st.sampled_from(STARTING_AGAIN))
    def somebody_wants_texts_again(self, number: str, words: str) -> None:
        self._writes(number, words)

    def _writes(self, number: str, words: str) -> None:
        self.made += 1
        sid = f"SM{self.made:032x}"
        self.texts[sid] = (number, words, self.clock.now())
        self._was_handed_in(sid, self.line.twilio.text_from(number, words, sid=sid))
        assert self.line.twilio.idle()

    def _answers_soon(self, number: str, words: str) -> None:
        """They write, and besides the answer to that there is one that leaves at once, by day and by night."""
        self._writes(number, words)
        self.made += 1
        queue(self.line, number, f"This is message {self.made}.", about="reply")

    def _was_handed_in(self, sid: str, attempt: Attempt) -> None:
        assert attempt.ok, attempt
        if attempt.url.endswith("/fallback"):
            self.spooled.append(sid)
        else:
            self._is_kept(sid)

    def _is_kept(self, sid: str) -> None:
        if sid in self.kept:
            return
        self.kept.add(sid)
        number, words, at = self.texts[sid]
        self.wrote[number] = max(at, self.wrote.get(number, at))
        if words in STOPS:
            self.stopped.setdefault(number, "")
        if words in STARTING_AGAIN:
            self.stopped.pop(number, None)

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def a_text_is_handed_in_again(self, data: st.DataObject) -> None:
        sid = data.draw(st.sampled_from(sorted(self.kept)))
        self._was_handed_in(sid, self.line.twilio.hand_in_again(sid))

    @rule(number=st.sampled_from(NUMBERS), words=st.sampled_from(("yes", "STOP", "START", "Baja!")))
    def somebody_writes_while_the_database_is_away(self, number: str, words: str) -> None:
        with self.line.database_away():
            self._writes(number, words)

    @precondition(lambda self: self.spooled)
    @rule()
    def the_spool_is_received(self) -> None:
        folder = self.line.settings.data_dir
        order = [sid for path in spool.waiting(folder) for sid in self.spooled if sid.encode() in _form_of(path)]
        assert spool.replay(self.line.services, folder) == len(order)
        self.spooled.clear()
        for sid in order:
            self._is_kept(sid)

    # ---- what a recruiter does

    @rule(number=st.sampled_from(NUMBERS), about=st.sampled_from(["reminder", "reminder", "reply"]))
    def we_have_something_to_say(self, number: str, about: str) -> None:
        """A reply only to somebody who wrote: of others it is not known what they would be answered."""
        self.made += 1
        queue(self.line, number, f"This is message {self.made}.", about=about if number in self.wrote else "reminder")

    @rule(number=st.sampled_from(NUMBERS))
    def somebody_is_invited(self, number: str) -> None:
        report = invite_one(
            replace(self.line.services, mark=lambda _point: None),
            self.line.stack.owner,
            self.interviewer,
            name=f"Person {number[-1]}",
            phone=number,
            how="asked us to",
            channel="console",
            evidence={},
        )
        assert not (report.results[0].sent and number in self.stopped), "somebody was invited after an opt-out"

    # ---- what the provider and the network do

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=2))
    def calls_go_wrong(self, faults: list[Fault]) -> None:
        for fault in faults:
            self.line.twilio.will(fault, seconds=0.01 if fault is Fault.HANG else 2)

    @rule(
        number=st.sampled_from(NUMBERS),
        fault=st.sampled_from((*FAULTS, *MAY_HAVE_LEFT)),
        seconds=st.sampled_from([31, 90]),
    )
    def a_text_of_ours_goes_wrong(self, number: str, fault: Fault, seconds: float) -> None:
        """And a worker tries what it can for a while."""
        self._answers_soon(number, "hello?")
        self.line.twilio.will(fault, seconds=0.01 if fault is Fault.HANG else 2)
        for _ in range(3):
            self._work(4)
            self.clock.advance(seconds=seconds)

    @rule(number=st.sampled_from(NUMBERS), code=st.sampled_from(BREAKS))
    def a_phone_is_of_no_use(self, number: str, code: int) -> None:
        self.line.twilio.network.phones[number] = Phone(error_code=code)

    @rule()
    def the_provider_is_away(self) -> None:
        with self.line.twilio.refusing():
            self._work(2)

    @precondition(lambda self: self.poster.held)
    @rule(data=st.data())
    def reports_come(self, data: st.DataObject) -> None:
        """Some of them, in any order, some twice; later."""
        self._in_order()
        for place in data.draw(st.permutations(range(len(self.poster.held)))):
            if data.draw(st.integers(0, 3)):
                self._report_comes(self.poster.held[place])
        if data.draw(st.booleans()) and self.told:
            self.poster.let_in(data.draw(st.sampled_from(self.told)))

    def _in_order(self) -> None:
        """Threads brought them: the same order in every run."""
        order = {message.sid: place for place, message in enumerate(self.line.twilio.ledger.accepted())}
        self.poster.held.sort(key=lambda held: (order[dict(held[1])["MessageSid"]], dict(held[1])["MessageStatus"]))
        self.poster.held = [held for held in self.poster.held if held not in self.told]

    def _report_comes(self, report: tuple[str, Params]) -> None:
        assert self.poster.let_in(report).ok
        self.told.append(report)

    # ---- what time and machines do

    @rule(seconds=st.sampled_from([1, 5.5, 31, 320, 590, 610]), times=st.integers(1, 8))
    def a_worker_works(self, seconds: float, times: int) -> None:
        self.clock.advance(seconds=seconds)
        self._work(times)

    @rule(hours=st.sampled_from([1, 3, 7, 11]), minutes=st.integers(0, 59))
    def hours_go_by(self, hours: int, minutes: int) -> None:
        self.clock.advance(hours=hours, minutes=minutes)
        self._work(8)

    @rule(number=st.sampled_from(NUMBERS), edge=st.sampled_from([OPENS, CLOSES]), off=st.sampled_from([-1, 0, 1, -61]))
    def the_day_begins_or_ends_there(self, number: str, edge: time, off: int) -> None:
        """Just before, at and after the moment when it may be texted, or may not any more."""
        here = self.clock.now().astimezone(ZoneInfo(PEOPLE[number][-1]))
        moment = datetime.combine(here.date(), edge, here.tzinfo)
        if moment <= here:
            moment = datetime.combine(here.date() + timedelta(days=1), edge, here.tzinfo)
        self.clock.move_to(moment.astimezone(UTC) + timedelta(seconds=off))
        self._work(8)

    @rule(point=st.sampled_from(WORKING), number=st.sampled_from(NUMBERS))
    def a_worker_crashes(self, point: str, number: str) -> None:
        self._answers_soon(number, "yes")
        self.clock.advance(seconds=13)
        self.crash_at = point
        self._work(5)
        self.crash_at = ""
        self.clock.advance(seconds=31)
        self._work(5)

    @rule(point=st.sampled_from(BETWEEN), number=st.sampled_from(NUMBERS), words=st.sampled_from(("yes", *STOPS)))
    def they_write_in_the_middle(self, point: str, number: str, words: str) -> None:
        """Just when a worker is about to answer them, or to send them something."""
        self.made += 1
        queue(self.line, number, f"This is message {self.made}.")
        self.meanwhile.append((point, lambda: self._writes(number, words)))
        self._work(3)
        self.meanwhile.clear()

    @rule(point=st.sampled_from(BETWEEN), seconds=st.sampled_from([0, 5.5, 13]))
    def another_works_in_the_middle(self, point: str, seconds: float) -> None:
        def works() -> None:
            self.clock.advance(seconds=seconds)
            self._work(3)

        self._writes(NUMBERS[0], "yes")
        self.clock.advance(seconds=13)
        self.meanwhile.append((point, works))
        self._work(3)
        self.meanwhile.clear()

    def _work(self, times: int) -> None:
        for _ in range(times):
            try:
                if not work_once(self.line.services):
                    break
            except Crash:
                continue
        assert self.line.twilio.idle()

    # ---- what must hold

    @invariant()
    def promises_hold(self) -> None:
        if not hasattr(self, "broken"):
            return
        assert self.broken == []
        assert sorted(inbox_ids(self.line)) == sorted(self.kept), "a text is missing, or is there twice"
        for id, copies in taken(self.line).items():
            assert len(copies) == 1, f"{id} left {len(copies)} times"
        delivered = [message.sid for message in self.line.twilio.ledger.delivered()]
        assert len(delivered) == len(set(delivered))

    def teardown(self) -> None:
        if not hasattr(self, "broken"):
            return
        try:
            self._comes_to_rest()
            self.promises_hold()
            self._everything_has_its_end()
        finally:
            self.open.close()
            shutil.rmtree(self.home, ignore_errors=True)

    def _comes_to_rest(self) -> None:
        self.crash_at = ""
        self.line.twilio.switches.clear()
        if self.spooled:
            self.the_spool_is_received()
        self.line.twilio.network.phones.clear()
        for hours in (0, 7, 7, 7, 7):  # a day and more: every number has its morning
            self.clock.advance(hours=hours)
            for _ in range(2):
                self._resume_lanes()
                run_until_idle(self.line.services, self.clock, settles=timedelta(minutes=40))
                assert self.line.twilio.idle()
                self._in_order()
                for report in reversed(list(self.poster.held)):
                    self._report_comes(report)

    def _resume_lanes(self) -> None:
        with self.database.writing() as uow:
            for stopped in lanes.paused(uow, self.line.stack.workspace_id):
                lanes.resume(uow, self.line.stack.workspace_id, stopped.lane)

    def _everything_has_its_end(self) -> None:
        """Each row says what really became of it, whatever order the reports came in."""
        check_turns(self.database)
        check_everything_answered(self.database)
        check_nothing_stuck(self.database)
        known, left = rows(self.line), taken(self.line)
        for id, (message,) in left.items():
            wanted = DeliveryStatus.DELIVERED if message.status == "delivered" else DeliveryStatus.FAILED
            assert known[id].status == wanted, (known[id].status, message.status, message.error_code)
            if known[id].about == "opt_out":
                assert message.segments == 1
        for id, row in known.items():
            if row.status in (DeliveryStatus.REFUSED, DeliveryStatus.SUPERSEDED, DeliveryStatus.HELD):
                assert id not in left, f"{row.status}, and left all the same"


def _form_of(path: Path) -> bytes:
    return spool._from_bytes(path.read_bytes())[1].body


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


def test_whatever_people_carriers_and_clocks_do(sqlite_template: Path, redis_server: RedisServer) -> None:
    """One row a text; one copy a row; nothing after an opt-out or at night; every row ends as it really ended."""
    machine = type("TheTexts", (Texts,), {"template": sqlite_template, "redis_url": redis_server.url})
    with capture_logs():
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],  # a run of this is slow: it is not made smaller
                suppress_health_check=list(HealthCheck),
            ),
        )

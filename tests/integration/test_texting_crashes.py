"""A process that dies anywhere on a text's way: nothing is lost, nothing arrives twice, whatever is heard first."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import func, select

from botapp.entrypoints.simulator.twilio import NUMBER, Fault
from botapp.entrypoints.simulator.twilio_ledger import Message
from botapp.messages import DeliveryStatus
from botapp.pipeline import spool
from botapp.pipeline.deliver import deliver_next
from botapp.pipeline.services import derived_id
from botapp.pipeline.turn import TurnServices
from botapp.state import lanes, outbox
from botapp.state.tables import attachments
from botapp.state.unit_of_work import Database
from tests.support.stack import MovableClock, work_once
from tests.support.texting import Texting, texting
from tests.support.texting_checks import (
    HoldingPoster,
    callback_of,
    entry,
    hold_reports,
    inbox_ids,
    queue,
    rows,
    taken,
)
from tests.support.truth import check_everything_answered, check_nothing_stuck

MARIA = "+12025550123"
AFTERNOON = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)  # 2 pm in Washington, a Monday
RECEIVE = ("receive.begin", "receive.before_commit", "receive.committed", "receive.woken")
DELIVER = ("deliver.before_sending", "deliver.sending", "deliver.called", "deliver.recorded")
TASK = ("task.begin", "task.done")
LEFT = ("deliver.called", "deliver.recorded")  # the provider has it when a process dies here
WITHIN = timedelta(minutes=2)


class Crash(BaseException):
    """A process ends here."""


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(AFTERNOON)


@pytest.fixture
def line(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[Texting]:
    with texting(database, redis_url, clock, tmp_path / "data") as made:
        made.agrees(MARIA)
        yield made


def dying_at(line: Texting, point: str) -> TurnServices:
    """Services of a process that dies when it comes to `point`."""

    def mark(here: str) -> None:
        if here == point:
            raise Crash

    return replace(line.services, mark=mark)


def dies_at(line: Texting, point: str, work: Callable[[TurnServices], object]) -> None:
    services = dying_at(line, point)
    with pytest.raises(Crash):
        for _ in range(50):
            if not work(services):
                break


# ---- between "taken by the provider" and "written down here" ---------------------------------------------------


@pytest.mark.parametrize("first", ["report", "look-up"])
@pytest.mark.parametrize("point", DELIVER)
def test_a_sender_that_dies_sends_nothing_twice(line: Texting, point: str, first: str) -> None:
    """Another process goes on; the provider's reports come before it has looked, or long after."""
    poster = hold_reports(line)
    id = queue(line, MARIA, "a reminder")
    dies_at(line, point, deliver_next)
    assert line.twilio.idle()
    assert len(line.got(MARIA)) == (point in LEFT)
    if first == "report":
        all_come_in(poster)
        assert entry(line, id).status == ("delivered" if point in LEFT else entry(line, id).status)
    line.settle(WITHIN)
    assert entry(line, id).status in ("sent", "delivered")
    all_come_in(poster)
    assert entry(line, id).status == DeliveryStatus.DELIVERED
    assert line.got(MARIA) == ["a reminder"]
    assert len(taken(line)[id]) == 1
    check_nothing_stuck(line.services.database)


def all_come_in(poster: HoldingPoster) -> None:
    """The last first: a report overtakes another."""
    held, poster.held = list(poster.held), []
    for report in reversed(held):
        assert poster.let_in(report).ok


@pytest.mark.parametrize("point", DELIVER)
@pytest.mark.parametrize("fault", [Fault.ACCEPT_THEN_DROP, Fault.DROP, Fault.LIMIT])
def test_a_sender_that_dies_after_a_bad_call(line: Texting, point: str, fault: Fault) -> None:
    """Two misfortunes at once."""
    poster = hold_reports(line)
    line.twilio.will(fault)
    id = queue(line, MARIA, "a reminder")
    dies_at(line, point, deliver_next)
    line.settle(timedelta(minutes=5))
    all_come_in(poster)
    assert line.got(MARIA) == ["a reminder"]
    assert entry(line, id).status == DeliveryStatus.DELIVERED


def test_a_text_that_says_the_same_as_one_before_is_not_taken_for_it(line: Texting) -> None:
    """Two reminders in the same words; of the second it is not known whether it left. It did not."""
    first = queue(line, MARIA, "See you soon.")
    assert deliver_next(line.services)
    line.clock.advance(seconds=1)
    second = queue(line, MARIA, "See you soon.")
    line.twilio.will(Fault.DROP)
    line.settle(timedelta(hours=1))
    assert (entry(line, first).status, entry(line, second).status) == ("delivered", "delivered")
    assert len(line.got(MARIA)) == 2


def test_what_waits_for_another_text_wakes_nobody(line: Texting) -> None:
    """Behind one of unknown fate there is nothing to do before that is looked up: no timer spins until then."""
    first = queue(line, MARIA, "a reminder")
    line.twilio.will(Fault.DROP)
    assert deliver_next(line.services)
    line.clock.advance(seconds=1)
    queue(line, MARIA, "another reminder")
    with line.services.database.reading() as uow:
        assert outbox.next_open(uow) == entry(line, first).due_at > line.clock.now()


def test_somebody_stops_while_it_is_unknown_whether_a_text_left(line: Texting) -> None:
    """It did not leave, and never will."""
    id = queue(line, MARIA, "a reminder")
    line.twilio.will(Fault.DROP)
    assert deliver_next(line.services)
    assert entry(line, id).status == DeliveryStatus.UNKNOWN
    line.text(MARIA, "baja")
    line.settle(timedelta(hours=1))
    assert entry(line, id).status == DeliveryStatus.REFUSED
    assert len(line.got(MARIA)) == 1, "only the confirmation"


# ---- reports in any order ---------------------------------------------------------------------------------------

STORIES = {
    "it arrived": ((("queued", 0), ("sent", 0), ("delivered", 0)), "delivered"),
    "it was read": ((("sent", 0), ("delivered", 0), ("read", 0)), "delivered"),
    "nobody was reached": ((("queued", 0), ("sent", 0), ("undelivered", 30003)), "failed"),
    "it was filtered": ((("queued", 0), ("sent", 0), ("failed", 30007)), "failed"),
    "it came after all": ((("sent", 0), ("undelivered", 30003), ("delivered", 0)), "delivered"),
}


@pytest.mark.parametrize("story", sorted(STORIES))
@pytest.mark.parametrize("knows", ["nothing yet", "its fate is unknown", "its id"])
def test_the_end_of_a_row_does_not_depend_on_the_order_of_reports(line: Texting, story: str, knows: str) -> None:
    """Every order, on a fresh row each, with the first report once more at the end."""
    steps, ends = STORIES[story]
    hold_reports(line)
    endings = {order: self_told(line, order, knows) for order in permutations(steps)}
    assert set(endings.values()) == {(ends, "none" if ends == "delivered" or "filtered" in story else "queued")}, (
        endings
    )


def self_told(line: Texting, order: tuple[tuple[str, int], ...], knows: str) -> tuple[str, str]:
    """(where the row ends, where another try of it stands)."""
    number = f"+1202555{len(rows(line)) % 100 + 100:04}"
    line.agrees(number)
    id = queue(line, number, "a reminder")
    line.clock.advance(seconds=1)
    with line.services.database.writing() as uow:  # filtered ones make the breaker stop the sender
        lanes.resume(uow, line.stack.workspace_id, f"tel:{NUMBER}")
    line.twilio.will(Fault.ACCEPT_THEN_DROP if knows == "its fate is unknown" else Fault.NONE)
    if knows == "nothing yet":
        dies_at(line, "deliver.called", deliver_next)
    else:
        assert deliver_next(line.services)
    assert line.twilio.idle()
    (message,) = taken(line)[id]
    for status, code in [*order, order[0]]:
        comes_in(line, id, message, status, code)
    again = rows(line).get(derived_id(id, "again"))
    pending = again is not None and again.status in ("queued", "held")
    return entry(line, id).status, "queued" if pending else "none"


def comes_in(line: Texting, id: str, message: Message, status: str, code: int) -> None:
    poster = line.twilio.poster
    assert isinstance(poster, HoldingPoster)
    params = [("MessageSid", message.sid), ("MessageStatus", status), ("AccountSid", line.twilio.account.sid)]
    params += [("ErrorCode", str(code))] if code else []
    assert poster.let_in((callback_of(line, id), params)).ok


# ---- files ------------------------------------------------------------------------------------------------------


def files_kept(line: Texting) -> int:
    with line.services.database.reading() as uow:
        return int(uow.connection.execute(select(func.count()).select_from(attachments)).scalar_one())


@pytest.mark.parametrize("point", TASK)
def test_a_file_is_kept_once_however_often_its_task_is_done(line: Texting, point: str) -> None:
    """The process that fetches it dies, twice, before or after it has kept it."""
    files = [("application/pdf", b"%PDF-1.4 one"), ("image/png", b"\x89PNG two")]
    line.twilio.text_from(MARIA, "here it is", media=files)
    for _ in range(2):
        line.clock.advance(seconds=40)
        dies_at(line, point, work_once)
    line.settle(timedelta(minutes=2))
    assert files_kept(line) == 2
    with line.services.database.reading() as uow:
        kept = uow.connection.execute(select(attachments.c.content).order_by(attachments.c.name)).scalars().all()
    assert kept == [content for _, content in files]
    check_everything_answered(line.services.database)


def test_a_file_whose_server_is_away_is_fetched_later(line: Texting) -> None:
    line.twilio.text_from(MARIA, "", media=[("application/pdf", b"%PDF-1.4 one")])
    with line.twilio.refusing():
        for _ in range(3):
            line.clock.advance(seconds=10)
            while work_once(line.services):
                pass
    assert files_kept(line) == 0
    line.settle(timedelta(minutes=10))
    assert files_kept(line) == 1


# ---- texts that come in while something is down -----------------------------------------------------------------


@pytest.mark.parametrize("point", RECEIVE)
def test_the_spool_replays_a_text_once_whatever_dies(line: Texting, point: str) -> None:
    """Between the commit and the end of its file, or before: it is received again, and is there once."""
    folder = line.settings.data_dir
    with line.database_away():
        assert line.twilio.text_from(MARIA, "hello?").ok
    with pytest.raises(Crash):
        spool.replay(dying_at(line, point), folder)
    assert len(spool.waiting(folder)) == 1
    assert spool.replay(line.services, folder) == 1
    assert spool.waiting(folder) == []
    line.settle()
    assert len(inbox_ids(line)) == 1
    assert len(line.got(MARIA)) == 1


def test_texts_of_a_time_without_a_database_come_in_once_and_in_their_order(line: Texting) -> None:
    """The first address answers 503 and the fallback takes them; later the provider brings one of them again."""
    folder = line.settings.data_dir
    with line.database_away():
        for place, words in enumerate(("hello?", "anybody there?", "baja")):
            assert line.twilio.text_from(MARIA, words, sid=f"SM{place:032x}").ok
        assert {attempt.status for attempt in line.twilio.poster.attempts} == {503, 200}
        assert spool.replay(replace(line.services, database=line.web.services.database), folder) == 0
    assert len(spool.waiting(folder)) == 3
    assert line.twilio.hand_in_again(f"SM{1:032x}").ok  # the first address works again, before the spool is read
    assert spool.replay(line.services, folder) == 3
    assert line.twilio.hand_in_again(f"SM{0:032x}").ok
    line.settle()
    assert sorted(inbox_ids(line)) == [f"SM{place:032x}" for place in range(3)]
    queue(line, MARIA, "a reminder")
    line.settle()
    assert "a reminder" not in line.got(MARIA), "the STOP among them holds"
    check_everything_answered(line.services.database)


def test_a_text_that_went_both_ways_is_there_once(line: Texting) -> None:
    """The first address kept it, and its answer was lost: the provider called the fallback as well."""
    sid = "SM" + "d" * 32
    assert line.twilio.text_from(MARIA, "hello?", sid=sid).ok
    line.twilio.hooks_fail = True
    assert line.twilio.hand_in_again(sid).url.endswith("/fallback")
    assert spool.replay(line.services, line.settings.data_dir) == 1
    line.settle()
    assert inbox_ids(line) == [sid]
    assert len(line.got(MARIA)) == 1


def test_a_text_out_of_the_spool_is_as_old_as_it_is(line: Texting) -> None:
    """Written at 11 pm, received at 3 am when the database is back: nobody is answered at 3 am."""
    line.clock.move_to(datetime(2026, 5, 5, 3, 0, tzinfo=UTC))
    with line.database_away():
        assert line.twilio.text_from(MARIA, "hello?").ok
    line.clock.advance(hours=4)
    assert spool.replay(line.services, line.settings.data_dir) == 1
    line.settle()
    assert line.got(MARIA) == []
    line.clock.move_to(datetime(2026, 5, 5, 13, 0, tzinfo=UTC))  # 9 am
    line.settle()
    assert len(line.got(MARIA)) == 1


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"scheme": "tel"}', b"\xff\xfe"])
def test_a_broken_file_in_the_spool_stops_nobody(line: Texting, broken: bytes) -> None:
    folder = line.settings.data_dir
    (folder / spool.FOLDER).mkdir(parents=True, exist_ok=True)
    (folder / spool.FOLDER / "a.json").write_bytes(broken)
    with line.database_away():
        assert line.twilio.text_from(MARIA, "hello?").ok
    spool.replay(line.services, folder)
    assert spool.waiting(folder) == []
    assert len(list((folder / spool.FOLDER / spool.REFUSED).iterdir())) == 1
    assert len(inbox_ids(line)) == 1


def test_a_webhook_that_dies_is_called_again(line: Texting) -> None:
    """The pages die after the commit, once; the provider's retry finds it kept."""
    died: list[str] = []

    def mark(point: str) -> None:
        if point == "receive.committed" and not died:
            died.append(point)
            raise RuntimeError("the process ends here")

    before = line.web.services
    line.web.services = replace(before, mark=mark)
    attempt = line.twilio.text_from(MARIA, "hello?")
    line.web.services = before
    assert died and attempt.ok and attempt.url.endswith("/sms")
    assert [a.status for a in line.twilio.poster.attempts] == [500, 200]
    line.settle()
    assert len(inbox_ids(line)) == 1
    assert len(line.got(MARIA)) == 1
    assert line.twilio.ledger.accepted()[0].from_ == NUMBER

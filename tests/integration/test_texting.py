"""What a text message meets on its way in and out: real webhooks, real calls, the local Twilio, a clock we move."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from botapp.entrypoints.simulator.carrier import Phone, Reporting
from botapp.entrypoints.simulator.twilio import ACCOUNT_SID, NUMBER, Fault
from botapp.messages import DeliveryStatus, OutboundMessage, outbound_to_json
from botapp.pipeline import spool
from botapp.pipeline.deliver import deliver_next
from botapp.pipeline.outgoing import outgoing_row, part_id, parts_of
from botapp.pipeline.services import fresh_id
from botapp.state import lanes, outbox, senders
from botapp.state.tables import inbox
from botapp.state.unit_of_work import Database
from tests.support.stack import MovableClock
from tests.support.texting import Texting, texting

MARIA = "+12025550123"
JOHN = "+12025550124"
SERVICE = "MG" + "0" * 31 + "1"
AFTERNOON = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)  # 2 pm in New York, a Monday


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(AFTERNOON)


@pytest.fixture
def line(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[Texting]:
    with texting(database, redis_url, clock, tmp_path / "data") as made:
        yield made


def queue(line: Texting, number: str, text: str, *, about: str = "reminder") -> list[str]:
    """A message of ours on its way, in as many parts as it takes; returns the ids of its rows."""
    id, now, ids = fresh_id(), line.clock.now(), []
    with line.services.database.writing() as uow:
        for index, part in enumerate(parts_of(line.services, f"tel:{number}", OutboundMessage(text))):
            row = outgoing_row(
                line.services,
                uow,
                id=part_id(id, index),
                workspace_id=line.stack.workspace_id,
                address=f"tel:{number}",
                about=about,
                subject={},
                message=outbound_to_json(part),
                asked=False,
                now=now,
                turn_id=None,
                follows=ids[-1] if ids else None,
            )
            outbox.add(uow, [row])
            ids.append(row.id)
    return ids


def status(line: Texting, id: str) -> str:
    with line.services.database.reading() as uow:
        row = outbox.get(uow, id)
    assert row is not None
    return row.status


# ---- in -------------------------------------------------------------------------------------------------------


def test_an_unknown_number_gets_one_helpful_reply(line: Texting) -> None:
    line.text(MARIA, "hello?")
    line.text(MARIA, "anybody there?")
    assert len(line.got(MARIA)) == 1
    assert "automated" in line.got(MARIA)[0]


def test_help_is_answered_by_rule_and_once(line: Texting) -> None:
    line.text(MARIA, "ayuda")
    assert len(line.got(MARIA)) == 1
    assert "STOP" in line.got(MARIA)[0] and "Harbour Foods" in line.got(MARIA)[0]


def test_stop_is_obeyed_and_cancels_what_is_queued(line: Texting) -> None:
    line.agrees(MARIA)
    ids = [queue(line, MARIA, f"reminder {n}")[0] for n in range(3)]
    line.text(MARIA, "STOP")
    assert {status(line, id) for id in ids} == {DeliveryStatus.REFUSED.value}
    assert line.got(MARIA) == []  # Twilio has confirmed its own word itself


def test_a_word_that_is_not_the_providers_gets_our_one_confirmation(line: Texting) -> None:
    line.text(MARIA, "Baja!")
    line.text(MARIA, "hello again")
    assert len(line.got(MARIA)) == 1
    assert "START" in line.got(MARIA)[0]


def test_yes_does_not_subscribe_again_but_start_does(line: Texting) -> None:
    line.text(MARIA, "alto")
    line.text(MARIA, "yes")
    assert len(line.got(MARIA)) == 1
    line.text(MARIA, "unstop")
    queue(line, MARIA, "a reminder")
    line.settle()
    assert line.got(MARIA)[-1] == "a reminder"


def test_a_text_is_kept_once_however_often_it_comes(line: Texting) -> None:
    for _ in range(3):
        line.twilio.text_from(MARIA, "hello?", sid="SM" + "c" * 32)
    line.settle()
    with line.services.database.reading() as uow:
        assert uow.connection.execute(select(func.count()).select_from(inbox)).scalar_one() == 1


# ---- out ------------------------------------------------------------------------------------------------------


def test_nothing_unasked_leaves_without_consent(line: Texting) -> None:
    (id,) = queue(line, MARIA, "hello Maria")
    line.settle()
    assert status(line, id) == DeliveryStatus.REFUSED.value
    assert line.got(MARIA) == []


def test_what_nobody_asked_for_waits_for_the_morning_there(line: Texting) -> None:
    line.agrees(MARIA)
    line.clock.move_to(datetime(2026, 5, 5, 1, 0, tzinfo=UTC))  # 9 pm in New York
    (id,) = queue(line, MARIA, "a reminder")
    line.settle()
    assert status(line, id) == DeliveryStatus.HELD.value
    line.clock.move_to(datetime(2026, 5, 5, 13, 0, tzinfo=UTC))  # 9 am
    line.settle()
    assert line.got(MARIA) == ["a reminder"]


def test_a_reply_leaves_at_night_when_they_have_just_written(line: Texting) -> None:
    line.clock.move_to(datetime(2026, 5, 5, 7, 0, tzinfo=UTC))  # 3 am in New York
    line.text(MARIA, "hello?")
    assert len(line.got(MARIA)) == 1


def test_one_segment_a_second_leaves_a_number(line: Texting) -> None:
    line.agrees(MARIA)
    line.agrees(JOHN)
    queue(line, MARIA, "one")
    queue(line, JOHN, "two")
    assert deliver_next(line.services)
    assert not deliver_next(line.services)
    line.clock.advance(seconds=1)
    assert deliver_next(line.services)


def test_a_long_message_leaves_part_by_part(line: Texting) -> None:
    line.agrees(MARIA)
    line.twilio.network.reporting = Reporting(delay=1.0)
    text = " ".join(f"This is sentence number {n} of a long message." for n in range(12))
    ids = queue(line, MARIA, text)
    assert len(ids) > 1
    assert deliver_next(line.services)
    line.clock.advance(seconds=2)
    assert not deliver_next(line.services), "the second part waits for the first to be passed on, or 3 s"
    line.settle()
    assert " ".join(line.got(MARIA)) == text
    assert {status(line, id) for id in ids} == {DeliveryStatus.DELIVERED.value}


@pytest.mark.parametrize("fault", [Fault.ACCEPT_THEN_DROP, Fault.ACCEPT_THEN_FAIL, Fault.ACCEPT_THEN_GARBLE])
def test_what_may_have_left_is_never_sent_again(line: Texting, fault: Fault) -> None:
    line.agrees(MARIA)
    line.twilio.will(fault)
    (id,) = queue(line, MARIA, "a reminder")
    line.settle(timedelta(minutes=2))
    assert line.got(MARIA) == ["a reminder"]
    assert status(line, id) == DeliveryStatus.DELIVERED.value


def test_a_refused_connection_is_tried_again(line: Texting) -> None:
    line.agrees(MARIA)
    (id,) = queue(line, MARIA, "a reminder")
    with line.twilio.refusing():
        assert deliver_next(line.services)
    assert status(line, id) == DeliveryStatus.QUEUED.value
    line.settle(timedelta(minutes=1))
    assert line.got(MARIA) == ["a reminder"]


def test_a_number_that_is_no_use_is_marked_and_not_tried_again(line: Texting) -> None:
    line.agrees(MARIA)
    line.twilio.network.phones[MARIA] = Phone(error_code=30005)
    (first,) = queue(line, MARIA, "one")
    line.settle()
    (second,) = queue(line, MARIA, "two")
    line.settle()
    assert status(line, first) == DeliveryStatus.FAILED.value
    assert status(line, second) == DeliveryStatus.REFUSED.value


def test_an_unreachable_phone_is_tried_twice_more(line: Texting) -> None:
    line.agrees(MARIA)
    line.twilio.network.phones[MARIA] = Phone(error_code=30003)
    queue(line, MARIA, "a reminder")
    line.settle(timedelta(minutes=20))
    assert len(line.twilio.ledger.accepted(MARIA)) == 2
    line.clock.move_to(AFTERNOON + timedelta(hours=5))
    line.settle(timedelta(hours=1))
    line.clock.move_to(AFTERNOON + timedelta(days=1))
    line.settle(timedelta(hours=4))
    assert len(line.twilio.ledger.accepted(MARIA)) == 3


def test_filtered_messages_pause_the_sender_with_one_alert(line: Texting) -> None:
    numbers = [f"+1202555{n:04d}" for n in range(150, 160)]
    for number in numbers:
        line.agrees(number)
        line.twilio.network.phones[number] = Phone(error_code=30007)
        queue(line, number, "a reminder")
    line.settle(timedelta(minutes=2))
    with line.services.database.reading() as uow:
        (stopped,) = lanes.paused(uow, line.stack.workspace_id)
    assert stopped.lane == f"tel:{NUMBER}"
    sent = len(line.twilio.ledger.accepted())
    assert 5 <= sent < 10
    with line.services.database.writing() as uow:
        assert lanes.resume(uow, line.stack.workspace_id, stopped.lane)
    for number in numbers:
        line.twilio.network.phones[number] = Phone()
    line.settle(timedelta(minutes=2))
    assert len(line.twilio.ledger.accepted()) == 10


def test_nothing_enters_sending_after_an_opt_out_among_500_queued(line: Texting) -> None:
    line.agrees(MARIA)
    for n in range(500):
        queue(line, MARIA, f"reminder {n}")
    for _ in range(5):
        deliver_next(line.services)
        line.clock.advance(seconds=1)
        line.twilio.idle()
    stopper = threading.Thread(target=line.twilio.text_from, args=(MARIA, "baja"))
    stopper.start()
    stopper.join()
    line.twilio.idle()
    before = len([m for m in line.twilio.ledger.accepted(MARIA) if m.body.startswith("reminder")])
    line.settle(timedelta(minutes=10))
    after = [m.body for m in line.twilio.ledger.accepted(MARIA)]
    assert len([body for body in after if body.startswith("reminder")]) == before
    assert len(after) == before + 1, "only the one confirmation leaves"


# ---- the spool ------------------------------------------------------------------------------------------------


def test_a_text_is_not_lost_while_the_database_is_down(line: Texting) -> None:
    with line.database_away():
        assert line.twilio.text_from(MARIA, "hello?").ok
    folder = line.settings.data_dir
    assert len(spool.waiting(folder)) == 1
    assert spool.replay(line.services, folder) == 1
    assert spool.waiting(folder) == []
    line.settle()
    assert len(line.got(MARIA)) == 1


def test_a_text_to_the_number_of_a_service_of_ours_is_ours(line: Texting) -> None:
    with line.services.database.writing() as uow:
        senders.replace(uow, line.stack.workspace_id, "tel", ACCOUNT_SID, [SERVICE])
    line.twilio.account.service = SERVICE
    line.text(MARIA, "hello?")
    (answer,) = line.twilio.ledger.accepted(MARIA)
    assert answer.service == SERVICE


def test_stop_said_twice_still_gets_its_one_confirmation(line: Texting) -> None:
    line.twilio.text_from(MARIA, "baja")
    line.twilio.text_from(MARIA, "baja")
    assert line.twilio.idle()
    line.settle()
    assert len(line.got(MARIA)) == 1

"""Deliver, over a channel with a provider: every way from queued to the phone, and what never happens."""

import threading
from dataclasses import replace
from datetime import time, timedelta
from time import monotonic

import pytest

from botapp.errors import Retryable
from botapp.messages import DeliveryStatus, Failure, FailureKind
from botapp.pipeline.deliver import deliver_next, give_up_stale, look_up_unknown
from botapp.pipeline.receive import receive_report
from botapp.policy.sending import HoldUntil, QuietHours, SendFacts, decide_send
from botapp.state import outbox
from tests.support.channels import Does, report
from tests.support.phone import Phone, marked

SENT, DELIVERED, FAILED = DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.FAILED
QUEUED, UNKNOWN, REFUSED = DeliveryStatus.QUEUED, DeliveryStatus.UNKNOWN, DeliveryStatus.REFUSED


def after_two_time_outs(phone: Phone) -> None:
    phone.stack.clock.advance(seconds=2 * phone.channel.limits.call_timeout.total_seconds() + 0.1)


def test_the_plain_way(phone: Phone) -> None:
    """queued -> sending -> sent -> delivered, and the phone has it once."""
    seen: list[DeliveryStatus] = []
    id = phone.queue("Hello")
    watched = marked(phone, lambda point: seen.append(phone.status(id)) if point == "deliver.sending" else None)
    assert phone.status(id) is QUEUED
    assert deliver_next(watched.services)
    assert seen == [DeliveryStatus.SENDING]
    assert phone.status(id) is SENT
    assert receive_report(phone.services, report(id, DELIVERED, "m1"), workspace_id=phone.stack.workspace_id)
    assert phone.status(id) is DELIVERED
    assert [line.text for line in phone.got()] == ["Hello"]
    assert not deliver_next(phone.services)


@pytest.mark.parametrize(
    ("reports", "ends"),
    [
        ([DELIVERED, SENT], DELIVERED),
        ([DELIVERED, FAILED], DELIVERED),
        ([FAILED, DELIVERED], DELIVERED),  # it is on the phone, whatever else was said, in whatever order
        ([SENT, SENT], SENT),
        ([QUEUED], SENT),
    ],
)
def test_reports_only_move_forward(phone: Phone, reports: list[DeliveryStatus], ends: DeliveryStatus) -> None:
    """Late, repeated and contradictory reports never take a row back."""
    id = phone.queue("Hello")
    deliver_next(phone.services)
    for status in reports:
        receive_report(phone.services, report(id, status), workspace_id=phone.stack.workspace_id)
    assert phone.status(id) is ends


def test_a_report_of_a_row_that_is_not_ours_says_nothing_new(phone: Phone) -> None:
    """An unknown id is no error and changes nothing."""
    assert not receive_report(phone.services, report("nobody", DELIVERED), workspace_id=phone.stack.workspace_id)


def test_a_report_that_comes_before_we_know_the_id_is_kept_and_folded(phone: Phone) -> None:
    """It names the provider's id only, and the answer to the call has not come yet."""
    id = phone.queue("Hello")
    ours = phone.stack.workspace_id
    assert not receive_report(phone.services, report("", DELIVERED, "m1"), workspace_id=ours)
    deliver_next(phone.services)
    assert phone.status(id) is DELIVERED


def test_another_try_is_needless_once_the_first_has_arrived(phone: Phone) -> None:
    """ "Unreachable", then "delivered" after all: the same words are not sent a second time."""
    id, ours = phone.queue("Hello"), phone.stack.workspace_id
    deliver_next(phone.services)
    away = Failure(FailureKind.UNREACHABLE, "The phone is off.", "30003")
    receive_report(phone.services, replace(report(id, FAILED), failure=away), workspace_id=ours)
    receive_report(phone.services, report(id, DELIVERED), workspace_id=ours)
    phone.stack.clock.advance(hours=1)
    phone.stack.settle()
    assert [line.text for line in phone.got()] == ["Hello"]


@pytest.mark.parametrize("does", [Does.ACCEPT_AND_TIME_OUT, Does.ACCEPT_AND_FAIL])
def test_what_may_have_left_is_looked_up_and_not_sent_again(phone: Phone, does: Does) -> None:
    """The first look-up finds it: sent, once."""
    phone.provider.will(does)
    id = phone.queue("Hello")
    deliver_next(phone.services)
    assert phone.status(id) is UNKNOWN
    assert look_up_unknown(phone.services) == 0, "not before twice the time-out"
    after_two_time_outs(phone)
    look_up_unknown(phone.services)
    assert phone.status(id) is SENT
    assert len(phone.got()) == 1


@pytest.mark.parametrize("does", [Does.TIME_OUT, Does.FAIL])
def test_what_was_lost_is_sent_again_after_two_look_ups(phone: Phone, does: Does) -> None:
    """Absent once is not enough; absent twice, each after twice the time-out, and it is queued again."""
    phone.provider.will(does)
    id = phone.queue("Hello")
    deliver_next(phone.services)
    for expected in (UNKNOWN, QUEUED):
        after_two_time_outs(phone)
        assert look_up_unknown(phone.services) == 1
        assert phone.status(id) is expected
    deliver_next(phone.services)
    assert phone.status(id) is SENT
    assert len(phone.got()) == 1


def test_a_look_up_that_cannot_tell_decides_nothing(phone: Phone) -> None:
    """The row stays unknown, however often it asks."""
    phone.provider.will(Does.TIME_OUT)
    phone.channel.looks_up = False
    id = phone.queue("Hello")
    deliver_next(phone.services)
    for _ in range(4):
        after_two_time_outs(phone)
        look_up_unknown(phone.services)
        assert phone.status(id) is UNKNOWN
    assert not deliver_next(phone.services)


def test_a_rate_limit_backs_off(phone: Phone) -> None:
    """Nothing is tried before the provider's time; then it goes out once."""
    phone.provider.will(Does.RATE_LIMIT)
    id = phone.queue("Hello")
    deliver_next(phone.services)
    assert phone.status(id) is QUEUED
    phone.stack.clock.advance(seconds=29)
    assert not deliver_next(phone.services)
    phone.stack.clock.advance(seconds=2)
    assert deliver_next(phone.services)
    assert phone.status(id) is SENT


def test_a_refused_connection_backs_off_longer_each_time(phone: Phone) -> None:
    """1, 2, 4, 8 seconds; every attempt is surely not at the provider."""
    phone.provider.will(*[Does.REFUSE] * 4)
    phone.queue("Hello")
    waits = []
    while not phone.got():
        if not deliver_next(phone.services):
            phone.stack.clock.advance(seconds=1)
            waits.append(1)
        assert len(waits) < 60
    assert len(waits) == 1 + 2 + 4 + 8


def test_a_rejected_row_fails_and_the_next_goes_on(phone: Phone) -> None:
    """One bad row does not stop the others."""
    phone.provider.will(Does.REJECT)
    first, second = phone.queue("One"), phone.queue("Two")
    while deliver_next(phone.services):
        pass
    assert {phone.status(first), phone.status(second)} == {FAILED, SENT}


def test_the_carrier_says_opted_out(phone: Phone) -> None:
    """What the provider refuses for ever is written to no more."""
    phone.provider.will(Does.REJECT_FOR_EVER)
    first = phone.queue("One")
    phone.stack.clock.advance(seconds=1)
    second = phone.queue("Two")
    while deliver_next(phone.services):
        pass
    assert phone.status(first) is FAILED
    assert phone.status(second) is REFUSED
    assert phone.got() == []


def test_the_texts_of_one_number_arrive_in_order(phone: Phone) -> None:
    """A row waits while an earlier one of its address is being sent, unknown or backing off."""
    phone.provider.will(Does.REFUSE, Does.TIME_OUT)
    for text in ("One", "Two", "Three"):
        phone.queue(text)
        phone.stack.clock.advance(seconds=1)
    for _ in range(120):
        deliver_next(phone.services)
        look_up_unknown(phone.services)
        phone.stack.clock.advance(seconds=1)
    assert [line.text for line in phone.got()] == ["One", "Two", "Three"]


def test_two_threads_at_one_number_do_not_block_each_other(phone: Phone) -> None:
    """Numbers of two conversations say nothing about who is first: only time does."""
    phone.begins()
    older = phone.queue("Older, of no thread")
    phone.stack.clock.advance(seconds=1)
    phone.texts("yes")
    phone.stack.settle()
    assert phone.status(older) is SENT
    assert all(status == "sent" for _, _, status in phone.rows()), phone.rows()


def test_rows_of_two_conversations_with_crossed_numbers_both_leave(phone: Phone) -> None:
    """The older has the higher number: neither waits for the other for ever."""
    ids = [phone.queue("Older", about="reply"), ""]
    phone.stack.clock.advance(seconds=1)
    ids[1] = phone.queue("Newer", about="reply")
    with phone.services.database.writing() as uow:
        for id, seq, conversation in zip(ids, (10, 3), ("a", "b"), strict=True):
            row = outbox.get(uow, id)
            assert row is not None
            outbox.move(uow, id, frm=[QUEUED], to=QUEUED, seq=seq, conversation_id=conversation)
    while deliver_next(phone.services):
        pass
    assert [line.text for line in phone.got()] == ["Older", "Newer"]


def test_a_sender_that_died_is_looked_up(phone: Phone) -> None:
    """A mark older than 5 s is given up; what had arrived is found, not sent again."""
    id = phone.queue("Hello")

    class Died(BaseException):
        pass

    def die(point: str) -> None:
        if point == "deliver.called":
            raise Died

    with pytest.raises(Died):
        deliver_next(marked(phone, die).services)
    assert phone.status(id) is DeliveryStatus.SENDING
    assert give_up_stale(phone.services) == 0
    phone.stack.clock.advance(seconds=5.1)
    assert give_up_stale(phone.services) == 1
    after_two_time_outs(phone)
    look_up_unknown(phone.services)
    assert phone.status(id) is SENT
    assert len(phone.got()) == 1


def test_a_report_settles_what_was_unknown(phone: Phone) -> None:
    """The provider's word is worth more than a look-up."""
    phone.provider.will(Does.ACCEPT_AND_TIME_OUT)
    id = phone.queue("Hello")
    deliver_next(phone.services)
    assert receive_report(phone.services, report(id, DELIVERED), workspace_id=phone.stack.workspace_id)
    assert phone.status(id) is DELIVERED


# ---- opt-out ---------------------------------------------------------------------------------------------


def test_stop_is_obeyed_when_it_is_received(phone: Phone) -> None:
    """One confirmation leaves; everything that was queued does not; the graph's own words do not either."""
    phone.begins()
    before = len(phone.got())
    queued = phone.queue("A reminder")
    phone.texts("STOP")
    assert phone.status(queued) is REFUSED
    phone.stack.settle()
    assert [line.text for line in phone.got()[before:]] == [
        "Harbour Foods: You won't get more texts from us. Reply START if you didn't mean that."
    ]
    late = phone.queue("Another reminder")
    phone.stack.settle()
    assert phone.status(late) is REFUSED


def test_start_undoes_stop(phone: Phone) -> None:
    """After START the number may be written to again."""
    phone.begins()
    phone.texts("stop")
    phone.stack.settle()
    phone.texts("START")
    phone.stack.settle()
    assert any("again" in line.text for line in phone.got())
    later = phone.queue("A reminder")
    phone.stack.settle()
    assert phone.status(later) is SENT


def test_a_sentence_with_stop_in_it_is_no_opt_out(phone: Phone) -> None:
    """The graph reads it as an answer."""
    phone.begins()
    phone.texts("I had to stop the line once because of a jam")
    phone.stack.settle()
    later = phone.queue("A reminder")
    phone.stack.settle()
    assert phone.status(later) is SENT


def test_an_opt_out_between_decision_and_call_changes_nothing_that_had_passed(phone: Phone) -> None:
    """What is `sending` when the opt-out commits may leave; what comes after may not."""
    phone.begins()
    first, second = phone.queue("One"), phone.queue("Two")

    def opt_out(point: str) -> None:
        if point == "deliver.sending" and not [r for r in phone.rows() if r[1] == "opt_out"]:
            phone.texts("STOP")

    watched = marked(phone, opt_out)
    while deliver_next(watched.services):
        pass
    assert sorted([phone.status(first), phone.status(second)]) == sorted([SENT, REFUSED])


def test_an_opt_out_while_a_row_is_unknown_keeps_it_from_being_sent_again(phone: Phone) -> None:
    """Two look-ups found nothing, but the gate is shut by now."""
    phone.begins()
    phone.provider.will(Does.TIME_OUT)
    id = phone.queue("One")
    deliver_next(phone.services)
    phone.texts("STOP")
    for _ in range(4):
        after_two_time_outs(phone)
        phone.stack.settle()
    assert phone.status(id) is REFUSED
    assert "You won't get more texts" in phone.got()[-1].text


def test_deliver_and_opt_out_at_once_never_lock_each_other_out(phone: Phone) -> None:
    """Both take the address's row first, so neither has to be thrown out by the database."""
    phone.begins()
    for n in range(20):
        phone.queue(f"Number {n}")
    failures: list[Exception] = []

    def sends() -> None:
        try:
            while deliver_next(phone.services):
                pass
        except Retryable as error:
            failures.append(error)

    def opts_out(word: str) -> None:
        try:
            phone.texts(word)
        except Retryable as error:
            failures.append(error)

    workers = [threading.Thread(target=sends) for _ in range(3)]
    workers += [threading.Thread(target=opts_out, args=(word,)) for word in ("stop", "start", "stop")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert failures == []
    sent = [line.outbox_id for line in phone.got()]
    assert len(sent) == len(set(sent))


def test_an_opt_out_waits_for_a_sender_that_has_chosen_a_row(phone: Phone) -> None:
    """The chosen row is not locked before the address is: the database never has to break a deadlock."""
    phone.begins()
    id = phone.queue("One")
    outcome: list[object] = []

    def opt_out() -> None:
        try:
            outcome.append(phone.texts("STOP"))
        except Retryable as error:
            outcome.append(error)

    with phone.services.database.writing() as uow:
        entry = outbox.next_to_send(uow, phone.stack.clock.now())
        assert entry is not None
        assert entry.id == id
        worker = threading.Thread(target=opt_out)
        worker.start()
        worker.join(0.3)
        outbox.lock_address(uow, entry.workspace_id, entry.address)
        outbox.move(uow, id, frm=[QUEUED], to=DeliveryStatus.SENDING, sending_since=phone.stack.clock.now())
    worker.join(10)
    assert not isinstance(outcome[0], Exception)


def test_several_senders_share_the_work(phone: Phone) -> None:
    """Three at once: each row leaves exactly once, in order."""
    for n in range(15):
        phone.queue(f"{n:02}")
        phone.stack.clock.advance(seconds=1)

    def sends() -> None:
        ends = monotonic() + 20
        while len(phone.got()) < 15 and monotonic() < ends:
            deliver_next(phone.services)

    workers = [threading.Thread(target=sends) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert [line.text for line in phone.got()] == [f"{n:02}" for n in range(15)]


# ---- held ------------------------------------------------------------------------------------------------


def test_a_held_row_leaves_when_its_time_has_come(phone: Phone) -> None:
    """queued -> held -> sending; until then it is not tried."""
    id = phone.queue("Good morning")
    with phone.services.database.writing() as uow:
        later = phone.stack.clock.now() + timedelta(hours=8)
        outbox.move(uow, id, frm=[QUEUED], to=DeliveryStatus.HELD, due_at=later)
    assert not deliver_next(phone.services)
    phone.stack.clock.advance(hours=8, minutes=1)
    assert deliver_next(phone.services)
    assert phone.status(id) is SENT


def test_a_held_row_is_cancelled_by_an_opt_out(phone: Phone) -> None:
    """It will not wake up in the morning and leave."""
    phone.begins()
    id = phone.queue("Good morning")
    with phone.services.database.writing() as uow:
        outbox.move(uow, id, frm=[QUEUED], to=DeliveryStatus.HELD, due_at=phone.stack.clock.now() + timedelta(hours=8))
    phone.texts("STOP")
    assert phone.status(id) is REFUSED


def test_quiet_hours_hold_only_what_nobody_asked_for(phone: Phone) -> None:
    """The gate's decision at night, and the moment it names."""
    night = phone.stack.clock.now().replace(hour=22)
    quiet = QuietHours(begins=time(21), ends=time(8), zones=("UTC",))
    facts = SendFacts(now=night, opted_out=False, is_confirmation=False, asked=False, quiet=quiet)
    decision = decide_send(facts)
    assert isinstance(decision, HoldUntil)
    assert decision.when == night.replace(hour=8) + timedelta(days=1)


def test_a_newer_reply_replaces_one_that_has_not_left(phone: Phone) -> None:
    """The candidate wrote again before our reply left: only the newer one is sent."""
    phone.begins()
    before = len(phone.got())
    phone.provider.will(Does.RATE_LIMIT)
    phone.texts("yes")
    phone.stack.settle()
    phone.texts("3 years")
    phone.stack.settle()
    phone.stack.clock.advance(seconds=40)
    phone.stack.settle()
    assert [status for _, about, status in phone.rows() if about == "reply"].count("superseded") == 1
    assert len(phone.got()) == before + 1


def test_the_first_message_is_never_replaced(phone: Phone) -> None:
    """Who asks, that it is automated, how to stop: it leaves even when the candidate was quicker than the network."""
    phone.provider.will(Does.RATE_LIMIT)
    phone.begins()
    assert phone.got() == []
    phone.texts("yes")
    phone.stack.settle()
    phone.stack.clock.advance(seconds=40)
    phone.stack.settle()
    assert "automated" in phone.got()[0].text
    assert "STOP" in phone.got()[0].text

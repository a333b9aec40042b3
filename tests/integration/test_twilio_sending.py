"""Sending over real HTTP to the local Twilio: what each answer means, and what the ledger says in truth.

The rule behind all of it: what may have been taken is never called lost, and what was surely not taken is tried again.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from botapp.channels.base import Absent, Ambiguous, CannotTell, Found, Outgoing, Rejected, RetryLater, Sent
from botapp.channels.sms import Sms, calls
from botapp.entrypoints.simulator.carrier import Phone
from botapp.entrypoints.simulator.twilio import Account, Fault, LocalTwilio
from botapp.errors import Permanent, Retryable
from botapp.messages import FailureKind, OutboundMessage
from tests.support.twilio import MARIA, NOON, NUMBER, PUBLIC_URL, account_at, receiver

SERVICE = "MG" + "0" * 32
SHORT = timedelta(seconds=0.4)


@pytest.fixture
def twilio() -> Iterator[LocalTwilio]:
    with LocalTwilio(Account(service=SERVICE)) as running:
        yield running
        assert running.idle()


@pytest.fixture
def sms(twilio: LocalTwilio) -> Sms:
    return Sms(account_at(twilio))


@pytest.fixture
def hasty(twilio: LocalTwilio, monkeypatch: pytest.MonkeyPatch) -> Sms:
    """Waits a moment only, so that time-outs need no ten seconds."""
    monkeypatch.setattr(calls, "CALL_TIMEOUT", SHORT)
    return Sms(account_at(twilio))


def _to(number: str = MARIA, text: str = "Do you hold a licence?", **more: Any) -> Outgoing:
    since = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    return Outgoing("o1", f"tel:{number}", OutboundMessage(text), sent_after=since, **more)


def test_a_text_leaves_once_with_all_it_needs(twilio: LocalTwilio, sms: Sms) -> None:
    result = sms.send(_to(valid_for=timedelta(minutes=90)))
    [taken] = twilio.ledger.accepted()
    assert result == Sent(taken.sid)
    assert (taken.to, taken.from_, taken.body, taken.service) == (
        MARIA,
        twilio.account.numbers[0],
        "Do you hold a licence?",
        "",
    )
    assert taken.validity == 5400
    assert taken.callback.startswith(f"{PUBLIC_URL}/hooks/twilio/status?ob=")
    assert twilio.idle()
    assert [m.sid for m in twilio.ledger.delivered()] == [taken.sid]


@pytest.mark.parametrize(("asked", "sent"), [(1, 60), (59.9, 60), (61.7, 61), (99_999, 14_400)])
def test_the_validity_is_whole_seconds_within_bounds(twilio: LocalTwilio, sms: Sms, asked: float, sent: int) -> None:
    sms.send(_to(valid_for=timedelta(seconds=asked)))
    assert twilio.ledger.accepted()[0].validity == sent


def test_it_leaves_from_the_sender_that_is_named(twilio: LocalTwilio) -> None:
    """A service by its SID, a number by itself; a number that is not ours is refused."""
    sms = Sms(account_at(twilio, messaging_service=SERVICE))
    assert isinstance(sms.send(_to()), Sent)
    assert isinstance(sms.send(_to(sender=twilio.account.numbers[0])), Sent)
    assert [m.service for m in twilio.ledger.accepted()] == [SERVICE, ""]
    refused = sms.send(_to(sender="+12025550199"))
    assert isinstance(refused, Rejected)
    assert refused.failure.kind is FailureKind.CONFIGURATION


def test_refused_connections_are_tried_again(twilio: LocalTwilio, sms: Sms) -> None:
    """Before the first call and with a connection that was open before."""
    with twilio.refusing():
        assert sms.send(_to()) == RetryLater(timedelta(0))
        assert sms.look_up(_to()) == CannotTell()
    assert isinstance(sms.send(_to()), Sent)
    with twilio.refusing():
        assert isinstance(sms.send(_to()), RetryLater | Ambiguous)
    assert len(twilio.ledger.accepted()) == 1


@pytest.mark.parametrize("name", ["nowhere.invalid", "127.0.0.1:1"])
def test_a_name_or_port_that_leads_nowhere_is_no_ambiguity(name: str) -> None:
    import requests

    with pytest.raises(requests.RequestException) as failed:
        requests.get(f"http://{name}", timeout=2)
    assert calls.never_left(failed.value)


@pytest.mark.parametrize(("seconds", "wait"), [(7, 7), (0, 0), (0.5, 0.5), (99_999, 900)])
def test_a_rate_limit_says_how_long_to_wait(twilio: LocalTwilio, sms: Sms, seconds: float, wait: float) -> None:
    twilio.will(Fault.LIMIT, times=3, seconds=seconds)
    for _ in range(3):
        assert sms.send(_to()) == RetryLater(timedelta(seconds=wait))
    assert isinstance(sms.send(_to()), Sent)
    assert len(twilio.ledger.accepted()) == 1


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        *[("", 0), ("soon", 0), ("nan", 0), ("inf", 0), ("-3", 0), ("2.5", 2.5), ("1e9", 0), ("5000", 900)],
        *[("Mon, 04 May 2026 11:59:00 GMT", 0), ("Mon, 04 May 2026 12:00:30 GMT", 30)],
    ],
)
def test_a_wait_is_read_in_seconds_or_as_a_date(written: str, seconds: float) -> None:
    """What makes no sense is no wait: the caller has a back-off of its own."""
    assert calls.wait_of(written, NOON) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("fault", "taken"),
    [
        (Fault.ACCEPT_THEN_DROP, 1),
        (Fault.ACCEPT_THEN_FAIL, 1),
        (Fault.ACCEPT_THEN_GARBLE, 1),
        (Fault.SLOW, 1),
        (Fault.DROP, 0),
        (Fault.FAIL, 0),
        (Fault.PAGE, 0),
        (Fault.HANG, 0),
    ],
)
def test_what_may_have_left_is_ambiguous_and_then_looked_up(
    twilio: LocalTwilio, hasty: Sms, fault: Fault, taken: int
) -> None:
    """Not one of these is called lost or sent; the look-up tells the truth."""
    twilio.will(fault, seconds=1.0)
    outgoing = _to()
    assert isinstance(hasty.send(outgoing), Ambiguous)
    ledger = twilio.ledger.accepted()
    assert len(ledger) == taken
    assert hasty.look_up(outgoing) == (Found(ledger[0].sid) if taken else Absent())


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (21211, FailureKind.UNUSABLE),
        (21610, FailureKind.OPTED_OUT),
        (21614, FailureKind.UNUSABLE),
        (21408, FailureKind.CONFIGURATION),
    ],
)
def test_a_definite_no_is_a_failure_by_the_table(twilio: LocalTwilio, sms: Sms, code: int, kind: FailureKind) -> None:
    twilio.network.phones[MARIA] = Phone(error_code=code)
    result = sms.send(_to())
    assert isinstance(result, Rejected)
    assert (result.failure.kind, result.failure.code) == (kind, str(code))
    assert twilio.ledger.accepted() == []


def test_words_it_will_not_take_are_refused(sms: Sms) -> None:
    for text, code in (("", "21602"), ("x" * 1601, "21617")):
        result = sms.send(_to(text=text))
        assert isinstance(result, Rejected)
        assert result.failure.code == code


@pytest.mark.parametrize("address", ["72975", "HARBOUR", "", "+1"])
def test_what_cannot_be_answered_never_leaves(twilio: LocalTwilio, sms: Sms, address: str) -> None:
    result = sms.send(_to(address))
    assert isinstance(result, Rejected)
    assert result.failure.kind is FailureKind.UNUSABLE
    assert twilio.ledger.all() == []


def test_a_wrong_token_is_our_configuration(twilio: LocalTwilio) -> None:
    for changes in ({"tokens": ("wrong",)}, {"tokens": ()}, {"account_sid": ""}):
        result = Sms(account_at(twilio, **changes)).send(_to())
        assert isinstance(result, Rejected)
        assert result.failure.kind is FailureKind.CONFIGURATION


def test_a_look_up_tells_apart(twilio: LocalTwilio, sms: Sms) -> None:
    """Other words, another phone, an earlier day, a person's own text of the same words: none of them is ours."""
    assert sms.look_up(_to()) == Absent()
    sent = sms.send(_to())
    assert isinstance(sent, Sent)
    twilio.text_from(MARIA, "Are you sure?")
    assert sms.look_up(_to()) == Found(sent.external_id)
    assert sms.look_up(_to(text="Do you hold  a licence?\n")) == Found(sent.external_id)
    assert sms.look_up(_to(text="Are you sure?")) == Absent()
    assert sms.look_up(_to("+12025550124")) == Absent()
    later = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    assert sms.look_up(Outgoing("o1", f"tel:{MARIA}", OutboundMessage("Do you hold a licence?"), later)) == Absent()
    assert isinstance(sms.look_up(Outgoing("o1", f"tel:{MARIA}", OutboundMessage("Do you hold a licence?"), "")), Found)


def test_two_of_the_same_cannot_be_told_apart(sms: Sms) -> None:
    sms.send(_to())
    sms.send(_to())
    assert sms.look_up(_to()) == CannotTell()


def test_a_message_in_the_queue_is_found_too(twilio: LocalTwilio) -> None:
    """It has no date of sending yet, and over a service no number either."""
    sms = Sms(account_at(twilio, messaging_service=SERVICE))
    sent = sms.send(_to())
    assert isinstance(sent, Sent)
    twilio.ledger.change(sent.external_id, status="accepted", sent=None)
    assert sms.look_up(_to()) == Found(sent.external_id)


def test_a_look_up_that_fails_cannot_tell(twilio: LocalTwilio) -> None:
    assert Sms(account_at(twilio, tokens=("wrong",))).look_up(_to()) == CannotTell()


def test_a_message_that_died_at_once_is_a_failure(
    twilio: LocalTwilio, sms: Sms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made, but in its answer failed already."""
    dead = twilio.ledger.put
    monkeypatch.setattr(twilio.ledger, "put", lambda m: dead(_failed(m)))
    result = sms.send(_to())
    assert isinstance(result, Rejected)
    assert result.failure.code == "30034"


def _failed(message: Any) -> Any:
    from dataclasses import replace

    return replace(message, status="failed", error_code=30034)


def test_nothing_personal_is_logged(twilio: LocalTwilio, sms: Sms, caplog: pytest.LogCaptureFixture) -> None:
    """The official client and its transport would log numbers and words; not even with everything switched on."""
    caplog.set_level(logging.DEBUG)
    twilio.will(Fault.FAIL)
    for _ in range(2):
        sms.send(_to())
    sms.look_up(_to())
    twilio.text_from(MARIA, "Hello")
    assert not [line for line in caplog.messages for secret in (MARIA[1:], "licence", NUMBER[1:]) if secret in line]


def test_many_threads_share_one_channel(twilio: LocalTwilio, sms: Sms) -> None:
    """Each gets the answer to its own call."""
    from concurrent.futures import ThreadPoolExecutor

    numbers = [f"+1202555{n:04d}" for n in range(100, 140)]
    twilio.network.phones = {number: Phone(error_code=21614) for number in numbers[::4]}
    with ThreadPoolExecutor(8) as pool:
        results = dict(zip(numbers, pool.map(lambda number: sms.send(_to(number)), numbers), strict=True))
    assert {n for n, r in results.items() if isinstance(r, Rejected)} == set(numbers[::4])
    taken = {m.to: m.sid for m in twilio.ledger.accepted()}
    assert {n: r.external_id for n, r in results.items() if isinstance(r, Sent)} == taken


def test_a_file_is_fetched_with_our_token(twilio: LocalTwilio, sms: Sms) -> None:
    with receiver() as hooks:
        twilio.account.point_at(hooks.url)
        twilio.text_from(MARIA, "my resume", media=[("application/pdf", b"%PDF-1.7 words")])
        url = hooks.forms()[0]["MediaUrl0"]
    assert sms.fetch_media(url) == (b"%PDF-1.7 words", "application/pdf")
    with pytest.raises(Permanent, match="not there"):
        Sms(account_at(twilio, tokens=("wrong",))).fetch_media(url)
    with pytest.raises(Permanent, match="not there"):
        sms.fetch_media(url[:-3])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/x",
        "https://evil.example/x",
        "http://api.twilio.com/x",
        "https://api.twilio.com.evil.example/",
        "file:///etc/passwd",
        "http://[x",
        "",
    ],
)
def test_our_token_goes_nowhere_else(sms: Sms, url: str) -> None:
    with pytest.raises(Permanent, match="not kept by"):
        sms.fetch_media(url)


def test_a_file_that_is_too_large_is_refused(twilio: LocalTwilio, sms: Sms) -> None:
    with receiver() as hooks:
        twilio.account.point_at(hooks.url)
        twilio.text_from(MARIA, "", media=[("image/png", b"x" * (11 * 1024 * 1024 + 1))])
        url = hooks.forms()[0]["MediaUrl0"]
    with pytest.raises(Permanent, match="11 MB"):
        sms.fetch_media(url)


def test_a_file_is_fetched_later_when_nobody_answers(twilio: LocalTwilio, sms: Sms) -> None:
    with twilio.refusing(), pytest.raises(Retryable):
        sms.fetch_media(f"{twilio.url}/x")

"""The local Twilio behaves as the real one is documented to: refusals, reports, retries, opt-outs, a true ledger."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from botapp.channels.base import Outgoing, Rejected, Sent
from botapp.channels.sms import Sms
from botapp.entrypoints.simulator.carrier import Phone, Reporting
from botapp.entrypoints.simulator.twilio import Account, LocalTwilio
from botapp.entrypoints.simulator.twilio_webhooks import Poster, rules_of
from botapp.messages import DeliveryReport, DeliveryStatus, FailureKind, InboundMessage, OutboundMessage
from tests.support.twilio import MARIA, NUMBER, PUBLIC_URL, Called, Receiver, account_at, receiver

SERVICE = "MG" + "0" * 32
HOOK = f"{PUBLIC_URL}/hooks/twilio/sms#rc=3&rp=all"


@pytest.fixture
def hooks() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


@pytest.fixture
def twilio(hooks: Receiver) -> Iterator[LocalTwilio]:
    with LocalTwilio(routes={PUBLIC_URL: hooks.url}) as running:
        running.account.point_at(HOOK)
        yield running
        assert running.idle()


@pytest.fixture
def sms(twilio: LocalTwilio) -> Sms:
    return Sms(account_at(twilio))


def _to(number: str = MARIA, text: str = "Do you hold a licence?", id: str = "o1") -> Outgoing:
    return Outgoing(id, f"tel:{number}", OutboundMessage(text))


def _request(called: Called) -> Any:
    from urllib.parse import urlencode

    from botapp.channels.base import WebhookRequest

    return WebhookRequest(called.path, called.headers, urlencode(called.pairs).encode())


def test_a_text_arrives_signed_with_all_its_fields(twilio: LocalTwilio, hooks: Receiver, sms: Sms) -> None:
    """The channel believes it and reads it: media, emoji, what is to be escaped."""
    twilio.text_from(MARIA, "It's 😀 & 100% +1", media=[("image/jpeg", b"jpeg"), ("application/pdf", b"pdf")])
    [called] = hooks.calls
    sms.verify(_request(called), sms.account.secrets)
    [message] = sms.parse(_request(called))
    assert isinstance(message, InboundMessage)
    assert message.text == "It's 😀 & 100% +1"
    assert [file["type"] for file in message.payload["media"]] == ["image/jpeg", "application/pdf"]
    assert {"SmsMessageSid", "NumSegments", "FromCountry", "ApiVersion", "ToZip"} <= set(called.form)
    assert called.headers["User-Agent"] == "TwilioProxy/1.1"


def test_reports_arrive_signed_and_in_order(twilio: LocalTwilio, hooks: Receiver, sms: Sms) -> None:
    assert isinstance(sms.send(_to()), Sent)
    assert twilio.idle()
    reports = []
    for called in hooks.calls:
        sms.verify(_request(called), sms.account.secrets)
        reports += sms.parse(_request(called))
    assert [(r.outbox_id, r.status, r.passed_on) for r in reports if isinstance(r, DeliveryReport)] == [
        ("o1", DeliveryStatus.SENT, True),
        ("o1", DeliveryStatus.DELIVERED, True),
    ]


@pytest.mark.parametrize(("code", "status"), [(30003, "undelivered"), (30007, "undelivered"), (30034, "failed")])
def test_a_number_with_an_error_is_reported_so(
    twilio: LocalTwilio, hooks: Receiver, sms: Sms, code: int, status: str
) -> None:
    twilio.network.phones[MARIA] = Phone(error_code=code)
    assert isinstance(sms.send(_to()), Sent)
    assert twilio.idle()
    assert (hooks.forms()[-1]["MessageStatus"], hooks.forms()[-1]["ErrorCode"]) == (status, str(code))
    assert twilio.ledger.delivered() == []


def test_reports_can_be_doubled_and_shuffled(twilio: LocalTwilio, hooks: Receiver, sms: Sms) -> None:
    twilio.network.reporting = Reporting(shuffle=True, copies=3, seed=2)
    for n in range(8):
        sms.send(_to(id=f"o{n}"))
    assert twilio.idle()
    of_first = [form["MessageStatus"] for form in hooks.forms()]
    assert sorted(of_first) == sorted(["sent", "delivered"] * 24)
    assert len(twilio.ledger.delivered()) == 8


def test_the_first_report_can_come_before_the_answer(twilio: LocalTwilio, hooks: Receiver, sms: Sms) -> None:
    twilio.network.reporting = Reporting(before_response=True)
    sent = sms.send(_to())
    assert isinstance(sent, Sent)
    assert hooks.forms()[0]["MessageSid"] == sent.external_id


def test_a_service_reports_the_first_status_too(hooks: Receiver) -> None:
    with LocalTwilio(Account(service=SERVICE), routes={PUBLIC_URL: hooks.url}) as twilio:
        sms = Sms(account_at(twilio, messaging_service=SERVICE))
        sms.send(_to())
        assert twilio.idle()
    assert [form["MessageStatus"] for form in hooks.forms()] == ["queued", "sent", "delivered"]
    assert {form["MessagingServiceSid"] for form in hooks.forms()} == {SERVICE}


def test_rules_are_read_from_the_fragment() -> None:
    assert rules_of("https://a.example/x") == replace(rules_of("https://a.example/x#rc=9"), retries=1)
    rules = rules_of("https://a.example/x#rc=3&rp=4xx,5xx&ct=200&rt=900&tt=4000")
    assert (rules.retries, rules.on, rules.connect, rules.read, rules.total) == (3, {"4xx", "5xx"}, 0.2, 0.9, 4.0)


@pytest.mark.parametrize(
    ("fragment", "answers", "calls"),
    [
        ("", [500], 1),
        ("#rc=3&rp=all", [500, 404, 0], 4),
        ("#rc=3&rp=5xx", [500, 503, 404], 3),
        ("#rc=2&rp=4xx", [404, 404, 404], 3),
        ("#rc=3&rp=rt", [0, 0], 3),
        ("#rc=0&rp=all", [500], 1),
        ("#rc=5&rp=all", [], 1),
    ],
)
def test_a_webhook_is_retried_by_its_rules(hooks: Receiver, fragment: str, answers: list[int], calls: int) -> None:
    """With the same token, so that a retry can be known as one."""
    hooks.answers.extend(answers)
    Poster("token").post(f"{hooks.url}/hook{fragment}", [("a", "1")])
    assert len(hooks.calls) == calls
    assert len({called.headers["I-Twilio-Idempotency-Token"] for called in hooks.calls}) == 1


def test_connections_that_fail_are_retried_by_default() -> None:
    poster = Poster("token")
    poster.post("http://127.0.0.1:1/hook", [])
    assert [attempt.failed for attempt in poster.attempts] == ["ct", "ct"]


def test_the_time_budget_holds(hooks: Receiver) -> None:
    hooks.slow = 0.3
    attempt = Poster("token").post(f"{hooks.url}/hook#rt=100&tt=250&rc=5&rp=all", [])
    assert attempt.failed == "rt"
    assert len(hooks.calls) <= 4


def test_the_fallback_is_called_once_when_all_failed(twilio: LocalTwilio, hooks: Receiver) -> None:
    """With the same text, and what went wrong."""
    twilio.account.point_at(HOOK, f"{PUBLIC_URL}/hooks/twilio/fallback")
    hooks.answers.extend([500] * 4)
    assert twilio.text_from(MARIA, "Yes").ok
    assert [called.path for called in hooks.calls] == ["/hooks/twilio/sms"] * 4 + ["/hooks/twilio/fallback"]
    assert len({form["MessageSid"] for form in hooks.forms()}) == 1
    assert hooks.forms()[-1]["ErrorCode"] == "11200"


def test_nothing_beyond_this_machine_is_called() -> None:
    assert Poster("token").post("http://192.0.2.1/hook", []).failed == "ct"


@pytest.mark.parametrize("word", ["STOP", "unsubscribe", " Quit "])
def test_its_own_opt_out_blocks_us(twilio: LocalTwilio, sms: Sms, word: str) -> None:
    """It answers the person itself; START opens again."""
    twilio.text_from(MARIA, word)
    result = sms.send(_to())
    assert isinstance(result, Rejected)
    assert result.failure.kind is FailureKind.OPTED_OUT
    assert [m.by_provider for m in twilio.ledger.on_phone(MARIA)] == [False, True]
    assert isinstance(sms.send(_to("+12025550124")), Sent)
    twilio.text_from(MARIA, "START")
    assert isinstance(sms.send(_to()), Sent)


def test_with_its_opt_out_off_the_words_are_ours(twilio: LocalTwilio, sms: Sms) -> None:
    twilio.account.handles_opt_out = False
    twilio.text_from(MARIA, "STOP")
    assert isinstance(sms.send(_to()), Sent)
    assert not any(m.by_provider for m in twilio.ledger.on_phone(MARIA))


def test_advanced_opt_out_refuses_in_a_report(hooks: Receiver) -> None:
    account = Account(service=SERVICE, advanced_opt_out=True)
    account.point_at(HOOK)
    with LocalTwilio(account, routes={PUBLIC_URL: hooks.url}) as twilio:
        twilio.text_from(MARIA, "STOP")
        assert hooks.forms()[0]["OptOutType"] == "STOP"
        assert isinstance(Sms(account_at(twilio, messaging_service=SERVICE)).send(_to()), Sent)
        assert twilio.idle()
        assert hooks.forms()[-1]["ErrorCode"] == "21610"
        assert twilio.ledger.delivered() == []


def test_the_account_is_looked_at_and_set_up(twilio: LocalTwilio, sms: Sms) -> None:
    """What doctor and setup need, by the official client."""
    client = sms.client()
    assert client.api.accounts(twilio.account.sid).fetch().status == "active"
    [number] = client.incoming_phone_numbers.list(phone_number=NUMBER)
    assert number.sms_url == HOOK
    number.update(sms_url="https://new.example/sms#rc=3&rp=all", sms_fallback_url="https://new.example/fallback")
    assert client.incoming_phone_numbers(number.sid).fetch().sms_fallback_url == "https://new.example/fallback"
    assert twilio.account.webhooks_for(NUMBER).url == "https://new.example/sms#rc=3&rp=all"


def test_the_service_is_looked_at_and_set_up() -> None:
    with LocalTwilio(Account(service=SERVICE)) as twilio:
        service = Sms(account_at(twilio)).client().messaging.v1.services(SERVICE)
        service.update(
            inbound_request_url=HOOK, fallback_url="https://a.example/fallback", use_inbound_webhook_on_number=False
        )
        assert service.fetch().inbound_request_url == HOOK
        assert [number.phone_number for number in service.phone_numbers.list()] == [NUMBER]
        assert [one.campaign_status for one in service.us_app_to_person.list()] == ["VERIFIED"]
        assert twilio.account.webhooks_for(NUMBER).fallback == "https://a.example/fallback"


def test_the_ledger_outlives_the_server(tmp_path: Path) -> None:
    """With a file; a line cut short by a kill is left out."""
    file = tmp_path / "ledger"
    with LocalTwilio(file=file) as twilio:
        sent = Sms(account_at(twilio)).send(_to())
        twilio.text_from(MARIA, "STOP")
        assert twilio.idle()
    with file.open("a") as broken:
        broken.write('{"what": "delivered", "si')
    with LocalTwilio(file=file) as again:
        assert isinstance(sent, Sent)
        assert [m.sid for m in again.ledger.accepted()] == [sent.external_id]
        assert [m.sid for m in again.ledger.delivered()] == [sent.external_id]
        assert again.ledger.opted_out(NUMBER, MARIA)


def _sim(twilio: LocalTwilio, path: str, asked: Any = None, **headers: str) -> Any:
    body = None if asked is None else json.dumps(asked).encode()
    request = urllib.request.Request(
        f"{twilio.url}/_sim/{path}", data=body, headers={"Content-Type": "application/json"} | headers
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def test_a_page_can_drive_it(twilio: LocalTwilio, hooks: Receiver, sms: Sms) -> None:
    """A text in, a phone's thread, switches, the ledger."""
    assert _sim(twilio, "text", {"from": MARIA, "body": "Hello"})["status"] == 200
    sms.send(_to())
    assert twilio.idle()
    thread = _sim(twilio, f"phone/{MARIA.replace('+', '%2B')}")["messages"]
    assert [(m["direction"], m["body"]) for m in thread] == [
        ("inbound", "Hello"),
        ("outbound-api", "Do you hold a licence?"),
    ]
    assert _sim(twilio, "phones") == {"ours": [NUMBER], "phones": [{"number": MARIA, "messages": 2}]}
    assert len(_sim(twilio, "ledger")["delivered"]) == 1
    switches = {"next": "limit", "seconds": 3, "latency": 0.1, "reporting": {"copies": 2}, "handles_opt_out": False}
    assert _sim(twilio, "switches", switches)["reporting"]["copies"] == 2
    assert sms.send(_to()).after == timedelta(seconds=3)  # type: ignore[union-attr]
    assert _sim(twilio, "phone/%2B12025550124", {"error_code": 30006})["error_code"] == 30006
    assert next(a["status"] for a in _sim(twilio, "webhooks")["attempts"]) == 200
    assert _sim(twilio, "forget", {}) == {}
    assert twilio.ledger.all() == []


@pytest.mark.parametrize(
    ("path", "asked", "headers", "status"),
    [
        ("text", {}, {}, 400),
        ("switches", {"next": "explode"}, {}, 400),
        ("nothing", {}, {}, 404),
        ("nothing", None, {}, 404),
        ("text", {"from": MARIA}, {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ("ledger", None, {"Host": "evil.example"}, 403),
    ],
)
def test_other_pages_can_not(twilio: LocalTwilio, path: str, asked: Any, headers: dict[str, str], status: int) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        _sim(twilio, path, asked, **headers)
    assert refused.value.code == status
    refused.value.close()


def test_it_runs_by_itself(tmp_path: Path) -> None:
    """As a process, told by arguments and environment; it ends when asked."""
    command = [
        sys.executable,
        "-m",
        "botapp.entrypoints.simulator.twilio",
        "--port",
        "0",
        "--file",
        str(tmp_path / "l"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = line.rpartition(" ")[2].strip()
        with urllib.request.urlopen(f"{url}/_sim/phones", timeout=10) as answer:
            assert json.loads(answer.read())["ours"] == [NUMBER]
        process.terminate()
        assert process.wait(10) == 0

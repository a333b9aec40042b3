"""Reports: what each status means, whose row it is about, and the sentence for every error code."""

import itertools

import pytest

from botapp.channels.base import WebhookRequest
from botapp.channels.sms import Sms, failure_of, status_url
from botapp.errors import BadPayload
from botapp.messages import DeliveryReport, DeliveryStatus, FailureKind
from tests.support.twilio import (
    ACCOUNT_SID,
    PUBLIC_URL,
    SIGNING_KEY,
    needs_payloads,
    payload,
    request_of,
    sms_account,
    status_form,
)

RANK = [DeliveryStatus.SENT, DeliveryStatus.DELIVERED]


def _path(outbox_id: str, key: str = SIGNING_KEY) -> str:
    return status_url(PUBLIC_URL, key, outbox_id).removeprefix(PUBLIC_URL).partition("#")[0]


def _read(status: str, code: str = "", path: str = "") -> list[DeliveryReport]:
    read = Sms(sms_account()).parse(request_of(status_form(status, code), path or _path("o1")))
    assert all(isinstance(report, DeliveryReport) for report in read)
    return read  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("status", "became", "passed_on"),
    [
        ("queued", DeliveryStatus.SENT, False),
        ("accepted", DeliveryStatus.SENT, False),
        ("scheduled", DeliveryStatus.SENT, False),
        ("sending", DeliveryStatus.SENT, False),
        ("sent", DeliveryStatus.SENT, True),
        ("delivered", DeliveryStatus.DELIVERED, True),
        ("read", DeliveryStatus.DELIVERED, True),
        ("undelivered", DeliveryStatus.FAILED, False),
        ("failed", DeliveryStatus.FAILED, False),
        ("canceled", DeliveryStatus.FAILED, False),
        ("Delivered", DeliveryStatus.DELIVERED, True),
    ],
)
def test_each_status_says_what_became_of_it(status: str, became: DeliveryStatus, passed_on: bool) -> None:
    [report] = _read(status, "30003")
    assert (report.status, report.passed_on) == (became, passed_on)
    assert (report.outbox_id, report.external_id) == ("o1", "SM" + "b" * 32)
    assert report.channel_account == ACCOUNT_SID
    assert (report.failure is not None) is (became is DeliveryStatus.FAILED)


@pytest.mark.parametrize("status", ["huh", "received", "receiving", ""])
def test_a_status_nobody_knows_says_nothing(status: str) -> None:
    assert _read(status) == []


@pytest.mark.parametrize("order", list(itertools.permutations(["queued", "sending", "sent", "delivered"])))
def test_the_furthest_report_is_the_same_in_any_order(order: tuple[str, ...]) -> None:
    """A fold that only goes forward ends at the same place; each report is read alone."""
    reports = [report for status in order * 2 for report in _read(status)]
    assert max((report.status for report in reports), key=RANK.index) is DeliveryStatus.DELIVERED
    assert any(report.passed_on for report in reports)


def test_a_forged_id_is_refused() -> None:
    for path in (
        _path("o1") + "x",
        _path("o1", "another key"),
        "/hooks/twilio/status?ob=o1",
        "/hooks/twilio/status?ob=.",
    ):
        with pytest.raises(BadPayload):
            _read("delivered", path=path)


def test_a_report_without_our_id_still_names_the_message() -> None:
    """A messaging service's own callback address has none."""
    [report] = _read("delivered", path="/hooks/twilio/status")
    assert (report.outbox_id, report.external_id) == ("", "SM" + "b" * 32)


def test_the_signed_address_is_proven_as_twilio_signs_it() -> None:
    """Fragments are for Twilio only."""
    account = sms_account()
    url = status_url(PUBLIC_URL, SIGNING_KEY, "o1")
    assert url.endswith("#rc=3&rp=all")
    request = request_of(status_form("sent"), _path("o1"))
    Sms(account).verify(request, account.secrets)
    with pytest.raises(BadPayload):
        Sms(account).verify(WebhookRequest(_path("o2"), request.headers, request.body), account.secrets)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("21610", FailureKind.OPTED_OUT),
        ("30003", FailureKind.UNREACHABLE),
        ("30005", FailureKind.UNUSABLE),
        ("30006", FailureKind.UNUSABLE),
        ("21614", FailureKind.UNUSABLE),
        ("21211", FailureKind.UNUSABLE),
        ("30007", FailureKind.CONTENT),
        ("21617", FailureKind.CONTENT),
        ("30034", FailureKind.CONFIGURATION),
        ("30032", FailureKind.CONFIGURATION),
        ("21408", FailureKind.CONFIGURATION),
        ("30002", FailureKind.CONFIGURATION),
        ("20003", FailureKind.CONFIGURATION),
        ("30001", FailureKind.TEMPORARY),
        ("21611", FailureKind.TEMPORARY),
        ("20429", FailureKind.TEMPORARY),
        ("63018", FailureKind.TEMPORARY),
        ("99999", FailureKind.OTHER),
        ("", FailureKind.OTHER),
        ("<b>", FailureKind.OTHER),
    ],
)
def test_a_code_decides_what_we_do_next(code: str, kind: FailureKind) -> None:
    failure = failure_of(code)
    assert failure.kind is kind
    assert failure.code == code
    [report] = _read("undelivered", code)
    assert report.failure == failure


def test_a_code_may_be_a_number_or_missing() -> None:
    assert failure_of(30003) == failure_of("30003")
    assert failure_of(None).kind is FailureKind.OTHER


@needs_payloads
def test_every_published_code_has_a_sentence() -> None:
    codes = payload("twilio_error_codes.json")["codes"]
    assert len(codes) > 400
    for code in codes:
        sentence = failure_of(code).sentence
        assert sentence.endswith(".")
        assert 20 <= len(sentence) <= 140
        assert "<" not in sentence


NAMED = [
    *(21211, 21214, 21217, 21401, 21408, 21421, *range(21601, 21618), 30001, 30002, 30003, 30004, 30005, 30006, 30007),
    *(30008, 30009, 30010, 30011, 30022, 30023, 30032, 30034, 30035, 63018, 20003, 20404, 20429, 20500, 20503),
]


@pytest.mark.parametrize("code", NAMED)
def test_the_codes_that_matter_have_sentences_of_their_own(code: int) -> None:
    """None of them falls back to the number."""
    assert str(code) not in failure_of(code).sentence

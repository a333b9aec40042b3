"""What a text says once it is read: nothing is lost, whatever came in."""

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.channels.base import WebhookRequest
from botapp.channels.sms import Sms
from botapp.channels.sms.inbound import decoded
from botapp.errors import BadPayload
from botapp.messages import DeliveryReport, InboundMessage, SenderKind
from tests.support.twilio import (
    ACCOUNT_SID,
    FORM,
    MARIA,
    NOON,
    NUMBER,
    PAYLOADS,
    SetClock,
    needs_payloads,
    sms_account,
    text_form,
)


def _read(pairs: list[tuple[str, str]], **account: Any) -> InboundMessage:
    [message] = Sms(sms_account(**account), SetClock()).parse(_request(urlencode(pairs).encode()))
    assert isinstance(message, InboundMessage)
    return message


def _request(body: bytes) -> WebhookRequest:
    return WebhookRequest("/hooks/twilio/sms", {"Content-Type": FORM}, body)


def test_a_text_is_read_whole() -> None:
    message = _read(text_form("Yes, since 2019"))
    assert message.channel_account == ACCOUNT_SID
    assert message.external_id == "SM" + "a" * 32
    assert message.address == f"tel:{MARIA}"
    assert message.to == NUMBER
    assert (message.sender.kind, message.sender.id) == (SenderKind.CANDIDATE, "")
    assert message.text == "Yes, since 2019"
    assert message.received_at == NOON
    assert message.payload == {}


def _fixtures(pattern: str) -> list[Path]:
    return sorted((PAYLOADS / "twilio").glob(pattern)) if PAYLOADS.exists() else []


def _parsed(path: Path) -> list[InboundMessage | DeliveryReport]:
    told = json.loads(path.read_text())
    request = WebhookRequest(
        "/hooks", {"Content-Type": told["content_type"]}, urlencode([tuple(pair) for pair in told["form"]]).encode()
    )
    return Sms(sms_account(), SetClock()).parse(request)


@needs_payloads
@pytest.mark.parametrize("path", _fixtures("[sm]ms_*.json"), ids=lambda path: path.stem)
def test_every_recorded_text_is_read(path: Path) -> None:
    """All but the one whose sender hides."""
    if path.stem == "sms_anonymous_from":
        with pytest.raises(BadPayload, match="hidden number"):
            _parsed(path)
        return
    form = dict(json.loads(path.read_text())["form"])
    [message] = _parsed(path)
    assert isinstance(message, InboundMessage)
    assert message.external_id == form["MessageSid"]
    assert message.address == f"tel:{form['From']}"
    assert len(message.payload.get("media", [])) == int(form["NumMedia"])
    assert message.payload.get("answered", False) is ("optout" in path.stem)
    assert message.payload.get("original", message.text).split() == form["Body"].split()


@needs_payloads
@pytest.mark.parametrize("path", _fixtures("status_*.json"), ids=lambda path: path.stem)
def test_every_recorded_report_is_read(path: Path) -> None:
    read = _parsed(path)
    assert len(read) == (0 if path.stem == "status_unknown_value" else 1)
    assert all(isinstance(report, DeliveryReport) for report in read)


@needs_payloads
@pytest.mark.parametrize("path", _fixtures("whatsapp_*.json") + _fixtures("voice_*.json"), ids=lambda path: path.stem)
def test_what_is_no_text_message_is_refused_kindly(path: Path) -> None:
    with pytest.raises(BadPayload, match="only text messages"):
        _parsed(path)


@pytest.mark.parametrize("sender", ["+266696687", "Anonymous", "RESTRICTED", "anonymous", "", "  ", "\x00"])
def test_nobody_to_answer_is_refused(sender: str) -> None:
    with pytest.raises(BadPayload, match="nobody could be answered"):
        _read(text_form(From=sender))


def test_a_missing_sender_and_a_missing_id_are_refused() -> None:
    for name in ("From", "MessageSid"):
        with pytest.raises(BadPayload):
            _read([pair for pair in text_form() if pair[0] != name])


@pytest.mark.parametrize("sender", ["72975", "HARBOUR", "Harbour Foods", "+1"])
def test_a_sender_that_cannot_be_answered_is_kept(sender: str) -> None:
    """A short code or a name: nothing is lost, and it says so."""
    message = _read(text_form(From=sender))
    assert message.address == f"tel:{sender}"
    assert message.payload == {"cannot_answer": True}


def test_bytes_that_are_no_text_are_replaced() -> None:
    """Invalid UTF-8, raw and percent-encoded, half surrogate pairs, NUL."""
    rest = urlencode([pair for pair in text_form() if pair[0] != "Body"]).encode()
    [message] = Sms(sms_account()).parse(_request(rest + b"&Body=a%ff%00b\xfe%ED%A0%80c"))
    assert isinstance(message, InboundMessage)
    assert message.text.replace("�", "") == "abc"
    assert "�" in message.text


def test_media_is_listed_as_far_as_it_is_there() -> None:
    message = _read(
        text_form(
            "", NumMedia="99", MediaUrl0="https://api.twilio.com/x", MediaContentType0="application/pdf", MediaUrl3=""
        )
    )
    assert message.payload["media"] == [
        {"url": "https://api.twilio.com/x", "type": "application/pdf", "name": "file-1.pdf"}
    ]
    assert _read(text_form(NumMedia="many")).payload == {}


@pytest.mark.parametrize("kind", ["STOP", "START", "HELP"])
def test_what_twilio_read_and_answered_is_said(kind: str) -> None:
    """With Advanced Opt-Out, whatever the setting and the word."""
    for handles in (True, False):
        message = _read(text_form("basta", OptOutType=kind), handles_opt_out=handles)
        assert message.payload == {"opt_out": kind.lower(), "answered": True}


@pytest.mark.parametrize(
    ("body", "answered"),
    [
        ("STOP", True),
        (" stop ", True),
        ("Unstop", True),
        ("INFO", True),
        ("STOP.", False),
        ("please stop", False),
        ("yes", False),
        ("ARRET", False),
    ],
)
def test_only_twilios_own_words_are_answered_by_it(body: str, answered: bool) -> None:
    """YES is one of its words too, but to us an answer."""
    assert _read(text_form(body)).payload.get("answered", False) is answered
    assert _read(text_form(body), handles_opt_out=False).payload == {}


def test_a_body_that_came_as_base64_is_read_and_kept() -> None:
    said = "It was a rush. I split the aisles “by name” and we finished two hours early."
    packed = base64.b64encode(said.encode()).decode()
    message = _read(text_form(packed))
    assert message.text == said
    assert message.payload == {"original": packed}


@pytest.mark.parametrize(
    "body",
    [
        "abcd" * 20,
        "https://example.com/" + "a" * 60,
        base64.b64encode(b"yes I am here ok").decode(),
        "Yes",
        base64.b64encode(bytes(range(90))).decode(),
        "QUJD" * 20,
    ],
)
def test_what_only_looks_like_it_stays_as_it_is(body: str) -> None:
    assert decoded(body) == body


@given(st.text(max_size=300))
def test_words_are_never_taken_for_base64(text: str) -> None:
    """Anything with a space in it is what was typed."""
    assert decoded(f"{text} and so on") == f"{text} and so on"


def test_lines_end_one_way() -> None:
    assert _read(text_form("a\r\nb\rc\nd")).text == "a\nb\nc\nd"


@given(
    st.dictionaries(
        st.sampled_from(
            ["MessageSid", "From", "To", "Body", "NumMedia", "MediaUrl0", "OptOutType", "MessageStatus", "ErrorCode"]
        ),
        st.text(max_size=30),
    )
)
def test_no_form_is_answered_with_anything_but_a_sentence(fields: dict[str, str]) -> None:
    pairs = [(name, value.encode("utf-8", "replace").decode()) for name, value in fields.items()]
    try:
        read = Sms(sms_account()).parse(_request(urlencode(pairs).encode()))
    except BadPayload as refused:
        assert str(refused).endswith(".")
    else:
        assert len(read) <= 1

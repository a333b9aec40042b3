"""What every channel promises: web chat, the terminal, text messages, and one that exists in these tests only."""

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import botapp
from botapp.bootstrap import channels as built_in
from botapp.channels.base import Absent, CannotTell, Channel, Found, Outgoing, Sent, WebhookRequest
from botapp.channels.sms import Sms
from botapp.channels.terminal import Terminal
from botapp.channels.webchat import WebChat
from botapp.entrypoints.simulator.twilio import LocalTwilio
from botapp.errors import BadPayload
from botapp.messages import Card, CardKind, DeliveryReport, InboundMessage, OutboundMessage, QuickReply
from tests.support.channels import Provider, Tel, sign
from tests.support.phone import Phone
from tests.support.stack import MovableClock
from tests.support.twilio import MARIA, account_at, request_of, text_form

TOKEN = "the-shared-secret"
PLAIN = OutboundMessage("Do you hold a forklift licence?")
FULL = OutboundMessage(
    "Do you hold a forklift licence?",
    quick_replies=(QuickReply("Yes", "q1:yes"), QuickReply("No", "q1:no")),
    card=Card(CardKind.LIST, {"rows": ["One", "Two"]}, "One\nTwo"),
)
CHOICE = OutboundMessage(
    "Which shift?", quick_replies=(QuickReply("Days", "q1:days"), QuickReply("Nights", "q1:nights"))
)
LONG = OutboundMessage(" ".join(f"Sentence number {n} says a little about the shifts." for n in range(28)))
ODD = OutboundMessage("<script>alert(1)</script> \u202eright to left\u202c \u200b {{x}} 100% “quoted”")


@dataclass(frozen=True)
class Sample:
    """A channel with a genuine request to it, or None when nobody can call it."""

    channel: Channel
    address: str
    request: WebhookRequest | None
    secrets: Mapping[str, str]


def _webchat(_tmp: Path, _open: ExitStack) -> Sample:
    headers = {"X-Link": TOKEN, "X-Sender-Kind": "candidate", "X-Sender": "c1", "X-Address": "webchat:i1"}
    body = json.dumps({"client_id": "a1", "text": "Yes, since 2019"}).encode()
    return Sample(
        WebChat(MovableClock()), "webchat:i1", WebhookRequest("/c/x/messages", headers, body), {"link": TOKEN}
    )


def _terminal(_tmp: Path, _open: ExitStack) -> Sample:
    return Sample(Terminal(), "terminal:m1", None, {})


def _tel(tmp: Path, _open: ExitStack) -> Sample:
    body = json.dumps({"id": "x1", "from": "+15551230001", "to": "+15550000001", "text": "Yes, since 2019"}).encode()
    request = WebhookRequest("/hooks/tel", {"X-Signature": sign(body, TOKEN)}, body)
    channel = Tel(Provider(tmp / "provider.db"), MovableClock())
    return Sample(channel, "tel:+15551230001", request, {"token": TOKEN})


def _sms(_tmp: Path, open_: ExitStack) -> Sample:
    """Text messages over a Twilio that runs on this machine."""
    account = account_at(open_.enter_context(LocalTwilio()))
    return Sample(Sms(account, MovableClock()), f"tel:{MARIA}", request_of(text_form()), account.secrets)


SAMPLES: dict[str, Callable[[Path, ExitStack], Sample]] = {
    "webchat": _webchat,
    "terminal": _terminal,
    "tel": _tel,
    "sms": _sms,
}


@pytest.fixture(params=sorted(SAMPLES))
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sample]:
    with ExitStack() as opened:
        yield SAMPLES[request.param](tmp_path, opened)


@pytest.fixture(params=["sms", "tel", "webchat"])
def called(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Sample, WebhookRequest]]:
    """Those that have an address on the web."""
    with ExitStack() as opened:
        sample = SAMPLES[request.param](tmp_path, opened)
        assert sample.request is not None
        yield sample, sample.request


def test_the_suite_knows_every_channel() -> None:
    """A channel that is added to bootstrap is added here."""
    assert set(built_in()) <= set(SAMPLES)


def test_it_has_the_whole_shape(sample: Sample) -> None:
    """Every method of the Protocol, and a scheme that its addresses begin with."""
    methods = [name for name, _ in inspect.getmembers(Channel, inspect.isfunction) if not name.startswith("_")]
    assert all(callable(getattr(sample.channel, name)) for name in methods)
    assert re.fullmatch(r"[a-z]+", sample.channel.scheme)
    assert sample.address.startswith(f"{sample.channel.scheme}:")


def test_its_limits_make_sense(sample: Sample) -> None:
    """Lengths and waits that a turn can live with; a hop has a time-out."""
    limits = sample.channel.limits
    assert limits.max_length >= 160
    assert limits.max_buttons >= 0
    assert timedelta(0) <= limits.settle <= limits.settle_cap <= timedelta(seconds=60)
    assert not limits.hop or timedelta(0) < limits.call_timeout <= timedelta(seconds=60)
    assert limits.rate >= 0
    assert timedelta(0) <= limits.part_gap <= timedelta(seconds=30)


@pytest.mark.parametrize("message", [PLAIN, FULL, CHOICE, LONG, ODD])
def test_its_parts_say_the_whole_of_it(sample: Sample, message: OutboundMessage) -> None:
    """At least one; each fits, costs something, and is whole by itself."""
    parts = sample.channel.parts(message)
    assert parts
    assert sample.channel.parts(message) == parts
    for part in parts:
        assert sample.channel.parts(part) == [part]
        assert sample.channel.units(part) >= 1
        assert len(part.text) <= sample.channel.limits.max_length
    said = re.findall(r"\w+", " ".join(_words(dict(sample.channel.render(part))) for part in parts))
    assert set(said) >= set(re.findall(r"\w+", message.text))


def test_a_lane_is_the_same_for_the_same_sender(sample: Sample) -> None:
    """A rate needs one; parts of one message share it."""
    lane = sample.channel.lane("+12025550100", sample.address)
    assert lane == sample.channel.lane("+12025550100", sample.address)
    assert lane or not sample.channel.limits.rate
    assert not lane or lane.startswith(f"{sample.channel.scheme}:")


@pytest.mark.parametrize("message", [PLAIN, FULL, CHOICE, ODD])
def test_rendering_is_pure_and_loses_nothing(sample: Sample, message: OutboundMessage) -> None:
    """The same twice, JSON, with every word: text, button labels, the card's plain form.

    Without buttons, Yes and No need not be listed: the question asks for them already.
    """
    rendered = sample.channel.render(message)
    assert sample.channel.render(message) == rendered
    words = _words(json.loads(json.dumps(dict(rendered))))
    labels = {reply.label for reply in message.quick_replies}
    wanted = [message.text, *(labels if sample.channel.limits.max_buttons or labels - {"Yes", "No"} else ())]
    wanted += message.card.plain.splitlines() if message.card else []
    for part in wanted:
        assert part in words


def _words(value: Any) -> str:
    match value:
        case dict():
            return "\n".join(_words(v) for v in value.values())
        case list():
            return "\n".join(_words(v) for v in value)
        case _:
            return str(value)


def test_what_was_sent_is_found(sample: Sample) -> None:
    """A send says what became of it, and a look-up agrees."""
    outgoing = Outgoing("o1", sample.address, FULL)
    result = sample.channel.send(outgoing)
    assert isinstance(result, Sent)
    assert sample.channel.look_up(outgoing) == Found(result.external_id)


def test_what_was_never_sent_is_not_found(sample: Sample) -> None:
    """Over a network; without a hop there is nothing to lose: the visible row is the delivery."""
    found = sample.channel.look_up(Outgoing("o2", sample.address, PLAIN))
    assert isinstance(found, Absent | CannotTell if sample.channel.limits.hop else Found)


def test_a_genuine_call_is_read(called: tuple[Sample, WebhookRequest]) -> None:
    """Verified, then in our words; read twice it is the same message."""
    sample, request = called
    sample.channel.verify(request, sample.secrets)
    first, second = sample.channel.parse(request), sample.channel.parse(request)
    assert first == second
    [message] = first
    assert isinstance(message, InboundMessage)
    assert message.text == "Yes, since 2019"
    assert message.address == sample.address
    assert message.external_id
    assert message.received_at.tzinfo is not None
    assert sample.channel.account_of(request)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda r: WebhookRequest(r.url, {}, r.body),
        lambda r: WebhookRequest(r.url, {k: v[:-1] + "\u00e9" for k, v in r.headers.items()}, r.body),
        lambda r: WebhookRequest(r.url, dict.fromkeys(r.headers, ""), r.body),
    ],
)
def test_verification_fails_closed(
    called: tuple[Sample, WebhookRequest], tamper: Callable[[WebhookRequest], WebhookRequest]
) -> None:
    """No signature, a wrong one, an empty one."""
    sample, request = called
    with pytest.raises(BadPayload):
        sample.channel.verify(tamper(request), sample.secrets)


@pytest.mark.parametrize("secrets", [{}, {"link": "", "token": ""}, {"link": "other", "token": "other"}])
def test_verification_needs_the_secret(called: tuple[Sample, WebhookRequest], secrets: Mapping[str, str]) -> None:
    """A secret that is not configured lets nobody in."""
    sample, request = called
    with pytest.raises(BadPayload):
        sample.channel.verify(request, secrets)


def test_nobody_can_call_a_channel_without_an_address() -> None:
    """The terminal refuses a web request."""
    with pytest.raises(BadPayload):
        Terminal().verify(WebhookRequest("/", {}, b"{}"), {})
    with pytest.raises(BadPayload):
        Terminal().parse(WebhookRequest("/", {}, b"{}"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00binary",
        b"not json",
        b"[]",
        b"null",
        b"3",
        b"{}",
        b'{"text": 5, "client_id": 7, "from": 7, "id": 7}',
        b'{"text": null, "client_id": null, "from": null, "id": null}',
        b'{"status": "exploded", "ref": 1}',
        b"[" * 100_000,
    ],
)
def test_rubbish_is_refused_in_a_sentence(called: tuple[Sample, WebhookRequest], body: bytes) -> None:
    """Never another error than BadPayload."""
    sample, request = called
    with pytest.raises(BadPayload, match=r"\.$"):
        sample.channel.parse(WebhookRequest(request.url, request.headers, body))


def test_reports_are_read(tmp_path: Path) -> None:
    """A delivery report travels as one."""
    body = json.dumps({"status": "delivered", "ref": "o1", "id": "m1"}).encode()
    [read] = _tel(tmp_path, ExitStack()).channel.parse(WebhookRequest("/hooks/tel", {}, body))
    assert isinstance(read, DeliveryReport)
    assert (read.outbox_id, read.external_id, read.status) == ("o1", "m1", "delivered")


def test_a_whole_interview_over_the_throw_away_channel(phone: Phone) -> None:
    """Only handing it in under `channels` makes it work: no other part of botapp knows that it exists."""
    phone.begins()
    for text in ("yes", "3 years", "It was a rush. I split the aisles and we finished early."):
        phone.texts(text)
        phone.stack.settle()
    assert "Thank you for your time" in phone.got()[-1].text
    ids = [line.outbox_id for line in phone.got()]
    assert len(ids) == len(set(ids))


def test_a_stranger_reaches_the_front_desk_once(phone: Phone) -> None:
    """An unknown number is answered, and never put into somebody's interview."""
    phone.begins()
    before = len(phone.got())
    phone.number, phone.candidate_id = "+15557770000", ""
    phone.texts("hello?")
    phone.stack.settle()
    assert len(phone.got()) == 1
    phone.texts("hello??")
    phone.stack.settle()
    assert len(phone.got()) <= 2
    phone.number = "+15551230001"
    assert len(phone.got()) == before


@pytest.mark.parametrize("package", ["pipeline", "graphs", "state"])
def test_no_provider_is_named_outside_channels(package: str) -> None:
    """Not even in a comment. Slack is also where recruiters work: the pipeline and the tables may know that place."""
    folder = Path(botapp.__file__).parent / package
    place = "|slack" if package == "graphs" else ""
    named = re.compile(rf"twilio|telnyx|vonage|whatsapp{place}", re.IGNORECASE)
    found = [f"{path.name}: {word}" for path in folder.rglob("*.py") for word in named.findall(path.read_text())]
    assert found == []


def test_adding_it_changed_nothing_else() -> None:
    """No module of botapp knows the throw-away channel; it was only handed in."""
    source = "\n".join(path.read_text() for path in Path(botapp.__file__).parent.rglob("*.py"))
    assert "tests.support" not in source
    assert not re.search(r"\bclass Tel\b", source)

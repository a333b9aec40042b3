"""How a message looks as a text, what it costs, and the account it leaves from."""

import subprocess
import sys

import pytest

from botapp.channels.sms import Sms, SmsAccount, fallback_url, webhook_url
from botapp.errors import Permanent
from botapp.messages import Card, CardKind, OutboundMessage, QuickReply
from tests.support.twilio import NUMBER, sms_account

YES_NO = (QuickReply("Yes", "q:yes"), QuickReply("No", "q:no"))
SHIFTS = (QuickReply("Days", "q:days"), QuickReply("Nights", "q:nights"))


def _text(message: OutboundMessage) -> str:
    return str(Sms(sms_account()).render(message)["Body"])


def test_yes_and_no_need_no_list() -> None:
    assert _text(OutboundMessage("Do you hold a licence?", YES_NO)) == "Do you hold a licence?"


def test_other_choices_are_a_short_list() -> None:
    assert _text(OutboundMessage("Which shift?", SHIFTS)) == "Which shift?\n1) Days  2) Nights"


def test_a_card_is_its_plain_form() -> None:
    card = Card(CardKind.LIST, {}, "One\nTwo")
    assert _text(OutboundMessage("Open:", card=card)) == "Open:\nOne\nTwo"


def test_a_part_says_all_of_it_and_has_no_buttons() -> None:
    sms = Sms(sms_account())
    [part] = sms.parts(OutboundMessage("Which shift?", SHIFTS))
    assert part == OutboundMessage("Which shift?\n1) Days  2) Nights")
    assert sms.parts(part) == [part]


def test_a_long_message_leaves_in_parts_that_say_all_of_it() -> None:
    sms = Sms(sms_account())
    said = " ".join(f"Sentence number {n} says a little about the warehouse and its shifts." for n in range(30))
    parts = sms.parts(OutboundMessage(said))
    assert len(parts) > 1
    assert " ".join(" ".join(part.text.split()) for part in parts) == said
    assert all(sms.units(part) <= 2 for part in parts)


def test_there_is_always_a_part() -> None:
    assert Sms(sms_account()).parts(OutboundMessage("")) == [OutboundMessage("")]


def test_a_unit_is_a_segment() -> None:
    sms = Sms(sms_account())
    assert [sms.units(OutboundMessage(text)) for text in ("a" * 160, "a" * 161, "ž" * 70, "ž" * 71)] == [1, 2, 1, 2]


def test_a_lane_is_a_sender_of_ours() -> None:
    sms = Sms(sms_account())
    assert sms.lane("+12025550101", "tel:+12025550123") == "tel:+12025550101"
    assert sms.lane("", "tel:+12025550123") == f"tel:{NUMBER}"
    assert Sms(sms_account(messaging_service="MG1")).lane("", "") == "tel:MG1"


def test_the_limits_are_those_of_texting() -> None:
    limits = Sms(sms_account(segments_per_second=3.5)).limits
    assert limits.hop and limits.obeys_opt_out and limits.needs_consent and limits.keeps_quiet_hours
    assert (limits.max_length, limits.rate, limits.part_gap.total_seconds()) == (1600, 3.5, 3)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com",
        "https://api.twilio.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1:8900",
        "ftp://127.0.0.1",
        "127.0.0.1:8900",
        "http://user@127.0.0.1",
        "http://127.0.0.1:99999",
        "http://",
    ],
)
def test_only_a_server_on_this_machine_may_stand_in(url: str) -> None:
    with pytest.raises(Permanent, match="on this machine"):
        sms_account(base_url=url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8900", "http://localhost:1", "http://[::1]:8900/", "http://127.0.0.2"]
)
def test_a_server_on_this_machine_may(url: str) -> None:
    assert sms_account(base_url=url).base_url == url


def test_secrets_are_not_printed() -> None:
    shown = repr(SmsAccount("AC1", ("a-token",), (), "", "", "", "a-key"))
    assert "a-token" not in shown
    assert "a-key" not in shown


def test_the_addresses_for_the_setup_carry_the_retry_rules() -> None:
    assert webhook_url("https://a.example/") == "https://a.example/hooks/twilio/sms#rc=3&rp=all"
    assert fallback_url("https://a.example") == "https://a.example/hooks/twilio/fallback#rc=3&rp=all"


def test_the_sdk_is_loaded_with_the_first_call_only() -> None:
    """The web process reads webhooks and must start fast."""
    code = "import sys, botapp.channels.sms; assert not {'twilio.rest', 'requests', 'urllib3'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)

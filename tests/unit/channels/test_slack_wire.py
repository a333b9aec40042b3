"""What Slack posts: believed only when it is signed, and read into our words whatever it holds."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.channels.base import WebhookRequest
from botapp.channels.slack import Slack
from botapp.errors import BadPayload
from botapp.messages import InboundKind, InboundMessage, SenderKind
from tests.support.stack import MovableClock
from tests.unit.channels.slack_cases import PAYLOADS, payloads

AT = datetime(2026, 5, 4, 10, tzinfo=UTC)
SECRET, OLD = "the-signing-secret", "the-secret-before"
SECRETS = {"signing": SECRET, "signing_old": OLD, "unset": ""}


class At:
    """A clock that stands."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def slack(moment: datetime = AT) -> Slack:
    return Slack(lambda team: "", clock=At(moment))


def sign(body: bytes, stamp: str, secret: str = SECRET) -> str:
    base = b"v0:" + stamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed(
    body: bytes, at: datetime = AT, secret: str = SECRET, headers: Mapping[str, str] | None = None
) -> WebhookRequest:
    stamp = str(int(at.timestamp()))
    own = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sign(body, stamp, secret)}
    return WebhookRequest("https://x.example/hooks/slack/events", own | dict(headers or {}), body)


def as_json(payload: Any) -> WebhookRequest:
    return WebhookRequest("/", {"content-type": "application/json"}, json.dumps(payload).encode())


def as_form(**fields: str) -> WebhookRequest:
    kind = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    return WebhookRequest("/", kind, urlencode(fields).encode())


def read(payload: Any) -> list[InboundMessage]:
    """A payload the way Slack posts its kind."""
    if "_raw_form" in payload:
        request = WebhookRequest(
            "/", {"Content-Type": "application/x-www-form-urlencoded"}, payload["_raw_form"].encode()
        )
    elif payload.get("type") in ("event_callback", "url_verification"):
        request = as_json(payload)
    else:
        request = as_form(payload=json.dumps(payload))
    found = slack().parse(request)
    assert all(isinstance(message, InboundMessage) for message in found)
    return [message for message in found if isinstance(message, InboundMessage)]


def event(inner: dict[str, Any], **outer: Any) -> dict[str, Any]:
    bot = {"team_id": "T1", "user_id": "U1BOT", "is_bot": True}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "authorizations": [bot], "event": inner}
    return body | outer


def message(**inner: Any) -> dict[str, Any]:
    usual = {"type": "message", "channel": "D1", "user": "U1", "text": "Hello", "ts": "1712345678.000100"}
    return event(usual | {"channel_type": "im", "team": "T1"} | inner)


def one(payload: Any) -> InboundMessage:
    found = read(payload)
    assert len(found) == 1
    return found[0]


# ---- the signature -----------------------------------------------------------------------------------------


def test_what_slack_signed_is_believed() -> None:
    """With the secret in use, and with the one before while it is replaced."""
    for secret in (SECRET, OLD):
        slack().verify(signed(b'{"a":"\xc3\xa9"}', secret=secret), SECRETS)


@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_five_minutes_either_way_are_believed(seconds: int) -> None:
    """Clocks differ."""
    slack(AT + timedelta(seconds=seconds)).verify(signed(b"{}"), SECRETS)


@pytest.mark.parametrize("seconds", [-301, 301, 3600])
def test_what_is_older_or_newer_is_refused(seconds: int) -> None:
    """A replay, or a clock that is wrong."""
    with pytest.raises(BadPayload, match="last five minutes"):
        slack(AT + timedelta(seconds=seconds)).verify(signed(b"{}"), SECRETS)


BAD_HEADERS: list[dict[str, str]] = [
    {"X-Slack-Signature": "v0=" + "0" * 64},
    {"X-Slack-Signature": ""},
    {"X-Slack-Signature": "v0=é" + "0" * 63},
    {"X-Slack-Signature": "v0=" + "A" * 64},
    {"X-Slack-Request-Timestamp": "abc"},
    {"X-Slack-Request-Timestamp": ""},
    {"X-Slack-Request-Timestamp": "-1"},
    {"X-Slack-Request-Timestamp": "1e9"},
    {"X-Slack-Request-Timestamp": "9" * 5000},
    {"X-Slack-Request-Timestamp": "١٧١٢٣٤٥٦٧٨"},
]


@pytest.mark.parametrize("headers", BAD_HEADERS, ids=lambda h: ascii(h)[:40])
def test_garbage_headers_are_refused(headers: dict[str, str]) -> None:
    """With a sentence, not with an error of ours."""
    with pytest.raises(BadPayload):
        slack().verify(signed(b"{}", headers=headers), SECRETS)


@given(st.text(), st.text(), st.binary(max_size=200))
def test_no_headers_or_body_make_anything_else(stamp: str, signature: str, body: bytes) -> None:
    """Refused, whatever they are."""
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}
    with pytest.raises(BadPayload):
        slack().verify(WebhookRequest("/", headers, body), SECRETS)


def test_it_fails_closed() -> None:
    """No secret, no headers, bytes that are no text, a body that is too long."""
    with pytest.raises(BadPayload):
        slack().verify(signed(b"{}", secret=""), {"signing": "", "other": "  "})
    with pytest.raises(BadPayload):
        slack().verify(signed(b"{}"), {})
    with pytest.raises(BadPayload):
        slack().verify(WebhookRequest("/", {}, b"{}"), SECRETS)
    with pytest.raises(BadPayload):
        slack().verify(signed(b"\xff"), SECRETS)
    with pytest.raises(BadPayload):
        slack().verify(signed(b"x" * (1024 * 1024 + 1)), SECRETS)


def test_the_vendors_vectors() -> None:
    """Each is believed or refused as Slack says."""
    vectors = payloads("signature_vectors.json")["slack"]
    assert len(vectors["cases"]) > 5
    for case in vectors["cases"]:
        signature = vectors["signature"]
        if swap := case.get("signature_replace"):
            signature = signature.replace(*swap)
        if case.get("signature_upper"):
            signature = "v0=" + signature[3:].upper()
        headers = {
            "X-Slack-Signature": signature,
            "X-Slack-Request-Timestamp": case.get("timestamp", vectors["timestamp"]),
        }
        dropped = {"signature": "X-Slack-Signature", "timestamp": "X-Slack-Request-Timestamp"}.get(case.get("drop", ""))
        headers.pop(dropped or "", None)
        request = WebhookRequest("/", headers, (vectors["body"] + case.get("body_suffix", "")).encode())
        secrets = {"signing": case.get("secret", vectors["signing_secret"])}
        believed = True
        try:
            slack(datetime.fromtimestamp(case["now"], UTC)).verify(request, secrets)
        except BadPayload:
            believed = False
        assert believed is case["valid"], case["id"]


# ---- recorded payloads -------------------------------------------------------------------------------------


def recorded() -> list[Path]:
    return sorted(p for p in (PAYLOADS / "slack").glob("*.json") if p.name != "index.json") if PAYLOADS.exists() else []


def body_of(path: Path) -> dict[str, Any]:
    """As Slack posts it: an inner event gets its envelope."""
    kept = json.loads(path.read_text())
    payload: dict[str, Any] = kept.get("payload") or kept.get("event") or {}
    inner = "event" not in payload and "_raw_form" not in payload and path.name.startswith(("java_", "bolt_assistant"))
    posted = ("block_actions", "view_submission", "view_closed", "shortcut", "message_action", "url_verification")
    return event(payload) if inner and payload.get("type") not in posted else payload


@pytest.mark.parametrize("path", recorded(), ids=lambda p: p.stem)
def test_a_recorded_payload_is_read(path: Path) -> None:
    """All of them: a message of a person gives one message, everything else gives nothing or is refused."""
    payload = body_of(path)
    try:
        found = read(payload)
    except BadPayload as refused:
        assert str(refused)
        return
    for got in found:
        assert got.channel_account
        assert got.address.startswith("slack:")
        assert 0 < len(got.external_id) <= 200


def test_there_are_recorded_payloads() -> None:
    """Else the test above is empty."""
    if not recorded():
        pytest.skip("the recorded payloads are not on this machine")
    assert len(recorded()) > 90


@pytest.mark.parametrize(
    ("name", "address", "text"),
    [
        ("bolt_app__app_mention_event_body", "slack:T111/C111/1595926230.009600", "Hi there!"),
        ("bolt_assistant_event_3", "slack:T1/D111/1726133698.626339", "When Slack was released?"),
        ("java_MessageEventTest_50", "slack:T1/D024BE91L", "Hello hello can you hear me?"),
    ],
)
def test_what_a_recorded_message_says(name: str, address: str, text: str) -> None:
    """Where it stands and what it says."""
    payloads(f"slack/{name}.json")
    got = one(body_of(PAYLOADS / "slack" / f"{name}.json"))
    assert (got.address, got.text) == (address, text)


def test_the_account_is_the_workspace_that_installed_us() -> None:
    """Not the one where the event came from, in a channel that two share."""
    shared = payloads("slack/bolt_events_shared_channels__valid_event_body.json")["payload"]
    assert slack().account_of(as_json(shared)) == "T_INSTALLED"
    command = payloads("slack/bolt_slash_command__slash_command_body.json")["payload"]["_raw_form"]
    form = WebhookRequest("/", {"Content-Type": "application/x-www-form-urlencoded"}, command.encode())
    assert slack().account_of(form) == "T111"
    pressed = payloads("slack/bolt_block_actions__body.json")["payload"]
    assert slack().account_of(as_form(payload=json.dumps(pressed))) == "T111"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{", b"\xff", b"5", b"[" * 100_000, b'{"type":"event_callback"}']
)
def test_a_body_that_names_no_workspace_is_refused(body: bytes) -> None:
    """As JSON and as a form."""
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        with pytest.raises(BadPayload):
            slack().account_of(WebhookRequest("/", {"Content-Type": kind}, body))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["channel", "user", "ts", "thread_ts", "text", "files", "subtype", "actions", "view", "container"]
)


@given(st.sampled_from(["message", "app_mention", "app_home_opened", "tokens_revoked"]), st.dictionaries(NAMES, JSON))
def test_an_event_of_any_shape_is_read_or_refused(kind: str, inner: dict[str, Any]) -> None:
    """Never an error of ours."""
    with suppress(BadPayload):
        read(event({"type": kind, "channel": "D1", "user": "U1", "ts": "1.1"} | inner))


@given(st.sampled_from(["block_actions", "view_submission", "command"]), st.dictionaries(NAMES, JSON))
def test_a_press_of_any_shape_is_read_or_refused(kind: str, inner: dict[str, Any]) -> None:
    """Never an error of ours."""
    with suppress(BadPayload):
        read({"type": kind, "team": {"id": "T1"}} | inner)


# ---- messages ----------------------------------------------------------------------------------------------


def test_a_direct_message() -> None:
    """Its place, its sender with their workspace, its moment."""
    got = one(message())
    assert (got.channel_account, got.address, got.text) == ("T1", "slack:T1/D1", "Hello")
    assert (got.sender.kind, got.sender.id) == (SenderKind.MEMBER, "slack:T1/U1")
    assert got.external_id == "T1/D1/1712345678.000100"
    assert got.payload["direct"] is True
    assert got.received_at == AT


def test_a_mention_and_the_message_it_stands_in_are_one() -> None:
    """Two events, two event ids, one external id and one thread."""
    said = {"channel": "C2", "text": "<@U1BOT> new", "channel_type": "channel", "thread_ts": "1712345000.000100"}
    as_message = one(message(**said))
    as_mention = one(message(**said, type="app_mention") | {"event_id": "Ev2"})
    assert as_message.external_id == as_mention.external_id
    assert as_message.address == as_mention.address == "slack:T1/C2/1712345000.000100"
    assert as_message.text == as_mention.text == "new"
    assert as_message.payload["mention"] is as_mention.payload["mention"] is True


def test_a_mention_in_a_channel_begins_a_thread() -> None:
    """The thread below it; talk that is not to us is not heard."""
    said = {"channel": "C2", "text": "<@U1BOT> new", "channel_type": "channel"}
    assert one(message(**said, type="app_mention")).address == "slack:T1/C2/1712345678.000100"
    assert read(message(**said)) == []


@pytest.mark.parametrize(
    "inner",
    [
        {"bot_id": "B1"},
        {"subtype": "bot_message"},
        {"user": "U1BOT"},
        {"user": None},
        {"subtype": "message_changed", "message": {"text": "x"}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "assistant_app_thread"},
        {"hidden": True},
    ],
    ids=str,
)
def test_what_nobody_said_gives_nothing(inner: dict[str, Any]) -> None:
    """Our own and other apps' messages, edits, deletions, joins."""
    assert read(message(**inner)) == []


def test_the_url_check_and_unknown_events_give_nothing() -> None:
    """They are answered by the entry point, or not at all."""
    assert read({"type": "url_verification", "challenge": "x"}) == []
    assert read(event({"type": "reaction_added", "user": "U1"})) == []
    assert slack().parse(as_form(ssl_check="1", token="x")) == []


def test_a_guest_from_another_workspace_is_not_taken_for_ours() -> None:
    """In a channel that two share."""
    assert one(message(user_team="T9", channel="C2", thread_ts="1.2")).sender.id == "slack:T9/U1"


def test_a_very_long_paste_is_kept_whole() -> None:
    """40,000 characters are what Slack allows."""
    assert len(one(message(text="x" * 40_000)).text) == 40_000


def test_files_come_with_their_ids() -> None:
    """At most thirty, the rest counted; one that Slack hides has no address."""
    files = [
        {"id": f"F{n}", "name": f"jd{n}.pdf", "mimetype": "application/pdf", "size": 9, "url_private": "https://f/x"}
        for n in range(40)
    ]
    files[1]["mode"] = "tombstone"
    got = one(message(subtype="file_share", files=files, text=""))
    media = got.payload["media"]
    assert (len(media), got.payload["media_left_out"]) == (30, 10)
    assert media[0] == {"id": "F0", "url": "https://f/x", "type": "application/pdf", "name": "jd0.pdf", "size": 9}
    assert media[1]["url"] == ""


def test_half_characters_and_nul_can_be_stored() -> None:
    """Whatever a client sent."""
    got = one(message(text="a\x00b \ud83d"))
    got.text.encode()
    assert "\x00" not in got.text


def test_removal_is_an_event() -> None:
    """Of the app, or of tokens: only the bot's ends our access."""
    gone = one(event({"type": "app_uninstalled"}))
    assert (gone.kind, gone.external_id, gone.payload["bot"]) == (InboundKind.EVENT, "Ev1", True)
    theirs = one(event({"type": "tokens_revoked", "tokens": {"oauth": ["U5"], "bot": []}}))
    assert (theirs.payload["bot"], theirs.payload["users"]) == (False, ["U5"])


def test_a_home_that_is_opened_says_which_tab() -> None:
    """The dashboard or the conversation."""
    got = one(event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"}))
    assert (got.address, got.payload["tab"], got.sender.id) == ("slack:T1/D1", "messages", "slack:T1/U1")


# ---- presses, views, commands ------------------------------------------------------------------------------


def press(action: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "1.2.abc",
        "container": {"type": "message", "channel_id": "C2", "message_ts": "5.5", "thread_ts": "4.4"},
        "channel": {"id": "C2"}, "response_url": "https://hooks.slack.com/actions/T1/1/x",
        "actions": [{"action_ts": "1712345678.1", "type": "button", "text": {"text": "Undo"}} | action],
    } | more  # fmt: skip


def test_a_quick_reply() -> None:
    """Its label is the text, its value the payload: as in any channel."""
    got = one(press({"action_id": "reply:0", "value": '{"looks": "like json"}'}))
    assert (got.kind, got.text, got.payload["value"]) == (InboundKind.BUTTON, "Undo", '{"looks": "like json"}')
    assert (got.address, got.external_id) == ("slack:T1/C2/4.4", "1.2.abc/1712345678.1")


def test_a_control_says_what_it_is_about() -> None:
    """From a button, and from a menu."""
    value = '{"i":"abc","r":7,"q":"licence","d":"up"}'
    option = {"text": {"type": "plain_text", "text": "Move up"}, "value": value}
    got = one(press({"action_id": "question.menu", "type": "overflow", "text": None, "selected_option": option}))
    assert got.text == "Move up"
    assert got.payload["about"] == {"interviewer": "abc", "revision": 7, "question": "licence", "do": "up"}
    assert (got.payload["user"], got.payload["trigger_id"]) == ("U1", "1.2.abc")


def test_a_message_of_its_own_is_answered_below_it() -> None:
    """In a channel; in a conversation of two there is one thread."""
    box = {"type": "message", "channel_id": "C2", "message_ts": "5.5"}
    assert one(press({"action_id": "reply:0"}, container=box)).address == "slack:T1/C2/5.5"
    assert one(press({"action_id": "reply:0"}, container=box | {"channel_id": "D1"})).address == "slack:T1/D1"


def test_a_link_that_is_followed_asks_for_nothing() -> None:
    """Slack tells of it all the same."""
    assert read(press({"action_id": "draft.preview"})) == []


def test_a_control_that_is_not_ours_is_refused() -> None:
    """A value that was changed."""
    with pytest.raises(BadPayload, match="older message"):
        read(press({"action_id": "draft.publish", "value": '{"i": 5}'}))


def submission(**view: Any) -> dict[str, Any]:
    usual = {"id": "V1", "hash": "h1", "callback_id": "question.edit", "private_metadata": "", "state": {"values": {}}}
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "trigger_id": "t",
        "view": usual | view,
    }


def test_a_form_sent_twice_is_one() -> None:
    """Whatever Slack calls the two."""
    first, second = one(submission()), one(submission() | {"trigger_id": "u"})
    assert first.external_id == second.external_id == "view/V1/h1"
    assert one(submission(hash="h2")).external_id != first.external_id


def test_a_form_answers_where_it_was_opened() -> None:
    """Its thread; another workspace's thread is never believed."""
    assert one(submission(private_metadata='{"a":"slack:T1/C2/4.4","i":"abc"}')).address == "slack:T1/C2/4.4"
    assert one(submission(private_metadata='{"a":"slack:T9/C2/4.4"}')).address == "slack:T1/U1"
    assert one(submission()).address == "slack:T1/U1"


def test_a_command() -> None:
    """Its words, and where an answer may go."""
    got = slack().parse(
        as_form(
            command="/interviewer", text="find <#C5|night> &amp; day", team_id="T1", channel_id="C2", user_id="U1",
            trigger_id="9.9", response_url="https://hooks.slack.com/commands/T1/1/x",
        )
    )[0]  # fmt: skip
    assert isinstance(got, InboundMessage)
    assert (got.text, got.payload["command"], got.address) == ("find #night & day", "/interviewer", "slack:T1/C2")
    assert (got.external_id, got.payload["channels"]) == ("command/9.9", {"night": "C5"})


def test_the_clock_is_the_one_passed_in() -> None:
    """A movable one too."""
    clock = MovableClock()
    made = Slack(lambda team: "", clock=clock)
    found = made.parse(as_json(message()))[0]
    assert isinstance(found, InboundMessage)
    assert found.received_at == clock.now()

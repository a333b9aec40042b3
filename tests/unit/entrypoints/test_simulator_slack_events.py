"""What the local Slack sends an app, over HTTP and Socket Mode: signed, again when it must, no more than it may."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from botapp.entrypoints.simulator.slack import (
    SIGNING_SECRET,
    Kind,
    LocalSlack,
    NotPossible,
    Pace,
    SignedRequest,
)
from tests.support.slack import (
    BRISK,
    PAYLOADS,
    ListeningApp,
    Reply,
    actions,
    button,
    client_of,
    download,
    listening_app,
    local_slack,
    open_modal,
    refusal,
)


@pytest.fixture
def app() -> Iterator[ListeningApp]:
    with listening_app() as listening:
        yield listening


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with local_slack() as served:
        yield served


@pytest.fixture
def heard(app: ListeningApp) -> Iterator[LocalSlack]:
    """A Slack whose events the app hears, but for the app's own messages."""
    with local_slack(events_url=app.url) as served:
        served.echo = False
        yield served


# -- events ---------------------------------------------------------------------------------------


def test_a_dm_arrives_signed_and_once(app: ListeningApp, heard: LocalSlack) -> None:
    said = heard.says("U1", "I need a night picker").wait()
    (received,) = app.received
    event = received.body["event"]
    assert received.genuine and "x-slack-retry-num" not in received.headers
    assert (event["type"], event["channel_type"], event["text"]) == ("message", "im", "I need a night picker")
    assert (event["user"], event["ts"], event["channel"]) == ("U1", said.ts, said.channel)
    assert received.body["team_id"] == "T1" and received.body["event_id"].startswith("Ev")


def test_a_mention_makes_two_events_of_the_same_words(app: ListeningApp, heard: LocalSlack) -> None:
    said = heard.says("U1", "hello", channel="C1", mention=True).wait()
    events = [r.body for r in app.received]
    assert sorted(e["event"]["type"] for e in events) == ["app_mention", "message"]
    assert {e["event"]["ts"] for e in events} == {said.ts}
    assert len({e["event_id"] for e in events}) == 2


def test_what_the_app_may_not_hear_is_not_sent(app: ListeningApp, heard: LocalSlack) -> None:
    heard.add_channel("C2", "elsewhere", ["U1"], with_app=False)
    assert heard.says("U1", "hello", channel="C2", mention=True).deliveries == ()
    heard.team().scopes = frozenset({"app_mentions:read"})
    heard.says("U1", "hello", channel="C1", mention=True).wait()
    assert [r.body["event"]["type"] for r in app.received] == ["app_mention"]


def test_a_failed_event_comes_again_three_times_with_the_reason(app: ListeningApp, heard: LocalSlack) -> None:
    app.next_replies = [Reply(500)] * 9
    (delivery,) = heard.says("U1", "hello").wait().deliveries
    retries = [(r.headers.get("x-slack-retry-num"), r.headers.get("x-slack-retry-reason")) for r in app.received]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({r.body["event_id"] for r in app.received}) == 1 and all(r.genuine for r in app.received)
    assert not delivery.acked and Pace().retries == (0.0, 60.0, 300.0)
    gaps = [later.at - earlier.at for earlier, later in zip(delivery.attempts, delivery.attempts[1:], strict=False)]
    assert gaps[0] < 0.05 <= gaps[1] < 0.2 <= 0.29 < gaps[2]


def test_an_event_acknowledged_late_comes_again_and_then_no_more(app: ListeningApp, heard: LocalSlack) -> None:
    app.next_replies = [Reply(after=0.7)]
    (delivery,) = heard.says("U1", "hello").wait().deliveries
    assert [a.reason for a in delivery.attempts] == ["http_timeout", ""]
    assert delivery.attempts[0].seconds >= BRISK.ack
    assert app.received[1].headers["x-slack-retry-reason"] == "http_timeout"
    assert Pace().ack == 3.0


def test_an_app_that_is_gone_is_tried_and_then_given_up() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with local_slack(events_url=nobody) as slack:
            (delivery,) = slack.says("U1", "hello").wait().deliveries
            assert [a.reason for a in delivery.attempts] == ["connection_failed"] * 4


def test_an_app_may_ask_not_to_be_tried_again_only_when_failing(app: ListeningApp, heard: LocalSlack) -> None:
    app.next_replies = [Reply(500, headers=(("X-Slack-No-Retry", "1"),))]
    (delivery,) = heard.says("U1", "hello").wait().deliveries
    assert len(delivery.attempts) == 1 and not delivery.acked


def test_the_same_event_can_come_twice_though_acknowledged(app: ListeningApp, heard: LocalSlack) -> None:
    (delivery,) = heard.says("U1", "hello").wait().deliveries
    heard.sender.deliver_again(delivery).wait()
    assert len({r.body["event_id"] for r in app.received}) == 1 and len(app.received) == 2


def test_the_apps_own_message_comes_back_to_it_as_slack_does(app: ListeningApp, heard: LocalSlack) -> None:
    heard.echo = True
    client_of(heard).chat_postMessage(channel="C1", text="mine")
    event = app.wait_for(1)[0].body["event"]
    assert event["bot_id"] == heard.team().bot_id and event["user"] == heard.team().bot_user


def test_edits_and_deletions_are_told_as_hidden_messages(app: ListeningApp, heard: LocalSlack) -> None:
    said = heard.says("U1", "helo", channel="C1").wait()
    with pytest.raises(NotPossible, match="not a message of U2"):
        heard.edits("U2", "C1", said.ts, "mine")
    edited = heard.edits("U1", "C1", said.ts, "hello")
    assert edited is not None and edited.wait().acked
    deleted = heard.deletes("U1", "C1", said.ts)
    assert deleted is not None and deleted.wait().acked
    subtypes = [r.body["event"].get("subtype") for r in app.received]
    assert subtypes == [None, "message_changed", "message_deleted"]
    assert heard.text("C1") == ""


def test_a_file_comes_as_file_share(app: ListeningApp, heard: LocalSlack) -> None:
    file = heard.add_file("U1", "role.txt", b"Night picker")
    heard.says("U1", "", files=[file]).wait()
    event = app.received[0].body["event"]
    assert event["subtype"] == "file_share"
    assert download(event["files"][0]["url_private_download"], heard.token)[1] == b"Night picker"


def test_home_and_uninstall_are_told(app: ListeningApp, heard: LocalSlack) -> None:
    heard.opens_home("U1", "messages").wait()
    for delivery in heard.uninstalls():
        delivery.wait()
    kinds = [r.body["event"]["type"] for r in app.received]
    assert kinds[0] == "app_home_opened" and sorted(kinds[1:]) == ["app_uninstalled", "tokens_revoked"]
    assert app.received[0].body["event"]["tab"] == "messages"
    assert refusal(client_of(heard).auth_test) == "account_inactive"


def test_the_events_url_is_asked_whether_it_is_the_apps(app: ListeningApp, heard: LocalSlack) -> None:
    app.next_replies = [Reply(body='{"challenge": "c1"}')]
    assert heard.verify_url("c1")
    assert not heard.verify_url("c2")


def test_a_request_can_be_spoilt_in_signature_and_time() -> None:
    with local_slack(events_url="http://127.0.0.1:1/x") as slack:
        verifier = SignatureVerifier(SIGNING_SECRET)
        good = slack.sender.signed(Kind.EVENT, {"type": "x"})
        assert verifier.is_valid_request(good.body, good.headers)
        for spoilt in ({"secret": "another"}, {"skew": -301}, {"skew": 302}):
            bad = slack.sender.signed(Kind.EVENT, {"type": "x"}, **spoilt)
            assert not verifier.is_valid_request(bad.body, bad.headers)


def test_a_test_may_carry_the_bytes_to_the_app_itself() -> None:
    taken: list[SignedRequest] = []

    def post(request: SignedRequest, seconds: float) -> tuple[int, str, bool]:
        taken.append(request)
        return 200, "", False

    with local_slack(events_url="http://app/hooks/slack/events", post=post) as slack:
        (delivery,) = slack.says("U1", "hello").wait().deliveries
        assert delivery.acked and SignatureVerifier(SIGNING_SECRET).is_valid_request(taken[0].body, taken[0].headers)
        assert slack.signed(delivery).body == taken[0].body


def test_an_answer_that_trickles_in_late_counts_as_none() -> None:
    def post(request: SignedRequest, seconds: float) -> tuple[int, str, bool]:
        time.sleep(0.06)
        return 200, "", False

    with local_slack(events_url="http://app/", post=post, pace=replace(BRISK, ack=0.05)) as slack:
        (delivery,) = slack.says("U1", "hello").wait().deliveries
        assert [a.reason for a in delivery.attempts] == ["http_timeout"] * 4 and not delivery.acked


def _recorded(name: str) -> dict[str, Any]:
    path = PAYLOADS / "slack" / name
    if not path.exists():
        pytest.skip("the recorded Slack payloads are not on this machine")
    return dict(json.loads(path.read_text()))


def test_what_it_sends_has_every_field_that_slack_was_recorded_sending(app: ListeningApp, heard: LocalSlack) -> None:
    """But for Enterprise Grid, deprecated fields, and the rich text of what a person typed."""
    left_out = {"enterprise_id", "authed_users", "blocks", "upload", "display_as_bot", "is_cleared"}
    heard.says("U1", "hello", channel="C1", files=[heard.add_file("U1", "a.txt", b"a")]).wait()
    client_of(heard).chat_postMessage(channel="C1", text="card", blocks=actions(button(action_id="a")))
    heard.presses("U1", "a").wait()
    open_modal(heard)
    heard.submits("U1", {"q": "Why"})
    heard.runs("U1", "/interviewer")
    message, press, submitted, command = (r.body for r in app.received)
    shared = _recorded("bolt_message_file_share__event_payload.json")["payload"]
    typed = dict(parse_qsl(_recorded("bolt_slash_command__slash_command_body.json")["payload"]["_raw_form"]))
    for ours, theirs in (
        (message, shared),
        (message["event"], shared["event"]),
        (press, _recorded("bolt_block_actions__body.json")["payload"]),
        (submitted, _recorded("bolt_view_submission__body.json")["payload"]),
        (submitted["view"], _recorded("bolt_view_submission__body.json")["payload"]["view"]),
        (command, {name: value for name, value in typed.items() if not name.startswith("enterprise")}),
    ):
        assert set(theirs) - left_out <= set(ours)


# -- Socket Mode ----------------------------------------------------------------------------------


class SocketApp:
    """The vendor's Socket Mode client; acknowledges unless told to stay silent for the next few."""

    def __init__(self, slack: LocalSlack) -> None:
        self.requests: list[SocketModeRequest] = []
        self.silent = 0
        self.payload: dict[str, Any] | None = None
        self.client = SocketModeClient(slack.app_token, web_client=WebClient(base_url=slack.base_url))
        self.client.socket_mode_request_listeners.append(self._take)

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.silent:
            self.silent -= 1
            return
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.payload))


@pytest.fixture
def socket_app() -> Iterator[tuple[LocalSlack, SocketApp]]:
    with local_slack(socket_mode=True) as slack:
        listening = SocketApp(slack)
        listening.client.connect()
        slack.hub.wait_until_connected()
        yield slack, listening
        listening.client.auto_reconnect_enabled = False
        slack.hub.close_all()  # the client's own close waits for its read to time out
        listening.client.close()


def test_socket_mode_brings_events_presses_and_commands(socket_app: tuple[LocalSlack, SocketApp]) -> None:
    slack, app = socket_app
    assert slack.says("U1", "a long hello " * 900).wait().deliveries[0].acked
    open_modal(slack)
    app.payload = {"response_action": "errors", "errors": {"q": "Say more."}}
    assert slack.submits("U1", {"q": "Why"}).errors == {"q": "Say more."}
    app.payload = {"text": "Three"}
    slack.runs("U1", "/interviewer", "list")
    assert slack.hears("Three").method == "command.answer"
    assert [r.type for r in app.requests] == ["events_api", "interactive", "slash_commands"]
    assert len(app.requests[0].payload["event"]["text"]) > 10_000


def test_a_silent_socket_gets_the_envelope_again(socket_app: tuple[LocalSlack, SocketApp]) -> None:
    slack, app = socket_app
    app.silent = 1
    (delivery,) = slack.says("U1", "hello").wait().deliveries
    assert [a.reason for a in delivery.attempts] == ["http_timeout", ""]
    assert [r.retry_attempt for r in app.requests] == [0, 1]
    assert len({r.envelope_id for r in app.requests}) == 1


def test_a_client_asked_to_come_back_does(socket_app: tuple[LocalSlack, SocketApp]) -> None:
    slack, _ = socket_app
    slack.hub.disconnect_all("refresh_requested")
    until = time.monotonic() + 5
    while slack.hub.connections_made < 2 or not slack.says("U1", "back?").wait().deliveries[0].acked:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_half_open_socket_swallows_everything(socket_app: tuple[LocalSlack, SocketApp]) -> None:
    slack, app = socket_app
    slack.hub.deaf = True
    (delivery,) = slack.says("U1", "hello").wait().deliveries
    assert [a.reason for a in delivery.attempts] == ["http_timeout"] * 4
    assert len(app.requests) == 4


def _shake_hands(slack: LocalSlack) -> socket.socket:
    ticket = slack.hub.open_door().partition("?")[2]
    plain = socket.create_connection(("127.0.0.1", int(slack.root.rpartition(":")[2])), timeout=5)
    plain.sendall(f"GET /link/?{ticket} HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n\r\n".encode())
    return plain


def _read_all(plain: socket.socket) -> bytes:
    heard = b""
    with plain:
        while more := plain.recv(4096):
            heard += more
    return heard


def test_an_eleventh_socket_is_turned_away() -> None:
    with local_slack(socket_mode=True) as slack:
        opened = [_shake_hands(slack) for _ in range(10)]
        slack.hub.wait_until_connected(count=10)
        assert b"too_many_websockets" in _read_all(_shake_hands(slack))
        assert slack.hub.connected == 10
        for plain in opened:
            plain.close()


def test_a_client_that_does_not_mask_its_frames_is_cut_off(slack: LocalSlack) -> None:
    plain = _shake_hands(slack)
    plain.sendall(b"\x81\x02{}")
    assert b"101 Switching Protocols" in _read_all(plain)
    assert slack.hub.connected == 0


def test_a_socket_needs_a_ticket_and_the_app_token(slack: LocalSlack) -> None:
    assert (
        refusal(lambda: WebClient(base_url=slack.base_url).apps_connections_open(app_token="xapp-no")) == "invalid_auth"
    )
    connection = http.client.HTTPConnection("127.0.0.1", int(slack.root.rpartition(":")[2]))
    connection.request("GET", "/link/?ticket=no", headers={"Upgrade": "websocket", "Sec-WebSocket-Key": "a"})
    assert connection.getresponse().status == 401
    connection.close()


def test_an_event_with_nobody_connected_fails_as_slack_would() -> None:
    with local_slack(socket_mode=True) as slack:
        (delivery,) = slack.says("U1", "hello").wait().deliveries
        assert [a.reason for a in delivery.attempts] == ["connection_failed"] * 4

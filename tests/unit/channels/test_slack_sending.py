"""Sending to Slack: what becomes of each call is known exactly, or looked up; over HTTP, against the local Slack."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from botapp.channels.base import (
    Absent,
    Ambiguous,
    CannotTell,
    DeliveryResult,
    Found,
    Outgoing,
    Rejected,
    RetryLater,
    Sent,
)
from botapp.channels.slack import Slack, SlackApi, failure_of
from botapp.channels.slack.api import Answered, NotDone, Refused, Unsure
from botapp.entrypoints.simulator import slack_switches as troubles
from botapp.entrypoints.simulator.slack import LocalSlack
from botapp.errors import Permanent, Retryable
from botapp.messages import Card, CardKind, FailureKind, OutboundMessage, QuickReply
from tests.support.roles import night_picker
from tests.support.slack import local_slack
from tests.unit.channels.slack_cases import hard, scorecard_of, with_controls

POST = "chat.postMessage"
PUBLIC = "https://interviews.example.com"
SECOND = timedelta(seconds=1)


@pytest.fixture
def there() -> Iterator[LocalSlack]:
    with local_slack() as slack:
        yield slack


def channel_for(there: LocalSlack, timeout: timedelta = 2 * SECOND) -> Slack:
    return Slack(lambda team: there.token if team == "T1" else "", SlackApi(there.base_url, timeout), PUBLIC)


def row(text: str = "Hello", address: str = "slack:T1/C1", **more: Any) -> Outgoing:
    now = datetime.now(UTC).isoformat()
    return Outgoing("row-1", address, OutboundMessage(text, **more), sent_after=now)


def goes_wrong(there: LocalSlack, trouble: troubles.Trouble, method: str = POST) -> None:
    there.switches.add(method, trouble, 1, "")


# ---- what is posted ----------------------------------------------------------------------------------------


def test_a_message_is_posted_with_our_id(there: LocalSlack) -> None:
    """In its channel; what Slack calls it is kept."""
    result = channel_for(there).send(row("Hello"))
    posted = there.ledger.of(POST)
    assert [(entry.channel, entry.shown) for entry in posted] == [("C1", "Hello")]
    assert result == Sent(f"C1/{posted[0].ts}")
    assert posted[0].arguments["metadata"] == {"event_type": "botapp", "event_payload": {"outbox_id": "row-1"}}


def test_a_reply_stands_in_its_thread(there: LocalSlack) -> None:
    """And nowhere else."""
    channel = channel_for(there)
    first = channel.send(row())
    assert isinstance(first, Sent)
    ts = first.external_id.partition("/")[2]
    channel.send(row("In the thread", address=f"slack:T1/C1/{ts}"))
    assert there.ledger.of(POST)[-1].thread_ts == ts


@pytest.mark.parametrize(
    "message",
    [
        OutboundMessage("Done.", (QuickReply("Undo", "undo"),)),
        OutboundMessage(hard(1000), (), Card(CardKind.DRAFT, with_controls(night_picker()), "plain")),
        OutboundMessage("", (), Card(CardKind.SCORECARD, scorecard_of([hard(3000)] * 9), "plain")),
        OutboundMessage("<!channel> <@U1> *b*"),
        OutboundMessage(""),
    ],
)
def test_whatever_we_say_slack_takes(there: LocalSlack, message: OutboundMessage) -> None:
    """Cards, buttons, hard text, no text."""
    assert isinstance(channel_for(there).send(replace(row(), message=message)), Sent)
    assert there.ledger.refusals == []


def test_a_long_paste_leaves_in_pieces(there: LocalSlack) -> None:
    """40,000 characters; each piece is one message."""
    channel = channel_for(there)
    parts = channel.parts(OutboundMessage(hard(40_000)))
    assert all(isinstance(channel.send(replace(row(), message=part)), Sent) for part in parts)
    assert len(there.ledger.of(POST)) == len(parts) > 3


def test_a_message_that_replaces_another_updates_it(there: LocalSlack) -> None:
    """A digest grows in place. When nobody knows whether it did, it is done again: nothing doubles."""
    channel = channel_for(there)
    first = channel.send(row())
    assert isinstance(first, Sent)
    card = Card(
        CardKind.LIST, {"rows": [{"title": "2 finished"}], "update_ts": first.external_id.partition("/")[2]}, "2"
    )
    again = row("", card=card)
    goes_wrong(there, troubles.done_then_dropped(), "chat.update")
    assert channel.send(again) == RetryLater(timedelta(0))
    assert channel.look_up(again) == Absent()
    assert channel.send(again) == first
    assert [entry.shown for entry in there.ledger.of("chat.update")] == ["2 finished"] * 2
    assert len(there.ledger.of(POST)) == 1


# ---- what becomes of it ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "result"),
    [
        (troubles.rate_limited(7), RetryLater(7 * SECOND)),
        (troubles.error("ratelimited"), RetryLater(30 * SECOND)),
        (troubles.server_error(500), Ambiguous("Slack answered 500")),
        (troubles.server_error(503), Ambiguous("Slack answered 503")),
        (troubles.done_then_server_error(500), Ambiguous("Slack answered 500")),
        (troubles.garbage(), Ambiguous("Slack answered 200")),
        (troubles.error("fatal_error"), Ambiguous("Slack answered 200")),
        (troubles.error("internal_error"), Ambiguous("Slack answered 200")),
    ],
)
def test_a_call_that_went_wrong_is_not_repeated_here(
    there: LocalSlack, trouble: troubles.Trouble, result: DeliveryResult
) -> None:
    """One call, and what it means."""
    goes_wrong(there, trouble)
    assert channel_for(there).send(row()) == result
    assert len(there.ledger.of(POST)) == (1 if trouble.done else 0)


@pytest.mark.parametrize("trouble", [troubles.dropped(), troubles.done_then_dropped()])
def test_a_broken_connection_is_ambiguous(there: LocalSlack, trouble: troubles.Trouble) -> None:
    """It may stand there."""
    goes_wrong(there, trouble)
    assert isinstance(channel_for(there).send(row()), Ambiguous)


def test_a_time_out_is_ambiguous(there: LocalSlack) -> None:
    """After our time, not Slack's."""
    goes_wrong(there, troubles.slow(1.6))
    began = datetime.now(UTC)
    assert isinstance(channel_for(there, SECOND).send(row()), Ambiguous)
    assert datetime.now(UTC) - began < 1.5 * SECOND


def test_what_never_left_is_tried_again() -> None:
    """Nobody listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    channel = Slack(lambda _: "xoxb", SlackApi(f"http://127.0.0.1:{port}/api/", SECOND))
    assert channel.send(row()) == RetryLater(timedelta(0))
    assert channel.look_up(row()) == CannotTell()


CODES = {
    "channel_not_found": FailureKind.CONFIGURATION,
    "is_archived": FailureKind.CONFIGURATION,
    "not_in_channel": FailureKind.CONFIGURATION,
    "account_inactive": FailureKind.CONFIGURATION,
    "token_revoked": FailureKind.CONFIGURATION,
    "invalid_auth": FailureKind.CONFIGURATION,
    "missing_scope": FailureKind.CONFIGURATION,
    "restricted_action": FailureKind.CONFIGURATION,
    "msg_blocks_too_long": FailureKind.CONTENT,
    "msg_too_long": FailureKind.CONTENT,
    "invalid_blocks": FailureKind.CONTENT,
    "user_not_found": FailureKind.UNUSABLE,
    "something_new": FailureKind.OTHER,
}


@pytest.mark.parametrize(("code", "kind"), CODES.items())
def test_a_refusal_has_a_kind_and_a_sentence(there: LocalSlack, code: str, kind: FailureKind) -> None:
    """Known or not."""
    goes_wrong(there, troubles.error(code))
    result = channel_for(there).send(row())
    assert isinstance(result, Rejected)
    assert (result.failure.kind, result.failure.code) == (kind, code)
    assert result.failure.sentence.endswith(".")


def test_a_channel_that_is_gone_and_an_app_that_is_not_there(there: LocalSlack) -> None:
    """Said by Slack, or known before."""
    channel = channel_for(there)
    assert channel.send(row(address="slack:T1/C404")) == Rejected(failure_of("channel_not_found"))
    assert channel.send(row(address="slack:T2/C1")) == Rejected(failure_of("not_installed"))
    assert channel.send(row(address="slack:hiring")) == Rejected(failure_of("channel_not_found"))
    there.team().trouble = "token_revoked"
    assert channel.send(row()) == Rejected(failure_of("token_revoked"))


# ---- looking it up -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("in_thread", [False, True])
def test_what_may_have_left_is_found(there: LocalSlack, in_thread: bool) -> None:
    """By our id, in the channel or in the thread; nothing is posted twice."""
    channel = channel_for(there)
    first = channel.send(Outgoing("before", "slack:T1/C1", OutboundMessage("Before")))
    assert isinstance(first, Sent)
    where = f"slack:T1/{first.external_id}" if in_thread else "slack:T1/C1"
    goes_wrong(there, troubles.done_then_dropped())
    outgoing = row(address=where)
    assert isinstance(channel.send(outgoing), Ambiguous)
    assert channel.look_up(outgoing) == Found(f"C1/{there.ledger.of(POST)[-1].ts}")


def test_what_did_not_leave_is_absent(there: LocalSlack) -> None:
    """Others' words and our other messages are not it."""
    channel = channel_for(there)
    channel.send(Outgoing("other", "slack:T1/C1", OutboundMessage("Hello")))
    goes_wrong(there, troubles.dropped())
    assert isinstance(channel.send(row()), Ambiguous)
    assert channel.look_up(row()) == Absent()


def test_a_busy_channel_is_read_page_by_page(there: LocalSlack) -> None:
    """It is found behind 150 newer messages."""
    channel = channel_for(there)
    outgoing = row()
    channel.send(outgoing)
    for number in range(150):
        channel.send(Outgoing(f"other-{number}", "slack:T1/C1", OutboundMessage(f"{number}")))
    assert isinstance(channel.look_up(outgoing), Found)
    assert channel.look_up(replace(outgoing, id="nobody")) == Absent()


@pytest.mark.parametrize("code", ["missing_scope", "not_in_channel", "channel_not_found", "token_revoked"])
def test_without_the_permission_it_cannot_tell(there: LocalSlack, code: str) -> None:
    """Then it is shown as unknown, never blindly repeated."""
    goes_wrong(there, troubles.error(code), "conversations.history")
    assert channel_for(there).look_up(row()) == CannotTell()
    goes_wrong(there, troubles.rate_limited(60), "conversations.history")
    assert channel_for(there).look_up(row()) == CannotTell()


# ---- the calls of handlers ---------------------------------------------------------------------------------


def test_who_somebody_is(there: LocalSlack) -> None:
    """Name and address, to match them with a member."""
    found = SlackApi(there.base_url).user(there.token, "U1")
    assert isinstance(found, Answered)
    assert found.data["user"]["profile"]["email"] == "ada@example.com"


def test_each_call_says_what_became_of_it(there: LocalSlack) -> None:
    """None raises."""
    api = SlackApi(there.base_url)
    assert isinstance(api.whoami(there.token), Answered)
    assert api.whoami("") == Refused("not_installed")
    assert api.whoami("xoxb-wrong") == Refused("invalid_auth")
    assert isinstance(api.open_view(there.token, "1.2.x", {"type": "modal"}), Refused)
    goes_wrong(there, troubles.rate_limited(3), "auth.test")
    assert api.whoami(there.token) == NotDone(3 * SECOND)
    goes_wrong(there, troubles.garbage(), "auth.test")
    assert isinstance(api.whoami(there.token), Unsure)


def test_a_file_is_fetched_with_our_token_only_from_slack(there: LocalSlack) -> None:
    """Not from another server, not when it is too large, and not a sign-in page."""
    api = SlackApi(there.base_url)
    url = f"{there.root}/files-pri/T1-F404/download/jd.txt"
    with pytest.raises(Permanent, match=r"no longer has|did not give"):
        api.download(there.token, url, 1000)
    for elsewhere in ("https://evil.example/x", "http://files.slack.com/x", "https://files.slack.com.evil.example/x"):
        with pytest.raises(Permanent, match="not on Slack's own server"):
            api.download(there.token, elsewhere, 1000)
    there.goes_down()
    with pytest.raises(Retryable):
        api.download(there.token, url, 1000)
    there.comes_back()


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/api/", "http://10.0.0.1/api/", "http://user@127.0.0.1/", "ftp://127.0.0.1/", "127.0.0.1"],
)
def test_only_slack_or_this_machine_is_called(url: str) -> None:
    """A base URL anywhere else stops the start."""
    with pytest.raises(Permanent, match="this machine"):
        SlackApi(url)


def test_messages_of_a_channel_share_a_rate() -> None:
    """Threads of one channel are one lane; a message is one unit."""
    channel = Slack(lambda _: "")
    assert channel.lane("", "slack:T1/C1/1.2") == channel.lane("", "slack:T1/C1") == "slack:T1/C1"
    assert channel.units(OutboundMessage("x")) == 1
    assert channel.limits.rate == 1.0


def test_importing_the_channel_is_light() -> None:
    """The vendor's library is loaded when it is first needed: the web process starts without it."""
    code = "import sys, botapp.channels.slack as s; s.Slack(str); sys.exit('slack_sdk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Slack, for recruiters and for candidates of internal hiring: the one place that knows its words.

Guarantees: `verify` believes only what the app's secret signed; `send` posts a message at most once and says exactly
what became of it; every message carries our id, by which `look_up` finds it where a permission allows. It decides
nothing about who may be written to.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from botapp.channels.base import (
    Absent,
    Ambiguous,
    CannotTell,
    DeliveryResult,
    Found,
    Limits,
    LookUp,
    Outgoing,
    Rejected,
    RetryLater,
    Sent,
    WebhookRequest,
)
from botapp.channels.slack import inbound
from botapp.channels.slack.api import Answered, NotDone, Outcome, Refused, SlackApi, Unsure
from botapp.channels.slack.errors import failure_of
from botapp.channels.slack.payloads import prove, read_payload, team_of
from botapp.clock import Clock, SystemClock
from botapp.errors import BadPayload
from botapp.messages import DeliveryReport, InboundMessage, OutboundMessage

EVENT_TYPE = "botapp"
PAGES, PAGE = 5, 100
_ADDRESS = re.compile(r"slack:([A-Z][A-Z0-9_]+)/([A-Z][A-Z0-9_]+)(?:/(\d{1,16}\.\d{1,9}))?")


class Slack:
    """The channel of every Slack workspace the app is installed in. `token_of(team)`: its bot token, "" for none."""

    scheme = "slack"
    limits = Limits(
        max_length=40_000,
        max_buttons=25,
        hop=True,
        settle=timedelta(seconds=1),
        settle_cap=timedelta(seconds=6),
        rate=1.0,
        call_timeout=timedelta(seconds=10),
    )

    def __init__(
        self,
        token_of: Callable[[str], str],
        api: SlackApi | None = None,
        public_url: str = "",
        clock: Clock | None = None,
    ) -> None:
        self.api = api or SlackApi()
        self._token_of = token_of
        self._public_url = public_url
        self._clock = clock or SystemClock()

    def token_of(self, team: str) -> str:
        """The bot's token for a Slack workspace; "" when the app is not there."""
        return self._token_of(team)

    def account_of(self, request: WebhookRequest) -> str:
        team = team_of(read_payload(request))
        if not team:
            raise BadPayload("That call names no Slack workspace.")
        return team

    def verify(self, request: WebhookRequest, secrets: Mapping[str, str]) -> None:
        """Signed in the last five minutes with any of `secrets`: there are two while one is replaced."""
        prove(request, secrets, self._clock)

    def parse(self, request: WebhookRequest) -> list[InboundMessage | DeliveryReport]:
        return list(inbound.read(read_payload(request), self._clock.now()))

    def parts(self, message: OutboundMessage) -> list[OutboundMessage]:
        from botapp.channels.slack.rendering import split

        return split(message)

    def lane(self, sender: str, address: str) -> str:
        return "/".join(address.split("/")[:2])

    def units(self, message: OutboundMessage) -> int:
        return 1

    def render(self, message: OutboundMessage) -> Mapping[str, Any]:
        from botapp.channels.slack.rendering import rendered

        return rendered(message, self._public_url)

    def send(self, outgoing: Outgoing) -> DeliveryResult:
        from botapp.channels.slack.rendering import replaces

        place = _ADDRESS.fullmatch(outgoing.address)
        if place is None:
            return Rejected(failure_of("channel_not_found"))
        team, channel, thread = place.groups()
        arguments = {"channel": channel, **self.render(outgoing.message), **_marked(outgoing.id)}
        if ts := replaces(outgoing.message):
            outcome = self.api.call("chat.update", self._token_of(team), ts=ts, **arguments)
            # To replace twice gives the same message: nothing to look up.
            return RetryLater(timedelta(0)) if isinstance(outcome, Unsure) else _result(outcome, channel)
        reply = {"thread_ts": thread} if thread else {}
        quiet = {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
        outcome = self.api.call("chat.postMessage", self._token_of(team), **arguments, **reply, **quiet)
        return _result(outcome, channel)

    def look_up(self, outgoing: Outgoing) -> LookUp:
        """In the channel or thread, since it can have left. Without the permission to read there: it can't tell."""
        from botapp.channels.slack.rendering import replaces

        place = _ADDRESS.fullmatch(outgoing.address)
        if place is None or replaces(outgoing.message):
            return Absent()
        team, channel, thread = place.groups()
        where = {"channel": channel, "oldest": _since(outgoing.sent_after), "include_all_metadata": True, "limit": PAGE}
        method = "conversations.replies" if thread else "conversations.history"
        return self._found(method, self._token_of(team), where | ({"ts": thread} if thread else {}), outgoing.id)

    def _found(self, method: str, token: str, where: dict[str, Any], id: str) -> LookUp:
        cursor: dict[str, str] = {}
        for _ in range(PAGES):
            outcome = self.api.read(method, token, **where, **cursor)
            if not isinstance(outcome, Answered):
                return CannotTell()
            if ts := _carrying(outcome.data, id):
                return Found(f"{where['channel']}/{ts}")
            after = outcome.data.get("response_metadata") or {}
            if not outcome.data.get("has_more") or not after.get("next_cursor"):
                return Absent()
            cursor = {"cursor": str(after["next_cursor"])}
        return CannotTell()


def _marked(outbox_id: str) -> dict[str, Any]:
    """Our id, in the message; and nothing of the notification line is read as markup."""
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"outbox_id": outbox_id}}
    return {"metadata": metadata, "parse": "none", "link_names": False}


def _result(outcome: Outcome, channel: str) -> DeliveryResult:
    match outcome:
        case Answered(data=data):
            ts = data.get("ts")
            return Sent(f"{data.get('channel') or channel}/{ts}") if ts else Ambiguous("the answer names no message")
        case NotDone(after=after):
            return RetryLater(after)
        case Refused(code=code):
            return Rejected(failure_of(code))
        case Unsure(reason=reason):
            return Ambiguous(reason)


def _carrying(data: Mapping[str, Any], id: str) -> str:
    """The message with our id, as Slack names it."""
    for message in data.get("messages") or ():
        metadata = message.get("metadata") or {}
        carried = (metadata.get("event_payload") or {}).get("outbox_id")
        if metadata.get("event_type") == EVENT_TYPE and carried == id:
            return str(message.get("ts", ""))
    return ""


def _since(written: str) -> str:
    """A minute before it can have left: clocks differ."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return "0"
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{(moment - timedelta(minutes=1)).timestamp():.6f}"

"""Web chat: our own pages. The private link in the path is the proof; a visible row is the delivery."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from botapp.channels.base import (
    Absent,
    Ambiguous,
    CannotTell,
    DeliveryResult,
    Found,
    Limits,
    LookUp,
    OnePiece,
    Outgoing,
    RetryLater,
    Sent,
    WebhookRequest,
)
from botapp.clock import Clock, SystemClock
from botapp.errors import BadPayload
from botapp.messages import (
    DeliveryReport,
    InboundKind,
    InboundMessage,
    OutboundMessage,
    Sender,
    SenderKind,
    outbound_to_json,
)

__all__ = ["Absent", "Ambiguous", "CannotTell", "Found", "LookUp", "RetryLater", "WebChat"]

MAX_TEXT = 20_000
MAX_CLIENT_ID = 64


class WebChat(OnePiece):
    """The pages' channel. `parse` takes the JSON a page posts; the address and sender come from the proven link."""

    scheme = "webchat"
    limits = Limits(
        max_length=MAX_TEXT,
        max_buttons=8,
        hop=False,
        settle=timedelta(seconds=1.5),
        settle_cap=timedelta(seconds=12),
    )

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()

    def account_of(self, request: WebhookRequest) -> str:
        return self.scheme

    def verify(self, request: WebhookRequest, secrets: Mapping[str, str]) -> None:
        """The link's secret must be the one the thread was opened with."""
        secret = secrets.get("link", "").encode()
        if not secret or not hmac.compare_digest(request.headers.get("X-Link", "").encode(), secret):
            raise BadPayload("This link leads nowhere. Please use the link you were given.")

    def parse(self, request: WebhookRequest) -> list[InboundMessage | DeliveryReport]:
        try:
            body = json.loads(request.body)
            sender = Sender(SenderKind(request.headers["X-Sender-Kind"]), request.headers["X-Sender"])
            address = request.headers["X-Address"]
        except (ValueError, KeyError, RecursionError) as error:
            raise BadPayload("That message did not arrive whole. Please send it again.") from error
        return [read_post(body, address=address, sender=sender, at=self._clock.now())]

    def render(self, message: OutboundMessage) -> Mapping[str, Any]:
        return outbound_to_json(message)

    def send(self, outgoing: Outgoing) -> DeliveryResult:
        return Sent(outgoing.id)

    def look_up(self, outgoing: Outgoing) -> LookUp:
        return Found(outgoing.id)


def read_post(body: Any, *, address: str, sender: Sender, at: datetime, max_text: int = MAX_TEXT) -> InboundMessage:
    """The JSON a page posts: {client_id, text, button?: {label, value}}.

    Raises:
        BadPayload: with the sentence to show. Nothing is cut: a text that is too long is refused whole.
    """
    if not isinstance(body, dict):
        raise BadPayload("That message did not arrive whole. Please send it again.")
    client_id, text, button = body.get("client_id"), body.get("text", ""), body.get("button")
    if not isinstance(client_id, str) or not 1 <= len(client_id) <= MAX_CLIENT_ID or not client_id.isprintable():
        raise BadPayload("That message came without its id. Please reload the page and send it again.")
    if not isinstance(text, str):
        raise BadPayload("That message has no text. Please type it again.")
    if len(text) > max_text:
        raise BadPayload(f"That is longer than {max_text:,} characters. Please send it in parts; nothing was lost.")
    payload: dict[str, Any] = {}
    if button is not None:
        payload, text = _read_button(button)
    elif not text.strip():
        raise BadPayload("There is no text in that message yet.")
    return InboundMessage(
        channel_account="webchat",
        external_id=f"{address}:{client_id}",
        address=address,
        sender=sender,
        text=storable(text),
        received_at=at,
        kind=InboundKind.BUTTON if payload else InboundKind.TEXT,
        payload=payload,
        typing_ended=bool(body.get("typing_ended", False)),
    )


def _read_button(button: Any) -> tuple[dict[str, Any], str]:
    label, value = (button.get("label"), button.get("value")) if isinstance(button, dict) else (None, None)
    if not isinstance(label, str) or not isinstance(value, str) or not 0 < len(label) <= 200 or len(value) > 400:
        raise BadPayload("That button is not one of ours. Please type your answer instead.")
    return {"value": storable(value)}, label


def storable(text: str) -> str:
    """The text without NUL and without half surrogate pairs: databases refuse both."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")

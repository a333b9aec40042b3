"""Terminal: a member at `botapp chat`. Signed in by being on the machine; a visible row is the delivery."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from botapp.channels.base import DeliveryResult, Found, Limits, LookUp, OnePiece, Outgoing, Sent, WebhookRequest
from botapp.errors import BadPayload
from botapp.messages import CardKind, DeliveryReport, InboundMessage, OutboundMessage


class Terminal(OnePiece):
    """No provider calls us: `botapp chat` hands its lines straight to receive."""

    scheme = "terminal"
    limits = Limits(
        max_length=1_000_000,
        max_buttons=9,
        hop=False,
        settle=timedelta(0),
        settle_cap=timedelta(0),
    )

    def account_of(self, request: WebhookRequest) -> str:
        return self.scheme

    def verify(self, request: WebhookRequest, secrets: Mapping[str, str]) -> None:
        raise BadPayload("A terminal has no web address. Use `botapp chat`.")

    def parse(self, request: WebhookRequest) -> list[InboundMessage | DeliveryReport]:
        raise BadPayload("A terminal has no web address. Use `botapp chat`.")

    def render(self, message: OutboundMessage) -> Mapping[str, Any]:
        return {"lines": terminal_lines(message)}

    def send(self, outgoing: Outgoing) -> DeliveryResult:
        return Sent(outgoing.id)

    def look_up(self, outgoing: Outgoing) -> LookUp:
        return Found(outgoing.id)


def terminal_lines(message: OutboundMessage) -> list[str]:
    """Text, the card's plain form, and the quick replies by number."""
    lines = message.text.splitlines()
    if message.card is not None:
        indent = "  " if message.card.kind is CardKind.DIFF else ""
        lines += ["", *(indent + line for line in message.card.plain.splitlines())]
    if message.quick_replies:
        lines += ["  ".join(f"[{n}] {reply.label}" for n, reply in enumerate(message.quick_replies, 1))]
    return lines

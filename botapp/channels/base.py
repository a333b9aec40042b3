"""What a channel is. Adding one means one module with this shape and one entry in bootstrap; nothing else changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from botapp.messages import DeliveryReport, InboundMessage, OutboundMessage


@dataclass(frozen=True, slots=True)
class Limits:
    """What the wire allows. `hop`: sending crosses a network; without it the visible row is the delivery."""

    max_length: int
    max_buttons: int
    hop: bool
    settle: timedelta  # how long a text waits for more, after the last one
    settle_cap: timedelta  # and after the first one, at most
    obeys_opt_out: bool = False  # opt-out words from candidates are obeyed by rule, workspace-wide
    call_timeout: timedelta = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """Raw bytes of a provider's call, with what its signature covers."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider has it, under this id."""

    external_id: str


@dataclass(frozen=True, slots=True)
class RetryLater:
    """It surely did not leave (refused connection, rate limit): try again after `after`."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It may have left (read time-out, 5xx, broken answer): look it up, never resend blindly."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """It will never leave; `suppress`: do not write to this address again."""

    reason: str
    suppress: bool = False


DeliveryResult = Sent | RetryLater | Ambiguous | Rejected


@dataclass(frozen=True, slots=True)
class Found:
    external_id: str


@dataclass(frozen=True, slots=True)
class Absent:
    pass


@dataclass(frozen=True, slots=True)
class CannotTell:
    pass


LookUp = Found | Absent | CannotTell


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One row on its way: our id (stable over retries), where to, what."""

    id: str
    address: str
    message: OutboundMessage
    sent_after: str = field(default="")  # ISO moment before which it can't have left; narrows a look-up


class Channel(Protocol):
    """A way to reach people.

    Raises (verify, parse): BadPayload, when the request is not what it says it is. `verify` fails closed.
    """

    scheme: str
    limits: Limits

    def account_of(self, request: WebhookRequest) -> str:
        """Which account of ours the request says it is for."""
        ...

    def verify(self, request: WebhookRequest, secrets: Mapping[str, str]) -> None:
        """Prove over the raw bytes that the provider sent this."""
        ...

    def parse(self, request: WebhookRequest) -> list[InboundMessage | DeliveryReport]:
        """Their payload in our words."""
        ...

    def render(self, message: OutboundMessage) -> Mapping[str, Any]:
        """Our message in their shape (pure)."""
        ...

    def send(self, outgoing: Outgoing) -> DeliveryResult:
        """Hand it to the provider, with explicit time-outs."""
        ...

    def look_up(self, outgoing: Outgoing) -> LookUp:
        """Ask the provider whether it has it."""
        ...

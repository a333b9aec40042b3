"""What a channel is. Adding one means one module with this shape and one entry in bootstrap; nothing else changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from botapp.messages import DeliveryReport, Failure, InboundMessage, OutboundMessage


@dataclass(frozen=True, slots=True)
class Limits:
    """What the wire allows. `hop`: sending crosses a network; without it the visible row is the delivery."""

    max_length: int
    max_buttons: int
    hop: bool
    settle: timedelta  # how long a text waits for more, after the last one
    settle_cap: timedelta  # and after the first one, at most
    obeys_opt_out: bool = False  # opt-out and help words from candidates are obeyed by rule, workspace-wide
    needs_consent: bool = False  # nothing unasked leaves without a consent on record
    keeps_quiet_hours: bool = False  # nothing unasked leaves in the person's night
    rate: float = 0.0  # units a second in one lane (0: no limit); what a lane and a unit are, the channel says
    part_gap: timedelta = timedelta(0)  # how long the next part waits for the one before to be passed on, at most
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
    """It will never leave: the provider said no, and why."""

    failure: Failure


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
    sender: str = ""  # which sender of ours it leaves from (a number, a service), where there are several
    valid_for: timedelta | None = None  # stale after this: the provider should rather drop it than deliver late


class OnePiece:
    """For a channel whose messages leave whole and without a rate limit."""

    def parts(self, message: OutboundMessage) -> list[OutboundMessage]:
        return [message]

    def lane(self, sender: str, address: str) -> str:
        return ""

    def units(self, message: OutboundMessage) -> int:
        return 1


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

    def parts(self, message: OutboundMessage) -> list[OutboundMessage]:
        """The message as it leaves: one item for each message of the provider, at least one (pure)."""
        ...

    def lane(self, sender: str, address: str) -> str:
        """What shares a rate limit and a breaker: a number of ours, a channel of theirs; "" for none (pure)."""
        ...

    def units(self, message: OutboundMessage) -> int:
        """How much of the lane's rate one part takes (pure)."""
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

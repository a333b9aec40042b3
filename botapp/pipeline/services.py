"""What the verbs of the pipeline are handed: one frozen value with everything that has a side effect."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from botapp.channels.base import Channel, Limits
from botapp.clock import Clock
from botapp.errors import BadPayload
from botapp.messages import channel_of
from botapp.state.unit_of_work import Database
from botapp.state.wakeups import Wakeups

NAMESPACE = uuid.UUID("6e0f4b5e-7f0e-4c0e-9a53-0d5f0b1a2c3d")


def derived_id(*parts: object) -> str:
    """An id that a repeat derives again: it meets a constraint instead of doubling."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


def fresh_id() -> str:
    return str(uuid.uuid4())


def _pass(_point: str) -> None:
    return None


def _no_key() -> str:
    raise NotImplementedError("this process signs no links")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator decided about writing to people's own phones."""

    help_contact: str = ""
    segment_price: float = 0.0
    texting_from: time = time(9)
    texting_until: time = time(20)


@dataclass(frozen=True)
class Services:
    """`mark` is called at every named point where a crash would hurt; tests kill the process there."""

    database: Database
    wakeups: Wakeups
    channels: Mapping[str, Channel]
    clock: Clock
    base_url: str
    mark: Callable[[str], None] = field(default=_pass)
    terms: Terms = field(default=Terms())
    secrets: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)  # what webhooks are proven with
    signing_key: Callable[[], str] = field(default=_no_key, repr=False)  # what links to stages are signed with

    def now(self) -> datetime:
        return self.clock.now()

    def channel_for(self, address: str) -> Channel:
        """The channel of an address.

        Raises:
            BadPayload: no channel of this installation speaks to such an address.
        """
        channel = self.channels.get(channel_of(address))
        if channel is None:
            raise BadPayload(f"No channel here can reach an address that begins with {channel_of(address)}.")
        return channel

    def limits_for(self, address: str) -> Limits:
        return self.channel_for(address).limits

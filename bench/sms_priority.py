"""How long a reply waits behind a long list of invitations: the real outbox, gate and lanes on SQLite, time by hand.

One number sends one segment a second. 500 invitations are queued at once; five people are in the middle of an
interview, and each gets a one-segment reply somewhere in every 20 seconds. Only the call to the provider is left out.
"""

import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.ours import Silent
from botapp.bootstrap import ensure_workspace, services
from botapp.channels.base import DeliveryResult, Outgoing, Sent
from botapp.channels.sms import Sms
from botapp.config import Settings
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.pipeline.deliver import deliver_next
from botapp.pipeline.outgoing import outgoing_row
from botapp.pipeline.services import Services, fresh_id
from botapp.state import consents, outbox
from botapp.state.migrate import upgrade

INVITATIONS, LIVE, EVERY = 500, 5, 20.0
NUMBER, EMPLOYER = "+12025550100", "Harbour Lane Logistics"
INVITATION = (
    f"Hi, this is the automated assistant of {EMPLOYER} about the night picker job. "
    "Reply YES to begin. STOP ends, HELP helps."
)
REPLY = "Thanks, two years it is. Which shifts could you work?"
BEGINS = datetime(2026, 5, 4, 17, tzinfo=UTC)  # a Monday, midday all over the US


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds from a reply's row to the call that sends it, and how long the whole list took."""

    p50_s: float
    p95_s: float
    worst_s: float
    replies: int
    invitations: int
    list_s: float


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = BEGINS

    def now(self) -> datetime:
        return self.at


class Watched(Sms):
    """The channel, but for the call itself: it notes when which row would have left."""

    def watch(self, clock: Hand) -> "Watched":
        self.hand, self.left = clock, dict[str, datetime]()
        return self

    def send(self, outgoing: Outgoing) -> DeliveryResult:
        assert outgoing.id not in self.left, "sent twice"
        self.left[outgoing.id] = self.hand.now()
        return Sent(f"SM{len(self.left):032x}")


class Line:
    """One employer with one number, and everything that is to leave by it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(
            data_dir=folder,
            workspace_name=EMPLOYER,
            twilio_account_sid="AC" + "0" * 32,
            twilio_from=NUMBER,
            _env_file=None,
        )
        self.clock = Hand()
        made = services(settings, self.clock)
        channel = made.channels["tel"]
        assert isinstance(channel, Sms)
        self.channel = Watched(channel.account, self.clock).watch(self.clock)
        self.services: Services = replace(
            made, wakeups=Silent(settings.redis), channels={**made.channels, "tel": self.channel}
        )
        upgrade(made.database)
        self.workspace_id = ensure_workspace(settings, made).workspace_id

    def queue(self, number: str, about: str, text: str) -> str:
        """A row on its way to somebody who agreed, or who has just written to us."""
        id, now, address = fresh_id(), self.clock.now(), f"tel:{number}"
        with self.services.database.writing() as uow:
            if about == "reply":
                outbox.heard(uow, self.workspace_id, address, NUMBER, now)
            else:
                consents.record(
                    uow,
                    workspace_id=self.workspace_id,
                    address=address,
                    kind=consents.GIVEN,
                    how="asked for it",
                    channel="tel",
                    at=now,
                    now=now,
                )
            row = outgoing_row(
                self.services,
                uow,
                id=id,
                workspace_id=self.workspace_id,
                address=address,
                about=about,
                subject={},
                message=outbound_to_json(OutboundMessage(text)),
                asked=about == "reply",
                now=now,
                turn_id=None,
            )
            assert row.units == 1, "one segment each"
            outbox.add(uow, [row])
        return id

    def drain(self, until: datetime | None) -> None:
        """Send what may leave, moving on to when the next may, not further than `until`."""
        while True:
            while deliver_next(self.services):
                pass
            with self.services.database.reading() as uow:
                due = outbox.next_open(uow)
            if due is None or (until is not None and due > until):
                break
            self.clock.at = max(self.clock.at, due)
        if until is not None:
            self.clock.at = until


def measure(folder: Path) -> Waited:
    """Until the last invitation has left."""
    line = Line(folder)
    invited = [line.queue(f"+1303555{place:04d}", "invitation", INVITATION) for place in range(INVITATIONS)]
    written: dict[str, datetime] = {}
    for seconds, person in _moments():
        line.drain(BEGINS + timedelta(seconds=seconds))
        written[line.queue(f"+120255501{person:02d}", "reply", REPLY)] = line.clock.now()
    line.drain(None)
    line.services.database.close()
    left = line.channel.left
    assert set(left) == {*invited, *written}, "something never left"
    waits = [(left[id] - then).total_seconds() for id, then in written.items()]
    last = max(left[id] for id in invited)
    cuts = statistics.quantiles(waits, n=20)
    whole = (last - BEGINS).total_seconds()
    return Waited(statistics.median(waits), cuts[18], max(waits), len(waits), len(invited), whole)


def _moments() -> Iterator[tuple[float, int]]:
    """When whose reply is written: people don't keep step, so each at a moment of its own in every 20 seconds."""
    chance = random.Random(20260504)
    for begins in range(0, INVITATIONS, int(EVERY)):
        yield from sorted((begins + chance.uniform(0, EVERY), person) for person in range(LIVE))

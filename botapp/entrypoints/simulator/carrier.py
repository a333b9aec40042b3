"""The phone network behind the local Twilio: what becomes of a message, when, and in which order that is reported.

Guarantees: the plan for one message is pure. Per number: an error, a delay. For all: how reports are delayed, shuffled
and doubled, by a seed.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

STOP_WORDS = frozenset({"stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout"})
START_WORDS = frozenset({"start", "unstop", "yes"})
HELP_WORDS = frozenset({"help", "info"})
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe."
)
STARTED = (
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)
HELP = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


@dataclass(frozen=True, slots=True)
class Phone:
    """How one number behaves. Codes below 30000 are refusals of the call, others come as a report."""

    error_code: int = 0
    latency: float = 0.0  # seconds until the message is on the phone
    reads: bool = False  # reports "read" after "delivered"
    silent: bool = False  # no final report ever comes


@dataclass(frozen=True, slots=True)
class Reporting:
    """How status reports travel."""

    delay: float = 0.0
    shuffle: bool = False
    copies: int = 1
    before_response: bool = False  # the first report arrives before the answer to the call
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """After `after` seconds the message has this status; `told` says whether that is reported."""

    after: float
    status: str
    error_code: int = 0
    told: bool = True


@dataclass
class Network:
    """All numbers and the way reports travel; changed by tests and by the page while it runs."""

    reporting: Reporting = field(default_factory=Reporting)
    latency: float = 0.0
    phones: dict[str, Phone] = field(default_factory=dict)

    def phone(self, number: str) -> Phone:
        known = self.phones.get(number, Phone())
        return known if known.latency or not self.latency else replace(known, latency=self.latency)

    def refusal(self, number: str) -> int:
        """The code a call to this number is refused with, 0 for none."""
        code = self.phone(number).error_code
        return code if 0 < code < 30_000 else 0

    def plan(self, number: str, by_service: bool) -> list[Step]:
        """The life of a message to this number. The first status is reported with a messaging service only."""
        phone = self.phone(number)
        steps = [Step(0.0, "queued", told=by_service), Step(0.0, "sending", told=False), Step(0.0, "sent")]
        if phone.silent:
            return steps
        if phone.error_code:
            status = "failed" if phone.error_code in (30001, 30002, 30034) else "undelivered"
            return [*steps[: 2 if status == "failed" else 3], Step(phone.latency, status, phone.error_code)]
        steps.append(Step(phone.latency, "delivered"))
        return [*steps, Step(phone.latency, "read")] if phone.reads else steps

    def reports(self, steps: Iterable[Step], sid: str) -> list[tuple[float, Step]]:
        """The reports to post, with their delays: in order, or shuffled and doubled by the seed."""
        how = self.reporting
        chance = random.Random(f"{how.seed}:{sid}")
        told = [step for step in steps if step.told for _ in range(how.copies)]
        if how.shuffle:
            chance.shuffle(told)
        return [
            (how.delay + (0.0 if how.shuffle else step.after) + place * 0.001, step) for place, step in enumerate(told)
        ]


def keyword(body: str) -> str:
    """Which of Twilio's own words this is: "stop", "start", "help" or ""."""
    word = body.strip().lower()
    kinds = {"stop": STOP_WORDS, "start": START_WORDS, "help": HELP_WORDS}
    return next((kind for kind, words in kinds.items() if word in words), "")

"""The account the local Twilio plays: its numbers, its messaging service, how their webhooks are set."""

import hashlib
from dataclasses import dataclass, field

ACCOUNT_SID = "AC" + "0" * 31 + "1"
AUTH_TOKEN = "token-of-the-local-twilio"  # noqa: S105 - it opens nothing but this stand-in
NUMBER = "+12025550100"


@dataclass
class Webhooks:
    """Where texts to a number or a service are posted."""

    url: str = ""
    fallback: str = ""
    status: str = ""


@dataclass
class Account:
    """`advanced_opt_out`: OptOutType is sent, and a refusal for an opt-out comes as a report."""

    sid: str = ACCOUNT_SID
    token: str = field(default=AUTH_TOKEN, repr=False)
    numbers: tuple[str, ...] = (NUMBER,)
    service: str = ""
    handles_opt_out: bool = True
    advanced_opt_out: bool = False
    registered: bool = True
    number_webhooks: dict[str, Webhooks] = field(default_factory=dict)
    service_webhooks: Webhooks = field(default_factory=Webhooks)
    service_defers: bool = False  # texts to the service's numbers go where each number says

    def __post_init__(self) -> None:
        for number in self.numbers:
            self.number_webhooks.setdefault(number, Webhooks())

    def webhooks_for(self, number: str) -> Webhooks:
        """Where a text to this number goes."""
        if self.service and not self.service_defers and self.service_webhooks.url:
            return self.service_webhooks
        return self.number_webhooks.get(number, Webhooks())

    def point_at(self, url: str, fallback: str = "") -> None:
        """Every number and the service post to this address."""
        for webhooks in (*self.number_webhooks.values(), self.service_webhooks):
            webhooks.url, webhooks.fallback = url, fallback

    def sender_of(self, number: str) -> str:
        """What an opt-out holds for: the service, or the one number."""
        return self.service or number


def number_sid(number: str) -> str:
    """The same for the same number, in every run."""
    return "PN" + hashlib.md5(number.encode(), usedforsecurity=False).hexdigest()

"""What the provider's account says of our numbers and our service, what it should say, and the way there.

Guarantees: reading changes nothing; `apply` sets exactly the changes it is given; no token is in anything here. What
texts to a number do follows the provider's own rule: a service posts them to its address, unless it defers to numbers.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botapp.channels.sms.account import SmsAccount, fallback_url, webhook_url
from botapp.errors import NotFound, Permanent, Retryable

MOST_NUMBERS = 400  # the most senders a service may have
TEXTS, FALLBACK, APPLICATION = "texts go to", "when that fails, to", "an app that takes its texts"
_NO_ACCOUNT = "Twilio does not accept our account or token."


@dataclass(frozen=True, slots=True)
class Inbound:
    """Where texts that come in are posted."""

    url: str
    method: str
    fallback: str
    fallback_method: str


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the account. `application`: an app that takes its texts, whatever `inbound` says."""

    sid: str
    number: str
    sends_texts: bool
    inbound: Inbound
    application: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A registration for texting in the US (10DLC): its status in the provider's words, what is wrong with it."""

    status: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """`defers`: texts go where each number says. `numbers`: what it sends from."""

    sid: str
    name: str
    inbound: Inbound
    defers: bool
    numbers: tuple[str, ...]
    registered: bool
    campaigns: tuple[Campaign, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """All that was read. `numbers`: the ones in the settings and the service's own, where the account has them."""

    status: str
    kind: str
    numbers: Mapping[str, Number]
    service: Service | None

    def takes_by_service(self, number: str) -> bool:
        """Whether the service decides where texts to this number go."""
        return self.service is not None and not self.service.defers and number in self.service.numbers


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a number or service that is to be another. `field`: as the official client spells it."""

    sid: str
    whose: str
    what: str
    field: str
    old: str
    new: str


def expected(account: SmsAccount) -> Inbound:
    """What every number or service of ours should say."""
    return Inbound(webhook_url(account.public_url), "POST", fallback_url(account.public_url), "POST")


def without_rules(url: str) -> str:
    """An address without its retry settings: where it leads."""
    return url.partition("#")[0]


def read_standing(client: Any, account: SmsAccount) -> Standing:
    """Ask the provider about everything in our settings.

    Raises:
        Permanent: it does not know us. NotFound: it does not know our service. Retryable: it can't be asked now.
    """
    with _asking(_NO_ACCOUNT):
        ours = client.api.accounts(account.account_sid).fetch()
    service = _service(client, account.messaging_service) if account.messaging_service else None
    wanted = dict.fromkeys([*account.numbers, *(service.numbers if service else ())])
    with _asking("Twilio does not show the numbers of this account."):
        found = [number for one in wanted for number in _numbers(client, one)]
    return Standing(str(ours.status or ""), str(ours.type or ""), {one.number: one for one in found}, service)


def _numbers(client: Any, number: str) -> Iterator[Number]:
    """The account's number that is this one. The provider's filter matches parts of numbers, too."""
    for one in client.incoming_phone_numbers.list(phone_number=number, limit=20):
        if one.phone_number == number:
            able = bool((one.capabilities or {}).get("sms", False))
            inbound = Inbound(
                one.sms_url or "",
                one.sms_method or "POST",
                one.sms_fallback_url or "",
                one.sms_fallback_method or "POST",
            )
            yield Number(one.sid, number, able, inbound, one.sms_application_sid or "")


def _service(client: Any, sid: str) -> Service:
    context = client.messaging.v1.services(sid)
    with _asking(f"Twilio does not know the messaging service {sid}."):
        found = context.fetch()
        numbers = tuple(one.phone_number for one in context.phone_numbers.list(limit=MOST_NUMBERS))
    inbound = Inbound(
        found.inbound_request_url or "",
        found.inbound_method or "POST",
        found.fallback_url or "",
        found.fallback_method or "POST",
    )
    return Service(
        sid=sid,
        name=found.friendly_name or sid,
        inbound=inbound,
        defers=bool(found.use_inbound_webhook_on_number),
        numbers=numbers,
        registered=bool(found.us_app_to_person_registered),
        campaigns=_campaigns(context),
    )


def _campaigns(service: Any) -> tuple[Campaign, ...]:
    """The service's registrations. An account that may not look at them has none to show."""
    from twilio.base.exceptions import TwilioException

    try:
        found = service.us_app_to_person.list(limit=20)
    except TwilioException:
        return ()
    return tuple(Campaign(str(one.campaign_status or "").upper(), tuple(_reasons(one.errors))) for one in found)


def _reasons(errors: Any) -> Iterator[str]:
    for error in errors if isinstance(errors, list) else []:
        if isinstance(error, dict) and (said := error.get("error_description") or error.get("description")):
            yield str(said)


def changes(standing: Standing, account: SmsAccount) -> list[Change]:
    """What must be set so that texts reach us: each number's own address, or its service's. Pure."""
    found: list[Change] = []
    want, service = expected(account), standing.service
    if service is not None and not service.defers:
        found += _service_changes(service, want)
    for number in standing.numbers.values():
        if not standing.takes_by_service(number.number):
            found += _number_changes(number, want)
    return found


def _service_changes(service: Service, want: Inbound) -> Iterator[Change]:
    rows = [
        (TEXTS, "inbound_request_url", service.inbound.url, want.url),
        (f"{TEXTS} (method)", "inbound_method", service.inbound.method, want.method),
        (FALLBACK, "fallback_url", service.inbound.fallback, want.fallback),
        (f"{FALLBACK} (method)", "fallback_method", service.inbound.fallback_method, want.fallback_method),
    ]
    whose = f"Messaging service {service.name}"
    return (Change(service.sid, whose, what, field, old, new) for what, field, old, new in rows if old != new)


def _number_changes(number: Number, want: Inbound) -> Iterator[Change]:
    rows = [
        (APPLICATION, "sms_application_sid", number.application, ""),
        (TEXTS, "sms_url", number.inbound.url, want.url),
        (f"{TEXTS} (method)", "sms_method", number.inbound.method, want.method),
        (FALLBACK, "sms_fallback_url", number.inbound.fallback, want.fallback),
        (f"{FALLBACK} (method)", "sms_fallback_method", number.inbound.fallback_method, want.fallback_method),
    ]
    return (Change(number.sid, number.number, what, field, old, new) for what, field, old, new in rows if old != new)


def apply(client: Any, account: SmsAccount, wanted: list[Change]) -> list[Change]:
    """Set it, read everything back, and return what is still to be changed: nothing, when all went well.

    Raises:
        Permanent, Retryable: the provider refused or can't be reached; some of it may be set.
    """
    by_thing: dict[str, dict[str, str]] = {}
    for change in wanted:
        by_thing.setdefault(change.sid, {})[change.field] = change.new
    for sid, values in by_thing.items():
        thing = client.messaging.v1.services(sid) if sid.startswith("MG") else client.incoming_phone_numbers(sid)
        with _asking("Twilio refused the change."):
            thing.update(**values)
    return changes(read_standing(client, account), account)


@contextmanager
def _asking(unknown: str) -> Iterator[None]:
    """A call's failure in our words. `unknown`: what it means when the provider answers, and says no."""
    from requests.exceptions import RequestException
    from twilio.base.exceptions import TwilioException

    try:
        yield
    except RequestException as error:
        raise Retryable("Twilio can't be reached from this machine.") from error
    except TwilioException as error:
        raise _refusal(_status(error), unknown) from error


def _status(error: Exception) -> int:
    """The answer's status; of a list call it is in the answer that comes with the error."""
    carried = [getattr(error, "status", None), *(getattr(one, "status_code", None) for one in error.args)]
    return next((status for status in carried if isinstance(status, int)), 0)


def _refusal(status: int, unknown: str) -> Exception:
    if status in (401, 403):
        return Permanent(_NO_ACCOUNT)
    if status == 404:
        return NotFound(unknown)
    if status == 429 or status >= 500:
        return Retryable("Twilio can't answer just now.")
    return Permanent(unknown)

"""Calls to the provider's API, by its official client, each with a time-out and without a retry of its own.

Guarantees: what a call came to is told apart exactly. `RetryLater` only when it surely was not taken; `Rejected` only
when the provider said no; everything else is `Ambiguous`, and is looked up before anything is sent again.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from botapp.channels.base import (
    Absent,
    Ambiguous,
    CannotTell,
    DeliveryResult,
    Found,
    LookUp,
    Rejected,
    RetryLater,
    Sent,
)
from botapp.channels.sms.account import SmsAccount
from botapp.channels.sms.errors import failure_of
from botapp.clock import Clock
from botapp.messages import Failure, FailureKind
from botapp.screening.segments import as_sms

CALL_TIMEOUT = timedelta(seconds=10)
MOST_LISTED = 1000  # the largest page there is: a person with more texts than this can't be told apart
CLOCKS_DIFFER = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=15)
_NO_ACCOUNT = Failure(FailureKind.CONFIGURATION, "No Twilio account is set up yet, so no text can leave.", "")


class Calls:
    """The API of one account. Safe for several threads; the SDK is loaded with the first call."""

    def __init__(self, account: SmsAccount, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._lock = threading.Lock()
        self._client: Any = None
        self._answer = threading.local()  # status and headers of this thread's latest answer

    def create(self, form: Mapping[str, Any]) -> DeliveryResult:
        """Post one message, once."""
        if not self._account.account_sid or not any(self._account.tokens):
            return Rejected(_NO_ACCOUNT)
        from requests.exceptions import RequestException
        from twilio.base.exceptions import TwilioException

        self._answer.headers = {}
        try:
            taken = self.client().messages.create(**form)
        except RequestException as error:
            return RetryLater(timedelta(0)) if never_left(error) else Ambiguous(type(error).__name__)
        except TwilioException as error:
            return self._refused(error)
        except (ValueError, KeyError, TypeError, AttributeError):
            return Ambiguous("an answer that could not be read")
        return _taken(taken)

    def _refused(self, error: Any) -> DeliveryResult:
        """The provider answered, and not with a message."""
        status, code = int(getattr(error, "status", 0) or 0), getattr(error, "code", None)
        if status == 429 or str(code) == "20429":
            return RetryLater(wait_of(self._answer.headers.get("retry-after", ""), self._clock.now()))
        if 400 <= status < 500 and status != 408:
            return Rejected(failure_of(code if code != status else _of_status(status)))
        return Ambiguous(f"answer {status}")

    def find(self, *, to: str, sender: str, body: str, since: datetime) -> LookUp:
        """Whether the provider holds exactly one message like this.

        Dates are compared here: its own filter goes by the date of sending, which a message in its queue lacks.
        """
        by_number = {} if sender.startswith("MG") or not sender else {"from_": sender}
        try:
            page = self.client().messages.page(to=to, page_size=MOST_LISTED, **by_number)
            listed = list(page)
        except Exception:  # noqa: BLE001 - whatever went wrong, the one thing known is that we can't tell
            return CannotTell()
        same = list(_alike(listed, sender=sender, body=body, since=since))
        if len(same) == 1:
            return Found(str(same[0].sid))
        return CannotTell() if same or len(listed) >= MOST_LISTED else Absent()

    def client(self) -> Any:
        """The official client, pointed where the account says."""
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> Any:
        from twilio.http.http_client import TwilioHttpClient
        from twilio.rest import Client

        token = next((token for token in self._account.tokens if token), "")
        http = TwilioHttpClient(
            timeout=CALL_TIMEOUT.total_seconds(),
            max_retries=0,
            request_hooks={"response": [self._remember]},
            logger=_quiet_logger(),
        )
        client = Client(self._account.account_sid, token, http_client=http)
        if self._account.base_url:
            http.session.trust_env = False  # a server on this machine is never behind a proxy
            base = self._account.base_url.rstrip("/")
            client.api.base_url = client.messaging.base_url = base
        return client

    def _remember(self, response: Any, *_: Any, **__: Any) -> None:
        """The client's errors leave out the headers, and Retry-After is one."""
        self._answer.headers = {name.lower(): value for name, value in response.headers.items()}


def _quiet_logger() -> logging.Logger:
    """For the client, which logs numbers and words at INFO; its transport logs the numbers of queries at DEBUG."""
    logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)
    return logging.Logger("twilio, unheard", logging.CRITICAL + 1)


def _taken(message: Any) -> DeliveryResult:
    """A message the provider made: on its way, or dead already."""
    if not isinstance(message.sid, str) or not message.sid:
        return Ambiguous("an answer without an id")
    if message.status in ("failed", "undelivered", "canceled"):
        return Rejected(failure_of(message.error_code))
    return Sent(message.sid)


def _of_status(status: int) -> str:
    """A refusal without a code of the provider's own: only the status tells."""
    return "20003" if status in (401, 403) else "20404" if status == 404 else f"HTTP{status}"


def wait_of(retry_after: str, now: datetime) -> timedelta:
    """What Retry-After asks for, in seconds or as a date; nothing sensible: the caller's own back-off."""
    try:
        seconds = float(retry_after)
    except ValueError:
        seconds = _until(retry_after, now)
    return min(timedelta(seconds=seconds), _LONGEST_WAIT) if 0 < seconds < 1e9 else timedelta(0)


def _until(date: str, now: datetime) -> float:
    try:
        when = parsedate_to_datetime(date)
    except ValueError:
        return 0.0
    return (when.astimezone(UTC) - now).total_seconds()


def never_left(error: BaseException) -> bool:
    """Whether a failed call surely did not reach the provider: there was no connection to send it over."""
    from requests.exceptions import ConnectTimeout, ProxyError
    from urllib3.exceptions import NewConnectionError

    if isinstance(error, ConnectTimeout | ProxyError):
        return True
    return any(isinstance(cause, NewConnectionError) or _bad_certificate(cause) for cause in _causes(error))


def _bad_certificate(cause: BaseException) -> bool:
    import ssl

    return isinstance(cause, ssl.SSLCertVerificationError)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The errors inside an error: requests wraps those of urllib3 as arguments and as reasons."""
    waiting, seen = [error], set()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inside = [getattr(cause, "reason", None), cause.__cause__, *cause.args]
        waiting += [one for one in inside if isinstance(one, BaseException)]


def _alike(listed: list[Any], *, sender: str, body: str, since: datetime) -> Iterator[Any]:
    """Messages with these words, made after `since`. To that number only we write: no need to ask which way."""
    for message in listed:
        made = message.date_created
        late_enough = isinstance(made, datetime) and made >= since - CLOCKS_DIFFER
        by_service = not sender.startswith("MG") or message.messaging_service_sid in (None, "", sender)
        if late_enough and by_service and _words(message.body).endswith(_words(body)):  # a trial account writes before
            yield message


def _words(body: str | None) -> str:
    """Its words: the provider trims, may change white space, and may straighten quotes and dashes."""
    return " ".join(as_sms(body or "").split())

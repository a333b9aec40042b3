"""One account with the provider of text messages, and the addresses it calls us at.

Guarantees: a base URL other than the real one is a plain server on this machine, or construction fails. The id in a
status address is signed, so that a report can't be pinned on another row.
"""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from itsdangerous import BadSignature, URLSafeSerializer

from botapp.errors import BadPayload, Permanent

MESSAGE_PATH = "/hooks/twilio/sms"
FALLBACK_PATH = "/hooks/twilio/fallback"
STATUS_PATH = "/hooks/twilio/status"
# Read by Twilio only, never sent or signed: three retries, whatever went wrong (its default is one, on connecting).
RETRIES = "#rc=3&rp=all"


@dataclass(frozen=True, slots=True)
class SmsAccount:
    """`tokens`: the one we call with first; webhooks may be signed by any. `signing_key` signs our own ids."""

    account_sid: str
    tokens: tuple[str, ...] = field(repr=False)
    numbers: tuple[str, ...]
    messaging_service: str
    base_url: str
    public_url: str
    signing_key: str = field(repr=False)
    handles_opt_out: bool = True
    segments_per_second: float = 1.0
    settle: float = 4.0  # seconds a text waits for more of them

    def __post_init__(self) -> None:
        if self.base_url and not _on_this_machine(self.base_url):
            raise Permanent(
                "BOTAPP_TWILIO_BASE_URL may only name a server on this machine, like http://127.0.0.1:8900."
            )

    @property
    def sender(self) -> str:
        """What a message leaves from when nobody says: the messaging service, or the first number."""
        return self.messaging_service or next(iter(self.numbers), "")

    @property
    def secrets(self) -> dict[str, str]:
        """What `verify` takes: every token that may have signed a webhook."""
        return {f"token_{place}": token for place, token in enumerate(self.tokens) if token}


def _on_this_machine(url: str) -> bool:
    parts = urlsplit(url)
    try:
        known = parts.port is None or parts.port > 0
        loopback = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
    return known and loopback and parts.scheme in ("http", "https") and not parts.username


def webhook_url(public_url: str) -> str:
    """Where texts are posted, with the retry rules: what the number or service is set to."""
    return f"{public_url.rstrip('/')}{MESSAGE_PATH}{RETRIES}"


def fallback_url(public_url: str) -> str:
    """Where a text goes when the first address failed."""
    return f"{public_url.rstrip('/')}{FALLBACK_PATH}{RETRIES}"


def status_url(public_url: str, signing_key: str, outbox_id: str) -> str:
    """Where reports about this one message go."""
    query = urlencode({"ob": _serializer(signing_key).dumps(outbox_id)})
    return f"{public_url.rstrip('/')}{STATUS_PATH}?{query}{RETRIES}"


def signed_outbox_id(signing_key: str, signed: str) -> str:
    """The id in a status address.

    Raises:
        BadPayload: it was not signed by us.
    """
    try:
        id = _serializer(signing_key).loads(signed)
    except (BadSignature, ValueError) as error:
        raise BadPayload("This report names a message that is not ours.") from error
    if not isinstance(id, str) or not id:
        raise BadPayload("This report names no message.")
    return id


def _serializer(signing_key: str) -> URLSafeSerializer:
    if not signing_key:
        raise BadPayload("There is no key to check this report with.")
    return URLSafeSerializer(signing_key, salt="sms status")

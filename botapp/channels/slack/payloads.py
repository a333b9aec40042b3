"""What Slack posts to us, as one object: the signature proved, the bytes taken apart. Believes nothing.

Guarantees: no body makes anything else than an object or BadPayload; a signature older or newer than 5 minutes, or
not made with one of the app's secrets, is refused.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from botapp.channels.base import WebhookRequest
from botapp.clock import Clock
from botapp.errors import BadPayload

MAX_BODY = 1024 * 1024
MAX_FIELDS = 100
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_ID = re.compile(r"[A-Z][A-Z0-9_]{1,30}")
_NOT_SIGNED = "This call was not signed by Slack, or not in the last five minutes."


class _Seconds:
    """Our clock as the vendor's verifier asks for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


def header(request: WebhookRequest, name: str) -> str:
    """A header by its name in any case."""
    return next((value for key, value in request.headers.items() if key.lower() == name.lower()), "")


def prove(request: WebhookRequest, secrets: Mapping[str, str], clock: Clock) -> None:
    """The signature fits one of the app's secrets: two, while one is replaced by another.

    Raises:
        BadPayload: it fits none, is too old or too new, or is no signature at all.
    """
    from slack_sdk.signature import SignatureVerifier

    stamp, signature = header(request, "X-Slack-Request-Timestamp"), header(request, "X-Slack-Signature")
    # The vendor's verifier raises on a stamp that is no number and on a signature beyond ASCII.
    if not _TIMESTAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature) or len(request.body) > MAX_BODY:
        raise BadPayload(_NOT_SIGNED)
    try:
        body = request.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadPayload(_NOT_SIGNED) from error
    usable = [secret for secret in secrets.values() if secret.strip()]
    seconds: Any = _Seconds(clock)
    if not any(SignatureVerifier(secret, seconds).is_valid(body, stamp, signature) for secret in usable):
        raise BadPayload(_NOT_SIGNED)


def read_payload(request: WebhookRequest) -> dict[str, Any]:
    """The body as an object: JSON of events, the `payload` field of interactions, the fields of a command.

    Raises:
        BadPayload: it is none of these.
    """
    if len(request.body) > MAX_BODY:
        raise BadPayload("That is longer than anything Slack sends.")
    try:
        body = request.body.decode("utf-8")
        if header(request, "Content-Type").partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
            return _form(body)
        return _object(body)
    except (ValueError, RecursionError) as error:
        raise BadPayload("That is not a call of Slack's.") from error


def _form(body: str) -> dict[str, Any]:
    fields = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body), max_num_fields=MAX_FIELDS))
    if "payload" in fields:
        return _object(fields["payload"])
    return {**fields, "type": "command"} if "command" in fields else {**fields, "type": "form"}


def _object(text: str) -> dict[str, Any]:
    read = json.loads(text)
    if not isinstance(read, dict):
        raise ValueError("not an object")
    return read


def part(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object inside; an empty one when there is none."""
    found = payload.get(name)
    return found if isinstance(found, Mapping) else {}


def word(payload: Mapping[str, Any], name: str, limit: int = 300) -> str:
    """A text inside; "" when there is none."""
    found = payload.get(name)
    return found.replace("\x00", "")[:limit] if isinstance(found, str) else ""


def team_of(payload: Mapping[str, Any]) -> str:
    """The Slack workspace whose installation this is for; the organisation's id where the whole of it installed."""
    granted = payload.get("authorizations")
    first = granted[0] if isinstance(granted, list) and granted and isinstance(granted[0], Mapping) else {}
    candidates = (
        word(first, "team_id"),
        word(payload, "team_id"),
        word(part(payload, "team"), "id"),
        word(part(payload, "user"), "team_id"),
        word(part(payload, "view"), "app_installed_team_id"),
        word(first, "enterprise_id"),
        word(payload, "enterprise_id"),
        word(part(payload, "enterprise"), "id"),
    )
    return next((found for found in candidates if _ID.fullmatch(found)), "")

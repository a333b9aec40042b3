"""Sends the app what happened, as Slack does: signed, three seconds to answer, events tried again on Slack's schedule.

Guarantees: an event is sent at most four times (at once, at once again, after a minute, after five) and never again
once answered with 2xx in time; interactions and commands are sent once. Every attempt is kept, with its answer.
"""

import hashlib
import hmac
import http.client
import json
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from botapp.entrypoints.simulator.slack_payloads import as_form
from botapp.entrypoints.simulator.slack_socket import Broken, SocketHub
from botapp.entrypoints.simulator.slack_world import World


class Kind(StrEnum):
    """Also the name of the envelope in Socket Mode."""

    EVENT = "events_api"
    INTERACTION = "interactive"
    COMMAND = "slash_commands"


@dataclass(frozen=True)
class SignedRequest:
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Attempt:
    """`reason` is Slack's word for why it failed, empty when it was acknowledged."""

    number: int
    at: float
    seconds: float
    status: int = 0
    body: str = ""
    reason: str = ""
    no_retry: bool = False


@dataclass
class Delivery:
    kind: Kind
    payload: dict[str, Any]
    envelope_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    attempts: list[Attempt] = field(default_factory=list)
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def acked(self) -> bool:
        return bool(self.attempts) and not self.attempts[-1].reason

    @property
    def answer(self) -> dict[str, Any] | None:
        """What the app said in its acknowledgement, when that was a JSON object."""
        try:
            said = json.loads(self.attempts[-1].body) if self.acked and self.attempts[-1].body else None
        except ValueError:
            return None
        return said if isinstance(said, dict) else None

    @property
    def told(self) -> str:
        """What Slack tells the person who pressed or typed, when the app did not acknowledge in time."""
        if not self.attempts or self.acked:
            return ""
        return "operation_timeout" if self.attempts[-1].reason == "http_timeout" else "dispatch_failed"

    def wait(self, seconds: float = 10.0) -> "Delivery":
        if not self.finished.wait(seconds):
            raise TimeoutError(f"{self.kind} is not delivered after {seconds:g} s: {self.attempts}")
        return self


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Urls:
    """Where the app listens over HTTP. Interactions and commands without an address of their own go there too."""

    events: str = ""
    interactions: str = ""
    commands: str = ""

    def of(self, kind: Kind) -> str:
        own = {Kind.EVENT: self.events, Kind.INTERACTION: self.interactions, Kind.COMMAND: self.commands}[kind]
        return own or self.events


# How a request reaches the app: status, body, and whether it asked not to be tried again.
Post = Callable[[SignedRequest, float], tuple[int, str, bool]]


class Sender:
    def __init__(self, world: World, hub: SocketHub, urls: Urls, secret: str, *, socket_mode: bool, post: Post) -> None:
        self._world, self._hub, self.post = world, hub, post
        self.urls, self.secret, self.socket_mode = urls, secret, socket_mode
        self.stopping = threading.Event()
        self.deliveries: list[Delivery] = []
        self._lock = threading.Lock()

    def deliver(self, kind: Kind, payload: dict[str, Any]) -> Delivery:
        """On a thread of its own; `wait()` on what this returns. With nowhere to send to, it is only kept."""
        delivery = Delivery(kind, payload)
        with self._lock:
            self.deliveries.append(delivery)
        self._start(delivery)
        return delivery

    def deliver_again(self, delivery: Delivery) -> Delivery:
        """The same once more, as Slack does now and then, though it was acknowledged."""
        again = Delivery(delivery.kind, delivery.payload, delivery.envelope_id)
        with self._lock:
            self.deliveries.append(again)
        self._start(again)
        return again

    def _start(self, delivery: Delivery) -> None:
        if not self.socket_mode and not self.urls.of(delivery.kind):
            delivery.finished.set()
            return
        threading.Thread(target=self._run, args=(delivery,), name=f"slack-{delivery.kind}", daemon=True).start()

    def _run(self, delivery: Delivery) -> None:
        waits = (0.0, *self._world.pace.retries) if delivery.kind is Kind.EVENT else (0.0,)
        for number, wait in enumerate(waits):
            if self.stopping.wait(wait * self._world.pace.factor):
                break
            reason = delivery.attempts[-1].reason if delivery.attempts else ""
            delivery.attempts.append(self._attempt(delivery, number, reason))
            if delivery.acked or delivery.attempts[-1].no_retry:
                break
        delivery.finished.set()

    def _attempt(self, delivery: Delivery, number: int, reason: str) -> Attempt:
        if self.socket_mode:
            return self._by_socket(delivery, number, reason)
        return self._by_http(self.signed(delivery.kind, delivery.payload, number=number, reason=reason), number)

    def signed(
        self, kind: Kind, payload: dict[str, Any], *, number: int = 0, reason: str = "", skew: float = 0.0,
        secret: str | None = None,
    ) -> SignedRequest:  # fmt: skip
        """The bytes and headers of one request. `skew` moves its time stamp; another `secret` spoils its signature."""
        body, content_type = _encoded(kind, payload)
        timestamp = str(int(self._world.clock() + skew))
        headers = {
            "Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature_of(self.secret if secret is None else secret, timestamp, body),
        }  # fmt: skip
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        return SignedRequest(self.urls.of(kind), headers, body)

    def _by_http(self, request: SignedRequest, number: int) -> Attempt:
        at, began, limit = self._world.clock(), time.monotonic(), self._world.pace.ack
        try:
            status, body, no_retry = self.post(request, limit)
        except TimeoutError:
            return Attempt(number, at, time.monotonic() - began, reason="http_timeout")
        except (OSError, http.client.HTTPException):
            return Attempt(number, at, time.monotonic() - began, reason="connection_failed")
        seconds = time.monotonic() - began
        reason = "" if 200 <= status < 300 else "http_error"
        late = seconds > limit
        return Attempt(number, at, seconds, status, body, "http_timeout" if late else reason, no_retry and bool(reason))

    def _by_socket(self, delivery: Delivery, number: int, reason: str) -> Attempt:
        envelope: dict[str, Any] = {
            "envelope_id": delivery.envelope_id, "type": delivery.kind.value, "payload": delivery.payload,
            "accepts_response_payload": delivery.kind is not Kind.EVENT,
        }  # fmt: skip
        if delivery.kind is Kind.EVENT:
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        at, began = self._world.clock(), time.monotonic()
        try:
            said = self._hub.send(envelope, self._world.pace.ack)
        except Broken:
            return Attempt(number, at, time.monotonic() - began, reason="connection_failed")
        seconds = time.monotonic() - began
        if said is None:
            return Attempt(number, at, seconds, reason="http_timeout")
        return Attempt(number, at, seconds, 200, json.dumps(said) if said else "")


def _encoded(kind: Kind, payload: dict[str, Any]) -> tuple[bytes, str]:
    match kind:
        case Kind.EVENT:
            return json.dumps(payload).encode(), "application/json"
        case Kind.INTERACTION:
            return as_form({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded"
        case Kind.COMMAND:
            return as_form(payload), "application/x-www-form-urlencoded"


def post_over_http(request: SignedRequest, seconds: float) -> tuple[int, str, bool]:
    """The real way; TimeoutError or OSError when nobody answers."""
    parts = urlsplit(request.url)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=seconds)
    try:
        connection.request("POST", parts.path or "/", request.body, request.headers)
        answer = connection.getresponse()
        body = answer.read().decode(errors="replace")
        return answer.status, body, answer.headers.get("X-Slack-No-Retry") == "1"
    finally:
        connection.close()

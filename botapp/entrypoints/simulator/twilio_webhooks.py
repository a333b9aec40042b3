"""Posts webhooks as Twilio does: signed, within its time budget, retried by the rules in the URL's fragment.

Guarantees: the signature is the real algorithm, written here anew and not taken from the vendor's library. Only
servers on this machine are called. Every attempt is written down.
"""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

Params = Sequence[tuple[str, str]]
BUDGET = 15.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Connection overrides: retries, on what, and time-outs in seconds."""

    retries: int = 1
    on: frozenset[str] = frozenset({"ct"})
    connect: float = 5.0
    read: float = BUDGET
    total: float = BUDGET


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try. `status` 0 means no answer: `failed` says how (`ct` connecting, `rt` waiting for the answer)."""

    url: str
    status: int
    failed: str
    token: str
    params: Params
    took: float
    body: str = field(default="", repr=False)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


def rules_of(url: str) -> Rules:
    """The rules in a URL's fragment; what is out of range is as if it were not there."""
    given = {name: values[0] for name, values in parse_qs(urlsplit(url).fragment).items()}
    return Rules(
        retries=int(_number(given.get("rc"), 0, 5, 1)),
        on=frozenset(given.get("rp", "ct").split(",")),
        connect=_number(given.get("ct"), 100, 10_000, 5_000) / 1000,
        read=_number(given.get("rt"), 100, 15_000, 15_000) / 1000,
        total=_number(given.get("tt"), 100, 15_000, 15_000) / 1000,
    )


def _number(written: str | None, least: int, most: int, otherwise: int) -> float:
    if written is None or not written.isdigit() or not least <= int(written) <= most:
        return otherwise
    return int(written)


def sign(token: str, url: str, params: Params) -> str:
    """X-Twilio-Signature: HMAC-SHA1 over the URL without its fragment and every distinct name and value, sorted."""
    text = url.partition("#")[0] + "".join(name + value for name, value in sorted(set(params)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


class Poster:
    """Delivers webhooks. `routes` leads a public address to where the server really listens."""

    def __init__(self, token: str, routes: Mapping[str, str] | None = None) -> None:
        self.token = token
        self.routes = dict(routes or {})
        self._lock = threading.Lock()
        self._attempts: list[Attempt] = []

    @property
    def attempts(self) -> list[Attempt]:
        with self._lock:
            return list(self._attempts)

    def post(self, url: str, params: Params) -> Attempt:
        """With retries by the fragment's rules, all within its total budget. The last attempt counts."""
        rules, idempotency = rules_of(url), str(uuid.uuid4())
        ends = time.monotonic() + rules.total
        attempt = self._try(url, params, rules, idempotency, ends)
        for _ in range(rules.retries):
            if attempt.ok or not _retried(attempt, rules) or time.monotonic() >= ends:
                break
            attempt = self._try(url, params, rules, idempotency, ends)
        return attempt

    def post_or_fall_back(self, url: str, fallback: str, params: Params) -> Attempt:
        """The message webhook: when it failed for good, the fallback address is called once."""
        attempt = self.post(url, params) if url else Attempt("", 0, "no url", "", params, 0.0)
        if attempt.ok or not fallback:
            return attempt
        code = "11200" if attempt.status else "11205"
        told = [*params, ("ErrorCode", code), ("ErrorUrl", url.partition("#")[0])]
        rules = rules_of(fallback)
        return self._try(fallback, told, rules, str(uuid.uuid4()), time.monotonic() + rules.total)

    def _try(self, url: str, params: Params, rules: Rules, idempotency: str, ends: float) -> Attempt:
        signed = url.partition("#")[0]
        begun = time.monotonic()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "X-Home-Region": "us1",
            "I-Twilio-Idempotency-Token": idempotency,
            "X-Twilio-Signature": sign(self.token, signed, params),
        }
        status, failed, body = call(self._where(signed), urlencode(params), headers, rules, ends)
        attempt = Attempt(signed, status, failed, idempotency, tuple(params), time.monotonic() - begun, body)
        with self._lock:
            self._attempts.append(attempt)
        return attempt

    def _where(self, url: str) -> str:
        for public, actual in self.routes.items():
            if url.startswith(public.rstrip("/")):
                return actual.rstrip("/") + url[len(public.rstrip("/")) :]
        return url


def _retried(attempt: Attempt, rules: Rules) -> bool:
    kind = attempt.failed or f"{attempt.status // 100}xx"
    return "all" in rules.on or kind in rules.on


def call(url: str, body: str, headers: Mapping[str, str], rules: Rules, ends: float) -> tuple[int, str, str]:
    """(status, how it failed, the answer's body). Never raises for what the other side does."""
    parts = urlsplit(url)
    if not on_this_machine(parts.hostname or ""):
        return 0, "ct", ""
    connection = _connection(parts, min(rules.connect, max(0.05, ends - time.monotonic())))
    try:
        try:
            connection.connect()
        except OSError:
            return 0, "ct", ""
        connection.sock.settimeout(min(rules.read, max(0.05, ends - time.monotonic())))
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path or "/", body=body.encode(), headers=dict(headers))
            answer = connection.getresponse()
            return answer.status, "", answer.read(64 * 1024).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return 0, "rt", ""
    finally:
        connection.close()


def _connection(parts: SplitResult, timeout: float) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=timeout)


def on_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

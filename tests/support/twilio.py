"""What tests about text messages share: signed requests, an account for the local Twilio, a server that is called."""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from botapp.channels.base import WebhookRequest
from botapp.channels.sms import SmsAccount
from botapp.entrypoints.simulator.twilio import ACCOUNT_SID, AUTH_TOKEN, NUMBER, LocalTwilio
from botapp.entrypoints.simulator.twilio_webhooks import sign

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "data" / "payloads"
PUBLIC_URL = "https://interviews.example.com"
SIGNING_KEY = "a key of these tests"
MARIA = "+12025550123"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
FORM = "application/x-www-form-urlencoded; charset=utf-8"

needs_payloads = pytest.mark.skipif(not PAYLOADS.exists(), reason="the recorded payloads are not beside this checkout")


class SetClock:
    """Shows one moment for ever."""

    def now(self) -> datetime:
        return NOON


def sms_account(**changes: Any) -> SmsAccount:
    """An account as it would be set up, calling nobody unless `base_url` says so."""
    usual: dict[str, Any] = {
        "account_sid": ACCOUNT_SID,
        "tokens": (AUTH_TOKEN,),
        "numbers": (NUMBER,),
        "messaging_service": "",
        "base_url": "",
        "public_url": PUBLIC_URL,
        "signing_key": SIGNING_KEY,
        "handles_opt_out": True,
        "segments_per_second": 1.0,
    }
    return SmsAccount(**usual | changes)


def account_at(twilio: LocalTwilio, **changes: Any) -> SmsAccount:
    """The account of a running local Twilio."""
    theirs = twilio.account
    usual = {"base_url": twilio.url, "numbers": theirs.numbers, "account_sid": theirs.sid, "tokens": (theirs.token,)}
    return sms_account(**usual | changes)


def text_form(body: str = "Yes, since 2019", **changes: str) -> list[tuple[str, str]]:
    """The fields of a text from Maria; a change to None leaves a field out."""
    fields = {
        "MessageSid": "SM" + "a" * 32,
        "AccountSid": ACCOUNT_SID,
        "From": MARIA,
        "To": NUMBER,
        "Body": body,
        "NumMedia": "0",
        "SmsStatus": "received",
    }
    return [(name, value) for name, value in (fields | changes).items() if value is not None]


def status_form(status: str, code: str = "", **changes: str) -> list[tuple[str, str]]:
    """The fields of a report."""
    fields = {"MessageSid": "SM" + "b" * 32, "MessageStatus": status, "AccountSid": ACCOUNT_SID, "To": MARIA}
    fields |= {"ErrorCode": code} if code else {}
    return list((fields | changes).items())


def request_of(
    pairs: Sequence[tuple[str, str]],
    path: str = "/hooks/twilio/sms",
    *,
    token: str = AUTH_TOKEN,
    public_url: str = PUBLIC_URL,
    body: bytes | None = None,
) -> WebhookRequest:
    """A signed webhook. `body`: other bytes than the fields encode to."""
    headers = {"Content-Type": FORM, "X-Twilio-Signature": sign(token, f"{public_url}{path}", pairs)}
    return WebhookRequest(path, headers, urlencode(pairs).encode() if body is None else body)


def payload(name: str) -> dict[str, Any]:
    return dict(json.loads((PAYLOADS / name).read_text()))


@dataclass
class Called:
    """One request a receiver got."""

    path: str
    headers: dict[str, str]
    form: dict[str, str]
    pairs: list[tuple[str, str]]


@dataclass
class Receiver:
    """A server that is called: writes down every call and answers what it was told to, 200 after that."""

    url: str = ""
    calls: list[Called] = field(default_factory=list)
    answers: deque[int] = field(default_factory=deque)  # a status each; 0 breaks the connection
    slow: float = 0.0

    def forms(self) -> list[dict[str, str]]:
        return [call.form for call in self.calls]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver on a free port."""
    told = Receiver()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            pairs = parse_qsl(body, keep_blank_values=True)
            with lock:
                told.calls.append(Called(self.path, dict(self.headers.items()), dict(pairs), pairs))
                status = told.answers.popleft() if told.answers else 200
            time.sleep(told.slow)
            if not status:
                return
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A caller who gave up is what these tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

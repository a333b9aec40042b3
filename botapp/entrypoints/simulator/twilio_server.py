"""The HTTP side of the local Twilio: Twilio's paths with its authentication, and our own control paths under /_sim/.

Guarantees: loopback only, and only under a loopback name, so that no web page elsewhere can drive it.
"""

import base64
import binascii
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from botapp.entrypoints.simulator import twilio_control as control
from botapp.entrypoints.simulator.twilio_api import Answer, Call
from botapp.entrypoints.simulator.twilio_faults import Fault, Trouble
from botapp.entrypoints.simulator.twilio_webhooks import on_this_machine

if TYPE_CHECKING:
    from botapp.entrypoints.simulator.twilio import LocalTwilio

MOST_BYTES = 20 * 1024 * 1024
_UNWELL = {"code": 20500, "message": "Internal Server Error", "status": 500}
_TOO_MANY = {"code": 20429, "message": "Too Many Requests", "status": 429}


class Server(ThreadingHTTPServer):
    """One listening socket; `end` closes it and every connection that is still open."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 512
    allow_reuse_address = True

    def __init__(self, twilio: "LocalTwilio", port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.twilio = twilio
        self.ending = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="local-twilio", daemon=True)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self.ending.set()
        self.shutdown()
        self._thread.join()
        self.server_close()
        with self._lock:
            left = list(self._open)
        for connection in left:
            _cut(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who hung up is no error here: that is what time-outs look like."""
        import sys

        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed already


class Handler(BaseHTTPRequestHandler):
    """One request. Faults hold for calls that send a message; everything else always works."""

    protocol_version = "HTTP/1.1"
    server_version = "LocalTwilio"
    disable_nagle_algorithm = True

    @property
    def _twilio(self) -> "LocalTwilio":
        return cast(Server, self.server).twilio

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the ledger says more."""

    def do_GET(self) -> None:
        self._handle(b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            self._send(Answer(413, {"message": "too long"}))
            return
        self._handle(self.rfile.read(int(length)))

    def _handle(self, body: bytes) -> None:
        path = urlsplit(self.path).path
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        if not on_this_machine(host):
            self._send(Answer(403, {"message": "on this machine only"}))
        elif path.startswith("/_sim/"):
            self._send(self._control(path, body))
        else:
            self._twilio_call(path, body)

    def _control(self, path: str, body: bytes) -> Answer:
        """JSON in, JSON out. A form of some web page is not JSON, so it can't do anything here."""
        if self.command == "GET":
            return control.look(self._twilio, unquote(path))
        if self.headers.get_content_type() != "application/json":
            return Answer(415, {"message": "JSON only"})
        try:
            asked = json.loads(body or b"{}")
        except ValueError:
            return Answer(400, {"message": "that is not JSON"})
        return control.do(self._twilio, unquote(path), asked if isinstance(asked, dict) else {})

    def _twilio_call(self, path: str, body: bytes) -> None:
        call = Call(
            method=self.command,
            path=unquote(path),
            query=dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True)),
            form=dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)),
            user=_user(self.headers.get("Authorization", "")),
        )
        sends = self.command == "POST" and path.endswith("/Messages.json")
        trouble = self._twilio.switches.take() if sends else Trouble()
        answer = self._twilio.api.answer(call) if trouble.fault.accepts else Answer(503)
        self._answer(trouble, answer)

    def _answer(self, trouble: Trouble, answer: Answer) -> None:
        match trouble.fault:
            case Fault.ACCEPT_THEN_DROP | Fault.DROP:
                self.close_connection = True
                _cut(self.connection)
            case Fault.ACCEPT_THEN_FAIL | Fault.FAIL:
                self._send(Answer(500, _UNWELL))
            case Fault.ACCEPT_THEN_GARBLE:
                self._send(Answer(201, content=b"<html>Created", content_type="text/html"))
            case Fault.PAGE:
                self._send(Answer(503, content=b"<html>Service Unavailable</html>", content_type="text/html"))
            case Fault.LIMIT:
                self._send(Answer(429, _TOO_MANY, headers={"Retry-After": f"{trouble.seconds:g}"}))
            case Fault.SLOW | Fault.HANG:
                cast(Server, self.server).ending.wait(trouble.seconds)
                self._send(answer)
            case _:
                self._send(answer)

    def _send(self, answer: Answer) -> None:
        content = answer.content or (b"" if answer.json is None else json.dumps(answer.json).encode())
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Twilio-Request-Id", f"RQ{time.monotonic_ns():032x}")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _user(header: str) -> tuple[str, str]:
    """User and password of basic authentication."""
    kind, _, packed = header.partition(" ")
    try:
        user, _, password = base64.b64decode(packed, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return (user, password) if kind.lower() == "basic" else ("", "")

"""The local Slack's front door: one HTTP server for the Web API, response URLs, files, the install page, Socket Mode.

Guarantees: it binds to loopback only; a request is answered once or its connection dropped on purpose; being "down"
frees the port, so that a caller is refused, and being up again takes the same port.
"""

import json
import re
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, BinaryIO, cast
from urllib.parse import parse_qs, urlsplit

from botapp.entrypoints.simulator.slack_api import Answer
from botapp.entrypoints.simulator.slack_socket import Connection, SocketHub, accept_key

LONGEST_BODY = 5_000_000

# Method, path, query, headers, body -> answer. None: not this part's address.
Part = Callable[["Request"], Answer | None]


class Request:
    """One request, read whole."""

    def __init__(self, verb: str, target: str, headers: Any, body: bytes) -> None:
        parts = urlsplit(target)
        self.verb, self.path, self.query, self.headers, self.body = verb, parts.path, parts.query, headers, body

    @property
    def parameters(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(self.query, keep_blank_values=True).items()}

    @property
    def json(self) -> dict[str, Any]:
        given = json.loads(self.body or b"{}")
        if not isinstance(given, dict):
            raise ValueError("a JSON object is wanted")
        return given

    def matches(self, pattern: str) -> Mapping[str, str] | None:
        found = re.fullmatch(pattern, self.path)
        return found.groupdict() if found else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    parts: tuple[Part, ...]
    hub: SocketHub

    def log_message(self, *_: Any) -> None:
        """The ledger is the log."""

    def do_GET(self) -> None:
        if (self.headers.get("Upgrade") or "").lower() == "websocket":
            self._socket()
        else:
            self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def _answer(self, verb: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LONGEST_BODY:
            self._write(Answer(413, b"too large", content_type="text/plain"))
            return
        request = Request(verb, self.path, self.headers, self.rfile.read(length))
        answers = (part(request) for part in self.parts)
        self._write(next((a for a in answers if a is not None), Answer(404, b"", content_type="text/plain")))

    def _write(self, answer: Answer) -> None:
        self.close_connection = True
        if answer.drop:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        try:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Connection", "close")
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)
        except ConnectionError:
            return  # the caller did not wait for it

    def _socket(self) -> None:
        request = Request("GET", self.path, self.headers, b"")
        key = self.headers.get("Sec-WebSocket-Key")
        if not key or not self.hub.take_ticket(request.parameters.get("ticket", "")):
            self._write(Answer(401, b"", content_type="text/plain"))
            return
        self.close_connection = True
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept_key(key))
        self.end_headers()
        self.hub.serve(Connection(cast(BinaryIO, self.rfile), cast(BinaryIO, self.wfile)))


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self._open: set[Any] = set()
        self.mishaps: list[str] = []
        self._open_lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 (the base class's signature)
        """A caller that went away is no news; anything else is a fault of ours that a test must see."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            self.mishaps.append(traceback.format_exc())

    def cut_connections(self) -> None:
        with self._open_lock:
            still_open = list(self._open)
        for connection in still_open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class FrontDoor:
    def __init__(self, port: int, parts: tuple[Part, ...], hub: SocketHub) -> None:
        self._handler = type("Handler", (_Handler,), {"parts": parts, "hub": hub})
        self._listener: _Listener | None = _Listener(port, self._handler)
        self._thread: threading.Thread | None = None
        self._past_mishaps: list[str] = []
        self.port = int(self._listener.server_address[1])

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def mishaps(self) -> list[str]:
        """Faults of the local Slack itself, as tracebacks; none, if all is well."""
        return self._past_mishaps + (self._listener.mishaps if self._listener else [])

    def open(self) -> None:
        if self._thread is not None:
            return
        self._listener = self._listener or _Listener(self.port, self._handler)
        serve = self._listener.serve_forever
        self._thread = threading.Thread(target=serve, kwargs={"poll_interval": 0.05}, name="local-slack", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Nobody is let in any more, and who is in is put out."""
        if self._listener is None:
            return
        if self._thread is not None:
            self._listener.shutdown()
            self._thread.join(5)
        self._listener.cut_connections()
        self._listener.server_close()
        self._past_mishaps += self._listener.mishaps
        self._listener = self._thread = None

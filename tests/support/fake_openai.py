"""A small chat-completions server on the loopback that behaves, and misbehaves, as a test tells it to.

`fake.will(Says(...), Status(429), ...)` scripts the next answers, one per request, in order; `fake.requests` are the
bodies that came. It speaks the protocol for real: sockets, HTTP, JSON.
"""

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

TOKENS_IN, TOKENS_OUT = 120, 30


class Behaviour(Protocol):
    def answer(self, exchange: "Exchange") -> None: ...


class Exchange(BaseHTTPRequestHandler):
    """One request and the means to answer it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        behaviour = self.server.fake.take(self.path, json.loads(body), {k.lower(): v for k, v in self.headers.items()})
        with suppress(ConnectionError):  # a client that gave up is part of the play
            behaviour.answer(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: a test prints what it needs."""

    def send(self, body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def wait(self, seconds: float) -> None:
        self.server.fake.stopping.wait(seconds)


def completion(content: str | None, finish_reason: str = "stop", **message: Any) -> dict[str, Any]:
    """A chat completion as the protocol has it."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "fake-model",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish_reason,
                "message": {"role": "assistant", "content": content, **message},
            }
        ],
        "usage": {
            "prompt_tokens": TOKENS_IN,
            "completion_tokens": TOKENS_OUT,
            "total_tokens": TOKENS_IN + TOKENS_OUT,
        },
    }


@dataclass
class Says:
    """Answers with this content: text as it is, anything else as JSON."""

    content: Any
    finish_reason: str = "stop"

    def answer(self, exchange: Exchange) -> None:
        text = self.content if isinstance(self.content, str) else json.dumps(self.content)
        exchange.send(json.dumps(completion(text, self.finish_reason)).encode())


@dataclass
class Refuses:
    """A refusal in the protocol's own field."""

    words: str = "I can't help with that."

    def answer(self, exchange: Exchange) -> None:
        exchange.send(json.dumps(completion(None, refusal=self.words)).encode())


@dataclass
class Body:
    """A 200 with this body, whatever it is."""

    body: bytes
    content_type: str = "application/json"

    def answer(self, exchange: Exchange) -> None:
        exchange.send(self.body, headers={"Content-Type": self.content_type})


@dataclass
class Status:
    """An HTTP error as the protocol words it."""

    status: int
    message: str = "no"
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, exchange: Exchange) -> None:
        body = {"error": {"message": self.message, "type": "fake", "param": None, "code": None}}
        exchange.send(json.dumps(body).encode(), self.status, self.headers)


@dataclass
class Slow:
    """Says nothing for a while, then behaves."""

    seconds: float
    then: Behaviour = field(default_factory=lambda: Says({}))

    def answer(self, exchange: Exchange) -> None:
        exchange.wait(self.seconds)
        self.then.answer(exchange)


@dataclass
class Trickles:
    """A body that comes in crumbs, each in time, and never ends."""

    every: float = 0.05

    def answer(self, exchange: Exchange) -> None:
        exchange.send_response(200)
        exchange.send_header("Content-Type", "application/json")
        exchange.send_header("Content-Length", "1000000")
        exchange.end_headers()
        started = time.monotonic()
        while time.monotonic() - started < 10 and not exchange.server.fake.stopping.is_set():
            exchange.wfile.write(b" ")
            exchange.wait(self.every)


@dataclass
class DropsMidBody:
    """Promises more than it sends, and hangs up."""

    def answer(self, exchange: Exchange) -> None:
        exchange.send_response(200)
        exchange.send_header("Content-Type", "application/json")
        exchange.send_header("Content-Length", "5000")
        exchange.end_headers()
        exchange.wfile.write(b'{"id": "chatcmpl-1", "choices": [')
        exchange.wfile.flush()
        exchange.hang_up()


@dataclass
class HangsUp:
    """Closes the connection without a word."""

    def answer(self, exchange: Exchange) -> None:
        exchange.hang_up()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: "FakeOpenAI"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is not an error of the test."""


class FakeOpenAI:
    """The server's script and what it heard."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.stopping = threading.Event()
        self._script: deque[Behaviour] = deque()
        self._always: Callable[[dict[str, Any]], Behaviour] = lambda _request: Status(500, "nothing scripted")
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.fake = self

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def will(self, *behaviours: Behaviour) -> None:
        """Script the next answers; without a script a request gets a 500."""
        self._script.extend(behaviours)

    def always(self, behaves: Callable[[dict[str, Any]], Behaviour]) -> None:
        """What to do with a request that nothing was scripted for."""
        self._always = behaves

    def forget(self) -> None:
        """What was scripted and what was heard so far."""
        with self._lock:
            self._script.clear()
            for heard in (self.requests, self.headers, self.paths):
                heard.clear()

    def take(self, path: str, request: dict[str, Any], headers: dict[str, str]) -> Behaviour:
        with self._lock:
            self.paths.append(path)
            self.requests.append(request)
            self.headers.append(headers)
            return self._script.popleft() if self._script else self._always(request)

    def prompt(self, number: int = -1) -> str:
        """Everything that was said to the model in this request."""
        return "\n".join(message["content"] for message in self.requests[number]["messages"])


@contextmanager
def running_fake_openai() -> Iterator[FakeOpenAI]:
    """A fake that serves until the block ends."""
    fake = FakeOpenAI()
    thread = threading.Thread(target=fake._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.stopping.set()
        fake._server.shutdown()
        fake._server.server_close()
        thread.join(timeout=5)

"""An app for the local Slack to talk to, and the ways tests reach both: the real client, the recorded limits.

The app is a small real server: it checks every signature with the vendor's verifier, keeps what came, and answers
what it is told to. It stands for botapp's own entrypoint where the rig itself is what is being tested.
"""

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from botapp.entrypoints.simulator.slack import SIGNING_SECRET, LocalSlack, Pace

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "data" / "payloads"
VENDOR_ERRORS = PAYLOADS.parents[1] / "rigs" / "specs" / "slack_oas31_errors.json"

# Nothing waits for minutes: the retries of an event come within a third of a second, and channels have no pace.
BRISK = Pace(retries=(0.0, 60.0, 300.0), factor=0.001, ack=0.5, gap=0.0, tiers=False)


@dataclass(frozen=True)
class Reply:
    """What the app answers: a status and a body, perhaps late."""

    status: int = 200
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    after: float = 0.0


@dataclass(frozen=True)
class Received:
    body: dict[str, Any]
    headers: Mapping[str, str]
    genuine: bool


class ListeningApp:
    """Answers 200 until told otherwise; `next_replies` are used up one by one."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.next_replies: list[Reply] = []
        self.url = ""
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._verifier = SignatureVerifier(SIGNING_SECRET)

    def take(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        genuine = self._verifier.is_valid_request(body, dict(headers))
        with self._changed:
            self.received.append(Received(read_body(body), headers, genuine))
            self._changed.notify_all()
            reply = self.next_replies.pop(0) if self.next_replies else Reply()
        self._closing.wait(reply.after)
        return reply

    def wait_for(self, count: int, seconds: float = 5.0) -> list[Received]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.received) >= count, seconds), self.received
            return list(self.received)

    def close(self) -> None:
        self._closing.set()


def read_body(body: bytes) -> dict[str, Any]:
    """JSON, a form, or the JSON in a form's `payload`."""
    if body.startswith(b"{"):
        return dict(json.loads(body))
    form = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    return dict(json.loads(form["payload"])) if "payload" in form else form


def _handler(take: Callable[[bytes, Mapping[str, str]], Reply]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            reply = take(body, {name.lower(): value for name, value in self.headers.items()})
            try:
                self.send_response(reply.status)
                self.send_header("Content-Length", str(len(reply.body.encode())))
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body.encode())
            except ConnectionError:
                return

    return Handler


@contextmanager
def listening_app() -> Iterator[ListeningApp]:
    app = ListeningApp()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(app.take))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    app.url = f"http://127.0.0.1:{server.server_address[1]}/hooks/slack/events"
    try:
        yield app
    finally:
        app.close()
        server.shutdown()
        thread.join()
        server.server_close()


def with_people(slack: LocalSlack) -> LocalSlack:
    """Ada and Vic, who are both in #hiring with the app."""
    slack.add_user("U1", "Ada Olsen", email="ada@example.com")
    slack.add_user("U2", "Vic Brand", email="vic@example.com")
    slack.add_channel("C1", "hiring", ["U1", "U2"])
    return slack


@contextmanager
def local_slack(**given: Any) -> Iterator[LocalSlack]:
    """Brisk unless a pace is given; a fault of the rig itself fails the test."""
    with with_people(LocalSlack(**{"pace": BRISK} | given)) as slack:
        yield slack
        assert slack.mishaps == []


def client_of(slack: LocalSlack, token: str = "", timeout: int = 5) -> WebClient:
    """The real client, with no retries of its own."""
    return WebClient(token or slack.token, base_url=slack.base_url, timeout=timeout, retry_handlers=[])


HELLO = [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}]
FIELD = {"type": "plain_text_input", "action_id": "text", "max_length": 5}
ASK: dict[str, Any] = {
    "type": "modal", "callback_id": "ask", "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {"type": "input", "block_id": "q", "label": {"type": "plain_text", "text": "Question"}, "element": FIELD}
    ],
}  # fmt: skip
HOME = {"type": "home", "blocks": HELLO}


def button(label: str = "Go", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": label}} | more


def actions(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "elements": list(elements)}]


def refusal(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as caught:
        call()
    return str(caught.value.response["error"])


def download(url: str, token: str = "") -> tuple[str, bytes]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.headers.get_content_type(), answer.read()


def sim(root: str, what: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
    body = None if given is None else json.dumps(given).encode()
    with urllib.request.urlopen(f"{root}/_sim/{what}", body, timeout=5) as answer:
        return dict(json.load(answer))


def open_modal(heard: LocalSlack, view: dict[str, Any] = ASK) -> None:
    client_of(heard).views_open(trigger_id=heard.world.new_trigger("T1", "U1"), view=view)

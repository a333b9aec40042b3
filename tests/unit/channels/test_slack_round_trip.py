"""The channel between a person in Slack and us: signed bytes in, cards and views out, against the local Slack."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from botapp.channels.base import Outgoing, Sent, WebhookRequest
from botapp.channels.slack import Slack, SlackApi
from botapp.channels.slack.actions import About, Action
from botapp.channels.slack.api import Answered
from botapp.channels.slack.forms import with_errors
from botapp.channels.slack.modals import QuestionEdit, question_view, read_question
from botapp.entrypoints.simulator.slack import SIGNING_SECRET, LocalSlack
from botapp.messages import Card, CardKind, InboundKind, InboundMessage, OutboundMessage, QuickReply
from botapp.screening.interviewer import Knockout, QuestionKind
from tests.support.roles import YEARS, night_picker
from tests.support.slack import local_slack
from tests.unit.channels.slack_cases import INTERVIEWER_ID, with_controls


class Hears:
    """An entry point with nothing behind it: verifies, reads, keeps; opens the question's view when asked to edit."""

    def __init__(self) -> None:
        self.there: LocalSlack
        self.heard: list[InboundMessage] = []
        self._changed = threading.Condition()

    @property
    def channel(self) -> Slack:
        return Slack(lambda _: self.there.token, SlackApi(self.there.base_url), "https://interviews.example.com")

    def take(self, request: WebhookRequest) -> bytes:
        self.channel.verify(request, {"signing": SIGNING_SECRET})
        found = [m for m in self.channel.parse(request) if isinstance(m, InboundMessage)]
        answer: dict[str, Any] = {}
        for message in found:
            about = message.payload.get("about", {})
            if about.get("do") == "edit":
                self._open(message)
            if message.payload.get("action") == "submit":
                read = read_question({"state": {"values": message.payload["state"]}})
                answer = with_errors(read) if isinstance(read, dict) else {}
        with self._changed:
            self.heard += found
            self._changed.notify_all()
        return json.dumps(answer).encode() if answer else b""

    def _open(self, message: InboundMessage) -> None:
        about = About(**{**message.payload["about"], "do": "", "address": message.address})
        view = question_view(YEARS, 2, about)
        opened = self.channel.api.open_view(self.there.token, message.payload["trigger_id"], view)
        assert isinstance(opened, Answered)

    def next(self, count: int) -> InboundMessage:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.heard) >= count, 5), self.heard
            return self.heard[count - 1]


@contextmanager
def listening(hears: Hears) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = hears.take(WebhookRequest(self.path, dict(self.headers.items()), body))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hooks/slack/events"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def hears() -> Iterator[Hears]:
    made = Hears()
    with listening(made) as url, local_slack(events_url=url) as there:
        made.there = there
        yield made


def posted(hears: Hears, message: OutboundMessage, address: str) -> None:
    assert isinstance(hears.channel.send(Outgoing("row", address, message)), Sent)
    assert hears.there.ledger.refusals == []


def test_a_direct_message_and_its_answer(hears: Hears) -> None:
    """The address that was heard from is the address that is answered."""
    hears.there.says("U1", "Draft a *night picker* &amp; &lt;b&gt;")
    heard = hears.next(1)
    assert heard.text == "Draft a *night picker* & <b>"
    posted(hears, OutboundMessage("Drafting."), heard.address)
    assert hears.there.ledger.of("chat.postMessage")[-1].shown == "Drafting."


def test_a_mention_is_one_message_and_answered_in_its_thread(hears: Hears) -> None:
    """Slack tells it twice where it stands in a thread."""
    said = hears.there.says("U1", "new", channel="C1", mention=True)
    heard = hears.next(1)
    posted(hears, OutboundMessage("Which role?"), heard.address)
    assert hears.there.ledger.of("chat.postMessage")[-1].thread_ts == said.ts
    hears.there.says("U2", "and now?", channel="C1", thread=said.ts, mention=True)
    hears.next(3)
    assert hears.heard[1].external_id == hears.heard[2].external_id
    assert {message.address for message in hears.heard} == {heard.address}


def test_our_own_words_are_not_heard(hears: Hears) -> None:
    """Slack tells us of them too."""
    hears.there.says("U1", "Hello")
    heard = hears.next(1)
    posted(hears, OutboundMessage("Hello."), heard.address)
    hears.there.says("U1", "Again")
    assert hears.next(2).text == "Again"


def test_a_quick_reply_comes_back_as_in_any_channel(hears: Hears) -> None:
    """Label and value, in the thread it stood in."""
    said = hears.there.says("U1", "new", channel="C1", mention=True)
    heard = hears.next(1)
    posted(hears, OutboundMessage("Done.", (QuickReply("Undo", "undo"),)), heard.address)
    hears.there.presses("U1", "Undo").wait()
    pressed = hears.next(2)
    assert (pressed.kind, pressed.text, pressed.payload["value"]) == (InboundKind.BUTTON, "Undo", "undo")
    assert pressed.address == heard.address == f"slack:T1/C1/{said.ts}"


def test_a_question_is_edited_in_a_view(hears: Hears) -> None:
    """Press, view, a mistake said beside its field, the correction kept; all of it about the same revision."""
    hears.there.says("U1", "new", channel="C1", mention=True)
    thread = hears.next(1).address
    card = Card(CardKind.DRAFT, with_controls(night_picker()), "plain")
    posted(hears, OutboundMessage("Here it is.", (), card), thread)
    hears.there.presses("U1", Action.QUESTION, row="2. How long", choose="Edit").wait()
    assert hears.next(2).payload["about"]["question"] == "years"
    assert hears.there.modal("U1") is not None
    wrong = hears.there.submits("U1", {"rule": "gte", "value": "a lot"})
    assert "Which number" in json.dumps(wrong.errors)
    hears.there.submits("U1", {"rule": "gte", "value": "2"})
    saved = hears.next(4)
    assert (saved.address, saved.payload["about"]["revision"]) == (thread, 3)
    assert saved.payload["about"]["interviewer"] == INTERVIEWER_ID
    assert read_question({"state": {"values": saved.payload["state"]}}) == QuestionEdit(
        YEARS.text, QuestionKind.DURATION, (), Knockout(op="gte", value=2.0), YEARS.weight
    )


def test_a_dropped_file_is_heard_and_fetched(hears: Hears) -> None:
    """With our token, from Slack; a file it no longer serves is said so."""
    file = hears.there.add_file("U1", "jd.txt", b"Night picker wanted.")
    hears.there.says("U1", "see this", files=[file])
    media = hears.next(1).payload["media"][0]
    assert (media["name"], media["type"]) == ("jd.txt", "text/plain")
    assert hears.channel.api.download(hears.there.token, media["url"], 1000) == b"Night picker wanted."


def test_a_command_and_a_removal(hears: Hears) -> None:
    """Both are heard."""
    hears.there.runs("U1", "/interviewer", "find night")
    command = hears.next(1)
    assert (command.payload["command"], command.text) == ("/interviewer", "find night")
    hears.there.opens_home("U1")
    assert hears.next(2).payload["tab"] == "home"
    hears.there.uninstalls()
    hears.next(4)
    assert {message.payload["event"] for message in hears.heard[2:]} == {"app_uninstalled", "tokens_revoked"}

"""The candidate's pages: start, private link, messages, streams, and every kind of bad input."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from botapp.entrypoints.web.app import create_app
from botapp.entrypoints.web.posted import CANDIDATE_CHARACTERS
from tests.support.fake_services import FakeServices, FakeSettings

FORM = {"name": "Maria Santos", "contact": "maria@example.com", "agree": "yes"}


def test_start_page_says_who_asks_how_long_and_how_to_stop(client: FlaskClient) -> None:
    """Everything a candidate must know stands on the page before they agree."""
    page = client.get("/i/warehouse-associate").text
    for words in ("Northgate Foods", "Warehouse associate", "AI assistant", "A person at", "About 8 minutes", "“stop”"):
        assert words in page


def test_old_link_leads_to_the_new_one(client: FlaskClient) -> None:
    """A link name that changed redirects for ever."""
    answer = client.get("/i/old-name")
    assert (answer.status_code, answer.location) == (301, "/i/warehouse-associate")


@pytest.mark.parametrize(
    ("closed", "words"),
    [("expired", "is closed"), ("paused", "is paused"), ("archived", "no more candidates"), ("full", "as many")],
)
def test_closed_link_says_why_and_whom_to_ask(
    services: FakeServices, client: FlaskClient, closed: str, words: str
) -> None:
    """A closed interviewer gets a kind page, also when the form was open already."""
    services.closed = closed
    for answer in (client.get("/i/warehouse-associate"), client.post("/i/warehouse-associate/start", data=FORM)):
        assert answer.status_code == 410
        assert words in answer.text
        assert "Ask the hiring team at" in answer.text


def test_unknown_link_gets_a_kind_page(client: FlaskClient) -> None:
    """No such link name: 404 with what to do."""
    answer = client.get("/i/nothing-here")
    assert answer.status_code == 404
    assert "ask the employer" in answer.text


def test_agreeing_opens_a_private_link(client: FlaskClient) -> None:
    """A complete form leads to the chat page, which shows the link to keep and sets no cookie."""
    answer = client.post("/i/warehouse-associate/start", data=FORM)
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Save this link to continue later" in page.text
    assert f"http://localhost{answer.location}" in page.text
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"agree": ""}, "Tick the box"),
        ({"name": "  "}, "Write your name"),
        ({"contact": ""}, "an e-mail address or a phone number"),
        ({"contact": "nobody"}, "could not read that contact"),
        ({"contact": "again@example.com"}, "You can try again from"),
        ({"name": "x" * 500}, "Write your name"),
    ],
)
def test_an_incomplete_form_comes_back_with_what_was_written(
    client: FlaskClient, change: dict[str, str], words: str
) -> None:
    """Each problem is a sentence beside its field; nothing that was typed is lost."""
    answer = client.post("/i/warehouse-associate/start", data=FORM | change)
    assert answer.status_code == 400
    assert words in answer.text
    assert (FORM | change)["name"] in answer.text


def test_invited_person_only_agrees(client: FlaskClient) -> None:
    """An invitation knows name and contact; opening it uses nothing up."""
    for _ in range(3):
        page = client.get("/invite/invited")
    assert "Maria Santos" in page.text
    assert 'name="contact"' not in page.text
    assert client.post("/invite/invited/start", data={}).status_code == 400
    assert client.post("/invite/invited/start", data={"agree": "yes"}).status_code == 303
    assert client.get("/invite/other").status_code == 404


def test_message_is_accepted_once(services: FakeServices, client: FlaskClient, token: str) -> None:
    """The same client id posted again is the same message."""
    posts = [client.post(f"/c/{token}/messages", json={"client_id": "a1", "text": "Yes"}) for _ in range(5)]
    assert {p.status_code for p in posts} == {202}
    assert len({json.dumps(p.json) for p in posts}) == 1
    lines = client.get(f"/c/{token}/messages?after=1").json
    assert lines is not None
    assert [(m["text"], m["client_id"], m["ours"]) for m in lines["messages"]] == [("Yes", "a1", False)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "without an id"),
        ({"client_id": "a", "text": "   "}, "nothing in that message"),
        ({"client_id": "a", "text": 5}, "nothing in that message"),
        ({"client_id": "a" * 65, "text": "x"}, "without an id"),
        ({"client_id": "a", "text": "x" * (CANDIDATE_CHARACTERS + 1)}, "longer than 20,000"),
        ({"client_id": "a", "text": "x", "button": "yes"}, "button could not be read"),
        ({"client_id": "a", "text": "x", "button": {"label": "Yes"}}, "button could not be read"),
        (["a"], "could not be read"),
    ],
)
def test_malformed_message_gets_a_sentence(client: FlaskClient, token: str, body: Any, words: str) -> None:
    """400 with a sentence; nothing is kept."""
    answer = client.post(f"/c/{token}/messages", json=body)
    assert answer.status_code == 400
    assert answer.json is not None
    assert words in answer.json["error"]


def test_no_json_at_all_gets_a_sentence(client: FlaskClient, token: str) -> None:
    """Bytes that are no JSON are a 400, not a 500."""
    answer = client.post(f"/c/{token}/messages", data=b"\xff\xfe\x00", content_type="application/json")
    assert answer.status_code == 400


def test_deeply_nested_json_gets_a_sentence(client: FlaskClient, token: str) -> None:
    """Thirty thousand brackets are a 400, not a 500."""
    answer = client.post(f"/c/{token}/messages", data=b"[" * 30_000, content_type="application/json")
    assert answer.status_code == 400


def test_longest_message_is_accepted(client: FlaskClient, token: str) -> None:
    """20,000 characters, with markup, zero-width and bidi characters, NUL and half a surrogate, arrive as text."""
    text = "<script>alert(1)</script>\u200b\u202e\x00\ud800".ljust(CANDIDATE_CHARACTERS, "a")
    assert client.post(f"/c/{token}/messages", json={"client_id": "a", "text": text}).status_code == 202
    lines = client.get(f"/c/{token}/messages?after=1").json
    assert lines is not None
    kept = lines["messages"][0]["text"]
    assert kept.startswith("<script>alert(1)</script>\u200b\u202e?")
    assert kept.encode()


def test_huge_body_gets_a_sentence(client: FlaskClient, token: str) -> None:
    """More than 64 kB is a 413 that says what to do."""
    answer = client.post(f"/c/{token}/messages", json={"client_id": "a", "text": "x" * 1_000_000})
    assert answer.status_code == 413
    assert answer.json is not None
    assert "shorter pieces" in answer.json["error"]


@pytest.mark.parametrize("path", ["", "/messages", "/stream"])
def test_unknown_token_is_a_404(client: FlaskClient, path: str) -> None:
    """A wrong private link tells nothing."""
    assert client.get(f"/c/wrong{path}").status_code == 404


def test_typing_ended_reaches_the_conversation(services: FakeServices, client: FlaskClient, token: str) -> None:
    """The page's word that no more is coming goes to this conversation only."""
    assert client.post(f"/c/{token}/typing-ended").status_code == 204
    assert services.typing_endings == [f"c-{token}"]


def test_stream_gives_what_is_missing_and_what_the_page_shows(client: FlaskClient, token: str) -> None:
    """A stream starts with the lines after the number, each with its number as id, then what stands around them."""
    answer = client.get(f"/c/{token}/stream?after=0")
    text = b"".join(next(answer.iter_encoded()) for _ in range(3)).decode()
    answer.close()
    assert "id: 1\nevent: message\ndata: {" in text
    assert 'event: about\ndata: {"status": "in_progress"' in text


def test_stream_continues_where_the_browser_was(client: FlaskClient, token: str) -> None:
    """Last-Event-ID wins over the number in the address."""
    answer = client.get(f"/c/{token}/stream?after=0", headers={"Last-Event-ID": "1"})
    text = b"".join(next(answer.iter_encoded()) for _ in range(2)).decode()
    answer.close()
    assert "event: message" not in text


def test_streams_above_the_cap_are_refused_and_slots_come_back() -> None:
    """503 with Retry-After; a closed stream frees its slot, also when nothing was ever read from it."""
    services = FakeServices(settings=replace(FakeSettings(), max_streams=1))
    client = create_app(services).test_client()
    token = services.start_interview(slug="warehouse-associate", name="M", contact="m@example.com")
    first = client.get(f"/c/{token}/stream")
    second = client.get(f"/c/{token}/stream")
    assert (second.status_code, second.headers["Retry-After"]) == (503, "15")
    first.close()
    third = client.get(f"/c/{token}/stream")
    assert third.status_code == 200
    third.close()


@pytest.mark.parametrize("after", ["-1", "x", "1e9", "9" * 30])
def test_a_wrong_number_is_a_400(client: FlaskClient, token: str, after: str) -> None:
    """What is no number gets a sentence."""
    assert client.get(f"/c/{token}/messages?after={after}").status_code == 400

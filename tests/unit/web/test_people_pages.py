"""People in the loop on an interview's page: what is offered, what is posted, what is said afterwards."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from botapp.entrypoints.web.app import create_app
from tests.support.fake_services import FakeServices

PAGE = "/console/interviews/v1"


def client_id(page: str) -> str:
    found = re.search(r'name="client_id" value="([\w-]{16})"', page)
    assert found
    return found[1]


def test_a_message_is_sent_once_and_that_is_said(services: FakeServices, owner: FlaskClient, csrf: str) -> None:
    """Both presses carry the id that the form was drawn with."""
    form = {"csrf": csrf, "text": "Hello\r\nMaria", "client_id": client_id(owner.get(PAGE).text)}
    for _ in range(2):
        assert owner.post(f"{PAGE}/messages", data=form).status_code == 303
    assert list(services.written.values()) == [("Hello\nMaria", "", False)]
    page = owner.get(PAGE).text
    assert 'role="status">Your message goes to Maria' in page
    assert "Your message goes" not in owner.get(PAGE).text


def test_taking_over_and_handing_back(owner: FlaskClient, csrf: str) -> None:
    """Each is offered when it can be done."""
    assert ">Take over<" in owner.get(PAGE).text
    assert owner.post(f"{PAGE}/take-over", data={"csrf": csrf}).status_code == 303
    page = owner.get(PAGE).text
    assert "You have this conversation." in page and ">Hand back<" in page and ">Take over<" not in page
    owner.post(f"{PAGE}/hand-back", data={"csrf": csrf})
    assert ">Take over<" in owner.get(PAGE).text


def test_a_question_is_answered_and_may_be_kept(services: FakeServices, owner: FlaskClient, csrf: str) -> None:
    assert "Is there parking for trucks?" in owner.get(PAGE).text
    form = {"csrf": csrf, "text": "Yes, behind hall 3.", "answering": "7", "keep": "1", "client_id": "x"}
    assert owner.post(f"{PAGE}/messages", data=form).status_code == 303
    assert services.written["x"] == ("Yes, behind hall 3.", "7", True)


@pytest.mark.parametrize(
    ("form", "status", "sent"),
    [
        ({"kind": "dismiss", "reason": "No licence", "text": "Sorry", "told": "1"}, 303, "Sorry"),
        ({"kind": "dismiss", "reason": "No licence", "text": "Sorry", "told": ""}, 303, ""),
        ({"kind": "dismiss", "text": "Sorry", "told": "1"}, 400, None),
        ({"kind": "shortlist", "text": "Come on Monday", "told": "1"}, 303, "Come on Monday"),
    ],
)
def test_a_decision_is_told_or_not(
    services: FakeServices, owner: FlaskClient, csrf: str, form: dict[str, str], status: int, sent: str | None
) -> None:
    """By the button that was pressed; a refused one sends nothing."""
    answer = owner.post(f"{PAGE}/decision", data=form | {"csrf": csrf, "client_id": "y"})
    assert answer.status_code == status
    assert services.written.get("y", (None,))[0] == sent


def test_who_wants_no_more_messages_is_shown_as_such(services: FakeServices, owner: FlaskClient) -> None:
    """No box to write in, and deciding offers no message."""
    services.reach = replace(services.reach, blocked="They asked for no more messages here.", may_take_over=False)
    page = owner.get(PAGE).text
    assert "They asked for no more messages here." in page
    assert 'id="write-text"' not in page and "send nothing" not in page and "Take over" not in page


def test_viewers_look_and_write_nothing(services: FakeServices) -> None:
    client = create_app(services).test_client()
    client.post("/signin/viewer-link")
    page = client.get(PAGE).text
    assert 'id="write-text"' not in page and ">Take over<" not in page
    with client.session_transaction() as session:
        form = {"csrf": session["csrf"], "text": "Hello", "kind": "shortlist"}
    for where in ("messages", "take-over", "hand-back", "decision"):
        assert client.post(f"{PAGE}/{where}", data=form).status_code == 403, where
    assert services.written == {}


@pytest.mark.parametrize("where", ["messages", "take-over", "hand-back", "decision"])
def test_every_form_needs_its_token(services: FakeServices, owner: FlaskClient, where: str) -> None:
    assert owner.post(f"{PAGE}/{where}", data={"text": "Hello", "kind": "shortlist"}).status_code == 403
    assert services.written == {}

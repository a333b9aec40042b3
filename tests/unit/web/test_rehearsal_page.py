"""The page of a rehearsal: what to change, tables with words, every run to read; buttons say things in the chat."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from botapp.compose.acting import Persona
from botapp.state.read_models import RehearsalPage
from tests.support.fake_services import FakeServices
from tests.support.roles import BUSY, LICENCE, night_picker
from tests.unit.compose.test_rehearsal import OTHER, made, run

PAGE = "/console/interviewers/i1/rehearsal"


@pytest.fixture
def shown(services: FakeServices) -> RehearsalPage:
    runs = (
        run(Persona.STRONG, {BUSY.id: 2.0, OTHER.id: 5.0}),
        run(Persona.WEAK, {BUSY.id: 2.0, OTHER.id: 1.0}, "failed", ending="knocked_out", knocked_out_by=1),
    )
    draft = night_picker(LICENCE, BUSY, OTHER)
    at = datetime(2026, 5, 4, tzinfo=UTC)
    services.rehearsed = RehearsalPage("i1", "Night picker", made(draft, *runs, gap=3.0), "Ada Olsen", at, True)
    return services.rehearsed


def test_it_needs_a_member(client: FlaskClient) -> None:
    assert client.get(PAGE).status_code == 401
    assert client.post(PAGE, data={"say": "rehearse it"}).status_code == 401


def test_without_one_it_says_what_will_be_here(owner: FlaskClient) -> None:
    page = owner.get(PAGE).text
    assert "Nobody is written to" in page and "Rehearse it</button>" in page


@pytest.mark.usefixtures("shown")
def test_it_shows_findings_suggestions_tables_and_runs(owner: FlaskClient) -> None:
    page = owner.get(PAGE).text
    assert "The draft changed since." in page
    assert "Question 2 did not separate strong from weak: 2 and 2." in page
    assert "Sharpen the rubric of question 2" in page and ">Accept 1</button>" in page
    assert "out at question 1" in page and "only 0 apart" in page and 'id="strong"' in page
    assert "style=" not in page and "Thanks" in page


@pytest.mark.usefixtures("shown")
def test_a_viewer_reads_and_has_no_buttons(client: FlaskClient) -> None:
    client.post("/signin/viewer-link")
    page = client.get(PAGE).text
    assert "Sharpen the rubric" in page and "Accept 1</button>" not in page


def test_what_is_accepted_is_said_in_the_chat(owner: FlaskClient, csrf: str, services: FakeServices) -> None:
    """Those words alone, in the member's name; then the chat, where the answer comes."""
    done = owner.post(PAGE, data={"say": "accept 1", "client_id": "c1", "csrf": csrf})
    assert done.status_code == 303 and done.headers["Location"].endswith("/console/interviewers/i1")
    said = [line.text for lines in services.lines.values() for line in lines if not line.ours]
    assert said == ["Accept 1"]
    assert owner.post(PAGE, data={"say": "publish", "csrf": csrf}).status_code == 400

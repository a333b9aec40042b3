"""Inviting by text over the pages: one person, a list, the code, what stands still; each refusal beside its form."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from botapp.entrypoints.web.wording import join_words, phone_words, spend_words, text_cost
from botapp.state.read_models import ConsentRow, PausedSender, Texting
from tests.support.fake_services import FakeServices

FORM = "/console/interviewers/i1/invite"
MARIA = {"name": "Maria Lopez", "phone": "202 555 0123", "email": "", "how": "ticked a box", "ticket": "t1"}


@pytest.fixture(autouse=True)
def _connected(services: FakeServices) -> None:
    services.texts_from = Texting("+12025550100", "US", 0.0083, ("+12025550100",))


def send_list(owner: FlaskClient, csrf: str, content: bytes) -> TestResponse:
    """The bytes of a browser's upload (the test client's own way leaves a temporary file open)."""
    fields = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("csrf", csrf), ("ticket", "t"))
    )
    file = '--x\r\nContent-Disposition: form-data; name="list"; filename="people.csv"\r\nContent-Type: text/csv\r\n\r\n'
    body = f"{fields}{file}".encode() + content + b"\r\n--x--\r\n"
    return owner.post(f"{FORM}/list", data=body, content_type="multipart/form-data; boundary=x")


@pytest.mark.parametrize("path", [FORM])
def test_it_needs_a_member(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 401
    assert client.post(path, data=MARIA).status_code == 401


def test_the_page_has_both_forms_and_the_code(owner: FlaskClient) -> None:
    """Each field has a label, nothing is inline, the code says where to text it."""
    page = owner.get(FORM).text
    assert "How did they agree to texts?" in page
    assert "JOIN NIGHTS" in page and "+1 202 555 0100" in page
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", page)
    fields = re.findall(r'<(?:input|textarea)[^>]*\sid="([^"]+)"', page)
    assert fields and all(f'for="{field}"' in page for field in fields)


def test_one_person_goes_out_with_how_they_agreed(owner: FlaskClient, csrf: str, services: FakeServices) -> None:
    """Said when it goes out, and what it takes at most."""
    page = owner.post(FORM, data={**MARIA, "csrf": csrf})
    assert page.status_code == 200
    assert "goes out at 9:00 am ET" in page.text and "At most 2 segments, $0.02" in page.text
    name, phone, how, evidence, _ = services.invited[0]
    assert (name, phone, how) == ("Maria Lopez", "202 555 0123", "ticked a box")
    assert evidence == {"ip": "127.0.0.1"}


def test_without_how_nothing_is_lost_and_nothing_sent(owner: FlaskClient, csrf: str, services: FakeServices) -> None:
    """The refusal stands beside the form, with what was typed still in it."""
    page = owner.post(FORM, data={**MARIA, "how": " ", "csrf": csrf})
    assert page.status_code == 400
    assert "How did Maria Lopez agree to texts?" in page.text and 'value="Maria Lopez"' in page.text
    assert services.invited == []


def test_a_form_sent_twice_is_one_list(owner: FlaskClient, csrf: str, services: FakeServices) -> None:
    """The same ticket and words name the same batch; another person or another form does not."""
    for change in ({}, {}, {"phone": "202 555 0199"}, {"ticket": "t2"}):
        owner.post(FORM, data={**MARIA, **change, "csrf": csrf})
    batches = [invited[4] for invited in services.invited]
    assert batches[0] == batches[1]
    assert len(set(batches)) == 3


def test_a_list_is_answered_for_line_by_line(owner: FlaskClient, csrf: str, services: FakeServices) -> None:
    page = send_list(owner, csrf, b"name,phone\n")
    assert page.status_code == 200
    assert "1 person invited" in page.text and "1 refused" in page.text and "people.csv" in page.text
    assert "does not say how they agreed" in page.text
    assert services.invited[0][0] == "people.csv"


def test_a_list_may_be_longer_than_other_forms(owner: FlaskClient, csrf: str, services: FakeServices) -> None:
    """Half a megabyte fits, three do not; other forms keep their limit."""
    assert send_list(owner, csrf, b"x" * 500_000).status_code == 200
    assert send_list(owner, csrf, b"x" * 3_000_000).status_code == 413
    assert owner.post(FORM, data={**MARIA, "how": "x" * 100_000, "csrf": csrf}).status_code == 413
    assert len(services.invited) == 1


@pytest.mark.parametrize(("content", "words"), [(b"", "Choose a CSV file"), (b"%PDF-1.4", "not a CSV file")])
def test_what_is_no_list_says_so_beside_the_form(owner: FlaskClient, csrf: str, content: bytes, words: str) -> None:
    page = send_list(owner, csrf, content)
    assert page.status_code == 400
    assert words in page.text and "How did they agree" in page.text


@pytest.mark.parametrize("path", [FORM, f"{FORM}/list", "/console/senders/resume"])
def test_every_post_needs_the_token(owner: FlaskClient, services: FakeServices, path: str) -> None:
    assert owner.post(path, data=MARIA).status_code == 403
    assert services.invited == []


def test_a_viewer_looks_and_is_told_who_can(client: FlaskClient, services: FakeServices) -> None:
    client.post("/signin/viewer-link")
    assert "Ask an owner" in client.get(FORM).text
    with client.session_transaction() as session:
        token = session["csrf"]
    assert client.post(FORM, data={**MARIA, "csrf": token}).status_code == 403
    assert services.invited == []


def test_without_a_sender_the_page_says_how_to_get_one(owner: FlaskClient, services: FakeServices) -> None:
    """And the other pages don't speak of texts."""
    services.texts_from = Texting()
    assert "botapp doctor" in owner.get(FORM).text
    for path in ("/console/interviewers/i1", "/console/interviewers/i1/candidates", "/console/interviewers/i1/poster"):
        page = owner.get(path).text
        assert "Invite by text" not in page and "segment" not in page and "JOIN NIGHTS" not in page


def test_draft_and_candidates_lead_to_it(owner: FlaskClient) -> None:
    """And each question says what it takes as a text."""
    draft = owner.get("/console/interviewers/i1/draft").text
    assert FORM in draft and "Text JOIN NIGHTS to +1 202 555 0100" in draft
    assert "by text: 1 segment, $0.0083" in draft
    assert FORM in owner.get("/console/interviewers/i1/candidates").text


def test_the_poster_says_what_to_text(owner: FlaskClient) -> None:
    page = owner.get("/console/interviewers/i1/poster").text
    assert "JOIN NIGHTS" in page and "+1 202 555 0100" in page and "Reply STOP to end" in page


def test_a_paused_sender_is_resumed(owner: FlaskClient, csrf: str, services: FakeServices) -> None:
    """With its reason; afterwards it is gone from the page."""
    stopped = PausedSender(
        "tel:+12025550100", "+12025550100", "Carriers filtered the last five texts.", datetime(2026, 5, 4, tzinfo=UTC)
    )
    services.texts_from = replace(services.texts_from, paused=(stopped,))
    page = owner.get("/console/team").text
    assert "paused" in page and "Carriers filtered the last five texts." in page and "Resume" in page
    wrong = owner.post("/console/senders/resume", data={"csrf": csrf, "lane": "tel:other"})
    assert wrong.status_code == 404
    right = owner.post("/console/senders/resume", data={"csrf": csrf, "lane": stopped.lane})
    assert (right.status_code, right.location) == (303, "/console/team#texting")
    assert "Resume" not in owner.get("/console/team").text


def test_an_owner_chooses_the_country_of_numbers(owner: FlaskClient, csrf: str) -> None:
    answer = owner.post("/console/team/region", data={"csrf": csrf, "region": "DE"})
    assert (answer.status_code, answer.location) == (303, "/console/team#texting")
    assert '<option value="DE" selected>DE, +49</option>' in owner.get("/console/team").text


def test_an_interview_shows_deliveries_and_consent(
    owner: FlaskClient, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = services.interview_page(services.people["m1"], "v1")
    at = datetime(2026, 5, 4, tzinfo=UTC)
    consent = ConsentRow("+12025550123", True, "ticked a box", "in a list", "file people.csv, line 2", at, "Ada Olsen")
    lines = tuple(replace(m, delivery="goes out 9:00 am ET" if m.ours else "") for m in page.transcript)
    shown = replace(page, consents=(consent,), transcript=lines)
    monkeypatch.setattr(services, "interview_page", lambda member, id: shown)
    text = owner.get("/console/interviews/v1").text
    assert "goes out 9:00 am ET" in text
    assert "ticked a box" in text and "File people.csv, line 2" in text and "+1 202 555 0123" in text


def test_words() -> None:
    """Numbers as people read them, segments with their price."""
    assert phone_words("+12025550123") == "+1 202 555 0123"
    assert phone_words("maria@example.com") == "maria@example.com"
    assert join_words("NIGHTS", "") == "Text JOIN NIGHTS"
    assert text_cost("Hello?", 0, "en") == "by text: 1 segment"
    assert text_cost("word " * 50, 0.01, "en") == "by text: 2 segments, $0.02"
    assert spend_words(2000, 0.0083) == "At most 2000 segments, $16.60."

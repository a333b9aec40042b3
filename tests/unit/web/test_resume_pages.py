"""The page of a resume stage: one file in, said kindly what became of it, in the candidate's language."""

import io
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from botapp.entrypoints.web.page_words import LANGUAGES, _catalogue
from botapp.entrypoints.web.resume_words import flag_words, unread_words
from botapp.pipeline.attachments import HIDDEN_KINDS
from botapp.screening.file_types import MOST_BYTES
from botapp.screening.interviewer import ResumeStage
from botapp.state.resumes import StoredResume
from tests.support.fake_services import FakeServices
from tests.support.sample_form import form_visit

PAGE = "/s/resume"
STAGE = ResumeStage(id="s2", title="Resume")


@pytest.fixture
def client(services: FakeServices, client: FlaskClient) -> FlaskClient:
    services.visits["resume"] = form_visit(stage=STAGE)
    return client


def send(client: FlaskClient, content: bytes, name: str = "my cv.pdf", field: str = "resume") -> Any:
    head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: application/pdf'
    body = b"--cut\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n--cut--\r\n"
    return client.post(PAGE, data=body, content_type="multipart/form-data; boundary=cut")


def test_the_page_says_who_asks_what_is_taken_and_what_plays_no_part(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    for words in ("automated assistant of Harbour Foods", "A person there reads it", "up to 10 MB", "play no part"):
        assert words in page
    assert '<label for="resume">' in page
    assert 'type="file"' in page


def test_a_file_that_was_taken_can_be_replaced_until_it_is_read(client: FlaskClient) -> None:
    answer = send(client, b"%PDF-1.7 words")
    assert (answer.status_code, answer.location) == (303, PAGE)
    page = client.get(PAGE).text
    assert "We have your file my cv.pdf" in page
    assert "Choose another file" in page


@pytest.mark.parametrize(
    ("content", "name", "status", "says"),
    [
        (b"\x89PNG\r\n\x1a\n", "cv.png", 400, "I can only read text"),
        (b"", "cv.pdf", 400, "no text in that file"),
        (b"%PDF" + bytes(MOST_BYTES), "cv.pdf", 400, "larger than 10 MB"),
        (b"%PDF" + bytes(MOST_BYTES + 200_000), "cv.pdf", 413, "larger than 10 MB"),
        (b"%PDF", "", 400, "choose a file first"),
    ],
    ids=["picture", "empty", "a little too large", "much too large", "none"],
)
def test_what_can_be_no_resume_is_said_beside_the_field(
    client: FlaskClient, content: bytes, name: str, status: int, says: str
) -> None:
    answer = send(client, content, name)
    assert answer.status_code == status
    assert says in answer.text
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_why_a_file_could_not_be_read_stands_on_the_page(client: FlaskClient, services: FakeServices) -> None:
    services.resumes["s2"] = StoredResume("f1", "s2", "", "<b>cv</b>.pdf", "", "encrypted", (), None)
    page = client.get(PAGE).text
    assert "locked with a password" in page
    assert "&lt;b&gt;cv&lt;/b&gt;.pdf" in page


@pytest.mark.parametrize(
    ("phase", "status", "says"),
    [
        ("done", 200, "Your resume is in"),
        ("closed", 410, "interview is over"),
        ("expired", 410, "time for this is over"),
    ],
)
def test_when_there_is_nothing_left_to_send_the_page_says_so(
    client: FlaskClient, services: FakeServices, phase: Any, status: int, says: str
) -> None:
    services.visits["resume"] = replace(services.visits["resume"], phase=phase)
    for answer in (client.get(PAGE), send(client, b"%PDF words")):
        assert (answer.status_code, says in answer.text) == (status, True)
    assert services.resumes == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence(client: FlaskClient, services: FakeServices, language: str) -> None:
    assert set(_catalogue(language)["resume"]) == set(_catalogue("en")["resume"])
    services.visits["resume"] = replace(services.visits["resume"], language=language)
    assert f'<html lang="{language}">' in client.get(PAGE).text


@pytest.mark.parametrize(("back", "leads_to"), [("/c/own-token_1", "/c/own-token_1"), ("//elsewhere.test/c/x", PAGE)])
def test_a_file_from_the_paper_clip_leads_back_to_the_chat_and_nowhere_else(
    client: FlaskClient, back: str, leads_to: str
) -> None:
    data = {"back": back, "resume": (io.BytesIO(b"%PDF words"), "cv.pdf")}
    assert client.post(PAGE, data=data).location == leads_to


def test_the_chat_shows_a_paper_clip_only_while_a_resume_is_wanted(
    client: FlaskClient, services: FakeServices, token: str
) -> None:
    assert "data-attach hidden" in client.get(f"/c/{token}").text
    services.threads[token] = replace(services.threads[token], resume_token="resume")
    page = client.get(f"/c/{token}").text
    assert 'action="/s/resume"' in page
    assert "data-attach hidden" not in page
    assert client.get(f"/c/{token}/messages").json["about"]["resume_url"] == PAGE  # type: ignore[index]


def test_a_recruiter_reads_every_flag_as_a_sentence_that_says_it_lowers_nothing() -> None:
    for kind in (*HIDDEN_KINDS, "instructions"):
        assert "lower" in flag_words({"kind": kind, "characters": 1200})
        assert "1,200 characters" in flag_words({"kind": kind, "characters": 1200})
    assert "password" in unread_words("encrypted")

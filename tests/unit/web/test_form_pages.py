"""The page of a form stage: every field, every problem beside it, nothing typed lost."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from botapp.entrypoints.web.page_words import LANGUAGES, PageWords, _catalogue
from botapp.screening.file_types import MOST_BYTES
from tests.support.fake_services import FakeServices
from tests.support.sample_form import EVERY_KIND, FILLED, PDF, cook, form_visit

PAGE = "/s/form"


@pytest.fixture
def client(services: FakeServices, client: FlaskClient) -> FlaskClient:
    services.visits["form"] = form_visit()
    return client


def filled(**changes: Any) -> dict[str, Any]:
    return {**FILLED, **changes}


def send(client: FlaskClient, data: dict[str, Any], paper: bytes = b"", name: str = "card.pdf") -> Any:
    """The form as bytes: the test client would leave its temporary file of a large one open."""
    values = [(name, value) for name, all_ in data.items() for value in ([all_] if isinstance(all_, str) else all_)]
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in values]
    if paper or not name:
        head = f'Content-Disposition: form-data; name="paper"; filename="{name}"\r\nContent-Type: application/pdf'
        parts.append(head.encode() + b"\r\n\r\n" + paper)
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    return client.post(PAGE, data=body, content_type="multipart/form-data; boundary=cut")


def test_every_question_has_its_field_and_label(client: FlaskClient) -> None:
    """By its kind, with who asks and who decides above it."""
    page = client.get(PAGE).text
    assert "automated assistant of Harbour Foods" in page
    assert "A person there reads your answers" in page
    for question in EVERY_KIND:
        assert question.text in page
        assert f'id="{question.id}"' in page or f'name="{question.id}' in page
    for kind in ("radio", "checkbox", "number", "date", "file", "time"):
        assert f'type="{kind}"' in page
    assert '<html lang="en">' in page
    assert "<script>" not in page


def test_a_filled_form_is_taken_and_says_so(client: FlaskClient, services: FakeServices) -> None:
    """The page then says that it is done; going back sends nothing twice."""
    answer = send(client, filled())
    assert answer.status_code == 303
    assert answer.location == PAGE
    assert "Your form is in" in client.get(PAGE).text
    assert "Your form is in" in send(client, filled(lifts="9")).text
    [answers] = services.sent
    assert answers["lifts"].text == "45 lb"


def test_what_is_wrong_is_said_beside_it_and_what_was_typed_survives(client: FlaskClient) -> None:
    """With a summary that leads to each field, for eyes and ears."""
    answer = send(client, filled(lifts="a lot", start="", story="I took <b>the</b> grill"))
    assert answer.status_code == 400
    page = answer.text
    assert "2 answers need another look. Everything else is still here." in page
    assert 'role="alert"' in page
    assert 'href="#lifts"' in page
    assert 'id="lifts-problem"' in page
    assert 'aria-describedby="lifts-problem lifts-hint"' in page
    assert "I took &lt;b&gt;the&lt;/b&gt; grill" in page
    assert 'value="21.50"' in page
    assert 'value="Slicer" checked' in page
    assert page.count(" checked") == 7


def test_a_problem_of_one_is_told_as_one(client: FlaskClient) -> None:
    assert "One answer needs another look" in send(client, filled(card="")).text


def test_an_empty_form_asks_for_what_is_needed(client: FlaskClient, services: FakeServices) -> None:
    """Missing fields are no server error."""
    answer = client.post(PAGE, data={})
    assert answer.status_code == 400
    assert "10 answers need another look" in answer.text
    assert services.sent == []


def test_a_file_that_is_too_large_is_refused_and_nothing_else_is_lost(client: FlaskClient) -> None:
    """Eleven megabytes; the words stay."""
    answer = send(client, filled(), PDF + b"x" * (11 * 1024 * 1024))
    assert answer.status_code == 400
    assert f"larger than {MOST_BYTES // 1024 // 1024} MB" in answer.text
    assert FILLED["story"] in answer.text


def test_a_wrong_kind_of_file_is_refused_kindly(client: FlaskClient) -> None:
    answer = send(client, filled(), b"MZ\x90 a program")
    assert answer.status_code == 400
    assert "A PDF, a Word document, a text or a picture works." in answer.text


def test_a_chooser_that_was_left_alone_sends_no_file(client: FlaskClient, services: FakeServices) -> None:
    """A browser sends an empty one without a name."""
    assert send(client, filled(), name="").status_code == 303
    assert "paper" not in services.sent[0]


def test_far_too_much_is_said_on_the_page(client: FlaskClient) -> None:
    """Not as a bare error."""
    answer = send(client, filled(), b"x" * (33 * 1024 * 1024))
    assert answer.status_code == 413
    assert "too large to take in one piece" in answer.text
    assert "Do you have a food handler card?" in answer.text


def test_a_megabyte_of_words_is_too_long_and_no_crash(client: FlaskClient) -> None:
    answer = send(client, filled(story="word " * 200_000))
    assert answer.status_code == 400
    assert "longer than 5000 characters" in answer.text


def test_nul_and_foreign_fields_do_no_harm(client: FlaskClient, services: FakeServices) -> None:
    """They are left out."""
    answer = send(client, filled(story="One\x00 rush", other="x", **{"card.unit": "y"}))
    assert answer.status_code == 303
    assert "\x00" not in services.sent[0]["story"].text


def test_a_link_that_is_none_leads_nowhere(client: FlaskClient) -> None:
    """Read or sent to."""
    for answer in (client.get("/s/other"), client.post("/s/other", data={})):
        assert answer.status_code == 404
        assert "This link leads nowhere" in answer.text


@pytest.mark.parametrize(
    ("phase", "code", "words"),
    [
        ("done", 200, "Your form is in"),
        ("closed", 410, "takes no more answers"),
        ("expired", 410, "time for this form"),
    ],
)
def test_the_page_says_when_there_is_nothing_left_to_do(
    client: FlaskClient, services: FakeServices, phase: str, code: int, words: str
) -> None:
    """Asked for or sent to."""
    services.visits["form"] = form_visit(phase=phase)
    for answer in (client.get(PAGE), send(client, filled())):
        assert answer.status_code == code
        assert words in answer.text
    assert services.sent == []


def test_what_was_told_in_the_chat_is_filled_in(client: FlaskClient, services: FakeServices) -> None:
    """So that it need not be said again."""
    known = {"reading": {"status": "clear", "value": 1.5}, "parts": [{"message_id": "m", "text": "18 months"}]}
    services.visits["form"] = form_visit(answers={"experience": known}, files={"paper": "card.pdf"})
    page = client.get(PAGE).text
    assert "What you told Robin in the chat is filled in" in page
    assert 'value="18"' in page
    assert '<option value="months" selected>' in page
    assert "We have your file card.pdf" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence(language: str) -> None:
    """The same names, the same values."""
    english, own = _catalogue("en")["form"], _catalogue(language)["form"]
    assert list(own) == list(english)
    for name in own:
        assert set(_slots(own[name])) == set(_slots(english[name])), name


def _slots(sentence: str) -> list[str]:
    return [part.partition("}")[0] for part in sentence.split("{")[1:]]


def test_the_page_speaks_the_language_of_the_conversation(client: FlaskClient, services: FakeServices) -> None:
    """An unknown one is English."""
    services.visits["form"] = form_visit(language="de")
    page = client.get(PAGE).text
    assert '<html lang="de">' in page
    assert "Senden" in page
    assert PageWords("form", "xx")("send") == "Send"


def test_names_of_people_and_places_are_shown_as_text(client: FlaskClient, services: FakeServices) -> None:
    """Never as markup or as a template."""
    role = cook().model_copy(update={"title": "<script>{agent}</script> {0.x}", "company": "A {most} & B"})
    services.visits["form"] = form_visit(role)
    page = client.get(PAGE).text
    assert "&lt;script&gt;{agent}&lt;/script&gt; {0.x}" in page
    assert "A {most} &amp; B" in page

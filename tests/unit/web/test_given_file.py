"""The paper-clip of the composing page: a plain form, and the same with scripts."""

import io

from flask.testing import FlaskClient

from botapp.pipeline.attachments import MOST_BYTES
from tests.support.fake_services import FakeServices

PAGE = "/console/interviewers/i1"
POST = f"{PAGE}/files"


def given(csrf: str, content: bytes = b"Cook", name: str = "advert.txt", **fields: str) -> dict[str, object]:
    return {"csrf": csrf, "file": (io.BytesIO(content), name), **fields}


def said(services: FakeServices) -> list[str]:
    return [line.text for lines in services.lines.values() for line in lines if not line.ours]


def test_the_form_needs_no_scripts(owner: FlaskClient, csrf: str, services: FakeServices) -> None:
    """It names what it takes, and leads back to the page."""
    page = owner.get(PAGE).text
    assert (
        f'action="{POST}" enctype="multipart/form-data"' in page and 'accept=".txt,.md,.html,.htm,.pdf,.docx"' in page
    )
    assert '<label class="button" for="file"' in page and "up to 11 MB" in page
    done = owner.post(POST, data=given(csrf, ticket="t1", text="five questions"))
    assert done.status_code == 303 and done.headers["Location"].endswith(PAGE)
    assert [file.content for file in services.files_given] == [b"Cook"]
    assert said(services) == ["advert.txt\nfive questions"]


def test_the_same_post_twice_is_one_message_another_file_is_another(
    owner: FlaskClient, csrf: str, services: FakeServices
) -> None:
    """Also when the page was gone back to."""
    for content in (b"Cook", b"Cook", b"Waiter"):
        owner.post(POST, data=given(csrf, content, ticket="t1"))
    assert len(said(services)) == 2


def test_words_alone_are_said(owner: FlaskClient, csrf: str, services: FakeServices) -> None:
    """Without scripts the box and the clip are one form."""
    owner.post(POST, data={"csrf": csrf, "ticket": "t1", "text": "hello", "file": (io.BytesIO(b""), "")})
    assert said(services) == ["hello"] and not services.files_given
    assert owner.post(POST, data={"csrf": csrf, "ticket": "t1", "text": " "}).status_code == 400


def test_scripts_get_json(owner: FlaskClient, csrf: str) -> None:
    """The number and id by which the line is known, or a sentence."""
    headers = {"Accept": "application/json", "X-CSRF": csrf}
    kept = owner.post(POST, data=given("", client_id="c1"), headers=headers)
    assert kept.status_code == 202 and set(kept.json or {}) == {"seq", "id"}
    nothing = owner.post(POST, data={"client_id": "c2"}, headers=headers)
    assert nothing.status_code == 400 and "Choose a file" in (nothing.json or {})["error"]


def test_what_is_too_large_is_refused_with_its_limit(owner: FlaskClient, csrf: str) -> None:
    """Before it is read, in a sentence."""
    body = b"x" * (MOST_BYTES + 2_000_000)
    answer = owner.post(POST, data=body, content_type="multipart/form-data; boundary=x", headers={"X-CSRF": csrf})
    assert answer.status_code == 400 and "larger than 11 MB" in answer.text


def test_who_may_not_is_not_asked(client: FlaskClient, services: FakeServices) -> None:
    """No member, no page's token, no right to compose: nothing is kept."""
    assert client.post(POST, data=given("")).status_code == 401
    client.post("/signin/viewer-link")
    with client.session_transaction() as session:
        token = str(session["csrf"])
    assert 'name="file"' not in client.get(PAGE).text
    assert client.post(POST, data=given("wrong")).status_code == 403
    assert client.post(POST, data=given(token)).status_code == 403
    assert not services.files_given

"""The recruiter's pages: signing in, cross-site defence, lists, composing, the scorecard, teammates."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient

from botapp.entrypoints.web.app import create_app
from botapp.entrypoints.web.streams import Thread, events
from botapp.errors import NotAllowed
from botapp.state.read_models import ShownMessage
from tests.support.fake_services import FakeServices

PAGES = [
    "/console",
    "/console/interviewers/i1",
    "/console/interviewers/i1/draft",
    "/console/interviewers/i1/candidates",
    "/console/interviewers/i1/poster",
    "/console/interviews/v1",
    "/console/interviews/v3",
    "/console/feed",
    "/console/team",
]


def test_opening_a_sign_in_link_uses_nothing_up(client: FlaskClient) -> None:
    """A mail scanner may open the link; only the button signs in, once."""
    for _ in range(3):
        assert "Sign in" in client.get("/signin/owner-link").text
    answer = client.post("/signin/owner-link")
    assert (answer.status_code, answer.location) == (303, "/console")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.post("/signin/owner-link").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_pages_need_a_member(client: FlaskClient, path: str) -> None:
    """Signed out: 401 and how to sign in."""
    answer = client.get(path)
    assert answer.status_code == 401
    assert "sign-in link" in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_a_member(owner: FlaskClient, path: str) -> None:
    """Each page works, and has no inline script, style or event handler."""
    answer = owner.get(path)
    assert answer.status_code == 200
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", answer.text)


def test_removed_member_is_signed_out(services: FakeServices, owner: FlaskClient) -> None:
    """A session ends when its member is removed."""
    services.people.pop("m1")
    assert owner.get("/console").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/console/interviewers",
        "/console/interviewers/i1/messages",
        "/console/interviews/v1/decisions",
        "/console/team",
        "/console/team/m2/remove",
        "/signout",
    ],
)
def test_every_cookie_post_needs_the_token(services: FakeServices, owner: FlaskClient, path: str) -> None:
    """Without or with a wrong token nothing happens."""
    for headers in ({}, {"X-CSRF": "wrong"}):
        assert owner.post(path, headers=headers, json={"client_id": "a", "text": "x"}).status_code == 403
    assert not services.decisions
    assert "m2" in services.people


def test_cross_site_posts_are_refused(client: FlaskClient) -> None:
    """A browser's own word that a request comes from elsewhere is enough to refuse it."""
    assert client.post("/signin/owner-link", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_list_filters_and_searches(owner: FlaskClient) -> None:
    """Current ones by default, archived apart, all together."""
    current, archived = owner.get("/console").text, owner.get("/console?show=archived").text
    assert "Warehouse associate" in current and "Summer cook" not in current
    assert "Summer cook" in archived and "Night nurse" not in archived
    found = owner.get("/console?show=all&search=nurse").text
    assert "Night nurse" in found and "Summer cook" not in found


def test_empty_pages_say_what_comes_and_how_to_start(services: FakeServices, owner: FlaskClient) -> None:
    """Empty lists are not blank."""
    services.empty = True
    assert "will be listed here" in owner.get("/console").text
    assert "will be listed here" in owner.get("/console/interviewers/i1/candidates").text
    assert "will stand here" in owner.get("/console/feed").text
    assert "Nothing here" in owner.get("/console?search=zzz").text


def test_draft_shows_rules_weights_sources_and_what_is_missing(owner: FlaskClient) -> None:
    """A question is one row with all that stands behind it; a missing topic is an open row."""
    draft = owner.get("/console/interviewers/i1/draft").text
    for words in ("must have: yes", "must have: at least 2 years", "double weight", "not scored", "switched off",
                  "A valid forklift licence is required.", "Pay: the text doesn&#39;t say", "12 of 50"):  # fmt: skip
        assert words in draft


def test_member_message_goes_with_the_header_token(owner: FlaskClient, csrf: str) -> None:
    """A fetch repeats the token in a header; a day of talk fits, a megabyte does not."""
    url, headers = "/console/interviewers/i1/messages", {"X-CSRF": csrf}
    assert owner.post(url, json={"client_id": "a", "text": "x" * 200_000}, headers=headers).status_code == 202
    assert owner.post(url, json={"client_id": "b", "text": "x" * 260_000}, headers=headers).status_code == 400
    assert owner.post(url, json={"client_id": "c", "text": "x" * 1_200_000}, headers=headers).status_code == 413


def test_viewer_reads_and_cannot_change(services: FakeServices) -> None:
    """A viewer's page has no box and says who can change that; posting is refused."""
    client = create_app(services).test_client()
    client.post("/signin/viewer-link")
    page = client.get("/console/interviewers/i1").text
    assert "<textarea" not in page
    assert "Ask an owner" in page
    with client.session_transaction() as session:
        headers = {"X-CSRF": session["csrf"]}
    answer = client.post("/console/interviewers/i1/messages", json={"client_id": "a", "text": "x"}, headers=headers)
    assert answer.status_code == 403


def test_quotes_lead_to_marked_places(owner: FlaskClient) -> None:
    """Every quote that links has its mark in the transcript, and candidate text is never markup."""
    page = owner.get("/console/interviews/v1").text
    links = set(re.findall(r'href="#(evidence-\d+)"', page))
    assert links
    assert links == set(re.findall(r'id="(evidence-\d+)"', page))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_scorecard_says_gates_first_and_shows_its_sum(owner: FlaskClient) -> None:
    """Gates, then score with coverage, then the formula with the numbers in it."""
    page = owner.get("/console/interviews/v1").text
    assert (
        page.index('id="gates"') < page.index('id="score"') < page.index('id="strengths"') < page.index('id="answers"')
    )
    assert "75, from 1 of 2 answers" in page
    assert "weight 4 × (score 4 − 1) / 4" in page
    assert "Not judged: question 4" in page


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": "shortlist"}, 303),
        ({"kind": "dismiss", "reason": "No licence"}, 303),
        ({"kind": "dismiss"}, 400),
        ({"kind": "override_score", "subject": "q3", "score": "3.5", "reason": "Read it again"}, 303),
        ({"kind": "override_score", "subject": "q3", "score": "9", "reason": "x"}, 400),
        ({"kind": "override_score", "subject": "q3", "score": "nan", "reason": "x"}, 400),
        ({"kind": "override_gate", "subject": "q1", "outcome": "failed", "reason": "Expired"}, 303),
        ({"kind": "other"}, 400),
    ],
)
def test_decisions_need_a_reason(
    services: FakeServices, owner: FlaskClient, csrf: str, form: dict[str, str], status: int
) -> None:
    """Shortlisting needs none; dismissing and overriding do."""
    answer = owner.post("/console/interviews/v1/decisions", data=form | {"csrf": csrf})
    assert answer.status_code == status
    assert len(services.decisions) == (status == 303)


def test_owner_invites_and_removes(services: FakeServices, owner: FlaskClient, csrf: str) -> None:
    """The new link is shown once, works for its member, and a removed teammate is gone."""
    form = {"csrf": csrf, "name": "Kim Roe", "email": "kim@example.com", "role": "recruiter"}
    page = owner.post("/console/team", data=form).text
    link = re.search(r"http://localhost(/signin/[\w-]+)", page)
    assert link
    assert create_app(services).test_client().post(link[1]).status_code == 303
    assert owner.post("/console/team/m2/remove", data={"csrf": csrf}).status_code == 303
    assert "m2" not in services.people
    assert owner.post("/console/team", data=form | {"role": "king"}).status_code == 400


def test_poster_needs_a_published_interviewer(owner: FlaskClient) -> None:
    """Before publishing there is no link to print."""
    assert "<svg" in owner.get("/console/interviewers/i1/poster").text
    assert owner.get("/console/interviewers/new/poster").status_code == 400


def test_signing_out_ends_the_session(owner: FlaskClient, csrf: str) -> None:
    """After signing out the console is closed."""
    assert owner.post("/signout", data={"csrf": csrf}).status_code == 303
    assert owner.get("/console").status_code == 401


def test_a_stream_ends_for_who_may_read_no_further() -> None:
    """A member who was removed, or a database that went away: the stream closes, and the server raises nothing."""

    class Nowhere:
        def messages(self, workspace_id: str, conversation_id: str, after: int) -> list[ShownMessage]:
            return []

        @contextmanager
        def open_stream(self, conversation_id: str) -> Iterator[None]:
            yield None

    def removed() -> dict[str, Any]:
        raise NotAllowed("You are not a member of this workspace any more.")

    assert list(events(Thread(Nowhere(), "w", "c", removed), after=0)) == [": open\n\n"]


def test_a_candidates_file_is_a_download_and_never_run(owner: FlaskClient, client: FlaskClient) -> None:
    """Whatever it says it is: octets, saved, sandboxed."""
    answer = owner.get("/console/files/resume")
    assert answer.data == b"%PDF-1.4"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename=resume.pdf"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert owner.get("/console/files/other").status_code == 404

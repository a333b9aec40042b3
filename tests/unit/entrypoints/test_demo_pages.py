"""The demo's eyes: what it reads from real pages, rendered over the fakes, and its browser against a real server."""

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from botapp.entrypoints.demo.answering import Say
from botapp.entrypoints.demo.browser import Browser
from botapp.entrypoints.demo.errors import Unmet
from botapp.entrypoints.demo.pages import alerts_of, interviews_of, parse, points_of, scorecard_of
from botapp.entrypoints.demo.thread import ChatPage
from botapp.entrypoints.web.app import create_app
from tests.support.fake_services import FakeServices

PATIENCE = 5.0


@pytest.fixture
def base_url() -> Iterator[str]:
    """A web server of the fakes on loopback."""
    server = make_server("127.0.0.1", 0, create_app(FakeServices(delay=0.02)), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def owner(base_url: str) -> Browser:
    browser = Browser(base_url)
    browser.open("/signin/owner-link")
    browser.submit("/signin/owner-link")
    return browser


def test_signing_in_leads_to_the_console(base_url: str) -> None:
    """The link's page has a button; the button leads on, with a session."""
    browser = Browser(base_url)
    browser.open("/signin/owner-link")
    assert browser.submit("/signin/owner-link").url == f"{base_url}/console"
    assert "Interviewers" in browser.open("/console").text


def test_a_form_carries_the_page_s_token(owner: Browser) -> None:
    """A new interviewer can be made from the list: the hidden token went along."""
    owner.open("/console")
    assert "/console/interviewers/" in owner.submit("/console/interviewers").url


def test_a_scorecard_is_read_from_its_page(owner: Browser) -> None:
    """Gates with their outcome, the number, answers with verdicts, and evidence word for word."""
    found = interviews_of(owner.open("/console/interviewers/i1/candidates").text)
    card = next(c for c in (scorecard_of(owner.open(url).text) for url in found.values()) if c is not None)
    assert card.gates
    assert all(gate.outcome and gate.outcome not in gate.words[-12:] for gate in card.gates)
    assert card.score == points_of(card.headline)
    assert card.score is not None
    assert any(answer.is_scored for answer in card.answers)
    assert card.quotes
    transcript = parse(owner.open(next(iter(found.values()))).text)
    said = " ".join(li.raw for li in transcript.tags("li", "theirs"))
    assert any(quote in said for quote in card.quotes)


def test_no_scorecard_yet() -> None:
    """A page without a score section has no scorecard."""
    assert scorecard_of("<main><section aria-labelledby='transcript'></section></main>") is None


def test_alerts_are_read_from_the_feed(owner: Browser) -> None:
    """Each alert with its words and where it leads."""
    alerts = alerts_of(owner.open("/console/feed").text)
    assert alerts
    assert all(alert.text for alert in alerts)
    assert any("/interviews/" in alert.interview for alert in alerts)


def test_a_candidate_talks_over_http(base_url: str) -> None:
    """From the start form to a reply, as the page does it."""
    browser = Browser(base_url)
    page = browser.submit("/i/warehouse-associate/start", name="Maya", contact="maya@example.com", agree="yes")
    chat = ChatPage(browser, page.url, PATIENCE)
    heard = chat.says(Say("Yes"), Say("since March"))
    assert all(line.ours for line in heard.lines)
    assert heard.shown.total > 0
    assert [line.text for line in chat.all_lines() if not line.ours][-2:] == ["Yes", "since March"]


def test_no_reply_is_an_unmet_promise(base_url: str) -> None:
    """Waiting ends, with a sentence."""
    browser = Browser(base_url)
    page = browser.submit("/i/warehouse-associate/start", name="Maya", contact="maya@example.com", agree="yes")
    chat = ChatPage(browser, page.url, PATIENCE)
    chat.says(Say("Yes"))
    with pytest.raises(Unmet, match="No reply came"):
        ChatPage(browser, page.url, 0.0).hears()


@pytest.mark.parametrize("url", ["/signin/secret-word", "/c/secret-word", "/invite/secret-word"])
def test_problems_never_name_a_secret(base_url: str, url: str) -> None:
    """A link's secret is not printed when the link fails."""
    with pytest.raises(Unmet) as problem:
        Browser(base_url).open(url)
    assert "secret-word" not in str(problem.value)
    assert "404" in str(problem.value)


def test_nobody_there() -> None:
    """A server that is gone is a sentence, not a traceback."""
    with pytest.raises(Unmet, match="got no answer"):
        Browser("http://127.0.0.1:9").open("/console")


@pytest.mark.parametrize(
    ("headline", "points"), [("72, from 5 of 6 answers", 72), ("Not scored yet", None), ("100, from 1 of 1", 100)]
)
def test_points(headline: str, points: int | None) -> None:
    """The number of a headline, if it has one."""
    assert points_of(headline) == points


def test_text_is_what_is_read() -> None:
    """Folded parts and forms are not read; quotes get quotation marks; void and stray tags do no harm."""
    html = "<p>One<br>two <q>three</q></b></p><details><summary>no</summary></details><form>no</form><p>four"
    assert parse(html).text == "One two “three” four"

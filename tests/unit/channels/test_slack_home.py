"""Home, details and digests of any size: what Slack takes, whatever people wrote."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botapp.channels.slack.actions import About
from botapp.channels.slack.cards import list_blocks
from botapp.channels.slack.details import details_view
from botapp.channels.slack.home import home_view, stranger_view
from botapp.entrypoints.simulator.slack_blocks import problems_of_view
from botapp.pipeline.alerts import shared_message
from botapp.pipeline.digests import SHOWN, digest_data, digest_text, merged
from tests.unit.channels.slack_cases import INTERVIEWER_ID, anything, hard, refused, refused_view, scorecard_of

slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
BASE = "https://interviews.example.com"


def items(number: int, title: str = "Night picker", alert: str = "completed") -> list[dict[str, str]]:
    return [
        {"alert": alert, "title": title, "interview_id": f"{n:036d}", "interviewer_id": INTERVIEWER_ID}
        for n in range(number)
    ]


@slow
@given(st.lists(anything, max_size=40), anything, st.integers(-3, 60))
def test_a_home_of_any_texts_is_taken_by_slack(texts: list[str], search: str, page: int) -> None:
    """Every page, every search."""
    rows = [{"title": t, "detail": t, "warning": t, "url": f"{BASE}/console"} for t in texts]
    needs = [{"title": t, "interview": INTERVIEWER_ID} for t in texts]
    data = {"rows": rows, "needs": needs, "search": search, "page": page, "console_url": BASE, "may_compose": True}
    view = home_view(data)
    assert problems_of_view(view) == []
    assert len(view["blocks"]) <= 100


def test_an_empty_home_says_so() -> None:
    assert "There are no interviewers yet." in repr(home_view({}))
    assert problems_of_view(home_view({})) == []
    assert problems_of_view(stranger_view(hard(4000))) == []


@slow
@given(st.lists(anything, min_size=1, max_size=10), anything)
def test_details_of_any_texts_are_taken_by_slack(texts: list[str], standing: str) -> None:
    about = About(interview=INTERVIEWER_ID, address="slack:T1/C1/1.1")
    for more in ({"scored": True, "may_decide": True}, {"scored": False}):
        assert refused_view(details_view(scorecard_of(texts, standing=standing, **more), about)) == []


@slow
@given(anything, st.integers(1, 300), st.integers(1, 30))
def test_a_digest_of_any_size_is_taken_by_slack(title: str, number: int, roles: int) -> None:
    """Hundreds of alerts, dozens of roles, titles of any length."""
    many = [
        item | {"title": f"{title}{n % roles}"[-2000:], "interviewer_id": str(n % roles)}
        for n, item in enumerate(items(number))
    ]
    assert refused(list_blocks(digest_data(many, BASE))) == []


def test_a_digest_counts_each_interview_once() -> None:
    """An answer that was corrected is no second candidate."""
    all_of_them = merged(items(3), items(5))
    assert len(all_of_them) == 5
    assert digest_text(all_of_them) == "5 candidates finished\nNight picker: 5 finished"


def test_a_digest_shows_the_latest_and_says_where_the_rest_is() -> None:
    data = digest_data(items(25), BASE)
    shown = [row for row in data["rows"] if isinstance(row, dict) and "action" in row]
    assert len(shown) == SHOWN
    assert f"{24:036d}" in shown[0]["action"]["value"]
    assert "all 25 stand in the console" in data["rows"][-1]


def test_what_is_told_in_a_channel_is_made_of_the_kind_and_the_role() -> None:
    """There is nothing else to make it from."""
    message = shared_message(BASE, "person_requested", "Night picker", "i1")
    assert message["card"]["plain"] == "A candidate for Night picker needs a person. The interview waits for you."
    assert message["text"] == ""

"""Small words of the console's pages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from botapp.entrypoints.web.console import comparable
from botapp.entrypoints.web.wording import alert_words, model_use_words, says_more
from botapp.policy.model_budget import ModelUse
from botapp.state.read_models import CandidateRow, FeedRow

NOW = datetime(2026, 5, 4, tzinfo=UTC)
ROW = CandidateRow("v", "p", "Ana", "", "completed", "", "", 1, 70.0, 3, 3, (), True, False, ("rules/1",), NOW, NOW)


@pytest.mark.parametrize(
    ("status", "outcome", "more"),
    [("ended", "stopped", False), ("paused", "person_requested", True), ("completed", "", False)],
)
def test_an_outcome_that_repeats_the_status_is_not_told(status: str, outcome: str, more: bool) -> None:
    """One word is said once."""
    assert says_more(replace(ROW, status=status, outcome=outcome)) is more


def test_an_alert_on_a_page_has_no_bare_address_of_its_interview() -> None:
    """The page has a link for it; other addresses stay."""
    text = "Ana finished.\nhttps://a.test/other\nhttps://a.test/console/interviews/v1"
    row = FeedRow("1", "completed", {"text": text}, "v1", "i1", NOW)
    assert alert_words(row) == "Ana finished.\nhttps://a.test/other"


def test_the_best_score_comes_first_and_unscored_people_last() -> None:
    """Somebody who is still answering has no engine yet, and stands below those who are done."""
    answering = replace(ROW, name="Bo", score=None, engines=())
    low = replace(ROW, name="Cy", score=40.0)
    assert comparable([answering, low, ROW]) == [("Version 1", [ROW, low, answering])]


def test_engines_have_tables_of_their_own() -> None:
    """Who was not judged yet stands after both."""
    other = replace(ROW, name="Di", engines=("model/1",))
    answering = replace(ROW, name="Bo", score=None, engines=())
    names = [name for name, _ in comparable([answering, ROW, other])]
    assert names == ["Version 1, judged by model/1", "Version 1, judged by rules/1", "Version 1"]


@pytest.mark.parametrize(
    ("use", "told"),
    [
        (ModelUse(12, 8412, 0.03), "Model: 12 calls, 8,412 tokens, $0.03."),
        (ModelUse(1, 150, 0.0001), "Model: 1 call, 150 tokens, less than $0.01."),
        (ModelUse(2, 300), "Model: 2 calls, 300 tokens."),
    ],
)
def test_what_the_model_took_is_said_in_a_line(use: ModelUse, told: str) -> None:
    """The cost only where prices are set."""
    assert model_use_words(use) == told

"""What a message costs as a text, and the code that starts an interview by text."""

from datetime import date

import pytest

from botapp.compose.grammar import plan_edits
from botapp.compose.settings_edits import EditRefused, new_code
from botapp.compose.texting import interview_words, is_number, money, text_words
from botapp.llm import PlanIntent, PlanRequest
from tests.unit.graphs.talk import role


@pytest.mark.parametrize(
    ("text", "price", "words"),
    [
        ("Can you work nights?", 0.0083, "1 segment, $0.0083"),
        ("x" * 161, 0.0083, "2 segments, $0.02"),
        ("x" * 161, 0.0, "2 segments"),
        ("Łódź?", 0.01, "1 segment, $0.01"),
    ],
)
def test_a_message_in_segments_and_money(text: str, price: float, words: str) -> None:
    """As it would leave."""
    assert text_words(text, price) == words


def test_an_interview_in_segments() -> None:
    """First and last message, questions, follow-ups."""
    assert interview_words(role(), 0.01) == "about 8 segments a candidate, $0.08"
    assert money(0) == "" and money(12.5) == "$12.50"


def test_only_a_number_can_be_texted_to() -> None:
    """A service can't."""
    assert is_number("+12025550100")
    assert not is_number("MG0123456789") and not is_number("")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("set the code to nights", "NIGHTS"),
        ("code NIGHTS", "NIGHTS"),
        ("the join code should be NITES", "NITES"),
        ("Let people join by texting NIGHTS", "NIGHTS"),
        ('use the keyword "night shift"', "NIGHTSHIFT"),
    ],
)
def test_a_code_is_set_by_saying_so(text: str, code: str) -> None:
    """In capitals, one word, not mended."""
    (edit,) = plan_edits(PlanRequest(draft=role(), text=text, today=date(2026, 5, 4))).edits
    assert (edit.target, edit.value) == ("join_code", code)


def test_a_code_goes_with_other_wishes_and_away_again() -> None:
    """Like any setting."""
    both = "set the join code to NIGHTS and the deadline to December 18"
    plan = plan_edits(PlanRequest(draft=role(), text=both, today=date(2026, 5, 4)))
    assert [edit.target for edit in plan.edits] == ["join_code", "deadline"]
    gone = plan_edits(PlanRequest(draft=role(join_code="NIGHTS"), text="no code", today=date(2026, 5, 4)))
    assert gone.edits[0].value == ""


def test_the_dress_code_is_no_code() -> None:
    """It is a fact."""
    plan = plan_edits(PlanRequest(draft=role(), text="dress code is black shoes", today=date(2026, 5, 4)))
    assert plan.intent is PlanIntent.EDIT and plan.edits[0].op == "add_fact"


@pytest.mark.parametrize("word", ["stop", "HELP", "yes", "later", "baja", "x", "12", "a" * 21, "né"])
def test_a_code_that_means_something_else_is_refused(word: str) -> None:
    """By text a word has one meaning."""
    with pytest.raises(EditRefused):
        new_code(word)

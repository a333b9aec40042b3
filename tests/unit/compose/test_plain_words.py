"""Other ways of saying the same are read the same; what can't be done says so."""

import pytest

from botapp.compose.plain_words import HELP, said_plainly
from botapp.compose.references import Answered


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("add a question: Can you work nights?", 'add a question "Can you work nights?"'),
        (
            "add the question “Can you drive?” as a knockout",
            'add a question "Can you drive?", knock out if they can\'t',
        ),
        ("turn knockouts off", "don't enforce knockouts"),
        ("switch on the knockouts", "enforce knockouts"),
        ("follow-ups on question 6: at least 1, at most 3", "1 to 3 follow-ups on question 6"),
        ("at least 1 and at most 3 follow-ups on 6", "1 to 3 follow-ups on question 6"),
        ("remove the form and resume stages", "remove the form stage and remove the resume stage"),
        ("switch off the form and the voice stage", "switch off the form stage and switch off the voice stage"),
        ("make the licence a knockout", "make the licence a knockout"),
        ("drop 2 and make 4 a dealbreaker", "drop 2 and make 4 a dealbreaker"),
    ],
)
def test_a_message_is_turned_only_where_nothing_is_lost(said: str, plainly: str) -> None:
    """Whole messages of a known shape; everything else passes as it was said."""
    assert said_plainly(said) == plainly


@pytest.mark.parametrize(
    ("said", "reason", "words"),
    [
        ("help", "question", HELP),
        ("redirect to javascript:alert(1)", "out_of_range", "starts with https://"),
        ("make question 1 not a knockout but make it a knockout", "contradiction", "Which one"),
        ("make 1 a knockout and make 1 not a knockout", "contradiction", "Which one"),
    ],
)
def test_what_can_not_be_done_as_it_stands_is_answered(said: str, reason: str, words: str) -> None:
    """A sentence with what would do; nothing is changed."""
    with pytest.raises(Answered) as answered:
        said_plainly(said)

    assert answered.value.plan.reason == reason
    assert words in answered.value.plan.reply
    assert answered.value.plan.edits == ()


@pytest.mark.parametrize(
    "said",
    ["make 1 a knockout, no, make it not a knockout", "make 1 not a knockout", "redirect to https://a.example/x"],
)
def test_a_correction_and_a_plain_wish_are_no_contradiction(said: str) -> None:
    """Said last counts; one wish is one wish."""
    assert said_plainly(said) == said

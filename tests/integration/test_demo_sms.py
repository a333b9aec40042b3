"""`botapp demo --channel sms` with its own processes: three phones at the phone network of this machine."""

import pytest

from botapp.entrypoints.demo.phone import Text, asks, read
from tests.integration.test_demo import run_demo

QUESTIONS = (
    "Can you lift 20 kg?",
    "Which of these have you driven? You can name several.",
    "Tell us about a mistake you caught, yours or someone else's. What did you do?",
)


def texts(*said: str) -> list[Text]:
    return [Text(str(place), True, words, 1, "Delivered", 1, False, False) for place, words in enumerate(said)]


@pytest.mark.timeout(150)
def test_the_demo_by_text_does_all_of_it() -> None:
    """Invited with consent, joined by code, HELP, STOP and nothing after it; each text once; scores and alerts."""
    done = run_demo("--channel", "sms", within=140)

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert "All of it happened." in done.stdout
    assert "JOIN NIGHTS (1 segment)" in done.stdout
    assert "texts may leave at any hour" in done.stdout


def test_a_yes_or_no_question_is_known_without_buttons() -> None:
    """A person who reads "Can you lift 20 kg?" knows the two answers."""
    shown = read(texts("Night shifts: yes. Can you lift 20 kg?"), QUESTIONS, 5)

    assert [button.label for button in shown.buttons] == ["Yes", "No"]
    assert (shown.text, shown.done, shown.total) == ("Can you lift 20 kg?", 0, 3)


def test_numbered_choices_are_choices() -> None:
    """As they stand in the text, without their numbers."""
    said = "Thanks. Which of these have you driven? You can name several.\n1) Vans  2) Heavy trucks  3) None"

    shown = read(texts(said), QUESTIONS, 0)

    assert [(button.label, button.value) for button in shown.buttons] == [
        ("Vans", "1"),
        ("Heavy trucks", "2"),
        ("None", "3"),
    ]
    assert shown.text == QUESTIONS[1]


def test_a_question_over_two_texts_is_read_whole_with_its_curly_quotes() -> None:
    """Where the network cut it does not matter."""
    said = texts("Okay. Tell us about a mistake you caught, yours or", "someone else’s. What did you do?")

    shown = read(said, QUESTIONS, 1)

    assert (shown.text, shown.done, shown.buttons) == (QUESTIONS[2], 2, ())


def test_a_follow_up_belongs_to_the_question_before() -> None:
    """It is none of the interview's questions: the count stands still."""
    shown = read(texts("I see, thank you. How did it turn out?"), QUESTIONS, 2)

    assert (shown.text, shown.done) == ("How did it turn out?", 2)
    assert asks(shown, QUESTIONS)


def test_a_follow_up_that_begins_like_yes_or_no_is_none() -> None:
    """A "Yes, I can" would be no answer to it."""
    assert read(texts("Okay. Can you put a number on it: how many?"), QUESTIONS, 2).buttons == ()


def test_a_goodbye_asks_nothing() -> None:
    """So that the candidate looks whether it was the end."""
    assert not asks(read(texts("That was the last question. Thank you for your time."), QUESTIONS, 2), QUESTIONS)

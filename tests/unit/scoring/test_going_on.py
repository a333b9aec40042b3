"""Words that come right after our reply and go on with the answer before it are credited to that answer."""

from datetime import date

import pytest

from botapp.llm import UnderstandRequest
from botapp.scoring.understanding import understand
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import Question

TODAY = date(2026, 11, 22)
NEXT = Question(id="z", kind="open", text="Tell us about your last job.")
SHIFT = Question(id="a", kind="choice", text="Which shift?", options=("Days", "Evenings", "Nights"))
PAY = Question(id="a", kind="money", text="What hourly pay are you looking for?", unit="USD/hour")
START = Question(id="a", kind="date", text="When could you start?")


def credited(question: Question, before: str, text: str, gap: float | None, following: Question = NEXT) -> list[str]:
    request = UnderstandRequest(
        parts=(SpokenPart(message_id="m", text=text),),
        open_question=following,
        questions=(question, following),
        answered={question.id: before},
        today=TODAY,
        gap=gap,
    )
    return [answer.question_id for answer in understand(request).answers]


@pytest.mark.parametrize(
    ("question", "before", "text"),
    [
        (SHIFT, "B", "C final answer lol"),
        (PAY, "19", "but id do 17 if its days"),
        (START, "monday", "the 30th"),
        (START, "two weeks", "after I give notice"),
    ],
)
def test_at_once_it_goes_on_with_the_answer_before(question: Question, before: str, text: str) -> None:
    assert credited(question, before, text, gap=5) == ["a"]


def test_later_it_answers_what_is_asked() -> None:
    assert credited(PAY, "19", "but id do 17 if its days", gap=90) == ["z"]
    assert credited(PAY, "19", "but id do 17 if its days", gap=None) == ["z"]


def test_what_answers_the_next_question_is_not_taken_away() -> None:
    years = Question(id="y", kind="duration", text="How many years have you driven?")
    assert credited(PAY, "19", "5 years", gap=5, following=years) == ["y"]
    assert credited(SHIFT, "B", "i worked at a bakery in town", gap=5) == ["z"]


@pytest.mark.parametrize(
    ("text", "main"),
    [("the link doesnt work", "help"), ("i want to end it all", "distress"), ("i told u this already", "skip")],
)
def test_what_only_looks_like_an_answer_or_an_opt_out(text: str, main: str) -> None:
    asked = Question(id="q", kind="yes_no", text="Are you able to work weekends?")
    part = SpokenPart(message_id="m", text=text)
    found = understand(UnderstandRequest(parts=(part,), open_question=asked, questions=(asked,), today=TODAY))
    assert (found.main.value, "stop" in found.also, found.answers) == (main, False, ())

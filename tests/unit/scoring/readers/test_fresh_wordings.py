"""Wordings that were once misread, one of each class."""

from datetime import date

import pytest

from botapp.llm import AnswerRequest
from botapp.scoring.reading import read_answer
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import Question

TODAY = date(2026, 11, 22)  # a Sunday
LICENCE = "Do you have a valid driver's license?"


def read(kind: str, question: str, text: str) -> object:
    asked = Question(id="q", kind=kind, text=question)
    found = read_answer(AnswerRequest(question=asked, parts=(SpokenPart(message_id="m", text=text),), today=TODAY))
    return found.value if found.status == "clear" else found.status.value


@pytest.mark.parametrize(("text", "years"), [("año y medio", 1.5), ("un an et demi", 1.5), ("dos años y medio", 2.5)])
def test_halves_of_years(text: str, years: float) -> None:
    assert read("duration", "How long have you done this?", text) == years


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("monday the 30th", "2026-11-30"),
        ("friday 27th", "2026-11-27"),
        ("monday the 25th", {"min": "2026-11-23", "max": "2026-11-25"}),
    ],
)
def test_a_weekday_with_its_number(text: str, day: object) -> None:
    assert read("date", "When could you start?", text) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mondays and tuesdays i have class otherwise free", ["wed", "thu", "fri", "sat", "sun"]),
        ("M W F", ["mon", "wed", "fri"]),
        ("am Wochenende", ["sat", "sun"]),
    ],
)
def test_days_that_are_denied_together_spelled_apart_or_in_german(text: str, days: list[str]) -> None:
    assert read("availability", "Which days can you work?", text) == {"days": days}


@pytest.mark.parametrize(
    "text",
    ["aun no, hago el examen el viernes", "pas encore, examen vendredi", "noch nicht, Prüfung ist am Freitag"],
)
def test_a_running_step_is_no_plain_no(text: str) -> None:
    assert read("yes_no", LICENCE, text) == "conditional"

"""How values are said back and how "later" is read."""

from datetime import UTC, datetime

import pytest

from botapp.graphs.interview.values import acknowledgement, clarification, years
from botapp.graphs.interview.when import later, said_moment
from botapp.graphs.interview.wording import open_acknowledgement
from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Question, QuestionKind

MONDAY = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tomorrow at 6", "2026-05-05 18:00"),
        ("tomorrow at 6am", "2026-05-05 06:00"),
        ("tomorrow morning", "2026-05-05 09:00"),
        ("tomorrow", "2026-05-05 10:00"),
        ("in 2 hours", "2026-05-04 12:00"),
        ("in half an hour", "2026-05-04 10:30"),
        ("in an hour or so", "2026-05-04 11:00"),
        ("in a couple of days", "2026-05-06 10:00"),
        ("tonight", "2026-05-04 20:00"),
        ("this evening around 7", "2026-05-04 19:00"),
        ("at 18:30", "2026-05-04 18:30"),
        ("at 9", "2026-05-05 09:00"),
        ("3 pm", "2026-05-04 15:00"),
        ("Friday at 12:15", "2026-05-08 12:15"),
        ("on monday", "2026-05-11 10:00"),
        ("next week", "2026-05-11 10:00"),
        ("at the weekend", "2026-05-09 10:00"),
        ("not now, I'm at work", "2026-05-05 10:00"),
        ("in 900 days", "2026-07-03 10:00"),
        ("the day after tomorrow", "2026-05-06 10:00"),
    ],
)
def test_later_is_read(words: str, expected: str) -> None:
    """The words that name a time; else the next day at the same hour."""
    assert f"{later(words, MONDAY, 'UTC'):%Y-%m-%d %H:%M}" == expected


def test_later_is_in_the_candidates_zone() -> None:
    """Six o'clock is theirs."""
    moment = later("tomorrow at 6pm", MONDAY, "America/New_York")
    assert moment.astimezone(UTC) == datetime(2026, 5, 5, 22, 0, tzinfo=UTC)
    assert said_moment(moment, MONDAY) == "tomorrow at 18:00"


def test_an_unknown_zone_is_utc() -> None:
    """A wrong name breaks nothing."""
    assert later("in 1 hour", MONDAY, "Mars/Base").hour == 11


@pytest.mark.parametrize(
    ("kind", "value", "unit", "text"),
    [
        (QuestionKind.DURATION, 2.5, "", "Two and a half years, noted."),
        (QuestionKind.DURATION, 0.5, "", "Half a year, noted."),
        (QuestionKind.DURATION, 0.25, "", "Three months, noted."),
        (QuestionKind.DURATION, {"min": 2, "max": 3}, "", "Two to three years, noted."),
        (QuestionKind.DURATION, {"min": 5, "max": None}, "", "At least five years, noted."),
        (QuestionKind.NUMBER, 50, "lb", "50 lb, noted."),
        (QuestionKind.YES_NO, True, "", "Forklift licence: yes."),
        (QuestionKind.MONEY, {"amount": 19.5, "period": "hour", "currency": "USD"}, "", "$19.50 per hour, noted."),
        (QuestionKind.MONEY, "open", "", "Open on pay, noted."),
        (QuestionKind.DATE, "2026-06-01", "", "Monday 1 June, noted."),
        (QuestionKind.DATE, "2026-06", "", "June 2026, noted."),
        (QuestionKind.DATE, {"min": "2026-06-01"}, "", "Noted."),
        (QuestionKind.CHOICE, ["Day", "Night"], "", "Day and Night, noted."),
        (QuestionKind.CHOICE, {"any_of": ["Day", "Night"]}, "", "Day or Night, noted."),
        (QuestionKind.AVAILABILITY, {"days": ["mon"]}, "", "Noted."),
    ],
)
def test_values_are_said_back(kind: QuestionKind, value: object, unit: str, text: str) -> None:
    """A few words that show the answer was read, without praise."""
    options = ("Day", "Night") if kind is QuestionKind.CHOICE else ()
    question = Question(id="q", kind=kind, text="Well?", topic="forklift licence", unit=unit, options=options)
    assert acknowledgement(question, Reading(status=ReadingStatus.CLEAR, value=value)) == text


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind is not QuestionKind.OPEN])
def test_a_clarification_asks_and_does_not_blame(kind: QuestionKind) -> None:
    """Every kind has its own words, ending in a question."""
    options = ("Day", "Night") if kind is QuestionKind.CHOICE else ()
    question = Question(id="q", kind=kind, text="What is it?", options=options)
    text = " ".join(clarification(question, Reading(status=ReadingStatus.UNCLEAR)))
    assert text.endswith("?")
    assert "invalid" not in text.lower()


def test_a_condition_is_asked_as_things_stand() -> None:
    """ "If I pass the test" gets one question about today."""
    question = Question(id="q", kind=QuestionKind.YES_NO, text="Do you have a licence?")
    assert "today" in " ".join(clarification(question, Reading(status=ReadingStatus.CONDITIONAL)))


def test_open_answers_are_acknowledged_in_changing_words() -> None:
    """Fit to their length; never praise."""
    told = "I put the heavy boxes below the light ones"
    assert len({open_acknowledgement(n, told) for n in range(4)}) == 4
    assert open_acknowledgement(0, "no") == "All right."
    assert "Thank you" in open_acknowledgement(0, f"{told}, then {told}, and {told}.")
    assert years(1) == "one year"

"""Numbers, lengths of time, pay, dates, choices and days: the value read and the rule met."""

from datetime import date
from typing import Any

import pytest

from botapp.llm import AnswerRequest
from botapp.scoring.reading import meets, read_answer
from botapp.screening.interview import ReadingStatus, SpokenPart
from botapp.screening.interviewer import Knockout, Question, QuestionKind

TODAY = date(2026, 11, 22)


def read(
    kind: QuestionKind, text: str, *said: str, knockout: Knockout | None = None, **more: Any
) -> tuple[Any, Any, bool | None]:
    question = Question(id="q", kind=kind, text=text, knockout=knockout, **more)
    parts = tuple(SpokenPart(message_id=str(i), text=s) for i, s in enumerate(said))
    reading = read_answer(AnswerRequest(question=question, parts=parts, today=TODAY))
    return reading.status, reading.value, meets(knockout, reading, question) if knockout else None


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (["2"], True),
        (["about two and a half yrs"], True),
        (["since 2019"], True),
        (["18 months"], False),
        (["no experience"], False),
        (["under a year"], False),
        (["almost two"], None),
        (["1 or 2"], None),
        (["a lot"], None),
        (["I'm 25 years old"], None),
        (["7 years in retail"], None),
        (["2 years at one place and 3 at another"], True),
        (["1", "*4"], True),
        (["1 yr", "sorry I meant 2 years"], True),
        (["1 yr here", "6 months there", "so like 2.5 in all"], True),
        (["from 2018 to 2021"], True),
    ],
)
def test_lengths_of_time(said: list[str], outcome: bool | None) -> None:
    """Years, months, sums, corrections; another kind of experience stays open."""
    rule = Knockout(op="gte", value=2)
    text = "How many years of forklift experience do you have?"
    assert read(QuestionKind.DURATION, text, *said, knockout=rule)[2] is outcome


@pytest.mark.parametrize(
    ("said", "value"),
    [("eighteen months", 1.5), ("a decade", 10), ("1 year and 6 months", 1.5), ("2 yrs", 2), ("none", 0)],
)
def test_lengths_are_read_in_years(said: str, value: float) -> None:
    """The normal form of a length of time is years."""
    assert read(QuestionKind.DURATION, "How long have you worked in a warehouse?", said)[1] == pytest.approx(value)


@pytest.mark.parametrize(
    "said",
    [
        ("about two and a half yrs", "sorry, I have to correct that: it is three years, not two and a half"),
        ("2 years", "I meant 3"),
        ("3 years, not 2",),
        ("About 3 years, the last two on nights",),
        ("3 years, two of them on nights",),
    ],
)
def test_a_length_that_was_taken_back_is_not_added(said: tuple[str, ...]) -> None:
    """A correction replaces; what was denied and what is a part of the time is no further time."""
    text = "How long have you worked in a warehouse?"

    assert read(QuestionKind.DURATION, text, *said)[1] == pytest.approx(3)


@pytest.mark.parametrize(
    ("said", "unit", "question", "value"),
    [
        ("half a dozen", "people", "How many people did you lead?", 6),
        ("20 kilos", "lb", "How much can you lift, in pounds?", pytest.approx(44.09, abs=0.1)),
        ("8 a day mon-fri", "hours/week", "How many hours a week can you work?", 40),
        ("10 to 15", "miles", "How many miles away do you live?", {"min": 10, "max": 15}),
        ("at least 30", "hours/week", "How many hours a week can you work?", {"min": 30, "max": None}),
    ],
)
def test_numbers_in_the_unit_asked(said: str, unit: str, question: str, value: Any) -> None:
    """Units are converted where that is exact."""
    assert read(QuestionKind.NUMBER, question, said, unit=unit)[1] == value


def test_another_quantity_is_unclear() -> None:
    """Minutes are not miles."""
    assert (
        read(QuestionKind.NUMBER, "How many miles away do you live?", "20 minutes", unit="miles")[0]
        is ReadingStatus.UNCLEAR
    )


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("$18", True),
        ("1.5k a month", True),
        ("whatever you pay", True),
        ("18-20", True),
        ("I made 25 but would take 18", True),
        ("25", False),
        ("no less than 23", False),
        ("60k a year", False),
        ("45k", None),
        ("19 to 22", None),
        ("negotiable", None),
        ("22 but negotiable", None),
        ("I make 25 now", None),
        ("16 net", None),
        ("17 if it's days", None),
        ("1 million dollars", None),
    ],
)
def test_pay_against_a_limit(said: str, outcome: bool | None) -> None:
    """Pay decides only when hours, tax, terms and currency can't change the outcome."""
    rule = Knockout(op="lte", value=20)
    assert (
        read(QuestionKind.MONEY, "What hourly pay are you looking for?", said, knockout=rule, unit="USD/hour")[2]
        is outcome
    )


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("asap", "2026-11-22"),
        ("tomorrow", "2026-11-23"),
        ("2 weeks notice", "2026-12-06"),
        ("Dec 3rd", "2026-12-03"),
        ("2027-01-04", "2027-01-04"),
        ("next monday", {"min": "2026-11-23", "max": "2026-11-30"}),
        ("end of the month", "2026-11-30"),
        ("any time", "any"),
        ("the 30th", "2026-11-30"),
    ],
)
def test_start_dates(said: str, value: Any) -> None:
    """Dates count from the given day; two readings are a span."""
    assert read(QuestionKind.DATE, "When could you start?", said)[1] == value


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("immediately", True),
        ("in two weeks", True),
        ("in january", False),
        ("next month", None),
        ("not sure yet", None),
    ],
)
def test_start_date_rules(said: str, outcome: bool | None) -> None:
    """A span across the limit is left open."""
    rule = Knockout(op="lte", value="2026-12-07")
    assert read(QuestionKind.DATE, "When could you start?", said, knockout=rule)[2] is outcome


SHIFTS = ("Mornings", "Evenings", "Nights")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("the second one", "Evenings"),
        ("C", "Nights"),
        ("2", "Evenings"),
        ("graveyard", "Nights"),
        ("anything but mornings", {"any_of": ["Evenings", "Nights"]}),
        ("first or last", {"any_of": ["Mornings", "Nights"]}),
        ("whichever", "any"),
        ("B, no wait C", "Nights"),
    ],
)
def test_one_choice(said: str, value: Any) -> None:
    """Words, letters, numbers, positions and exceptions name options."""
    assert read(QuestionKind.CHOICE, "Which shift suits you?", said, options=SHIFTS)[1] == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("1 and 3", ["Mornings", "Nights"]),
        ("all of them", list(SHIFTS)),
        ("all but nights", ["Mornings", "Evenings"]),
        ("mornings, nights", ["Mornings", "Nights"]),
        ("none", []),
    ],
)
def test_several_choices(said: str, value: list[str]) -> None:
    """A list takes what is named, and the rest when something is left out."""
    assert read(QuestionKind.CHOICE, "Which shifts could you cover?", said, options=SHIFTS, multiple=True)[1] == value


def test_a_number_that_may_be_an_amount_is_unclear() -> None:
    """ "1" may be the first option or one year."""
    options = ("Less than 1 year", "1-2 years", "More than 2 years")
    assert read(QuestionKind.CHOICE, "How much experience?", "1", options=options)[0] is ReadingStatus.UNCLEAR


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("all except sundays", ["mon", "tue", "wed", "thu", "fri", "sat"]),
        ("M-F", ["mon", "tue", "wed", "thu", "fri"]),
        ("weekends", ["sat", "sun"]),
        ("tue, thu and sat", ["tue", "thu", "sat"]),
        ("open availability", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
    ],
)
def test_days(said: str, days: list[str]) -> None:
    """Days named, spans, and the rest of the week."""
    assert read(QuestionKind.AVAILABILITY, "Which days can you work?", said)[1]["days"] == days


@pytest.mark.parametrize(
    ("said", "outcome"), [("every day", True), ("weekdays only", False), ("saturdays", None), ("5 days", True)]
)
def test_days_against_a_rule(said: str, outcome: bool | None) -> None:
    """All wanted days pass, none fail, some are for a person."""
    rule = Knockout(op="in", value=["sat", "sun"])
    assert read(QuestionKind.AVAILABILITY, "Which days can you work?", said, knockout=rule)[2] is outcome

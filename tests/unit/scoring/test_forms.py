"""A form's fields are read exactly: a value of its kind, or one named problem."""

import pytest

from botapp.scoring.forms import (
    NONE_OF_THEM,
    WORDS_MAX,
    Form,
    Problem,
    UploadedFile,
    known_fields,
    read_form,
    scale_of,
)
from botapp.scoring.reading import meets
from botapp.screening.file_types import MOST_BYTES
from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Knockout, Question, QuestionKind
from tests.support.sample_form import (
    CARD,
    DAYS,
    EVERY_KIND,
    EXPERIENCE,
    FILLED,
    LIFTS,
    PAPER,
    PAY,
    PDF,
    SHIFT,
    START,
    STORY,
    STRESS,
    TOOLS,
)


def form(**fields: object) -> Form:
    """Fields as a browser posts them; `__` in a name stands for the dot."""
    named = {name.replace("__", "."): value for name, value in fields.items()}
    return Form({name: value if isinstance(value, list) else [str(value)] for name, value in named.items()})


def problem_of(question: Question, given: Form) -> Problem | None:
    return read_form([question], given)[1].get(question.id)


def value_of(question: Question, given: Form) -> object:
    answers, problems = read_form([question], given)
    assert problems == {}
    reading = answers[question.id].reading
    assert reading is not None
    assert reading.status is ReadingStatus.CLEAR
    return reading.value


def filled(**changes: object) -> Form:
    return Form({name: value if isinstance(value, list) else [value] for name, value in (FILLED | changes).items()})


def test_every_kind_is_read_to_a_clear_value() -> None:
    """What a whole form holds, and the words that show it."""
    answers, problems = read_form(EVERY_KIND, filled())
    assert problems == {}
    values = {id: answer.reading.value for id, answer in answers.items() if answer.reading}
    assert values == {
        "card": True,
        "experience": 1.5,
        "lifts": 45,
        "stress": 7,
        "pay": {"amount": 21.5, "period": "hour", "currency": "USD"},
        "start": "2026-06-01",
        "shift": "Evening",
        "tools": ["Grill", "Slicer"],
        "days": {"days": ["fri", "sat"], "parts": ["evening"]},
    }
    assert answers["story"].reading is None
    assert answers["experience"].text == "18 months"
    assert answers["pay"].text == "21.50 USD per hour"
    assert "paper" not in answers, "a file that counts for nothing may be left out"


@pytest.mark.parametrize("question", [CARD, EXPERIENCE, LIFTS, PAY, START, SHIFT, TOOLS, STORY])
def test_what_is_needed_and_left_empty_is_asked_for(question: Question) -> None:
    """Blanks are nothing too."""
    assert problem_of(question, form()) is Problem.MISSING
    assert problem_of(question, form(**{question.id: " \x00 "})) is Problem.MISSING


@pytest.mark.parametrize(
    ("question", "given", "problem"),
    [
        (CARD, form(card="maybe"), Problem.NOT_A_CHOICE),
        (LIFTS, form(lifts="a lot"), Problem.NOT_A_NUMBER),
        (LIFTS, form(lifts="1e400"), Problem.NOT_A_NUMBER),
        (LIFTS, form(lifts="nan"), Problem.NOT_A_NUMBER),
        (STRESS, form(stress="11"), Problem.OUT_OF_RANGE),
        (EXPERIENCE, form(experience="3", experience__unit="weeks"), Problem.NOT_A_CHOICE),
        (EXPERIENCE, form(experience="-1", experience__unit="years"), Problem.OUT_OF_RANGE),
        (EXPERIENCE, form(experience="900", experience__unit="years"), Problem.OUT_OF_RANGE),
        (PAY, form(pay="20", pay__period="fortnight"), Problem.NOT_A_CHOICE),
        (PAY, form(pay="-20", pay__period="hour"), Problem.OUT_OF_RANGE),
        (START, form(start="soon"), Problem.NOT_A_DATE),
        (START, form(start="2026-02-30"), Problem.NOT_A_DATE),
        (START, form(start="1026-02-03"), Problem.OUT_OF_RANGE),
        (SHIFT, form(shift="Night"), Problem.NOT_A_CHOICE),
        (SHIFT, form(shift=["Day", "Evening"]), Problem.NOT_A_CHOICE),
        (TOOLS, form(tools=["Grill", NONE_OF_THEM]), Problem.NOT_A_CHOICE),
        (DAYS, form(days__parts="evening"), Problem.NO_DAYS),
        (DAYS, form(days__days="someday"), Problem.NOT_A_CHOICE),
        (DAYS, form(days__days="mon", days__from="8 o'clock"), Problem.NOT_A_TIME),
        (STORY, form(story="x" * (WORDS_MAX + 1)), Problem.TOO_LONG),
        (STORY, form(story="x" * 1_000_000), Problem.TOO_LONG),
    ],
)
def test_what_does_not_fit_is_named(question: Question, given: Form, problem: Problem) -> None:
    """Never guessed at."""
    assert problem_of(question, given) is problem


@pytest.mark.parametrize(
    ("typed", "value"), [("45", 45), ("2,5", 2.5), ("2.5", 2.5), ("1,200", 1200), ("1 200", 1200), ("-3", -3)]
)
def test_numbers_are_read_as_people_type_them(typed: str, value: float) -> None:
    """With either comma, and grouped."""
    assert value_of(LIFTS, form(lifts=typed)) == value


def test_words_are_kept_as_a_database_can_keep_them() -> None:
    """Half a character and a NUL are left out."""
    answers, _ = read_form([STORY], form(story="One\x00 rush\ud800"))
    assert answers["story"].text == "One rush?"


def test_a_large_number_is_shown_in_digits() -> None:
    """No exponent reaches a recruiter."""
    answers, _ = read_form([LIFTS], form(lifts="1500000"))
    assert answers["lifts"].text == "1500000 lb"


def test_fields_of_another_form_are_ignored() -> None:
    """Only this form's questions are read."""
    answers, problems = read_form([CARD], form(card="yes", licence="yes", __proto__="x"))
    assert (list(answers), problems) == (["card"], {})


def test_a_form_value_decides_a_knockout() -> None:
    """As exactly as a button does."""
    years = EXPERIENCE.model_copy(update={"knockout": Knockout(op="gte", value=2)})
    for months, passes in (("18", False), ("24", True)):
        answers, _ = read_form([years], form(experience=months, experience__unit="months"))
        reading = answers["experience"].reading
        assert reading is not None
        assert years.knockout is not None
        assert meets(years.knockout, reading, years) is passes


def test_pay_is_compared_in_its_own_currency() -> None:
    """A yearly figure meets an hourly limit."""
    limited = PAY.model_copy(update={"knockout": Knockout(op="lte", value=25)})
    answers, _ = read_form([limited], form(pay="80000", pay__period="year"))
    reading = answers["pay"].reading
    assert reading is not None
    assert limited.knockout is not None
    assert meets(limited.knockout, reading, limited) is False


def upload(content: bytes = PDF, name: str = "card.pdf") -> Form:
    return Form({}, {"paper": UploadedFile(name, "application/pdf", content)})


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (upload(), None),
        (upload(PDF + b"x" * MOST_BYTES), Problem.FILE_TOO_LARGE),
        (upload(b""), Problem.FILE_EMPTY),
        (upload(name="card.exe"), Problem.FILE_TYPE),
        (upload(b"MZ\x90\x00 a program", "card.pdf"), Problem.FILE_TYPE),
        (upload(b"#!/bin/sh", "card.txt"), Problem.FILE_TYPE),
        (upload(name="card"), Problem.FILE_TYPE),
    ],
)
def test_a_file_is_taken_by_its_bytes_and_its_name(given: Form, problem: Problem | None) -> None:
    """Ten megabytes of a document or picture; nothing else."""
    answers, problems = read_form([PAPER], given)
    assert problems.get("paper") is problem
    assert ("paper" in answers) is (problem is None)


def test_a_needed_file_that_was_kept_before_is_enough() -> None:
    """It need not be chosen twice."""
    needed = PAPER.model_copy(update={"weight": 2})
    assert read_form([needed], form())[1] == {"paper": Problem.MISSING}
    answers, problems = read_form([needed], form(), {"paper": "card.pdf"})
    assert (answers["paper"].text, problems) == ("card.pdf", {})


def test_a_scale_is_found_in_the_question() -> None:
    """Only where it says so."""
    assert scale_of(STRESS) == (1, 10)
    assert scale_of(LIFTS) is None


CLEAR = {"status": ReadingStatus.CLEAR}


@pytest.mark.parametrize(
    ("question", "value", "fields"),
    [
        (CARD, False, {"card": ["no"]}),
        (EXPERIENCE, 1.5, {"experience": ["18"], "experience.unit": ["months"]}),
        (EXPERIENCE, 12.0, {"experience": ["12"], "experience.unit": ["years"]}),
        (EXPERIENCE, {"min": 2, "max": None}, {}),
        (LIFTS, 1500000.0, {"lifts": ["1500000"]}),
        (PAY, {"amount": 21.5, "period": "hour", "currency": "USD"}, {"pay": ["21.5"], "pay.period": ["hour"]}),
        (PAY, {"amount": 21.5, "period": "hour", "currency": "EUR"}, {}),
        (PAY, "open", {}),
        (START, "2026-06-01", {"start": ["2026-06-01"]}),
        (START, "2026-06", {}),
        (SHIFT, "Day", {"shift": ["Day"]}),
        (SHIFT, {"any_of": ["Day", "Evening"]}, {}),
        (TOOLS, ["Grill"], {"tools": ["Grill"]}),
        (DAYS, {"days": ["mon"], "parts": ["night"]}, {"days.days": ["mon"], "days.parts": ["night"]}),
        (DAYS, {"days": "any", "count": 3}, {}),
    ],
)
def test_what_the_thread_knows_fills_the_fields_that_can_hold_it(
    question: Question, value: object, fields: dict[str, list[str]]
) -> None:
    """And nothing that they can't."""
    reading = Reading.model_validate({**CLEAR, "value": value})
    assert known_fields(question, reading, "") == fields


def test_what_was_unclear_is_asked_afresh() -> None:
    """As is what only a person may weigh."""
    for other in ({"status": "unclear"}, {"status": "clear", "needs_person": True}):
        assert known_fields(CARD, Reading.model_validate({**other, "value": True}), "") == {}


@pytest.mark.parametrize("question", EVERY_KIND)
def test_a_form_read_and_filled_in_again_reads_the_same(question: Question) -> None:
    """Round trip of every kind that has fields to fill."""
    if question.kind in (QuestionKind.FILE, QuestionKind.OPEN):
        return
    first = value_of(question, filled())
    fields = known_fields(question, Reading.model_validate({**CLEAR, "value": first}), "")
    assert value_of(question, Form(fields)) == first

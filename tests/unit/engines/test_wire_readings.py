"""A typed answer that a model read has the form every reader uses, or is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from botapp.engines.wire import READ, Unusable
from botapp.llm import AnswerRequest
from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Question, QuestionKind
from tests.unit.engines.samples import PART, SHIFT, TODAY, WIRE_READING

NO_MONEY = dict.fromkeys(["amount", "min", "max", "period", "currency"]) | {"net": False}
NO_HOURS = dict.fromkeys(["days", "since", "until", "count"]) | {"parts": []}
SEVERAL = SHIFT.model_copy(update={"multiple": True})


def read(question: Question, value: Any, **changes: Any) -> Reading:
    request = AnswerRequest(question=question, parts=(PART,), today=TODAY)
    shape = READ.shape(request)
    return READ.accept(request, shape.model_validate(WIRE_READING | {"value": value} | changes))


def asked(kind: QuestionKind, unit: str = "") -> Question:
    return Question(id="q", kind=kind, text="?", unit=unit)


def picked(*options: str, any_of_these: bool = False) -> dict[str, Any]:
    return {"picked": list(options), "any_of_these": any_of_these}


@pytest.mark.parametrize(
    ("question", "value", "expected"),
    [
        (asked(QuestionKind.YES_NO), False, False),
        (asked(QuestionKind.NUMBER, "lb"), 66, 66.0),
        (asked(QuestionKind.DURATION), {"min": 5, "max": None}, {"min": 5.0, "max": None}),
        (asked(QuestionKind.MONEY), "open", "open"),
        (
            asked(QuestionKind.MONEY),
            NO_MONEY | {"amount": 20, "period": "hour", "currency": "USD"},
            {"amount": 20.0, "period": "hour", "currency": "USD"},
        ),
        (asked(QuestionKind.MONEY), NO_MONEY | {"min": 20, "net": True}, {"min": 20.0, "net": True}),
        (asked(QuestionKind.DATE), "2026-12-06", "2026-12-06"),
        (asked(QuestionKind.DATE), "2026-12", "2026-12"),
        (asked(QuestionKind.DATE), "any", "any"),
        (
            asked(QuestionKind.DATE),
            {"min": "2026-11-23", "max": "2026-11-30"},
            {"min": "2026-11-23", "max": "2026-11-30"},
        ),
        (SHIFT, picked("early"), "Early"),
        (SHIFT, picked("Early", "Late"), {"any_of": ["Early", "Late"]}),
        (SHIFT, picked("Early", any_of_these=True), {"any_of": ["Early"]}),
        (SHIFT, "any", "any"),
        (SEVERAL, picked("Late", "Night"), ["Late", "Night"]),
        (
            asked(QuestionKind.AVAILABILITY),
            NO_HOURS | {"days": ["mon", "tue"], "since": "08:00"},
            {"days": ["mon", "tue"], "from": "08:00"},
        ),
        (asked(QuestionKind.AVAILABILITY), NO_HOURS | {"days": "any", "count": 3}, {"days": "any", "count": 3}),
    ],
)
def test_a_clear_value_is_normalised(question: Question, value: Any, expected: Any) -> None:
    """Each kind's value in the form that readers and knockouts share."""
    assert read(question, value).value == expected


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (asked(QuestionKind.YES_NO), None),
        (asked(QuestionKind.NUMBER), {"min": 9, "max": 3}),
        (asked(QuestionKind.NUMBER), {"min": None, "max": None}),
        (asked(QuestionKind.MONEY), NO_MONEY),
        (asked(QuestionKind.DATE), "soon"),
        (asked(QuestionKind.DATE), "2026-02-30"),
        (SHIFT, picked("Weekend")),
        (SHIFT, picked()),
        (asked(QuestionKind.AVAILABILITY), NO_HOURS),
        (asked(QuestionKind.FILE), None),
    ],
)
def test_a_clear_reading_needs_a_value_that_fits(question: Question, value: Any) -> None:
    """No value, an upside-down range, no date, an option that is not there: back to the model."""
    with pytest.raises(Unusable):
        read(question, value)


@pytest.mark.parametrize(
    ("question", "value"),
    [(asked(QuestionKind.YES_NO), "perhaps"), (asked(QuestionKind.NUMBER), "six"), (SHIFT, "Early")],
)
def test_a_value_of_the_wrong_type_does_not_fit_the_shape(question: Question, value: Any) -> None:
    """The shape itself refuses it."""
    with pytest.raises(ValidationError):
        read(question, value)


@pytest.mark.parametrize("status", [s for s in ReadingStatus if s not in {ReadingStatus.CLEAR}])
def test_only_clear_and_conditional_have_a_value(status: ReadingStatus) -> None:
    """An unclear reading never carries a value that something could decide on."""
    reading = read(asked(QuestionKind.YES_NO), True, status=status, condition="if it is near")
    assert reading.value is (True if status is ReadingStatus.CONDITIONAL else None)
    assert reading.condition == ("if it is near" if status is ReadingStatus.CONDITIONAL else "")


def test_a_person_looks_when_the_model_says_so() -> None:
    """What stands behind an answer is kept."""
    assert read(asked(QuestionKind.YES_NO), False, needs_person=True).needs_person

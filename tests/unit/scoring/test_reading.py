"""read_answer and meets: buttons, limits of length, hostile text, and what never decides."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botapp.llm import AnswerRequest
from botapp.scoring.reading import meets, read_answer
from botapp.screening.interview import Reading, ReadingStatus, SpokenPart
from botapp.screening.interviewer import Knockout, Question, QuestionKind

TODAY = date(2026, 11, 22)
QUESTIONS = (
    Question(id="a", kind=QuestionKind.YES_NO, text="Can you work nights?", knockout=Knockout(op="eq", value=True)),
    Question(
        id="b", kind=QuestionKind.DURATION, text="How many years of experience?", knockout=Knockout(op="gte", value=2)
    ),
    Question(
        id="c",
        kind=QuestionKind.NUMBER,
        text="How many miles away?",
        unit="miles",
        knockout=Knockout(op="lte", value=20),
    ),
    Question(id="d", kind=QuestionKind.MONEY, text="What pay?", unit="USD/hour", knockout=Knockout(op="lte", value=20)),
    Question(
        id="e", kind=QuestionKind.DATE, text="When can you start?", knockout=Knockout(op="lte", value="2026-12-07")
    ),
    Question(
        id="f",
        kind=QuestionKind.CHOICE,
        text="Which shift?",
        options=("Days", "Nights"),
        knockout=Knockout(op="in", value=["Days"]),
    ),
    Question(id="g", kind=QuestionKind.AVAILABILITY, text="Which days?", knockout=Knockout(op="in", value=["sat"])),
)


def read(question: Question, text: str, button: str = "") -> Reading:
    parts = (SpokenPart(message_id="m", text=text),)
    return read_answer(AnswerRequest(question=question, parts=parts, today=TODAY, button_value=button))


def test_a_button_is_exact() -> None:
    """A pressed button says exactly its value."""
    assert read(QUESTIONS[0], "No", "no").value is False
    assert read(QUESTIONS[5], "Nights", "Nights").value == "Nights"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.kind.value)
@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b\u200d", "...", "asdf qwer", "<script>alert(1)</script>", "no " * 6000, "1 " * 300]
)
def test_nothing_readable_never_decides(question: Question, text: str) -> None:
    """Empty, invisible, senseless or endless text is never a knock-out."""
    assert question.knockout is not None
    assert meets(question.knockout, read(question, text), question) is None


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.kind.value)
def test_unclear_conditional_or_private_never_decides(question: Question) -> None:
    """Only a clear reading without a private reason is decided by rule."""
    assert question.knockout is not None
    for reading in (
        Reading(status=ReadingStatus.UNCLEAR, value=False),
        Reading(status=ReadingStatus.CONDITIONAL, value=0),
        Reading(status=ReadingStatus.CLEAR, value=False, needs_person=True),
    ):
        assert meets(question.knockout, reading, question) is None


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.kind.value)
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_read_without_an_error(question: Question, text: str) -> None:
    """Whatever is typed gets a reading."""
    assert question.knockout is not None
    assert meets(question.knockout, read(question, text), question) in (True, False, None)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.kind.value)
@pytest.mark.parametrize(
    "text", ["1 " * 330, "no " * 230, "a" * 690, "mon " * 170, "from 5 " * 90, "dont have " * 65, "-" * 690]
)
def test_hostile_text_is_read_quickly(question: Question, text: str) -> None:
    """No text makes a reader slow."""
    began = time.thread_time()
    read(question, text)
    assert time.thread_time() - began < 1.0

"""Gates say in words what was required and what was said, and never fail on what is missing."""

from typing import Any

import pytest

from botapp.scoring.aggregation import Weighed
from botapp.scoring.gates import build_gates, knockout_gate, minimum_gates
from botapp.scoring.stored import GateOverride, StoredAnswer
from botapp.scoring.wording import gate_line
from botapp.screening.interview import AnswerStatus, Reading, ReadingStatus, SpokenPart
from botapp.screening.interviewer import ChatStage, Interviewer, Knockout, Question, QuestionKind, Settings

LICENCE = Question(
    id="q1",
    kind=QuestionKind.YES_NO,
    text="Do you have a forklift licence?",
    topic="forklift licence",
    knockout=Knockout(op="eq", value=True),
)
YEARS = Question(
    id="q2",
    kind=QuestionKind.DURATION,
    text="How many years have you driven one?",
    topic="years on a forklift",
    knockout=Knockout(op="gte", value=2.0),
)
OPEN = Question(id="q3", kind=QuestionKind.OPEN, text="How do you load a van?")


def said(
    question: Question, value: Any, status: ReadingStatus = ReadingStatus.CLEAR, needs_person: bool = False
) -> StoredAnswer:
    reading = Reading(status=status, value=value, needs_person=needs_person)
    return StoredAnswer(question.id, "s", AnswerStatus.ANSWERED, (SpokenPart(message_id="m", text="well"),), reading)


@pytest.mark.parametrize(
    ("question", "value", "outcome", "line"),
    [
        (LICENCE, True, "passed", "Forklift licence: yes"),
        (LICENCE, False, "failed", "Forklift licence: no, must be yes (not met)"),
        (YEARS, 3.0, "passed", "Years on a forklift: 3 years"),
        (YEARS, 1.0, "failed", "Years on a forklift: 1 year, at least 2 years (not met)"),
    ],
)
def test_a_clear_answer_decides(question: Question, value: Any, outcome: str, line: str) -> None:
    """Passed or failed, in the words of the rule."""
    assert question.knockout is not None
    gate = knockout_gate(question, question.knockout, said(question, value))
    assert gate.outcome == outcome
    assert gate_line(gate) == line


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (None, "not_reached"),
        (StoredAnswer("q1", "s", AnswerStatus.OPEN), "not_reached"),
        (StoredAnswer("q1", "s", AnswerStatus.SKIPPED), "needs_person"),
        (said(LICENCE, None, ReadingStatus.UNCLEAR), "needs_person"),
        (said(LICENCE, False, needs_person=True), "needs_person"),
    ],
)
def test_what_is_missing_or_unclear_is_for_a_person(answer: StoredAnswer | None, outcome: str) -> None:
    """Never a failure."""
    assert LICENCE.knockout is not None
    assert knockout_gate(LICENCE, LICENCE.knockout, answer).outcome == outcome


def test_a_knockout_that_is_not_enforced_says_so() -> None:
    """It is shown as not met, and ends nothing."""
    assert LICENCE.knockout is not None
    gate = knockout_gate(LICENCE, LICENCE.knockout, said(LICENCE, False), enforced=False)
    assert gate.outcome == "failed"
    assert "not enforced" in gate.reason


@pytest.mark.parametrize(
    ("terms", "outcome"),
    [
        ([Weighed(2, 4.0)], "passed"),
        ([Weighed(2, 2.0)], "failed"),
        ([Weighed(2, 3.8)], "passed"),
        ([Weighed(2, 3.0), Weighed(2, None)], "needs_person"),
        ([Weighed(2, 5.0), Weighed(2, None)], "needs_person"),
        ([Weighed(10, 5.0), Weighed(1, None)], "passed"),
        ([Weighed(10, 1.0), Weighed(1, None)], "failed"),
        ([Weighed(2, None)], "needs_person"),
        ([], "not_reached"),
    ],
)
def test_a_minimum_score_can_not_fail_on_a_missing_score(terms: list[Weighed], outcome: str) -> None:
    """Unless no score for the missing answer could change the outcome."""
    stage = ChatStage(id="s", questions=(OPEN,))
    assert [gate.outcome for gate in minimum_gates((stage,), 70, {"s": terms})] == [outcome]


def test_a_stage_with_its_own_bar_is_held_to_that() -> None:
    """The pass bar is for the other stages together."""
    own, other = ChatStage(id="a", title="Screen", min_score=40), ChatStage(id="b")
    gates = minimum_gates((own, other), 70, {"a": [Weighed(2, 3.0)], "b": [Weighed(2, 3.0)]})
    assert [(gate.name, gate.outcome) for gate in gates] == [
        ("Minimum score", "failed"),
        ("Minimum score, Screen", "passed"),
    ]


def test_a_recruiter_can_decide_over_a_gate() -> None:
    """Their decision, name and reason stand in it; the rule's reason stays."""
    interviewer = Interviewer(
        title="Picker", slug="picker", stages=(ChatStage(id="s", questions=(LICENCE,)),), settings=Settings(pass_bar=50)
    )
    answers = {"q1": said(LICENCE, False)}
    overrides = {
        "q1": GateOverride("passed", "ann", "Card seen"),
        "Minimum score": GateOverride("failed", "ann", "Low"),
    }
    licence, minimum = build_gates(interviewer, answers, {"s": [Weighed(2, 5.0)]}, overrides)
    assert (licence.outcome, licence.overridden_by, licence.override_reason) == ("passed", "ann", "Card seen")
    assert licence.reason == "no, must be yes"
    assert minimum.outcome == "failed"

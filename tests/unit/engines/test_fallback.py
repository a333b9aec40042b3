"""Conversations go on by rule when the model can't; judging waits for it."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from botapp.engines.fallback import FallbackLanguage
from botapp.errors import Permanent, Retryable
from botapp.llm import DraftResult, FactReply, FollowUp, Intent, Plan, PlanIntent, Understanding
from botapp.screening.interview import Reading, ReadingStatus
from tests.unit.engines.samples import (
    ANSWER_REQUEST,
    FOLLOW_UP_REQUEST,
    JUDGE_REQUEST,
    SUMMARISE_REQUEST,
    TASKS,
    UNDERSTAND_REQUEST,
)
from tests.unit.engines.scripted import ScriptedLanguage

CONVERSATION: dict[str, tuple[Any, Any]] = {
    "draft_interviewer": (DraftResult(draft=None, problem="model"), DraftResult(draft=None, problem="rules")),
    "plan_edits": (Plan(intent=PlanIntent.UNDO), Plan(intent=PlanIntent.CHATTER)),
    "understand": (Understanding(main=Intent.QUESTION), Understanding(main=Intent.ANSWER)),
    "read_answer": (Reading(status=ReadingStatus.CLEAR, value=6.5), Reading(status=ReadingStatus.UNCLEAR)),
    "choose_follow_up": (FollowUp(text="model?"), FollowUp(text="rules?")),
    "answer_candidate": (FactReply(text="model"), FactReply(text=None)),
}
FAULTS = [Retryable("down"), Permanent("odd")]


def rules(*outputs: Any) -> ScriptedLanguage:
    return ScriptedLanguage(*outputs, name="rules/1")


@pytest.mark.parametrize("task", CONVERSATION)
def test_the_model_answers_when_it_can(task: str) -> None:
    """A conversation step is the model's when it works."""
    by_model, by_rule = CONVERSATION[task]
    language = FallbackLanguage(ScriptedLanguage(by_model), rules(by_rule))
    assert getattr(language, task)(TASKS[task][0]) == by_model


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
@pytest.mark.parametrize("task", CONVERSATION)
def test_rules_answer_when_the_model_cannot(task: str, fault: Exception) -> None:
    """Down, slow, refusing or odd: the conversation goes on by rule, and one line is logged without any text."""
    by_rule = CONVERSATION[task][1]
    language = FallbackLanguage(ScriptedLanguage(fault), rules(by_rule))
    with capture_logs() as logs:
        assert getattr(language, task)(TASKS[task][0]) == by_rule
    [line] = logs
    assert line["event"] == "engine_fell_back"
    assert set(line) == {"event", "log_level", "engine", "task", "reason"}


@pytest.mark.parametrize("task", CONVERSATION)
def test_a_spent_budget_asks_no_model(task: str) -> None:
    """Out of budget, the model is not asked at all."""
    model = ScriptedLanguage()
    language = FallbackLanguage(model, rules(CONVERSATION[task][1]), spent=lambda: True)
    assert getattr(language, task)(TASKS[task][0]) == CONVERSATION[task][1]
    assert model.asked == []


def test_a_model_that_is_down_is_waited_for_once_a_turn() -> None:
    """After a time-out the rest of the turn does not wait again."""
    model = ScriptedLanguage(Retryable("slow"))
    language = FallbackLanguage(model, rules(Reading(status=ReadingStatus.UNCLEAR), FollowUp(text="rules?")))
    language.read_answer(ANSWER_REQUEST)
    assert language.choose_follow_up(FOLLOW_UP_REQUEST).text == "rules?"
    assert model.asked == ["read_answer"]


def test_one_odd_answer_does_not_silence_the_model() -> None:
    """An unusable answer to one question says nothing about the next."""
    model = ScriptedLanguage(Permanent("odd"), FollowUp(text="model?"))
    language = FallbackLanguage(model, rules(Reading(status=ReadingStatus.UNCLEAR)))
    language.read_answer(ANSWER_REQUEST)
    assert language.choose_follow_up(FOLLOW_UP_REQUEST).text == "model?"


@pytest.mark.parametrize("intent", [Intent.STOP, Intent.DISTRESS, Intent.HUMAN])
@pytest.mark.parametrize("place", ["main", "also"])
def test_stop_distress_and_a_person_are_heard_by_rule(intent: Intent, place: str) -> None:
    """The law is code: no model is asked whether a stop is a stop."""
    heard = Understanding(main=intent) if place == "main" else Understanding(main=Intent.ANSWER, also=(intent,))
    model = ScriptedLanguage()
    assert FallbackLanguage(model, rules(heard)).understand(UNDERSTAND_REQUEST) == heard
    assert model.asked == []


@pytest.mark.parametrize(
    "reading",
    [
        *[Reading(status=status) for status in ReadingStatus if status is not ReadingStatus.UNCLEAR],
        Reading(status=ReadingStatus.UNCLEAR, needs_person=True),
    ],
    ids=lambda reading: f"{reading.status}-{reading.needs_person}",
)
def test_a_typed_answer_is_read_by_rule_first(reading: Reading) -> None:
    """Only an unclear reading goes to the model, and never one that a person must look at."""
    model = ScriptedLanguage()
    assert FallbackLanguage(model, rules(reading)).read_answer(ANSWER_REQUEST) == reading
    assert model.asked == []


def test_a_button_is_exact() -> None:
    """A pressed quick reply is never sent to a model."""
    model, unclear = ScriptedLanguage(), Reading(status=ReadingStatus.UNCLEAR)
    request = ANSWER_REQUEST.model_copy(update={"button_value": "7"})
    assert FallbackLanguage(model, rules(unclear)).read_answer(request) == unclear
    assert model.asked == []


@pytest.mark.parametrize("task", ["judge_answer", "summarise"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_judging_does_not_fall_back(task: str, fault: Exception) -> None:
    """Scores of two engines are never mixed: the fault goes up, and rules are not asked."""
    by_rule = rules()
    with pytest.raises(type(fault)):
        getattr(FallbackLanguage(ScriptedLanguage(fault), by_rule), task)(TASKS[task][0])
    assert by_rule.asked == []


def test_judging_waits_for_the_budget() -> None:
    """Out of budget, judging is tried again later."""
    language = FallbackLanguage(ScriptedLanguage(), rules(), spent=lambda: True)
    for judge in (lambda: language.judge_answer(JUDGE_REQUEST), lambda: language.summarise(SUMMARISE_REQUEST)):
        with pytest.raises(Retryable, match="budget"):
            judge()


def test_scores_carry_the_models_name() -> None:
    """The name is that of the engine that judges."""
    assert FallbackLanguage(ScriptedLanguage(name="openai/m"), rules()).name == "openai/m"

"""Conversations go on by rule when the model can't; judging waits for it."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from botapp.engines.fallback import FallbackLanguage
from botapp.engines.recorder import CallContext, Recorder
from botapp.engines.rules import RulesLanguage
from botapp.errors import OverBudget, Permanent, Retryable
from botapp.llm import DraftResult, FactReply, FollowUp, Intent, Judgement, Plan, PlanIntent, Translation, Understanding
from botapp.policy.model_budget import Cap
from botapp.screening.interview import Reading, ReadingStatus, SpokenPart
from tests.unit.engines.samples import (
    ANSWER_REQUEST,
    FOLLOW_UP_REQUEST,
    JUDGE_REQUEST,
    PLAN_REQUEST,
    SUMMARISE_REQUEST,
    TASKS,
    UNDERSTAND_REQUEST,
    YEARS,
)
from tests.unit.engines.scripted import KeptInMemory, ScriptedLanguage

CONVERSATION: dict[str, tuple[Any, Any]] = {
    "draft_interviewer": (DraftResult(draft=None, problem="model"), DraftResult(draft=None, problem="rules")),
    "plan_edits": (Plan(intent=PlanIntent.UNDO), Plan(intent=PlanIntent.CHATTER)),
    "understand": (Understanding(main=Intent.QUESTION), Understanding(main=Intent.ANSWER)),
    "read_answer": (Reading(status=ReadingStatus.CLEAR, value=6.5), Reading(status=ReadingStatus.UNCLEAR)),
    "choose_follow_up": (FollowUp(text="model?"), FollowUp(text="rules?")),
    "translate": (Translation(text="¿modelo?"), Translation()),
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
    language = FallbackLanguage(model, rules(CONVERSATION[task][1]), cap=lambda _interview: Cap.DAY)
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


@pytest.mark.parametrize(
    ("fault", "task", "raised"),
    [
        (Retryable("down"), "judge_answer", Retryable),
        (Permanent("odd"), "judge_answer", Retryable),  # another pass may do
        (Retryable("down"), "summarise", Retryable),
        (Permanent("odd"), "summarise", Permanent),
    ],
)
def test_judging_does_not_fall_back(fault: Exception, task: str, raised: type[Exception]) -> None:
    """Scores of two engines are never mixed: the fault goes up, and rules are not asked."""
    by_rule = rules()
    with pytest.raises(raised):
        getattr(FallbackLanguage(ScriptedLanguage(fault), by_rule), task)(TASKS[task][0])
    assert by_rule.asked == []


@pytest.mark.parametrize(("cap", "raised"), [(Cap.DAY, OverBudget), (Cap.INTERVIEW, Permanent)])
def test_judging_waits_for_the_day_not_for_the_interview(cap: Cap, raised: type[Exception]) -> None:
    """The day's budget comes back tomorrow; an interview's does not."""
    language = FallbackLanguage(ScriptedLanguage(), rules(), cap=lambda _interview: cap)
    for judge in (lambda: language.judge_answer(JUDGE_REQUEST), lambda: language.summarise(SUMMARISE_REQUEST)):
        with pytest.raises(raised, match="budget"):
            judge()


def test_composing_knows_no_budget_of_an_interview() -> None:
    """A draft is not stopped by what one interview may cost."""
    by_model = CONVERSATION["plan_edits"][0]
    cap = lambda interview: Cap.INTERVIEW if interview else Cap.NONE  # noqa: E731 - as short as it gets
    assert FallbackLanguage(ScriptedLanguage(by_model), rules(), cap=cap).plan_edits(PLAN_REQUEST) == by_model


def judged(score: float | None) -> Judgement:
    status = "unavailable" if score is None else "scored"
    return Judgement.model_validate({"status": status, "score": score, "reason": f"pass {score}"})


def test_three_passes_are_one_judgement() -> None:
    """The median, what each pass gave, and how far apart they lie."""
    model = ScriptedLanguage(judged(3), judged(4), judged(3))
    told = FallbackLanguage(model, rules(), passes=3).judge_answer(JUDGE_REQUEST)
    assert (told.score, told.passes, told.spread, told.confidence) == (3, (3, 4, 3), 1, "medium")
    assert model.asked == ["judge_answer"] * 3


def test_a_pass_that_cannot_be_used_is_not_counted() -> None:
    """Two of three are enough, and say less; one of three is none, and is tried again."""
    model = ScriptedLanguage(judged(3), Permanent("odd"), judged(3))
    told = FallbackLanguage(model, rules(), passes=3).judge_answer(JUDGE_REQUEST)
    assert (told.score, told.passes, told.confidence) == (3, (3, 3), "low")
    model = ScriptedLanguage(judged(3), Permanent("odd"), Permanent("odd"))
    with pytest.raises(Retryable):
        FallbackLanguage(model, rules(), passes=3).judge_answer(JUDGE_REQUEST)


def test_a_later_try_takes_kept_passes_and_stops_in_the_end() -> None:
    """Good passes are paid for once; unusable ones are asked anew, three rounds of them at most."""
    store = KeptInMemory()

    def attempt(*outputs: Any) -> tuple[ScriptedLanguage, FallbackLanguage]:
        model = ScriptedLanguage(*outputs)
        return model, FallbackLanguage(Recorder(model, store, CallContext("c1")), rules(), passes=3)

    odd = Permanent("odd")
    with pytest.raises(Retryable):
        attempt(judged(3), odd, odd)[1].judge_answer(JUDGE_REQUEST)
    model, language = attempt(judged(4), judged(3))
    assert language.judge_answer(JUDGE_REQUEST).passes == (3, 4, 3)
    assert model.asked == ["judge_answer"] * 2

    store = KeptInMemory()
    for _ in range(2):
        with pytest.raises(Retryable):
            attempt(odd, odd, odd)[1].judge_answer(JUDGE_REQUEST)
    for outputs in ((odd, odd, odd), ()):  # the last round, and nothing is asked after it
        with pytest.raises(Permanent):
            attempt(*outputs)[1].judge_answer(JUDGE_REQUEST)


@pytest.mark.parametrize(
    ("text", "asks"), [("6 years", False), ("6 years, what is the pay?", True), ("hm dunno", True)]
)
def test_a_plain_answer_to_a_typed_question_asks_no_model(text: str, asks: bool) -> None:
    """A short message that rules read clearly is understood by rule; anything more is not."""
    request = UNDERSTAND_REQUEST.model_copy(
        update={"parts": (SpokenPart(message_id="m1", text=text),), "open_question": YEARS}
    )
    model = ScriptedLanguage(Understanding(main=Intent.NOISE))
    FallbackLanguage(model, RulesLanguage()).understand(request)
    assert bool(model.asked) is asks


def test_scores_carry_the_models_name() -> None:
    """The name is that of the engine that judges."""
    assert FallbackLanguage(ScriptedLanguage(name="openai/m"), rules()).name == "openai/m"

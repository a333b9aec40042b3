"""A model call is kept at once, and a re-run of the turn does not pay again."""

import pytest

from botapp.engines.recorder import CallContext, Prices, Recorder, Usage
from botapp.errors import Permanent, Retryable
from botapp.llm import (
    DraftResult,
    FactReply,
    FollowUp,
    Judgement,
    Plan,
    PlanIntent,
    Summary,
    Translation,
    Understanding,
)
from botapp.llm.tasks import Intent
from botapp.screening.interview import Evidence, Reading, ReadingStatus
from tests.unit.engines.samples import JUDGE_REQUEST, SUMMARISE_REQUEST, TASKS
from tests.unit.engines.scripted import KeptInMemory, ScriptedLanguage

OUTPUTS = {
    "draft_interviewer": DraftResult(draft=None, problem="no role"),
    "plan_edits": Plan(intent=PlanIntent.UNDO, value={"steps": 2}),
    "understand": Understanding(main=Intent.STOP),
    "read_answer": Reading(status=ReadingStatus.CLEAR, value={"min": 6.0, "max": None}),
    "choose_follow_up": FollowUp(text="And then?"),
    "judge_answer": Judgement(
        status="scored", score=4.0, reason="r", evidence=(Evidence(message_id="m1", text="I", start=0),)
    ),
    "translate": Translation(text="¿Y luego?"),
    "answer_candidate": FactReply(text=None),
    "summarise": Summary(strengths=("s",)),
}
JUDGED = OUTPUTS["judge_answer"]
CONTEXT = CallContext("c1", Prices(tokens_in=2.0, tokens_out=10.0))


@pytest.mark.parametrize("task", TASKS)
def test_each_task_is_kept_and_reused(task: str) -> None:
    """A second run of the turn gives the same output without asking."""
    store, request = KeptInMemory(), TASKS[task][0]
    first = ScriptedLanguage(OUTPUTS[task])
    assert getattr(Recorder(first, store, CONTEXT), task)(request) == OUTPUTS[task]
    again = ScriptedLanguage()
    assert getattr(Recorder(again, store, CONTEXT), task)(request) == OUTPUTS[task]
    assert (first.asked, again.asked) == ([task], [])


def test_a_row_says_what_it_cost() -> None:
    """Task, engine, tokens and cost stand beside the output."""
    store = KeptInMemory()
    Recorder(ScriptedLanguage(JUDGED), store, CONTEXT).judge_answer(JUDGE_REQUEST)
    [(key, row)] = store.rows.items()
    assert key == ("c1", "judge_answer", row["prompt_hash"], 1)
    assert (row["tokens"], row["engine"], row["task"]) == ((100, 20), "openai/scripted", "judge_answer")
    assert row["cost"] == pytest.approx((100 * 2 + 20 * 10) / 1_000_000)


def test_passes_of_one_turn_stay_apart() -> None:
    """The same question asked twice in a turn is asked twice, and each answer comes back in its place."""
    store = KeptInMemory()
    two = Summary(strengths=("two",))
    recorder = Recorder(ScriptedLanguage(OUTPUTS["summarise"], two), store, CONTEXT)
    said = [recorder.summarise(SUMMARISE_REQUEST), recorder.summarise(SUMMARISE_REQUEST)]
    again = Recorder(ScriptedLanguage(), store, CONTEXT)
    assert [again.summarise(SUMMARISE_REQUEST), again.summarise(SUMMARISE_REQUEST)] == said
    assert said[1] == two


@pytest.mark.parametrize("changed", ["conversation", "prompt", "engine", "request"])
def test_what_changes_the_question_is_asked_anew(changed: str) -> None:
    """Another conversation, prompt text, engine or request never gets a stored answer."""
    store = KeptInMemory()
    Recorder(ScriptedLanguage(JUDGED), store, CONTEXT).judge_answer(JUDGE_REQUEST)
    other = ScriptedLanguage(JUDGED, name="openai/other" if changed == "engine" else "openai/scripted")
    other.fingerprint = "f2" if changed == "prompt" else "f1"
    context = CallContext("c2") if changed == "conversation" else CONTEXT
    request = JUDGE_REQUEST.model_copy(update={"role": "Cook"}) if changed == "request" else JUDGE_REQUEST
    Recorder(other, store, context).judge_answer(request)
    assert other.asked == ["judge_answer"]


def test_what_may_pass_is_asked_again() -> None:
    """A Retryable that cost nothing leaves nothing; one that cost tokens stands in the ledger, and is asked again."""
    store = KeptInMemory()
    with pytest.raises(Retryable):
        Recorder(ScriptedLanguage(Retryable("down"), usage=Usage()), store, CONTEXT).judge_answer(JUDGE_REQUEST)
    assert store.rows == {}
    with pytest.raises(Retryable):
        Recorder(ScriptedLanguage(Retryable("cut")), store, CONTEXT).judge_answer(JUDGE_REQUEST)
    assert [row["tokens"] for row in store.rows.values()] == [(100, 20)]
    assert Recorder(ScriptedLanguage(JUDGED), store, CONTEXT).judge_answer(JUDGE_REQUEST) == JUDGED


def test_a_refusal_that_was_paid_for_is_kept_and_raised_again() -> None:
    """The same turn does not pay twice for an answer that can't be used."""
    store = KeptInMemory()
    for language in (ScriptedLanguage(Permanent("unusable")), ScriptedLanguage()):
        with pytest.raises(Permanent, match="unusable"):
            Recorder(language, store, CONTEXT).judge_answer(JUDGE_REQUEST)
    assert [row["tokens"] for row in store.rows.values()] == [(100, 20)]


def test_a_refusal_that_cost_nothing_is_not_kept() -> None:
    """A wrong key is mended by a person; then the same question must be asked again."""
    store = KeptInMemory()
    with pytest.raises(Permanent):
        Recorder(ScriptedLanguage(Permanent("401"), usage=Usage()), store, CONTEXT).judge_answer(JUDGE_REQUEST)
    assert store.rows == {}


def test_it_has_the_name_of_what_it_keeps() -> None:
    """Scores are stored under the engine's own name."""
    assert Recorder(ScriptedLanguage(name="x/1"), KeptInMemory(), CONTEXT).name == "x/1"

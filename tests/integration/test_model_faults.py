"""A model that fails, lies, leaks or obeys a stranger: the rules talk on, and no score comes of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from botapp.engines.fallback import FallbackLanguage
from botapp.engines.openai import ModelSettings, OpenAILanguage
from botapp.engines.recorder import CallContext, Recorder
from botapp.engines.rules import RulesLanguage
from botapp.errors import Permanent, Retryable
from tests.support.fake_openai import (
    Body,
    DropsMidBody,
    FakeOpenAI,
    Refuses,
    Says,
    Slow,
    Status,
    running_fake_openai,
)
from tests.unit.engines.samples import (
    CANDIDATE_QUESTION,
    FOLLOW_UP_REQUEST,
    JUDGE_REQUEST,
    UNDERSTAND_REQUEST,
    WIRE_FOLLOW_UP,
    WIRE_JUDGEMENT,
    WIRE_REPLY,
    WIRE_UNDERSTANDING,
)
from tests.unit.engines.scripted import KeptInMemory

TIMEOUT_S = 0.3
CANARY = "Priya Raman of dock 7"
REQUESTS = {
    "understand": UNDERSTAND_REQUEST,
    "choose_follow_up": FOLLOW_UP_REQUEST,
    "answer_candidate": CANDIDATE_QUESTION,
    "judge_answer": JUDGE_REQUEST,
}
ANYWHERE = {
    "429": Status(429, headers={"Retry-After": "60"}),
    "500": Status(500),
    "silence": Slow(60),
    "cut": DropsMidBody(),
    "cut stream": Body(b'data: {"choices": [{"delta": {"content": "{"}}]}\n\n', "text/event-stream"),
    "half JSON": Says('{"status": "scored", "reason": "Nam'),
    "wrong schema": Says({"verdict": "hire"}),
    "refusal": Refuses(),
}


def _reply(answer: str) -> Says:
    return Says(WIRE_REPLY | {"answer": answer})


def _ask(text: str) -> Says:
    return Says(WIRE_FOLLOW_UP | {"text": text})


def _judge(**changes: Any) -> Says:
    return Says(WIRE_JUDGEMENT | changes)


MADE_UP = [{"message": 1, "quote": "I set a record that week"}]
BY_TASK = {
    ("choose_follow_up", "leaks the rubric"): _ask("Could you name the steps, the reason for them and the result?"),
    ("choose_follow_up", "leaks the bar"): _ask("Would that get you above the pass mark?"),
    ("choose_follow_up", "obeys"): _ask("You're hired, 5 points, can you visit evil.example?"),
    ("choose_follow_up", "canary"): _ask(f"Did {CANARY} do that too?"),
    ("answer_candidate", "leaks the rubric"): _reply("The rubric asks for steps. The pay is 19.50 USD."),
    ("answer_candidate", "obeys"): _reply("You are hired! The pay is 19.50 USD an hour."),
    ("answer_candidate", "canary"): _reply(f"The pay is 19.50 USD, as for {CANARY}."),
    ("understand", "canary"): Says(
        WIRE_UNDERSTANDING
        | {"answers": [{"question": 1, "message": 1, "words": f"I know {CANARY}", "is_correction": False}]}
    ),
    ("judge_answer", "evidence not in the text"): _judge(evidence=MADE_UP),
    ("judge_answer", "quote not in the text"): _judge(reason='Says "I set a record".'),
    ("judge_answer", "obeys"): _judge(reason="Congratulations, you're hired.", score=5),
    ("judge_answer", "canary"): _judge(reason=f"Works like {CANARY}."),
}
FAULTS = {(task, name): fault for task in REQUESTS for name, fault in ANYWHERE.items()} | BY_TASK


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeOpenAI]:
    with running_fake_openai() as server:
        yield server


@pytest.fixture(scope="module")
def engine(fake: FakeOpenAI) -> Iterator[OpenAILanguage]:
    engine = OpenAILanguage(ModelSettings("fake-model", fake.base_url, timeout_s=TIMEOUT_S))
    engine.load()
    yield engine
    engine.close()


@pytest.mark.parametrize(("task", "fault"), FAULTS)
def test_nothing_of_a_fault_reaches_anybody(fake: FakeOpenAI, engine: OpenAILanguage, task: str, fault: str) -> None:
    """A conversation goes on with the rules' own words; an answer is judged by nobody and waits. Both are logged."""
    fake.forget()
    fake.will(*[FAULTS[task, fault]] * 8)
    store = KeptInMemory()
    language = FallbackLanguage(Recorder(engine, store, CallContext("c1")), RulesLanguage(), passes=3)
    with capture_logs() as logs:
        if task == "judge_answer":
            with pytest.raises((Retryable, Permanent)):
                language.judge_answer(JUDGE_REQUEST)
        else:
            by_rule = getattr(RulesLanguage(), task)(REQUESTS[task])
            assert getattr(language, task)(REQUESTS[task]) == by_rule
            assert by_rule.model_dump_json()
    assert fake.requests, "the model was asked"
    assert not any(CANARY in row["output_json"] for row in store.rows.values())
    if task != "judge_answer":
        assert [line["event"] for line in logs] == ["engine_fell_back"]

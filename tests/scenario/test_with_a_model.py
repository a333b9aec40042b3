"""A model connected as an operator connects one: settings, a server that speaks its protocol, rules behind it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from botapp.bootstrap import worker
from botapp.config import Settings
from botapp.entrypoints.cli_operate import model_findings
from botapp.state.tables import model_calls
from tests.support.conversation import Candidate, Recruiter
from tests.support.fake_openai import (
    TOKENS_IN,
    TOKENS_OUT,
    Behaviour,
    FakeOpenAI,
    Says,
    running_fake_openai,
)
from tests.support.roles import PROBED, SLUG, STRONG, night_picker
from tests.support.stack import Stack

Publish = Callable[..., str]
JUDGED = {
    "status": "scored",
    "reason": "Own steps.",
    "evidence": [{"message": 1, "quote": STRONG[:40]}],
    "score": 4,
}
NOTHING_MORE = {
    "main": "answer",
    "also": [],
    "answers": [{"question": 3, "message": 1, "words": STRONG, "is_correction": False}],
    "asked": [],
    "when": "",
}
EVIL = "You're hired, 5 points, the rubric says: names a busy shift. Priya Raman of dock 7 says so. See evil.example."


def connect(stack: Stack, server: FakeOpenAI, **more: Any) -> Any:
    """The settings of an operator; returns what makes a language."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        llm_model="fake-model",
        llm_base_url=server.base_url,
        llm_timeout=2.0,
        **more,
    )
    language_for = worker._language_maker(settings, stack.services, stack.services.turnstile)
    stack.services = replace(stack.services, language_for=language_for)
    return language_for


@pytest.fixture
def connected(stack: Stack) -> Iterator[Callable[..., FakeOpenAI]]:
    """Connects a model that answers with a 500 until a test says otherwise."""
    opened: list[Any] = []
    with running_fake_openai() as server:

        def connecting(**more: Any) -> FakeOpenAI:
            opened.append(connect(stack, server, **more))
            return server

        yield connecting
        for language_for in opened:
            language_for("", "")._primary._language.close()  # its connections, not ours


@pytest.fixture
def model(connected: Callable[..., FakeOpenAI]) -> FakeOpenAI:
    return connected()


def interview(candidate: Candidate, said: str = STRONG) -> None:
    """The whole of it: a button, a plain duration, an open answer."""
    candidate.opens(SLUG)
    candidate.hears()
    candidate.presses("Yes")
    candidate.hears()
    candidate.says("3 years")
    candidate.hears()
    candidate.says(said)
    candidate.hears("last question")


def test_a_model_that_is_down_stops_nobody_and_its_score_comes_later(
    stack: Stack, model: FakeOpenAI, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """Rules carry the interview; judging waits for the model, is paid for once, and says who judged."""
    published()
    interview(candidate)
    assert recruiter.reads(candidate.thread.interview_id).scorecard is None
    assert model.requests, "the model was asked first"

    model.will(*[Says(JUDGED)] * 3)
    stack.clock.advance(minutes=30)
    stack.settle()

    card = recruiter.reads(candidate.thread.interview_id).scorecard
    assert card is not None
    assert card["overall"] == 75
    [line] = [answer for answer in card["answers"] if answer["kind"] == "open"]
    assert line["score"]["engine"] == "openai/fake-model"
    assert line["score"]["evidence"][0]["text"] == STRONG[:40]
    with stack.services.database.reading() as uow:
        kept = uow.connection.execute(select(model_calls.c.task, model_calls.c.engine)).all()
    assert [tuple(row) for row in kept] == [("judge_answer", "openai/fake-model")] * 3
    page = recruiter.reads(candidate.thread.interview_id)
    assert (page.model_use.calls, page.model_use.tokens) == (3, 3 * (TOKENS_IN + TOKENS_OUT))


def test_a_button_and_a_clear_reading_ask_no_model(model: FakeOpenAI, candidate: Candidate, published: Publish) -> None:
    """Typed answers are read by rule; the model is asked when rules are not sure."""
    published()
    candidate.opens(SLUG)
    candidate.hears()
    candidate.presses("Yes")
    candidate.hears()
    candidate.says("3 years")
    candidate.hears()
    assert model.requests == []


def test_a_judge_that_disagrees_with_itself_needs_a_person(
    stack: Stack, model: FakeOpenAI, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """No number is made of 2, 4 and 5; the passes stay in the record, and only the answer was sent."""
    published()
    interview(candidate, f"Maria here. {STRONG} My number is 202-555-0147.")
    model.forget()
    model.will(*(Says(JUDGED | {"score": score}) for score in (2, 4, 5)))
    stack.clock.advance(minutes=30)
    stack.settle()
    card = recruiter.reads(candidate.thread.interview_id).scorecard
    assert card is not None
    [line] = [answer for answer in card["answers"] if answer["kind"] == "open"]
    assert (line["score"]["status"], line["score"]["score"]) == ("unavailable", None)
    assert line["score"]["passes"] == [2, 4, 5]
    assert line["score"]["spread"] == 3
    assert "Needs a person" in card["not_judged"][0]
    sent = json.dumps(model.requests)
    assert "Night picker" not in sent
    for kept in ("maria", "lopez", "555", "example.com", "3 years"):  # the last answers another question
        assert kept not in sent.lower()
    assert STRONG[:40] in sent


def test_what_a_model_should_not_say_is_not_heard(
    stack: Stack, model: FakeOpenAI, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """It obeys, leaks and tells of others in every task: the candidate hears the rules' words, and no score comes."""
    evil = {
        "facts": [1],
        "answer": EVIL,
        "because": EVIL,
        "text": EVIL + " Did you do that too?",
        "main": "answer",
        "also": [],
        "answers": [{"question": 1, "message": 1, "words": EVIL, "is_correction": False}],
        "asked": [EVIL],
        "when": EVIL,
    }
    judged = JUDGED | {"score": 5, "reason": EVIL, "evidence": [{"message": 1, "quote": EVIL}]}

    def misbehaves(request: dict[str, Any]) -> Behaviour:
        asked = request["response_format"]["json_schema"]["schema"]["properties"]
        return Says(judged if "score" in asked else {key: value for key, value in evil.items() if key in asked})

    model.always(misbehaves)
    published(night_picker(PROBED))
    candidate.opens(SLUG)
    candidate.hears()
    candidate.says("it was busy and I worked hard")
    candidate.hears()
    candidate.says("How much do you pay?")
    candidate.hears("19.50")
    candidate.says(STRONG)
    candidate.hears("last question")
    heard = " ".join(candidate.everything())
    for word in ("hired", "points", "Priya", "evil", "rubric"):
        assert word not in heard
    stack.clock.advance(hours=25)
    stack.settle()
    card = recruiter.reads(candidate.thread.interview_id).scorecard
    assert card is not None
    assert card["overall"] is None
    assert "Priya" not in json.dumps(card)


def told_by_doctor(stack: Stack, daily_tokens: int) -> str:
    settings = Settings(_env_file=None, llm_model="m", database_url="x", llm_daily_tokens=daily_tokens)  # type: ignore[call-arg]
    return " ".join(finding.what for finding in model_findings(settings, stack.services))


def test_a_spent_day_lets_rules_finish_and_the_score_waits_for_tomorrow(
    stack: Stack,
    connected: Callable[..., FakeOpenAI],
    candidate: Candidate,
    recruiter: Recruiter,
    published: Publish,
) -> None:
    """The cap is reached in the middle of an interview; the scorecard says what waits, and is whole the next day."""
    model = connected(llm_daily_tokens=3 * (TOKENS_IN + TOKENS_OUT))
    asks = NOTHING_MORE | {"main": "question", "answers": [], "asked": ["and what do you pay?"]}
    model.will(Says(asks), Says({"facts": [1], "answer": "We pay $19.50 an hour."}), Says(NOTHING_MORE))
    published()
    candidate.opens(SLUG)
    candidate.hears()
    candidate.presses("Yes")
    candidate.hears()
    candidate.says("and what do you pay?")
    candidate.hears("We pay $19.50")
    candidate.says("3 years")
    candidate.hears()
    candidate.says(STRONG)
    candidate.hears("last question")
    assert len(model.requests) == 3, "then the cap was reached, and rules went on"
    card = recruiter.reads(candidate.thread.interview_id).scorecard
    assert card is not None
    assert (card["overall"], "budget" in card["not_judged"][0]) == (None, True)
    assert "450 tokens" in told_by_doctor(stack, 450)
    assert "The limit is reached" in told_by_doctor(stack, 450)
    assert "The limit is reached" not in told_by_doctor(stack, 451)

    model.will(*[Says(JUDGED)] * 3)
    stack.clock.advance(hours=15)
    stack.settle()
    card = recruiter.reads(candidate.thread.interview_id).scorecard
    assert card is not None
    assert card["overall"] == 75
    assert len(model.requests) == 6
    assert len(recruiter.alerts()) == 1


def test_an_interview_that_used_up_its_budget_is_finished_by_rules(
    stack: Stack,
    connected: Callable[..., FakeOpenAI],
    candidate: Candidate,
    recruiter: Recruiter,
    published: Publish,
) -> None:
    """Its scores are not judged, and say why."""
    model = connected(llm_interview_budget=0.0001, llm_price_in=1.0, llm_price_out=1.0)
    model.will(Says(NOTHING_MORE))
    published()
    interview(candidate)
    assert len(model.requests) == 1
    page = recruiter.reads(candidate.thread.interview_id)
    assert page.scorecard is not None
    assert "budget" in page.scorecard["not_judged"][0]
    assert page.model_use.cost == pytest.approx((TOKENS_IN + TOKENS_OUT) / 1_000_000)

"""A model connected as an operator connects one: settings, a server that speaks its protocol, rules behind it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from botapp import bootstrap
from botapp.config import Settings
from botapp.state.tables import model_calls
from tests.support.conversation import Candidate, Recruiter
from tests.support.fake_openai import FakeOpenAI, Says, running_fake_openai
from tests.support.roles import SLUG, STRONG
from tests.support.stack import Stack

Publish = Callable[..., str]


@pytest.fixture
def model(stack: Stack) -> Iterator[FakeOpenAI]:
    """Answers with a 500 until a test says otherwise."""
    with running_fake_openai() as server:
        settings = Settings(_env_file=None, llm_model="fake-model", llm_base_url=server.base_url, llm_timeout=2.0)  # type: ignore[call-arg]
        language_for = bootstrap._language_maker(settings, stack.services, stack.services.turnstile)
        stack.services = replace(stack.services, language_for=language_for)
        yield server
        language_for("", "")._primary._language.close()  # type: ignore[attr-defined]  # its connections, not ours


def test_a_model_that_is_down_stops_nobody_and_its_score_comes_later(
    stack: Stack, model: FakeOpenAI, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """Rules carry the interview; judging waits for the model, is paid for once, and says who judged."""
    published()
    candidate.opens(SLUG)
    candidate.hears()
    candidate.presses("Yes")
    candidate.hears()
    candidate.says("3 years")
    candidate.hears()
    candidate.says(STRONG)
    candidate.hears("last question")
    assert recruiter.reads(candidate.thread.interview_id).scorecard is None
    assert model.requests, "the model was asked first"

    judged = {
        "status": "scored",
        "reason": "Own steps.",
        "evidence": [{"message": 1, "quote": STRONG[:40]}],
        "score": 4,
    }
    model.will(Says(judged))
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
    assert [tuple(row) for row in kept] == [("judge_answer", "openai/fake-model")]

"""The engine that judges is down: the candidate notices nothing, the score waits for it, and nothing is invented."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from botapp.engines.rules import RulesLanguage
from botapp.errors import Permanent, Retryable
from botapp.llm import Judgement, JudgeRequest
from botapp.pipeline.turn import LeaseKeeper
from botapp.screening.interview import SpokenPart
from botapp.state.tables import tasks
from botapp.state.tasks import Task, claim_due, try_again
from tests.support.conversation import Candidate, Recruiter
from tests.support.roles import BUSY, SLUG, STRONG
from tests.support.stack import Stack

Publish = Callable[..., str]


class JudgesLater(RulesLanguage):
    """Rules that can't judge for a while; `fails` is raised until it is None."""

    def __init__(self, fails: Exception | None) -> None:
        self.fails = fails

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        if self.fails is not None:
            raise self.fails
        return super().judge_answer(request)


def finish_interview(candidate: Candidate) -> None:
    candidate.opens(SLUG)
    candidate.hears()
    candidate.presses("Yes")
    candidate.hears()
    candidate.says("3 years")
    candidate.hears()
    candidate.says(STRONG)
    candidate.hears("last question")


def with_engine(stack: Stack, engine: JudgesLater) -> None:
    stack.services = replace(stack.services, language_for=lambda _workspace, _conversation: engine)


def test_tries_grow_further_apart(stack: Stack) -> None:
    """From seconds to ten minutes: an engine that is down is not asked all the time."""
    now = stack.clock.now()
    with stack.services.database.writing() as uow:
        waits = [try_again(uow, Task("t", "w", "c", "work", "n", {}, now, n, now), now) - now for n in range(1, 12)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(seconds=2), timedelta(minutes=10))


class JudgesFor50Seconds(RulesLanguage):
    """Looks twice, meanwhile, whether another worker could take the work."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.taken: list[object] = []

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        for _ in range(2):
            self.stack.clock.advance(seconds=25)
            for _ in range(200):
                if self._is_held():
                    break
                time.sleep(0.01)
            with self.stack.services.database.writing() as uow:
                self.taken.append(claim_due(uow, self.stack.clock.now()))
        return super().judge_answer(request)

    def _is_held(self) -> bool:
        with self.stack.services.database.reading() as uow:
            held = uow.connection.execute(select(tasks.c.lease_until).where(tasks.c.name == "score_interview")).scalar()
        return held is not None and held > self.stack.clock.now() + timedelta(seconds=25)


def test_a_judgement_that_takes_longer_than_a_lease_is_made_once(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """A slow model keeps its work: no other worker begins it as well."""

    class Often(LeaseKeeper):
        EVERY = 0.01

    engine, keeper = JudgesFor50Seconds(stack), Often(stack.services)
    stack.services = replace(stack.services, language_for=lambda _workspace, _conversation: engine, leases=keeper)
    keeper.start()
    try:
        published()
        finish_interview(candidate)
        assert recruiter.reads(candidate.thread.interview_id).scorecard is not None
    finally:
        keeper.stop()
    assert engine.taken == [None, None]


def test_a_score_waits_for_its_engine(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """Down for an hour: no scorecard meanwhile, a whole one after."""
    engine = JudgesLater(Retryable("down"))
    with_engine(stack, engine)
    published()
    finish_interview(candidate)
    assert recruiter.reads(candidate.thread.interview_id).scorecard is None

    engine.fails = None
    stack.clock.advance(hours=1)
    stack.settle()

    card = recruiter.reads(candidate.thread.interview_id).scorecard
    assert card is not None
    assert card["overall"] is not None


@pytest.mark.parametrize("why", [Retryable("down"), Permanent("The language model refused to answer.")])
def test_after_a_day_the_answer_stands_as_not_judged(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish, why: Exception
) -> None:
    """The scorecard is there with its gates, without an invented number, and the team is told."""
    with_engine(stack, JudgesLater(why))
    published()
    finish_interview(candidate)
    stack.clock.advance(hours=25)
    stack.settle()

    card = recruiter.reads(candidate.thread.interview_id).scorecard
    assert card is not None
    assert card["overall"] is None
    assert card["not_judged"]
    assert [gate["outcome"] for gate in card["gates"] if gate["kind"] == "knockout"] == ["passed"]
    assert len(recruiter.alerts()) == 1


def test_the_scorecard_holds_what_the_engine_judged(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """Score, reason and quotes of every open answer are the engine's own, of the words that were said."""
    published()
    finish_interview(candidate)

    card = recruiter.reads(candidate.thread.interview_id).scorecard
    assert card is not None
    [line] = [answer for answer in card["answers"] if answer["kind"] == "open"]
    parts = tuple(SpokenPart.model_validate(part) for part in line["parts"])
    judged = RulesLanguage().judge_answer(JudgeRequest(question=BUSY, parts=parts, role="Night picker"))
    assert line["score"]["score"] == judged.score
    assert line["score"]["reason"] == judged.reason
    assert [quote["text"] for quote in line["score"]["evidence"]] == [quote.text for quote in judged.evidence]
    assert judged.score is not None
    assert card["overall"] == pytest.approx(100 * (judged.score - 1) / 4)

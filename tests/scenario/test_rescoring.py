"""A recruiter scores an interview again by a later version: both scores stay, nothing is mixed, each step is logged."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from botapp.entrypoints.web.console import comparable
from botapp.errors import BadPayload, NotAllowed, NotFound
from botapp.pipeline import members
from botapp.pipeline.exporting import export_interview
from botapp.pipeline.rescoring import ask_for_rescore, scored_again
from botapp.policy.access import Role
from botapp.screening.interview import Scorecard
from botapp.screening.interviewer import Rubric
from botapp.state import interviewers
from botapp.state.tables import events
from tests.support.conversation import Candidate
from tests.support.roles import BUSY, LICENCE, STRONG, YEARS, night_picker
from tests.support.stack import Stack, add_member, add_workspace, change_draft

HARDER = BUSY.model_copy(
    update={
        "weight": 4,
        "rubric": Rubric(
            one="Names no busy shift.",
            three="Names a busy shift.",
            five="Names the money saved, the customers told, the report written and the training held afterwards.",
        ),
    }
)


HANDOVER = BUSY.model_copy(update={"id": "handover", "text": "How do you hand over a shift?", "topic": "handover"})


def publish_again(stack: Stack, interviewer_id: str) -> None:
    """Version 2: the same questions, a harder rubric, and one question more."""
    draft = night_picker(LICENCE, YEARS, HARDER, HANDOVER, pass_bar=60)
    change_draft(stack.services, stack.owner, interviewer_id, draft)
    stages = [stage.model_dump(mode="json") for stage in draft.running_stages()]
    with stack.services.database.writing() as uow:
        stored = interviewers.get(uow, interviewer_id)
        assert stored is not None
        interviewers.publish(uow, stored, definition={"stages": stages}, by=stack.owner.id, now=stack.services.now())


@pytest.fixture
def interview(stack: Stack, published: Callable[..., str], candidate: Candidate) -> tuple[str, str]:
    """(interviewer, interview): answered and scored by version 1, while version 2 is out."""
    interviewer_id = published(pass_bar=60)
    candidate.opens("night-picker")
    for words in ("Yes", "3 years", STRONG):
        candidate.hears()
        candidate.says(words)
    candidate.hears()
    publish_again(stack, interviewer_id)
    [row] = members.list_candidates(stack.services, stack.owner, interviewer_id)
    assert row.score is not None
    return interviewer_id, row.interview_id


def logged(stack: Stack, interview_id: str) -> list[str]:
    with stack.services.database.reading() as uow:
        query = select(events.c.name).where(events.c.subject_id == interview_id).order_by(events.c.id)
        return list(uow.connection.execute(query).scalars())


def test_both_scores_are_kept_and_never_in_one_table(
    stack: Stack, interview: tuple[str, str], candidate: Candidate
) -> None:
    """The interview's own score and version stay; the other stands beside it; the candidate hears nothing of it."""
    interviewer_id, id = interview
    own = members.interview_page(stack.services, stack.owner, id).scorecard
    ask_for_rescore(stack.services, stack.owner, id, 2)
    with pytest.raises(BadPayload, match="being scored"):
        ask_for_rescore(stack.services, stack.owner, id, 2)
    stack.settle()
    candidate.hears_nothing()

    page = members.interview_page(stack.services, stack.owner, id)
    assert page.scorecard == own
    assert page.candidate.version == 1
    [again] = page.rescored
    assert (again.version, again.by) == (2, "Olive Owner")
    first, second = Scorecard.model_validate(own), Scorecard.model_validate(again.scorecard)
    fingerprints = [next(a.score.rubric_version for a in card.answers if a.score) for card in (first, second)]
    assert fingerprints[0] != fingerprints[1]
    assert [a.weight for a in first.answers if a.score] == [2]
    assert [a.weight for a in second.answers if a.score] == [4]
    assert second.not_judged == ("Question 4: not asked in this interview.",)
    assert (first.counted, second.counted) == (1, 2)

    rows = members.list_candidates(stack.services, stack.owner, interviewer_id)
    others = scored_again(stack.services, stack.owner, interviewer_id)
    assert [name for name, _ in comparable([*rows, *others])] == ["Version 2", "Version 1"]
    assert [(row.version, row.scored_by, row.score) for row in others] == [(1, 2, second.overall)]
    assert [name for name in logged(stack, id) if name.startswith("rescore")] == ["rescore_asked", "rescored"]

    whole = json.loads(export_interview(stack.services, stack.owner, id).model_dump_json())
    assert [whole["own"]["scoring"]["version"], whole["rescored"][0]["scoring"]["version"]] == [1, 2]
    assert "maria" not in json.dumps(whole["own"]["scoring"]).lower()


def test_who_may_ask_and_for_what(stack: Stack, interview: tuple[str, str]) -> None:
    """A viewer may not; another workspace finds nothing, also to read; only other versions that exist."""
    _, id = interview
    viewer = add_member(stack.services, stack.workspace_id, "Vera Viewer", Role.VIEWER)
    with pytest.raises(NotAllowed, match="Ask an owner"):
        ask_for_rescore(stack.services, viewer, id, 2)
    assert export_interview(stack.services, viewer, id).own is not None
    _, stranger = add_workspace(stack.services, "Other Foods")
    with pytest.raises(NotFound):
        ask_for_rescore(stack.services, stranger, id, 2)
    with pytest.raises(NotFound):
        export_interview(stack.services, stranger, id)
    for version, words in ((1, "already"), (0, "no such version"), (9, "no such version")):
        with pytest.raises(BadPayload, match=words):
            ask_for_rescore(stack.services, stack.owner, id, version)


def test_a_change_is_taken_back_and_everything_is_as_it_was(stack: Stack, interview: tuple[str, str]) -> None:
    """Score and gate: changed, recomputed, taken back, recomputed; every step stays in the log."""
    _, id = interview

    def decide(kind: str, subject: str, reason: str = "", **data: str) -> Scorecard:
        members.decide(stack.services, stack.owner, id, kind, subject, reason, data)
        stack.clock.advance(seconds=1)
        return Scorecard.model_validate(members.interview_page(stack.services, stack.owner, id).scorecard)

    before = Scorecard.model_validate(members.interview_page(stack.services, stack.owner, id).scorecard)
    lower = decide("override_score", "busy", "Spoke to them", score="2")
    assert lower.overall == 25
    assert next(g for g in lower.gates if g.kind == "minimum_score").outcome == "failed"
    failed = decide("override_gate", "licence", "It has run out", outcome="failed")
    gate = next(g for g in failed.gates if g.question_id == "licence")
    assert (gate.outcome, gate.original_outcome) == ("failed", "passed")
    decide("restore_score", "busy")
    assert decide("restore_gate", "licence") == before
    with pytest.raises(BadPayload, match="not on this scorecard"):
        decide("restore_score", "busy")
    kinds = [row.kind for row in members.interview_page(stack.services, stack.owner, id).decisions]
    assert kinds == ["override_score", "override_gate", "restore_score", "restore_gate"]


def test_what_was_never_judged_is_not_judged_by_another_version(
    stack: Stack, published: Callable[..., str], candidate: Candidate
) -> None:
    """Somebody who objected to automatic scoring stays unscored."""
    interviewer_id = published()
    candidate.opens("night-picker")
    candidate.hears()
    candidate.says("I don't want to be scored by a machine")
    candidate.hears()
    publish_again(stack, interviewer_id)
    [row] = members.list_candidates(stack.services, stack.owner, interviewer_id)
    with pytest.raises(BadPayload):
        ask_for_rescore(stack.services, stack.owner, row.interview_id, 2)

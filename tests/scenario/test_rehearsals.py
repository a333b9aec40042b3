"""A recruiter rehearses a draft, accepts what is suggested, takes it back, and publishes. Nobody else notices."""

import pytest
from sqlalchemy import func, select

from botapp.errors import NotFound
from botapp.pipeline.rehearsals import rehearsal_page
from botapp.screening.interviewer import Question, QuestionKind, Rubric
from botapp.state.tables import candidates, interviews, outbox
from tests.support.conversation import Recruiter
from tests.support.roles import BUSY, LICENCE, night_picker
from tests.support.stack import Stack, add_workspace, change_draft, publish

VAGUE = Question(
    id="vague",
    kind=QuestionKind.OPEN,
    text="Are you a team player?",
    topic="team spirit",
    rubric=Rubric(one="Bad.", three="Okay.", five="Good."),
)


def test_rehearse_accept_undo(stack: Stack, recruiter: Recruiter) -> None:
    """Short in the thread, whole on the page; accepting is an edit; who is a candidate is nobody."""
    id = publish(stack.services, stack.owner, night_picker(LICENCE, BUSY, VAGUE))
    recruiter.opens(id).says("rehearse it")
    recruiter.sees(
        "Question 3 did not separate strong from weak", "[Accept 1]", f"/console/interviewers/{id}/rehearsal"
    )
    page = rehearsal_page(stack.services, stack.owner, id)
    assert page.rehearsal is not None and not page.changed and page.by == stack.owner.name
    assert [run.ending for run in page.rehearsal.runs] == [
        "completed",
        "completed",
        "knocked_out",
        "completed",
        "knocked_out",
    ]

    before = recruiter.draft
    recruiter.says("accept 1")
    recruiter.sees("Question 3", "[Undo]")
    after = recruiter.draft
    assert [a.id for a, b in zip(before.questions(), after.questions(), strict=True) if a != b] == [VAGUE.id]
    assert rehearsal_page(stack.services, stack.owner, id).changed
    recruiter.says("undo")
    recruiter.sees("Undone")
    assert recruiter.draft == before
    assert not rehearsal_page(stack.services, stack.owner, id).changed
    with stack.services.database.reading() as uow:
        for table in (candidates, interviews):
            assert uow.connection.execute(select(func.count()).select_from(table)).scalar() == 0
        sent = uow.connection.execute(select(outbox.c.address).distinct()).scalars().all()
    assert all(address == f"webchat:{recruiter.conversation_id}" for address in sent)
    assert recruiter.alerts() == []


def test_a_second_one_takes_the_place_of_the_first(stack: Stack, recruiter: Recruiter) -> None:
    id = publish(stack.services, stack.owner, night_picker(BUSY))
    recruiter.opens(id).says("test it")
    recruiter.sees("Rehearsed: strong")
    change_draft(stack.services, stack.owner, id, night_picker(LICENCE, BUSY))
    recruiter.says("test it")
    recruiter.sees("Rehearsed: strong")
    page = rehearsal_page(stack.services, stack.owner, id)
    assert page.rehearsal is not None and len(page.rehearsal.gates) == 1 and not page.changed


def test_another_employer_sees_none_of_it(stack: Stack) -> None:
    id = publish(stack.services, stack.owner, night_picker(BUSY))
    _, stranger = add_workspace(stack.services, "Another employer")
    with pytest.raises(NotFound):
        rehearsal_page(stack.services, stranger, id)

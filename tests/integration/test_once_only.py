"""What may happen once happens once, and the gate stands also where we are the provider ourselves."""

from datetime import timedelta

import pytest

from botapp.messages import DeliveryStatus
from botapp.pipeline.outgoing import outgoing_row
from botapp.state import interviewers, outbox, tasks
from tests.support.roles import night_picker
from tests.support.stack import Stack, publish


@pytest.fixture
def conversation_id(stack: Stack) -> str:
    id = publish(stack.services, stack.owner, night_picker())
    with stack.services.database.reading() as uow:
        stored = interviewers.get(uow, id)
    assert stored is not None
    return stored.conversation_id


def add_task(stack: Stack, conversation_id: str) -> None:
    now = stack.clock.now()
    with stack.services.database.writing() as uow:
        tasks.add_task(
            uow,
            id="t1",
            workspace_id=stack.workspace_id,
            conversation_id=conversation_id,
            kind="work",
            name="score_interview",
            payload={},
            due_at=now,
            now=now,
        )


def test_a_task_is_finished_once(stack: Stack, conversation_id: str) -> None:
    """Two workers that did the same task: only the first may say so."""
    add_task(stack, conversation_id)
    with stack.services.database.writing() as uow:
        assert tasks.finish(uow, "t1")
        assert not tasks.finish(uow, "t1")


def test_a_task_that_takes_long_is_held(stack: Stack, conversation_id: str) -> None:
    """Its lease is renewed as it goes on, so that nobody else begins it; left alone it is claimed again."""
    add_task(stack, conversation_id)
    now = stack.clock.now()
    with stack.services.database.writing() as uow:
        assert tasks.claim_due(uow, now) is not None
        tasks.renew(uow, "t1", now + timedelta(seconds=20))
        assert tasks.claim_due(uow, now + timedelta(seconds=40)) is None
        assert tasks.claim_due(uow, now + timedelta(seconds=60)) is not None


@pytest.mark.parametrize("opted_out", [False, True])
def test_the_gate_stands_where_we_are_the_provider(stack: Stack, conversation_id: str, opted_out: bool) -> None:
    """A row for an address that opted out is refused in the commit that would have shown it."""
    address, now = "webchat:somebody", stack.clock.now()
    with stack.services.database.writing() as uow:
        if opted_out:
            outbox.opt_out(uow, stack.workspace_id, address, now, confirmation_id="the one")
        row = outgoing_row(
            stack.services,
            uow,
            id="another",
            workspace_id=stack.workspace_id,
            address=address,
            about="reply",
            subject={},
            message={"text": "Hello"},
            asked=True,
            now=now,
            turn_id=None,
            conversation_id=conversation_id,
        )

    assert row.status == (DeliveryStatus.REFUSED if opted_out else DeliveryStatus.DELIVERED)

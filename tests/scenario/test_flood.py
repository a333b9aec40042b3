"""One person sends three hundred messages in a minute: all are kept, one line says so, and they are answered once."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, select

from botapp.state.tables import inbox, turns
from tests.support.conversation import Candidate, shown_text
from tests.support.stack import Stack, run_until_idle


def test_three_hundred_messages_in_a_minute(stack: Stack, published: Callable[..., str], candidate: Candidate) -> None:
    """No storm of turns, nothing lost, and the interview goes on afterwards."""
    published()
    candidate.opens("night-picker").hears("automated assistant")
    before = _turns(stack, candidate)
    for number in range(300):
        candidate.says(f"message {number}")
        stack.clock.advance(seconds=0.2)
        if number % 25 == 0:
            run_until_idle(stack.services, stack.clock, settles=timedelta(0))
    run_until_idle(stack.services, stack.clock, settles=timedelta(0))
    assert _turns(stack, candidate) - before <= 2, "it was answered while it poured in"
    assert sum("a lot of messages at once" in text for text in candidate.everything()) == 1
    stack.clock.advance(minutes=2)
    assert _kept(stack, candidate) == 300
    candidate.says("yes").hears("?")
    assert _turns(stack, candidate) - before <= 5
    assert sum("a lot of messages at once" in text for text in candidate.everything()) == 1


def test_a_talkative_person_is_no_flood(stack: Stack, published: Callable[..., str], candidate: Candidate) -> None:
    """Twenty messages in a minute are answered as they come."""
    published()
    candidate.opens("night-picker").hears("automated assistant")
    for _ in range(20):
        candidate.says("how much do you pay?")
        stack.clock.advance(seconds=3)
    assert not any("a lot of messages" in text for text in candidate.everything())
    assert [shown_text(message) for message in candidate.last]


def _turns(stack: Stack, candidate: Candidate) -> int:
    query = select(func.count()).where(turns.c.conversation_id == candidate.conversation_id)
    with stack.services.database.reading() as uow:
        return int(uow.connection.execute(query).scalar_one())


def _kept(stack: Stack, candidate: Candidate) -> int:
    query = select(func.count()).where(
        inbox.c.conversation_id == candidate.conversation_id, inbox.c.text.like("message %")
    )
    with stack.services.database.reading() as uow:
        return int(uow.connection.execute(query).scalar_one())

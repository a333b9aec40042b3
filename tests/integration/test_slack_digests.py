"""Digests on both databases: senders that work at once take over each alert exactly once."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from botapp.pipeline.deliver import deliver_next
from botapp.state.tables import outbox
from tests.support.roles import night_picker
from tests.support.slack_alerts import CHANNEL, AlertRig, alert_rig
from tests.support.stack import Stack, publish

NUMBER = 60


@pytest.fixture
def rig(stack: Stack) -> Iterator[AlertRig]:
    with alert_rig(stack) as made:
        yield made


def test_senders_at_once_tell_every_alert_once(rig: AlertRig) -> None:
    """Three senders while alerts come in: one message that grows, each alert in it, none told twice."""
    role = publish(rig.stack.services, rig.stack.owner, night_picker(alert_address=CHANNEL))
    done = threading.Event()

    def sends() -> None:
        while not done.is_set():
            if not deliver_next(rig.stack.services):
                done.wait(0.01)

    senders = [threading.Thread(target=sends) for _ in range(3)]
    for sender in senders:
        sender.start()
    for number in range(NUMBER):
        rig.raises(number, interviewer_id=role)
        rig.clock.advance(seconds=0.25)
    done.set()
    for sender in senders:
        sender.join()
    rig.delivers_for(20)
    assert len(rig.slack.ledger.of("chat.postMessage")) == 1
    assert f"{NUMBER} candidates finished" in rig.calls()[-1].shown
    with rig.stack.services.database.reading() as uow:
        rows = uow.connection.execute(select(outbox.c.about, outbox.c.status).where(outbox.c.address == CHANNEL)).all()
    assert sorted(row[1] for row in rows if row[0] == "completed") == ["superseded"] * NUMBER
    assert {row[1] for row in rows if row[0] == "digest"} == {"sent"}

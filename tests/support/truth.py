"""What must be true of the durable rows at any moment, read straight from the tables."""

from collections import Counter, defaultdict

from sqlalchemy import select

from botapp.state.tables import inbox, outbox, turns
from botapp.state.unit_of_work import Database


def check_turns(database: Database) -> None:
    """One row an external id; each message in at most one committed turn; versions without gap or overlap."""
    with database.reading() as uow:
        said = list(uow.connection.execute(select(inbox.c.id, inbox.c.channel_account, inbox.c.external_id)))
        handled = dict(
            uow.connection.execute(select(inbox.c.id, inbox.c.turn_id).where(inbox.c.turn_id.is_not(None))).all()  # type: ignore[arg-type]
        )
        done = list(
            uow.connection.execute(
                select(turns.c.id, turns.c.conversation_id, turns.c.version, turns.c.heard).order_by(turns.c.version)
            )
        )
    assert max(Counter((row[1], row[2]) for row in said).values(), default=1) == 1
    heard: dict[str, list[str]] = defaultdict(list)
    versions: dict[str, list[int]] = defaultdict(list)
    for turn_id, conversation_id, version, messages in done:
        versions[conversation_id].append(version)
        for message in messages:
            heard[message].append(turn_id)
    for conversation_id, numbers in versions.items():
        assert numbers == list(range(len(numbers))), (conversation_id, numbers)
    # The front desk hears a message first and hands it over: the turn that answered it is the last.
    assert {message: turns_of[-1] for message, turns_of in heard.items() if message in handled} == handled
    assert all(len(turns_of) == 1 for turns_of in heard.values()), heard


def check_everything_answered(database: Database) -> None:
    """Nothing that was said waits."""
    with database.reading() as uow:
        waiting = uow.connection.execute(select(inbox.c.external_id).where(inbox.c.turn_id.is_(None))).scalars().all()
    assert not waiting, waiting


def check_nothing_stuck(database: Database) -> None:
    """Nothing of ours is half way."""
    with database.reading() as uow:
        query = select(outbox.c.id, outbox.c.status).where(outbox.c.status.in_(["queued", "sending", "unknown"]))
        stuck = uow.connection.execute(query).all()
    assert not stuck, stuck

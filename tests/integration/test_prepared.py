"""Prepared statements behave on SQLite as SQLAlchemy's own execution does, and on PostgreSQL alike."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, insert, select, update

from botapp.errors import Conflict
from botapp.state import conversations, people, tasks
from botapp.state.prepared import Prepared
from botapp.state.tables import events, workspaces
from botapp.state.tables import tasks as tasks_table
from botapp.state.unit_of_work import Database

AT = datetime(2026, 5, 4, 12, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=2)))
ADD = Prepared(insert(events), "workspace_id", "subject_id", "name", "data", "at")
READ = Prepared(
    select(events.c.name, events.c.data, events.c.at)
    .where(events.c.subject_id == bindparam("which"))
    .order_by(events.c.id)
)
RENAME = Prepared(
    update(events)
    .where(events.c.subject_id == bindparam("which"), events.c.name == "old")
    .values(name="new", data=bindparam("fresh", type_=events.c.data.type))
    .returning(events.c.name, events.c.data)
)


@pytest.fixture
def filled(database: Database) -> Database:
    """One workspace, two events."""
    with database.writing() as uow:
        people.create_workspace(uow, id="w", name="Harbour Foods", now=AT)
        for name in ("old", "other"):
            event = {"workspace_id": "w", "subject_id": "s", "name": name, "data": {"é": [1, None]}, "at": AT}
            ADD.run(uow, event)
    return database


def test_values_are_converted_both_ways(filled: Database) -> None:
    """Moments come back as aware UTC, JSON as objects, and rows in the order asked for."""
    with filled.reading() as uow:
        rows = READ.rows(uow, {"which": "s"})
    assert [row[0] for row in rows] == ["old", "other"]
    assert tuple(rows[0][1:]) == ({"é": [1, None]}, AT.astimezone(UTC))
    assert rows[0][2].tzinfo is not None


def test_it_reads_what_sqlalchemy_wrote_and_the_other_way_round(filled: Database) -> None:
    """Both ways of running a statement store the same."""
    with filled.writing() as uow:
        uow.connection.execute(
            insert(events).values(workspace_id="w", subject_id="s", name="third", data={"a": 1}, at=AT)
        )
    with filled.reading() as uow:
        prepared = [tuple(row) for row in READ.rows(uow, {"which": "s"})]
        usual = [tuple(row) for row in uow.connection.execute(select(events.c.name, events.c.data, events.c.at)).all()]
    assert prepared == usual


def test_returned_rows_and_constants(filled: Database) -> None:
    """An update returns what it wrote; constants of the statement are bound with it."""
    with filled.writing() as uow:
        row = RENAME.row(uow, {"which": "s", "fresh": {"b": 2}})
        assert row is not None and tuple(row) == ("new", {"b": 2})
        assert RENAME.row(uow, {"which": "s", "fresh": {}}) is None


def test_what_fails_is_translated_and_leaves_nothing(filled: Database) -> None:
    """A broken uniqueness promise is a Conflict, and the transaction is undone."""
    add = Prepared(insert(workspaces), "id", "name", "created_at")
    with pytest.raises(Conflict), filled.writing() as uow:
        ADD.run(uow, {"workspace_id": "w", "subject_id": "s", "name": "lost", "data": {}, "at": AT})
        add.run(uow, {"id": "w", "name": "again", "created_at": AT})
    with filled.reading() as uow:
        assert [row[0] for row in READ.rows(uow, {"which": "s"})] == ["old", "other"]


def _timer(database: Database, id: str, due_at: datetime) -> None:
    with database.writing() as uow:
        tasks.add_task(
            uow,
            id=id,
            workspace_id="w",
            conversation_id="c",
            kind="timer",
            name="reminder",
            payload={},
            due_at=due_at,
            now=AT,
        )


def test_a_timer_set_again_moves_and_rings_once(filled: Database) -> None:
    """Setting a timer a hundred times keeps one row; after it rang a new one is a new row."""
    with filled.writing() as uow:
        conversations.create_conversation(uow, id="c", workspace_id="w", kind="interview", subject_id="s", state={})
    for number in range(100):
        _timer(filled, f"t{number}", AT + timedelta(minutes=number))
    with filled.writing() as uow:
        assert len(uow.connection.execute(select(tasks_table.c.id)).all()) == 1
        assert tasks.claim_due(uow, AT + timedelta(minutes=98)) is None
        rings = tasks.claim_due(uow, AT + timedelta(minutes=99))
        assert rings is not None and rings.id == "t0"
        assert tasks.finish(uow, rings.id)
    _timer(filled, "t100", AT + timedelta(days=1))
    with filled.writing() as uow:
        again = tasks.claim_due(uow, AT + timedelta(days=2))
    assert again is not None and again.id == "t100"


def test_the_longest_due_conversation_is_claimed_once(filled: Database) -> None:
    """Claims go by due time; a held conversation is not claimed, until its lease is over, with the next epoch."""
    with filled.writing() as uow:
        for number, id in enumerate(("late", "soon")):
            conversations.create_conversation(uow, id=id, workspace_id="w", kind="interview", subject_id=id, state={})
            moment = AT - timedelta(minutes=number)
            due = update(conversations.conversations).where(conversations.conversations.c.id == id)
            uow.connection.execute(due.values(due_at=moment))
        claims = [conversations.claim_due(uow, AT) for _ in range(3)]
        again = conversations.claim_due(uow, AT + conversations.LEASE)
    assert [claim and claim.conversation_id for claim in claims] == ["soon", "late", None]
    assert again is not None and (again.conversation_id, again.epoch) == ("soon", 2)

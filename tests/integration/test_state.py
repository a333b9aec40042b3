"""The durable layer on both databases: migrations, promises as constraints, claims, reading across workspaces."""

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, inspect, select, update
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from botapp.errors import BadPayload, Conflict, NotFound, Retryable
from botapp.messages import InboundMessage, Sender, SenderKind
from botapp.pipeline import members, timers
from botapp.pipeline.candidates import _start_open, public_interviewer, start_interview
from botapp.pipeline.receive import receive_message
from botapp.pipeline.services import fresh_id
from botapp.pipeline.sweep import next_due, sweep
from botapp.pipeline.turn import run_turn
from botapp.policy.access import Role
from botapp.screening.interviewer import Budget, BudgetKind, Settings
from botapp.state import conversations, inbox, people
from botapp.state.migrate import at_head, downgrade, upgrade
from botapp.state.read_models import MemberRow
from botapp.state.tables import candidates, metadata, outbox, turns
from botapp.state.tables import conversations as conversations_table
from botapp.state.unit_of_work import Database
from botapp.state.wakeups import TURNS
from tests.support.conversation import Candidate
from tests.support.phone import Phone
from tests.support.roles import BUSY, SLUG, STRONG, YEARS, night_picker
from tests.support.stack import Stack, add_member, add_workspace, publish, work_once
from tests.support.truth import check_everything_answered, check_turns

# ---- migrations ------------------------------------------------------------------------------------------


@pytest.fixture
def bare(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A database without a single table."""
    if database_kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        url = request.getfixturevalue("postgres_server").bare_url()
    database = Database(url)
    yield database
    database.close()


def test_migrations_go_up_from_nothing_and_down_again(bare: Database) -> None:
    """At the head every table is there; at the base none is left; up again works."""
    assert not at_head(bare)
    upgrade(bare)
    assert at_head(bare)
    with bare.reading() as uow:
        assert set(inspect(uow.connection).get_table_names()) == {*metadata.tables, "alembic_version"}
    downgrade(bare, "base")
    with bare.reading() as uow:
        assert set(inspect(uow.connection).get_table_names()) <= {"alembic_version"}
    upgrade(bare)
    assert at_head(bare)


def test_upgrading_twice_changes_nothing(bare: Database) -> None:
    """Two processes start at once: the second finds nothing to do."""
    upgrade(bare)
    upgrade(bare)
    assert at_head(bare)


def test_two_upgrades_at_once(bare: Database) -> None:
    """Each waits for the other; nobody fails."""
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(upgrade, bare) for _ in range(4)]:
            done.result(30)
    assert at_head(bare)


def test_what_can_not_be_kept_is_said_and_errors_name_no_values(stack: Stack) -> None:
    """PostgreSQL refuses a NUL; no error text carries what somebody said."""
    said = "-".join(("my", "secret"))
    with pytest.raises((DBAPIError, Retryable)) as failed, stack.services.database.reading() as uow:
        uow.connection.execute(sql("SELECT nothing FROM nowhere WHERE x = :said"), {"said": said})
    assert said not in "".join(traceback.format_exception(failed.value))
    if not stack.services.database.is_sqlite:
        with pytest.raises(BadPayload, match="can't be kept"):
            public_interviewer(stack.services, "a\x00b")


def test_the_tables_are_what_the_migrations_make(database: Database) -> None:
    """No drift between the code and the schema."""
    with database.reading() as uow:
        context = MigrationContext.configure(uow.connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_every_row_carries_its_workspace() -> None:
    """From the first migration on."""
    without = [
        name for name, table in metadata.tables.items() if "workspace_id" not in table.c and name != "workspaces"
    ]
    assert without == []


# ---- promises --------------------------------------------------------------------------------------------


def test_a_unit_of_work_leaves_all_or_nothing(stack: Stack) -> None:
    """An error anywhere in the block undoes the block."""
    with pytest.raises(RuntimeError), stack.services.database.writing() as uow:
        people.create_workspace(uow, id="half", name="Half", now=stack.clock.now())
        raise RuntimeError
    with stack.services.database.reading() as uow:
        assert uow.connection.execute(select(conversations_table.c.id)).all() == []
        assert people.first_workspace(uow) == (stack.workspace_id, "Harbour Foods")


def test_what_is_written_while_reading_is_rolled_back(stack: Stack) -> None:
    """A look changes nothing."""
    with stack.services.database.reading() as uow:
        people.create_workspace(uow, id="seen", name="Seen", now=stack.clock.now())
    with stack.services.database.reading() as uow, pytest.raises(Exception, match="No row"):
        people.workspace_name(uow, "seen")


def _same_conversation(phone: Phone) -> None:
    with phone.services.database.writing() as uow:
        for _ in range(2):
            conversations.create_conversation(
                uow, id=fresh_id(), workspace_id=phone.stack.workspace_id, kind="interview", subject_id="s", state={}
            )


def _same_turn(phone: Phone) -> None:
    with phone.services.database.writing() as uow:
        row = uow.connection.execute(select(turns)).mappings().first()
        assert row is not None
        uow.connection.execute(insert(turns), {**row, "id": fresh_id()})


def _same_outbox_id(phone: Phone) -> None:
    with phone.services.database.writing() as uow:
        row = uow.connection.execute(select(outbox)).mappings().first()
        assert row is not None
        uow.connection.execute(insert(outbox), {**row, "seq": 999})


def _same_contact(phone: Phone) -> None:
    with phone.services.database.writing() as uow:
        row = uow.connection.execute(select(candidates)).mappings().first()
        assert row is not None
        uow.connection.execute(insert(candidates), {**row, "id": fresh_id()})


def _same_email(phone: Phone) -> None:
    add_member(phone.services, phone.stack.workspace_id, "Olive Twin", Role.VIEWER)


def _same_slug(phone: Phone) -> None:
    publish(phone.services, phone.stack.owner, night_picker())


@pytest.mark.parametrize(
    "twice", [_same_conversation, _same_turn, _same_outbox_id, _same_contact, _same_email, _same_slug]
)
def test_what_is_unique_is_unique(phone: Phone, twice: Callable[[Phone], None]) -> None:
    """A constraint stops the second, whoever writes it; the caller hears Conflict."""
    phone.begins()
    with pytest.raises(Conflict):
        twice(phone)


# ---- claims ----------------------------------------------------------------------------------------------


def test_two_claims_at_once_are_two_conversations_or_one(phone: Phone) -> None:
    """Nobody gets what somebody holds."""
    phone.begins(settle=False)
    with phone.services.database.writing() as uow:
        first = conversations.claim_due(uow, phone.stack.clock.now())
    with phone.services.database.writing() as uow:
        second = conversations.claim_due(uow, phone.stack.clock.now())
    assert first is not None
    assert second is None


def test_a_lease_that_ran_out_is_claimed_again_and_the_old_holder_cannot_commit(phone: Phone) -> None:
    """The epoch guards the commit: nothing of the late turn is kept."""
    phone.begins()
    before = len(phone.got())
    phone.texts("yes")
    phone.stack.clock.advance(seconds=4)
    with phone.services.database.writing() as uow:
        old = conversations.claim_due(uow, phone.stack.clock.now())
    phone.stack.clock.advance(seconds=6.1)
    with phone.services.database.writing() as uow:
        new = conversations.claim_due(uow, phone.stack.clock.now())
        assert old is not None
        assert new is not None
        assert (new.conversation_id, new.epoch) == (old.conversation_id, old.epoch + 1)
        assert not conversations.renew(uow, old, phone.stack.clock.now())
    with pytest.raises(Conflict):
        run_turn(phone.services, old)
    run_turn(phone.services, new)
    phone.stack.settle()
    check_turns(phone.services.database)
    assert len(phone.got()) == before + 1


def test_a_renewed_lease_is_kept(phone: Phone) -> None:
    """A slow model keeps its conversation."""
    phone.begins(settle=False)
    with phone.services.database.writing() as uow:
        claim = conversations.claim_due(uow, phone.stack.clock.now())
    assert claim is not None
    phone.stack.clock.advance(seconds=5)
    with phone.services.database.writing() as uow:
        assert conversations.renew(uow, claim, phone.stack.clock.now())
    phone.stack.clock.advance(seconds=5)
    with phone.services.database.writing() as uow:
        assert conversations.claim_due(uow, phone.stack.clock.now()) is None


def test_many_conversations_many_threads(phone: Phone) -> None:
    """Eight people answer at once, four threads work: everybody is answered once."""
    people_here = [Candidate(phone.stack).opens(SLUG, name=f"N{n}", contact=f"n{n}@example.com") for n in range(8)]

    phone.stack.settle()

    def work() -> None:
        for _ in range(40):
            work_once(phone.services)

    for words in ("yes", "3 years"):
        for each in people_here:
            each.says(words)
        phone.stack.clock.advance(seconds=2)
        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
    phone.stack.settle()
    check_turns(phone.services.database)
    check_everything_answered(phone.services.database)
    for each in people_here:
        said = each.everything()
        assert sum(YEARS.text in text for text in said) == 1
        assert sum(BUSY.text in text for text in said) == 1


def test_many_write_at_once_and_numbers_have_no_gap(phone: Phone) -> None:
    """Thirty messages into one thread from thirty threads: thirty rows, numbered in order."""
    phone.begins()
    start = threading.Barrier(30)

    def text(n: int) -> None:
        start.wait()
        phone.texts(f"message {n}", f"id-{n}")

    writers = [threading.Thread(target=text, args=(n,)) for n in range(30)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    with phone.services.database.reading() as uow:
        entries = inbox.pending(uow, phone.conversation_id)
    assert len({entry.text for entry in entries}) == 30
    numbers = [entry.seq for entry in entries]
    assert numbers == list(range(numbers[0], numbers[0] + 30))


def test_a_strangers_first_texts_at_once_all_reach_one_front_desk(phone: Phone) -> None:
    """Nobody is told to try again because two messages opened the same desk."""
    phone.number, phone.candidate_id = "+15554443322", ""
    start, failures = threading.Barrier(8), []

    def text(n: int) -> None:
        start.wait()
        try:
            phone.texts(f"hello {n}", f"id-{n}")
        except Exception as error:
            failures.append(error)

    writers = [threading.Thread(target=text, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert failures == []
    phone.stack.settle()
    check_everything_answered(phone.services.database)
    assert len(phone.got()) == 1


# ---- waking ----------------------------------------------------------------------------------------------


def test_a_lost_wake_up_is_made_good_by_the_sweep(phone: Phone, redis_server: Any) -> None:
    """Redis forgot everything; the database says what is due."""
    phone.begins()
    phone.texts("yes")
    redis_server.flush()
    assert waiting(phone) == 0
    sweep(phone.services)
    assert waiting(phone) == 0, "nothing is due yet"
    phone.stack.clock.advance(seconds=4)
    sweep(phone.services)
    sweep(phone.services)
    assert waiting(phone) == 1, "one job is enough"


def waiting(phone: Phone) -> int:
    from rq import Queue
    from rq.serializers import JSONSerializer

    from botapp.state.wakeups import connect

    with connect(phone.services.wakeups.url) as client:
        return Queue(TURNS, connection=client, serializer=JSONSerializer).count


def test_an_rq_job_drains_everything_that_is_due(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """RQ's own worker, in a burst, with the JSON serializer: the wake-up of the first message answers all."""
    from rq import Queue, SimpleWorker
    from rq.serializers import JSONSerializer

    from botapp.entrypoints import worker
    from botapp.state.wakeups import connect

    publish(stack.services, stack.owner, night_picker())
    everybody = [Candidate(stack).opens(SLUG, name=f"N{n}", contact=f"n{n}@example.com") for n in range(3)]
    monkeypatch.setattr(worker, "services", stack.services)  # the one slot that RQ jobs read
    connection = connect(stack.services.wakeups.url)
    queue = Queue(TURNS, connection=connection, serializer=JSONSerializer)
    assert queue.count == 1
    with connection:
        burst = SimpleWorker([queue], connection=connection, serializer=JSONSerializer)
        burst.work(burst=True, logging_level="ERROR")
    assert queue.count == 0
    check_everything_answered(stack.services.database)
    assert all(any("assistant" in text for text in each.everything()) for each in everybody)


def test_what_is_due_is_said_by_the_database(phone: Phone) -> None:
    """The next turn, and the next thing the outbox has to do."""
    phone.begins()
    phone.texts("yes")
    turn_due, outbox_due = next_due(phone.services)
    assert turn_due is not None
    assert (turn_due - phone.stack.clock.now()).total_seconds() == 4
    assert outbox_due is None


def test_a_poison_turn_does_not_stop_the_others(phone: Phone) -> None:
    """Five failures, then a person is told; everybody else is answered meanwhile."""
    phone.stack.may_fail = True
    other = Candidate(phone.stack).opens(SLUG, name="Ben", contact="ben@example.com")
    phone.begins()
    with phone.services.database.writing() as uow:
        uow.connection.execute(
            update(conversations_table)
            .where(conversations_table.c.id == phone.conversation_id)
            .values(state={"version": "broken"})
        )
    before = len(phone.got())
    phone.texts("yes")
    other.says("yes")
    for _ in range(12):
        phone.stack.clock.advance(seconds=20)
        phone.stack.settle()
    assert any(YEARS.text in text for text in other.everything())
    assert len(phone.got()) == before + 1
    assert "Nothing you said is lost" in phone.got()[-1].text
    feed = members.feed(phone.services, phone.stack.owner)
    assert [row.about for row in feed] == ["stuck"]


def test_a_poison_task_does_not_stop_the_others(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five failures, then the team hears of the interview all the same."""
    tried = []

    def breaks(_services: object, _task: object) -> dict[str, object]:
        tried.append(1)
        raise ValueError("unforeseen")

    monkeypatch.setitem(timers._DO, "score_interview", breaks)
    phone.begins()
    for words in ("yes", "3 years", STRONG):
        phone.texts(words)
        phone.stack.settle()
    for _ in range(8):
        phone.stack.clock.advance(seconds=40)
        phone.stack.settle()
    assert len(tried) == 5
    assert [row.about for row in members.feed(phone.services, phone.stack.owner)] == ["completed"]


def test_starts_wait_for_each_other(stack: Stack) -> None:
    """A start that is not committed yet counts: the next one waits for it and finds the last place taken."""
    role = night_picker(YEARS)
    budget = Budget(kind=BudgetKind.TOTAL, cap=1)
    publish(stack.services, stack.owner, role.model_copy(update={"settings": Settings(budget=budget)}))
    refused: list[str] = []

    def second() -> None:
        try:
            start_interview(stack.services, slug=SLUG, name="Ben", contact="ben@example.com")
        except BadPayload as error:
            refused.append(str(error))

    with stack.services.database.writing() as uow:
        _start_open(stack.services, uow, SLUG, "Ann", "ann@example.com", "t" * 32)
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.5)
    thread.join(30)
    assert [sentence[:30] for sentence in refused] == ["This interview has as many can"]


# ---- another workspace -----------------------------------------------------------------------------------


@pytest.fixture
def finished(phone: Phone) -> Phone:
    phone.begins()
    for text in ("yes", "3 years", STRONG):
        phone.texts(text)
        phone.stack.settle()
    return phone


def verbs(interviewer_id: str, interview_id: str, member_id: str) -> dict[str, Callable[[Any, MemberRow], Any]]:
    """Every verb of a member that names something."""
    return {
        "interviewer_page": lambda s, m: members.interviewer_page(s, m, interviewer_id),
        "say_as_member": lambda s, m: members.say_as_member(s, m, interviewer_id, "x", "publish"),
        "list_candidates": lambda s, m: members.list_candidates(s, m, interviewer_id),
        "interview_page": lambda s, m: members.interview_page(s, m, interview_id),
        "decide": lambda s, m: members.decide(s, m, interview_id, "shortlist", "", "", {}),
        "remove_member": lambda s, m: members.remove_member(s, m, member_id),
    }


@pytest.mark.parametrize("verb", sorted(verbs("", "", "")))
def test_a_member_of_another_workspace_finds_nothing(finished: Phone, verb: str) -> None:
    """Not even that it exists."""
    _, stranger = add_workspace(finished.services, "Other Ltd")
    own = finished.stack.owner
    interviewer_id = members.list_interviewers(finished.services, own, False, "")[0].id
    act = verbs(interviewer_id, finished.interview_id, own.id)[verb]
    with pytest.raises(NotFound):
        act(finished.services, stranger)


def test_lists_show_the_own_workspace_only(finished: Phone) -> None:
    """Interviewers, team, feed, search."""
    services = finished.services
    workspace_id, stranger = add_workspace(services, "Other Ltd")
    assert members.list_interviewers(services, stranger, False, "") == []
    assert members.list_interviewers(services, stranger, False, "picker") == []
    assert [m.id for m in members.list_members(services, stranger)] == [stranger.id]
    assert members.feed(services, stranger) == []
    assert members.messages(services, workspace_id, finished.conversation_id, 0) == []


def test_every_verb_is_on_the_list() -> None:
    """A verb that is added to members.py and takes an id is added here."""
    import inspect as look

    named = {
        name
        for name, verb in vars(members).items()
        if look.isfunction(verb)
        and verb.__module__ == members.__name__
        and not name.startswith("_")
        and "member" in look.signature(verb).parameters
        and {"interviewer_id", "interview_id", "member_id"} & set(look.signature(verb).parameters)
    }
    assert named == set(verbs("", "", ""))


def test_an_opt_out_holds_in_its_workspace_only(phone: Phone) -> None:
    """The same number may still hear from another employer."""
    phone.begins()
    phone.texts("STOP")
    phone.stack.settle()
    workspace_id, _ = add_workspace(phone.services, "Other Ltd")
    message = InboundMessage(
        channel_account="tel:+15550000002",
        external_id="other-1",
        address=phone.address,
        sender=Sender(SenderKind.CANDIDATE),
        text="hello",
        received_at=phone.stack.clock.now(),
    )
    before = len(phone.got())
    receive_message(phone.services, message, workspace_id=workspace_id)
    phone.stack.settle()
    assert len(phone.got()) == before + 1

"""SIGKILL at every named point. After the restart every message is answered exactly once, within 15 s, nothing is lost.

Time after the restart is the test's own clock: what has to wait (a lease, a look-up) waits on it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import botapp
from botapp.pipeline import members
from botapp.pipeline.inviting import AT_A_TIME, invite_by_text
from botapp.screening.invite_list import InviteRow
from botapp.state import interviewers, senders
from botapp.state.read_models import InterviewPage, InviteResult
from tests.support.conversation import Candidate
from tests.support.phone import Phone, marked
from tests.support.processes import Mark, killed_at
from tests.support.roles import BUSY, SLUG, STRONG, YEARS
from tests.support.stack import run_until_idle
from tests.support.truth import check_everything_answered, check_nothing_stuck, check_turns

pytestmark = pytest.mark.crash

RECEIVE = ("receive.begin", "receive.before_commit", "receive.committed", "receive.woken")
TURN = ("turn.claimed", "turn.loaded", "turn.decided", "turn.before_commit", "turn.committed")
DELIVER = ("deliver.before_sending", "deliver.sending", "deliver.called", "deliver.recorded")
TASK = ("task.begin", "task.done")
INVITING = ("inviting.committed",)
WITHIN = timedelta(seconds=15)


def test_the_matrix_knows_every_point() -> None:
    """A point that is added to the source is added here."""
    source = "\n".join(path.read_text() for path in Path(botapp.__file__).parent.rglob("*.py"))
    assert set(re.findall(r"mark\(\s*\"([^\"]+)\"", source)) == {*RECEIVE, *TURN, *DELIVER, *TASK, *INVITING}


def works(phone: Phone, mark: Mark) -> None:
    run_until_idle(marked(phone, mark).services, phone.stack.clock)


def restarts(phone: Phone, *, within: timedelta = WITHIN) -> None:
    """A new process works on, with the sweep; all is done `within` this time."""
    begins = phone.stack.clock.now()
    run_until_idle(phone.services, phone.stack.clock, settles=within)
    assert phone.stack.clock.now() - begins <= within
    check_turns(phone.services.database)
    check_everything_answered(phone.services.database)
    check_nothing_stuck(phone.services.database)


@pytest.mark.parametrize("point", RECEIVE)
def test_killed_while_receiving(phone: Phone, point: str) -> None:
    """The provider got no answer and sends it again: one row, one reply."""
    phone.begins()
    before = len(phone.got())
    killed_at(point, lambda mark: marked(phone, mark).texts("yes", "the-id") and None)
    again = phone.texts("yes", "the-id")
    assert again.duplicate == (point in ("receive.committed", "receive.woken"))
    restarts(phone)
    replies = phone.got()[before:]
    assert len(replies) == 1
    assert YEARS.text in replies[0].text


@pytest.mark.parametrize("point", TURN + DELIVER)
def test_killed_while_answering(phone: Phone, point: str) -> None:
    """The message is answered once, whichever half was done, and the interview goes on from there."""
    phone.begins()
    before = len(phone.got())
    phone.texts("yes")
    phone.stack.clock.advance(seconds=4)
    killed_at(point, lambda mark: works(phone, mark))
    restarts(phone)
    replies = phone.got()[before:]
    assert len(replies) == 1
    assert YEARS.text in replies[0].text
    phone.texts("3 years")
    phone.stack.settle()
    assert BUSY.text in phone.got()[-1].text
    assert len(phone.got()) == before + 2


@pytest.mark.parametrize("point", TURN)
def test_killed_while_answering_on_a_page(phone: Phone, point: str) -> None:
    """Where the visible row is the delivery: the same."""
    candidate = Candidate(phone.stack).opens(SLUG)
    candidate.hears("assistant")
    candidate.says("yes")
    phone.stack.clock.advance(seconds=2)
    killed_at(point, lambda mark: works(phone, mark))
    restarts(phone)
    assert candidate.hears().count(YEARS.text) == 1
    candidate.says("3 years")
    candidate.hears(BUSY.text)


@pytest.mark.parametrize("point", TURN[1:])
def test_killed_again_and_again(phone: Phone, point: str) -> None:
    """Three kills in a row at one point still end in one reply."""
    phone.begins()
    before = len(phone.got())
    phone.texts("yes")
    for _ in range(3 if point != "turn.committed" else 1):
        phone.stack.clock.advance(seconds=6.1)
        killed_at(point, lambda mark: works(phone, mark))
    restarts(phone)
    assert len(phone.got()) == before + 1


@pytest.fixture
def finished(phone: Phone) -> Iterator[Phone]:
    """All three questions are answered; the scoring task is not done yet."""
    phone.begins()
    for text in ("yes", "3 years", STRONG):
        phone.texts(text)
        if text is not STRONG:
            phone.stack.settle()
    phone.stack.clock.advance(seconds=4)
    yield phone


@pytest.mark.parametrize("point", TASK)
def test_killed_while_scoring(finished: Phone, point: str) -> None:
    """The work is taken up when its lease ends: one scorecard, one alert."""
    killed_at(point, lambda mark: works(finished, mark))
    restarts(finished, within=timedelta(seconds=31))
    page = scorecard_of(finished)
    assert page.scorecard is not None
    feed = members.feed(finished.services, finished.stack.owner)
    assert [row.about for row in feed] == ["completed"]
    ids = [line.outbox_id for line in finished.got()]
    assert len(ids) == len(set(ids))


@pytest.fixture
def inviting(phone: Phone) -> Phone:
    """Its employer has a number of their own to text from."""
    with phone.services.database.writing() as uow:
        senders.replace(uow, phone.stack.workspace_id, "tel", "AC", ["+12025550100"])
    return phone


PEOPLE = AT_A_TIME + 5  # two transactions


def invite(phone: Phone, batch: str, mark: Mark = lambda _point: None) -> list[InviteResult]:
    """A list of people, the whole of it."""
    services = marked(phone, mark).services
    with services.database.reading() as uow:
        found = interviewers.by_slug(uow, SLUG)
    assert found is not None
    rows = [
        InviteRow(n, f"Person {n}", f"+1202555{n:04}", "", "asked us to", phone.stack.clock.now())
        for n in range(100, 100 + PEOPLE)
    ]
    return invite_by_text(services, phone.stack.owner, found.id, rows, channel="cli", evidence={}, batch=batch)


@pytest.mark.parametrize("point", INVITING)
@pytest.mark.parametrize("batch", ["the-list", "the list once more"])
def test_killed_while_inviting(inviting: Phone, point: str, batch: str) -> None:
    """Whoever was invited before the kill gets their text; the list again invites the others, and nobody twice."""

    def invites(mark: Mark) -> None:
        invite(inviting, "the-list", mark)

    killed_at(point, invites)
    restarts(inviting, within=timedelta(seconds=5))
    assert len(inviting.provider.ledger()) == AT_A_TIME, "those of the first transaction"
    results = invite(inviting, batch)
    assert [result.sent for result in results[AT_A_TIME:]] == [True] * 5
    if batch == "the-list":
        assert all(result.sent for result in results)
    else:
        assert all("Invited already" in result.sentence for result in results[:AT_A_TIME])
    restarts(inviting)
    texted = [line.address for line in inviting.provider.ledger()]
    assert sorted(texted) == sorted({f"tel:+1202555{n:04}" for n in range(100, 100 + PEOPLE)})


def scorecard_of(phone: Phone) -> InterviewPage:
    return members.interview_page(phone.services, phone.stack.owner, phone.interview_id)


def test_a_worker_that_sleeps_through_its_lease_cannot_commit(phone: Phone) -> None:
    """Stopped for longer than 6 s after it decided; another one answers; its own commit is thrown away."""
    phone.begins()
    before = len(phone.got())
    phone.texts("yes")
    phone.stack.clock.advance(seconds=4)
    woke: list[str] = []

    def sleeps(point: str) -> None:
        if point == "turn.decided" and not woke:
            woke.append(point)
            phone.stack.clock.advance(seconds=7)
            phone.stack.settle()  # another worker takes over and answers

    slow = replace(phone.services, mark=sleeps)
    run_until_idle(slow, phone.stack.clock)
    assert woke
    check_turns(phone.services.database)
    assert len(phone.got()) == before + 1

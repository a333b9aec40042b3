"""Real processes (`botapp worker`, `botapp timers`, redis-server): Redis forgets, Redis is away, a worker is killed.

Whatever happens, each message is answered exactly once, within 15 s of the moment when everything is there again.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from botapp import bootstrap
from botapp.config import Settings
from botapp.messages import outbound_from_json
from botapp.pipeline import candidates, members
from botapp.pipeline.services import Services
from botapp.policy.access import Role
from botapp.screening.interviewer import Question, QuestionKind
from botapp.state import people
from botapp.state.migrate import upgrade
from botapp.state.read_models import MemberRow
from botapp.state.tables import inbox
from tests.support.processes import children_of
from tests.support.redis_server import RedisServer
from tests.support.roles import SLUG, night_picker
from tests.support.stack import publish
from tests.support.truth import check_turns

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(sys.platform != "linux", reason="reads a worker's children from /proc"),
]

WITHIN = 15.0  # seconds of real time
REDIS_IS_AWAY = 20.0
STARTS_WITHIN = 40.0
QUESTIONS = tuple(
    Question(id=f"q{n}", kind=QuestionKind.YES_NO, text=f"Can you do thing number {n}?", topic=f"thing {n}")
    for n in range(1, 7)
)


@dataclass
class Running:
    """A worker with two turn processes and one for deliveries, the timer loop, Redis."""

    settings: Settings
    services: Services
    redis: RedisServer
    worker: subprocess.Popen[bytes]
    owner: MemberRow


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("running")
    redis = RedisServer().start()
    settings = Settings(_env_file=None, data_dir=home, redis_url=redis.url)  # type: ignore[call-arg]
    shared = bootstrap.services(settings)
    upgrade(shared.database)
    first = bootstrap.ensure_workspace(settings, shared)
    with shared.database.reading() as uow:
        owner = people.member(uow, first.owner_id)
    assert owner is not None
    assert owner.role is Role.OWNER
    publish(shared, owner, night_picker(*QUESTIONS))  # type: ignore[arg-type]
    processes = [_botapp(settings, home, "worker"), _botapp(settings, home, "timers")]
    try:
        _until(lambda: shared.wakeups.workers("turns") >= 2, STARTS_WITHIN, "the workers did not start")
        yield Running(settings, shared, redis, processes[0], owner)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)
        shared.database.close()
        redis.remove()


def _botapp(settings: Settings, home: Path, command: str) -> "subprocess.Popen[bytes]":
    env = {
        **os.environ,
        "BOTAPP_DATA_DIR": str(settings.data_dir),
        "BOTAPP_REDIS_URL": settings.redis_url,
        "BOTAPP_TURN_WORKERS": "2",
    }
    with (home / f"{command}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "botapp.entrypoints.cli", command], env=env, stdout=log, stderr=log
        )


def _until(is_so: Callable[[], bool], seconds: float, otherwise: str) -> float:
    begun = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun < seconds, otherwise
        time.sleep(0.02)
    return time.monotonic() - begun


class Person:
    """A candidate on a page who presses the first button under each question."""

    def __init__(self, running: Running, name: str) -> None:
        self.running = running
        self.pressed = 0
        self.token = candidates.start_interview(
            running.services, slug=SLUG, name=name, contact=f"{name.lower()}@example.com"
        )

    @property
    def heard(self) -> list[str]:
        thread = candidates.thread(self.running.services, self.token)
        assert thread is not None
        lines = members.messages(self.running.services, thread.workspace_id, thread.conversation_id, 0)
        return [outbound_from_json(line.message).text for line in lines if line.ours]

    def waits_for(self, number: int) -> float:
        """Until question `number` (or the thanks after the last) was asked; returns the seconds it took."""
        wanted = QUESTIONS[number - 1].text if number <= len(QUESTIONS) else "last question"
        return _until(lambda: any(wanted in text for text in self.heard), WITHIN, f"{wanted} never came: {self.heard}")

    def presses_yes(self, number: int) -> None:
        button = {"label": "Yes", "value": f"q{number}:yes"}
        candidates.say_as_candidate(self.running.services, self.token, f"press-{number}", "", button)
        self.pressed += 1

    def goes_on_to_the_end(self, first: int) -> None:
        for number in range(first, len(QUESTIONS) + 1):
            self.waits_for(number)
            self.presses_yes(number)
        self.waits_for(len(QUESTIONS) + 1)

    def was_asked_everything_once(self) -> None:
        asked = [question.text for question in QUESTIONS]
        counts = [sum(text.count(words) for text in self.heard) for words in asked]
        assert counts == [1] * len(asked), self.heard


def all_is_well(running: Running, *people_here: Person) -> None:
    for person in people_here:
        person.was_asked_everything_once()
    _until(lambda: _scored(running, people_here), WITHIN, "a scorecard never came")
    _until(lambda: _all_answered(running), WITHIN, "something that was said waits for ever")
    check_turns(running.services.database)


def _all_answered(running: Running) -> bool:
    with running.services.database.reading() as uow:
        query = select(inbox.c.id).where(inbox.c.turn_id.is_(None))
        return uow.connection.execute(query).first() is None


def _scored(running: Running, people_here: tuple[Person, ...]) -> bool:
    return all(
        members.interview_page(running.services, running.owner, thread.interview_id).scorecard is not None
        for thread in (candidates.thread(running.services, person.token) for person in people_here)
        if thread is not None
    )


def test_redis_forgets_everything(running: Running) -> None:
    """FLUSHALL after a message was kept: the sweep wakes somebody."""
    person = Person(running, "Flora")
    person.waits_for(1)
    person.presses_yes(1)
    running.redis.flush()
    person.waits_for(2)
    running.redis.flush()
    person.goes_on_to_the_end(2)
    all_is_well(running, person)


def test_redis_is_away_for_a_while(running: Running) -> None:
    """Messages are taken in meanwhile; when it is back everything is answered."""
    person = Person(running, "Rita")
    person.waits_for(1)
    running.redis.stop()
    person.presses_yes(1)
    late = Person(running, "Lena")
    time.sleep(REDIS_IS_AWAY)
    running.redis.start()
    assert person.waits_for(2) < WITHIN
    late.waits_for(1)
    person.goes_on_to_the_end(2)
    late.goes_on_to_the_end(1)
    all_is_well(running, person, late)


def test_workers_are_killed_mid_conversation(running: Running) -> None:
    """SIGKILL to every worker process right after a message; the parent forks new ones."""
    person = Person(running, "Kim")
    person.waits_for(1)
    for number in (1, 2, 3):
        person.presses_yes(number)
        for child in children_of(running.worker.pid):
            os.kill(child, signal.SIGKILL)
        assert person.waits_for(number + 1) < WITHIN
    person.goes_on_to_the_end(4)
    all_is_well(running, person)


def test_a_worker_sleeps_through_its_lease(running: Running) -> None:
    """SIGSTOP for longer than 6 s, then it goes on: its turn was done by another, once."""
    person = Person(running, "Sam")
    person.waits_for(1)
    stopped = children_of(running.worker.pid)[0]
    os.kill(stopped, signal.SIGSTOP)
    try:
        person.presses_yes(1)
        assert person.waits_for(2) < WITHIN
    finally:
        os.kill(stopped, signal.SIGCONT)
    person.goes_on_to_the_end(2)
    all_is_well(running, person)


def test_nobody_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    """`kill -9` of `botapp up` frees port and socket: what it started ends with it."""
    begins = (
        "import time; from pathlib import Path; from botapp.entrypoints.supervisor import Child; "
        f"child = Child('sleeper', ['sleep', '60']); child.start(Path({str(tmp_path)!r})); "
        "print(child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", begins], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    sleeper = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    _until(lambda: not _runs(sleeper), 5.0, "the child outlived its parent")


def _runs(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()

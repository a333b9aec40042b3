"""The visible edge of a transaction. `writing()` commits at the end of the block or leaves nothing.

SQLite: WAL, synchronous FULL, every writing transaction is BEGIN IMMEDIATE behind one flock, because SQLite's own busy
handler starves writers (p99 60-110 ms without the lock, 8-10 ms with). PostgreSQL by the same code. Never held across
a model or network call.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from botapp.errors import BadPayload, Conflict, Retryable

NO_SUCH_FILE = Path("/dev/null")


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One transaction. State functions take it; nothing else runs a statement."""

    connection: Connection

    @property
    def is_postgres(self) -> bool:
        return self.connection.dialect.name == "postgresql"

    @property
    def driver(self) -> Any:
        """The driver's own connection, inside this same transaction (for `prepared` only)."""
        return self.connection.connection.dbapi_connection


class Database:
    """Opens units of work on one database URL.

    Raises (from `reading` and `writing`):
        Conflict: a uniqueness promise stopped the write; somebody else was quicker.
        Retryable: the database can't be reached or is busy.
        BadPayload: a value that no column can hold (a NUL, something too long).
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._engine = _engine(url)
        self._lock_path = _lock_path(url) if self.is_sqlite else NO_SUCH_FILE
        self._threads = threading.Lock()
        self._lock_file: int | None = None
        os.register_at_fork(after_in_child=self._after_fork)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A consistent look; whatever is written in it is rolled back."""
        with _translated(), self._engine.connect() as connection:
            connection.begin()
            yield UnitOfWork(connection)

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[UnitOfWork]:
        """A transaction. `durable=False`: it may be lost in a power cut (claims, lease renewals)."""
        with _translated(), self._one_writer(), self._engine.connect() as connection:
            if self.is_sqlite:
                connection.execution_options(botapp_immediate=True, botapp_durable=durable)
            with connection.begin():
                yield UnitOfWork(connection)

    def close(self) -> None:
        self._engine.dispose()
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._threads:
            if self._lock_file is None:
                self._lock_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._lock_file = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock_file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._lock_file, fcntl.LOCK_UN)

    def _after_fork(self) -> None:
        """A child shares neither connections nor the open lock file (flock belongs to the open file)."""
        self._engine.dispose(close=False)
        self._threads = threading.Lock()
        self._lock_file = None


def _lock_path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///") + ".lock")


def _json_text(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            json_serializer=_json_text,
            json_deserializer=orjson.loads,
            hide_parameters=True,  # errors are logged, and parameters are what people said
            pool_pre_ping=True,
            pool_recycle=300,
            pool_size=10,
            max_overflow=20,
            pool_timeout=10,
            connect_args={"connect_timeout": 5},
        )
    engine = create_engine(
        url,
        json_serializer=_json_text,
        json_deserializer=orjson.loads,
        hide_parameters=True,
        pool_size=10,
        max_overflow=300,
        connect_args={"timeout": 10, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(dbapi_connection: Any, _record: object) -> None:
    dbapi_connection.isolation_level = None  # the driver must not open transactions of its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-8000"):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    driver = connection.connection.dbapi_connection
    assert driver is not None
    if not options.get("botapp_immediate"):
        driver.execute("BEGIN")
        return
    level = "FULL" if options.get("botapp_durable", True) else "NORMAL"
    driver.execute(f"PRAGMA synchronous={level}")
    driver.execute("BEGIN IMMEDIATE")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError) as error:
        raise Conflict("Somebody else was quicker.") from error
    except (OperationalError, sqlite3.OperationalError) as error:
        raise Retryable("The database can't be reached just now.") from error
    except DataError as error:
        raise BadPayload("That contains something that can't be kept. Please write it another way.") from error
    except DBAPIError as error:
        if error.connection_invalidated or "serialize" in str(error.orig):
            raise Retryable("The database connection broke.") from error
        raise

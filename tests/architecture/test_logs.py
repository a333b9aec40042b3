"""Logs hold event names and ids: never what somebody said, what they are called or how to reach them."""

import json
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from botapp.state.unit_of_work import Database
from tests.support.channels import Does
from tests.support.phone import phone_on
from tests.support.redis_server import RedisServer
from tests.support.stack import MovableClock

SAID = ("yes indeed, since the flood", "seventeen years at Zanzibar Freight", "My manager Quentin fell ill at dawn")


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


def test_nothing_personal_is_logged(
    database: Database, redis_server: RedisServer, clock: MovableClock, tmp_path: Path
) -> None:
    """A whole talk by phone, with failures on the way, and every line of the log."""
    with capture_logs() as logs:
        phone = phone_on(database, redis_server.url, clock, tmp_path / "provider.db").begins()
        phone.provider.will(Does.TIME_OUT, Does.REFUSE, Does.ACCEPT, Does.REJECT)
        for text in (*SAID, "what is the pay?", "is there a canteen?", "person please", "stop"):
            phone.texts(text)
            phone.stack.settle()
        phone.queue("Psst, a reminder")
        phone.stack.settle()
    lines = [json.dumps(entry, default=str) for entry in logs]
    assert len(lines) > 10
    secret = [*SAID, "canteen", "Maria", "Lopez", phone.number, phone.number[1:], "Psst", "forklift", "$19.50"]
    assert [(word, line) for line in lines for word in secret if word in line] == []


def test_log_events_are_fixed_words(
    database: Database, redis_server: RedisServer, clock: MovableClock, tmp_path: Path
) -> None:
    """The event of a line is a name to search for, not a sentence with values in it."""
    with capture_logs() as logs:
        phone = phone_on(database, redis_server.url, clock, tmp_path / "provider.db").begins()
        phone.texts("yes")
        phone.stack.settle()
    assert {entry["event"] for entry in logs} <= {"turn_committed", "outbox_recorded", "task_done"}

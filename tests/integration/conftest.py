"""A candidate on a phone, through the throw-away channel."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from botapp.state.unit_of_work import Database
from tests.support.phone import Phone, phone_on
from tests.support.stack import MovableClock


@pytest.fixture
def phone(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[Phone]:
    """Has not begun yet. A turn that failed fails the test, unless it says it may."""
    with capture_logs() as logs:
        made = phone_on(database, redis_url, clock, tmp_path / "provider.db")
        made.stack.logs = logs
        yield made
    made.stack.check_no_turn_failed()

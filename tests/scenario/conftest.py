"""Scenarios run on SQLite; the integration tests prove that PostgreSQL is the same."""

from collections.abc import Callable
from typing import Any

import pytest

from botapp.screening.interviewer import Interviewer
from tests.support.roles import night_picker
from tests.support.stack import Stack, publish


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def published(stack: Stack) -> Callable[..., str]:
    """Publishes a night picker (with other settings, if given); returns the interviewer's id. The link is its slug."""

    def make(draft: Interviewer | None = None, **settings: Any) -> str:
        return publish(stack.services, stack.owner, draft or night_picker(**settings))

    return make

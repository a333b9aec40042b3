"""Moments, and the schema's own promises."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from botapp.state.tables import Moment, metadata

DIALECTS = [sqlite.dialect(), postgresql.dialect()]  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("dialect", DIALECTS, ids=["sqlite", "postgres"])
@given(naive=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)), hours=st.integers(-12, 14))
def test_a_moment_comes_back_in_utc(dialect: object, naive: datetime, hours: int) -> None:
    """The same instant, whatever zone it was given in."""
    given_moment = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    stored = Moment().process_bind_param(given_moment, dialect)  # type: ignore[arg-type]
    back = Moment().process_result_value(stored, dialect)  # type: ignore[arg-type]
    assert back == given_moment
    assert back is not None
    assert back.tzinfo is UTC


def test_what_must_be_unique_is_a_constraint() -> None:
    """Each promise that a repeat relies on."""
    unique = {
        (table.name, tuple(column.name for column in constraint.columns))
        for table in metadata.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ in ("UniqueConstraint", "PrimaryKeyConstraint")
    }
    assert {
        ("inbox", ("channel_account", "external_id")),
        ("inbox", ("conversation_id", "seq")),
        ("outbox", ("id",)),
        ("outbox", ("conversation_id", "seq")),
        ("tasks", ("id",)),
        ("turns", ("conversation_id", "version")),
        ("conversations", ("kind", "subject_id")),
        ("slugs", ("slug",)),
        ("candidates", ("workspace_id", "contact")),
        ("members", ("workspace_id", "email")),
        ("interviews", ("interviewer_id", "candidate_id", "attempt")),
    } <= unique


def test_every_constraint_has_a_name() -> None:
    """Migrations must be able to name what they drop."""
    assert all(c.name for table in metadata.tables.values() for c in table.constraints)

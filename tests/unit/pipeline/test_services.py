"""Ids that a repeat derives again, and addresses that nobody can reach."""

from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.channels.terminal import Terminal
from botapp.clock import SystemClock
from botapp.errors import BadPayload
from botapp.pipeline.services import Services, derived_id
from botapp.screening.contact import clean_contact, clean_name
from botapp.state.unit_of_work import Database
from botapp.state.wakeups import Wakeups


def services() -> Services:
    """Opens nothing."""
    return Services(
        database=Database("sqlite:////nowhere/botapp.db"),
        wakeups=Wakeups("unix:///nowhere"),
        channels=MappingProxyType({"terminal": Terminal()}),
        clock=SystemClock(),
        base_url="https://interviews.test",
    )


def test_an_address_of_an_unknown_channel() -> None:
    """Said in a sentence."""
    with pytest.raises(BadPayload, match="begins with fax"):
        services().channel_for("fax:1")
    assert services().channel_for("terminal:m1").scheme == "terminal"


def test_waking_without_redis_loses_only_the_wake_up() -> None:
    """No error: the sweep makes it good."""
    wakeups = services().wakeups
    assert not wakeups.wake("turns")
    wakeups.wake_another("turns")
    wakeups.push("c1", {"type": "message"})
    assert not wakeups.ping()
    assert wakeups.workers("turns") == 0


def test_the_clock_is_aware() -> None:
    """UTC, always."""
    assert services().now().tzinfo is UTC
    assert abs((services().now() - datetime.now(UTC)).total_seconds()) < 5


@given(st.lists(st.text(max_size=10), min_size=1, max_size=4))
def test_derived_ids_repeat(parts: list[str]) -> None:
    """The same parts, the same id; another version, another id."""
    assert derived_id(*parts) == derived_id(*parts)
    assert derived_id(*parts, 1) != derived_id(*parts, 2)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Maria@Example.COM ", "maria@example.com"),
        ("+1 (555) 123-4567", "+15551234567"),
        ("555.123.4567", "+15551234567"),
        ("011 44 113 496 0000", "+441134960000"),
    ],
)
def test_contacts_in_one_spelling(typed: str, kept: str) -> None:
    """One person is one candidate, however they type it."""
    assert clean_contact(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "maria", "maria@", "@x.com", "a b@x.com", "<a@x.com>", "12345", "1" * 16, "a@x\u200b.com", "a@\ud800.com"],
)
def test_what_is_no_contact(typed: str) -> None:
    """Says what is needed."""
    with pytest.raises(BadPayload, match="e-mail address or a phone number"):
        clean_contact(typed)


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Maria  Lopez ", "Maria Lopez"), ("Zoë", "Zoë"), ("A\u202eB\x00", "AB"), ("李", "李")]
)
def test_names_as_typed(typed: str, kept: str) -> None:
    """Without what can't be seen."""
    assert clean_name(typed) == kept

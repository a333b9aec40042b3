"""What a page posts, read into our words; and what a terminal prints."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.channels.terminal import terminal_lines
from botapp.channels.webchat import MAX_TEXT, read_post, storable
from botapp.errors import BadPayload
from botapp.messages import Card, CardKind, InboundKind, InboundMessage, OutboundMessage, QuickReply, Sender, SenderKind

AT = datetime(2026, 5, 4, 10, tzinfo=UTC)


def read(body: Any) -> InboundMessage:
    return read_post(body, address="webchat:i1", sender=Sender(SenderKind.CANDIDATE, "c1"), at=AT)


def test_a_text() -> None:
    """The client's id is unique within its thread."""
    message = read({"client_id": "a1", "text": " Yes "})
    assert message.text == " Yes "
    assert message.kind is InboundKind.TEXT
    assert message.external_id == "webchat:i1:a1"


def test_a_button() -> None:
    """Its label is the text, its value the payload."""
    message = read({"client_id": "a1", "text": "", "button": {"label": "Yes", "value": "q1:yes"}})
    assert (message.kind, message.text, dict(message.payload)) == (InboundKind.BUTTON, "Yes", {"value": "q1:yes"})


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        7,
        {},
        {"text": "hi"},
        {"client_id": 5, "text": "hi"},
        {"client_id": "", "text": "hi"},
        {"client_id": "a\nb", "text": "hi"},
        {"client_id": "x" * 65, "text": "hi"},
        {"client_id": "a", "text": None},
        {"client_id": "a", "text": ["hi"]},
        {"client_id": "a", "text": " \n\t"},
        {"client_id": "a", "text": "x" * (MAX_TEXT + 1)},
        {"client_id": "a", "button": "yes"},
        {"client_id": "a", "button": {"label": "Yes"}},
        {"client_id": "a", "button": {"label": "", "value": "x"}},
        {"client_id": "a", "button": {"label": "x" * 201, "value": "x"}},
        {"client_id": "a", "button": {"label": "Yes", "value": "x" * 401}},
    ],
)
def test_what_is_malformed_is_refused_in_a_sentence(body: Any) -> None:
    """Nothing of it is kept."""
    with pytest.raises(BadPayload, match=r"^[A-Z].*\.$"):
        read(body)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_whatever_is_kept_can_be_stored(text: str) -> None:
    """No NUL, no half character; nothing else changes."""
    kept = storable(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
    if "\x00" not in text and text.isprintable():
        assert kept == text


@pytest.mark.parametrize(("text", "kept"), [("a\x00b", "ab"), ("\ud800x", "\ufffdx"), ("\ud83d\ude42", "🙂")])
def test_broken_characters(text: str, kept: str) -> None:
    """Half of a pair becomes the sign for it; two halves become whole."""
    assert storable(text) == kept


def test_a_terminal_shows_card_and_choices() -> None:
    """Text, the card's plain form, buttons by number."""
    card = Card(CardKind.DIFF, {}, "- old\n+ new")
    message = OutboundMessage("Done.", (QuickReply("Undo", "undo"), QuickReply("Publish", "publish")), card)
    assert terminal_lines(message) == ["Done.", "", "  - old", "  + new", "[1] Undo  [2] Publish"]

"""The travelling types: what is stored is what comes back."""

from hypothesis import given
from hypothesis import strategies as st

from botapp.messages import (
    Card,
    CardKind,
    OutboundMessage,
    QuickReply,
    channel_of,
    outbound_from_json,
    outbound_to_json,
)

words = st.text(max_size=30)
cards = st.builds(Card, st.sampled_from(CardKind), st.dictionaries(words, words, max_size=3), words)
messages = st.builds(
    OutboundMessage, words, st.lists(st.builds(QuickReply, words, words), max_size=3).map(tuple), st.none() | cards
)


@given(messages)
def test_an_outbound_message_survives_storing(message: OutboundMessage) -> None:
    """To JSON and back."""
    assert outbound_from_json(outbound_to_json(message)) == message


def test_the_scheme_of_an_address_names_its_channel() -> None:
    """Whatever follows."""
    assert channel_of("tel:+15551234567") == "tel"
    assert channel_of("webchat:a:b") == "webchat"

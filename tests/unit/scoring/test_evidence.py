"""A quote is verbatim or it is dropped."""

import pytest

from botapp.scoring.evidence import find, shown, verbatim, verify
from botapp.screening.interview import Evidence, SpokenPart

PARTS = (
    SpokenPart(message_id="m1", text="I check the straps first."),
    SpokenPart(message_id="m2", text="Then I drive."),
)


@pytest.mark.parametrize(
    ("message_id", "text", "start", "stands"),
    [
        ("m1", "check the straps", 2, True),
        ("m2", "Then I drive.", 0, True),
        ("m1", "check the straps", 3, False),
        ("m2", "check the straps", 2, False),
        ("m1", "Check the straps", 2, False),
        ("m9", "I", 0, False),
    ],
)
def test_a_span_stands_only_where_it_says(message_id: str, text: str, start: int, stands: bool) -> None:
    """Message, place and every letter must agree."""
    assert verify(Evidence(message_id=message_id, text=text, start=start), PARTS) is stands


def test_spans_that_are_not_verbatim_are_dropped() -> None:
    """Nothing is repaired; a repeat is kept once."""
    good = Evidence(message_id="m1", text="straps", start=12)
    bad = Evidence(message_id="m1", text="ropes", start=12)
    assert verbatim([good, bad, good], PARTS) == (good,)


def test_a_quote_is_found_in_the_message_that_has_it() -> None:
    """Or it is not found at all."""
    assert find("I drive", PARTS) == Evidence(message_id="m2", text="I drive", start=5)
    assert find("I fly", PARTS) is None
    assert find("  ", PARTS) is None


def test_a_long_quote_is_cut_at_a_word() -> None:
    """Only where it is shown in a sentence; the stored span stays whole."""
    said = shown(Evidence(message_id="m", text="word " * 60, start=0))
    assert len(said) < 150
    assert said.endswith('word..."')

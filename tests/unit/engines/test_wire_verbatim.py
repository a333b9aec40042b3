"""A quote is a slice of what was said, or it is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.engines.wire.verbatim import Source, evidence
from botapp.screening.interview import SpokenPart
from tests.unit.engines.samples import PART, SECOND

TEXT = "I’ve driven  a truck\n— for six\u200b years. “Never” late."


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("a truck", "a truck"),
        ("I've driven a truck", "I’ve driven  a truck"),
        ("a truck - for six years", "a truck\n— for six\u200b years"),
        ('"Never" late', "Never” late"),
        ("...driven a truck...", "driven  a truck"),
        ("NEVER", "Never"),
        ("a lorry", ""),
        ("six years of driving", ""),
        ("", ""),
        ("...", ""),
        (" ", ""),
    ],
)
def test_a_quote_is_found_as_it_was_said(quote: str, words: str) -> None:
    """Straightened quotes, dashes, blanks, case and invisible characters are forgiven; words are not."""
    assert Source(TEXT).words(quote) == words


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_whatever_is_found_is_verbatim(text: str, start: int, end: int) -> None:
    """Property: a found quote stands at its place; a slice with a letter in it is always found."""
    quote = text[start:end]
    found = Source(text).find(quote)
    if found:
        place, words = found
        assert text.startswith(words, place)
    assert found or not any(map(str.isalnum, quote))


@pytest.mark.parametrize(
    ("message", "quote", "expected"),
    [
        (1, "checked the straps", ("m1", 2)),
        (2, "Nothing broke", ("m2", 0)),
        (2, "checked the straps", ("m1", 2)),
        (0, "back on time", ("m2", 26)),
        (99, "back on time", ("m2", 26)),
        (-1, "back on time", ("m2", 26)),
        (1, "dropped it", None),
    ],
)
def test_evidence_names_the_right_message(message: int, quote: str, expected: tuple[str, int] | None) -> None:
    """A wrong message number or place is put right by searching; what is nowhere is dropped."""
    span = evidence(message, quote, (PART, SECOND))
    assert (span and (span.message_id, span.start)) == expected


def test_the_named_message_comes_first() -> None:
    """The same words in two messages: the one that was named counts."""
    parts = (SpokenPart(message_id="a", text="yes"), SpokenPart(message_id="b", text="oh yes"))
    span = evidence(2, "yes", parts)
    assert span is not None
    assert (span.message_id, span.start) == ("b", 3)

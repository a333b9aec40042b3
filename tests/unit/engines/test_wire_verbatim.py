"""A quote is a slice of what was said, or it is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.engines.wire.verbatim import Source

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
        ("ｔｒｕｃｋ", "truck"),
    ],
)
def test_a_quote_is_found_as_it_was_said(quote: str, words: str) -> None:
    """Straightened quotes, dashes, blanks, case and invisible characters are forgiven; words are not."""
    assert Source(TEXT).words(quote) == words


@pytest.mark.parametrize(
    ("text", "quote", "words"),
    [
        ("Ich war im Cafe\u0301 fertig.", "im caf\u00e9 fertig", "im Cafe\u0301 fertig"),
        ("Ich war im Caf\u00e9 fertig.", "cafe\u0301", "Caf\u00e9"),
        ("my o\ufb03ce was full", "office", "o\ufb03ce"),
        ("my office was full", "o\ufb03ce", "office"),
        ("it took \u00bd an hour \u2026 or so", "an hour ... or so", "an hour \u2026 or so"),
        ("Wir luden auf der STRASSE ab", "stra\u00dfe", "STRASSE"),
        ("a\u2011b and c", "a-b", "a\u2011b"),
    ],
)
def test_forms_of_the_same_letter_are_one(text: str, quote: str, words: str) -> None:
    """Accents as marks, ligatures, wide letters: found, and shown with the candidate's own characters."""
    found = Source(text).find(quote)
    assert found is not None
    assert found[1] == words
    assert text.startswith(words, found[0])


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_whatever_is_found_is_verbatim(text: str, start: int, end: int) -> None:
    """Property: a found quote stands at its place; a slice with a letter in it is always found."""
    quote = text[start:end]
    found = Source(text).find(quote)
    if found:
        place, words = found
        assert text.startswith(words, place)
    assert found or not any(map(str.isalnum, quote))

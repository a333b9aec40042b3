"""A name in somebody's own words, and who says that they are not meant."""

import pytest

from botapp.graphs.interview.names import denies_being, name_in_words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("maria lopez", "Maria Lopez"),
        ("MARIA", "Maria"),
        ("My name is Jean-Luc O'Neil.", "Jean-Luc O'Neil"),
        ("Hi, I'm Zoë and I want to apply", "Zoë"),
        ("it's me, Ana", ""),
        ("this is Sam from Leeds", "Sam"),
        ("Łukasz", "Łukasz"),
        ("李小龙", "李小龙"),
        ("why do you ask", ""),
        ("I'm ready", ""),
        ("yes", ""),
        ("12345", ""),
        ("I am looking for a job at the warehouse", ""),
        ("McDonald", "McDonald"),
    ],
)
def test_a_name_is_read_or_left_out(text: str, name: str) -> None:
    """What is no name is no name."""
    assert name_in_words(text) == name


@pytest.mark.parametrize(
    "text", ["I'm not Maria", "this isn't maria", "This is not Maria", "No Maria here", "it\u2019s not Maria"]
)
def test_somebody_else_says_so(text: str) -> None:
    """In few words."""
    assert denies_being(text, "Maria Lopez")


@pytest.mark.parametrize("text", ["This is Maria", "I'm not sure", "It's not Maria's fault", "Maria here, not bad", ""])
def test_other_words_are_no_denial(text: str) -> None:
    """Never a guess."""
    assert not denies_being(text, "Maria Lopez")
    assert not denies_being("this isn't me", "")

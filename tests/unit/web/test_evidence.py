"""Marks in the transcript and the formula's sums, as pure functions."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.entrypoints.web.evidence import cut, marks
from botapp.entrypoints.web.formula import formula
from botapp.screening.interview import Evidence
from tests.support import sample_pages as sample

NOW = datetime(2030, 11, 4, tzinfo=UTC)


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45), st.text(max_size=3)), max_size=5)
)
def test_cutting_loses_nothing(text: str, spans: list[tuple[int, int, str]]) -> None:
    """The pieces, put together, are the text, whatever the spans."""
    assert "".join(piece.text for piece in cut(text, spans)) == text


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([], []),
        ([(0, 3, "a")], ["abc"]),
        ([(0, 3, "a"), (2, 5, "b")], ["ab", "c", "de"]),
        ([(1, 3, "a"), (1, 3, "b")], ["bc"]),
    ],
)
def test_spans_may_overlap(spans: list[tuple[int, int, str]], marked: list[str]) -> None:
    """Each stretch is marked once, and every span keeps its anchor."""
    pieces = cut("abcdef", spans)
    assert [p.text for p in pieces if p.marked] == marked
    assert sorted(a for p in pieces for a in p.anchors) == sorted(a for _, _, a in spans)


def test_a_quote_that_was_not_said_gets_no_mark() -> None:
    """Evidence that is not verbatim in the transcript is neither marked nor linked."""
    card = sample.scorecard()
    found = marks(card, sample.transcript(NOW))
    assert found.anchor(Evidence(message_id="t4", text="never said", start=0)) == ""
    assert found.quoted("He said “something else entirely”").anchor == ""
    assert found.quoted("First step: “I stop the line first”").anchor == found.anchor(card.answers[1].score.evidence[0])  # type: ignore[union-attr]
    assert found.quoted("No quote at all.").quote == ""


def test_the_formula_can_be_followed() -> None:
    """Part, stage and whole, with the numbers that made them."""
    lines = formula(sample.scorecard())
    assert [(line.name, line.result) for line in lines] == [
        ("Question 3", "3.00 of 4"),
        ("Chat", "75"),
        ("Overall", "75"),
    ]
    assert lines[1].sum == "100 × (3.00) / (4)"

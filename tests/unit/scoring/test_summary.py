"""Strengths and doubts are bound to quotes."""

from botapp.llm.tasks import JudgedAnswer, SummariseRequest
from botapp.scoring.summary import summarise
from botapp.screening.interview import Evidence

QUOTE = (Evidence(message_id="m", text="I check the straps", start=0),)


def answer(score: float | None, evidence: tuple[Evidence, ...] = QUOTE) -> JudgedAnswer:
    return JudgedAnswer(question="Loading", score=score, reason="Has own steps.", evidence=evidence)


def test_each_sentence_ends_with_a_quote() -> None:
    """Strong answers are strengths, weak ones doubts, the middle neither."""
    summary = summarise(SummariseRequest(role="Driver", answers=(answer(4.5), answer(3), answer(1.5))))
    assert summary.strengths == ('Loading: has own steps. "I check the straps"',)
    assert len(summary.doubts) == 1


def test_nothing_is_said_without_a_quote_or_a_score() -> None:
    """An unquoted or unjudged answer is left out; at most three of each."""
    summary = summarise(SummariseRequest(role="Driver", answers=(answer(5, ()), answer(None), *[answer(5)] * 5)))
    assert len(summary.strengths) == 3
    assert summary.doubts == ()

"""Several judgements of one answer as one."""

import pytest

from botapp.llm import Judgement
from botapp.scoring.passes import combine, needed
from botapp.screening.interview import Evidence


def passed(score: float | None) -> Judgement:
    """A pass that gave `score`, or found nothing to judge; its evidence tells which it was."""
    if score is None:
        return Judgement(status="unavailable", reason="nothing said")
    evidence = (Evidence(message_id="m", text=f"{score:g}", start=0),)
    return Judgement(status="scored", score=score, reason=f"gave {score:g}", evidence=evidence)


@pytest.mark.parametrize(
    ("scores", "score", "spread", "confidence", "reason"),
    [
        ((4, 4, 4), 4, 0, "high", "gave 4"),
        ((3, 4, 4), 4, 1, "medium", "gave 4"),
        ((4, 3, 3), 3, 1, "medium", "gave 3"),
        ((3, 4), 3.5, 1, "low", "gave 3"),
        ((4, 4), 4, 0, "low", "gave 4"),
        ((4, None, 4), 4, 0, "low", "gave 4"),
    ],
)
def test_the_median_counts(
    scores: tuple[float | None, ...], score: float, spread: float, confidence: str, reason: str
) -> None:
    """With the reason and the quotes of a pass that gave it, and how sure that is."""
    told = combine([passed(each) for each in scores], 3)
    assert (told.status, told.score, told.spread, told.confidence) == ("scored", score, spread, confidence)
    assert told.reason == reason
    assert [span.text for span in told.evidence] == [reason[-1]]


@pytest.mark.parametrize("scores", [(2, 4, 4), (1, 3), (5, 1, 3)])
def test_passes_too_far_apart_need_a_person(scores: tuple[float, ...]) -> None:
    """No number, the reason says why, and each pass stays in the record."""
    told = combine([passed(each) for each in scores], 3)
    assert (told.status, told.score, told.confidence, told.passes) == ("unavailable", None, "low", scores)
    assert told.reason.startswith("Needs a person")
    assert told.evidence


@pytest.mark.parametrize("scores", [(None, None, 4), (None, None, None), (None, 4), (None,)])
def test_what_most_passes_cannot_judge_is_not_judged(scores: tuple[float | None, ...]) -> None:
    """Unavailable with the reason of a pass that said so."""
    told = combine([passed(each) for each in scores], 3)
    assert (told.status, told.score, told.reason) == ("unavailable", None, "nothing said")


def test_one_pass_is_never_sure() -> None:
    """There is nothing to compare it with."""
    told = combine([passed(4)], 1)
    assert (told.score, told.spread, told.confidence) == (4, None, "low")


@pytest.mark.parametrize(("passes", "least"), [(1, 1), (2, 2), (3, 2), (5, 3)])
def test_more_than_half_the_passes_are_needed(passes: int, least: int) -> None:
    """Two of three."""
    assert needed(passes) == least

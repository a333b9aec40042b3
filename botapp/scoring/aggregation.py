"""The published formula, and nothing else: from answer scores (1-5) and weights to 0-100.

    stage score = 100 * sum(w * (s - 1) / 4) / sum(w)      over answered, scored questions with w > 0
    overall     = sum(W * stage score) / sum(W)            over stages that have a score and W > 0

Only open questions are scored. A typed answer is read exactly and decides gates; it never enters a score, whatever
its weight. A missing score is left out of both sums and shown as coverage: it is neither a zero nor a guess.
Results are rounded to four places, so that the order of summing can't show.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from botapp.screening.interview import StageScore
from botapp.screening.interviewer import Question, QuestionKind, StageBase

LOWEST, HIGHEST = 1.0, 5.0
_PLACES = 4
CRITERION, CRITERION_GATE = "criterion", "criterion_gate"  # kinds of lines that a resume was read for


@dataclass(frozen=True, slots=True)
class Weighed:
    """One term of the sum: a question's weight and its score, if it has one."""

    weight: int
    score: float | None


def counts(question: Question) -> bool:
    """Whether this question can move the score."""
    return counts_as(question.kind, question.weight)


def counts_as(kind: str, weight: int) -> bool:
    """The same of a stored line."""
    return kind in (QuestionKind.OPEN, CRITERION) and weight > 0


def stage_score(terms: Iterable[Weighed]) -> float | None:
    """0-100, or None when nothing was scored."""
    scored = [(t.weight, t.score) for t in terms if t.weight > 0 and t.score is not None]
    if not scored:
        return None
    share = math.fsum(w * (s - LOWEST) / (HIGHEST - LOWEST) for w, s in scored) / sum(w for w, _ in scored)
    return round(100 * share, _PLACES)


def bounds(terms: Sequence[Weighed]) -> tuple[float, float] | None:
    """The stage score if every missing score were the lowest, and if it were the highest."""
    low = stage_score(Weighed(t.weight, LOWEST if t.score is None else t.score) for t in terms)
    high = stage_score(Weighed(t.weight, HIGHEST if t.score is None else t.score) for t in terms)
    return None if low is None or high is None else (low, high)


def overall_score(stages: Iterable[StageScore]) -> float | None:
    """The mean of the stage scores by stage weight, or None when no stage has one."""
    return weighted_mean((stage.weight, stage.score) for stage in stages)


def weighted_mean(values: Iterable[tuple[int, float | None]]) -> float | None:
    """The mean over what is there, or None when nothing is."""
    present = [(weight, value) for weight, value in values if weight > 0 and value is not None]
    if not present:
        return None
    return round(math.fsum(w * v for w, v in present) / sum(w for w, _ in present), _PLACES)


def score_stage(stage: StageBase, title: str, terms: Sequence[Weighed]) -> StageScore:
    """A stage's line of the scorecard. `terms`: one for each question that counts."""
    return StageScore(
        stage_id=stage.id,
        title=title,
        score=stage_score(terms),
        weight=stage.weight,
        answered=sum(term.score is not None for term in terms),
        counted=len(terms),
        min_score=stage.min_score,
    )

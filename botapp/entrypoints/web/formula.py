"""The scoring formula with a scorecard's own numbers in it, line by line, so that anybody can check the sum. Pure."""

from dataclasses import dataclass

from botapp.scoring.wording import plain_number
from botapp.screening.interview import Scorecard, ScoredAnswer

FORMULA = (
    "Stage score = 100 × sum of weight × (score − 1) / 4, over the sum of weights, of answered questions that are "
    "scored. Overall = mean of the stage scores, weighted by stage. Gates are never part of it. The score at the top "
    "is shown without decimals, never rounded up."
)


@dataclass(frozen=True, slots=True)
class FormulaLine:
    """What is computed, how, and what comes out."""

    name: str
    sum: str
    result: str


def formula(card: Scorecard) -> tuple[FormulaLine, ...]:
    """Each answer's part, each stage's score, and the whole."""
    answers = tuple(_answer_line(a) for a in card.answers if _counts(a))
    return (*answers, *_stage_lines(card), *_overall_line(card))


def _counts(answer: ScoredAnswer) -> bool:
    return answer.weight > 0 and answer.score is not None and answer.score.score is not None


def _answer_line(answer: ScoredAnswer) -> FormulaLine:
    score = answer.score.score if answer.score and answer.score.score else 0.0
    part = answer.weight * (score - 1) / 4
    return FormulaLine(
        f"Question {answer.number}",
        f"weight {answer.weight} × (score {plain_number(score)} − 1) / 4",
        f"{part:.2f} of {answer.weight}",
    )


def _stage_lines(card: Scorecard) -> tuple[FormulaLine, ...]:
    return tuple(
        FormulaLine(stage.title or "Stage", _stage_sum(card, stage.stage_id), plain_number(stage.score))
        for stage in card.stages
        if stage.score is not None
    )


def _stage_sum(card: Scorecard, stage_id: str) -> str:
    mine = [a for a in card.answers if a.stage_id == stage_id]
    scored = [(a.weight, a.score.score or 1) for a in mine if a.score and _counts(a)]
    parts = " + ".join(f"{weight * (score - 1) / 4:.2f}" for weight, score in scored)
    weights = " + ".join(str(weight) for weight, _ in scored)
    return f"100 × ({parts}) / ({weights})"


def _overall_line(card: Scorecard) -> tuple[FormulaLine, ...]:
    stages = [(stage.score, stage.weight) for stage in card.stages if stage.score is not None]
    if card.overall is None or not stages:
        return ()
    parts = " + ".join(f"{plain_number(score)} × {weight}" for score, weight in stages)
    weights = " + ".join(str(weight) for _, weight in stages)
    return (FormulaLine("Overall", f"({parts}) / ({weights})", plain_number(card.overall)),)

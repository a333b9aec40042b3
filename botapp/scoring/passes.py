"""Several independent judgements of one answer as one: their median, how far apart they lie, how sure that is.

Guarantees: a score stands on at least two passes of three (all of two, the only one of one); passes that lie WIDE
points or more apart give no score, they need a person, and stay in the record. Nothing is averaged away.
"""

from collections.abc import Sequence
from statistics import median

from botapp.llm.tasks import Judgement
from botapp.screening.interview import Confidence

WIDE = 2.0  # points between the highest and the lowest pass of one answer, on a scale from 1 to 5


def needed(passes: int) -> int:
    """How many usable passes of `passes` make a judgement."""
    return passes // 2 + 1


def combine(judged: Sequence[Judgement], passes: int) -> Judgement:
    """What `judged` (at least one; `passes` were wanted) say together.

    The reason and the evidence are those of the pass that lies nearest to the median.
    """
    scored = [each for each in judged if each.status == "scored" and each.score is not None]
    if len(scored) < needed(len(judged)):
        return next(each for each in judged if each not in scored)
    scores = tuple(each.score for each in scored if each.score is not None)
    middle = float(median(scores))
    nearest = min(scored, key=lambda each: abs((each.score or 0.0) - middle))
    spread = max(scores) - min(scores) if len(scores) > 1 else None
    record = {"passes": scores, "spread": spread}
    if spread is not None and spread >= WIDE:
        wide = {"status": "unavailable", "score": None, "reason": _apart(scores), "confidence": "low"}
        return nearest.model_copy(update=record | wide)
    sure = confidence(spread, all_agree=len(scores) == max(passes, len(judged)))
    return nearest.model_copy(update=record | {"score": middle, "confidence": sure})


def confidence(spread: float | None, *, all_agree: bool) -> Confidence:
    """High when every pass gave the same score; low when one is missing, or there is nothing to compare."""
    if spread is None or not all_agree:
        return "low"
    return "high" if spread == 0 else "medium"


def _apart(scores: Sequence[float]) -> str:
    told = [f"{score:g}" for score in scores]
    return f"Needs a person: the model's passes gave {', '.join(told[:-1])} and {told[-1]} of 5, too far apart."

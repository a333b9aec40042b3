"""The published formula: its bounds, its order, and that missing scores are neither zeros nor guesses."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.scoring.aggregation import Weighed, bounds, counts, overall_score, stage_score
from botapp.screening.interview import StageScore
from botapp.screening.interviewer import Question, QuestionKind

score = st.one_of(st.none(), st.integers(2, 10).map(lambda n: n / 2))
terms = st.lists(st.builds(Weighed, weight=st.integers(0, 10), score=score), max_size=12)
stage = st.builds(
    StageScore,
    stage_id=st.just("s"),
    title=st.just(""),
    score=st.one_of(st.none(), st.floats(0, 100)),
    weight=st.integers(0, 10),
    answered=st.just(1),
    counted=st.just(1),
)


@given(terms)
def test_a_stage_score_is_the_published_formula(given_terms: list[Weighed]) -> None:
    """Between 0 and 100, equal to the formula computed by hand, or None when nothing was scored."""
    result = stage_score(given_terms)
    scored = [(t.weight, t.score) for t in given_terms if t.weight and t.score is not None]
    if not scored:
        assert result is None
        return
    assert result is not None
    assert 0 <= result <= 100
    by_hand = 100 * sum(w * (s - 1) / 4 for w, s in scored) / sum(w for w, _ in scored)
    assert math.isclose(result, by_hand, abs_tol=1e-3)


@given(terms, st.randoms())
def test_the_order_of_questions_does_not_matter(given_terms: list[Weighed], random: object) -> None:
    """A permutation gives the same number to the last digit."""
    shuffled = given_terms[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stage_score(shuffled) == stage_score(given_terms)


@given(terms, st.integers(0, 11))
def test_a_better_answer_never_lowers_the_score(given_terms: list[Weighed], at: int) -> None:
    """Raising one score raises the stage score or leaves it."""
    if at >= len(given_terms) or given_terms[at].score is None:
        return
    better = given_terms[:]
    better[at] = Weighed(given_terms[at].weight, 5.0)
    before, after = stage_score(given_terms), stage_score(better)
    assert (before is None and after is None) or (before is not None and after is not None and after >= before)


@given(terms)
def test_the_score_lies_within_what_missing_scores_could_make_of_it(given_terms: list[Weighed]) -> None:
    """The bounds hold for whatever the missing answers turn out to be."""
    span, result = bounds(given_terms), stage_score(given_terms)
    if span is not None and result is not None:
        assert span[0] - 1e-3 <= result <= span[1] + 1e-3


@given(st.lists(stage, max_size=6))
def test_the_overall_lies_between_the_stages(stages: list[StageScore]) -> None:
    """A weighted mean: never outside the range of what it is made of."""
    present = [s.score for s in stages if s.score is not None and s.weight]
    overall = overall_score(stages)
    if present:
        assert overall is not None
        assert min(present) - 1e-3 <= overall <= max(present) + 1e-3
    else:
        assert overall is None


@pytest.mark.parametrize(
    ("given_terms", "expected"),
    [
        ([Weighed(2, 1.0)], 0.0),
        ([Weighed(2, 5.0)], 100.0),
        ([Weighed(2, 3.0), Weighed(4, 5.0)], 83.3333),
        ([Weighed(2, 3.0), Weighed(4, None)], 50.0),
        ([Weighed(0, 5.0)], None),
        ([], None),
    ],
)
def test_worked_examples(given_terms: list[Weighed], expected: float | None) -> None:
    """The examples a recruiter can check on paper."""
    assert stage_score(given_terms) == expected


def test_only_open_questions_with_a_weight_count() -> None:
    """A typed answer decides gates; it never enters the score."""
    assert counts(Question(id="a", kind=QuestionKind.OPEN, text="How?"))
    assert not counts(Question(id="a", kind=QuestionKind.OPEN, text="How?", weight=0))
    assert not counts(Question(id="a", kind=QuestionKind.YES_NO, text="Can you?", weight=10))

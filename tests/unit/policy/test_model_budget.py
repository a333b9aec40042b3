"""When a language model is not asked any more."""

import pytest

from botapp.policy.model_budget import Cap, ModelCaps, ModelUse, reached

CAPS = ModelCaps(interview_cost=0.5, day_cost=10.0, day_tokens=1000)


@pytest.mark.parametrize(
    ("today", "interview", "cap"),
    [
        (ModelUse(), ModelUse(), Cap.NONE),
        (ModelUse(cost=9.99, tokens=999), ModelUse(cost=0.49), Cap.NONE),
        (ModelUse(cost=10.0), ModelUse(), Cap.DAY),
        (ModelUse(tokens=1000), ModelUse(), Cap.DAY),
        (ModelUse(), ModelUse(cost=0.5), Cap.INTERVIEW),
        (ModelUse(cost=10.0), ModelUse(cost=0.5), Cap.DAY),
    ],
)
def test_a_cap_that_is_reached_stops_the_next_call(today: ModelUse, interview: ModelUse, cap: Cap) -> None:
    """Cost or tokens of the day, or cost of the interview; the day's is said first."""
    assert reached(CAPS, today, interview) is cap


def test_no_cap_is_never_reached() -> None:
    """0 means no limit."""
    much = ModelUse(10**6, 10**9, 10.0**6)
    assert reached(ModelCaps(), much, much) is Cap.NONE

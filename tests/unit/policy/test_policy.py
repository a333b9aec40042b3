"""The pure decisions: who may do what, may one more begin."""

from datetime import date

import pytest

from botapp.policy.access import Action, Role, may, refusal
from botapp.policy.budget import admit
from botapp.screening.interviewer import Budget, BudgetKind

ALLOWED = {
    Role.OWNER: set(Action),
    Role.RECRUITER: {Action.READ, Action.COMPOSE, Action.INVITE_CANDIDATE, Action.DECIDE},
    Role.VIEWER: {Action.READ},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_roles(role: Role, action: Action) -> None:
    """The whole table of who may do what."""
    assert may(role, action) == (action in ALLOWED[role])


@pytest.mark.parametrize("action", Action)
def test_a_refusal_says_who_can(action: Action) -> None:
    """What can't be done, and whom to ask."""
    assert "owner" in refusal(action)
    assert refusal(action).endswith(".")


TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("status", "deadline", "budget", "spent", "closed"),
    [
        ("active", None, Budget(), 1000, ""),
        ("draft", None, Budget(), 0, "draft"),
        ("paused", None, Budget(), 0, "paused"),
        ("archived", date(2026, 5, 1), Budget(), 0, "archived"),
        ("active", date(2026, 5, 4), Budget(), 0, ""),
        ("active", date(2026, 5, 3), Budget(), 0, "expired"),
        ("active", None, Budget(kind=BudgetKind.TOTAL, cap=2), 1, ""),
        ("active", None, Budget(kind=BudgetKind.TOTAL, cap=2), 2, "full"),
        ("active", None, Budget(kind=BudgetKind.DAILY, cap=0), 0, "full"),
        ("active", date(2026, 5, 3), Budget(kind=BudgetKind.TOTAL, cap=0), 0, "expired"),
        ("paused", date(2026, 5, 3), Budget(kind=BudgetKind.TOTAL, cap=0), 0, "paused"),
    ],
)
def test_who_may_begin(status: str, deadline: date | None, budget: Budget, spent: int, closed: str) -> None:
    """Life cycle first, then the deadline, then the budget."""
    assert admit(status=status, deadline=deadline, today=TODAY, budget=budget, spent=spent).closed == closed

"""May one more candidate be invited or start: life cycle, deadline and budget. People under way are never cut off."""

from dataclasses import dataclass
from datetime import date

from botapp.screening.interviewer import Budget, BudgetKind


@dataclass(frozen=True, slots=True)
class Admission:
    """`closed` is "" when candidates may start, else why not: draft, expired, paused, archived or full."""

    closed: str


def admit(*, status: str, deadline: date | None, today: date, budget: Budget, spent: int) -> Admission:
    """`spent` counts interviews started: all in all for a total budget, today for a daily one."""
    if status in ("draft", "paused", "archived", "expired"):
        return Admission(status)
    if deadline is not None and today > deadline:
        return Admission("expired")
    if budget.kind is not BudgetKind.NONE and spent >= budget.cap:
        return Admission("full")
    return Admission("")

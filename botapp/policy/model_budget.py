"""What a language model may cost: for one interview, and for a workspace on one day (UTC).

Guarantees: no call begins once a cap is reached. What runs at that moment is finished, so a cap may be passed by the
calls under way. Tokens count where prices are not known.
"""

from dataclasses import dataclass
from enum import StrEnum


class Cap(StrEnum):
    """Which cap is reached."""

    NONE = ""
    INTERVIEW = "interview"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class ModelUse:
    """Calls, their tokens in and out, and what they cost (0 where prices are not known)."""

    calls: int = 0
    tokens: int = 0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelCaps:
    """0: no cap."""

    interview_cost: float = 0.0
    day_cost: float = 0.0
    day_tokens: int = 0

    @property
    def has_day(self) -> bool:
        return self.day_cost > 0 or self.day_tokens > 0


def reached(caps: ModelCaps, today: ModelUse, interview: ModelUse) -> Cap:
    """The cap that stops the next call. The day's comes first: it is over tomorrow."""
    if 0 < caps.day_cost <= today.cost or 0 < caps.day_tokens <= today.tokens:
        return Cap.DAY
    return Cap.INTERVIEW if 0 < caps.interview_cost <= interview.cost else Cap.NONE

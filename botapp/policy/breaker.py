"""When a lane must stop: its messages fail for what they say or how our account is set up, whoever they go to. Pure."""

from collections.abc import Sequence

from botapp.messages import FailureKind

OK = "ok"
LOOKED_AT = 20
TOO_MANY = 5
_COUNTED = frozenset({FailureKind.CONTENT.value, FailureKind.CONFIGURATION.value})


def outcomes_after(outcomes: Sequence[str], outcome: str) -> list[str]:
    """The latest outcomes, oldest first, with this one: "ok" or the value of a FailureKind."""
    return [*outcomes, outcome][-LOOKED_AT:]


def trips(outcomes: Sequence[str]) -> bool:
    """Whether too many of the latest failed by content or configuration."""
    return sum(outcome in _COUNTED for outcome in outcomes[-LOOKED_AT:]) >= TOO_MANY

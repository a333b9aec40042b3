"""What follows when a message did not arrive: the same words later, or the end, and who must know. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from botapp.messages import Failure, FailureKind

UNREACHABLE = "Their phone could not be reached in three tries."
UNUSABLE = "This number can't get text messages."
_WAITS = {
    FailureKind.UNREACHABLE: (timedelta(minutes=15), timedelta(hours=4)),
    FailureKind.TEMPORARY: (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
}


@dataclass(frozen=True, slots=True)
class TryAgain:
    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """`unusable`: why the address is of no use from now on, as a sentence. `tell`: a recruiter must know."""

    unusable: str = ""
    opted_out: bool = False
    tell: bool = False


def after_failure(failure: Failure, tries: int, now: datetime) -> TryAgain | GiveUp:
    """`tries`: how often the same words were sent before this one."""
    waits = _WAITS.get(failure.kind, ())
    if tries < len(waits):
        return TryAgain(now + waits[tries])
    match failure.kind:
        case FailureKind.OPTED_OUT:
            return GiveUp(opted_out=True)
        case FailureKind.UNREACHABLE:
            return GiveUp(unusable=failure.sentence or UNREACHABLE, tell=True)
        case FailureKind.UNUSABLE:
            return GiveUp(unusable=failure.sentence or UNUSABLE, tell=True)
        case _:
            return GiveUp(tell=True)

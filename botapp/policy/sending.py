"""The send gate's decision: may this row leave, now, to them. Pure; the caller loads the facts and holds the lock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Allow:
    pass


@dataclass(frozen=True, slots=True)
class HoldUntil:
    when: datetime


@dataclass(frozen=True, slots=True)
class Refuse:
    reason: str


SendDecision = Allow | HoldUntil | Refuse


@dataclass(frozen=True, slots=True)
class QuietHours:
    """No unasked message from `start` to `end`, local time of the person; may span midnight."""

    start: time
    end: time
    zone: str


@dataclass(frozen=True, slots=True)
class SendFacts:
    """`asked`: the message answers something the person said. `is_confirmation`: the one row an opt-out allows."""

    now: datetime
    opted_out: bool
    is_confirmation: bool
    asked: bool
    quiet: QuietHours | None = None


def decide_send(facts: SendFacts) -> SendDecision:
    """Opt-out first; then quiet hours, which hold only what nobody asked for."""
    if facts.opted_out and not facts.is_confirmation:
        return Refuse("opted out")
    if facts.quiet is None or facts.asked or facts.is_confirmation:
        return Allow()
    ends = _quiet_until(facts.now, facts.quiet)
    return HoldUntil(ends) if ends else Allow()


def _quiet_until(now: datetime, quiet: QuietHours) -> datetime | None:
    """When the quiet hours that `now` lies in end; None outside them."""
    local = now.astimezone(ZoneInfo(quiet.zone))
    clock = local.time()
    spans_midnight = quiet.start > quiet.end
    inside = clock >= quiet.start or clock < quiet.end if spans_midnight else quiet.start <= clock < quiet.end
    if not inside:
        return None
    day = local.date() + timedelta(days=1) if spans_midnight and clock >= quiet.start else local.date()
    return datetime.combine(day, quiet.end, local.tzinfo).astimezone(now.tzinfo)

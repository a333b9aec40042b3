"""The send gate's decision: may this row leave, now, to them. Pure; the caller loads the facts and holds the lock.

Guarantees: opt-out comes before everything; what nobody asked for leaves neither without a consent nor in the person's
night, in any zone they may be in; the moment a held message is given is the first one allowed, on nights when clocks
change too. Quiet hours are a policy of the employer (default 20:00 to 9:00), inside the 8:00 to 21:00 of
47 CFR 64.1200(c)(1), as of 2026-09.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

REPLY_WINDOW = timedelta(minutes=10)  # whoever just wrote is awake
LONGEST_VALID = timedelta(hours=4)
SHORTEST_VALID = timedelta(seconds=60)
NO_MOMENT = "Quiet hours leave no hour of the day that suits every time zone they may be in."
_LOOK_AHEAD = timedelta(days=4)
_ENOUGH = 64  # changes of quiet and not quiet looked at


@dataclass(frozen=True, slots=True)
class Allow:
    """It may leave. After `valid_for` it should rather be dropped than arrive; None: it never grows stale."""

    valid_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class HoldUntil:
    when: datetime


@dataclass(frozen=True, slots=True)
class Refuse:
    reason: str


SendDecision = Allow | HoldUntil | Refuse


@dataclass(frozen=True, slots=True)
class QuietHours:
    """No unasked message from `begins` to `ends` by the clock in any of the `zones`; may span midnight."""

    begins: time
    ends: time
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SendFacts:
    """`asked`: the message answers something the person said, at `heard_at` if that is known.

    `is_confirmation`: the one row an opt-out allows. `keyword`: the answer to STOP, START or HELP. `unusable`: why
    this address can't be written to, as a sentence; "" when it can. `quiet` is None where there are no quiet hours.
    """

    now: datetime
    opted_out: bool
    is_confirmation: bool
    asked: bool
    keyword: bool = False
    heard_at: datetime | None = None
    consented: bool = True
    unusable: str = ""
    quiet: QuietHours | None = None


def decide_send(facts: SendFacts) -> SendDecision:
    """Opt-out, then the address, then who asked for it, then consent, then the night."""
    if facts.opted_out and not facts.is_confirmation:
        return Refuse("opted out")
    if facts.is_confirmation or facts.keyword:
        return _allow(facts)
    if facts.unusable:
        return Refuse(facts.unusable)
    if _answers_at_once(facts):
        return _allow(facts)
    if not facts.consented:
        return Refuse("no consent on record")
    return _by_the_clock(facts, facts.quiet) if facts.quiet else Allow()


def _answers_at_once(facts: SendFacts) -> bool:
    if facts.heard_at is None:  # nobody wrote: only where nobody sleeps is it an answer all the same
        return facts.asked and facts.quiet is None
    return facts.asked and facts.now - facts.heard_at <= REPLY_WINDOW


def _allow(facts: SendFacts) -> Allow:
    return Allow(LONGEST_VALID if facts.quiet else None)


def _by_the_clock(facts: SendFacts, quiet: QuietHours) -> SendDecision:
    opens = _first_allowed(facts.now, quiet)
    if opens is None:
        return Refuse(NO_MOMENT)
    if opens > facts.now:
        return HoldUntil(opens)
    if facts.asked:
        return _allow(facts)
    left = min((_next_change(facts.now, quiet, zone, LONGEST_VALID) for zone in quiet.zones), default=LONGEST_VALID)
    return Allow(max(SHORTEST_VALID, left))


def _first_allowed(now: datetime, quiet: QuietHours) -> datetime | None:
    """The first moment from `now` on that is quiet in no zone; None when there is none within days."""
    moment = now.astimezone(UTC)
    for _ in range(_ENOUGH):
        waits = [
            _next_change(moment, quiet, zone, _LOOK_AHEAD) for zone in quiet.zones if _is_quiet(moment, quiet, zone)
        ]
        if not waits:
            return moment.astimezone(now.tzinfo) if moment > now else now
        moment += max(waits)
        if moment - now > _LOOK_AHEAD:
            break
    return None


def _is_quiet(moment: datetime, quiet: QuietHours, zone: str) -> bool:
    clock = moment.astimezone(ZoneInfo(zone)).time()
    if quiet.begins > quiet.ends:
        return clock >= quiet.begins or clock < quiet.ends
    return quiet.begins <= clock < quiet.ends


def _next_change(moment: datetime, quiet: QuietHours, zone: str, most: timedelta) -> timedelta:
    """How long it stays quiet, or not quiet, in this zone; `most` when longer."""
    moment, now_quiet = moment.astimezone(UTC), _is_quiet(moment, quiet, zone)
    for change in sorted(set(_moments(moment, quiet, ZoneInfo(zone)))):
        if change > moment and _is_quiet(change, quiet, zone) != now_quiet:
            return min(most, change - moment)
    return most


def _moments(moment: datetime, quiet: QuietHours, zone: ZoneInfo) -> Iterator[datetime]:
    """When it may change: at both ends, each perhaps twice in the night the clocks go back, and when clocks jump."""
    today = moment.astimezone(zone).date()
    for days in (0, 1, 2):
        for clock in (quiet.begins, quiet.ends):
            for fold in (0, 1):
                local = datetime.combine(today + timedelta(days=days), clock, zone).replace(fold=fold)
                yield local.astimezone(UTC)
    yield from _clock_jumps(moment, zone)


def _clock_jumps(moment: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments in the next three days at which the zone's offset changes, to the second."""
    step = timedelta(hours=12)
    for number in range(6):
        low, high = moment + number * step, moment + (number + 1) * step
        before = low.astimezone(zone).utcoffset()
        if before == high.astimezone(zone).utcoffset():
            continue
        while high - low > timedelta(microseconds=1):
            middle = low + (high - low) / 2
            if middle.astimezone(zone).utcoffset() == before:
                low = middle
            else:
                high = middle
        yield high

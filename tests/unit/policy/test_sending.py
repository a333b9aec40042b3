"""The send gate's decision: opt-out, the address, who asked, consent, and the person's night in all their zones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.policy.sending import NO_MOMENT, Allow, HoldUntil, QuietHours, Refuse, SendFacts, decide_send

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
NIGHT = QuietHours(begins=time(21), ends=time(8), zones=("UTC",))
HOURS = timedelta(hours=1)
MINUTES = timedelta(minutes=1)
US_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)


def facts(now: datetime | int = 12, **given: object) -> SendFacts:
    values = {"opted_out": False, "is_confirmation": False, "asked": False, "quiet": None} | given
    moment = NOON.replace(hour=now) if isinstance(now, int) else now
    return SendFacts(now=moment, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("keyword", [True, False])
@pytest.mark.parametrize("quiet", [None, NIGHT])
@pytest.mark.parametrize("hour", [3, 12, 22])
def test_opted_out_refuses_everything_but_the_confirmation(
    asked: bool, keyword: bool, quiet: QuietHours | None, hour: int
) -> None:
    """Whatever else is true, an answer to HELP too."""
    given = {"opted_out": True, "asked": asked, "keyword": keyword, "quiet": quiet, "consented": False}
    assert decide_send(facts(hour, **given)) == Refuse("opted out")
    assert isinstance(decide_send(facts(hour, is_confirmation=True, **given)), Allow)


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("hour", [3, 12])
def test_an_address_of_no_use_is_refused_with_its_sentence(asked: bool, hour: int) -> None:
    """Before anything about consent or the hour."""
    decision = decide_send(facts(hour, asked=asked, unusable="This is a landline.", consented=False, quiet=NIGHT))
    assert decision == Refuse("This is a landline.")


def test_answers_to_stop_start_and_help_leave_at_any_hour() -> None:
    """They were asked for by a word, and need no consent of their own."""
    decision = decide_send(facts(3, keyword=True, consented=False, unusable="It is a landline.", quiet=NIGHT))
    assert decision == Allow(4 * HOURS)


@pytest.mark.parametrize(
    ("ago", "decision"),
    [
        (timedelta(0), Allow(4 * HOURS)),
        (10 * MINUTES, Allow(4 * HOURS)),
        (10 * MINUTES + timedelta(seconds=1), HoldUntil(NOON.replace(hour=8))),
        (8 * HOURS, HoldUntil(NOON.replace(hour=8))),
    ],
)
def test_a_reply_leaves_at_night_within_ten_minutes_of_their_words(ago: timedelta, decision: object) -> None:
    """After that they may be asleep."""
    now = NOON.replace(hour=3)
    assert decide_send(facts(now, asked=True, heard_at=now - ago, quiet=NIGHT)) == decision


def test_a_late_reply_needs_a_consent_and_a_quick_one_does_not() -> None:
    """Who writes to us may be answered; to write again later needs more."""
    quick = facts(asked=True, heard_at=NOON - 9 * MINUTES, consented=False, quiet=NIGHT)
    late = facts(asked=True, heard_at=NOON - 11 * MINUTES, consented=False, quiet=NIGHT)
    assert decide_send(quick) == Allow(4 * HOURS)
    assert decide_send(late) == Refuse("no consent on record")


def test_nothing_unasked_leaves_without_a_consent() -> None:
    """At noon as at night."""
    for hour in (3, 12):
        assert decide_send(facts(hour, consented=False, quiet=NIGHT)) == Refuse("no consent on record")


def test_an_answer_to_nobody_waits_where_people_sleep() -> None:
    """They never wrote: it is an answer only where there is no night."""
    assert isinstance(decide_send(facts(23, asked=True, quiet=NIGHT)), HoldUntil)
    assert isinstance(decide_send(facts(23, asked=True, quiet=None)), Allow)


# ---- the night -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "zone", "ends"),
    [
        (12, "UTC", None),
        (20, "UTC", None),
        (21, "UTC", datetime(2026, 5, 5, 8, tzinfo=UTC)),
        (3, "UTC", datetime(2026, 5, 4, 8, tzinfo=UTC)),
        (7, "UTC", datetime(2026, 5, 4, 8, tzinfo=UTC)),
        (8, "UTC", None),
        (8, "America/Los_Angeles", datetime(2026, 5, 4, 15, tzinfo=UTC)),  # one o'clock at night there
        (20, "America/Los_Angeles", None),
        (20, "Asia/Tokyo", datetime(2026, 5, 4, 23, tzinfo=UTC)),
    ],
)
def test_quiet_hours_over_midnight(hour: int, zone: str, ends: datetime | None) -> None:
    """In the person's own time; the moment at which they end."""
    decision = decide_send(facts(hour, quiet=QuietHours(time(21), time(8), (zone,))))
    assert decision == HoldUntil(ends) if ends else isinstance(decision, Allow)


def test_quiet_hours_within_a_day() -> None:
    """A rest at noon."""
    rest = QuietHours(time(12), time(14), ("UTC",))
    assert decide_send(facts(12, quiet=rest)) == HoldUntil(NOON.replace(hour=14))
    assert decide_send(facts(14, quiet=rest)) == Allow(4 * HOURS)


@pytest.mark.parametrize(
    ("clock", "valid_for"),
    [
        (time(12), 4 * HOURS),
        (time(16), 4 * HOURS),
        (time(17, 30), 2.5 * HOURS),
        (time(19, 30), 30 * MINUTES),
        (time(19, 59, 30), MINUTES),
    ],
)
def test_what_nobody_asked_for_is_stale_when_the_night_begins(clock: time, valid_for: timedelta) -> None:
    """A queue at the carrier must not deliver it at ten; a minute is the least a provider takes."""
    quiet = QuietHours(time(20), time(9), ("America/Chicago",))
    now = datetime.combine(date(2026, 7, 1), clock, ZoneInfo("America/Chicago"))
    assert decide_send(facts(now, quiet=quiet)) == Allow(valid_for)
    assert decide_send(facts(now, asked=True, quiet=quiet)) == Allow(4 * HOURS)
    assert decide_send(facts(now)) == Allow()


def test_it_must_be_day_in_every_zone_they_may_be_in() -> None:
    """From nine in the west until eight in the east."""
    quiet = QuietHours(time(20), time(9), ("America/New_York", "America/Los_Angeles"))
    east = ZoneInfo("America/New_York")
    opens, closes = datetime(2026, 7, 1, 12, tzinfo=east), datetime(2026, 7, 1, 20, tzinfo=east)
    assert decide_send(facts(opens - timedelta(seconds=1), quiet=quiet)) == HoldUntil(opens)
    assert decide_send(facts(opens, quiet=quiet)) == Allow(4 * HOURS)
    assert decide_send(facts(closes - HOURS, quiet=quiet)) == Allow(HOURS)
    assert decide_send(facts(closes, quiet=quiet)) == HoldUntil(opens + 24 * HOURS)


def test_zones_that_leave_no_common_day_are_refused_with_a_sentence() -> None:
    """Rather than held for ever."""
    quiet = QuietHours(time(20), time(9), ("Europe/London", "Pacific/Auckland"))
    assert decide_send(facts(quiet=quiet)) == Refuse(NO_MOMENT)


def test_quiet_hours_that_end_when_they_begin_are_none() -> None:
    """The same time twice switches them off."""
    assert decide_send(facts(3, quiet=QuietHours(time(9), time(9), ("UTC",)))) == Allow(4 * HOURS)


NIGHTS = [
    *((zone, date(2026, 7, 14)) for zone in US_ZONES),
    *((zone, date(2026, 1, 14)) for zone in US_ZONES),
    ("America/New_York", date(2026, 3, 7)),  # clocks go forward in the night after
    ("America/New_York", date(2026, 10, 31)),  # and back
    ("America/Los_Angeles", date(2026, 3, 7)),
    ("Europe/Berlin", date(2026, 3, 28)),
    ("Europe/Berlin", date(2026, 10, 24)),
    ("Australia/Lord_Howe", date(2026, 4, 4)),  # by half an hour
    ("Australia/Lord_Howe", date(2026, 10, 3)),
]


def is_quiet(moment: datetime, zone: str, begins: time, ends: time) -> bool:
    """As a person reads it off their clock."""
    clock = moment.astimezone(ZoneInfo(zone)).time()
    return clock >= begins or clock < ends if begins > ends else begins <= clock < ends


@pytest.mark.parametrize(("zone", "day"), NIGHTS)
@pytest.mark.parametrize(
    ("begins", "ends"),
    [(time(20), time(9)), (time(22), time(2, 30)), (time(1, 45), time(3, 15)), (time(1, 30), time(2))],
)
def test_every_five_minutes_of_two_days_the_first_allowed_moment_is_right(
    zone: str, day: date, begins: time, ends: time
) -> None:
    """Compared with looking at the person's clock minute by minute, on nights when clocks change too."""
    start = datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
    minutes = [start + number * MINUTES for number in range(48 * 60 + 1)]
    quiet_at = [is_quiet(minute, zone, begins, ends) for minute in minutes]
    quiet = QuietHours(begins, ends, (zone,))
    for number in range(0, 30 * 60, 5):
        decision = decide_send(facts(minutes[number], quiet=quiet))
        if quiet_at[number]:
            assert decision == HoldUntil(minutes[quiet_at.index(False, number)])
        else:
            until = next((n for n in range(number, len(minutes)) if quiet_at[n]), len(minutes))
            assert decision == Allow(min(4 * HOURS, (until - number) * MINUTES))


@given(
    minute=st.integers(0, 366 * 24 * 60),
    begins=st.times(),
    ends=st.times(),
    zones=st.lists(st.sampled_from([*US_ZONES, "Europe/Berlin", "Australia/Lord_Howe"]), min_size=1, max_size=3),
)
def test_a_held_message_may_leave_when_its_time_has_come_and_not_before(
    minute: int, begins: time, ends: time, zones: list[str]
) -> None:
    """HoldUntil names a later moment, at which the gate is open, and just before which it was not."""
    quiet = QuietHours(begins, ends, tuple(zones))
    now = datetime(2026, 1, 1, tzinfo=UTC) + minute * MINUTES
    decision = decide_send(facts(now, quiet=quiet))
    if isinstance(decision, HoldUntil):
        assert decision.when > now
        assert isinstance(decide_send(facts(decision.when, quiet=quiet)), Allow)
        before = decision.when - timedelta(microseconds=1)
        assert decide_send(facts(before, quiet=quiet)) == HoldUntil(decision.when)
    if isinstance(decision, Allow):
        assert not any(is_quiet(now, zone, begins, ends) for zone in zones)

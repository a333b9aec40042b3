"""The pure decisions: who may do what, may this leave now, is this an opt-out, may one more begin."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.policy.access import Action, Role, may, refusal
from botapp.policy.budget import admit
from botapp.policy.opt_out import START_WORDS, STOP_WORDS, opt_out_word
from botapp.policy.sending import Allow, HoldUntil, QuietHours, Refuse, SendFacts, decide_send
from botapp.screening.interviewer import Budget, BudgetKind

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
NIGHT = QuietHours(start=time(21), end=time(8), zone="UTC")
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


# ---- the gate --------------------------------------------------------------------------------------------


def facts(hour: int = 12, **given: object) -> SendFacts:
    values = {"opted_out": False, "is_confirmation": False, "asked": False, "quiet": None} | given
    return SendFacts(now=NOON.replace(hour=hour), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("quiet", [None, NIGHT])
@pytest.mark.parametrize("hour", [3, 12, 22])
def test_opted_out_refuses_everything_but_the_confirmation(asked: bool, quiet: QuietHours | None, hour: int) -> None:
    """Whatever else is true."""
    assert decide_send(facts(hour, opted_out=True, asked=asked, quiet=quiet)) == Refuse("opted out")
    assert decide_send(facts(hour, opted_out=True, is_confirmation=True, asked=asked, quiet=quiet)) == Allow()


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
    decision = decide_send(facts(hour, quiet=QuietHours(time(21), time(8), zone)))
    assert decision == (HoldUntil(ends) if ends else Allow())


def test_quiet_hours_within_a_day() -> None:
    """A rest at noon."""
    rest = QuietHours(time(12), time(14), "UTC")
    assert decide_send(facts(12, quiet=rest)) == HoldUntil(NOON.replace(hour=14))
    assert decide_send(facts(14, quiet=rest)) == Allow()


def test_an_answer_is_never_held() -> None:
    """Who writes at night is answered at night."""
    assert decide_send(facts(23, asked=True, quiet=NIGHT)) == Allow()


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), start=st.times(), end=st.times())
def test_a_held_message_may_leave_when_its_time_has_come(hour: int, minute: int, start: time, end: time) -> None:
    """HoldUntil names a later moment, at which the gate is open."""
    start, end = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    quiet = QuietHours(start, end, "UTC")
    now = NOON.replace(hour=hour, minute=minute)
    decision = decide_send(SendFacts(now=now, opted_out=False, is_confirmation=False, asked=False, quiet=quiet))
    if isinstance(decision, HoldUntil):
        assert decision.when > now
        later = SendFacts(now=decision.when, opted_out=False, is_confirmation=False, asked=False, quiet=quiet)
        assert decide_send(later) == Allow()


# ---- opt-out words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
@pytest.mark.parametrize("dress", ["{}", " {} ", "{}.", "{}!!", "“{}”", "\n{}\n"])
def test_stop_words_in_any_dress(word: str, dress: str) -> None:
    """Letters of any case, quotes, dots, space around it."""
    assert opt_out_word(dress.format(word)) == "stop"
    assert opt_out_word(dress.format(word.upper())) == "stop"


@pytest.mark.parametrize("word", sorted(START_WORDS))
def test_start_words(word: str) -> None:
    """They undo it."""
    assert opt_out_word(word.title()) == "start"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "I can stop by tomorrow",
        "we had to stop the line",
        "the end of March",
        "cancelled",
        "I quit my last job in May",
        "non-stop",
        "start date is Monday",
        "s t o p",
        "stop " * 20,
    ],
)
def test_a_sentence_is_no_opt_out(text: str) -> None:
    """The graph reads it."""
    assert opt_out_word(text) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever the letters."""
    assert opt_out_word(text) in (None, "stop", "start")


# ---- admission -------------------------------------------------------------------------------------------

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

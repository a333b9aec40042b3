"""When an interview reminds and when it runs out. Only `due` moments: the pipeline lets them ring."""

from datetime import datetime, timedelta

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.state import InterviewMemory
from botapp.screening.effects import Effect, timer

REMINDERS_MAX = 2
REMIND_AFTER = timedelta(hours=24)
_AT_LEAST = timedelta(days=1)


def next_reminder(memory: InterviewMemory, context: InterviewContext) -> list[Effect]:
    """The timer for a day of silence, as long as a reminder is left. It replaces the one before."""
    return [timer("reminder", context.now + REMIND_AFTER)] if memory.reminders < REMINDERS_MAX else []


def first_expiry(context: InterviewContext) -> datetime:
    """The end of the time to complete, for somebody who begins now."""
    return context.now + timedelta(days=context.interviewer.settings.days_to_complete)


def expiry_after(memory: InterviewMemory, moment: datetime) -> datetime:
    """The end of the time to complete as it was, but a day after `moment` at least."""
    soonest = moment + _AT_LEAST
    return max(datetime.fromisoformat(memory.expires_at), soonest) if memory.expires_at else soonest

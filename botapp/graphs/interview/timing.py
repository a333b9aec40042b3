"""When an interview reminds, when it counts as stalled, and when it runs out. Only `due` moments: the pipeline lets

them ring. The spacing and the number of reminders are the interviewer's settings.
"""

from datetime import datetime, timedelta

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.state import InterviewMemory
from botapp.screening.effects import Effect, timer

STALLED = "stalled"
_AT_LEAST = timedelta(days=1)


def first_reminder(context: InterviewContext) -> list[Effect]:
    """The one reminder of an invitation, unless reminders are off."""
    settings = context.interviewer.settings
    return [timer("reminder", context.now + timedelta(hours=settings.remind_after_hours))][: settings.max_reminders]


def next_reminder(memory: InterviewMemory, context: InterviewContext) -> list[Effect]:
    """The timer for the next silence, as long as a reminder is left; then the one after which they count as stalled.

    Each replaces the one of its name that was set before.
    """
    settings = context.interviewer.settings
    if memory.reminders < settings.max_reminders:
        return [timer("reminder", context.now + timedelta(hours=settings.remind_after_hours))]
    return [timer(STALLED, context.now + timedelta(days=settings.stalled_after_days))]


def is_last_reminder(memory: InterviewMemory, context: InterviewContext) -> bool:
    """Whether none is left."""
    return memory.reminders >= context.interviewer.settings.max_reminders


def first_expiry(context: InterviewContext) -> datetime:
    """The end of the time to complete, for somebody who begins now."""
    return context.now + timedelta(days=context.interviewer.settings.days_to_complete)


def expiry_after(memory: InterviewMemory, moment: datetime) -> datetime:
    """The end of the time to complete as it was, but a day after `moment` at least."""
    soonest = moment + _AT_LEAST
    return max(datetime.fromisoformat(memory.expires_at), soonest) if memory.expires_at else soonest


def more_time(memory: InterviewMemory, context: InterviewContext) -> datetime:
    """The time to complete once more, on top of what is left."""
    left = max(datetime.fromisoformat(memory.expires_at), context.now) if memory.expires_at else context.now
    return left + timedelta(days=context.interviewer.settings.days_to_complete)

"""The day by which a candidate hears from a person, and when the team and the candidate are reminded of it.

Guarantees: what is said later is the day that was told at the end.
"""

from datetime import date, datetime, time, timedelta

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.dates import day_words
from botapp.graphs.interview.speech import say
from botapp.graphs.interview.when import zone_of
from botapp.screening.effects import Effect, timer

NEAR, PASSED = "promise_near", "promise_passed"
_MORNING = time(10)


def promised_day(context: InterviewContext) -> date:
    """For somebody who finishes now, on their own calendar."""
    here = context.now.astimezone(zone_of(context.zone))
    return (here + timedelta(days=context.interviewer.settings.answer_within_days)).date()


def promise(context: InterviewContext) -> str:
    """`You will hear from us by 3 June.`"""
    return say("people.hear_by", context.spoken, day=day_words(promised_day(context), context.spoken))


def promise_made(day: str, context: InterviewContext) -> str:
    """What was promised (an ISO date), once more; to whoever has not finished, how long it will take then."""
    if day:
        return say("people.hear_by", context.spoken, day=day_words(date.fromisoformat(day), context.spoken))
    days = context.interviewer.settings.answer_within_days
    if days == 1:
        return say("people.hear_within_a_day", context.spoken)
    return say("people.hear_within", context.spoken, days=days)


def promise_timers(context: InterviewContext) -> list[Effect]:
    """The team is reminded the morning before, the candidate told the morning after."""
    day, zone = promised_day(context), zone_of(context.zone)
    near = datetime.combine(day - timedelta(days=1), _MORNING, zone)
    if near <= context.now:
        near = datetime.combine(day, _MORNING, zone)
    passed = datetime.combine(day + timedelta(days=1), _MORNING, zone)
    return [timer(NEAR, near), timer(PASSED, passed)]

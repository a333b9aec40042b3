"""Another way to do the interview was offered: more time, a form, or a person. What they choose is never scored."""

from datetime import datetime

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import alerts, wording
from botapp.graphs.interview.dates import day_words
from botapp.graphs.interview.speech import say
from botapp.graphs.interview.state import (
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    current_stage,
    keep,
    look_ahead,
    recall,
    spoken,
)
from botapp.graphs.interview.timing import more_time
from botapp.graphs.interview.ways import Way, way_chosen
from botapp.graphs.interview.when import zone_of
from botapp.screening.effects import alert, cancel_timers, event, interview_status, timer
from botapp.screening.interview import InterviewStatus
from botapp.screening.interviewer import StageKind


def choose_way(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """More time goes on at once, and so does a form that has a page; all else waits for a person."""
    context, memory = runtime.context, recall(state)
    way = way_chosen(spoken(state))
    assert way is not None, "routes come here only with a choice"
    stage = current_stage(memory, context)
    link = context.stage_links.get(stage.id, "") if stage and stage.kind is not StageKind.RESUME else ""
    if way is Way.TIME or (way is Way.FORM and link):
        return _goes_on(memory, context, way, link)
    waits = "people.form_by_person" if way is Way.FORM else "people.person_instead"
    wanted = alerts.asked_for_person(context, "form" if way is Way.FORM else "human")
    return {
        "memory": keep(changed(memory, offered="", told=True)),
        "lines": [say(waits, context.spoken, people=wording.people_of(context))],
        "effects": [event("accommodation", way=way.value), alert("person_requested", wanted)],
        "ahead": "say",
    }


def _goes_on(memory: InterviewMemory, context: InterviewContext, way: Way, link: str) -> InterviewUpdate:
    """With the time to complete once more, and no reminder: the open question stands above."""
    expires = more_time(memory, context)
    fields = {"waiting_for": "", "offered": "", "told": False, "expires_at": expires.isoformat()}
    running = changed(memory, status=InterviewStatus.IN_PROGRESS, **fields)
    words = "people.has_more_time" if way is Way.TIME else "people.form_here"
    line = say(words, context.spoken, day=_day(expires, context), link=link)
    granted = event("accommodation", way=way.value, until=expires.isoformat())
    return {
        "memory": keep(running),
        "lines": [line],
        "effects": [interview_status(running.status.value), cancel_timers(), timer("expire", expires), granted],
        "ahead": "say" if memory.open_question or link else look_ahead(running, context),
    }


def _day(moment: datetime, context: InterviewContext) -> str:
    return day_words(moment.astimezone(zone_of(context.zone)).date(), context.spoken)

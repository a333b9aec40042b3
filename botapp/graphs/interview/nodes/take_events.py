"""Something happened that is not the candidate's word: a timer rang, a person of the team acted, a score is ready."""

from collections.abc import Mapping
from typing import Any

from langgraph.runtime import Runtime

from botapp.graphs.context import Heard, InterviewContext
from botapp.graphs.interview import alerts, with_people, wording
from botapp.graphs.interview.nodes.await_score import SCORE_TIMER
from botapp.graphs.interview.nodes.open_stage import TASK_TIMER
from botapp.graphs.interview.opening import invitation_again
from botapp.graphs.interview.promising import NEAR, PASSED
from botapp.graphs.interview.stage_events import (
    score_takes_long,
    sent_by_message,
    stage_event,
    stage_weighed,
    task_time_over,
)
from botapp.graphs.interview.state import (
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    events,
    keep,
    look_ahead,
    next_open,
    recall,
    spoken,
)
from botapp.graphs.interview.timing import STALLED, expiry_after, is_last_reminder
from botapp.graphs.interview.with_people import Taken
from botapp.screening.effects import alert, cancel_timers, interview_status, timer
from botapp.screening.interview import InterviewStatus
from botapp.screening.interviewer import AlertKind

_BY_PEOPLE = {
    "taken_over": with_people.taken_over,
    "person_reply": with_people.person_reply,
    "handed_back": with_people.handed_back,
    "decided": with_people.decided,
}


def take_events(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """Each event in order; the turn asks the open question again only when one of them calls for it."""
    memory = recall(state)
    total: InterviewUpdate = {"ahead": state.get("ahead", "say"), "lines": [], "replies": [], "effects": []}
    for item in events(state):
        memory, update = _take(item, memory, runtime.context, bool(spoken(state)))
        total["lines"] += update.get("lines", [])
        total["replies"] += update.get("replies", [])
        total["effects"] += update.get("effects", [])
        total["ahead"] = update.get("ahead", total["ahead"])
        total["knocked_out"] = update.get("knocked_out", total.get("knocked_out", ""))
    return {**total, "memory": keep(memory)}


def _take(item: Heard, memory: InterviewMemory, context: InterviewContext, spoke: bool) -> Taken:
    payload = item["payload"]
    match payload.get("event"), payload.get("timer"):
        case "joined", _ if payload.get("again") and not spoke:
            return _joined_again(memory, context)
        case ("taken_over" | "person_reply" | "handed_back" | "decided") as name, _:
            return _BY_PEOPLE[name](memory, context, payload)
        case "score_interview_done", _ if not memory.is_over:
            return stage_weighed(payload, memory, context)
        case "score_interview_done", _ if not payload.get("stage_id"):
            return _scored(memory, context)
        case "keep_media_done", _:
            return sent_by_message(item, memory, context)
        case (("form_submitted" | "resume_received" | "read_resume_done"), _):
            return stage_event(item, memory, context)
        case "timer", name if name == SCORE_TIMER:
            return score_takes_long(memory, context)
        case "timer", name if name == TASK_TIMER and not spoke:
            return task_time_over(memory, context)
        case "timer", "expire":
            return _grace(memory, context) if spoke and not memory.is_over else _expired(memory, context)
        case "timer", "later" if not spoke or memory.taken_by:
            return _later_rang(memory, context)
        case "timer", "reminder" if not spoke:
            return _reminder_rang(memory, context)
        case "timer", name if name == NEAR:
            return with_people.promise_is_near(memory, context)
        case "timer", name if name == PASSED:
            return with_people.promise_has_passed(memory, context)
        case "timer", name if name == STALLED and not spoke:
            return with_people.stalled(memory, context)
        case _:
            return memory, {}


def _joined_again(memory: InterviewMemory, context: InterviewContext) -> Taken:
    """They sent the code of an interview that is under way: the open question returns."""
    if memory.is_over:
        return memory, {}
    if memory.waiting_for == "person":
        return memory, {"lines": [wording.still_waiting(context)]}
    running = changed(memory, status=InterviewStatus.IN_PROGRESS, waiting_for="")
    resumed = [interview_status(running.status.value)] if memory.status is not running.status else []
    return running, {
        "lines": [wording.tell(context, "talk.welcome_back")],
        "effects": resumed,
        "ahead": look_ahead(running, context),
    }


def _scored(memory: InterviewMemory, context: InterviewContext) -> Taken:
    """One alert for each scorecard: who ended at a must-have is told as that, where the team wants to know it."""
    headline, wanted = _headline(memory, context), context.interviewer.settings.alerts
    raised = alert("completed", alerts.completed(context, headline, memory.alerted))
    if memory.outcome == "knocked_out" and AlertKind.KNOCKED_OUT in wanted and not memory.alerted:
        raised = alert("knocked_out", alerts.knocked_out(context, headline))
    return changed(memory, alerted=True), {"effects": [raised]}


def _headline(memory: InterviewMemory, context: InterviewContext) -> Mapping[str, Any]:
    return {"text": alerts.NOT_SCORED} if memory.unscored else context.scorecard_ready or {}


def _expired(memory: InterviewMemory, context: InterviewContext) -> Taken:
    if memory.is_over or memory.waiting_for == "person":
        return memory, {}
    never_began = memory.status is InterviewStatus.INVITED  # who never answered is not written to again
    over = changed(memory, status=InterviewStatus.EXPIRED, outcome="expired", waiting_for="")
    effects = [interview_status("expired", "expired"), cancel_timers()]
    return over, {"lines": [] if never_began else [wording.expired(context)], "effects": effects, "ahead": "say"}


def _grace(memory: InterviewMemory, context: InterviewContext) -> Taken:
    """Somebody who writes as the time runs out gets a day to finish."""
    expires = expiry_after(memory, context.now)
    return changed(memory, expires_at=expires.isoformat()), {"effects": [timer("expire", expires)]}


def _later_rang(memory: InterviewMemory, context: InterviewContext) -> Taken:
    if memory.taken_from == "later":  # it is up while a person writes: handed back, the open question returns
        return changed(memory, taken_from=""), {}
    if memory.waiting_for != "later":
        return memory, {}
    if memory.status is InterviewStatus.INVITED:
        return _invited_again(memory, context)
    running = changed(memory, status=InterviewStatus.IN_PROGRESS, waiting_for="")
    return running, {
        "lines": [wording.welcome_back(context)],
        "effects": [interview_status(running.status.value)],
        "ahead": look_ahead(running, context),
    }


def _invited_again(memory: InterviewMemory, context: InterviewContext) -> Taken:
    """An invitation is repeated once at most, and when they asked for it; not when nobody can start any more."""
    reminded = changed(memory, waiting_for="", reminders=memory.reminders + 1)
    return reminded, {"lines": [] if context.refusal else [invitation_again(context)], "ahead": "say"}


def _reminder_rang(memory: InterviewMemory, context: InterviewContext) -> Taken:
    if memory.status is InterviewStatus.INVITED and memory.introduced and not memory.waiting_for:
        return (memory, {}) if memory.reminders else _invited_again(memory, context)
    if memory.status is not InterviewStatus.IN_PROGRESS or is_last_reminder(memory, context):
        return memory, {}
    reminded = changed(memory, reminders=memory.reminders + 1)
    last = is_last_reminder(reminded, context)
    about = "talk" if next_open(reminded, context) or reminded.wants_name else "stages"
    return reminded, {
        "lines": [wording.reminder(context, last, about=about)],
        "ahead": look_ahead(reminded, context),
    }

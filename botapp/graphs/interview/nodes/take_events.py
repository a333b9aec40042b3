"""Something happened that is not the candidate's word: a timer rang, a person of the team acted, a score is ready."""

from collections.abc import Mapping
from typing import Any

from langgraph.runtime import Runtime

from botapp.graphs.context import Heard, InterviewContext
from botapp.graphs.interview import alerts, wording
from botapp.graphs.interview.opening import invitation_again
from botapp.graphs.interview.state import (
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    events,
    keep,
    look_ahead,
    recall,
    spoken,
)
from botapp.graphs.interview.timing import REMINDERS_MAX, expiry_after
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import alert, cancel_timers, interview_status, timer
from botapp.screening.interview import InterviewStatus

Taken = tuple[InterviewMemory, InterviewUpdate]


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
    return {**total, "memory": keep(memory)}


def _take(item: Heard, memory: InterviewMemory, context: InterviewContext, spoke: bool) -> Taken:
    payload = item["payload"]
    match payload.get("event"), payload.get("timer"):
        case "joined", _ if payload.get("again") and not spoke:
            return _joined_again(memory, context)
        case "handed_back", _:
            return _handed_back(memory, context)
        case "person_reply", _:
            text = f"{payload.get('by') or 'The hiring team'}: {payload.get('text', '')}"
            return memory, {"replies": [outbound_to_json(OutboundMessage(text))]}
        case "score_interview_done", _:
            return _scored(memory, context)
        case "timer", "expire":
            return _grace(memory, context) if spoke and not memory.is_over else _expired(memory, context)
        case "timer", "later" if not spoke:
            return _later_rang(memory, context)
        case "timer", "reminder" if not spoke:
            return _reminder_rang(memory, context)
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
        "lines": [wording.WELCOME_BACK],
        "effects": resumed,
        "ahead": look_ahead(running, context),
    }


def _handed_back(memory: InterviewMemory, context: InterviewContext) -> Taken:
    if memory.waiting_for != "person":
        return memory, {}
    expires = expiry_after(memory, context.now)
    fields = {"waiting_for": "", "outcome": "", "told": False, "expires_at": expires.isoformat()}
    running = changed(memory, status=InterviewStatus.IN_PROGRESS, **fields)
    return running, {
        "lines": ["Thank you for waiting. Let's go on."],
        "effects": [interview_status(running.status.value), timer("expire", expires)],
        "ahead": look_ahead(running, context),
    }


def _scored(memory: InterviewMemory, context: InterviewContext) -> Taken:
    message = alerts.completed(context, _headline(memory, context), memory.alerted)
    return changed(memory, alerted=True), {"effects": [alert("completed", message)]}


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
    if memory.waiting_for != "later":
        return memory, {}
    if memory.status is InterviewStatus.INVITED:
        return _invited_again(memory, context)
    running = changed(memory, status=InterviewStatus.IN_PROGRESS, waiting_for="")
    return running, {
        "lines": [wording.welcome_back(context.candidate.name)],
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
    if memory.status is not InterviewStatus.IN_PROGRESS or memory.reminders >= REMINDERS_MAX:
        return memory, {}
    reminded = changed(memory, reminders=memory.reminders + 1)
    last = reminded.reminders == REMINDERS_MAX
    return reminded, {
        "lines": [wording.reminder(context.candidate.name, context.interviewer.title, last)],
        "ahead": look_ahead(reminded, context),
    }

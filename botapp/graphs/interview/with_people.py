"""A person of the team takes the thread over, writes in it, hands it back, or decides; a promised day comes near.

Guarantees: while a person has the thread the assistant is silent and its place is kept; handed back, the open question
returns once. Nobody who ended it is written to. The candidate hears once that a promised answer takes longer.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import alerts, wording
from botapp.graphs.interview.dates import day_words
from botapp.graphs.interview.speech import say
from botapp.graphs.interview.state import InterviewMemory, InterviewUpdate, changed, look_ahead
from botapp.graphs.interview.timing import expiry_after
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import Effect, alert, awaited, cancel_timers, event, interview_status, timer
from botapp.screening.interview import InterviewStatus

Taken = tuple[InterviewMemory, InterviewUpdate]
LEFT = ("stopped", "not_interested", "wrong_person")  # promised to hear no more from us
_QUOTED_MAX = 120


def taken_over(memory: InterviewMemory, context: InterviewContext, payload: Mapping[str, Any]) -> Taken:
    """The candidate is told once who writes; a colleague who takes over from a colleague is told too."""
    by = str(payload.get("by", ""))
    if memory.taken_by == by or memory.outcome in LEFT or memory.status is InterviewStatus.INVITED:
        return memory, {}
    fields: dict[str, Any] = {"taken_by": by, "told": True, "offered": ""}
    if not memory.taken_by:
        fields["taken_from"] = memory.waiting_for
    told = say("people.taken_over", context.spoken, by=by, employer=wording.employer_of(context))
    if memory.is_over:
        told = say("people.taken_over_at_the_end", context.spoken, by=by, employer=wording.employer_of(context))
        return changed(memory, **fields), {"replies": [_as(told)]}
    taken = changed(memory, **fields, status=InterviewStatus.PAUSED, waiting_for="person")
    paused = [interview_status(taken.status.value, "taken_over")] if memory.status is not taken.status else []
    return taken, {"replies": [_as(told)], "effects": paused, "ahead": "say"}


def handed_back(memory: InterviewMemory, context: InterviewContext, _payload: Mapping[str, Any]) -> Taken:
    """The interview goes on exactly where it was; who had asked for later still hears then."""
    by, taken_from = memory.taken_by, memory.taken_from
    free = changed(memory, taken_by="", taken_from="", told=False)
    if memory.is_over:
        return free, {}
    if memory.waiting_for != "person":
        return memory, {}
    if by and taken_from == "later":
        back = changed(free, waiting_for="later")
        return back, {"replies": [_as(say("people.handed_back_later", context.spoken, by=by))], "ahead": "say"}
    expires = expiry_after(memory, context.now)
    fields = {"waiting_for": "", "outcome": "", "offered": "", "expires_at": expires.isoformat()}
    running = changed(free, status=InterviewStatus.IN_PROGRESS, **fields)
    line = say("people.handed_back_by", context.spoken, by=by) if by else say("people.handed_back", context.spoken)
    return running, {
        "lines": [line],
        "effects": [interview_status(running.status.value), timer("expire", expires)],
        "ahead": look_ahead(running, context),
    }


def person_reply(memory: InterviewMemory, context: InterviewContext, payload: Mapping[str, Any]) -> Taken:
    """What a person wrote, under their name unless the candidate knows already who writes."""
    by, text = str(payload.get("by") or wording.people_of(context)), str(payload.get("text", ""))
    if memory.outcome in LEFT:
        return _crossed(memory, context, by)
    written = changed(memory, answered_by_person=memory.is_over, told=memory.told or memory.waiting_for == "person")
    if question := str(payload.get("question", "")):
        quoted = wording.short(" ".join(question.split()), _QUOTED_MAX)
        text = say("people.answers", context.spoken, question=quoted, by=by, text=text)
    elif memory.taken_by != by:
        text = say("people.person_says", context.spoken, by=by, text=text)
    return written, {"replies": [_as(text, by)]}


def decided(memory: InterviewMemory, context: InterviewContext, payload: Mapping[str, Any]) -> Taken:
    """What the team decided, in the words of the person who decided. Who is told no in the middle is asked no more."""
    by, text = str(payload.get("by") or wording.people_of(context)), str(payload.get("text", ""))
    if not text:
        return memory, {}
    if memory.outcome in LEFT:
        return _crossed(memory, context, by)
    told = changed(memory, answered_by_person=True, told=False)
    effects: list[Effect] = []
    if payload.get("decision") == "dismiss" and not memory.is_over:
        ended = {"status": InterviewStatus.ENDED, "outcome": "dismissed", "waiting_for": "", "taken_by": ""}
        told = changed(told, **ended)
        effects = [interview_status("ended", "dismissed"), cancel_timers()]
    return told, {"replies": [_as(text, by)], "effects": effects, "ahead": "say"}


def _crossed(memory: InterviewMemory, context: InterviewContext, by: str) -> Taken:
    """They ended it in the same moment: nothing is sent, and whoever wrote hears that."""
    return memory, {"effects": [alert("not_passed_on", alerts.not_passed_on(context, by), always=True)]}


def promise_is_near(memory: InterviewMemory, context: InterviewContext) -> Taken:
    """Nobody has decided or written: the team is reminded."""
    return memory, {"effects": [awaited()] if _is_awaited(memory) and not context.decision else []}


def promise_has_passed(memory: InterviewMemory, context: InterviewContext) -> Taken:
    """Nobody has written: the candidate hears that it takes longer, and the team that they did."""
    if not _is_awaited(memory):
        return memory, {}
    day = date.fromisoformat(memory.promised)
    longer = say("people.longer", context.spoken, day=day_words(day, context.spoken), people=wording.people_of(context))
    late = alert("promise_passed", alerts.told_it_takes_longer(context, day_words(day, "en")), always=True)
    return changed(memory, promised=""), {"lines": [longer], "effects": [event("promise_passed"), late], "ahead": "say"}


def _is_awaited(memory: InterviewMemory) -> bool:
    done = memory.status is InterviewStatus.COMPLETED
    return done and bool(memory.promised) and not memory.answered_by_person


def stalled(memory: InterviewMemory, context: InterviewContext) -> Taken:
    """Silent for days after the last reminder: noted once, and told to whoever wants to know."""
    if memory.status is not InterviewStatus.IN_PROGRESS:
        return memory, {}
    days = context.interviewer.settings.stalled_after_days
    return memory, {"effects": [event("stalled"), alert("stalled", alerts.stalled(context, days))]}


def _as(text: str, by: str = "") -> dict[str, Any]:
    return outbound_to_json(OutboundMessage(text, by=by))

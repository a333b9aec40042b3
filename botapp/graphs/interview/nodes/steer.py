"""What a candidate may say that is neither answer nor question: one short line, then the interview goes on."""

import re
import unicodedata

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import alerts, wording
from botapp.graphs.interview.stage_events import left_out
from botapp.graphs.interview.state import (
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    chief,
    keep,
    look_ahead,
    next_open,
    recall,
    saved,
    spoken,
    to_score,
    understood,
    with_answer,
)
from botapp.llm import Intent
from botapp.screening.effects import Effect, alert, event, interview_status
from botapp.screening.interview import AnswerStatus, InterviewStatus

ABUSE_MAX = 3

_LINES = {
    Intent.REPEAT: "talk.repeat",
    Intent.HELP: "talk.help",
    Intent.GREETING: "talk.greeting",
    Intent.INJECTION: "talk.injection",
    Intent.NOISE: "talk.noise",
    Intent.START: "talk.go_on",
    Intent.CORRECTION: "talk.which_answer",
}


_THANKS = re.compile(
    r"\W*(?:(?:ok|okay|great|cool|perfect|many|thank|thanks|thx|ty|you|u|so much|a lot|muchas|mil|gracias|merci"
    r"|beaucoup|bien|vielen|dank|danke|sch[oö]n|sehr|perfecto|parfait|vale)\W*)+",
    re.IGNORECASE,
)


def steer(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """A skip moves on, an objection is recorded, abuse gets one calm line; all else leads back to the question."""
    context, memory = runtime.context, recall(state)
    match chief(understood(state)):
        case Intent.SKIP:
            return _skipped(memory, context)
        case Intent.OBJECTION:
            return _objected(memory, context)
        case Intent.ABUSE:
            return _abused(memory, context)
        case Intent.REPEAT if state.get("switched"):  # the language was changed, and that was said
            return {}
        case Intent.NOISE if _only_signs(" ".join(item["text"] for item in spoken(state))) and memory.open_question:
            return {"lines": [wording.tell(context, "talk.no_words")]}
        case Intent.NOISE if state.get("lines"):  # only a file came, and that was said
            return {}
        case Intent.GREETING if _THANKS.fullmatch(" ".join(item["text"] for item in spoken(state))):
            return {"lines": [wording.tell(context, "talk.welcome")]}
        case other:
            lines = [wording.tell(context, _LINES[other])] if other in _LINES else _not_understood(memory, context)
            return {"lines": lines}


def _only_signs(text: str) -> bool:
    """Something can be seen, but no letter and no digit: emoji, dots."""
    return not any(c.isalnum() or c in "?¿" for c in text) and any(unicodedata.category(c)[0] not in "CZ" for c in text)


def _abused(memory: InterviewMemory, context: InterviewContext) -> InterviewUpdate:
    """One calm line; the next time only the open question again; the third time a person has to look."""
    counted = changed(memory, abuse=memory.abuse + 1)
    effects: list[Effect] = [event("abuse")]
    if counted.abuse < ABUSE_MAX:
        again = counted.abuse > 1 and memory.status is InterviewStatus.IN_PROGRESS
        lines = [] if again else [wording.tell(context, "talk.abuse")]
        ahead = look_ahead(counted, context) if again else "say"
        return {"memory": keep(counted), "lines": lines, "effects": effects, "ahead": ahead}
    paused = counted
    if not memory.is_over:
        paused = changed(counted, status=InterviewStatus.PAUSED, waiting_for="person", told=True)
        effects.append(interview_status("paused", "abuse"))
    effects.append(alert("person_requested", alerts.asked_for_person(context, "abuse")))
    return {
        "memory": keep(paused),
        "lines": [wording.tell(context, "talk.abuse_paused")],
        "effects": effects,
        "ahead": "say",
    }


def _not_understood(memory: InterviewMemory, context: InterviewContext) -> list[str]:
    """Before the first question was asked nothing can be misunderstood."""
    return [wording.tell(context, "talk.not_understood")] if memory.open_question else []


def _skipped(memory: InterviewMemory, context: InterviewContext) -> InterviewUpdate:
    question = next_open(memory, context)
    if question is None:
        left = left_out(memory, context)
        return left if left is not None else {"lines": [wording.tell(context, "talk.not_understood")]}
    before = memory.answer(question.id)
    # An open answer that was given and only its follow-up declined stays an answer.
    status = AnswerStatus.ANSWERED if question.is_open and before.parts else AnswerStatus.SKIPPED
    answer = before.model_copy(update={"status": status})
    after = with_answer(memory, question.id, answer)
    return {
        "memory": keep(after),
        "lines": [wording.tell(context, "talk.skipped")],
        "effects": [saved(context, question.id, answer)],
        "ahead": look_ahead(after, context),
    }


def _objected(memory: InterviewMemory, context: InterviewContext) -> InterviewUpdate:
    if memory.unscored:
        return {"lines": [wording.tell(context, "talk.objected_already")]}
    effects: list[Effect] = [event("scoring_objected"), alert("scoring_objected", alerts.objected(context))]
    unscored = changed(memory, unscored=True)
    if memory.is_over:
        effects.append(to_score(unscored, context))
    return {
        "memory": keep(unscored),
        "lines": [wording.objection(context)],
        "effects": effects,
        "ahead": look_ahead(unscored, context),
    }

"""What a candidate may say that is neither answer nor question: one short line, then the interview goes on."""

import re

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import alerts, wording
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
from botapp.screening.effects import Effect, alert, event
from botapp.screening.interview import AnswerStatus

_LINES = {
    Intent.REPEAT: "Of course, here it is again.",
    Intent.HELP: wording.HELP,
    Intent.GREETING: wording.GREETING,
    Intent.INJECTION: wording.INJECTION,
    Intent.NOISE: wording.NOISE,
    Intent.START: "Good, let's go on.",
    Intent.CORRECTION: "Which of your answers would you like to change?",
}


_THANKS = re.compile(
    r"\W*(?:(?:ok|okay|great|cool|perfect|many|thank|thanks|thx|ty|you|u|so much|a lot)\W*)+", re.IGNORECASE
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
            return {"lines": [wording.ABUSE], "effects": [event("abuse")], "ahead": "say"}
        case Intent.NOISE if state.get("lines"):  # only a file came, and that was said
            return {}
        case Intent.GREETING if _THANKS.fullmatch(" ".join(item["text"] for item in spoken(state))):
            return {"lines": [wording.WELCOME]}
        case other:
            return {"lines": [_LINES[other]] if other in _LINES else _not_understood(memory)}


def _not_understood(memory: InterviewMemory) -> list[str]:
    """Before the first question was asked nothing can be misunderstood."""
    return [wording.NOT_UNDERSTOOD] if memory.open_question else []


def _skipped(memory: InterviewMemory, context: InterviewContext) -> InterviewUpdate:
    question = next_open(memory, context)
    if question is None:
        return {"lines": [wording.NOT_UNDERSTOOD]}
    before = memory.answer(question.id)
    # An open answer that was given and only its follow-up declined stays an answer.
    status = AnswerStatus.ANSWERED if question.is_open and before.parts else AnswerStatus.SKIPPED
    answer = before.model_copy(update={"status": status})
    after = with_answer(memory, question.id, answer)
    return {
        "memory": keep(after),
        "lines": [wording.SKIPPED],
        "effects": [saved(context, question.id, answer)],
        "ahead": look_ahead(after, context),
    }


def _objected(memory: InterviewMemory, context: InterviewContext) -> InterviewUpdate:
    if memory.unscored:
        return {"lines": [f"That is noted: {wording.people_of(context)} reads your answers, no machine scores them."]}
    effects: list[Effect] = [event("scoring_objected"), alert("scoring_objected", alerts.objected(context))]
    unscored = changed(memory, unscored=True)
    if memory.is_over:
        effects.append(to_score(unscored, context))
    return {"memory": keep(unscored), "lines": [wording.objection(context)], "effects": effects}

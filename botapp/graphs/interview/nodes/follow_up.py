"""Whether an open answer gets a follow-up: at least the question's minimum, at most its maximum, and few by choice."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.state import (
    AnswerMemory,
    InterviewState,
    InterviewUpdate,
    keep,
    look_ahead,
    next_open,
    recall,
    saved,
    with_answer,
)
from botapp.graphs.interview.wording import probe
from botapp.llm import FollowUpRequest
from botapp.scoring.intents.tongues import LANGUAGES, language_of
from botapp.scoring.leaks import leaks
from botapp.screening.effects import Effect
from botapp.screening.interview import AnswerStatus
from botapp.screening.interviewer import Question

BY_CHOICE_MAX = 2  # beyond the minimum nobody is asked about one thing more often


def follow_up(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The follow-up to ask now, or the open answer done and the next one looked at likewise."""
    context, memory = runtime.context, recall(state)
    effects: list[Effect] = []
    text = ""
    while look_ahead(memory, context) == "follow_up":
        question = next_open(memory, context)
        assert question is not None, "there is something to follow up"
        answer = memory.answer(question.id)
        text = _chosen(question, answer, context)
        done = answer.model_copy(
            update={
                "probed": len(answer.parts),
                "status": AnswerStatus.OPEN if text else AnswerStatus.ANSWERED,
                "follow_ups": (*answer.follow_ups, text) if text else answer.follow_ups,
            }
        )
        memory = with_answer(memory, question.id, done)
        effects.append(saved(context, question.id, done))
    return {"memory": keep(memory), "follow_up_text": text, "effects": effects, "ahead": look_ahead(memory, context)}


def _chosen(question: Question, answer: AnswerMemory, context: InterviewContext) -> str:
    asked = len(answer.follow_ups)
    least, most = question.follow_ups.min, question.follow_ups.max
    if asked >= max(least, min(most, BY_CHOICE_MAX)):
        return ""
    request = FollowUpRequest(question=question, parts=answer.parts, asked=answer.follow_ups)
    text = context.language.choose_follow_up(request).text.strip()
    if leaks(text, (question.rubric,), ours=f"{question.text} {question.topic}"):  # engines guard; so do we
        text = ""
    elif text and context.spoken in LANGUAGES and language_of(text) not in ("", context.spoken):
        text = probe(answer.follow_ups, context.spoken)  # an engine without their language: neutral words in it
    fresh = text if text not in answer.follow_ups else ""
    return fresh or (probe(answer.follow_ups, context.spoken) if asked < least else "")

"""Answers the candidate's own questions from the facts, or says honestly that a person will."""

from langgraph.runtime import Runtime

from botapp.graphs.context import Heard, InterviewContext
from botapp.graphs.interview import alerts
from botapp.graphs.interview.state import InterviewMemory, InterviewState, InterviewUpdate, asked_here, recall, spoken
from botapp.graphs.interview.wording import about_this_chat, about_what_comes_next, passed_on
from botapp.llm import CandidateQuestion
from botapp.scoring.intents.wishes import wants_deletion
from botapp.scoring.readers.words import fold
from botapp.screening.effects import alert, question_passed_on

_ASKED_MAX = 4  # questions of one burst that are answered; more are passed on together


def answer_candidate(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """One line per answered question; one line in all for those that are passed on."""
    context = runtime.context
    known: list[str] = []
    unknown: list[str] = []
    for number, text in enumerate(state["asked"]):
        reply = _reply(text, state, context) if number < _ASKED_MAX else None
        (known if reply else unknown).append(reply or text)
    if not unknown:
        return {"lines": list(dict.fromkeys(known))}
    return {
        "lines": [*dict.fromkeys(known), passed_on(context, wish=all(map(_is_deletion, unknown)))],
        "effects": [
            *(question_passed_on(_source(text, spoken(state)), text) for text in unknown),
            alert("question", alerts.asked_question(context, unknown), always=any(map(_is_deletion, unknown))),
        ],
    }


def _is_deletion(text: str) -> bool:
    """Only a person can do that, so the team hears of it whatever else it wants to hear."""
    return wants_deletion(fold(text))


def _reply(text: str, state: InterviewState, context: InterviewContext) -> str | None:
    if _is_deletion(text):
        return None
    memory = recall(state)
    left = sum(1 for _, q in asked_here(context.interviewer) if not memory.answer(q.id).is_done)
    if answer := about_this_chat(text, context, left):
        return answer
    role = context.interviewer
    request = CandidateQuestion(
        text=text, facts=role.facts, overviews=role.overviews, company=role.company, title=role.title
    )
    return context.language.answer_candidate(request).text or about_what_comes_next(text, context, _promised(memory))


def _promised(memory: InterviewMemory) -> str | None:
    """The day they were told; None when it has passed, and they were told that it takes longer."""
    return memory.promised or (None if memory.is_over else "")


def _source(text: str, heard: list[Heard]) -> str:
    return next((item["id"] for item in heard if text in item["text"]), heard[-1]["id"])

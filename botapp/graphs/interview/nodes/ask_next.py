"""Puts the open question, after what else there was to say. One question a message."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import wording
from botapp.graphs.interview.state import (
    AnswerMemory,
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    changed,
    keep,
    next_open,
    recall,
    with_answer,
)
from botapp.graphs.interview.timing import next_reminder
from botapp.graphs.interview.tongue import in_spoken_words
from botapp.graphs.interview.values import clarification, put_plainly
from botapp.llm import Intent
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.interviewer import Question

_SHORT = 60


def ask_next(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The follow-up, the one clarification, the same words again after an aside, or the next question."""
    context, memory = runtime.context, recall(state)
    if memory.wants_name:
        return _ask_name(state, memory, context)
    question = next_open(memory, context)
    assert question is not None, "routes come here only while a question is open"
    answer = memory.answer(question.id)
    shown, note = in_spoken_words(question, context)
    prompt = _prompt(state, memory, shown, context)
    lines = [*state.get("lines", []), *([note] if note and state.get("switched") else [])]
    if _is_to_clarify(question, answer):
        unclear, prompt = clarification(shown, answer.reading, context.spoken)
        lines = [*lines, unclear]
        memory = with_answer(memory, question.id, answer.model_copy(update={"clarified": True}))
    asked = changed(memory, open_question=question.id, prompt=prompt, held="")
    words = put_plainly(shown, prompt, context.spoken) if _repeats(state) else prompt
    text = before(lines, words)
    buttons = () if question.is_open else wording.quick_replies(question, context.spoken)
    return {
        "memory": keep(asked),
        "replies": [outbound_to_json(OutboundMessage(text, buttons))],
        "effects": next_reminder(asked, context),
    }


def _ask_name(state: InterviewState, memory: InterviewMemory, context: InterviewContext) -> InterviewUpdate:
    """Who joined by a code is asked for their name first: a message of its own, like any question."""
    words = wording.tell(context, "opening.ask_name_again" if memory.name_asks else "opening.ask_name")
    asked = changed(memory, name_asks=memory.name_asks + 1)
    return {
        "memory": keep(asked),
        "replies": [outbound_to_json(OutboundMessage(before(state.get("lines", []), words)))],
        "effects": next_reminder(asked, context),
    }


def before(lines: list[str], last: str) -> str:
    """What was to be said first, then `last`: in one paragraph when short, else apart."""
    first = " ".join(lines)
    if not first or not last:
        return first or last
    return f"{first} {last}" if len(first) <= _SHORT else f"{first}\n\n{last}"


def _prompt(state: InterviewState, memory: InterviewMemory, question: Question, context: InterviewContext) -> str:
    if state.get("follow_up_text"):
        return state["follow_up_text"]
    if question.id == memory.open_question and memory.prompt:
        return memory.prompt
    return wording.first_wording(question, context.spoken)


def _is_to_clarify(question: Question, answer: AnswerMemory) -> bool:
    return not question.is_open and bool(answer.parts) and not answer.clarified


def _repeats(state: InterviewState) -> bool:
    return "understanding" in state and state["understanding"]["main"] == Intent.REPEAT.value

"""The next stage begins only above a minimum score: the score is asked for, and the candidate told once that we look.

Nobody waits long: when the score is not there after a while, the interview goes on and a person looks at it.
"""

from datetime import timedelta

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.nodes.ask_next import before
from botapp.graphs.interview.speech import say
from botapp.graphs.interview.state import (
    InterviewState,
    InterviewUpdate,
    changed,
    keep,
    recall,
    to_weigh,
)
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.screening.effects import task, timer

SCORE_TIMER = "score"
WAITS_FOR_SCORE = timedelta(minutes=10)


def await_score(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """One line, and the task whose result leads on. An answer put right meanwhile is scored again."""
    context, memory = runtime.context, recall(state)
    stage = to_weigh(memory, context)
    assert stage is not None, "routes come here only while a score is needed"
    is_new = memory.held != stage.id
    line = say("stages.looking" if is_new else "stages.still_looking", context.spoken)
    put_right = any(effect["kind"] == "answer_saved" for effect in state.get("effects", []))
    effects = []
    if is_new or put_right:
        effects.append(task("score_interview", {"interview_id": context.interview_id, "stage_id": stage.id}))
    if is_new:
        effects.append(timer(SCORE_TIMER, context.now + WAITS_FOR_SCORE))
    return {
        "memory": keep(changed(memory, held=stage.id, open_question="", prompt="")),
        "replies": [outbound_to_json(OutboundMessage(before(state.get("lines", []), line)))],
        "effects": effects,
    }

"""Nobody knew the candidate's name, so they were asked: takes it, asks once more, or goes on without."""

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.names import name_in_words
from botapp.graphs.interview.state import InterviewState, InterviewUpdate, changed, keep, look_ahead, recall, spoken
from botapp.graphs.interview.wording import tell
from botapp.screening.effects import candidate_named

ASKED_MAX = 2


def take_name(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The name as an effect; what else was said is taken after it."""
    context, memory = runtime.context, recall(state)
    name = next((name for item in spoken(state) if (name := name_in_words(item["text"]))), "")
    if not name and memory.name_asks < ASKED_MAX:
        return {"ahead": look_ahead(memory, context)}
    known = changed(memory, wants_name=False)
    update: InterviewUpdate = {"memory": keep(known), "ahead": look_ahead(known, context)}
    if not name:
        return update
    return {
        **update,
        "lines": [tell(context, "opening.thanks_name", name=name.split(" ")[0])],
        "effects": [candidate_named(name)],
    }

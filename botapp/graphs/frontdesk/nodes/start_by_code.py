"""The message is the code of an interviewer: an interview starts, or the reason is told why it can't."""

from langgraph.runtime import Runtime

from botapp.graphs.context import FrontdeskContext
from botapp.graphs.frontdesk.codes import code_in
from botapp.graphs.frontdesk.state import FrontdeskState, FrontdeskUpdate, holding, kept, recall, reply, spoken
from botapp.screening.effects import joined


def start_by_code(state: FrontdeskState, runtime: Runtime[FrontdeskContext]) -> FrontdeskUpdate:
    """What waited goes to the new interview; the code itself is no answer to anything. The interview greets."""
    context, memory = runtime.context, recall(state)
    target = context.codes[state["code"]]
    if target.refusal:
        return {"replies": [reply(target.refusal)]}
    codes = {item["id"] for item in spoken(state) if code_in(item["text"], context.codes)}
    waiting = [id for id in holding(state) if id not in codes]
    return {
        "memory": kept(memory, held=(), offered=(), told=False, misses=0),
        "effects": [joined(target.interviewer_id, waiting)],
    }

"""Nothing is open for this address: one helpful reply, once to a candidate."""

from langgraph.runtime import Runtime

from botapp.graphs.context import FrontdeskContext
from botapp.graphs.frontdesk.codes import asked_code
from botapp.graphs.frontdesk.state import FrontdeskState, FrontdeskUpdate, kept, recall, reply, spoken

_MISSES_MAX = 3  # somebody may mistype a code; a machine that answers machines would not end
TO_MEMBER = "Paste a job description or tell me the role, and I'll start a new interviewer."


def explain(state: FrontdeskState, runtime: Runtime[FrontdeskContext]) -> FrontdeskUpdate:
    """What can be done here. A candidate hears it once; after that there is nothing new to say."""
    context, memory = runtime.context, recall(state)
    if context.sender_kind == "member":
        return {"memory": kept(memory, told=True), "replies": [reply(TO_MEMBER)]}
    if (code := _unknown_code(state)) and memory.misses < _MISSES_MAX:
        return {"memory": kept(memory, told=True, misses=memory.misses + 1), "replies": [reply(_no_such(code))]}
    if memory.told:
        return {}
    return {"memory": kept(memory, told=True), "replies": [reply(_to_candidate(context))]}


def _unknown_code(state: FrontdeskState) -> str:
    return next((code for item in spoken(state) if (code := asked_code(item["text"]))), "")


def _no_such(code: str) -> str:
    return f"I don't know the code {code[:20]}. Please check it on the poster or advert and send it again."


def _to_candidate(context: FrontdeskContext) -> str:
    who = f" for {context.employer}" if context.employer else ""
    where = f" or ask {context.employer}" if context.employer else " or ask the company that invited you"
    code = ", text the code on the poster" if context.codes else ""
    return (
        f"This is an automated assistant{who}. I have no interview open for you here. "
        f"To start one, open the link in the job advert or in your invitation{code},{where}."
    )

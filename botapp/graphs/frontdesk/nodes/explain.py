"""Nothing is open for this address: one helpful reply, once to a candidate."""

from langgraph.runtime import Runtime

from botapp.graphs.context import FrontdeskContext
from botapp.graphs.frontdesk.state import FrontdeskState, FrontdeskUpdate, kept, recall, reply

TO_MEMBER = "Paste a job description or tell me the role, and I'll start a new interviewer."


def explain(state: FrontdeskState, runtime: Runtime[FrontdeskContext]) -> FrontdeskUpdate:
    """What can be done here. A candidate hears it once; after that there is nothing new to say."""
    context, memory = runtime.context, recall(state)
    if context.sender_kind == "member":
        return {"memory": kept(memory, told=True), "replies": [reply(TO_MEMBER)]}
    if memory.told:
        return {}
    return {"memory": kept(memory, told=True), "replies": [reply(_to_candidate(context))]}


def _to_candidate(context: FrontdeskContext) -> str:
    who = f" for {context.employer}" if context.employer else ""
    where = f" or ask {context.employer}" if context.employer else " or ask the company that invited you"
    return (
        f"This is an automated assistant{who}. I have no interview open for you here. "
        f"To start one, open the link in the job advert or in your invitation,{where}."
    )

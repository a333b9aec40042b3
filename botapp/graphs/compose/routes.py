"""Which step follows which. Pure: each router looks at the state and names the next node."""

from typing import Literal

from botapp.graphs.compose.state import ComposeState, events, planned, recall, spoken
from botapp.graphs.context import READ
from botapp.llm import PlanIntent

Step = Literal[
    "draft",
    "apply",
    "move_history",
    "publish",
    "show",
    "invite",
    "invite_teammate",
    "clone",
    "change_status",
    "rehearse",
    "read_elsewhere",
    "say",
]

_STEPS: dict[PlanIntent, Step] = {
    PlanIntent.NEW_DRAFT: "draft",
    PlanIntent.EDIT: "apply",
    PlanIntent.UNDO: "move_history",
    PlanIntent.REDO: "move_history",
    PlanIntent.PUBLISH: "publish",
    PlanIntent.SHOW: "show",
    PlanIntent.INVITE: "invite",
    PlanIntent.INVITE_TEAMMATE: "invite_teammate",
    PlanIntent.CLONE: "clone",
    PlanIntent.STATUS: "change_status",
    PlanIntent.REHEARSE: "rehearse",
}


_CONFIRMED: dict[str, Step] = {
    "publish": "publish",
    "refused_alternative": "apply",
    "consent": "invite",
    "elsewhere": "read_elsewhere",
}


def arrival(state: ComposeState) -> Literal["take_in", "report_invites", "report_rehearsal", "greet", "read_request"]:
    """A page was read, invitations carried out, a rehearsal is over, a member spoke, or only opened this."""
    done = {item["payload"].get("event") for item in events(state)}
    if done & READ:
        return "take_in"
    if "invite_people_done" in done:
        return "report_invites"
    if "rehearse_done" in done:
        return "report_rehearsal"
    return "read_request" if spoken(state) else "greet"


def after_invites(state: ComposeState) -> Literal["report_rehearsal", "read_request", "__end__"]:
    """A rehearsal was over too, or a member spoke meanwhile."""
    if any(item["payload"].get("event") == "rehearse_done" for item in events(state)):
        return "report_rehearsal"
    return after_report(state)


def after_report(state: ComposeState) -> Literal["read_request", "__end__"]:
    """What a member said meanwhile is done too."""
    return "read_request" if spoken(state) else "__end__"


def after_reading(state: ComposeState) -> Literal["draft", "apply", "read_elsewhere", "__end__"]:
    """What the page or file is for, unless there was nothing to take from it."""
    if state.get("elsewhere"):
        return "read_elsewhere"
    if "plan" not in state:
        return "__end__"
    return "draft" if planned(state).intent is PlanIntent.NEW_DRAFT else "apply"


def what_is_asked(state: ComposeState) -> Step:
    """The step for the plan's intent; a yes goes to what waits for it."""
    if state.get("elsewhere"):
        return "read_elsewhere"
    intent, pending = planned(state).intent, recall(state).pending
    if intent is PlanIntent.CONFIRM and pending:
        return _CONFIRMED[pending.what]
    return _STEPS.get(intent, "say")

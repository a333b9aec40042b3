"""Which step follows which. Pure: each router looks at the state and names the next node."""

from typing import Literal

from botapp.graphs.compose.state import ComposeState, events, planned, recall, spoken
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
}


_CONFIRMED: dict[str, Step] = {"publish": "publish", "refused_alternative": "apply", "consent": "invite"}


def arrival(state: ComposeState) -> Literal["report_invites", "greet", "read_request"]:
    """Invitations were carried out, a member spoke, or only opened the conversation."""
    if any(item["payload"].get("event") == "invite_people_done" for item in events(state)):
        return "report_invites"
    return "read_request" if spoken(state) else "greet"


def after_report(state: ComposeState) -> Literal["read_request", "__end__"]:
    """What a member said meanwhile is done too."""
    return "read_request" if spoken(state) else "__end__"


def what_is_asked(state: ComposeState) -> Step:
    """The step for the plan's intent; a yes goes to what waits for it."""
    intent, pending = planned(state).intent, recall(state).pending
    if intent is PlanIntent.CONFIRM and pending:
        return _CONFIRMED[pending.what]
    return _STEPS.get(intent, "say")

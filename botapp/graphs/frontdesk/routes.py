"""Which step follows which at the front desk. Pure."""

from typing import Literal

from botapp.graphs.frontdesk.state import FrontdeskState, spoken


def arrival(state: FrontdeskState) -> Literal["find_thread", "__end__"]:
    """Only what a person says is the desk's business."""
    return "find_thread" if spoken(state) else "__end__"


def what_is_known(state: FrontdeskState) -> Literal["hand_on", "ask_which", "explain"]:
    """The thread was found, or several could be meant, or there is none."""
    if state["choice"]:
        return "hand_on"
    return "ask_which" if state["open_threads"] else "explain"

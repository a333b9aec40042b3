"""Which step follows which at the front desk. Pure."""

from typing import Literal

from botapp.graphs.frontdesk.state import FrontdeskState, spoken


def arrival(state: FrontdeskState) -> Literal["find_thread", "__end__"]:
    """Only what a person says is the desk's business."""
    return "find_thread" if spoken(state) else "__end__"


def what_is_known(
    state: FrontdeskState,
) -> Literal["let_go", "start_by_code", "hand_on", "ask_which", "explain"]:
    """They want to be left alone; the thread or the code was found; several could be meant; or there is none."""
    if state.get("leaves"):
        return "let_go"
    if state.get("code"):
        return "start_by_code"
    if state["choice"]:
        return "hand_on"
    return "ask_which" if state["open_threads"] else "explain"

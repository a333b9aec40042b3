"""One turn at the front desk of an address, as a picture: find the thread, or ask, or explain. Wiring only."""

from typing import Any

from langgraph.graph import END, START, StateGraph

from botapp.graphs.context import FrontdeskContext
from botapp.graphs.frontdesk import routes
from botapp.graphs.frontdesk.nodes.ask_which import ask_which
from botapp.graphs.frontdesk.nodes.explain import explain
from botapp.graphs.frontdesk.nodes.find_thread import find_thread
from botapp.graphs.frontdesk.nodes.hand_on import hand_on
from botapp.graphs.frontdesk.nodes.let_go import let_go
from botapp.graphs.frontdesk.nodes.start_by_code import start_by_code
from botapp.graphs.frontdesk.state import FrontdeskState

STATUS_LINES = {"find_thread": "Finding the conversation"}


def build_frontdesk_graph() -> Any:
    """The compiled graph; one per process, without a checkpointer: every turn runs from START to END."""
    graph = StateGraph(FrontdeskState, context_schema=FrontdeskContext)

    # Somebody writes to an address with no thread or several.
    graph.add_node(find_thread)
    graph.add_conditional_edges(START, routes.arrival)
    graph.add_conditional_edges("find_thread", routes.what_is_known)

    # No more messages: obey. A code: start. Known: hand it on. Several: ask which. None: explain, once.
    for step in (let_go, start_by_code, hand_on, ask_which, explain):
        graph.add_node(step)
        graph.add_edge(step.__name__, END)

    return graph.compile(name="frontdesk")

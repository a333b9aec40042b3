"""One turn of composing, as a picture: a member asks for something, it is done, and the answer says what was done."""

from typing import Any

from langgraph.graph import END, START, StateGraph

from botapp.graphs.compose import routes
from botapp.graphs.compose.nodes.apply import apply
from botapp.graphs.compose.nodes.change_status import change_status
from botapp.graphs.compose.nodes.clone import clone
from botapp.graphs.compose.nodes.draft import draft
from botapp.graphs.compose.nodes.greet import greet
from botapp.graphs.compose.nodes.invite import invite, invite_teammate
from botapp.graphs.compose.nodes.move_history import move_history
from botapp.graphs.compose.nodes.publish import publish
from botapp.graphs.compose.nodes.read_elsewhere import read_elsewhere
from botapp.graphs.compose.nodes.read_request import read_request
from botapp.graphs.compose.nodes.rehearse import rehearse
from botapp.graphs.compose.nodes.report_invites import report_invites
from botapp.graphs.compose.nodes.report_rehearsal import report_rehearsal
from botapp.graphs.compose.nodes.say import say
from botapp.graphs.compose.nodes.show import show
from botapp.graphs.compose.nodes.take_in import take_in
from botapp.graphs.compose.state import ComposeState
from botapp.graphs.context import ComposeContext

STATUS_LINES = {
    "read_request": "Reading your message",
    "draft": "Reading the advert and writing questions",
    "apply": "Changing the draft",
    "publish": "Checking what is needed to publish",
}


def build_compose_graph() -> Any:
    """The compiled graph; one per process, without a checkpointer: every turn runs from START to END."""
    graph = StateGraph(ComposeState, context_schema=ComposeContext)

    # A member opens the conversation, or asks for something; a page was read, invitations were carried out, a
    # rehearsal is over.
    graph.add_node(greet)
    graph.add_node(take_in)
    graph.add_node(report_invites)
    graph.add_node(report_rehearsal)
    graph.add_node(read_request)
    graph.add_conditional_edges(START, routes.arrival)
    graph.add_conditional_edges("take_in", routes.after_reading)
    graph.add_conditional_edges("report_invites", routes.after_invites)
    graph.add_conditional_edges("report_rehearsal", routes.after_report)
    graph.add_edge("greet", END)
    graph.add_conditional_edges("read_request", routes.what_is_asked)

    # Making and changing the draft, then publishing it, then letting people in; and all that only needs words.
    for step in (
        draft,
        apply,
        move_history,
        publish,
        invite,
        invite_teammate,
        clone,
        change_status,
        rehearse,
        read_elsewhere,
        show,
        say,
    ):
        graph.add_node(step)
        graph.add_edge(step.__name__, END)

    return graph.compile(name="compose")

"""One turn of an interview, as a picture: what came in, what it means, what is said. Wiring only."""

from typing import Any

from langgraph.graph import END, START, StateGraph

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview import routes
from botapp.graphs.interview.nodes.answer_candidate import answer_candidate
from botapp.graphs.interview.nodes.ask_next import ask_next
from botapp.graphs.interview.nodes.await_score import await_score
from botapp.graphs.interview.nodes.begin import begin
from botapp.graphs.interview.nodes.choose_way import choose_way
from botapp.graphs.interview.nodes.finish import end_kindly, finish
from botapp.graphs.interview.nodes.follow_up import follow_up
from botapp.graphs.interview.nodes.hand_over import hand_over
from botapp.graphs.interview.nodes.introduce import introduce
from botapp.graphs.interview.nodes.leave import leave
from botapp.graphs.interview.nodes.open_stage import open_stage
from botapp.graphs.interview.nodes.postpone import postpone
from botapp.graphs.interview.nodes.read_answers import read_answers
from botapp.graphs.interview.nodes.resume import resume
from botapp.graphs.interview.nodes.say import say
from botapp.graphs.interview.nodes.stand_by import stand_by
from botapp.graphs.interview.nodes.steer import steer
from botapp.graphs.interview.nodes.take_events import take_events
from botapp.graphs.interview.nodes.take_name import take_name
from botapp.graphs.interview.nodes.take_round import take_round
from botapp.graphs.interview.nodes.understand import understand
from botapp.graphs.interview.nodes.welcome import welcome
from botapp.graphs.interview.state import InterviewState
from botapp.graphs.interview.tongue import in_their_language

STATUS_LINES = {
    "understand": "Reading your message",
    "read_answers": "Reading your answer",
    "follow_up": "Thinking about your answer",
    "answer_candidate": "Looking that up",
    "ask_next": "Writing",
    "open_stage": "Writing",
    "take_round": "Reading your message",
    "await_score": "Looking at your answers",
}


def build_interview_graph() -> Any:
    """The compiled graph; one per process, without a checkpointer: every turn runs from START to END."""
    graph = StateGraph(InterviewState, context_schema=InterviewContext)

    # The candidate is invited, or agrees and joins; a timer rings, a person acts - or the candidate speaks.
    graph.add_node(in_their_language(introduce))
    graph.add_node(in_their_language(welcome))
    graph.add_node(in_their_language(take_events))
    graph.add_node(in_their_language(understand))
    graph.add_conditional_edges(START, routes.arrival)
    graph.add_conditional_edges("introduce", routes.after_introduction)
    graph.add_conditional_edges("welcome", routes.after_welcome)
    graph.add_conditional_edges("take_events", routes.after_events)
    graph.add_conditional_edges("understand", routes.what_was_said)

    # An invited candidate's first words start it; somebody without a name is asked for it.
    graph.add_node(in_their_language(begin))
    graph.add_conditional_edges("begin", routes.after_begin)
    graph.add_node(in_their_language(take_name))
    graph.add_conditional_edges("take_name", routes.after_name)

    # Answers are read first; then what else was said is acted on.
    graph.add_node(in_their_language(read_answers))
    graph.add_conditional_edges("read_answers", routes.after_reading)
    graph.add_node(in_their_language(answer_candidate))
    graph.add_conditional_edges("answer_candidate", routes.onwards)
    graph.add_node(in_their_language(steer))
    graph.add_conditional_edges("steer", routes.onwards)
    graph.add_node(in_their_language(resume))
    graph.add_conditional_edges("resume", routes.onwards)
    graph.add_node(in_their_language(choose_way))
    graph.add_conditional_edges("choose_way", routes.onwards)

    # The interview goes on: a follow-up, the next question.
    graph.add_node(in_their_language(follow_up))
    graph.add_conditional_edges("follow_up", routes.after_follow_up)
    graph.add_node(in_their_language(ask_next))
    graph.add_edge("ask_next", END)

    # Or the next stage: a form or a resume on a page, a task in writing - above the minimum score of the one before.
    graph.add_node(in_their_language(take_round))
    graph.add_conditional_edges("take_round", routes.onwards)
    graph.add_node(in_their_language(open_stage))
    graph.add_edge("open_stage", END)
    graph.add_node(in_their_language(await_score))
    graph.add_edge("await_score", END)

    # It waits, or it ends.
    for last in (postpone, hand_over, stand_by, leave, end_kindly, finish, say):
        graph.add_node(in_their_language(last))
        graph.add_edge(last.__name__, END)

    return graph.compile(name="interview")

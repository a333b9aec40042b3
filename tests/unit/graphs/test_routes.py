"""The interview's routers and nodes alone: state in, the next step or the update out."""

from typing import Any

import pytest
from langgraph.runtime import Runtime

from botapp.graphs.interview import routes
from botapp.graphs.interview.nodes.steer import steer
from botapp.graphs.interview.nodes.take_events import take_events
from botapp.graphs.interview.state import InterviewMemory, InterviewState, joined_parts, look_ahead
from botapp.llm import Intent, Understanding
from botapp.screening.interview import SpokenPart
from tests.unit.graphs.talk import BUSY, NIGHTS, heard, interview

CREDIT = {"question_id": "q1", "parts": [{"message_id": "m1", "text": "yes"}], "button_value": ""}


def state(main: Intent = Intent.ANSWER, memory: dict[str, Any] | None = None, **fields: Any) -> InterviewState:
    """A turn in which one text was understood."""
    made: Any = {
        "memory": InterviewMemory.model_validate({"status": "in_progress", **(memory or {})}).model_dump(mode="json"),
        "heard": [heard("text", "m1", fields.pop("text", "yes"))],
        "understanding": Understanding(main=main, also=fields.pop("also", ())).model_dump(mode="json"),
        "credited": [],
        "asked": [],
        "ahead": "ask",
        "knocked_out": "",
        "lines": [],
        "effects": [],
    }
    return {**made, **fields}


@pytest.mark.parametrize(
    ("given", "step"),
    [
        (state(credited=[CREDIT]), "read_answers"),
        (state(Intent.STOP, credited=[CREDIT]), "read_answers"),
        (state(Intent.STOP), "leave"),
        (state(Intent.LATER), "postpone"),
        (state(Intent.HUMAN), "hand_over"),
        (state(Intent.QUESTION, also=(Intent.DISTRESS,), asked=["?"]), "hand_over"),
        (state(Intent.QUESTION, asked=["What is the pay?"]), "answer_candidate"),
        (state(Intent.GREETING), "steer"),
        (state(Intent.ANSWER, {"status": "paused", "waiting_for": "person"}, credited=[CREDIT]), "stand_by"),
        (state(Intent.STOP, {"status": "paused", "waiting_for": "person"}), "leave"),
        (state(Intent.START, {"status": "paused", "waiting_for": "person"}), "resume"),
        (state(Intent.START, {"status": "ended", "outcome": "stopped"}), "resume"),
        (state(Intent.START, {"status": "ended", "outcome": "wrong_person"}), "stand_by"),
        (state(Intent.ANSWER, {"status": "ended", "outcome": "stopped"}, text="let's go on"), "resume"),
        (state(Intent.CORRECTION, {"status": "completed"}, credited=[CREDIT]), "read_answers"),
        (state(Intent.CORRECTION, {"status": "expired"}, credited=[CREDIT]), "stand_by"),
        (state(Intent.QUESTION, {"status": "completed"}, asked=["Pay?"]), "answer_candidate"),
    ],
)
def test_what_was_said_leads_to_one_step(given: InterviewState, step: str) -> None:
    """Ends and waits are looked at first, then answers, then everything else."""
    assert routes.what_was_said(given) == step


@pytest.mark.parametrize(
    ("given", "step"),
    [
        (state(Intent.STOP, credited=[CREDIT]), "leave"),
        (state(knocked_out="q1", credited=[CREDIT], asked=["Pay?"]), "answer_candidate"),
        (state(knocked_out="q1", credited=[CREDIT]), "end_kindly"),
        (state(Intent.OBJECTION, credited=[CREDIT]), "steer"),
        (state(Intent.SKIP, {"open_question": "q2"}, credited=[CREDIT]), "steer"),
        (state(Intent.SKIP, {"open_question": "q1"}, credited=[CREDIT]), "ask_next"),
        (state(credited=[CREDIT], ahead="follow_up"), "follow_up"),
        (state(credited=[CREDIT], ahead="finish"), "finish"),
        (state(credited=[{**CREDIT, "button_value": "yes"}]), "say"),
    ],
)
def test_after_reading_the_rest_is_heard_too(given: InterviewState, step: str) -> None:
    """Nothing that came with an answer is dropped; a repeated button says nothing."""
    assert routes.after_reading(given) == step


def test_a_node_changes_nothing_it_was_given() -> None:
    """Nodes return what changed and leave their input alone."""
    given = state(Intent.SKIP, {"open_question": "q1"})
    before = repr(given)
    update = steer(given, Runtime(context=interview(NIGHTS, BUSY).context))
    assert repr(given) == before
    assert set(update) == {"memory", "lines", "effects", "ahead"}


def test_unknown_events_say_nothing() -> None:
    """What this graph doesn't know, such as a decision, is left alone."""
    given: Any = state()
    given["heard"] = [heard("event", "e1", event="decision", decision="shortlisted")]
    update = take_events(given, Runtime(context=interview().context))
    assert (update["lines"], update["replies"], update["effects"]) == ([], [], [])


def test_looking_ahead() -> None:
    """Ask, follow up, finish, or only say."""
    context = interview(BUSY).context
    part = {"message_id": "m", "text": "a rush"}
    ahead = [
        look_ahead(InterviewMemory.model_validate(memory), context)
        for memory in (
            {"status": "in_progress"},
            {"status": "in_progress", "answers": {"q3": {"parts": [part]}}},
            {"status": "in_progress", "answers": {"q3": {"parts": [part], "status": "answered"}}},
            {"status": "paused"},
        )
    ]
    assert ahead == ["ask", "follow_up", "finish", "say"]


def test_a_message_is_kept_once() -> None:
    """The same part twice is one part."""
    part = SpokenPart(message_id="m", text="a")
    assert joined_parts((part,), (part,)) == (part,)

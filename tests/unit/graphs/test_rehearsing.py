"""Asking for a rehearsal, hearing what came out, accepting it by a word, and the one warning before publishing."""

from dataclasses import replace
from typing import Any

import pytest

from botapp.compose.rehearsal import Suggestion
from botapp.graphs.compose.accepting import about_rehearsal
from botapp.graphs.context import Rehearsed
from botapp.llm import PlanIntent
from botapp.policy.access import Role
from botapp.screening.edits import Edit, EditOp
from tests.unit.graphs.talk import BUSY, NIGHTS, Composing, composing, heard, role


def suggestion(number: int, question_id: str, question: int) -> dict[str, Any]:
    edits = (Edit(op=EditOp.SET_WEIGHT, target={"question": question}, value=4),)
    made = Suggestion(number=number, text="double it", because="it helps", edits=edits, aims=(question_id,))
    return made.model_dump(mode="json")


OUTLINE = {
    "runs": [{"name": "Strong", "line": "90, all gates met, 4 messages, about 3 min"}],
    "findings": ["Question 3 did not separate strong from weak: 2 and 2."],
    "suggestions": [suggestion(1, BUSY.id, 3), suggestion(2, "gone", 1)],
    "engine": "rules/1",
}


def rehearsed(talk: Composing, revision: int = 1) -> Composing:
    talk.context = replace(talk.context, rehearsed=Rehearsed(revision, OUTLINE))
    return talk


@pytest.mark.parametrize("words", ["rehearse it", "Test it", "ok, test it please", "run a rehearsal", "try it out"])
def test_it_is_asked_for_in_many_ways(words: str) -> None:
    """One task, one sentence; no engine is asked."""
    talk = composing(role()).says(words)
    work = talk.effect("task")
    assert (work["name"], work["payload"]["interviewer_id"]) == ("rehearse", "iv1")
    assert "five made-up candidates" in talk.reply


@pytest.mark.parametrize("words", ["test candidates on forklift safety", "accept late shifts as a fact", "try nights"])
def test_other_words_are_left_to_the_engine(words: str) -> None:
    assert about_rehearsal(words, composing(role()).context) is None


def test_a_button_asks_too_and_a_viewer_may_not() -> None:
    assert composing(role()).presses("rehearse").effect("task")["name"] == "rehearse"
    assert composing(role(), Role.VIEWER).says("rehearse it").effects("task") == []
    assert composing().says("rehearse it").effects("task") == []


def test_what_came_out_is_told_with_buttons_to_accept() -> None:
    talk = rehearsed(composing(role())).happens("rehearse_done", rehearsal_id="r1", revision=1)
    assert talk.reply.startswith("Rehearsed: strong 90.")
    assert "https://bot.example/console/interviewers/iv1/rehearsal" in talk.reply
    assert talk.turn is not None
    assert [each.label for each in talk.turn.replies[0].quick_replies] == ["Accept 1", "Accept 2", "Accept all"]


def test_a_rehearsal_of_an_older_draft_says_so() -> None:
    talk = rehearsed(composing(role()), revision=7).happens("rehearse_done", rehearsal_id="r1", revision=7)
    assert talk.reply.startswith("The draft changed since")


def test_one_that_failed_says_why_and_words_beside_it_are_heard() -> None:
    talk = composing(role()).happens("rehearse_done", failed="There is nothing to rehearse.")
    assert talk.reply == "Not rehearsed. There is nothing to rehearse."
    event = heard("event", "e1")
    event["payload"] = {"event": "rehearse_done", "failed": "No."}
    talk.hears(event, heard("text", "m9", "test it"))
    assert len(talk.replies) == 2 and talk.effect("task")


def test_accepting_is_an_edit_with_a_diff_and_undo() -> None:
    talk = rehearsed(composing(role())).says("accept 1")
    assert talk.context.draft.questions()[2].weight == 4
    assert talk.effect("draft_saved")["edits"][0]["op"] == "set_weight"
    talk.presses("undo")
    assert talk.context.draft == role()


def test_it_goes_to_its_question_wherever_that_is_now() -> None:
    """The order changed meanwhile; a question that is gone is left alone, with all that was asked with it."""
    talk = rehearsed(composing(role(BUSY, NIGHTS)))
    talk.presses("accept:1")  # the label, as a channel without values has it
    assert talk.says("accept 1").context.draft.questions()[0].weight == 4
    plan = about_rehearsal("accept all", talk.context)
    assert plan is not None and plan.intent is PlanIntent.ANSWER and "is gone" in plan.reply


def test_numbers_that_are_not_there_change_nothing() -> None:
    assert "no suggestion 7" in rehearsed(composing(role())).says("accept 7").reply
    assert "no suggestions here" in composing(role()).says("accept all").reply


def test_publishing_without_a_rehearsal_warns_once() -> None:
    """One line in the question; a yes goes on; it is not said again."""
    talk = composing(role()).says("publish")
    assert talk.reply.endswith("It was not rehearsed yet. Say “rehearse it”, or publish.")
    talk.says("no").says("publish")
    assert "rehears" not in talk.reply
    talk.presses("yes")
    assert talk.reply.startswith("Published as version 1.") and "rehears" not in talk.reply


def test_a_rehearsal_asked_for_instead_keeps_the_question_open() -> None:
    talk = composing(role()).says("publish").says("rehearse it").presses("yes")
    assert talk.effect("published")


def test_a_rehearsed_draft_is_published_without_a_word_about_it() -> None:
    assert "rehears" not in rehearsed(composing(role())).says("publish").reply
    stale = rehearsed(composing(role()), revision=9).says("publish")
    assert "It changed since its rehearsal." in stale.reply


def test_a_press_that_publishes_at_once_says_it_after() -> None:
    press = heard("button", "b1", "Publish", value="publish", agreed=True)
    assert "You can still say “rehearse it”." in composing(role()).hears(press).reply

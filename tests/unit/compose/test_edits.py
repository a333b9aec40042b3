"""Applying edits: whole or not at all, numbers as before the message, nothing else changes."""

from datetime import date
from typing import Any

import pytest

from botapp.compose.edits import EditRefused, apply_edits
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import ChatStage, Fact, FormStage, Interviewer, Question, ResumeStage, Rubric


def question(number: int, text: str, kind: str = "yes_no", **more: Any) -> Question:
    rubric = Rubric(one="a", three="b", five="c") if kind == "open" else None
    return Question.model_validate({"id": f"q{number}", "kind": kind, "text": text, "rubric": rubric} | more)


def draft() -> Interviewer:
    chat = ChatStage(
        id="s1",
        questions=(
            question(1, "Do you have a licence?", knockout={"op": "eq", "value": True}),
            question(2, "How many years?", "number", unit="years"),
            question(3, "Tell us about a mistake.", "open", follow_ups={"min": 0, "max": 2}),
        ),
    )
    form = FormStage(id="s2", questions=(question(4, "Which shift?", "choice", options=("day", "night")),))
    facts = (Fact(topic="pay", answer="$20"), Fact(topic="location", answer="Reno"))
    return Interviewer(
        title="Driver", slug="driver", stages=(chat, form, ResumeStage(id="s3")), facts=facts, missing=("benefits",)
    )


def at(number: int, stage: int = 1) -> dict[str, int | None]:
    return {"stage": stage, "question": number}


def done(*edits: Edit) -> Interviewer:
    return apply_edits(draft(), edits)


def test_targets_use_the_numbers_before_the_message() -> None:
    """Dropping 2 does not move what 3 means in the same message."""
    after = done(Edit(op=EditOp.REMOVE_QUESTION, target=at(2)), Edit(op=EditOp.SET_WEIGHT, target=at(3), value=6))
    assert [q.id for q in after.questions()] == ["q1", "q3", "q4"]
    assert after.questions()[1].weight == 6


def test_whole_or_not_at_all() -> None:
    """One part that can't be done leaves the draft as it was."""
    before = draft()
    with pytest.raises(EditRefused, match="no question 9"):
        apply_edits(
            before,
            [Edit(op=EditOp.SET_TITLE, target="title", value="New"), Edit(op=EditOp.REMOVE_QUESTION, target=at(9))],
        )
    assert before == draft()


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Edit(op=EditOp.SET_TITLE, target="title", value="ab"), "3 to 200"),
        (Edit(op=EditOp.SET_TITLE, target="title", value="x" * 201), "201"),
        (Edit(op=EditOp.SET_SLUG, target="slug", value="Not OK"), "a-z, 0-9 and hyphens"),
        (Edit(op=EditOp.SET_SLUG, target="slug", value="a" * 101), "100"),
        (Edit(op=EditOp.SET_SETTING, target="retakes", value=6), "0 to 5"),
        (Edit(op=EditOp.SET_SETTING, target="pass_bar", value=101), "0 to 100"),
        (Edit(op=EditOp.SET_SETTING, target="redirect_url", value="javascript:x"), "https://"),
        (Edit(op=EditOp.SET_SETTING, target="deadline", value="soon"), "date"),
        (Edit(op=EditOp.SET_SETTING, target="colour", value="red"), "don't know a setting"),
        (Edit(op=EditOp.SET_KNOCKOUT, target=at(3), value={"op": "eq", "value": True}), "is open"),
        (Edit(op=EditOp.SET_KNOCKOUT, target=at(4, 2), value={"op": "in", "value": ["dawn"]}), "no option dawn"),
        (Edit(op=EditOp.SET_RUBRIC, target=at(1), value={"5": "x"}), "no rubric"),
        (Edit(op=EditOp.SET_FOLLOW_UPS, target=at(1), value={"min": 0, "max": 1}), "only open questions"),
        (Edit(op=EditOp.SET_FOLLOW_UPS, target=at(3), value={"min": 3, "max": 1}), "minimum"),
        (Edit(op=EditOp.SET_WEIGHT, target=at(1), value=11), "0 "),
        (Edit(op=EditOp.REMOVE_STAGE, target={"stage": 7}), "no stage 7"),
        (Edit(op=EditOp.REMOVE_FACT, target="parking"), "no fact about parking"),
        (Edit(op=EditOp.SET_KIND, target=at(1), value={"kind": "choice"}), "two options"),
    ],
)
def test_refusals_are_sentences(edit: Edit, sentence: str) -> None:
    """What can't be done is refused with words a recruiter reads."""
    with pytest.raises(EditRefused, match=sentence):
        done(edit)


def test_moves_swaps_and_adds() -> None:
    """Places are places in the result."""
    assert [q.id for q in done(Edit(op=EditOp.MOVE_QUESTION, target=at(3), value={"to": 1})).questions()] == [
        "q3",
        "q1",
        "q2",
        "q4",
    ]
    swap = Edit(op=EditOp.SWAP_QUESTIONS, target=at(1), value={"with": at(4, 2)})
    assert [q.id for q in done(swap).questions()] == ["q4", "q2", "q3", "q1"]
    add = Edit(
        op=EditOp.ADD_QUESTION, target={"stage": 1, "position": 2}, value={"kind": "open", "text": "Why this job?"}
    )
    added = done(add).questions()[1]
    assert added.id == "q5"
    assert added.rubric is not None
    across = Edit(op=EditOp.MOVE_QUESTION, target=at(2), value={"to": 1, "stage": 2})
    assert [q.id for q in done(across).stages[1].questions] == ["q2", "q4"]


def test_kind_changes_drop_what_no_longer_fits() -> None:
    """Open to typed drops rubric and follow-ups; typed to open drops the knockout; the weight stays."""
    typed = done(Edit(op=EditOp.SET_KIND, target=at(3), value={"kind": "yes_no"})).questions()[2]
    assert (typed.rubric, typed.follow_ups.max, typed.weight) == (None, 0, 2)
    opened = done(Edit(op=EditOp.SET_KIND, target=at(1), value={"kind": "open"})).questions()[0]
    assert opened.knockout is None
    assert opened.rubric is not None


def test_rubric_anchors_not_named_stay() -> None:
    """A new 5 leaves 1 and 3."""
    after = done(Edit(op=EditOp.SET_RUBRIC, target=at(3), value={"5": "Names the cause."})).questions()[2]
    assert after.rubric == Rubric(one="a", three="b", five="Names the cause.")


def test_stages() -> None:
    """Stages are added, moved, removed with their questions and switched off."""
    add = done(Edit(op=EditOp.ADD_STAGE, target={"position": 1}, value={"kind": "voice"}))
    assert [s.kind.value for s in add.stages] == ["voice", "chat", "form", "resume"]
    gone = done(
        Edit(op=EditOp.MOVE_STAGE, target={"stage": 3}, value={"to": 1}),
        Edit(op=EditOp.REMOVE_STAGE, target={"stage": 2}),
    )
    assert [s.kind.value for s in gone.stages] == ["resume", "chat"]
    off = done(Edit(op=EditOp.SET_STAGE_ENABLED, target={"stage": 3}, value=False))
    assert not off.stages[2].enabled


def test_facts_and_settings() -> None:
    """A fact replaces the one of its topic and is no longer missing; settings are stored typed."""
    after = done(
        Edit(op=EditOp.ADD_FACT, target="pay", value={"topic": "pay", "answer": "$21 an hour"}),
        Edit(op=EditOp.ADD_FACT, target="benefits", value={"topic": "benefits", "answer": "Dental"}),
        Edit(op=EditOp.SET_SETTING, target="deadline", value="2026-12-18"),
        Edit(op=EditOp.SET_SETTING, target="budget", value={"kind": "total", "cap": 100}),
        Edit(op=EditOp.SET_SETTING, target="company", value="Acme"),
    )
    assert [fact.answer for fact in after.facts] == ["$21 an hour", "Reno", "Dental"]
    assert after.missing == ()
    assert after.settings.deadline == date(2026, 12, 18)
    assert after.settings.budget.cap == 100
    assert after.company == "Acme"

"""A model's plan names what is there, says it in the grammar's form, and never asks what may not be asked."""

from typing import Any

import pytest

from botapp.compose.edits import apply_edits
from botapp.engines.wire import PLAN, Unusable
from botapp.engines.wire.editing import WirePlan
from botapp.llm import Plan, PlanIntent
from botapp.screening.edits import EditOp
from tests.unit.engines.samples import DRAFT, PLAN_REQUEST, WIRE_PLAN

TWO_STAGES = DRAFT.model_copy(
    update={"stages": (*DRAFT.stages, DRAFT.stages[0].model_copy(update={"id": "s2", "questions": ()}))}
)


def planned(*edits: dict[str, Any], request: Any = PLAN_REQUEST, **changes: Any) -> Plan:
    return PLAN.accept(request, WirePlan.model_validate(WIRE_PLAN | {"edits": list(edits)} | changes))


def at(question: int) -> dict[str, int]:
    return {"stage": 1, "question": question}


def details(**changes: Any) -> dict[str, Any]:
    return WIRE_PLAN["details"] | changes


ADD = {
    "op": "add_question",
    "stage": 1,
    "position": None,
    "kind": "yes_no",
    "text": "Can you work nights?",
    "topic": "nights",
    "options": [],
    "unit": "",
    "knockout": {"op": "eq", "value": True},
}
EDITS = [
    ({"op": "set_title", "value": "Night driver"}, "title", "Night driver"),
    ({"op": "set_slug", "value": "night-driver"}, "slug", "night-driver"),
    ({"op": "set_setting", "setting": "pass_bar", "value": 60}, "pass_bar", 60),
    (
        {"op": "set_setting", "setting": "budget", "value": {"kind": "total", "cap": 5}},
        "budget",
        {"kind": "total", "cap": 5},
    ),
    (ADD, {"stage": 1, "position": None}, {k: ADD[k] for k in ("kind", "text", "topic", "knockout")}),
    ({"op": "remove_question", "at": at(2)}, at(2), None),
    ({"op": "clear_knockout", "at": at(1)}, at(1), None),
    ({"op": "move_question", "at": at(2), "to": 1, "to_stage": None}, at(2), {"to": 1}),
    ({"op": "move_question", "at": at(2), "to": 1, "to_stage": 2}, at(2), {"to": 1, "stage": 2}),
    ({"op": "swap_questions", "at": at(1), "other": at(2)}, at(1), {"with": at(2)}),
    ({"op": "set_text", "at": at(1), "value": "Do you have a licence?"}, at(1), "Do you have a licence?"),
    ({"op": "set_kind", "at": at(3), "kind": "yes_no", "options": [], "text": ""}, at(3), {"kind": "yes_no"}),
    ({"op": "set_options", "at": at(4), "value": ["Day", "Night"]}, at(4), ["Day", "Night"]),
    ({"op": "set_weight", "stage": 1, "question": 3, "value": 4}, at(3), 4),
    ({"op": "set_weight", "stage": 1, "question": None, "value": 4}, {"stage": 1, "question": None}, 4),
    (
        {"op": "set_knockout", "at": at(4), "value": {"op": "eq", "value": "night"}},
        at(4),
        {"op": "in", "value": ["Night"]},
    ),
    ({"op": "set_follow_ups", "at": at(3), "min": 1, "max": 2}, at(3), {"min": 1, "max": 2}),
    (
        {"op": "set_rubric", "at": at(3), "one": None, "three": None, "five": "Names the result."},
        at(3),
        {"5": "Names the result."},
    ),
    (
        {"op": "add_stage", "position": 2, "kind": "form", "channel": None, "title": ""},
        {"position": 2},
        {"kind": "form"},
    ),
    ({"op": "remove_stage", "stage": 2, "value": None}, {"stage": 2}, None),
    ({"op": "move_stage", "stage": 2, "value": 1}, {"stage": 2}, 1),
    ({"op": "set_stage_enabled", "stage": 2, "value": False}, {"stage": 2}, False),
    ({"op": "set_stage_min_score", "stage": 2, "value": 70}, {"stage": 2}, 70),
    (
        {"op": "add_fact", "topic": "parking", "answer": "Behind the hall."},
        "parking",
        {"topic": "parking", "answer": "Behind the hall."},
    ),
    ({"op": "remove_fact", "topic": "pay", "answer": ""}, "pay", None),
    ({"op": "set_overview", "overview": "job", "text": None, "mode": "exact"}, "job", {"mode": "exact"}),
]


@pytest.mark.parametrize(
    ("wire", "target", "value"), EDITS, ids=lambda item: item.get("op") if isinstance(item, dict) else ""
)
def test_each_edit_takes_the_grammars_form(wire: dict[str, Any], target: Any, value: Any) -> None:
    """Target and value are what the edit grammar applies, and it does apply them."""
    request = PLAN_REQUEST.model_copy(update={"draft": TWO_STAGES})
    [edit] = planned(wire, request=request).edits
    assert (edit.op.value, edit.target, edit.value) == (wire["op"], target, value)
    unchanged = {"clear_knockout"}  # question 1 has none
    assert (apply_edits(TWO_STAGES, [edit]) != TWO_STAGES) != (wire["op"] in unchanged)


def test_every_operation_can_be_planned() -> None:
    """No operation of the grammar is out of a model's reach."""
    assert {edit[0]["op"] for edit in EDITS} == {op.value for op in EditOp}


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "remove_question", "at": at(9)},
        {"op": "swap_questions", "at": at(1), "other": at(9)},
        {"op": "set_weight", "stage": 1, "question": 1, "value": 11},
        {"op": "set_stage_enabled", "stage": 9, "value": True},
        {"op": "set_stage_enabled", "stage": 1, "value": 1},
        {"op": "move_stage", "stage": 1, "value": True},
        {"op": "set_setting", "setting": "colour", "value": "red"},
        {"op": "set_setting", "setting": "retakes", "value": 9},
        {"op": "set_knockout", "at": at(1), "value": {"op": "gte", "value": 2}},
        {"op": "set_knockout", "at": at(3), "value": {"op": "eq", "value": True}},
        {"op": "set_slug", "value": "No Good"},
        {"op": "remove_fact", "topic": "parking", "answer": ""},
    ],
)
def test_an_edit_that_cannot_be_done_goes_back(edit: dict[str, Any]) -> None:
    """What is not there, is out of range or does not fit is told to the model once."""
    with pytest.raises(Unusable):
        planned(edit)


def test_a_plan_is_whole_or_nothing() -> None:
    """One bad edit spoils the plan."""
    with pytest.raises(Unusable):
        planned({"op": "set_title", "value": "Driver"}, {"op": "remove_question", "at": at(9)})


@pytest.mark.parametrize(
    "edit",
    [
        ADD | {"text": "How old are you?"},
        {"op": "set_text", "at": at(1), "value": "Do you have children?"},
        {"op": "set_kind", "at": at(1), "kind": "open", "options": [], "text": "What is your religion?"},
    ],
)
def test_an_unlawful_question_is_refused_by_code(edit: dict[str, Any]) -> None:
    """Whatever the model planned, it is refused, with the reason and what may be asked."""
    plan = planned(edit, {"op": "set_title", "value": "Driver"})
    assert (plan.intent, plan.edits, plan.reason) == (PlanIntent.REFUSE, (), "unlawful")
    assert plan.reply.startswith("I can't ask about")


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"intent": "undo"}, {"steps": 1}),
        ({"intent": "redo", "details": details(steps=3)}, {"steps": 3}),
        ({"intent": "undo", "details": details(steps=-2)}, {"steps": 1}),
        (
            {"intent": "invite", "details": details(name="Ana", contact="ana@example.com")},
            {"name": "Ana", "contact": "ana@example.com"},
        ),
        ({"intent": "status", "details": details(status="pause")}, {"status": "pause"}),
        ({"intent": "clone", "details": details(title="Copy")}, {"title": "Copy"}),
        ({"intent": "publish"}, {}),
    ],
)
def test_other_intents_carry_what_they_need(changes: dict[str, Any], value: dict[str, Any]) -> None:
    """Only what applies is in `value`; undo and redo have at least one step."""
    assert planned(**changes).value == value


@pytest.mark.parametrize(
    "changes",
    [
        {"intent": "answer"},
        {"intent": "ask_which"},
        {"intent": "refuse", "reply": " "},
        {"intent": "status"},
        {"intent": "edit"},
    ],
)
def test_an_intent_without_what_it_needs_goes_back(changes: dict[str, Any]) -> None:
    """A reply, a status or an edit that is missing."""
    with pytest.raises(Unusable):
        planned(**changes)


def test_only_an_edit_has_edits() -> None:
    """A chat that carries edits is contradictory."""
    with pytest.raises(Unusable):
        planned({"op": "set_title", "value": "Driver"}, intent="chatter")


def test_without_a_draft_there_is_nothing_to_edit() -> None:
    """An edit needs a draft."""
    with pytest.raises(Unusable):
        planned({"op": "set_title", "value": "Driver"}, request=PLAN_REQUEST.model_copy(update={"draft": None}))


@pytest.mark.parametrize(("focus", "kept"), [(4, 4), (9, None), (0, None), (None, None)])
def test_focus_is_a_question_that_is_there(focus: int | None, kept: int | None) -> None:
    """What "it" means next time must exist."""
    assert planned(intent="chatter", focus=focus).focus == kept

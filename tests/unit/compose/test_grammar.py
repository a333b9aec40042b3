"""What recruiters say, and the plan it becomes."""

from datetime import date
from typing import Any

import pytest

from botapp.compose.edits import apply_edits
from botapp.compose.grammar import plan_edits
from botapp.llm import Plan, PlanIntent, PlanRequest
from botapp.screening.interviewer import (
    ChatStage,
    Fact,
    FormStage,
    Interviewer,
    Question,
    ResumeStage,
    Rubric,
    Settings,
)

TODAY = date(2026, 11, 22)


def question(number: int, text: str, kind: str = "yes_no", **more: Any) -> Question:
    rubric = (
        Rubric(one="No example.", three="An example.", five="An example with a result.") if kind == "open" else None
    )
    return Question.model_validate({"id": f"q{number}", "kind": kind, "text": text, "rubric": rubric} | more)


DRAFT = Interviewer(
    title="Night Picker",
    slug="night-picker",
    stages=(
        ChatStage(
            id="s1",
            questions=(
                question(1, "Are you legally allowed to work in the US?", knockout={"op": "eq", "value": True}),
                question(2, "Can you work nights?", topic="night shift"),
                question(3, "How many years have you worked in a warehouse?", "number", unit="years", weight=3),
                question(4, "Do you hold a forklift licence?", topic="forklift licence"),
                question(
                    5, "Tell us about a time you kept up a fast pick rate.", "open", follow_ups={"min": 1, "max": 2}
                ),
                question(6, "What would you do with a damaged pallet?", "open", follow_ups={"min": 0, "max": 1}),
            ),
        ),
        FormStage(id="s2", questions=(question(7, "When does your forklift card expire?", "date"),)),
        ResumeStage(id="s3"),
    ),
    facts=(Fact(topic="pay", answer="$20 an hour"),),
    settings=Settings(deadline=date(2026, 12, 22)),
)


def plan(text: str, last: int | None = None, pending: str = "", draft: Interviewer | None = DRAFT) -> Plan:
    return plan_edits(
        PlanRequest(draft=draft, text=text, today=TODAY, last_question=last, pending=pending, can_undo=3, can_redo=1)
    )


def ops(text: str, last: int | None = None) -> list[tuple[str, Any, Any]]:
    made = plan(text, last)
    assert made.intent is PlanIntent.EDIT, made.reply
    apply_edits(DRAFT, made.edits)
    return [(edit.op.value, edit.target, edit.value) for edit in made.edits]


def at(number: int, stage: int = 1) -> dict[str, int]:
    return {"stage": stage, "question": number}


YES = {"op": "eq", "value": True}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("swap 2 and 3", [("swap_questions", at(2), {"with": at(3)})]),
        ("make the licence a knockout", [("set_knockout", at(4), YES)]),
        ("nights should be a dealbreaker", [("set_knockout", at(2), YES)]),
        ("drop 2 and make 4 a dealbreaker", [("remove_question", at(2), None), ("set_knockout", at(4), YES)]),
        ("at least 2 years on question 3", [("set_knockout", at(3), {"op": "gte", "value": 2})]),
        ("remove all knockouts", [("clear_knockout", at(1), None)]),
        ("no knockouts please", [("clear_knockout", at(1), None)]),
        ("make 3 worth more", [("set_weight", at(3), 4)]),
        (
            "reword 3 to Tell us about a calm night. What did you do?",
            [("set_text", at(3), "Tell us about a calm night. What did you do?")],
        ),
        ("double the weight on nights", [("set_weight", at(2), 4)]),
        ("don't score the pallet question", [("set_weight", at(6), 0)]),
        ("weight 5 on question 6", [("set_weight", at(6), 5)]),
        ("no follow-ups on 5", [("set_follow_ups", at(5), {"min": 0, "max": 0})]),
        ("on question five only ask a single follow up", [("set_follow_ups", at(5), {"min": 1, "max": 1})]),
        ("1 to 3 follow-ups for 6", [("set_follow_ups", at(6), {"min": 1, "max": 3})]),
        ("move question 5 to the top", [("move_question", at(5), {"to": 1})]),
        ("move the forklift licence question before the nights question", [("move_question", at(4), {"to": 2})]),
        ("move 6 to position 2", [("move_question", at(6), {"to": 2})]),
        ("rename it to Night Shift Picker", [("set_title", "title", "Night Shift Picker")]),
        ("change the link to shift-picker", [("set_slug", "slug", "shift-picker")]),
        ("set the deadline to dec 18", [("set_setting", "deadline", "2026-12-18")]),
        ("extend the deadline by a week", [("set_setting", "deadline", "2026-12-29")]),
        ("no deadline", [("set_setting", "deadline", None)]),
        ("pass bar 70", [("set_setting", "pass_bar", 70)]),
        ("pass bar 70, no make that 75", [("set_setting", "pass_bar", 75)]),
        ("give them 2 weeks to finish", [("set_setting", "days_to_complete", 14)]),
        (
            "allow 2 retakes with 3 days between",
            [("set_setting", "retakes", 2), ("set_setting", "retake_cooldown_days", 3)],
        ),
        ("budget 100 interviews in total", [("set_setting", "budget", {"kind": "total", "cap": 100})]),
        ("max 20 interviews a day", [("set_setting", "budget", {"kind": "daily", "cap": 20})]),
        ("call the agent Sam", [("set_setting", "agent_name", "Sam")]),
        ("redirect to https://example.com/thanks", [("set_setting", "redirect_url", "https://example.com/thanks")]),
        ("make the job overview silent", [("set_overview", "job", {"mode": "silent"})]),
        ("deliver the company overview exactly", [("set_overview", "company", {"mode": "exact"})]),
        ("company overview mode: summarised", [("set_overview", "company", {"mode": "summarised"})]),
        ("send alerts to #hiring", [("set_setting", "alert_address", "slack:#hiring")]),
        ("don't enforce knockouts", [("set_setting", "enforce_knockouts", False)]),
        ("remove the resume stage", [("remove_stage", {"stage": 3}, None)]),
        ("switch off the form", [("set_stage_enabled", {"stage": 2}, False)]),
        ("put the resume first", [("move_stage", {"stage": 3}, {"to": 1})]),
        ("add a voice stage at the end", [("add_stage", {"position": 4}, {"kind": "voice"})]),
        ("pass mark 60 for the chat", [("set_stage_min_score", {"stage": 1}, 60)]),
        ("pay is $21 an hour", [("add_fact", "pay", {"topic": "pay", "answer": "$21 an hour"})]),
        (
            "if anyone asks, parking is free",
            [("add_fact", "parking", {"topic": "parking", "answer": "Parking is free"})],
        ),
        (
            'reword 6 to "A pallet is broken. What do you do?"',
            [("set_text", at(6), "A pallet is broken. What do you do?")],
        ),
        ("a 5 on question 6 should be makes it safe", [("set_rubric", at(6), {"5": "Makes it safe."})]),
        (
            "moev teh resume to the start n pass bar 50",
            [("move_stage", {"stage": 3}, {"to": 1}), ("set_setting", "pass_bar", 50)],
        ),
        ("drop 2, no wait, 3", [("remove_question", at(3), None)]),
        ("don't change the nights question but drop the forklift licence one", [("remove_question", at(4), None)]),
    ],
)
def test_edits(text: str, expected: list[tuple[str, Any, Any]]) -> None:
    """A wish in free words becomes exactly its edits."""
    assert ops(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "words", "knockout", "position"),
    [
        ("add a question about teamwork", "open", "teamwork", None, None),
        ("add something on carrying 40 lb boxes, knock out if they can't", "yes_no", "carry 40 lb boxes", YES, None),
        ("add a yes/no about steel toe boots, dealbreaker, after question 2", "yes_no", "steel toe boots", YES, 3),
        (
            "ask how many years of forklift experience they have",
            "duration",
            "How many years of forklift experience do you have?",
            None,
            None,
        ),
        ("also ask when they can start", "date", "When could you start?", None, None),
        ("ask whether they can work weekends", "yes_no", "Can you work weekends?", None, None),
        ("can we add one on cold storage?", "open", "cold storage", None, None),
        ("add a question about safety, put it first", "open", "safety", None, 1),
    ],
)
def test_added_questions(
    text: str, kind: str, words: str, knockout: dict[str, Any] | None, position: int | None
) -> None:
    """The new question has the kind, the words and the rule that were asked for, and the next free id."""
    ((op, target, value),) = ops(text)
    assert op == "add_question"
    assert value["kind"] == kind
    assert words.lower() in value["text"].lower()
    assert value.get("knockout") == knockout
    assert target == {"stage": 1, "position": position}
    assert value["id"] == "q8"


@pytest.mark.parametrize(
    ("text", "intent", "reason"),
    [
        ("take out question 11", PlanIntent.REFUSE, "not_there"),
        ("drop the salary question", PlanIntent.REFUSE, "not_there"),
        ("remove everything about salaries", PlanIntent.REFUSE, "not_there"),
        ("add 2 questions about cleaning", PlanIntent.ASK_WHICH, "no_value"),
        ("the pay is wrong", PlanIntent.ASK_WHICH, "no_value"),
        ("scrap the scenario", PlanIntent.REFUSE, "not_there"),
        ("pass bar 150", PlanIntent.REFUSE, "out_of_range"),
        ("6 retakes", PlanIntent.REFUSE, "out_of_range"),
        ("drop the forklift question", PlanIntent.ASK_WHICH, "two_match"),
        ("make it a dealbreaker", PlanIntent.ASK_WHICH, "no_antecedent"),
        ("don't score question 6 and make it the most important one", PlanIntent.ASK_WHICH, "contradiction"),
        ("make question 5 a knockout", PlanIntent.REFUSE, "question"),
        ("asdf qwer zxcv", PlanIntent.REFUSE, "not_understood"),
        ("translate it to Spanish", PlanIntent.REFUSE, "translate"),
        ("thanks", PlanIntent.CHATTER, "chatter"),
        ("I'll change the pay tomorrow", PlanIntent.CHATTER, "chatter"),
        ("maybe we should drop the nights question at some point", PlanIntent.CHATTER, "chatter"),
        ("pass bar 70. actually never mind", PlanIntent.CHATTER, "chatter"),
        ("what is the pass bar?", PlanIntent.ANSWER, "question"),
        ("what does a good answer to 6 look like?", PlanIntent.ANSWER, "question"),
    ],
)
def test_no_change(text: str, intent: PlanIntent, reason: str) -> None:
    """What can't or need not be changed changes nothing, and says why."""
    made = plan(text)
    assert (made.intent, made.reason) == (intent, reason)
    assert made.edits == ()
    assert made.reply


@pytest.mark.parametrize(
    "text",
    [
        "could you find out whether she has any kids, we open at six",
        "ask how old they are",
        "add a question about where they are from originally",
        "ask whether they've been arrested",
        "knock out anyone who is pregnant",
        "ask if they go to church",
        "add a question about their health problems",
        "find out what they earned before, ask their current salary",
        "only want native English speakers, ask that",
        "ask if theyre citizens",
    ],
)
def test_unlawful_questions_are_refused(text: str) -> None:
    """A protected trait is never asked; the reply names a lawful question."""
    made = plan(text)
    assert (made.intent, made.reason, made.edits) == (PlanIntent.REFUSE, "unlawful", ())
    assert "instead" in made.reply


@pytest.mark.parametrize(
    "text",
    [
        "add a question about calming upset children in the play area",
        "ask if they are at least 18",
        "ask about their experience with people with disabilities",
        "drop the nights question",
    ],
)
def test_lawful_neighbours_are_let_through(text: str) -> None:
    """Work with people, adult age and the like are asked without ado."""
    assert plan(text).intent is PlanIntent.EDIT


@pytest.mark.parametrize(
    ("text", "intent", "value"),
    [
        ("undo that", PlanIntent.UNDO, {"steps": 1}),
        ("undo the last two", PlanIntent.UNDO, {"steps": 2}),
        ("redo", PlanIntent.REDO, {"steps": 1}),
        ("publish it", PlanIntent.PUBLISH, {}),
        ("pause", PlanIntent.STATUS, {"status": "pause"}),
        ("archive it", PlanIntent.STATUS, {"status": "archive"}),
        ("clone it for days", PlanIntent.CLONE, {"title": "Night Picker (days)"}),
        ("clone it as Day Picker", PlanIntent.CLONE, {"title": "Day Picker"}),
        ("Invite Maria, maria@example.com", PlanIntent.INVITE, {"name": "Maria", "contact": "maria@example.com"}),
        (
            "invite a teammate bo@x.com as viewer",
            PlanIntent.INVITE_TEAMMATE,
            {"name": "", "email": "bo@x.com", "role": "viewer"},
        ),
    ],
)
def test_talk(text: str, intent: PlanIntent, value: dict[str, Any]) -> None:
    """What is not an edit is told apart, with what it needs."""
    made = plan(text)
    assert (made.intent, made.value) == (intent, value)


def test_yes_and_no_answer_what_was_asked() -> None:
    """With something pending, yes confirms and no declines; with nothing, they are chatter."""
    assert plan("yes", pending="publish").intent is PlanIntent.CONFIRM
    assert plan("not yet", pending="publish").intent is PlanIntent.DECLINE
    assert plan("yes").intent is PlanIntent.CHATTER


def test_it_is_the_question_of_the_turn_before() -> None:
    """ "It" resolves to the question last talked about, and the plan passes its own on."""
    assert ops("make it a dealbreaker", last=4) == [("set_knockout", at(4), YES)]
    assert plan("double the weight on nights").focus == 2


def test_rubric_is_shown() -> None:
    """ "Show me the rubric of 6" answers with the anchors."""
    made = plan("show me the rubric of 6")
    assert made.intent is PlanIntent.SHOW
    assert "5: An example with a result." in made.reply


def test_pasted_brief_is_a_new_draft() -> None:
    """A long pasted advert starts a new draft; so does any brief when there is none yet."""
    advert = (
        "Title: Line Cook\nRequirements:\n- Food handler card\n- Two years on a hot line\n- Weekend "
        "shifts\n\nPay: $22 an hour\n" + ("You will work the grill and keep the station clean. " * 8)
    )
    assert plan(advert).intent is PlanIntent.NEW_DRAFT
    assert (
        plan("I need a screener for night warehouse pickers, 18+, $21 an hour", draft=None).intent
        is PlanIntent.NEW_DRAFT
    )
    hello = plan("hello", draft=None)
    assert hello.intent is PlanIntent.CHATTER
    assert "Paste" in hello.reply


@pytest.mark.parametrize(
    "text", ["", "\u200b\u202e", "make " + "(" * 3000, "drop " * 700, "<script>alert(1)</script>", "%s {0} \\1"]
)
def test_odd_messages_get_a_sentence(text: str) -> None:
    """Nothing raises, whatever is typed."""
    made = plan(text)
    assert made.edits == () or made.intent is PlanIntent.EDIT

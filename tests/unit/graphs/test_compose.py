"""Composing conversations, turn by turn, with a scripted engine."""

from dataclasses import replace
from datetime import date

import pytest

from botapp.graphs.compose.routes import what_is_asked
from botapp.graphs.compose.state import ComposeMemory, Pending, free_slug
from botapp.llm import Plan, PlanIntent
from botapp.messages import CardKind
from botapp.policy.access import Role
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import (
    Budget,
    ChatStage,
    FormStage,
    ResumeStage,
    ScenarioStage,
    Settings,
    Stage,
    VoiceStage,
)
from tests.support.scripted_language import ScriptedLanguage
from tests.unit.graphs.talk import BUSY, LICENCE, NIGHTS, composing, heard, role

BRIEF = "We need a night picker for our site in Leeds. " * 12
PUBLISHED = {"version": 1, "status": "active"}


def plan(intent: PlanIntent, **fields: object) -> Plan:
    return Plan.model_validate({"intent": intent, **fields})


def edit(op: EditOp, target: object = None, value: object = None) -> Plan:
    return plan(PlanIntent.EDIT, edits=(Edit(op=op, target=target, value=value),), focus=1)


def test_an_empty_conversation_says_what_to_do_once() -> None:
    """One greeting, no more."""
    talk = composing().happens("joined")
    assert "Paste a job description" in talk.reply
    assert talk.happens("joined").replies == []


def test_opening_a_draft_says_nothing() -> None:
    """There is no need to greet over a draft."""
    assert composing(role()).happens("joined").replies == []


def test_a_brief_becomes_a_draft_in_one_turn() -> None:
    """What was done, assumed and missing, with the draft as a card."""
    talk = composing().says(BRIEF)
    assert "I drafted Night picker: 2 questions in 1 stage" in talk.reply
    assert "I assumed: A text chat comes first." in talk.reply
    assert "1. Which site is it?" in talk.reply
    assert talk.turn.replies[0].card.kind is CardKind.DRAFT
    assert talk.effect("draft_saved")["draft"]["title"] == "Night picker"
    assert talk.turn.path == ["read_request", "draft"]


def test_instructions_beside_a_paste_are_told_apart() -> None:
    """A long text and a short line in one burst."""
    talk = composing().says(BRIEF, "text screen first")
    assert talk.language.calls == ["draft_interviewer"]
    assert talk.language.requests[0].instructions == "text screen first"


def test_no_role_invents_nothing() -> None:
    """The engine's reason, and no draft."""
    talk = composing().says("The weather was lovely in the mountains. " * 20)
    assert talk.reply == "I found no role in this text."
    assert talk.turn.effects == []


def test_a_taken_link_name_gets_the_next_free_one() -> None:
    """`-2`, then `-3`."""
    talk = composing(taken_slugs=frozenset({"night-picker", "night-picker-2"})).says(BRIEF)
    assert talk.effect("draft_saved")["draft"]["slug"] == "night-picker-3"
    assert free_slug("night", frozenset()) == "night"


def test_a_new_brief_replaces_the_draft_and_undo_brings_it_back() -> None:
    """Nothing is lost by a second paste."""
    talk = composing(role(BUSY)).says(BRIEF)
    assert talk.reply.startswith("This replaces the draft before.")
    assert len(talk.context.draft.questions()) == 2
    talk.presses("undo")
    assert talk.reply == "Undone."
    assert [q.id for q in talk.context.draft.questions()] == ["q3"]
    talk.says("redo")
    assert len(talk.context.draft.questions()) == 2


def test_an_edit_answers_with_a_short_diff_and_undo() -> None:
    """The draft is saved with its edits; everything else stays."""
    talk = composing(role())
    talk.language.plans.append(edit(EditOp.SET_WEIGHT, {"stage": 1, "question": 1}, 4))
    talk.says("double the weight on nights")
    assert talk.reply.startswith("Done. 1 note: Question 1: Weight 4 changes no score")
    message = talk.turn.replies[0]
    assert message.card.kind is CardKind.DIFF
    assert [q.value for q in message.quick_replies] == ["undo"]
    saved = talk.effect("draft_saved")
    assert saved["draft"]["stages"][0]["questions"][0]["weight"] == 4
    assert saved["edits"][0]["op"] == "set_weight"
    assert talk.memory["last_question"] == 1


def test_a_refused_edit_changes_nothing() -> None:
    """The sentence says what is there."""
    talk = composing(role())
    talk.language.plans.append(edit(EditOp.SET_WEIGHT, {"stage": 1, "question": 9}, 4))
    talk.says("double the weight on 9")
    assert "There is no question 9" in talk.reply
    assert talk.turn.effects == []


def test_an_edit_that_changes_nothing_says_so() -> None:
    """No empty revision."""
    talk = composing(role())
    talk.language.plans.append(edit(EditOp.SET_WEIGHT, {"stage": 1, "question": 1}, 2))
    assert talk.says("normal weight").reply == "That is how it is already. Nothing changed."
    assert talk.turn.effects == []


def test_a_taken_link_name_is_refused_with_a_free_one() -> None:
    """Unique in the installation."""
    talk = composing(role(), taken_slugs=frozenset({"forklift"}))
    talk.language.plans.append(edit(EditOp.SET_SLUG, None, "forklift"))
    assert talk.says("call the link forklift").reply == "The link name forklift is taken. forklift-2 is free."
    assert talk.turn.effects == []


def test_an_edit_without_a_draft_says_what_to_do_first() -> None:
    """No draft, no edit."""
    talk = composing()
    talk.language.plans.append(edit(EditOp.SET_TITLE, None, "Picker"))
    assert "no draft yet" in talk.says("call it Picker").reply


def test_a_question_nobody_may_ask_is_refused_whoever_planned_it() -> None:
    """The law is code around the engine."""
    talk = composing(role())
    value = {"kind": "yes_no", "text": "Are you pregnant?", "topic": "pregnancy"}
    talk.language.plans.append(edit(EditOp.ADD_QUESTION, {"stage": 1, "position": None}, value))
    talk.says("ask if they are pregnant")
    assert talk.turn.effects == []


def test_undo_with_nothing_before_says_so() -> None:
    """And redo alike."""
    assert composing(role()).says("undo").reply == "There is nothing to undo."
    assert composing(role()).says("redo").reply == "There is nothing to redo."


def test_undoing_the_first_draft_leaves_none() -> None:
    """Back to before there was one."""
    talk = composing().says(BRIEF)
    talk.presses("undo")
    assert talk.reply == "Undone. There is no draft now."
    assert talk.context.draft is None
    assert talk.effect("history_moved")["steps"] == -1


def test_a_published_interviewer_keeps_a_draft() -> None:
    """Its link and the people under way need one: undo stops at the first."""
    talk = composing().says(BRIEF).presses("publish").presses("yes")
    talk.says("undo")
    assert "Not undone: it is published" in talk.reply
    assert talk.context.draft is not None


def test_publishing_asks_once_and_gives_link_and_poster() -> None:
    """Confirmed by a yes about this very draft."""
    talk = composing(role()).says("publish")
    assert talk.reply.startswith("Publish Night picker as version 1? 3 questions")
    talk.presses("yes")
    assert "https://bot.example/i/night-picker" in talk.reply
    assert "https://bot.example/console/interviewers/iv1/poster" in talk.reply
    assert talk.effect("published")


def test_a_channel_that_is_not_connected_is_said_before_publishing() -> None:
    """A chat asked for by SMS runs on the web until SMS is there, and the recruiter knows."""
    by_sms = role().model_copy(update={"stages": (ChatStage(id="s1", channel="sms", questions=(BUSY,)),)})
    talk = composing(by_sms)
    talk.language.plans.append(plan(PlanIntent.PUBLISH))

    assert "SMS can't be used yet" in talk.says("publish").reply


def test_a_no_publishes_nothing() -> None:
    """And a later yes has nothing to answer."""
    talk = composing(role()).says("publish").says("no")
    assert talk.reply == "All right, not published. Tell me when."
    assert "nothing waiting" in talk.says("yes").reply


def test_a_draft_changed_meanwhile_is_asked_about_again() -> None:
    """Says who changed it."""
    talk = composing(role()).says("publish")
    talk.context = replace(talk.context, revision=7, revised_by="Sam")
    talk.says("yes")
    assert talk.reply.startswith("Sam changed the draft since I asked. Publish Night picker")
    assert talk.turn.effects == []
    assert talk.says("yes").effect("published")


def test_a_yes_long_after_publishes_nothing() -> None:
    """What was asked is forgotten when the talk moved on."""
    talk = composing(role()).says("publish").says("thanks")
    assert "nothing waiting" in talk.says("yes").reply


def test_what_is_in_the_way_is_listed() -> None:
    """Stages that can't run, a past deadline, an archived interviewer: each a line."""
    draft = role(deadline=date(2026, 1, 1))
    draft = draft.model_copy(update={"stages": (*draft.stages, VoiceStage(id="s2"))})
    talk = composing(draft, status="archived").says("publish")
    assert talk.reply.count("\n- ") == 3
    assert "can't run yet" in talk.reply
    assert talk.memory["pending"] is None


@pytest.mark.parametrize(
    ("stage", "reason"),
    [
        (FormStage(id="s2"), "The form stage asks nothing yet"),
        (ScenarioStage(id="s2"), "The work scenario stage has no task yet"),
    ],
)
def test_a_stage_with_nothing_to_do_is_in_the_way(stage: Stage, reason: str) -> None:
    """A form without a question, a scenario without a task."""
    draft = role(NIGHTS)
    draft = draft.model_copy(update={"stages": (*draft.stages, stage)})
    assert reason in composing(draft).says("publish").reply


def test_forms_resumes_and_tasks_are_published() -> None:
    """They run. Without a model it is said that a person reads the task."""
    more = (
        FormStage(id="s2", questions=(LICENCE,)),
        ResumeStage(id="s3"),
        ScenarioStage(id="s4", goal="Answer the guest."),
    )
    draft = role(NIGHTS)
    draft = draft.model_copy(update={"stages": (*draft.stages, *more)})
    for engine, told in (("rules/1", True), ("openai/some", False)):
        talk = composing(draft, language=ScriptedLanguage(name=engine)).says("publish")
        assert talk.reply.startswith("Publish Night picker")
        assert ("the task isn't scored" in talk.reply) is told
        assert talk.says("yes").effect("published")


def test_changes_after_publishing_are_told_once() -> None:
    """The published version stays until published again."""
    talk = composing(role(NIGHTS, LICENCE), **PUBLISHED)
    for weight, told in ((4, True), (6, False)):
        talk.language.plans.append(edit(EditOp.SET_WEIGHT, {"stage": 1, "question": 1}, weight))
        assert ("until you publish again" in talk.says("heavier").reply) is told


def test_an_invitation_is_a_link_of_their_own() -> None:
    """Unguessable, with the contact it is for."""
    talk = composing(role(), **PUBLISHED)
    talk.language.plans.append(plan(PlanIntent.INVITE, value={"name": "Maria", "contact": "maria@example.com"}))
    talk.says("invite Maria, maria@example.com")
    assert "https://bot.example/invite/secret-1" in talk.reply
    assert talk.effect("invited")["token"] == "secret-1"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "not published yet"),
        ({"version": 1, "status": "paused"}, "paused"),
        ({"version": 1, "status": "archived"}, "archived"),
        ({"version": 1, "status": "expired"}, "deadline has passed"),
        ({**PUBLISHED, "spent": 5}, "5 of 5 interviews"),
    ],
)
def test_invitations_that_can_not_be_made_say_why(fields: dict[str, object], words: str) -> None:
    """Published, active and within the budget, or no link."""
    talk = composing(role(budget=Budget(kind="total", cap=5)), **fields)
    talk.language.plans.append(plan(PlanIntent.INVITE, value={"name": "Maria", "contact": ""}))
    assert words in talk.says("invite Maria").reply
    assert talk.turn.effects == []


@pytest.mark.parametrize("contact", ["", "maria at example", "12"])
def test_nobody_is_invited_without_a_way_to_reach_them(contact: str) -> None:
    """Asked back; no link is made, and nobody shares an invitation with somebody else."""
    talk = composing(role(), **PUBLISHED)
    talk.language.plans.append(plan(PlanIntent.INVITE, value={"name": "Maria", "contact": contact}))

    assert "How can Maria be reached?" in talk.says("invite Maria").reply
    assert talk.turn.effects == []


def test_a_wish_is_not_granted_because_an_owner_spoke_after_it() -> None:
    """In a burst by a recruiter and an owner nobody becomes a member by the owner's right."""
    talk = composing(role(), speakers={"m1": Role.OWNER, "m2": Role.RECRUITER})
    invite = plan(PlanIntent.INVITE_TEAMMATE, value={"email": "sam@example.com", "role": "owner"})
    talk.language.plans.append(invite)

    assert "Only an owner" in talk.says("invite sam@example.com as owner").reply
    assert talk.turn.effects == []


def test_only_an_owner_invites_teammates() -> None:
    """A one-time sign-in link with a role."""
    invite = plan(PlanIntent.INVITE_TEAMMATE, value={"email": "sam@example.com", "role": "viewer"})
    talk = composing(role())
    talk.language.plans.append(invite)
    talk.says("invite a teammate")
    assert "https://bot.example/signin/secret-1" in talk.reply
    assert talk.effect("teammate_invited")["role"] == "viewer"
    other = composing(role(), member_role=Role.RECRUITER)
    other.language.plans.append(invite)
    assert "Only an owner" in other.says("invite a teammate").reply
    assert other.turn.effects == []


def test_a_viewer_changes_nothing() -> None:
    """Refused before anything is read."""
    talk = composing(role(), member_role=Role.VIEWER).says("publish")
    assert "You can look" in talk.reply
    assert talk.language.calls == []


@pytest.mark.parametrize(
    ("status", "version", "action", "after"),
    [
        ("active", 1, "pause", "paused"),
        ("paused", 1, "resume", "active"),
        ("active", 1, "archive", "archived"),
        ("archived", 1, "unarchive", "paused"),
        ("archived", 0, "unarchive", "draft"),
        ("draft", 0, "pause", None),
        ("expired", 1, "resume", None),
        ("active", 1, "explode", None),
    ],
)
def test_the_life_cycle(status: str, version: int, action: str, after: str | None) -> None:
    """Each change from the states it makes sense in; else a sentence."""
    talk = composing(role(), status=status, version=version)
    talk.language.plans.append(plan(PlanIntent.STATUS, value={"action": action}))
    talk.says(action)
    assert [effect["status"] for effect in talk.effects("status_changed")] == ([after] if after else [])
    assert talk.reply


def test_a_clone_is_a_new_draft_with_a_free_link_name() -> None:
    """Its own id and place in the console."""
    talk = composing(role(), taken_slugs=frozenset({"day-picker"}))
    talk.language.plans.append(plan(PlanIntent.CLONE, value={"title": "Day picker"}))
    talk.says("clone it as Day picker")
    made = talk.effect("cloned")
    assert (made["draft"]["title"], made["draft"]["slug"], made["interviewer_id"]) == (
        "Day picker",
        "day-picker-2",
        "new-1",
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"what": "rubric", "question": 3}, "5: Names an example with its result."),
        ({"what": "rubric", "question": 9}, "There is no question 9"),
        ({"what": "question", "question": 1}, "1. Can you work night shifts?"),
        ({"what": "link"}, "It will be https://bot.example/i/night-picker"),
        ({}, "Here is the draft."),
    ],
)
def test_showing_changes_nothing(value: dict[str, object], words: str) -> None:
    """A rubric, a question, the link, the draft."""
    talk = composing(role())
    talk.language.plans.append(plan(PlanIntent.SHOW, value=value))
    assert words in talk.says("show me").reply
    assert talk.turn.effects == []


def test_a_refusal_that_offers_another_way_waits_for_a_yes() -> None:
    """The alternative is applied on a yes, and only then."""
    talk = composing(role())
    other = Edit(op=EditOp.SET_WEIGHT, target={"stage": 1, "question": 1}, value=4)
    talk.language.plans.append(plan(PlanIntent.REFUSE, reply="I can't do that. Shall I double it?", edits=(other,)))
    talk.says("make it worth 400")
    assert [q.value for q in talk.turn.replies[0].quick_replies] == ["yes", "no"]
    talk.says("yes")
    assert talk.effect("draft_saved")["draft"]["stages"][0]["questions"][0]["weight"] == 4
    assert talk.memory["pending"] is None


def test_an_empty_message_is_told_so() -> None:
    """Invisible text is no request."""
    talk = composing(role()).says("   ")
    assert "didn't get any text" in talk.reply
    assert talk.language.calls == []


def test_a_pressed_button_needs_no_planning() -> None:
    """Publish, undo, yes and no are exact."""
    talk = composing(role()).hears(heard("button", "b1", "Publish", value="publish"))
    assert talk.language.calls == []
    assert talk.reply.startswith("Publish Night picker")


@pytest.mark.parametrize(
    ("intent", "pending", "step"),
    [
        (PlanIntent.CONFIRM, None, "say"),
        (PlanIntent.CONFIRM, Pending(what="publish", revision=1), "publish"),
        (PlanIntent.CONFIRM, Pending(what="refused_alternative", revision=1), "apply"),
        (PlanIntent.ASK_WHICH, None, "say"),
        (PlanIntent.UNDO, None, "move_history"),
    ],
)
def test_a_yes_goes_to_what_waits_for_it(intent: PlanIntent, pending: Pending | None, step: str) -> None:
    """The router alone."""
    memory = ComposeMemory(pending=pending).model_dump(mode="json")
    assert what_is_asked({"memory": memory, "plan": Plan(intent=intent).model_dump(mode="json")}) == step


def test_settings_stay_what_they_are_through_a_publish() -> None:
    """Publishing freezes questions, not settings."""
    talk = composing(role()).says("publish").says("yes")
    assert talk.context.draft.settings == Settings()


def test_a_viewers_words_do_not_ride_along_with_a_recruiters() -> None:
    """Two people in one turn: only what may be asked for is done."""
    talk = composing(role(), speakers={"v1": Role.VIEWER, "u1": Role.OWNER})
    viewer = {**heard("text", "a", "publish"), "sender_id": "v1"}
    owner = {**heard("text", "b", "thanks"), "sender_id": "u1"}
    talk.hears(viewer, owner)
    assert talk.language.requests[0].text == "thanks"
    assert "You can look" in talk.hears(viewer).reply


def test_a_link_is_told_whole() -> None:
    """What an engine knows as a path becomes an address people can open."""
    talk = composing(role())
    talk.language.plans.append(plan(PlanIntent.ANSWER, reply="The link is /i/night-picker."))
    assert talk.says("what's the link?").reply == "The link is https://bot.example/i/night-picker."

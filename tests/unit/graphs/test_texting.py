"""Inviting people by text from a composing conversation: asked once how they agreed, nothing leaves before."""

from typing import Any

import pytest

from botapp.engines.rules import RulesLanguage
from botapp.llm import Plan, PlanIntent
from botapp.policy.access import Role
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import Budget
from tests.unit.graphs.talk import Composing, composing, heard, role

HOW = "How did Maria agree to texts? For example: applied on our site and ticked the box."


def texting(draft: Any = None, **fields: Any) -> Composing:
    """A member whose workspace can text, with a published interviewer."""
    fields = {"sms_sender": "+12025550100", "segment_price": 0.0083, "status": "active", "version": 1, **fields}
    return composing(draft or role(), language=fields.pop("language", None) or RulesLanguage(), **fields)


def rows(talk: Composing) -> list[dict[str, str]]:
    effect = talk.effect("task")
    assert effect["name"] == "invite_people"
    assert effect["payload"]["by"] == "u1" and effect["payload"]["interviewer_id"] == "iv1"
    return effect["payload"]["rows"]


def test_how_they_agreed_is_asked_once_and_nothing_leaves_before() -> None:
    """Then the task, and a line."""
    talk = texting().says("text Maria +1 202-555-0123 for the night picker role")
    assert talk.reply == HOW
    assert talk.turn.effects == []
    talk.says("applied on our site and ticked the box")
    assert rows(talk) == [
        {"name": "Maria", "phone": "+12025550123", "email": "", "how": "applied on our site and ticked the box"}
    ]
    assert talk.reply == "Texting Maria. I'll tell you when it has left."
    assert talk.memory["pending"] is None


def test_what_was_said_is_not_asked() -> None:
    """Two people, one sentence for both, in the workspace's region."""
    talk = texting().says("text Maria 202-555-0123 and Jon Smith (202) 555-0124, they agreed at the job fair")
    assert [(r["name"], r["phone"], r["how"]) for r in rows(talk)] == [
        ("Maria", "+12025550123", "they agreed at the job fair"),
        ("Jon Smith", "+12025550124", "they agreed at the job fair"),
    ]
    assert talk.reply == "Texting Maria and Jon Smith. I'll tell you when they have left."


def test_a_list_of_people_needs_no_brief() -> None:
    """However long: it is no job description."""
    people = "\n".join(f"Person {chr(65 + n)} +1 202 555 01{n:02d}, person{n}@example.com" for n in range(12))
    talk = texting().says("invite these by text, they ticked the box on our form", people)
    assert len(rows(talk)) == 12
    assert rows(talk)[3]["email"] == "person3@example.com"
    assert talk.reply == "Texting 12 people. I'll tell you when they have left."


def test_an_invitation_to_a_number_is_a_text_while_texts_can_leave() -> None:
    """Unless a link was asked for."""
    assert texting().says("invite Maria, 202-555-0123").reply == HOW
    assert "own link" in texting().says("send the link to Maria, 202-555-0123").reply


def test_an_email_address_gets_a_link_as_always() -> None:
    """No text can go there."""
    assert "own link" in texting().says("invite Maria, maria@example.com").reply


@pytest.mark.parametrize("words", ["she didn't", "I don't know", "not yet", "no, she didn't agree"])
def test_without_consent_no_text_leaves_and_the_link_is_given(words: str) -> None:
    """Said plainly."""
    talk = texting().says("text Maria +1 202 555 0123").says(words)
    assert talk.reply.startswith("No text leaves without their agreement, so nobody was texted.\nMaria's own link:")
    assert talk.effect("invited")["contact"] == "+12025550123"
    assert talk.effects("task") == []
    assert talk.memory["pending"] is None


def test_people_who_did_not_agree_are_not_asked_about() -> None:
    """It was said already."""
    talk = texting().says("text Maria +1 202 555 0123, she hasn't agreed yet")
    assert talk.reply.startswith("No text leaves")
    assert talk.effects("task") == []


@pytest.mark.parametrize("words", ["cancel", "no", "never mind", "don't text her"])
def test_cancel_drops_it(words: str) -> None:
    """And what is said later answers nothing."""
    talk = texting().says("text Maria +1 202 555 0123").says(words)
    assert talk.reply == "All right, nobody was texted."
    assert talk.says("applied on our site and ticked the box").effects("task") == []


def test_a_bare_yes_does_not_say_how() -> None:
    """The record needs words."""
    talk = texting().says("text Maria +1 202 555 0123").says("yes")
    assert talk.reply.startswith("I need to write down how")
    assert rows(talk.says("on the application form"))[0]["how"] == "on the application form"


def test_an_edit_meanwhile_is_done_and_the_question_waits() -> None:
    """Nothing is lost."""
    talk = texting().says("text Maria +1 202 555 0123").says("double the weight of question 3")
    assert talk.effects("draft_saved")
    assert rows(talk.says("she agreed at the job fair"))[0]["name"] == "Maria"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"version": 0, "status": "draft"}, "not published yet"),
        ({"status": "paused"}, "paused"),
        ({"spent": 5}, "5 of 5 interviews"),
        ({"spent": 4}, "room for 1 more of 5 interviews in all, and you named 2 people"),
    ],
)
def test_texts_that_can_not_leave_say_why(fields: dict[str, Any], words: str) -> None:
    """Published, active, and within the budget for all of them."""
    draft = role(budget=Budget(kind="total", cap=5))
    talk = texting(draft, **fields).says("text Maria +1 202 555 0123 and Jon +1 202 555 0124, they agreed in person")
    assert words in talk.reply
    assert talk.turn.effects == []


def test_a_viewer_texts_nobody() -> None:
    """Refused before anything is read."""
    assert texting(member_role=Role.VIEWER).says("text Maria +1 202 555 0123").turn.effects == []


def test_one_bad_number_stops_the_request() -> None:
    """With the person it belongs to."""
    talk = texting().says("text Maria +1 202 555 0123 and Jon 555 01234, they agreed in person")
    assert talk.reply.startswith("Nobody was texted. Jon: ")
    assert talk.turn.effects == []


def test_a_number_without_a_name_is_asked_about() -> None:
    """Nobody is texted as nobody."""
    assert "What is the name" in texting().says("text +1 202 555 0123").reply


def test_without_people_they_are_asked_for() -> None:
    """The list is still to come."""
    assert texting().says("invite these by text").reply.startswith("Whom shall I text?")


def test_without_a_sender_the_link_is_given() -> None:
    """Said so, and the private web link as always; for several as long as there are secrets."""
    talk = texting(sms_sender="").says("text Maria +1 202 555 0123")
    assert talk.reply.startswith(
        "Text messages are not connected yet, so nobody was texted.\nMaria's own link: https://"
    )
    assert talk.effect("invited")["token"] == "secret-1"
    many = texting(sms_sender="").says("text Maria 202 555 0123, Jon 202 555 0124 and Ana 202 555 0125")
    assert len(many.effects("invited")) == 2
    assert many.reply.endswith("Ask me again for Ana.")


def test_what_came_of_it_is_told_with_segments_and_cost() -> None:
    """One person in a sentence, several in a list."""
    one = texting().happens(
        "invite_people_done",
        results=[{"name": "Maria", "phone": "+12025550123", "sent": True}],
        segments=2,
        cost=0.0166,
    )
    assert one.reply == "Texted Maria. 2 segments, $0.02."
    several = texting().happens(
        "invite_people_done",
        results=[
            {"name": "Maria", "sent": True, "sentence": "goes out 9:00 am ET"},
            {"name": "Jon", "sent": False, "sentence": "has opted out."},
        ],
        segments=2,
        cost=0.0166,
    )
    assert several.reply == (
        "Texted 1 of 2 people. 2 segments, $0.02.\n- Maria: goes out 9:00 am ET.\n- Jon was not texted: has opted out."
    )


def test_what_failed_as_a_whole_is_told() -> None:
    """With the sentence for the member."""
    talk = texting().happens("invite_people_done", failed="Only a member can do that.")
    assert talk.reply == "Nobody was texted. Only a member can do that."


def test_words_that_came_with_the_report_are_heard_too() -> None:
    """One turn, both."""
    talk = texting().hears(
        heard("event", "e1", event="invite_people_done", results=[{"name": "Maria", "sent": True}]),
        heard("text", "m1", "thanks"),
    )
    assert talk.replies[0] == "Texted Maria." and len(talk.replies) == 2


def test_who_is_texted_is_no_matter_for_a_model() -> None:
    """Read by rule: no number reaches the engine."""
    talk = texting(language=composing().language).says("text Maria +1 202 555 0123").says("she agreed in person")
    assert talk.language.calls == []
    assert rows(talk)


def test_an_engine_that_names_one_person_may_text_them_too() -> None:
    """A name and a number are a person."""
    talk = texting(language=composing().language)
    talk.language.plans.append(Plan(intent=PlanIntent.INVITE, value={"name": "Maria", "contact": "202-555-0123"}))
    assert talk.says("Maria should come in, her mobile is two zero two...").reply == HOW
    talk.language.plans.append(Plan(intent=PlanIntent.CONFIRM))
    assert talk.says("go on then, will you?").reply.startswith("I need to write down how")


def test_the_code_is_set_by_saying_so() -> None:
    """In capitals; a taken one is refused, and so is a word that means something by text."""
    talk = texting().says("set the code to nights")
    assert talk.context.draft.settings.join_code == "NIGHTS"
    assert "Code to start by text: none \u2192 NIGHTS" in talk.turn.replies[0].card.plain
    assert talk.says("remove the code").context.draft.settings.join_code == ""
    taken = texting(taken_codes=frozenset({"NIGHTS"})).says("set the code to NIGHTS")
    assert "starts another interviewer" in taken.reply and taken.turn.effects == []
    for word in ("stop", "yes", "help", "arret"):
        refused = texting().says(f"set the code to {word}")
        assert "means something else" in refused.reply and refused.turn.effects == []


def test_segments_and_cost_stand_beside_what_candidates_read() -> None:
    """In the draft and in a changed question, while texts can leave; nowhere else."""
    card = texting().says("show the draft").turn.replies[0].card
    assert card.data["stages"][0]["questions"][0]["by_text"] == "1 segment, $0.0083"
    assert "By text: about 8 segments a candidate, $0.07" in card.plain
    assert "by_text" not in composing(role(), language=RulesLanguage()).says("show the draft").turn.replies[0].card.data
    talk = texting(language=composing().language)
    new = Edit(op=EditOp.SET_TEXT, target={"stage": 1, "question": 1}, value="Can you work from 10 pm to 6 am? " * 6)
    talk.language.plans.append(Plan(intent=PlanIntent.EDIT, edits=(new,)))
    lines = talk.says("longer please").turn.replies[0].card.data["lines"]
    assert lines[0]["where"] == "Question 1 (2 segments, $0.02)"


def test_publishing_tells_how_texts_begin() -> None:
    """With the code, once there is one."""
    talk = texting(role(join_code="NIGHTS")).says("publish").says("yes")
    assert "say: text Maria" in talk.reply
    assert "JOIN NIGHTS to +12025550100" in talk.reply


def test_a_text_stage_is_no_surprise_any_more() -> None:
    """The note is only for channels that are not connected."""
    draft = role()
    draft = draft.model_copy(update={"stages": (draft.stages[0].model_copy(update={"channel": "sms"}),)})
    assert "SMS can't be used yet" not in texting(draft).says("publish").reply
    assert "SMS can't be used yet" in texting(draft, sms_sender="").says("publish").reply

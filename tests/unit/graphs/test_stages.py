"""Stages after the chat: a form and a resume on a page, a task in writing, and minimum scores between them."""

from dataclasses import replace
from typing import Any

import pytest

from botapp.graphs.interview.announcing import says_done
from botapp.llm import FollowUp, Intent, Understanding
from botapp.screening.interviewer import (
    ChatStage,
    FormStage,
    ResumeStage,
    Stage,
    VoiceStage,
)
from tests.support.sample_form import scenario_stage
from tests.unit.graphs.talk import (
    BUSY,
    FORM_LINK,
    LICENCE,
    NIGHTS,
    RESUME_LINK,
    YEARS,
    Talk,
    heard,
    interview,
    staged,
)

CHAT = ChatStage(id="s1", questions=(NIGHTS,))
ASKED = ChatStage(id="s1", questions=(BUSY,))
FORM = FormStage(id="s2", questions=(YEARS, LICENCE))
RESUME = ResumeStage(id="s4")
TASK = scenario_stage()
WORDS = "I say sorry, take the soup back, bring a fresh one and tell the kitchen."


def reading(value: object) -> dict[str, Any]:
    return {"status": "clear", "value": value, "engine": "form"}


def sends_form(talk: Talk, stage_id: str = "s2", **changes: Any) -> Talk:
    answers = {
        "q2": {"reading": reading(1.5), "text": "18 months"},
        "q4": {"reading": reading(True), "text": "Yes"},
    }
    return talk.happens("form_submitted", stage_id=stage_id, answers=answers | changes)


def judged(talk: Talk, outcome: str, stage_id: str = "") -> Talk:
    """The score is there; its minimum came to this."""
    gate = {"kind": "minimum_score", "stage_id": stage_id, "outcome": outcome, "name": "Minimum score"}
    talk.context = replace(talk.context, scorecard_ready={"gates": [gate], "overall": 40})
    return talk.happens("score_interview_done", stage_id="s1")


def outcome_of(talk: Talk) -> str:
    return str(talk.memory["outcome"])


# ---- forms -------------------------------------------------------------------------------------------------


def test_after_the_chat_one_message_leads_to_the_form() -> None:
    """With its link and how long it takes; then it waits, with a reminder."""
    talk = staged(CHAT, FORM).says("yes")
    assert talk.reply.startswith("Night shifts: yes.")
    assert "short form, about 2 min" in talk.reply
    assert FORM_LINK in talk.reply
    assert [timer["name"] for timer in talk.effects("timer")] == ["reminder"]
    assert talk.memory["status"] == "in_progress"


def test_by_text_the_form_is_announced_shortly() -> None:
    """A name, a number of minutes and the link."""
    talk = staged(CHAT, FORM, by_text=True).says("yes")
    assert talk.reply.endswith(f"Next is a short form, about 2 min: {FORM_LINK}")


def test_a_form_that_comes_in_is_kept_and_ends_the_interview() -> None:
    """Every value as it was read on the page; nobody is asked again."""
    talk = sends_form(staged(CHAT, FORM).says("yes"))
    assert "your form is in" in talk.reply
    assert "That was everything." in talk.reply
    kept = {effect["question_id"]: effect for effect in talk.effects("answer_saved")}
    assert kept["q2"]["stage_id"] == "s2"
    assert kept["q2"]["reading"]["value"] == 1.5
    assert kept["q2"]["parts"] == [{"message_id": "m3", "text": "18 months"}]
    assert outcome_of(talk) == "completed"
    assert talk.language.calls.count("read_answer") == 1, "the form's values are read by nobody"


def test_a_form_that_comes_twice_counts_once() -> None:
    """What the first held stays."""
    talk = sends_form(staged(CHAT, FORM, RESUME).says("yes"))
    again = sends_form(talk, q2={"reading": reading(9), "text": "9 years"})
    assert again.replies == []
    assert again.memory["answers"]["q2"]["reading"]["value"] == 1.5


def test_a_must_have_that_a_form_fails_ends_it_kindly() -> None:
    """As in the chat."""
    failing = {"q4": {"reading": reading(False), "text": "No"}}
    talk = sends_form(staged(CHAT, FORM, RESUME).says("yes"), **failing)
    assert "fixed requirement" in talk.reply
    assert outcome_of(talk) == "knocked_out"


def test_a_must_have_in_a_form_ends_nothing_while_it_is_not_enforced() -> None:
    failing = {"q4": {"reading": reading(False), "text": "No"}}
    talk = sends_form(staged(CHAT, FORM, RESUME, enforce_knockouts=False).says("yes"), **failing)
    assert RESUME_LINK in talk.reply


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"other": {"reading": reading(True), "text": "Yes"}},
        {"q2": "18 months", "q4": None},
        {"q2": {"reading": {"status": "sure"}, "text": "18 months"}, "q4": {"text": "Yes"}},
    ],
)
def test_answers_that_are_none_are_left_out_and_fail_nothing(answers: dict[str, Any]) -> None:
    """Another interview's questions, other shapes: a person looks."""
    talk = staged(CHAT, FORM).says("yes").happens("form_submitted", stage_id="s2", answers=answers)
    assert {effect["question_id"]: effect["status"] for effect in talk.effects("answer_saved")} == {
        "q2": "skipped",
        "q4": "skipped",
    }
    assert outcome_of(talk) == "completed"


def test_a_form_of_a_stage_that_is_not_here_changes_nothing() -> None:
    """Nor one without a stage."""
    talk = staged(CHAT, FORM).says("yes")
    before = talk.memory
    for stage_id in ("s9", "", "s4"):
        talk.happens("form_submitted", stage_id=stage_id, answers={})
        assert (talk.replies, talk.memory) == ([], before)


def test_what_was_answered_in_the_chat_is_not_asked_by_a_form() -> None:
    """A form with nothing left to ask is not sent at all."""
    talk = staged(ChatStage(id="s1", questions=(YEARS, LICENCE)), FORM).says("3 years").says("yes")
    assert outcome_of(talk) == "completed"
    assert FORM_LINK not in talk.reply


def test_a_form_is_asked_about_and_asked_for_in_the_thread() -> None:
    """A question is answered, and the link said again, in few words."""
    talk = staged(CHAT, FORM).says("yes").says("how much is the pay?")
    assert talk.reply == f"The pay is $19 an hour. Your form is here: {FORM_LINK}"


@pytest.mark.parametrize("words", ["done", "I'm done now", "all finished!", "Listo", "c'est fini", "fertig"])
def test_done_without_a_form_gets_the_link(words: str) -> None:
    """Kindly, and what is missing."""
    talk = staged(CHAT, FORM).says("yes").says(words)
    assert talk.reply == f"I haven't got your form yet. Please press Send at the end of it: {FORM_LINK}"


@pytest.mark.parametrize("words", ["I'm not done yet", "are you done?", "I have done that for years", "well done"])
def test_other_words_with_done_in_them_are_not_that(words: str) -> None:
    assert not says_done([heard("text", "m1", words)])


def test_a_form_can_be_left_out() -> None:
    """Its questions are open for a person; nothing fails."""
    talk = staged(CHAT, FORM).says("yes").says("skip")
    assert {effect["status"] for effect in talk.effects("answer_saved")} == {"skipped"}
    assert outcome_of(talk) == "completed"


def test_a_form_that_was_left_out_is_still_taken_later() -> None:
    """Its answers stand in place of the gaps, and what is open is asked for again."""
    talk = sends_form(staged(CHAT, FORM, RESUME).says("yes").says("skip"))
    assert talk.reply.startswith("Thank you, your form is in.")
    assert RESUME_LINK in talk.reply
    assert talk.memory["answers"]["q2"]["status"] == "answered"


def test_a_person_can_be_reached_while_a_form_is_open() -> None:
    """And a form that comes meanwhile is kept, without going on."""
    talk = staged(CHAT, FORM).says("yes").says("person")
    assert talk.memory["waiting_for"] == "person"
    sends_form(talk)
    assert talk.reply == "Thank you, your form is in."
    assert talk.memory["status"] == "paused"


def test_who_put_it_off_and_sends_the_form_is_back() -> None:
    talk = sends_form(staged(CHAT, FORM).says("yes").says("later"))
    assert outcome_of(talk) == "completed"


def test_a_reminder_names_the_form() -> None:
    """After a day of silence."""
    talk = staged(CHAT, FORM).says("yes").later(hours=25).happens("timer", timer="reminder")
    assert talk.reply.startswith("Hello Maria, one step for the job Night picker is open.")
    assert FORM_LINK in talk.reply


def test_a_chat_may_be_answered_as_a_form() -> None:
    """The other way for who needs one: all of its questions at once."""
    talk = staged(ChatStage(id="s1", questions=(YEARS, LICENCE)))
    sends_form(talk, "s1")
    assert outcome_of(talk) == "completed"


def test_who_needs_another_way_gets_the_chat_as_a_form() -> None:
    """A link at once; what is sent there goes on."""
    talk = staged(ChatStage(id="s1", questions=(YEARS, LICENCE)))
    talk.context = replace(talk.context, stage_links={"s1": FORM_LINK})
    talk.language.understandings.append(Understanding(main=Intent.ACCOMMODATION))
    talk.says("I need a different way to do this").says("a form")
    assert FORM_LINK in talk.reply
    assert outcome_of(sends_form(talk, "s1")) == "completed"


def test_a_voice_stage_is_passed_over() -> None:
    """It can't run yet."""
    talk = staged(CHAT, VoiceStage(id="s9", questions=(YEARS,)), FORM).says("yes")
    assert FORM_LINK in talk.reply


def test_a_form_alone_comes_after_the_first_message() -> None:
    talk = staged(FORM)
    assert "automated" in talk.replies[0]
    assert FORM_LINK in talk.replies[1]


def test_a_resume_alone_is_no_question_to_count() -> None:
    """The first message says only how long."""
    assert "About 2 min." in staged(RESUME).replies[0]


def test_who_has_no_name_is_asked_before_being_sent_to_a_page() -> None:
    talk = interview()
    role = talk.context.interviewer.model_copy(update={"stages": (FORM,)})
    nobody = replace(talk.context.candidate, name="")
    talk.context = replace(talk.context, interviewer=role, stage_links={"s2": FORM_LINK}, candidate=nobody)
    talk.happens("joined")
    assert "name" in talk.replies[1]
    talk.says("Maria Lopez")
    assert FORM_LINK in talk.reply


def test_a_chat_after_a_form_goes_on_asking() -> None:
    second = ChatStage(id="s5", questions=(BUSY,))
    talk = sends_form(staged(CHAT, FORM, second).says("yes"))
    assert talk.reply == f"Thank you, your form is in. {BUSY.text}"


# ---- resumes -----------------------------------------------------------------------------------------------


def test_a_resume_is_asked_for_read_and_done() -> None:
    """Its file is read by a task; then it goes on."""
    talk = staged(CHAT, RESUME).says("yes")
    assert RESUME_LINK in talk.reply
    talk.happens("resume_received", stage_id="s4", attachment_id="a1")
    assert "I'm reading it" in talk.reply
    assert talk.effect("task")["payload"] == {"interview_id": "i1", "stage_id": "s4", "attachment_id": "a1"}
    talk.happens("read_resume_done", stage_id="s4", attachment_id="a1", problem="", words=200, flags=[])
    assert "I've read your resume" in talk.reply
    assert outcome_of(talk) == "completed"


def test_the_same_resume_twice_is_read_once() -> None:
    talk = staged(CHAT, RESUME).says("yes").happens("resume_received", stage_id="s4", attachment_id="a1")
    talk.happens("resume_received", stage_id="s4", attachment_id="a1")
    assert (talk.replies, talk.effects("task")) == ([], [])


def test_a_resume_that_cant_be_read_is_asked_for_again_and_never_counts_against_anybody() -> None:
    """Three times at most; then a person opens it, and it goes on."""
    talk = staged(CHAT, RESUME).says("yes")
    for number in ("a1", "a2", "a3"):
        talk.happens("resume_received", stage_id="s4", attachment_id=number)
        talk.happens("read_resume_done", stage_id="s4", attachment_id=number, problem="some_new_reason")
        assert "couldn't read that file" in talk.reply
    assert "a person will open your file" in talk.reply
    assert outcome_of(talk) == "completed"


def test_a_reader_that_breaks_down_is_no_fault_of_theirs() -> None:
    talk = staged(CHAT, RESUME).says("yes").happens("resume_received", stage_id="s4", attachment_id="a1")
    talk.happens("read_resume_done", stage_id="s4", failed="Something went wrong on our side.")
    assert RESUME_LINK in talk.reply


def test_the_result_of_an_older_file_is_not_taken_for_the_newer() -> None:
    talk = staged(CHAT, RESUME).says("yes").happens("resume_received", stage_id="s4", attachment_id="a1")
    talk.happens("resume_received", stage_id="s4", attachment_id="a2")
    talk.happens("read_resume_done", stage_id="s4", attachment_id="a1", problem="")
    assert talk.replies == []
    assert outcome_of(talk) == ""


def test_who_asks_while_a_resume_is_read_hears_so() -> None:
    talk = staged(CHAT, RESUME).says("yes").happens("resume_received", stage_id="s4", attachment_id="a1")
    talk.says("how much is the pay?")
    assert talk.reply.endswith("I'm still reading your file. I'll write here in a moment.")


# ---- minimum scores ----------------------------------------------------------------------------------------


def weighed(*after: Stage, **settings: Any) -> Talk:
    """The last answer of a stage with a minimum has just been given."""
    return staged(ASKED, *(after or (FORM,)), **({"pass_bar": 50} | settings)).says("We split the aisles in three.")


def test_a_minimum_score_is_waited_for_before_the_next_stage() -> None:
    """One line to the candidate, one task; nothing is asked."""
    talk = weighed()
    assert "I'm looking at your answers, I'll write here in a moment" in talk.reply
    assert FORM_LINK not in talk.reply
    assert talk.effect("task")["payload"] == {"interview_id": "i1", "stage_id": "s1"}
    assert "score" in {timer["name"] for timer in talk.effects("timer")}


def test_above_the_minimum_the_next_stage_begins() -> None:
    talk = judged(weighed(), "passed")
    assert FORM_LINK in talk.reply
    assert outcome_of(sends_form(talk)) == "completed"


def test_below_the_minimum_it_ends_kindly() -> None:
    """Without a word about a score or a bar."""
    talk = judged(weighed(), "failed")
    assert talk.reply.startswith("Thank you for your answers, Maria.")
    assert "score" not in talk.reply
    assert "Dana at Harbour Foods" in talk.reply
    assert outcome_of(talk) == "below_minimum"


@pytest.mark.parametrize("outcome", ["needs_person", "not_reached"])
def test_what_could_not_be_judged_never_fails(outcome: str) -> None:
    """It goes on, and a person looks."""
    talk = judged(weighed(), outcome)
    assert FORM_LINK in talk.reply
    assert talk.memory["stages"]["s1"]["gate"] == "needs_person"


def test_scoring_that_broke_down_never_fails() -> None:
    talk = weighed().happens("score_interview_done", failed="Something went wrong on our side.")
    assert FORM_LINK in talk.reply


def test_nobody_waits_long_for_a_score() -> None:
    """Ten minutes; a score that comes later ends nothing."""
    talk = weighed().later(minutes=10).happens("timer", timer="score")
    assert FORM_LINK in talk.reply
    assert judged(talk, "failed").replies == []
    assert talk.memory["status"] == "in_progress"


def test_a_score_for_a_gate_that_comes_after_the_end_tells_nobody() -> None:
    """The team is told by the scorecard of the whole interview."""
    talk = sends_form(weighed().later(minutes=10).happens("timer", timer="score"))
    assert outcome_of(talk) == "completed"
    assert judged(talk, "failed").effects("alert") == []
    assert talk.happens("score_interview_done").effects("alert")


def test_a_stages_own_minimum_stands_before_the_shared_one() -> None:
    """By the gate of that stage."""
    own = ASKED.model_copy(update={"min_score": 70})
    talk = staged(own, FORM).says("We split the aisles in three.")
    assert "looking at your answers" in talk.reply
    assert outcome_of(judged(talk, "failed", stage_id="s1")) == "below_minimum"


@pytest.mark.parametrize(
    "talk",
    [
        lambda: weighed(pass_bar=None),
        lambda: weighed(enforce_knockouts=False),
        lambda: staged(CHAT, FORM, pass_bar=50).says("yes"),
        lambda: staged(ASKED.model_copy(update={"weight": 0}), FORM, pass_bar=50).says("We split the aisles."),
    ],
    ids=["no bar", "not enforced", "nothing scored", "no weight"],
)
def test_without_a_minimum_in_force_it_goes_on_at_once(talk: Any) -> None:
    assert FORM_LINK in talk().reply


def test_after_the_last_stage_no_score_is_waited_for() -> None:
    talk = staged(ASKED, pass_bar=50).says("We split the aisles in three.")
    assert outcome_of(talk) == "completed"


def test_who_objects_to_scoring_is_not_held() -> None:
    """A person reads it all; the score that comes late changes nothing."""
    talk = weighed()
    talk.language.understandings.append(Understanding(main=Intent.OBJECTION))
    talk.says("no machine shall score me")
    assert FORM_LINK in talk.reply
    assert judged(talk, "failed").replies == []


def test_who_writes_while_the_score_is_awaited_hears_that_we_look() -> None:
    talk = weighed().says("how much is the pay?")
    assert talk.reply.endswith("I'm still looking at your answers. I'll write here in a moment.")
    assert talk.effects("task") == []


def test_an_answer_that_is_put_right_meanwhile_is_scored_again() -> None:
    talk = weighed()
    part = {"message_id": "m9", "text": "sorry, we split them in four"}
    answer = {"question_id": "q3", "parts": [part], "is_correction": True}
    talk.language.understandings.append(Understanding.model_validate({"main": "answer", "answers": [answer]}))
    talk.says(part["text"])
    assert talk.effect("task")["name"] == "score_interview"


def test_a_score_that_comes_while_a_person_has_the_thread_waits_with_it() -> None:
    talk = judged(weighed().says("person"), "failed")
    assert talk.replies == []
    assert talk.memory["status"] == "paused"


# ---- tasks -------------------------------------------------------------------------------------------------


def at_task(*after: Stage, **fields: Any) -> Talk:
    return staged(CHAT, scenario_stage(**fields), *after).says("yes")


def test_a_task_is_announced_before_its_time_runs() -> None:
    """How long, how many messages, and how to begin; not the task itself."""
    talk = at_task()
    assert "10 minutes and up to 3 messages" in talk.reply
    assert "START" in talk.reply
    assert TASK.goal not in talk.reply
    talk.says("start")
    assert TASK.goal in talk.reply
    assert TASK.deliverable in talk.reply
    assert talk.effects("timer")[0]["name"] == "task"


def test_each_turn_is_a_round_until_they_say_done() -> None:
    """All of it is one answer; one neutral line a round."""
    talk = at_task().says("start").says(WORDS)
    assert talk.reply == "I've noted that. You can add to it. You have 2 messages and about 10 minutes left. " + (
        "Say DONE when you have finished."
    )
    talk.says("And I pay for the soup.").says("done")
    assert "I have your work on the task" in talk.reply
    kept = talk.effect("answer_saved")
    assert [part["text"] for part in kept["parts"]] == [WORDS, "And I pay for the soup."]
    assert (kept["stage_id"], kept["status"]) == ("s3", "answered")
    assert outcome_of(talk) == "completed"


def test_the_engines_own_line_is_used_when_it_has_one() -> None:
    talk = at_task().says("start")
    talk.language.follow_ups.append(FollowUp(text="What would you tell the kitchen?"))
    talk.says(WORDS)
    assert talk.reply.startswith("What would you tell the kitchen? You have 2 messages")


def test_it_ends_after_its_rounds() -> None:
    talk = at_task(max_rounds=2).says("start").says(WORDS).says("That is all I would do.")
    assert outcome_of(talk) == "completed"


def test_it_ends_when_its_time_is_over() -> None:
    """What was written so far is the answer; nothing written is no answer."""
    talk = at_task().says("start").says(WORDS).later(minutes=10).happens("timer", timer="task")
    assert "The time for the task is over" in talk.reply
    assert talk.effect("answer_saved")["status"] == "answered"
    empty = at_task().says("start").later(minutes=10).happens("timer", timer="task")
    assert empty.effect("answer_saved")["status"] == "skipped"


def test_words_that_come_as_the_time_ends_are_taken() -> None:
    talk = at_task().says("start").later(minutes=11)
    item = heard("event", "t1")
    talk.hears({**item, "payload": {"event": "timer", "timer": "task"}}, heard("text", "m77", WORDS))
    assert [part["text"] for part in talk.effect("answer_saved")["parts"]] == [WORDS]
    assert outcome_of(talk) == "completed"


def test_work_on_a_task_is_not_taken_for_wishes_or_answers() -> None:
    """A letter that asks and puts off is part of the work."""
    talk = at_task().says("start")
    letter = (
        "Dear guest, I am sorry. May I bring you a new soup? I will call you later about the bill. " + "Best wishes"
    )
    talk.language.understandings.append(Understanding(main=Intent.ANSWER, also=(Intent.LATER,), asked=(letter,)))
    talk.says(letter)
    assert talk.memory["status"] == "in_progress"
    assert talk.effect("answer_saved")["parts"][0]["text"] == letter


def test_what_an_engine_credits_in_a_task_answers_no_other_question() -> None:
    talk = at_task().says("start")
    part = {"message_id": "m9", "text": "No, I would not serve it."}
    credited = {"question_id": "q1", "parts": [part], "is_correction": True}
    talk.language.understandings.append(Understanding.model_validate({"main": "answer", "answers": [credited]}))
    talk.says(part["text"])
    assert talk.effect("answer_saved")["question_id"] == "s3.task"
    assert talk.memory["answers"]["q1"]["reading"]["value"] is True


def test_a_short_question_in_a_task_is_answered_and_costs_no_round() -> None:
    talk = at_task().says("start").says("how much is the pay?")
    assert "The pay is $19 an hour." in talk.reply
    assert TASK.goal in talk.reply
    assert talk.memory["stages"]["s3"]["rounds"] == 0


def test_who_stops_in_a_task_has_stopped() -> None:
    talk = at_task().says("start").says("stop")
    assert talk.memory["status"] == "ended"


def test_who_comes_back_to_a_task_after_a_pause_gets_its_time_again() -> None:
    talk = at_task().says("start").says("later").later(hours=5).happens("timer", timer="later")
    assert "about 10 minutes left" in talk.reply
    assert "task" in {timer["name"] for timer in talk.effects("timer")}


def test_a_task_can_be_left_out() -> None:
    talk = at_task().says("start").says("skip")
    assert talk.effect("answer_saved")["status"] == "skipped"
    assert outcome_of(talk) == "completed"


def test_a_task_is_weighed_before_what_comes_after() -> None:
    """Like any stage."""
    talk = staged(CHAT, TASK, FORM, pass_bar=50).says("yes").says("start").says(WORDS).says("done")
    assert "looking at your answers" in talk.reply


def test_memories_of_before_go_on() -> None:
    """What was stored without stages is read as none begun."""
    talk = staged(CHAT, FORM)
    for key in ("stages", "held"):
        talk.memory.pop(key)
    assert FORM_LINK in talk.says("yes").reply

"""Whole interviews, turn by turn, with a scripted engine."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from botapp.errors import Permanent
from botapp.graphs.running import run
from botapp.llm import FactReply, FollowUp, Intent, Understanding
from botapp.llm.tasks import CreditedAnswer
from botapp.screening.interview import Reading, ReadingStatus, SpokenPart
from botapp.screening.interviewer import DeliveryMode, FollowUps, Overview, Overviews, Question, QuestionKind
from tests.unit.graphs.talk import BUSY, LICENCE, NIGHTS, NOW, YEARS, graphs, heard, interview, joined, role


def understood(main: Intent, **fields: object) -> Understanding:
    return Understanding.model_validate({"main": main, **fields})


def test_the_first_message_says_who_asks_and_fits_two_segments() -> None:
    """Who, for what job, automated, a person reviews, how long, how to stop: before any question."""
    talk = joined()
    first, question = talk.replies
    assert len(first) <= 300
    for words in (
        "Maria",
        "Robin",
        "automated",
        "Night picker",
        "A person, Dana at Harbour Foods, reviews your answers.",
        "min",
        "STOP",
        "PERSON",
    ):
        assert words in first
    assert question == "Can you work night shifts?"
    assert [q.value for q in talk.turn.replies[1].quick_replies] == ["q1:yes", "q1:no"]
    assert talk.effect("interview_status")["status"] == "in_progress"
    assert {t["name"] for t in talk.effects("timer")} == {"expire", "reminder"}


def test_a_long_title_still_fits_two_segments() -> None:
    """The disclosure shortens the title, never its own promises."""
    talk = interview()
    long = talk.context.interviewer.model_copy(update={"title": "Night picker " * 15, "company": "Harbour " * 12})
    talk.context = replace(talk.context, interviewer=long)
    talk.happens("joined")
    assert len(talk.replies[0]) <= 300
    assert "STOP" in talk.replies[0]


def test_overviews_are_told_in_their_mode() -> None:
    """Exact word for word, summarised in short, reference and silent not at all."""
    talk = interview()
    told = Overviews(
        company=Overview(text="We bake bread.", mode=DeliveryMode.EXACT),
        job=Overview(text="You pick orders. " * 60, mode=DeliveryMode.SUMMARISED),
        process=Overview(text="Internal only.", mode=DeliveryMode.SILENT),
    )
    changed = talk.context.interviewer.model_copy(update={"overviews": told})
    talk.context = replace(talk.context, interviewer=changed)
    talk.happens("joined")
    assert talk.replies[1].startswith("We bake bread.")
    assert len(talk.replies[1]) < 300
    assert "Internal" not in "".join(talk.replies)


def test_joining_twice_says_nothing_twice() -> None:
    """A second tab that joins changes nothing."""
    assert joined().happens("joined").replies == []


def test_a_whole_interview_ends_with_what_comes_next() -> None:
    """One question a message, each answer acknowledged, then thanks, next steps and scoring."""
    talk = joined().presses("q1:yes")
    assert talk.reply == "Night shifts: yes. How long have you picked orders?"
    talk.says("2.5 years")
    assert talk.reply == "Two and a half years, noted. Tell me about a shift that got too busy."
    talk.says("We had a rush and I split the orders.")
    assert "last question" in talk.reply
    assert "Dana at Harbour Foods reads your answers" in talk.reply
    assert talk.effect("interview_status") == {
        "kind": "interview_status",
        "status": "completed",
        "outcome": "completed",
    }
    assert talk.effect("task") == {"kind": "task", "name": "score_interview", "payload": {"interview_id": "i1"}}
    assert talk.effects("cancel_timers")


def test_the_end_names_the_date_and_the_link() -> None:
    """By when, and where to go on, when the settings say so."""
    talk = joined(NIGHTS, answer_within_days=30, redirect_url="https://example.com/next").presses("q1:yes")
    assert "You will hear from us by 3 June." in talk.reply
    assert "https://example.com/next" in talk.reply


def test_an_unclear_answer_gets_one_clarification_then_a_person() -> None:
    """Asked once more in other words; after that a person decides and the interview goes on."""
    talk = joined(YEARS, NIGHTS).says("quite a while")
    assert "About how many years" in talk.reply
    talk.says("oh, long enough")
    assert talk.reply == "I'll leave that one for a person to read. Can you work night shifts?"
    assert talk.effect("answer_saved")["status"] == "needs_person"


def test_an_aside_after_a_clarification_does_not_use_it_up_twice() -> None:
    """The question of the clarification returns after the candidate's own; that it was unclear is said once."""
    talk = joined(YEARS, NIGHTS).says("quite a while")
    unclear, question = talk.reply.split(". ", 1)
    assert unclear == "I didn't catch how long"
    talk.says("What is the pay?")
    assert talk.reply == f"The pay is $19 an hour. {question}"
    assert talk.says("3").reply.startswith("Three years, noted.")


def test_a_refused_answer_is_recorded_and_not_pressed() -> None:
    """Declining is allowed."""
    talk = joined(YEARS, NIGHTS)
    talk.language.readings.append(Reading(status=ReadingStatus.REFUSED))
    talk.says("I'd rather not say")
    assert talk.effect("answer_saved")["status"] == "skipped"
    assert talk.reply.endswith("Can you work night shifts?")


def test_skip_moves_on() -> None:
    """A skipped question is not asked again."""
    talk = joined(YEARS, NIGHTS).says("skip")
    assert talk.effect("answer_saved")["status"] == "skipped"
    assert talk.reply == "That's fine, we can leave that one. Can you work night shifts?"


def test_several_answers_in_one_burst_are_all_credited() -> None:
    """None of them is asked again; one reply."""
    talk = joined(NIGHTS, YEARS, BUSY)
    credited = tuple(
        CreditedAnswer(question_id=q, parts=(SpokenPart(message_id="m2", text=text),))
        for q, text in (("q1", "yes"), ("q2", "3 years"))
    )
    talk.language.understandings.append(understood(Intent.ANSWER, answers=credited))
    talk.says("yes, 3 years")
    assert [e["question_id"] for e in talk.effects("answer_saved")] == ["q1", "q2"]
    assert talk.reply == "Night shifts: yes. Three years, noted. Tell me about a shift that got too busy."


def test_a_question_beside_an_answer_is_answered_and_the_next_one_asked() -> None:
    """Acknowledgement, fact, next question: one message."""
    talk = joined().says("yes", "And what is the pay?")
    assert talk.reply == "Night shifts: yes. The pay is $19 an hour. How long have you picked orders?"


def test_what_no_fact_answers_is_passed_on() -> None:
    """Said honestly, recorded, and the open question returns."""
    talk = joined().says("Is there parking?")
    assert talk.reply.startswith("I don't know that. I'll pass it on to Dana at Harbour Foods, who will answer you.")
    assert talk.reply.endswith("Can you work night shifts?")
    assert talk.effect("question_passed_on")["message_id"] == "m2"
    assert talk.effect("alert")["about"] == "question"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Are you a real person?", "automated assistant"),
        ("How many questions are left?", "3 questions are left"),
        ("Who reads this?", "Dana at Harbour Foods reads"),
        ("who are you?", "I'm Robin, an automated assistant"),
    ],
)
def test_questions_about_the_chat_are_answered_by_code(text: str, words: str) -> None:
    """Disclosure does not depend on an engine."""
    talk = joined().says(text)
    assert words in talk.reply
    assert "answer_candidate" not in talk.language.calls


def test_a_correction_amends_and_the_open_question_returns() -> None:
    """The answer is replaced, the change is logged, nothing is asked twice."""
    talk = joined().presses("q1:yes")
    part = SpokenPart(message_id="m3", text="Sorry, no nights")
    talk.language.understandings.append(
        understood(Intent.CORRECTION, answers=(CreditedAnswer(question_id="q1", parts=(part,), is_correction=True),))
    )
    talk.says("Sorry, no nights")
    assert talk.effect("answer_saved")["reading"]["value"] is False
    assert talk.effect("event") == {"kind": "event", "name": "answer_corrected", "data": {"question_id": "q1"}}
    assert talk.reply == "Night shifts: no. How long have you picked orders?"


def test_the_same_button_again_is_ignored_quietly() -> None:
    """Two tabs, one answer."""
    talk = joined().presses("q1:yes").presses("q1:yes")
    assert talk.replies == []
    assert talk.effects("answer_saved") == []


def test_another_button_of_an_answered_question_corrects_it() -> None:
    """A button that differs is a correction."""
    talk = joined().presses("q1:yes").presses("q1:no")
    assert talk.effect("answer_saved")["reading"]["value"] is False


def test_buttons_need_no_understanding() -> None:
    """A pressed button is exact."""
    assert joined().presses("q1:yes").language.calls == ["read_answer"]


def test_a_follow_up_is_asked_within_the_maximum() -> None:
    """One follow-up, then the answer stands."""
    talk = joined(BUSY, NIGHTS)
    talk.language.follow_ups.extend([FollowUp(text="What did you do first?"), FollowUp(text="And then?")])
    talk.says("It was a rush with 40 orders an hour.")
    assert talk.reply == "Thank you, noted. What did you do first?"
    talk.says("I asked for help.")
    assert talk.reply.endswith("Can you work night shifts?")
    saved = talk.effects("answer_saved")[-1]
    assert saved["status"] == "answered"
    assert saved["follow_ups"] == ["What did you do first?"]
    assert [part["message_id"] for part in saved["parts"]] == ["m2", "m3"]


def test_the_minimum_of_follow_ups_is_kept_without_an_engine_idea() -> None:
    """When one must be asked and the engine has none, a neutral one is asked."""
    must = BUSY.model_copy(update={"follow_ups": FollowUps(min=1, max=1)})
    talk = joined(must, NIGHTS).says("It was a rush.")
    assert "example" in talk.reply
    assert talk.says("One night I did it all.").reply.endswith("Can you work night shifts?")


def test_a_follow_up_returns_after_an_aside() -> None:
    """The follow-up, not the whole question, comes back."""
    talk = joined(BUSY, NIGHTS)
    talk.language.follow_ups.append(FollowUp(text="What did you do first?"))
    talk.says("It was a rush.").says("What is the pay?")
    assert talk.reply == "The pay is $19 an hour. What did you do first?"


def test_a_clear_no_to_a_must_have_ends_kindly_and_is_scored_all_the_same() -> None:
    """Honest, a person reviews, what happens next."""
    talk = joined(LICENCE, NIGHTS).says("no")
    assert "forklift licence" in talk.reply
    assert "Dana at Harbour Foods reads your answers" in talk.reply
    assert talk.effect("interview_status")["outcome"] == "knocked_out"
    assert talk.effect("task")["name"] == "score_interview"


def test_an_unclear_must_have_never_ends_the_interview() -> None:
    """Clarified once, then a person decides."""
    talk = joined(LICENCE, NIGHTS).says("hm").says("hm, well")
    assert talk.effect("answer_saved")["status"] == "needs_person"
    assert talk.reply.endswith("Can you work night shifts?")


def test_must_haves_that_are_not_enforced_go_on() -> None:
    """Noted, nobody turned away."""
    talk = joined(LICENCE, NIGHTS, enforce_knockouts=False).says("no")
    assert talk.reply.endswith("Can you work night shifts?")


def test_a_private_reason_goes_to_a_person_not_to_a_rule() -> None:
    """Health behind a no is never decided by rule."""
    talk = joined(LICENCE, NIGHTS)
    talk.language.readings.append(Reading(status=ReadingStatus.CLEAR, value=False, needs_person=True))
    talk.says("no, because of my epilepsy")
    assert talk.effect("answer_saved")["status"] == "needs_person"
    assert talk.effects("interview_status") == []


def test_stop_ends_kindly_and_only_start_resumes() -> None:
    """One confirmation, one line, then silence, until START."""
    talk = joined().says("stop")
    assert "kept" in talk.reply and "START" in talk.reply
    assert talk.effect("interview_status") == {"kind": "interview_status", "status": "ended", "outcome": "stopped"}
    assert talk.effects("cancel_timers")
    assert "START" in talk.says("thank you").reply
    assert talk.says("bye").replies == []
    talk.says("start")
    assert talk.reply == "Welcome back. Let's go on. Can you work night shifts?"
    assert talk.effect("interview_status")["status"] == "in_progress"


@pytest.mark.parametrize(
    ("main", "outcome"), [(Intent.NOT_INTERESTED, "not_interested"), (Intent.WRONG_PERSON, "wrong_person")]
)
def test_other_ways_to_leave(main: Intent, outcome: str) -> None:
    """No interest and the wrong person end it with a word each."""
    talk = joined()
    talk.language.understandings.append(understood(main))
    assert talk.says("no thanks").effect("interview_status")["outcome"] == outcome


def test_a_person_is_called_and_the_interview_waits_for_them() -> None:
    """Paused, alerted, later texts passed on and acknowledged once, until handed back."""
    talk = joined().says("person")
    assert "Dana at Harbour Foods" in talk.reply
    assert talk.effect("alert")["about"] == "person_requested"
    assert talk.effect("interview_status")["status"] == "paused"
    assert "passed that on" in talk.says("It is about the shifts").reply
    assert talk.says("still there").replies == []
    assert talk.effect("event")["name"] == "message_for_person"
    assert (
        talk.happens("person_reply", text="Shifts start at 22:00.", by="Dana").reply == "Dana: Shifts start at 22:00."
    )
    assert talk.happens("handed_back").reply.endswith("Can you work night shifts?")
    assert talk.presses("q1:yes").reply.endswith("How long have you picked orders?")


@pytest.mark.parametrize("main", [Intent.DISTRESS, Intent.ACCOMMODATION])
def test_distress_and_accommodation_pause_with_care(main: Intent) -> None:
    """A caring fixed reply, a pause, an alert."""
    talk = joined()
    talk.language.understandings.append(understood(main))
    talk.says("...")
    assert talk.memory["status"] == "paused"
    assert talk.effect("alert")["about"] == "person_requested"
    assert ("988" in talk.reply) is (main is Intent.DISTRESS)


def test_later_sets_a_timer_and_comes_back_by_itself() -> None:
    """Says when, keeps the answers, returns with the open question."""
    talk = joined()
    talk.language.understandings.append(understood(Intent.LATER, when="tomorrow at 6"))
    talk.says("can we do this tomorrow at 6")
    assert "tomorrow at 18:00" in talk.reply and "kept" in talk.reply
    assert talk.effect("timer")["due_at"] == datetime(2026, 5, 5, 18, 0, tzinfo=UTC).isoformat()
    talk.later(hours=32).happens("timer", timer="later")
    assert talk.reply == "Hello Maria, here we are again. Can you work night shifts?"
    assert talk.memory["status"] == "in_progress"


def test_who_asked_for_later_may_come_back_earlier() -> None:
    """Their answer counts at once; the timer then stays silent."""
    talk = joined().says("later")
    assert talk.says("yes").reply.startswith("Night shifts: yes.")
    assert talk.happens("timer", timer="later").replies == []


def test_reminders_come_twice_then_the_interview_expires() -> None:
    """A day of silence each, two in all; then the time to complete runs out."""
    talk = joined().later(hours=24).happens("timer", timer="reminder")
    assert talk.reply.startswith("Hello Maria, one question about the job ")
    assert talk.reply.endswith(" is open.\n\nCan you work night shifts?")
    assert talk.effect("timer")["due_at"] == (NOW + timedelta(hours=48)).isoformat()
    talk.later(hours=24).happens("timer", timer="reminder")
    assert "last reminder" in talk.reply
    assert [t["name"] for t in talk.effects("timer")] == ["stalled"]
    assert talk.happens("timer", timer="reminder").replies == []
    talk.later(days=5).happens("timer", timer="expire")
    assert "over" in talk.reply
    assert talk.effect("interview_status") == {"kind": "interview_status", "status": "expired", "outcome": "expired"}
    assert "closed" in talk.says("yes").reply


def test_a_reminder_that_crosses_an_answer_says_nothing() -> None:
    """Both in one turn: only the answer is answered."""
    talk = joined().hears(heard("event", "t1", event="timer", timer="reminder"), heard("text", "m9", "yes"))
    assert talk.reply == "Night shifts: yes. How long have you picked orders?"


@pytest.mark.parametrize(
    ("main", "start"),
    [
        (Intent.GREETING, "Hello, good to hear from you."),
        (Intent.NOISE, "I didn't get any text there."),
        (Intent.INJECTION, "I can't do that here."),
        (Intent.START, "Good, let's go on."),
    ],
)
def test_asides_lead_back_to_the_open_question(main: Intent, start: str) -> None:
    """One short line, then the same question; nothing counts as an answer."""
    talk = joined()
    talk.language.understandings.append(understood(main))
    talk.says("?")
    assert talk.reply == f"{start} Can you work night shifts?"
    assert talk.effects("answer_saved") == []


def test_abuse_gets_one_calm_line() -> None:
    """No question, no lecture."""
    talk = joined()
    talk.language.understandings.append(understood(Intent.ABUSE))
    assert talk.says("...").reply.startswith("Let's keep this civil.")


def test_repeat_says_it_more_plainly() -> None:
    """The question and what kind of answer is enough; the prompt to return to stays as it was."""
    talk = joined().says("what do you mean?")
    assert talk.reply.endswith("Can you work night shifts? A yes or a no is enough.")
    assert talk.memory["prompt"] == "Can you work night shifts?"


def test_an_objection_is_kept_and_nothing_is_scored() -> None:
    """Answers stay, a person is told, the end asks for no score."""
    talk = joined(NIGHTS)
    talk.language.understandings.append(understood(Intent.OBJECTION))
    talk.says("I don't want a machine to score me")
    assert talk.effect("alert")["about"] == "scoring_objected"
    talk.presses("q1:yes")
    assert talk.effect("task")["payload"] == {"interview_id": "i1", "unscored": True}
    talk.happens("score_interview_done")
    assert "asked not to be scored" in talk.effect("alert")["message"]["text"]


def test_after_the_end_facts_are_answered_and_nothing_is_asked() -> None:
    """Questions yes, questions of ours no; other words get one line, once."""
    talk = joined(NIGHTS).presses("q1:yes")
    assert talk.says("What is the pay?").reply == "The pay is $19 an hour."
    assert "finished" in talk.says("thanks").reply
    assert talk.says("ok").replies == []


def test_a_correction_after_the_end_is_amended_and_scored_again() -> None:
    """Nothing is lost because it came late."""
    talk = joined(NIGHTS).presses("q1:yes").presses("q1:no")
    assert talk.effect("answer_saved")["reading"]["value"] is False
    assert talk.effect("task")["name"] == "score_interview"
    assert talk.reply == "Night shifts: no."
    assert talk.effects("interview_status") == []


def test_the_finished_score_becomes_an_alert_and_no_message() -> None:
    """Role, name, score with coverage, gates, link; to the team alone."""
    talk = joined(NIGHTS).presses("q1:yes")
    headline = {"overall": 72.4, "answered": 5, "counted": 6, "gates": [{"name": "Licence", "outcome": "passed"}]}
    talk.context = replace(talk.context, scorecard_ready=headline)
    talk.happens("score_interview_done")
    text = talk.effect("alert")["message"]["text"]
    for words in ("Maria Lopez", "Night picker", "72, from 5 of 6", "Licence: yes", "https://bot.example"):
        assert words in text
    assert talk.replies == []


def test_a_very_long_message_is_kept_whole() -> None:
    """20,000 characters are one answer."""
    long = "word " * 4000
    talk = joined(BUSY, NIGHTS).says(long)
    assert talk.effects("answer_saved")[0]["parts"][0]["text"] == long


def test_asides_do_not_make_the_memory_grow() -> None:
    """Turn 500 costs what turn 5 costs."""
    talk = joined()
    for _ in range(5):
        talk.says("What is the pay?")
    early = len(json.dumps(talk.memory))
    for _ in range(60):
        talk.says("What is the pay?", "Is there parking?")
    assert len(json.dumps(talk.memory)) == early


def test_an_answer_amended_for_ever_stays_bounded() -> None:
    """The first message and the latest ones are kept."""
    talk = joined(BUSY, NIGHTS).says("The first words.")
    for number in range(40):
        part = SpokenPart(message_id=f"x{number}", text=f"more {number}")
        answer = CreditedAnswer(question_id="q3", parts=(part,), is_correction=True)
        talk.language.understandings.append(understood(Intent.CORRECTION, answers=(answer,)))
        talk.says("more")
    parts = talk.effect("answer_saved")["parts"]
    assert len(parts) == 20
    assert parts[0]["text"] == "The first words."


def test_memory_that_is_not_ours_is_refused() -> None:
    """Unknown fields are an error, not a guess."""
    with pytest.raises(Permanent):
        run(graphs()["interview"], {"version": 1, "mood": "fine"}, [], interview().context)


def test_progress_names_each_node_as_it_begins() -> None:
    """The status line hears the steps in order."""
    seen: list[str] = []
    talk = interview()
    outcome = run(graphs()["interview"], talk.memory, [heard("event", "e", event="joined")], talk.context, seen.append)
    assert seen == outcome.path == ["welcome", "ask_next"]


def test_choice_options_become_buttons_or_words() -> None:
    """Few options are buttons; many stand in the text."""
    few = Question(id="c1", kind=QuestionKind.CHOICE, text="Which shift?", options=("Day", "Night"))
    many = few.model_copy(update={"id": "c2", "options": tuple("ABCDEFGH")})
    talk = joined(few, many)
    assert [q.value for q in talk.turn.replies[-1].quick_replies] == ["c1:Day", "c1:Night"]
    assert "A; B; C" in talk.presses("c1:Night").reply


def test_an_unknown_answer_from_the_facts_engine_is_not_shown_twice() -> None:
    """Two unknown questions in one burst: one honest line, both recorded."""
    talk = joined()
    talk.language.replies.extend([FactReply(text=None), FactReply(text=None)])
    talk.says("Is there parking?", "Is there a canteen?")
    assert talk.reply.count("I don't know that") == 1
    assert [e["text"] for e in talk.effects("question_passed_on")] == ["Is there parking?", "Is there a canteen?"]


def test_switched_off_stages_are_not_asked() -> None:
    """Only what is enabled runs."""
    talk = interview()
    first = role(NIGHTS).stages[0]
    off = first.model_copy(update={"id": "s0", "enabled": False, "questions": (YEARS,)})
    stages = (off, first)
    talk.context = replace(talk.context, interviewer=talk.context.interviewer.model_copy(update={"stages": stages}))
    assert talk.happens("joined").replies[-1] == "Can you work night shifts?"


def test_words_before_joining_still_get_the_disclosure_first() -> None:
    """Nobody is asked anything before they know who asks; their first words are no answer."""
    talk = interview().says("ok")
    assert "automated" in talk.replies[0]
    assert talk.replies[-1].endswith("Can you work night shifts?")
    assert talk.effects("answer_saved") == []


def test_invisible_text_is_no_answer_and_needs_no_engine() -> None:
    """Zero-width characters alone."""
    talk = joined().says("\u200b\u2060 \u202e")
    assert talk.reply.startswith("I didn't get any text there.")
    assert talk.language.calls == []


def test_a_question_beside_a_knockout_is_answered_before_the_end() -> None:
    """Nothing a candidate asks is dropped."""
    talk = joined(LICENCE, NIGHTS).says("no", "What is the pay?")
    assert "The pay is $19 an hour." in talk.reply
    assert talk.effect("interview_status")["outcome"] == "knocked_out"


def test_who_objects_to_machines_is_not_knocked_out_by_one() -> None:
    """The rule is left to a person."""
    talk = joined(LICENCE, NIGHTS)
    talk.language.understandings.append(understood(Intent.OBJECTION))
    talk.says("no machines please").says("no")
    assert talk.reply.endswith("Can you work night shifts?")


def test_an_answer_and_a_call_for_a_person_in_one_burst_are_both_heard() -> None:
    """The answer is kept, then the interview waits."""
    talk = joined()
    part = SpokenPart(message_id="m2", text="yes")
    answers = (CreditedAnswer(question_id="q1", parts=(part,)),)
    talk.language.understandings.append(understood(Intent.ANSWER, also=(Intent.HUMAN,), answers=answers))
    talk.says("yes", "can I talk to someone")
    assert talk.effects("answer_saved")[0]["status"] == "answered"
    assert talk.memory["waiting_for"] == "person"


def test_later_beyond_the_time_to_complete_extends_it() -> None:
    """Who names a day is not cut off before it."""
    talk = joined(days_to_complete=2)
    talk.language.understandings.append(understood(Intent.LATER, when="in 10 days"))
    talk.says("in 10 days")
    due = {timer["name"]: timer["due_at"] for timer in talk.effects("timer")}
    assert due["expire"] > due["later"]


def test_the_waiting_may_be_ended_by_the_candidate() -> None:
    """CONTINUE goes on, STOP stops; distress waits for a person."""
    assert joined().says("person").says("continue").reply.endswith("Can you work night shifts?")
    assert joined().says("person").says("stop").memory["status"] == "ended"
    talk = joined()
    talk.language.understandings.append(understood(Intent.DISTRESS))
    assert talk.says("...").says("continue").memory["status"] == "paused"


def test_who_writes_as_the_time_runs_out_gets_a_day() -> None:
    """The answer counts; the interview is not closed over it."""
    talk = joined().later(days=7)
    talk.hears(heard("event", "t1", event="timer", timer="expire"), heard("text", "m9", "yes"))
    assert talk.reply == "Night shifts: yes. How long have you picked orders?"
    assert talk.effects("timer")[0]["due_at"] == (NOW + timedelta(days=8)).isoformat()


def test_an_objection_after_the_end_takes_the_scores_back() -> None:
    """It counts whenever it is said."""
    talk = joined(NIGHTS).presses("q1:yes")
    talk.language.understandings.append(understood(Intent.OBJECTION))
    talk.says("I don't want a machine to score me")
    assert talk.effect("task")["payload"]["unscored"] is True
    assert "won't be scored" in talk.reply


def test_what_comes_next_is_known_without_a_fact() -> None:
    """The candidate is told what happens after the end, not that nobody knows."""
    talk = joined(NIGHTS).presses("q1:yes").says("When will I hear back?")
    assert talk.reply == (
        "Dana at Harbour Foods reads your answers and writes to you about what comes next. "
        "You will hear from us by 11 May."
    )
    assert talk.effects("question_passed_on") == []


def test_coming_back_from_later_is_no_answer() -> None:
    """ "I'm back" returns to the question."""
    talk = joined().says("later").says("I'm back")
    assert talk.reply == "Good, let's go on. Can you work night shifts?"
    assert talk.effects("answer_saved") == []

"""Interviews by text message, turn by turn: invited, joined by a code, stopped, put off, with files."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from botapp.engines.rules import RulesLanguage
from botapp.graphs.interview.opening import disclosure, invitation, invitation_again
from botapp.policy.first_message import missing_in_first_message
from botapp.policy.opt_out import stopped_text
from botapp.screening.interviewer import DeliveryMode, Overview, Overviews
from botapp.screening.segments import count_segments
from tests.unit.graphs.talk import BUSY, LICENCE, NIGHTS, NOW, YEARS, Talk, heard, interview, invited, texted

START = "Thank you, let's start."


def phone(*questions: Any, **fields: Any) -> Talk:
    """Invited, with the rules engine."""
    return invited(*questions, language=RulesLanguage(), **fields)


def with_file(ident: str, text: str = "", kind: str = "application/pdf") -> Any:
    return heard("text", ident, text, media=[{"url": "x", "type": kind, "name": "cv"}])


def with_role(talk: Talk, **changes: Any) -> Talk:
    talk.context = replace(talk.context, interviewer=talk.context.interviewer.model_copy(update=changes))
    return talk


def test_an_invitation_is_one_message_of_two_segments_and_then_silence() -> None:
    """Who asks, for which job, how long, that a person reviews, how to start, STOP and HELP."""
    talk = invited()
    assert talk.reply == (
        "Hello Maria, I'm Robin, an automated assistant for Harbour Foods. It's about the job Night picker. "
        "3 questions, about 3 min. A person on the hiring team reviews your answers. "
        "Reply YES to start. STOP ends, HELP helps."
    )
    assert count_segments(talk.reply).count <= 2
    assert missing_in_first_message(talk.reply, "Harbour Foods") == ()
    assert {t["name"]: t["due_at"] for t in talk.effects("timer")} == {
        "reminder": (NOW + timedelta(hours=24)).isoformat(),
        "expire": (NOW + timedelta(days=7)).isoformat(),
    }
    assert talk.effects("interview_status") == []
    assert talk.memory["status"] == "invited"
    assert talk.happens("invited").replies == []


@pytest.mark.parametrize(
    ("name", "title", "company"),
    [
        ("Maria Lopez", "Night picker " * 14, "Harbour Foods"),
        ("Łukasz Żak", "Kierowca wózka - zmiana nocna", "Harbour Foods"),
        ("Zoë", "Caissière \u201cde nuit\u201d \u2013 Genève", "Boulangerie Dupré"),
        ("", "Night picker", "Harbour Foods"),
        ("Maximiliane-Theodora von und zu", "Senior warehouse operations coordinator, night shift", "Harbour Foods"),
    ],
)
def test_every_first_message_fits_two_segments_whatever_the_names(name: str, title: str, company: str) -> None:
    """The title gives way; the employer, STOP and HELP never do."""
    context = with_role(texted(name=name), title=title.strip(), company=company).context
    for text in (disclosure(context), invitation(context), invitation_again(context)):
        assert count_segments(text).count <= 2, text
        assert count_segments(text).encoding == "GSM-7", text
    for text in (disclosure(context), invitation(context)):
        assert missing_in_first_message(text, company) == (), text


@pytest.mark.parametrize("words", ["YES", "ok", "Sure, let's go", "Hi", "y", "start", "👍"])
def test_the_first_words_start_it_without_a_second_introduction(words: str) -> None:
    """A short line and the first question: one message."""
    talk = phone().says(words)
    assert talk.reply == f"{START} Can you work night shifts?"
    assert talk.effect("interview_status")["status"] == "in_progress"
    assert talk.memory["answers"] == {}


def test_what_they_answer_at_once_counts() -> None:
    """Nothing is asked that was said."""
    talk = phone().says("Yes I can work nights")
    assert talk.reply == f"{START} Night shifts: yes. How long have you picked orders?"


def test_overviews_are_told_before_the_first_question() -> None:
    """What the employer wants told word for word is told by text too."""
    talk = phone()
    with_role(talk, overviews=Overviews(job=Overview(text="Shifts begin at 10 pm.", mode=DeliveryMode.EXACT)))
    assert talk.says("yes").replies == ["Shifts begin at 10 pm.", f"{START} Can you work night shifts?"]


@pytest.mark.parametrize("words", ["no", "No thanks", "nope", "not interested", "I already have a job"])
def test_a_no_to_the_invitation_ends_it_kindly(words: str) -> None:
    """It is no opt-out: the employer may write about something else."""
    talk = phone().says(words)
    assert talk.memory["outcome"] == "not_interested"
    assert talk.effects("opted_out") == []
    assert "won't write again" in talk.reply


def test_a_question_first_is_answered_and_nothing_starts() -> None:
    """How to start is said again; the reminder stays one."""
    talk = phone().says("How much does it pay?")
    assert talk.reply == "The pay is $19 an hour. Reply YES when you want to start."
    assert talk.memory["status"] == "invited"
    assert talk.says("ok yes").reply == f"{START} Can you work night shifts?"


def test_a_yes_with_a_question_starts_and_answers() -> None:
    """Both were said."""
    assert phone().says("yes, what does it pay?").reply == (
        f"{START} The pay is $19 an hour. Can you work night shifts?"
    )


def test_who_is_this_is_answered_by_code() -> None:
    """Disclosure does not wait for a yes."""
    assert "automated assistant" in phone().says("who is this").reply


def test_a_silent_invitation_is_repeated_once_and_runs_out_in_silence() -> None:
    """One reminder in all."""
    talk = phone().later(hours=24).happens("timer", timer="reminder")
    assert talk.reply.startswith("Hello Maria, I'm Robin, an automated assistant for Harbour Foods.")
    assert "Reply YES to start" in talk.reply
    assert talk.happens("timer", timer="reminder").replies == []
    talk.later(days=6).happens("timer", timer="expire")
    assert talk.replies == []
    assert talk.effect("interview_status")["status"] == "expired"


def test_later_before_the_start_asks_again_at_that_time() -> None:
    """Nothing has begun, so nothing is said to be kept, and no status changes."""
    talk = phone().says("tomorrow at 6 mountain time")
    assert talk.effect("zone_learned") == {"kind": "zone_learned", "zone": "America/Denver", "source": "words"}
    due = next(t["due_at"] for t in talk.effects("timer") if t["name"] == "later")
    assert datetime.fromisoformat(due).astimezone(UTC) == datetime(2026, 5, 6, 0, 0, tzinfo=UTC)
    assert talk.reply == "No problem. I'll write again tomorrow at 6:00 pm MT. Reply YES to start earlier."
    assert talk.effects("interview_status") == []
    talk.later(days=1).happens("timer", timer="later")
    assert "Reply YES to start" in talk.reply
    assert talk.says("yes").reply.startswith(START)


def test_a_place_is_learned_whenever_it_is_said() -> None:
    """From their own words."""
    talk = phone().says("yes").says("By the way, I'm in Denver")
    assert talk.effect("zone_learned")["zone"] == "America/Denver"


@pytest.mark.parametrize("words", ["wrong number", "This isn't Maria", "I'm not Maria", "there is no Maria here"])
def test_a_number_that_changed_hands_is_let_go(words: str) -> None:
    """One apology, and the pipeline forgets the number."""
    talk = phone().says(words)
    assert talk.effects("changed_hands")
    assert talk.memory["outcome"] == "wrong_person"
    assert "mix-up" in talk.reply


@pytest.mark.parametrize(
    "words", ["take me off your list", "leave me alone", "lose my number", "I don't want these texts any more"]
)
def test_a_stop_in_free_words_opts_the_number_out(words: str) -> None:
    """One confirmation of one segment, before the start and under way."""
    for talk in (phone().says(words), phone().says("yes").says(words)):
        assert talk.effects("opted_out")
        assert talk.reply == stopped_text("Harbour Foods")
        assert count_segments(talk.reply).count == 1
        assert talk.memory["outcome"] == "stopped"


def test_a_stop_that_wants_no_answer_gets_none() -> None:
    """Obeyed in silence."""
    talk = phone().says("leave me alone and don't text me back")
    assert talk.effects("opted_out")
    assert talk.replies == []


def test_a_bare_stop_was_confirmed_when_it_came_in() -> None:
    """The rule's confirmation is the only one."""
    talk = phone().says("STOP")
    assert talk.replies == []
    assert talk.effects("opted_out") == []
    assert talk.memory["outcome"] == "stopped"


def test_a_wish_to_be_deleted_is_confirmed_in_one_segment() -> None:
    """And passed on."""
    talk = phone().says("yes").says("leave me alone and delete my data")
    assert count_segments(talk.reply).count == 1
    assert "deleted is passed on" in talk.reply
    assert talk.effects("opted_out") and talk.effects("alert")


def test_start_after_an_opt_out_goes_on_without_a_second_greeting() -> None:
    """The word itself was answered by rule; the open question returns."""
    talk = phone().says("yes").says("STOP").says("START")
    assert talk.reply == "Can you work night shifts?"
    assert talk.effect("interview_status")["status"] == "in_progress"


def test_stopping_on_the_web_opts_nobody_out() -> None:
    """There a stop is the end of this interview."""
    talk = interview(language=RulesLanguage()).happens("joined").says("stop texting me")
    assert talk.effects("opted_out") == [] and talk.memory["outcome"] == "stopped"


def test_joining_by_code_is_welcomed_with_help_and_asked_for_a_name() -> None:
    """First who we are, then who they are, then the first question."""
    talk = texted(name="", language=RulesLanguage()).happens("joined")
    first, ask = talk.replies
    assert "STOP to end, HELP for help" in first and first.startswith("Hello, I'm Robin")
    assert missing_in_first_message(first, "Harbour Foods") == ()
    assert count_segments(first).count <= 2
    assert ask == "First, what is your name?"
    talk.says("maria lopez")
    assert talk.effect("candidate_named")["name"] == "Maria Lopez"
    assert talk.reply == "Thank you, Maria. Can you work night shifts?"


def test_a_name_is_asked_for_twice_at_most() -> None:
    """After that it goes on without one."""
    talk = texted(name="", language=RulesLanguage()).happens("joined").says("what for?")
    assert talk.reply.endswith("What may I call you? A first name is enough.")
    talk.says("12345")
    assert talk.effects("candidate_named") == []
    assert talk.reply == "Can you work night shifts?"


def test_a_stop_instead_of_a_name_is_a_stop() -> None:
    """Nobody is called that."""
    talk = texted(name="", language=RulesLanguage()).happens("joined").says("leave me alone")
    assert talk.memory["outcome"] == "stopped"


@pytest.mark.parametrize("event", ["joined", ""])
def test_who_can_not_start_is_told_why_once(event: str) -> None:
    """Closed or full: nothing begins, a stop is still a stop."""
    full = "All interviews for this job are taken at the moment."
    talk = texted(refusal=full, language=RulesLanguage())
    talk = talk.happens(event) if event else talk.says("hi")
    assert talk.reply == full
    assert talk.memory["status"] == "invited"
    assert talk.says("please").replies == []
    assert talk.says("leave me alone").effects("opted_out")


def test_an_invited_person_who_comes_too_late_is_told_why() -> None:
    """The invitation was honest when it was written."""
    talk = phone(refusal="This job is closed.").says("YES")
    assert talk.reply == "This job is closed."
    assert talk.effects("interview_status") == []


def test_a_file_alone_is_kept_and_said_so() -> None:
    """The question returns; nothing is taken for an answer."""
    talk = phone().says("yes").hears(with_file("f1"))
    assert talk.reply.startswith("I've kept your file, and a person can open it.")
    assert talk.reply.endswith("Can you work night shifts?")
    assert talk.effects("answer_saved") == []
    picture = talk.hears(with_file("f2", kind="image/jpeg"))
    assert picture.reply.startswith("I can't read pictures. If it is a document, please send it as a PDF.")


def test_words_beside_a_file_are_answered_as_always() -> None:
    """Both are taken."""
    talk = phone(YEARS, NIGHTS).says("yes").hears(with_file("f1", "3 years"))
    assert talk.effect("answer_saved")["question_id"] == "q2"
    assert talk.reply.startswith("I've kept your file") and talk.reply.endswith("Can you work night shifts?")


def test_a_file_does_not_start_an_interview() -> None:
    """How to start is said."""
    talk = phone().hears(with_file("f1"))
    assert talk.reply.endswith("Reply YES when you want to start.")
    assert talk.memory["status"] == "invited"


def test_a_file_on_the_web_is_no_empty_message() -> None:
    """A page's upload without words alike."""
    talk = interview(NIGHTS, language=RulesLanguage()).happens("joined").hears(with_file("f1"))
    assert "didn't get any text" not in talk.reply


def test_a_person_can_be_asked_for_before_the_start() -> None:
    """It waits, as always."""
    talk = phone().says("can I talk to a real person?")
    assert talk.memory["waiting_for"] == "person"


def test_a_whole_interview_by_text() -> None:
    """One question a message, to the end."""
    talk = phone(NIGHTS, LICENCE, BUSY).says("Yes").says("yes").says("yes I do")
    assert talk.reply.endswith("Tell me about a shift that got too busy.")


def test_the_code_again_brings_the_open_question_back() -> None:
    """Under way, put off, or waiting for a person."""
    talk = phone().says("yes").happens("joined", again=True)
    assert talk.reply == "Welcome back. Let's go on. Can you work night shifts?"
    talk.says("later").happens("joined", again=True)
    assert talk.effect("interview_status")["status"] == "in_progress"
    assert talk.reply.endswith("Can you work night shifts?")
    talk.says("can I talk to a person").happens("joined", again=True)
    assert talk.memory["waiting_for"] == "person" and "will answer you here" in talk.reply

"""A person in the thread: taken over, written in, handed back, decided; promises, reminders, alerts by choice."""

from datetime import UTC, datetime, timedelta

import pytest

from botapp.graphs.interview.dates import day_words
from botapp.graphs.interview.ways import Way, way_chosen
from botapp.llm import Intent, Understanding
from botapp.screening.interviewer import AlertKind
from tests.unit.graphs.talk import LICENCE, NIGHTS, NOW, Talk, heard, joined

ALL = tuple(AlertKind)


def understood(main: Intent, **fields: object) -> Understanding:
    return Understanding.model_validate({"main": main, **fields})


def finished(**settings: object) -> Talk:
    """One question, answered."""
    return joined(NIGHTS, **settings).presses("q1:yes")


def test_a_person_takes_over_and_hands_back_without_losing_the_place() -> None:
    """Told once who writes; their words go to the person; the open question returns once."""
    talk = joined().happens("taken_over", by="Dana")
    assert "Dana from Harbour Foods" in talk.reply
    assert talk.memory["status"] == "paused" and talk.effect("interview_status")["outcome"] == "taken_over"
    assert talk.happens("taken_over", by="Dana").replies == []
    assert talk.happens("person_reply", by="Dana", text="Which site suits you?").reply == "Which site suits you?"
    assert talk.says("the one in Newport").replies == []
    assert talk.effect("alert")["about"] == "wrote_to_person"
    assert "Newport" in talk.effect("alert")["message"]["text"]
    assert talk.happens("handed_back", by="Dana").reply.endswith("Can you work night shifts?")
    assert talk.memory["status"] == "in_progress" and talk.memory["taken_by"] == ""
    assert talk.happens("handed_back", by="Dana").replies == []
    assert talk.presses("q1:yes").reply.endswith("How long have you picked orders?")


def test_a_colleague_may_take_over_from_a_colleague() -> None:
    talk = joined().happens("taken_over", by="Dana").happens("taken_over", by="Lee")
    assert "Lee from Harbour Foods" in talk.reply
    assert talk.happens("handed_back", by="Lee").reply.endswith("Can you work night shifts?")


@pytest.mark.parametrize("rang", [False, True])
def test_who_asked_for_later_is_asked_later_all_the_same(rang: bool) -> None:
    """Unless that time came while a person wrote."""
    talk = joined()
    talk.language.understandings.append(understood(Intent.LATER, when="tomorrow at 6"))
    talk.says("tomorrow at 6").happens("taken_over", by="Dana")
    if rang:
        assert talk.later(hours=33).happens("timer", timer="later").replies == []
    talk.happens("handed_back", by="Dana")
    assert ("Can you work night shifts?" in talk.reply) is rang
    assert (talk.memory["waiting_for"] == "later") is not rang


@pytest.mark.parametrize(
    ("main", "status", "about"),
    [(Intent.STOP, "ended", "opted_out"), (Intent.DISTRESS, "paused", "person_requested")],
)
def test_a_stop_and_distress_are_heard_while_a_person_writes(main: Intent, status: str, about: str) -> None:
    talk = joined().happens("taken_over", by="Dana")
    talk.language.understandings.append(understood(main))
    talk.says("...")
    assert talk.memory["status"] == status
    assert talk.effect("alert")["about"] == about


@pytest.mark.parametrize("first", ["taken_over", "person"])
def test_a_no_to_scoring_counts_at_any_time(first: str) -> None:
    talk = joined().happens("taken_over", by="Dana") if first == "taken_over" else joined().says("person")
    talk.language.understandings.append(understood(Intent.OBJECTION))
    talk.says("I don't want a machine to score me")
    assert talk.memory["unscored"]
    assert talk.effect("alert")["about"] == "scoring_objected"


def test_nobody_who_left_is_written_to() -> None:
    """What crossed with their last word is not sent, and whoever wrote hears that."""
    talk = joined()
    talk.language.understandings.append(understood(Intent.STOP))
    talk.says("stop please").happens("person_reply", by="Dana", text="One more thing")
    assert talk.replies == []
    assert talk.effect("alert")["about"] == "not_passed_on"
    assert talk.happens("taken_over", by="Dana").replies == []
    assert talk.happens("decided", by="Dana", decision="dismiss", text="Sorry").replies == []


def test_an_answer_names_the_question() -> None:
    talk = joined().happens("person_reply", by="Dana", text="Behind hall 3.", question="Is there parking?")
    assert talk.reply == "You asked: “Is there parking?” Dana: Behind hall 3."


def test_who_is_told_no_in_the_middle_is_asked_no_more() -> None:
    talk = joined().happens("decided", by="Dana", decision="dismiss", text="We have filled the job. Dana")
    assert talk.reply == "We have filled the job. Dana"
    assert talk.effect("interview_status") == {"kind": "interview_status", "status": "ended", "outcome": "dismissed"}
    assert joined().happens("decided", by="Dana", decision="dismiss", text="").replies == []


# ---- promises ----------------------------------------------------------------------------------------------


def test_the_end_says_by_when_they_hear() -> None:
    """The day, and two timers around it."""
    talk = finished(answer_within_days=5)
    assert "You will hear from us by 9 May." in talk.reply
    due = {t["name"]: datetime.fromisoformat(t["due_at"]) for t in talk.effects("timer")}
    assert due == {
        "promise_near": datetime(2026, 5, 8, 10, tzinfo=UTC),
        "promise_passed": datetime(2026, 5, 10, 10, tzinfo=UTC),
    }
    talk.language.understandings.append(understood(Intent.QUESTION, asked=("When will I hear back?",)))
    assert "by 9 May" in talk.later(days=2).says("When will I hear back?").reply


def test_a_promise_that_passed_is_owned_once() -> None:
    """The team first, then the candidate; a second ring says nothing."""
    talk = finished().later(days=6).happens("timer", timer="promise_near")
    assert [e["kind"] for e in talk.turn.effects] == ["awaited"] and talk.replies == []  # type: ignore[union-attr]
    talk.later(days=2).happens("timer", timer="promise_passed")
    assert "by 11 May" in talk.reply and "taking longer" in talk.reply
    assert talk.effect("alert")["about"] == "promise_passed"
    assert talk.happens("timer", timer="promise_passed").replies == []


@pytest.mark.parametrize("event", ["person_reply", "decided"])
def test_a_word_from_a_person_keeps_the_promise(event: str) -> None:
    talk = finished().happens(event, by="Dana", text="See you on Monday.", decision="shortlist")
    for timer in ("promise_near", "promise_passed"):
        talk.later(days=4).happens("timer", timer=timer)
        assert talk.replies == [] and talk.turn.effects == []  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "1 June"), ("es", "1 de junio"), ("fr", "1er juin"), ("de", "1. Juni"), ("pl", "1 June")],
)
def test_days_are_said_as_people_say_them(language: str, words: str) -> None:
    assert day_words(datetime(2026, 6, 1, tzinfo=UTC).date(), language) == words


# ---- reminders, silence ------------------------------------------------------------------------------------


def test_reminders_follow_the_settings_then_silence_is_noted_once() -> None:
    """Twelve hours apart, one at most; two days later the team hears, where it wants to."""
    talk = joined(remind_after_hours=12, max_reminders=1, alerts=ALL)
    assert {t["name"]: t["due_at"] for t in talk.effects("timer")}["reminder"] == (
        NOW + timedelta(hours=12)
    ).isoformat()
    talk.later(hours=12).happens("timer", timer="reminder")
    assert "last reminder" in talk.reply
    assert talk.effect("timer")["name"] == "stalled"
    assert talk.happens("timer", timer="reminder").replies == []
    talk.later(days=2).happens("timer", timer="stalled")
    assert talk.replies == [] and talk.effect("alert")["about"] == "stalled"
    assert "for 2 days" in talk.effect("alert")["message"]["text"]


def test_without_reminders_nobody_is_reminded() -> None:
    talk = joined(max_reminders=0)
    assert {t["name"] for t in talk.effects("timer")} == {"expire", "stalled"}
    assert talk.later(hours=24).happens("timer", timer="reminder").replies == []


def test_silence_is_not_noted_of_who_waits_or_just_wrote() -> None:
    assert joined().says("person").happens("timer", timer="stalled").turn.effects == []  # type: ignore[union-attr]
    talk = joined().hears(heard("event", "t1", event="timer", timer="stalled"), heard("text", "m9", "yes"))
    assert all(effect["about"] != "stalled" for effect in talk.effects("alert"))


@pytest.mark.parametrize(("wanted", "about"), [((), "completed"), ((AlertKind.KNOCKED_OUT,), "knocked_out")])
def test_a_knockout_is_told_as_one_where_that_is_wanted(wanted: tuple[AlertKind, ...], about: str) -> None:
    """One alert, not two."""
    talk = joined(LICENCE, alerts=wanted).presses("q4:no").happens("score_interview_done")
    assert [effect["about"] for effect in talk.effects("alert")] == [about]


# ---- another way -------------------------------------------------------------------------------------------


def needs_another_way() -> Talk:
    talk = joined()
    talk.language.understandings.append(understood(Intent.ACCOMMODATION))
    return talk.says("I need a different way to do this")


def test_another_way_is_offered_and_more_time_goes_on() -> None:
    """Three buttons; more time is on top of what is left, without a reminder, and is logged."""
    talk = needs_another_way()
    assert talk.turn
    assert [reply.label for reply in talk.turn.replies[-1].quick_replies] == ["More time", "A form", "A person"]
    assert talk.effect("alert")["about"] == "person_requested"
    talk.language.understandings.append(understood(Intent.ANSWER))
    talk.says("more time please")
    assert "until 18 May" in talk.reply
    assert talk.effect("event")["data"]["way"] == "time"
    assert talk.memory["status"] == "in_progress"
    assert [t["name"] for t in talk.effects("timer")] == ["expire"]
    assert talk.presses("q1:yes").reply.endswith("How long have you picked orders?")


@pytest.mark.parametrize(("words", "says"), [("a form", "would like a form"), ("3", "with a person")])
def test_a_form_or_a_person_waits_for_the_team(words: str, says: str) -> None:
    talk = needs_another_way()
    talk.language.understandings.append(understood(Intent.ANSWER))
    talk.says(words)
    assert says in talk.reply
    assert talk.memory["status"] == "paused"
    assert talk.effect("alert")["about"] == "person_requested"


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("más tiempo", Way.TIME),
        ("plus de temps svp", Way.TIME),
        ("2", Way.FORM),
        ("ein Formular bitte", Way.FORM),
        ("una persona", Way.PERSON),
        ("more time or a form", None),
        ("what do you mean", None),
    ],
)
def test_ways_are_read_in_four_languages(words: str, way: Way | None) -> None:
    assert way_chosen([heard("text", "m1", words)]) is way

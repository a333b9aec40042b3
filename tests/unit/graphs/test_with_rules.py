"""Whole conversations with the real rules engine: no script, only what people write."""

import time
from statistics import median

import pytest

from botapp.screening.interviewer import FollowUps, Knockout, Question, QuestionKind
from tests.unit.graphs.talk import BUSY, LICENCE, NIGHTS, YEARS, Talk, composing, interview

RulesLanguage = pytest.importorskip("botapp.engines.rules", exc_type=ImportError).RulesLanguage

MONEY = Question(id="q5", kind=QuestionKind.MONEY, text="What hourly pay do you expect?", unit="USD/hour", topic="pay")
LIFT = Question(
    id="q6",
    kind=QuestionKind.NUMBER,
    text="How many pounds can you lift?",
    unit="lb",
    topic="lifting",
    knockout=Knockout(op="gte", value=40),
)
BRIEF = """Warehouse picker, nights
Harbour Foods, Leeds

We are looking for a night picker for our chilled warehouse. You pick and pack orders with a hand scanner.
Shifts run from 22:00 to 06:00, Sunday to Thursday. The pay is $19.50 per hour.

Requirements:
- A valid forklift licence is required.
- At least 2 years of experience in a warehouse.
- You must be able to lift 50 lb.
- Good attention to detail and the ability to work in a team.
"""


def started(*questions: Question, **settings: object) -> Talk:
    return interview(*questions, language=RulesLanguage(), **settings).happens("joined")


def test_an_interview_from_start_to_end() -> None:
    """Buttons, words and an open answer; thanks and a score task at the end."""
    talk = started(NIGHTS, YEARS, BUSY.model_copy(update={"follow_ups": FollowUps()}))
    talk.presses("q1:yes").says("about two and a half years")
    assert talk.reply.startswith("Two and a half years, noted.")
    talk.says("On my last Friday night the belt broke. I split the orders by aisle and we shipped 340 of 350.")
    assert "last question" in talk.reply
    assert talk.effect("task")["name"] == "score_interview"


@pytest.mark.parametrize(
    ("text", "status"),
    [("STOP", "ended"), ("can I talk to a real person please", "paused"), ("can we do this tomorrow at 6?", "paused")],
)
def test_ways_out_are_understood(text: str, status: str) -> None:
    """Stop, a person, later."""
    assert started().says(text).memory["status"] == status


def test_a_question_is_answered_and_the_open_one_returns() -> None:
    """The fact first, in the same message."""
    talk = started().says("How much does it pay?")
    assert "$19" in talk.reply
    assert talk.reply.endswith("Can you work night shifts?")


def test_a_missing_must_have_ends_kindly() -> None:
    """A clear no, and only that."""
    assert started(LICENCE, NIGHTS).says("No, I don't have one").memory["outcome"] == "knocked_out"
    assert started(LIFT, NIGHTS).says("20").memory["outcome"] == "knocked_out"


def test_pay_is_said_back() -> None:
    """In the candidate's own figures."""
    assert started(MONEY, NIGHTS).says("$21 an hour").reply.startswith("$21 per hour, noted.")


def test_a_burst_is_one_answer() -> None:
    """Two texts, one reply."""
    talk = started(YEARS, NIGHTS).says("3 years", "at a cold store in Leeds")
    assert talk.reply == "Three years, noted. Can you work night shifts?"


def test_a_correction_amends() -> None:
    """What was said before is changed, and the open question returns."""
    talk = started(YEARS, NIGHTS, BUSY).says("3 years").says("sorry, I meant 4 years of picking")
    assert talk.memory["answers"]["q2"]["reading"]["value"] == 4
    assert talk.reply.endswith("Can you work night shifts?")


def test_a_brief_is_drafted_changed_and_published() -> None:
    """The main job, by talking alone."""
    talk = composing(language=RulesLanguage()).says(BRIEF)
    assert talk.context.draft is not None, talk.reply
    before = talk.context.draft
    number = next(number for _, number, question in before.numbered() if question.is_open)
    talk.says(f"double the weight of question {number}")
    assert talk.context.draft.questions()[number - 1].weight == 2 * before.questions()[number - 1].weight
    talk.says("undo that")
    assert talk.context.draft == before
    talk.says("publish")
    assert talk.reply.startswith("Publish ")
    talk.says("yes")
    assert talk.effects("published")
    talk.says("Invite Maria Lopez, maria@example.com")
    assert talk.effect("invited")["contact"] == "maria@example.com"


def test_late_turns_cost_what_early_ones_do() -> None:
    """Asides don't pile up: the last turns are no slower than the first, with room for noise."""
    talk = started()
    spans = []
    for _ in range(120):
        start = time.thread_time()
        talk.says("How much does it pay?")
        spans.append(time.thread_time() - start)
    assert median(spans[-30:]) < 3 * median(spans[5:35])


def test_a_knockout_taken_back_goes_on() -> None:
    """ "If I got that wrong, just tell me" is meant."""
    talk = started(LICENCE, NIGHTS).says("No, I don't have one").says("sorry I meant yes, I have a licence")
    assert talk.memory["status"] == "in_progress"
    assert talk.reply.endswith(NIGHTS.text)


def test_a_wish_to_be_deleted_reaches_a_person() -> None:
    """It stops the interview, and is passed on."""
    talk = started(LICENCE, NIGHTS).says("delete my data")
    assert talk.memory["status"] == "ended"
    assert "passed your wish" in talk.reply
    assert "delete my data" in str(talk.effect("alert"))


def test_waiting_for_a_person_is_not_ended_by_a_word() -> None:
    """ "I can start monday" is for the person; "continue" goes on."""
    talk = started(LICENCE, NIGHTS).says("talk to a person").says("I also wanted to say that I can start monday")
    assert talk.memory["waiting_for"] == "person"
    assert talk.says("ok continue please").reply.endswith(LICENCE.text)


def test_a_later_condition_on_a_given_yes_is_not_lost() -> None:
    """The yes becomes a matter for a person."""
    talk = started(NIGHTS, LICENCE).says("yes").says("sorry, about the nights: only on saturdays")
    assert talk.memory["answers"][NIGHTS.id]["status"] == "needs_person"


@pytest.mark.parametrize("words", ["why do you need to know that?", "how did I do?", "what is your name?"])
def test_questions_about_this_chat_are_answered_here(words: str) -> None:
    """Nobody has to be asked for that."""
    reply = started(LICENCE, NIGHTS).says(words).reply
    assert "I don't know" not in reply
    assert reply.endswith(LICENCE.text)


def test_no_thanks_to_a_follow_up_is_not_a_no_to_the_job() -> None:
    """The follow-up is declined, the answer stays."""
    talk = started(BUSY, NIGHTS).says("I did my best").says("no thanks")
    assert talk.memory["status"] == "in_progress"
    assert talk.reply.endswith(NIGHTS.text)


def test_a_role_alone_is_drafted_from_its_template() -> None:
    """With what is still to give; later a role's name alone is no wish for another draft, a template's is."""
    talk = composing(None, language=RulesLanguage()).says("CNA")
    assert talk.reply.startswith("I drafted Certified nursing assistant")
    assert "What shall I tell candidates about pay" in talk.reply
    draft = talk.effect("draft_saved")["draft"]
    assert {q["provenance"]["origin"] for stage in draft["stages"] for q in stage["questions"]} == {"template"}


def test_a_template_replaces_a_draft_only_when_asked_for_as_one() -> None:
    """The name of a role in passing changes nothing."""
    draft = composing(None, language=RulesLanguage()).says("barista").context.draft
    passing = composing(draft, language=RulesLanguage()).says("warehouse picker")
    assert passing.effects("draft_saved") == []
    talk = composing(draft, language=RulesLanguage()).says("use the forklift template")
    assert talk.reply.startswith("This replaces the draft before. I drafted Forklift operator")

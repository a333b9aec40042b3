"""What a candidate meets: one question at a time, and being understood when they say something else."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from botapp.errors import BadPayload, NotFound
from botapp.pipeline import candidates, members
from botapp.pipeline.receive import typing_ended
from botapp.state.tables import inbox, turns
from tests.support.conversation import Candidate, Recruiter
from tests.support.roles import BUSY, LICENCE, PROBED, SLUG, STRONG, YEARS, night_picker
from tests.support.stack import Stack

Publish = Callable[..., str]


@pytest.fixture
def maria(candidate: Candidate, published: Publish) -> Candidate:
    """Has opened the link and heard the first question."""
    published()
    candidate.opens(SLUG)
    candidate.hears(LICENCE.text)
    return candidate


def turn_count(candidate: Candidate) -> int:
    candidate.stack.settle()
    query = select(func.count()).select_from(turns).where(turns.c.conversation_id == candidate.conversation_id)
    with candidate.stack.services.database.reading() as uow:
        return uow.connection.execute(query).scalar_one()


def test_the_first_message_says_everything_it_must(candidate: Candidate, published: Publish) -> None:
    """Who asks, for what, that it is automated and a person reviews, how long, how to stop or reach a person."""
    published()
    candidate.opens(SLUG, name="Maria Lopez")
    candidate.hears("Maria", "Harbour Foods", "Night picker", "automated", "person", "reviews", "min", "STOP", "PERSON")
    first = candidate.everything()[0]
    assert len(first) <= 306, "two SMS segments"


def test_a_whole_interview(maria: Candidate, recruiter: Recruiter) -> None:
    """One question at a time, by button and by words, to the thanks at the end."""
    maria.presses("Yes")
    maria.hears(YEARS.text)
    maria.says("about three and a half years")
    maria.hears(BUSY.text)
    maria.says(STRONG)
    maria.hears("last question", "Thank you", "hiring team at Harbour Foods")
    assert maria.status == "completed"
    [alert] = recruiter.alerts()
    assert "Maria Lopez" in alert


def test_a_minimum_of_follow_ups_is_kept(candidate: Candidate, published: Publish) -> None:
    """At least one, at most one, whatever was said."""
    published(night_picker(PROBED))
    candidate.opens(SLUG).hears(PROBED.text)
    candidate.says(STRONG)
    assert "?" in candidate.hears()
    assert candidate.status == "in_progress"
    candidate.says("We got a thank you from the shop.")
    candidate.hears("last question")


def test_a_burst_is_one_turn(maria: Candidate) -> None:
    """Three texts within a moment are one answer and get one reply."""
    before = turn_count(maria)
    maria.says("well").says("yes").says("I have had it since 2019")
    said = maria.hears(YEARS.text)
    assert said.count("?") == 1
    assert turn_count(maria) == before + 1


def test_typing_ended_answers_at_once(maria: Candidate) -> None:
    """The page says that the box stayed empty: the clock need not move."""
    maria.says("yes")
    now = maria.stack.clock.now()
    typing_ended(maria.stack.services, maria.conversation_id)
    maria.hears(YEARS.text)
    assert maria.stack.clock.now() == now


def test_a_correction_amends(maria: Candidate, recruiter: Recruiter) -> None:
    """The earlier answer changes; nothing is asked twice."""
    maria.presses("Yes")
    maria.hears(YEARS.text)
    maria.says("3 years")
    maria.hears(BUSY.text)
    maria.says("Sorry, I meant 5 years")
    maria.hears(BUSY.text)
    maria.says(STRONG)
    maria.hears("last question")
    page = recruiter.reads(maria.thread.interview_id)
    assert page.scorecard is not None
    [years] = [answer for answer in page.scorecard["answers"] if answer["question_id"] == YEARS.id]
    assert years["reading"]["value"] == 5


def test_what_comes_after_our_reply_continues_the_answer(maria: Candidate) -> None:
    """A late addition to an answer is kept with it, and the open question returns."""
    maria.presses("Yes")
    maria.hears()
    maria.says("3 years, mostly nights")
    maria.hears(BUSY.text)
    maria.says("to add to my last answer: 2 years of it were in cold storage")
    maria.hears(BUSY.text)


def test_an_unclear_answer_gets_one_clarification(maria: Candidate) -> None:
    """Asked once more in other words; then left to a person, and on."""
    maria.presses("Yes")
    maria.hears(YEARS.text)
    maria.says("quite a while")
    maria.hears("years")
    maria.says("long enough")
    maria.hears(BUSY.text)


@pytest.mark.parametrize(
    ("question", "answer"),
    [("What is the pay?", "$19.50"), ("Where is the warehouse?", "12 Dock Road")],
)
def test_facts_answer_and_the_question_returns(maria: Candidate, question: str, answer: str) -> None:
    """From the interviewer's facts, then the open question again."""
    maria.says(question)
    maria.hears(answer, LICENCE.text)


def test_what_no_fact_answers_is_passed_on(maria: Candidate, recruiter: Recruiter) -> None:
    """Said honestly, recorded, and the recruiter reads it."""
    maria.says("Is there a canteen?")
    maria.hears("pass it on", LICENCE.text)
    assert recruiter.reads(maria.thread.interview_id).passed_on == ("Is there a canteen?",)
    assert any("canteen" in alert for alert in recruiter.alerts())


@pytest.mark.parametrize("words", ["stop", "STOP", "please stop", "I don't want to go on"])
def test_stop_ends_it_kindly(maria: Candidate, words: str) -> None:
    """No more questions, no reminder, answers kept."""
    maria.says(words)
    assert LICENCE.text not in maria.hears("kept" if "want" not in words else "ended")
    assert maria.status == "ended"
    maria.stack.clock.advance(hours=50)
    maria.hears_nothing()


def test_after_stop_start_goes_on(maria: Candidate) -> None:
    """Where it was left."""
    maria.says("stop")
    maria.hears("START")
    maria.says("start")
    maria.hears(LICENCE.text)


@pytest.mark.parametrize("words", ["can I talk to a person?", "I want to speak to a human", "person please"])
def test_a_person_is_called(maria: Candidate, recruiter: Recruiter, words: str) -> None:
    """The team is told, and the interview waits."""
    maria.says(words)
    maria.hears("told the hiring team")
    assert any("wants to talk to a person" in alert for alert in recruiter.alerts())


def test_later_pauses_and_comes_back(maria: Candidate) -> None:
    """The reminder brings the open question."""
    maria.says("later please, I am at work")
    maria.hears("I'll write again")
    maria.stack.clock.advance(hours=25)
    maria.hears(LICENCE.text)
    maria.presses("Yes")
    maria.hears(YEARS.text)


def test_what_do_you_mean(maria: Candidate) -> None:
    """The question in other words; it is not taken as an answer."""
    maria.presses("Yes")
    maria.hears(YEARS.text)
    maria.says("what do you mean?")
    maria.hears("warehouse")
    maria.says("3 years")
    maria.hears(BUSY.text)


def test_silence_is_reminded_and_then_expires(maria: Candidate) -> None:
    """A reminder after a day; closed after the days to complete, once."""
    maria.stack.clock.advance(hours=25)
    maria.hears("is open", LICENCE.text)
    maria.stack.clock.advance(days=8)
    maria.hears("time for this interview is over")
    assert maria.status == "expired"
    maria.stack.clock.advance(days=30)
    maria.hears_nothing()


def test_a_must_have_that_is_not_met_ends_it_honestly(maria: Candidate, recruiter: Recruiter) -> None:
    """Says which requirement, and that a person looks."""
    maria.presses("No")
    maria.hears("requirement", "forklift licence", "hiring team")
    page = recruiter.reads(maria.thread.interview_id)
    [row] = recruiter.opens(page.interviewer_id).candidates()
    assert row.gates_failed


# ---- the same message, many times --------------------------------------------------------------------------


def test_the_same_client_id_fifty_times_at_once(maria: Candidate) -> None:
    """One row, one turn, one reply; every post gets the same answer."""
    before = turn_count(maria)
    start, answers = Barrier(50), []

    def post() -> None:
        start.wait()
        answers.append(candidates.say_as_candidate(maria.stack.services, maria.token, "same-id", "yes"))

    posts = [Thread(target=post) for _ in range(50)]
    for each in posts:
        each.start()
    for each in posts:
        each.join(30)
    assert len(answers) == 50
    assert len(set(answers)) == 1
    said = maria.hears(YEARS.text)
    assert said.count(YEARS.text) == 1
    assert turn_count(maria) == before + 1


def test_two_tabs_racing(maria: Candidate) -> None:
    """Both press; both presses are kept, the question is answered once, the next is asked once."""
    yes = dict(maria._button("Yes"))
    start = Barrier(2)

    def press(tab: str) -> None:
        start.wait()
        candidates.say_as_candidate(maria.stack.services, maria.token, f"{tab}-1", "", yes)

    tabs = [Thread(target=press, args=(tab,)) for tab in ("a", "b")]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(10)
    assert maria.hears(YEARS.text).count(YEARS.text) == 1
    maria.says("3 years")
    maria.hears(BUSY.text)


def test_a_button_of_an_earlier_question_does_not_answer_the_present_one(maria: Candidate) -> None:
    """The second tab still shows the first question."""
    yes = dict(maria._button("Yes"))
    maria.presses("Yes")
    maria.hears(YEARS.text)
    candidates.say_as_candidate(maria.stack.services, maria.token, "late", "", yes)
    maria.stack.settle()
    maria.says("3 years")
    maria.hears(BUSY.text)


def test_two_threads_work_on_one_stack(maria: Candidate) -> None:
    """Whoever drains: each message is in one turn."""
    from tests.support.stack import work_once
    from tests.support.truth import check_turns

    def drain() -> None:
        for _ in range(20):
            work_once(maria.stack.services)

    for text in ("yes", "3 years"):
        maria.says(text)
        maria.stack.clock.advance(seconds=2)
        workers = [Thread(target=drain) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)
    check_turns(maria.stack.services.database)
    maria.hears(BUSY.text)


# ---- links -----------------------------------------------------------------------------------------------


def test_another_candidates_link_shows_nothing_of_mine(maria: Candidate, stack: Stack) -> None:
    """Each link leads to its own thread; a guessed one leads nowhere."""
    other = Candidate(stack).opens(SLUG, name="Ben", contact="ben@example.com")
    other.hears("Ben")
    maria.says("yes, since 2019")
    maria.hears()
    assert not any("2019" in text or "Maria" in text for text in other.everything())
    assert other.conversation_id != maria.conversation_id
    assert candidates.thread(stack.services, maria.token + "x") is None
    with pytest.raises(NotFound, match="leads nowhere"):
        candidates.say_as_candidate(stack.services, "guessed", "1", "hello")


def test_the_same_contact_again_does_not_open_the_thread(maria: Candidate, stack: Stack) -> None:
    """Somebody who types my e-mail address gets a sentence, not my interview."""
    with pytest.raises(BadPayload, match="private link"):
        Candidate(stack).opens(SLUG, name="Not Maria", contact="maria@example.com")


def test_an_invited_person_skips_the_form_and_continues(stack: Stack, recruiter: Recruiter, published: Publish) -> None:
    """Her own link knows her name; opened again it goes on where she was."""
    recruiter.opens(published())
    recruiter.says("invite Maria Lopez, maria@example.com")
    said = recruiter.sees("own link", "/invite/")
    token = said.split("/invite/")[1].split()[0]
    found = candidates.invitation(stack.services, token)
    assert found is not None
    assert found[1:] == ("Maria Lopez", "maria@example.com")
    first = Candidate(stack).follows_invitation(token)
    first.hears("Maria", LICENCE.text)
    first.presses("Yes")
    first.hears(YEARS.text)
    again = Candidate(stack).follows_invitation(token)
    assert again.token == first.token, "the page that is open and the saved link stay good"
    assert any(YEARS.text in text for text in again.everything())
    again.says("3 years")
    assert any(BUSY.text in text for text in again.everything())


def test_retake_before_and_after_the_cooldown(candidate: Candidate, stack: Stack, published: Publish) -> None:
    """Too early: from when. Later: yes. More often than allowed: no."""
    published(retakes=1, retake_cooldown_days=7)

    def takes() -> Candidate:
        again = Candidate(stack).opens(SLUG)
        again.hears(LICENCE.text)
        for text in ("yes", "3 years", STRONG):
            again.says(text)
            again.hears()
        assert again.status == "completed"
        return again

    takes()
    stack.clock.advance(days=3)
    with pytest.raises(BadPayload, match="again from 11 May on"):
        candidate.opens(SLUG)
    stack.clock.advance(days=5)
    takes()
    stack.clock.advance(days=30)
    with pytest.raises(BadPayload, match="as often as it can be taken"):
        candidate.opens(SLUG)


# ---- bad input -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "x" * 20_000,
        "word " * 3_900,
        "\u200b\u200b\u2060",
        "\u202eyes\u202c",
        "<script>alert(1)</script><b>yes</b>",
        "yes\x00no",
        "🙂" * 50,
        "\ud800 broken",
        "'; DROP TABLE inbox; --",
        "{{7*7}} ${jndi:ldap://x} %s %(a)s",
    ],
)
@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
def test_odd_text_is_kept_and_answered(maria: Candidate, text: str) -> None:
    """Nothing is lost, nothing breaks, the interview goes on."""
    maria.says(text)
    maria.hears()
    mine = [
        m for m in members.messages(maria.stack.services, maria.workspace_id, maria.conversation_id, 0) if not m.ours
    ]
    assert mine[-1].text == text.replace("\x00", "").replace("\ud800", "\ufffd")
    assert maria.status in ("in_progress", "ended", "completed")


@pytest.mark.parametrize(
    ("client_id", "text", "says"),
    [
        ("1", "x" * 20_001, "longer than 20,000 characters"),
        ("1", "   ", "no text"),
        ("", "yes", "without its id"),
        ("i" * 65, "yes", "without its id"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_kept(
    maria: Candidate, client_id: str, text: str, says: str
) -> None:
    """A clear sentence."""
    with pytest.raises(BadPayload, match=says):
        candidates.say_as_candidate(maria.stack.services, maria.token, client_id, text)
    with maria.stack.services.database.reading() as uow:
        kept = uow.connection.execute(select(func.count()).select_from(inbox)).scalar_one()
    assert kept == 1  # only that she joined


@pytest.mark.parametrize(
    ("name", "contact", "says"),
    [
        ("", "a@b.de", "a name"),
        ("\u200b\u200b", "a@b.de", "a name"),
        ("N" * 200, "a@b.de", "a name"),
        ("Ann", "", "e-mail address or a phone"),
        ("Ann", "ann at example", "e-mail address or a phone"),
        ("Ann", "12", "e-mail address or a phone"),
        ("Ann", "a\ud800@b.de", "e-mail address or a phone"),
    ],
)
def test_a_name_or_contact_that_cannot_be_one(
    candidate: Candidate, published: Publish, name: str, contact: str, says: str
) -> None:
    """A clear sentence, nothing kept."""
    published()
    with pytest.raises(BadPayload, match=says):
        candidate.opens(SLUG, name=name, contact=contact)

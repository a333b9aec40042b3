"""People in the loop, as conversations: take over and hand back, answers, decisions, promises, alerts, retakes."""

from collections.abc import Callable
from datetime import date

import pytest

from botapp.errors import BadPayload, NotAllowed, NotFound
from botapp.pipeline import candidates, reaching
from botapp.policy.access import Role
from botapp.screening.interviewer import AlertKind
from tests.support.conversation import Candidate, Recruiter
from tests.support.roles import BUSY, LICENCE, SLUG, STRONG, YEARS
from tests.support.stack import Stack, add_member, add_workspace

Publish = Callable[..., str]


def finishes(candidate: Candidate, **who: str) -> Candidate:
    candidate.opens(SLUG, **who).hears(LICENCE.text)
    for words in ("yes", "3 years", STRONG):
        candidate.says(words).hears()
    return candidate


def id_of(candidate: Candidate) -> str:
    return candidate.thread.interview_id


# ---- the thread --------------------------------------------------------------------------------------------


def test_a_recruiter_takes_over_writes_and_hands_back(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """The place is kept, the assistant is quiet meanwhile, and a double click is one click."""
    recruiter.opens(published())
    candidate.opens(SLUG).hears(LICENCE.text)
    candidate.presses("Yes").hears(YEARS.text)
    id = id_of(candidate)
    for _ in range(2):
        assert "You have this conversation" in reaching.take_over(stack.services, stack.owner, id, client_id="a")
    assert candidate.hears("Olive Owner from Harbour Foods").count("Olive Owner") == 1
    page = recruiter.reads(id)
    assert page.reach.mine and page.reach.waits and page.candidate.status == "paused"
    for _ in range(2):
        reaching.reply_as_person(stack.services, stack.owner, id, "Which site do you prefer?", client_id="b")
    assert candidate.hears("Which site do you prefer?").count("Which site") == 1
    assert candidate.last[-1].sender == "Olive Owner"
    candidate.says("The one in Newport, about 2 years ago I worked there").hears_nothing()
    assert any("wrote to Olive Owner" in alert and "Newport" in alert for alert in recruiter.alerts())
    for _ in range(2):
        reaching.hand_back(stack.services, stack.owner, id, client_id="c")
    assert candidate.hears("handed back", YEARS.text).count(YEARS.text) == 1
    candidate.says("3 years").hears(BUSY.text)
    assert not recruiter.reads(id).reach.waits


def test_two_recruiters_and_one_thread(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """The second says who writes now; whoever looks sees who has it."""
    recruiter.opens(published())
    candidate.opens(SLUG).hears()
    other = add_member(stack.services, stack.workspace_id, "Lee Recruiter", Role.RECRUITER)
    reaching.take_over(stack.services, stack.owner, id_of(candidate))
    candidate.hears("Olive Owner")
    reaching.take_over(stack.services, other, id_of(candidate))
    candidate.hears("Lee Recruiter from Harbour Foods")
    reach = recruiter.reads(id_of(candidate)).reach
    assert (reach.taken_by, reach.mine, reach.may_take_over) == ("Lee Recruiter", False, True)


def test_viewers_and_strangers_can_not(stack: Stack, candidate: Candidate, published: Publish) -> None:
    published()
    finishes(candidate)
    viewer = add_member(stack.services, stack.workspace_id, "Vic Viewer", Role.VIEWER)
    _, stranger = add_workspace(stack.services, "Another employer")
    for who, refused in ((viewer, NotAllowed), (stranger, NotFound)):
        for verb in (reaching.take_over, reaching.hand_back):
            with pytest.raises(refused):
                verb(stack.services, who, id_of(candidate))
        with pytest.raises(refused):
            reaching.reply_as_person(stack.services, who, id_of(candidate), "Hello")
        with pytest.raises(refused):
            reaching.tell_decision(stack.services, who, id_of(candidate), "dismiss", reason="x", text="No")
    candidate.hears_nothing()


def test_who_stopped_is_not_written_to_and_the_recruiter_is_told(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    recruiter.opens(published())
    candidate.opens(SLUG).hears()
    candidate.says("stop").hears("won't write again")
    id, us, olive = id_of(candidate), stack.services, stack.owner
    tries: list[Callable[[], str]] = [
        lambda: reaching.reply_as_person(us, olive, id, "Hello"),
        lambda: reaching.take_over(us, olive, id),
        lambda: reaching.tell_decision(us, olive, id, "dismiss", reason="Stopped", text="Goodbye"),
    ]
    for refused in tries:
        with pytest.raises(BadPayload, match="promised no more messages"):
            refused()
    page = recruiter.reads(id_of(candidate))
    assert "promised no more messages" in page.reach.blocked and page.decisions == ()
    candidate.hears_nothing()
    reaching.tell_decision(stack.services, stack.owner, id_of(candidate), "dismiss", reason="Stopped")
    assert recruiter.reads(id_of(candidate)).candidate.decision == "dismissed"


@pytest.mark.parametrize(("text", "why"), [("   ", "nothing to send"), ("x" * 4001, "under 4,000")])
def test_what_can_not_be_sent_is_said(
    stack: Stack, candidate: Candidate, published: Publish, text: str, why: str
) -> None:
    published()
    candidate.opens(SLUG).hears()
    with pytest.raises(BadPayload, match=why):
        reaching.reply_as_person(stack.services, stack.owner, id_of(candidate), text)


# ---- questions ---------------------------------------------------------------------------------------------


def test_an_answer_comes_back_and_the_next_candidate_gets_it(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """The question is quoted, counts as answered once, and its answer is a fact from now on."""
    recruiter.opens(published())
    candidate.opens(SLUG).hears(LICENCE.text)
    candidate.says("Is there a canteen on the site?").hears("pass it on")
    (question,) = recruiter.reads(id_of(candidate)).questions
    told = reaching.reply_as_person(
        stack.services, stack.owner, id_of(candidate), "Yes, the canteen is open all night.", question.id,
        keep_as_fact=True,
    )  # fmt: skip
    assert "Maria Lopez" in told
    candidate.hears("You asked: “Is there a canteen", "Olive Owner: Yes, the canteen is open all night.")
    assert recruiter.reads(id_of(candidate)).questions == ()
    with pytest.raises(BadPayload, match="answered already"):
        reaching.reply_as_person(stack.services, stack.owner, id_of(candidate), "Again", question.id)
    ben = Candidate(stack).opens(SLUG, name="Ben Poe", contact="ben@example.com")
    ben.hears(LICENCE.text)
    ben.says("Is there a canteen on the site?").hears("open all night")
    assert "Fact from a candidate's question" in recruiter.page.history[0].summary


# ---- decisions and promises --------------------------------------------------------------------------------


def test_a_decision_is_told_in_the_thread_and_its_reason_is_not(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """Pressed twice it is decided once and told once."""
    recruiter.opens(published())
    id = id_of(finishes(candidate))
    proposed = recruiter.reads(id).reach.dismiss
    assert proposed.startswith("Hello Maria,") and "Night picker" in proposed
    for _ in range(2):
        reaching.tell_decision(
            stack.services, stack.owner, id, "dismiss", reason="Never on time", text=proposed, client_id="d"
        )
    heard = candidate.hears("not to go on with you")
    assert "Never on time" not in heard and heard.count("Hello Maria") == 1
    (decision,) = recruiter.reads(id).decisions
    assert (decision.kind, decision.reason, decision.data) == ("dismiss", "Never on time", {"told": True})
    stack.clock.advance(days=10)
    candidate.hears_nothing()


def test_nobody_is_left_without_a_word(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """The day is promised; the team is reminded once a day; when it passes the candidate is told, once."""
    recruiter.opens(published(answer_within_days=3))
    finishes(candidate)
    assert any("You will hear from us by 7 May." in said for said in candidate.everything())
    finishes(Candidate(stack), name="Ben Poe", contact="ben@example.com")
    assert recruiter.reads(id_of(candidate)).reach.promised == "2026-05-07"
    stack.clock.advance(days=2, hours=1)
    waiting = [alert for alert in recruiter.alerts() if "wait for your answer" in alert]
    assert len(waiting) == 1
    assert "2 people wait for your answer since 4 May (Night picker): Maria Lopez, Ben Poe." in waiting[0]
    candidate.hears_nothing()
    stack.clock.advance(days=2)
    candidate.hears("by 7 May", "taking longer", "the hiring team at Harbour Foods")
    assert sum("nobody has written yet" in alert for alert in recruiter.alerts()) == 2
    stack.clock.advance(days=9)
    candidate.hears_nothing()
    assert recruiter.reads(id_of(candidate)).reach.promised == ""


def test_a_decision_ends_the_waiting(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    recruiter.opens(published(answer_within_days=3))
    finishes(candidate)
    reaching.tell_decision(stack.services, stack.owner, id_of(candidate), "shortlist", text="Come on Monday. Olive")
    candidate.hears("Come on Monday. Olive")
    stack.clock.advance(days=5)
    candidate.hears_nothing()
    assert not any("wait" in alert for alert in recruiter.alerts())


# ---- alerts by choice, silence, retakes --------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [(), tuple(AlertKind)])
def test_alerts_come_by_choice(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish, wanted: tuple[AlertKind, ...]
) -> None:
    """Stalled, stopped, knocked out, finished, a question: told or not; distress is always told."""
    recruiter.opens(published(alerts=wanted, max_reminders=0, days_to_complete=9))
    candidate.opens(SLUG).hears()
    candidate.says("Is there a canteen?").hears()
    stack.clock.advance(days=2, minutes=1)
    out = Candidate(stack).opens(SLUG, name="Ann Out", contact="ann@example.com")
    out.says("stop").hears()
    no = Candidate(stack).opens(SLUG, name="Noa No", contact="noa@example.com")
    no.hears(LICENCE.text)
    no.says("no").hears("fixed requirement")
    told = "\n".join(recruiter.alerts())
    for part in ("has not answered for 2 days", "asked for no more messages", "does not meet a must-have", "canteen"):
        assert (part in told) is bool(wanted), part
    sad = Candidate(stack).opens(SLUG, name="Sam Sad", contact="sam@example.com")
    sad.says("I want to kill myself").hears()
    assert "may be in distress" in "\n".join(recruiter.alerts())


def test_who_may_come_again_starts_anew_and_the_earlier_run_is_kept(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    recruiter.opens(published(retakes=1, retake_cooldown_days=2))
    finishes(candidate)
    with pytest.raises(BadPayload, match="again from 6 May on"):
        Candidate(stack).opens(SLUG)
    stack.clock.advance(days=2)
    finishes(Candidate(stack))
    assert [row.status for row in recruiter.candidates()] == ["completed", "completed"]
    stack.clock.advance(days=9)
    with pytest.raises(BadPayload, match=r"as often as it can be taken.*hiring team at Harbour Foods"):
        candidates.start_interview(stack.services, slug=SLUG, name="Maria", contact="maria@example.com")
    assert date(2026, 5, 15) == stack.clock.now().date()

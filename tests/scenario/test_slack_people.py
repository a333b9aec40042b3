"""A person writes with a candidate from Slack, and a candidate is interviewed there: signed bytes in, calls out."""

from collections.abc import Callable, Iterator

import pytest

from botapp.entrypoints.simulator.slack import Entry
from botapp.pipeline import members
from botapp.state.read_models import CandidateRow
from tests.support.conversation import Candidate
from tests.support.roles import BUSY, LICENCE, SLUG, STRONG, YEARS
from tests.support.slack_alerts import CHANNEL, AlertRig, alert_rig
from tests.support.stack import Stack

Publish = Callable[..., str]
LIVE = "<!channel> <@U1> *bold* https://evil.example & that's all"


@pytest.fixture
def rig(stack: Stack) -> Iterator[AlertRig]:
    with alert_rig(stack) as made:
        made.slack.sender.post = made.walks_in
        made.slack.add_user("U4", "Nia Gray", email="nia@harbour.test")
        yield made


def says(rig: AlertRig, user: str, text: str, thread: str = "") -> str:
    """A direct message; all that follows happens. Returns its ts."""
    said = rig.slack.says(user, text, thread=thread).wait()
    assert all(delivery.acked for delivery in said.deliveries)
    rig.stack.settle()
    return said.ts


def heard(rig: AlertRig, user: str) -> str:
    """What stands in somebody's direct messages with the app."""
    rig.stack.settle()
    return rig.slack.text(rig.slack.dm(user).id)


def newest(rig: AlertRig, user: str) -> Entry:
    direct = rig.slack.dm(user).id
    return [e for e in rig.slack.ledger.entries if e.method == "chat.postMessage" and e.channel == direct][-1]


# ---- a person writes ---------------------------------------------------------------------------------------


@pytest.fixture
def thread(rig: AlertRig, candidate: Candidate, published: Publish) -> str:
    """Ada took over from botapp with Maria, who is in the middle: the ts of her thread."""
    published(alert_address=CHANNEL)
    candidate.opens(SLUG).hears(LICENCE.text)
    says(rig, "U1", "Talk to Maria")
    opened = next(e for e in rig.slack.ledger.entries if "You are writing with Maria Lopez" in e.shown)
    return opened.ts


def test_a_thread_is_taken_over_written_in_and_handed_back(rig: AlertRig, candidate: Candidate, thread: str) -> None:
    candidate.hears("Olive Owner")
    candidate.says("Is there parking?")
    candidate.hears_nothing()
    assert "Maria Lopez:\nIs there parking?" in newest(rig, "U1").shown
    says(rig, "U1", "Yes, behind the hall.", thread=thread)
    candidate.hears("Yes, behind the hall.")
    says(rig, "U1", "Hand back", thread=thread)
    candidate.hears(LICENCE.text)
    assert "Handed back" in heard(rig, "U1")
    says(rig, "U1", "One more thing", thread=thread)
    candidate.hears_nothing()
    assert "did not go to Maria Lopez" in heard(rig, "U1")


def test_what_they_write_is_never_live_and_stands_nowhere_else(
    rig: AlertRig, candidate: Candidate, thread: str
) -> None:
    candidate.says(LIVE)
    rig.stack.settle()
    shown = newest(rig, "U1")
    assert LIVE in shown.shown
    assert {block["text"]["type"] for block in shown.blocks} == {"plain_text"}
    assert "<!channel>" not in shown.text and "<@U1>" not in shown.text
    assert "parking" not in rig.slack.text("C1") and "Maria" not in rig.slack.text("C1")


def test_a_message_that_slack_brings_twice_goes_out_once(rig: AlertRig, candidate: Candidate, thread: str) -> None:
    candidate.hears()
    said = rig.slack.says("U1", "Hello Maria", thread=thread).wait()
    rig.slack.sender.deliver_again(said.deliveries[0]).wait()
    assert candidate.hears("Hello Maria").count("Hello Maria") == 1


def test_who_lost_their_role_writes_to_nobody(rig: AlertRig, candidate: Candidate, thread: str) -> None:
    candidate.hears()
    with rig.stack.services.database.writing() as uow:
        from botapp.policy.access import Role
        from botapp.state import people

        people.bring_back(uow, rig.stack.workspace_id, rig.stack.owner.id, "Olive Owner", Role.VIEWER)
    says(rig, "U1", "Hello Maria", thread=thread)
    candidate.hears_nothing()
    assert "not decide about candidates" in heard(rig, "U1")


# ---- a candidate in Slack ----------------------------------------------------------------------------------


@pytest.fixture
def code(rig: AlertRig, published: Publish) -> str:
    from botapp.state import join_codes

    id = published()
    with rig.stack.services.database.writing() as uow:
        return join_codes.claim(
            uow, workspace_id=rig.stack.workspace_id, interviewer_id=id, wanted="NIGHTS", title="", now=rig.clock.now()
        )


def applies(rig: AlertRig, user: str, code: str) -> str:
    """The thread of their interview."""
    assert rig.slack.runs(user, "/interviewer", f"apply {code}", channel="C1" if user != "U4" else "").acked
    rig.stack.settle()
    opened = [e for e in rig.slack.ledger.of("chat.postMessage") if "your interview. Please answer" in e.shown]
    return opened[-1].ts


def rows(rig: AlertRig) -> list[CandidateRow]:
    rig.stack.settle()
    (interviewer,) = members.list_interviewers(rig.stack.services, rig.stack.owner, False, "")
    return members.list_candidates(rig.stack.services, rig.stack.owner, interviewer.id)


def test_a_colleague_is_interviewed_in_their_direct_messages(rig: AlertRig, code: str) -> None:
    """Disclosed, one question at a time, buttons for yes and no; a word beside the thread is an answer too."""
    thread = applies(rig, "U4", code)
    intro = heard(rig, "U4")
    assert "automated" in intro and "Nia" in intro and LICENCE.text in intro
    asked = newest(rig, "U4")
    rig.slack.presses("U4", "Yes", on=asked).wait()
    assert YEARS.text in heard(rig, "U4")
    says(rig, "U4", "3 years")
    assert BUSY.text in heard(rig, "U4")
    says(rig, "U4", STRONG, thread=thread)
    assert "last question" in heard(rig, "U4")
    (row,) = rows(rig)
    assert (row.name, row.status) == ("Nia Gray", "completed")
    assert "Nia" not in rig.slack.text("C1")


def test_the_button_of_an_earlier_question_answers_nothing(rig: AlertRig, code: str) -> None:
    applies(rig, "U4", code)
    first = newest(rig, "U4")
    rig.slack.presses("U4", "Yes", on=first).wait()
    rig.stack.settle()
    rig.slack.presses("U4", "No", on=first).wait()
    assert "earlier question" in heard(rig, "U4")
    assert rows(rig)[0].status == "in_progress"


def test_a_code_that_is_none_and_an_interview_that_is_under_way_are_told(rig: AlertRig, code: str) -> None:
    rig.slack.runs("U4", "/interviewer", "apply DAYS")
    rig.slack.runs("U4", "/interviewer", "apply")
    applies(rig, "U4", code)
    rig.slack.runs("U4", "/interviewer", f"apply {code}")
    told = "\n".join(entry.text for entry in rig.slack.ledger.of("command.answer"))
    assert "don't know the code DAYS" in told and "Which job?" in told and "is under way" in told
    assert len(rows(rig)) == 1


def test_a_recruiter_who_is_interviewed_is_asked_which_they_mean(rig: AlertRig, code: str) -> None:
    """Not confused with composing: the front desk asks, and the answer goes where it was meant."""
    applies(rig, "U1", code)
    says(rig, "U1", "Yes")
    which = newest(rig, "U1")
    assert "My interview: Night picker" in which.shown
    rig.slack.presses("U1", "My interview: Night picker", on=which).wait()
    assert YEARS.text in heard(rig, "U1")


# ---- after a decision, once a day, everybody at once -------------------------------------------------------


@pytest.fixture
def finished(rig: AlertRig, candidate: Candidate, published: Publish) -> Candidate:
    published(alert_address=CHANNEL)
    candidate.opens(SLUG).hears(LICENCE.text)
    candidate.presses("Yes").hears(YEARS.text)
    candidate.says("3 years").hears(BUSY.text)
    candidate.says(STRONG).hears("last question")
    rig.stack.settle()
    return candidate


def test_the_alert_says_who_decided_and_not_what(rig: AlertRig, finished: Candidate) -> None:
    rig.presses("U1", "Show details")
    rig.presses("U1", "Shortlist")
    assert "Shortlisted by Olive Owner" in rig.modal("U1") and "[Shortlist]" not in rig.modal("U1")
    rig.stack.settle()
    shown = rig.slack.text("C1")
    assert "Decided by Olive Owner." in shown and "hortlist" not in shown and "Maria" not in shown
    assert len(rig.slack.channel("C1").messages) == 1


def test_a_channel_hears_of_everything_once_a_day(rig: AlertRig, published: Publish) -> None:
    """At its hour, in one message; what is said at once is in the feed."""
    id = published(alert_address=CHANNEL)
    rig.slack.runs("U1", "/interviewer", "digest 9 London", channel="C1")
    assert "9:00 (Europe/London)" in rig.slack.ledger.of("command.answer")[-1].text
    for number in range(3):
        rig.raises(number, interviewer_id=id)
    rig.delivers_for(30)
    assert not rig.slack.ledger.of("chat.postMessage", "C1")
    rig.clock.advance(hours=24)
    rig.delivers()
    (told,) = rig.slack.ledger.of("chat.postMessage", "C1")
    assert "3 candidates finished" in told.shown
    rig.slack.runs("U1", "/interviewer", "digest off", channel="C1")
    rig.raises(9, interviewer_id=id)
    rig.delivers_for(5)
    assert len(rig.slack.ledger.of("chat.postMessage", "C1")) == 2


def test_everybody_who_is_stuck_is_reminded_when_that_is_confirmed(rig: AlertRig, published: Publish) -> None:
    published(remind_after_hours=168)
    stuck = [Candidate(rig.stack).opens(SLUG, name, f"{name}@example.com") for name in ("Ben", "Cleo")]
    for one in stuck:
        one.hears(LICENCE.text)
    rig.clock.advance(hours=50)
    fresh = Candidate(rig.stack).opens(SLUG, "Dan", "dan@example.com")
    fresh.hears(LICENCE.text)
    says(rig, "U1", "nudge everyone stuck more than two days")
    asked = newest(rig, "U1")
    assert "Remind 2 people?" in asked.shown and "Ben, Night picker: silent for 2 days" in asked.shown
    assert "Dan" not in asked.shown
    stuck[0].hears_nothing()
    for _ in range(2):  # pressed twice
        rig.slack.presses("U1", "Send 2 reminders", on=asked).wait()
    assert "Ben: the reminder goes out now." in heard(rig, "U1")
    for one in stuck:
        assert one.hears(LICENCE.text).count(LICENCE.text) == 1
    fresh.hears_nothing()


def test_a_job_is_posted_with_a_button_to_apply(rig: AlertRig, code: str) -> None:
    rig.slack.runs("U1", "/interviewer", f"post {code}", channel="C1")
    rig.stack.settle()
    posted = rig.slack.ledger.of("chat.postMessage", "C1")[-1]
    assert "automated assistant asks" in posted.shown
    rig.slack.channel("C1").members.add("U4")
    rig.slack.presses("U4", "Apply", on=posted).wait()
    assert LICENCE.text in heard(rig, "U4")

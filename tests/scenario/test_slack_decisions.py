"""What a member does by the buttons of an alert, and App Home: signed presses in, calls of Slack out."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from botapp.entrypoints.simulator.slack import NotPossible
from botapp.pipeline import members
from botapp.pipeline.slack_home import deadline_words
from botapp.state import conversations, outbox
from botapp.state.read_models import InterviewPage
from tests.support.conversation import Candidate, Recruiter
from tests.support.roles import BUSY, LICENCE, SLUG, STRONG, YEARS, night_picker
from tests.support.slack_alerts import CHANNEL, AlertRig, alert_rig
from tests.support.stack import START, Stack, add_workspace

Publish = Callable[..., str]


@pytest.fixture
def rig(stack: Stack) -> Iterator[AlertRig]:
    with alert_rig(stack) as made:
        yield made


@pytest.fixture
def maria(rig: AlertRig, candidate: Candidate, published: Publish) -> Candidate:
    """Has finished; the alert stands in #hiring."""
    published(alert_address=CHANNEL)
    candidate.opens(SLUG).hears(LICENCE.text)
    candidate.presses("Yes").hears(YEARS.text)
    candidate.says("3 years").hears(BUSY.text)
    candidate.says(STRONG).hears("last question")
    rig.stack.settle()
    return candidate


def page_of(rig: AlertRig, candidate: Candidate) -> InterviewPage:
    return members.interview_page(rig.stack.services, rig.stack.owner, candidate.thread.interview_id)


# ---- looking -----------------------------------------------------------------------------------------------


def test_details_open_for_who_may_see_them(rig: AlertRig, maria: Candidate) -> None:
    """Name, gates, score with coverage, evidence."""
    rig.presses("U1", "Show details")
    seen = rig.modal("U1")
    for part in (
        "Maria Lopez, Night picker",
        "Forklift licence: yes",
        "from 1 of 1 answer",
        "Shortlist",
        "Full report",
    ):
        assert part.casefold() in seen.casefold(), seen
    assert any(quote in seen for quote in ("400 orders", "three zones", "20 minutes early"))


def test_a_viewer_looks_and_is_offered_nothing_to_decide(rig: AlertRig, maria: Candidate) -> None:
    rig.presses("U2", "Show details")
    assert "Maria Lopez" in rig.modal("U2")
    for label in ("Shortlist", "Dismiss", "Message"):
        with pytest.raises(NotPossible):
            rig.slack.presses("U2", label)


@pytest.mark.parametrize("label", ["Shortlist", "Dismiss", "Message"])
def test_who_lost_their_role_meanwhile_is_told(rig: AlertRig, maria: Candidate, label: str) -> None:
    """The role is asked at the press, not when the modal was drawn."""
    rig.presses("U1", "Show details")
    rig.members["U1"] = rig.members["U2"]
    rig.presses("U1", label)
    assert "not decide about candidates" in rig.modal("U1")
    assert page_of(rig, maria).candidate.decision == ""


@pytest.mark.parametrize(("label", "field"), [("Dismiss", "reason"), ("Message", "message")])
def test_the_role_is_asked_again_when_the_form_comes_back(
    rig: AlertRig, maria: Candidate, label: str, field: str
) -> None:
    rig.presses("U1", "Show details")
    rig.presses("U1", label)
    rig.members["U1"] = rig.members["U2"]
    rig.slack.submits("U1", {field: "Some words"})
    assert "not decide about candidates" in rig.modal("U1")
    assert page_of(rig, maria).decisions == ()
    maria.hears_nothing()


def test_another_workspaces_interview_is_not_there(rig: AlertRig, maria: Candidate) -> None:
    _, stranger = add_workspace(rig.stack.services, "Other")
    rig.members["U2"] = stranger
    rig.presses("U2", "Show details")
    assert rig.modal("U2") == ""
    assert any("There is no such interview here." in e.text for e in rig.slack.ledger.of("chat.postEphemeral"))


# ---- deciding ----------------------------------------------------------------------------------------------


def test_a_shortlisted_candidate_says_so_and_twice_is_once(rig: AlertRig, maria: Candidate) -> None:
    rig.presses("U1", "Show details")
    pressed = rig.slack.presses("U1", "Shortlist").wait()
    rig.slack.sender.deliver_again(pressed).wait()
    with pytest.raises(NotPossible):
        rig.slack.presses("U1", "Shortlist")
    assert "Shortlisted by Olive Owner." in rig.modal("U1")
    page = page_of(rig, maria)
    assert (page.candidate.decision, [d.kind for d in page.decisions]) == ("shortlisted", ["shortlist"])


def test_a_dismissal_asks_why(rig: AlertRig, maria: Candidate) -> None:
    """Without a reason the form stays open; sent twice it is one decision."""
    rig.presses("U1", "Show details")
    rig.presses("U1", "Dismiss")
    assert "Maria Lopez will not go on" in rig.modal("U1")
    assert "say why" in rig.slack.submits("U1", {"reason": "  "}).errors["reason"]
    form = rig.slack.modal("U1")
    done = rig.slack.submits("U1", {"reason": "No night shifts"}, view=form)
    assert not done.problem
    rig.slack.sender.deliver_again(done.delivery).wait()
    assert "Your reason is kept" in rig.modal("U1")
    page = page_of(rig, maria)
    assert [(d.kind, d.reason, d.by) for d in page.decisions] == [("dismiss", "No night shifts", "Olive Owner")]


def test_a_message_reaches_the_candidate_once(rig: AlertRig, maria: Candidate) -> None:
    """Through the turn and the send gate, with who wrote it."""
    rig.presses("U1", "Show details")
    rig.presses("U1", "Message")
    assert "To Maria Lopez." in rig.modal("U1")
    done = rig.slack.submits("U1", {"message": "Can you come on Friday at 9?"})
    assert not done.problem
    rig.slack.sender.deliver_again(done.delivery).wait()
    said = maria.hears("Olive Owner: Can you come on Friday at 9?")
    assert said.count("Friday") == 1
    maria.hears_nothing()


def test_who_opted_out_is_not_written_to(rig: AlertRig, maria: Candidate) -> None:
    """The recruiter is told, instead of a message that the gate would hold back silently."""
    with rig.stack.services.database.writing() as uow:
        outbox.opt_out(uow, rig.stack.workspace_id, maria.thread.address, rig.clock.now(), "")
    rig.presses("U1", "Show details")
    rig.presses("U1", "Message")
    rig.slack.submits("U1", {"message": "Hello again"})
    assert "They asked for no more messages here" in rig.modal("U1")
    maria.hears_nothing()


def test_who_has_no_thread_any_more_is_not_written_to(rig: AlertRig, maria: Candidate) -> None:
    """Never to the recruiter's own thread instead."""
    with rig.stack.services.database.writing() as uow:
        conversations.leave_address(uow, conversation_id=maria.conversation_id, address=maria.thread.address)
    before = len(rig.calls())
    rig.presses("U1", "Show details")
    rig.presses("U1", "Message")
    rig.slack.submits("U1", {"message": "Hello again"})
    seen = rig.modal("U1")
    rig.stack.settle()
    assert len(rig.calls()) == before
    assert "no thread that a message could go to" in seen


def test_the_whole_report_pages(rig: AlertRig, maria: Candidate) -> None:
    rig.presses("U1", "Show details")
    rig.presses("U1", "Full report")
    seen = rig.modal("U1")
    assert "= Full report =" in seen
    assert BUSY.text in seen


def test_a_long_report_turns_its_pages(rig: AlertRig, candidate: Candidate, published: Publish) -> None:
    many = [LICENCE.model_copy(update={"id": f"q{n}", "text": f"{'Long ' * 60}question {n}?"}) for n in range(40)]
    published(night_picker(*many, alert_address=CHANNEL))
    candidate.opens(SLUG)
    for _ in range(40):
        candidate.hears()
        rig.clock.advance(seconds=10)  # as a person, not as a flood
        candidate.presses("Yes")
    candidate.hears()
    rig.stack.settle()
    rig.presses("U1", "Show details")
    rig.presses("U1", "Full report")
    first = rig.modal("U1")
    rig.presses("U1", "Next")
    assert "Page 1 of" in first
    assert "Page 2 of" in rig.modal("U1")
    rig.presses("U1", "Previous")
    assert rig.modal("U1") == first


# ---- App Home ----------------------------------------------------------------------------------------------


def home_of(rig: AlertRig, user: str = "U1") -> str:
    from botapp.entrypoints.simulator.slack import text_of_view

    view = rig.slack.home(user)
    assert view is not None
    return text_of_view(view.body)


def test_home_shows_the_interviewers_and_what_needs_somebody(
    rig: AlertRig, candidate: Candidate, published: Publish
) -> None:
    """Status, candidates, completion, spend, deadline; and the candidate who asked for a person."""
    ends = (START + timedelta(days=3)).date().isoformat()
    published(alert_address=CHANNEL, deadline=ends, budget={"kind": "total", "cap": 50})
    candidate.opens(SLUG).hears(LICENCE.text)
    candidate.says("I want to talk to a human")
    candidate.hears()
    rig.slack.opens_home("U1").wait()
    seen = home_of(rig)
    for part in ("Night picker (active)", "1 candidate", "0 completed", "of 50 interviews used", "Ends in 3 days"):
        assert part in seen, seen
    assert "Maria Lopez (Night picker) wants to talk to a person" in seen
    rig.presses("U1", "Show details")
    assert "Maria Lopez, Night picker" in rig.modal("U1")
    assert rig.slack.ledger.refusals == []


def test_home_finds_and_pages(rig: AlertRig, published: Publish) -> None:
    for number in range(30):
        published(night_picker(slug=f"role-{number}", title=f"Role number {number}"))
    rig.slack.opens_home("U1").wait()
    assert "Page 1 of 3" in home_of(rig)
    rig.presses("U1", "Next")
    assert "Page 2 of 3" in home_of(rig)
    rig.presses("U1", "home.search", choose="number 17")
    assert "Role number 17" in home_of(rig)
    assert "Role number 16" not in home_of(rig)
    rig.presses("U1", "home.search", choose="nothing like it")
    assert "No interviewer has this in its title." in home_of(rig)
    assert rig.slack.ledger.refusals == []


def test_home_shows_one_kind_when_asked(rig: AlertRig, published: Publish) -> None:
    published(night_picker(title="Night picker"))
    members.create_interviewer(rig.stack.services, rig.stack.owner)
    rig.slack.opens_home("U1").wait()
    assert "[All (2)] [Active (1)] [Draft (1)]" in home_of(rig)
    rig.presses("U1", "Active (1)")
    assert "Night picker" in home_of(rig) and "(draft)" not in home_of(rig)
    rig.presses("U1", "All (2)")
    assert "(draft)" in home_of(rig)


def test_a_new_interviewer_begins_with_a_question_in_the_messages_tab(rig: AlertRig, stack: Stack) -> None:
    rig.slack.opens_home("U1").wait()
    delivery = rig.slack.presses("U1", "New interviewer").wait()
    rig.slack.sender.deliver_again(delivery).wait()
    rig.delivers()
    assert [call.shown for call in rig.calls()] == [rig.calls()[0].shown]
    assert "Which role do you want to fill?" in rig.calls()[0].shown


def test_a_viewers_home_offers_nothing_to_make(rig: AlertRig, published: Publish) -> None:
    published()
    rig.slack.opens_home("U2").wait()
    assert "Night picker" in home_of(rig, "U2")
    assert "New interviewer" not in home_of(rig, "U2")


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "The deadline was"), (0, "Ends today"), (1, "Ends tomorrow"), (7, "Ends in 7 days"), (8, "Deadline 2026")],
)
def test_the_last_seven_days_warn(days: int, words: str) -> None:
    today = date(2026, 5, 4)
    assert words in deadline_words((today + timedelta(days=days)).isoformat(), today)


def test_alerts_by_recruiters_words_stay_in_the_console(rig: AlertRig, maria: Candidate, recruiter: Recruiter) -> None:
    """What is told in Slack to one member never lands in the channel."""
    rig.presses("U1", "Show details")
    posted = repr([call.arguments for call in rig.calls()])
    assert "Maria" not in posted
    assert any("Maria Lopez" in line for line in recruiter.alerts())


# ---- the whole way in --------------------------------------------------------------------------------------


def test_the_whole_way_from_alert_to_decision(rig: AlertRig, maria: Candidate) -> None:
    """Signed bytes, routed by workspace, member and control: look, shortlist, dismiss, write, Home."""
    rig.slack.sender.post = rig.walks_in
    rig.presses("U1", "Show details")
    rig.presses("U1", "Shortlist")
    assert "Shortlisted by Olive Owner." in rig.modal("U1")
    rig.presses("U1", "Message")
    assert not rig.slack.submits("U1", {"message": "See you on Friday."}).problem
    maria.hears("Olive Owner: See you on Friday.")
    rig.presses("U1", "Show details")
    rig.presses("U1", "Dismiss")
    assert not rig.slack.submits("U1", {"reason": "Withdrew"}).problem
    assert [d.kind for d in page_of(rig, maria).decisions] == ["shortlist", "dismiss"]
    rig.slack.opens_home("U1").wait()
    rig.stack.settle()
    assert "Night picker (active)" in home_of(rig)
    made = rig.slack.presses("U1", "New interviewer").wait()
    assert made.acked, made.attempts
    rig.delivers()
    assert "Which role do you want to fill?" in rig.calls()[-1].shown


def test_a_stranger_learns_nothing(rig: AlertRig, maria: Candidate) -> None:
    """Somebody in the channel who is not on the team: no modal, an empty Home with a way in."""
    rig.slack.sender.post = rig.walks_in
    rig.slack.add_user("U9", "Nobody Known", email="nobody@example.com")
    rig.slack.channel("C1").members.add("U9")
    rig.presses("U9", "Show details")
    rig.slack.opens_home("U9").wait()
    rig.stack.settle()
    assert rig.slack.modal("U9") is None
    assert "an owner can invite you" in home_of(rig, "U9")
    assert "Maria" not in repr([entry.arguments for entry in rig.slack.ledger.entries])

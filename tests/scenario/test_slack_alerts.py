"""What the team hears in a Slack channel about interviews: the role only, one digest for a burst, and nothing lost."""

from collections.abc import Callable, Iterator

import pytest

from botapp.entrypoints.simulator import slack_switches as troubles
from botapp.pipeline import members
from botapp.pipeline.alerts import status_of_shared
from tests.support.conversation import Candidate, Recruiter
from tests.support.roles import BUSY, LICENCE, SLUG, STRONG, YEARS
from tests.support.slack_alerts import CHANNEL, AlertRig, alert_rig, says_in_slack
from tests.support.stack import Stack

Publish = Callable[..., str]
PERSONAL = ("Person", "secret", "Maria", "Lopez", "400 orders", "forklift licence since")


@pytest.fixture
def rig(stack: Stack) -> Iterator[AlertRig]:
    with alert_rig(stack) as made:
        yield made


@pytest.fixture
def role(published: Publish) -> str:
    return published(alert_address=CHANNEL)


def finishes(candidate: Candidate) -> None:
    candidate.opens(SLUG).hears(LICENCE.text)
    candidate.presses("Yes").hears(YEARS.text)
    candidate.says("3 years").hears(BUSY.text)
    candidate.says(STRONG).hears("last question")


def holds_nothing_personal(rig: AlertRig) -> bool:
    said = rig.everything_slack_got()
    return not any(word in said for word in PERSONAL)


# ---- one alert ---------------------------------------------------------------------------------------------


def test_a_finished_interview_is_told_in_the_channel_by_its_role_only(
    rig: AlertRig, role: str, candidate: Candidate, recruiter: Recruiter
) -> None:
    """Name, score and quotes stand in the console, and behind a button."""
    finishes(candidate)
    rig.stack.settle()
    [posted] = rig.calls()
    assert (posted.channel, posted.shown.splitlines()[0]) == (
        "C1",
        "A candidate finished the interview for Night picker.",
    )
    assert rig.slack.controls("U1", "Show details")
    assert holds_nothing_personal(rig)
    [alert] = recruiter.alerts()
    assert "Maria Lopez" in alert
    assert "Score" in alert


@pytest.mark.parametrize(
    "about", ["person_requested", "question", "undeliverable", "opted_out", "stalled", "knocked_out", "something_new"]
)
def test_no_kind_of_alert_tells_a_name_or_a_quote(rig: AlertRig, role: str, about: str) -> None:
    """What is written to a shared channel is made from the kind of alert."""
    rig.raises(1, about=about, interviewer_id=role)
    rig.delivers_for(5)
    [posted] = rig.calls()
    assert "Night picker" in posted.shown
    assert "Show details" in posted.shown
    assert holds_nothing_personal(rig)


def test_an_alert_raised_again_is_one(rig: AlertRig, role: str) -> None:
    for _ in range(2):
        rig.raises(1, interviewer_id=role)
    rig.delivers_for(5)
    assert len(rig.calls()) == 1


def test_another_employers_slack_is_not_written_to(rig: AlertRig, published: Publish, recruiter: Recruiter) -> None:
    """Nor is a channel nobody named."""
    role = published()
    rig.slack.add_team("T2", "Other")
    for number, place in enumerate(("slack:T2/C1", "slack:#hiring", "slack:", "email:a@example.com")):
        rig.raises(number, interviewer_id=role, to=place)
    rig.delivers_for(5)
    assert rig.calls() == []
    assert len(recruiter.alerts()) == 4


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("alert #hiring", "C1"),
        ("send alerts to #hiring", "C1"),
        ("post the results to #hiring please", "C1"),
        ("alert this channel", "C9"),
        ("send alerts here", "C9"),
    ],
)
def test_the_channel_is_set_by_saying_so(
    rig: AlertRig, published: Publish, recruiter: Recruiter, words: str, channel: str
) -> None:
    """By its name, or where one is."""
    rig.slack.add_channel("C9", "warehouse", ["U1"])
    role = published()
    recruiter.opens(role)
    says_in_slack(rig, recruiter.conversation_id, words, address="slack:T1/C9/1.000001", channels={"hiring": "C1"})
    assert recruiter.draft.settings.alert_address.startswith("slack:")
    rig.raises(1, interviewer_id=role, to=recruiter.draft.settings.alert_address)
    rig.delivers_for(5)
    told = [call.channel for call in rig.calls() if "A candidate finished" in call.shown]
    assert told == [channel]


# ---- a burst -----------------------------------------------------------------------------------------------


def test_two_hundred_in_ten_seconds_are_one_message_that_grows(rig: AlertRig, role: str, recruiter: Recruiter) -> None:
    """At most ten calls; the last tells of all of them; every alert stands in the console."""
    for number in range(200):
        rig.raises(number, interviewer_id=role)
        rig.clock.advance(seconds=0.05)
        rig.delivers()
    rig.delivers_for(20)
    calls = rig.calls()
    assert [call.method for call in calls] == ["chat.postMessage"] + ["chat.update"] * (len(calls) - 1)
    assert 2 <= len(calls) <= 10
    assert "200 candidates finished" in calls[-1].shown
    assert "Night picker: 200 finished" in calls[-1].shown
    assert rig.slack.ledger.refusals == []
    assert len(members.feed(rig.stack.services, rig.stack.owner)) == 200
    assert all(_status(rig, number) == "superseded" for number in range(200))


def _status(rig: AlertRig, number: int) -> str:
    with rig.stack.services.database.reading() as uow:
        return str(status_of_shared(uow, f"alert-completed-{number}"))


def test_a_digest_says_what_each_role_and_kind_had(rig: AlertRig, role: str) -> None:
    for number in range(3):
        rig.raises(number, interviewer_id=role)
    rig.raises(9, about="person_requested", interviewer_id=role)
    rig.delivers_for(5)
    [posted] = rig.calls()
    assert "4 alerts about candidates" in posted.shown
    assert "Night picker: 3 finished, 1 need a person" in posted.shown
    assert holds_nothing_personal(rig)


def test_one_now_and_one_an_hour_later_are_two_messages(rig: AlertRig, role: str) -> None:
    for number in range(2):
        rig.raises(number, interviewer_id=role)
        rig.delivers_for(5)
        rig.clock.advance(hours=1)
    assert [call.method for call in rig.calls()] == ["chat.postMessage"] * 2


@pytest.mark.parametrize("point", ["deliver.before_sending", "deliver.sending", "deliver.called"])
def test_a_sender_killed_in_a_burst_loses_none(rig: AlertRig, role: str, point: str) -> None:
    """Before the mark, between mark and call, and after the call: one message, and all of them in it."""
    from dataclasses import replace

    class Killed(BaseException):
        pass

    def dies(at: str) -> None:
        if at == point:
            raise Killed

    for number in range(20):
        rig.raises(number, interviewer_id=role)
    rig.clock.advance(seconds=4)
    healthy = rig.stack.services
    rig.stack.services = replace(healthy, mark=dies)
    with pytest.raises(Killed):
        rig.delivers()
    rig.stack.services = healthy
    for _ in range(30):
        rig.clock.advance(seconds=10)
        rig.stack.settle()
    posts = rig.slack.ledger.of("chat.postMessage")
    assert len(posts) == 1
    assert "20 candidates finished" in posts[0].shown


def test_a_rate_limit_makes_the_digest_later_not_lost(rig: AlertRig, role: str) -> None:
    """429 for a minute: what came meanwhile is told with it."""
    rig.slack.goes_wrong("chat.postMessage", troubles.rate_limited(60))
    for number in range(10):
        rig.raises(number, interviewer_id=role)
        rig.delivers_for(5)
    rig.delivers_for(120)
    assert "10 candidates finished" in rig.calls()[-1].shown


def test_a_digest_that_somebody_deleted_is_posted_again(rig: AlertRig, role: str) -> None:
    for number in range(2):
        rig.raises(number, interviewer_id=role)
    rig.delivers_for(5)
    rig.slack.goes_wrong("chat.update", troubles.error("message_not_found"))
    rig.raises(3, interviewer_id=role)
    rig.delivers_for(10)
    assert [c.method for c in rig.calls()][-1] == "chat.postMessage"
    assert "3 candidates finished" in rig.calls()[-1].shown


# ---- a channel that is dead --------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", ["channel_not_found", "is_archived", "not_in_channel"])
def test_a_dead_channel_is_told_to_the_installer_once(
    rig: AlertRig, role: str, recruiter: Recruiter, trouble: str
) -> None:
    """The alerts stand in the console."""
    rig.slack.goes_wrong("chat.postMessage", troubles.error(trouble), times=99, channel="C1")
    for number in range(3):
        rig.raises(number, interviewer_id=role)
        rig.delivers_for(60, step=5)
    told = [call for call in rig.calls() if call.channel != "C1"]
    assert len(told) == 1
    assert "Alerts for Night picker don't reach their Slack channel." in told[0].shown
    assert holds_nothing_personal(rig)
    feed = recruiter.alerts()
    assert sum("secret" in line for line in feed) == 3
    assert sum("don't reach" in line for line in feed) == 1


def test_a_channel_that_came_back_and_dies_again_is_told_again(rig: AlertRig, role: str) -> None:
    for number in range(3):
        if number != 1:
            rig.slack.goes_wrong("chat.postMessage", troubles.error("is_archived"), channel="C1")
        rig.raises(number, interviewer_id=role)
        rig.delivers_for(5)
        rig.clock.advance(hours=1)
    assert len([call for call in rig.calls() if call.channel != "C1"]) == 2


def test_a_revoked_token_is_told_in_the_console(rig: AlertRig, role: str, recruiter: Recruiter) -> None:
    rig.slack.revoke_token("T1", "token_revoked")
    rig.raises(1, interviewer_id=role)
    rig.delivers_for(10)
    feed = recruiter.alerts()
    assert sum("secret" in line for line in feed) == 1
    assert sum("botapp was removed from this Slack workspace" in line for line in feed) == 1

"""Slack's calls, taken in: proven, kept once, answered; and what becomes of those that are not as they should be."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from botapp.channels.base import WebhookRequest
from botapp.entrypoints.simulator.slack import CLIENT_ID, signature_of, troubles
from botapp.entrypoints.simulator.slack_sender import Kind, SignedRequest, Urls
from botapp.entrypoints.slack import socket_client, take_envelope
from botapp.pipeline import members
from botapp.pipeline.slack import receive_slack
from botapp.screening.interviewer import Interviewer
from botapp.state import interviewers
from botapp.state import slack as installed
from botapp.state.tables import inbox
from botapp.state.unit_of_work import Database
from tests.support.processes import killed_at
from tests.support.roles import ADVERT, night_picker
from tests.support.slack_stack import SlackStack, slack_stack
from tests.support.stack import MovableClock, add_workspace, publish, run_until_idle


@pytest.fixture
def team(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[SlackStack]:
    with slack_stack(database, redis_url, clock, tmp_path / "data") as made:
        yield made


def message(text: str = "hello there", user: str = "U1", ts: str = "1777888800.000900", **more: Any) -> dict[str, Any]:
    """A direct message as Slack tells of it."""
    event = {
        "type": "message",
        "channel": "D101",
        "channel_type": "im",
        "user": user,
        "text": text,
        "ts": ts,
        "team": "T1",
    }
    return {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": f"Ev{ts}",
        "event": event | more,
        "authorizations": [{"team_id": "T1", "user_id": "U1BOT", "is_bot": True}],
    }


def told_by_slack(team: SlackStack, user: str, text: str) -> dict[str, Any]:
    """What Slack would tell us of a message that is there, not sent yet."""
    before, team.slack.sender.urls = team.slack.sender.urls, Urls("", "", "")
    said = team.slack.says(user, text)
    team.slack.sender.urls = before
    return dict(said.deliveries[0].payload)


def kept(team: SlackStack) -> int:
    with team.services.database.reading() as uow:
        return uow.connection.execute(select(func.count()).where(inbox.c.channel_account == "T1")).scalar_one()


def posts(team: SlackStack, payload: dict[str, Any], **spoiled: Any) -> int:
    return team.slack.sends(team.slack.sender.signed(Kind.EVENT, payload, **spoiled))[0]


def test_slack_asks_whether_the_address_is_ours(team: SlackStack) -> None:
    assert team.slack.verify_url()


@pytest.mark.parametrize(("skew", "status"), [(0, 200), (299, 200), (-299, 200), (301, 403), (-301, 403)])
def test_a_call_is_good_for_five_minutes(team: SlackStack, skew: int, status: int) -> None:
    assert posts(team, message(), skew=skew) == status
    assert kept(team) == (1 if status == 200 else 0)


def test_a_call_signed_with_another_secret_is_refused(team: SlackStack) -> None:
    assert posts(team, message(), secret="somebody else's") == 403
    assert kept(team) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Signature": "v0=ü"},
        {"X-Slack-Signature": ""},
    ],
)
def test_garbage_headers_are_refused_and_break_nothing(team: SlackStack, headers: dict[str, str]) -> None:
    request = team.slack.sender.signed(Kind.EVENT, message())
    spoiled = SignedRequest(request.url, {**request.headers, **headers}, request.body)
    try:
        status = team.slack.sends(spoiled)[0]
    except UnicodeEncodeError:
        pytest.skip("the vendor's client can't send such a header")
    assert status == 403 and kept(team) == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"payload=%7B"])
def test_signed_nonsense_is_refused_for_good(team: SlackStack, body: bytes) -> None:
    request = team.slack.sender.signed(Kind.EVENT, message())
    stamp = request.headers["X-Slack-Request-Timestamp"]
    signature = signature_of(team.slack.signing_secret, stamp, body)
    spoiled = SignedRequest(request.url, {**request.headers, "X-Slack-Signature": signature}, body)
    assert team.slack.sends(spoiled)[0] == 403


def test_a_replay_and_a_retry_are_kept_once_and_answered_once(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    before = kept(team)
    for delivery in said.deliveries:
        team.slack.sender.deliver_again(delivery).wait()
    team.settle()
    assert kept(team) == before
    assert len(team.interviewers()) == 1
    assert len([entry for entry in team.said() if "Night Warehouse Picker" in entry.shown]) == 1


def test_a_mention_and_its_message_are_one(team: SlackStack) -> None:
    team.says("U1", ADVERT, channel="C1", mention=True)
    assert kept(team) == 1 and len(team.interviewers()) == 1


def test_what_can_not_be_kept_is_asked_for_again_and_nothing_is_lost(team: SlackStack) -> None:
    with team.database_away():
        assert posts(team, message(ADVERT)) == 503
    assert posts(team, message(ADVERT)) == 200
    team.settle()
    assert kept(team) == 1 and len(team.interviewers()) == 1


def test_an_unknown_slack_workspace_is_told_nothing(team: SlackStack) -> None:
    payload = message() | {"team_id": "T9", "authorizations": [{"team_id": "T9", "user_id": "U9", "is_bot": True}]}
    assert posts(team, payload) == 404


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "channel_join"},
        {"user": "U1BOT"},
    ],
)
def test_what_is_nobodys_words_is_taken_and_left(team: SlackStack, more: dict[str, Any]) -> None:
    assert posts(team, message(**more)) == 200
    assert kept(team) == 0


def test_forty_thousand_characters_are_one_draft(team: SlackStack) -> None:
    filler = "We value punctual people who like to work by night. "
    long = (ADVERT + "\n" + filler * 1000)[:40_000]
    assert posts(team, message(long)) == 200
    team.settle()
    assert team.only().title == "Night Warehouse Picker"


def test_an_uninstalled_app_forgets_its_tokens(team: SlackStack) -> None:
    team.says("U1", ADVERT)
    for delivery in team.slack.uninstalls():
        delivery.wait()
    with team.services.database.reading() as uow:
        assert installed.workspace_of_team(uow, "T1") is None
    team.settle()


def test_a_token_that_works_no_more_fails_the_message_and_not_the_turn(team: SlackStack) -> None:
    team.says("U1", ADVERT)
    team.slack.revoke_token()
    team.says("U1", ADVERT.replace("Night Warehouse Picker", "Day Packer"))
    assert {stored.title for stored in team.interviewers()} == {"Night Warehouse Picker", "Day Packer"}


# ---- connecting --------------------------------------------------------------------------------------------


def signed_in(team: SlackStack, member_id: str) -> Any:
    from botapp.entrypoints.web.app import create_app
    from botapp.pipeline.members import new_sign_in

    client = create_app(team.web).test_client()
    secret = new_sign_in(team.services, member_id)
    client.post(f"/signin/{secret}")
    return client


def test_an_owner_connects_a_slack_workspace_and_is_known_there(team: SlackStack) -> None:
    team.slack.add_team("T2", "Second")
    team.slack.add_user("U7", "Olive Owner", email="other@private.test", team="T2")
    client = signed_in(team, team.stack.owner.id)
    sent = client.get("/slack/install")
    assert sent.status_code == 302 and f"client_id={CLIENT_ID}" in sent.location
    state = sent.location.partition("state=")[2].partition("&")[0]
    code = team.slack.grant_code("U7", redirect_uri="https://interviews.test/slack/oauth", team="T2")
    answer = client.get(f"/slack/oauth?code={code}&state={state}")
    assert answer.status_code == 200 and "is connected" in answer.text
    with team.services.database.reading() as uow:
        assert installed.teams_of(uow, team.stack.workspace_id) == ["T1", "T2"]
    assert client.get(f"/slack/oauth?code={code}&state={state}").status_code == 400


def test_a_recruiter_can_not_connect_one(team: SlackStack) -> None:
    assert signed_in(team, team.members["U1"].id).get("/slack/install").status_code == 403


def test_nobody_connects_one_without_having_been_sent(team: SlackStack) -> None:
    client = signed_in(team, team.stack.owner.id)
    assert client.get("/slack/oauth?code=abc&state=made-up").status_code == 400


# ---- Socket Mode -------------------------------------------------------------------------------------------


def test_by_a_socket_nothing_has_to_be_public(team: SlackStack) -> None:
    team.slack.sender.socket_mode = True
    client = socket_client(team.settings, team.web.services, team.slack.app_token)
    client.connect()
    try:
        team.slack.hub.wait_until_connected()
        said = team.says("U1", ADVERT)
        assert "Night Warehouse Picker" in team.last(said.channel, said.ts).shown
        team.presses("U1", "Publish", on=team.last(said.channel, said.ts))
        assert team.only().version == 1
        answer = team.slack.runs("U1", "/interviewer", "list").wait().answer
        assert answer and "Night Warehouse Picker" in str(answer["blocks"])
    finally:
        client.close()


def test_what_a_socket_brings_and_can_not_be_kept_is_not_acknowledged(team: SlackStack) -> None:
    with team.database_away():
        assert take_envelope(team.web.services, "events_api", message()) == (False, None)
    assert take_envelope(team.web.services, "events_api", message()) == (True, None)
    assert kept(team) == 1


# ---- who, and whose ----------------------------------------------------------------------------------------


def test_somebody_of_another_slack_workspace_is_never_taken_for_ours(team: SlackStack) -> None:
    """A shared channel: their profile over there may say anything."""
    team.slack.add_team("T2", "Second")
    payload = told_by_slack(team, "U1", ADVERT)
    payload["event"] = {**payload["event"], "user_team": "T2"}
    posts(team, payload)
    team.settle()
    assert team.interviewers() == []
    assert "not on the team" in team.last().shown


def test_a_removed_member_is_a_stranger_again(team: SlackStack) -> None:
    team.says("U1", ADVERT)
    members.remove_member(team.services, team.stack.owner, team.members["U1"].id)
    team.says("U1", ADVERT.replace("Night Warehouse Picker", "Day Packer"))
    assert len(team.interviewers()) == 1
    assert "not on the team" in team.last().shown


def test_slack_that_can_not_be_asked_who_somebody_is_is_asked_again(team: SlackStack) -> None:
    team.slack.goes_wrong("users.info", troubles.server_error(), times=2)
    team.slack.says("U1", ADVERT).wait()
    team.settle(timedelta(minutes=5))
    assert team.only().title == "Night Warehouse Picker"


def test_a_control_that_names_anothers_interviewer_does_nothing(team: SlackStack) -> None:
    other, owner = add_workspace(team.services, "Another employer")
    theirs = publish(team.services, owner, night_picker())
    said = team.says("U1", ADVERT)
    card = team.last(said.channel, said.ts)
    press = json.loads(json.dumps(team.slack.presses("U1", "Rehearse", on=card).wait().payload))
    team.settle()
    assert "Rehearsed: strong" in team.last().shown
    press["actions"][0] |= {
        "action_id": "draft.publish",
        "value": json.dumps({"i": theirs, "r": 1}),
        "action_ts": "9.9",
    }
    assert team.slack.sends(team.slack.sender.signed(Kind.INTERACTION, press))[0] == 200
    team.settle()
    with team.services.database.reading() as uow:
        stored = interviewers.get(uow, theirs)
    assert stored is not None and stored.version == 1 and other != team.stack.workspace_id
    team.slack.hears("There is no such interviewer here.")


def test_a_form_sent_twice_changes_one_thing_once(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    card = team.last(said.channel, said.ts)
    first = Interviewer.model_validate(team.only().draft).questions()[0].text[:60]
    team.presses("U1", "question.menu", on=card, row=first, choose="Edit")
    sent = team.slack.submits("U1", {"text": "Is your forklift licence valid?"})
    team.slack.sender.deliver_again(sent.delivery).wait()
    team.settle()
    assert team.only().revision == 2


def test_a_minute_of_rate_limits_delays_the_answer_and_loses_nothing(team: SlackStack) -> None:
    team.slack.goes_wrong("chat.postMessage", troubles.rate_limited(30), times=2)
    team.slack.says("U1", ADVERT).wait()
    team.settle(timedelta(minutes=3))
    assert [entry for entry in team.said() if "Night Warehouse Picker" in entry.shown]


@pytest.mark.parametrize("trouble", ["done_then_dropped", "done_then_server_error"])
def test_an_answer_that_may_have_left_is_looked_up_and_not_repeated(team: SlackStack, trouble: str) -> None:
    team.slack.goes_wrong("chat.postMessage", getattr(troubles, trouble)())
    team.slack.says("U1", ADVERT).wait()
    team.settle(timedelta(minutes=3))
    assert len([entry for entry in team.said() if "Night Warehouse Picker" in entry.shown]) == 1


@pytest.mark.parametrize("what", ["archive", "remove_app"])
def test_a_dead_channel_fails_the_message_alone(team: SlackStack, what: str) -> None:
    said = team.says("U1", ADVERT, channel="C1", mention=True)
    assert said.ts and team.only().revision == 1
    team.slack.says("U1", "Remove question 2", channel="C1", thread=said.ts).wait()
    getattr(team.slack, what)("C1")
    team.settle(timedelta(minutes=3))
    assert team.only().revision == 2


def test_a_file_is_answered_with_what_to_do(team: SlackStack) -> None:
    file = team.slack.add_file("U1", "role.pdf", b"%PDF-1.4", mimetype="application/pdf")
    team.slack.says("U1", "here is the job description", files=[file]).wait()
    team.settle()
    assert any("paste the text" in entry.shown for entry in team.said())


# ---- a kill at any moment ----------------------------------------------------------------------------------


def proven(request: SignedRequest) -> WebhookRequest:
    return WebhookRequest(request.url, request.headers, request.body)


def marked(services: Any, mark: Any) -> Any:
    """The same, in a child process: connections are not shared."""
    return replace(services, mark=mark, database=Database(services.database.url))


def drafts(team: SlackStack) -> int:
    return len([entry for entry in team.said() if "Night Warehouse Picker" in entry.shown])


@pytest.mark.crash
@pytest.mark.parametrize("point", ["receive.begin", "receive.before_commit", "receive.committed", "receive.woken"])
def test_killed_while_receiving_slack_tries_again_and_is_answered_once(team: SlackStack, point: str) -> None:
    team.says("U1", "help")
    request = team.slack.sender.signed(Kind.EVENT, told_by_slack(team, "U1", ADVERT))
    killed_at(point, lambda mark: receive_slack(marked(team.web.services, mark), proven(request)) and None)
    assert team.slack.sends(request)[0] == 200
    team.settle()
    assert drafts(team) == 1 and len(team.interviewers()) == 1


@pytest.mark.crash
@pytest.mark.parametrize(
    "point",
    [
        "turn.claimed",
        "turn.decided",
        "turn.before_commit",
        "turn.committed",
        "deliver.before_sending",
        "deliver.sending",
        "deliver.called",
        "deliver.recorded",
    ],
)
def test_killed_while_answering_it_is_answered_once_and_no_status_line_stays(team: SlackStack, point: str) -> None:
    team.says("U1", "help")
    team.slack.says("U1", ADVERT).wait()
    killed_at(point, lambda mark: run_until_idle(marked(team.services, mark), team.clock))
    team.settle(timedelta(minutes=3))
    assert drafts(team) == 1 and len(team.interviewers()) == 1
    assert not any(team.slack.statuses().values())

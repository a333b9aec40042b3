"""What people do in the local Slack, as code or over its control pages, and what Slack's client forbids."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from botapp.entrypoints.simulator.slack import (
    LocalSlack,
    NotPossible,
    Pace,
)
from tests.support.slack import (
    ASK,
    HOME,
    ListeningApp,
    Reply,
    actions,
    button,
    client_of,
    listening_app,
    local_slack,
    open_modal,
    refusal,
    sim,
)


@pytest.fixture
def app() -> Iterator[ListeningApp]:
    with listening_app() as listening:
        yield listening


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with local_slack() as served:
        yield served


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return client_of(slack)


@pytest.fixture
def heard(app: ListeningApp) -> Iterator[LocalSlack]:
    """A Slack whose events the app hears, but for the app's own messages."""
    with local_slack(events_url=app.url) as served:
        served.echo = False
        yield served


# -- pressing, modals, commands -------------------------------------------------------------------


def test_a_press_carries_value_message_trigger_and_response_url(app: ListeningApp, heard: LocalSlack) -> None:
    client = client_of(heard)
    ts = client.chat_postMessage(
        channel="C1", text="card", blocks=actions(button("Undo", action_id="undo", value="v1"))
    )["ts"]
    heard.presses("U1", "Undo").wait()
    body = app.received[0].body
    assert (body["type"], body["user"]["id"], body["container"]["message_ts"]) == ("block_actions", "U1", ts)
    assert (body["actions"][0]["action_id"], body["actions"][0]["value"]) == ("undo", "v1")
    client.views_open(trigger_id=body["trigger_id"], view=ASK)
    assert heard.modal("U1") is not None
    with pytest.raises(NotPossible, match="sees no 'Redo'"):
        heard.presses("U1", "Redo")


def test_an_overflow_of_one_row_is_chosen_from(app: ListeningApp, heard: LocalSlack) -> None:
    def row(text: str) -> dict[str, Any]:
        choices = [{"text": {"type": "plain_text", "text": f"Edit {text}"}, "value": f"edit-{text}"}]
        menu = {"type": "overflow", "action_id": "more", "options": choices}
        return {"type": "section", "text": {"type": "mrkdwn", "text": text}, "accessory": menu}

    client_of(heard).chat_postMessage(channel="C1", text="card", blocks=[row("one"), row("two")])
    heard.presses("U1", "more", row="two", choose="Edit two").wait()
    assert app.received[0].body["actions"][0]["selected_option"]["value"] == "edit-two"
    with pytest.raises(NotPossible, match="no option"):
        heard.presses("U1", "more", choose="Delete")


def test_an_interaction_is_sent_once_and_the_person_is_told(app: ListeningApp, heard: LocalSlack) -> None:
    client_of(heard).chat_postMessage(channel="C1", text="card", blocks=actions(button(action_id="a")))
    app.next_replies = [Reply(500), Reply(after=0.7)]
    assert heard.presses("U1", "a").wait().told == "dispatch_failed"
    assert heard.presses("U1", "a").wait().told == "operation_timeout"
    assert len(app.received) == 2


def test_a_response_url_is_good_five_times(app: ListeningApp, heard: LocalSlack) -> None:
    client_of(heard).chat_postMessage(channel="C1", text="card", blocks=actions(button(action_id="a")))
    heard.presses("U1", "a").wait()
    hook = WebhookClient(app.received[0].body["response_url"])
    assert hook.send(text="seen by one").status_code == 200
    assert hook.send(text="replaced", replace_original=True).status_code == 200
    assert heard.text("C1") == "botapp: replaced\nbotapp (only Ada Olsen sees this): seen by one"
    answers = [hook.send(text=f"{n}").status_code for n in range(4)]
    assert answers == [200, 200, 200, 404]
    wrong = WebhookClient(heard.world.new_response_url(heard.team(), "C1", "U1")).send_dict({"txet": "x"})
    assert '"ok": false' in wrong.body


def test_a_submitted_modal_closes_or_shows_its_errors(app: ListeningApp, heard: LocalSlack) -> None:
    open_modal(heard)
    app.next_replies = [Reply(body=json.dumps({"response_action": "errors", "errors": {"q": "Say more."}}))]
    assert heard.submits("U1", {"Question": "Why?"}).errors == {"q": "Say more."}
    done = heard.submits("U1", {"q": "Why"})
    assert done.closed and heard.modal("U1") is None
    assert app.received[1].body["view"]["state"]["values"]["q"]["text"]["value"] == "Why"
    with pytest.raises(NotPossible, match="no such modal"):
        heard.submits("U1", {})


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "x"}}, "invalid_arguments"),
        ({"response_action": "errors"}, "invalid_arguments"),
        ({"response_action": "vanish"}, "invalid_arguments"),
        ({"response_action": "update", "view": HOME}, "invalid_arguments"),
        ({"response_action": "push", "view": {"type": "modal"}}, "invalid_arguments"),
    ],
)
def test_an_answer_slack_cannot_follow_is_a_problem(
    app: ListeningApp, heard: LocalSlack, answer: dict[str, Any], problem: str
) -> None:
    open_modal(heard)
    app.next_replies = [Reply(body=json.dumps(answer))]
    assert heard.submits("U1", {"q": "Why"}).problem.startswith(problem)
    assert heard.modal("U1") is not None


def test_an_answer_may_change_push_or_clear_the_views(app: ListeningApp, heard: LocalSlack) -> None:
    open_modal(heard)
    other = ASK | {"callback_id": "other"}
    app.next_replies = [
        Reply(body=json.dumps({"response_action": "update", "view": other})),
        Reply(body=json.dumps({"response_action": "push", "view": ASK})),
        Reply(body=json.dumps({"response_action": "clear"})),
    ]
    assert heard.submits("U1", {"q": "a"}).view.body["callback_id"] == "other"
    assert heard.submits("U1", {"q": "a"}).view.previous is not None
    assert heard.submits("U1", {"q": "a"}).closed and heard.modal("U1") is None


def test_a_person_cannot_submit_what_slacks_client_would_not(heard: LocalSlack) -> None:
    open_modal(heard)
    for given, why in (({}, "must be filled in"), ({"q": "123456"}, "too long"), ({"nope": "x"}, "no field")):
        with pytest.raises(NotPossible, match=why):
            heard.submits("U1", given)
    with pytest.raises(NotPossible, match="one line"):
        heard.submits("U1", {"q": "a\nb"})
    assert heard.sender.deliveries == []


def test_closing_is_told_only_when_asked_for(app: ListeningApp, heard: LocalSlack) -> None:
    open_modal(heard)
    assert heard.closes("U1") is None
    open_modal(heard, ASK | {"notify_on_close": True})
    closed = heard.closes("U1")
    assert closed is not None and closed.wait().acked
    assert app.received[0].body["type"] == "view_closed"


def test_a_command_shows_its_answer_to_the_one_who_typed_it(app: ListeningApp, heard: LocalSlack) -> None:
    app.next_replies = [Reply(body=json.dumps({"text": "Three interviewers"})), Reply(body="plain words")]
    heard.runs("U1", "/interviewer", "list", channel="C1")
    form = app.received[0].body
    assert (form["command"], form["text"], form["user_id"], form["channel_id"]) == ("/interviewer", "list", "U1", "C1")
    heard.runs("U1", "/interviewer", "help", channel="C1")
    assert [(e.user, e.text) for e in heard.ledger.of("command.answer")] == [
        ("U1", "Three interviewers"), ("U1", "plain words"),
    ]  # fmt: skip
    app.next_replies = [Reply(500)]
    assert heard.runs("U1", "/interviewer", "new").told == "dispatch_failed"


def test_a_person_cannot_speak_where_they_are_not(slack: LocalSlack) -> None:
    slack.add_user("U3", "Kim")
    with pytest.raises(NotPossible, match="not in C1"):
        slack.says("U3", "hi", channel="C1")
    slack.archive("C1")
    with pytest.raises(NotPossible, match="archived"):
        slack.says("U1", "hi", channel="C1")
    with pytest.raises(NotPossible, match="no message"):
        slack.says("U1", "hi", thread="1.000001")


# -- views ----------------------------------------------------------------------------------------


def test_a_modal_opens_with_a_trigger_that_is_good_once(slack: LocalSlack, client: WebClient) -> None:
    trigger = slack.world.new_trigger("T1", "U1")
    client.views_open(trigger_id=trigger, view=ASK)
    modal = slack.modal("U1")
    assert modal is not None and modal.body["callback_id"] == "ask"
    assert refusal(lambda: client.views_open(trigger_id=trigger, view=ASK)) == "exchanged_trigger_id"
    assert refusal(lambda: client.views_open(trigger_id="1.2.x", view=ASK)) == "invalid_arguments"


def test_a_trigger_is_dead_after_three_seconds() -> None:
    assert Pace().trigger == 3.0
    with local_slack(pace=Pace(trigger=0.05)) as slack:
        trigger = slack.world.new_trigger("T1", "U1")
        time.sleep(0.06)
        assert refusal(lambda: client_of(slack).views_open(trigger_id=trigger, view=ASK)) == "expired_trigger_id"


def test_a_view_changed_meanwhile_is_not_overwritten(slack: LocalSlack, client: WebClient) -> None:
    opened = client.views_open(trigger_id=slack.world.new_trigger("T1", "U1"), view=ASK)["view"]
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=ASK)
    stale = refusal(lambda: client.views_update(view_id=opened["id"], hash=opened["hash"], view=ASK))
    assert stale == "hash_conflict"
    slack.closes("U1")
    assert refusal(lambda: client.views_update(view_id=opened["id"], view=ASK)) == "not_found"


def test_a_home_tab_is_published_and_guarded_by_its_hash(slack: LocalSlack, client: WebClient) -> None:
    first = client.views_publish(user_id="U1", view=HOME)["view"]["hash"]
    client.views_publish(user_id="U1", view=HOME, hash=first)
    assert refusal(lambda: client.views_publish(user_id="U1", view=HOME, hash=first)) == "hash_conflict"
    assert refusal(lambda: client.views_publish(user_id="U1", view=ASK)) == "invalid_arguments"
    assert refusal(lambda: client.views_publish(user_id="U9", view=HOME)) == "invalid_arguments"
    home = slack.home("U1")
    assert home is not None and slack.home("U2") is None


def test_three_modals_lie_on_each_other_and_no_fourth(slack: LocalSlack, client: WebClient) -> None:
    def trigger() -> str:
        return slack.world.new_trigger("T1", "U1")

    assert refusal(lambda: client.views_push(trigger_id=trigger(), view=ASK)) == "invalid_arguments"
    client.views_open(trigger_id=trigger(), view=ASK)
    client.views_push(trigger_id=trigger(), view=ASK)
    client.views_push(trigger_id=trigger(), view=ASK)
    assert refusal(lambda: client.views_push(trigger_id=trigger(), view=ASK)) == "push_limit_reached"


# -- by itself ------------------------------------------------------------------------------------


def test_the_control_pages_do_what_a_person_can(app: ListeningApp, heard: LocalSlack) -> None:
    said = sim(heard.root, "say", {"user": "U1", "text": "hello", "channel": "C1"})
    assert said["deliveries"][0]["acked"] is True
    client = client_of(heard)
    client.chat_postMessage(
        channel="C1", text="card", thread_ts=said["ts"], blocks=actions(button("Undo", action_id="undo"))
    )
    assert sim(heard.root, "press", {"user": "U1", "name": "Undo"})["acked"] is True
    open_modal(heard)
    assert "= Ask =" in sim(heard.root, "views")["views"][0]["shown"]
    assert sim(heard.root, "submit", {"user": "U1", "given": {"q": "Why"}})["closed"] is True
    assert sim(heard.root, "command", {"user": "U1", "command": "/interviewer", "text": "list"})["acked"] is True
    assert sim(heard.root, "home", {"user": "U1"})["acked"] is True
    assert sim(heard.root, f"thread?channel=C1&ts={said['ts']}")["text"] == "Ada Olsen: hello\n  botapp: [Undo]"
    assert [e["method"] for e in sim(heard.root, "ledger")["entries"]] == ["chat.postMessage", "views.open"]
    assert next(c["id"] for c in sim(heard.root, "world")["channels"]) == "C1"


@pytest.mark.parametrize(
    ("what", "given", "status"),
    [
        ("say", {"user": "U9", "text": "hello"}, 409),
        ("say", {"user": "U1", "txet": "hello"}, 400),
        ("press", {"user": "U1", "name": "Nothing"}, 409),
        ("fly", {}, 404),
    ],
)
def test_the_control_pages_refuse_what_a_person_cannot_do(
    slack: LocalSlack, what: str, given: dict[str, Any], status: int
) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        sim(slack.root, what, given)
    assert caught.value.code == status
    caught.value.close()


def test_it_runs_alone_from_the_command_line() -> None:
    command = [sys.executable, "-m", "botapp.entrypoints.simulator.slack", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            base_url = running.stdout.readline().split()[-1]
            token = running.stdout.readline().split()[-1]
            client = WebClient(token, base_url=base_url)
            client.chat_postMessage(channel="C1", text="alone")
            root = base_url.removesuffix("/api/")
            assert sim(root, "thread?channel=C1")["text"] == "botapp: alone"
        finally:
            running.terminate()

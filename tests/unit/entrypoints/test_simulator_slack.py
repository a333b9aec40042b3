"""The local Slack, driven by the vendor's own client: what it takes, and by a negative case each, what it does not."""

import http.client
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, SectionBlock

from botapp.entrypoints.simulator import slack_world
from botapp.entrypoints.simulator.slack import (
    CLIENT_ID,
    CLIENT_SECRET,
    LocalSlack,
    NotPossible,
    Pace,
    troubles,
)
from botapp.entrypoints.simulator.slack_arguments import METHODS
from botapp.entrypoints.simulator.slack_blocks import problems_of_blocks, problems_of_view
from tests.support.slack import (
    HELLO,
    PAYLOADS,
    VENDOR_ERRORS,
    actions,
    button,
    client_of,
    download,
    local_slack,
    refusal,
)


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with local_slack() as served:
        yield served


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return client_of(slack)


# -- posting --------------------------------------------------------------------------------------


def test_a_message_is_posted_and_told_in_the_ledger(slack: LocalSlack, client: WebClient) -> None:
    posted = client.chat_postMessage(channel="C1", text="Hello, Ada")
    assert re.fullmatch(r"\d{10}\.\d{6}", posted["ts"])
    entry = slack.hears("Hello", channel="C1")
    assert (entry.method, entry.ts, entry.text) == ("chat.postMessage", posted["ts"], "Hello, Ada")
    assert slack.text("C1") == "botapp: Hello, Ada"


def test_blocks_of_the_vendors_classes_are_taken_and_read_as_text(slack: LocalSlack, client: WebClient) -> None:
    card = [SectionBlock(text="Night picker"), ActionsBlock(elements=[ButtonElement(text="Publish", action_id="p")])]
    client.chat_postMessage(channel="C1", text="A draft", blocks=card)
    assert slack.hears("Night picker").shown == "Night picker\n[Publish]"


def test_a_form_body_is_understood_as_a_json_body_is(slack: LocalSlack, client: WebClient) -> None:
    client.api_call("chat.postMessage", data={"channel": "C1", "text": "x", "blocks": json.dumps(HELLO)})
    assert slack.hears("Hello").blocks[0]["type"] == "section"
    broken = {"channel": "C1", "text": "x", "blocks": "[{"}
    assert refusal(lambda: client.api_call("chat.postMessage", data=broken)) == "invalid_blocks_format"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"channel": "C9", "text": "x"}, "channel_not_found"),
        ({"channel": "C1"}, "no_text"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": "C1", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C1", "text": "x", "txet": "y"}, "invalid_arguments"),
        ({"channel": "C1", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": "C1", "text": "x", "metadata": {"event_type": "botapp"}}, "invalid_metadata_format"),
        ({"channel": "C1", "text": "x", "unfurl_links": "perhaps"}, "invalid_arguments"),
        ({"channel": "C1", "text": "x", "blocks": [*HELLO] * 51}, "invalid_blocks"),
        ({"channel": "C1", "text": "x", "blocks": [HELLO[0] | {"block_id": "b"}] * 2}, "invalid_blocks"),
        ({"channel": "C1", "text": "x", "blocks": actions(button("x" * 76))}, "invalid_blocks"),
        ({"channel": "C1", "text": "x", "blocks": actions(*[button(action_id="a")] * 2)}, "invalid_blocks"),
    ],
)
def test_a_wrong_message_is_refused_and_not_in_the_ledger(
    slack: LocalSlack, client: WebClient, given: dict[str, Any], error: str
) -> None:
    assert refusal(lambda: client.api_call("chat.postMessage", json=given)) == error
    assert slack.ledger.entries == []
    assert [r.error for r in slack.ledger.refusals] == [error]


def test_forty_thousand_characters_are_taken(slack: LocalSlack, client: WebClient) -> None:
    client.chat_postMessage(channel="C1", text="x" * 40_000)
    assert len(slack.ledger.of("chat.postMessage")[0].text) == 40_000


def test_all_blocks_together_have_a_limit_too(client: WebClient) -> None:
    big = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2570}}]
    client.chat_postMessage(channel="C1", text="x", blocks=big * 5)
    too_big = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2700}}] * 5
    assert refusal(lambda: client.chat_postMessage(channel="C1", text="x", blocks=too_big)) == "msg_blocks_too_long"


def test_a_refusal_says_what_and_where(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C1", text="x", blocks=actions(button("x" * 76)))
    said = caught.value.response["response_metadata"]["messages"]
    assert said == ["[ERROR] must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"]


def test_blockkit_cases_recorded_from_the_vendors_limits_are_told_apart() -> None:
    cases = PAYLOADS / "blockkit_cases.json"
    if not cases.exists():
        pytest.skip("the recorded Block Kit cases are not on this machine")
    wrong = []
    for case in json.loads(cases.read_text()):
        judge = problems_of_blocks if case["target"] == "message.blocks" else problems_of_view
        if (not judge(case["payload"])) != case["valid"]:
            wrong.append(case["name"])
    assert wrong == []


def test_a_message_needs_a_channel_the_app_is_in_and_that_is_alive(slack: LocalSlack, client: WebClient) -> None:
    slack.add_channel("C2", "elsewhere", ["U1"], with_app=False)
    slack.add_channel("C3", "secret", ["U1"], with_app=False, private=True)
    assert refusal(lambda: client.chat_postMessage(channel="C2", text="x")) == "not_in_channel"
    assert refusal(lambda: client.chat_postMessage(channel="C3", text="x")) == "channel_not_found"
    slack.archive("C1")
    assert refusal(lambda: client.chat_postMessage(channel="C1", text="x")) == "is_archived"


def test_a_user_id_stands_for_the_dm(slack: LocalSlack, client: WebClient) -> None:
    posted = client.chat_postMessage(channel="U1", text="Hello")
    assert posted["channel"] == slack.dm("U1").id == client.conversations_open(users="U1")["channel"]["id"]
    assert refusal(lambda: client.conversations_open(users="U9")) == "user_not_found"


def test_a_reply_goes_to_a_parent_only(slack: LocalSlack, client: WebClient) -> None:
    parent = client.chat_postMessage(channel="C1", text="parent")["ts"]
    reply = client.chat_postMessage(channel="C1", text="reply", thread_ts=parent)["ts"]
    again = refusal(lambda: client.chat_postMessage(channel="C1", text="x", thread_ts=reply))
    assert again == "cannot_reply_to_message"
    assert slack.text("C1", parent) == "botapp: parent\n  botapp: reply"


def test_only_own_messages_are_updated_and_deleted(slack: LocalSlack, client: WebClient) -> None:
    own, theirs = client.chat_postMessage(channel="C1", text="old")["ts"], slack.says("U1", "hi", channel="C1").ts
    client.chat_update(channel="C1", ts=own, text="new", blocks=HELLO)
    assert slack.hears(method="chat.update").shown == "Hello"
    assert refusal(lambda: client.chat_update(channel="C1", ts=theirs, text="x")) == "cant_update_message"
    assert refusal(lambda: client.chat_update(channel="C1", ts="1.000001", text="x")) == "message_not_found"
    assert refusal(lambda: client.chat_delete(channel="C1", ts=theirs)) == "cant_delete_message"
    client.chat_delete(channel="C1", ts=own)
    assert refusal(lambda: client.chat_update(channel="C1", ts=own, text="x")) == "message_not_found"


def test_an_update_with_text_alone_takes_the_blocks_away(slack: LocalSlack, client: WebClient) -> None:
    posted = client.chat_postMessage(channel="U1", text="card", blocks=HELLO)
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Decided")
    assert slack.text(posted["channel"]) == "botapp: Decided"
    by_person = refusal(lambda: client.chat_update(channel="U1", ts=posted["ts"], text="x"))
    assert by_person == "channel_not_found"
    empty = refusal(lambda: client.api_call("chat.update", json={"channel": posted["channel"], "ts": posted["ts"]}))
    assert empty == "no_text"


def test_an_ephemeral_is_seen_by_one_and_never_again(slack: LocalSlack, client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel="C1", user="U1", text="for you", blocks=actions(button(action_id="a")))
    slack.presses("U1", "a")
    with pytest.raises(NotPossible):
        slack.presses("U2", "a")
    assert client.conversations_history(channel="C1")["messages"] == []
    assert refusal(lambda: client.chat_update(channel="C1", ts=ts["message_ts"], text="x")) == "message_not_found"
    assert refusal(lambda: client.chat_postEphemeral(channel="C1", user="U9", text="x")) == "user_not_in_channel"


def test_a_reaction_is_given_once(slack: LocalSlack, client: WebClient) -> None:
    ts = slack.says("U1", "hi", channel="C1").ts
    client.reactions_add(channel="C1", timestamp=ts, name="eyes")
    assert refusal(lambda: client.reactions_add(channel="C1", timestamp=ts, name="eyes")) == "already_reacted"
    assert refusal(lambda: client.reactions_add(channel="C1", timestamp=ts, name="Not A Name")) == "invalid_name"


# -- tokens, scopes, pace -------------------------------------------------------------------------


def test_a_token_is_asked_for_and_looked_at(slack: LocalSlack) -> None:
    assert client_of(slack).auth_test()["team_id"] == "T1"
    assert refusal(lambda: client_of(slack, "xoxb-wrong").auth_test()) == "invalid_auth"
    assert refusal(lambda: WebClient(base_url=slack.base_url).auth_test()) == "not_authed"
    assert refusal(lambda: client_of(slack, slack.app_token).auth_test()) == "not_allowed_token_type"
    assert refusal(lambda: client_of(slack).apps_connections_open(app_token=slack.token)) == "not_allowed_token_type"


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
def test_a_dead_token_is_refused_everywhere(slack: LocalSlack, client: WebClient, error: str) -> None:
    slack.revoke_token(error=error)
    assert refusal(lambda: client.chat_postMessage(channel="C1", text="x")) == error
    assert refusal(client.auth_test) == error


def test_a_method_needs_its_scope(slack: LocalSlack) -> None:
    slack.add_team("T2", "Small", scopes={"chat:write"})
    client = client_of(slack, slack.team("T2").token)
    with pytest.raises(SlackApiError) as caught:
        client.users_info(user="U1")
    assert (caught.value.response["error"], caught.value.response["needed"]) == ("missing_scope", "users:read")
    slack.add_user("U7", "Pat", team="T2")
    direct = slack.dm("U7", "T2").id
    client.chat_postMessage(channel=direct, text="allowed")
    assert refusal(lambda: client.conversations_history(channel=direct)) == "missing_scope"


def test_another_workspaces_objects_do_not_exist(slack: LocalSlack) -> None:
    client = client_of(slack, slack.add_team("T2", "Other").token)
    assert refusal(lambda: client.chat_postMessage(channel="C1", text="x")) == "channel_not_found"
    assert refusal(lambda: client.users_info(user="U1")) == "user_not_found"


def test_a_channel_takes_one_message_a_second() -> None:
    with local_slack(pace=Pace(gap=0.3)) as slack:
        slack.add_channel("C2", "another")
        client = client_of(slack)
        client.chat_postMessage(channel="C1", text="one")
        client.chat_postMessage(channel="C2", text="another channel")
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel="C1", text="two")
        assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
        time.sleep(0.31)
        client.chat_postMessage(channel="C1", text="two")
        assert [e.text for e in slack.ledger.of("chat.postMessage", "C1")] == ["one", "two"]


def test_a_method_has_its_calls_a_minute() -> None:
    with local_slack(pace=Pace(gap=0.0)) as slack:
        client = client_of(slack)
        ts = client.chat_postMessage(channel="C1", text="x")["ts"]
        for number in range(METHODS["chat.update"].per_minute):
            client.chat_update(channel="C1", ts=ts, text=f"{number}")
        with pytest.raises(SlackApiError) as caught:
            client.chat_update(channel="C1", ts=ts, text="once too often")
        assert caught.value.response.status_code == 429
        assert 50 <= int(caught.value.response.headers["Retry-After"]) <= 60


def test_the_install_page_and_a_code_that_is_good_once(slack: LocalSlack) -> None:
    client = WebClient(base_url=slack.base_url)
    code = slack.grant_code("U1", redirect_uri="http://localhost/back", scopes={"chat:write"})

    def exchange(**changed: str) -> Any:
        good = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "code": code}
        return client.oauth_v2_access(**(good | {"redirect_uri": "http://localhost/back"} | changed))

    assert refusal(lambda: exchange(client_secret="wrong")) == "bad_client_secret"
    assert refusal(lambda: exchange(client_id="2.2")) == "invalid_client_id"
    assert refusal(lambda: exchange(code="wrong")) == "invalid_code"
    assert refusal(lambda: exchange(redirect_uri="http://evil.example")) == "bad_redirect_uri"
    assert exchange()["access_token"] == slack.token
    assert refusal(exchange) == "code_already_used"
    assert slack.team().scopes == {"chat:write"}


def test_the_install_page_sends_back_with_code_and_state(slack: LocalSlack) -> None:
    query = f"client_id={CLIENT_ID}&scope=chat:write,commands&state=s1&redirect_uri=http://127.0.0.1/back"
    connection = http.client.HTTPConnection("127.0.0.1", int(slack.root.rpartition(":")[2]))
    connection.request("GET", f"/oauth/v2/authorize?{query}")
    location = connection.getresponse().headers["Location"]
    connection.close()
    assert re.fullmatch(r"http://127\.0\.0\.1/back\?code=[\w-]+&state=s1", location)


# -- reading --------------------------------------------------------------------------------------


def test_history_is_newest_first_without_replies_and_shows_metadata_when_asked(
    slack: LocalSlack, client: WebClient
) -> None:
    mark = {"event_type": "botapp", "event_payload": {"outbox_id": "o1"}}
    parent = client.chat_postMessage(channel="C1", text="first", metadata=mark)["ts"]
    client.chat_postMessage(channel="C1", text="reply", thread_ts=parent, metadata=mark)
    client.chat_postMessage(channel="C1", text="second")
    plain = client.conversations_history(channel="C1")["messages"]
    assert [m["text"] for m in plain] == ["second", "first"]
    assert "metadata" not in plain[1] and plain[1]["reply_count"] == 1
    marked = client.conversations_history(channel="C1", include_all_metadata=True)["messages"]
    assert marked[1]["metadata"] == mark
    thread = client.conversations_replies(channel="C1", ts=parent, include_all_metadata=True)["messages"]
    assert [m["metadata"]["event_payload"]["outbox_id"] for m in thread] == ["o1", "o1"]
    assert refusal(lambda: client.conversations_replies(channel="C1", ts="1.000001")) == "thread_not_found"


def test_history_is_read_between_moments_and_in_pages(slack: LocalSlack, client: WebClient) -> None:
    stamps = [slack.says("U1", f"{n}", channel="C1").ts for n in range(5)]
    after = client.conversations_history(channel="C1", oldest=stamps[2])["messages"]
    assert [m["text"] for m in after] == ["4", "3"]
    with_edge = client.conversations_history(channel="C1", oldest=stamps[2], inclusive=True)["messages"]
    assert [m["text"] for m in with_edge] == ["4", "3", "2"]
    pages = [[m["text"] for m in page["messages"]] for page in client.conversations_history(channel="C1", limit=2)]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]
    assert refusal(lambda: client.conversations_history(channel="C1", limit=5000)) == "invalid_limit"
    assert refusal(lambda: client.conversations_history(channel="C1", cursor="!")) == "invalid_cursor"
    assert refusal(lambda: client.conversations_history(channel="C1", oldest="then")) == "invalid_ts_oldest"


def test_channels_are_joined_listed_and_looked_up(slack: LocalSlack, client: WebClient) -> None:
    slack.add_channel("C2", "elsewhere", with_app=False)
    assert refusal(lambda: client.conversations_history(channel="C2")) == "not_in_channel"
    assert client.conversations_join(channel="C2")["channel"]["is_member"] is True
    slack.archive("C2")
    listed = client.conversations_list(exclude_archived=True)["channels"]
    assert [c["id"] for c in listed] == ["C1"]
    assert client.conversations_info(channel="C2")["channel"]["is_archived"] is True
    assert refusal(lambda: client.conversations_join(channel="C2")) == "is_archived"


def test_people_are_found_by_id_and_by_address(slack: LocalSlack, client: WebClient) -> None:
    assert client.users_info(user="U1")["user"]["profile"]["email"] == "ada@example.com"
    assert client.users_lookupByEmail(email="VIC@example.com")["user"]["id"] == "U2"
    assert refusal(lambda: client.users_lookupByEmail(email="no@example.com")) == "users_not_found"
    assert {m["id"] for m in client.users_list()["members"]} == {"U1", "U2", "U1BOT"}


def test_a_file_is_served_to_a_bearer_others_see_the_sign_in_page(slack: LocalSlack, client: WebClient) -> None:
    file = slack.add_file("U1", "role.txt", b"Night picker", mimetype="text/plain")
    url = client.files_info(file=file.id)["file"]["url_private_download"]
    assert download(url, slack.token) == ("text/plain", b"Night picker")
    assert download(url)[0] == "text/html"
    assert b"Night picker" not in download(url, "xoxb-wrong")[1]
    slack.lose_file(file)
    assert refusal(lambda: client.files_info(file=file.id)) == "file_deleted"
    with pytest.raises(urllib.error.HTTPError, match="404") as gone:
        download(url, slack.token)
    gone.value.close()


# -- status lines ---------------------------------------------------------------------------------


def test_a_status_line_stays_until_cleared_or_answered(slack: LocalSlack, client: WebClient) -> None:
    asked = slack.says("U1", "make an interviewer")
    direct, ts = asked.channel, asked.ts
    client.assistant_threads_setStatus(channel_id=direct, thread_ts=ts, status="is reading")
    assert slack.status(direct, ts) == "is reading"
    client.assistant_threads_setStatus(channel_id=direct, thread_ts=ts, status="")
    assert slack.statuses() == {}
    client.assistant_threads_setStatus(channel_id=direct, thread_ts=ts, status="is drafting")
    client.chat_postMessage(channel=direct, text="elsewhere")
    assert slack.statuses() == {(direct, ts): "is drafting"}
    client.chat_postMessage(channel=direct, text="Done", thread_ts=ts)
    assert slack.statuses() == {}
    wrong = refusal(lambda: client.assistant_threads_setStatus(channel_id=direct, thread_ts="1.000001", status="x"))
    assert wrong == "thread_not_found"


def test_prompts_and_titles_are_for_the_messages_tab(slack: LocalSlack, client: WebClient) -> None:
    direct, prompts = slack.dm("U1"), [{"title": "New", "message": "Make an interviewer"}]
    client.assistant_threads_setSuggestedPrompts(channel_id=direct.id, prompts=prompts)
    assert direct.prompts == prompts
    ts = slack.says("U1", "hi").ts
    client.assistant_threads_setTitle(channel_id=direct.id, thread_ts=ts, title="Night picker")
    assert direct.titles == {ts: "Night picker"}
    for wrong in (prompts * 5, [], [{"title": "no message"}]):
        said = refusal(lambda: client.assistant_threads_setSuggestedPrompts(channel_id=direct.id, prompts=wrong))  # noqa: B023
        assert said == "invalid_arguments"
    said = refusal(lambda: client.assistant_threads_setSuggestedPrompts(channel_id="C1", prompts=prompts))
    assert said == "channel_not_supported"


# -- switches -------------------------------------------------------------------------------------


def _post(client: WebClient) -> Any:
    return client.chat_postMessage(channel="C1", text="x")


def test_an_error_is_given_as_often_as_asked(slack: LocalSlack, client: WebClient) -> None:
    slack.goes_wrong("chat.postMessage", troubles.error("is_archived"), times=2)
    assert [refusal(lambda: _post(client)) for _ in range(2)] == ["is_archived", "is_archived"]
    _post(client)
    assert len(slack.ledger.entries) == 1


def test_a_switch_for_one_channel_or_method_leaves_the_others_alone(slack: LocalSlack, client: WebClient) -> None:
    slack.add_channel("C2", "another")
    slack.goes_wrong("chat.postMessage", troubles.error("fatal_error"), channel="C2")
    _post(client)
    assert refusal(lambda: client.chat_postMessage(channel="C2", text="x")) == "fatal_error"
    slack.goes_wrong("*", troubles.server_error(503))
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert caught.value.response.status_code == 503
    client.auth_test()


def test_a_rate_limit_names_its_seconds(slack: LocalSlack, client: WebClient) -> None:
    slack.goes_wrong("chat.postMessage", troubles.rate_limited(60))
    with pytest.raises(SlackApiError) as caught:
        _post(client)
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "60")
    assert slack.ledger.entries == []


def test_an_answer_may_be_lost_though_the_message_stands(slack: LocalSlack, client: WebClient) -> None:
    slack.goes_wrong("chat.postMessage", troubles.done_then_dropped())
    with pytest.raises((http.client.HTTPException, OSError)):
        _post(client)
    assert len(slack.ledger.of("chat.postMessage")) == 1
    slack.goes_wrong("chat.postMessage", troubles.done_then_server_error())
    with pytest.raises(SlackApiError):
        _post(client)
    assert len(slack.ledger.of("chat.postMessage")) == 2


def test_a_connection_may_break_before_anything_is_done(slack: LocalSlack, client: WebClient) -> None:
    slack.goes_wrong("chat.postMessage", troubles.dropped())
    with pytest.raises((http.client.HTTPException, OSError)):
        _post(client)
    assert slack.ledger.entries == []


def test_a_slow_call_is_done_though_the_caller_gave_up(slack: LocalSlack) -> None:
    slack.goes_wrong("chat.postMessage", troubles.slow(1.2))
    with pytest.raises(TimeoutError):
        _post(client_of(slack, timeout=1))
    assert slack.hears("x").method == "chat.postMessage"


def test_being_down_refuses_connections_and_being_back_takes_them(slack: LocalSlack, client: WebClient) -> None:
    slack.goes_down()
    with pytest.raises(urllib.error.URLError, match="refused"):
        _post(client)
    slack.comes_back()
    _post(client)


def test_every_error_it_gives_is_one_the_vendor_lists() -> None:
    """Beside those that are younger than the vendor's list of 2021, or that it keeps in prose."""
    if not VENDOR_ERRORS.exists():
        pytest.skip("the vendor's list of errors is not on this machine")
    listed = json.loads(VENDOR_ERRORS.read_text())
    younger = {
        "bad_client_secret", "bad_redirect_uri", "cannot_reply_to_message", "channel_not_supported",
        "code_already_used", "expired_url", "invalid_client_id", "invalid_code", "invalid_metadata_format",
        "invalid_payload", "invalid_types", "metadata_too_large", "no_such_url", "not_allowed_token_type",
        "unknown_method", "used_url",
    }  # fmt: skip
    sources = Path(slack_world.__file__).parent.glob("slack*.py")
    given = {code for source in sources for code in re.findall(r'Refused\(\s*"(\w+)"', source.read_text())}
    assert set(METHODS) <= set(listed) and len(given) > 40
    assert given - younger <= {code for codes in listed.values() for code in codes}


def test_a_wait_that_fails_shows_the_ledger(slack: LocalSlack, client: WebClient) -> None:
    _post(client)
    with pytest.raises(TimeoutError, match=r"1 chat\.postMessage T1/C1/"):
        slack.hears("never said", seconds=0.05)

"""What Slack sends an app: events, interactions, slash commands. Pure; bytes and signatures are elsewhere."""

from typing import Any
from urllib.parse import urlencode

from botapp.entrypoints.simulator.slack_shapes import message_json, view_json
from botapp.entrypoints.simulator.slack_world import APP_ID, Channel, Message, Team, View

TOKEN = "a verification token nobody reads"  # noqa: S105 (Slack still sends one; it proves nothing)


def envelope(team: Team, event: dict[str, Any], event_id: str, now: float) -> dict[str, Any]:
    """What is posted to the events URL around one event."""
    authorization = {
        "enterprise_id": None, "team_id": team.id, "user_id": team.bot_user, "is_bot": True,
        "is_enterprise_install": False,
    }  # fmt: skip
    return {
        "token": TOKEN, "team_id": team.id, "api_app_id": APP_ID, "event": event, "type": "event_callback",
        "event_id": event_id, "event_time": int(now), "authorizations": [authorization],
        "is_ext_shared_channel": False, "event_context": f"4-{event_id}",
    }  # fmt: skip


def url_verification(challenge: str) -> dict[str, Any]:
    return {"token": TOKEN, "challenge": challenge, "type": "url_verification"}


def _plain_event(team: Team, channel: Channel, message: Message) -> dict[str, Any]:
    event = message_json(team, message, metadata=True)
    event |= {"channel": channel.id, "event_ts": message.ts, "channel_type": channel.kind.value}
    if message.files:
        event |= {"subtype": "file_share"}
    if message.is_reply and message.thread_ts in channel.messages:
        event |= {"parent_user_id": channel.messages[message.thread_ts].user}
    if not message.from_app:
        event |= {"client_msg_id": f"client-{message.ts}"}
    return event


def message_event(
    team: Team, channel: Channel, message: Message, *, changed: bool = False, deleted: bool = False, ts: str = ""
) -> dict[str, Any]:
    """A message, or with `changed` or `deleted` the note that one was (which has a `ts` of its own)."""
    if not changed and not deleted:
        return _plain_event(team, channel, message)
    note = {
        "type": "message", "channel": channel.id, "channel_type": channel.kind.value, "hidden": True, "ts": ts,
        "event_ts": ts, "previous_message": message_json(team, message),
    }  # fmt: skip
    if deleted:
        return note | {"subtype": "message_deleted", "deleted_ts": message.ts}
    return note | {"subtype": "message_changed", "message": message_json(team, message, metadata=True)}


def mention_event(team: Team, channel: Channel, message: Message) -> dict[str, Any]:
    """The other event of the same words; its own event id, the same channel and ts."""
    event = message_event(team, channel, message) | {"type": "app_mention"}
    event.pop("channel_type")
    event.pop("subtype", None)
    return event


def home_opened(team: Team, user: str, channel: Channel, tab: str, view: View | None, ts: str) -> dict[str, Any]:
    event = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab, "event_ts": ts}
    return event | ({"view": view_json(team, view)} if view is not None and tab == "home" else {})


def assistant_thread_started(team: Team, user: str, channel: Channel, thread_ts: str, ts: str) -> dict[str, Any]:
    about = {"user_id": user, "channel_id": channel.id, "thread_ts": thread_ts, "context": {"team_id": team.id}}
    return {"type": "assistant_thread_started", "assistant_thread": about, "event_ts": ts}


def uninstalled() -> dict[str, Any]:
    return {"type": "app_uninstalled"}


def tokens_revoked(team: Team) -> dict[str, Any]:
    return {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot_user]}}


def _interaction(kind: str, team: Team, user: str, trigger_id: str = "") -> dict[str, Any]:
    name = team.users[user].name.lower().replace(" ", ".")
    payload = {
        "type": kind, "token": TOKEN, "api_app_id": APP_ID, "team": {"id": team.id, "domain": team.domain},
        "user": {"id": user, "username": name, "name": name, "team_id": team.id}, "enterprise": None,
        "is_enterprise_install": False,
    }  # fmt: skip
    return payload | ({"trigger_id": trigger_id} if trigger_id else {})


def block_actions_of_message(
    team: Team, user: str, channel: Channel, message: Message, action: dict[str, Any], state: dict[str, Any],
    trigger_id: str, response_url: str,
) -> dict[str, Any]:  # fmt: skip
    container = {
        "type": "message", "message_ts": message.ts, "channel_id": channel.id,
        "is_ephemeral": bool(message.ephemeral_for),
    }  # fmt: skip
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _interaction("block_actions", team, user, trigger_id) | {
        "container": container, "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "state": {"values": state}, "response_url": response_url, "actions": [action],
    }  # fmt: skip
    return payload if message.ephemeral_for else payload | {"message": message_json(team, message, metadata=True)}


def block_actions_of_view(
    team: Team, user: str, view: View, action: dict[str, Any], state: dict[str, Any], trigger_id: str
) -> dict[str, Any]:
    return _interaction("block_actions", team, user, trigger_id) | {
        "container": {"type": "view", "view_id": view.id}, "view": view_json(team, view, state), "actions": [action],
    }  # fmt: skip


def view_submission(team: Team, user: str, view: View, state: dict[str, Any], trigger_id: str) -> dict[str, Any]:
    payload = _interaction("view_submission", team, user, trigger_id)
    return payload | {"view": view_json(team, view, state), "response_urls": []}


def view_closed(team: Team, user: str, view: View, *, is_cleared: bool) -> dict[str, Any]:
    return _interaction("view_closed", team, user) | {"view": view_json(team, view), "is_cleared": is_cleared}


def slash_command(
    team: Team, user: str, channel: Channel, command: str, text: str, trigger_id: str, response_url: str
) -> dict[str, Any]:
    return {
        "token": TOKEN, "team_id": team.id, "team_domain": team.domain, "channel_id": channel.id,
        "channel_name": channel.name or "directmessage", "user_id": user, "api_app_id": APP_ID,
        "user_name": team.users[user].name.lower().replace(" ", "."), "command": command, "text": text,
        "is_enterprise_install": "false", "response_url": response_url, "trigger_id": trigger_id,
    }  # fmt: skip


def as_form(values: dict[str, Any]) -> bytes:
    return urlencode(values).encode()

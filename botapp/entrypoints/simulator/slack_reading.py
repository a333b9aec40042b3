"""The methods that look something up or open it: conversations, people, files, auth, install, Socket Mode's door."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any

from botapp.entrypoints.simulator.slack_call import (
    READ_SCOPES,
    Call,
    Method,
    require_scopes,
    visible_channel,
    visible_user,
)
from botapp.entrypoints.simulator.slack_shapes import channel_json, file_json, message_json, user_json
from botapp.entrypoints.simulator.slack_world import (
    APP_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    Channel,
    ChannelKind,
    Message,
    Refused,
)

MOST_OF_A_PAGE = 999


def auth_test(call: Call) -> dict[str, Any]:
    team = call.team
    return {
        "url": f"https://{team.domain}.slack.com/", "team": team.name, "team_id": team.id, "user": "botapp",
        "user_id": team.bot_user, "bot_id": team.bot_id, "app_id": APP_ID, "is_enterprise_install": False,
    }  # fmt: skip


def open_conversation(call: Call) -> dict[str, Any]:
    users = call.get("users")
    ids = users.split(",") if isinstance(users, str) else users
    if call.get("channel"):
        return {"channel": {"id": visible_channel(call, call.get("channel")).id}}
    if not ids or not ids[0]:
        raise Refused("users_list_not_supplied")
    if len(ids) > 1:
        raise Refused("invalid_user_combination", "[ERROR] only DMs with one person exist here")
    user = visible_user(call, ids[0])
    if user.is_bot:
        raise Refused("cannot_dm_bot")
    if user.deleted:
        raise Refused("user_disabled")
    return {"channel": {"id": call.world.direct(call.team, user.id).id}}


def conversation_info(call: Call) -> dict[str, Any]:
    channel = visible_channel(call, call.get("channel"))
    require_scopes(call.team, f"{READ_SCOPES[channel.kind]}:read")
    return {"channel": channel_json(call.team, channel)}


def join(call: Call) -> dict[str, Any]:
    channel = visible_channel(call, call.get("channel"))
    if channel.kind is not ChannelKind.PUBLIC:
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    channel.members.add(call.team.bot_user)
    call.write(channel=channel.id)
    return {"channel": channel_json(call.team, channel)}


def list_conversations(call: Call) -> dict[str, Any]:
    types = (call.get("types") or "public_channel").split(",")
    names = {"public_channel": ChannelKind.PUBLIC, "private_channel": ChannelKind.PRIVATE, "im": ChannelKind.DM}
    if set(types) - set(names) - {"mpim"}:
        raise Refused("invalid_types")
    kinds = [names[name] for name in types if name in names]
    require_scopes(call.team, *(f"{READ_SCOPES[kind]}:read" for kind in kinds))
    found = [c for c in call.team.channels.values() if c.kind in kinds and _listed(call, c)]
    shown, more = _page(call, found)
    return {"channels": [channel_json(call.team, c) for c in shown]} | more


def _listed(call: Call, channel: Channel) -> bool:
    if channel.archived and call.get("exclude_archived", False):
        return False
    return channel.kind is ChannelKind.PUBLIC or call.team.bot_user in channel.members


def _page(call: Call, found: Sequence[Any]) -> tuple[Sequence[Any], dict[str, Any]]:
    limit = call.get("limit", 100) or 100
    if not 1 <= limit <= MOST_OF_A_PAGE:
        raise Refused("invalid_limit")
    try:
        start = int(base64.b64decode(call.get("cursor"), validate=True) or b"0")
    except (ValueError, binascii.Error):
        raise Refused("invalid_cursor") from None
    end = start + limit
    cursor = base64.b64encode(str(end).encode()).decode() if end < len(found) else ""
    return found[start:end], {"has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def _moment(call: Call, name: str, otherwise: float) -> float:
    try:
        return float(call.get(name) or otherwise)
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


def _between(call: Call, messages: Sequence[Message]) -> list[Message]:
    oldest, latest = _moment(call, "oldest", 0.0), _moment(call, "latest", float("inf"))
    edge = call.get("inclusive", False)

    def inside(ts: float) -> bool:
        return oldest < ts < latest or (edge and ts in (oldest, latest))

    return [m for m in messages if inside(float(m.ts))]


def _readable(call: Call) -> Channel:
    channel = visible_channel(call, call.get("channel"))
    require_scopes(call.team, f"{READ_SCOPES[channel.kind]}:history")
    if call.team.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def history(call: Call) -> dict[str, Any]:
    """Newest first; replies are not in it, only their parents."""
    channel = _readable(call)
    shown, more = _page(call, list(reversed(_between(call, channel.top_level()))))
    metadata = call.get("include_all_metadata", False)
    messages = [_with_replies(call, channel, message, metadata) for message in shown]
    return {"messages": messages, "pin_count": 0} | more


def _with_replies(call: Call, channel: Channel, message: Message, metadata: bool) -> dict[str, Any]:
    replies = len(channel.thread(message.ts)) - 1
    return message_json(call.team, message, metadata=metadata, replies=replies)


def replies(call: Call) -> dict[str, Any]:
    """Oldest first, the parent always among them."""
    channel, ts = _readable(call), call.get("ts")
    parent = channel.messages.get(ts)
    if parent is None or parent.ephemeral_for:
        raise Refused("thread_not_found")
    thread = channel.thread(parent.thread_ts or ts)
    wanted = _between(call, thread[1:])
    shown, more = _page(call, [thread[0], *wanted])
    metadata = call.get("include_all_metadata", False)
    return {"messages": [message_json(call.team, m, metadata=metadata) for m in shown]} | more


def _seen(call: Call, user_id: str) -> dict[str, Any]:
    return user_json(call.team, call.team.users[user_id], email="users:read.email" in call.team.scopes)


def user_info(call: Call) -> dict[str, Any]:
    return {"user": _seen(call, visible_user(call, call.get("user")).id)}


def list_users(call: Call) -> dict[str, Any]:
    shown, more = _page(call, list(call.team.users))
    return {"members": [_seen(call, user_id) for user_id in shown], "cache_ts": 0} | more


def user_by_email(call: Call) -> dict[str, Any]:
    wanted = call.get("email").lower()
    for user in call.team.users.values():
        if user.email.lower() == wanted and not user.deleted:
            return {"user": _seen(call, user.id)}
    raise Refused("users_not_found")


def file_info(call: Call) -> dict[str, Any]:
    file = call.team.files.get(call.get("file"))
    if file is None:
        raise Refused("file_not_found")
    if file.lost:
        raise Refused("file_deleted")
    return {"file": file_json(call.team, file)}


def _client_of(call: Call) -> tuple[str, str]:
    scheme, _, encoded = call.authorization.partition(" ")
    if scheme.lower() != "basic":
        return call.get("client_id"), call.get("client_secret")
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        raise Refused("invalid_client_id") from None
    return client_id, secret


def oauth_access(call: Call) -> dict[str, Any]:
    """A code is good once, for the address it was issued to."""
    client_id, secret = _client_of(call)
    if client_id != CLIENT_ID:
        raise Refused("invalid_client_id")
    if secret != CLIENT_SECRET:
        raise Refused("bad_client_secret")
    grant = call.world.grants.get(call.get("code"))
    if grant is None:
        raise Refused("invalid_code")
    if grant.used:
        raise Refused("code_already_used")
    if grant.redirect_uri and grant.redirect_uri != call.get("redirect_uri"):
        raise Refused("bad_redirect_uri")
    grant.used = True
    team = call.world.teams[grant.team]
    team.scopes, team.trouble = grant.scopes, ""
    return {
        "access_token": team.token, "token_type": "bot", "scope": ",".join(sorted(team.scopes)),
        "bot_user_id": team.bot_user, "app_id": APP_ID, "team": {"id": team.id, "name": team.name},
        "enterprise": None, "is_enterprise_install": False, "authed_user": {"id": grant.user},
    }  # fmt: skip


def reading_methods(open_socket: Callable[[], str]) -> dict[str, Method]:
    return {
        "auth.test": auth_test,
        "conversations.open": open_conversation,
        "conversations.info": conversation_info,
        "conversations.join": join,
        "conversations.list": list_conversations,
        "conversations.history": history,
        "conversations.replies": replies,
        "users.info": user_info,
        "users.list": list_users,
        "users.lookupByEmail": user_by_email,
        "files.info": file_info,
        "oauth.v2.access": oauth_access,
        "apps.connections.open": lambda _: {"url": open_socket()},
    }

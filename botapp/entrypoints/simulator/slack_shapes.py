"""How the local Slack's things look as JSON: messages, channels, people, files, views. Pure; as Slack writes them."""

from typing import Any

from botapp.entrypoints.simulator.slack_world import APP_ID, Channel, ChannelKind, File, Message, Team, User, View


def message_json(team: Team, message: Message, *, metadata: bool = False, replies: int = 0) -> dict[str, Any]:
    shown: dict[str, Any] = {"type": "message", "ts": message.ts, "text": message.text, "team": team.id}
    shown["user"] = message.user
    if message.from_app:
        shown |= {"bot_id": team.bot_id, "app_id": APP_ID, "bot_profile": {"id": team.bot_id, "app_id": APP_ID}}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.subtype:
        shown["subtype"] = message.subtype
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if replies:
        shown |= {"thread_ts": message.ts, "reply_count": replies}
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.ts}
    if message.files:
        shown["files"] = [file_json(team, file) for file in message.files]
    if metadata and message.metadata is not None:
        shown["metadata"] = message.metadata
    if message.reactions:
        shown["reactions"] = [{"name": name, "count": 1, "users": [team.bot_user]} for name in message.reactions]
    return shown


def channel_json(team: Team, channel: Channel) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": channel.id, "name": channel.name, "is_archived": channel.archived, "context_team_id": team.id,
        "is_channel": channel.kind is ChannelKind.PUBLIC, "is_group": channel.kind is ChannelKind.PRIVATE,
        "is_im": channel.kind is ChannelKind.DM, "is_private": channel.kind is not ChannelKind.PUBLIC,
        "is_member": team.bot_user in channel.members, "is_mpim": False,
    }  # fmt: skip
    if channel.kind is ChannelKind.DM:
        shown["user"] = next(iter(channel.members - {team.bot_user}), "")
    return shown


def user_json(team: Team, user: User, *, email: bool = True) -> dict[str, Any]:
    profile = {"real_name": user.name, "display_name": user.name} | ({"email": user.email} if email else {})
    return {
        "id": user.id, "team_id": team.id, "name": user.name.lower().replace(" ", "."), "real_name": user.name,
        "deleted": user.deleted, "is_bot": user.is_bot, "tz": user.tz, "profile": profile,
    }  # fmt: skip


def file_json(team: Team, file: File) -> dict[str, Any]:
    base = f"{team.root}/files-pri/{team.id}-{file.id}"
    return {
        "id": file.id, "name": file.name, "title": file.name, "mimetype": file.mimetype, "user": file.user,
        "filetype": file.name.rpartition(".")[2], "size": len(file.content), "mode": "hosted", "is_external": False,
        "url_private": f"{base}/{file.name}", "url_private_download": f"{base}/download/{file.name}",
    }  # fmt: skip


def view_json(team: Team, view: View, values: dict[str, Any] | None = None) -> dict[str, Any]:
    defaults: dict[str, Any] = {"title": None, "submit": None, "close": None, "private_metadata": "", "callback_id": ""}
    defaults |= {"external_id": "", "clear_on_close": False, "notify_on_close": False}
    return defaults | view.body | {
        "id": view.id, "team_id": team.id, "app_id": APP_ID, "app_installed_team_id": team.id, "bot_id": team.bot_id,
        "hash": view.hash, "root_view_id": view.root or view.id, "previous_view_id": view.previous,
        "state": {"values": values or {}},
    }  # fmt: skip

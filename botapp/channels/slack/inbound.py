"""What people in Slack say and do, in our words: events, presses, filled-in views, commands.

Guarantees: pure. The same words give the same external id, whichever of Slack's events brought them (a mention and the
message it stands in are one). What is not somebody's (our own and other apps' messages, edits, deletions, joins) gives
nothing. A sender carries the Slack workspace they belong to, so that a guest from another one is not taken for ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botapp.channels.slack.actions import REPLY, About, Action, unpacked
from botapp.channels.slack.markup import read_markup
from botapp.channels.slack.payloads import part, team_of, word
from botapp.channels.webchat import storable
from botapp.errors import BadPayload
from botapp.messages import InboundKind, InboundMessage, Sender, SenderKind

MAX_TEXT, MAX_FILES = 40_000, 30
LATEST = 2**33  # a moment in seconds beyond it is none
_KEPT_SUBTYPES = ("", "file_share", "thread_broadcast", "me_message")
_LINKS = (Action.PREVIEW, Action.CONSOLE, Action.LIST_LINK)
_LIFE = ("app_uninstalled", "tokens_revoked")
_TS = re.compile(r"\d{1,16}\.\d{1,9}")

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Where:
    """Whose, where and when."""

    account: str
    address: str
    sender: str
    at: datetime


def read(payload: Payload, at: datetime) -> list[InboundMessage]:
    """Everything of one call that asks for an answer; empty for what does not.

    Raises:
        BadPayload: it names no Slack workspace, or is not what it says it is.
    """
    match payload.get("type"):
        case "url_verification" | "form" | "app_rate_limited":
            return []  # answered by the entry point; nobody's words
        case kind if not team_of(payload):
            raise BadPayload(f"That call names no Slack workspace ({str(kind)[:40]}).")
        case "event_callback":
            return _event(payload, at)
        case "block_actions":
            return _presses(payload, at)
        case "view_submission":
            return [_submission(payload, at)]
        case "command":
            return [_command(payload, at)]
        case _:
            return []


# ---- events ------------------------------------------------------------------------------------------------


def _event(payload: Payload, at: datetime) -> list[InboundMessage]:
    event = part(payload, "event")
    match event.get("type"):
        case "message" | "app_mention":
            return _message(payload, event, at)
        case "app_home_opened":
            return [_home(payload, event, at)]
        case kind if kind in _LIFE:
            return [_life(payload, event, at)]
        case _:
            return []


def _bot_user(payload: Payload) -> str:
    granted = payload.get("authorizations")
    rows = [row for row in granted if isinstance(row, Mapping)] if isinstance(granted, list) else []
    return next((word(row, "user_id", 40) for row in rows if row.get("is_bot")), "")


def _message(payload: Payload, event: Payload, at: datetime) -> list[InboundMessage]:
    us, user = _bot_user(payload), word(event, "user", 40)
    channel, ts, thread = word(event, "channel", 40), word(event, "ts", 30), word(event, "thread_ts", 30)
    ours = word(event, "bot_id") or event.get("bot_profile") or not user or user in (us, "USLACKBOT")
    if ours or event.get("hidden") or word(event, "subtype") not in _KEPT_SUBTYPES:
        return []
    if not channel or not _TS.fullmatch(ts):
        raise BadPayload("That message names no channel or moment.")
    direct = _is_direct(event, channel)
    mention = event.get("type") == "app_mention"
    if not (direct or mention or (thread and thread != ts)):
        return []  # talk in a channel that is not to us
    team = team_of(payload)
    root = thread or ("" if direct else ts)
    address = f"slack:{team}/{channel}" + (f"/{root}" if root and not (direct and root == ts) else "")
    where = _Where(team, address, _sender(event, team, user), at)
    about = {"user": user, "team": team, "channel": channel, "ts": ts, "thread_ts": thread, "direct": direct}
    return [_words(event, where, about, us, mention)]


def _is_direct(event: Payload, channel: str) -> bool:
    return word(event, "channel_type") in ("im", "app_home") or channel.startswith("D")


def _sender(event: Payload, team: str, user: str) -> str:
    home = word(event, "user_team", 40) or word(event, "team", 40) or team
    return f"slack:{home}/{user}"


def _words(event: Payload, where: _Where, about: dict[str, Any], us: str, mention: bool) -> InboundMessage:
    marked = storable(word(event, "text", MAX_TEXT + 1))
    if us == "" and mention:
        us = next(iter(re.findall(r"<@([UW][A-Z0-9]+)", marked)), "")
    said = read_markup(marked, us)
    extra: dict[str, Any] = {"mention": mention or said.mentions_us}
    if said.text != marked:
        extra["original"] = marked
    if said.users:
        extra["users"] = list(said.users)
    if said.channels:
        extra["channels"] = said.channels
    return InboundMessage(
        channel_account=where.account,
        external_id=f"{about['team']}/{about['channel']}/{about['ts']}",
        address=where.address,
        sender=Sender(SenderKind.MEMBER, where.sender),
        text=said.text[:MAX_TEXT],
        received_at=where.at,
        payload={**about, **extra, **_files(event)},
    )


def _files(event: Payload) -> dict[str, Any]:
    """The files, each with its id: an address can be missing until Slack is asked (`files.info`)."""
    found = event.get("files")
    files = [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []
    if not files:
        return {}
    media = [_file(entry, place) for place, entry in enumerate(files[:MAX_FILES], 1)]
    return {"media": media, **({"media_left_out": len(files) - MAX_FILES} if len(files) > MAX_FILES else {})}


def _file(entry: Payload, place: int) -> dict[str, Any]:
    gone = word(entry, "mode") in ("tombstone", "hidden_by_limit") or bool(entry.get("is_external"))
    size = entry.get("size")
    return {
        "id": word(entry, "id", 40),
        "url": "" if gone else word(entry, "url_private_download", 2000) or word(entry, "url_private", 2000),
        "type": word(entry, "mimetype", 100),
        "name": storable(word(entry, "name", 200)) or f"file-{place}",
        "size": size if type(size) is int else 0,
    }


def _home(payload: Payload, event: Payload, at: datetime) -> InboundMessage:
    team, user, channel = team_of(payload), word(event, "user", 40), word(event, "channel", 40)
    about = {"event": "app_home_opened", "tab": word(event, "tab") or "home"}
    return _happened(payload, f"slack:{team}/{channel or user}", user, at, {**about, "channel": channel})


def _life(payload: Payload, event: Payload, at: datetime) -> InboundMessage:
    """The app was removed, or its tokens were: `bot` is whether ours is among them."""
    revoked = part(event, "tokens")
    bot = event.get("type") == "app_uninstalled" or bool(revoked.get("bot"))
    about = {"event": event["type"], "bot": bot, "users": [str(u)[:40] for u in revoked.get("oauth") or [] if u][:50]}
    happened = payload.get("event_time")
    about["happened"] = happened if type(happened) is int and 0 < happened < LATEST else 0
    return _happened(payload, f"slack:{team_of(payload)}", "", at, about)


def _happened(payload: Payload, address: str, user: str, at: datetime, about: dict[str, Any]) -> InboundMessage:
    team = team_of(payload)
    id = word(payload, "event_id", 100)
    if not id:
        raise BadPayload("That event has no id.")
    sender = Sender(SenderKind.MEMBER, f"slack:{team}/{user}") if user else Sender(SenderKind.SYSTEM)
    return InboundMessage(
        channel_account=team,
        external_id=id,
        address=address,
        sender=sender,
        text="",
        received_at=at,
        kind=InboundKind.EVENT,
        payload={**about, "user": user, "team": team},
    )


# ---- presses, views, commands ------------------------------------------------------------------------------


def _who(payload: Payload) -> tuple[str, str, str]:
    """Account, user, and the sender with the workspace they belong to."""
    team, person = team_of(payload), part(payload, "user")
    user = word(person, "id", 40) or word(payload, "user_id", 40)
    if not user:
        raise BadPayload("That press names nobody.")
    return team, user, f"slack:{word(person, 'team_id', 40) or team}/{user}"


def _presses(payload: Payload, at: datetime) -> list[InboundMessage]:
    found = payload.get("actions")
    actions = [action for action in found if isinstance(action, Mapping)] if isinstance(found, list) else []
    return [_press(payload, action, at) for action in actions if word(action, "action_id") not in _LINKS]


def _press(payload: Payload, action: Payload, at: datetime) -> InboundMessage:
    team, user, sender = _who(payload)
    box, view = part(payload, "container"), part(payload, "view")
    option = part(action, "selected_option")
    value = word(option, "value", 2000) or word(action, "value", 2000)
    id = word(action, "action_id")
    about = {} if id.startswith(REPLY) else _about(value)
    return InboundMessage(
        channel_account=team,
        external_id=f"{word(payload, 'trigger_id', 100)}/{word(action, 'action_ts', 40)}",
        address=_pressed_at(payload, box, view, team, user),
        sender=Sender(SenderKind.MEMBER, sender),
        text=storable(word(part(action, "text"), "text") or word(part(option, "text"), "text")),
        received_at=at,
        kind=InboundKind.BUTTON,
        payload={
            "value": storable(value),
            "action": id,
            "about": about,
            "user": user,
            "team": team,
            "channel": word(box, "channel_id", 40) or word(part(payload, "channel"), "id", 40),
            "ts": word(box, "message_ts", 30),
            "thread_ts": word(box, "thread_ts", 30),
            "trigger_id": word(payload, "trigger_id", 100),
            "response_url": word(payload, "response_url", 500),
            "view_id": word(view, "id", 40),
            "view_hash": word(view, "hash", 100),
            "view_type": word(view, "type", 20),
        },
    )


def _about(value: str) -> dict[str, Any]:
    """What a control of ours names; nothing for a control of another making."""
    if not value.startswith("{"):
        return {}
    return as_dict(unpacked(value))


def as_dict(about: About) -> dict[str, Any]:
    """Only what is named."""
    empty = About()
    return {name: getattr(about, name) for name in About.__slots__ if getattr(about, name) != getattr(empty, name)}


def _pressed_at(payload: Payload, box: Payload, view: Payload, team: str, user: str) -> str:
    """The thread of the message; of a message of its own in a channel, the thread below it."""
    channel = word(box, "channel_id", 40) or word(part(payload, "channel"), "id", 40)
    if view or not channel:
        return _view_address(view, team, user)
    thread = word(box, "thread_ts", 30) or ("" if channel.startswith("D") else word(box, "message_ts", 30))
    return f"slack:{team}/{channel}" + (f"/{thread}" if thread else "")


def _view_address(view: Payload, team: str, user: str) -> str:
    """The thread a view was opened from, else the person themselves."""
    metadata = word(view, "private_metadata", 3000)
    address = unpacked(metadata).address if metadata.startswith("{") else ""
    return address if address.startswith(f"slack:{team}/") else f"slack:{team}/{user}"


def _submission(payload: Payload, at: datetime) -> InboundMessage:
    """A filled-in view. Its id and hash are its external id: sent twice, it is one."""
    team, user, sender = _who(payload)
    view = part(payload, "view")
    id, drawn = word(view, "id", 40), word(view, "hash", 100)
    if not id:
        raise BadPayload("That form has no id. Please open it again.")
    metadata = word(view, "private_metadata", 3000)
    return InboundMessage(
        channel_account=team,
        external_id=f"view/{id}/{drawn}",
        address=_view_address(view, team, user),
        sender=Sender(SenderKind.MEMBER, sender),
        text="",
        received_at=at,
        kind=InboundKind.BUTTON,
        payload={
            "action": "submit",
            "value": word(view, "callback_id"),
            "about": _about(metadata),
            "state": dict(part(part(view, "state"), "values")),
            "user": user,
            "team": team,
            "view_id": id,
            "trigger_id": word(payload, "trigger_id", 100),
        },
    )


def _command(payload: Payload, at: datetime) -> InboundMessage:
    team, user, sender = _who(payload)
    trigger, channel = word(payload, "trigger_id", 100), word(payload, "channel_id", 40)
    if not trigger or not channel:
        raise BadPayload("That command names no channel or moment.")
    said = read_markup(storable(word(payload, "text", MAX_TEXT)))
    return InboundMessage(
        channel_account=team,
        external_id=f"command/{trigger}",
        address=f"slack:{team}/{channel}",
        sender=Sender(SenderKind.MEMBER, sender),
        text=said.text.strip(),
        received_at=at,
        payload={
            "command": word(payload, "command", 60),
            "user": user,
            "team": team,
            "channel": channel,
            "trigger_id": trigger,
            "response_url": word(payload, "response_url", 500),
            **({"channels": said.channels} if said.channels else {}),
        },
    )

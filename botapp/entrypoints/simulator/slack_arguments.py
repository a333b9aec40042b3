"""The Web API methods the local Slack has, what each takes and needs, and how a request's body becomes arguments.

Stricter than Slack on purpose: an argument the method does not have is refused, so that a misspelt one is noticed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message as Headers
from typing import Any
from urllib.parse import parse_qsl

from botapp.entrypoints.simulator.slack_world import Refused


@dataclass(frozen=True)
class Spec:
    """`scopes`: the token needs all of them. `per_minute`: calls allowed, 0 for no limit of its own."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    per_minute: int = 100
    app_token: bool = False


def _spec(required: str = "", optional: str = "", scopes: str = "", per_minute: int = 100) -> Spec:
    return Spec(tuple(required.split()), tuple(optional.split()), tuple(scopes.split()), per_minute)


_LOOK = "text blocks attachments markdown_text parse link_names"
_AS = "username icon_emoji icon_url as_user"
_PAGE = "cursor limit"
_HISTORY = f"latest oldest inclusive include_all_metadata {_PAGE}"
TIER_2, TIER_3, TIER_4 = 20, 50, 100

METHODS: dict[str, Spec] = {
    "auth.test": _spec(per_minute=0),
    "chat.postMessage": _spec(
        "channel",
        f"{_LOOK} {_AS} thread_ts reply_broadcast metadata mrkdwn unfurl_links unfurl_media client_msg_id",
        "chat:write",
        0,
    ),
    "chat.update": _spec("channel ts", f"{_LOOK} metadata reply_broadcast as_user", "chat:write", TIER_3),
    "chat.postEphemeral": _spec("channel user", f"{_LOOK} {_AS} thread_ts", "chat:write", TIER_4),
    "chat.delete": _spec("channel ts", "as_user", "chat:write", TIER_3),
    "conversations.open": _spec("", "users channel return_im prevent_creation", "im:write", TIER_3),
    "conversations.info": _spec("channel", "include_num_members include_locale", "", TIER_3),
    "conversations.history": _spec("channel", _HISTORY, "", TIER_3),
    "conversations.replies": _spec("channel ts", _HISTORY, "", TIER_3),
    "conversations.join": _spec("channel", "", "channels:join", TIER_3),
    "conversations.list": _spec("", f"types exclude_archived team_id {_PAGE}", "channels:read", TIER_2),
    "users.info": _spec("user", "include_locale", "users:read", TIER_4),
    "users.list": _spec("", f"include_locale team_id {_PAGE}", "users:read", TIER_2),
    "users.lookupByEmail": _spec("email", "", "users:read users:read.email", TIER_3),
    "views.open": _spec("view trigger_id", "", "", TIER_4),
    "views.push": _spec("view trigger_id", "", "", TIER_4),
    "views.update": _spec("view", "view_id external_id hash", "", TIER_4),
    "views.publish": _spec("user_id view", "hash", "", TIER_4),
    "reactions.add": _spec("channel timestamp name", "", "reactions:write", TIER_3),
    "assistant.threads.setStatus": _spec(
        "channel_id thread_ts status", "loading_messages icon_emoji icon_url username", "assistant:write", 600
    ),
    "assistant.threads.setTitle": _spec("channel_id thread_ts title", "", "assistant:write", TIER_3),
    "assistant.threads.setSuggestedPrompts": _spec("channel_id prompts", "thread_ts title", "assistant:write", TIER_3),
    "files.info": _spec("file", "count page cursor limit", "files:read", TIER_4),
    "oauth.v2.access": _spec("", "client_id client_secret code redirect_uri", "", 0),
    "apps.connections.open": Spec(per_minute=0, app_token=True),
}

STRUCTURED = ("blocks", "attachments", "metadata", "view", "prompts", "loading_messages")
BOOLEANS = (
    "reply_broadcast", "mrkdwn", "unfurl_links", "unfurl_media", "link_names", "as_user", "return_im", "inclusive",
    "prevent_creation", "include_all_metadata", "exclude_archived", "include_num_members", "include_locale",
)  # fmt: skip
NUMBERS = ("limit", "count", "page")


def _missing_or_unknown(spec: Spec, given: Mapping[str, Any]) -> list[str]:
    missing = [name for name in spec.required if given.get(name) in (None, "")]
    unknown = [name for name in given if name not in (*spec.required, *spec.optional, "token")]
    # An empty status is how a status line is cleared.
    return [
        *(f"[ERROR] missing required field: {n}" for n in missing if not (n == "status" and given.get(n) == "")),
        *(f"[ERROR] unknown argument: {n}" for n in unknown),
    ]


def raw_arguments(headers: "Headers", body: bytes, query: str) -> dict[str, Any]:
    """The body of either kind, null left out."""
    kind = headers.get_content_type() if headers.get("Content-Type") else ""
    given: Any = dict(parse_qsl(query, keep_blank_values=True))
    if kind == "application/json":
        try:
            given = json.loads(body or b"{}")
        except ValueError:
            raise Refused("invalid_json") from None
        if not isinstance(given, dict):
            raise Refused("json_not_object")
    elif kind == "application/x-www-form-urlencoded":
        given |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif body:
        raise Refused("invalid_post_type")
    return {name: value for name, value in given.items() if value is not None}


def _structure(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused("invalid_blocks_format" if name == "blocks" else "invalid_arguments", f"[ERROR] {name}") from None


def _flag(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value) not in ("0", "1", "true", "false"):
        raise Refused("invalid_arguments", f"[ERROR] must be a boolean: {name}")
    return str(value) in ("1", "true")


def _number(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Refused("invalid_arguments", f"[ERROR] must be a number: {name}") from None


def _typed(name: str, value: Any) -> Any:
    if name in STRUCTURED:
        return _structure(name, value)
    if name in BOOLEANS:
        return _flag(name, value)
    if name in NUMBERS:
        return _number(name, value)
    if not isinstance(value, str) and name != "users":
        raise Refused("invalid_arguments", f"[ERROR] must be a string: {name}")
    return value


def read_arguments(spec: Spec, given: Mapping[str, Any]) -> dict[str, Any]:
    """Checked and typed, the token taken out."""
    if problems := _missing_or_unknown(spec, given):
        raise Refused("invalid_arguments", *problems)
    return {name: _typed(name, value) for name, value in given.items() if name != "token"}


def bearer_of(headers: "Headers", given: Mapping[str, Any]) -> str:
    scheme, _, token = (headers.get("Authorization") or "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    if isinstance(given.get("token"), str) and given["token"]:
        return str(given["token"])
    raise Refused("not_authed")

"""The app's manifest: what Slack is asked for, and why. The fewest permissions; each is used by a named call or event.

Guarantees: pure. `SCOPES` is the whole list; docs and the privacy page are written from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

EVENTS_PATH, ACTIONS_PATH = "/hooks/slack/events", "/hooks/slack/actions"
COMMANDS_PATH, OAUTH_PATH = "/hooks/slack/commands", "/slack/oauth"
COMMAND = "/interviewer"


@dataclass(frozen=True, slots=True)
class Scope:
    """A permission, what it is for, and what uses it: Web API methods, events, or features of the manifest."""

    name: str
    purpose: str
    methods: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    features: tuple[str, ...] = ()


SCOPES: tuple[Scope, ...] = (
    Scope("app_mentions:read", "Hear when somebody mentions the app in a channel.", events=("app_mention",)),
    Scope(
        "assistant:write",
        "Show what it is working on, and suggest what to say.",
        methods=("assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts"),
    ),
    Scope(
        "channels:history",
        "Hear replies in threads of channels it was added to; find a message of its own again.",
        methods=("conversations.replies", "conversations.history"),
        events=("message.channels",),
    ),
    Scope(
        "chat:write",
        "Write and update its own messages.",
        methods=("chat.postMessage", "chat.update", "chat.postEphemeral"),
    ),
    Scope("commands", f"Offer {COMMAND}.", features=("slash_commands",)),
    Scope("files:read", "Read job descriptions that are dropped into its threads.", features=("download",)),
    Scope(
        "groups:history",
        "The same as channels:history, in private channels it was added to.",
        methods=("conversations.replies", "conversations.history"),
        events=("message.groups",),
    ),
    Scope(
        "im:history",
        "Hear what is said to it directly.",
        methods=("conversations.history",),
        events=("message.im",),
    ),
    Scope("users:read", "Know the name of who writes.", methods=("users.info",)),
    Scope("users:read.email", "Match a person in Slack with a member of the team, by e-mail.", methods=("users.info",)),
)
# Events that need no permission.
FREE_EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")


def scope_names() -> list[str]:
    return [scope.name for scope in SCOPES]


def manifest(
    public_url: str, *, name: str = "botapp", socket_mode: bool = False, prompts: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """The manifest as Slack takes it. With Socket Mode there are no addresses: nothing has to be public."""
    base = public_url.rstrip("/")
    offered = [{"title": title, "message": message} for title, message in prompts[:4]]
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": name[:35],
            "description": "Build an AI interviewer by chatting, and hear when candidates finish.",
            "background_color": "#2a53d6",
        },
        "features": {
            "agent_view": {
                "agent_description": "Tell it a role or paste an advert: it drafts an interview. Change it in words.",
                **({"suggested_prompts": offered} if offered else {}),
            },
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name[:35], "always_online": True},
            "slash_commands": [_command(base, socket_mode)],
        },
        "oauth_config": {
            **({} if socket_mode else {"redirect_urls": [f"{base}{OAUTH_PATH}"]}),
            "scopes": {"bot": scope_names()},
        },
        "settings": _settings(base, socket_mode),
    }


def _command(base: str, socket_mode: bool) -> dict[str, Any]:
    return {
        "command": COMMAND,
        "description": "Make or find an interviewer",
        "usage_hint": "new | list | find TEXT | post CODE | apply CODE | digest 9 | help",
        "should_escape": True,
        **({} if socket_mode else {"url": f"{base}{COMMANDS_PATH}"}),
    }


def events() -> list[str]:
    return sorted({*FREE_EVENTS, *(event for scope in SCOPES for event in scope.events)})


def _settings(base: str, socket_mode: bool) -> dict[str, Any]:
    return {
        "event_subscriptions": {
            **({} if socket_mode else {"request_url": f"{base}{EVENTS_PATH}"}),
            "bot_events": events(),
        },
        "interactivity": {
            "is_enabled": True,
            **({} if socket_mode else {"request_url": f"{base}{ACTIONS_PATH}"}),
        },
        "org_deploy_enabled": False,
        "socket_mode_enabled": socket_mode,
        "token_rotation_enabled": False,
    }

"""One call of a Web API method, and what every method asks of the channel, the blocks and the text it is given."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botapp.entrypoints.simulator.slack_blocks import (
    MESSAGE_CHARACTERS,
    VIEW_BYTES,
    elements_of,
    problems_of_blocks,
    problems_of_view,
    size_of,
)
from botapp.entrypoints.simulator.slack_ledger import Ledger
from botapp.entrypoints.simulator.slack_world import Channel, ChannelKind, Refused, Team, User, World

TEXT_CHARACTERS, METADATA_CHARACTERS = 40_000, 8_000


@dataclass(frozen=True)
class Call:
    world: World
    ledger: Ledger
    team: Team
    method: str
    arguments: dict[str, Any]
    authorization: str = ""

    def get(self, name: str, default: Any = "") -> Any:
        return self.arguments.get(name, default)

    def write(self, **what: Any) -> None:
        self.ledger.write(self.method, self.team.id, arguments=self.arguments, **what)


Method = Callable[[Call], dict[str, Any]]
READ_SCOPES = {ChannelKind.PUBLIC: "channels", ChannelKind.PRIVATE: "groups", ChannelKind.DM: "im"}


def require_scopes(team: Team, *needed: str) -> None:
    if missing := set(needed) - team.scopes:
        raise Refused("missing_scope", needed=",".join(sorted(missing)), provided=",".join(sorted(team.scopes)))


def visible_channel(call: Call, channel_id: str) -> Channel:
    """Private channels the app is not in do not exist for it."""
    channel = call.team.channels.get(channel_id)
    if channel is None or (channel.kind is not ChannelKind.PUBLIC and call.team.bot_user not in channel.members):
        raise Refused("channel_not_found")
    return channel


def channel_to_write(call: Call, channel_id: str) -> Channel:
    """A user id stands for the DM with that person."""
    if channel_id in call.team.users:
        return call.world.direct(call.team, visible_user(call, channel_id).id)
    channel = visible_channel(call, channel_id)
    if channel.archived:
        raise Refused("is_archived")
    if call.team.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def visible_user(call: Call, user_id: str) -> User:
    user = call.team.users.get(user_id)
    if user is None:
        raise Refused("user_not_found")
    return user


def checked_text(call: Call) -> str:
    text = call.get("text")
    if not any(call.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        raise Refused("no_text")
    if len(text) > TEXT_CHARACTERS:
        raise Refused("msg_too_long")
    return str(text or call.get("markdown_text"))


def checked_blocks(blocks: Any) -> list[dict[str, Any]]:
    """With an id for each block and element that came without one, as Slack gives them."""
    if blocks in (None, "", []):
        return []
    if problems := problems_of_blocks(blocks):
        raise Refused("invalid_blocks", *(f"[ERROR] {problem}" for problem in problems), errors=problems)
    if size_of(blocks) > MESSAGE_CHARACTERS:
        raise Refused("msg_blocks_too_long")
    return with_ids(blocks)


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    named = [{"block_id": secrets.token_urlsafe(3)} | _copied(block) for block in blocks]
    for block in named:
        for element in elements_of(block):
            element.setdefault("action_id", secrets.token_urlsafe(3))
    return named


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def checked_metadata(metadata: Any) -> dict[str, Any] | None:
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if size_of(metadata) > METADATA_CHARACTERS:
        raise Refused("metadata_too_large")
    return metadata


def checked_view(view: Any, *kinds: str) -> dict[str, Any]:
    problems = problems_of_view(view)
    if not problems and view["type"] not in kinds:
        problems = [f"must be one of {', '.join(kinds)} [json-pointer:/view/type]"]
    if problems:
        raise Refused("invalid_arguments", *(f"[ERROR] {problem}" for problem in problems))
    if size_of(view) > VIEW_BYTES:
        raise Refused("view_too_large")
    return {**view, "blocks": with_ids(view["blocks"])}

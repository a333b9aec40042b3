"""A channel or a thread of the local Slack as text, as a person would read it out."""

import re

from botapp.entrypoints.simulator.slack_ledger import text_of
from botapp.entrypoints.simulator.slack_world import Channel, Message, Team

_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def _name(team: Team, user: str) -> str:
    found = team.users.get(user)
    return found.name if found else user


def readable(team: Team, text: str) -> str:
    """Mentions and channels by name, and the three entities as they are shown."""
    named = re.sub(r"<@(\w+)>", lambda found: f"@{_name(team, found[1])}", text)
    named = re.sub(r"<#\w+\|([^>]+)>", r"#\1", named)
    return re.sub(r"&(lt|gt|amp);", lambda found: _ENTITIES[found[0]], named)


def _lines(team: Team, message: Message, indent: str) -> str:
    said = text_of(message.blocks) if message.blocks else message.text
    files = "".join(f" (file: {file.name})" for file in message.files)
    only = f" (only {_name(team, message.ephemeral_for)} sees this)" if message.ephemeral_for else ""
    body = readable(team, said).replace("\n", f"\n{indent}    ")
    return f"{indent}{_name(team, message.user)}{only}: {body}{files}"


def thread_text(team: Team, channel: Channel, ts: str = "") -> str:
    """With a `ts` that thread alone, else the channel with its threads indented; a status line comes last."""
    messages = sorted(channel.messages.values(), key=lambda message: message.ts)
    tops = [m for m in messages if m.ts == ts] if ts else [m for m in messages if not m.is_reply]
    lines = []
    for top in tops:
        replies = [m for m in messages if m.is_reply and m.thread_ts == top.ts]
        lines += [_lines(team, top, ""), *(_lines(team, reply, "  ") for reply in replies)]
    statuses = [text for thread, text in channel.statuses.items() if ts in ("", thread)]
    return "\n".join([*lines, *(f"({_name(team, team.bot_user)} {status})" for status in statuses)])

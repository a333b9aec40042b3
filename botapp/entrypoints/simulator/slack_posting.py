"""The methods that say something: chat.*, reactions, and the status line, title and prompts of an assistant thread."""

import re
from typing import Any

from botapp.entrypoints.simulator.slack_call import (
    Call,
    Method,
    channel_to_write,
    checked_blocks,
    checked_metadata,
    checked_text,
    visible_channel,
)
from botapp.entrypoints.simulator.slack_payloads import message_event
from botapp.entrypoints.simulator.slack_shapes import message_json
from botapp.entrypoints.simulator.slack_world import Channel, ChannelKind, Message, Refused

PROMPTS, STATUS_CHARACTERS = 4, 50


def _thread_of(channel: Channel, thread_ts: str) -> str:
    """Stricter than Slack on purpose: the parent must be there, and must be a parent."""
    if not thread_ts:
        return ""
    parent = channel.messages.get(thread_ts)
    if parent is None or parent.ephemeral_for:
        raise Refused("thread_not_found")
    if parent.is_reply:
        raise Refused("cannot_reply_to_message")
    return thread_ts


def _own_message(call: Call, channel: Channel, refusal: str) -> Message:
    message = channel.messages.get(call.get("ts"))
    if message is None or message.ephemeral_for:
        raise Refused("message_not_found")
    if not message.from_app:
        raise Refused(refusal)
    return message


def post_message(call: Call) -> dict[str, Any]:
    channel = channel_to_write(call, call.get("channel"))
    text, blocks = checked_text(call), checked_blocks(call.get("blocks", None))
    metadata = checked_metadata(call.get("metadata", None))
    thread_ts = _thread_of(channel, call.get("thread_ts"))
    call.world.count_message(call.team, channel.id)
    message = Message(
        call.world.new_ts(), channel.id, call.team.bot_user, text,
        from_app=True, thread_ts=thread_ts, blocks=blocks, metadata=metadata,
    )  # fmt: skip
    call.world.keep_message(channel, message)
    channel.statuses.pop(thread_ts, None)
    call.write(
        channel=channel.id, user=call.team.bot_user, ts=message.ts, thread_ts=thread_ts, text=text, blocks=tuple(blocks)
    )
    call.world.emit(call.team, message_event(call.team, channel, message))
    return {"channel": channel.id, "ts": message.ts, "message": message_json(call.team, message, metadata=True)}


def update(call: Call) -> dict[str, Any]:
    """Text without blocks takes the blocks away. A person's id does not stand for their DM here."""
    channel = visible_channel(call, call.get("channel"))
    if channel.archived:
        raise Refused("is_inactive")
    message = _own_message(call, channel, "cant_update_message")
    text, blocks = checked_text(call), checked_blocks(call.get("blocks", None))
    if "metadata" in call.arguments:
        message.metadata = checked_metadata(call.get("metadata"))
    message.text, message.blocks = text, blocks
    message.edited = not message.blocks
    call.write(
        channel=channel.id, user=call.team.bot_user, ts=message.ts, thread_ts=message.thread_ts, text=message.text,
        blocks=tuple(message.blocks),
    )  # fmt: skip
    call.world.emit(call.team, message_event(call.team, channel, message, changed=True, ts=call.world.new_ts()))
    shown = message_json(call.team, message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def post_ephemeral(call: Call) -> dict[str, Any]:
    channel, user = channel_to_write(call, call.get("channel")), call.get("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    text, blocks = checked_text(call), checked_blocks(call.get("blocks", None))
    thread_ts = _thread_of(channel, call.get("thread_ts"))
    message = Message(
        call.world.new_ts(), channel.id, call.team.bot_user, text,
        from_app=True, thread_ts=thread_ts, blocks=blocks, ephemeral_for=user,
    )  # fmt: skip
    call.world.keep_message(channel, message)
    call.write(channel=channel.id, user=user, ts=message.ts, thread_ts=thread_ts, text=text, blocks=tuple(blocks))
    return {"message_ts": message.ts}


def delete(call: Call) -> dict[str, Any]:
    channel = visible_channel(call, call.get("channel"))
    message = _own_message(call, channel, "cant_delete_message")
    del channel.messages[message.ts]
    call.write(channel=channel.id, ts=message.ts, thread_ts=message.thread_ts)
    call.world.emit(call.team, message_event(call.team, channel, message, deleted=True, ts=call.world.new_ts()))
    return {"channel": channel.id, "ts": message.ts}


def add_reaction(call: Call) -> dict[str, Any]:
    channel, name = channel_to_write(call, call.get("channel")), call.get("name")
    message = channel.messages.get(call.get("timestamp"))
    if message is None or message.ephemeral_for:
        raise Refused("message_not_found")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise Refused("invalid_name")
    if name in message.reactions:
        raise Refused("already_reacted")
    message.reactions.append(name)
    call.write(channel=channel.id, ts=message.ts, text=name)
    return {}


def _assistant_channel(call: Call, *, direct: bool) -> Channel:
    channel = channel_to_write(call, call.get("channel_id"))
    if direct and channel.kind is not ChannelKind.DM:
        raise Refused("channel_not_supported")
    if call.get("thread_ts"):
        _thread_of(channel, call.get("thread_ts"))
    return channel


def set_status(call: Call) -> dict[str, Any]:
    """Empty clears it; so does a message posted in the thread."""
    channel, thread_ts, status = _assistant_channel(call, direct=False), call.get("thread_ts"), call.get("status")
    if len(status) > STATUS_CHARACTERS:
        raise Refused("invalid_arguments", f"[ERROR] status must be less than {STATUS_CHARACTERS + 1} characters")
    if status:
        channel.statuses[thread_ts] = status
    else:
        channel.statuses.pop(thread_ts, None)
    call.write(channel=channel.id, thread_ts=thread_ts, text=status)
    return {}


def set_title(call: Call) -> dict[str, Any]:
    channel = _assistant_channel(call, direct=True)
    channel.titles[call.get("thread_ts")] = call.get("title")
    call.write(channel=channel.id, thread_ts=call.get("thread_ts"), text=call.get("title"))
    return {}


def _is_prompt(prompt: Any) -> bool:
    return isinstance(prompt, dict) and set(prompt) == {"title", "message"} and all(prompt.values())


def set_suggested_prompts(call: Call) -> dict[str, Any]:
    channel, prompts = _assistant_channel(call, direct=True), call.get("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS:
        raise Refused("invalid_arguments", f"[ERROR] from 1 to {PROMPTS} prompts")
    if not all(_is_prompt(prompt) for prompt in prompts):
        raise Refused("invalid_arguments", "[ERROR] a prompt is a title and a message")
    channel.prompts = prompts
    titles = " | ".join(prompt["title"] for prompt in prompts)
    call.write(channel=channel.id, thread_ts=call.get("thread_ts"), text=titles)
    return {}


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.postEphemeral": post_ephemeral,
    "chat.delete": delete,
    "reactions.add": add_reaction,
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setTitle": set_title,
    "assistant.threads.setSuggestedPrompts": set_suggested_prompts,
}

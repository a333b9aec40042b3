"""What exists in the local Slack: teams, people, channels, messages, files, views, and the tickets it has handed out.

Guarantees: every change happens under one lock; a `ts` is never handed out twice; a trigger is good once and for three
seconds; a response URL is good five times. It knows nothing of HTTP.
"""

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

APP_ID = "A1"
CLIENT_ID, CLIENT_SECRET = "1.1", "a client secret for the local Slack"
RESPONSE_USES, RESPONSE_LIFE = 5, 30 * 60.0

BOT_SCOPES = frozenset({
    "app_mentions:read", "assistant:write", "channels:history", "channels:join", "channels:read", "chat:write",
    "commands", "files:read", "groups:history", "groups:read", "im:history", "im:read", "im:write", "reactions:write",
    "users:read", "users:read.email",
})  # fmt: skip


class Refused(Exception):
    """Slack's answer is `{"ok": false, "error": ...}`."""

    def __init__(self, error: str, *messages: str, **extra: Any) -> None:
        super().__init__(error, *messages)
        self.error, self.messages, self.extra = error, messages, extra


class LimitReached(Exception):
    """Slack's answer is HTTP 429 with Retry-After."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = max(1, -int(-seconds // 1))


class NotPossible(Exception):
    """Slack's own client would not let a person do this."""


@dataclass(frozen=True)
class Pace:
    """How long things take. `factor` scales only the waits between retries of an event."""

    retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    factor: float = 1.0
    ack: float = 3.0
    trigger: float = 3.0
    gap: float = 1.0  # one message a second a channel; 0 switches it off
    tiers: bool = True  # the calls a minute of each method


class ChannelKind(StrEnum):
    PUBLIC = "channel"
    PRIVATE = "group"
    DM = "im"


@dataclass
class User:
    id: str
    name: str
    email: str = ""
    is_bot: bool = False
    deleted: bool = False
    tz: str = "America/New_York"


@dataclass
class File:
    id: str
    name: str
    content: bytes
    mimetype: str
    user: str
    lost: bool = False


@dataclass
class Message:
    ts: str
    channel: str
    user: str
    text: str
    from_app: bool = False
    thread_ts: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    files: list[File] = field(default_factory=list)
    reactions: list[str] = field(default_factory=list)
    ephemeral_for: str = ""
    edited: bool = False
    subtype: str = ""

    @property
    def is_reply(self) -> bool:
        return bool(self.thread_ts) and self.thread_ts != self.ts


@dataclass
class Channel:
    id: str
    name: str
    kind: ChannelKind
    members: set[str] = field(default_factory=set)
    archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    prompts: list[dict[str, str]] = field(default_factory=list)

    def thread(self, ts: str) -> list[Message]:
        return [m for m in self.messages.values() if ts in (m.ts, m.thread_ts) and not m.ephemeral_for]

    def top_level(self) -> list[Message]:
        return [m for m in self.messages.values() if not m.is_reply and not m.ephemeral_for]


@dataclass
class View:
    id: str
    user: str
    body: dict[str, Any]
    hash: str
    root: str = ""
    previous: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.body["type"])

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return list(self.body["blocks"])


@dataclass
class Team:
    id: str
    name: str
    bot_user: str
    token: str
    root: str = ""  # where its files are served
    scopes: frozenset[str] = BOT_SCOPES
    trouble: str = ""  # token_revoked, account_inactive: every call of this token is answered with it
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[View]] = field(default_factory=dict)

    @property
    def bot_id(self) -> str:
        return f"B{self.bot_user[1:]}"

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-")


@dataclass
class Trigger:
    id: str
    team: str
    user: str
    issued: float
    used: bool = False


@dataclass
class ResponseUrl:
    team: str
    channel: str
    user: str
    ts: str
    issued: float
    uses: int = 0


@dataclass
class Grant:
    """A code of the install page, good for one exchange."""

    team: str
    user: str
    redirect_uri: str
    scopes: frozenset[str]
    used: bool = False


class World:
    """Everything that exists, behind one lock."""

    def __init__(self, pace: Pace, clock: Callable[[], float]) -> None:
        self.lock = threading.RLock()
        self.pace, self.clock = pace, clock
        self.teams: dict[str, Team] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.grants: dict[str, Grant] = {}
        self.app_token = f"xapp-1-{APP_ID}-local"
        self.root = ""  # http://127.0.0.1:port, once served
        self.emit: Callable[[Team, dict[str, Any]], None] = lambda _team, _event: None
        self._last_micros = 0
        self._next_id = 100
        self._posted: dict[tuple[str, str], float] = {}
        self._called: dict[tuple[str, str], deque[float]] = {}

    def new_ts(self) -> str:
        with self.lock:
            self._last_micros = max(int(self.clock() * 1_000_000), self._last_micros + 1)
            return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def new_id(self, letter: str) -> str:
        with self.lock:
            self._next_id += 1
            return f"{letter}{self._next_id}"

    def new_hash(self) -> str:
        return f"{self.new_ts()}.{secrets.token_hex(4)}"

    def team_of_token(self, token: str) -> Team:
        for team in self.teams.values():
            if team.token == token:
                if team.trouble:
                    raise Refused(team.trouble)
                return team
        raise Refused("invalid_auth")

    def new_trigger(self, team: str, user: str) -> str:
        trigger = Trigger(f"{self.new_ts()}.{secrets.token_hex(16)}", team, user, time.monotonic())
        with self.lock:
            self.triggers[trigger.id] = trigger
        return trigger.id

    def use_trigger(self, team: Team, trigger_id: str) -> Trigger:
        with self.lock:
            trigger = self.triggers.get(trigger_id)
            if trigger is None or trigger.team != team.id:
                raise Refused("invalid_arguments", "[ERROR] invalid `trigger_id` [json-pointer:/trigger_id]")
            if time.monotonic() - trigger.issued > self.pace.trigger:
                raise Refused("expired_trigger_id")
            if trigger.used:
                raise Refused("exchanged_trigger_id")
            trigger.used = True
            return trigger

    def new_response_url(self, team: Team, channel: str, user: str, ts: str = "") -> str:
        key = secrets.token_urlsafe(18)
        with self.lock:
            self.response_urls[key] = ResponseUrl(team.id, channel, user, ts, time.monotonic())
        return f"{self.root}/response/{team.id}/{key}"

    def use_response_url(self, key: str) -> ResponseUrl:
        with self.lock:
            found = self.response_urls.get(key)
            if found is None:
                raise Refused("no_such_url")
            if found.uses >= RESPONSE_USES:
                raise Refused("used_url")
            if time.monotonic() - found.issued > RESPONSE_LIFE:
                raise Refused("expired_url")
            found.uses += 1
            return found

    def count_message(self, team: Team, channel: str) -> None:
        """One message a second a channel; the one that comes sooner is refused and does not count."""
        with self.lock:
            now, key = time.monotonic(), (team.id, channel)
            wait = self._posted.get(key, -1e9) + self.pace.gap - now
            if wait > 0:
                raise LimitReached(wait)
            self._posted[key] = now

    def count_call(self, team: Team, method: str, per_minute: int) -> None:
        if not per_minute or not self.pace.tiers:
            return
        with self.lock:
            now, calls = time.monotonic(), self._called.setdefault((team.id, method), deque())
            while calls and now - calls[0] >= 60:
                calls.popleft()
            if len(calls) >= per_minute:
                raise LimitReached(60 - (now - calls[0]))
            calls.append(now)

    def direct(self, team: Team, user: str) -> Channel:
        """The DM of this person and the app, opened when there is none."""
        with self.lock:
            found = next((c for c in team.channels.values() if c.kind is ChannelKind.DM and user in c.members), None)
            if found is None:
                found = Channel(self.new_id("D"), "", ChannelKind.DM, {user, team.bot_user})
                team.channels[found.id] = found
            return found

    def keep_message(self, channel: Channel, message: Message) -> Message:
        with self.lock:
            channel.messages[message.ts] = message
            return message

"""What the local Twilio knows: every message it took, what became of each, who opted out, what it was asked.

Guarantees: safe for several threads; nothing is ever taken out of the ledger but by `forget`. With a file, each
change is a line of it, and a new process reads them back.
"""

import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from botapp.clock import SystemClock

FINAL = ("delivered", "undelivered", "failed", "canceled", "received")


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ours or a phone's. `segments` is the count here, not what our side believes."""

    sid: str
    to: str
    from_: str
    body: str
    status: str
    direction: str
    created: datetime
    service: str = ""
    sent: datetime | None = None
    error_code: int = 0
    callback: str = ""
    validity: int = 0
    segments: int = 1
    media: tuple[str, ...] = ()
    by_provider: bool = False  # written by Twilio itself: the answer to STOP, START or HELP

    @property
    def outbound(self) -> bool:
        return self.direction.startswith("outbound")

    def as_json(self) -> dict[str, Any]:
        """For the control interface and the file."""
        stored = asdict(self)
        return stored | {
            "created": self.created.isoformat(),
            "sent": self.sent.isoformat() if self.sent else None,
            "media": list(self.media),
        }


def message_from_json(stored: dict[str, Any]) -> Message:
    sent = stored["sent"]
    return Message(
        **stored
        | {
            "created": datetime.fromisoformat(stored["created"]),
            "sent": datetime.fromisoformat(sent) if sent else None,
            "media": tuple(stored["media"]),
        }
    )


@dataclass(frozen=True, slots=True)
class Media:
    """A file that came with a message."""

    sid: str
    message_sid: str
    content_type: str
    content: bytes = field(repr=False)


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


class Ledger:
    """The memory of the local Twilio."""

    def __init__(self, file: Path | None = None, now: Callable[[], datetime] | None = None) -> None:
        self._lock = threading.RLock()
        self._messages: dict[str, Message] = {}
        self._delivered: list[str] = []
        self._opted_out: set[tuple[str, str]] = set()
        self._media: dict[str, Media] = {}
        self._file = file
        self.now = now or SystemClock().now
        if file and file.exists():
            self._read(file)

    def _read(self, file: Path) -> None:
        """Lines of a process before this one; a last line cut short by a kill is left out."""
        for line in file.read_text().splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            self._apply(entry)

    def _apply(self, entry: dict[str, Any]) -> None:
        match entry["what"]:
            case "message":
                message = message_from_json(entry["message"])
                self._messages[message.sid] = message
            case "delivered":
                self._delivered.append(entry["sid"])
            case "opt_out":
                pair = (entry["sender"], entry["number"])
                (self._opted_out.add if entry["on"] else self._opted_out.discard)(pair)

    def _keep(self, entry: dict[str, Any]) -> None:
        if self._file:
            with self._file.open("a") as file:
                file.write(json.dumps(entry) + "\n")

    def put(self, message: Message) -> Message:
        """A new message, or the newer state of one."""
        with self._lock:
            self._messages[message.sid] = message
            self._keep({"what": "message", "message": message.as_json()})
        return message

    def change(self, sid: str, **changes: Any) -> Message:
        with self._lock:
            return self.put(replace(self._messages[sid], **changes))

    def move(self, sid: str, status: str, error_code: int = 0) -> Message | None:
        """To the next status; None when it has an end already."""
        with self._lock:
            message = self._messages[sid]
            if message.status in FINAL:
                return None
            sent = message.sent or (self.now() if status in ("sent", "delivered", "undelivered") else None)
            return self.put(replace(message, status=status, error_code=error_code, sent=sent))

    def deliver(self, sid: str) -> None:
        """It reached the phone: the line that must appear at most once a message."""
        with self._lock:
            self._delivered.append(sid)
            self._keep({"what": "delivered", "sid": sid})

    def get(self, sid: str) -> Message | None:
        with self._lock:
            return self._messages.get(sid)

    def all(self) -> list[Message]:
        """Every message in the order it came."""
        with self._lock:
            return list(self._messages.values())

    def accepted(self, number: str = "") -> list[Message]:
        """What our side sent and Twilio took, in order; to one number or to all."""
        return [m for m in self.all() if m.outbound and not m.by_provider and number in ("", m.to)]

    def delivered(self, number: str = "") -> list[Message]:
        """What reached phones, in the order it did; a message twice when it arrived twice."""
        with self._lock:
            reached = [self._messages[sid] for sid in self._delivered]
        return [m for m in reached if not m.by_provider and number in ("", m.to)]

    def on_phone(self, number: str) -> list[Message]:
        """What the phone shows: what it wrote and what reached it."""
        with self._lock:
            reached = set(self._delivered)
            return [m for m in self._messages.values() if m.from_ == number or (m.to == number and m.sid in reached)]

    def opt_out(self, sender: str, number: str, on: bool = True) -> None:
        with self._lock:
            self._apply({"what": "opt_out", "sender": sender, "number": number, "on": on})
            self._keep({"what": "opt_out", "sender": sender, "number": number, "on": on})

    def opted_out(self, sender: str, number: str) -> bool:
        with self._lock:
            return (sender, number) in self._opted_out

    def keep_media(self, media: Media) -> None:
        with self._lock:
            self._media[media.sid] = media

    def media(self, sid: str) -> Media | None:
        with self._lock:
            return self._media.get(sid)

    def forget(self) -> None:
        """Start anew: for a page's reset button."""
        with self._lock:
            for kept in (self._messages, self._delivered, self._opted_out, self._media):
                kept.clear()
            if self._file:
                self._file.unlink(missing_ok=True)

"""What goes wrong on purpose: the next calls of a method answer late, wrongly, not at all, or after having been done.

Guarantees: each trouble is used up once per call; the ones that are "done" change the world and the ledger before the
answer is spoilt, as a lost answer does.
"""

import threading
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Trouble:
    """How one call goes wrong. `done`: the call takes effect all the same."""

    error: str = ""  # {"ok": false, "error": this}
    status: int = 0  # an HTTP status instead of an answer
    retry_after: int = 0
    drop: bool = False  # the connection closes without an answer
    garbage: bool = False  # 200 with something that is not JSON
    done: bool = False
    slow: float = 0.0  # seconds before anything happens


def error(code: str) -> Trouble:
    """account_inactive, channel_not_found, is_archived, token_revoked, ..."""
    return Trouble(error=code)


def rate_limited(seconds: int = 1) -> Trouble:
    return Trouble(status=429, retry_after=seconds)


def server_error(status: int = 500) -> Trouble:
    return Trouble(status=status)


def dropped() -> Trouble:
    """The connection breaks before Slack has done anything."""
    return Trouble(drop=True)


def garbage() -> Trouble:
    return Trouble(garbage=True)


def done_then_dropped() -> Trouble:
    """Slack did it, and the connection broke before the answer."""
    return Trouble(drop=True, done=True)


def done_then_server_error(status: int = 500) -> Trouble:
    return Trouble(status=status, done=True)


def slow(seconds: float) -> Trouble:
    """Late, but done and answered."""
    return Trouble(slow=seconds, done=True)


@dataclass(frozen=True)
class _Switch:
    method: str
    trouble: Trouble
    left: int
    channel: str


class Switches:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._set: list[_Switch] = []

    def add(self, method: str, trouble: Trouble, times: int, channel: str) -> None:
        with self._lock:
            self._set.append(_Switch(method, trouble, times, channel))

    def clear(self) -> None:
        with self._lock:
            self._set.clear()

    def next_for(self, method: str, channel: str) -> Trouble | None:
        with self._lock:
            for index, switch in enumerate(self._set):
                if switch.method in (method, "*") and switch.channel in ("", channel):
                    if switch.left <= 1:
                        del self._set[index]
                    else:
                        self._set[index] = replace(switch, left=switch.left - 1)
                    return switch.trouble
        return None

"""What may go wrong with a call to the local Twilio, one call at a time. The switches tests and the page press."""

import threading
from collections import deque
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """`ACCEPT_...`: the message is in the ledger all the same."""

    NONE = "none"
    ACCEPT_THEN_DROP = "accept_then_drop"  # the connection breaks before an answer
    ACCEPT_THEN_FAIL = "accept_then_fail"  # 500 after taking it
    ACCEPT_THEN_GARBLE = "accept_then_garble"  # 201, and something that is not JSON
    DROP = "drop"  # the connection breaks and nothing was taken
    FAIL = "fail"  # 500, nothing taken
    PAGE = "page"  # 503 as a web page, nothing taken
    LIMIT = "limit"  # 429 with Retry-After
    SLOW = "slow"  # takes it, and answers after `seconds`
    HANG = "hang"  # takes nothing, and answers after `seconds`

    @property
    def accepts(self) -> bool:
        return self in (Fault.NONE, Fault.SLOW) or self.value.startswith("accept")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One fault, with how long it takes or asks to wait."""

    fault: Fault = Fault.NONE
    seconds: float = 1.0


class Switches:
    """What the next calls meet, in order; after that `always`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: deque[Trouble] = deque()
        self.always = Trouble()

    def will(self, fault: Fault, times: int = 1, seconds: float = 1.0) -> None:
        with self._lock:
            self._next.extend([Trouble(fault, seconds)] * times)

    def take(self) -> Trouble:
        with self._lock:
            return self._next.popleft() if self._next else self.always

    def clear(self) -> None:
        with self._lock:
            self._next.clear()
            self.always = Trouble()

    def waiting(self) -> list[Trouble]:
        with self._lock:
            return list(self._next)

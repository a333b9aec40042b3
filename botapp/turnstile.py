"""One thread of a process computes at a time; a thread that waits for somebody else steps aside.

Python runs one thread at a time anyway. Without this, a thread inside a writing transaction loses its place to all the
others after each statement, and who waits for the database waits for all of them.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turnstile:
    """Passed before work, left while waiting. A thread that never passed it may step aside too: nothing happens."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mine = threading.local()

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Work alone. Not to be entered twice by one thread."""
        with self._lock:
            self._mine.inside = True
            try:
                yield
            finally:
                self._mine.inside = False

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others work while this thread waits."""
        if not getattr(self._mine, "inside", False):
            yield
            return
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()

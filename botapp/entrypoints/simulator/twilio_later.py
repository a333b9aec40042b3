"""Does things a little later, in threads: reports, webhooks, arrivals. `idle` says when nothing is left to do."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

log = structlog.get_logger()


class Later:
    """A queue of things with a time, and a few threads that do them."""

    def __init__(self, threads: int = 16) -> None:
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()
        self._changed = threading.Condition()
        self._running = 0
        self._open = True
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="local-twilio")
        self._clerk = threading.Thread(target=self._hand_out, name="local-twilio-later", daemon=True)
        self._clerk.start()

    def after(self, seconds: float, what: Callable[[], None]) -> None:
        with self._changed:
            if self._open:
                heapq.heappush(self._waiting, (time.monotonic() + seconds, next(self._count), what))
                self._changed.notify_all()

    def _hand_out(self) -> None:
        while True:
            with self._changed:
                while self._open and not self._due():
                    self._changed.wait(self._waiting[0][0] - time.monotonic() if self._waiting else None)
                if not self._open:
                    return
                _, _, what = heapq.heappop(self._waiting)
                self._running += 1
            self._pool.submit(self._do, what)

    def _due(self) -> bool:
        return bool(self._waiting) and self._waiting[0][0] <= time.monotonic()

    def _do(self, what: Callable[[], None]) -> None:
        try:
            what()
        except Exception:
            log.exception("local_twilio_failed")
            raise
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def idle(self, timeout: float = 30.0) -> bool:
        """Wait until nothing waits and nothing runs; False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._running, timeout)

    def stop(self) -> None:
        with self._changed:
            self._open = False
            self._waiting.clear()
            self._changed.notify_all()
        self._clerk.join()
        self._pool.shutdown(wait=True, cancel_futures=True)

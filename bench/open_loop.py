"""What measurements of accepting have in common: calls at a fixed rate, a model that sleeps, a disk that is watched.

Open loop: a call is due by the clock, whether or not the one before was answered, and is timed from when it was due.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar

from bench.calibration import elapsed_ms

POSTERS = 48
ENGINE_SLEEPS = 60.0
SLOW_SYNC_MS = 25.0
Call = TypeVar("Call")


def fire(post: Callable[[Call], None], calls: Sequence[Call], rate: int) -> list[float]:
    """Post each when it is due; returns the milliseconds from then to its answer."""
    begins = time.perf_counter() + 0.2

    def one(place: int) -> float:
        due = begins + place / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        post(calls[place])
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(POSTERS) as pool:
        return list(pool.map(one, range(len(calls))))


@contextmanager
def watched_disk(folder: Path) -> Iterator[list[float]]:
    """The milliseconds of every slow write of a few bytes beside the database."""
    slow: list[float] = []
    over = threading.Event()

    def watch() -> None:
        file = os.open(folder / "probe", os.O_WRONLY | os.O_CREAT, 0o600)
        while not over.wait(0.2):
            os.pwrite(file, b"probe", 0)
            took = elapsed_ms(lambda: os.fdatasync(file))
            slow.extend([took] if took > SLOW_SYNC_MS else [])
        os.close(file)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield slow
    finally:
        over.set()
        watcher.join()


class Engine(ThreadingHTTPServer):
    """A model endpoint that takes every call and answers a minute later, with nothing of use."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Sleeper)
        self.asked = 0
        self.closing = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Sleeper(BaseHTTPRequestHandler):
    server: Engine

    def do_POST(self) -> None:
        self.server.asked += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self.server.closing.wait(ENGINE_SLEEPS):
            self.send_error(503)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def sleeping_engine() -> Iterator[Engine]:
    engine = Engine()
    thread = threading.Thread(target=engine.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        engine.closing.set()
        engine.shutdown()
        thread.join()
        engine.server_close()

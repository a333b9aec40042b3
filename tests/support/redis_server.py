"""A real redis-server for tests: the binary that the wheel carries, on a unix socket in a short folder."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import redis

from botapp.entrypoints.supervisor import redis_binary

STARTS_WITHIN = 10.0


class RedisServer:
    """Starts, stops and starts again; what it held survives a stop through its append-only file."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="br-"))  # short: a socket path ends at 107 bytes
        self.socket = self.home / "s"
        self.url = f"unix://{self.socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "RedisServer":
        flags = {"port": "0", "unixsocket": str(self.socket), "dir": str(self.home), "appendonly": "yes", "save": ""}
        words = [word for key, value in flags.items() for word in (f"--{key}", value)]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen([redis_binary(), *words], stdin=quiet, stdout=quiet, stderr=quiet)
        ends = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            if time.monotonic() > ends:
                raise RuntimeError("redis-server did not start")
            time.sleep(0.01)
        return self

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=1.0) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

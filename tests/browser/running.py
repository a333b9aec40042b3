"""botapp as a person starts it: `botapp up` in a process of its own, on an empty data folder and a free port.

It knows what the program prints and nothing of what is inside.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.processes import children_of

READY_WITHIN = 90.0
STOP_WITHIN = 40.0
REPOSITORY = Path(__file__).parents[2]
EMPLOYER = "Harbour Lane Logistics"
_LINKS = re.compile(r"Recruiter console\s+(\S+).*?Sample interview\s+(\S+).*?Health\s+(\S+)", re.DOTALL)


@dataclass(frozen=True)
class Running:
    """The three links it printed, and its process."""

    console: str
    sample: str
    health: str
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def base(self) -> str:
        return self.health.removesuffix("/readyz")

    def kill_web(self) -> int:
        """End the web server as a power cut would; the supervisor is to start it again."""
        pid = self._web()
        os.killpg(pid, signal.SIGKILL)
        return pid

    def _web(self) -> int:
        for pid in children_of(self.process.pid):
            if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        raise AssertionError("no web server is running")

    def log(self, name: str) -> str:
        return (self.folder / "logs" / f"{name}.log").read_text()

    def sign_in_link(self) -> str:
        """A further one-time link for the owner, as `botapp signin` prints it."""
        done = subprocess.run(
            [sys.executable, "-m", "botapp.entrypoints.cli", "signin"],
            env=_environment(self.folder, int(self.base.rpartition(":")[2])),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return re.findall(r"https?://\S+/signin/\S+", done.stdout)[0]


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Started, its links read, and stopped at the end, in order."""
    said = folder / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "botapp.entrypoints.cli", "up"],
            env=_environment(folder, _free_port()),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        console, sample, health = _links(process, said)
        yield Running(console, sample, health, process, folder)
    finally:
        process.terminate()
        process.wait(STOP_WITHIN)


def _links(process: "subprocess.Popen[bytes]", said: Path) -> tuple[str, str, str]:
    ends = time.monotonic() + READY_WITHIN
    while time.monotonic() < ends and process.poll() is None:
        if found := _LINKS.search(said.read_text()):
            return found[1], found[2], found[3]
        time.sleep(0.05)
    raise AssertionError("botapp did not start: " + said.read_text())


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Ours without any setting of botapp's, and the few that this run needs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTAPP_")}
    return {
        **kept,
        "BOTAPP_DATA_DIR": str(folder),
        "BOTAPP_PORT": str(port),
        "BOTAPP_WORKSPACE_NAME": EMPLOYER,
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUNBUFFERED": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

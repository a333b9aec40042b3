"""botapp's own processes for one demo: a fresh data folder, a free port, `botapp up`; all gone afterwards."""

import os
import queue
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from botapp.entrypoints.demo.errors import Unmet

READY_WITHIN = 90.0
STOP_WITHIN = 40.0
_SIGN_IN = re.compile(r"(https?://\S+)(/signin/\S+)")


class Stack:
    """Start it, use `base_url`, stop it. Nothing of it touches another installation's data."""

    base_url = ""
    sign_in_path = ""

    def __init__(self, **settings: str) -> None:
        self._settings = settings  # BOTAPP_... of this run alone
        self.folder = Path(tempfile.mkdtemp(prefix="botapp-demo-"))
        self._process: subprocess.Popen[str] | None = None
        self._said: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def start(self) -> None:
        """Everything, until it answers.

        Raises:
            Unmet: it does not, and what it said.
        """
        self._process = subprocess.Popen(
            [sys.executable, "-m", "botapp.entrypoints.cli", "up"],
            env=_environment(self.folder, _free_port()) | self._settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # Ctrl-C reaches us alone: we stop it, in order
        )
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()
        self._wait_until_ready()

    def stop(self, *, keep_folder: bool) -> None:
        """Everything, in order, as Ctrl-C would; then its data goes too, unless somebody wants to read the logs."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if not keep_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _listen(self, output: IO[str]) -> None:
        for line in output:
            self._said.put(line.rstrip())
        self._said.put(None)

    def _wait_until_ready(self) -> None:
        heard: list[str] = []
        ends = time.monotonic() + READY_WITHIN
        while time.monotonic() < ends:
            try:
                line = self._said.get(timeout=1)
            except queue.Empty:
                continue
            if line is None:
                raise Unmet("botapp did not start: " + (" ".join(heard[-5:]) or "it said nothing."))
            heard.append(line)
            if found := _SIGN_IN.search(line):
                self.base_url, self.sign_in_path = found[1], found[2]
            if "/readyz" in line and self.sign_in_path:
                return
        raise Unmet(f"botapp was not ready within {READY_WITHIN:.0f} seconds.")


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Ours, with everything that names data or an address set anew. A configured language model stays."""
    return {
        **os.environ,
        "BOTAPP_DATA_DIR": str(folder),
        "BOTAPP_DATABASE_URL": "",
        "BOTAPP_REDIS_URL": "",
        "BOTAPP_HOST": "127.0.0.1",
        "BOTAPP_PORT": str(port),
        "BOTAPP_PUBLIC_URL": "",
        "BOTAPP_TWILIO_ACCOUNT_SID": "",  # whoever is texted here lives on this machine
        "BOTAPP_PHONE_SIMULATOR": "true",
        "PYTHONUNBUFFERED": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

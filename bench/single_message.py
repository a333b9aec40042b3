"""One button pressed in web chat while nothing else happens: POST sent to reply on the event stream, real processes."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.ours import publish
from bench.scenario import buttons_only
from botapp.bootstrap import services
from botapp.config import Settings
from botapp.state.migrate import upgrade

INTERVIEWS = 14  # of eight buttons each
PAUSE_S = 0.1  # so that the worker is idle again
START_WITHIN_S = 60.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Waits:
    p50_ms: float
    p95_ms: float
    samples: int
    by_interview_ms: tuple[float, ...]


def measure(folder: Path, interviews: int = INTERVIEWS) -> Waits:
    """The system as `botapp up` starts it, with an interview that buttons answer."""
    port = free_port()
    settings = Settings(data_dir=folder, port=port, _env_file=None)
    folder.mkdir(parents=True, exist_ok=True)
    shared = services(settings)
    upgrade(shared.database)
    slug = publish(shared, settings, buttons_only())
    shared.database.close()
    with running(folder, port):
        _interview(port, slug, "warm")
        samples = [_interview(port, slug, f"c{number}") for number in range(interviews)]
    waits = sorted(wait for sample in samples for wait in sample)
    cuts = statistics.quantiles(waits, n=20)
    return Waits(statistics.median(waits), cuts[18], len(waits), tuple(statistics.median(s) for s in samples))


@contextmanager
def running(folder: Path, port: int, **settings: str) -> Iterator[None]:
    """`botapp up` on this folder and port, with these settings beside."""
    ours = {"DATA_DIR": str(folder), "PORT": str(port)} | settings
    environment = os.environ | {f"BOTAPP_{name}": value for name, value in ours.items()}
    command = [sys.executable, "-m", "botapp.entrypoints.cli", "up"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        said = next((line for line in process.stdout if line.startswith(("botapp is running", "Error"))), "nothing")
        assert said.startswith("botapp is running"), said
        yield
    finally:
        process.terminate()
        process.wait(START_WITHIN_S)


def _interview(port: int, slug: str, name: str) -> list[float]:
    """Presses the first button of every question; returns the milliseconds until each reply."""
    link = _start(port, slug, name)
    stream = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    stream.request("GET", f"{link}/stream?after=0")
    lines = _lines(stream.getresponse())
    waits: list[float] = []
    line = next(lines)
    while True:
        buttons = line["message"].get("quick_replies", []) if line["ours"] else []
        if buttons:
            time.sleep(PAUSE_S)
            body = {"client_id": f"m{len(waits)}", "text": buttons[0]["label"], "button": buttons[0]}
            began = time.perf_counter()
            poster = http.client.HTTPConnection("127.0.0.1", port, timeout=20)  # connecting counts
            poster.request("POST", f"{link}/messages", json.dumps(body), {"Content-Type": "application/json"})
            line = next(item for item in lines if item["ours"])
            waits.append((time.perf_counter() - began) * 1000)
            assert poster.getresponse().status == 202
            poster.close()
        elif waits:
            break
        else:
            line = next(lines)
    stream.close()
    return waits


def _start(port: int, slug: str, name: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    form = urlencode({"name": "Sam Field", "contact": f"{name}@example.com", "agree": "yes"})
    connection.request("POST", f"/i/{slug}/start", form, FORM)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 303, f"the interview did not start: {answer.status}"
    return answer.headers["Location"]


def _lines(answer: http.client.HTTPResponse) -> Iterator[dict[str, Any]]:
    """The stream's messages as they come."""
    event = ""
    while raw := answer.readline():
        text = raw.decode().rstrip("\n")
        if text.startswith("event: "):
            event = text.removeprefix("event: ")
        elif text.startswith("data: ") and event == "message":
            yield json.loads(text.removeprefix("data: "))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""How fast Slack is answered while the language engine sleeps: signed events at a fixed rate, real processes.

Of ten events four are replies in threads of a channel, four in threads of a direct message, and two are direct messages
that begin an interviewer each. Slack waits three seconds for an answer.
"""

import http.client
import json
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.open_loop import fire, sleeping_engine, watched_disk
from bench.ours import Ours
from bench.single_message import free_port, running
from botapp.bootstrap import ensure_workspace
from botapp.entrypoints.simulator.slack import SIGNING_SECRET, signature_of
from botapp.entrypoints.simulator.slack_payloads import envelope
from botapp.entrypoints.simulator.slack_world import Team
from botapp.pipeline.effects import open_interviewer
from botapp.pipeline.services import fresh_id
from botapp.state import conversations, member_accounts

RATE = 50  # events a second
SECONDS = 20
THREADS = 100  # of each kind
STARTED_AFTER = 2.0  # seconds: its processes have come to rest
TEAM = Team("T1", "Northgate", "U1BOT", "xoxb-T1-local", "", frozenset())
USER, CHANNEL, DIRECT = "U1", "C1", "D1"
HOOK = "/hooks/slack/events"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """`asked`: calls the engine was sleeping over meanwhile. `kept`: rows in the inbox, one for each event.

    `slow_syncs`: how many of the disk's own small durable writes, five a second, took more than 25 ms meanwhile.
    """

    p50_ms: float
    p99_ms: float
    worst_ms: float
    sent: int
    kept: int
    asked: int
    slow_syncs: int


@dataclass(frozen=True, slots=True)
class Signed:
    """An event, ready to be posted."""

    body: bytes
    headers: dict[str, str]


def measure(folder: Path, rate: int = RATE, seconds: int = SECONDS) -> Acknowledged:
    """The system as `botapp up` starts it, with a model that never answers in time and a team that writes in Slack."""
    port, slack_port = free_port(), free_port()
    slack = {
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_BOT_TOKEN": TEAM.token,
        "SLACK_BASE_URL": f"http://127.0.0.1:{slack_port}/api/",
    }
    _threads(folder)
    with sleeping_engine() as engine, _local_slack(slack_port):
        model = {"LLM_MODEL": "sleeper", "LLM_BASE_URL": engine.url, "LLM_API_KEY": "x", "LLM_TIMEOUT": "90"}
        with running(folder, port, **slack, **model):
            time.sleep(STARTED_AFTER)
            events = _events(rate * (seconds + 1))
            fire(partial(_post, port), events[:rate], rate)  # a second to warm up, which is not measured
            with watched_disk(folder) as slow:
                waits = fire(partial(_post, port), events[rate:], rate)
            kept = _kept(folder)
        cuts = statistics.quantiles(waits, n=100)
        return Acknowledged(statistics.median(waits), cuts[98], max(waits), len(events), kept, engine.asked, len(slow))


def _thread(place: int) -> str:
    return f"1770000000.{place % THREADS:06d}"


def _threads(folder: Path) -> None:
    """Interviewers that are being composed, each in a thread, by somebody who is known."""
    stack = Ours(folder)
    first, now = ensure_workspace(stack.settings, stack.services), stack.services.now()
    workspace_id, by = first.workspace_id, first.owner_id
    with stack.services.database.writing() as uow:
        account = f"{TEAM.id}/{USER}"
        member_accounts.keep(uow, workspace_id=workspace_id, scheme="slack", account=account, member_id=by, now=now)
        for place in range(THREADS * 2):
            made = open_interviewer(uow, id=fresh_id(), workspace_id=workspace_id, by=by, now=now)
            address = f"slack:{TEAM.id}/{(CHANNEL, DIRECT)[place // THREADS]}/{_thread(place)}"
            conversations.join_address(uow, workspace_id=workspace_id, conversation_id=made, address=address)
    stack.services.database.close()


def _events(count: int) -> list[Signed]:
    """Made beforehand, so that making them costs nothing then; a signature is good for five minutes."""
    now = int(time.time())
    return [_signed(place, now) for place in range(count)]


def _signed(place: int, now: int) -> Signed:
    begins, in_channel = place % 5 == 0, place % 5 in (1, 2)
    ts = f"{now}.{place:06d}"
    text = f"We are hiring night pickers, {place} of them" if begins else f"Ask about shift {place % 7} as well"
    event = {
        "type": "message",
        "user": USER,
        "team": TEAM.id,
        "text": text,
        "ts": ts,
        "event_ts": ts,
        "client_msg_id": f"client-{ts}",
        "channel": CHANNEL if in_channel else DIRECT,
        "channel_type": "channel" if in_channel else "im",
    }
    if not begins:
        event["thread_ts"] = _thread(place)
    body = json.dumps(envelope(TEAM, event, f"Ev{place:09d}", now)).encode()
    proof = signature_of(SIGNING_SECRET, str(now), body)
    headers = {"X-Slack-Request-Timestamp": str(now), "X-Slack-Signature": proof, "Content-Type": "application/json"}
    return Signed(body, headers)


def _post(port: int, signed: Signed) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)  # connecting counts
    connection.request("POST", HOOK, signed.body, signed.headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, f"an event was not taken: {answer.status}"


def _kept(folder: Path) -> int:
    with sqlite3.connect(folder / "botapp.db") as database:
        found = database.execute("select count(*) from inbox where channel_account = ?", (TEAM.id,)).fetchone()
    return int(found[0])


@contextmanager
def _local_slack(port: int) -> Iterator[None]:
    """Takes our calls, in a process of its own."""
    command = [sys.executable, "-m", "botapp.entrypoints.simulator.slack", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "Local Slack" in process.stdout.readline()
        yield
    finally:
        process.terminate()
        process.wait(20)

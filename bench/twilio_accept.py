"""How fast a text is accepted while the language engine sleeps: signed webhooks at a fixed rate, real processes."""

import http.client
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from bench.open_loop import fire, sleeping_engine, watched_disk
from bench.ours import Ours
from bench.single_message import free_port, running
from botapp.entrypoints.simulator.twilio import ACCOUNT_SID, AUTH_TOKEN, NUMBER, Account
from botapp.entrypoints.simulator.twilio_ledger import Message
from botapp.entrypoints.simulator.twilio_shapes import text_params
from botapp.entrypoints.simulator.twilio_webhooks import sign
from botapp.pipeline.turn import run_next_turn
from botapp.state import conversations

RATE = 100  # texts a second
SECONDS = 20
PEOPLE = 200
STARTED_AFTER = 2.0  # seconds: its processes have come to rest
PUBLIC = "https://interviews.example.com"
HOOK = "/hooks/twilio/sms"
_NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Accepted:
    """`asked`: calls the engine was sleeping over meanwhile. `kept`: rows in the inbox, one for each text.

    `slow_syncs`: how many of the disk's own small durable writes, five a second, took more than 25 ms meanwhile. A text
    is on the disk before it is accepted: where a disk is shared and stalls, so do texts.
    """

    p50_ms: float
    p99_ms: float
    worst_ms: float
    sent: int
    kept: int
    asked: int
    slow_syncs: int


def measure(folder: Path, rate: int = RATE, seconds: int = SECONDS) -> Accepted:
    """The system as `botapp up` starts it, with a model that never answers in time and people who text."""
    port, twilio_port = free_port(), free_port()
    texting = {
        "PUBLIC_URL": PUBLIC,
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "TWILIO_FROM": NUMBER,
        "TWILIO_BASE_URL": f"http://127.0.0.1:{twilio_port}",
    }
    numbers = _interviews(folder)
    requests = _requests(numbers, rate * (seconds + 1))
    with sleeping_engine() as engine, _local_twilio(twilio_port, port):
        model = {"LLM_MODEL": "sleeper", "LLM_BASE_URL": engine.url, "LLM_API_KEY": "x", "LLM_TIMEOUT": "90"}
        with running(folder, port, **texting, **model):
            time.sleep(STARTED_AFTER)
            fire(
                partial(_post, port), requests[:rate], rate
            )  # a second to warm up: what first requests load is not what is measured
            with watched_disk(folder) as slow:
                waits = fire(partial(_post, port), requests[rate:], rate)
            kept = _kept(folder)
        cuts = statistics.quantiles(waits, n=100)
        return Accepted(statistics.median(waits), cuts[98], max(waits), len(requests), kept, engine.asked, len(slow))


def _interviews(folder: Path) -> list[str]:
    """People in the middle of an interview on their phones: welcomed, the first question asked."""
    stack = Ours(folder)
    numbers = [f"+1202555{place:04d}" for place in range(1000, 1000 + PEOPLE)]
    for number in numbers:
        begun = stack.start().interview
        with stack.services.database.writing() as uow:
            conversations.join_address(
                uow,
                workspace_id=begun.workspace_id,
                conversation_id=begun.conversation_id,
                address=f"tel:{number}",
            )
    while run_next_turn(stack.services):
        pass
    stack.services.database.close()
    return numbers


@dataclass(frozen=True, slots=True)
class Signed:
    """A webhook, ready to be posted."""

    body: str
    signature: str


def _requests(numbers: Sequence[str], count: int) -> list[Signed]:
    """Texts of people in turn, each with an id of its own, made beforehand so that making them costs nothing then."""
    account, made = Account(), []
    for place in range(count):
        text = f"I have done that for {place % 9 + 1} years"
        sid, number = f"SM{place:032x}", numbers[place % len(numbers)]
        message = Message(sid, NUMBER, number, text, "received", "inbound", _NOW)
        params = text_params(account, message, (), base="", opt_out="")
        made.append(Signed(urlencode(params), sign(AUTH_TOKEN, f"{PUBLIC}{HOOK}", params)))
    return made


def _post(port: int, signed: Signed) -> None:
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "X-Twilio-Signature": signed.signature,
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)  # connecting counts
    connection.request("POST", HOOK, signed.body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, f"a text was not taken: {answer.status}"


def _kept(folder: Path) -> int:
    with sqlite3.connect(folder / "botapp.db") as database:
        found = database.execute("select count(*) from inbox where external_id like 'SM%'").fetchone()
    return int(found[0])


@contextmanager
def _local_twilio(port: int, ours: int) -> Iterator[None]:
    """Takes our replies and reports on them, in a process of its own."""
    command = [sys.executable, "-m", "botapp.entrypoints.simulator.twilio", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--public-url", PUBLIC, "--reach", f"http://127.0.0.1:{ours}"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert "listens" in process.stdout.readline()
        yield
    finally:
        process.terminate()
        process.wait(20)

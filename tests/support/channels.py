"""A throw-away channel with a network hop, and its provider: a small real one that keeps a true ledger in a file.

The provider can be told to refuse, to accept and time out, to fail, to drop. It never deduplicates: what our side
sends twice arrives twice, and the ledger shows it.
"""

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from botapp.channels.base import (
    Absent,
    Ambiguous,
    CannotTell,
    DeliveryResult,
    Found,
    Limits,
    LookUp,
    OnePiece,
    Outgoing,
    Rejected,
    RetryLater,
    Sent,
    WebhookRequest,
)
from botapp.clock import Clock
from botapp.errors import BadPayload
from botapp.messages import (
    DeliveryReport,
    DeliveryStatus,
    Failure,
    FailureKind,
    InboundMessage,
    OutboundMessage,
    Sender,
    SenderKind,
)

OUR_NUMBER = "+15550000001"


class Does(StrEnum):
    """What the provider does with the next call."""

    ACCEPT = "accept"
    REFUSE = "refuse"  # the connection is refused: it surely did not arrive
    RATE_LIMIT = "rate_limit"
    ACCEPT_AND_TIME_OUT = "accept_and_time_out"
    TIME_OUT = "time_out"  # lost before it arrived; the caller can't know
    FAIL = "fail"  # 500, nothing kept
    ACCEPT_AND_FAIL = "accept_and_fail"
    DROP = "drop"  # taken, but never reaches the phone
    REJECT = "reject"
    REJECT_FOR_EVER = "reject_for_ever"  # the carrier says: this number opted out


@dataclass(frozen=True, slots=True)
class Accepted:
    """One line of the ledger: a message the provider took."""

    id: str
    outbox_id: str
    address: str
    text: str


class Provider:
    """The far side of the wire. Its ledger is a file, so that it outlives a killed process of ours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._open() as db:
            db.execute("CREATE TABLE IF NOT EXISTS ledger (n INTEGER PRIMARY KEY, outbox_id, address, text, dropped)")
            db.execute("CREATE TABLE IF NOT EXISTS plan (n INTEGER PRIMARY KEY, does)")
            db.execute("CREATE TABLE IF NOT EXISTS calls (n INTEGER PRIMARY KEY, what)")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        try:
            yield db
        finally:
            db.close()

    def will(self, *behaviours: Does) -> None:
        """What the next calls meet, in order; after that it accepts."""
        with self._open() as db:
            db.executemany("INSERT INTO plan (does) VALUES (?)", [(b.value,) for b in behaviours])

    def take(self, outbox_id: str, address: str, text: str) -> tuple[Does, str]:
        """A call: what happens, and the provider's id of the message if it took it."""
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            planned = db.execute("SELECT n, does FROM plan ORDER BY n LIMIT 1").fetchone()
            does = Does(planned[1]) if planned else Does.ACCEPT
            if planned:
                db.execute("DELETE FROM plan WHERE n = ?", (planned[0],))
            db.execute("INSERT INTO calls (what) VALUES ('send')")
            id = ""
            if does in (Does.ACCEPT, Does.ACCEPT_AND_FAIL, Does.ACCEPT_AND_TIME_OUT, Does.DROP):
                row = db.execute(
                    "INSERT INTO ledger (outbox_id, address, text, dropped) VALUES (?, ?, ?, ?)",
                    (outbox_id, address, text, does is Does.DROP),
                )
                id = f"m{row.lastrowid}"
            db.execute("COMMIT")
        return does, id

    def find(self, outbox_id: str) -> str | None:
        with self._open() as db:
            db.execute("INSERT INTO calls (what) VALUES ('look_up')")
            row = db.execute("SELECT n FROM ledger WHERE outbox_id = ? ORDER BY n", (outbox_id,)).fetchone()
        return f"m{row[0]}" if row else None

    def ledger(self, address: str = "") -> list[Accepted]:
        """Everything it ever took, in order."""
        query = "SELECT n, outbox_id, address, text FROM ledger WHERE address = ? OR ? = '' ORDER BY n"
        with self._open() as db:
            return [Accepted(f"m{r[0]}", r[1], r[2], r[3]) for r in db.execute(query, (address, address))]

    def calls(self, what: str) -> int:
        with self._open() as db:
            return int(db.execute("SELECT count(*) FROM calls WHERE what = ?", (what,)).fetchone()[0])


class Tel(OnePiece):
    """Text messages to phones, through `Provider`."""

    scheme = "tel"
    limits = Limits(
        max_length=1600,
        max_buttons=0,
        hop=True,
        settle=timedelta(seconds=4),
        settle_cap=timedelta(seconds=12),
        obeys_opt_out=True,
        call_timeout=timedelta(seconds=2),
    )

    def __init__(self, provider: Provider, clock: Clock) -> None:
        self.provider = provider
        self._clock = clock
        self.looks_up = True  # False: the look-up itself can't be reached

    def account_of(self, request: WebhookRequest) -> str:
        return str(_body(request).get("to", ""))

    def verify(self, request: WebhookRequest, secrets: Mapping[str, str]) -> None:
        token = secrets.get("token", "")
        if not token or not hmac.compare_digest(
            sign(request.body, token).encode(), request.headers.get("X-Signature", "").encode()
        ):
            raise BadPayload("The signature does not fit.")

    def parse(self, request: WebhookRequest) -> list[InboundMessage | DeliveryReport]:
        body = _body(request)
        try:
            if "status" in body:
                return [report(body["ref"], DeliveryStatus(body["status"]), body.get("id", ""))]
            return [text_from(body["from"], body["text"], body["id"], self._clock.now(), body.get("person", ""))]
        except (KeyError, ValueError, AttributeError, TypeError) as error:
            raise BadPayload("That is not one of our provider's messages.") from error

    def render(self, message: OutboundMessage) -> Mapping[str, Any]:
        """Buttons become words, a card its plain form."""
        choices = " / ".join(reply.label for reply in message.quick_replies)
        card = message.card.plain if message.card else ""
        return {"text": "\n".join(part for part in (message.text, choices, card) if part)}

    def send(self, outgoing: Outgoing) -> DeliveryResult:
        does, id = self.provider.take(outgoing.id, outgoing.address, self.render(outgoing.message)["text"])
        match does:
            case Does.ACCEPT | Does.DROP:
                return Sent(id)
            case Does.REFUSE:
                return RetryLater(timedelta(0))
            case Does.RATE_LIMIT:
                return RetryLater(timedelta(seconds=30))
            case Does.REJECT:
                return Rejected(Failure(FailureKind.OTHER, "The provider said no.", "400"))
            case Does.REJECT_FOR_EVER:
                return Rejected(Failure(FailureKind.OPTED_OUT, "The number opted out.", "410"))
            case _:
                return Ambiguous(does.value)

    def look_up(self, outgoing: Outgoing) -> LookUp:
        if not self.looks_up:
            return CannotTell()
        found = self.provider.find(outgoing.id)
        return Found(found) if found else Absent()


def _body(request: WebhookRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadPayload("That is not JSON.") from error
    if not isinstance(body, dict):
        raise BadPayload("That is not an object.")
    return body


def sign(body: bytes, token: str) -> str:
    return hmac.new(token.encode(), body, hashlib.sha256).hexdigest()


def text_from(number: str, text: str, id: str, at: datetime, person: str = "") -> InboundMessage:
    """A text message as the channel hands it in."""
    if not number.startswith("+") or not isinstance(text, str) or not isinstance(id, str) or not id:
        raise ValueError("not a text message")
    return InboundMessage(
        channel_account=f"tel:{OUR_NUMBER}",
        external_id=id,
        address=f"tel:{number}",
        sender=Sender(SenderKind.CANDIDATE, person),
        text=text,
        received_at=at,
    )


def report(outbox_id: str, status: DeliveryStatus, external_id: str = "") -> DeliveryReport:
    """A delivery report that echoes our id."""
    return DeliveryReport(f"tel:{OUR_NUMBER}", status, external_id=external_id, outbox_id=outbox_id)

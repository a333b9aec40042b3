"""Socket Mode: the WebSocket Slack's app connects to, envelopes out and acknowledgements back (RFC 6455, server side).

Guarantees: an address to connect to is good once; at most ten connections; an envelope goes to one connection; pings
are answered unless the hub was made deaf. Only whole text frames, pings and closes exist; anything else ends it.
"""

import base64
import hashlib
import itertools
import json
import queue
import secrets
import struct
import threading
from collections.abc import Mapping
from typing import Any, BinaryIO

from botapp.entrypoints.simulator.slack_world import APP_ID

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
MOST_CONNECTIONS, LONGEST = 10, 1_000_000


class Broken(Exception):
    """The other side is gone, or does not speak the protocol."""


def accept_key(key: str) -> str:
    return base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest()).decode()  # noqa: S324 (the protocol's own)


def frame(opcode: int, payload: bytes) -> bytes:
    """A whole frame as a server sends it: not masked."""
    first, length = bytes([0x80 | opcode]), len(payload)
    if length < 126:
        return first + bytes([length]) + payload
    if length < 65_536:
        return first + bytes([126]) + struct.pack("!H", length) + payload
    return first + bytes([127]) + struct.pack("!Q", length) + payload


def _exactly(stream: BinaryIO, count: int) -> bytes:
    read = stream.read(count) if count else b""
    if len(read) != count:
        raise Broken("closed")
    return read


def read_frame(stream: BinaryIO) -> tuple[int, bytes]:
    """A whole frame as a client must send it: masked."""
    first, second = _exactly(stream, 2)
    if not first & 0x80 or not second & 0x80:
        raise Broken("a client sends whole, masked frames")
    length = second & 0x7F
    if length == 126:
        (length,) = struct.unpack("!H", _exactly(stream, 2))
    elif length == 127:
        (length,) = struct.unpack("!Q", _exactly(stream, 8))
    if length > LONGEST:
        raise Broken("too long")
    mask = _exactly(stream, 4)
    return first & 0x0F, bytes(byte ^ key for byte, key in zip(_exactly(stream, length), itertools.cycle(mask)))


class Connection:
    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader, self._writer = reader, writer
        self._sending = threading.Lock()
        self.pongs = 0

    def send(self, opcode: int, payload: bytes) -> None:
        try:
            with self._sending:
                self._writer.write(frame(opcode, payload))
                self._writer.flush()
        except (OSError, ValueError) as gone:
            raise Broken(str(gone)) from gone

    def send_json(self, value: Mapping[str, Any]) -> None:
        self.send(TEXT, json.dumps(value).encode())

    def receive(self) -> tuple[int, bytes]:
        try:
            return read_frame(self._reader)
        except (OSError, ValueError) as gone:
            raise Broken(str(gone)) from gone


class SocketHub:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._connections: list[Connection] = []
        self._tickets: set[str] = set()
        self._waiting: dict[str, queue.Queue[dict[str, Any]]] = {}
        self._turn = itertools.count()
        self.connections_made = 0
        self.deaf = False  # a half-open connection: nothing is read or answered
        self.root = ""

    def open_door(self) -> str:
        """What apps.connections.open answers: an address good once."""
        ticket = secrets.token_urlsafe(12)
        with self._changed:
            self._tickets.add(ticket)
        return f"{self.root.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP_ID}"

    def take_ticket(self, ticket: str) -> bool:
        with self._changed:
            if ticket not in self._tickets:
                return False
            self._tickets.discard(ticket)
            return True

    @property
    def connected(self) -> int:
        with self._changed:
            return len(self._connections)

    def wait_until_connected(self, seconds: float = 5.0, count: int = 1) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._connections) >= count, seconds):
                raise TimeoutError(f"no Socket Mode connection within {seconds:g} s")

    def serve(self, connection: Connection) -> None:
        """Until the connection ends; called on the thread of its request."""
        with self._changed:
            number = len(self._connections) + 1
            if number <= MOST_CONNECTIONS:
                self._connections.append(connection)
                self.connections_made += 1
        try:
            if number > MOST_CONNECTIONS:
                connection.send_json(_farewell("too_many_websockets"))
                connection.send(CLOSE, struct.pack("!H", 1008))
                return
            connection.send_json(_hello(number))
            connection.send(PING, b"from the local Slack")
            with self._changed:
                self._changed.notify_all()
            while self._take(connection):
                pass
        except Broken:
            pass
        finally:
            with self._changed:
                if connection in self._connections:
                    self._connections.remove(connection)

    def _take(self, connection: Connection) -> bool:
        opcode, payload = connection.receive()
        if self.deaf:
            return True
        match opcode:
            case 8:
                connection.send(CLOSE, payload[:2])
                return False
            case 9:
                connection.send(PONG, payload)
            case 10:
                connection.pongs += 1
            case 1:
                self._acknowledged(payload)
            case _:
                raise Broken("only text, ping, pong and close are spoken here")
        return True

    def _acknowledged(self, payload: bytes) -> None:
        try:
            answer = json.loads(payload)
        except ValueError:
            raise Broken("not JSON") from None
        with self._changed:
            waiting = self._waiting.get(str(answer.get("envelope_id")))
        if waiting is not None:
            waiting.put(answer.get("payload") or {})

    def send(self, envelope: Mapping[str, Any], seconds: float) -> dict[str, Any] | None:
        """The acknowledgement's payload; None when none came in time. Broken: nobody is connected."""
        answers: queue.Queue[dict[str, Any]] = queue.Queue()
        envelope_id = str(envelope["envelope_id"])
        with self._changed:
            if not self._connections:
                raise Broken("nobody is connected")
            connection = self._connections[next(self._turn) % len(self._connections)]
            self._waiting[envelope_id] = answers
        try:
            connection.send_json(envelope)
            return answers.get(timeout=seconds)
        except queue.Empty:
            return None
        finally:
            with self._changed:
                self._waiting.pop(envelope_id, None)

    def disconnect_all(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to come back: warning, refresh_requested, too_many_websockets."""
        self._tell_all(TEXT, json.dumps(_farewell(reason)).encode())

    def close_all(self) -> None:
        self._tell_all(CLOSE, struct.pack("!H", 1001))

    def _tell_all(self, opcode: int, payload: bytes) -> None:
        with self._changed:
            connections = list(self._connections)
        for connection in connections:
            try:
                connection.send(opcode, payload)
            except Broken:
                continue


def _hello(number: int) -> dict[str, Any]:
    return {
        "type": "hello", "num_connections": number, "connection_info": {"app_id": APP_ID},
        "debug_info": {"host": "local", "approximate_connection_time": 18060},
    }  # fmt: skip


def _farewell(reason: str) -> dict[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}

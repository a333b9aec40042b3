"""What may be lost: wake-ups (RQ) and live pushes (Redis). FLUSHALL, or an hour without Redis, loses nothing durable.

A wake-up is one job that drains whatever is due in the database. Jobs are named by string, carry no data, keep no
result and use the JSON serializer.
"""

import json
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import redis
from rq import Queue
from rq.serializers import JSONSerializer

from botapp.log import get_logger

TURNS, DELIVERIES = "turns", "deliveries"
_JOBS = {TURNS: "botapp.entrypoints.worker.drain_turns", DELIVERIES: "botapp.entrypoints.worker.drain_deliveries"}
_LIVE = "botapp:live:"
log = get_logger()


def connect(url: str, *, blocking: bool = False) -> redis.Redis:
    """A client with explicit time-outs; a `blocking` one waits in Redis for minutes, so its reads have none."""
    client: redis.Redis = redis.Redis.from_url(
        url, socket_connect_timeout=1.0, socket_timeout=None if blocking else 2.0
    )
    return client


class Wakeups:
    """Wakes workers and pushes to open pages. Every method is safe to call while Redis is down."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._redis = connect(url)
        self._queues = {
            name: Queue(name, connection=self._redis, serializer=JSONSerializer, default_timeout=-1) for name in _JOBS
        }

    def wake(self, name: str) -> bool:
        """Make sure a job is waiting. A waiting job has not begun, so it will see rows committed before this call."""
        try:
            waiting = self._queues[name]
            if waiting.count == 0:
                self._enqueue(waiting, name)
        except redis.RedisError:
            log.warning("wake_lost", queue=name)  # the timer loop sweeps
            return False
        return True

    def wake_another(self, name: str) -> None:
        """A second worker may help: more than one conversation is due."""
        try:
            self._enqueue(self._queues[name], name)
        except redis.RedisError:
            log.warning("wake_lost", queue=name)

    def _enqueue(self, waiting: Queue, name: str) -> None:
        waiting.enqueue_call(_JOBS[name], timeout=-1, result_ttl=0, failure_ttl=60, ttl=60)

    def push(self, conversation_id: str, event: dict[str, Any]) -> None:
        """Tell open pages of this conversation that something happened. They re-read anyway every 3 s."""
        try:
            self._redis.publish(_LIVE + conversation_id, json.dumps(event))
        except redis.RedisError:
            log.warning("push_lost", conversation_id=conversation_id)

    def workers(self, name: str) -> int:
        """How many workers say they serve this queue."""
        try:
            return int(self._redis.scard(f"rq:workers:{name}"))
        except redis.RedisError:
            return 0

    def ping(self) -> bool:
        try:
            return bool(self._redis.ping())
        except redis.RedisError:
            return False


class Pushes:
    """One open page's subscription."""

    def __init__(self, mine: "queue.SimpleQueue[dict[str, Any]]") -> None:
        self._mine = mine

    def wait(self, seconds: float) -> dict[str, Any] | None:
        """The next push, or None when the time is up."""
        try:
            return self._mine.get(timeout=seconds)
        except queue.Empty:
            return None


class LivePushes:
    """One Redis listener for a whole web process; streams subscribe to it in memory."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._subscribers: dict[str, set[queue.SimpleQueue[dict[str, Any]]]] = defaultdict(set)
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    @contextmanager
    def subscribed(self, conversation_id: str) -> Iterator["queue.SimpleQueue[dict[str, Any]]"]:
        """Pushes of one conversation, from now on, until the block ends."""
        mine: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        with self._lock:
            self._subscribers[conversation_id].add(mine)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="live-pushes", daemon=True)
                self._thread.start()
        try:
            yield mine
        finally:
            with self._lock:
                self._subscribers[conversation_id].discard(mine)
                if not self._subscribers[conversation_id]:
                    del self._subscribers[conversation_id]

    def stop(self) -> None:
        self._stopped.set()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen_once()
            except (redis.RedisError, OSError):
                time.sleep(0.5)  # Redis is away; pages re-read meanwhile

    def _listen_once(self) -> None:
        with connect(self._url) as client, client.pubsub(ignore_subscribe_messages=True) as pubsub:
            pubsub.psubscribe(_LIVE + "*")
            while not self._stopped.is_set():
                message = pubsub.get_message(timeout=1.0)
                if message is not None:
                    self._hand_out(message["channel"].decode(), message["data"])

    def _hand_out(self, channel: str, data: bytes) -> None:
        with self._lock:
            waiting = list(self._subscribers.get(channel.removeprefix(_LIVE), ()))
        for subscriber in waiting:
            subscriber.put(json.loads(data))

"""Threads as pages read them: a list after a number, and an event stream that never misses a line.

A stream subscribes first, then reads what it lacks, and reads again every few seconds without a push: a lost push costs
a moment and no message. Above the cap a stream is refused and the page asks again every few seconds instead.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from botapp.entrypoints.web.port import Services, Stream
from botapp.entrypoints.web.posted import shown_json
from botapp.errors import BadPayload, BotappError
from botapp.messages import JsonObject

READ_AGAIN_S = 3.0
PING_S = 15.0
LASTS_S = 600.0  # then the page connects anew: a forgotten stream does not hold a thread for ever
RETRY_AFTER_S = "15"


class StreamSlots:
    """How many streams this process still takes."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most) if most > 0 else None

    def take(self) -> Callable[[], None] | None:
        """A function that gives the slot back (once, however often it is called), or None when all are taken."""
        if self._free is None or not self._free.acquire(blocking=False):
            return None
        free, given_back = self._free, threading.Event()

        def give_back() -> None:
            if not given_back.is_set():
                given_back.set()
                free.release()

        return give_back


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as its page sees it. `about` is what the page shows around the messages."""

    services: Services
    workspace_id: str
    conversation_id: str
    about: Callable[[], JsonObject]
    shows_sign_in_links: bool = False  # a teammate's link is a key: only who may invite teammates sees it

    def after(self, seq: int) -> list[JsonObject]:
        """Its lines past `seq`, in order."""
        lines = [shown_json(m) for m in self.services.messages(self.workspace_id, self.conversation_id, seq)]
        return lines if self.shows_sign_in_links else [without_sign_in_links(line) for line in lines]


_SIGN_IN = re.compile(r"https?://\S*/signin/[\w-]+")


def without_sign_in_links(line: JsonObject) -> JsonObject:
    """The line with every teammate's sign-in link taken out of its words."""
    if not line["ours"] or not _SIGN_IN.search(line["text"]):
        return line
    text = _SIGN_IN.sub("(a link that only owners see)", line["text"])
    return {**line, "text": text, "message": {**line["message"], "text": text}}


def asked_after() -> int:
    """The number after which the page wants lines; a reconnecting browser says it in a header."""
    said = request.headers.get("Last-Event-ID") or request.args.get("after", "0")
    if not said.isdecimal() or len(said) > 15:
        raise BadPayload("The page asked for messages after something that is no number. Load it again.")
    return int(said)


def list_answer(thread: Thread) -> ResponseReturnValue:
    """Everything after `?after=` at once."""
    return jsonify(messages=thread.after(asked_after()), about=thread.about())


def stream_answer(thread: Thread) -> ResponseReturnValue:
    """An event stream of everything after `?after=`, or 503 when too many are open."""
    after = asked_after()
    give_back = cast(StreamSlots, current_app.extensions["botapp_streams"]).take()
    if give_back is None:
        refusal = jsonify(error="Live updates are busy. The page asks every few seconds instead.")
        return refusal, 503, {"Retry-After": RETRY_AFTER_S}
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    response = Response(events(thread, after), mimetype="text/event-stream", headers=headers)
    response.call_on_close(give_back)
    return response


def events(thread: Thread, after: int, lasts: float = LASTS_S) -> Iterator[str]:
    """The stream's text, event by event. It ends when the reader may read no further, or the database is away."""
    try:
        yield from _told(thread, after, lasts)
    except BotappError:
        return  # the page connects anew, and is told then


def _told(thread: Thread, after: int, lasts: float) -> Iterator[str]:
    about: JsonObject = {}
    ends, ping_at = time.monotonic() + lasts, time.monotonic() + PING_S
    with thread.services.open_stream(thread.conversation_id) as stream:
        yield ": open\n\n"
        while time.monotonic() < ends:
            lines, pings = thread.after(after), time.monotonic() >= ping_at
            for line in lines:
                after = line["seq"]
                yield _event("message", line, after)
            if (lines or pings or not about) and (now_about := thread.about()) != about:
                about = now_about
                yield _event("about", about)
            if pings:
                ping_at = time.monotonic() + PING_S
                yield ": ping\n\n"
            yield from _statuses(stream)


def _statuses(stream: Stream) -> Iterator[str]:
    """Pass on status lines until a message is announced or it is time to read again."""
    read_at = time.monotonic() + READ_AGAIN_S
    while (left := read_at - time.monotonic()) > 0:
        push = stream.wait(left)
        if push is None or push.get("type") != "status":
            return
        yield _event("status", {"text": str(push.get("text", ""))})


def _event(name: str, data: Any, seq: int | None = None) -> str:
    mark = "" if seq is None else f"id: {seq}\n"
    return f"{mark}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"

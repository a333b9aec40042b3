"""What the local Slack accepted and what it refused, in order, and how to read it as text.

Guarantees: an entry is written in the same breath as the change it tells of; entries never change; waiting for one
needs no polling.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botapp.entrypoints.simulator.slack_blocks import elements_of


@dataclass(frozen=True)
class Entry:
    """One accepted call. `method` is the Web API's name, or response_url, or command.answer."""

    seq: int
    method: str
    team: str
    at: float
    channel: str = ""
    user: str = ""
    ts: str = ""
    thread_ts: str = ""
    text: str = ""
    blocks: tuple[dict[str, Any], ...] = ()
    view: Mapping[str, Any] | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """What a person reads: the blocks when there are any, else the text."""
        return text_of(list(self.blocks)) if self.blocks else self.text


@dataclass(frozen=True)
class Refusal:
    method: str
    team: str
    at: float
    error: str
    messages: tuple[str, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)


class Ledger:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._entries: list[Entry] = []
        self._refusals: list[Refusal] = []
        self._changed = threading.Condition()

    def write(self, method: str, team: str, **what: Any) -> Entry:
        with self._changed:
            entry = Entry(seq=len(self._entries) + 1, method=method, team=team, at=self._clock(), **what)
            self._entries.append(entry)
            self._changed.notify_all()
            return entry

    def refuse(self, refusal: Refusal) -> None:
        with self._changed:
            self._refusals.append(refusal)
            self._changed.notify_all()

    @property
    def entries(self) -> list[Entry]:
        with self._changed:
            return list(self._entries)

    @property
    def refusals(self) -> list[Refusal]:
        with self._changed:
            return list(self._refusals)

    def of(self, method: str, channel: str = "") -> list[Entry]:
        return [e for e in self.entries if e.method == method and channel in ("", e.channel)]

    def since(self, seq: int) -> list[Entry]:
        return [e for e in self.entries if e.seq > seq]

    def wait_for(self, wanted: Callable[[Entry], bool], seconds: float = 5.0, after: int = 0) -> Entry:
        """The first entry wanted; TimeoutError tells what there was instead."""
        until = time.monotonic() + seconds
        with self._changed:
            while True:
                for entry in self._entries:
                    if entry.seq > after and wanted(entry):
                        return entry
                left = until - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"not in the ledger within {seconds:g} s; it holds:\n{self.as_text()}")
                self._changed.wait(left)

    def as_text(self) -> str:
        """A line an entry: who was told what, where."""
        with self._changed:
            return "\n".join(_line(entry) for entry in self._entries) or "(nothing)"


def _line(entry: Entry) -> str:
    where = "/".join(part for part in (entry.team, entry.channel, entry.thread_ts or entry.ts) if part)
    what = entry.shown or (text_of_view(entry.view) if entry.view else json.dumps(dict(entry.arguments)))
    return f"{entry.seq} {entry.method} {where}: {what}"


def _label(element: Mapping[str, Any]) -> str:
    kind = element["type"]
    if kind in ("button", "icon_button"):
        return f"[{element['text']['text']}]"
    if kind == "feedback_buttons":
        return "[Good] [Bad]"
    options = [o["text"]["text"] for o in element.get("options") or []]
    options += [o["text"]["text"] for group in element.get("option_groups") or [] for o in group["options"]]
    if kind == "overflow":
        return f"[... {' | '.join(options)}]"
    placed = (element.get("placeholder") or {}).get("text", "")
    initial = element.get("initial_value") or (element.get("initial_option") or {}).get("text", {}).get("text", "")
    return f"<{initial or placed or kind}{': ' + ' | '.join(options) if options else ''}>"


def _rich(part: Any) -> str:
    if not isinstance(part, dict):
        return ""
    if part.get("type") == "rich_text":
        return "\n".join(filter(None, map(_rich, part.get("elements") or [])))
    if part.get("type") == "rich_text_list":
        return "\n".join(f"- {_rich(entry)}" for entry in part.get("elements") or [])
    own = str(part.get("text") or part.get("url") or "")
    return own + "".join(_rich(inner) for inner in part.get("elements") or [])


def _words(block: Mapping[str, Any]) -> list[str]:
    match block["type"]:
        case "divider":
            return ["---"]
        case "image":
            return [f"(picture: {block['alt_text']})"]
        case "markdown":
            return [str(block["text"])]
        case "rich_text":
            return [_rich(block)]
        case "input":
            return [f"{block['label']['text']}{' (optional)' if block.get('optional') else ''}:"]
        case "context":
            return [" · ".join(e.get("text") or f"(picture: {e['alt_text']})" for e in block["elements"])]
        case _:
            fields = [field["text"] for field in block.get("fields") or []]
            return ([block["text"]["text"]] if "text" in block else []) + fields


def text_of(blocks: list[dict[str, Any]]) -> str:
    """Blocks as a person reads them, with what can be pressed in square brackets."""
    lines = []
    for block in blocks:
        controls = " ".join(_label(element) for element in elements_of(block))
        lines.append("\n".join(_words(block)) + (f" {controls}" if controls else ""))
    return "\n".join(line.strip() for line in lines)


def text_of_view(view: Mapping[str, Any]) -> str:
    title = (view.get("title") or {}).get("text", "Home")
    ends = [f"[{view[name]['text']}]" for name in ("submit", "close") if view.get(name)]
    return "\n".join([f"= {title} =", text_of(list(view["blocks"])), *([" ".join(ends)] if ends else [])])

"""A chat page: what it sends, and what it hears after a number."""

import time
from dataclasses import dataclass
from typing import Any

from botapp.entrypoints.demo.answering import Button, Say, Shown
from botapp.entrypoints.demo.browser import Browser
from botapp.entrypoints.demo.errors import Unmet

ASKS_EVERY = 0.04


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a thread. `card` is {} when it has none."""

    seq: int
    ours: bool
    sender: str
    text: str
    buttons: tuple[Button, ...]
    card: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heard:
    """What came after a message: the lines, what the page shows around them, and how long it took."""

    lines: tuple[Line, ...]
    about: dict[str, Any]
    seconds: float

    @property
    def shown(self) -> Shown:
        """The whole of it as a candidate sees it: the buttons are those of the last line."""
        text = "\n\n".join(line.text for line in self.lines)
        done, total = int(self.about.get("done", 0)), int(self.about.get("total", 0))
        return Shown(text, self.lines[-1].buttons, done, total)


class ChatPage:
    """One open thread at `base`; `patience` is how many seconds a reply may take."""

    def __init__(self, browser: Browser, base: str, patience: float) -> None:
        self._browser, self._base, self._patience = browser, base, patience
        self._sent = 0
        self._seen = 0

    def says(self, *messages: Say) -> Heard:
        """Send these in a row, let typing end, and wait for the reply.

        Raises:
            Unmet: none came in time.
        """
        for message in messages:
            self._sent += 1
            button = {"label": message.button.label, "value": message.button.value} if message.button else None
            body = {"client_id": f"demo-{self._sent}", "text": message.text, "button": button}
            self._seen = max(self._seen, int(self._browser.post(f"{self._base}/messages", body)["seq"]))
        if not messages[-1].button:
            self._browser.post(f"{self._base}/typing-ended", {})
        return self.hears()

    def hears(self) -> Heard:
        """Wait for lines of ours after what was seen or sent last."""
        begun = time.monotonic()
        while time.monotonic() - begun < self._patience:
            page = self._browser.fetch(f"{self._base}/messages?after={self._seen}")
            lines = tuple(_line(m) for m in page["messages"])
            if any(line.ours for line in lines):
                self._seen = lines[-1].seq
                ours = tuple(line for line in lines if line.ours)
                return Heard(ours, page["about"], time.monotonic() - begun)
            time.sleep(ASKS_EVERY)
        raise Unmet(f"No reply came within {self._patience:.0f} seconds.")

    def all_lines(self) -> tuple[Line, ...]:
        """The whole thread."""
        return tuple(_line(m) for m in self._browser.fetch(f"{self._base}/messages?after=0")["messages"])


def _line(message: dict[str, Any]) -> Line:
    shown = message["message"]
    buttons = tuple(Button(b["label"], b["value"]) for b in shown.get("quick_replies", ()))
    return Line(
        message["seq"], message["ours"], message["sender"], message["text"], buttons, dict(shown.get("card") or {})
    )

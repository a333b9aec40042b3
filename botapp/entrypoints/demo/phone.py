"""A candidate's phone: what it texts, what arrives on it, and what a person reads in that. Over the phone simulator's
own page; nothing of ours but what the page gets is used."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from botapp.entrypoints.demo.answering import Button, Say, Shown
from botapp.entrypoints.demo.browser import Browser
from botapp.entrypoints.demo.errors import Unmet

PAGE = "/dev/phone"
_LOOKS_EVERY = 0.1
_QUIET, _MORE_TO_COME = 0.4, 1.5  # seconds without another text, after a question and after anything else
_CHOICE = re.compile(r"(\d)\) (.+?)(?=\s+\d\) |$)")
_YES_OR_NO = re.compile(
    r"^(?:do|are|have|can|will|would|could|did|is|has|were) (?:you|your|it|there|that)\b", re.IGNORECASE
)
_OPEN = re.compile(r"\b(?:tell|describe|explain|walk (?:us|me)|give (?:us|me)|an example)\b", re.IGNORECASE)
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})


@dataclass(frozen=True, slots=True)
class Text:
    """One text on the phone. `ours`: from our number, `by_network`: written by the phone network itself."""

    id: str
    ours: bool
    text: str
    segments: int
    words: str
    arrived: int
    by_network: bool
    waits: bool


class Phone:
    """One number. `patience`: how many seconds a text may take."""

    def __init__(self, base_url: str, number: str, patience: float) -> None:
        self.number = number
        self._browser, self._patience = Browser(base_url), patience
        self._heard: set[str] = set()

    def behaves(self) -> None:
        """The network is quick in a demo: texts arrive and are reported at once."""
        quick = {"number": self.number, "latency": 0, "delay": 0, "fault": "none", "error_code": 0}
        self._browser.post(f"{PAGE}/switches", quick)

    def texts(self, *says: Say) -> None:
        """Send these in a row."""
        for say in says:
            self._browser.post(f"{PAGE}/messages", {"number": self.number, "text": say.text})

    def hears(self) -> tuple[tuple[Text, ...], float]:
        """What arrives after what was heard before, and how long its first text took.

        Raises:
            Unmet: nothing came in time.
        """
        begun = time.monotonic()
        first, quiet_since, seen = 0.0, begun, 0
        while time.monotonic() - begun < self._patience:
            now, fresh = time.monotonic(), self._fresh()
            if len(fresh) != seen or any(text.waits for text in fresh):
                first = first or now - begun
                seen, quiet_since = len(fresh), now
            elif fresh and now - quiet_since > (_QUIET if "?" in fresh[-1].text else _MORE_TO_COME):
                self._heard.update(text.id for text in fresh)
                return tuple(fresh), first
            time.sleep(_LOOKS_EVERY)
        raise Unmet(f"Nothing came to {self.number} within {self._patience:.0f} seconds.")

    def thread(self) -> tuple[Text, ...]:
        """All of it, oldest first; what has not arrived too."""
        found = self._browser.fetch(f"{PAGE}/messages?number={quote(self.number)}")["messages"]
        return tuple(_text(message) for message in found)

    def _fresh(self) -> list[Text]:
        return [text for text in self.thread() if text.ours and text.id not in self._heard]


def _text(message: dict[str, Any]) -> Text:
    return Text(
        id=message["id"],
        ours=not message["mine"],
        text=message["text"],
        segments=message["segments"],
        words=message["words"],
        arrived=message["arrived"],
        by_network=message["by_network"],
        waits=message["state"] == "waiting",
    )


def read(texts: Sequence[Text], questions: Sequence[str], done: int) -> Shown:
    """What a person sees in these texts: the question, its choices, and how far the interview is.

    `done` is how far it was; a text that asks none of the interview's questions goes on with the one before.
    """
    whole = _plain(" ".join(text.text for text in texts))
    at, number = max(
        ((whole.rfind(_plain(question)), number) for number, question in enumerate(questions)), default=(-1, 0)
    )
    asked = whole[at:] if at >= 0 else _last_question(whole)
    choices = tuple(Button(label.strip(), value) for value, label in _CHOICE.findall(asked))
    if choices:
        asked = asked[: asked.index("1) ")].strip()
    elif at >= 0 and _YES_OR_NO.search(asked) and not _OPEN.search(asked):
        choices = (Button("Yes", "yes"), Button("No", "no"))
    return Shown(asked, choices, number if at >= 0 else done, len(questions))


def asks(shown: Shown, questions: Sequence[str]) -> bool:
    """Whether anything is asked at all."""
    return "?" in shown.text or any(shown.text.startswith(_plain(question)) for question in questions)


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split())


def _last_question(text: str) -> str:
    sentences = re.split(r"(?<=[.?!]) ", text)
    return next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), text)

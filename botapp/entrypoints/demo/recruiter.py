"""The recruiter of the demo: signs in, pastes the advert, changes the draft by talking, publishes, reads scorecards."""

import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from botapp.entrypoints.demo.answering import Button, Say
from botapp.entrypoints.demo.browser import Browser
from botapp.entrypoints.demo.edit_choice import choose_edits, needed_edits
from botapp.entrypoints.demo.errors import Unmet
from botapp.entrypoints.demo.pages import AlertSeen, ScorecardSeen, alerts_of, interviews_of, parse, scorecard_of
from botapp.entrypoints.demo.thread import ChatPage, Heard, Line

PATIENCE = 60.0
_LOOKS_EVERY = 0.15
_LINK = re.compile(r"https?://\S+?(/i/[a-z0-9-]+)")
_Seen = TypeVar("_Seen")


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft as the chat showed it: in words and as data."""

    said: str
    plain: str
    data: Mapping[str, Any]

    @property
    def questions(self) -> int:
        return sum(len(stage["questions"]) for stage in self.data["stages"])


@dataclass(frozen=True, slots=True)
class Edited:
    """What was asked for and what changed."""

    asked: str
    said: str
    diff: str


class Recruiter:
    """One member's browser. Every method raises Unmet, with the reason, when what it promises did not happen."""

    def __init__(self, base_url: str) -> None:
        self._browser = Browser(base_url)

    def sign_in(self, path: str) -> None:
        """Open the one-time link and press its button."""
        self._browser.open(path)
        page = self._browser.submit(path)
        if not page.url.rstrip("/").endswith("/console"):
            raise Unmet("Signing in did not lead to the console.")

    def create(self) -> None:
        """A new interviewer, greeted."""
        page = self._browser.submit("/console/interviewers")
        self._page = page.url
        self._browser.open(self._page)
        self._chat = ChatPage(self._browser, self._page, PATIENCE)
        self._chat.hears()

    def paste(self, advert: str) -> Drafted:
        """The advert becomes a draft with questions."""
        heard = self._chat.says(Say(advert))
        card = _card(heard, "draft")
        said = heard.lines[-1].text
        if card is None:
            raise Unmet(f"There is no draft. botapp said: {said}")
        drafted = Drafted(said, card["plain"], card["data"])
        if not drafted.questions:
            raise Unmet("The draft has no questions.")
        return drafted

    def edit(self, asked: str) -> Edited:
        """A change by talking, answered with a diff."""
        heard = self._chat.says(Say(asked))
        card = _card(heard, "diff")
        if card is None or not card["data"]["lines"]:
            raise Unmet(f"“{asked}” changed nothing. botapp said: {heard.lines[-1].text}")
        return Edited(asked, heard.lines[-1].text, card["plain"])

    def edit_all(self, drafted: Drafted, tell: Callable[[Edited], None]) -> None:
        """Two changes that fit this draft, and before them what it needs to be published at all."""
        for asked in (*needed_edits(drafted.data), *choose_edits(drafted.data)):
            tell(self.edit(asked))

    def publish(self) -> tuple[str, str]:
        """(path of the candidate link, what was said), after the question was confirmed."""
        asked = self._chat.says(Say("publish")).lines[-1]
        confirm = next((b for b in asked.buttons if b.value == "yes"), None)
        if confirm is None:
            raise Unmet(f"It can't be published. botapp said: {asked.text}")
        said = self._press(confirm)
        link = _LINK.search(said.text)
        if link is None:
            raise Unmet(f"Publishing gave no candidate link. botapp said: {said.text}")
        return link[1], said.text

    def says(self, text: str, until: str = "") -> str:
        """Anything else, and the answer to it; with `until`, all that is said up to words of that pattern."""
        said = [line.text for line in self._chat.says(Say(text)).lines]
        while until and not re.search(until, said[-1]):
            said += [line.text for line in self._chat.hears().lines]
        return "\n".join(said)

    def title(self) -> str:
        """Of the job, as its page says."""
        return next(iter(h.text for h in parse(self._browser.open(self._page).text).tags("h2")), "")

    def questions(self) -> tuple[str, ...]:
        """The interview's questions, as its page lists them."""
        return tuple(p.text for p in parse(self._browser.open(self._page).text).tags("p", "words"))

    def has_finished(self, name: str) -> bool:
        """Whether the feed tells of this person's end."""
        return bool(finished(name, alerts_of(self._browser.open("/console/feed").text)))

    def _press(self, button: Button) -> Line:
        return self._chat.says(Say(button.label, button)).lines[-1]

    def scorecards(self, names: Collection[str]) -> dict[str, ScorecardSeen]:
        """Everybody's scorecard, as soon as all are there."""

        def look() -> dict[str, ScorecardSeen]:
            found = interviews_of(self._browser.open(f"{self._page}/candidates").text)
            cards = {name: scorecard_of(self._browser.open(found[name]).text) for name in names if name in found}
            return {name: card for name, card in cards.items() if card is not None}

        return self._until(look, lambda cards: set(cards) == set(names), "Not every interview got a scorecard")

    def alerts(self, names: Collection[str]) -> tuple[AlertSeen, ...]:
        """The feed, as soon as it tells of everybody's end."""

        def look() -> tuple[AlertSeen, ...]:
            return alerts_of(self._browser.open("/console/feed").text)

        return self._until(
            look, lambda seen: all(finished(name, seen) for name in names), "Not every completion was alerted"
        )

    @staticmethod
    def _until(look: Callable[[], _Seen], is_done: Callable[[_Seen], bool], problem: str) -> _Seen:
        ends = time.monotonic() + PATIENCE
        while not is_done(seen := look()):
            if time.monotonic() > ends:
                raise Unmet(f"{problem} within {PATIENCE:.0f} seconds.")
            time.sleep(_LOOKS_EVERY)
        return seen


def finished(name: str, alerts: Collection[AlertSeen]) -> int:
    """How many alerts tell that this person finished."""
    return sum(a.text.startswith(name) and "finished the interview" in a.text for a in alerts)


def _card(heard: Heard, kind: str) -> Mapping[str, Any] | None:
    return next((line.card for line in heard.lines if line.card.get("kind") == kind), None)

"""Three candidates take the interview at once, each in a browser of their own, from public link to last word."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from botapp.entrypoints.demo.answering import Habit, Persona, Shown, begin, respond
from botapp.entrypoints.demo.bank import GENERIC, load_bank
from botapp.entrypoints.demo.browser import Browser
from botapp.entrypoints.demo.errors import Unmet
from botapp.entrypoints.demo.pages import parse
from botapp.entrypoints.demo.thread import ChatPage, Line

PATIENCE = 60.0
MOST_REPLIES = 80
OVER = ("completed", "ended", "expired")


@dataclass(frozen=True, slots=True)
class Run:
    """One candidate's interview as they lived it. `problem` is "" when it came to its end."""

    persona: Persona
    lines: tuple[Line, ...] = ()
    seconds: tuple[float, ...] = ()  # from what they sent to the reply on their page
    sources: tuple[str, ...] = ()  # of each of their replies
    habits: tuple[Habit, ...] = ()
    status: str = ""
    problem: str = ""

    @property
    def generic(self) -> int:
        return self.sources.count(GENERIC)

    @property
    def said(self) -> tuple[str, ...]:
        """Their own words, message by message."""
        return tuple(line.text for line in self.lines if not line.ours)


def screen(base_url: str, link: str, personas: Sequence[Persona]) -> list[Run]:
    """Everybody at the same time."""
    with ThreadPoolExecutor(len(personas)) as pool:
        return list(pool.map(lambda persona: _run(base_url, link, persona), personas))


def _run(base_url: str, link: str, persona: Persona) -> Run:
    try:
        return _interview(base_url, link, persona)
    except Unmet as error:
        return Run(persona, problem=str(error))


def _interview(base_url: str, link: str, persona: Persona) -> Run:
    browser = Browser(base_url)
    title = " ".join(h.text for h in parse(browser.open(link).text).tags("h1"))
    own = browser.submit(f"{link}/start", name=persona.name, contact=persona.contact, agree="yes")
    chat, bank, mind = ChatPage(browser, own.url, PATIENCE), load_bank(), begin(persona, title)
    heard = chat.hears()
    seconds: list[float] = []
    sources: list[str] = []
    while heard.about["status"] not in OVER:
        if len(sources) >= MOST_REPLIES:
            raise Unmet(f"The interview of {persona.name} does not end. It asks: {_short(heard.shown)}")
        reply, mind = respond(mind, heard.shown, bank)
        heard = chat.says(*reply.says)
        seconds.append(heard.seconds)
        sources.append(reply.source)
    status = str(heard.about["status"])
    return Run(persona, chat.all_lines(), tuple(seconds), tuple(sources), mind.habits_shown, status)


def _short(shown: Shown) -> str:
    return shown.text if len(shown.text) < 160 else f"{shown.text[:157]}..."

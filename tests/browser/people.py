"""People before a browser: what they see, type and press; and what their browser complained about meanwhile."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

PATIENCE_MS = 15_000
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
STRONG = (
    "Last winter two drivers were ill and a school called because forty rolls were missing. I listened, said when I "
    "would be back, loaded a second crate and drove there first. They had their rolls 20 minutes later, and I told my "
    "manager what to change in the loading list. It has not happened again since."
)
_TYPED = (
    (r"how (many|long)|years of", "3 years"),
    (r"\bwhen (can|could)\b|how soon|notice|start date", "In two weeks"),
    (r"\b(pay|salary|wage)\b", "£14 an hour"),
    (r"which (days|shifts|hours)|what hours", "Monday to Saturday, from 3 am"),
)


def answer_to(question: str) -> str:
    """What a good candidate types when no buttons are offered."""
    asked = question.lower()
    if re.search(r"tell us|tell me|what did you|describe|step by step", asked):
        return STRONG
    return next((words for pattern, words in _TYPED if re.search(pattern, asked)), STRONG)


def until(page: Page, condition: Callable[[], bool], what: str, seconds: float = 15) -> None:
    """Look again and again until it is so."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, f"not within {seconds} s: {what}"
        page.wait_for_timeout(50)


@dataclass
class Visitor:
    """One person's browser. `complaints` are what no page of ours may cause."""

    context: BrowserContext
    base: str
    complaints: list[str] = field(default_factory=list)
    forgiven: str = ""

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self._complain(str(error.error)))
        self.context.on("request", lambda request: self._requested(request.url))

    def page(self, path: str) -> Page:
        made = self.context.new_page()
        made.goto(path if path.startswith("http") else self.base + path)
        return made

    def forgive(self, pattern: str) -> None:
        """From here on this is expected: a lost network, a page that is not there."""
        self.forgiven = pattern

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(message.text)

    def _complain(self, words: str) -> None:
        if not (self.forgiven and re.search(self.forgiven, words)):
            self.complaints.append(words)

    def _requested(self, url: str) -> None:
        if not url.startswith((self.base + "/", "data:", "blob:")):
            self.complaints.append(f"asked a third party: {url}")


class Visitors:
    """Makes people, and knows what all their browsers complained about."""

    def __init__(self, browser: Browser, base: str) -> None:
        self._browser, self._base = browser, base
        self._all: list[Visitor] = []

    def one(self, **options: Any) -> Visitor:
        visitor = Visitor(self._browser.new_context(**options), self._base)
        self._all.append(visitor)
        return visitor

    def forgive(self, pattern: str) -> None:
        """From here on connections break for everybody, and their browsers may say so."""
        for visitor in self._all:
            visitor.forgive(pattern)

    def complaints(self) -> list[str]:
        """Since the last time it was asked."""
        found = [words for visitor in self._all for words in visitor.complaints]
        for visitor in self._all:
            visitor.complaints.clear()
        return found

    def leave(self) -> None:
        for visitor in self._all:
            visitor.context.close()


@dataclass(frozen=True)
class Chat:
    """A conversation page, a candidate's or a member's."""

    page: Page

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="Messages")

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Your message")

    def is_open(self) -> "Chat":
        """Loaded, with its first lines."""
        expect(self.log).to_have_attribute("aria-busy", "false")
        expect(self.log.locator(".msg.ours").first).to_be_visible()
        return self

    def writes(self, *texts: str) -> None:
        """Type and send each, as fast as a keyboard can; the reply is not waited for."""
        for text in texts:
            self.box.focus()
            self.page.keyboard.insert_text(text)
            self.page.keyboard.press("Control+Enter" if "\n" in text else "Enter")

    def says(self, *texts: str) -> str:
        """Send these and hear the reply."""
        before = self.ours()
        self.writes(*texts)
        return self.hears(before)

    def presses(self, label: str) -> str:
        """A button of the last message."""
        before = self.ours()
        self.log.get_by_role("button", name=label, exact=True).last.click()
        return self.hears(before)

    def ours(self) -> int:
        return self.log.locator(".msg.ours").count()

    def hears(self, before: int) -> str:
        """The reply, once the last line is the assistant's and nothing waits to be sent."""
        self.page.wait_for_function(
            """before => { const all = [...document.querySelectorAll("[data-log] .msg")];
              return document.querySelectorAll("[data-log] .ours").length > before
                && all.at(-1).classList.contains("ours") && !document.querySelector("[data-log] .unsent"); }""",
            arg=before,
        )
        return self.reply

    @property
    def reply(self) -> str:
        """What the assistant said after the person's last line."""
        lines = self.lines()
        last = max((i for i, (ours, _) in enumerate(lines) if not ours), default=-1)
        return "\n\n".join(text for _, text in lines[last + 1 :])

    @property
    def question(self) -> str:
        """What is asked now: the last sentences of the last line."""
        return self.reply.rsplit("\n\n", 1)[-1]

    def lines(self) -> list[tuple[bool, str]]:
        """(is it the assistant's, text) of every message."""
        found = self.log.evaluate(
            """log => [...log.querySelectorAll(".msg")]
              .map(m => [m.classList.contains("ours"), m.querySelector(".bubble").textContent])"""
        )
        return [(bool(ours), str(text)) for ours, text in found]

    def said(self) -> list[str]:
        return [text for ours, text in self.lines() if not ours]

    def replies(self) -> list[str]:
        """Labels of the quick replies on offer."""
        return self.log.locator(".replies button").all_inner_texts()

    @property
    def card(self) -> Locator:
        """The card under the last reply."""
        return self.log.locator(".msg.ours").last.locator(".card-in")

    def is_over(self) -> bool:
        return "answered" in self.page.locator("[data-progress]").inner_text() and self.note_says("finished|ended")

    def note_says(self, pattern: str) -> bool:
        note = self.page.locator("[data-note]")
        return note.is_visible() and bool(re.search(pattern, note.inner_text()))


@dataclass(frozen=True)
class Draft:
    """The draft beside the chat, as a person reads it."""

    title: str
    stages: tuple[str, ...]
    questions: tuple[tuple[str, str, str], ...]  # words, facts (must-have, kind, weight), where it came from
    settings: str

    def number_of(self, pattern: str) -> int:
        """Of the first question whose words fit."""
        return next(n for n, q in enumerate(self.questions, 1) if re.search(pattern, q[0], re.IGNORECASE))

    def number_of_open(self) -> int:
        """Of the last open question."""
        return max(n for n, q in enumerate(self.questions, 1) if "open" in q[1])


def draft_of(page: Page) -> Draft:
    """What stands there now."""
    found: dict[str, Any] = page.locator("[data-draft]").evaluate(
        """pane => {
          const plain = e => e.textContent.trim().replace(/\\s+/g, " ");
          const texts = (within, s) => [...within.querySelectorAll(s)].map(plain);
          const parts = q => [".words", ".facts", ".from"].map(s => texts(q, s).join(" "));
          return { title: texts(pane, "h2")[0], stages: texts(pane, "h3").filter(words => /^\\d/.test(words)),
            questions: [...pane.querySelectorAll(".question")].map(parts),
            settings: texts(pane, ".block").at(pane.querySelector(".history") ? -2 : -1) ?? "" }; }"""
    )
    questions = tuple((q[0], q[1], q[2]) for q in found["questions"])
    return Draft(found["title"], tuple(found["stages"]), questions, found["settings"])


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there: forward, or back when it lies behind."""
    for key in ("Tab", "Shift+Tab"):
        for _ in range(15):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {selector}")


def found_link(text: str, part: str) -> str:
    found = re.search(rf"https?://\S+{part}\S+", text)
    assert found, text
    return found[0]


def start(visitors: Visitors, link: str, name: str) -> Chat:
    """Somebody on a phone, past the start page."""
    page = visitors.one(**PHONE).page(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail or phone").fill(f"{name.split()[0].lower()}@example.com")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Start").click()
    return Chat(page).is_open()


def answer_until(chat: Chat, is_there: str) -> None:
    """Answer well until a question like this is open."""
    for _ in range(15):
        if re.search(is_there, chat.question, re.IGNORECASE):
            return
        chat.presses("Yes") if "Yes" in chat.replies() else chat.says(answer_to(chat.question))
    raise AssertionError(chat.lines())

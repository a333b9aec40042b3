"""The recruiter of the Slack demo, at a Slack on this machine: what she says and presses, and what she then reads.

Everything goes through the local Slack, which signs its calls as the real one does and keeps what it was told.
"""

import re
import time
from collections.abc import Iterator, Sequence

from botapp.channels.slack.manifest import ACTIONS_PATH, COMMANDS_PATH, EVENTS_PATH
from botapp.entrypoints.demo.errors import Unmet
from botapp.entrypoints.demo.report import Check, wrapped
from botapp.entrypoints.demo.screening import Run
from botapp.entrypoints.simulator.slack import Entry, LocalSlack, NotPossible, text_of_view
from botapp.entrypoints.simulator.slack_sender import Urls

PATIENCE = 60.0
ADA, EMAIL, TEAM = "U1", "ada.olsen@example.com", "Harbour Logistics"
CHANNEL, NAME = "C1", "hiring"
_LINK = re.compile(r"https?://[^\s|>]+?(/i/[a-z0-9-]+)")
_OPEN = re.compile(r"^(\d+)\. [^\n]*\n(?:[^\n.]*\n)?open\b", re.MULTILINE)


def local_slack() -> LocalSlack:
    """One workspace with one recruiter and the channel where she wants to hear of results."""
    made = LocalSlack()
    made.add_user(ADA, "Ada Olsen", email=EMAIL)
    made.add_user("U2", "Vic Brand", email="vic.brand@example.com")
    made.add_channel(CHANNEL, NAME, [ADA, "U2"])
    return made


def settings_at(slack: LocalSlack) -> dict[str, str]:
    """An installation whose Slack is that one, owned by who writes there."""
    return {
        "BOTAPP_SLACK_BASE_URL": slack.base_url,
        "BOTAPP_SLACK_SIGNING_SECRET": slack.signing_secret,
        "BOTAPP_SLACK_BOT_TOKEN": slack.token,
        "BOTAPP_SLACK_APP_TOKEN": "",
        "BOTAPP_OWNER_EMAIL": EMAIL,
        "BOTAPP_WORKSPACE_NAME": TEAM,
    }


class Desk:
    """Ada's Slack. Every method raises Unmet, with the reason, when what it promises did not happen."""

    def __init__(self, slack: LocalSlack, base_url: str) -> None:
        self.slack = slack
        slack.sender.urls = Urls(base_url + EVENTS_PATH, base_url + ACTIONS_PATH, base_url + COMMANDS_PATH)
        self.direct, self.thread = "", ""

    def compose(self, advert: str) -> Entry:
        """The advert by direct message; the draft as a card below it."""
        said = self.slack.says(ADA, _as_wire(advert)).wait()
        self.direct, self.thread = said.channel, said.ts
        return self.hears("[Publish]", what="the draft as a card")

    def edit_for(self, draft: Entry) -> str:
        """A change that fits this draft: the first open question counts double. It may stand on a later page."""
        while not question_numbers(draft.shown) and "[Next]" in draft.shown:
            before = self._last()
            self._press("Next", on=draft)
            draft = self.hears("[Publish]", after=before, what="the next page of the draft")
        numbers = question_numbers(draft.shown)
        return f"double the weight on {numbers[0]}" if numbers else "set the pass bar to 50"

    def says(self, text: str, *expected: str) -> Entry:
        """A reply in that thread, and what comes of it."""
        before = self._last()
        self.slack.says(ADA, text, thread=self.thread).wait()
        return self.hears(*expected, after=before, what=f"an answer to “{text}”")

    def publish(self, draft: Entry) -> str:
        """By the button of the card; the path of the candidate link."""
        before = self._last()
        self._press("Publish", on=draft)
        said = self.hears("/i/", after=before, what="the candidate link")
        found = _LINK.search(said.shown)
        if found is None:
            raise Unmet(f"Publishing gave no candidate link. botapp said: {said.shown}")
        return found[1]

    def alert(self) -> Entry:
        """What #hiring reads when somebody has finished."""
        return self.hears("finished the interview", where=CHANNEL, what=f"an alert in #{NAME}")

    def details(self, alert: Entry, name: str) -> str:
        """The button of the alert opens what only the team may see."""
        self._press("Show details", on=alert)
        return self._modal(name, "the details")

    def report(self) -> str:
        self._press("Full report")
        read = self._modal("Full report", "the full report")
        self.slack.closes(ADA)
        return read

    def shortlist(self, alert: Entry) -> str:
        self._press("Show details", on=alert)
        self._modal("Shortlist", "the details")
        self._press("Shortlist")
        return self._modal("Shortlisted by", "the decision")

    def hears(self, *words: str, after: int = 0, where: str = "", what: str) -> Entry:
        try:
            return self.slack.hears(*words, channel=where or self.direct, after=after, seconds=PATIENCE)
        except TimeoutError as error:
            raise Unmet(f"Slack was not told {what} within {PATIENCE:.0f} seconds.") from error

    def _press(self, label: str, on: Entry | None = None) -> None:
        try:
            delivery = self.slack.presses(ADA, label, on=on).wait(PATIENCE)
        except NotPossible as error:
            raise Unmet(f"{label} can't be pressed in Slack: {error}.") from error
        if not delivery.acked:
            raise Unmet(f"botapp did not take the press on {label}.")

    def _modal(self, words: str, what: str) -> str:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            view = self.slack.modal(ADA)
            shown = text_of_view(view.body) if view else ""
            if words in shown:
                return shown
            time.sleep(0.05)
        raise Unmet(f"Slack was not shown {what} within {PATIENCE:.0f} seconds.")

    def _last(self) -> int:
        return len(self.slack.ledger.entries)


def question_numbers(card: str) -> list[int]:
    """The open questions that a card shows."""
    return [int(number) for number in _OPEN.findall(card)]


def _as_wire(text: str) -> str:
    """As Slack sends what somebody types."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def channel_as_typed() -> str:
    return f"<#{CHANNEL}|{NAME}>"


def thread_lines(text: str) -> Iterator[str]:
    """A thread as it would be read out."""
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        yield from wrapped(line.strip(), indent, indent + "    ") if line.strip() else [""]


def slack_checks(desk: Desk, run: Run, details: str, report: str, decided: str) -> Iterator[Check]:
    """What has to be true in Slack after it."""
    hiring = desk.slack.text(CHANNEL)
    name, said = run.persona.name, [words for words in run.said if len(words) > 20]
    yield Check(f"{name} came to the end", run.status == "completed", run.problem or run.status)
    leaked = [what for what in (*name.split(), *said) if what in hiring]
    yield Check(f"#{NAME} reads the role and nothing of the person", not leaked, leaked[0] if leaked else "")
    yield Check("Show details opens the person for the team", name in details and "from" in details)
    quoted = [words for words in said if _first_words(words) in report]
    yield Check("The full report has the candidate's own words", bool(quoted), f"{len(quoted)} answers")
    yield Check("The shortlist button says who decided", "Shortlisted by" in decided)
    # A second that was a little short for Slack is waited out, and the message leaves then.
    refusals = [refusal for refusal in desk.slack.ledger.refusals if refusal.error != "ratelimited"]
    refused = [f"{refusal.method}: {refusal.error}" for refusal in refusals]
    yield Check("Slack refused nothing", not refused, refused[0] if refused else "")
    yield Check("Each call of Slack was answered", not desk.slack.mishaps and not _unanswered(desk.slack))


def _first_words(words: str) -> str:
    return " ".join(words.split()[:4])


def _unanswered(slack: LocalSlack) -> Sequence[object]:
    return [delivery for delivery in slack.sender.deliveries if not delivery.acked]

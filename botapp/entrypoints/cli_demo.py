"""`botapp demo`: all of it without a hand, through real processes, over HTTP. Exit 0 only if all of it happened."""

import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from botapp.config import Settings
from botapp.entrypoints.demo import report, slack, texting
from botapp.entrypoints.demo.answering import PERSONAS, Persona
from botapp.entrypoints.demo.checks import checks_of
from botapp.entrypoints.demo.errors import Unmet
from botapp.entrypoints.demo.phone import Phone
from botapp.entrypoints.demo.recruiter import Edited, Recruiter
from botapp.entrypoints.demo.report import Check
from botapp.entrypoints.demo.screening import Run, screen
from botapp.entrypoints.demo.stack import Stack

OURS = Path(__file__).parent / "samples" / "night_picker.txt"
LONGEST = 250_000  # characters a chat message may have


def run_demo(settings: Settings, jd: str | None, *, channel: str = "web") -> int:
    """Compose, edit twice, publish, screen, score, alert. Returns 0 only if all of it happened."""
    demo = {"sms": TextDemo, "slack": SlackDemo}.get(channel, Demo)(report.Ink(sys.stdout.isatty()))
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(143))  # its processes are stopped on the way out
    _show(report.wrapped(f"botapp demo: {jd or OURS.name}, judged by {settings.llm_model or 'the rules engine'}."))
    try:
        demo.run(read_advert(Path(jd) if jd else OURS))
    except Unmet as error:
        demo.checks.append(Check(str(error), False))
    return demo.conclude()


def read_advert(path: Path) -> str:
    """The text of a file.

    Raises:
        Unmet: it can't be read, or is too long for one message.
    """
    try:
        text = path.read_bytes().decode("utf-8", errors="replace").strip()
    except OSError as error:
        raise Unmet(f"{path} can't be read: {error.strerror}.") from error
    if not text:
        raise Unmet(f"{path} is empty.")
    if len(text) > LONGEST:
        raise Unmet(f"{path} has {len(text):,} characters. A chat message takes {LONGEST:,}.")
    return text


class Demo:
    """One run: prints each part as it happens, and keeps what was timed and what held."""

    settings: Mapping[str, str] = {}

    def __init__(self, ink: report.Ink) -> None:
        self._ink = ink
        self._seconds: dict[str, float] = {}
        self._runs: list[Run] = []
        self.checks: list[Check] = []

    def run(self, advert: str) -> None:
        """Everything, in order.

        Raises:
            Unmet: a step without which the next makes no sense did not happen.
        """
        with self._running(self.settings) as stack:
            recruiter = Recruiter(stack.base_url)
            link = self._compose(recruiter, stack.sign_in_path, advert)
            self._screen(stack.base_url, link, recruiter)
            self._score(recruiter)

    @contextmanager
    def _running(self, settings: Mapping[str, str]) -> Iterator[Stack]:
        """All our processes; their logs stay when something did not hold."""
        _show(["Starting a web server, workers, timers, Redis and a database of its own. All else goes over HTTP."])
        stack, keep = Stack(**settings), False
        try:
            with self._timed("start"):
                stack.start()
            yield stack
            keep = not all(check.holds for check in self.checks)
        except Unmet:
            keep = True
            raise
        finally:
            with self._timed("stop"):
                stack.stop(keep_folder=keep)
            if keep:
                _show(["", f"The logs of this run are in {stack.logs}."])

    def _compose(self, recruiter: Recruiter, sign_in_path: str, advert: str) -> str:
        """Returns the path of the candidate link."""
        with self._timed("draft"):
            recruiter.sign_in(sign_in_path)
            recruiter.create()
            drafted = recruiter.paste(advert)
        self.checks.append(Check("The draft has questions", True, str(drafted.questions)))
        self._part("Draft", report.draft_lines(drafted), "draft")
        with self._timed("edits"):
            edits: list[Edited] = []
            recruiter.edit_all(drafted, edits.append)
        self.checks.append(Check("Two edits were answered with what changed", len(edits) >= 2))
        self._part("Edits", [line for edit in edits for line in report.edit_lines(self._ink, edit)], "edits")
        with self._timed("publish"):
            self._before_publishing(recruiter)
            link, said = recruiter.publish()
        self.checks.append(Check("It was published, with a candidate link", True, link))
        self._part("Published", report.wrapped(said), "publish")
        return link

    def _before_publishing(self, recruiter: Recruiter) -> None:
        """What this demo's channel needs."""

    def _screen(self, base_url: str, link: str, _recruiter: Recruiter) -> None:
        with self._timed("three interviews"):
            self._runs = screen(base_url, link, PERSONAS)
        for run in self._runs:
            title = f"Transcript: {run.persona.name}, {run.persona.strength}"
            self._part(title, report.transcript_lines(self._ink, run), "three interviews")

    def _score(self, recruiter: Recruiter) -> None:
        names = [run.persona.name for run in self._runs if not run.problem]
        with self._timed("scorecards and alerts"):
            cards = recruiter.scorecards(names)
            alerts = recruiter.alerts(names)
        for name, card in cards.items():
            self._part(f"Scorecard: {name}", report.scorecard_lines(self._ink, card))
        self._part("Alerts", report.alert_lines(alerts), "scorecards and alerts")
        self.checks += checks_of(self._runs, cards, alerts)

    def conclude(self) -> int:
        """Timings and the verdict; the exit code."""
        said, generic = sum(len(run.sources) for run in self._runs), sum(run.generic for run in self._runs)
        if self._seconds:
            self._part("Timings", report.timing_lines(self._seconds, self._runs))
        self._part("Verdict", report.verdict_lines(self._ink, self.checks))
        if said:
            _show([f"{generic} of {said} answers of the simulated candidates were generic."])
        return 0 if self.checks and all(check.holds for check in self.checks) else 1

    def _part(self, title: str, lines: Iterable[str], timed: str = "") -> None:
        beside = f"{self._seconds[timed]:.2f} s" if timed else ""
        _show([*report.heading(self._ink, title, beside), *lines])

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        try:
            yield
        finally:
            self._seconds[name] = time.monotonic() - begun


class TextDemo(Demo):
    """The same over text messages, on three phones of the phone simulator."""

    settings = texting.SETTINGS

    def _before_publishing(self, recruiter: Recruiter) -> None:
        _show(["", *report.wrapped(texting.SAID)])
        recruiter.says(f"code {texting.CODE}")

    def _screen(self, base_url: str, link: str, recruiter: Recruiter) -> None:  # noqa: ARG002 - nobody opens the link
        phones = texting.phones(base_url)
        self._invite(recruiter, phones)
        one_at_a_time = threading.Lock()

        def is_over(name: str) -> bool:
            with one_at_a_time:
                return recruiter.has_finished(name)

        with self._timed("three interviews"):
            title, questions = recruiter.title(), recruiter.questions()
            self._texted = texting.screen_by_text(phones, title, questions, is_over)
        self._runs = [one.run for one in self._texted]
        for one in self._texted:
            who = one.run.persona
            self._part(f"Thread: {who.name}, {who.strength}", texting.thread_lines(self._ink, one), "three interviews")

    def _invite(self, recruiter: Recruiter, phones: Mapping[Persona, Phone]) -> None:
        """Asked for, and sent when it is on record how they agreed."""
        words = texting.invitation_words(phones)
        with self._timed("invitations"):
            asked = recruiter.says(words)
            early = [text for phone in phones.values() for text in phone.thread()]
            told = recruiter.says(texting.HOW, until=texting.TOLD)
        said = (("recruiter", words), ("botapp", asked), ("recruiter", texting.HOW), ("botapp", told))
        lines = [line for who, text in said for line in report.wrapped(text, who.ljust(12), " " * 12)]
        self._part("Invitations", lines, "invitations")
        self.checks.append(Check("Nobody was texted before it was on record how they agreed", not early))

    def _score(self, recruiter: Recruiter) -> None:
        super()._score(recruiter)
        stopping = next(one for one in self._texted if one.run.persona is texting.STOPS)
        with self._timed("STOP"):
            stopped, refused = texting.stop(stopping, lambda words: recruiter.says(words, until=texting.TOLD))
        self._part(f"STOP: {texting.STOPS.name}", [*texting.stop_lines(self._ink, stopped), *report.wrapped(refused)])
        texted = [stopped if one is stopping else one for one in self._texted]
        self.checks += texting.text_checks(texted, refused)


class SlackDemo(Demo):
    """The recruiter's side in a Slack on this machine: composing, an edit, publishing, the alert, the shortlist."""

    def run(self, advert: str) -> None:
        """Everything, in order.

        Raises:
            Unmet: a step without which the next makes no sense did not happen.
        """
        with slack.local_slack() as local, self._running(slack.settings_at(local)) as stack:
            desk = slack.Desk(local, stack.base_url)
            link = self._composed(desk, advert)
            self._screen(stack.base_url, link, Recruiter(stack.base_url))
            self._decided(desk)

    def _composed(self, desk: slack.Desk, advert: str) -> str:
        with self._timed("draft"):
            draft = desk.compose(advert)
        self.checks.append(Check("The advert became a card with questions", True))
        with self._timed("edits"):
            desk.says(desk.edit_for(draft), "[Undo]")
            desk.says(f"send alerts to {slack.channel_as_typed()}", f"#{slack.NAME}")
            shown = desk.says("show the draft", "[Publish]")
        with self._timed("publish"):
            link = desk.publish(shown)
        self.checks.append(Check("It was published by its button, with a candidate link", True, link))
        text = desk.slack.text(desk.direct, desk.thread)
        self._part("Slack: direct message with Ada", slack.thread_lines(text), "draft")
        return link

    def _screen(self, base_url: str, link: str, _recruiter: Recruiter) -> None:
        with self._timed("one interview"):
            self._runs = screen(base_url, link, PERSONAS[:1])
        for run in self._runs:
            title = f"Web chat: {run.persona.name}, {run.persona.strength}"
            self._part(title, report.transcript_lines(self._ink, run), "one interview")

    def _decided(self, desk: slack.Desk) -> None:
        (run,) = self._runs
        with self._timed("alert"):
            alert = desk.alert()
        with self._timed("decision"):
            details = desk.details(alert, run.persona.name)
            whole = desk.report()
            decided = desk.shortlist(alert)
        self._part(f"Slack: #{slack.NAME}", slack.thread_lines(desk.slack.text(slack.CHANNEL)), "alert")
        self._part("Slack: what Ada alone sees", slack.thread_lines(whole), "decision")
        self.checks += slack.slack_checks(desk, run, details, whole, decided)


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
    sys.stdout.flush()

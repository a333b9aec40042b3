"""`botapp demo`: all of it without a hand, through real processes, over HTTP. Exit 0 only if all of it happened."""

import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from botapp.config import Settings
from botapp.entrypoints.demo import report
from botapp.entrypoints.demo.answering import PERSONAS
from botapp.entrypoints.demo.checks import checks_of
from botapp.entrypoints.demo.errors import Unmet
from botapp.entrypoints.demo.recruiter import Edited, Recruiter
from botapp.entrypoints.demo.report import Check
from botapp.entrypoints.demo.screening import Run, screen
from botapp.entrypoints.demo.stack import Stack

OURS = Path(__file__).parent / "samples" / "night_picker.txt"
LONGEST = 60_000  # characters a chat message may have


def run_demo(settings: Settings, jd: str | None) -> int:
    """Compose, edit twice, publish, screen three at once, score, alert. Returns 0 only if all of it happened."""
    demo = Demo(report.Ink(sys.stdout.isatty()))
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
        _show(["Starting a web server, workers, timers, Redis and a database of its own. All else goes over HTTP."])
        stack, keep = Stack(), False
        try:
            with self._timed("start"):
                stack.start()
            recruiter = Recruiter(stack.base_url)
            link = self._compose(recruiter, stack.sign_in_path, advert)
            self._screen(stack.base_url, link)
            self._score(recruiter)
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
            link, said = recruiter.publish()
        self.checks.append(Check("It was published, with a candidate link", True, link))
        self._part("Published", report.wrapped(said), "publish")
        return link

    def _screen(self, base_url: str, link: str) -> None:
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


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
    sys.stdout.flush()

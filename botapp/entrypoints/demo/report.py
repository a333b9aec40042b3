"""The demo on paper: a draft, its changes, transcripts, scorecards, alerts, timings, a verdict. Pure: returns lines."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from botapp.entrypoints.demo.pages import AlertSeen, ScorecardSeen
from botapp.entrypoints.demo.recruiter import Drafted, Edited
from botapp.entrypoints.demo.screening import Run

WIDTH = 100
_MARGIN = 12


@dataclass(frozen=True, slots=True)
class Ink:
    """Bold and faint on a terminal; plain words elsewhere."""

    colours: bool

    def bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colours else text

    def faint(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colours else text


def heading(ink: Ink, title: str, beside: str = "") -> list[str]:
    """A line across, with its name."""
    rule = "─" * max(WIDTH - len(title) - len(beside) - (2 if beside else 1), 3)
    return ["", f"{ink.bold(title)} {ink.faint(rule)}{' ' + ink.faint(beside) if beside else ''}"]


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Every paragraph within the width."""
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        lead = first if number == 0 else rest
        lines += textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=lead,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return lines


def draft_lines(drafted: Drafted) -> list[str]:
    return [*wrapped(drafted.said), "", *(line for row in drafted.plain.split("\n") for line in _row(row))]


def _row(row: str) -> list[str]:
    indent = len(row) - len(row.lstrip())
    return wrapped(row.strip(), " " * indent, " " * (indent + 3)) if row.strip() else [""]


def edit_lines(ink: Ink, edited: Edited) -> list[str]:
    return [
        *wrapped(edited.asked, "recruiter   ", " " * _MARGIN),
        *wrapped(edited.said, "botapp      ", " " * _MARGIN),
        *(ink.faint(line) for line in wrapped(edited.diff, " " * _MARGIN, " " * _MARGIN)),
    ]


def transcript_lines(ink: Ink, run: Run) -> Iterator[str]:
    """Who said what; buttons in brackets."""
    who = run.persona.name.split()[0]
    for line in run.lines:
        speaker = (line.sender if line.ours else who)[: _MARGIN - 2].ljust(_MARGIN)
        buttons = " ".join(f"[{button.label}]" for button in line.buttons)
        shown = wrapped(f"{line.text} {buttons}".strip(), speaker, " " * _MARGIN)
        yield from (shown if not line.ours else map(ink.faint, shown))
    if run.problem:
        yield from wrapped(run.problem)
    yield ""
    yield from wrapped(f"{_count(len(run.sources), 'reply', 'replies')}, {run.generic} of them generic. {_habits(run)}")


def _habits(run: Run) -> str:
    first = run.persona.name.split()[0]
    return " ".join(f"{first} {habit}." for habit in run.habits)


def scorecard_lines(ink: Ink, card: ScorecardSeen) -> Iterator[str]:
    """Gates, then the score with its coverage, then strengths and doubts, then each answer with its evidence."""
    for gate in card.gates:
        said = " ".join(f"“{quote}”" for quote in gate.quotes)
        yield from wrapped(f"{gate.words}, {gate.outcome}. {said}".strip(), "gate        ", " " * _MARGIN)
    yield ink.bold(f"score       {card.headline}")
    for note in card.notes:
        yield from wrapped(note, " " * _MARGIN, " " * _MARGIN)
    for name, sentences in (("strength", card.strengths), ("doubt", card.doubts)):
        for sentence in sentences:
            yield from wrapped(sentence, name.ljust(_MARGIN), " " * _MARGIN)
    for number, answer in enumerate(card.answers, 1):
        yield from wrapped(answer.question, f"{number:>2}.".ljust(_MARGIN), " " * _MARGIN)
        told = answer.verdict if answer.is_scored else (answer.answer, *answer.verdict)
        yield from map(ink.faint, wrapped(" ".join(told), " " * _MARGIN, " " * _MARGIN))


def alert_lines(alerts: Sequence[AlertSeen]) -> list[str]:
    return [line for alert in alerts for line in wrapped(alert.text.split("\nhttp")[0], "- ", "  ")]


def timing_lines(phases: Mapping[str, float], runs: Sequence[Run]) -> list[str]:
    """Seconds by phase, and how long candidates waited for a reply."""
    waits = sorted(seconds * 1000 for run in runs for seconds in run.seconds)
    lines = [f"{name.ljust(24)}{seconds:>7.2f} s" for name, seconds in phases.items()]
    lines.append(f"{'all of it'.ljust(24)}{sum(phases.values()):>7.2f} s")
    if len(waits) > 1:
        cuts = quantiles(waits, n=20, method="inclusive")
        lines.append(
            f"{'a reply to a candidate'.ljust(24)}{cuts[9]:>7.0f} ms p50, {cuts[18]:.0f} ms p95, {len(waits)} replies"
        )
    return lines


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that had to happen."""

    what: str
    holds: bool
    detail: str = ""


def verdict_lines(ink: Ink, checks: Sequence[Check]) -> list[str]:
    lines = [
        line
        for check in checks
        for line in wrapped(
            check.what + (f" ({check.detail})" if check.detail else ""), "yes  " if check.holds else "NO   ", "     "
        )
    ]
    failed = sum(not check.holds for check in checks)
    last = "All of it happened." if not failed else f"{_count(failed, 'thing', 'things')} did not happen as it should."
    return [*lines, "", ink.bold(last)]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

"""What the demo prints and what it holds true: widths, checks, the choice of edits, the advert it reads."""

from pathlib import Path
from typing import Any

import pytest

from botapp.entrypoints.cli_demo import LONGEST, OURS, read_advert
from botapp.entrypoints.demo import report
from botapp.entrypoints.demo.answering import PERSONAS, Button, Habit
from botapp.entrypoints.demo.checks import checks_of
from botapp.entrypoints.demo.edit_choice import choose_edits, needed_edits
from botapp.entrypoints.demo.errors import Unmet
from botapp.entrypoints.demo.pages import AlertSeen, AnswerSeen, GateSeen, ScorecardSeen
from botapp.entrypoints.demo.recruiter import Drafted, Edited
from botapp.entrypoints.demo.report import Check, Ink
from botapp.entrypoints.demo.screening import Run
from botapp.entrypoints.demo.thread import Line

PLAIN = Ink(colours=False)
LONG = "a sentence of some words that goes on and on, " * 8


def line(text: str, *, ours: bool, buttons: tuple[Button, ...] = ()) -> Line:
    return Line(1, ours, "Robin", text, buttons, {})


def run(number: int = 0, **fields: Any) -> Run:
    said = (line("How many years?", ours=True), line("I have 12 years. It went well.", ours=False))
    return Run(PERSONAS[number], **{"lines": said, "sources": ("short",), "status": "completed", **fields})


def card(score: int | None = 70, quotes: tuple[str, ...] = ("12 years",)) -> ScorecardSeen:
    return ScorecardSeen(
        gates=(GateSeen("Experience: 12 years", "met", ("12 years",)),),
        headline=f"{score}, from 2 of 2 answers" if score is not None else "Not scored",
        score=score,
        notes=(LONG,),
        strengths=(LONG,),
        doubts=(),
        answers=(AnswerSeen(LONG, "12 years", ("4 of 5 double weight", LONG), True),),
        quotes=quotes,
    )


def alert(number: int) -> AlertSeen:
    return AlertSeen(f"{PERSONAS[number].name} (Picker) finished the interview. Score 70.", "/console/interviews/i")


def outcome(checks: list[Check]) -> dict[str, bool]:
    return {check.what: check.holds for check in checks}


def test_everything_holds_when_everything_happened() -> None:
    """Three ends, three scorecards with evidence, three alerts, the right order."""
    runs = [run(n) for n in range(3)]
    cards = {r.persona.name: card(score) for r, score in zip(runs, (80, 60, 20), strict=True)}
    checks = list(checks_of(runs, cards, [alert(n) for n in range(3)]))
    assert len(checks) == 10
    assert all(check.holds for check in checks)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"status": "in_progress"}, "Maya Okafor came to the end"),
        ({"quotes": ("13 years",)}, "Maya Okafor has a scorecard with evidence, word for word"),
        ({"quotes": ()}, "Maya Okafor has a scorecard with evidence, word for word"),
        ({"no card": True}, "Maya Okafor has a scorecard with evidence, word for word"),
        ({"alerts": 0}, "Maya Okafor was alerted once"),
        ({"alerts": 2}, "Maya Okafor was alerted once"),
        ({"scores": (20, 30)}, "The strong candidate scores at least the weak one"),
        ({"scores": (None, 30)}, "The strong candidate scores at least the weak one"),
    ],
)
def test_what_did_not_happen_is_named(change: dict[str, Any], broken: str) -> None:
    """One thing wrong breaks one line of the verdict."""
    strong, weak = run(0, status=change.get("status", "completed")), run(2)
    high, low = change.get("scores", (70, 30))
    cards = {strong.persona.name: card(high, change.get("quotes", ("12 years",))), weak.persona.name: card(low)}
    if "no card" in change:
        del cards[strong.persona.name]
    alerts = [alert(0)] * change.get("alerts", 1) + [alert(2)]
    results = outcome(list(checks_of([strong, weak], cards, alerts)))
    assert not results[broken]


def test_everything_fits_the_width() -> None:
    """No line is wider than the page, whatever is in it."""
    drafted = Drafted(LONG, f"Picker\n1. {LONG}\n   open, {LONG}", {"stages": []})
    talk = run(lines=(line(LONG, ours=True, buttons=(Button("Yes", "y"),)), line(LONG, ours=False)), problem=LONG)
    lines = [
        *report.heading(PLAIN, "Draft", "1.00 s"),
        *report.draft_lines(drafted),
        *report.edit_lines(PLAIN, Edited("double the weight on 2", LONG, LONG)),
        *report.transcript_lines(PLAIN, talk),
        *report.scorecard_lines(PLAIN, card()),
        *report.alert_lines([AlertSeen(f"{LONG}\nhttp://localhost/x", "")]),
        *report.timing_lines({"draft": 1.0}, [run(seconds=(0.1, 0.2))]),
        *report.verdict_lines(PLAIN, [Check("It was", False, LONG)]),
    ]
    assert max(map(len, lines)) <= report.WIDTH


def test_colours_only_on_a_terminal() -> None:
    """Without a terminal there is no escape code."""
    assert not any("\x1b" in text for text in report.heading(PLAIN, "Draft"))
    assert any("\x1b" in text for text in report.heading(Ink(colours=True), "Draft"))


def test_generic_answers_and_habits_are_told() -> None:
    """A transcript ends with how many replies were generic and what the candidate did as people do."""
    last = list(report.transcript_lines(PLAIN, run(sources=("generic", "safety"), habits=(Habit.BURST,))))[-1]
    assert last == "2 replies, 1 of them generic. Maya sent one answer in two messages."


def test_the_verdict_counts() -> None:
    """The last line says whether all of it happened."""
    good, bad = Check("It ran", True), Check("It ended", False)
    assert report.verdict_lines(PLAIN, [good])[-1] == "All of it happened."
    assert report.verdict_lines(PLAIN, [good, bad])[-1] == "1 thing did not happen as it should."


def draft(*rows: dict[str, Any]) -> dict[str, Any]:
    numbered = [{"number": n, "knockout": "", "weight": "normal", **row} for n, row in enumerate(rows, 1)]
    return {"stages": [{"enabled": True, "kind": "chat", "questions": numbered}]}


@pytest.mark.parametrize(
    ("rows", "edits"),
    [
        (
            [{"kind": "yes or no", "knockout": "must be yes"}, {"kind": "open"}, {"kind": "yes or no"}],
            ("double the weight on 2", "make 3 a knockout"),
        ),
        (
            [{"kind": "open", "weight": "double"}, {"kind": "open"}],
            ("double the weight on 2", "set the pass bar to 50"),
        ),
        ([{"kind": "a date"}], ("set the pass bar to 50", "allow one retake")),
    ],
)
def test_edits_fit_the_draft(rows: list[dict[str, Any]], edits: tuple[str, str]) -> None:
    """Both edits change something that the draft has."""
    assert choose_edits(draft(*rows)) == edits


def test_stages_that_are_no_talk_are_switched_off() -> None:
    """The demo's candidates only talk; what is off already is left alone."""
    kinds = ((True, "chat"), (True, "form"), (False, "voice"))
    stages = [{"enabled": on, "kind": kind, "questions": []} for on, kind in kinds]
    assert needed_edits({"stages": stages}) == ("switch off stage 2",)


def test_our_own_advert_is_read() -> None:
    """Without a file the demo takes the advert that we wrote."""
    assert read_advert(OURS).startswith("Night Order Picker")


@pytest.mark.parametrize(
    ("content", "problem"), [("", "is empty"), (" \n", "is empty"), ("x" * (LONGEST + 1), "characters")]
)
def test_an_advert_that_can_t_be_pasted(tmp_path: Path, content: str, problem: str) -> None:
    """An empty or endless file is refused in a sentence."""
    path = tmp_path / "advert.txt"
    path.write_text(content)
    with pytest.raises(Unmet, match=problem):
        read_advert(path)


def test_an_advert_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is a sentence too."""
    with pytest.raises(Unmet, match="can't be read"):
        read_advert(tmp_path / "none.txt")

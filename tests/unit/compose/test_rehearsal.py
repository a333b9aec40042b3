"""Findings, suggestions and words of a rehearsal, counted from runs that are given."""

from datetime import date
from typing import Any

from botapp.compose.acting import Persona
from botapp.compose.edits import apply_edits
from botapp.compose.rehearsal import Line, MadeAnswer, MadeGate, Rehearsal, Run, side_by_side
from botapp.compose.rehearsal_findings import with_findings
from botapp.compose.rehearsal_words import outline, outline_card, plain, told
from botapp.screening.interviewer import Interviewer, Question
from tests.support.roles import BUSY, LICENCE, night_picker

LINES = (Line(ours=True, text="Hello", question=1), Line(ours=False, text="Yes"), Line(ours=True, text="Thanks"))
OTHER = BUSY.model_copy(update={"id": "other", "text": "Describe a mistake.", "topic": "care at work"})


def run(persona: Persona, scores: dict[str, float | None], gate: str = "passed", **fields: Any) -> Run:
    answers = tuple(MadeAnswer(question_id=id, said="words", score=score) for id, score in scores.items())
    gates = (MadeGate.model_validate({"key": LICENCE.id, "name": "Licence", "outcome": gate, "reason": ""}),)
    known = {"ending": "completed", "lines": LINES, "said": 3, "sent": 4, "seconds": 90, "overall": 50.0}
    return Run(persona=persona, answers=answers, gates=gates, **known | fields)


def made(draft: Interviewer, *runs: Run, gap: float | None = None) -> Rehearsal:
    table = side_by_side(draft, runs, revision=3, engine="rules/1", today=date(2026, 5, 4), by_text=False)
    return with_findings(table, draft, lambda _question: gap)


def two(strong: float | None, weak: float | None, **fields: Any) -> tuple[Run, Run]:
    return (
        run(Persona.STRONG, {BUSY.id: strong, OTHER.id: 5.0}, **fields),
        run(Persona.WEAK, {BUSY.id: weak, OTHER.id: 1.0}, "failed"),
    )


DRAFT = night_picker(LICENCE, BUSY, OTHER)


def test_a_gap_is_counted_from_strong_to_weak() -> None:
    """What says nothing to judge is worth the least; without a strong score there is no gap."""
    rows = {row.question_id: row for row in made(DRAFT, *two(3.0, None)).questions}
    assert (rows[BUSY.id].gap, rows[BUSY.id].separates) == (2.0, True)
    assert rows[LICENCE.id].gap is None
    assert made(DRAFT, *two(None, 1.0)).questions[1].separates is None


def test_a_sharper_rubric_is_suggested_only_where_it_helps() -> None:
    helps = made(DRAFT, *two(2.0, 2.0), gap=3.0).suggestions[0]
    assert helps.text == "sharpen the rubric of question 2"
    helpless = made(DRAFT, *two(2.0, 2.0), gap=0.0).suggestions[0]
    assert helpless.text.startswith("reword question 2 to ask for an example: “Tell us about a time that shows")


def test_every_suggestion_can_be_applied_and_changes_only_its_question() -> None:
    result = made(DRAFT, *two(2.0, 2.0), gap=0.0)
    for each in result.suggestions:
        after = apply_edits(DRAFT, each.edits)
        changed = [a.id for a, b in zip(DRAFT.questions(), after.questions(), strict=True) if a != b]
        assert changed == [each.aims[0]]


def test_orders_that_lift_an_answer_are_serious() -> None:
    runs = (*two(5.0, 1.0), run(Persona.HOSTILE, {BUSY.id: 4.0}))
    (found,) = [f for f in made(DRAFT, *runs).findings if f.kind == "lifted"]
    assert found.serious and "by 3" in found.text


def test_who_gets_stuck_or_is_asked_twice_or_too_much_is_named() -> None:
    stuck = made(DRAFT, *two(5.0, 1.0, problem="Nothing was said.", repeated=(2,), said=40)).findings
    assert [f.kind for f in stuck] == ["stuck", "asked_twice", "too_long"]
    mute = made(DRAFT, *two(5.0, 1.0, lines=LINES[:2])).findings
    assert [f.kind for f in mute] == ["no_ending"]
    misread = made(DRAFT, *two(5.0, 1.0, ending="later")).findings
    assert [f.kind for f in misread] == ["ended_early"]


def test_a_gate_that_lets_everybody_through_is_mentioned() -> None:
    both = (run(Persona.STRONG, {BUSY.id: 5.0}), run(Persona.WEAK, {BUSY.id: 1.0}))
    assert [f.kind for f in made(DRAFT, *both).findings] == ["gate_stops_nobody"]


def test_one_question_that_tells_best_by_far_may_count_double() -> None:
    third = OTHER.model_copy(update={"id": "third"})
    draft: Interviewer = night_picker(BUSY, OTHER, third)
    scores: dict[Persona, dict[str, float | None]] = {
        Persona.STRONG: {BUSY.id: 5.0, OTHER.id: 3.0, "third": 3.0},
        Persona.WEAK: {BUSY.id: 1.0, OTHER.id: 1.0, "third": 1.0},
    }
    result = made(draft, *(run(persona, given) for persona, given in scores.items()))
    assert [s.text for s in result.suggestions] == ["double the weight of question 1"]


def test_the_thread_gets_a_few_lines_and_the_terminal_a_table() -> None:
    result = made(DRAFT, *two(2.0, 2.0, repeated=(2,)), gap=3.0)
    short = outline(result)
    assert told(short).startswith("Rehearsed: strong 50, weak 50.")
    assert "say “accept 1”" in told(short)
    card = outline_card(short)
    assert card.data["items"][0].startswith("Strong: 50, all gates met, 3 messages")
    assert "1. Sharpen the rubric of question 2. Because strong and weak came out alike (2)." in card.plain
    assert len(told(short).split()) < 90
    assert "Licence" in plain(result) and "not met" in plain(result)


def test_a_question_without_a_topic_is_left_in_its_own_words() -> None:
    bare: Question = BUSY.model_copy(update={"topic": ""})
    result = made(night_picker(LICENCE, bare, OTHER), *two(2.0, 2.0), gap=0.0)
    assert result.suggestions[0].text == "make it 1 to 2 follow-ups for question 2"

"""What stands on a printed scorecard, in the words and the order of its page. Plain JSON types; pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from botapp.entrypoints.web import evidence, scorecard_words, wording
from botapp.entrypoints.web.exchange import Turn, exchange
from botapp.entrypoints.web.formula import FORMULA, formula
from botapp.pipeline.exporting import changes_of
from botapp.scoring import wording as scoring
from botapp.scoring.aggregation import CRITERION, CRITERION_GATE
from botapp.scoring.export import Change, Changes
from botapp.scoring.gates import gate_key
from botapp.screening.interview import Gate, Scorecard, ScoredAnswer
from botapp.state.read_models import DecisionRow, InterviewPage


def paper(
    page: InterviewPage,
    card: Scorecard | None,
    version: int,
    at: datetime,
    not_asked: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Everything the template says. `version`: whose rubrics scored; `not_asked`: questions that only it asks."""
    row = page.candidate
    name = row.name or "No name yet"
    marks = evidence.marks(card, page.transcript)
    changes = changes_of(page.decisions)
    return {
        "heading": f"{name}, {page.title}",
        "name": name,
        "role": page.title,
        "about": _about(page),
        "decision": wording.decision_words(row.decision) if row.decision else "",
        "notes": _notes(page, version),
        "footer": f"{name}, {page.title}. Made {_moment(at)}. A recommendation is only that: a person decides.",
        "gates": [_gate(gate, changes) for gate in card.gates] if card else [],
        "score": scoring.headline(card) if card else "Not scored yet",
        "stages": [scoring.stage_line(stage) for stage in card.stages] if card and len(card.stages) > 1 else [],
        "recommendation": card.recommendation if card else "",
        "not_judged": [scorecard_words.not_judged(words) for words in card.not_judged] if card else [],
        "strengths": [_sentence(marks.quoted(words)) for words in card.strengths] if card else [],
        "doubts": [_sentence(marks.quoted(words)) for words in card.doubts] if card else [],
        "answers": [_answer(a, page, changes, not_asked) for a in card.answers if a.kind != CRITERION_GATE]
        if card
        else [],
        "formula": [{"name": f.name, "sum": f.sum, "result": f.result} for f in formula(card)] if card else [],
        "formula_words": FORMULA,
        "transcript": [_said(message, marks) for message in page.transcript],
        "decisions": [_decision(decision, card) for decision in page.decisions],
        "versions": scorecard_words.versions_of(card, row.version, version) if card else [],
    }


def _about(page: InterviewPage) -> str:
    row = page.candidate
    done = f"completed {_moment(row.completed_at)}" if row.completed_at else wording.status_words(row.status).lower()
    return ". ".join(filter(None, [wording.phone_words(row.contact), done[:1].upper() + done[1:]])) + "."


def _notes(page: InterviewPage, version: int) -> list[str]:
    asked = page.candidate.version
    return [scorecard_words.scored_by_words(asked, version)] if version != asked else []


def _moment(at: datetime) -> str:
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%b %Y, %H:%M} UTC"


def _gate(gate: Gate, changes: Changes) -> dict[str, Any]:
    change = changes.get(("override_gate", gate_key(gate))) if gate.overridden_by else None
    return {
        "name": gate.name,
        "reason": gate.reason,
        "outcome": wording.outcome_words(gate.outcome),
        "quotes": [quote.text for quote in gate.evidence],
        "change": _changed(change, wording.outcome_words(gate.original_outcome) if gate.original_outcome else ""),
    }


def _changed(change: Change | None, was: str) -> str:
    if change is None:
        return ""
    when = f", {_moment(change.at)}" if change.at else ""
    return f"Changed by {change.by}{when}{f', from {was}' if was else ''}: {change.reason}"


def _sentence(words: evidence.QuotedSentence) -> dict[str, str]:
    return {"before": words.before, "quote": words.quote, "after": words.after}


def _answer(line: ScoredAnswer, page: InterviewPage, changes: Changes, not_asked: frozenset[str]) -> dict[str, Any]:
    score = line.score
    turns = exchange(line, page.follow_ups.get(line.question_id, ()), page.transcript)
    told = score is not None and (score.score is not None or bool(score.passes))
    was = scoring.answer_score(score.original_score) if score and score.original_score else "not judged"
    return {
        "number": line.number,
        "question": line.question,
        "nothing_said": "" if turns else _nothing_said(line, not_asked),
        "quotes": [quote.text for quote in score.evidence] if score and line.kind == CRITERION else [],
        "turns": [_turn(turn) for turn in turns],
        "score": f"{scoring.answer_score(score.score)} of 5" if score and score.score is not None else "",
        "weight": wording.weight_of(line.weight),
        "reason": scorecard_words.reason_of(line),
        "change": _changed(changes.get(("override_score", line.question_id)), was)
        if score and score.overridden_by
        else "",
        "judged_by": scorecard_words.judged_words(score) if score and told else "",
    }


def _nothing_said(line: ScoredAnswer, not_asked: frozenset[str]) -> str:
    if line.kind == CRITERION:
        return "Read from the resume."
    return "Not asked in this interview." if line.question_id in not_asked else "No answer."


def _turn(turn: Turn) -> dict[str, Any]:
    return {"ours": turn.ours, "words": "".join(piece.text for piece in turn.pieces), "pieces": _pieces(turn.pieces)}


def _pieces(pieces: Sequence[evidence.Piece]) -> list[Mapping[str, Any]]:
    return [{"text": piece.text, "marked": piece.marked} for piece in pieces]


def _said(message: Any, marks: evidence.Marks) -> dict[str, Any]:
    return {
        "who": f"{message.sender}, {_moment(message.at)}",
        "ours": message.ours,
        "words": message.text,
        "pieces": _pieces(marks.pieces(message)),
    }


def _decision(row: DecisionRow, card: Scorecard | None) -> str:
    return f"{scorecard_words.decision_line(row, card)} By {row.by}, {_moment(row.at)}."

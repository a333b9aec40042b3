"""Scorecards and candidates as CSV that any spreadsheet opens: UTF-8 with a mark, fixed columns, times in ISO UTC.

No cell is ever a formula: what a spreadsheet would run as one begins with an apostrophe here. Pure.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from botapp.scoring.export import AnswerWords, ExportedQuestion, GateWords, ScorecardExport, ScoredBy
from botapp.state.read_models import CandidateRow

MARK = "\ufeff"  # Excel takes a file without it for Latin-1
# Spreadsheets skip blanks, control and invisible characters before they look for a formula; full-width signs count too.
_BLANK = r"\s\x00-\x1f\x7f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_RUNS = re.compile(rf"[{_BLANK}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

Row = Mapping[str, object]
SCORECARD_COLUMNS = (
    "interview", "candidate", "contact", "interviewer", "asked_version", "scored_by_version", "completed_at",
    "part", "number", "name", "kind", "weight", "outcome", "score", "original", "answered", "counted", "bar",
    "reason", "answer", "evidence", "follow_ups", "engine", "model", "prompt", "rubric", "passes", "spread",
    "confidence", "changed_by", "changed_at", "change_reason",
)  # fmt: skip
CANDIDATE_COLUMNS = (
    "name", "contact", "status", "outcome", "decision", "asked_version", "scored_by_version", "engines", "score",
    "answered", "counted", "gates", "gates_not_met", "started_at", "completed_at", "interview",
)  # fmt: skip


def cell(value: object) -> str:
    """A value as the text of one cell."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case int():
            return str(value)
        case float():
            return f"{value:.4f}".rstrip("0").rstrip(".")
        case _:
            text = _NEVER.sub("", str(value))
            return f"'{text}" if _RUNS.match(text) else text


def sheet(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """The whole file."""
    columns = tuple(columns)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return (MARK + out.getvalue()).encode()


def candidates_sheet(rows: Iterable[CandidateRow]) -> bytes:
    """Everybody of one interviewer; scores compare only where engines and scored_by_version are the same."""
    return sheet(CANDIDATE_COLUMNS, map(_candidate, rows))


def _candidate(row: CandidateRow) -> Row:
    return {
        "name": row.name,
        "contact": row.contact,
        "status": row.status,
        "outcome": row.outcome,
        "decision": row.decision,
        "asked_version": row.version,
        "scored_by_version": (row.scored_by or row.version) if row.engines else None,
        "engines": ", ".join(row.engines),
        "score": row.score,
        "answered": row.answered,
        "counted": row.counted,
        "gates": _gates(row),
        "gates_not_met": ", ".join(row.gates_failed),
        "started_at": row.started_at,
        "completed_at": row.completed_at,
        "interview": row.interview_id,
    }


def _gates(row: CandidateRow) -> str:
    if row.gates_failed:
        return "not met"
    if row.needs_person:
        return "needs a person"
    return "met" if row.gates_met else "not yet"


def scorecard_sheet(export: ScorecardExport, shown: ScoredBy | None) -> bytes:
    """One interview, scored by one version: the whole, its stages, its gates, its answers; a row each."""
    about = {
        "interview": export.interview.id,
        "candidate": export.candidate.name,
        "contact": export.candidate.contact,
        "interviewer": export.interview.title,
        "asked_version": export.interview.version,
        "completed_at": export.interview.completed_at,
    }
    rows = _parts(shown) if shown else iter([{"part": "overall", "reason": "not scored"}])
    return sheet(SCORECARD_COLUMNS, ({**about, **row} for row in rows))


def _parts(shown: ScoredBy) -> Iterator[Row]:
    scoring, words = shown.scoring, shown.words
    version = {"scored_by_version": scoring.version}
    yield version | {
        "part": "overall",
        "score": scoring.overall,
        "answered": scoring.answered,
        "counted": scoring.counted,
        "engine": ", ".join(scoring.engines),
        "reason": words.recommendation,
    }
    for stage in scoring.stages:
        yield version | stage.model_dump() | {"part": "stage", "name": stage.title, "bar": stage.min_score}
    for gate, said in zip(scoring.gates, words.gates, strict=True):
        told = gate.model_dump(exclude={"key", "original_outcome"})
        yield version | told | {"part": "gate", "original": gate.original_outcome} | _gate(said)
    for question, answer in zip(scoring.questions, words.answers, strict=True):
        yield version | {"part": "answer"} | _answer(question, answer)


def _gate(words: GateWords) -> dict[str, object]:
    return {"reason": words.reason, "evidence": " | ".join(e.text for e in words.evidence)} | _change(words)


def _answer(question: ExportedQuestion, words: AnswerWords) -> dict[str, object]:
    read = words.reading.because if words.reading else ""
    return {
        "number": question.number,
        "name": words.question,
        "kind": question.kind,
        "weight": question.weight,
        "score": question.score,
        "original": question.original_score,
        "reason": words.reason or read,
        "answer": "\n".join(part.text for part in words.parts),
        "evidence": " | ".join(e.text for e in words.evidence),
        "follow_ups": " | ".join(words.follow_ups),
        **(question.judged_by.model_dump(exclude={"passes"}) if question.judged_by else {}),
        "passes": ", ".join(f"{score:g}" for score in question.judged_by.passes) if question.judged_by else "",
    } | _change(words)


def _change(words: GateWords | AnswerWords) -> dict[str, object]:
    change = words.change
    return {"changed_by": change.by, "changed_at": change.at, "change_reason": change.reason} if change else {}

"""What the scorecard is computed from: an answer as it was stored, and what a recruiter decided over a rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from botapp.screening.interview import AnswerStatus, Reading, Score, SpokenPart


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One question's answer as it stands: everything said to it, and its reading when the question is typed."""

    question_id: str
    stage_id: str
    status: AnswerStatus
    parts: tuple[SpokenPart, ...] = ()
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class GateOverride:
    """A person's decision over a gate. `by` is a member's id."""

    outcome: Literal["passed", "failed"]
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """`scores` by question id. `gates` by question id for knockouts, by the gate's name for minimum scores."""

    scores: Mapping[str, Score] = field(default_factory=dict)
    gates: Mapping[str, GateOverride] = field(default_factory=dict)

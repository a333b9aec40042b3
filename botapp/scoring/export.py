"""A scorecard for other programs: documented, versioned, and enough to compute every number again.

`scoring` holds numbers, rules and fingerprints only: no name, no contact and no word that a candidate said. Those stand
apart, in `candidate`, `words` and `transcript`, so that scores can be studied without them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from botapp.scoring.aggregation import counts_as
from botapp.scoring.gates import gate_key
from botapp.screening.interview import Evidence, Gate, Reading, Score, Scorecard, ScoredAnswer, SpokenPart
from botapp.screening.interviewer import Noun

FORMULA = {
    "stage": "100 * sum(weight * (score - 1) / 4) / sum(weight), over counted questions that have a score",
    "overall": "sum(stage weight * stage score) / sum(stage weight), over stages that have a score and a weight",
    "coverage": "answered = counted questions that have a score; counted = open questions with a weight",
    "minimum_score": "each bar against what missing scores could make of the result: surely over it passes, surely "
    "under it fails, anything else needs a person",
    "rounding": "4 places",
}


class ExportedGate(Noun):
    """`bar`: of a minimum score. `original_outcome`: what the rule said, when a person changed it."""

    key: str
    name: str
    kind: Literal["knockout", "minimum_score"]
    outcome: Literal["passed", "failed", "needs_person", "not_reached"]
    original_outcome: str = ""
    bar: int | None = None


class JudgedBy(Noun):
    """What judged, against what, how often. `rubric` and `prompt` are fingerprints; `passes` the scores it gave."""

    engine: str
    rubric: str
    model: str = ""
    prompt: str = ""
    passes: tuple[float, ...] = ()
    spread: float | None = None
    confidence: str = ""


class ExportedQuestion(Noun):
    """One term of the formula. Only a counted question with a score enters it."""

    question_id: str
    stage_id: str
    number: int
    kind: str
    weight: int
    counted: bool
    score: float | None = None
    original_score: float | None = None
    changed_by_a_person: bool = False
    judged_by: JudgedBy | None = None


class ExportedStage(Noun):
    stage_id: str
    title: str
    weight: int
    score: float | None
    answered: int
    counted: int
    min_score: int | None = None


class ScoringPart(Noun):
    """The inputs of the formula, and what came out. `version`: of the interviewer, whose rubrics scored."""

    version: int
    engines: tuple[str, ...]
    formula: dict[str, str]
    questions: tuple[ExportedQuestion, ...]
    stages: tuple[ExportedStage, ...]
    gates: tuple[ExportedGate, ...]
    overall: float | None
    answered: int
    counted: int


class Change(Noun):
    """A person's correction: who, when, why."""

    by: str
    at: datetime | None
    reason: str


class GateWords(Noun):
    key: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    change: Change | None = None


class AnswerWords(Noun):
    """What was asked and said. Each span of `evidence` is a substring of the part it names, at `start`.

    Of a resume's criterion there are no parts: its evidence is in the text of the file that `message_id` names.
    """

    question_id: str
    question: str
    parts: tuple[SpokenPart, ...]
    follow_ups: tuple[str, ...] = ()
    reading: Reading | None = None
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    change: Change | None = None


class WordsPart(Noun):
    recommendation: str
    strengths: tuple[str, ...]
    doubts: tuple[str, ...]
    not_judged: tuple[str, ...]
    gates: tuple[GateWords, ...]
    answers: tuple[AnswerWords, ...]


class ScoredBy(Noun):
    scoring: ScoringPart
    words: WordsPart


class ExportedInterview(Noun):
    """`version`: the one that was asked; it stays this interview's own."""

    id: str
    interviewer_id: str
    title: str
    version: int
    status: str
    outcome: str
    decision: str
    started_at: datetime | None
    completed_at: datetime | None


class ExportedCandidate(Noun):
    id: str
    name: str
    contact: str


class ExportedMessage(Noun):
    id: str
    sender: str
    sender_kind: str
    text: str
    at: datetime


class ExportedDecision(Noun):
    kind: str
    subject: str
    reason: str
    by: str
    at: datetime
    data: dict[str, Any]


class ScorecardExport(Noun):
    """One interview, whole. `own` is None while it is not scored; `rescored` are the scores by other versions."""

    format: Literal["botapp.scorecard/1"] = "botapp.scorecard/1"
    exported_at: datetime
    interview: ExportedInterview
    candidate: ExportedCandidate
    own: ScoredBy | None
    rescored: tuple[ScoredBy, ...] = ()
    decisions: tuple[ExportedDecision, ...] = ()
    transcript: tuple[ExportedMessage, ...] = ()


Changes = Mapping[tuple[str, str], Change]  # by kind of decision and subject


def scored_by(card: Scorecard, version: int, follow_ups: Mapping[str, Sequence[str]], changes: Changes) -> ScoredBy:
    """Both halves of one scorecard: numbers here, words there."""
    return ScoredBy(scoring=_scoring(card, version), words=_words(card, follow_ups, changes))


def _scoring(card: Scorecard, version: int) -> ScoringPart:
    return ScoringPart(
        version=version,
        engines=card.engines,
        formula=FORMULA,
        questions=tuple(map(_question, card.answers)),
        stages=tuple(ExportedStage.model_validate(stage.model_dump()) for stage in card.stages),
        gates=tuple(map(_gate, card.gates)),
        overall=card.overall,
        answered=card.answered,
        counted=card.counted,
    )


def _question(line: ScoredAnswer) -> ExportedQuestion:
    score = line.score
    return ExportedQuestion(
        question_id=line.question_id,
        stage_id=line.stage_id,
        number=line.number,
        kind=line.kind,
        weight=line.weight,
        counted=counts_as(line.kind, line.weight),
        score=score.score if score else None,
        original_score=score.original_score if score else None,
        changed_by_a_person=bool(score and score.overridden_by),
        judged_by=judged_by(score) if score else None,
    )


def judged_by(score: Score) -> JudgedBy:
    """Whose judgement a score is, also when it came to none."""
    return JudgedBy(
        engine=score.engine,
        rubric=score.rubric_version,
        model=score.model,
        prompt=score.prompt,
        passes=score.passes,
        spread=score.spread,
        confidence=confidence_of(score),
    )


def confidence_of(score: Score) -> str:
    """How sure the engine was; "" when there is no score, or a person's."""
    return "" if score.score is None or score.overridden_by else score.confidence


def _gate(gate: Gate) -> ExportedGate:
    return ExportedGate(
        key=gate_key(gate),
        name=gate.name,
        kind=gate.kind,
        outcome=gate.outcome,
        original_outcome=gate.original_outcome,
        bar=gate.bar,
    )


def _words(card: Scorecard, follow_ups: Mapping[str, Sequence[str]], changes: Changes) -> WordsPart:
    return WordsPart(
        recommendation=card.recommendation,
        strengths=card.strengths,
        doubts=card.doubts,
        not_judged=card.not_judged,
        gates=tuple(
            GateWords(
                key=gate_key(gate),
                reason=gate.reason,
                evidence=gate.evidence,
                change=changes.get(("override_gate", gate_key(gate))) if gate.overridden_by else None,
            )
            for gate in card.gates
        ),
        answers=tuple(_answer(line, follow_ups.get(line.question_id, ()), changes) for line in card.answers),
    )


def _answer(line: ScoredAnswer, asked: Sequence[str], changes: Changes) -> AnswerWords:
    score = line.score
    return AnswerWords(
        question_id=line.question_id,
        question=line.question,
        parts=line.parts,
        follow_ups=tuple(asked),
        reading=line.reading,
        reason=score.reason if score else "",
        evidence=score.evidence if score else (),
        change=changes.get(("override_score", line.question_id)) if score and score.overridden_by else None,
    )

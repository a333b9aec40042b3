"""Candidate, Interview, Answer, Reading, Evidence, Score, Scorecard: one candidate's run of one interviewer."""

from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from botapp.screening.interviewer import Noun


class InterviewStatus(StrEnum):
    INVITED = "invited"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"  # a person was asked for, or "later"
    COMPLETED = "completed"
    ENDED = "ended"  # the candidate stopped, or it was the wrong person
    EXPIRED = "expired"


class ReadingStatus(StrEnum):
    CLEAR = "clear"
    UNCLEAR = "unclear"  # tried, but no single reading
    CONDITIONAL = "conditional"  # depends on an event, a term or a part
    REFUSED = "refused"  # declines to tell
    QUESTION_BACK = "question_back"  # only asks
    NO_ANSWER = "no_answer"  # nothing about this question


class Reading(Noun):
    """What a typed answer says, normalised.

    yes_no: bool. number/duration (years): float or {"min", "max"} (None = open end). money: {"amount"|"min"/"max",
    "period", "currency", "net"?} or "open". date: ISO date, "YYYY-MM", {"min","max"} or "any". choice: option text,
    list of option texts (multiple), {"any_of": [...]}, "any" or "none". availability: {"days": [...]|"any", "parts"?,
    "from"?, "to"?, "count"?}.
    """

    status: ReadingStatus
    value: Any = None
    unit: str = ""
    condition: str = ""
    because: str = ""  # one short clause: why it was read so
    needs_person: bool = False  # health, disability, religion... behind it: never decided by rule
    engine: str = "rules"


class SpokenPart(Noun):
    """One message of an answer: id of the inbound message and its text as the candidate sent it."""

    message_id: str
    text: str


class Evidence(Noun):
    """A verbatim span: `text` is a substring of message `message_id`, starting at character `start`."""

    message_id: str
    text: str = Field(min_length=1)
    start: int = Field(ge=0)


class AnswerStatus(StrEnum):
    OPEN = "open"  # asked, not yet done
    ANSWERED = "answered"
    NEEDS_PERSON = "needs_person"
    SKIPPED = "skipped"  # declined or empty after a push


Confidence = Literal["high", "medium", "low"]


class Score(Noun):
    """The score of one answer, 1.0-5.0, or unavailable with the reason. A score needs evidence or it is refused.

    A model judges in several passes: the score is their median; when they lie too far apart it is unavailable, needs
    a person, and the passes stay in the record. Rules judge once, and their confidence is always low.
    """

    question_id: str
    status: Literal["scored", "unavailable"]
    score: float | None = Field(None, ge=1, le=5)
    reason: str
    evidence: tuple[Evidence, ...] = ()
    engine: str  # "rules/1" or "openai/<model>"
    rubric_version: str  # fingerprint of question text + anchors
    confidence: Confidence = "low"
    passes: tuple[float, ...] = ()  # the score of every pass of the model that gave one, in order
    spread: float | None = None  # how far apart they lie; None when there are not two of them
    prompt: str = ""  # fingerprint of the model's prompt files; "" by rules
    model: str = ""  # the model's name; "" by rules
    overridden_by: str = ""  # member id
    override_reason: str = ""
    original_score: float | None = None


class Gate(Noun):
    """A knockout or a minimum score, in words, with its outcome. `needs_person` when it can't be decided by rule."""

    name: str  # "Forklift licence" or "Minimum score"
    kind: Literal["knockout", "minimum_score"]
    outcome: Literal["passed", "failed", "needs_person", "not_reached"]
    reason: str
    question_id: str = ""
    stage_id: str = ""  # minimum scores: the stage whose own it is; "" for the one that stages share
    evidence: tuple[Evidence, ...] = ()
    bar: int | None = None  # minimum scores: what has to be reached
    overridden_by: str = ""
    override_reason: str = ""
    original_outcome: str = ""  # what the rule said, when a person changed it


class StageScore(Noun):
    stage_id: str
    title: str
    score: float | None  # 0-100
    weight: int
    answered: int  # answered, scored questions that count
    counted: int  # questions that would count if all were answered
    min_score: int | None = None


class ScoredAnswer(Noun):
    """One line of the formula: everything needed to recompute it."""

    question_id: str
    stage_id: str
    number: int
    question: str
    kind: str
    weight: int
    answer: str
    reading: Reading | None = None
    score: Score | None = None
    parts: tuple[SpokenPart, ...] = ()


class Scorecard(Noun):
    """Everything a recruiter sees of a finished interview; reproducible from the stored answers and scores."""

    gates: tuple[Gate, ...]
    stages: tuple[StageScore, ...]
    answers: tuple[ScoredAnswer, ...]
    overall: float | None  # 0-100
    answered: int
    counted: int
    strengths: tuple[str, ...] = ()  # sentences, each ending in a quoted span
    doubts: tuple[str, ...] = ()
    not_judged: tuple[str, ...] = ()
    recommendation: str = ""  # words only; a person decides
    engines: tuple[str, ...] = ()

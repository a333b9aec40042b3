"""Interviewer: a recruiter-built screener for one role. Stages, questions, rules, facts and settings as values.

Publishing freezes `stages` as a numbered version; `title`, `slug`, `facts`, `overviews` and `settings` stay live.
Questions are numbered 1..n through the whole interviewer, across stages: a position, not an identity.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

SLUG = re.compile(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$")
SLUG_MAX = 100
TITLE_MIN, TITLE_MAX = 3, 200
JOIN_CODE = re.compile(r"^(?=.*[A-Z])[A-Z0-9]{2,20}$")
WEIGHT_NORMAL, WEIGHT_DOUBLE, WEIGHT_MAX = 2, 4, 10


class Noun(BaseModel):
    """A frozen value; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class QuestionKind(StrEnum):
    OPEN = "open"
    YES_NO = "yes_no"
    NUMBER = "number"
    DURATION = "duration"  # read in years
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    AVAILABILITY = "availability"
    FILE = "file"


class Origin(StrEnum):
    """Where a question came from."""

    SOURCE = "source"  # the pasted text: `quote` is verbatim from it
    INSTRUCTIONS = "instructions"  # what the recruiter asked for
    TEMPLATE = "template"  # our own stock of questions for a role
    MEMBER = "member"  # added by hand, by talking


class Provenance(Noun):
    origin: Origin
    quote: str = ""  # verbatim sentence of the source; empty when there is none


class Knockout(Noun):
    """The condition to stay in. `eq` true/false or text; `in` a list of options; `gte`/`lte` a number or ISO date.

    Numbers are in the question's unit; durations in years; money in the question's unit ("USD/hour").
    """

    op: Literal["eq", "in", "gte", "lte"]
    value: bool | float | str | list[str]


class FollowUps(Noun):
    """How many follow-ups an open question may get: at least `min`, at most `max`."""

    min: int = Field(0, ge=0, le=5)
    max: int = Field(0, ge=0, le=5)

    @model_validator(mode="after")
    def _ordered(self) -> "FollowUps":
        if self.min > self.max:
            raise ValueError("the minimum of follow-ups is above the maximum")
        return self


class Rubric(Noun):
    """Observable anchors for the scores 1, 3 and 5."""

    one: str
    three: str
    five: str


class Question(Noun):
    id: str
    kind: QuestionKind
    text: str = Field(min_length=1, max_length=600)
    topic: str = ""  # two or three words recruiters use for it: "forklift licence"
    options: tuple[str, ...] = ()
    multiple: bool = False  # choice: several options may be picked
    unit: str = ""  # number: "years", "lb"; money: "USD/hour"
    weight: int = Field(WEIGHT_NORMAL, ge=0, le=WEIGHT_MAX)
    knockout: Knockout | None = None
    follow_ups: FollowUps = FollowUps()
    rubric: Rubric | None = None
    provenance: Provenance = Provenance(origin=Origin.MEMBER)

    @property
    def is_open(self) -> bool:
        return self.kind is QuestionKind.OPEN

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Question":
        if self.kind is QuestionKind.CHOICE and len(self.options) < 2:
            raise ValueError("a choice needs at least two options")
        if self.is_open and self.knockout:
            raise ValueError("only a typed question can be a knockout")
        return self


class StageKind(StrEnum):
    CHAT = "chat"
    FORM = "form"
    RESUME = "resume"
    VOICE = "voice"
    SCENARIO = "scenario"


RUNNABLE_STAGES = frozenset({StageKind.CHAT, StageKind.FORM, StageKind.RESUME, StageKind.SCENARIO})
ON_A_PAGE = frozenset({StageKind.FORM, StageKind.RESUME})  # done on a page behind a link, not in the thread
HAS_A_PAGE = ON_A_PAGE | {StageKind.CHAT}  # who needs another way may answer a chat as a form


class StageBase(Noun):
    id: str
    title: str = ""
    enabled: bool = True  # switched off: kept in the draft, not run
    weight: int = Field(WEIGHT_NORMAL, ge=0, le=WEIGHT_MAX)
    min_score: int | None = Field(None, ge=0, le=100)  # overrides the interviewer's pass bar


class ChatStage(StageBase):
    kind: Literal[StageKind.CHAT] = StageKind.CHAT
    channel: Literal["any", "sms", "webchat", "slack"] = "any"
    questions: tuple[Question, ...] = ()


class FormStage(StageBase):
    kind: Literal[StageKind.FORM] = StageKind.FORM
    questions: tuple[Question, ...] = ()


class CriterionKind(StrEnum):
    GATE = "pass_fail"  # met, or a person looks
    SCORED = "scored"  # 1-5, in the stage's score


class Criterion(Noun):
    """What a resume is read for. `id` is unique within its stage."""

    id: str = Field(min_length=1, max_length=16)
    text: str = Field(min_length=1, max_length=600)
    kind: CriterionKind = CriterionKind.SCORED
    weight: int = Field(WEIGHT_NORMAL, ge=0, le=WEIGHT_MAX)  # scored ones
    rubric: Rubric | None = None


CRITERIA_MAX = 15  # of each kind


class ResumeStage(StageBase):
    kind: Literal[StageKind.RESUME] = StageKind.RESUME
    criteria: tuple[Criterion, ...] = ()
    questions: tuple[Question, ...] = ()

    @field_validator("criteria", mode="before")
    @classmethod
    def _also_plain_sentences(cls, given: Any) -> Any:
        """A criterion that is only a sentence is a scored one; drafts were stored so."""
        if not isinstance(given, (list, tuple)):
            return given
        return tuple({"id": f"c{n}", "text": c} if isinstance(c, str) else c for n, c in enumerate(given, 1))

    @model_validator(mode="after")
    def _not_too_many(self) -> "ResumeStage":
        for kind in CriterionKind:
            if sum(criterion.kind is kind for criterion in self.criteria) > CRITERIA_MAX:
                raise ValueError(f"a resume stage takes at most {CRITERIA_MAX} criteria of a kind")
        if len({criterion.id for criterion in self.criteria}) < len(self.criteria):
            raise ValueError("two criteria of a resume stage have the same id")
        return self


class VoiceStage(StageBase):
    kind: Literal[StageKind.VOICE] = StageKind.VOICE
    questions: tuple[Question, ...] = ()


class ScenarioStage(StageBase):
    kind: Literal[StageKind.SCENARIO] = StageKind.SCENARIO
    goal: str = ""
    deliverable: str = ""
    max_rounds: int = Field(6, ge=1, le=20)
    max_minutes: int = Field(20, ge=1, le=120)
    rubric: Rubric | None = None
    questions: tuple[Question, ...] = ()


_TASK = ".task"


def task_of(stage: ScenarioStage) -> Question:
    """What a scenario asks, as the one open question it is scored as."""
    return Question(
        id=f"{stage.id}{_TASK}",
        kind=QuestionKind.OPEN,
        text=" ".join(filter(None, (stage.goal.strip(), stage.deliverable.strip())))[:600] or "A task in writing.",
        topic="task",
        rubric=stage.rubric,
    )


def is_task(question: Question) -> bool:
    """Whether this stands for the task of a scenario: only a model can judge it."""
    return question.id.endswith(_TASK)


_SHOWN = Rubric(
    one="The resume says nothing of it, or only claims it.",
    three="It is shown in part, or named without what was done.",
    five="It is plainly shown, with what was done.",
)
_MET = Rubric(
    one="The resume doesn't show it.",
    three="The resume hints at it, or shows a part of it.",
    five="The resume shows it.",
)


_SCORED_BY, _GATED_BY = ".resume", ".gate"


def criterion_question(stage: ResumeStage, criterion: Criterion) -> Question:
    """A criterion as the open question that a judge answers about a resume; its id is unique in the interviewer."""
    gates = criterion.kind is CriterionKind.GATE
    return Question(
        id=f"{stage.id}.{criterion.id}{_GATED_BY if gates else _SCORED_BY}",
        kind=QuestionKind.OPEN,
        text=criterion.text,
        topic=criterion.text if len(criterion.text) <= 80 else f"{criterion.text[:77]}...",
        weight=0 if gates else criterion.weight,
        rubric=_MET if gates else criterion.rubric or _SHOWN,
    )


def criterion_questions(stage: "Stage") -> tuple[Question, ...]:
    """What a resume is read for; nothing in a stage of another kind."""
    if not isinstance(stage, ResumeStage):
        return ()
    return tuple(criterion_question(stage, criterion) for criterion in stage.criteria)


def reads_resume(question: Question) -> bool:
    """Whether this stands for a criterion of a resume stage."""
    return question.id.endswith((_SCORED_BY, _GATED_BY))


def gates_resume(question: Question) -> bool:
    """Whether it stands for one that is met, or left to a person, and never scored."""
    return question.id.endswith(_GATED_BY)


Stage = Annotated[ChatStage | FormStage | ResumeStage | VoiceStage | ScenarioStage, Field(discriminator="kind")]


class Fact(Noun):
    """Something a candidate may ask about, with the sentence it was read from."""

    topic: str  # pay, location, schedule, benefits, start, training, employment, company...
    answer: str
    quote: str = ""


class DeliveryMode(StrEnum):
    EXACT = "exact"  # told word for word at the start
    SUMMARISED = "summarised"  # told in short at the start
    REFERENCE = "reference"  # used only to answer a candidate's question
    SILENT = "silent"  # used internally, never told


class Overview(Noun):
    text: str = Field("", max_length=10_000)
    mode: DeliveryMode = DeliveryMode.REFERENCE


class Overviews(Noun):
    company: Overview = Overview()
    job: Overview = Overview()
    process: Overview = Overview()


class BudgetKind(StrEnum):
    NONE = "none"
    TOTAL = "total"
    DAILY = "daily"


class Budget(Noun):
    """A cap on interviews started (all in all, or a day). People under way are never cut off."""

    kind: BudgetKind = BudgetKind.NONE
    cap: int = Field(0, ge=0, le=1_000_000)


class AlertKind(StrEnum):
    """What the team may be told about. Distress and texts that can't arrive are always told."""

    COMPLETED = "completed"
    KNOCKED_OUT = "knocked_out"
    ASKED_PERSON = "asked_person"  # a person, another way, or no scoring by a machine
    QUESTION = "question"  # asked what the facts don't answer
    STALLED = "stalled"
    OPTED_OUT = "opted_out"


class Settings(Noun):
    deadline: date | None = None  # the last day on which a candidate may start; default one month after drafting
    days_to_complete: int = Field(7, ge=1, le=90)
    pass_bar: int | None = Field(None, ge=0, le=100)
    enforce_knockouts: bool = True
    retakes: int = Field(0, ge=0, le=5)
    retake_cooldown_days: int = Field(0, ge=0, le=365)
    budget: Budget = Budget()
    redirect_url: str = Field("", max_length=2000)
    alert_address: str = Field("webchat:feed", max_length=300)
    agent_name: str = Field("Robin", min_length=1, max_length=60)
    join_code: str = Field("", max_length=20)  # the word on a poster that starts it by text: NIGHTS; "": none
    remind_after_hours: int = Field(24, ge=1, le=168)  # of silence
    max_reminders: int = Field(2, ge=0, le=10)
    answer_within_days: int = Field(7, ge=1, le=60)  # what candidates are promised at the end
    stalled_after_days: int = Field(2, ge=1, le=30)  # of silence after the last reminder
    alerts: tuple[AlertKind, ...] = (AlertKind.COMPLETED, AlertKind.ASKED_PERSON, AlertKind.QUESTION)
    languages: tuple[str, ...] = ()  # offered beside the interviewer's own, as ISO 639-1

    @field_validator("redirect_url")
    @classmethod
    def _only_web_links(cls, url: str) -> str:
        if url and not re.match(r"^https?://[^\s/?#]+[^\s]*$", url):
            raise ValueError("a redirect link starts with https:// or http://")
        return url

    @field_validator("join_code")
    @classmethod
    def _one_word(cls, code: str) -> str:
        if code and not JOIN_CODE.match(code):
            raise ValueError("a code is one word of 2 to 20 capital letters and digits")
        return code


class Interviewer(Noun):
    title: str = Field(min_length=TITLE_MIN, max_length=TITLE_MAX)
    slug: str = Field(max_length=SLUG_MAX)
    company: str = ""
    language: str = "en"
    stages: tuple[Stage, ...] = ()
    facts: tuple[Fact, ...] = ()
    overviews: Overviews = Overviews()
    settings: Settings = Settings()
    missing: tuple[str, ...] = ()  # topics the source doesn't answer: "pay", "schedule"

    @field_validator("slug")
    @classmethod
    def _slug_shape(cls, slug: str) -> str:
        if not SLUG.match(slug):
            raise ValueError("a link name has only a-z, 0-9 and hyphens, and starts and ends with a letter or digit")
        return slug

    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order a recruiter numbers them."""
        return tuple(q for stage in self.stages for q in stage.questions)

    def numbered(self) -> Iterator[tuple[int, int, Question]]:
        """(stage index from 0, question number from 1 through the whole interviewer, question)."""
        number = 0
        for index, stage in enumerate(self.stages):
            for question in stage.questions:
                number += 1
                yield index, number, question

    def running_stages(self) -> tuple[Stage, ...]:
        """The stages that are switched on, in order."""
        return tuple(stage for stage in self.stages if stage.enabled)

"""The published shape of an interviewer (docs/interviewer.schema.json): what `botapp compose` and `edit` print.

Guarantees: what the shape holds survives reading and printing unchanged. It differs from ours in names (`min_score` is
our pass bar, `alert_channel` our alert address), in numbering questions instead of naming them, and in one kind: a
length of time is a `number` in years with `reading` "duration".
"""

import re
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from botapp.screening.interviewer import (
    AlertKind,
    Budget,
    ChatStage,
    Criterion,
    CriterionKind,
    Fact,
    FollowUps,
    Interviewer,
    Knockout,
    Origin,
    Overviews,
    Provenance,
    Question,
    QuestionKind,
    ResumeStage,
    Rubric,
    ScenarioStage,
    Settings,
    Stage,
    StageKind,
)

_STAGE: TypeAdapter[Stage] = TypeAdapter(Stage)
FEED = "webchat:feed"  # alerts that only the console shows: no channel


class Published(BaseModel):
    """A part of the shape. What is not known in it is passed over, so that other programs may add to it."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, coerce_numbers_to_str=False)


class Source(Published):
    """Where a question came from: the pasted text (`quote` is verbatim from it), our stock, or the recruiter."""

    type: Literal["brief", "template", "recruiter"] = "recruiter"
    quote: str = ""


class Anchors(Published):
    """What answers that score 1, 3 and 5 have in them."""

    one: str = Field(alias="1")
    three: str = Field(alias="3")
    five: str = Field(alias="5")


class PublishedQuestion(Published):
    """`n` runs through the whole interviewer: a position, not an identity."""

    n: int = Field(0, ge=0)
    kind: QuestionKind
    text: str = Field(min_length=1, max_length=600)
    topic: str = ""
    options: tuple[str, ...] = ()
    multiple: bool = False
    unit: str = ""
    reading: Literal["", "duration"] = Field("", description="duration: read in years, from any length of time")
    knockout: Knockout | None = Field(None, description="the condition to stay in")
    weight: int = Field(2, ge=0, le=10)
    follow_ups: FollowUps = FollowUps()
    rubric: Anchors | None = None
    source: Source = Source()


class PublishedCriterion(Published):
    """What a resume is read for."""

    text: str = Field(min_length=1, max_length=600)
    kind: CriterionKind = CriterionKind.SCORED
    weight: int = Field(2, ge=0, le=10)
    rubric: Anchors | None = None


class PublishedStage(Published):
    """`channel` is that of a chat. `criteria` are a resume stage's; `goal` to `max_minutes` a scenario's."""

    kind: StageKind
    channel: Literal["any", "sms", "webchat", "slack"] = "any"
    title: str = ""
    enabled: bool = True
    weight: int = Field(2, ge=0, le=10)
    min_score: int | None = Field(None, ge=0, le=100)
    criteria: tuple[PublishedCriterion, ...] = ()
    goal: str = ""
    deliverable: str = ""
    max_rounds: int = Field(6, ge=1, le=20)
    max_minutes: int = Field(20, ge=1, le=120)
    rubric: Anchors | None = None
    questions: tuple[PublishedQuestion, ...] = ()


class PublishedSettings(Published):
    """`languages`: the interviewer's own first, then those offered beside it."""

    deadline: date | None = None
    days_to_complete: int = Field(7, ge=1, le=90)
    min_score: int | None = Field(None, ge=0, le=100)
    enforce_knockouts: bool = True
    retakes: int = Field(0, ge=0, le=5)
    retake_cooldown_days: int = Field(0, ge=0, le=365)
    max_reminders: int = Field(2, ge=0, le=10)
    remind_after_hours: int = Field(24, ge=1, le=168)
    answer_within_days: int = Field(7, ge=1, le=60)
    stalled_after_days: int = Field(2, ge=1, le=30)
    alert_channel: str | None = Field(None, max_length=300, description="null: only the console")
    alerts: tuple[AlertKind, ...] = Settings().alerts
    languages: tuple[str, ...] = ()
    budget: Budget = Budget()
    redirect_url: str = Field("", max_length=2000)
    agent_name: str = Field("Robin", min_length=1, max_length=60)
    join_code: str = Field("", max_length=20)


class PublishedFact(Published):
    """Something a candidate may ask about, with the sentence it was read from."""

    topic: str
    answer: str
    quote: str = ""


class Note(Published):
    """lint: to look at. asks: we need to know. left_out: of the text. refused: may not be asked."""

    kind: Literal["lint", "asks", "left_out", "refused"]
    text: str


class Operation(Published):
    """What one message asked for: an edit, or something that changes no draft (undo, ask_which, none...)."""

    op: str
    target: dict[str, int | None] | str | None = None
    value: Any = None


class PublishedInterviewer(Published):
    """One interviewer. `assumed`, `operations` and `answer` say what was done; they are not read back."""

    title: str = Field(min_length=3, max_length=200)
    slug: str = Field(max_length=100)
    language: str = "en"
    company: str = ""
    stages: tuple[PublishedStage, ...] = ()
    facts: tuple[PublishedFact, ...] = ()
    settings: PublishedSettings = PublishedSettings()
    overviews: Overviews = Overviews()
    missing: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    assumed: tuple[str, ...] = ()
    operations: tuple[Operation, ...] = Field((), description="only of `botapp edit`")
    answer: str = Field("", description="what is said to the recruiter; only of `botapp edit`")


class NotAnInterviewer(ValueError):
    """What was given does not have the published shape. `str(error)` says where, in one line."""


# ---- reading -----------------------------------------------------------------------------------------------


def read_interviewer(given: Any) -> Interviewer:
    """Ours, from the published shape.

    Raises:
        NotAnInterviewer: it lacks a part, or a value is not possible.
    """
    if not isinstance(given, dict) or "stages" not in given or "title" not in given:
        raise NotAnInterviewer("it is no interviewer: it needs at least a title, a slug and stages")
    try:
        return _ours(PublishedInterviewer.model_validate(given))
    except ValidationError as error:
        raise NotAnInterviewer(_where(error)) from error


def _where(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if not str(part).startswith("function-"))
    return f"{place or 'the interviewer'}: {str(first['msg']).removeprefix('Value error, ')}"


def _ours(said: PublishedInterviewer) -> Interviewer:
    stages, number = [], 0
    for place, stage in enumerate(said.stages, 1):
        questions = [_question(question, number + i) for i, question in enumerate(stage.questions, 1)]
        number += len(questions)
        stages.append(_stage(stage, f"s{place}", questions))
    return Interviewer.model_validate(
        said.model_dump(include={"title", "slug", "language", "company", "overviews", "missing"})
        | {
            "stages": [stage.model_dump() for stage in stages],
            "facts": [Fact(topic=f.topic, answer=f.answer, quote=f.quote) for f in said.facts],
            "settings": _settings(said.settings, said.language),
        }
    )


def _question(said: PublishedQuestion, number: int) -> Question:
    is_duration = said.kind is QuestionKind.NUMBER and said.reading == "duration"
    years = "years" if said.kind is QuestionKind.NUMBER and "year" in said.text.lower() else ""
    return Question(
        id=f"q{number}",
        kind=QuestionKind.DURATION if is_duration else said.kind,
        unit=said.unit or years,
        rubric=_rubric(said.rubric),
        provenance=_provenance(said.source),
        **{name: getattr(said, name) for name in ("text", "topic", "options", "multiple", *_SAME)},
    )


_SAME = ("knockout", "weight", "follow_ups")


def _provenance(said: Source) -> Provenance:
    own = Origin.INSTRUCTIONS if said.quote else Origin.MEMBER
    origin = {"brief": Origin.SOURCE, "template": Origin.TEMPLATE}.get(said.type, own)
    return Provenance(origin=origin, quote=said.quote)


def _rubric(said: Anchors | None) -> Rubric | None:
    return Rubric(one=said.one, three=said.three, five=said.five) if said else None


def _stage(said: PublishedStage, stage_id: str, questions: list[Question]) -> Stage:
    built: dict[str, Any] = said.model_dump(include={"kind", "title", "enabled", "weight", "min_score"})
    built |= {"id": stage_id, "questions": questions}
    match said.kind:
        case StageKind.CHAT:
            built["channel"] = said.channel
        case StageKind.RESUME:
            built["criteria"] = [_criterion(c, number) for number, c in enumerate(said.criteria, 1)]
        case StageKind.SCENARIO:
            built |= said.model_dump(include={"goal", "deliverable", "max_rounds", "max_minutes"})
            built["rubric"] = _rubric(said.rubric)
    return _STAGE.validate_python(built)


def _criterion(said: PublishedCriterion, number: int) -> Criterion:
    return Criterion(id=f"c{number}", text=said.text, kind=said.kind, weight=said.weight, rubric=_rubric(said.rubric))


_RENAMED = {"min_score": "pass_bar", "alert_channel": "alert_address"}
PUBLISHED_NAME = {ours: theirs for theirs, ours in _RENAMED.items()}


def _settings(said: PublishedSettings, language: str) -> Settings:
    values = {_RENAMED.get(name, name): value for name, value in said}
    values["alert_address"] = _address(said.alert_channel)
    values["languages"] = tuple(code for code in said.languages if code != language)
    return Settings.model_validate({name: v for name, v in values.items() if name in Settings.model_fields})


def _address(channel: str | None) -> str:
    if not channel:
        return FEED
    if re.match(r"[a-z]+:", channel):
        return channel
    return f"email:{channel}" if "@" in channel else f"slack:{channel}"


# ---- printing ----------------------------------------------------------------------------------------------


def publish(draft: Interviewer, **said: Any) -> PublishedInterviewer:
    """The draft in the published shape. `said`: notes, assumed, operations, answer."""
    stages, number = [], 0
    for stage in draft.stages:
        questions = [_published_question(q, number + i) for i, q in enumerate(stage.questions, 1)]
        number += len(questions)
        stages.append(_published_stage(stage, questions))
    return PublishedInterviewer(
        title=draft.title,
        slug=draft.slug,
        language=draft.language,
        company=draft.company,
        stages=tuple(stages),
        facts=tuple(PublishedFact(**fact.model_dump()) for fact in draft.facts),
        settings=_published_settings(draft),
        overviews=draft.overviews,
        missing=draft.missing,
        **said,
    )


def _published_question(question: Question, number: int) -> PublishedQuestion:
    is_duration = question.kind is QuestionKind.DURATION
    return PublishedQuestion(
        n=number,
        kind=QuestionKind.NUMBER if is_duration else question.kind,
        reading="duration" if is_duration else "",
        unit="years" if is_duration else question.unit,
        rubric=_anchors(question.rubric),
        source=_source(question.provenance),
        **{name: getattr(question, name) for name in ("text", "topic", "options", "multiple", *_SAME)},
    )


def _source(provenance: Provenance) -> Source:
    match provenance.origin:
        case Origin.SOURCE:
            return Source(type="brief", quote=provenance.quote)
        case Origin.TEMPLATE:
            return Source(type="template", quote=provenance.quote)
        case _:
            return Source(type="recruiter", quote=provenance.quote)


def _anchors(rubric: Rubric | None) -> Anchors | None:
    return Anchors.model_validate(rubric.model_dump()) if rubric else None


def _published_stage(stage: Stage, questions: list[PublishedQuestion]) -> PublishedStage:
    built: dict[str, Any] = stage.model_dump(include={"kind", "title", "enabled", "weight", "min_score"})
    match stage:
        case ChatStage():
            built["channel"] = stage.channel
        case ResumeStage():
            built["criteria"] = tuple(
                PublishedCriterion(text=c.text, kind=c.kind, weight=c.weight, rubric=_anchors(c.rubric))
                for c in stage.criteria
            )
        case ScenarioStage():
            built |= stage.model_dump(include={"goal", "deliverable", "max_rounds", "max_minutes"})
            built["rubric"] = _anchors(stage.rubric)
    return PublishedStage(**built, questions=tuple(questions))


def _published_settings(draft: Interviewer) -> PublishedSettings:
    values = {PUBLISHED_NAME.get(name, name): value for name, value in draft.settings}
    values["alert_channel"] = channel_of(draft.settings.alert_address)
    values["languages"] = (draft.language, *draft.settings.languages)
    return PublishedSettings.model_validate(values)


def channel_of(address: str) -> str | None:
    """`#hiring`, an e-mail address, or null for the console's feed."""
    if address == FEED:
        return None
    bare = address.removeprefix("slack:").removeprefix("email:")
    return bare if _address(bare) == address else address


def like(printed: dict[str, Any], given: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """`printed` without the settings that the given draft did not name and that did not change from `before`."""
    named, was = given.get("settings") or {}, before["settings"]
    kept = {name: v for name, v in printed["settings"].items() if name in named or v != was[name]}
    return printed | {"settings": kept}


def schema() -> dict[str, Any]:
    """The JSON Schema of what both commands print."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PublishedInterviewer.model_json_schema(by_alias=True),
        "title": "botapp interviewer, format 1",
    }

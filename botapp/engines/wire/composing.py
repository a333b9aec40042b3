"""Drafting an interviewer by a model: nothing is invented, every quote is verbatim, every knockout can be read.

What a model got wrong is left out and said so in `assumed`; only a draft with nothing left in it is refused.
"""

import re
from typing import Any, Literal

from pydantic import ValidationError

from botapp.compose.dates import WORDS, month_later
from botapp.compose.lawful import protected_topic, refusal
from botapp.compose.long_texts import shortened
from botapp.compose.mixed_text import mixed_note
from botapp.compose.orders import NOTE as ORDERS_NOTE
from botapp.compose.orders import ordered_words, without_orders
from botapp.compose.settings_edits import slug_of
from botapp.compose.source import read_source
from botapp.compose.titles import find_title
from botapp.engines.wire.editing import PLAN
from botapp.engines.wire.knockouts import WireKnockout, fitting
from botapp.engines.wire.task import Task, Unusable, Wire, one_line, problems
from botapp.engines.wire.verbatim import Source
from botapp.llm import DraftRequest, DraftResult
from botapp.prompting import fence
from botapp.screening.interviewer import (
    CRITERIA_MAX,
    Fact,
    FollowUps,
    Interviewer,
    Origin,
    Overviews,
    Provenance,
    Question,
    QuestionKind,
    Rubric,
    Settings,
    StageKind,
)

__all__ = ["DRAFT", "PLAN"]

SOURCE_LIMIT = 60_000


class WireRubric(Wire):
    one: str
    three: str
    five: str


class WireQuestion(Wire):
    origin: Literal["source", "instructions", "template"]
    quote: str
    kind: QuestionKind
    text: str
    topic: str
    options: list[str]
    multiple: bool
    unit: str
    weight: int
    knockout: WireKnockout | None
    follow_ups_min: int
    follow_ups_max: int
    rubric: WireRubric | None


class WireStage(Wire):
    kind: StageKind
    title: str
    channel: Literal["any", "sms", "webchat", "slack"]
    criteria: list[str]
    goal: str
    deliverable: str
    questions: list[WireQuestion]


class WireFact(Wire):
    topic: str
    answer: str
    quote: str


class WireSettings(Wire):
    deadline: str | None
    days_to_complete: int | None
    pass_bar: int | None
    enforce_knockouts: bool | None
    retakes: int | None
    retake_cooldown_days: int | None
    redirect_url: str | None
    agent_name: str | None


class WireOverviews(Wire):
    company: str
    job: str
    process: str


class WireDraft(Wire):
    role_found: bool
    problem: str
    title: str
    company: str
    language: str
    stages: list[WireStage]
    facts: list[WireFact]
    overviews: WireOverviews
    settings: WireSettings
    missing: list[str]
    assumed: list[str]
    clarifying: list[str]


def draft_variables(request: DraftRequest) -> dict[str, str]:
    return {
        "today": request.today.isoformat(),
        "instructions": fence("instructions of the recruiter", request.instructions),
        "source": fence("pasted text", without_orders(shortened(request.text).text), SOURCE_LIMIT),
    }


def accept_draft(request: DraftRequest, said: WireDraft) -> DraftResult:
    """The draft, with what could not be kept left out; or the reason why there is none.

    Raises:
        Unusable: a role was found but no interviewer can be made of what was said.
    """
    if not said.role_found:
        return DraftResult(draft=None, problem=one_line(said.problem) or "I found no role in this text.")
    short = shortened(request.text)
    request = request.model_copy(update={"text": short.text})
    assembly = _Assembly(request, short.notes)
    title = assembly.title(said.title)
    stages = [assembly.stage(number, stage) for number, stage in enumerate(said.stages, 1)]
    if not any(stage["questions"] or stage.get("criteria") for stage in stages):
        raise Unusable("A draft needs at least one stage with questions.")
    facts, unproven = assembly.facts(said.facts)
    try:
        draft = Interviewer.model_validate(
            {
                "title": title,
                "slug": slug_of(title),
                "company": assembly.named(said.company),
                "language": said.language or "en",
                "stages": stages,
                "facts": facts,
                "overviews": _overviews(said.overviews),
                "settings": assembly.settings(said.settings),
                "missing": tuple(dict.fromkeys([*said.missing, *unproven])),
            }
        )
    except ValidationError as error:
        raise Unusable(problems(error)) from error
    mixed = mixed_note(request.text, draft.language)
    return DraftResult(
        draft=draft,
        assumed=tuple(map(one_line, filter(None, (*said.assumed, *assembly.left_out, mixed)))),
        clarifying=tuple(map(one_line, said.clarifying[:3])),
    )


def _overviews(said: WireOverviews) -> Overviews:
    told = {name: {"text": text.strip()[:10_000]} for name, text in said.model_dump().items()}
    return Overviews.model_validate(told)


class _Assembly:
    """Builds the parts of one draft and remembers what had to be left out."""

    def __init__(self, request: DraftRequest, notes: tuple[str, ...]) -> None:
        told = without_orders(request.text)
        self._request = request
        self._today = request.today
        self._source = Source(told)
        self._ordered = ordered_words(request.text) - set(words_of_text(f"{told} {request.instructions}"))
        # Who pasted a text in which somebody gives orders to a machine asked for nothing that stands in it.
        is_obeyed = told == request.text and not request.theirs
        self._wished = f"{request.instructions}\n{told}" if is_obeyed else request.instructions
        self._dated = f"{request.instructions}\n{told}" if told == request.text else request.instructions
        self._instructions = Source(request.instructions)
        self._questions = 0
        self.left_out: list[str] = [ORDERS_NOTE] if told != request.text else []
        self.left_out += notes

    def title(self, said: str) -> str:
        """The model's title; one that only the orders in the text have is found by rule."""
        if not self._is_ordered(said):
            return one_line(said)
        return find_title(read_source(without_orders(self._request.text)), self._request.instructions) or one_line(said)

    def _is_ordered(self, text: str) -> bool:
        """Whether most of its words stand only in passages that give orders to a machine."""
        words = words_of_text(text)
        return bool(words) and sum(word in self._ordered for word in words) * 2 >= len(words)

    def stage(self, number: int, said: WireStage) -> dict[str, Any]:
        built: dict[str, Any] = {
            "id": f"s{number}",
            "kind": said.kind.value,
            "title": one_line(said.title),
            "questions": tuple(self.question(item) for item in said.questions if self._lawful(item)),
        }
        match said.kind:
            case StageKind.CHAT:
                built["channel"] = said.channel
            case StageKind.RESUME:
                built["criteria"] = tuple(filter(None, (one_line(text)[:600] for text in said.criteria)))[:CRITERIA_MAX]
            case StageKind.SCENARIO:
                built |= {"goal": one_line(said.goal), "deliverable": one_line(said.deliverable)}
        return built

    def _lawful(self, said: WireQuestion) -> bool:
        asked = " ".join([said.text, said.topic, *said.options])
        found = protected_topic(asked)
        if found:
            self.left_out.append(refusal(found))
        return found is None and not self._is_ordered(asked)

    def question(self, said: WireQuestion) -> Question:
        """
        Raises:
            Unusable: the question itself can't be kept (no text, a choice without options).
        """
        self._questions += 1
        try:
            question = Question(
                id=f"q{self._questions}",
                kind=said.kind,
                text=one_line(said.text),
                topic=one_line(said.topic)[:60],
                options=tuple(map(one_line, said.options)) if said.kind is QuestionKind.CHOICE else (),
                multiple=said.multiple and said.kind is QuestionKind.CHOICE,
                unit=one_line(said.unit),
                weight=said.weight,
                provenance=self.provenance(said),
                **_open_parts(said),
            )
        except ValidationError as error:
            raise Unusable(f"question {self._questions}: {problems(error)}") from error
        return self._with_knockout(question, said.knockout)

    def _with_knockout(self, question: Question, said: WireKnockout | None) -> Question:
        knockout = fitting(said, question) if said else None
        if said and not knockout:
            self.left_out.append(f"I left out the must-have on question {self._questions}: its rule doesn't fit it.")
        return question.model_copy(update={"knockout": knockout})

    def provenance(self, said: WireQuestion) -> Provenance:
        """The verbatim sentence it came from. A quote that is nowhere makes it a question of our own stock."""
        for origin, source in ((Origin.SOURCE, self._source), (Origin.INSTRUCTIONS, self._instructions)):
            quote = source.words(said.quote)
            if quote:
                told = Origin.INSTRUCTIONS if said.origin == "instructions" else origin
                return Provenance(origin=told, quote=quote)
        return Provenance(origin=Origin.TEMPLATE)

    def facts(self, said: list[WireFact]) -> tuple[tuple[Fact, ...], list[str]]:
        """The facts whose quote is verbatim, and the topics of the others."""
        proven = [(fact, self._source.words(fact.quote) or self._instructions.words(fact.quote)) for fact in said]
        kept = tuple(
            Fact(topic=one_line(fact.topic).lower(), answer=one_line(fact.answer), quote=quote)
            for fact, quote in proven
            if quote
        )
        return kept, [one_line(fact.topic).lower() for fact, quote in proven if not quote]

    def named(self, company: str) -> str:
        """The company's name, when the text has it."""
        return self._source.words(company) or self._instructions.words(company)

    def settings(self, said: WireSettings) -> Settings:
        """What was set, one by one: a value that is out of range is left out and said so."""
        kept: dict[str, Any] = {"deadline": month_later(self._today)}
        for name, value in said.model_dump().items():
            wished = self._dated if name == "deadline" else self._wished
            if value in (None, "") or not _is_wished(name, value, wished, self._request.instructions):
                continue
            try:
                Settings.model_validate({name: value})
            except ValidationError:
                self.left_out.append(f"I left {name.replace('_', ' ')} as it is: {value} is not possible there.")
            else:
                kept[name] = value
        return Settings.model_validate(kept)


_OF_THE_RECRUITER = frozenset({"redirect_url", "agent_name", "enforce_knockouts"})


def _is_wished(name: str, value: Any, wished: str, typed: str) -> bool:
    """Whether a setting stands in what the recruiter wants: its number, its day, its words."""
    told = typed if name in _OF_THE_RECRUITER and typed.strip() else wished
    if isinstance(value, bool):
        return bool(re.search(r"knock|dealbreaker|must", told, re.I))
    if isinstance(value, int):
        named = {word for word, number in WORDS.items() if number == value}
        return any(re.search(rf"(?<!\d){form}(?!\d)", told, re.I) for form in (str(value), *named))
    if name == "deadline":
        day = str(value)[-2:].lstrip("0")
        return bool(re.search(rf"(?<!\d)0?{day}(?!\d)|week|month|day|tomorrow", told, re.I))
    return str(value).lower() in told.lower()


def words_of_text(text: str) -> list[str]:
    """Its longer words, as they are compared with those of orders."""
    return re.findall(r"[^\W\d_]{4,}", text.lower())


def _open_parts(said: WireQuestion) -> dict[str, Any]:
    """Follow-ups and anchors, which only open questions have."""
    if said.kind is not QuestionKind.OPEN:
        return {}
    low, high = sorted((said.follow_ups_min, said.follow_ups_max))
    rubric = Rubric(**said.rubric.model_dump()) if said.rubric else None
    if rubric is None:
        raise Unusable(f"The open question {one_line(said.text)!r} needs anchors for 1, 3 and 5.")
    return {"follow_ups": FollowUps(min=low, max=high), "rubric": rubric}


def _draft_shape(_: DraftRequest) -> type[WireDraft]:
    return WireDraft


DRAFT = Task("compose/draft_interviewer", _draft_shape, draft_variables, accept_draft)

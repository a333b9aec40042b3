"""The page of a form: every question as a field of its kind, what is wrong said beside it, what was typed kept.

Works without scripts. What the thread knows already is filled in, so nothing has to be said twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from botapp.compose.estimate import stage_minutes
from botapp.entrypoints.web.failures import drain
from botapp.entrypoints.web.page_words import PageWords
from botapp.entrypoints.web.security import services
from botapp.scoring.forms import (
    NONE_OF_THEM,
    PARTS,
    PERIODS,
    WORDS_MAX,
    Form,
    Problem,
    UploadedFile,
    currency_of,
    is_optional,
    known_fields,
    period_of,
    scale_of,
)
from botapp.scoring.readers.availability import DAYS
from botapp.screening.file_types import ACCEPTED, MOST_BYTES, plain_name
from botapp.screening.interview import Reading
from botapp.screening.interviewer import Question, QuestionKind
from botapp.state.read_models import StageVisit

MEGABYTES = MOST_BYTES // (1024 * 1024)
_BODY_MOST, _TYPED_MOST, _DRAINED_MOST = 32 * 1024 * 1024, 4 * 1024 * 1024, 128 * 1024 * 1024
_SIGNS = {"USD": "$", "GBP": "£", "EUR": "€"}


@dataclass(frozen=True, slots=True)
class Field:
    """One question as the page shows it. `values`: what stands in its fields, by the field's name."""

    question: Question
    values: Mapping[str, list[str]]
    problem: str
    hint: str
    optional: bool
    kept: str = ""  # name of the file we have already
    low: int | None = None
    high: int | None = None

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def is_group(self) -> bool:
        """Several boxes or fields under one question: a fieldset, not a label."""
        single = (QuestionKind.OPEN, QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.FILE)
        return self.question.kind not in single

    def value(self, part: str = "") -> str:
        return next(iter(self.values.get(self.id + part, ())), "")

    def has(self, value: str, part: str = "") -> bool:
        return value in self.values.get(self.id + part, ())

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader says after the label."""
        return " ".join(
            f"{self.id}-{what}" for what, there in (("problem", self.problem), ("hint", self.hint)) if there
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """What is shown again after a form could not be taken."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    too_much: bool = False


def show(found: StageVisit, token: str) -> ResponseReturnValue:
    """The form with what is known filled in; or that it is done, closed or too late."""
    if found.phase != "open":
        return _over(found)
    return _page(found, token, Sent(_known(found)))


def take(found: StageVisit, token: str) -> ResponseReturnValue:
    """The form as it was sent. What was typed survives whatever is wrong with it."""
    request.max_content_length, request.max_form_memory_size = _BODY_MOST, _TYPED_MOST
    if found.phase != "open":
        drain(_DRAINED_MOST)
        return _over(found)
    try:
        form = _posted()
    except RequestEntityTooLarge:
        drain(_DRAINED_MOST)
        return _page(found, token, Sent(_known(found), too_much=True)), 413
    problems = services().submit_form(token, form)
    if problems:
        again = services().stage_visit(token)  # a file that was fine has been kept meanwhile
        return _page(again, token, Sent({name: list(values) for name, values in form.fields.items()}, problems)), 400
    return redirect(url_for("stages.stage_page", token=token), 303)


def _posted() -> Form:
    files = {
        name: UploadedFile(plain_name(file.filename), file.mimetype, file.stream.read(MOST_BYTES + 1))
        for name, file in request.files.items()
        if file.filename
    }
    return Form({name: request.form.getlist(name) for name in request.form}, files)


def _known(found: StageVisit) -> dict[str, list[str]]:
    filled: dict[str, list[str]] = {}
    for question in found.stage.questions:
        stored = found.answers.get(question.id)
        if stored is not None:
            reading = Reading.model_validate(stored["reading"]) if stored["reading"] else None
            words = "\n".join(part["text"] for part in stored["parts"])
            filled |= known_fields(question, reading, words)
    return filled


def _words(found: StageVisit) -> PageWords:
    agent = found.interviewer.settings.agent_name
    return PageWords("form", found.language, agent=agent, employer=found.employer, most=MEGABYTES)


def _over(found: StageVisit) -> ResponseReturnValue:
    page = render_template("stage_over.html", found=found, say=_words(found))
    return page, 200 if found.phase == "done" else 410


def _page(found: StageVisit, token: str, sent: Sent) -> str:
    say = _words(found)
    return render_template(
        "form.html",
        found=found,
        say=say,
        fields=[_field(question, found, sent, say) for question in found.stage.questions],
        action=url_for("stages.send", token=token),
        prefilled=bool(sent.fields) and not sent.problems,
        too_much=sent.too_much,
        minutes=stage_minutes(found.stage),
        accepted=",".join(ACCEPTED),
        most_bytes=MOST_BYTES,
        longest=WORDS_MAX,
        days=DAYS,
        parts=PARTS,
        periods=PERIODS,
        none=NONE_OF_THEM,
        signs=_SIGNS,
        currency_of=currency_of,
        period_of=period_of,
    )


def _field(question: Question, found: StageVisit, sent: Sent, say: PageWords) -> Field:
    problem = sent.problems.get(question.id)
    low, high = scale_of(question) or (None, None)
    return Field(
        question=question,
        values=sent.fields,
        problem=_problem_words(problem, say) if problem else "",
        hint=_hint(question, say),
        optional=is_optional(question),
        kept=found.files.get(question.id, ""),
        low=low,
        high=high,
    )


def _problem_words(problem: Problem, say: PageWords) -> str:
    return say(problem.value, most=WORDS_MAX) if problem is Problem.TOO_LONG else say(problem.value)


def _hint(question: Question, say: PageWords) -> str:
    match question.kind:
        case QuestionKind.NUMBER if scale := scale_of(question):
            return say("hint_scale", low=scale[0], high=scale[1])
        case QuestionKind.CHOICE if question.multiple:
            return say("hint_several")
        case (
            QuestionKind.NUMBER
            | QuestionKind.DURATION
            | QuestionKind.MONEY
            | QuestionKind.DATE
            | QuestionKind.OPEN
            | QuestionKind.FILE
        ):
            return say(f"hint_{question.kind.value}")
        case _:
            return ""

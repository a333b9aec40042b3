"""A question in a modal: the fields, and what was filled in, read back with a sentence beside each field that is wrong.

Guarantees: pure. What is returned can be kept: it satisfies the rules of `screening.Question`, or it is errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from botapp.channels.slack.actions import About, Callback
from botapp.channels.slack.blocks import aside
from botapp.channels.slack.fitting import Block
from botapp.channels.slack.forms import View, chosen, modal, pick, typed, typing
from botapp.compose.wording import kind_words, weight_words
from botapp.screening.interviewer import WEIGHT_NORMAL, Knockout, Question, QuestionKind

TEXT, KIND, OPTIONS, RULE, VALUE, WEIGHT = "text", "kind", "options", "rule", "value", "weight"
TEXT_MAX, OPTION_MAX, OPTIONS_MAX = 600, 100, 50
_WEIGHTS = (0, 1, 2, 4, 6)
_RULES = (
    ("none", "Not a must-have"),
    ("yes", "Must be yes"),
    ("no", "Must be no"),
    ("gte", "At least, or on or after"),
    ("lte", "At most, or by"),
    ("in", "One of these options"),
)
_MEASURED = (QuestionKind.NUMBER, QuestionKind.DURATION, QuestionKind.MONEY)

Errors = dict[str, str]


@dataclass(frozen=True, slots=True)
class QuestionEdit:
    """What the question is to become."""

    text: str
    kind: QuestionKind
    options: tuple[str, ...]
    knockout: Knockout | None
    weight: int


def question_view(question: Question, number: int, about: About) -> View:
    """The modal that edits a question. `about` names interviewer, revision, question and thread."""
    rule, value = _rule_of(question.knockout)
    weights = sorted({*_WEIGHTS, question.weight})
    blocks: list[Block] = [
        typing(TEXT, "Question", question.text, longest=TEXT_MAX, lines=True),
        pick(KIND, "Answer", [(k.value, kind_words(k).capitalize()) for k in QuestionKind], question.kind.value),
        typing(
            OPTIONS, "Options", "\n".join(question.options), lines=True, optional=True, hint="For a choice: one a line."
        ),
        pick(RULE, "Must-have", list(_RULES), rule),
        typing(VALUE, "Value", value, optional=True, hint="A number, a date like 2026-05-31, or options with commas."),
        pick(WEIGHT, "Weight", [(str(w), weight_words(w).capitalize()) for w in weights], str(question.weight)),
        aside("Only open questions are scored. Only questions that are read exactly can be a must-have."),
    ]
    return modal(Callback.EDIT_QUESTION, f"Question {number}", blocks, about, submit="Save")


def _rule_of(knockout: Knockout | None) -> tuple[str, str]:
    if knockout is None:
        return "none", ""
    match knockout.op, knockout.value:
        case "eq", bool(value):
            return ("yes" if value else "no"), ""
        case "in", list(options):
            return "in", ", ".join(options)
        case ("gte" | "lte") as op, value:
            return op, f"{value:g}" if isinstance(value, float) else str(value)
        case _, value:
            return "in", str(value)


def read_question(view: Mapping[str, Any]) -> QuestionEdit | Errors:
    """What was filled in, or a sentence for each field that is wrong."""
    text, errors = typed(view, TEXT).strip(), Errors()
    if not text:
        errors[TEXT] = "A question needs words."
    elif len(text) > TEXT_MAX:
        errors[TEXT] = f"A question has at most {TEXT_MAX} characters; this has {len(text)}."
    kind = _kind(view, errors)
    options = _options(view, kind, errors)
    knockout = _knockout(view, kind, options, errors)
    weight = _weight(view, errors)
    if errors:
        return errors
    assert kind is not None
    return QuestionEdit(text, kind, options if kind is QuestionKind.CHOICE else (), knockout, weight)


def _kind(view: Mapping[str, Any], errors: Errors) -> QuestionKind | None:
    try:
        return QuestionKind(chosen(view, KIND))
    except ValueError:
        errors[KIND] = "Please choose how the answer is read."
        return None


def _options(view: Mapping[str, Any], kind: QuestionKind | None, errors: Errors) -> tuple[str, ...]:
    lines = (line.strip(" -•\t") for line in typed(view, OPTIONS).splitlines())
    options = tuple(dict.fromkeys(line for line in lines if line))
    if kind is QuestionKind.CHOICE and len(options) < 2:
        errors[OPTIONS] = "A choice needs at least two options, one a line."
    elif len(options) > OPTIONS_MAX:
        errors[OPTIONS] = f"At most {OPTIONS_MAX} options; these are {len(options)}."
    elif too_long := [option for option in options if len(option) > OPTION_MAX]:
        errors[OPTIONS] = (
            f"An option has at most {OPTION_MAX} characters: “{too_long[0][:40]}…” has {len(too_long[0])}."
        )
    return options


def _weight(view: Mapping[str, Any], errors: Errors) -> int:
    said = chosen(view, WEIGHT)
    if said.isdecimal() and said.isascii() and int(said) <= 10:
        return int(said)
    errors[WEIGHT] = "Please choose a weight."
    return WEIGHT_NORMAL


def _knockout(
    view: Mapping[str, Any], kind: QuestionKind | None, options: tuple[str, ...], errors: Errors
) -> Knockout | None:
    rule = chosen(view, RULE) or "none"
    if rule == "none" or kind is None:
        return None
    if kind in (QuestionKind.OPEN, QuestionKind.FILE, QuestionKind.AVAILABILITY):
        errors[RULE] = f"An answer that is {kind_words(kind)} can't be a must-have."
        return None
    made = _made(rule, typed(view, VALUE).strip(), kind, options)
    if isinstance(made, Knockout):
        return made
    errors.update(made)
    return None


def _made(rule: str, value: str, kind: QuestionKind, options: tuple[str, ...]) -> Knockout | Errors:
    match rule, kind:
        case (("yes" | "no"), QuestionKind.YES_NO):
            return Knockout(op="eq", value=rule == "yes")
        case ("gte" | "lte") as op, k if k in _MEASURED:
            return _measured(op, value)
        case ("gte" | "lte") as op, QuestionKind.DATE:
            return _dated(op, value)
        case "in", QuestionKind.CHOICE:
            return _among(value, options)
        case _:
            return {RULE: f"That rule does not fit {kind_words(kind)}. Please choose another."}


def _measured(op: str, value: str) -> Knockout | Errors:
    try:
        number = float(value.replace(",", ""))
    except ValueError:
        return {VALUE: "Which number? For example 2."}
    if not 0 <= number < 1e12:
        return {VALUE: "That number is out of range."}
    return Knockout(op="gte" if op == "gte" else "lte", value=number)


def _dated(op: str, value: str) -> Knockout | Errors:
    try:
        return Knockout(op="gte" if op == "gte" else "lte", value=date.fromisoformat(value).isoformat())
    except ValueError:
        return {VALUE: "Which date? For example 2026-05-31."}


def _among(value: str, options: tuple[str, ...]) -> Knockout | Errors:
    known = {option.casefold(): option for option in options}
    if value.casefold() in known:  # an option may have a comma in it
        return Knockout(op="in", value=[known[value.casefold()]])
    wanted = [part.strip() for part in value.split(",") if part.strip()]
    if strange := [part for part in wanted if part.casefold() not in known]:
        return {VALUE: f"“{strange[0][:60]}” is not one of the options above."}
    if not wanted:
        return {VALUE: "Which of the options keep somebody in? Name them, with commas between."}
    return Knockout(op="in", value=[known[part.casefold()] for part in wanted])

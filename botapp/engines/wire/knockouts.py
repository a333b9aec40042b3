"""Whether a knockout that a model wrote can be read on its question. What can't is left out, never guessed."""

from datetime import date
from typing import Literal

from botapp.engines.wire.task import Wire, one_line
from botapp.screening.interviewer import Knockout, Question, QuestionKind

_NUMERIC = {QuestionKind.NUMBER, QuestionKind.DURATION, QuestionKind.MONEY}


class WireKnockout(Wire):
    op: Literal["eq", "in", "gte", "lte"]
    value: bool | float | str | list[str]


def fitting(said: WireKnockout, question: Question) -> Knockout | None:
    """The knockout in the question's own terms, or None when it does not fit the question's kind."""
    value = said.value
    match question.kind, said.op:
        case QuestionKind.YES_NO, "eq" if isinstance(value, bool):
            return Knockout(op="eq", value=value)
        case kind, "gte" | "lte" | "eq" if kind in _NUMERIC and _is_number(value):
            return Knockout(op=said.op, value=value)
        case QuestionKind.DATE, "gte" | "lte" | "eq" if isinstance(value, str) and _is_date(value):
            return Knockout(op=said.op, value=value)
        case QuestionKind.CHOICE, "eq" | "in":
            return _chosen(value, question)
        case QuestionKind.AVAILABILITY, "in" if isinstance(value, list) and value:
            return Knockout(op="in", value=[one_line(item) for item in value])
    return None


def _chosen(value: bool | float | str | list[str], question: Question) -> Knockout | None:
    """One or several of the question's options, in its own words."""
    own = {option.lower(): option for option in question.options}
    names = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    options = [own[key] for name in names if (key := one_line(name).lower()) in own]
    if not options or len(options) != len(names):
        return None
    return Knockout(op="in", value=options)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

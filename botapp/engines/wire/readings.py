"""Reading a typed answer by a model: one shape per kind of question, and a value that fits the question or none."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from botapp.engines.wire.task import Task, Unusable, Wire, describe, numbered, one_line
from botapp.llm import AnswerRequest
from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Question, QuestionKind

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class WireRange(Wire):
    min: float | None
    max: float | None


class WireDates(Wire):
    min: str | None
    max: str | None


class WireMoney(Wire):
    amount: float | None
    min: float | None
    max: float | None
    period: Literal["hour", "day", "week", "biweek", "month", "year"] | None
    currency: str | None
    net: bool


class WireOptions(Wire):
    picked: list[str]
    any_of_these: bool


class WireAvailability(Wire):
    days: list[Day] | Literal["any"] | None
    parts: list[str]
    since: str | None
    until: str | None
    count: int | None


class WireReading(Wire):
    status: ReadingStatus
    condition: str
    because: str
    needs_person: bool


class YesNo(WireReading):
    value: bool | None


class Number(WireReading):
    value: float | WireRange | None


class Money(WireReading):
    value: WireMoney | Literal["open"] | None


class DateRead(WireReading):
    value: str | WireDates | None


class Choice(WireReading):
    value: WireOptions | Literal["any", "none"] | None


class Availability(WireReading):
    value: WireAvailability | None


class Unread(WireReading):
    value: None


_SHAPES: Mapping[QuestionKind, type[WireReading]] = {
    QuestionKind.YES_NO: YesNo,
    QuestionKind.NUMBER: Number,
    QuestionKind.DURATION: Number,
    QuestionKind.MONEY: Money,
    QuestionKind.DATE: DateRead,
    QuestionKind.CHOICE: Choice,
    QuestionKind.AVAILABILITY: Availability,
}
_WITH_VALUE = {ReadingStatus.CLEAR, ReadingStatus.CONDITIONAL}


def shape_for(request: AnswerRequest) -> type[WireReading]:
    return _SHAPES.get(request.question.kind, Unread)


def variables(request: AnswerRequest) -> dict[str, str]:
    return {
        "today": request.today.isoformat(),
        "question": describe(request.question),
        "messages": numbered(request.parts),
    }


def accept(request: AnswerRequest, said: WireReading) -> Reading:
    """The reading in the form every reader uses.

    Raises:
        Unusable: it claims to be clear without a value, or the value does not fit the question.
    """
    value = _value(said, request.question) if said.status in _WITH_VALUE else None
    if said.status is ReadingStatus.CLEAR and value is None:
        raise Unusable('The status is "clear", so "value" must hold the value that was stated.')
    return Reading(
        status=said.status,
        value=value,
        unit=request.question.unit if isinstance(said, Number) else "",
        condition=one_line(said.condition) if said.status is ReadingStatus.CONDITIONAL else "",
        because=one_line(said.because),
        needs_person=said.needs_person,
    )


def _value(said: WireReading, question: Question) -> Any:
    match said:
        case YesNo(value=value):
            return value
        case Number(value=WireRange() as span):
            return _range(span.min, span.max)
        case Number(value=value):
            return value
        case Money(value=WireMoney() as money):
            return _money(money)
        case DateRead(value=WireDates() as dates):
            return _range(_day(dates.min), _day(dates.max))
        case DateRead(value="any"):
            return "any"
        case DateRead(value=str() as day):
            return _day(day)
        case Choice(value=WireOptions() as options):
            return _picked(options, question)
        case Availability(value=WireAvailability() as hours):
            return _hours(hours)
        case Money(value=value) | Choice(value=value):
            return value
    return None


def _range(low: Any, high: Any) -> dict[str, Any] | None:
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        raise Unusable(f"The range {low} to {high} is upside down.")
    return {"min": low, "max": high}


def _money(said: WireMoney) -> dict[str, Any] | None:
    kept = {key: value for key, value in said.model_dump().items() if value not in (None, False)}
    return kept if kept.keys() & {"amount", "min", "max"} else None


def _day(text: str | None) -> str | None:
    """An ISO date or a month, as it stands."""
    if text is None:
        return None
    try:
        date.fromisoformat(f"{text}-01" if len(text) == len("2026-01") else text)
    except ValueError as error:
        raise Unusable("A date must be YYYY-MM-DD or YYYY-MM.") from error
    return text


def _picked(said: WireOptions, question: Question) -> Any:
    """The options in the question's own words: one, several, or any of several."""
    own = {one_line(option).lower(): option for option in question.options}
    names = [own.get(one_line(name).lower()) for name in said.picked]
    if not names or None in names:
        listed = ", ".join(question.options)
        raise Unusable(f"Each picked option must be one of these, word for word: {listed}.")
    if said.any_of_these:
        return {"any_of": names}
    if question.multiple:
        return names
    return names[0] if len(names) == 1 else {"any_of": names}


def _hours(said: WireAvailability) -> dict[str, Any] | None:
    named = {"days": said.days, "parts": said.parts, "from": said.since, "to": said.until, "count": said.count}
    return {key: value for key, value in named.items() if value not in (None, [])} or None


READ = Task("interview/read_answer", shape_for, variables, accept)

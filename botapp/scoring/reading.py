"""Reads one typed answer by rules and says whether it meets a knockout. Pure: no clock, no network.

It guarantees that what has no single reading is unclear, never guessed, and that health, disability, pregnancy or
religion behind an answer is left to a person. It must not decide anything on an unclear or conditional reading.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from botapp.llm import AnswerRequest
from botapp.scoring.readers import availability, choice, duration, money, number, signals, yes_no
from botapp.scoring.readers import date as dates
from botapp.scoring.readers.words import fold, readable, spoken
from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Knockout, Question, QuestionKind

_CODE = re.compile(r"</?[a-z!][^<>]{0,200}>|\w\(\w*\)|\{\{|\]\]|javascript:|https?://")
_YES_BUTTONS = frozenset({"yes", "true", "y", "si", "oui", "ja"})
_NO_BUTTONS = frozenset({"no", "false", "n", "non", "nein"})


def read_answer(request: AnswerRequest) -> Reading:
    """The reading of everything said to a typed question so far; a pressed button is exact."""
    question = request.question
    if request.button_value:
        pressed = _pressed(question, request.button_value)
        if pressed:
            return pressed
    text = spoken(request.parts) or fold(request.button_value)
    if not any(ch.isalnum() or ord(ch) > 0x2000 for ch in text):
        return signals.status(ReadingStatus.NO_ANSWER, "nothing to read")
    if _CODE.search(text):
        return signals.unclear("looks like code, not an answer")
    if not readable(text):
        return signals.unclear("too long to read by rule")
    return _weighed(question, _by_kind(question, text, request.today), text)


def _by_kind(question: Question, text: str, today: date) -> Reading:
    match question.kind:
        case QuestionKind.YES_NO:
            return yes_no.read(question.text, text, today)
        case QuestionKind.NUMBER:
            return number.read(question.text, question.unit, text, today)
        case QuestionKind.DURATION:
            return duration.read(question.text, text, today)
        case QuestionKind.MONEY:
            return money.read(question.text, question.unit, text)
        case QuestionKind.DATE:
            return dates.read(question.text, text, today)
        case QuestionKind.CHOICE:
            return choice.read(question.text, question.options, question.multiple, text)
        case QuestionKind.AVAILABILITY:
            return availability.read(text)
        case QuestionKind.FILE | QuestionKind.OPEN:
            return signals.clear(text, "taken as it is")


def _weighed(question: Question, reading: Reading, text: str) -> Reading:
    """A private reason behind anything but a plain pass goes to a person."""
    if reading.status is ReadingStatus.QUESTION_BACK or not signals.private_reason(text):
        return reading
    favourable = meets(question.knockout, reading, question) if question.knockout else _is_plain_yes(question, reading)
    return reading if favourable else reading.model_copy(update={"needs_person": True})


def _is_plain_yes(question: Question, reading: Reading) -> bool:
    return reading.status is ReadingStatus.CLEAR and (question.kind is not QuestionKind.YES_NO or reading.value is True)


def _pressed(question: Question, value: str) -> Reading | None:
    """The exact reading of a button; None when its value isn't one of the question's own."""
    said = fold(value)
    if question.kind is QuestionKind.YES_NO and said in _YES_BUTTONS | _NO_BUTTONS:
        return signals.clear(said in _YES_BUTTONS, "a button was pressed")
    option = next((o for o in question.options if fold(o) == said), None)
    if option is not None:
        return signals.clear([option] if question.multiple else option, "a button was pressed")
    return None


def meets(knockout: Knockout, reading: Reading, question: Question) -> bool | None:
    """True stays in, False clearly fails, None: ask, or a person decides."""
    if reading.status is not ReadingStatus.CLEAR or reading.needs_person or reading.condition:
        return None
    match question.kind:
        case QuestionKind.YES_NO:
            return _meets_yes_no(knockout, reading.value)
        case QuestionKind.MONEY:
            limit = _as_number(knockout.value)
            return (
                None
                if limit is None or knockout.op not in ("gte", "lte")
                else money.meets(reading.value, question.unit, question.text, knockout.op, limit)
            )
        case QuestionKind.DATE:
            return _meets_date(knockout, reading.value)
        case QuestionKind.CHOICE:
            return choice.fits(reading.value, _as_list(knockout.value))
        case QuestionKind.AVAILABILITY:
            return _meets_availability(knockout, reading.value)
        case QuestionKind.NUMBER | QuestionKind.DURATION:
            return _meets_number(knockout, reading.value)
        case _:
            return None


def _meets_yes_no(knockout: Knockout, value: Any) -> bool | None:
    if not isinstance(value, bool):
        return None
    wanted = knockout.value
    if isinstance(wanted, str):
        wanted = fold(wanted) in _YES_BUTTONS
    return value is wanted if isinstance(wanted, bool) else None


def _as_number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _as_list(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


@dataclass(frozen=True)
class _Bounds:
    low: float | None
    high: float | None

    @classmethod
    def of(cls, value: Any) -> "_Bounds | None":
        if isinstance(value, dict):
            return cls(value.get("min"), value.get("max"))
        point = _as_number(value)
        return None if point is None else cls(point, point)


def _meets_number(knockout: Knockout, value: Any) -> bool | None:
    limit, said = _as_number(knockout.value), _Bounds.of(value)
    if limit is None or said is None:
        return None
    low = said.low if said.low is not None else float("-inf")
    high = said.high if said.high is not None else float("inf")
    slack = 1e-6
    match knockout.op:
        case "gte":
            return True if low >= limit - slack else False if high < limit - slack else None
        case "lte":
            return True if high <= limit + slack else False if low > limit + slack else None
        case "eq":
            return True if low == high == limit else False if limit < low or limit > high else None
        case _:
            return None


def _meets_date(knockout: Knockout, value: Any) -> bool | None:
    if isinstance(value, dict) and "any_of" in value:
        verdicts = {_meets_date(knockout, v) for v in value["any_of"]}
        return verdicts.pop() if len(verdicts) == 1 else None
    try:
        limit = date.fromisoformat(str(knockout.value))
    except ValueError:
        return None
    if value == "any":
        return True if knockout.op == "lte" else None
    span = dates.span_of(value, limit)
    if span is None:
        return None
    if knockout.op == "gte":
        return True if span[0] >= limit else False if span[1] < limit else None
    if knockout.op == "lte":
        return True if span[1] <= limit else False if span[0] > limit else None
    return None


def _meets_availability(knockout: Knockout, value: Any) -> bool | None:
    if knockout.op in ("gte", "lte"):
        days = value.get("days") if isinstance(value, dict) else None
        count = value.get("count") if days == "any" else len(days) if isinstance(days, list) else None
        return None if count is None else _meets_number(knockout, count)
    wanted = [availability.day_of(w) for w in _as_list(knockout.value)]
    if not all(w in availability.DAYS for w in wanted):
        return None
    return availability.covers(value, wanted)

"""What was put into a form, read exactly: each field a reading, or one problem with it. Pure.

Nothing here guesses: a field holds a value of its kind or it is refused. Fields that are not of this form are ignored.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from botapp.scoring.readers.availability import DAYS
from botapp.screening.file_types import MOST_BYTES, is_accepted
from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Question, QuestionKind

WORDS_MAX = 5000  # characters of an open answer
PARTS = ("morning", "afternoon", "evening", "night")
PERIODS = ("hour", "day", "week", "month", "year")
NONE_OF_THEM = "\u2205"  # the box "none of these" of a choice with several answers
ENGINE = "form"
_BECAUSE = "put into the form"
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")
_GROUPED = re.compile(r"(?<=\d)[,'\s\u00a0\u202f](?=\d{3}(?:\D|$))")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_SCALE = re.compile(r"\b(?:from|scale of|between)\s+(\d{1,2})\s*(?:to|-|\u2013|and)\s*(\d{1,3})\b", re.IGNORECASE)
_YEARS_MAX, _EARLIEST, _LATEST = 80, 1900, 2200


class Problem(StrEnum):
    """What is wrong with a field."""

    MISSING = "missing"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    NO_DAYS = "no_days"
    NOT_A_TIME = "not_a_time"
    TOO_LONG = "too_long"
    FILE_TOO_LARGE = "file_too_large"
    FILE_TYPE = "file_type"
    FILE_EMPTY = "file_empty"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    name: str
    content_type: str
    content: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        return sha256(self.content).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was sent: the values of each field by its name, and the file of each question."""

    fields: Mapping[str, Sequence[str]]
    files: Mapping[str, UploadedFile] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The field's first value as the database can keep it, without blanks around it."""
        return _storable(next(iter(self.fields.get(name, ())), "")).strip()

    def all(self, name: str) -> list[str]:
        return [_storable(value).strip() for value in self.fields.get(name, ())]


@dataclass(frozen=True, slots=True)
class Read:
    """One answer: its reading (open answers have none) and the words that show it."""

    reading: Reading | None
    text: str


def read_form(
    questions: Iterable[Question], form: Form, kept: Mapping[str, str] | None = None
) -> tuple[dict[str, Read], dict[str, Problem]]:
    """(answers, problems), each by question id. `kept`: files of this form that we have already, by question id."""
    answers: dict[str, Read] = {}
    problems: dict[str, Problem] = {}
    for question in questions:
        found = _read(question, form, (kept or {}).get(question.id, ""))
        if isinstance(found, Problem):
            problems[question.id] = found
        elif found is not None:
            answers[question.id] = found
    return answers, problems


def is_optional(question: Question) -> bool:
    """Words and files that count for nothing may be left out; everything else is asked because it is needed."""
    return question.weight == 0 and question.kind in (QuestionKind.OPEN, QuestionKind.FILE)


def scale_of(question: Question) -> tuple[int, int] | None:
    """The ends of a scale that the question names ("from 1 to 10")."""
    found = _SCALE.search(question.text) if question.kind is QuestionKind.NUMBER else None
    if found is None:
        return None
    low, high = int(found[1]), int(found[2])
    return (low, high) if low < high else None


def _read(question: Question, form: Form, kept: str) -> Read | Problem | None:
    match question.kind:
        case QuestionKind.FILE:
            return _file(question, form.files.get(question.id), kept)
        case QuestionKind.OPEN:
            return _words(question, form)
        case QuestionKind.YES_NO:
            return _yes_no(form.one(question.id))
        case QuestionKind.NUMBER:
            return _number(question, form.one(question.id))
        case QuestionKind.DURATION:
            return _duration(form.one(question.id), form.one(f"{question.id}.unit"))
        case QuestionKind.MONEY:
            return _money(question, form.one(question.id), form.one(f"{question.id}.period"))
        case QuestionKind.DATE:
            return _date(form.one(question.id))
        case QuestionKind.CHOICE:
            return _choice(question, form.all(question.id))
        case QuestionKind.AVAILABILITY:
            return _availability(question.id, form)


def _clear(value: Any, text: str, unit: str = "") -> Read:
    return Read(Reading(status=ReadingStatus.CLEAR, value=value, unit=unit, because=_BECAUSE, engine=ENGINE), text)


def _words(question: Question, form: Form) -> Read | Problem | None:
    text = form.one(question.id)
    if not text:
        return None if is_optional(question) else Problem.MISSING
    return Problem.TOO_LONG if len(text) > WORDS_MAX else Read(None, text)


def _file(question: Question, file: UploadedFile | None, kept: str) -> Read | Problem | None:
    if file is None:
        if kept:
            return _clear(kept, kept)
        return None if is_optional(question) else Problem.MISSING
    if len(file.content) > MOST_BYTES:
        return Problem.FILE_TOO_LARGE
    if not file.content:
        return Problem.FILE_EMPTY
    return _clear(file.name, file.name) if is_accepted(file.name, file.content) else Problem.FILE_TYPE


def _yes_no(given: str) -> Read | Problem:
    match given:
        case "yes":
            return _clear(True, "Yes")
        case "no":
            return _clear(False, "No")
        case "":
            return Problem.MISSING
        case _:
            return Problem.NOT_A_CHOICE


def _as_number(given: str) -> float | Problem:
    """A number as people type it: 1,200 and 2,5 and 45."""
    if not given:
        return Problem.MISSING
    plain = _GROUPED.sub("", given)
    return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else Problem.NOT_A_NUMBER


def plain(value: float) -> str:
    """A number in digits, without an exponent or needless zeros."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _number(question: Question, given: str) -> Read | Problem:
    value = _as_number(given)
    if isinstance(value, Problem):
        return value
    low, high = scale_of(question) or (-math.inf, math.inf)
    if not low <= value <= high:
        return Problem.OUT_OF_RANGE
    return _clear(value, f"{plain(value)} {question.unit}".strip(), question.unit)


def _duration(given: str, unit: str) -> Read | Problem:
    value = _as_number(given)
    if isinstance(value, Problem):
        return value
    if unit not in ("years", "months"):
        return Problem.NOT_A_CHOICE
    years = value / 12 if unit == "months" else value
    if not 0 <= years <= _YEARS_MAX:
        return Problem.OUT_OF_RANGE
    return _clear(round(years, 4), f"{plain(value)} {unit.removesuffix('s') if value == 1 else unit}", "years")


def _money(question: Question, given: str, period: str) -> Read | Problem:
    value = _as_number(given)
    if isinstance(value, Problem):
        return value
    if period not in PERIODS:
        return Problem.NOT_A_CHOICE
    if value < 0:
        return Problem.OUT_OF_RANGE
    currency = currency_of(question)
    money = {"amount": value, "period": period, "currency": currency}
    return _clear(money, f"{value:,.2f}".removesuffix(".00") + f" {currency} per {period}", question.unit)


def currency_of(question: Question) -> str:
    """What the question's pay is counted in."""
    return question.unit.partition("/")[0].strip().upper() or "USD"


def period_of(question: Question) -> str:
    """What the question's pay is for: the hour, unless it says otherwise."""
    named = question.unit.partition("/")[2].strip().lower()
    return named if named in PERIODS else "hour"


def _date(given: str) -> Read | Problem:
    if not given:
        return Problem.MISSING
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return Problem.NOT_A_DATE
    return _clear(day.isoformat(), day.isoformat()) if _EARLIEST <= day.year <= _LATEST else Problem.OUT_OF_RANGE


def _choice(question: Question, given: list[str]) -> Read | Problem:
    picked = list(dict.fromkeys(filter(None, given)))
    if not picked:
        return Problem.MISSING
    if question.multiple and picked == [NONE_OF_THEM]:
        return _clear("none", "None of these")
    if not set(picked) <= set(question.options) or (len(picked) > 1 and not question.multiple):
        return Problem.NOT_A_CHOICE
    chosen = [option for option in question.options if option in picked]
    return _clear(chosen if question.multiple else chosen[0], ", ".join(chosen))


def _availability(id: str, form: Form) -> Read | Problem:
    days, parts = set(form.all(f"{id}.days")), set(form.all(f"{id}.parts"))
    start, end = form.one(f"{id}.from"), form.one(f"{id}.to")
    if not days:
        return Problem.NO_DAYS
    if not days <= set(DAYS) or not parts <= set(PARTS):
        return Problem.NOT_A_CHOICE
    if not all(_TIME.fullmatch(time) for time in (start, end) if time):
        return Problem.NOT_A_TIME
    value: dict[str, Any] = {"days": [day for day in DAYS if day in days]}
    if start or end:
        value |= {name: time for name, time in (("from", start), ("to", end)) if time}
    elif parts:
        value["parts"] = [part for part in PARTS if part in parts]
    return _clear(value, _availability_words(value))


def _availability_words(value: Mapping[str, Any]) -> str:
    named = "every day" if len(value["days"]) == len(DAYS) else ", ".join(day.capitalize() for day in value["days"])
    hours = " ".join(f"{word} {value[word]}" for word in ("from", "to") if word in value)
    parts = ", ".join(f"{part}s" for part in value.get("parts", ()))
    return "; ".join(filter(None, (named, parts, hours)))


def _storable(text: str) -> str:
    """Half of a surrogate pair or a NUL can't be stored everywhere; everything else is kept as it was sent."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


# ---- what a field shows before anything is typed ------------------------------------------------------------


def known_fields(question: Question, reading: Reading | None, words: str) -> dict[str, list[str]]:
    """The fields of this question as they stand filled in already, from what was said in the thread.

    Only a clear reading that the field can hold: anything else is asked afresh.
    """
    if question.is_open:
        return {question.id: [words]} if words else {}
    if reading is None or reading.status is not ReadingStatus.CLEAR or reading.needs_person:
        return {}
    value = reading.value
    match question.kind, value:
        case QuestionKind.YES_NO, bool():
            return {question.id: ["yes" if value else "no"]}
        case QuestionKind.NUMBER, int() | float():
            return {question.id: [plain(value)]}
        case QuestionKind.DURATION, int() | float():
            return _known_duration(question.id, float(value))
        case QuestionKind.MONEY, {"amount": amount, "period": period} if value.get("currency") == currency_of(question):
            return {question.id: [plain(amount)], f"{question.id}.period": [str(period)]}
        case QuestionKind.DATE, str() if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return {question.id: [value]}
        case QuestionKind.CHOICE, _:
            picked = value if isinstance(value, list) else [NONE_OF_THEM] if value == "none" else [value]
            fits = all(option in (*question.options, NONE_OF_THEM) for option in picked)
            return {question.id: picked} if fits and (question.multiple or len(picked) == 1) else {}
        case QuestionKind.AVAILABILITY, {"days": [*days]}:
            return {
                f"{question.id}.days": [day for day in days if day in DAYS],
                f"{question.id}.parts": [part for part in value.get("parts", ()) if part in PARTS],
            }
        case _:
            return {}


def _known_duration(id: str, years: float) -> dict[str, list[str]]:
    months = round(years * 12)
    if months % 12 and months < 36:
        return {id: [str(months)], f"{id}.unit": ["months"]}
    return {id: [plain(round(years, 2))], f"{id}.unit": ["years"]}

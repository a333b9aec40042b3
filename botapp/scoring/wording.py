"""How values, gates and scores are said to a recruiter. Words only: nothing here decides."""

from typing import Any

from botapp.screening.interview import Gate, Reading, ReadingStatus, Scorecard, StageScore
from botapp.screening.interviewer import Knockout, Question, QuestionKind, StageBase

_OUTCOME = {
    "passed": "",
    "failed": "not met",
    "needs_person": "needs a person",
    "not_reached": "not reached",
}
_STATUS = {
    ReadingStatus.UNCLEAR: "the answer is unclear",
    ReadingStatus.CONDITIONAL: "it depends",
    ReadingStatus.REFUSED: "they would rather not say",
    ReadingStatus.QUESTION_BACK: "they only asked something back",
    ReadingStatus.NO_ANSWER: "no answer to this question",
}
_STAGE = {"chat": "Chat", "form": "Form", "resume": "Resume", "voice": "Voice", "scenario": "Scenario"}


def plain_number(value: float) -> str:
    """72.0 -> "72", 72.25 -> "72.3", 1500 -> "1,500"."""
    rounded = round(float(value), 1)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,}"


def points(value: float | None) -> str:
    """A 0-100 score as a whole number. Never rounded up to a bar it did not reach."""
    return "no score" if value is None else str(int(value + 1e-9))


def answer_score(value: float) -> str:
    """A 1-5 score: "4" or "3.5"."""
    return f"{value:g}"


def plural(count: int, noun: str) -> str:
    """1 answer, 2 answers."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def joined(items: list[str], last: str = "and") -> str:
    """a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def topic_of(question: Question) -> str:
    """What recruiters call a question: its topic, or else its words."""
    name = question.topic.strip() or question.text.strip()
    return name[:1].upper() + name[1:]


def stage_title(stage: StageBase, kind: str) -> str:
    return stage.title or _STAGE.get(kind, kind.capitalize())


def with_unit(value: Any, question: Question) -> str:
    """A number in the question's unit: "2 years", "50 lb", "18 USD/hour"."""
    unit = "years" if question.kind is QuestionKind.DURATION else question.unit
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    said = plain_number(value)
    return f"{said} {unit[:-1] if said == '1' and unit.endswith('s') else unit}".strip()


def requirement(question: Question, knockout: Knockout) -> str:
    """The condition to stay in: "at least 2 years", "must be yes"."""
    match knockout.op, knockout.value:
        case "eq", bool(value):
            return f"must be {'yes' if value else 'no'}"
        case "eq", value:
            return f"must be {with_unit(value, question)}"
        case "in", list(options):
            return f"must be {joined(options, 'or')}"
        case "gte", value:
            return f"{_least(question)} {with_unit(value, question)}"
        case "lte", value:
            return f"{_most(question)} {with_unit(value, question)}"
        case _, value:
            return f"must be {value}"


def _least(question: Question) -> str:
    return "on or after" if question.kind is QuestionKind.DATE else "at least"


def _most(question: Question) -> str:
    return "by" if question.kind is QuestionKind.DATE else "at most"


def reading_words(reading: Reading | None, question: Question) -> str:
    """A typed answer as it was read: "yes", "2 years", "Monday and Tuesday", or why there is no reading."""
    if reading is None:
        return "not read"
    if reading.status is not ReadingStatus.CLEAR:
        said = _STATUS[reading.status]
        return f"{said}: {' / '.join(reading.condition.split(chr(10)))}" if reading.condition else said
    return value_words(reading.value, question)


def value_words(value: Any, question: Question) -> str:
    """A normalised value in words."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return "nothing stated"
        case int() | float():
            return with_unit(value, question)
        case list():
            return joined([str(v) for v in value]) or "none"
        case dict():
            return _structure_words(value, question)
        case _:
            return str(value)


def _structure_words(value: dict[str, Any], question: Question) -> str:
    if "any_of" in value:
        return joined([str(v) for v in value["any_of"]], "or")
    if "days" in value:
        return _availability_words(value)
    if "amount" in value or "period" in value:
        return _money_words(value)
    return _range_words(value.get("min"), value.get("max"), question)


def _money_words(value: dict[str, Any]) -> str:
    amounts = [value[k] for k in ("amount", "min", "max") if value.get(k) is not None]
    said = " to ".join(plain_number(a) for a in amounts)
    period = f" a {value['period']}" if value.get("period") else ""
    return f"{value.get('currency', '')} {said}{period}{' net' if value.get('net') else ''}".strip()


def _range_words(low: Any, high: Any, question: Question) -> str:
    if low is None or high is None:
        known = low if high is None else high
        return f"{'at least' if high is None else 'at most'} {with_unit(known, question)}"
    if all(isinstance(value, int | float) for value in (low, high)):
        return f"{plain_number(low)} to {with_unit(high, question)}"
    return f"{value_words(low, question)} to {value_words(high, question)}"


def _availability_words(value: dict[str, Any]) -> str:
    days = value["days"]
    said = "any day" if days == "any" else joined([str(day).capitalize() for day in days]) or "no day"
    if value.get("count"):
        said = f"{said}, {plural(int(value['count']), 'day')} a week"
    parts = value.get("parts") or []
    hours = [f"{word} {value[word]}" for word in ("from", "to") if value.get(word)]
    return ", ".join(filter(None, (said, joined([str(p) for p in parts]), " ".join(hours))))


def gate_line(gate: Gate) -> str:
    """One gate in words: "Has CDL class A: yes"."""
    mark = _OUTCOME[gate.outcome]
    over = ", changed by a person" if gate.overridden_by else ""
    return f"{gate.name}: {gate.reason}{f' ({mark}{over})' if mark else f' ({over[2:]})' if over else ''}"


def coverage(answered: int, counted: int) -> str:
    """ "from 5 of 6 answers"."""
    return f"from {answered} of {plural(counted, 'answer')}"


def headline(card: Scorecard) -> str:
    """ "72, from 5 of 6 answers"."""
    if card.overall is None:
        return "No score yet" if card.counted else "Nothing in this interview is scored"
    return f"{points(card.overall)}, {coverage(card.answered, card.counted)}"


def stage_line(stage: StageScore) -> str:
    """ "Chat: 72, from 5 of 6 answers"."""
    if stage.score is None:
        return f"{stage.title}: no score"
    return f"{stage.title}: {points(stage.score)}, {coverage(stage.answered, stage.counted)}"

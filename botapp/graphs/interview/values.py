"""How a reading is said back to the person who gave it, and how a question is put again. Words only."""

from datetime import date
from typing import Any

from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Question, QuestionKind

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SIGNS = {"USD": "$", "GBP": "£", "EUR": "€"}


def said_value(question: Question, reading: Reading) -> str:
    """The value in a few words ("two and a half years"), or "" when it has no short form."""
    value = reading.value
    match question.kind:
        case QuestionKind.YES_NO:
            return "yes" if value is True else "no" if value is False else ""
        case QuestionKind.DURATION:
            return _span(value, years)
        case QuestionKind.NUMBER:
            unit = question.unit.removesuffix("s") if value == 1 else question.unit
            return " ".join(filter(None, (_span(value, plain_number), unit)))
        case QuestionKind.MONEY:
            return _money(value)
        case QuestionKind.DATE:
            return _date(value)
        case QuestionKind.CHOICE:
            return _choice(value)
        case _:
            return ""


def acknowledgement(question: Question, reading: Reading) -> str:
    """A few words that show the answer was read."""
    value = said_value(question, reading)
    if not value:
        return "Noted."
    topic = question.topic.strip()
    if question.kind is QuestionKind.YES_NO and topic:
        return f"{topic[0].upper()}{topic[1:]}: {value}."
    return f"{value[0].upper()}{value[1:]}, noted."


def clarification(question: Question, reading: Reading | None) -> tuple[str, str]:
    """The one further try at a typed answer: what was not clear, without blame, and the question in fitting words."""
    if reading and reading.status is ReadingStatus.CONDITIONAL:
        return "I see that it depends.", _as_of_today(question)
    about = _about(question)
    match question.kind:
        case QuestionKind.YES_NO:
            return "I couldn't tell whether that is a yes or a no.", question.text
        case QuestionKind.DURATION:
            return "I didn't catch how long.", f"About how many years or months{about}?"
        case QuestionKind.NUMBER:
            return "I didn't catch a number there.", f"About how many {question.unit or 'is it'}{about}?"
        case QuestionKind.MONEY:
            return "I didn't catch an amount.", f"Roughly how much, and per hour, month or year{about}?"
        case QuestionKind.DATE:
            return "I didn't catch a date.", f"Which day or month would that be{about}?"
        case QuestionKind.CHOICE:
            which = f"Which fits best: {listed(question.options, 'or')}?"
            return "I couldn't match that to one of the options.", which
        case QuestionKind.AVAILABILITY:
            return "I didn't catch the days and times.", "Which days can you work, and from when to when?"
        case _:
            return "I didn't quite catch that.", question.text


def put_plainly(question: Question, prompt: str) -> str:
    """What was asked, again, with what kind of answer is enough."""
    return f"{prompt} {_HINTS.get(question.kind, '')}{_options(question)}".strip()


_HINTS = {
    QuestionKind.YES_NO: "A yes or a no is enough.",
    QuestionKind.NUMBER: "Just a number is enough, and a rough one is fine.",
    QuestionKind.DURATION: "Roughly how many years or months is enough.",
    QuestionKind.MONEY: "A rough amount is enough, with per hour, month or year.",
    QuestionKind.DATE: "A day or a month is enough.",
    QuestionKind.CHOICE: "Pick what fits best: ",
    QuestionKind.AVAILABILITY: "Tell me the days, and from when to when.",
    QuestionKind.OPEN: "Two or three sentences in your own words are enough. A real example helps.",
}


def listed(items: tuple[str, ...] | list[str], word: str) -> str:
    """`a, b or c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def years(value: float) -> str:
    """2.5 -> "two and a half years"; under a year in months."""
    months = round(value * 12)
    if 0 < months < 12:
        return "half a year" if months == 6 else f"{plain_number(months)} {'month' if months == 1 else 'months'}"
    whole, rest = divmod(months, 12)
    if rest == 6:
        return f"{plain_number(whole)} and a half years"
    if rest == 0:
        return f"{plain_number(whole)} {'year' if whole == 1 else 'years'}"
    return f"{plain_number(round(value, 1))} years"


def plain_number(value: float) -> str:
    """Small whole numbers as words, others in digits without a needless .0."""
    if float(value).is_integer():
        whole = int(value)
        return _SMALL[whole] if 0 < whole < len(_SMALL) else f"{whole:,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def day(value: date) -> str:
    """`Tuesday 6 May`."""
    return f"{value:%A} {value.day} {value:%B}"


def _about(question: Question) -> str:
    return f", for {question.topic}" if question.topic else ""


def _options(question: Question) -> str:
    return f"{listed(question.options, 'or')}." if question.kind is QuestionKind.CHOICE else ""


def _as_of_today(question: Question) -> str:
    if question.kind is QuestionKind.YES_NO:
        return f"As things stand today, is it a yes or a no? {question.text}"
    return f"As things stand today: {question.text[0].lower()}{question.text[1:]}"


def _span(value: Any, say: Any) -> str:
    if isinstance(value, dict):
        low, high = value.get("min"), value.get("max")
        if low is None:
            return f"up to {say(high)}" if high is not None else ""
        if high is None:
            return f"at least {say(low)}"
        if say is years and not (float(low).is_integer() and float(high).is_integer()) and high - low <= 1.1:
            return f"about {years(round(low + high) / 2)}"  # "since 2015" is one length, not two
        return f"{plain_number(low)} to {say(high)}"
    return say(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _money(value: Any) -> str:
    if value == "open":
        return "open on pay"
    if not isinstance(value, dict):
        return ""
    sign = _SIGNS.get(str(value.get("currency", "")), "")
    amounts = [value.get("amount"), value.get("min"), value.get("max")]
    said = [f"{sign}{amount:,.2f}".removesuffix(".00") for amount in amounts if isinstance(amount, (int, float))]
    return f"{' to '.join(said)} per {value['period']}" if said and value.get("period") else " to ".join(said)


def _date(value: Any) -> str:
    if value == "any":
        return "any day"
    try:
        return day(date.fromisoformat(value)) if isinstance(value, str) else ""
    except ValueError:
        return _month(value)


def _month(value: str) -> str:
    try:
        return f"{date.fromisoformat(f'{value}-01'):%B %Y}"
    except ValueError:
        return ""


def _choice(value: Any) -> str:
    match value:
        case "any":
            return "any of them"
        case "none":
            return "none of them"
        case str():
            return value
        case list():
            return listed([str(item) for item in value], "and")
        case {"any_of": [*options]}:
            return listed([str(option) for option in options], "or")
        case _:
            return ""

"""How a reading is said back to the person who gave it, and how a question is put again. Words only."""

from collections.abc import Callable
from datetime import date
from typing import Any

from botapp.compose.wording import knockout_words
from botapp.graphs.interview.speech import DEFAULT, say, several
from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Question, QuestionKind

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SIGNS = {"USD": "$", "GBP": "£", "EUR": "€"}
_PERIODS = ("hour", "day", "week", "biweek", "month", "year")
_MARKS = {"es": ".,", "fr": " ,", "de": ".,"}  # of thousands and of decimals; else ",."


def said_value(question: Question, reading: Reading, language: str = DEFAULT) -> str:
    """The value in a few words ("two and a half years"), or "" when it has no short form."""
    value = reading.value
    match question.kind:
        case QuestionKind.YES_NO:
            return say("values.yes" if value else "values.no", language) if isinstance(value, bool) else ""
        case QuestionKind.DURATION:
            return _span(value, years, language)
        case QuestionKind.NUMBER:
            unit = question.unit.removesuffix("s") if value == 1 else question.unit
            return " ".join(filter(None, (_span(value, plain_number, language), unit)))
        case QuestionKind.MONEY:
            return _money(value, language)
        case QuestionKind.DATE:
            return _date(value, language)
        case QuestionKind.CHOICE:
            return _choice(value, language)
        case _:
            return ""


def acknowledgement(question: Question, reading: Reading, language: str = DEFAULT) -> str:
    """A few words that show the answer was read."""
    value = said_value(question, reading, language)
    if not value:
        return say("values.noted", language)
    topic = question.topic.strip()
    if question.kind is QuestionKind.YES_NO and topic:
        return say("values.topic_is", language, topic=_capital(topic), value=value)
    return say("values.value_noted", language, value=_capital(value))


def clarification(question: Question, reading: Reading | None, language: str = DEFAULT) -> tuple[str, str]:
    """The one further try at a typed answer: what was not clear, without blame, and the question in fitting words."""
    if reading and reading.status is ReadingStatus.CONDITIONAL:
        return say("unclear.depends", language), _as_of_today(question, language)
    unclear = "other" if question.is_open or question.kind is QuestionKind.FILE else question.kind.value
    return say(f"unclear.{unclear}", language), put_otherwise(question, language)


def put_otherwise(question: Question, language: str = DEFAULT) -> str:
    """The same question in other words, where its kind has some."""
    about = "_for" if question.topic else ""
    match question.kind:
        case QuestionKind.DURATION | QuestionKind.MONEY | QuestionKind.DATE:
            return say(f"unclear.ask_{question.kind.value}{about}", language, topic=question.topic)
        case QuestionKind.NUMBER:
            what = "units" if question.unit else "number"
            return say(f"unclear.ask_{what}{about}", language, unit=question.unit, topic=question.topic)
        case QuestionKind.CHOICE:
            return say("unclear.ask_choice", language, options=listed(question.options, say("values.or", language)))
        case QuestionKind.AVAILABILITY:
            return say("unclear.ask_availability", language)
        case _:
            return question.text


def put_plainly(question: Question, prompt: str, language: str = DEFAULT) -> str:
    """What was asked, put differently: what it is about and what kind of answer is enough.

    A follow-up, and a question without a name for what it is about, keep their words.
    """
    options = listed(question.options, say("values.or", language))
    hint = (
        "" if question.kind is QuestionKind.FILE else say(f"plainly.{question.kind.value}", language, options=options)
    )
    if question.kind not in (QuestionKind.YES_NO, QuestionKind.OPEN, QuestionKind.FILE) and question.topic:
        return f"{put_otherwise(question, language)} {hint}".strip()
    if question.topic and prompt == question.text:
        return f"{say('plainly.about', language, topic=question.topic)} {prompt} {hint}".strip()
    return f"{prompt} {hint}".strip()


def must_be(question: Question, language: str = DEFAULT) -> str:
    """The condition of a must-have that is no yes or no, in words."""
    rule = question.knockout
    if rule is None:
        return ""
    if language == DEFAULT:
        return knockout_words(question)
    key = {"gte": "values.must_be_min", "lte": "values.must_be_max"}.get(rule.op, "values.must_be")
    if isinstance(rule.value, list):
        return say(key, language, value=listed([str(item) for item in rule.value], say("values.or", language)))
    amount = float(rule.value) if isinstance(rule.value, int | float) else None
    if amount is None:
        return say(key, language, value=str(rule.value))
    if question.kind is QuestionKind.DURATION:
        return say(key, language, value=years(amount, language))
    return say(key, language, value=f"{plain_number(amount, language)} {question.unit}".strip())


def listed(items: tuple[str, ...] | list[str], word: str) -> str:
    """`a, b or c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def years(value: float, language: str = DEFAULT) -> str:
    """2.5 -> "two and a half years"; under a year in months."""
    months = round(value * 12)
    if 0 < months < 12:
        if months == 6:
            return say("values.half_a_year", language)
        return f"{plain_number(months, language)} {say('values.month' if months == 1 else 'values.months', language)}"
    whole, rest = divmod(months, 12)
    if rest == 6 and language == DEFAULT:
        return f"{plain_number(whole)} and a half years"
    said = plain_number(whole if rest == 0 else round(value, 1), language)
    return f"{said} {say('values.year' if months == 12 else 'values.years', language)}"


def plain_number(value: float, language: str = DEFAULT) -> str:
    """In digits without a needless .0, as that language writes them; in English small whole numbers as words."""
    if float(value).is_integer():
        whole = int(value)
        if language == DEFAULT and 0 < whole < len(_SMALL):
            return _SMALL[whole]
        return _written(f"{whole:,}", language)
    return _written(f"{value:,.2f}".rstrip("0").rstrip("."), language)


def _written(number: str, language: str) -> str:
    return number.translate(str.maketrans(",.", _MARKS.get(language, ",.")))


def day(value: date, language: str = DEFAULT) -> str:
    """`Tuesday 6 May`."""
    weekday = several("values.weekdays", language)[value.weekday()]
    month = several("values.month_names", language)[value.month - 1]
    number = "1er" if language == "fr" and value.day == 1 else str(value.day)
    return say("values.day", language, weekday=weekday, day=number, month=month)


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _as_of_today(question: Question, language: str) -> str:
    if question.kind is QuestionKind.YES_NO:
        return say("unclear.today_yes_no", language, question=question.text)
    text = question.text
    lowered = text if language == "de" or text.startswith("I ") else f"{text[0].lower()}{text[1:]}"
    return say("unclear.today", language, question=lowered)


def _span(value: Any, said: Callable[[float, str], str], language: str) -> str:
    if isinstance(value, dict):
        low, high = value.get("min"), value.get("max")
        if low is None:
            return say("values.up_to", language, value=said(high, language)) if high is not None else ""
        if high is None:
            return say("values.at_least", language, value=said(low, language))
        if said is years and not (float(low).is_integer() and float(high).is_integer()) and high - low <= 1.1:
            # "since 2015" is one length, not two
            return say("values.about", language, value=years(round(low + high) / 2, language))
        return say("values.range", language, low=plain_number(low, language), high=said(high, language))
    return said(value, language) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _money(value: Any, language: str) -> str:
    if value == "open":
        return say("values.open_on_pay", language)
    if not isinstance(value, dict):
        return ""
    sign = _SIGNS.get(str(value.get("currency", "")), "")
    amounts = [value.get("amount"), value.get("min"), value.get("max")]
    said = [_amount(amount, sign, language) for amount in amounts if isinstance(amount, (int, float))]
    if len(said) == 2:
        said = [say("values.range", language, low=said[0], high=said[1])]
    if said and value.get("period") in _PERIODS:
        return say(f"values.per_{value['period']}", language, amount=said[0])
    return said[0] if said else ""


def _amount(amount: float, sign: str, language: str) -> str:
    number = _written(f"{amount:,.2f}".removesuffix(".00"), language)
    return f"{number} {sign}".strip() if language in _MARKS else f"{sign}{number}"


def _date(value: Any, language: str) -> str:
    if value == "any":
        return say("values.any_day", language)
    try:
        return day(date.fromisoformat(value), language) if isinstance(value, str) else ""
    except ValueError:
        return _month(value, language)


def _month(value: str, language: str) -> str:
    try:
        first = date.fromisoformat(f"{value}-01")
    except ValueError:
        return ""
    month = several("values.month_names", language)[first.month - 1]
    return say("values.month_of_year", language, month=month, year=first.year)


def _choice(value: Any, language: str) -> str:
    match value:
        case "any":
            return say("values.any_option", language)
        case "none":
            return say("values.no_option", language)
        case str():
            return value
        case list():
            return listed([str(item) for item in value], say("values.and", language))
        case {"any_of": [*options]}:
            return listed([str(option) for option in options], say("values.or", language))
        case _:
            return ""

"""Days counted from today: "next week", "end of the month", "after Thanksgiving". Each phrase is one span of days."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

Span = tuple[date, date]


def month_span(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def later(today: date, count: float, unit: str) -> date:
    """`count` days, weeks or months on; the unit in any of our languages."""
    if unit[:2] in ("da", "di", "jo", "ta"):
        return today + timedelta(days=min(round(count), 36_500))
    if unit[0] in "ws":
        return today + timedelta(days=min(round(count * 7), 36_500))
    whole = count * 12 if unit[0] == "y" or unit[:2] == "an" or unit[:2] == "ja" else count
    months = today.month - 1 + min(int(whole), 1200)
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _week_span(today: date) -> Span:
    """This week; said on a Sunday it is the one that begins tomorrow."""
    return (today, _monday(today, 1)) if today.weekday() < 6 else (today, today + timedelta(days=7))


def _month_end(today: date, months: int = 0) -> date:
    index = today.month - 1 + months
    return month_span(today.year + index // 12, index % 12 + 1)[1]


def _end_of_month(today: date) -> Span:
    return _month_end(today), _month_end(today)


def _next_month(today: date) -> Span:
    last = _month_end(today, 1)
    return last.replace(day=1), last


def _last_month(today: date) -> Span:
    last = _month_end(today, -1)
    return last.replace(day=1), last


def _early_next_month(today: date) -> Span:
    first = _next_month(today)[0]
    return first, first + timedelta(days=6)


def _monday(today: date, weeks: int) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(days=7 * weeks)


def _next_week(today: date) -> Span:
    """Said on a Sunday it may be the coming week or the one after."""
    first = _monday(today, 1)
    return first, first + timedelta(days=6 if today.weekday() < 6 else 13)


def _last_week(today: date) -> Span:
    return today - timedelta(days=today.weekday() + 7), today - timedelta(days=1)


def _weekend(today: date) -> Span:
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    return saturday, saturday + timedelta(days=1)


def _new_year(today: date) -> Span:
    return date(today.year + 1, 1, 1), date(today.year + 1, 1, 10)


def _after_christmas(today: date) -> Span:
    return date(today.year, 12, 26), date(today.year + 1, 1, 4)


def _thanksgiving(today: date) -> Span:
    first = date(today.year, 11, 1)
    fourth_thursday = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    return fourth_thursday, fourth_thursday + timedelta(days=5)


def _year(offset: int) -> Callable[[date], Span]:
    return lambda today: (date(today.year + offset, 1, 1), date(today.year + offset, 12, 31))


def _in_days(first: int, last: int) -> Callable[[date], Span]:
    return lambda today: (today + timedelta(days=first), today + timedelta(days=last))


def _in_a_month(today: date) -> Span:
    return later(today, 1, "month"), later(today, 1, "month")


_PHRASES: tuple[tuple[str, Callable[[date], Span]], ...] = (
    (
        "eom|end of month|end of the month|end of this month|fin de mes|a fin de mes|fin du mois|ende des "
        "monats|monatsende",
        _end_of_month,
    ),
    (
        "next week|the following week|la semana que viene|la proxima semana|la semaine prochaine|nachste woche"
        "|proxima semana",
        _next_week,
    ),
    ("this week|esta semana|cette semaine|diese woche", _week_span),
    ("next month|el mes que viene|el proximo mes|le mois prochain|nachsten monat", _next_month),
    (
        "beginning of next month|start of next month|first of next month|first of the month|1st of the month|the first"
        "|principios de mes|anfang nachsten monats",
        _early_next_month,
    ),
    (
        "new year|new years|after new years|after new year|after the new year|after the holidays|beginning of the year"
        "|first of the year|start of the year|ano nuevo",
        _new_year,
    ),
    ("after christmas|after xmas|nach weihnachten|apres noel|despues de navidad", _after_christmas),
    ("after thanksgiving|thanksgiving|after the holiday", _thanksgiving),
    ("last year|last yr|el ano pasado|lannee derniere|letztes jahr", _year(-1)),
    ("next year|next yr|el ano que viene|lannee prochaine|nachstes jahr", _year(1)),
    ("this year|this yr|este ano|cette annee|dieses jahr", _year(0)),
    ("last month|el mes pasado|le mois dernier|letzten monat", _last_month),
    ("last week|la semana pasada|la semaine derniere|letzte woche", _last_week),
    ("this weekend|weekend", _weekend),
    (
        "sous quinzaine|dans 15 jours|dans quinzaine|quinzaine|en quince dias|fortnight|in a fortnight",
        _in_days(14, 15),
    ),
    (
        "in a week|a week|a weeks notice|1 week|en una semana|dans une semaine|in einer woche",
        _in_days(7, 7),
    ),
    ("in a month|a month|a months notice|en un mes|dans un mois|in einem monat", _in_a_month),
)
RELATIVE = {phrase: rule for phrases, rule in _PHRASES for phrase in phrases.split("|")}

"""Dates as recruiters write them ("dec 18", "12/14", "next friday", "in two weeks"), read against a given day.

A year left out means the next such date after today.
"""

import calendar
import re
from datetime import date, timedelta

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_DAYS |= {name.lower(): number for number, name in enumerate(calendar.day_abbr)} | {"tues": 1, "thurs": 3}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
WORDS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
    "hundred": 100,
}
NUMBER = r"(?:\d+|" + "|".join(WORDS) + r")"

_FORMS = (
    re.compile(r"\b(?P<year>20\d\d)-(?P<month_number>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b{_YEAR}", re.I),
    re.compile(rf"\b(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}\b{_YEAR}", re.I),
    re.compile(r"\b(?P<month_number>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?\b"),
)
_RELATIVE = re.compile(
    rf"\b(?:in\s+)?(?P<count>{NUMBER}|an?|another)\s+(?P<unit>day|week|month)s?(?:\s+from\s+(?:now"
    r"|today))?\b",
    re.I,
)
_WEEKDAY = re.compile(
    r"\b(?P<next>next\s+|this\s+|on\s+)?(?P<name>" + "|".join(sorted(_DAYS, key=len, reverse=True)) + r")\b", re.I
)


def number_of(word: str) -> int:
    """`"three"` or `"3"` as 3."""
    return WORDS[word.lower()] if word.lower() in WORDS else int(word)


def month_later(today: date) -> date:
    """The same day of the next month, or that month's last day."""
    year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _built(year: int | None, month: int, day: int, today: date) -> date | None:
    try:
        if year is not None:
            return date(year + 2000 if year < 100 else year, month, day)
        found = date(today.year, month, day)
        return found if found > today else date(today.year + 1, month, day)
    except ValueError:
        return None


def find_date(text: str, today: date) -> date | None:
    """The first date named in `text`, or None."""
    for form in _FORMS:
        for match in form.finditer(text):
            groups = match.groupdict()
            month = int(groups["month_number"]) if groups.get("month_number") else _MONTHS[groups["month"].lower()]
            found = _built(int(groups["year"]) if groups.get("year") else None, month, int(groups["day"]), today)
            if found:
                return found
    return _relative(text, today)


def _relative(text: str, today: date) -> date | None:
    if re.search(r"\btomorrow\b", text, re.I):
        return today + timedelta(days=1)
    if re.search(r"\bend of (?:the )?next month\b", text, re.I):
        following = month_later(today)
        return following.replace(day=calendar.monthrange(following.year, following.month)[1])
    if ending := re.search(rf"\b(?:the )?end of ({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b", text, re.I):
        month = _MONTHS[ending[1].lower()]
        year = today.year + (month < today.month)
        return date(year, month, calendar.monthrange(year, month)[1])
    if re.search(r"\b(?:end of (?:the )?(?:this )?month|month[- ]end)\b", text, re.I):
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    if re.search(r"\b(?:end of (?:the )?year|year[- ]end)\b", text, re.I):
        return date(today.year, 12, 31)
    if match := _RELATIVE.search(text):
        count = 1 if match["count"].lower() in ("a", "an", "another") else number_of(match["count"])
        if match["unit"].lower() == "month" and count <= 24:
            found = today
            for _ in range(count):
                found = month_later(found)
            return found
        days = count * (7 if match["unit"].lower() == "week" else 1)
        return today + timedelta(days=days) if 0 < days <= 3650 else None
    if match := _WEEKDAY.search(text):
        ahead = (_DAYS[match["name"].lower()] - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    return None


def said(day: date) -> str:
    """`December 18, 2026`."""
    return f"{calendar.month_name[day.month]} {day.day}, {day.year}"

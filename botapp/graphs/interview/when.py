"""When "later" is: reads the words that name a time, in the candidate's zone.

Default: the next day, same hour; an hour on for "one sec".
"""

import re
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from botapp.graphs.interview.values import day
from botapp.policy.zones import moment_in_words

_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "couple of": 2, "few": 3,
}  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PARTS = {"morning": 9, "noon": 12, "lunch": 13, "afternoon": 15, "after work": 18, "evening": 18, "tonight": 20}
_NUMBER = r"(\d{1,3}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")"
_SPAN = re.compile(rf"\b(?:in|after)\s+(?:a\s+)?(half\s+an?|{_NUMBER})\s+(min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?)\b")
_CLOCK = re.compile(
    r"\b(?:(?:at|around|about|by|after)\s+)?(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m?\b\.?|\b(\d{1,2}):(\d{2})\b"
)
_BARE_HOUR = re.compile(r"\b(?:at|around|about|by|after)\s+(\d{1,2})\b(?!\s*(?:min|h|day|week|/|-))")
_SHORT_PAUSE = re.compile(
    r"\b(?:sec(?:ond)?|moment|min(?:ute)?|brb|hold on|hang on|wait|in a bit|driving)\b(?!.*\b(?:tomorrow|later|week)\b)"
)
_LONGEST = timedelta(days=60)


def zone_of(name: str) -> tzinfo:
    """The zone of this IANA name; UTC when there is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def later(words: str, now: datetime, zone: str) -> datetime:
    """The moment that `words` name, always after `now` and at most 60 days off, as an aware datetime in the zone."""
    local = now.astimezone(zone_of(zone))
    text = words.lower()
    usual = timedelta(hours=1) if _SHORT_PAUSE.search(text) else timedelta(days=1)
    moment = _span(text, local) or _day_and_hour(text, local) or local + usual
    return min(max(moment, local + timedelta(minutes=1)), local + _LONGEST)


def said_moment(moment: datetime, now: datetime, *, with_zone: bool = False) -> str:
    """`today at 18:00`, `on Tuesday 6 May at 09:00`; with its zone as people there say it: `tomorrow at 6:00 pm MT`."""
    away = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    which = {0: "today", 1: "tomorrow"}.get(away, f"on {day(moment.date())}")
    zone = getattr(moment.tzinfo, "key", "UTC")
    return f"{which} at {moment_in_words(moment, (zone,)) if with_zone else f'{moment:%H:%M}'}"


def _span(text: str, local: datetime) -> datetime | None:
    match = _SPAN.search(text)
    if match is None:
        return None
    amount = 0.5 if match[1].startswith("half") else _number(match[1])
    unit = match[3]
    minutes = 1 if unit.startswith("min") else 60 if unit.startswith("h") else 1440 if unit.startswith("d") else 10080
    return local + timedelta(minutes=amount * minutes)


def _number(word: str) -> float:
    return float(word) if word.isdigit() else float(_WORDS[word])


def _day_and_hour(text: str, local: datetime) -> datetime | None:
    days = _days_off(text, local)
    hour = _hour(text)
    if days is None and hour is None:
        return None
    at, minute = hour or (local.hour, local.minute)
    moment = (local + timedelta(days=days or 0)).replace(hour=at, minute=minute, second=0, microsecond=0)
    return moment if moment > local else moment + timedelta(days=7 if days else 1)


def _days_off(text: str, local: datetime) -> int | None:
    if "day after tomorrow" in text:
        return 2
    if re.search(r"\b(tomorrow|tmrw|tmr|tomorow)\b", text):
        return 1
    if re.search(r"\b(today|tonight|this (?:morning|afternoon|evening))\b", text):
        return 0
    if "next week" in text:
        return 7 - local.weekday()
    if "weekend" in text:
        return (5 - local.weekday()) % 7 or 7
    named = next((i for i, name in enumerate(_DAYS) if re.search(rf"\b{name[:3]}(?:{name[3:]})?\b", text)), None)
    return None if named is None else (named - local.weekday()) % 7 or 7


def _hour(text: str) -> tuple[int, int] | None:
    if match := _CLOCK.search(text):
        hour, minute = (match[1], match[2] or 0) if match[1] else (match[4], match[5])
        at = int(hour) % 12 + (12 if match[3] == "p" else 0) if match[3] else int(hour)
        return (at, int(minute)) if at < 24 and int(minute) < 60 else None
    if match := _BARE_HOUR.search(text):
        at = int(match[1])
        return (at + 12 if at < 8 else at, 0) if 0 < at < 24 else None
    return next(((at, 0) for word, at in _PARTS.items() if word in text), None)

"""When "later" is: reads the words that name a time, in the candidate's zone.

Default: the next day, same hour; an hour on for "one sec".
"""

import re
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from botapp.graphs.interview.speech import DEFAULT, say
from botapp.graphs.interview.values import day
from botapp.policy.zones import moment_in_words
from botapp.scoring.readers.words import fold

_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "couple of": 2, "few": 3,
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "unas": 3, "unos": 3,
    "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "quelques": 3,
    "einer": 1, "einem": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "paar": 3,
}  # fmt: skip
_DAYS = (
    r"mon(?:day)?|lunes|lundi|montag",
    r"tue(?:sday)?|martes|mardi|dienstag",
    r"wed(?:nesday)?|miercoles|mercredi|mittwoch",
    r"thu(?:rsday)?|jueves|jeudi|donnerstag",
    r"fri(?:day)?|viernes|vendredi|freitag",
    r"sat(?:urday)?|sabado|samedi|samstag",
    r"sun(?:day)?|domingo|dimanche|sonntag",
)
_TOMORROW = r"(?<!por la )(?<!de la )manana|demain|(?<!ubermorgen )(?<!am )morgen"
_PARTS = {
    "morning": 9,
    "noon": 12,
    "lunch": 13,
    "afternoon": 15,
    "after work": 18,
    "evening": 18,
    "tonight": 20,
    "por la manana": 9,
    "mediodia": 12,
    "por la tarde": 16,
    "por la noche": 20,
    "esta noche": 20,
    "esta tarde": 16,
    "matin": 9,
    "midi": 12,
    "apres-midi": 15,
    "apres midi": 15,
    "soir": 19,
    "morgen fruh": 9,
    "am morgen": 9,
    "vormittag": 10,
    "nachmittag": 15,
    "mittag": 12,
    "feierabend": 18,
    "heute abend": 19,
    "abend": 19,
}
_NUMBER = r"(\d{1,3}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")"
_SPAN = re.compile(
    rf"\b(?:in|after|en|dentro de|dans|nach)\s+(?:a\s+|einem?\s+)?"
    rf"(half\s+an?|media|une demi|einer halben|{_NUMBER})[\s-]+"
    r"(min(?:ut[eo]n?)?s?|h(?:ou)?rs?|heures?|horas?|stunden?|days?|dias?|jours?|tag(?:en)?|weeks?|semanas?|semaines?|wochen?)\b"
)
_CLOCK = re.compile(
    r"\b(?:(?:at|around|about|by|after|a las|um|a|gegen)\s+)?(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m?\b\.?"
    r"|\b(\d{1,2})\s?[:h]\s?(\d{2})\b(?!\s*(?:min|std))"
)
_BARE_HOUR = re.compile(
    r"\b(?:at|around|about|by|after|a las|sobre las|desde las|despues de las)\s+(\d{1,2})\b"
    r"(?!\s*(?:min|h|day|week|/|-))"
    r"|\b(\d{1,2})\s?(?:h\b|heures?\b|uhr\b|horas?\b)(?!\s*\d)"
    r"|\b(?:um|gegen|ab)\s+(\d{1,2})\b(?!\s*(?:min|tag|woche|/|-))"
)
_SHORT_PAUSE = re.compile(
    r"\b(?:sec(?:ond)?|moment|min(?:ute)?|brb|hold on|hang on|wait|in a bit|driving|momento|momentito|instant"
    r"|augenblick|gleich)\b(?!.*\b(?:tomorrow|later|week|manana|demain|morgen)\b)"
)
_MORNING = re.compile(r"\bmatin|\bfruh|\bmorgens\b|\bde la manana\b")
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
    text = fold(words)
    usual = timedelta(hours=1) if _SHORT_PAUSE.search(text) else timedelta(days=1)
    moment = _span(text, local) or _day_and_hour(text, local) or local + usual
    return min(max(moment, local + timedelta(minutes=1)), local + _LONGEST)


def said_moment(moment: datetime, now: datetime, language: str = DEFAULT, *, with_zone: bool = False) -> str:
    """`today at 18:00`, `on Tuesday 6 May at 09:00`; with its zone as people there say it: `tomorrow at 6:00 pm MT`."""
    away = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    zone = getattr(moment.tzinfo, "key", "UTC")
    time = moment_in_words(moment, (zone,)) if with_zone else f"{moment:%H:%M}"
    key = {0: "values.today_at", 1: "values.tomorrow_at"}.get(away, "values.on_day_at")
    return say(key, language, time=time, day=day(moment.date(), language))


def _span(text: str, local: datetime) -> datetime | None:
    match = _SPAN.search(text)
    if match is None:
        return None
    is_half = match[1].startswith(("half", "media", "une demi", "einer halben"))
    amount = 0.5 if is_half else _number(match[1])
    unit = match[3]
    minutes = 1 if unit.startswith("min") else 60 if unit.startswith(("h", "st")) else 1440
    minutes = 10080 if unit.startswith(("w", "sem")) else minutes
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
    if re.search(r"day after tomorrow|pasado manana|apres[- ]demain|ubermorgen", text):
        return 2
    if re.search(rf"\b(?:tomorrow|tmrw|tmr|tomorow|{_TOMORROW})\b", text):
        return 1
    if re.search(
        r"\b(?:today|tonight|this (?:morning|afternoon|evening)|hoy|esta (?:tarde|noche)|ce soir|aujourdhui|heute)\b",
        text,
    ):
        return 0
    if re.search(r"next week|la semana que viene|la proxima semana|semaine prochaine|nachste woche", text):
        return 7 - local.weekday()
    if re.search(r"weekend|fin de semana|week-end|wochenende", text):
        return (5 - local.weekday()) % 7 or 7
    named = next((i for i, names in enumerate(_DAYS) if re.search(rf"\b(?:{names})\b", text)), None)
    return None if named is None else (named - local.weekday()) % 7 or 7


def _hour(text: str) -> tuple[int, int] | None:
    if match := _CLOCK.search(text):
        hour, minute = (match[1], match[2] or 0) if match[1] else (match[4], match[5])
        at = int(hour) % 12 + (12 if match[3] == "p" else 0) if match[3] else int(hour)
        return (at, int(minute)) if at < 24 and int(minute) < 60 else None
    if match := _BARE_HOUR.search(text):
        at = int(match[1] or match[2] or match[3])
        says_24 = match[1] is None  # "6 Uhr", "6h" are said of mornings too, but "at 6" mostly is not
        return (at + 12 if at < 8 and not (says_24 and _MORNING.search(text)) else at, 0) if 0 < at < 24 else None
    return next(((at, 0) for word, at in _PARTS.items() if word in text), None)

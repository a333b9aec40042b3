"""A day, a month, a year or a span of days, counted from `today`. Two readings become a span; nothing is "
"guessed inside it."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from botapp.scoring.readers import signals
from botapp.scoring.readers.calendar import RELATIVE, Span, later, month_span
from botapp.scoring.readers.words import fold, numbered, rx, words_of
from botapp.screening.interview import Reading, ReadingStatus

_MONTH_NAMES = (
    "jan ene janv|feb fev fevr|mar mars marz|apr abr avr|may mai|jun juin"
    "|jul juil|aug ago aou|sep sept|oct okt|nov|dec dic dez"
)
_MONTHS = {name: i for i, names in enumerate(_MONTH_NAMES.split("|"), 1) for name in names.split()}
_MONTH = (
    r"(jan(?:uary|uar|vier)?|ene(?:ro)?|feb(?:ruary|rero|ruar)?|fev(?:rier)?|mar(?:ch|zo|s|z)?|apr(?:il)?"
    r"|abr(?:il)?|avr(?:il)?|may(?:o)?|mai|june?|jun(?:io|i)?|juin|july?|jul(?:io|i)?|juil(?:let)?|aug(?:ust)?"
    r"|agosto|aout|sept?(?:ember|iembre|embre|tember)?|oct(?:ober|ubre|obre)?|okt(?:ober)?|nov(?:ember|iembre"
    r"|embre)?|dec(?:ember|embre)?|dic(?:iembre)?|dez(?:ember)?)\.?"
)
_DAY_NAMES = "mon lun|tue mar die|wed mie mer mit|thu jue jeu don|fri vie ven fre|sat sab sam|sun dom dim son"
_DAYS = {name: i for i, names in enumerate(_DAY_NAMES.split("|")) for name in names.split()}
_DAY = (
    r"(mon(?:day)?|tue?s?(?:day)?|wed(?:nes|s)?(?:day)?|weds|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?|lunes|martes|miercoles|jueves|viernes|sabado|domingo|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
)
_PAST_ASKED = rx(r"\b(?:did|last|have you|finish(?:ed)?|graduate|pass(?:ed)?|was|were|ultima vez|dernier|zuletzt)\b")
_EXPIRY = words_of(r"expir\w+|valid until|good until|run out|renew\w*|vence|caduca|expire|lauft ab|gultig bis")
_START_ASKED = words_of(
    r"start|begin|available|free|join|come in|empezar|commencer|disponible|anfangen|earliest|incorpor\w+|onboard"
)
_NOW = words_of(
    r"asap|a\.?s\.?a\.?p\.?|immediat\w*|right away|right now|now|today|tonight|straight away|at once|instantly"
    r"|this (?:second|minute|instant|very minute)|yesterday|like yesterday|ready (?:to go|when you are|now)"
    r"|ready|as soon as (?:possible|you need\w*|u need|you want|u want|yall need)|soon as possible|first thing"
    r"|rn|currently|still (?:there|here|working|do|am)|im still \w+|hoy(?: mismo)?|ya(?: mismo)?"
    r"|ahora(?: mismo)?|inmediat\w*|de inmediato|cuanto antes|lo antes posible|ayer|tout de suite"
    r"|des que possible|maintenant|aujourdhui|immediatement|de suite|sofort|ab sofort|heute|jetzt|gestern"
    r"|schnellstmoglich"
)
_TOMORROW = words_of(r"tomorrow|tmrw?|tmw|tomorow|tommorow|2moro|manana|demain|morgen")
_ANY = words_of(
    r"any ?(?:time|day|date|when)|whenever(?: \w+){0,3}|flexible|im flexible|no preference|doesnt matter"
    r"|up to you|cuando (?:sea|quieran|me digan|usted\w*)|nimporte quand|jederzeit|quand vous voulez|im open"
    r"|wide open"
)
_IN_SPAN = rx(
    r"\b(?:in|within|en|dentro de|dans|sous|nach|another|after|give me|need|about|like|have|notice of"
    r"|notice is)?\s?(?:about |like |maybe |around |giving |to give |a |my |put in "
    r"|another )*(\d+(?:\.\d+)?) ?(?:-|to|or)? ?(\d+)? ?(days?|weeks?|wks?|months?|mos?|dias?|semanas?|meses"
    r"|mes|jours?|semaines?|mois|tage?n?|wochen?|monate?n?|years?|yrs?|anos?|ans|jahre?n?)\b(?! ago)"
)
_AGO = rx(
    r"\b(?:(\d+) ?(days?|weeks?|wks?|months?|mos?|years?|yrs?) ago|hace (\d+) ?(dias?|semanas?|meses|anos?)"
    r"|il y a (\d+) ?(jours?|semaines?|mois|ans)|vor (\d+) ?(tagen|wochen|monaten|jahren))\b"
)
_FROM_DAY = rx(rf"\b(\d+) (days?|weeks?|wks?) (?:from|after) (?:this |next )?{_DAY}\b")
_ISO = re.compile(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b")
_SHORT = re.compile(r"(?<![\d/.])(\d{1,2})\s?[/.]\s?(\d{4}|\d{2}|\d)(?![\d/]|\.\d)")
_MONTH_DAY = rx(rf"\b{_MONTH} (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)(?:,? (20\d\d))?\b")
_DAY_MONTH = rx(rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:of |de |du )?{_MONTH}(?:,?(?: de| of)? (20\d\d))?\b")
_DAY_MONTH_YEAR = rx(rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:of |de |du )?{_MONTH},?(?: de| of)? (20\d\d)\b")
_MONTH_YEAR = rx(rf"\b{_MONTH} (?:of |de |in )?(20\d\d|\d\d(?= *$))\b")
_PART_MONTH = rx(
    rf"\b(early|beginning of|start of|first (?:week|part) of|mid(?:dle)?(?: of)?|late|end of|the end of"
    rf"|last week of|principios de|mediados de|finales de|fin(?:es)? de|debut|mi|fin|anfang|mitte|ende)[ -]"
    rf"{_MONTH}(?: (20\d\d))?\b"
)
_BARE_MONTH = rx(rf"\b(this |next |last |in |since |by |after )?{_MONTH}(?!\w)")
_NTH = rx(r"\b(?:the |el |le |am |ab |on )?(\d{1,2})(?:st|nd|rd|th|\.)(?!\w|\d)|\b(?:el|le|am|the) (\d{1,2})\b(?!:)")
_WEEKDAY = rx(
    rf"\b(next |this coming |this |coming |the following |last |proximo |el proximo |nachsten |kommenden )?"
    rf"{_DAY}\b(?: (next|after next|prochaine?|que viene))?(?! ?(?:-|to|thru|through) )"
)
_WEEKDAY_NTH = rx(
    rf"\b(?:next |this |this coming )?{_DAY},? (?:the |el |der |den |le )(\d{{1,2}})(?:st|nd|rd|th|\.)?(?!\w|\d)"
)
_YEAR = re.compile(r"\b(19[6-9]\d|20[0-4]\d)\b")
_SEASON = rx(r"\b(this |last |next )?(spring|summer|fall|autumn|winter)(?: (?:of )?(20\d\d))?\b")
_NOT_DAY = rx(rf"\b(?:not|no|except|but not) (?:on )?(?:{_DAY}|tomorrow|tmrw?|manana|demain|morgen)")
_SEASONS = {
    "spring": (3, 1, 6, 21),
    "summer": (6, 1, 9, 22),
    "fall": (9, 1, 12, 21),
    "autumn": (9, 1, 12, 21),
    "winter": (12, 1, 2, 28),
}
_BUSY_UNTIL = rx(
    r"\blast day\b|\bthrough\b|\buntil\b|\bends on\b"
    r"|\b(?:it|job|contract|lease|semester|term|school|notice|season) ends?\b"
)
_DAY_FIRST = rx(
    r"[¿]|\b(?:cuando|desde|fecha|quand|partir|wann|ab wann|konnten|pourriez|podria|puede|vence|caduca|lauft)\b"
)


@dataclass(frozen=True)
class Ask:
    """What the question wants to know, and today."""

    today: date
    past: bool
    expiry: bool
    start: bool
    day_first: bool

    @classmethod
    def of(cls, question: str, today: date) -> "Ask":
        asked = fold(question)
        expiry = bool(_EXPIRY.search(asked))
        past = (
            bool(_PAST_ASKED.search(asked)) and not expiry and not re.search(r"\b(?:will|when could|when can)\b", asked)
        )
        return cls(today, past, expiry, bool(_START_ASKED.search(asked)), bool(_DAY_FIRST.search(asked)))


@dataclass(frozen=True)
class Said:
    """One phrase found, the question it answers, and the whole text."""

    m: re.Match[str]
    ask: Ask
    told: str


def read(question: str, text: str, today: date) -> Reading:
    """Reads folded `text` as a date."""
    ask = Ask.of(question, today)
    told = numbered(text)
    if signals.only_asks(text) and not re.search(r"\d|day\b|today|tomorrow|asap", text):
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    if signals.refuses(text):
        return signals.status(ReadingStatus.REFUSED, "declines to tell")
    spans = _found(_NOT_DAY.sub(" ", told), ask)
    if not spans:
        return _without_date(told)
    return _answer(spans, told, ask)


def _without_date(told: str) -> Reading:
    if _ANY.search(told):
        return signals.clear("any", "any day is fine")
    if signals.unsure(told):
        return signals.unclear("not known yet")
    return signals.unclear("no date in it")


def _answer(spans: list[Span], told: str, ask: Ask) -> Reading:
    first = (
        spans[-1]
        if re.search(r"\b(?:actually|sorry|i mean|wait|make that|not tmrw|not tomorrow)\b", told)
        else spans[0]
    )
    days = [s for s in spans if s[0] == s[1]]
    if len(spans) > 1 and not ask.start and not ask.past and not ask.expiry and len(days) == len(spans):
        return signals.clear({"any_of": [s[0].isoformat() for s in spans]}, "several days offered")
    if ask.past and len(spans) > 1:
        first = max(spans, key=lambda s: s[1])
    if ask.start and _BUSY_UNTIL.search(told):
        first = (first[0], first[0] + timedelta(days=3)) if first[0] == first[1] else first
    if ask.start and len(spans) > 1 and re.search(r"\bor\b|\bsonst\b|\bmaybe\b|\bo\b|\bou\b", told):
        first = (min(s[0] for s in spans), max(s[0] for s in spans))
    if re.search(r"\b(?:if|depends?|unless|once)\b", told) and not re.search(
        r"\bif (?:needed|thats ok|possible|that works)\b", told
    ):
        return signals.conditional(told, value=_value(first))
    return signals.clear(_value(first), "a date")


def _value(span: Span) -> Any:
    low, high = span
    if low == high:
        return low.isoformat()
    if low.day == 1 and high.day == monthrange(high.year, high.month)[1]:
        if (low.year, low.month) == (high.year, high.month):
            return f"{low:%Y-%m}"
        if low.month == 1 and high.month == 12 and low.year == high.year:
            return f"{low:%Y}"
    return {"min": low.isoformat(), "max": high.isoformat()}


def _found(told: str, ask: Ask) -> list[Span]:
    """All dates said, in order of speech, by the first rules that fit; each rule blanks what it read."""
    out: list[tuple[int, Span]] = []
    for pattern, rule in _RULES:
        if pattern is _YEAR and (out and not ask.past):
            continue
        for m in list(pattern.finditer(told)):
            span = rule(Said(m, ask, told))
            if span is None:
                continue
            out.append((m.start(), span))
            told = told[: m.start()] + "_" * (m.end() - m.start()) + told[m.end() :]
    return [span for _, span in sorted(out, key=lambda pair: pair[0])]


def _day(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _near(month: int, day: int, ask: Ask) -> date | None:
    """The next such day, or the last one when the past was asked for."""
    here = _day(ask.today.year, month, day)
    if ask.past:
        return here if here and here <= ask.today else _day(ask.today.year - 1, month, day)
    return here if here and here >= ask.today else _day(ask.today.year + 1, month, day)


def _one(day: date | None) -> Span | None:
    return (day, day) if day else None


def _month_of(word: str) -> int:
    bare = word.strip(". ")
    return _MONTHS.get(bare[:4]) or _MONTHS[bare[:3]]


def _short_year(raw: str) -> int:
    return int(raw) if len(raw) == 4 else 2000 + int(raw)


def _iso(said: Said) -> Span | None:
    return _one(_day(int(said.m[1]), int(said.m[2]), int(said.m[3])))


def _slashed(said: Said) -> Span | None:
    a, b, year = int(said.m[1]), int(said.m[2]), _short_year(said.m[3])
    return _either(_day(year, a, b), _day(year, b, a), said.ask)


def _either(month_first: date | None, day_first: date | None, ask: Ask) -> Span | None:
    """Both readings of 01/12, unless the language or the numbers settle it."""
    if ask.day_first and day_first:
        return day_first, day_first
    both = [d for d in (month_first, day_first) if d]
    return (min(both), max(both)) if both else None


def _short(said: Said) -> Span | None:
    a, b = int(said.m[1]), said.m[2]
    if len(b) == 4:
        return month_span(int(b), a) if 1 <= a <= 12 else None
    if said.ask.expiry:
        return _card(a, int(b), said.ask)
    month_first = _near(a, int(b), said.ask) if 1 <= a <= 12 and 1 <= int(b) <= 31 else None
    day_first = _near(int(b), a, said.ask) if 1 <= int(b) <= 12 and 1 <= a <= 31 else None
    return _either(month_first, day_first, said.ask)


def _card(month: int, number: int, ask: Ask) -> Span | None:
    """On a card "06/28" is a month; a number that is also a coming day leaves both."""
    if not 1 <= month <= 12:
        return None
    as_month = month_span(2000 + number, month) if 20 <= number <= 45 else None
    as_day = _near(month, number, ask) if 1 <= number <= 31 else None
    if as_month and (number >= 28 or not as_day):
        return as_month
    spans = [s for s in (as_month, _one(as_day)) if s]
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


def _month_day(said: Said) -> Span | None:
    month, day = _month_of(said.m[1]), int(said.m[2])
    if said.m[3]:
        return _one(_day(int(said.m[3]), month, day))
    if (said.ask.expiry or not said.ask.start) and 20 <= day <= 31 and not re.search(r"\d(?:st|nd|rd|th)", said.m[0]):
        a, b = (
            _one(_day(said.ask.today.year, month, day)) or _one(_near(month, day, said.ask)),
            month_span(2000 + day, month),
        )
        return (min(a[0], b[0]), max(a[1], b[1])) if a else b
    if day > 31:
        return month_span(2000 + day, month) if day < 50 else None
    return _one(_near(month, day, said.ask))


def _day_month(said: Said) -> Span | None:
    month, day = _month_of(said.m[2]), int(said.m[1])
    return _one(_day(int(said.m[3]), month, day)) if said.m[3] else _one(_near(month, day, said.ask))


def _month_year(said: Said) -> Span | None:
    return month_span(_short_year(said.m[2]), _month_of(said.m[1]))


def _part_month(said: Said) -> Span | None:
    month = _month_of(said.m[2])
    day = _near(month, 15 if said.m[1].startswith(("mi", "me")) else 28, said.ask)
    year = int(said.m[3]) if said.m[3] else day.year if day else said.ask.today.year
    last = monthrange(year, month)[1]
    if said.m[1].startswith(("mi", "me")):
        return date(year, month, 10), date(year, month, 20)
    if said.m[1].startswith(("e", "late", "the end", "last", "fin")) and not said.m[1].startswith("early"):
        return date(year, month, 24), date(year, month, last)
    return date(year, month, 1), date(year, month, 10)


def _bare_month(said: Said) -> Span | None:
    if said.m[2] in ("may", "mar", "jun", "sat", "mars", "mai") and not said.m[1] and len(said.told.split()) > 3:
        return None
    month = _month_of(said.m[2])
    year = said.ask.today.year
    if said.ask.past or (said.m[1] or "").startswith("last"):
        year -= month > said.ask.today.month
    elif month < said.ask.today.month or ((said.m[1] or "").startswith("next") and month == said.ask.today.month):
        year += 1
    low, high = month_span(year, month)
    return (
        (max(low, said.ask.today), high)
        if said.ask.start and not said.ask.past and low < said.ask.today <= high
        else (low, high)
    )


def _from_day(said: Said) -> Span | None:
    start = _next_weekday(said.m[3], said.ask.today)
    return _one(later(start, float(said.m[1]), said.m[2]))


def _in_span(said: Said) -> Span | None:
    if said.ask.past or re.match(r"(?:st|nd|rd|th)?\s*(?:of experience|shift)", said.told[said.m.end() :]):
        return None
    base = said.ask.today
    day_named = rx(rf"(?:which is|giv\w+|starts?|on|notice|after)[^.]*?\b{_DAY}\b").search(said.told[said.m.end() :])
    if day_named and re.search(r"notice|after", said.told):
        base = _next_weekday(day_named[1], said.ask.today)
    low = later(base, float(said.m[1]), said.m[3])
    high = later(base, float(said.m[2]), said.m[3]) if said.m[2] else low
    return low, high


def _ago(said: Said) -> Span | None:
    count, unit = [g for g in said.m.groups() if g][:2]
    days = {"d": 1, "j": 1, "t": 1, "w": 7, "s": 7}.get(unit[0], 30.44 if unit[:2] in ("mo", "me") else 365.25)
    if unit in ("jahren",):
        days = 365.25
    day = said.ask.today - timedelta(days=round(int(count) * days))
    if days > 300:
        return day - timedelta(days=182), day + timedelta(days=182)
    return (day, day) if days < 8 else (day - timedelta(days=15), day + timedelta(days=15))


def _relative(said: Said) -> Span | None:
    return RELATIVE[said.m[0]](said.ask.today) if said.m[0] in RELATIVE else None


def _next_weekday(word: str, today: date) -> date:
    number = _DAYS.get(word[:3], _DAYS.get({"montag": "mon", "mardi": "tue", "mercredi": "wed"}.get(word, word)[:3], 0))
    if word in ("montag",):
        number = 0
    if word in ("mardi", "martes"):
        number = 1
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _weekday(said: Said) -> Span | None:
    day = _next_weekday(said.m[2], said.ask.today)
    lead = (said.m[1] or "").strip() or (said.m[3] or "")
    if said.ask.past or lead == "last":
        return _one(day - timedelta(days=7))
    if lead.startswith(("next", "proximo", "el prox", "nachst", "prochain", "que viene", "the following")):
        return day, day + timedelta(days=7)
    return day, day


def _nth(said: Said) -> Span | None:
    day = None if said.ask.expiry else _day_to_come(int(said.m[1] or said.m[2]), said.ask.today)
    return (day, day) if day else None


def _day_to_come(number: int, today: date) -> date | None:
    """The next day with this number; None when there is no such day."""
    months = (today.month - 1 + ahead for ahead in range(3))
    days = (_day(today.year + month // 12, month % 12 + 1, number) for month in months) if 1 <= number <= 31 else ()
    return next((day for day in days if day and day >= today), None)


def _weekday_nth(said: Said) -> Span | None:
    """ "Monday the 30th". When the two clash it may be either: from the one to the other."""
    if said.ask.past or said.ask.expiry:
        return None
    weekday, day = _next_weekday(said.m[1], said.ask.today), _day_to_come(int(said.m[2]), said.ask.today)
    if day is None:
        return None
    return (day, day) if day.weekday() == weekday.weekday() else (min(day, weekday), max(day, weekday))


def _year(said: Said) -> Span | None:
    return date(int(said.m[1]), 1, 1), date(int(said.m[1]), 12, 31)


def _season(said: Said) -> Span | None:
    a, b, c, d = _SEASONS[said.m[2]]
    if said.m[2] == "winter" or said.m[1] == "next ":
        return None
    year = (
        int(said.m[3])
        if said.m[3]
        else said.ask.today.year - (1 if said.m[1] == "last " and said.ask.today.month < c else 0)
    )
    return date(year, a, b), date(year, c, d)


def _now(said: Said) -> Span | None:
    if (said.ask.expiry and said.m[0] not in ("today", "yesterday")) or (
        said.m[0] in ("ya", "ready", "now", "currently", "si")
        and re.search(r"\d|\bmonth|\bweek", said.told.replace(said.m[0], ""))
    ):
        return None
    if said.m[0] == "yesterday" and said.ask.past:
        return _one(said.ask.today - timedelta(days=1))
    return said.ask.today, said.ask.today


def _tomorrow(said: Said) -> Span | None:
    return _one(said.ask.today + timedelta(days=1))


_Rule = Callable[[Said], Span | None]
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = (
    (_ISO, _iso),
    (_SLASHED, _slashed),
    (_DAY_MONTH_YEAR, _day_month),
    (_AGO, _ago),
    (_FROM_DAY, _from_day),
    (_PART_MONTH, _part_month),
    (_MONTH_DAY, _month_day),
    (_MONTH_YEAR, _month_year),
    (_DAY_MONTH, _day_month),
    (_SHORT, _short),
    (words_of(*sorted(RELATIVE, key=len, reverse=True)), _relative),
    (_IN_SPAN, _in_span),
    (_WEEKDAY_NTH, _weekday_nth),
    (_NTH, _nth),
    (_BARE_MONTH, _bare_month),
    (_TOMORROW, _tomorrow),
    (_NOW, _now),
    (_WEEKDAY, _weekday),
    (_SEASON, _season),
    (_YEAR, _year),
)


def span_of(value: Any, today: date) -> Span | None:
    """First and last possible day of a date reading."""
    if isinstance(value, dict):
        low, high = value.get("min"), value.get("max")
        return date.fromisoformat(low or "0001-01-01"), date.fromisoformat(high or "9999-12-31")
    if value == "any":
        return today, today
    if not isinstance(value, str):
        return None
    year, *rest = (int(x) for x in value.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    return month_span(year, rest[0]) if len(rest) == 1 else (date(year, rest[0], rest[1]),) * 2

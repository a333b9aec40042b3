"""A day, a month, a year or a span of days, counted from `today`. Two readings become a span; nothing is guessed inside it."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from botapp.scoring.readers import signals
from botapp.scoring.readers.words import fold, numbered, rx, words_of
from botapp.screening.interview import Reading, ReadingStatus

_MONTHS = {
    "jan": 1, "ene": 1, "janv": 1, "feb": 2, "fev": 2, "fevr": 2, "mar": 3, "mars": 3, "marz": 3, "apr": 4, "abr": 4, "avr": 4, "may": 5, "mai": 5,
    "jun": 6, "juin": 6, "jul": 7, "juil": 7, "aug": 8, "ago": 8, "aou": 8, "sep": 9, "sept": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dic": 12, "dez": 12,
}  # fmt: skip
_MONTH = r"(jan(?:uary|uar|vier)?|ene(?:ro)?|feb(?:ruary|rero|ruar)?|fev(?:rier)?|mar(?:ch|zo|s|z)?|apr(?:il)?|abr(?:il)?|avr(?:il)?|may(?:o)?|mai|june?|jun(?:io|i)?|juin|july?|jul(?:io|i)?|juil(?:let)?|aug(?:ust)?|agosto|aout|sept?(?:ember|iembre|embre|tember)?|oct(?:ober|ubre|obre)?|okt(?:ober)?|nov(?:ember|iembre|embre)?|dec(?:ember|embre)?|dic(?:iembre)?|dez(?:ember)?)\.?"
_DAYS = {"mon": 0, "lun": 0, "tue": 1, "mar": 1, "die": 1, "wed": 2, "mie": 2, "mer": 2, "mit": 2, "thu": 3, "jue": 3, "jeu": 3, "don": 3, "fri": 4, "vie": 4, "ven": 4, "fre": 4, "sat": 5, "sab": 5, "sam": 5, "sun": 6, "dom": 6, "dim": 6, "son": 6}
_DAY = r"(mon(?:day)?|tue?s?(?:day)?|wed(?:nes|s)?(?:day)?|weds|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|lunes|martes|miercoles|jueves|viernes|sabado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
_PAST_ASKED = rx(r"\b(?:did|last|have you|finish(?:ed)?|graduate|pass(?:ed)?|was|were|ultima vez|dernier|zuletzt)\b")
_EXPIRY = words_of(r"expir\w+", r"valid until", r"good until", r"run out", r"renew\w*", r"vence", r"caduca", r"expire", r"lauft ab", r"gultig bis")
_START_ASKED = words_of(r"start", r"begin", r"available", r"free", r"join", r"come in", r"empezar", r"commencer", r"disponible", r"anfangen", r"earliest", r"incorpor\w+", r"onboard")
_NOW = words_of(r"asap", r"a\.?s\.?a\.?p\.?", r"immediat\w*", r"right away", r"right now", r"now", r"today", r"tonight", r"straight away", r"at once", r"instantly", r"this (?:second|minute|instant|very minute)", r"yesterday", r"like yesterday", r"ready (?:to go|when you are|now)", r"ready", r"as soon as (?:possible|you need\w*|u need|you want|u want|yall need)", r"soon as possible", r"first thing", r"rn", r"currently", r"still (?:there|here|working|do|am)", r"im still \w+", r"hoy(?: mismo)?", r"ya(?: mismo)?", r"ahora(?: mismo)?", r"inmediat\w*", r"de inmediato", r"cuanto antes", r"lo antes posible", r"ayer", r"tout de suite", r"des que possible", r"maintenant", r"aujourdhui", r"immediatement", r"de suite", r"sofort", r"ab sofort", r"heute", r"jetzt", r"gestern", r"schnellstmoglich")
_TOMORROW = words_of(r"tomorrow", r"tmrw?", r"tmw", r"tomorow", r"tommorow", r"2moro", r"manana", r"demain", r"morgen")
_ANY = words_of(r"any ?(?:time|day|date|when)", r"whenever(?: \w+){0,3}", r"flexible", r"im flexible", r"no preference", r"doesnt matter", r"up to you", r"cuando (?:sea|quieran|me digan|usted\w*)", r"nimporte quand", r"jederzeit", r"quand vous voulez", r"im open", r"wide open")
_IN_SPAN = rx(r"\b(?:in|within|en|dentro de|dans|sous|nach|another|after|give me|need|about|like|have|notice of|notice is)?\s?(?:about |like |maybe |around |giving |to give |a |my |put in |another )*(\d+(?:\.\d+)?) ?(?:-|to|or)? ?(\d+)? ?(days?|weeks?|wks?|months?|mos?|dias?|semanas?|meses|mes|jours?|semaines?|mois|tage?n?|wochen?|monate?n?)\b(?! ago)")
_AGO = rx(r"\b(?:(\d+) ?(days?|weeks?|wks?|months?|mos?|years?|yrs?) ago|hace (\d+) ?(dias?|semanas?|meses|anos?)|il y a (\d+) ?(jours?|semaines?|mois|ans)|vor (\d+) ?(tagen|wochen|monaten|jahren))\b")
_NOTICE = words_of(r"notice", r"preaviso", r"preavis", r"kundigungsfrist", r"aviso")
_FROM_DAY = rx(rf"\b(\d+) (days?|weeks?|wks?) (?:from|after) (?:this |next )?{_DAY}\b")
_ISO = re.compile(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b")
_SHORT = re.compile(r"(?<![\d/.])(\d{1,2})\s?[/.]\s?(\d{4}|\d{2}|\d)(?![\d/]|\.\d)")
_MONTH_DAY = rx(rf"\b{_MONTH} (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)(?:,? (20\d\d))?\b")
_DAY_MONTH = rx(rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:of |de |du )?{_MONTH}(?:,?(?: de| of)? (20\d\d))?\b")
_MONTH_YEAR = rx(rf"\b{_MONTH} (?:of |de |in )?(20\d\d|\d\d(?= *$))\b")
_PART_MONTH = rx(rf"\b(early|beginning of|start of|first (?:week|part) of|mid(?:dle)?(?: of)?|late|end of|the end of|last week of|principios de|mediados de|finales de|fin(?:es)? de|debut|mi|fin|anfang|mitte|ende)[ -]{_MONTH}(?: (20\d\d))?\b")
_BARE_MONTH = rx(rf"\b(this |next |last |in |since |by |after )?{_MONTH}(?!\w)")
_NTH = rx(r"\b(?:the |el |le |am |ab |on )?(\d{1,2})(?:st|nd|rd|th|\.)(?!\w|\d)|\b(?:el|le|am|the) (\d{1,2})\b(?!:)")
_WEEKDAY = rx(rf"\b(next |this coming |this |coming |the following |last |proximo |el proximo |nachsten |kommenden )?{_DAY}\b(?: (next|after next|prochaine?|que viene))?(?! ?(?:-|to|thru|through) )")
_YEAR = re.compile(r"\b(19[6-9]\d|20[0-4]\d)\b")
_SEASON = rx(r"\b(this |last |next )?(spring|summer|fall|autumn|winter)(?: (?:of )?(20\d\d))?\b")
_NOT_DAY = rx(rf"\b(?:not|no|except|but not) (?:on )?(?:{_DAY}|tomorrow|tmrw?|manana|demain|morgen)")
_HEDGED = words_of(r"not sure", r"depends?", r"if", r"unless", r"maybe", r"once", r"until (?:i|my)", r"when (?:the|my|i)", r"idk", r"dont know", r"let me (?:check|find|look)", r"wenn", r"si")
_SEASON_MONTHS = {"spring": (3, 1, 6, 21), "summer": (6, 1, 9, 22), "fall": (9, 1, 12, 21), "autumn": (9, 1, 12, 21), "winter": (12, 1, 2, 28)}
_DAY_FIRST = rx(r"[¿]|\b(?:cuando|desde|fecha|quand|partir|wann|ab wann|konnten|pourriez|podria|puede|vence|caduca|lauft)\b")

Span = tuple[date, date]


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
        past = bool(_PAST_ASKED.search(asked)) and not expiry and not re.search(r"\b(?:will|when could|when can)\b", asked)
        return cls(today, past, expiry, bool(_START_ASKED.search(asked)), bool(_DAY_FIRST.search(asked)))


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
        return _without_date(told, ask)
    return _answer(spans, told, ask)


def _without_date(told: str, ask: Ask) -> Reading:
    if _ANY.search(told):
        return signals.clear("any", "any day is fine")
    if signals.unsure(told):
        return signals.unclear("not known yet")
    return signals.unclear("no date in it")


def _answer(spans: list[Span], told: str, ask: Ask) -> Reading:
    first = spans[-1] if re.search(r"\b(?:actually|sorry|i mean|wait|make that|not tmrw|not tomorrow)\b", told) else spans[0]
    days = [s for s in spans if s[0] == s[1]]
    if len(spans) > 1 and not ask.start and not ask.past and not ask.expiry and len(days) == len(spans):
        return signals.clear({"any_of": [s[0].isoformat() for s in spans]}, "several days offered")
    if ask.past and len(spans) > 1:
        first = max(spans, key=lambda s: s[1])
    if ask.start and re.search(r"\blast day\b|\bthrough\b|\buntil\b|\bends?\b", told):
        first = (first[0], first[0] + timedelta(days=3)) if first[0] == first[1] else first
    if ask.start and len(spans) > 1 and re.search(r"\bor\b|\bsonst\b|\bmaybe\b|\bo\b|\bou\b", told):
        first = (min(s[0] for s in spans), max(s[0] for s in spans))
    if re.search(r"\b(?:if|depends?|unless|once)\b", told) and not re.search(r"\bif (?:needed|thats ok|possible|that works)\b", told):
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
            span = rule(m, ask, told)
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


def _month_span(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _month_of(word: str) -> int:
    bare = word.strip(". ")
    return _MONTHS.get(bare[:4]) or _MONTHS[bare[:3]]


def _short_year(raw: str) -> int:
    return int(raw) if len(raw) == 4 else 2000 + int(raw)


def _later(today: date, count: float, unit: str) -> date:
    if unit[:2] in ("da", "di", "jo", "ta"):
        return today + timedelta(days=round(count))
    if unit[0] in "ws":
        return today + timedelta(days=round(count * 7))
    months = today.month - 1 + int(count)
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _iso(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    return _one(_day(int(m[1]), int(m[2]), int(m[3])))


def _slashed(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    a, b, year = int(m[1]), int(m[2]), _short_year(m[3])
    return _either(_day(year, a, b), _day(year, b, a), ask)


def _either(month_first: date | None, day_first: date | None, ask: Ask) -> Span | None:
    """Both readings of 01/12, unless the language or the numbers settle it."""
    if ask.day_first and day_first:
        return day_first, day_first
    both = [d for d in (month_first, day_first) if d]
    return (min(both), max(both)) if both else None


def _short(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    a, b = int(m[1]), m[2]
    if len(b) == 4:
        return _month_span(int(b), a) if 1 <= a <= 12 else None
    if ask.expiry:
        return _card(a, int(b), ask)
    month_first = _near(a, int(b), ask) if 1 <= a <= 12 and 1 <= int(b) <= 31 else None
    day_first = _near(int(b), a, ask) if 1 <= int(b) <= 12 and 1 <= a <= 31 else None
    return _either(month_first, day_first, ask)


def _card(month: int, number: int, ask: Ask) -> Span | None:
    """On a card "06/28" is a month; a number that is also a coming day leaves both."""
    if not 1 <= month <= 12:
        return None
    as_month = _month_span(2000 + number, month) if 20 <= number <= 45 else None
    as_day = _near(month, number, ask) if 1 <= number <= 31 else None
    if as_month and (number >= 28 or not as_day):
        return as_month
    spans = [s for s in (as_month, _one(as_day)) if s]
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


def _month_day(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    month, day = _month_of(m[1]), int(m[2])
    if m[3]:
        return _one(_day(int(m[3]), month, day))
    if (ask.expiry or not ask.start) and 20 <= day <= 31 and not re.search(r"\d(?:st|nd|rd|th)", m[0]):
        a, b = _one(_day(ask.today.year, month, day)) or _one(_near(month, day, ask)), _month_span(2000 + day, month)
        return (min(a[0], b[0]), max(a[1], b[1])) if a else b
    if day > 31:
        return _month_span(2000 + day, month) if day < 50 else None
    return _one(_near(month, day, ask))


def _day_month(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    month, day = _month_of(m[2]), int(m[1])
    return _one(_day(int(m[3]), month, day)) if m[3] else _one(_near(month, day, ask))


def _month_year(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    return _month_span(_short_year(m[2]), _month_of(m[1]))


def _part_month(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    month = _month_of(m[2])
    day = _near(month, 15 if m[1].startswith(("mi", "me")) else 28, ask)
    year = int(m[3]) if m[3] else day.year if day else ask.today.year
    last = monthrange(year, month)[1]
    if m[1].startswith(("mi", "me")):
        return date(year, month, 10), date(year, month, 20)
    if m[1].startswith(("e", "late", "the end", "last", "fin")) and not m[1].startswith("early"):
        return date(year, month, 24), date(year, month, last)
    return date(year, month, 1), date(year, month, 10)


def _bare_month(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    if m[2] in ("may", "mar", "jun", "sat", "mars", "mai") and not m[1] and len(told.split()) > 3:
        return None
    month = _month_of(m[2])
    year = ask.today.year
    if ask.past or (m[1] or "").startswith("last"):
        year -= month > ask.today.month
    elif month < ask.today.month or (m[1] or "").startswith("next") and month == ask.today.month:
        year += 1
    low, high = _month_span(year, month)
    return (max(low, ask.today), high) if ask.start and not ask.past and low < ask.today <= high else (low, high)


def _from_day(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    start = _next_weekday(m[3], ask.today)
    return _one(_later(start, float(m[1]), m[2]))


def _in_span(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    if ask.past or re.match(r"(?:st|nd|rd|th)?\s*(?:of experience|shift)", told[m.end() :]):
        return None
    base = ask.today
    day_named = rx(rf"(?:which is|giv\w+|starts?|on|notice|after)[^.]*?\b{_DAY}\b").search(told[m.end() :])
    if day_named and re.search(r"notice|after", told):
        base = _next_weekday(day_named[1], ask.today)
    low = _later(base, float(m[1]), m[3])
    high = _later(base, float(m[2]), m[3]) if m[2] else low
    return low, high


def _ago(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    count, unit = [g for g in m.groups() if g][:2]
    days = {"d": 1, "j": 1, "t": 1, "w": 7, "s": 7}.get(unit[0], 30.44 if unit[:2] in ("mo", "me") else 365.25)
    if unit in ("jahren",):
        days = 365.25
    day = ask.today - timedelta(days=round(int(count) * days))
    if days > 300:
        return day - timedelta(days=182), day + timedelta(days=182)
    return (day, day) if days < 8 else (day - timedelta(days=15), day + timedelta(days=15))


def _relative(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    return _RELATIVE_DAYS[m[0]](ask.today) if m[0] in _RELATIVE_DAYS else None


def _next_weekday(word: str, today: date) -> date:
    number = _DAYS.get(word[:3], _DAYS.get({"montag": "mon", "mardi": "tue", "mercredi": "wed"}.get(word, word)[:3], 0))
    if word in ("montag",):
        number = 0
    if word in ("mardi", "martes"):
        number = 1
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _weekday(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    day = _next_weekday(m[2], ask.today)
    lead = (m[1] or "").strip() or (m[3] or "")
    if ask.past or lead == "last":
        return _one(day - timedelta(days=7))
    if lead.startswith(("next", "proximo", "el prox", "nachst", "prochain", "que viene", "the following")):
        return day, day + timedelta(days=7)
    return day, day


def _nth(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    number = int(m[1] or m[2])
    if not 1 <= number <= 31 or ask.expiry:
        return None
    for ahead in range(3):
        months = ask.today.month - 1 + ahead
        day = _day(ask.today.year + months // 12, months % 12 + 1, number)
        if day and day >= ask.today:
            return day, day
    return None


def _year(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    return date(int(m[1]), 1, 1), date(int(m[1]), 12, 31)


def _season(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    a, b, c, d = _SEASON_MONTHS[m[2]]
    if m[2] == "winter" or m[1] == "next ":
        return None
    year = int(m[3]) if m[3] else ask.today.year - (1 if m[1] == "last " and ask.today.month < c else 0)
    return date(year, a, b), date(year, c, d)


def _now(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    if ask.expiry and m[0] not in ("today", "yesterday") or m[0] in ("ya", "ready", "now", "currently", "si") and re.search(r"\d|\bmonth|\bweek", told.replace(m[0], "")):
        return None
    if m[0] == "yesterday" and ask.past:
        return _one(ask.today - timedelta(days=1))
    return ask.today, ask.today


def _tomorrow(m: re.Match[str], ask: Ask, told: str) -> Span | None:
    return _one(ask.today + timedelta(days=1))


def _end_of_month(today: date, months: int = 0) -> date:
    index = today.month - 1 + months
    year, month = today.year + index // 12, index % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _next_month(today: date) -> Span:
    last = _end_of_month(today, 1)
    return last.replace(day=1), last


def _monday(today: date, weeks: int) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(days=7 * weeks)


_RELATIVE_DAYS: dict[str, Callable[[date], Span]] = {
    **{w: (lambda t: (_end_of_month(t), _end_of_month(t))) for w in ("eom", "end of month", "end of the month", "end of this month", "fin de mes", "a fin de mes", "fin du mois", "ende des monats", "monatsende")},
    **{w: (lambda t: (_monday(t, 1), _monday(t, 1) + timedelta(days=6 if t.weekday() < 6 else 13))) for w in ("next week", "the following week", "la semana que viene", "la proxima semana", "la semaine prochaine", "nachste woche", "proxima semana")},
    **{w: (lambda t: (t, _monday(t, 1) if t.weekday() < 6 else t + timedelta(days=7))) for w in ("this week", "esta semana", "cette semaine", "diese woche")},
    **{w: _next_month for w in ("next month", "el mes que viene", "el proximo mes", "le mois prochain", "nachsten monat")},
    **{w: (lambda t: (_next_month(t)[0], _next_month(t)[0] + timedelta(days=6))) for w in ("beginning of next month", "start of next month", "first of next month", "first of the month", "1st of the month", "the first", "principios de mes", "anfang nachsten monats")},
    **{w: (lambda t: (date(t.year + 1, 1, 1), date(t.year + 1, 1, 10))) for w in ("new year", "new years", "after new years", "after new year", "after the new year", "after the holidays", "beginning of the year", "first of the year", "start of the year", "ano nuevo")},
    **{w: (lambda t: (date(t.year, 12, 26), date(t.year + 1, 1, 4))) for w in ("after christmas", "after xmas", "nach weihnachten", "apres noel", "despues de navidad")},
    **{w: (lambda t: (_thanksgiving(t), _thanksgiving(t) + timedelta(days=5))) for w in ("after thanksgiving", "thanksgiving", "after the holiday")},
    **{w: (lambda t: (date(t.year - 1, 1, 1), date(t.year - 1, 12, 31))) for w in ("last year", "last yr", "el ano pasado", "lannee derniere", "letztes jahr")},
    **{w: (lambda t: (date(t.year + 1, 1, 1), date(t.year + 1, 12, 31))) for w in ("next year", "next yr", "el ano que viene", "lannee prochaine", "nachstes jahr")},
    **{w: (lambda t: (date(t.year, 1, 1), date(t.year, 12, 31))) for w in ("this year", "this yr", "este ano", "cette annee", "dieses jahr")},
    **{w: (lambda t: (_end_of_month(t, -2) + timedelta(days=1), _end_of_month(t, -1))) for w in ("last month", "el mes pasado", "le mois dernier", "letzten monat")},
    **{w: (lambda t: (t - timedelta(days=t.weekday() + 7), t - timedelta(days=1))) for w in ("last week", "la semana pasada", "la semaine derniere", "letzte woche")},
    **{w: (lambda t: (t + timedelta(days=(5 - t.weekday()) % 7), t + timedelta(days=(5 - t.weekday()) % 7 + 1))) for w in ("this weekend", "weekend")},
    **{w: (lambda t: (t + timedelta(days=14), t + timedelta(days=15))) for w in ("sous quinzaine", "dans 15 jours", "dans quinzaine", "quinzaine", "en quince dias", "fortnight", "in a fortnight")},
    **{w: (lambda t: (t + timedelta(days=7), t + timedelta(days=7))) for w in ("in a week", "a week", "a weeks notice", "1 week", "en una semana", "dans une semaine", "in einer woche")},
    **{w: (lambda t: (_later(t, 1, "month"), _later(t, 1, "month"))) for w in ("in a month", "a month", "a months notice", "en un mes", "dans un mois", "in einem monat")},
}  # fmt: skip


def _thanksgiving(today: date) -> date:
    first = date(today.year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)


_Rule = Callable[[re.Match[str], Ask, str], Span | None]
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = (
    (_ISO, _iso),
    (_SLASHED, _slashed),
    (_AGO, _ago),
    (_FROM_DAY, _from_day),
    (_PART_MONTH, _part_month),
    (_MONTH_DAY, _month_day),
    (_MONTH_YEAR, _month_year),
    (_DAY_MONTH, _day_month),
    (_SHORT, _short),
    (words_of(*sorted(_RELATIVE_DAYS, key=len, reverse=True)), _relative),
    (_IN_SPAN, _in_span),
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
    return _month_span(year, rest[0]) if len(rest) == 1 else (date(year, rest[0], rest[1]),) * 2

"""A plain number in the unit asked for. Another unit is converted when that is exact; another quantity is unclear."""

import re
from datetime import date

from botapp.scoring.readers import signals
from botapp.scoring.readers.amounts import Amount, amounts
from botapp.scoring.readers.duration import latest
from botapp.scoring.readers.words import fold, numbered, rx, words_of
from botapp.screening.interview import Reading, ReadingStatus

_UNITS = {
    "lb": r"(?:lbs?|pounds?|#|libras?)",
    "kg": r"(?:kgs?|kilos?|kilograms?|kilogramos?|kilogrammes?|kilogramm)",
    "mile": r"(?:miles?|mi|millas?)",
    "km": r"(?:kms?|kilometers?|kilometres?|kilometros?|kilometern?|klicks?)",
    "minute": r"(?:mins?|minutes?|minutos?|minuten)",
    "hour": r"(?:hours?|hrs?|h|horas?|heures?|stunden|std)",
    "day": r"(?:days?|dias?|jours?|tagen?|tage)",
    "week": r"(?:weeks?|wks?|semanas?)",
    "month": r"(?:months?|mos?|meses)",
    "year": r"(?:years?|yrs?|anos?|ans|jahre)",
    "percent": r"(?:%|percent|pct)",
    "wpm": r"(?:wpm|words?(?: per| a| per)? min\w*)",
    "keystroke": r"(?:keystrokes?|kph|ksph|kspm)",
    "block": r"(?:blocks?)",
    "shift": r"(?:shifts?|turnos?)",
    "foot": r"(?:ft|feet|foot)",
    "money": r"(?:dollars?|bucks|k\b|usd|eur)",
}
_UNIT = re.compile(r"\s*-?(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS.items()) + r")(?!\w)")
_CONVERT = {
    ("kg", "lb"): 2.20462,
    ("lb", "kg"): 0.453592,
    ("km", "mile"): 0.621371,
    ("mile", "km"): 1.609344,
    ("minute", "hour"): 1 / 60,
    ("hour", "minute"): 60.0,
    ("month", "year"): 1 / 12,
    ("year", "month"): 12.0,
    ("week", "month"): 12 / 52,
    ("day", "week"): 1 / 7,
}
_PER = re.compile(
    r"\s*(?:\w+\s){0,2}?(?:a|an|per|/|each|every|por|par|pro|la|por la|x)\s*(?P<per>day|night|shift|week|wk"
    r"|month|mo|hour|hr|year|yr|dia|semana|mes|hora|jour|semaine|mois|heure|tag|woche|monat|stunde)\b"
)
_PERIODS = {
    "night": "day",
    "dia": "day",
    "jour": "day",
    "tag": "day",
    "wk": "week",
    "semana": "week",
    "semaine": "week",
    "woche": "week",
    "mo": "month",
    "mes": "month",
    "mois": "month",
    "monat": "month",
    "hr": "hour",
    "hora": "hour",
    "heure": "hour",
    "stunde": "hour",
    "yr": "year",
}
_DAYS_NAMED = {
    5.0: rx(r"\b(?:mon(?:day)?|m) ?(?:-|to|thru|through) ?(?:fri(?:day)?|f)\b|\bweekdays\b"),
    7.0: rx(r"\b(?:every ?day|7 days|mon(?:day)? ?(?:-|to|thru) ?sun(?:day)?)\b"),
}
_DAYS_A_WEEK = rx(r"\b(\d) days?(?: a| per|/)?(?: ?week| wk)?\b")
_HOURS_A_SHIFT = rx(r"\b(\d{1,2}) ?-?(?:hours?|hrs?|h) (?:shifts?|days?|day)\b")
_NONE = rx(
    r"^(?:um+ |well |honestly |ive had |i have |have |had |i had )*(?:none|zero|nada|ninguna?|never(?: had"
    r"| got)?(?: any| one| a \w+)?|nothing|no (?:\w+)|not (?:one|any|a single one)|keine?|aucune?"
    r"|clean (?:record|as|mvr|slate|driving)|clean$|spotless|squeaky clean)\b"
)
_CLEAN = words_of(
    r"clean (?:record|mvr|as a whistle|slate|driving record)|spotless|not a single|never had (?:one|any|a \w+)"
)
_WITHIN = rx(r"\b(?:last|past|previous) (\d+) (years?|months?)\b")
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-4]\d)\b")
_MOVES = words_of(
    r"(?:im |i am |ill be |will be |about to |gonna |going to |planning to )(?:mov\w+|relocat\w+)|moving"
    r"|starting (?:in|next)|from (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)|for now|until|after (?:the )?(?:semester|school|finals|\w+ ends)|if|unless|depend\w+"
)
_FULL = words_of(
    r"full ?-?time|ft|as many as (?:you|u|possible|i can|they|yall)(?: \w+)*|as much as (?:you|u|possible"
    r"|i can)(?: \w+)*|unlimited|max hours|all the hours|tiempo completo|temps plein|vollzeit|whatever (?:you|u"
    r"|yall) (?:got|have|need)|all of them"
)
_PART = words_of(r"part ?-?time|medio tiempo|media jornada|mi-temps|temps partiel|teilzeit|half ?time")
_NEXT_DOOR = words_of(
    r"(?:literally |right )?(?:across the street|next door|around the corner|down the (?:street|road|block)"
    r"|walking distance|same (?:street|block|building)|upstairs|(?:a |1 |2 |3 |\d )?(?:few )?blocks? (?:away"
    r"|over|from)?)"
)
_HEDGE_OVER = words_of(
    r"(?:can|could|might|maybe) (?:flex|do|stretch|push|manage)(?: \w+){0,3} (\d+)(?:st|nd|rd|th)?"
    r"|maybe (?:a )?(\d+)(?:st|nd|rd|th)?"
)
_PLUS = rx(r"(?:\band\b|\bplus\b|\+|&|\by\b|\bund\b|\bet\b|\bthen\b|, ?(?=\d+ (?:last|this|in|at|from)))")
_THAT_YEAR = words_of(r"this year|last (?:year|yr)|in (?:19|20)\d\d")
_BUT = rx(r"\bbut (?!(?:no|not) more)")
_EACH_WAY = rx(r"\b(?:each way|one way|1 way|there)\b")


def read(question: str, unit: str, text: str, today: date) -> Reading:
    """Reads folded `text` as a number in `unit`."""
    asked, told = fold(question), latest(numbered(text))
    if signals.only_asks(text):
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    if signals.refuses(text):
        return signals.status(ReadingStatus.REFUSED, "declines to tell")
    base, per = _asked_unit(unit, asked)
    in_words = _in_words(asked, told, base, per)
    if in_words:
        return in_words
    found, unknown = _fitting(told, base, per, asked, today)
    if not found and not unknown and _WITHIN.search(asked) and _YEAR.search(told):
        return signals.clear(0.0, "none in that time")
    if not found:
        return signals.unclear("another unit or quantity" if unknown else "no number in it")
    if _BUT.search(told) and len(found) == 1:
        return signals.conditional(told, value=found[0].point)
    if base == "hour" and per == "week" and len(found) == 1 and _day_sized(found[0], told):
        return _by_the_day(found[0], told)
    if _MOVES.search(told) and not re.search(r"\bif (?:needed|necessary|you need)", told):
        return signals.conditional(told, value=found[0].point)
    return _merged(found, told, base, per)


def _day_sized(a: Amount, told: str) -> bool:
    """So few hours, without "a week", may be the hours of one day."""
    return (a.high or a.low or 0) <= 14 and not re.search(r"\b(?:week|weekly|wk|part)\b", told[a.end :])


def _by_the_day(a: Amount, told: str) -> Reading:
    days = _DAYS_A_WEEK.search(told)
    return _single(a.times(float(days[1])), told) if days else signals.unclear("hours a day or a week?")


def _asked_unit(unit: str, asked: str) -> tuple[str, str]:
    """("hour", "week") for "hours/week"; an unknown unit stays as its own word."""
    base, _, per = fold(unit).partition("/")
    if not per:
        m = re.search(r"\b(?:a|per|each)\s(day|shift|week|month|hour)\b", asked)
        per = m[1] if m else ""
    m2 = _UNIT.match(base)
    return (m2.lastgroup or base) if m2 else base.rstrip("s"), per


def _in_words(asked: str, told: str, base: str, per: str) -> Reading | None:
    digits = re.search(r"\d", told)
    if (_NONE.search(told) or _CLEAN.search(told)) and not re.search(r"[1-9]", told):
        m = re.match(r"^\D*?\bno ([a-z]+)", told)
        if m and m[1] not in ("i", "im", "one", "sir", "maam") and m[1][:4] not in asked:
            return signals.unclear("a no to something else")
        return signals.clear(0.0, "says none")
    if base == "hour" and per == "week" and not digits:
        if _FULL.search(told):
            return signals.clear({"min": 40.0, "max": None}, "full time")
        if _PART.search(told):
            return signals.clear({"min": 15.0, "max": 25.0}, "part time")
    if base in ("mile", "km") and _NEXT_DOOR.search(told) and not re.search(r"\d{2}|miles|km", told):
        return signals.clear({"min": 0.0, "max": 1.0}, "next door")
    return None


def _fitting(told: str, base: str, per: str, asked: str, today: date) -> tuple[list[Amount], bool]:
    """The amounts of the quantity asked for, converted; and whether others were seen."""
    out: list[Amount] = []
    unknown = False
    window = _WITHIN.search(asked)
    oldest = today.year - int(window[1]) if window and window[2].startswith("year") else 0
    for a in amounts(told, _UNIT):
        if _year_like(a, told) or re.match(r"(?:st|nd|rd|th)\b", told[a.end :]):
            continue
        around = told[a.end : a.end + 40]
        said = _YEAR.search(re.split(r"\band\b|,|\d (?=\w+ing\b)", around)[0]) if oldest else None
        if said and int(said[1]) < oldest:
            continue
        fitted = _fit(a, told, base, per)
        unknown = unknown or fitted is None
        if fitted:
            out.append(fitted)
    return out, unknown


def _year_like(a: Amount, told: str) -> bool:
    return (
        a.point is not None
        and 1950 <= a.point <= 2049
        and a.point == int(a.point)
        and bool(re.search(r"(?:in|since|back in|from|of|year)\s$", told[max(0, a.start - 10) : a.start]))
    )


def _fit(a: Amount, told: str, base: str, per: str) -> Amount | None:
    m = _UNIT.match(told, a.end)
    said = m.lastgroup if m else None
    end = m.end() if m else a.end
    rate = _PER.match(told, end)
    period = _PERIODS.get(rate["per"], rate["per"]) if rate else ""
    if said and said != base:
        factor = _CONVERT.get((said, base))
        if factor is None:
            return None
        a = a.times(factor)
    if period and per and period != per:
        return _per_other(a, told, period, per)
    if not said and base == "hour" and re.match(r"\s*(?:days?|shifts?)\b", told[a.end :]):
        return None
    return a


def _per_other(a: Amount, told: str, period: str, per: str) -> Amount | None:
    """ "6 a day mon-fri" for a week; "7 an hour, 8 hr shift" for a day. None when the factor was not said."""
    if period == "day" and per == "week":
        days = next((n for n, pattern in _DAYS_NAMED.items() if pattern.search(told)), None)
        m = _DAYS_A_WEEK.search(told)
        days = days or (float(m[1]) if m else None)
        return a.times(days) if days else None
    if period == "hour" and per in ("day", "shift"):
        m = _HOURS_A_SHIFT.search(told)
        return a.times(float(m[1])) if m else None
    return a if {period, per} == {"day", "shift"} else None


def _merged(found: list[Amount], told: str, base: str, per: str) -> Reading:
    if len(found) >= 2 and found[0].end == found[1].start - 1 and told[found[0].end] in " x":
        product = (found[0].low or 0) * (found[1].low or 0)
        return signals.clear(round(product, 2), "multiplied")
    days = re.search(r"\bdays\b", told) if base == "hour" and per == "week" and len(found) > 1 else None
    if days:
        return signals.unclear("hours a day or a week?")
    if len(found) == 1:
        return _single(found[0], told)
    between = told[found[0].end : found[-1].start]
    if _EACH_WAY.search(told) and len(found) == 2:
        return _single(found[0], told)
    lows, highs = [a.low or 0.0 for a in found], [a.high for a in found]
    if (_PLUS.search(between) and (len(_THAT_YEAR.findall(told)) or not re.search(r"\bor\b|max|maybe", told))) or len(
        _THAT_YEAR.findall(told)
    ) >= 2:
        return signals.clear(round(sum(lows), 2), "added up") if None not in highs else _range(sum(lows), None)
    tops = [h for h in highs if h is not None]
    return _range(
        min(x for x in [*[a.low for a in found if a.low is not None], *tops]), max(tops) if None not in highs else None
    )


def _single(a: Amount, told: str) -> Reading:
    more = _HEDGE_OVER.search(told[a.end :])
    if more:
        top = float(next(g for g in more.groups() if g))
        if a.low is not None and top > a.low:
            return _range(a.low, top)
    if a.almost and a.high is not None:
        return _range(a.high * 0.85, a.high)
    if a.point is not None:
        return signals.clear(round(a.point, 2), "a number")
    return _range(a.low if a.low is not None else 0.0, a.high)


def _range(low: float | None, high: float | None) -> Reading:
    return signals.clear(
        {"min": None if low is None else round(low, 2), "max": None if high is None else round(high, 2)}, "a range"
    )

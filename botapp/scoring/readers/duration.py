"""How long, in years: units, sums, "since 2019", "almost 3". Only the kind of experience asked about counts."""

import re
from datetime import date

from botapp.scoring.readers import signals
from botapp.scoring.readers.amounts import Amount, amounts
from botapp.scoring.readers.polarity import stems
from botapp.scoring.readers.words import fold, numbered, rx, words_of
from botapp.screening.interview import Reading, ReadingStatus

_YEARS = r"(?:years?|yrs?|yr\.|y/?o|y|anos?|anitos?|ans?|annees?|jahre?n?|j)"
_MONTHS = r"(?:months?|mos?|mths?|mnths?|meses|mes|mois|monate?n?)"
_WEEKS = r"(?:weeks?|wks?|semanas?|semaines?|wochen?)"
_DAYS = r"(?:days?|dias?|jours?|tagen?|tage)"
_UNIT = re.compile(rf"\s*(?:(?P<year>{_YEARS})|(?P<month>{_MONTHS})|(?P<week>{_WEEKS})|(?P<day>{_DAYS}))\b")
_UNIT_WORDS = re.compile(rf"\b(?:{_YEARS}|{_MONTHS}|{_WEEKS}|experience|total|about|before|then|another|last|job)\b")
_OTHER_UNIT = re.compile(
    r"\s*(?:hours?|hrs?|shifts?|%|percent|lbs?|miles?|people|jobs?|times?|seasons?|semesters?|minutes?|mins?"
    r"|places?|companies|warehouses?|st\b|nd\b|rd\b|th\b|am\b|pm\b)"
)
_FACTOR = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}
_A_UNIT = rx(
    rf"\b(?:an?|un|une|one|ein(?:em|en)?|full|whole|last|past|about|over|under|than|almost|casi|like) ("
    rf"{_YEARS}|{_MONTHS}|{_WEEKS})\b"
)
_SINCE = rx(
    r"(?:\b(?:ever )?since|\bdesde(?: el)?|\bdepuis|\bseit|\bstarted(?: (?:back )?in)?"
    r"|\bfrom)\b(?! i was)[^.,;\n\d]{0,30}?\b((?:19|20)\d\d|\d\d(?= *$))\b(?! ?(?:-|to|till|until"
    r"|hasta) ?(?:(?:19|20)?\d\d))"
)
_SPAN = rx(
    r"\b((?:19|20)\d\d) ?(?:-|to|till|until|thru|through|hasta|a|bis) ?((?:19|20)\d\d|now|present|today"
    r"|current|date|ahora|heute|aujourdhui)\b"
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SINCE_MONTH = rx(
    r"(?:\bsince|\bdesde|\bdepuis|\bseit|\bstarted(?: in)?)\b[^.,;\n\d]{0,30}?\b(jan|feb|mar|apr|may|jun|jul"
    r"|aug|sep|oct|nov|dec)[a-z]* (?:of )?((?:19|20)\d\d|\d\d)\b"
)
_COVID = rx(r"\bsince (?:the )?(?:start of )?(?:covid|the pandemic|lockdown)")
_NONE = rx(
    r"^(?:um+ |well |honestly |sorry |no,? |nope,? |i |have |got |ive got |with )*(?:none|zero|0|nada"
    r"|ninguna?|no (?:\w+ )?(?:experience|exp)|never(?: worked| done)?|nothing|keine?|aucune|pas dexperience"
    r"|nunca|nope,? none|not? any|no,? none|(?:dont|do not) have any|havent (?:worked|done|any))\b"
)
_FEW = rx(
    r"\b(?:few|several|algunos|quelques|einige|unos|varios) (years?|yrs?|months?|mos?|weeks?|anos|meses|ans"
    r"|mois|jahre|monate)\b"
)
_AGE = rx(
    r"\byears? old\b|\bi was (?:about |like )?\d+\b|\bim \d+(?: now)?(?: *$|[,.])|\bage (?:of )?\d+|\bsince age\b"
)
_SINCE_LAST_YEAR = rx(r"\bsince last (?:year|yr|summer|spring|fall|winter)\b")
_NEW = words_of(
    r"(?:brand )?new to (?:it|this|the \w+)|first time|no experience|sin experiencia|just (?:starting"
    r"|graduated)(?: out)?|im new"
)
_VAGUE = words_of(
    r"on and off|off and on|for years|all my life|my whole life|whole life|a long time|long time|a while"
    r"|quite a while|forever|ages|too long|enough|plenty|many years|several(?: years)?|years|a lot|muchos anos"
    r"|toda la vida|longtemps|lange|since i was \d+|since (?:high school|college|i was|i moved|forever|my)"
)
_ELSEWHERE = words_of(
    r"retail|at home|hobby|for fun|self ?taught|in (?:high )?school|coding since|personal(?:ly)?|similar"
    r"|not (?:professional\w*|exactly|really|in|with|as|that)"
    r"|mostly(?! (?:night|day|evening|morning|weekend|full|part))|other|different|family|volunt\w+|games?"
    r"|overall|in general|as a (?:kid|customer)|helping|internship\w*|unpaid|combined|incl\w*|if you count"
    r"|counting|but (?:not|only|just|no)|minus|informal\w*|b2c|javascript|none of (?:it|that)|unrelated|maybe"
)
_TOTAL = rx(
    r"(?:\bso\b|\btotal(?:ing)?\b|\baltogether\b|\bin all\b|\ball together\b|\boverall\b|\bthat makes\b"
    r"|\bcombined\b|\bid say\b|\bcall it\b|\ben total\b|\binsgesamt\b|\bau total\b)"
)
_CORRECTED = rx(
    r"(?:^|[\s,.])(?:sorry|oops|i mean(?:t)?|actually|wait|correction|scratch that|typo|my bad|no|nvm"
    r"|\*)[,. ]*(?:i mean(?:t)?|its|thats|make that|more like)?(?=[\s\d*])|\*(?=\d)"
)
_DENIED = rx(r"(?:^|[\s,;.])(?:and |but )?not (?:the |about |really )?\d[\d.]*(?! ?(?:only|just))")
_PART_OF_IT = rx(
    r"(?:\b(?:the|my|and|with) )*\b(?:last|past|most recent) \d+(?:\.\d+)?(?: ?(?:years?|yrs?|months?))?"
    r"(?= (?:on|nights?|days?|of (?:it|them|which|that))\b)"
    r"|\b\d+(?:\.\d+)?(?: ?(?:years?|yrs?|months?))? of (?:them|it|which|those|that|these)\b"
)
_COMING = rx(
    r"\b(?:come|in|next|this coming|by|as of) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring"
    r"|summer|fall|winter|christmas|next)\w*"
)
_TOPIC_NO = rx(r"\b([a-z]+)[ :,-]*(?:no|none|zero|nope|0|never)\b(?! ?(?:years|yrs|\.))")


def read(question: str, text: str, today: date) -> Reading:
    """Reads folded `text` as a length of time."""
    asked, told = fold(question), numbered(text)
    if signals.only_asks(text):
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    if signals.refuses(text):
        return signals.status(ReadingStatus.REFUSED, "declines to tell")
    told = latest(told)
    if _denied_topic(asked, told) or (_NONE.search(told) and not re.search(r"\d\s*(?:y|m)", told.lstrip("0 "))):
        return signals.clear(0.0, "says none", "years")
    by_date = _by_dates(told, today)
    if by_date:
        return by_date
    return _by_amounts(asked, told)


def latest(told: str) -> str:
    """What stands after the last correction or "so, in all", when a number stands there; "3, not 2" is 3.

    A part of the time ("3 years, the last two on nights") is no further time.
    """
    for inside in (_DENIED, _PART_OF_IT):
        kept = inside.sub(" ", told)
        if re.search(r"\d", kept):
            told = kept
    for pattern in (_CORRECTED, _TOTAL):
        for mark in reversed(list(pattern.finditer(told))):
            rest = told[mark.end() :]
            if re.search(r"\d", rest) and re.search(r"\d", told[: mark.start()]):
                return rest.strip(" ,.*")
    return told


def _denied_topic(asked: str, told: str) -> bool:
    m = _TOPIC_NO.search(told)
    return bool(m) and len(m[1]) > 3 and re.search(rf"\b{m[1][:5]}", asked) is not None if m else False


def _fraction(year: int, month: int, day: int = 15) -> float:
    return year + (month - 1) / 12 + day / 365.25


def _now(today: date) -> float:
    return today.year + (today.timetuple().tm_yday - 1) / 365.25


def _by_dates(told: str, today: date) -> Reading | None:
    if _COVID.search(told):
        return _range(_now(today) - 2020.55, _now(today) - 2020.1)
    if _SINCE_LAST_YEAR.search(told):
        return _range(max(0.0, _now(today) - today.year), _now(today) - today.year + 1)
    month = _SINCE_MONTH.search(told)
    if month and len(re.findall(r"\b(?:19|20)\d\d\b", told)) <= 1:
        year = int(month[2]) if len(month[2]) == 4 else 2000 + int(month[2])
        years = _now(today) - _fraction(year, _MONTH_NAMES.index(month[1]) + 1)
        return signals.clear(round(max(years, 0.0), 2), "counted from a month", "years")
    span = _SPAN.search(told)
    if span:
        return _spanned(told, today)
    since = _SINCE.search(told)
    if since:
        return _since(told, since, today)
    return None


def _spanned(told: str, today: date) -> Reading:
    total = 0.0
    for m in _SPAN.finditer(told):
        end = float(m[2]) if m[2].isdigit() else _now(today)
        total += max(0.0, end - int(m[1]))
    return signals.clear(round(total, 2), "from year to year", "years")


def _since(told: str, since: re.Match[str], today: date) -> Reading:
    year = int(since[1]) if len(since[1]) == 4 else 2000 + int(since[1])
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", told)]
    if not 1950 <= year <= today.year:
        return signals.unclear("the year makes no sense")
    longest, shortest = _now(today) - year, max(0.0, _now(today) - year - 1)
    if len(years) > 1 or re.search(r"\b(?:off|break|gap|leave|elternzeit|between|except|stopped|left|pause)\b", told):
        return _range(max(0.0, shortest - 3.0 - max(0, len(years) - 2)), shortest if len(years) > 1 else longest)
    return _range(shortest, longest)


def _range(low: float | None, high: float | None) -> Reading:
    rounded = {"min": None if low is None else round(low, 2), "max": None if high is None else round(high, 2)}
    return signals.clear(rounded, "a range", "years")


def _by_amounts(asked: str, told: str) -> Reading:
    told = _A_UNIT.sub(lambda m: m[0][: m.start(1) - m.start()] + "1 " + m[1], told)
    few = _FEW.search(told)
    if few and not re.search(r"\d", told.replace("1 few", "")):
        factor = _FACTOR["year" if few[1][0] == "y" or few[1][:2] == "an" else "week" if few[1][0] in "ws" else "month"]
        return _range(2 * factor, 6 * factor)
    if _AGE.search(told):
        return signals.unclear("an age, not a length of time")
    if re.search(r"\b1 summers?\b|\b(?:a|one|last) summer\b", told):
        return _range(0.15, 0.3)
    found, unknown = _measured(asked, told)
    if not found:
        vague = unknown or _VAGUE.search(told)
        return (
            signals.clear(0.0, "says none", "years")
            if _NEW.search(told) and not vague
            else signals.unclear("no length of time in it")
        )
    if _other_kind(asked, told):
        return signals.unclear("may be another kind of experience")
    if _COMING.search(told) and len(found) == 1:
        return signals.conditional(told, value=found[0].low)
    return _sum(found, told)


def _measured(asked: str, told: str) -> tuple[list[Amount], bool]:
    """The amounts that are lengths of time, in years; and whether a number was of another kind."""
    default = (
        "month"
        if re.search(r"\b(?:months|meses|mois|monate)\b", asked) and not re.search(r"\byears\b", asked)
        else "year"
    )
    found: list[Amount] = []
    unknown = False
    seen = amounts(told, _UNIT)
    own = _own_kind(asked, told, seen)
    for index, a in enumerate(seen):
        if own and index not in own:
            continue
        unit = _UNIT.match(told, a.end)
        next_unit = next((_UNIT.match(told, b.end) for b in seen[index + 1 :]), None)
        if (not unit and _OTHER_UNIT.match(told, a.end)) or (not unit and (a.low or a.high or 0) > 60):
            unknown = True
            continue
        name = (
            (unit.lastgroup if unit else None) or (next_unit.lastgroup if next_unit and a.ranged else None) or default
        )
        found.append(a.times(_FACTOR[name]))
    return found, unknown


def _own_kind(asked: str, told: str, seen: list[Amount]) -> set[int]:
    """ "1 year forklift, 6 years warehouse": the amounts that name the thing asked about, when others name another."""
    if len(seen) < 2:
        return set()
    ends = [*(a.start for a in seen[1:]), len(told)]
    tails = [stems(_UNIT_WORDS.sub(" ", told[a.end : end])) for a, end in zip(seen, ends, strict=True)]
    topic = stems(asked) - {"exper", "years", "many", "much", "month"}
    naming = {i for i, tail in enumerate(tails) if tail & topic}
    return naming if naming and any(tail and not tail & topic for tail in tails) else set()


def _other_kind(asked: str, told: str) -> bool:
    if (
        re.search(r"\bcdl\b", asked)
        and re.search(r"\bdriving\b|\bdriver\b", told)
        and not re.search(r"\bcdl|class a|truck|otr|semi|tractor|trailer", told)
    ):
        return True
    m = _ELSEWHERE.search(told)
    return bool(m) and not re.search(rf"\b{re.escape(m[0])}\b", asked) if m else False


def _sum(found: list[Amount], told: str) -> Reading:
    if len(found) == 1:
        return _single(found[0])
    if re.search(r"\b(?:or|maybe|oder|ou|o)\b", told):
        lows = [a.low or 0.0 for a in found]
        return _range(min(lows), max((a.high if a.high is not None else 99.0) for a in found))
    if any(a.low is None or a.high is None or a.almost for a in found):
        return _range(sum(a.low or 0.0 for a in found), None)
    low, high = sum(a.low or 0.0 for a in found), sum(a.high or 0.0 for a in found)
    return signals.clear(round(low, 3), "added up", "years") if low == high else _range(low, high)


def _single(a: Amount) -> Reading:
    if a.almost and a.high is not None:
        return _range(max(0.0, a.high - (0.5 if a.high > 1 else 0.25)), a.high)
    if a.low is not None and a.low == a.high:
        return signals.clear(round(a.low, 3), "a length of time", "years")
    return _range(a.low if a.low is not None else 0.0, a.high)

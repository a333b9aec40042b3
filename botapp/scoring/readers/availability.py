"""Days, parts of the day and hours a person can work. "Any but Sunday" is the rest; limits on hours are "
"not days lost."""

import re
from typing import Any

from botapp.scoring.readers import signals
from botapp.scoring.readers.words import fold, numbered, rx, words_of
from botapp.screening.interview import Reading, ReadingStatus

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_WORDS = {
    "mon": r"mon(?:day)?s?|m(?=[/-]|w|tw)|lunes|lundis?|montags?|mo",
    "tue": r"tue?s?(?:day)?s?|t(?=/)|tu|martes|mardis?|dienstags?|di",
    "wed": r"wed(?:nes|s)?(?:day)?s?|w|miercoles|mercredis?|mittwochs?|mi",
    "thu": r"thu(?:rs?)?(?:day)?s?|th|r(?=/)|jueves|jeudis?|donnerstags?|do(?=[-/,])",
    "fri": r"fri(?:day)?s?|f|viernes|vendredis?|freitags?|fr",
    "sat": r"sat(?:ur)?(?:day)?s?|sabados?|samedis?|samstags?|sonnabends?|sa",
    "sun": r"sun(?:day)?s?|domingos?|dimanches?|sonntags?|so(?=[-/,]|$)",
}
_ONE_DAY = "|".join(f"(?P<{d}>{p})" for d, p in _DAY_WORDS.items())
_DAY = re.compile(rf"(?<![a-z'])(?:{_ONE_DAY})(?![a-z])")
_ANY_DAY = "(?:" + "|".join(_DAY_WORDS.values()) + ")"
_SPAN = rx(rf"(?<![a-z])({_ANY_DAY}) ?(?:-|to|thru|through|until|till|a|au|bis|al) ?({_ANY_DAY})(?![a-z])")
_WEEKDAYS = words_of(
    r"week ?days?|during the week|school days|work week|entre semana|en semaine|unter der woche|werktags?"
    r"|wochentags?|business days|m-f"
)
_WEEKENDS = words_of(r"week ?ends?|wknds?|wkends?|fines? de semana|fin de semaine|wochenenden?|sat ?(?:&|and|n|/) ?sun")
_EVERY = words_of(
    r"every ?day|any ?days?(?! (?:but|except) ?$)|all days|all week|any ?time|24/7|7 days(?: a week)?"
    r"|all 7(?: days)?|open availability|fully? (?:open|flexible|available)|wide open|full availability"
    r"|whenever(?: \w+){0,3}|always|completely (?:open|flexible|free)|daily|no restrictions|any and all"
    r"|all of (?:them|it)|all|any|flexible|im open|open|todos los dias|cualquier dia|siempre|tous les jours"
    r"|nimporte quel jour|jeden tag|immer|alle tage|egal|disponibilidad (?:total|completa)"
)
_COUNT = rx(r"\b([2-6]) ?(?:-|to)? ?([2-7])? days?(?: (?:a|per) week|/(?:wk|week))?\b")
_DENIED = rx(
    r"(?:\b(?:but|except|not|no|never|cant(?: do| work)?|cannot(?: do| work)?|wont|dont|minus|besides"
    r"|other than|apart from|excluding|without|menos|excepto|salvo|sauf|ausser|nicht|pas|unavailable|off"
    r"|busy|school|class(?:es)?|church|kids)(?: (?:available|on|work|do|the|el|los|le|am|for|during"
    r"|working))*)\s?$"
)
_DENIED_AFTER = rx(
    r"^(?: (?:is|are|i|im|i have|i got|because|morning|night|s))* ?(?:off\b|out\b|no\b|not\b|cant\b|are out"
    r"|is out|church|class\b|school|unavailable|i have (?:class|school|church|my kids)|wont work|dont work"
    r"|i cant|never)"
)
_PARTS = {
    "morning": words_of(
        r"mornings?|am(?! \w*(?:tag|woch|ende))|am shifts?|mananas?|por la manana|matins?|morgens|vormittags?"
        r"|first shift|1st shift"
    ),
    "afternoon": words_of(r"afternoons?|arvos?|tardes?|apres-midis?|nachmittags?"),
    "evening": words_of(r"evenings?|after (?:school|work|class)|soirs?|abends?|second shift|2nd shift"),
    "night": words_of(r"nights?|overnights?|graveyard|noches?|nuits?|nachts?|third shift|3rd shift"),
}
_TIME = r"(\d{1,2})(?::?(\d\d))? ?(a\.?m?\.?|p\.?m?\.?|h|uhr)?"
_HOURS = rx(rf"(?<![\d/]){_TIME} ?(?:-|to|til|till|until|thru|through|a|bis) ?{_TIME}(?![\d/]| ?days)\b")
_AFTER = rx(
    rf"\b(?:after|from|anytime after|past|starting at|despues de las|a partir de las?|apres|ab|nach) {_TIME}"
    rf"(?! ?(?:-|to|days|weeks))\b|\b{_TIME} ?(?:onwards?|on)\b"
)
_BEFORE = rx(rf"\b(?:before|until|till|til|by|hasta las?|antes de las?|avant|jusqua|vor|bis) {_TIME}(?! ?days)\b")
_CONDITION = words_of(
    r"if|unless|depend\w*|every other|alternat\w+|some(?:times)?|rotating|varies|it changes|changes (?:weekly"
    r"|every week)|week to week|once a month|occasional\w*|maybe|1 (?:sat|sun)\w*|cada dos|a veces"
    r"|un .*? sur deux|jede[sn] zweite\w*|manchmal"
)
_JOINED = rx(
    r"(?: (?:night|morning|evening|afternoon)s?)? ?(?:,|and|n|or|&|/|\+|-|nor|y|o|ni|et|ou|und|oder|, ?(?:or|and)) ?"
)
_SOME_HOURS = rx(
    r" ?(?:or (?:\w+) )?(?:before|after|until|till|til|from|mornings?|evenings?|nights?|afternoons?|during)\b"
)


def read(text: str) -> Reading:
    """Reads folded `text` as the days and hours a person can work."""
    told = numbered(text)
    if signals.only_asks(text) and not _DAY.search(text.rstrip("?")):
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    if signals.refuses(text):
        return signals.status(ReadingStatus.REFUSED, "declines to tell")
    value = _days(told)
    if value is None:
        return _part_only(told)
    limited = sorted(_named(told)[2], key=DAYS.index)
    if limited:
        value["limited"] = limited
    value |= _hours(told)
    parts = _parts(told)
    if parts and "from" not in value:
        value["parts"] = parts
    if _CONDITION.search(told):
        return signals.conditional(told, value=value)
    return signals.clear(value, "days named")


def _part_only(told: str) -> Reading:
    parts = _parts(told)
    found = _hours(told)
    if (not parts and not found) or signals.unsure(told):
        return signals.unclear("no days in it")
    return Reading(status=ReadingStatus.UNCLEAR, because="a time of day, but which days?")


def _days(told: str) -> dict[str, Any] | None:
    yes, no, limited = _named(told)
    if limited and not yes and not no:
        return {"days": list(DAYS)}
    every = _EVERY.search(told) or re.search(r"every day", told)
    count = _COUNT.search(told)
    if count and not yes and not _WEEKENDS.search(told) and not re.search(r"\b7 days", told):
        return {"days": "any", "count": int(count[1])} if not no else None
    if (every and not yes) or (no and not yes and re.search(r"\b(?:any|all|every|todo|tous|alle|open|free)", told)):
        return {"days": [d for d in DAYS if d not in no]}
    if yes:
        return {"days": [d for d in DAYS if d in yes | limited and d not in no]}
    return None


def _named(told: str) -> tuple[set[str], set[str], set[str]]:
    """Days taken, days denied, and days that are only limited to some hours: those are not lost."""
    yes: set[str] = set()
    no: set[str] = set()
    limited: set[str] = set()
    group: set[str] = set()
    run: set[str] = set()  # days joined so far: "mondays and tuesdays i have class" denies both
    denying = False
    last = 0
    for start, end, days in _mentions(told):
        if not _JOINED.fullmatch(told[last:start]):
            denying, group, run = False, set(), set()
        run |= days
        denying = denying or bool(_DENIED.search(told[max(0, start - 40) : start]))
        if not denying and _DENIED_AFTER.match(told[end : end + 40]):
            yes, no = yes - run, no | run
        elif denying:
            group |= days
            if _SOME_HOURS.match(told[end : end + 30]):
                limited |= group
            no |= days
        else:
            yes |= days
        last = end
    return yes, no - limited, limited


def _mentions(told: str) -> list[tuple[int, int, set[str]]]:
    out: list[tuple[int, int, set[str]]] = []
    rest = told
    for m in _SPAN.finditer(told):
        a, b = _day_of(m[1], "-"), _day_of(m[2], "")
        if a and b:
            i, j = DAYS.index(a), DAYS.index(b)
            out.append((m.start(), m.end(), {DAYS[k % 7] for k in range(i, (j if j >= i else j + 7) + 1)}))
            rest = rest[: m.start()] + "_" * (m.end() - m.start()) + rest[m.end() :]
    for pattern, days in ((_WEEKDAYS, set(DAYS[:5])), (_WEEKENDS, set(DAYS[5:]))):
        for m in pattern.finditer(rest):
            out.append((m.start(), m.end(), days))
            rest = rest[: m.start()] + "_" * (m.end() - m.start()) + rest[m.end() :]
    for m in _DAY.finditer(rest):
        if m.lastgroup and (len(m[0]) > 2 or _coded_day(m, rest)):
            out.append((m.start(), m.end(), {m.lastgroup}))
    out += _run_together(rest)
    return sorted(out, key=lambda x: x[0])


def _coded_day(m: re.Match[str], rest: str) -> bool:
    """ "T", "Th" count among other day codes only."""
    around = rest[max(0, m.start() - 4) : m.start()] + "|" + rest[m.end() : m.end() + 4]
    return bool(re.search(r"[/&,]\s?\||\|\s?[/&,-]|-\|", around))


def _run_together(rest: str) -> list[tuple[int, int, set[str]]]:
    """ "MWF", "TTh"."""
    out = []
    for m in re.finditer(r"(?<![a-z])(mwf|m[ ,/]w[ ,/]f|mw|wf|mtwth?f?|mtwrf|tth|t-th|mthf)(?![a-z])", rest):
        codes = {"m": "mon", "w": "wed", "f": "fri", "r": "thu"}
        word = m[1].replace("th", "r").replace("-", "")
        out.append((m.start(), m.end(), {codes.get(c, "tue") for c in word if c.isalpha()}))
    return out


def _day_of(word: str, after: str) -> str | None:
    m = _DAY.match(word + after)
    if m and m.lastgroup:
        return m.lastgroup
    return {"m": "mon", "t": "tue", "s": "sat", "r": "thu"}.get(word)


def _parts(told: str) -> list[str]:
    out = []
    for part, pattern in _PARTS.items():
        m = pattern.search(told)
        if m and not re.search(
            r"\b(?:no|not|cant|except|but|never|before|dont)(?: \w+){0,2}\s$", told[max(0, m.start() - 20) : m.start()]
        ):
            out.append(part)
    return out


def _clock(hour: str, minute: str | None, half: str | None, *, after: int = -1) -> str | None:
    h = int(hour)
    if h > 24:
        return None
    if half and half[0] == "p" and h < 12:
        h += 12
    elif half and half[0] == "a" and h == 12:
        h = 0
    elif not half and h <= after and h + 12 > after and h < 12:
        h += 12
    return f"{h % 24:02d}:{minute or '00'}"


def _hours(told: str) -> dict[str, Any]:
    m = _HOURS.search(told)
    if m and int(m[1]) <= 24 and int(m[4]) <= 24:
        if not m[3] and m[6] and m[6][0] == "p" and int(m[1]) < 12 and int(m[1]) < int(m[4]):
            start = _clock(
                m[1],
                m[2],
                "p" if int(m[1]) <= 6 and int(m[4]) - int(m[1]) >= 3 and int(m[1]) >= 1 and int(m[1]) < 6 else None,
            )
        else:
            start = _clock(m[1], m[2], m[3])
        begin = int(start[:2]) if start else 0
        return {"from": start, "to": _clock(m[4], m[5], m[6], after=begin)}
    return _one_sided(told)


def _one_sided(told: str) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if re.search(r"\b(?:but|except|no|not|cant)\b", told):
        return out
    after, before = _AFTER.search(told), _BEFORE.search(told)
    if after:
        hour, minute, half = (after[1], after[2], after[3]) if after[1] else (after[4], after[5], after[6])
        out["from"] = _clock(hour, minute, half or ("p" if int(hour) < 7 else None))
    if before:
        out["to"] = _clock(before[1], before[2], before[3], after=6)
    return out


def covers(value: Any, wanted: list[str]) -> bool | None:
    """True with every wanted day, False with none of them, None in between."""
    days = value.get("days") if isinstance(value, dict) else None
    if days == "any":
        return True if value.get("count", 7) >= len(wanted) else None
    if isinstance(days, list) and set(value.get("limited", ())) & {day_of(d) for d in wanted}:
        return None
    if not isinstance(days, list) or value.get("parts") or value.get("from") or value.get("to"):
        return None if not isinstance(days, list) or set(wanted) & set(days) else False
    have = {day_of(d) for d in wanted} & set(days)
    return True if len(have) == len(wanted) else None if have else False


def day_of(word: str) -> str:
    """ "Saturday" as "sat"."""
    m = _DAY.match(fold(word))
    return m.lastgroup if m and m.lastgroup else word

"""Shifts, days and hours a job asks for, as one question a line. Unusual ones decide; ordinary ones only inform."""

import re
from collections.abc import Iterator

from botapp.compose.needs import Need, is_must, is_soft
from botapp.compose.source import Line, Section

_QUIET = frozenset({Section.COMPANY, Section.BENEFITS, Section.APPLY})


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


# ---- shifts ------------------------------------------------------------------------------------------------

_UNUSUAL = (
    ("waking nights", _rx(r"\bwaking nights?\b")),
    ("overnight shifts", _rx(r"\bovernights?\b(?! (?:pack|ship|deliver|mail|stay))")),
    ("night shifts", _rx(r"\b(?:night[- ]?shifts?|nights\b(?! a week| out)|3rd shift|third shift|graveyard)")),
    (
        "rotating shifts",
        _rx(r"\brotat\w+ (?:\w+ )?(?:shift|schedule|rota|roster|basis)|\b\d-on ?/ ?\d-off\b"),
    ),
    ("split shifts", _rx(r"\bsplit shifts?\b")),
    ("12-hour shifts", _rx(r"\b(?:12|twelve)[- ]?h(?:ou)?rs? (?:shift|day)")),
    ("evenings", _rx(r"\bevenings?\b(?! classes)|\b2nd shift\b|\bsecond shift\b")),
    ("weekends", _rx(r"\bweekends?\b(?! off)|\bsaturdays?\b|\bsundays?\b")),
    ("holidays", _rx(r"\b(?:work|working|and|,) (?:public |bank |some |most |all )?holidays\b(?! pay| off)")),
    ("on-call shifts and call-ins", _rx(r"\bon[- ]call\b(?! volume)|\bcall[- ]ins?\b|\bcall-?outs?\b")),
    ("overtime", _rx(r"\b(?:mandatory|required|work|on|requires?) (?:\w+ )?overtime\b")),
    ("early mornings", _rx(r"\bearly mornings?\b")),
)
_TIMES = _rx(
    r"\b\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\.?\b)? ?(?:-|–|to"
    r"|until) ?\d{1,2}(?::\d\d)? ?[ap]\.?(?:m\.?)?(?=\W|$)"
)
_DAYSPAN = _rx(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s? ?(?:-|–|to|through|thru"
    r"|/) ?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
)
_WORKWORDS = _rx(
    r"\b(?:shifts?|schedule|hours|work(?:ing)?|available|availability|able|flexib\w+|rota|days?"
    r"|must|required|support)\b"
)
_PERK = _rx(
    r"\b(?:no (?:nights|weekends|evenings|after hours|on[- ]call|overtime)|nights? out"
    r"|weekends? off|every weekend (?:home|off)"
    r"|home (?:every|on) (?:night|weekend)s?|home most nights|home time|parent'?s? night"
    r"|paid holidays|holidays? (?:pay|off)|award nights|open nights?|occasional night in truck"
    r"|probable|occasional(?:ly)?|seniority|some (?:evenings|saturdays|weekends|weeks)"
    r"|flexible (?:time|scheduling)|downtime|weekend pay|premium)\b"
)


_AT_TIME = _rx(
    r"\bmust (?:also )?be (?:able|available|willing) to (?P<what>(?:open|close|start"
    r"|arrive|be (?:here|there|in)|begin)\b"
    r"[^.;,]{0,40}?\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?)"
)


def shifts(line: Line) -> Iterator[Need]:
    """Work at unusual times; a pattern stated as a must or a fact of the job decides."""
    text = line.text
    if re.search(r"\b(?:written|multiple-choice|test|exam|examination)\b", text, re.I):
        return
    if at := _AT_TIME.search(text):
        yield Need("shift", "start time", f"Can you {at['what'].rstrip('.')}?", line, 15)
        return
    if line.section in _QUIET and not (line.section is Section.BENEFITS and re.search(r"\bhour shifts?\b", text)):
        return
    if (
        _PERK.search(text)
        or is_soft(line)
        or (
            line.section in (Section.IGNORE, Section.NOTES, Section.DUTIES)
            and not is_must(line)
            and not text.isupper()
            and not re.search(r"\bincluding weekends\b|hours per week|shift", text, re.I)
        )
    ):
        return
    spans = _DAYSPAN.sub(" ", text)
    found = [name for name, pattern in _UNUSUAL if pattern.search(spans if name == "weekends" else text)]
    if kept := re.search(
        r"\b(?:alternate|every other|every second|some|occasional|one in (?:two|three|four)) weekends?\b", text, re.I
    ):
        found = [kept[0].lower().rstrip("s") + "s" if name == "weekends" else name for name in found]
    if "waking nights" in found:
        found = [f for f in found if f != "night shifts"]
    if not found or not (_WORKWORDS.search(text) or len(text.split()) <= 8):
        return
    times, days = _TIMES.search(text), _DAYSPAN.search(text)
    detail = ", ".join(part for part in (days[0] if days else "", times[0] if times else "") if part)
    rota = re.search(r"\b\d-on ?/ ?\d-off\b", text)
    pattern = f"a {rota[0]} rotation" if rota else ""
    names = [f for f in found if not (rota and f == "rotating shifts")]
    spoken = _joined([*names, *([pattern] if pattern else [])])
    ask = f"Can you work {spoken}" + (f" ({detail})" if detail else "") + "?"
    hard = (
        is_must(line)
        or line.section in (Section.SCHEDULE, Section.NONE, Section.REQUIRED)
        or text.isupper()
        or "per week" in text.lower()
    )
    yield Need("shift", found[0].split(" and ")[0], ask, line, 15, hard=hard)


def ordinary_hours(line: Line) -> Iterator[Need]:
    """Stated days or times that are nothing unusual, when a requirement or a schedule says so."""
    text = line.text
    times, days = _TIMES.search(text), _DAYSPAN.search(text)
    if (
        not (times or days)
        or line.section in _QUIET | {Section.NOTES, Section.IGNORE}
        or any(p.search(text) for _, p in _UNUSUAL)
    ):
        return
    if not (_WORKWORDS.search(text) or line.section is Section.SCHEDULE) or re.search(
        r"\b(?:open|call|contact|apply|office hours|store|orientation|class|training)\b", text, re.I
    ):
        return
    spoken = ", ".join(m[0].strip(" .") for m in (days, times) if m)
    must = bool(re.search(r"\bmust\b|\bno exceptions|\brequired\b|\bable to do\b", text, re.I))
    yield Need("shift", "hours", f"Can you work {spoken}?", line, 16 if must else 60, hard=must)


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]

"""Spans of time in a resume: "Jan 2020 - Present", "03/2018 to 05/2019", "2015-2017". Months, never guessed.

English, Spanish, French and German month names. A span without an end, or one that lies in the future, is none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    **dict.fromkeys(("jan", "ene"), 1),
    **dict.fromkeys(("feb", "fév", "fev"), 2),
    **dict.fromkeys(("mar", "mär"), 3),
    **dict.fromkeys(("apr", "abr", "avr"), 4),
    **dict.fromkeys(("may", "mai"), 5),
    **dict.fromkeys(("jun", "juin"), 6),
    **dict.fromkeys(("jul", "juil"), 7),
    **dict.fromkeys(("aug", "ago", "aoû", "aou"), 8),
    "sep": 9,
    **dict.fromkeys(("oct", "okt"), 10),
    "nov": 11,
    **dict.fromkeys(("dec", "dic", "déc", "dez"), 12),
}
_NAME = (
    r"(?P<name{n}>(?:jan|ene|feb|f[ée]v|mar|mär|apr|abr|avr|may|mai|juin|jun|juil|jul|aug|ago|ao[uû]|sep|o[ck]t|nov"
    r"|de[cz]|d[ée]c|dic)[a-zéûä]*)\.?,?\s+(?:de\s+)?"
)
_POINT = rf"(?:{_NAME}|(?P<month{{n}}>0?[1-9]|1[0-2])[/.])?(?P<year{{n}}>(?:19|20)\d\d)"
_NOW = (
    r"(?P<now>present|current|currently|now|today|to date|ongoing|heute|aktuell|actualidad|actual|presente"
    r"|présent|aujourd['’]hui|ce jour)"
)
_SPAN = re.compile(
    rf"(?<![\w/.]){_POINT.format(n=1)}\s*(?:-{{1,2}}|–|—|−|\bto\b|\buntil\b|\bbis\b|\bau\b|\bà\b|\ba\b|\bhasta\b)\s*"
    rf"(?:{_POINT.format(n=2)}|{_NOW})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """`first` and `last` count months from year 0, both included. `start`, `end`: where it stands in the text."""

    first: int
    last: int
    start: int
    end: int
    goes_on: bool = False


def spans(text: str, today: date) -> list[Span]:
    """Every span of time in `text`, in order."""
    found = []
    this_month = today.year * 12 + today.month - 1
    for match in _SPAN.finditer(text):
        first = _month(match, 1, january=True)
        last = this_month if match["now"] else _month(match, 2, january=match["month2"] is None and not match["name2"])
        if not match["now"] and match["name2"] is None and match["month2"] is None and match["name1"] is None:
            last -= 1  # "2015-2017" is about two years, not three
        if first <= last <= this_month:
            found.append(Span(first, last, match.start(), match.end(), bool(match["now"])))
    return found


def _month(match: re.Match[str], which: int, *, january: bool) -> int:
    """Months from year 0; a year alone begins in January."""
    name, number = match[f"name{which}"], match[f"month{which}"]
    if name:
        low = name.lower()
        month = next((_MONTHS[low[:size]] for size in (4, 3) if low[:size] in _MONTHS), 1)
    else:
        month = int(number) if number else 1 if january else 12
    return int(match[f"year{which}"]) * 12 + month - 1


def months(found: Iterable[Span]) -> int:
    """How many different months they cover: two jobs at once count once."""
    return len({month for span in found for month in range(span.first, span.last + 1)})


def blocks(text: str, found: Sequence[Span]) -> list[tuple[Span, int, int]]:
    """Each span with the part of the text it is about: the line above it, its own, and all up to the next."""
    starts = []
    for span in found:
        line = text.rfind("\n", 0, span.start) + 1
        starts.append(text.rfind("\n", 0, max(line - 1, 0)) + 1 if line else 0)
    ends = [*starts[1:], len(text)][: len(starts)]
    return [(span, start, max(end, span.end)) for span, start, end in zip(found, starts, ends, strict=True)]

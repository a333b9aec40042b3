"""Numbers in text with what is said about them: "about", "at least", "almost", ranges, units. Values "
"only, no decisions."""

import re
from dataclasses import dataclass, replace

from botapp.scoring.readers.words import rx

NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
_FLOOR_BEFORE = rx(
    r"(?:over|(?<!no )(?<!not )more than|at least|min(?:imum)?(?: of)?|no less than|not less than"
    r"|nothing (?:less than|under|below)|upwards? of|north of|above|well over|a little over|just over"
    r"|(?<!no )mas de|al menos|minimo|como minimo|no menos de|plus de|au moins|mehr als|uber|mindestens|ab"
    r"|greater than|>=?|starting at)\s*[$£€]?\s*$"
)
_CEIL_BEFORE = rx(
    r"(?:(?<!no )(?<!not )(?<!nothing )less than|under|at most|up to|max(?:imum)?(?: of)?|no more than"
    r"|not more than|below|fewer than|(?<!no )menos de|hasta|como mucho|maximo|no mas de|moins de|jusqua"
    r"|weniger als|unter|hochstens|bis zu|maximal|<=?)\s*[$£€]?\s*$"
)
_ALMOST_BEFORE = rx(
    r"(?:almost|nearly|close to|closer to|just under|just shy of|shy of|going on|pushing|coming up on"
    r"|approaching|about to be|casi|presque|bientot|knapp|fast|not quite|a bit under|little under"
    r"|little less than|a little short of)(?: (?:my|a|to))?\s*[$£€]?\s*$"
)
_FLOOR_AFTER = re.compile(
    r"\s*(?:\+|\bplus\b(?! (?:tips|bonus|\d))|or (?:more|better|higher|above|up)\b|and (?:up|above|over)\b"
    r"|min(?:imum)?\b|o mas\b|y pico\b|mindestens\b|al menos\b|ou plus\b|oder mehr\b|at least\b"
    r"|at minimum\b)"
)
_CEIL_AFTER = re.compile(
    r"\s*(?:max(?:imum)?\b|tops\b|or (?:less|under|fewer)\b|at (?:the )?most\b|o menos\b|ou moins\b|maximo\b"
    r"|hochstens\b|como mucho\b)"
)
_RANGE_JOIN = re.compile(
    r"\s*(?:-|~|to|thru|through|until|till|or|a|y|o|ou|et|bis|und|oder|and)\s*(?:maybe |like |about |even "
    r"|perhaps )?[$£€]?\s*"
)
_BETWEEN = rx(r"(?:between|entre|zwischen|from|somewhere between)\s*[$£€]?\s*$")


@dataclass(frozen=True)
class Amount:
    """`low` to `high`; None is an open end. `start`..`end` is where it stands in the text; `after` what follows."""

    low: float | None
    high: float | None
    start: int
    end: int
    almost: bool = False
    ranged: bool = False

    @property
    def point(self) -> float | None:
        return self.low if self.low == self.high else None

    def times(self, factor: float) -> "Amount":
        return replace(
            self,
            low=None if self.low is None else self.low * factor,
            high=None if self.high is None else self.high * factor,
        )


def number(raw: str, *, comma_decimal: bool = False) -> float:
    """ "1,500" 1500; "2,5" 2.5; "1.500" 1500 where a point parts thousands."""
    if comma_decimal and re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", raw):
        return float(raw.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", raw):
        return float(raw.replace(",", ""))
    return float(raw.replace(",", "."))


_NUMBERS = re.compile(r"(?<![\w.])(?<!\d,)" + NUMBER + r"(?![\d])")


def amounts(text: str, unit: re.Pattern[str], *, comma_decimal: bool = False) -> list[Amount]:
    """Every number in `text` with its range. `unit` matches what may stand between a number and its range "
    "or modifier."""
    found = list(_NUMBERS.finditer(text))
    out: list[Amount] = []
    skip = False
    for i, m in enumerate(found):
        if skip:
            skip = False
            continue
        value = number(m[1], comma_decimal=comma_decimal)
        after = _unit_end(unit, text, m.end())
        nxt = found[i + 1] if i + 1 < len(found) else None
        join = _RANGE_JOIN.fullmatch(text[after : nxt.start()]) if nxt else None
        if nxt and join and _spans(text, m, join[0]):
            other = number(nxt[1], comma_decimal=comma_decimal)
            out.append(Amount(min(value, other), max(value, other), m.start(), nxt.end(), ranged=True))
            skip = True
            continue
        out.append(_modified(text, m, value, after))
    return out


def _spans(text: str, first: re.Match[str], join: str) -> bool:
    """ "2 and 1" adds up; "2 to 3", "between 2 and 3" is a range."""
    word = join.split()[0] if join.split() else ""
    return (
        word not in ("and", "y", "et", "und", "a") or bool(_BETWEEN.search(text[: first.start()][-40:])) or word == "a"
    )


def _unit_end(unit: re.Pattern[str], text: str, end: int) -> int:
    m = unit.match(text, end)
    return m.end() if m else end


def _modified(text: str, m: re.Match[str], value: float, after: int) -> Amount:
    before = text[max(0, m.start() - 40) : m.start()]
    tail, unit_tail = text[m.end() : m.end() + 14], text[after : after + 14]
    if re.match(r"s\b", tail) and value % 10 == 0 and value < 100:
        return Amount(value, value + 9, m.start(), m.end() + 1, ranged=True)
    whole = Amount(value, value, m.start(), m.end())
    if _CEIL_BEFORE.search(before) or _CEIL_AFTER.match(tail) or _CEIL_AFTER.match(unit_tail):
        return replace(whole, low=None)
    if _FLOOR_BEFORE.search(before) or _FLOOR_AFTER.match(tail) or _FLOOR_AFTER.match(unit_tail):
        return replace(whole, high=None)
    return replace(whole, almost=bool(_ALMOST_BEFORE.search(before)))

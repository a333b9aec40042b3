"""Folding of typed text and number words: what every reader looks at. Linear in the length of the text."""

import re
import unicodedata
from collections.abc import Iterable

from botapp.screening.interview import SpokenPart

LONGEST_READ = 700  # a typed answer longer than this is a story, not a value
MOST_NUMBERS = 24  # more numbers than this are a list, not a value
_NUMBER_RUNS = re.compile(r"\d+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u02bc\u201b]")
_QUOTES = re.compile('[\u201c\u201d\u201e\u00ab\u00bb"]')
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_LAUGHTER = re.compile(
    r"(?:^|(?<=\s))(?:lol|lmao|haha+|hehe+|jaja+|mdr|xd|rofl|smh|tbh|ngl|bro|bruh|fam|sir|ma ?am|boss)(?=$|[\s,.!?])"
)


def rx(pattern: str) -> re.Pattern[str]:
    """A compiled pattern for folded text, in which a blank also stands for the break inside a burst."""
    return re.compile(pattern.replace(" ", r"\s"))


def words_of(*alternatives: str) -> re.Pattern[str]:
    """Matches any of the given phrases as whole words."""
    return rx(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")


def listed(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def visible(text: str) -> str:
    """The text without characters that can't be seen."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes, plain quotes and dashes, single blanks; line breaks stay."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold())
    text = _MARKS.sub("", unicodedata.normalize("NFD", _APOSTROPHES.sub("", text)))
    text = _DASHES.sub("-", _QUOTES.sub(" ", text))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def spoken(parts: Iterable[SpokenPart]) -> str:
    """All parts of an answer, folded, one a line, without laughter."""
    return _SPACES.sub(" ", _LAUGHTER.sub(" ", "\n".join(fold(part.text) for part in parts))).strip()


def readable(text: str) -> bool:
    """Short enough, and with few enough numbers, to be one value."""
    return len(text) <= LONGEST_READ and sum(1 for _ in _NUMBER_RUNS.finditer(text)) <= MOST_NUMBERS


_UNITS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "uno": 1,
    "una": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "once": 11,
    "doce": 12,
    "quince": 15,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "douze": 12,
    "quinze": 15,
    "ein": 1,
    "eine": 1,
    "einen": 1,
    "einem": 1,
    "eins": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "funf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "elf": 11,
    "zwolf": 12,
}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "veinte": 20,
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "zwanzig": 20,
    "dreissig": 30,
    "vierzig": 40,
    "funfzig": 50,
    "dizaine": 10,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
}
_SCALES = {
    "hundred": 100,
    "cien": 100,
    "ciento": 100,
    "cent": 100,
    "hundert": 100,
    "thousand": 1000,
    "grand": 1000,
    "mil": 1000,
    "mille": 1000,
    "tausend": 1000,
    "million": 1_000_000,
}
_PLAIN_COUPLE = rx(r"\b(?:a |an )?(?:couple|cpl)(?: of)?\b|\bun par(?: de)?\b|\bein paar\b(?= von)")
_HALF_DOZEN = rx(r"\b(?:half a|half) dozen\b")
_DOZEN = rx(r"\b(?:a )?dozen\b|\b(?:une )?douzaine\b")
_DECADE = rx(r"\b(?:a |one )?decade\b")
_TWO_DECADES = rx(r"\b(?:2|two) decades\b")
_NUMBER_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_SCALED = rx(r"\b(\d+(?:\.\d+)?) (hundred|thousand|grand|million|mil|tausend)\b")
_HALF = rx(
    r"\b(\d+(?:\.\d+)?)(?: (?:years?|yrs?|ans?|anos?|jahre?))? ?(?:and|n|&|y|et|und) (?:the |an? )?(?:half"
    r"|1/2|medio|media|demie?|halb)\b(?: (?:years?|yrs?))?"
)
_HALF_UNIT = rx(
    r"\b(?:an? |une? |1 )?(?:(hours?|years?|yrs?|ano|an)) (?:and|n|&|y|et) (?:the |an? )?(?:half|medio|demi)\b"
)
_FRACTION = re.compile(r"\b(\d+) ?1/2\b|\b(\d+) ?½")
_HALF_A = rx(r"\b(?:half a|half an|half|medio|demi|halbes) (years?|yr|ano|an|jahr)\b")
_EINEINHALB = rx(r"\b(?:anderthalb|eineinhalb)\b")
_GERMAN_HALVES = {
    f"{word}einhalb": f"{number}.5" for word, number in (("zwei", 2), ("drei", 3), ("vier", 4), ("funf", 5))
}
_UND_EINHALB = rx(rf"\b(?:{'|'.join(_GERMAN_HALVES)})\b")


def _value_of(word: str) -> int | None:
    if word in _UNITS:
        return _UNITS[word]
    if word in _TENS:
        return _TENS[word]
    tens, dash, unit = word.partition("-")
    if dash and tens in _TENS and _UNITS.get(unit, 99) < 10:
        return _TENS[tens] + _UNITS[unit]
    return None


def _runs(text: str) -> str:
    """Number words become digits: "twenty four" 24, "two hundred" 200."""
    out: list[str] = []
    total: float | None = None
    for word in re.split(r"(\s+)", text):
        bare = word.rstrip(",.;:!?)")
        tail = word[len(bare) :]
        value = _value_of(bare) if _NUMBER_WORD.fullmatch(bare) else None
        scale = _SCALES.get(bare)
        if scale and total is not None:
            total *= scale
        elif (
            value is not None
            and total is not None
            and ((total % 10 == 0 and value < 10 and total >= 20) or (total >= 100 and value < 100))
        ):
            total += value
        elif value is not None:
            if total is not None:
                out.append(f"{total:g} ")
            total = float(value)
        elif word.isspace() and total is not None:
            continue
        else:
            if total is not None:
                out.append(f"{total:.10g} ")
                total = None
            out.append(word)
            continue
        if tail:
            out.append(f"{total:.10g}{tail}")
            total = None
    if total is not None:
        out.append(f"{total:.10g}")
    return "".join(out)


def numbered(text: str) -> str:
    """Folded text with number words as digits, "a couple" as 2, "and a half" as .5."""
    text = _HALF_DOZEN.sub("6", text)
    text = _UND_EINHALB.sub(lambda m: _GERMAN_HALVES[m[0]], text)
    text = _EINEINHALB.sub("1.5", _DOZEN.sub("12", _PLAIN_COUPLE.sub("2 ", text)))
    text = _runs(_DECADE.sub("10 years", _TWO_DECADES.sub("20 years", text)))
    text = _SCALED.sub(lambda m: f"{float(m[1]) * _SCALES[m[2]]:.10g}", text)
    text = _FRACTION.sub(lambda m: f"{m[1] or m[2]}.5", text)
    text = _HALF.sub(
        lambda m: f"{float(m[1]) + 0.5:g}" + (" years" if re.search(r"y(?:ea)?rs?|an|jahr", m[0]) else ""), text
    )
    return _HALF_UNIT.sub(r"1.5 \1", _HALF_A.sub("0.5 years", text))

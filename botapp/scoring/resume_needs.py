"""What a criterion for a resume asks for, as far as rules can read it exactly. None when they can't.

"At least 3 years of warehouse experience" is years and a topic, "Bachelor's degree in accounting" a degree and a
field, "Fluent Spanish" a language and a level, "Forklift licence, Excel or SAP" things by name. "Good team player" is
nothing a resume can prove: a person reads for that.
"""

import re
from dataclasses import dataclass

DEGREES = (
    (
        1,
        re.compile(r"\b(?:high school|diploma|ged|abitur|bachillerato|baccalauréat|secondary school)\b", re.IGNORECASE),
    ),
    (2, re.compile(r"\bassociate'?s?\b(?! (?:director|manager|engineer))|\ba\.?a\.?s?\b degree", re.IGNORECASE)),
    (
        3,
        re.compile(
            r"\bbachelor(?:'?s|s|ate)?\b|\bb\.?\s?(?:sc|eng|a|s|com|ba)\b\.?(?=[\s,(]|$)|\blicence en\b"
            r"|\blicenciatura\b|\bgrado en\b|\bundergraduate degree\b",
            re.IGNORECASE,
        ),
    ),
    (
        4,
        re.compile(
            r"\bmaster(?:'?s)? (?:degree|of|in)\b|\bmaster'?s\b|\bm\.?\s?(?:sc|eng|ba)\b|\bdiplom\b|\bmáster\b",
            re.IGNORECASE,
        ),
    ),
    (5, re.compile(r"\bph\.?\s?d\b|\bdoctora(?:te|l)\b|\bdoctor of\b|\bpromotion\b in", re.IGNORECASE)),
)
_ANY_DEGREE = re.compile(r"\b(?:university|college)?\s*degree\b", re.IGNORECASE)
_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
}
_YEARS = re.compile(
    rf"(?P<n>\d{{1,2}}(?:\.\d)?|{'|'.join(_NUMBERS)})\s*(?:\+|plus)?\s*(?:(?:-|to|–)\s*\d{{1,2}}\s*)?"
    r"(?:or more |full )*(?P<unit>years?|yrs?|months?)\b(?:'|’)?",
    re.IGNORECASE,
)
_LANGUAGES = (
    "english|spanish|french|german|italian|portuguese|dutch|polish|russian|ukrainian|arabic|turkish|mandarin|cantonese"
    "|chinese|japanese|korean|hindi|urdu|vietnamese|tagalog|romanian|greek|czech|swedish|danish|norwegian|finnish"
)
_LANGUAGE = re.compile(rf"\b(?P<name>{_LANGUAGES})\b", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:fluent|fluency|fluently|native|bilingual|proficient|c1|c2|business)\b", re.IGNORECASE)
_EMPTY = re.compile(
    r"\b(?:at least|minimum(?: of)?|min\.?|more than|over|experience[ds]?|experiences|proven|demonstrated|demonstrable"
    r"|strong|solid|good|excellent|great|working|practical|hands-on|relevant|previous|prior|professional|knowledge"
    r"|understanding|familiar(?:ity)?|proficien(?:t|cy)|skilled|skills?|expertise|ability|able|in|of|with|on|using|from"
    r"|to|as|an?|the|for|is|valid|current|active|required|preferred|must|have|has|had|holds?|holding|candidate"
    r"|or similar|or equivalent|equivalent|similar|related|field|subject|a plus|fluent|fluency|fluently|native"
    r"|bilingual|spoken|written|speaks?|language|years?|degree|university|college|the area|area|background|worked|work"
    r"|doing|your|you|some)\b\.?",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"communicat|team|leader|attention|detail|motivat|reliab|problem|flexib|organi[sz]ed?\b|interperson|friendly|attitude"
    r"|punctual|personality|passion|creativ|positive|energetic|dynamic|independen|pressure|multi-?task|proactiv|hard.?work"
    r"|customer[- ]focus|curious|learn|enthusias|ambiti|resilien|stress|time management|analytical|think",
    re.IGNORECASE,
)
_OR = re.compile(r"\s*(?:/|,?\s+\bor\b)\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|;|&|\band\b|\bplus\b|\+(?=\s))\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:[\w'’.+#-]*[\w+#])?")
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "ied", "er", "ed", "es", "s", "y", "e")
LONGEST_TERM = 4


@dataclass(frozen=True, slots=True)
class Need:
    """`degree` by rank: 1 school, 2 associate, 3 bachelor, 4 master, 5 doctorate. `terms`: topics, fields, things."""

    years: float | None = None
    degree: int | None = None
    languages: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    any_of: bool = False
    needs_level: bool = False


def need_of(criterion: str) -> Need | None:
    """What it asks for, or None: it asks for more than names and numbers."""
    text = " ".join(criterion.replace("’", "'").split()).strip(" .")
    years, rest = _years_of(text)
    degree, rest = _degree_of(rest)
    languages = tuple(dict.fromkeys(m["name"].lower() for m in _LANGUAGE.finditer(rest)))
    rest = _LANGUAGE.sub(" ", rest)
    needs_level = bool(languages and _LEVEL.search(text))
    terms, any_of = _terms_of(rest)
    if terms is None or (years is None and degree is None and not languages and not terms):
        return None
    return Need(years, degree, languages, terms, any_of or _either(text, languages), needs_level)


def _either(text: str, languages: tuple[str, ...]) -> bool:
    return len(languages) > 1 and bool(re.search(rf"\b(?:{_LANGUAGES})\b\s*(?:/|or)\s", text, re.IGNORECASE))


def _years_of(text: str) -> tuple[float | None, str]:
    match = _YEARS.search(text)
    if match is None:
        return None, text
    number = _NUMBERS.get(match["n"].lower())
    count = float(match["n"]) if number is None else float(number)
    in_years = count / 12 if match["unit"].lower().startswith("month") else count
    return in_years, f"{text[: match.start()]} {text[match.end() :]}"


def _degree_of(text: str) -> tuple[int | None, str]:
    found = [(rank, pattern) for rank, pattern in DEGREES if pattern.search(text)]
    if not found:
        return (3, _ANY_DEGREE.sub(" ", text)) if _ANY_DEGREE.search(text) else (None, text)
    for _, pattern in found:
        text = pattern.sub(" ", text)
    return min(rank for rank, _ in found), text


def _terms_of(text: str) -> tuple[tuple[str, ...] | None, bool]:
    """The things named, and whether one of them is enough. None: something that is no name of a thing."""
    text = re.sub(r"\([^)]*\)", " ", text)
    any_of = bool(_OR.search(text.strip(" /,")))
    terms = []
    for piece in _AND.split(_OR.sub(", ", text)):
        term = " ".join(_EMPTY.sub(" ", piece).split()).strip(" .:'-")
        if not _WORD.search(term):
            continue
        if _SOFT.search(term) or len(term.split()) > LONGEST_TERM:
            return None, any_of
        terms.append(term)
    return tuple(dict.fromkeys(terms)), any_of and len(terms) > 1


def same_words(term: str, text: str) -> bool:
    """Whether every word of the term stands in the text, in some form, close together."""
    wanted = [_stem(word) for word in _WORD.findall(term)]
    words = [_stem(word) for word in _WORD.findall(text)]
    first = wanted[0] if wanted else ""
    return any(
        all(word in words[max(at - 4, 0) : at + 5 + len(wanted)] for word in wanted)
        for at, said in enumerate(words)
        if said == first
    )


def _stem(word: str) -> str:
    low = word.lower().replace("’", "'").partition("'")[0].rstrip(".")
    for root in ("certif", "licen"):  # certified, certificate, certification; licence, license, licensed
        if low.startswith(root):
            return root
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3 and low.isalpha():
            return low[: -len(ending)]
    return low


_NAME_LINE = re.compile(r"[^\W\d_][\w.'’-]*(?:[ \t]+[^\W\d_][\w.'’-]*){1,3}")


def names_in(resume: str) -> tuple[str, ...]:
    """The name at the head of a resume: its first line, when that is two to four words that stand nowhere else so."""
    head = next((line.strip() for line in resume.split("\n") if line.strip()), "")
    words = head.split()
    if not _NAME_LINE.fullmatch(head) or not all(word[0].isupper() for word in words):
        return ()
    prose = re.sub(r"\S*[@/]\S*|\S+\.\S+", " ", resume)  # without addresses, which are often made of the name
    written_small = any(re.search(rf"\b{re.escape(word.lower())}\b", prose) for word in words)
    return () if written_small or re.search(r"(?i)resume|résumé|curriculum|vitae|lebenslauf", head) else (head,)

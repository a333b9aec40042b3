"""The patterns of what says who somebody is, in English, Spanish, French and German. Each marks its find as `it`.

What is uncertain is taken out: a judge misses a street, a candidate is not judged by it. Every repeat has an end, so
that no text can hold a worker up.
"""

import re

from botapp.scoring.vocabulary import words

_MONTH = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|f[ée]vrier|mar(?:ch|s|zo)?|märz|apr(?:il)?|avril|abril|may|mai|mayo"
    r"|june?|juin|juni[o]?|july?|juillet|juli[o]?|aug(?:ust)?|ao[uû]t|agosto|sep(?:t(?:ember|embre|iembre)?)?"
    r"|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember)?|d[ée]cembre|diciembre|enero|febrero)\.?"
)
_DATE = (
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th|er)?\.?\s+(?:of |de )?{_MONTH}"
    rf"(?:,?\s+(?:de )?\d{{2,4}})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{2,4}})?"
    rf"|(?:{_MONTH}\s+)?(?:19|20)\d\d)"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_PROPER = rf"{_CAPITAL}[\w'’&-]{{0,40}}"
_BIRTH = (
    r"(?:date of birth|d\.?o\.?b\b\.?|birth ?da(?:te|y)|geburts(?:datum|tag)|fecha de nacimiento|cumpleaños"
    r"|date de naissance|anniversaire)\W{0,3}(?:is|was|ist|es|est)?\W{0,3}(?:on |the |am |el |le )?"
)
_BORN = r"(?:\bborn|geboren|\bnée?|\bnací|\bnacid[oa])\s+(?:(?:on|in|the|am|im|le|en|el|den)\s+){0,2}"
_NUMBERED_STREET = (
    r"\d{1,5}[a-z]?\s+(?:(?!the\b|on\b|in\b|a\b|of\b|per\b|down\b|one\b|hours?\b|years?\b|miles?\b|minutes?\b|my\b)"
    r"[\w'.-]+\s+){1,2}(?:street|avenue|road|boulevard|court|drive)\b"
)
_WAY = r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Way|Terrace|Highway|Hwy)"
_SCHOOL = r"(?:University|College|High School|Grammar School|Academy|Institute of Technology|Polytechnic)"


_SCHOOL_OF = r"(?:University|College|School|Institute|Universidad|Université|Universität|Hochschule|Lycée)"
_NAMES = rf"{_PROPER}(?:[\s-]{_PROPER}){{0,4}}"
_OF = r"(?:de\s|du\s|des\s|del\s|la\s|d['’]){0,2}"


def _it(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(f"(?P<it>{pattern})", flags)


def _after(words: str, names: str) -> re.Pattern[str]:
    """Names behind words in any case; the words stay."""
    return re.compile(rf"(?i:\b{words}\s+)(?P<it>{names})")


_MAIL = re.compile(r"(?<![\w.+-])(?P<it>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")
_MAIL_IN_WORDS = re.compile(
    r"(?<![\w.+-])(?P<it>[\w.+-]{1,64}\s?(?:\(at\)|\[at\]|\bat\b)\s?(?:gmail|yahoo|hotmail|outlook|icloud)\b"
    r"(?:\s?(?:dot|\.)\s?com)?)",
    re.I,
)
_LINK = _it(r"(?:https?://|\bwww\.)\S+|\b(?:linkedin|facebook|instagram|github|tiktok)\.com/\S+", re.I)
_HANDLE = re.compile(r"(?<![\w.])(?P<it>@[A-Za-z_]\w{2,})")
_BORN_ON = _it(rf"(?:{_BIRTH}|{_BORN}){_DATE}", re.I)
_AGES = (
    _it(r"\b\d{2}[\s-]?(?:years?|yrs?)[\s-]old\b|\b\d{2}\s?y/?o\b|\baged?:?\s\d{2}\b", re.I),
    re.compile(r"\b(?:i['’]?m|i am)\s+(?P<it>\d{2})(?=\s*(?:[,.;!?\n]|and\b|$))", re.I),
    _it(r"\b\d{2} jahre alt\b|\btengo \d{2} años\b(?! de)|\bj['’]ai \d{2} ans\b(?! d)", re.I),
)
_ADDRESSES = (
    _it(_NUMBERED_STREET, re.I),
    _it(
        rf"\b\d{{1,5}}[A-Za-z]?\s+(?:[NSEW]\.?\s+)?(?:{_PROPER}\s+){{1,4}}{_WAY}\b"
        r"(?:\.?,?\s*(?:Apt|Unit|Suite|#)\.?\s*\w+)?"
    ),
    _it(
        rf"\b(?<!-){_CAPITAL}[\w-]{{0,40}}?(?:straße|strasse|str\.|weg|allee|platz|gasse|ufer)\s+\d{{1,4}}(?:\s?[a-z])?\b"
    ),
    _it(rf"\b\d{{1,4}},?\s+(?:rue|avenue|boulevard|chemin|allée|quai)\s+{_OF}{_NAMES}"),
    _it(rf"\b(?:[Cc]alle|C/|[Aa]venida|Avda\.|[Pp]laza|[Pp]aseo)\s+{_OF}{_NAMES},?\s+\d{{1,4}}\b"),
    _it(r"\b(?:[A-Z][\w.-]{1,40}(?: [A-Z][\w.-]{1,40}){0,2},?\s+)?[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"),
    _after(r"i (?:live|reside) (?:in|at|on|near)", rf"{_PROPER}(?:,?\s+{_PROPER}){{0,4}}"),
)
_SCHOOLS = (
    _it(rf"\b(?:{_PROPER}\s+){{1,4}}{_SCHOOL}\b(?:\s+of\s+{_PROPER})?"),
    _it(rf"\b{_SCHOOL_OF}\s+(?:of\s)?{_OF}(?:the\s+)?{_PROPER}(?:\s+(?:(?:of|at|and|de|la)\s+)?{_PROPER}){{0,4}}"),
    _after(r"(?:graduated from|studied at|enrolled at|(?:degree|diploma) from)", _NAMES),
)
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[e-mail]", _MAIL),
    ("[e-mail]", _MAIL_IN_WORDS),
    ("[link]", _LINK),
    ("[link]", _HANDLE),
    ("[date of birth]", _BORN_ON),
    *(("[age]", pattern) for pattern in _AGES),
    *(("[address]", pattern) for pattern in _ADDRESSES),
    *(("[school]", pattern) for pattern in _SCHOOLS),
)
NAME_IS = re.compile(
    r"(?i:\b(?:my (?:full |first |last )?name(?:'s|’s| is)|i(?:'m|’m| am) called|me llamo|mi nombre es"
    r"|je m['’]appelle|mon nom est|ich hei(?:ß|ss)e|mein name ist)\s+)"
    rf"(?P<it>[^\W\d_][\w'’-]{{0,40}}(?:(?:\s+{_CAPITAL}[\w'’-]{{1,40}}){{1,3}}"
    r"|(?:\s+[^\W\d_]{2,40}){0,2}(?=\s*(?:[,.;!?\n]|$)))?)"
)
PHONE = re.compile(r"(?<![\w.,/-])\+?\(?\d[\d\s().-]{5,18}\d(?![\w-])")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_DAYS_OR_YEARS = re.compile(
    r"(?:19|20)\d\d\s*-\s*(?:19|20)\d\d|\d{4}[.-]\d{1,2}[.-]\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{2,4}"
)


def looks_like_a_phone(text: str) -> bool:
    """Whether digits are a number to call, and neither an amount, a date nor a span of years."""
    if _THOUSANDS.fullmatch(text) or _DAYS_OR_YEARS.fullmatch(text):
        return False
    digits = sum(map(str.isdigit, text))
    return digits <= 15 and (digits >= 10 or (digits >= 7 and (text[0] == "+" or "-" in text)))


# Parts of names that are words too: they are names where they are written with a capital.
WORDS_AND_NAMES = words(
    "may will grace rose mark art bill frank jack hope faith joy dawn june april august rich pat sue drew chase hunter",
    "mason baker cook young white black brown green gray grey king long short day price law park parks rice stone",
    "wood woods hill lane field fields west east north south best good little small love miles carpenter porter",
    "driver page reed ray rob dean earl duke guy jay lee kay ivy lily olive pearl ruby summer autumn winter star",
    "banks bell bush case cash cross church fox fish ford gates glass hall hand hardy head house hunt marsh moon",
    "moss noble pike pool power read sharp snow spring steel strong swan sweet vision wise worth able more",
)

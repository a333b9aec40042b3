"""What a manager says they want asked ("ask how they plan a busy day"), turned to the candidate.

Keeps their subject; changes only who is spoken to. What they say not to ask is never asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from botapp.compose.source import Line, Section


@dataclass(frozen=True, slots=True)
class Ask:
    text: str
    line: Line
    topic: str


_TRIGGER = re.compile(
    r"\b(?:(?:also )?ask (?:them |her |him |candidates |everyone )?(?:for|about)"
    r"|(?:also )?ask(?: them)?(?= (?:how|what|why|when|where)\b)|(?:i'?d |we'?d |also |would "
    r"|also )?(?:like|want)s? to hear(?: about)?:?|listen for|find out(?= (?:how|what|why))"
    r"|hear about|probe(?: for)?|tell us about)\W*\s*(?P<what>[^.\n]{6,220})",
    re.I,
)
_DONT = re.compile(r"\b(?:do not|don'?t|never|not|no|please no|can'?t|cannot|shouldn'?t)\b[^.;:]{0,25}$", re.I)
_SWAPS = (
    (r"\bthey'd\b|\bthey would\b|\bshe would\b|\bhe would\b", "you would"),
    (r"\bthey're\b|\bthey are\b", "you are"),
    (r"\bthey've\b", "you have"),
    (r"\btheirs\b", "yours"),
    (r"\bthemsel(?:f|ves)\b", "yourself"),
    (r"\btheir\b", "your"),
    (r"\bthem\b", "you"),
    (r"\bthey\b", "you"),
    (r"\bour\b", "our"),
)


def to_candidate(text: str) -> str:
    """`how they plan their day` as `how you plan your day`."""
    for pattern, replacement in _SWAPS:
        text = re.sub(pattern, replacement, text, flags=re.I)
    return text


def as_question(what: str) -> str:
    """A subject or an indirect question as a direct one."""
    bare = re.sub(r"\s+", " ", to_candidate(what)).strip(" .,;:?!\"“”'-–—")
    bare = re.sub(r"^(?:and|also|or|that|for|about|me|us|to hear|the part where)\s+", "", bare, flags=re.I)
    if match := re.match(
        r"(how|what|why|when|where|which)(?P<o> [\w ]{0,20}?)? you (?P<v>would|could|can|will|do|did"
        r"|have|are)\b\s*(?P<r>.*)",
        bare,
        re.I,
    ):
        return (
            f"{match[1].capitalize()}{(match['o'] or '').rstrip()} {match['v'].lower()} you {match['r']}".strip(" ?")
            + "?"
        )
    if re.match(
        r"(?:how|what|why|when|where|which|who)(?: \w+){0,3} (?:do|did|does|are|is|would|can|will|have|were) you\b",
        bare,
        re.I,
    ):
        return bare[0].upper() + bare[1:] + "?"
    if match := re.match(r"(how|what|why|when|where|which)(?P<o> (?!you\b)[\w]{1,12})? you (?P<r>.+)", bare, re.I):
        return f"{match[1].capitalize()}{(match['o'] or '')} do you {match['r']}".strip(" ?") + "?"
    if re.match(r"(?:how|what|why|when|where|which|do|are|can|have|would)\b", bare, re.I):
        return bare[0].upper() + bare[1:] + "?"
    if re.match(r"(?:an? |the |your |any |some |one )", bare, re.I):
        return f"Tell us about {bare}."
    if re.match(r"\w+ing\b", bare):
        return f"Tell us about {bare}."
    return f"Tell us about {bare}."


_PLAIN_ASK = re.compile(
    r"^(?:and |also )?(?:(?:how|what|why) (?:would |do |does |did |could )?(?:they|them|she|he"
    r"|keeps? them|would keep them)\b|what would keep them\b|(?:an?|the) (?:\w+ ){0,2}(?:time"
    r"|month|day|week|moment|entry|case|situation)\b.{0,20}\bthey\b)",
    re.I,
)
_LISTEN = re.compile(
    r"\bwhat (?:should|do) (?:we|i|you) (?:listen|ask|look|want to (?:hear|ask|know))\b.{0,12}\?"
    r"|\bwhat (?:do you|would you) want to (?:hear|know|ask)\b",
    re.I,
)
_GIVEN = re.compile(r"\bgive them (?P<what>an? [^.;\n]{5,80})", re.I)


def find_asks(lines: tuple[Line, ...]) -> Iterator[Ask]:
    """Every wish to hear something, in order."""
    listening = False
    for line in lines:
        if line.section is Section.IGNORE:
            continue
        if _LISTEN.search(line.text):
            listening = True
            continue
        found = list(_wishes(line))
        if given := _GIVEN.search(line.text):
            found.append(Ask(f"You are given {given['what'].strip()}. What do you do?", line, _topic(given["what"])))
        if (
            not found
            and (listening or line.bullet)
            and _PLAIN_ASK.match(_without_lead(line.text))
            and not _BACK.search(line.text)
        ):
            found = [Ask(as_question(_without_lead(line.text).split(",")[0].split("(")[0]), line, _topic(line.text))]
        elif not found and listening and re.match(r"the [\w -]{3,30}\W*$", line.text, re.I):
            found = [
                Ask(
                    f"How do you deal with {line.text[0].lower() + line.text[1:].rstrip('. ')}?",
                    line,
                    _topic(line.text),
                )
            ]
        listening = bool(found) or (listening and not (line.text.endswith("?") and not _BACK.search(line.text)))
        yield from found


_BACK = re.compile(r"\bsay back\b|\bmean by (?:that|it)\b|\band then\?", re.I)


def _without_lead(text: str) -> str:
    """`attendance! what would keep them` without the exclamation before the question."""
    return re.sub(r"^(?:\w+[!:]\s+|and\s+|also\s+)", "", text, flags=re.I)


# "Ask about the licence first": where a question stands, not another question.
_ORDER_ONLY = re.compile(r"^(?:the |their )?[\w' -]{2,40}\b(?:first|last|early on|at the (?:start|end))\W*$", re.I)


def _wishes(line: Line) -> Iterator[Ask]:
    for match in _TRIGGER.finditer(line.text):
        before = line.text[: match.start()]
        if _DONT.search(before) or re.search(
            r"\bif anyone|if they ask|tell them\b|\bwe ask that\b|\bcan you ask\b", before + match[0], re.I
        ):
            continue
        if re.search(r"\b(?:your (?:cv|resume)|from you|back from)\b", match["what"][:30], re.I):
            continue
        for what in _several(match["what"]):
            if _ORDER_ONLY.search(what):
                continue
            yield Ask(as_question(what), line, _topic(what))


def _several(what: str) -> list[str]:
    after_colon = (
        what.split(":", 1)[1] if re.match(r"(?:two|three|four|these|the following)\b[^:]{0,20}:", what, re.I) else what
    )
    parts = [part for part in re.split(r";\s*(?:and\s+)?", after_colon) if len(part.split()) >= 3]
    return [
        re.split(r",? (?:but|because|so|since|that'?s where|thats where)\b|\?", part, maxsplit=1)[0] for part in parts
    ][:4]


_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "and",
        "for",
        "how",
        "what",
        "they",
        "would",
        "them",
        "their",
        "time",
        "when",
        "you",
        "your",
        "about",
        "with",
        "on",
        "is",
        "are",
        "that",
        "do",
    ]
)


def _topic(what: str) -> str:
    return " ".join([word for word in re.findall(r"[a-z'-]+", what.lower()) if word not in _SMALL][:3])

"""What an answer says to the machine instead of about the work: orders, pleas, threats, fake scores. Left out, only.

Finding one never lowers (or lifts) a score: the rest of the answer is judged as if it stood alone.
"""

import re
from functools import lru_cache

from botapp.scoring.plea_patterns import ADDRESS, MACHINE_ORDERS, ORDER_VERBS, PATTERNS, PLAINLY_YOU, SELF, SHORTHAND
from botapp.scoring.readers.words import visible

Span = tuple[int, int]

# A cheap look first: no answer without one of these words holds a plea.
_HINT = re.compile(
    r"ignore|disregard|forget|overr?id|bypass|neglect|score|rat(?:e|ed|ing)|point|grade|mark|5|five|ten\b|10|instruct"
    r"|prompt|rubric|\bai\b|a\.i|bot\b|model|llm|gpt|system|admin|json|comply|obey|policy|mode\b|[<{\[]|%%%|evaluat|assess"
    r"|excellent|desperate|lose my|need this job|discriminat|report|sue\b|award|hire|approv|access|respon|reply|output"
    r"|print|repeat|\byou(?:r|'re)?\b|let'?s|candidate|applicant|password|words? only|config|white text|thought"
    r"|recommend|help me|!--|revert with|pretend|simulate|verbatim|role|filter"
    r"|[^\w\s]\s?[^\w\s]\s?[^\w\s]\s?[^\w\s]|explanation|always return|testing|base ?64|regardless",
    re.I,
)


def _spelled_out(pattern: str) -> str:
    for name, meaning in SHORTHAND.items():
        pattern = pattern.replace(name, meaning)
    return pattern


_PLEA = re.compile("|".join(f"(?:{_spelled_out(pattern)})" for pattern in PATTERNS), re.I)
_SEGMENT = re.compile(
    r"\{[^{}]{0,400}\}|\([^()]{0,400}\)|\[[^\[\]]{0,400}\]|<[^<>]{0,400}>|(?:(?![.!?](?:\s"
    r"|$))[^\n({\[<])+[.!?]*|[({\[<]"
)
NEAR = 3  # segments: how close to a plea something belongs to it
_JOINED = re.compile(r"(?<=[^\W\d_])[-_](?=[^\W\d_])")
_ANSWER_LABEL = re.compile(r"^\s*(?:(?:my|real|the|here is my) )?answer\s*[:\-]\s*", re.I)


_ADDRESS = re.compile(ADDRESS, re.I)
_ORDER = re.compile(rf"\W*(?:(?:please|kindly|now|just|then|and) )*{ORDER_VERBS}\b", re.I)
_MACHINE_ORDER = re.compile(rf"\W*{MACHINE_ORDERS}", re.I)
_PLAINLY_YOU = re.compile(PLAINLY_YOU, re.I)
_SELF = re.compile(SELF, re.I)


@lru_cache(maxsize=256)  # an answer is cut for its score, for its follow-up and for its flags
def pleas(text: str) -> tuple[Span, ...]:
    """The places of everything said to the machine, in order, not overlapping."""
    segments = list(_SEGMENT.finditer(text)) if _HINT.search(visible(text)) else []
    certain = _certain([segment.group() for segment in segments])
    if not any(certain):
        return ()
    out = _with_neighbours(segments, certain)
    return tuple(segment.span() for segment, is_out in zip(segments, out, strict=True) if is_out)


def _certain(said: list[str]) -> list[bool]:
    """Which segments are pleas, or go on with the sentence of one."""
    found: list[bool] = []
    in_plea = False
    for text in said:
        read = _as_read(text)
        is_plea = bool(_HINT.search(read) and _PLEA.search(read))
        after_one = bool(found) and found[-1] and not re.search(r"\w", text)
        found.append(is_plea or in_plea or after_one)
        in_plea = ((is_plea and text[0] not in "{([<") or in_plea) and not text.rstrip().endswith((".", "!", "?"))
    return found


def _with_neighbours(segments: list[re.Match[str]], certain: list[bool]) -> list[bool]:
    """A plea takes with it what stands near it and speaks to the reader as well, both ways, and what lies between."""
    out = list(certain)
    spoken = [at for at, segment in enumerate(segments) if re.search(r"\w", segment.group())]
    for order in (spoken, spoken[::-1]):
        waiting: list[int] | None = None  # passed since the last plea; None: too far from one
        for at in order:
            if out[at] or (waiting is not None and speaks_to_reader(segments[at].group())):
                for each in (*(waiting or ()), at):
                    out[each] = True
                waiting = []
            elif waiting is not None:
                waiting = [*waiting, at] if len(waiting) < NEAR else None
    return out


def speaks_to_reader(said: str) -> bool:
    """Whether a sentence gives the reader an order or a part ("Print ...", "You are ..."): no credit can come of it."""
    text = _as_read(said)
    if _ANSWER_LABEL.match(text):
        return False
    addresses = _ADDRESS.search(text) and not _SELF.search(text)
    return bool(_ORDER.match(text) or _PLAINLY_YOU.search(text) or addresses or not re.search(r"\w", text))


def gives_order(said: str) -> bool:
    """Whether a sentence opens with an order one gives a machine."""
    return bool(_MACHINE_ORDER.match(_as_read(said)))


def _as_read(said: str) -> str:
    """What a reader sees: no invisible characters, and "disregard-the-rubric" as words."""
    return _JOINED.sub(" ", visible(said))


def answer_label_end(text: str) -> int:
    """Where the answer begins behind a label such as "Answer:"."""
    label = _ANSWER_LABEL.match(text)
    return label.end() if label else 0

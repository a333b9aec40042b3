"""Invitations as recruiters type them: who is to be texted, at which number, and how they agreed to it. Pure.

A name or a consent is only what was written. What can't be read is left empty, so that it is asked for.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from botapp.compose.clauses import COMMAND
from botapp.compose.roles import looks_like_brief

PHONE = re.compile(r"(?<![\w$€£#])\+?\(?\d[\d ()./\u2010-\u2015-]{5,}\d(?!\w)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_POLITE = r"(?:(?:please|pls|can you|could you|would you|now|then|ok(?:ay)?|and|also|so|let'?s)[\s,]+)*"
_ASKS = re.compile(
    rf"^\W*{_POLITE}(?:text|sms|message|invite|screen|send (?:an? |the |out )?"
    r"(?:text|sms|invite|invitation|message|link|interview)s?(?: messages?| invitations?)? to"
    r"|add (?:the )?candidates?)\b"
    r"|\b(?:text|sms|message|invite) (?:these|those|them|all|everyone|everybody|the following)\b",
    re.IGNORECASE,
)
_BY_TEXT = re.compile(
    rf"^\W*{_POLITE}(?:text|sms|message)\b|\bsend (?:an? |the |out )?(?:text|sms)s?\b"
    r"|\b(?:by|via|per|over|through|with an?|as an?) (?:text|sms)(?: message)?s?\b"
    r"|\b(?:text|sms) (?:these|those|them|all|everyone|everybody|the following)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\blinks?\b", re.IGNORECASE)
_TEAM = re.compile(
    r"\b(?:team ?mates?|colleagues?|co-?workers?|as (?:an? )?(?:viewer|recruiter|owner))\b", re.IGNORECASE
)
_WHOSE = r"(?:she|he|they|both|all(?: of (?:them|these))?|everyone|everybody|each|we|i)"
_AGREEING = (
    r"(?:agree[ds]?|consent(?:ed|s)?|opt(?:ed|s)?[ -]in|said (?:yes|ok|it'?s)|appl(?:ied|y)|sign(?:ed)?"
    r"|tick(?:ed)?|check(?:ed)?|gave|given|asked (?:for|us|me|to)|wants? (?:it|us|texts|to)|filled|confirmed"
    r"|accepted|texted|told|submitted|left|put|know|knows|met"
    r"|have (?:their|her|his)|has (?:their|her|his)|did(?:n'?t| not)|has(?:n'?t| not)|have(?:n'?t| not))"
)
_HOW = re.compile(
    rf"(?:^|(?<=[\s,.;:(\u2013\u2014-]))(?:(?:who|and|because|since|as|where|-|\u2013)\s+)*"
    rf"(?P<how>{_WHOSE}\s+(?:(?:have|has|had|all|both|just|already|also|only|each|got)\s+)*{_AGREEING}\b[^\n]*"
    r"|(?:agreed|consented|opted in|applied|ticked|signed up|consent(?: given| from)?:?|with (?:their|her|his) consent)"
    r"\b[^\n]*)",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\b(?:for|about|to|on) (?:the |our |this |that |an? )?(?:[\w'-]+ ){0,5}?"
    r"(?:role|job|position|interview|screening|opening|shift)s?\b.*$",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"\b(?:text|sms|message|messages|invite|screen|send|please|pls|can|could|would|you|now|then|ok|okay|and|also|so|let's"
    r"|by|via|over|per|with|as|an?|the|to|at|on|for|these|those|them|all|everyone|everybody|following|people|candidates?"
    r"|numbers?|cell|mobile|phone|tel|is|are|her|his|their|name|named|called|interview|link|links|out|invitations?|this|from"
    r"|who|whose|of|us|me|today|tomorrow|email|mail|it)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'\u2019-]*(?:\s+[^\W\d_][\w.'\u2019-]*){0,4}")
LONGEST_HOW = 300
_LONGEST_A_PERSON = 200


@dataclass(frozen=True, slots=True)
class Invitee:
    """As typed; "" for what was not said."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """`how` they agreed, in the recruiter's words. `by_text`: texts were asked for. `link`: a link was."""

    people: tuple[Invitee, ...]
    how: str = ""
    by_text: bool = False
    link: bool = False
    not_agreed: bool = False


def read_invitation(text: str) -> Invitation | None:
    """Whom a message asks to invite by phone number; None when it is about something else."""
    plain = text.replace("\u2019", "'").strip()
    by_text = bool(_BY_TEXT.search(plain))
    phones = _phones(plain)
    if (
        not _ASKS.search(plain)
        or _TEAM.search(plain)
        or _is_brief(plain, len(phones))
        or not (phones or _names_nobody(plain, by_text))
    ):
        return None
    how, people = _without_how(plain, phones[0].end() if phones else 0)
    unwilling = bool(how) and _is_no(how)
    return Invitation(
        people=tuple(_people(people)),
        how="" if unwilling else how,
        by_text=by_text,
        link=bool(_LINK.search(plain)) and not by_text,
        not_agreed=unwilling,
    )


def _without_how(text: str, after: int) -> tuple[str, str]:
    """How they agreed, and the text without it. It stands in brackets, after the first number, or before it."""
    aside = re.search(r"\((?P<how>[^()\d]{6,120})\)", text)
    told = aside if aside and _HOW.search(aside["how"]) else _HOW.search(text, after) or _HOW.search(text)
    if told is None:
        return "", text
    how = told["how"]
    raw = how[: numbers[0].start()] if (numbers := _phones(how)) else how
    start = told.start("how")
    return " ".join(raw.split()).strip(" .,;:)(")[:LONGEST_HOW], f"{text[:start]}\n{text[start + len(raw) :]}"


def _is_brief(text: str, numbers: int) -> bool:
    """ "Text us at ... to apply", with a whole job below: far more words than a list of people has for each number."""
    return len(text) > _LONGEST_A_PERSON * max(numbers, 1) and looks_like_brief(text)


def _names_nobody(text: str, by_text: bool) -> bool:
    """ "Invite these by text", and the list is still to come."""
    rest = _NOT_A_NAME.sub(" ", text)
    return by_text and len(text) <= 80 and not EMAIL.search(text) and not re.search(r"\w", rest)


def _phones(text: str) -> list[re.Match[str]]:
    found = PHONE.finditer(text)
    return [match for match in found if 7 <= _digits(match[0]) <= 16 and not _DATE.fullmatch(match[0].strip())]


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _people(text: str) -> list[Invitee]:
    """Each number with the name before it; or after it, when the first number has none before."""
    phones = _phones(text)
    ends = [0, *(match.end() for match in phones)]
    starts = [*(match.start() for match in phones), len(text)]
    between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    before = [_name(part, last=True) for part in between[:-1]]
    names = before if any(before[:1]) else [_name(part, last=False) for part in between[1:]]
    alone = EMAIL.search(text) if len(phones) == 1 else None
    return [
        Invitee(name, match[0].strip(), alone[0].rstrip(".") if alone else _email_beside(text, match))
        for name, match in zip(names, phones, strict=True)
    ]


def _name(part: str, *, last: bool) -> str:
    """The name nearest to the number: the last line with words before it, or the first one after it."""
    lines = [line for raw in part.split("\n") if (line := _only_name(raw))]
    return (lines[-1] if last else lines[0]) if lines else ""


def _only_name(line: str) -> str:
    words = _JOB.sub(" ", EMAIL.sub(" ", line))
    words = _NOT_A_NAME.sub(" ", words).replace("'s ", " ")
    found = _NAME.findall(re.sub(r"[^\w\s.'\u2019-]|\b\d+\b[.)]?", " ", words))
    return " ".join(found[-1].split()).strip(" .-'") if found else ""


def _email_beside(text: str, phone: re.Match[str]) -> str:
    start, end = text.rfind("\n", 0, phone.start()) + 1, text.find("\n", phone.end())
    found = EMAIL.search(text[start : end if end >= 0 else len(text)])
    return found[0].rstrip(".") if found and len(_phones(text[start : end if end >= 0 else len(text)])) == 1 else ""


# ---- how they agreed, when that was asked ------------------------------------------------------------------


class Agreement(StrEnum):
    """What an answer to "How did they agree to texts?" comes to."""

    TOLD = "told"  # it says how
    UNTOLD = "untold"  # a yes that doesn't say how
    NONE = "none"  # they did not, or nobody knows
    CANCELLED = "cancelled"
    ELSEWHERE = "elsewhere"  # it is about something else


_CANCELS = re.compile(
    r"^\W*(?:(?:ok|oh|actually|wait|sorry|no)[\s,.!]+)*(?:cancel(?: (?:it|that|this|the texts?))?|never ?mind"
    r"|forget (?:it|that|about it|them)|drop (?:it|that|them)|stop"
    r"|don'?t(?: (?:text|send|do|bother)\b.{0,30})?|no|nope|nah|leave it|not now|later)"
    r"(?:[\s,.!]+(?:please|thanks|thank you))*\W*$",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:(?:don'?t|do not|didn'?t|doesn'?t) (?:really )?(?:know|remember|recall)|no idea|no clue|not sure|unsure"
    r"|dunno|idk|can'?t (?:say|tell|remember)|not that i know|who knows|unknown)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"(?:\b(?:not|never|without|no|cannot|(?:did|has|have|had|do|does|is|are|was|were|wo|ca)nt)|n't)\s+"
    r"(?:(?:yet|really|actually|explicitly|ever|been|have|their|her|his|any|a)\s+)*"
    r"(?:agree\w*|consent\w*|opt\w*|tick\w*|asked|said|say|done|told|sign\w*|permission|yet)\b"
    r"|^\W*(?:no[\s,.]+)?(?:she|he|they|nobody|none)(?: of them)? (?:did|has|have|do|does|is|are)?(?:n'?t| not)"
    r"(?: yet| know| really)*\W*$"
    r"|^\W*(?:not yet|nobody (?:did|has)|none of them)\b",
    re.IGNORECASE,
)
_BARE_YES = re.compile(
    r"^\W*(?:(?:yes|yep|yeah|yup|sure|ok(?:ay)?|of course|definitely|agreed|consented|trust me|all good|fine)[\s,.!]*"
    r"|(?:she|he|they|both|everyone|all of them|it'?s|that'?s) (?:did|agreed|has|have|is|are|consented|fine|ok(?:ay)?)"
    r"(?: fine| ok(?:ay)?| with (?:it|that))*[\s,.!]*)+$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"^\W*{_POLITE}(?!put (?:her|his|their)\b){COMMAND}\b|\?\s*$"
    rf"|^\W*(?:{_POLITE}(?:thanks?|thank you|thx|hi|hello|hey|good (?:morning|afternoon))\W*)+$",
    re.IGNORECASE,
)


def read_agreement(text: str) -> tuple[Agreement, str]:
    """What the answer comes to, and the words that say how."""
    said = " ".join(text.replace("\u2019", "'").split())
    if _CANCELS.match(said):
        return Agreement.CANCELLED, ""
    if _is_no(said):
        return Agreement.NONE, ""
    if _BARE_YES.match(said):
        return Agreement.UNTOLD, ""
    if _OTHER.search(said) or not re.search(r"[^\W\d_]{3}", said):
        return Agreement.ELSEWHERE, ""
    return Agreement.TOLD, said.strip(" .,;")[:LONGEST_HOW]


def _is_no(said: str) -> bool:
    return bool(_UNKNOWN.search(said) or _REFUSED.search(said))

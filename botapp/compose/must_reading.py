"""Must-haves said as such ("must have a van", "only nights"): a rule on a question that is there, or a new one."""

import re

from botapp.compose import question_edit_reading
from botapp.compose.references import Reading, likeness_to, words_of
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import Question, QuestionKind

_MUST = re.compile(
    r"^(?:(?:they|candidates?|people|applicants?|everyone|everybody|anyone|somebody|you|all of them)\s+)?"
    r"(?:also\s+|absolutely\s+|really\s+)?(?:must|have to|has to|need to|needs to|gotta|got to"
    r"|ought to)(?: also| all)?\s+"
    r"(?P<what>(?:have|hold|own|bring|be able to|be willing to|be ok(?:ay)? with|be comfortable with|be|speak|work|pass"
    r"|lift|carry|drive|know|live|wear|use|do|agree|read|write|stand|travel|swim|climb|cook|type)\b.+)$"
    r"|^(?:they|candidates?|people|applicants?|everyone|everybody)\s+(?:also |all )?needs?\s+(?P<thing>(?!to\b"
    r"|until\b|\d)"
    r"(?:an?|their own|valid|full|current|some|level|good|basic|proof)\b.+)$",
    re.I,
)
_KEPT = re.compile(
    r"^(?:we (?:only )?(?:want|take|need|keep|accept)|only|just|keep|take|accept)\b(?P<a>.+)$|^(?P<b>.+?)\s+only$"
    r"|^(?:they|people|candidates|it)\b.{0,12}\b(?:must|has to|have to|should) (?:be|pick|say|choose|answer"
    r"|want)\b(?P<c>.+)$"
    r"|^(?:(?:the )?.+? (?:question|one)|(?:q|question |#)\d+) (?:must|has to|have to|should|needs to) be\b(?P<d>.+)$",
    re.I,
)
_OUT = re.compile(
    r"^(?:knock out |reject |drop |lose |exclude |screen out |turn away |no to )?(?:if|when|anyone who"
    r"|anybody who|people who|those who|whoever)\b"
    r"(?P<a>.*\b(?:say|says|pick|picks|choose|chooses|answer|answers|want|wants|prefers?)\b.*)$",
    re.I,
)
_IS_OUT = re.compile(r"\b(?:out|knock\w*|reject\w*|fails?|gone|drop|exclude|screen|turn away)\b", re.I)
_SURE = 0.6


def must_have(clause: str, reading: Reading) -> list[Edit] | None:
    """A knockout by options, on what is asked already, or on a new question."""
    if edits := _by_options(clause, reading):
        return edits
    match = _MUST.match(clause)
    if not match or re.search(r"\b(?:question|follow|weight|stage|first|last|score)\b", clause, re.I):
        return None
    what = match["what"] or f"have {match['thing']}"
    if number := _asked(what, reading):
        return question_edit_reading.knock(number, what, reading)
    return question_edit_reading.add(f"ask if they {_can(what)}, must have", reading)


def _can(what: str) -> str:
    """`be able to swim` as `can swim`, `be a driver` as `are a driver`."""
    for said, told in ((r"^be able to\b", "can"), (r"^be willing to\b", "are willing to"), (r"^be\b", "are")):
        what = re.sub(said, told, what, flags=re.I)
    return re.sub(
        r"^(?:lift|carry|drive|swim|climb|work|stand|travel|pass|cook|type|do|use)\b", r"can \g<0>", what, flags=re.I
    )


def _asked(what: str, reading: Reading) -> int | None:
    """The typed question that asks this already: most of the words are in it, and no other fits as well."""
    asked = [word for word in words_of(what) if word not in _WEAK]
    fits = {n: likeness_to(asked, q) / len(asked) for n, q in reading.questions.items() if not q.is_open and asked}
    best = max(fits.values(), default=0.0)
    numbers = [n for n, fit in fits.items() if fit >= max(_SURE, best - 0.1)]
    return numbers[0] if len(numbers) == 1 else None


_WEAK = frozenset(
    {"hold", "own", "bring", "able", "willing", "least", "valid", "current", "full", "year", "years", "good"}
)


def _by_options(clause: str, reading: Reading) -> list[Edit]:
    """`only nights or either`: a rule for the choice that has these options."""
    out = _OUT.match(clause) if _IS_OUT.search(clause) else None
    kept = None if out else _KEPT.match(clause)
    match = out or kept
    if match is None:
        return []
    said = next(value for value in match.groups() if value)
    found = [(n, q, _named(said, q)) for n, q in reading.questions.items() if q.kind is QuestionKind.CHOICE]
    found = [item for item in found if item[2] and len(item[2]) < len(item[1].options)]
    if len(found) != 1 or (kept and not _says_only_options(said, found[0][1])):
        return []
    number, question, named = found[0]
    value = [o for o in question.options if o not in named] if out else named
    reading.focus = number
    return [Edit(op=EditOp.SET_KNOCKOUT, target=reading.target(number), value={"op": "in", "value": value})]


def _named(said: str, question: Question) -> list[str]:
    return [o for o in question.options if re.search(rf"(?<!\w){re.escape(o)}(?!\w)", said, re.I)]


_AROUND = re.compile(
    r"\b(?:people|those|candidates|anyone|who|that|pick|picks|say|says|choose|chose|want|wants|answer|can|do|does|work"
    r"|or|and|the|for|with|shifts?|of|us|prefer|prefers|are|is|in|from|with|have|has|keep|take|only|just)\b|\W+",
    re.I,
)


def _says_only_options(said: str, question: Question) -> bool:
    for option in question.options:
        said = re.sub(rf"(?<!\w){re.escape(option)}(?!\w)", " ", said, flags=re.I)
    return not _AROUND.sub("", said).strip()

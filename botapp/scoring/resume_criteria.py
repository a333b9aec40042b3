"""Reads a resume for one criterion, by rule: years from dates, degrees, licences, languages and skills by name.

Guarantees: whatever it says stands on words of the visible text; what is said to the machine instead is no evidence;
what can't be read exactly, and a criterion of which nothing is found, is `unavailable` and left to a person, never a
low score. A gate is met or it isn't decided. Its confidence is always low. Without a `today` it counts no years.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from botapp.llm.tasks import Judgement, JudgeRequest
from botapp.scoring.pleas import pleas
from botapp.scoring.resume_dates import Span, blocks, months, spans
from botapp.scoring.resume_needs import DEGREES, Need, need_of, same_words
from botapp.screening.interview import Evidence, SpokenPart

A_PERSON = "A person reads it."
LONGEST, MOST_QUOTES, QUOTE_MAX = 60_000, 3, 300
_DOUBT = re.compile(
    r"\b(?:no|not|without|never|lapsed|expired|in progress|working to(?:wards?|ward)|pursuing|studying|expected"
    r"|anticipated|currently learning|learning|beginner|basic|interested in|aspiring|hope to|plan(?:ning)? to|want to"
    r"|sin|kein(?:e|en)?|ohne|pas de|sans)\b",
    re.IGNORECASE,
)
_SAYS_YEARS = re.compile(r"(?P<n>\d{1,2})(?:\.\d)?\s*\+?\s*(?:years?|yrs?|jahre?|años|ans)\b", re.IGNORECASE)
_EDUCATION = re.compile(r"^\W*(?:education|studies|ausbildung|bildung|formación|formation|academic)\b", re.IGNORECASE)
_SECTION = re.compile(
    r"^\W*(?:(?:work|professional|relevant|employment)?\s*(?:experience|history|employment)|projects?|skills?|summary"
    r"|profile|certifications?|languages?|interests?|publications?|volunteer\w*|references?|awards?)\W*$",
    re.IGNORECASE,
)
_FLUENT = re.compile(
    r"\b(?:fluent|native|bilingual|mother tongue|proficient|full professional|c1|c2|fließend|muttersprache"
    r"|verhandlungssicher|nativo|lengua materna|fluido|courant|langue maternelle|bilingue)\b",
    re.IGNORECASE,
)
_DID = re.compile(r"[^\W\d_]{3,}(?:ed|ing|s)\b\s+\w", re.IGNORECASE)
_LIST = re.compile(r"^\W*[\w &/-]{2,40}:\s|,[^,]{1,30},[^,]{1,30},")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    start: int
    in_education: bool


@dataclass(frozen=True, slots=True)
class Resume:
    """The text with what is said to the machine blanked out, place for place, its lines and its spans of time."""

    id: str
    text: str
    lines: tuple[Line, ...]
    spans: tuple[Span, ...]

    def quote(self, line: Line) -> Evidence:
        shown = line.text[:QUOTE_MAX]
        text = shown.strip()
        return Evidence(message_id=self.id, text=text, start=line.start + shown.index(text))


@dataclass(frozen=True, slots=True)
class Found:
    """How far one thing of the criterion is shown, from 1 to 5, and where. `why` in a few words. `met`: all of it."""

    score: float
    lines: tuple[Line, ...]
    why: str
    met: bool = True


def judge_resume(request: JudgeRequest) -> Judgement:
    """A gate: 5 when it is plainly met. A scored criterion: 1 to 5 by what is named and done. Else unavailable."""
    need = need_of(request.question.text)
    if need is None:
        return _left(f"This criterion can't be read by rules. {A_PERSON}")
    resume = _resume(request.parts, request.today or date.min)
    found = [each for each in _look(need, resume) if each is not None]
    wanted = _parts(need)
    if not found or not any(each.lines for each in found):
        return _left(f"Not found in the resume by name. {A_PERSON}")
    why = "; ".join(dict.fromkeys(each.why for each in found))
    if request.of == "resume_gate":
        met = [each for each in found if each.met]
        if len(met) < (1 if need.any_of else wanted):
            return _left(f"Not plainly shown: {why}. {A_PERSON}")
        return _judged(5.0, why, found, resume)
    missing = 0 if need.any_of else max(wanted - len(found), 0)
    scores = [max(each.score for each in found)] if need.any_of else [each.score for each in found] + [1.0] * missing
    if missing:
        why = f"{why}; {missing} of {wanted} not found"
    return _judged(round(2 * sum(scores) / len(scores)) / 2, why, found, resume)


def _left(reason: str) -> Judgement:
    return Judgement(status="unavailable", score=None, reason=reason)


def _judged(score: float, why: str, found: Iterable[Found], resume: Resume) -> Judgement:
    lines = dict.fromkeys(line for each in found for line in each.lines)
    evidence = tuple(resume.quote(line) for line in lines)[:MOST_QUOTES]
    return Judgement(status="scored", score=score, reason=f"{why[:1].upper()}{why[1:]}.", evidence=evidence)


def _parts(need: Need) -> int:
    """How many things the criterion asks for."""
    return (
        (need.years is not None)
        + (need.degree is not None)
        + len(need.languages)
        + (len(need.terms) if _by_name(need) else 0)
    )


def _by_name(need: Need) -> bool:
    """Whether its terms are things of their own, and not the topic of years or the field of a degree."""
    return need.years is None and need.degree is None


# ---- the text ----------------------------------------------------------------------------------------------


def _resume(parts: Sequence[SpokenPart], today: date) -> Resume:
    part = parts[0] if parts else SpokenPart(message_id="", text="")
    text = part.text[:LONGEST]
    for start, end in pleas(text):
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    lines: list[Line] = []
    place, in_education = 0, False
    for raw in text.split("\n"):
        if len(raw) < 60:
            in_education = bool(_EDUCATION.match(raw)) or (in_education and not _SECTION.match(raw))
        if raw.strip():
            lines.append(Line(raw, place, in_education))
        place += len(raw) + 1
    return Resume(part.message_id, text, tuple(lines), tuple(spans(text, today)))


# ---- looking for each thing --------------------------------------------------------------------------------


def _look(need: Need, resume: Resume) -> list[Found | None]:
    found: list[Found | None] = []
    if need.years is not None:
        found.append(_years(need.years, need.terms, resume))
    if need.degree is not None:
        found.append(_degree(need, resume))
    found += [_language(name, resume, fluent=need.needs_level) for name in need.languages]
    if _by_name(need):
        found += [_term(term, resume) for term in need.terms]
    return found


def _years(wanted: float, topics: Sequence[str], resume: Resume) -> Found | None:
    """From what is said of years, else from the dates of work that the topic stands in."""
    said = _said_years(topics, resume)
    counted = _counted_years(topics, resume)
    best = max((each for each in (said, counted) if each is not None), key=lambda each: each[0], default=None)
    if best is None:
        return None
    have, lines = best
    share = have / wanted if wanted else 1.0
    score = 5.0 if share >= 1.5 else 4.0 if share >= 1 else 3.0 if share >= 0.5 else 2.0
    return Found(score, lines, f"about {have:.1f} years by the dates, {wanted:g} asked", share >= 1)


def _said_years(topics: Sequence[str], resume: Resume) -> tuple[float, tuple[Line, ...]] | None:
    found = [
        (float(match["n"]), (line,))
        for line in resume.lines
        for match in _SAYS_YEARS.finditer(line.text)
        if not _DOUBT.search(line.text) and "experience" in line.text.lower() and _about(topics, line.text)
    ]
    return max(found, key=lambda each: each[0], default=None)


def _counted_years(topics: Sequence[str], resume: Resume) -> tuple[float, tuple[Line, ...]] | None:
    worked: list[Span] = []
    lines: list[Line] = []
    for span, start, end in blocks(resume.text, resume.spans):
        line = next(line for line in resume.lines if line.start <= span.start <= line.start + len(line.text))
        if not line.in_education and _about(topics, resume.text[start:end]):
            worked.append(span)
            lines.append(line)
    return (months(worked) / 12, tuple(lines)) if worked else None


def _about(topics: Sequence[str], text: str) -> bool:
    return not topics or any(same_words(topic, text) for topic in topics)


def _degree(need: Need, resume: Resume) -> Found | None:
    """A degree at least as high, in the field when one is named: on its line or the one beside it."""
    assert need.degree is not None
    for at, line in enumerate(resume.lines):
        level = max((rank for rank, pattern in DEGREES if pattern.search(line.text)), default=0)
        if level < need.degree:
            continue
        near = " ".join(each.text for each in resume.lines[max(at - 1, 0) : at + 2])
        if need.terms and not _about(need.terms, near):
            continue
        if _DOUBT.search(near) or any(
            s.goes_on and line.start <= s.start <= line.start + len(near) for s in resume.spans
        ):
            return Found(2.0, (line,), "a degree that may not be finished", met=False)
        return Found(5.0 if level > need.degree else 4.0, (line,), "the degree is named")
    return None


def _language(name: str, resume: Resume, *, fluent: bool) -> Found | None:
    for at, line in enumerate(resume.lines):
        if not re.search(rf"\b{name}\b", line.text, re.IGNORECASE):
            continue
        beside = _beside(name, line.text) or " ".join(each.text for each in resume.lines[at : at + 2])
        if _FLUENT.search(beside):
            return Found(5.0, (line,), f"{name.capitalize()} is named with a high level")
        if not _DOUBT.search(beside):
            unsaid = ", its level is not" if fluent else ""
            return Found(3.0, (line,), f"{name.capitalize()} is named{unsaid}", met=not fluent)
    return None


def _beside(name: str, text: str) -> str:
    """What is said of one language of several on a line; "" when the line is nothing but its name."""
    pieces = re.split(r"[,;|/]|\band\b|\t", text)
    piece = next((each for each in pieces if re.search(rf"\b{name}\b", each, re.IGNORECASE)), text)
    alone = len(pieces) == 1 and len(text.split()) <= 1
    return "" if alone else piece


def _term(term: str, resume: Resume) -> Found | None:
    """Named in a list, in a line about work that was done, or in two of them."""
    lines = [line for line in resume.lines if same_words(term, line.text) and not _DOUBT.search(line.text)]
    if not lines:
        return None
    done = [line for line in lines if _tells_of_work(line.text)]
    if not done:
        return Found(3.0, tuple(lines[:1]), f"{term} is named")
    score = 5.0 if len(done) >= 2 else 4.0
    return Found(score, tuple(done[:2]), f"{term} is named with what was done")


def _tells_of_work(text: str) -> bool:
    """A sentence about something that was done, not a list of words."""
    return len(text.split()) >= 6 and bool(_DID.search(text)) and not _LIST.search(text)

"""Lawful conditions of a job, read from its text as typed questions with the rule to stay in.

Each need comes from one line and asks nothing the line does not state. Preferred items never become knockouts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from botapp.compose import phrasing
from botapp.compose.dates import NUMBER, number_of
from botapp.compose.source import Line, Section
from botapp.screening.interviewer import Knockout, QuestionKind

MUST_BE_YES = Knockout(op="eq", value=True)


@dataclass(frozen=True, slots=True)
class Need:
    """One condition. `hard`: without it the candidate is out. `rank` orders questions, dealbreakers first."""

    about: str  # age, work_authorization, licence, certification, degree, experience, shift...
    topic: str
    text: str
    line: Line
    rank: int
    kind: QuestionKind = QuestionKind.YES_NO
    rule: Knockout | None = MUST_BE_YES
    unit: str = ""
    options: tuple[str, ...] = ()
    hard: bool = True
    weight: int = 0
    quote: str = ""  # narrower than the line's


_SOFT = re.compile(
    r"\bprefer(?:red|ably|ence|rable)?\b|\bpreferrably\b|\bnice\b(?!ly)|\b(?:a|an|be|is|are|huge"
    r"|big|definite|added|real) (?:\w+ )?(?:plus|bonus|advantage|asset)\b|\bplus$"
    r"|\bideal(?:ly)?\b(?! candidate)"
    r"|\bdesir(?:able|ed)\b|\bbeneficial\b|\badvantageous\b|\bnot (?:a )?(?:required|requirement"
    r"|needed|necessary|essential)\b|\boptional\b|\bhelpful\b|\bwould (?:like|love|be)\b|\b(?:she"
    r"|he)'d (?:like|love)\b|\bwe train\b|\bwill train\b|\bdo not knock|\bnot? knock ?out"
    r"|\bsome (?:positions|candidates)\b|\bmay (?:be required|require)\b"
    r"|\bwilling(?:ness)? to (?:work towards|learn|train|obtain)\b|\bfine\b|\bnobody fails\b"
    r"|\bno (?:experience|degree) (?:is )?(?:needed|required|necessary)\b|\binexperienced\b",
    re.I,
)
_HARD = re.compile(
    r"\bmust\b|\bwe need an?\b|\brequire[sd]?\b|\bminimum\b|\bat least\b|\bessential\b"
    r"|\b(?:they|we|you|he|she) (?:really |do |all )?need\b"
    r"|\bmandatory\b|\bno exceptions\b|\bknock ?out\b|\bneed to\b|\bneeds? to\b|\bhave to\b"
    r"|\bhas to\b|\bdealbreaker|\bneeded\b|\bwill be necessary\b|\bonly\b.{0,30}\bconsidered\b"
    r"|\bdisqualified\b",
    re.I,
)
_TALK = re.compile(
    r"\b(?:we|our|company|clients?|founded|since|established|years? ago|for (?:over|almost"
    r"|more than)|history)\b",
    re.I,
)


def is_soft(line: Line) -> bool:
    """Preferred, optional or taught on the job."""
    return line.section is Section.PREFERRED or bool(_SOFT.search(line.text))


def is_must(line: Line) -> bool:
    """Stands among requirements or says so itself."""
    return line.section is Section.REQUIRED or bool(_HARD.search(line.text))


# ---- years of experience -----------------------------------------------------------------------------------

YEARS = re.compile(
    rf"(?P<low>{NUMBER}|\d+\.\d)(?:\s*\(\d+\))?\s*(?:\+|plus\b|or more\b)?\s*(?:(?:-|–|to"
    rf"|or)\s*(?P<high>{NUMBER})\s*)?(?:\+\s*)?(?P<unit>years?|yrs?|months?|mos?\b)['’]?(?:\s*(?:\+"
    r"|plus|minimum|min\b|or more|at least))?",
    re.I,
)
_NOT_EXPERIENCE = re.compile(
    r"\byears? (?:of age|old)\b|\byears?['’]? (?:contract|fixed|term|degree|college|course"
    r"|programme?|waiting|warranty|guarantee|in business|ago)\b|\b(?:last|past|previous|next|first"
    r"|within|every|after|for over|almost|nearly|within the last) (?:\w+ )?$|\b(?:two|four|2|4"
    r"|three|3)-year (?:college|university|degree)"
    r"|\b(?:salary|commission|raise|review|pay)\b.{0,30}$",
    re.I,
)
_IN = re.compile(
    r"^\W*(?:of\s+)?(?:(?:solid|proven|relevant|recent|verifiable|hands[- ]on|full[- ]time|paid"
    r"|prior|previous|professional|practical|direct|demonstrated|progressive|successful|documented"
    r"|work(?:ing)?|related|post[- ]\w+)[ ,]+(?:and )?)*",
    re.I,
)


def years(line: Line) -> Iterator[Need]:
    text = line.text
    for match in YEARS.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        around = before[-40:] + match[0] + after[:30]
        if re.search(r"^with (?:over|more than) $|\bnot to exceed\b|\blimited to $", before, re.I):
            continue
        if re.match(
            r"\s*(?:\(\d+\) )?(?:months?,? )?(?:,? during which|of (?:high school|college|university"
            r"|education|schooling))",
            after,
            re.I,
        ):
            continue
        if _NOT_EXPERIENCE.search(before[-24:]) or _NOT_EXPERIENCE.search(match[0] + after[:24]):
            continue
        told = re.search(
            r"experience|\bexp\b|worked|working as|background", around + after[30:110] + before[-80:], re.I
        )
        in_heading = re.search(r"experience", line.heading, re.I)
        terse = re.match(r"\s+(?:[\w-]+ ){1,3}(?:minimum|min|required|or more|at least)\b", after, re.I)
        held = (
            terse
            or re.search(r"\bheld\b", before)
            or re.search(r"\b(?:held|driving|\w+ing)\b", after[:40])
            or re.match(r"\W+(?:as|in|with|of)\b", after)
        )
        if not (told or in_heading or (held and is_must(line))):
            continue
        if _TALK.search(before) and not is_must(line):
            continue
        low = float(match["low"]) if "." in match["low"] else float(number_of(match["low"]))
        if match["unit"].lower().startswith("mo"):
            low /= 12
        if 0 < low <= 25:
            need = _years_need(line, low, _years_question(before, after))
            instead = _DEGREE.search(before) and re.search(r"\bor\b|\bplus\b.*\bor\b", before, re.I)
            yield softened(need) if instead else need


def _years_need(line: Line, years: float, text: str) -> Need:
    rule = Knockout(op="gte", value=round(years, 2) if years % 1 else int(years))
    return Need("experience_years", _topic_of(text), text, line, 40, QuestionKind.DURATION, rule, "years", weight=2)


def _years_question(before: str, after: str) -> str:
    recent = re.search(r"\b(?:with)?in the (?:last|past) (?:\d+|\w+) years?", after, re.I)
    tail = f" {recent[0]}" if recent else ""
    after = after.replace(recent[0], "") if recent else after
    rest = _IN.sub("", after, count=1)
    if match := re.match(
        r"(?P<what>[^.;:()]{2,60}?)\s+experience\b\s*(?P<more>(?:in|with|as|of|within"
        r"|on)\s+[^.;:()]+)?",
        rest,
        re.I,
    ):
        more = match["more"] or ""
        if not re.match(r"(?:in|with|as|of)\b", match["what"], re.I) and len(match["what"].split()) <= 7:
            what = phrasing.lower_first(match["what"].strip(" ,"))
            return f"How many years of {what} experience do you have{(' ' + _object(more)) if more else ''}{tail}?"
    rest = re.sub(r"^(?:experience|exp)\b\.?\s*", "", rest, flags=re.I)
    rest = rest.lstrip(" ,")
    if terse := re.match(r"(?P<what>(?:[\w-]+ ){1,3})(?:minimum|min|required|or more|at least)\b", rest, re.I):
        return f"How many years of {terse['what'].strip()} experience do you have{tail}?"
    if match := re.match(r"(in|with|within|at|on)\s+(.+)", rest, re.I):
        return f"How many years of experience do you have {match[1].lower()} {_object(match[2])}{tail}?"
    if match := re.match(r"as\s+(.+)", rest, re.I):
        return f"How many years have you worked as {phrasing.article(_object(match[1]))}{tail}?"
    if match := re.match(r"(?:of\s+)?(\w+ing\b.+)", rest):
        return f"How many years of experience do you have {_object(match[1])}{tail}?"
    if match := re.search(r"(?:held|hold) (?:an? |the )?(.{3,90}?)(?:\s+for)?\s*$", before, re.I):
        held = re.sub(r"\s*\(or higher\)", " or higher", match[1])
        return f"How many years have you worked in {phrasing.article(phrasing.lower_first(held))}?"
    if match := re.search(
        r"(?:experience|background) (in|with|as|of) (.{3,60}?)\W*(?:of|for|\(|,|-|:|minimum"
        r"|at least)?\W*$",
        before,
        re.I,
    ):
        return f"How many years of experience do you have {match[1].lower()} {_object(match[2])}{tail}?"
    if match := re.match(r"of\s+([^.;:()]{3,140})", after.strip(), re.I):
        return f"How many years of {_object(match[1])} do you have{tail}?"
    if re.search(r"\bCDL\b", before):
        return f"How many years of experience do you have driving with a CDL{tail}?"
    return f"How many years of relevant experience do you have{tail}?"


def _object(text: str) -> str:
    bare = re.split(
        r"[.;:(]|\s+(?:preferred|required|is|are|must|desired|who|which|that|including|plus|desirable"
        r"|essential)\b"
        r"|, (?:with|including|preferabl\w+|and must)\b|\s-\s|\bor (?:an )?equivalent",
        text,
        maxsplit=1,
    )[0]
    return phrasing.lower_first(re.sub(r"^(?:the|a|an)\s+(?=\w+ing\b)", "", phrasing.clip(bare, 11)).strip(" ,"))


def _topic_of(question: str) -> str:
    bare = re.sub(
        r"^How many years (?:of|have you)|do you have|worked (?:as|in)|have you|experience|\?"
        r"|\brelevant\b|\b(?:in|with|as|an?|the)\b",
        " ",
        question,
    )
    return " ".join([*bare.split()[:3], "experience"])


# ---- yes or no ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kind:
    about: str
    topic: str
    rank: int
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    anywhere: bool = False  # counts outside a list of requirements too


def _kind(about: str, topic: str, rank: int, pattern: str, unless: str = "", anywhere: bool = False) -> _Kind:
    return _Kind(about, topic, rank, re.compile(pattern, re.I), re.compile(unless, re.I) if unless else None, anywhere)


LICENCE = _kind(
    "licence",
    "licence",
    20,
    r"\blicen[cs](?:e|es|ure|ed)\b|\bCDL\b|\b(?:NMC|GMC|HCPC) (?:pin|registration|registered)"
    r"|\bregistered with the (?:NMC|GMC|HCPC)|\bSIA (?:badge|licen)|\bguard card\b",
    r"\blicensed to\b|\bour licen|\blicen[cs]e fee|\bsoftware licen|\bpaid licen"
    r"|\bproducts are licensed|\blicensed (?:vocational )?nurses? (?:and|,)|\brevocation"
    r"|\blicensing\b|\bstaff\b.*\bnurses\b|\balcohol licen",
)
CERTIFICATE = _kind(
    "certification",
    "certificate",
    22,
    r"\bcertif(?:ied|ication|icate|icates|ications)\b|\bqualified\b|\b(?:NVQ|SVQ|QCF|CSCS|NEBOSH"
    r"|CIPD|ServSafe|SafeServe|CPR|BLS|ACLS|PALS|CIMA|ACCA|ACA|CPA|CISSP|PMP|NICET|EPA 608"
    r"|OSHA (?:10|30)|PGCE|QTS|TEFL|TESOL|CELTA|C ?& ?G|City (?:&|and) Guilds|17th edition"
    r"|18th edition|F-?gas|food (?:handler|worker)'?s? (?:card|permit))\b",
    r"\b(?:highly|well|best|most) qualified|\bqualified (?:applicants?|candidates?|individuals?)\b"
    r"|\bselective certification|\bwill certify|\bcertified (?:minority|b ?corp|copy)"
    r"|\bif (?:you are )?qualified|\bdepend\w* on qualif|\bbirth certif|\bcertificate must be"
    r"|\bcomplete required training|\bearn the\b|\bgift certif",
)
_DEGREE = re.compile(
    r"(?P<hs>\bhigh[- ]school\b(?! (?:\w+ ){0,2}(?:teacher|students?|math))|\bHS diploma"
    r"|\bG\.?E\.?D\b|\bGCSEs?\b)|(?P<master>\bmaster'?s?(?:’s)?\b(?= degree| in\b|\b.{0,20}degree)"
    r"|\bMBA\b|\bM\.?Sc\b)|(?P<phd>\bPh\.?D\b|\bdoctorate)"
    r"|(?P<bachelor>\bbachelor|\bB\.?S\.?(?:/|\b)(?= (?:degree|in|with)|/B\.?A)|\bB\.?A\.? (?=degree"
    r"|in )|\bBSc\b|\bundergraduate degree|\buniversity degree|\bfour[- ]year (?:degree|college)"
    r"|\bcollege (?:degree|graduate)|\bdegree[- ](?:educated|qualified)|\bgraduat(?:e"
    r"|ion) from an accredited|\b4[- ]year degree)|(?P<associate>\bassociate'?s?(?:’s)? degree)"
    r"|(?P<any>\bdegree(?= in\b| or\b)|\bdiploma in\b)",
    re.I,
)
_DEGREE_TEXT = {
    "hs": "Do you have a high school diploma or an equivalent such as a GED?",
    "associate": "Do you have an associate degree or higher{subject}?",
    "bachelor": "Do you have a bachelor's degree or higher{subject}?",
    "master": "Do you have a master's degree or higher{subject}?",
    "phd": "Do you have a doctorate{subject}?",
    "any": "Do you have a degree{subject}?",
}


_LEVELS = ("hs", "associate", "bachelor", "master", "phd", "any")


def degrees(line: Line) -> Iterator[Need]:
    levels = list(_DEGREE.finditer(line.text))
    match = min(levels, key=lambda found: _LEVELS.index(found.lastgroup or "any"), default=None)
    if not match or re.search(
        r"\bdegree of\b|\bhighest degree\b|\bdegrees? (?:fahrenheit|celsius|f\b)", line.text, re.I
    ):
        return
    if line.section not in (Section.REQUIRED, Section.PREFERRED) and not (_HARD.search(line.text) or line.tail):
        return
    if line.section in (Section.BENEFITS, Section.COMPANY, Section.NOTES, Section.APPLY) or re.search(
        r"\bobtaining their degrees|within one semester", line.text
    ):
        return
    level = match.lastgroup or "any"
    text = _DEGREE_TEXT[level]
    about = re.match(
        r"[^.;]{0,20}?(?:degree )?\bin (?:an? )?([A-Z]?[\w /&,-]{2,60}?)(?:\s+(?:or (?:an? "
        r")?(?:related|equivalent|similar)|required|preferred|from|with|plus|and)\b|[.;(]|$)",
        line.text[match.end() :],
    )
    subject = f" in {phrasing.lower_first(about[1].strip(' ,'))} or a related field" if about else ""
    if about and not re.search(r"related|similar|relevant", line.text[match.end() :], re.I):
        subject = subject.replace(" or a related field", "")
    text = text.replace("{subject}", subject)
    if (
        re.search(
            r"equivalent (?:work )?experience|or (?:an )?equivalent|experience in lieu"
            r"|or relevant experience",
            line.text,
            re.I,
        )
        and level != "hs"
    ):
        text = text[:-1] + ", or equivalent experience?"
    name = "high school diploma" if level == "hs" else "degree"
    yield Need("degree", name, text, line, 30)


def credentials(line: Line, kind: _Kind) -> Iterator[Need]:
    for part, quote in _parts(line):
        match = kind.pattern.search(part)
        if not match or (kind.unless and kind.unless.search(part)) or line.tail or _DUTY.match(part):
            continue
        if kind is CERTIFICATE and re.search(r"\bhigh school\b|\bmedically\b|\bpsychologically\b", part, re.I):
            continue
        if not (
            line.section in (Section.REQUIRED, Section.PREFERRED) or _HARD.search(part) or _CREDENTIAL.search(part)
        ):
            continue
        if line.section in (Section.COMPANY, Section.APPLY) or (
            line.section in (Section.BENEFITS, Section.NOTES) and not _HARD.search(part)
        ):
            continue
        text = _credential_question(part, kind)
        if text:
            yield Need(kind.about, _credential_topic(part, kind), text, line, kind.rank, quote=quote)


_DUTY = re.compile(
    r"\W*(?:facilitate|ensure|maintain|process|issue|provide|prepare|manage|verify|review|support"
    r"|coordinate|assist|conduct)s?\b",
    re.I,
)
_BEFORE_IT = re.compile(r".*\b(?:have|hold|holds|possess|holding|possession of|with)\s+(?=\S)", re.I)
_CREDENTIAL = re.compile(
    r"^(?:a |an )?(?:valid|current|active|clean|full)\b.{0,60}(?:licen[cs]e|registration"
    r"|certif\w+)|\b(?:CIMA|ACCA|ACA|CPA) (?:or (?:CIMA|ACCA|ACA) )?qualified",
    re.I,
)


def _parts(line: Line) -> Iterator[tuple[str, str]]:
    """The line, or the two halves of one that states two conditions."""
    both = re.match(r"(.{12,}?licen[cs]e)\s+and (?:a )?((?:valid|current)\b.+)$", line.text, re.I)
    if both:
        yield both[1], ""
        yield both[2], both[2] if both[2] in line.quote else ""
        return
    if len(line.text) <= 170:
        yield line.text, ""
        return
    for piece in re.split(r"(?<=[.;])\s+|,\s+(?=and must|must|as well as)", line.text):
        yield piece, ""


def _credential_question(part: str, kind: _Kind) -> str:
    if ":" in part and kind.pattern.search(part.split(":", 1)[1]):
        part = part.split(":", 1)[1].strip()
    text = re.split(
        r"\s+(?:and (?:a )?(?:good|clean|safe|acceptable) (?:driving|motor)|with (?:a )?(?:good|clean"
        r"|safe)|in order to be considered)\b",
        part,
        maxsplit=1,
    )[0]
    text = re.split(
        r"\s+(?=and valid\b)|\s+(?:with|and) (?:at least |a minimum of |minimum )?(?:\d+|one|two"
        r"|three)\+? years?\b",
        text,
        maxsplit=1,
    )[0]
    if len(text) > 150:
        found = kind.pattern.search(text)
        assert found is not None
        marks = [
            text.rfind(mark, 0, found.start()) + len(mark)
            for mark in (", ", "; ", " must ", ". ", " a ", " an ")
            if mark in text[: found.start()]
        ]
        start = max(marks, default=0) if found.start() > 60 else 0
        text = text[max(0, start) :][:150]
        text = text.rsplit(",", 1)[0] if "," in text[60:] else text.rsplit(" ", 1)[0]
    text = re.sub(r"\s*\([^)]{25,}\)", "", text)
    text = re.split(r"\s+(?:and|ad) (?:have|must|be)\b", text, maxsplit=1)[0]
    far = 12 if re.match(r"\W*(?:we are|we're|you are|a person|someone|the)\b", text, re.I) else 45
    if (named := kind.pattern.search(text)) and named.start() > far:
        lead = _BEFORE_IT.match(text[: named.start()])
        if lead is None:
            return ""  # a long sentence that does not say plainly what must be held
        text = text[lead.end() :]
    if re.match(r"\W*(?:be )?(?:able|willing)|.*\bable to (?:pass|obtain)\b", phrasing.core(text), re.I):
        return phrasing.question(text)
    licensed = re.match(r".*?\b((?:\w+[- ]){0,3}licensed (?:[\w-]+ ?){1,4})", text)
    if licensed and re.search(r"\bneed|looking|must be|be a", text, re.I):
        return f"Are you a {licensed[1].strip()}?"
    if re.match(r"(?:a person|someone|we|our|you)\b", phrasing.core(text), re.I):
        return ""
    return phrasing.question(text) if len(phrasing.core(text).split()) <= 28 else ""


def _credential_topic(part: str, kind: _Kind) -> str:
    named = re.search(r"((?:[\w'’.&/-]+ ){0,2})(licen[cs]e|CDL|certif\w+|qualified|registration|card)\b", part)
    words = [w for w in (named[0] if named else kind.topic).split() if w.lower() not in FILLER]
    return " ".join(w if w[:3].isupper() else w.lower() for w in words[-3:]).strip(" .,'’") if words else kind.topic


FILLER = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "must",
        "have",
        "valid",
        "current",
        "active",
        "be",
        "to",
        "or",
        "and",
        "in",
        "with",
        "hold",
        "possess",
        "your",
        "is",
        "your",
        "for",
        "any",
        "full",
        "clean",
    ]
)


def softened(need: Need) -> Need:
    """As a question that turns nobody away."""
    return replace(need, hard=False, rule=None, rank=need.rank + 100, weight=need.weight or 1)

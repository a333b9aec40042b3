"""A pasted text as lines with sections, each line tied to the place in the paste it came from.

Guarantees that `Line.quote` is a substring of the pasted text after whitespace folding. Reads at most `READ_MAX`
characters. Must not interpret what a line asks for: that is the business of the readers.
"""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from botapp.compose import speech

READ_MAX = 60_000
LINE_MAX = 900
LINES_MAX = 4000


class Section(StrEnum):
    NONE = "none"
    REQUIRED = "required"
    PREFERRED = "preferred"
    DUTIES = "duties"
    BENEFITS = "benefits"
    SCHEDULE = "schedule"
    LOCATION = "location"
    COMPANY = "company"
    APPLY = "apply"
    NOTES = "notes"  # how the selection runs: only hard conditions count
    IGNORE = "ignore"  # questions the text forbids, other roles, boilerplate


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is clean and readable; `quote` is verbatim from the paste."""

    text: str
    quote: str
    section: Section
    heading: str = ""  # the heading it stands under, as written
    bullet: bool = False
    tail: bool = False  # the "employment type: ... | required education: ..." line some boards append


@dataclass(frozen=True, slots=True)
class Source:
    lines: tuple[Line, ...]
    clean: str
    folded: str = ""  # the paste with white space folded: every quote is in it


_MARKUP = re.compile(
    r"&lt;(?P<eclose>/?)(?P<etag>[a-zA-Z][a-zA-Z0-9]{0,10})(?:(?!&gt;|&lt;)[^\n]){0,400}?&gt;"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,10})(?:\s[^<>]{0,500})?/?>"
    r"|<!--[^<>]{0,500}-->"
    r"|&(?:amp;)?(?P<entity>#?[a-zA-Z0-9]{1,8});"
    r"|(?P<mask>#(?:URL|EMAIL|PHONE)_[0-9a-f]{6,80}#)"
    r"|(?P<hidden>[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd])"
)
_BLOCK = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "td",
        "th",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "hr",
        "dd",
        "dt",
    ]
)


def _replacement(match: re.Match[str]) -> str:
    tag = (match["tag"] or match["etag"] or "").lower()
    if tag:
        closing = match["close"] or match["eclose"]
        if tag == "li" and not closing:
            return "\n• "
        return "\n" if tag in _BLOCK else ""
    if match["entity"]:
        plain = html.unescape(f"&{match['entity']};")
        return " " if plain == "\xa0" else plain if len(plain) == 1 else match[0]
    return " " if match["mask"] else ""


class _Cleaned:
    """The paste without markup, and for each stretch of it where it stood."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.speaker: re.Pattern[str] | None = None  # who speaks, at the start of a line of a transcript
        self._starts: list[int] = []  # in clean
        self._offsets: list[int] = []  # in raw
        pieces: list[str] = []
        at = position = 0
        for match in _MARKUP.finditer(raw):
            if match.start() > at:
                self._note(position, at)
                pieces.append(raw[at : match.start()])
                position += match.start() - at
            put = _replacement(match)
            if put:
                self._note(position, match.start())
                pieces.append(put)
                position += len(put)
            at = match.end()
        self._note(position, at)
        pieces.append(raw[at:])
        self.text = "".join(pieces)

    def _note(self, clean: int, raw: int) -> None:
        self._starts.append(clean)
        self._offsets.append(raw)

    def _raw_at(self, position: int) -> int:
        index = bisect_right(self._starts, position) - 1
        return self._offsets[index] + position - self._starts[index]

    def quote(self, start: int, end: int) -> str:
        """The verbatim stretch; where markup runs through it, its longest part without markup."""
        raw = self.raw[self._raw_at(start) : self._raw_at(end - 1) + 1]
        if not re.search(r"<[a-zA-Z/]|&lt;|#(?:URL|EMAIL|PHONE)_", raw):
            return fold(raw)
        parts = re.split(
            r"&lt;(?:(?!&gt;).){0,400}?&gt;|<[^<>]{0,500}>|#(?:URL|EMAIL|PHONE)_[0-9a-f]+#|&(?:amp;)?nbsp;", raw
        )
        return fold(max(parts, key=lambda part: len(part.strip())))


def fold(text: str) -> str:
    """`text` with every run of white space as one blank."""
    return re.sub(r"\s+", " ", text).strip()


# Where a line ends: a newline, a bullet, a sentence, or two words run together by a lost line break.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|incl|approx|mr|mrs|ms|dr|st|vs|inc|co|ltd|dept|u\.s|a\.m|p\.m|min"
    r"|max|ref|sr|jr|hrs|lbs)\.|\b[A-Z]\.|(?:^|\s)\d{1,2}\.)$",
    re.I,
)
_BULLET = re.compile(r"\s*(?:[•●▪■◦‣·∙○➢✓✔✅*]|[-–—](?=\s|[A-Z])|\d{1,2}[.)](?=\s)|[a-z]\)(?=\s))+\s*")
_CUT = re.compile(
    r"\n+"
    r"|\s*(?=[•●▪■◦‣∙➢✓✔✅])"
    r"|(?<=[.!?])[\"”’)]?\s+(?=[\"“(]?[A-Z0-9•$£€])"
    r"|(?<=[A-Za-z)!?][.!?:;])(?=[A-Z][a-z]{2})(?!Net\b|Com\b|Js\b|Org\b)|(?<=%)(?=[A-Z][a-z]{3})"
    r"|(?<=[A-Z]{3}!)(?=[A-Z])"
    r"|(?<=[a-z])(?=(?:MUST|Must|Ability|Able|Experience|Excellent|Strong|Proficien|Job Location"
    r"|Requirements?|Qualifications?"
    r"|Responsibilities|Benefits|About (?:us|you)|Us work status|Starting Pay|Top Performers"
    r"|Bonus Eligible|LOCATION|POSITION|If you are"
    r"|REPORTS TO|Interview Travel|Detailed Description|Resumes)\b)"
    r"|(?<=\S)\s+-(?=[A-Z][a-z])"
    r"|(?<=[a-z.])(?=--\s?[A-Z])"
    r"|;\s+(?=[A-Za-z])"
    r"|(?<=[a-z]{3}\.)\s+(?=(?:don'?t|do not|so|but|she|he|they|last|ask|also|please|no)\b)"
    r"|\s+(?=Hiring for [A-Z]|Detailed Description\b)"
    r"|(?<=\d\.)(?=[A-Z][a-z]{3})|(?<=[a-z]{3})(?=\d\+? years?\b)"
    r"|,\s+(?=(?:you will )?ideally\b)|(?<=[a-z])\s+(?=Ideally\b)"
    r"|(?<=[a-zA-Z])\s+(?=[A-Z]{3,6}(?: or | ?/ ?|, )[A-Z]{3,6} qualified)"
    r"|(?<=[A-Z]{4})\s+(?=[A-Z][a-z]+ (?:[A-Z][a-z]+ ){0,3}(?:is|are|was|has|will)\b)"
)
_GLUE = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
_DASHED = re.compile(r"(?<=[a-z.!?])(?<!Mid)-(?=[A-Z][a-z]+,? )")
_MARKDOWN = re.compile(r"\*\*(?=\S)([^*\n]{1,300})\*\*|^#+\s*|\[([^\]]{1,80})\]\([^)\s]{1,200}\)")
_TERSE = re.compile(
    r"(?<=[a-z0-9]{2})\.\s+(?=[a-z])|,\s+(?=(?:must|no|need|needs|pay|pays|min|minimum|at least"
    r"|ask|able|available"
    r"|has to"
    r"|have to|nice|plus|bonus|authorized|reliable|shifts?|nights?|weekends?|start)\b|[$£€]|\d"
    r"|(?:\w+ ){1,4}(?:required|licen[cs]e|certificat\w+|cert|card|preferred|only|a plus|needed"
    r"|a must)\b)",
    re.I,
)
_CAMEL = frozenset(
    [
        "JavaScript",
        "TypeScript",
        "PowerPoint",
        "LinkedIn",
        "YouTube",
        "GitHub",
        "GitLab",
        "WordPress",
        "QuickBooks",
        "NetSuite",
        "HubSpot",
        "SalesForce",
        "DevOps",
        "ServSafe",
        "SafeServe",
        "PowerShell",
        "MySQL",
        "OpenStack",
        "MacBook",
        "BambooHR",
        "WorkDay",
        "PayPal",
        "FedEx",
        "SharePoint",
        "OneDrive",
        "AutoCAD",
        "SolidWorks",
        "DoorDash",
        "InDesign",
        "AfterEffects",
        "ServiceNow",
        "WhatsApp",
        "FaceTime",
        "TikTok",
    ]
)


def read_source(raw: str) -> Source:
    """The lines of a paste, in order, each under its section."""
    cleaned = _Cleaned(raw[:READ_MAX])
    cleaned.speaker = speech.speakers(cleaned.text)
    spans = _spans(cleaned.text, cleaned.speaker is not None)
    return Source(tuple(_sectioned(cleaned, spans)), cleaned.text, fold(cleaned.raw))


def _spans(text: str, speaker: bool) -> list[tuple[int, int]]:
    cuts = sorted({0, len(text), *_cut_points(text, speaker)})[: LINES_MAX + 1]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def _cut_points(text: str, speaker: bool) -> list[int]:
    points = []
    wrapped_from = 0 if speaker else speech.wrapped_from(text)
    for match in _CUT.finditer(text):
        if wrapped_from and match[0] == "\n" and speech.is_wrapped(text, match.start(), wrapped_from):
            continue
        before = text[max(0, match.start() - 12) : match.start()]
        if "\n" in match[0] or not _ABBREVIATION.search(before.rstrip('"”’)')):
            points.append(match.end() if match[0].strip() in ("", ";", ",") else match.start())
    if len(text) < 900 and text.strip().count("\n") <= 3:  # a few words typed in a hurry
        points += [m.end() for m in _TERSE.finditer(text)]
    glued = [m.start() for m in _GLUE.finditer(text) if _word_at(text, m.start()) not in _CAMEL]
    if len(glued) >= 2:  # line breaks were lost: split words that run together
        points += glued
    if speaker:  # what is said has sentences without capitals
        points += [m.end() for m in speech.GOES_ON.finditer(text) if not _ABBREVIATION.search(text[: m.start()][-12:])]
    dashes = [m.start() for m in _DASHED.finditer(text)]
    return points + dashes if len(dashes) >= 4 else points


def _word_at(text: str, position: int) -> str:
    left = re.search(r"[A-Za-z]*$", text[max(0, position - 20) : position])
    right = re.match(r"[A-Za-z]*", text[position : position + 20])
    return (left[0] if left else "") + (right[0] if right else "")


_HEADINGS: tuple[tuple[Section, str], ...] = (
    (
        Section.IGNORE,
        r"do not ask.*|don'?t ask.*|never ask.*|concerns?|equal (?:opportunity|employment).*"
        r"|diversity.*|privacy.*"
        r"|building equality.*|disclaimer|selective certification|class code|companies you.*"
        r"|recruiting strategy.*"
        r"|previous job titles.*|(?:our )?(?:core )?values|hiring manager|recruiter"
        r"|department(?: & team)?|reports to|reporting to"
        r"|reason for opening|(?:role )?justification|budget approved.*|number of interview stages"
        r"|target time to fill",
    ),
    (
        Section.NOTES,
        r"where to apply|selection process|process notes?|notes?|application deadline|examination.*"
        r"|interview process|notice",
    ),
    (
        Section.PREFERRED,
        r"(?:strongly |highly )?prefer(?:red|ences?)\b.*|nice[- ]to[- ]haves?.*|desir(?:ed|able)\b.*"
        r"|bonus(?: points)?(?: if.*)?"
        r"|(?:bonus|additional|preferred) (?:skills|points|qualifications)|pluses|good to have"
        r"|ideally.*|it'?s a plus if.*|.*\bpreferred but not required\W*"
        r"|.*\b(?:is|are) a (?:plus|bonus)|.*\bpreferred (?:qualifications|skills|experience)",
    ),
    (
        Section.REQUIRED,
        r"(?:(?:the |job |key |basic |minimum |mandatory |position |candidate |essential |main |core "
        r"|program |equipment |technical |relevant |required |necessary"
        r"|personal |general |entry |special |additional |other |work |your |professional |ideal "
        r"|knowledge,? |education,? |skills,? |desired |certificates?,? |licen[cs]es?,? |and |and/or "
        r"|& |/ ?)*"
        r"(?:requirements?|requirement/minimum qualifications?|qualifications?"
        r"|requirements?/minimum qualifications?|skills?|experience|education|abilities|knowledge"
        r"|criteria|standards|competenc(?:ies|e)s?|attributes"
        r"|certificat(?:es?|ions?)|licen[cs]es?|specification|background))(?: required| needed"
        r"| and (?:qualifications|experience|abilities|skills))*"
        r"(?: (?:for|of) .{3,40})?|must[- ]haves?.*|musts?|required|what you(?:'|’)?(?:ll"
        r"| will)? ?(?:need|bring|have).*|what we(?:'|’)?(?:re| are) looking for.*|who you are"
        r"|who we(?:'|’)?(?:re| are) looking for|about you|you (?:have|are|bring)|you will (?:have"
        r"|need)|(?:the )?(?:ideal|successful|right) (?:candidate|applicant|person).*|the person"
        r"|person specification"
        r"|physical (?:requirements|demands|effort).*|working conditions.*|essential"
        r"|(?:the )?candidates?|dealbreakers?|to be considered.*|you must.*|you(?:'|’)ll need|we need",
    ),
    (
        Section.DUTIES,
        r"(?:(?:the |your |key |main |essential |primary |job |day[- ]to[- ]day |specific |principal "
        r"|core |and )*(?:responsibilit(?:y|ies)|duties|tasks|accountabilities"
        r"|functions?))(?: and (?:duties|responsibilities|tasks))?(?: include.*)?"
        r"|what you(?:'|’)?(?:ll| will) (?:do|be doing).*|the (?:job|work)|about the (?:role|job"
        r"|position)|job (?:summary|description|purpose|duties)|(?:position|role) (?:summary|overview"
        r"|purpose)|overview|summary"
        r"|your day|a (?:typical )?day.*|the role.*|description|detailed description"
        r"|primary responsibilities|duties to include|(?:the )?.{3,40} will…?|general job duties.*"
        r"|as an? .{3,40}, you will",
    ),
    (
        Section.BENEFITS,
        r"(?:(?:our |company |employee |pay |job |what we |we |full[- ]time |the |salary |your |and "
        r"|& )*(?:benefits?|perks|offer|compensation|salary|pay|rewards?|package))(?: and (?:benefits"
        r"|bonuses|perks|compensation))*"
        r"|benefits and bonuses|what(?:'|’)?s in it for you.*|why (?:join|work|you).*|what you(?:'"
        r"|’)?(?:ll| will) get.*|annual salary|hourly rate|for full[- ]time employees"
        r"|for part[- ]time employees|in return.*|you get|we offer.*",
    ),
    (
        Section.SCHEDULE,
        r"(?:(?:work |shift |working |the )*(?:schedule|hours|shifts?|hours of work|days"
        r"|rota))(?: and .{3,20})?|work & route|when",
    ),
    (Section.LOCATION, r"(?:job |work )?locations?|where|hiring area|office"),
    (
        Section.COMPANY,
        r"about (?!you|the (?:role|job|position))(?:us|the .{3,30}|[A-Z].{1,30})|who we are"
        r"|company(?: (?:overview|description|profile))?|our (?:company|story|workplace|mission"
        r"|culture|team)|what we do",
    ),
    (Section.APPLY, r"how to apply.*|to apply.*|apply(?: now)?|application(?:s| process)?|contact|next steps|deadline"),
)
_HEADING = tuple((section, re.compile(rf"(?:{pattern})\Z", re.I)) for section, pattern in _HEADINGS)
_TAIL = re.compile(
    r"^(?:employment type|required experience|required education|industry|function"
    r"|salary range)\s*:.*\|",
    re.I,
)
_OTHER_ROLE = re.compile(
    r"^(?:(?:also )?hiring for|we(?:'re| are) also (?:hiring|looking for)|other (?:open )?(?:roles"
    r"|positions|openings))\b",
    re.I,
)


def heading_section(text: str) -> Section | None:
    """The section a heading opens, or None when `text` is not one."""
    bare = re.sub(r"^[\s#*_✅📌\d.)\-–—•]+|[\s*_:#\-–—…!?.]+$", "", text)
    if not bare or len(bare) > 70:
        return None
    return next((section for section, pattern in _HEADING if pattern.match(bare)), None)


class _Roles:
    """Which of several roles in one text a line belongs to; the first one is ours."""

    def __init__(self) -> None:
        self.first = ""
        self.other = False

    def see(self, text: str) -> None:
        named = re.match(r"^(?:position|job title|role|vacancy)\s*:\s*(.{2,60}?)(?:job location\b.*)?$", text, re.I)
        if named:
            title = re.sub(r"[^a-z]", "", named[1].lower())
            self.first = self.first or title
            self.other = title != self.first
        elif self.first and _OTHER_ROLE.match(text):
            self.other = True
        elif self.other and re.match(r"^(?:Requirements?|Benefits):?$", text):
            self.other = False


def _sectioned(cleaned: _Cleaned, spans: list[tuple[int, int]]) -> list[Line]:
    lines: list[Line] = []
    section, heading, roles, inline = Section.NONE, "", _Roles(), False
    for start, end in spans:
        if inline and re.search(r"\n[ \t]*\n\s*$", cleaned.text[max(0, start - 8) : start]):
            section, heading, inline = Section.NONE, "", False  # "Desirable: ..." ends with its paragraph
        if cleaned.speaker and (mark := cleaned.speaker.match(cleaned.text, start, end)):
            start = mark.end()
        text = fold(cleaned.text[start:end])
        if not text:
            continue
        if _TAIL.match(text):
            lines += _tail_lines(cleaned, start, end)
            continue
        roles.see(_unbulleted(text))
        opened, rest_at = _open_heading(text)
        here, here_heading = section, heading
        if opened is not None:
            here, here_heading = opened, text[:rest_at] if rest_at else text
            if not rest_at or opened not in (Section.LOCATION, Section.SCHEDULE):
                section, heading, inline = (
                    here,
                    here_heading,
                    bool(rest_at),
                )  # "Location: Reno" speaks for its own line only
            if not rest_at:
                continue
            start, text = _after_heading(cleaned.text, start, end)
        lines += _lines_of(cleaned, (start, end), text, Section.IGNORE if roles.other else here, here_heading)
    return lines


_POINT = re.compile(
    r"[•●▪·*\-–]\s*(?:\w+ )?(?:knowledge|experience|skills?|education|certificates?) (?:of|for|in)\b", re.I
)


def _open_heading(text: str) -> tuple[Section | None, int]:
    """The section a line opens, and where its own content begins (0: the whole line is a heading)."""
    whole = heading_section(text)
    if (
        whole is not None
        and not re.search(r":\W*$|^#|^\*\*|^__|…$", text)
        and re.search(r"\b(?:must|lift|\d|plus|bonus)\b", text, re.I)
    ):
        whole = None  # a line of its own, like "Must have good communication skills"
    if _POINT.match(text) and not text.rstrip("* ").endswith(":"):
        whole = None  # "- Knowledge of food safety" is what is asked for, no heading
    looks_like_one = bool(re.search(r":\W*$|^#|^\*\*|^__|…$", text)) or text.isupper() or len(text.split()) <= 6
    if whole is not None and looks_like_one:
        return whole, 0
    inline = re.match(r"^[\s•*#_✅\-]*([A-Za-z][^:.!?]{2,60}?)\**\s*:\**\s*(?=\S)", text)
    if inline and not re.match(r"https?$|\d", inline[1]):
        return heading_section(inline[1]), inline.end()
    return None, 0


def _after_heading(text: str, start: int, end: int) -> tuple[int, str]:
    colon = text.index(":", start, end) + 1
    while colon < end and text[colon] in " *_\t\n:":
        colon += 1
    return colon, fold(text[colon:end])


def _lines_of(cleaned: _Cleaned, span: tuple[int, int], text: str, section: Section, heading: str) -> list[Line]:
    start, end = span
    bullet = _BULLET.match(cleaned.text, start, end)
    clean = _MARKDOWN.sub(r"\1\2", _unbulleted(text)).strip()
    if not re.search(r"\w", clean):
        return []
    if cleaned.speaker:
        clean = speech.FILLER.sub("", clean)
    quote_start = bullet.end() if bullet and bullet.end() < end else start
    quote = cleaned.quote(quote_start, min(end, quote_start + LINE_MAX))
    return [Line(clean[:LINE_MAX], quote, section, heading, bullet is not None)] if quote else []


def _unbulleted(text: str) -> str:
    bullet = _BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def _tail_lines(cleaned: _Cleaned, start: int, end: int) -> list[Line]:
    lines, at = [], start
    for part in cleaned.text[start:end].split("|"):
        if part.strip():
            lines.append(Line(fold(part), cleaned.quote(at, at + len(part)), Section.NONE, "", False, True))
        at += len(part) + 1
    return lines

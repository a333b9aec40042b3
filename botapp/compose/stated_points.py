"""What a text asks for beside yes, no or a number: named in an open question, several at once.

Every point is in the words of the text, shortened. What may not be asked is no point. Nothing is added.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from botapp.compose import phrasing
from botapp.compose.lawful import protected_topic
from botapp.compose.needs import is_soft
from botapp.compose.source import Line, Section, Source
from botapp.screening.interviewer import FollowUps, Origin, Provenance, Question, QuestionKind, Rubric

IN_ONE = 5  # points one question can name and still be read on a phone
_WORDS = 34
_LINE_WORDS = 60


@dataclass(frozen=True, slots=True)
class Point:
    """`text` fits after "This job asks for"."""

    text: str
    line: Line

    @property
    def is_known_from_work(self) -> bool:
        """A tool, a field or experience, rather than a way of working."""
        return bool(_FROM_WORK.match(self.text))


_FROM_WORK = re.compile(
    r"(?:experience|knowledge|proficiency|familiarity|understanding|expertise|expert|work in|working with|use of|using"
    r"|operating|[\w. ]+ (?:experience|knowledge|proficiency))\b",
    re.I,
)
_STARTS_A_MUST = re.compile(
    r"\W*(?:(?:(?:you|they|he|she) )?(?:must|needs? to|have to|has to|should)\b"
    r"|(?:the )?(?:ability|able|capab\w+|competen\w+)\b"
    r"|(?:excellent|strong|good|great|solid|superior|outstanding|exceptional|proven|demonstrated|advanced|effective"
    r"|high level of|basic)\b.{0,60}\b(?:skills?|ability|abilities|knowledge|experience|judge?ment|attention|attitude"
    r"|ethic|communicat\w+|proficien\w+)\b|(?:knowledge|understanding|experience|proficien\w+"
    r"|familiarity) (?:of|in|with)\b)",
    re.I,
)
_SKILLED = re.compile(
    r"\b(?:skills?|ability|abilities|knowledge(?:able)?|experienced?|proficien\w+|worked|understanding|familiar\w*|expert\w*"
    r"|communicat\w+|attitude|attention|detail\w*|self[- ]\w+|team|motivated|\w+[- ]oriented|reliab\w+|dependab\w+"
    r"|punctual\w*|flexib\w+|organi[sz]ed|organi[sz]ation(?:al)?|willing\w*|independently|multi-?task\w*|leader\w*"
    r"|learner|passion\w*|comfortable|judge?ment|integrity|trustworth\w+|patien(?:t|ce)|creativ\w+|initiative"
    r"|commitment|committed|work ethic|problem[- ]solv\w+|confiden(?:t|ce)|enthusias\w+|driven|fast[- ]pace\w*"
    r"|under pressure|deadlines|track record|love|accura\w+|time management|professional\w*|interpersonal)\b",
    re.I,
)
_NO_POINT = re.compile(
    r"\W*(?:we|our|at [A-Z]|if|when|where|any|all|this|these|the (?!ability|capacity|capability)|or|and|but|as"
    r"|note|position|detailed description"
    r"|please|successful(?:ly)? complet\w+|there|each|some|who|what|how|your|it|a person who|an individual"
    r"|with|under|come|employee|frequently|occasionally"
    r"|current employment|letter of|attachments|\w+ participates|registrar|to (?:be|provide|learn))\b",
    re.I,
)
_ABOUT_APPLYING = re.compile(
    r"\b(?:resumes?|cvs?|cover letters?|apply|applications?|applicants?|interview(?:s|ed)?|salary|benefits?|pay"
    r"|per hour|accommodations?|equal opportunity|discriminat\w+|other duties|hiring|https?|www|e-?mail|position is"
    r"|full[- ]time|part[- ]time|shifts?|schedul\w+|drug|background|e-verify|work environment|job description|this role"
    r"|position|program(?:me)?s? (?:is|are)|competencies, behaviours|following requirements|years?|months"
    r"|degree|diploma|b\.?[as]\b"
    r"|semester|reference check|employment eligibility|attendance policy|sit\b|stand\b|lift\w*|walk\w*|crouch|kneel)\b"
    r"|[$£€@]|:\s*$",
    re.I,
)
_LOOKS = re.compile(
    r"\b(?:appearance|groomed|grooming|presentable|attractive|looks|physically fit|fitness|healthy?|energetic"
    r"|energy|heat|odou?rs"
    r"|young|youth\w*|native|mature|physical(?:ly)? (?:strength|condition|demand\w*)|stamina|moral character|convict\w+"
    r"|felon\w*|crim(?:e|es|inal)|institution|habits|christ\w*|citizen\w*)\b",
    re.I,
)


_BARE = re.compile(r"(?:(?:skills?|ability|abilities|knowledge|experience|ownership|requirements?)\W*)+|.{0,5}", re.I)


def stated_points(source: Source, asked_lines: Iterable[Line]) -> tuple[Point, ...]:
    """The points of a text that no typed question asks about, in its order."""
    taken = {line.quote for line in asked_lines}
    points: list[Point] = []
    for line in source.lines:
        if line.quote in taken or not _is_stated(line):
            continue
        text = _named(line.text)
        if text and not _BARE.fullmatch(text) and all(text.lower() != point.text.lower() for point in points):
            points.append(Point(text, line))
    return tuple(points)


def _is_stated(line: Line) -> bool:
    text = line.text
    if line.tail or is_soft(line) or _ABOUT_APPLYING.search(text) or _LOOKS.search(text) or protected_topic(text):
        return False
    if not 2 <= len(text.split()) <= _LINE_WORDS or text.endswith("?"):
        return False
    if _NO_POINT.match(text):
        return False
    if line.section is Section.REQUIRED:
        return bool(_STARTS_A_MUST.match(text) or (_SKILLED.search(text) and len(text.split()) <= 30))
    return (
        line.section in (Section.NONE, Section.DUTIES) and bool(_STARTS_A_MUST.match(text)) and len(text.split()) <= 30
    )


# ---- how a point is named ----------------------------------------------------------------------------------

_PRAISE = re.compile(
    r"^(?:(?:an?|the|very|highly|excellent|strong|good|great|solid|superior|outstanding|exceptional|proven|demonstrated"
    r"|advanced|effective|high level of|high degree of|exceptionally|some|related|relevant"
    r"|required|minimum of|competency in|competence in|evidence of|sound|robust|hands-on|in-depth|genuine)\b[ ,]*"
    r"(?:and (?=excellent|strong|good|proven|effective|demonstrated))?)+",
    re.I,
)
_VERBAL = re.compile(
    r"^(?:be (?:able|capable|willing|expected|prepared|ready) (?:to|of)|(?:the )?(?:\w+ )?(?:ability"
    r"|capability|capacity"
    r"|willingness|desire) (?:and \w+ )?(?:to|of)|able to|capable of|(?:you |they )?(?:must|should|will"
    r"|need to|have to))\s+",
    re.I,
)
_HOW = re.compile(r"^(?P<how>(?:\w+ly )*)(?P<verb>[a-z-]+)\b", re.I)


def _named(text: str) -> str:
    text = re.sub(r"\s*\([^)]*\)?", "", text).strip()
    bare = phrasing.core(text.capitalize() if text.isupper() else text)
    bare = re.sub(
        r"^(?:(?:you|they|s?he|candidates?|applicants?) )?(?:must|should|will|needs? to|ha(?:ve|s) to)\s+(?:also )?",
        "must ",
        bare,
        flags=re.I,
    )
    if verbal := _VERBAL.match(bare):
        return _clipped(_doing(bare[verbal.end() :]))
    if loved := re.match(r"(?:must )?love (.+)", bare, re.I):
        return _clipped(f"a love of {phrasing.lower_first(loved[1])}")
    if being := re.match(r"(?:must )?be (.+)", bare, re.I):
        return _clipped("being " + phrasing.lower_first(being[1]))
    for pattern, instead in _NOUNS:
        bare = pattern.sub(instead, bare, count=1)
    without = _PRAISE.sub("", bare, count=1)
    bare = without if len(without.split()) > 1 or len(without) > 6 else bare
    if verbal := _VERBAL.match(bare):
        return _clipped(_doing(bare[verbal.end() :]))
    return _clipped(phrasing.lower_first(bare))


_NOUNS = tuple(
    (re.compile(pattern, re.I), instead)
    for pattern, instead in (
        (r"^(?:must )?(?:have|possess|demonstrate|show|bring|display)s? (?=\w)", ""),
        (r"^proficien(?:t|cy) (?:in|with|at)", "proficiency in"),
        (r"^familiar with", "familiarity with"),
        (r"^skilled (?=in|at|with)", "skill "),
        (r"^worked (?=in|with|as|at|on)", "work "),
    )
)


_ALSO = re.compile(
    r"(?:(?<=,)|(?<=\band)|(?<=\bor))(?P<gap> (?:\w+ly )?)\b(?P<verb>accept|use|advocate|address|facilitate|know"
    r"|maintain|work|communicate|complete|follow|make|take|troubleshoot|analy[sz]e|interpret|provide|manage|organi[sz]e|read|write|solve|keep|meet"
    r"|handle|understand|respond|adapt|learn|prioriti[sz]e|carry|train|help|create|develop|build|lead|give|deal)\b",
    re.I,
)


def _doing(text: str) -> str:
    """`effectively follow and complete orders` as `effectively following and completing orders`."""
    match = _HOW.match(text)
    if not match or match["verb"].lower().endswith("ing"):
        return phrasing.lower_first(text)
    rest = re.sub(_ALSO, lambda also: f"{also['gap']}{_ing(also['verb'].lower())}", text[match.end() :])
    return f"{match['how'].lower()}{_ing(match['verb'].lower())}{rest}"


_DOUBLED = frozenset(
    [
        "plan",
        "get",
        "run",
        "put",
        "set",
        "stop",
        "cut",
        "sit",
        "ship",
        "step",
        "begin",
        "let",
        "chat",
        "scan",
        "swim",
        "dig",
        "map",
        "chop",
        "mop",
    ]
)


def _ing(verb: str) -> str:
    if verb == "be":
        return "being"
    if verb in _DOUBLED:
        return verb + verb[-1] + "ing"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


_ASIDE = re.compile(
    r"(?<=\w{3})\.\s|;|:\s|\s[–—-]\s|,? (?:including|in order to|so that|to ensure|such as|as well as|e\.g|up to)\b"
)
_LONGEST = 12
_CUTS = (r",", r" (?:which|that|who|when|while|where|to)\b", r" (?:with|for|in|from|by|under|through|within|on)\b")
_DANGLING = re.compile(
    r"\s+(?:and|or|with|in|for|to|of|by|on|the|a|an|but|not|are|is|our|all|various|both|other|your|the ability"
    r"|one or more of the following)$",
    re.I,
)


def _clipped(text: str, longest: int = _LONGEST) -> str:
    """At most `longest` words, cut where a phrase ends."""
    text = re.sub(r" and (?:must )?(?:have|possess) (?:an? )?", " and ", _ASIDE.split(text)[0])
    words = text.split()
    if len(words) > longest:
        text = " ".join(words[:longest])
        cuts = (re.match(rf"(.{{20,}}\w)(?={cut})", text) for cut in _CUTS)
        text = next((cut[1] for cut in cuts if cut), text)
    text = text.strip(" ,.;!-–")
    while (shorter := _DANGLING.sub("", text)) != text:
        text = shorter
    return re.sub(r"\b(?:his/her|their|his or her)\b", "your", text).strip(" ,.;!-–")


# ---- the questions -----------------------------------------------------------------------------------------


def grouped(points: Sequence[Point], source: Source, most: int) -> list[Question]:
    """At most `most` open questions that name the points, what is known from work apart from ways of working."""
    if not points or most <= 0:
        return []
    count = min(most, -(-len(points) // IN_ONE))
    share = min(-(-len(points) // count), IN_ONE)
    chunks = [points[at : at + share] for at in range(0, len(points), share)][:count]
    return [_question(_short_enough(chunk), source, place) for place, chunk in enumerate(chunks)]


def _short_enough(points: Sequence[Point]) -> list[Point]:
    """Told shorter, then fewer, until a person can read it on a phone."""
    told = list(points)
    for longest in (_LONGEST, 8, 6):
        told = [replace(point, text=_clipped(point.text, longest)) for point in points]
        if sum(len(point.text.split()) for point in told) <= _WORDS:
            return told
    while len(told) > 1 and sum(len(point.text.split()) for point in told) > _WORDS:
        told.pop()
    return told


def _question(points: list[Point], source: Source, place: int) -> Question:
    listed = _listed([point.text for point in points])
    if all(point.is_known_from_work for point in points):
        ask = (
            "What did you do with that, and where?" if len(points) == 1 else "Which of these have you done, and where?"
        )
    else:
        ask = "Tell us about a time at work that shows it." if len(points) == 1 else (
            "Tell us about times at work that show it."
        )  # fmt: skip
    return Question(
        id="q",
        kind=QuestionKind.OPEN,
        text=f"This job asks for {listed}. {ask}"[:600],
        topic="what the job asks for" if not place else f"what the job asks for, part {place + 1}",
        follow_ups=FollowUps(min=0, max=1),
        rubric=_rubric(listed, len(points) == 1),
        provenance=Provenance(origin=Origin.SOURCE, quote=stretch_of([point.line for point in points], source)),
    )


def _listed(texts: Sequence[str]) -> str:
    joint = "; " if any("," in text or " and " in text for text in texts) else ", "
    return texts[0] if len(texts) == 1 else f"{joint.join(texts[:-1])}{';' if joint == '; ' else ''} and {texts[-1]}"


def _rubric(listed: str, is_one: bool) -> Rubric:
    if is_one:
        return Rubric(
            one=f"Claims it or says nothing of it: {listed}.",
            three=f"One real example of {listed}, with what they did.",
            five=f"A real example of {listed}: what they did, why, and how it ended, with a detail that can be "
            "checked.",
        )
    return Rubric(
        one=f"No example of any of these: {listed}.",
        three=f"A real example of one or two of these, with what they did: {listed}.",
        five=f"A real example of most of these, with what they did and how each ended: {listed}.",
    )


def stretch_of(lines: Sequence[Line], source: Source) -> str:
    """The stretch of the paste these lines stand in, when little else stands in it; else the first one's words."""
    quotes = [line.quote for line in sorted(lines, key=source.lines.index)]
    start = source.folded.find(quotes[0])
    end = source.folded.find(quotes[-1], start) + len(quotes[-1])
    stretch = source.folded[start:end] if 0 <= start < end else ""
    whole = 1.6 * sum(map(len, quotes)) + 4 * len(quotes)
    return stretch if stretch and len(stretch) <= whole and not re.search(r"<|&lt;|#URL_", stretch) else quotes[0]

"""What an answer that scores 1, 3 or 5 has in it, as a recruiter says it ("a 5 on 6 should name a supervisor")."""

import re

from botapp.compose.references import Reading, refuse, resolve
from botapp.screening.edits import Edit, EditOp

_SCORE = (
    r"(?P<score>[135]|one|three|five|(?:top|full|low|bottom) (?:score|answer|marks?)"
    r"|(?:best|strong|great|good|excellent|perfect|ideal|dream|model|weak|poor|bad|terrible|middling|average"
    r"|ok(?:ay)?) (?:answer|one|reply))"
)
_VERBS = r"names?|mentions?|includes?|explains?|describes?|shows?|says?|talks? about|tells?|gives?|has|have|covers?"
_LINK = (
    r"(?:\s*[:=]\s*|,?\s+(?:should|must|needs? to|has to|have to|would|is|are|means?|requires?|goes to|for|if|when"
    r"|equals|=)(?: be| being| to)?(?: when| if| someone who| somebody who| anyone who| people who)?\s+"
    rf"|\s+(?=(?:{_VERBS})\b))+"
)
_FORMS = tuple(
    re.compile(form + r"(?P<text>.+)$", re.I)
    for form in (
        rf"^(?:for|on|in)\s+(?P<ref>.+?)[,:]?\s+(?:the |an? )?(?:score of |rubric for (?:a )?)?{_SCORE}{_LINK}",
        rf"^(?:the |an? )?{_SCORE}\s+(?:on|for|to|in)\s+(?P<ref>.+?){_LINK}",
        rf"^(?:set |change |make )?(?:the )?rubric (?:of|for|on)\s+(?P<ref>.+?)[,:]?\s+(?:so (?:that )?)?(?:for )?"
        rf"(?:the |an? )?{_SCORE}{_LINK}",
        rf"^(?:the |an? ){_SCORE}{_LINK}",
        rf"^for (?:the |an? )?{_SCORE} (?:on|for|in) (?P<ref>q(?:uestion)? ?\w+|\d+|the .+? (?:question"
        r"|one)),? (?:say|put|write|it'?s)\s+",
        rf"^give (?:the |an? )?{_SCORE} (?:on|for) (?P<ref>q(?:uestion)? ?\w+|\d+|the .+? (?:question|one)){_LINK}",
    )
)
_LEADING_VERB = re.compile(
    r"^(?:be |to )?(?P<verb>say|mention|include|show|explain|name|describe|give|tell|cover|talk about"
    r"|have)(?P<s>s)? (?=\S)",
    re.I,
)


def rubric(clause: str, reading: Reading) -> list[Edit] | None:
    """An edit of one anchor; None when the clause is about something else."""
    match = next((m for form in _FORMS if (m := form.match(clause))), None)
    if match is None or clause.endswith("?"):
        return None
    anchor = _anchor(match["score"])
    if re.match(r"\d|follow|at (?:most|least)", match["text"], re.I) or re.search(r"\bfollow[- ]?ups?\b", clause, re.I):
        return None
    number = resolve(match.groupdict().get("ref") or "it", reading)[0]
    reading.focus = number
    if not reading.questions[number].is_open:
        raise refuse(
            f"Question {number} is read exactly, so it has no rubric. Only open questions have one.", "not_there"
        )
    anchors = {anchor: _sentence(text) for anchor, text in _several(anchor, match["text"]) if text.strip(' ."“”')}
    return [Edit(op=EditOp.SET_RUBRIC, target=reading.target(number), value=anchors)]


def _several(anchor: str, text: str) -> list[tuple[str, str]]:
    """`ignores it, 3 = stays calm, 5 = finds the cause`: more anchors in one go."""
    parts = re.split(r"[,;]?\s+(?:and )?(?:an? )?([135])\s*(?:=|:|is|means|should)\s*", text)
    return [(anchor, parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]


def _anchor(score: str) -> str:
    said = score.lower()
    if re.search(r"weak|poor|bad|terrible|low|bottom|^one$|^1$", said):
        return "1"
    return "3" if re.search(r"middling|average|ok|^three$|^3$", said) else "5"


def _sentence(said: str) -> str:
    """What they said, as what an observer hears: `mention the log` as `Mentions the log.`"""
    said = said.strip(' ."“”')
    said = re.sub(r"^(?:they|somebody|someone|people|the candidate|it|that|he|she)\s+", "", said, flags=re.I)
    if match := _LEADING_VERB.match(said):
        verb, rest = match["verb"].lower(), said[match.end() :]
        verb = "has" if verb == "have" else verb.replace("talk", "talks") if verb == "talk about" else f"{verb}s"
        said = f"{verb} {rest}"
    elif re.match(r"(?:how|what|who|why|where|when|that|which)\b", said, re.I):
        said = "says " + said[0].lower() + said[1:]
    return said[0].upper() + said[1:] + "."

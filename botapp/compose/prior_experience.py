"""Experience asked for without a number of years, as a yes or no question; vague kinds turn nobody away."""

import re
from collections.abc import Iterator

from botapp.compose import phrasing
from botapp.compose.needs import FILLER, YEARS, Need, is_must
from botapp.compose.source import Line

_PRIOR = re.compile(
    r"\b(?:previous|prior|proven|past|relevant|recent"
    r"|some)\s+(?P<what>(?:[\w/&-]+ ){0,5})experience\b(?P<more>\s+(?:in|with|as|of|working|within"
    r"|on|is|and)\b[^.;()]{3,90})?|^(?:must have "
    r"|have )?(?P<bare>[\w/&-]+(?: [\w/&-]+){0,3}) experience(?: (?:is )?(?:required|essential"
    r"|a must|needed|necessary))?\W*$"
    r"|\bexperience (?P<last>(?:in|with|as|of) [^.;()]{3,60}?),? (?:is |are )?(?:required"
    r"|essential|a must|necessary)\W*$",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:industry|hands-on|proven|customer service|management|leadership|computer|technical"
    r"|work)\b|\bskills\b|\bproven\b",
    re.I,
)


def prior_experience(line: Line) -> Iterator[Need]:
    match = _PRIOR.search(line.text)
    if (
        not match
        or re.search(r"\bcommensurate\b|\bsalary\b", line.text, re.I)
        or YEARS.search(line.text)
        or line.tail
        or not (is_must(line) or re.search(r"\b(?:with|have) (?:previous|prior)\b", line.text, re.I))
    ):
        return
    if re.search(
        r"\b(?:range|depending|based) (?:\w+ ){0,2}(?:of|on|upon)\b|\bno (?:prior|previous)"
        r"|\bexperience (?:for|through)\b",
        line.text,
        re.I,
    ):
        return
    what, more = (match["what"] or match["bare"] or "").strip(), (match["more"] or match["last"] or "").strip()
    more = re.split(r"\b(?:is|you will|will)\b", more, maxsplit=1)[0].strip(" ,")
    more = re.sub(r"^and\b.*", "", re.sub(r"^working (?=in|with|as)", "", re.sub(r"^of working", "working", more)))
    if not what and not more:
        return
    lead = "previous " if not match["bare"] else ""
    text = (
        f"Do you have {lead}{phrasing.lower_first(what) + ' ' if what else ''}experience {phrasing.clip(more, 12)}"
    ).strip() + "?"
    concrete = not _VAGUE.search(what + " " + match[0][:9]) and not re.search(r"\bproven\b", match[0], re.I)
    yield Need("experience", _short_topic(what or more), text, line, 42, hard=concrete, weight=2)


def _short_topic(text: str) -> str:
    words = [
        w
        for w in re.findall(r"[\w'-]+", text)
        if w.lower() not in FILLER | {"working", "as", "previous", "environment"}
    ]
    return " ".join([*words[:2], "experience"]).lower()

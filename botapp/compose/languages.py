"""Languages the work needs, as one question a line. Asks for a level, never for a mother tongue."""

import re
from collections.abc import Iterator

from botapp.compose.needs import Need, is_must
from botapp.compose.source import Line, Section

_QUIET = frozenset({Section.COMPANY, Section.BENEFITS, Section.APPLY})

_LANGUAGES = (
    "English|Spanish|French|German|Italian|Portuguese|Polish|Dutch|Mandarin|Cantonese|Chinese"
    "|Arabic|Japanese|Korean|Russian|Vietnamese|Hindi|Tagalog|Welsh|BSL|ASL"
)
_SPOKEN = re.compile(
    r"\b(?i:fluen\w+|bilingual|proficien\w+|speak\w*|spoken|conversational|read,? (?:and )?write"
    r"|read and write|native\w*|level of|command of|communicate"
    rf"|comfortable)\b[^.;]{{0,50}}?\b(?P<a>{_LANGUAGES})\b(?:\s*(?:and|/"
    rf"|&)\s*(?P<b>{_LANGUAGES})\b)?|\b(?P<c>{_LANGUAGES})(?:\s*(?:and|AND|/"
    rf"|&)\s*(?P<d>{_LANGUAGES}))?(?:-| )(?i:speak\w+|fluen\w+|language|skills|required|must)"
)
_BOTH = re.compile(r"\b(?P<a>english|spanish|french|german) (?:and|AND|&) (?P<b>english|spanish|french|german)\b", re.I)


def language(line: Line) -> Iterator[Need]:
    if line.section in _QUIET and not is_must(line):
        return
    if re.search(r"\bcertain positions\b|\bincentive\b|\bbonus\b|\beligible\b", line.text, re.I):
        return
    match = _SPOKEN.search(line.text)
    both = _BOTH.search(line.text)
    if not match and not both:
        return
    names = (
        [both["a"].title(), both["b"].title()]
        if both
        else [n for n in (match["a"] or match["c"], match["b"] or match["d"]) if n]
        if match
        else []
    )
    level = "fluently" if re.search(r"\bfluen|\bbilingual|\bnative", line.text, re.I) else "well enough for this work"
    if len(names) == 2:
        calls = "take calls" if re.search(r"\bcalls?\b", line.text, re.I) else "work"
        ask, topic = f"Can you {calls} in both {names[0]} and {names[1]}?", f"{names[0]} and {names[1]}"
    elif (
        re.search(r"\b(?:written and (?:verbal|oral|spoken)|communication skills)\b", line.text, re.I)
        and names == ["English"]
        and not re.search(r"fluen", line.text, re.I)
    ):
        return
    else:
        verbs = "speak, read and write" if re.search(r"\bread|\bwrit", line.text, re.I) else "speak"
        ask, topic = f"Do you {verbs} {names[0]} {level}?", names[0]
    yield Need("language", topic, ask, line, 33)

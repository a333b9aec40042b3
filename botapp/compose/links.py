"""A message that gives a page to be read: which links, what they are to be used for, and what was said beside them.

Guarantees: pure; a link inside a change ("redirect to https://...") and one that merely stands in a pasted text are not
pages to be read. Says nothing about whether a page may be opened: that is the business of whoever fetches it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from botapp.compose.roles import looks_like_brief

Use = Literal["", "draft", "facts"]

MOST_LINKS = 3
LONGEST = 4000  # characters beside a link; in a longer text it is part of what was pasted
_PASTED = 400  # characters from which text beside a link is an advert of its own
_OWN_WORDS = 12
# A link as it is written, or as it is said: "jobs.example.com/12".
_URL = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,15}://[^\s<>\"“”|]+"
    r"|(?<![\w@/.:-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}(?:com|org|net|io|co|gov|edu|jobs|careers|app|dev|eu|us"
    r"|uk|ca|au|nz|ie"
    r"|de|fr|es|it|nl|be|ch|at|pl)/[^\s<>\"“”|]+",
    re.I,
)
_BARE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d+)?/\S*|www\.\S+\.[a-z]{2,24}/?", re.I)
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_SENTENCE = re.compile(r"[.!?;\n](?=\s|$)")
_ELSEWHERE = re.compile(
    r"\bredirect\w*|\bweb ?hooks?\b|\bslug\b|\bweb ?site\b|\bhome ?page\b|\blinkedin\b|\bcalendar\b|\bbook(?:ing)?\b"
    r"|\b(?:send|point|take|bring|forward|direct|lead|move|route)\w* (?:them|people|everyone|everybody"
    r"|candidates?|applicants?|whoever)\b"
    r"|\b(?:thank[- ]?you|landing|completion|finish|end|final|privacy|policy|confirmation|next) (?:page|link|url"
    r"|notice|screen)\b"
    r"|\blink (?:is |goes |at |in |for )|\bat the end\b"
    r"|\b(?:privacy|terms|policy)\b|\bappl(?:y|ications?|icants?)\b|\bfor more\b|\bmore (?:info\w*|about|at)\b"
    r"|\b(?:go|goes|end up|land|lands|continue)\s+(?:on\s+)?(?:to|at|on)\b|\bvisit\b|\b(?:say|says|answer"
    r"|tell)\b|\bquestion\b",
    re.I,
)
_READ = re.compile(
    r"\b(?:use|read|draft|build|create|make|generate|write|start|based? on|look|see|open|check|import|load|pull"
    r"|get|take"
    r"|grab|fetch|scan|parse|copy|turn|try|here(?:'s|’s| is| are|s)|this is|that(?:'s|’s| is)|from|with|using|about"
    r"|ad|ads|advert\w*|posting|post|jd|job|role|listing|vacancy|page|link)\b",
    re.I,
)
_NEW = re.compile(
    r"\b(?:draft|redraft|build|create|generate|write|start|begin|new|instead|replace|over|fresh)\b"
    r"|\bmake (?:me |us )?(?:an?|the|it|one)\b",
    re.I,
)
_FACTS = re.compile(
    r"\b(?:take|get|add|use|pull|fill|update|grab|read|copy|want|need|only|just)\b[^.!?:\n]{0,40}"
    r"\b(?:facts?|details?|pay|salary|wages?|hours|schedule|shifts?|benefits?|perks|location|address|place)\b"
    r"[^.!?:\n]{0,40}\b(?:from|on|at|in|off|of|there|here)\b",
    re.I,
)
_CHANGE = re.compile(
    r"^\W*(?:please |can you |could you |and |also |then )*(?:add|remove|change|set|reword|rephrase|rename"
    r"|replace|move|drop"
    r"|delete|put|swap|make (?:q|the|question|it)\b|invite|text|undo|redo|publish|call it)\b",
    re.I,
)
_FILLER_WORDS = (
    "a ad advert an and at based can could create do draft for from generate get give go have hello here heres"
    " hey hi i in"
    " instead interviewer is it its jd job link listing look make me my new of off on one our page please pls"
    " posting post read role"
    " s screener see start take thank thanks that thats the there this to turn us use using vacancy want we with"
    " would you"
    " your"
)
_FILLER = frozenset(_FILLER_WORDS.split())


@dataclass(frozen=True, slots=True)
class Pages:
    """`use` is "" where it was not said. `beside`: the words that were more than "please read this"."""

    urls: tuple[str, ...]
    use: Use
    beside: str


def asked_pages(text: str, *, has_draft: bool) -> Pages | None:
    """The pages a message asks to read; None when it asks for something else."""
    found = list(_links(text))
    if not found:
        return None
    beside = _without(text, found)
    windows = [_around(text, start, end) for start, end, _ in found]
    if len(beside) > LONGEST or any(_ELSEWHERE.search(window) for window in windows):
        return None
    asks = any(_READ.search(window) for window in windows)
    if has_draft:
        return _beside_a_draft(found, beside, asks)
    own = len(beside) >= _PASTED or (len(beside.split()) >= _OWN_WORDS and looks_like_brief(beside, first=True))
    return None if own and not (asks and len(beside) < _PASTED) else Pages(_urls(found), "draft", _said(beside))


def _beside_a_draft(found: list[tuple[int, int, str]], beside: str, asks: bool) -> Pages | None:
    said, use = _said(beside), use_of(beside)
    if use != "facts" and ((said and not asks) or len(beside) >= _PASTED or _CHANGE.match(beside)):
        return None
    return Pages(_urls(found), use, "" if use == "facts" else said)


def use_of(words: str) -> Use:
    """What a page or file beside a draft is for, when these words say so."""
    if _FACTS.search(f"{words} there"):
        return "facts"
    return "draft" if _NEW.search(words) else ""


def host_of(url: str) -> str:
    """How a page is called in a sentence."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or "that page"
    except ValueError:
        return "that page"


def _urls(found: list[tuple[int, int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(url for _, _, url in found))[:MOST_LINKS]


def _links(text: str) -> Iterator[tuple[int, int, str]]:
    whole = text.strip()
    if _BARE.fullmatch(whole) and "://" not in whole:
        start = text.index(whole)
        yield start, start + len(whole), f"https://{whole}"
        return
    for match in _URL.finditer(text):
        url = _trimmed(match[0])
        yield match.start(), match.start() + len(url), url if "://" in url else f"https://{url}"


def _trimmed(url: str) -> str:
    """Without the marks of the sentence around it."""
    while url and (url[-1] in ".,;:!?'’*_" or _closes_more(url)):
        url = url[:-1]
    return url


def _closes_more(url: str) -> bool:
    """Whether it ends with a bracket that opened before it."""
    opening = _BRACKETS.get(url[-1])
    return opening is not None and url.count(url[-1]) > url.count(opening)


def _without(text: str, found: list[tuple[int, int, str]]) -> str:
    for start, end, _ in reversed(found):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.replace("( )", " ").split())


def _around(text: str, start: int, end: int) -> str:
    """The sentence a link stands in, without other links."""
    before = _SENTENCE.split(text[max(0, start - 100) : start])[-1]
    after = _SENTENCE.split(text[end : end + 60])[0]
    return _URL.sub(" ", f"{before} {after}")


def _said(beside: str) -> str:
    """What was asked for beyond reading it."""
    words = re.findall(r"[^\W\d_]+|\d+", beside.replace("’", "'").replace("'", "").lower())
    if all(word in _FILLER for word in words):
        return ""
    return re.sub(r"\s*\b(?:from|at|on|here|this|page|link|read|see)?[\s:(–—-]*(?=,|$)", "", beside, count=1).strip(
        " ,:;"
    )

"""How people write what they say: who speaks in a transcript, where a sentence ends without capitals, wrapped mail."""

import re
from collections import Counter

_SAID = re.compile(r"^[ \t]*(?P<who>[A-Za-z][\w.]{1,14})(?:[ \t]+\d{1,2}:\d\d)?(?::|[ \t]{2,})(?=[ \t]*\S)", re.M)


_LABELS = frozenset(
    {"title", "position", "job", "role", "location", "pay", "company", "salary", "note", "days", "hours"}
)
_LABELS |= {"must", "http", "https", "requirements", "benefits", "experience", "shift", "schedule", "department"}


def speakers(text: str) -> re.Pattern[str] | None:
    """The marks of speakers, when the text is a transcript or a chat."""
    named = Counter(match["who"] for match in _SAID.finditer(text))
    often = [re.escape(who) for who, count in named.items() if count >= 3 and who.lower() not in _LABELS]
    return re.compile(rf"(?:{'|'.join(often)})(?:[ \t]+\d{{1,2}}:\d\d)?(?::|[ \t]{{2,}})[ \t]*") if often else None


# A sentence ends and the next one begins with a small letter.
GOES_ON = re.compile(r"(?<=[a-z]{3}[.?!])\s+(?=[a-z])")
FILLER = re.compile(
    r"^(?:(?:and|so|also|but|well|okay|ok|right|yes|yeah|um+|uh|oh|sure|then|plus)\b[,.]?\s+)+(?=\S+\s)", re.I
)

_LONGEST = 110  # characters: no mail program breaks later
_SHORTEST = 60
_NEAR = 22  # a line is broken at most so far before the longest one ends


def wrapped_from(text: str) -> int:
    """From which length on a line may have been broken by a mail program; 0 for a text whose lines are its own."""
    longest = max(map(len, text[:20_000].split("\n")), default=0)
    return max(_SHORTEST, longest - _NEAR) if _SHORTEST <= longest <= _LONGEST else 0


def is_wrapped(text: str, newline: int, least: int) -> bool:
    """Whether a sentence goes on in the next line: a long line without an end, then a small letter."""
    start = text.rfind("\n", 0, newline) + 1
    line = text[start:newline].rstrip()
    return len(line) >= least and line[-1:] not in ".!?:;•" and text[newline + 1 : newline + 2].islower()

"""Codes from posters, as people send them: "JOIN NIGHTS", "nights", "join nights pls". Pure; never a guess."""

import re
import unicodedata
from collections.abc import Iterable

_JOINS = re.compile(
    r"^(?:(?:hi|hello|hey|please|pls|i|i'd|id|we|want|would|like|wanna|to|text(?:ing)?)\s+)*"
    r"(?:join|start|apply(?: for)?|code(?: is)?|the code is|my code is)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"^(?:(?:hi|hello|hey|the|code|for|please|pls|job|role)\s+)+"
    r"|(?:\s+(?:please|pls|plz|thanks|thank you|thx|now|here|code|job|role|interview|shift))+$",
    re.IGNORECASE,
)
_LONGEST = 60


def code_in(text: str, codes: Iterable[str]) -> str:
    """The code the whole message is, as it is kept; "" when it is none."""
    known = set(codes)
    said = _tidied(text)
    if not said or len(text) > _LONGEST:
        return ""
    asked = _JOINS.match(said)
    tries = [said, _AROUND.sub("", said), *([asked["rest"], _AROUND.sub("", asked["rest"])] if asked else [])]
    return next((code for words in tries if (code := _bare(words)) in known), "")


def asked_code(text: str) -> str:
    """What somebody plainly wants to join ("JOIN DAYS" -> DAYS), whether there is such a code or not; "" otherwise."""
    said = _tidied(text)
    asked = re.match(r"^(?:(?:hi|hello|hey|please|pls)\s+)*join\s+(?P<rest>.+)$", said, re.IGNORECASE)
    if not asked or len(text) > _LONGEST:
        return ""
    code = _AROUND.sub("", asked["rest"])
    return _bare(code) if len(code.split()) == 1 else ""


def _tidied(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s'-]|_", " ", text.replace("\u2019", "'")).split())


def _bare(words: str) -> str:
    """Codes have only letters and digits: "night shift" and "night-shift" are NIGHTSHIFT."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]", "", plain.upper())

"""How adverts in Spanish, French and German say things and how we ask, from `packs/*.toml`. Read once, when first used.

A pattern ignores case, but a class of capitals in it means capitals.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from botapp.compose.source import Section
from botapp.compose.themes import Theme
from botapp.screening.interviewer import Rubric

SPOKEN = ("es", "fr", "de")


@dataclass(frozen=True, slots=True)
class NeedRule:
    """One kind of condition. `ask` is filled with what `pattern` names; `of_the_job`: holds wherever it is said."""

    about: str
    topic: str
    rank: int
    pattern: re.Pattern[str]
    ask: str
    default: str = ""
    unless: re.Pattern[str] | None = None
    of_the_job: bool = False
    required_only: bool = False


@dataclass(frozen=True, slots=True)
class FactRule:
    topic: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    section: str = ""
    only_in: bool = False
    weak: re.Pattern[str] | None = None  # true, but the last to be told


@dataclass(frozen=True, slots=True)
class Pack:
    """`words`: the phrases and patterns that stand in tables of their own, by table and name."""

    language: str
    sections: tuple[tuple[Section, re.Pattern[str]], ...]
    needs: tuple[NeedRule, ...]
    facts: tuple[FactRule, ...]
    themes: tuple[Theme, ...]
    company: tuple[re.Pattern[str], ...]
    shifts: tuple[tuple[re.Pattern[str], str], ...]
    words: Mapping[str, Any]

    def said(self, table: str, name: str) -> str:
        return str(self.words[table][name])

    def pattern(self, table: str, name: str) -> re.Pattern[str]:
        return compiled(self.said(table, name))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Without regard to case, except where the pattern lists capitals."""
    return re.compile(re.sub(r"\[A-Z[^\]a-z\\]*\]", r"(?-i:\g<0>)", pattern), re.IGNORECASE)


@cache
def load_pack(language: str) -> Pack:
    text = (resources.files("botapp.compose") / "packs" / f"{language}.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return Pack(
        language=language,
        sections=tuple((Section(name), compiled(rf"(?:{pattern})\Z")) for name, pattern in told["sections"].items()),
        needs=tuple(NeedRule(**_ready(row)) for row in told["needs"]),
        facts=tuple(FactRule(**_ready(row)) for row in told["facts"]),
        themes=tuple(_theme(row) for row in told["themes"]),
        company=tuple(compiled(pattern) for pattern in told["company"]["patterns"]),
        shifts=tuple((compiled(pattern), name) for pattern, name in told["shifts"]["names"]),
        words=told,
    )


def _ready(row: dict[str, Any]) -> dict[str, Any]:
    return {name: compiled(value) if name in ("pattern", "unless", "weak") else value for name, value in row.items()}


def _theme(row: Mapping[str, str]) -> Theme:
    rubric = Rubric(one=row["low"], three=row["mid"], five=row["high"])
    return Theme(row["topic"], compiled(row["pattern"]), row["text"], rubric)


_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|for|with|you|your|we|our|is|are|in|on|an?|must|will|experience|work|job|be|or|as)\b", re.I
)
_ENOUGH = 3


def language_of(text: str) -> str:
    """`es`, `fr` or `de` when most of the telling words of a text are of that language; else `en`."""
    sample = text[:8000]
    found = Counter({code: len(compiled(load_pack(code).words["telling"]).findall(sample)) for code in SPOKEN})
    code, count = found.most_common(1)[0]
    return code if count >= _ENOUGH and count > 1.2 * len(_ENGLISH.findall(sample)) else "en"

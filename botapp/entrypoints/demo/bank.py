"""What simulated candidates can say, by topic and strength, and which topic a question is about. Pure but for reading
its own data file. It knows nothing of drafting, rubrics, rules or weights: only words of questions."""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "answer_bank.toml"
GENERIC = "generic"


class Strength(StrEnum):
    STRONG = "strong"
    MIDDLING = "middling"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Topic:
    """Lines for one subject. `jobs`: only for such jobs; none: for every job."""

    name: str
    words: tuple[str, ...]
    jobs: tuple[str, ...]
    lines: Mapping[Strength, tuple[str, ...]]

    def fits(self, question: str, title: str) -> float:
        """How many of its words the question has; 0 when it is about something else or another job."""
        if self.jobs and not any(_has(job, f"{title} {question}") for job in self.jobs):
            return 0.0
        hits = sum(1 + (" " in word) for word in self.words if _has(word, question))
        return hits + (0.5 if self.jobs and hits else 0.0)


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything the candidates can say."""

    topics: tuple[Topic, ...]
    generic: Topic
    more: Mapping[Strength, tuple[str, ...]]
    short: Mapping[str, Mapping[Strength, tuple[str, ...]]]
    plain: Mapping[str, Mapping[Strength, str]]
    aside: Mapping[str, str]

    def topic(self, question: str, title: str, said: Collection[str]) -> Topic:
        """The best topic that was not told yet; the generic one when none fits."""
        fresh = [t for t in self.topics if t.name not in said]
        best = max(fresh, key=lambda t: t.fits(question, title), default=self.generic)
        return best if best.fits(question, title) > 0 else self.generic


def _has(start_of_word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(start_of_word)}", text, re.IGNORECASE) is not None


def _by_strength(table: Mapping[str, Sequence[str]]) -> dict[Strength, tuple[str, ...]]:
    return {strength: tuple(table[strength]) for strength in Strength}


def _topic(table: Mapping[str, Any]) -> Topic:
    return Topic(table["name"], tuple(table["words"]), tuple(table.get("jobs", ())), _by_strength(table))


@lru_cache(maxsize=1)
def load_bank() -> Bank:
    """The bank as it ships."""
    stored = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Bank(
        topics=tuple(_topic(table) for table in stored["topic"]),
        generic=_topic({"name": GENERIC, "words": (), **stored["generic"]}),
        more=_by_strength(stored["more"]),
        short={name: _by_strength(table) for name, table in stored["short"].items()},
        plain={name: {s: table["plain"][s] for s in Strength} for name, table in stored["short"].items()},
        aside=stored["aside"],
    )

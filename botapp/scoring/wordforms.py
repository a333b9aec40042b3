"""Words of an answer held against words of a reference: endings, compounds, small slips and a few synonyms.

English and German. Guarantees nothing about meaning: it says how alike two words are, from 0 to 1.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from botapp.scoring import vocabulary_de as de
from botapp.scoring import vocabulary_reference as en

_WORD: Final = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_FOLDED: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s", "é": "e", "è": "e", "á": "a"})
SYNONYM, COMPOUND, PREFIX, SLIP = 0.7, 0.8, 0.9, 0.6
_SHORTEST_PART, _SAME = 5, 0.6


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language that can be compared: what is empty in it, its endings, its words for each other."""

    empty: frozenset[str]
    endings: tuple[str, ...]
    meaning: Mapping[str, str]  # stem -> name of the group of words that stand for each other
    denials: frozenset[str]
    joins_words: bool = False  # "Kundengespräch"


def _meanings(groups: Iterable[str], endings: tuple[str, ...]) -> dict[str, str]:
    return {_cut(word.translate(_FOLDED), endings): group.split()[0] for group in groups for word in group.split()}


def _cut(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4 - (len(ending) == 1):
            return word[: -len(ending)]
    return word


ENGLISH: Final = Tongue(en.EMPTY, en.ENDINGS, _meanings(en.SYNONYMS, en.ENDINGS), en.DENIALS)
GERMAN: Final = Tongue(de.EMPTY, de.ENDINGS, _meanings(de.SYNONYMS, de.ENDINGS), de.DENIALS, joins_words=True)


def tongue_of(text: str) -> Tongue | None:
    """The language of a text when it is one that can be compared; None when it is not."""
    english, german, other = _marks(text)
    if max(english, german) < other or _is_other_script(text):
        return None
    return GERMAN if german > english else ENGLISH


def may_be_in(text: str, tongue: Tongue) -> bool:
    """Whether a text is not plainly in another language than this one."""
    english, german, other = _marks(text)
    own, strange = (german, max(english, other)) if tongue is GERMAN else (english, max(german, other))
    return not (strange >= 2 and strange > own) and not _is_other_script(text)


def _marks(text: str) -> tuple[int, int, int]:
    words = [word.casefold() for word in _WORD.findall(text)]
    english, german, other = (sum(word in marks for word in words) for marks in (en.MARKS, de.MARKS, en.OTHER_MARKS))
    return english, german, other


def _is_other_script(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(ord(c) > 0x24F for c in letters) * 2 > len(letters)


def stems(text: str, tongue: Tongue) -> list[str]:
    """The words that carry meaning, cut to their stems, in order."""
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text))
    kept = (w for w in words if w not in tongue.empty and (len(w) > 1 or w.isdigit()))
    return [stem(word, tongue) for word in kept]


def stem(word: str, tongue: Tongue) -> str:
    return _cut(word.partition("'")[0].translate(_FOLDED), tongue.endings) if not word[0].isdigit() else word


def denies(text: str, tongue: Tongue) -> bool:
    return any(word.casefold() in tongue.denials for word in _WORD.findall(text))


@lru_cache(maxsize=50_000)
def _grams(word: str) -> frozenset[str]:
    framed = f"^{word}$"
    return frozenset(framed[i : i + 3] for i in range(len(framed) - 2))


@dataclass(frozen=True)
class Index:
    """The stems of a reference, ready to be found by what an answer says."""

    tongue: Tongue
    stems: tuple[str, ...]
    by_meaning: dict[str, list[str]] = field(default_factory=dict)
    by_gram: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, stems: Iterable[str], tongue: Tongue) -> "Index":
        index = cls(tongue, tuple(dict.fromkeys(stems)))
        for each in index.stems:
            if meaning := tongue.meaning.get(each):
                index.by_meaning.setdefault(meaning, []).append(each)
            for gram in _grams(each):
                index.by_gram.setdefault(gram, []).append(each)
        return index

    def alike(self, said: str) -> dict[str, float]:
        """Every stem of the reference that this word of an answer stands for, and how well."""
        found: dict[str, float] = {}
        if meaning := self.tongue.meaning.get(said):
            found = dict.fromkeys(self.by_meaning.get(meaning, ()), SYNONYM)
        near = {each for gram in _grams(said) for each in self.by_gram.get(gram, ())} if len(said) > 2 else ()
        for each in near:
            how_well = likeness(each, said, joins_words=self.tongue.joins_words)
            if how_well > found.get(each, 0.0):
                found[each] = how_well
        if said in self.stems:
            found[said] = 1.0
        return found


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str, *, joins_words: bool = False) -> float:
    """1 for the same stem, less for one inside the other or a slip of the keys, 0 for strangers."""
    if one == other:
        return 1.0
    shorter = min(len(one), len(other))
    if shorter < 4 or one[0].isdigit() or other[0].isdigit():
        return 0.0
    if (one.startswith(other) or other.startswith(one)) and (joins_words or shorter >= _SHORTEST_PART):
        return PREFIX if shorter >= _SAME * max(len(one), len(other)) else COMPOUND if joins_words else 0.0
    if joins_words and (one.endswith(other) or other.endswith(one)):
        return COMPOUND
    if shorter < _SHORTEST_PART:
        return 0.0
    if joins_words and (one in other or other in one):
        return COMPOUND
    shared = 2 * len(_grams(one) & _grams(other)) / (len(_grams(one)) + len(_grams(other)))
    return shared if shared >= SLIP else 0.0

"""What says who somebody is, taken out of an answer before it is judged: names, contacts, addresses, age, schools.

Guarantees: what was taken out is replaced by a neutral word in brackets, so that the sentence can still be read, and
every place of the new text leads back to the candidate's own characters. Also what is said to the machine instead of
about the work is taken out, as the rules engine does. It finds what rules can find, and never changes what is kept.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from botapp.scoring.pleas import pleas
from botapp.scoring.redaction_patterns import NAME_IS, PATTERNS, PHONE, WORDS_AND_NAMES, looks_like_a_phone

Span = tuple[int, int]
TO_THE_MACHINE = "[left out]"
NAME = "[name]"
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\[[a-z -]+\]")


@dataclass(frozen=True, slots=True)
class _Cut:
    """`old` is what was taken out of the original, `new` where its token stands in the new text."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text to judge. `back` gives the place in the original of a place in it; a token stands for all it hides."""

    text: str
    cuts: tuple[_Cut, ...] = ()

    def back(self, start: int, end: int) -> Span:
        """The original's characters behind `text[start:end]`."""
        return self._place(start, at_end=False), self._place(end, at_end=True)

    def _place(self, place: int, *, at_end: bool) -> int:
        moved = 0
        for cut in self.cuts:
            inside = cut.new[0] < place <= cut.new[1] if at_end else cut.new[0] <= place < cut.new[1]
            if inside:
                return cut.old[1] if at_end else cut.old[0]
            if cut.new[1] <= place:
                moved = cut.old[1] - cut.new[1]
        return place + moved


def says_something(text: str) -> bool:
    """Whether any word is left beside the tokens."""
    return any(map(str.isalnum, _TOKEN.sub("", text)))


@lru_cache(maxsize=64)  # a judgement looks at the same answer several times
def redact(text: str, names: tuple[str, ...] = ()) -> Redacted:
    """`text` without what says who its writer is. `names`: what the candidate is called, as far as we know."""
    return _without(text, _merged(_found(text, names), text))


def _found(text: str, names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for token, pattern in PATTERNS:
        yield from ((*match.span("it"), token) for match in pattern.finditer(text))
    yield from ((*match.span(), "[phone]") for match in PHONE.finditer(text) if looks_like_a_phone(match.group()))
    yield from ((*match.span("it"), NAME) for match in NAME_IS.finditer(text))
    yield from ((start, end, NAME) for start, end in _known_names(text, names))
    yield from ((start, end, TO_THE_MACHINE) for start, end in pleas(text))


def _known_names(text: str, names: Sequence[str]) -> Iterator[Span]:
    """Every part of a name, however it is written; one that is also a word only where it is written as a name."""
    parts = {_plain(part) for name in names for part in _WORD.findall(name)}
    for match in _WORD.finditer(text):
        word = match.group()
        folded = _plain(word)
        if len(folded) > 1 and folded in parts and (folded not in WORDS_AND_NAMES or word[0].isupper()):
            yield match.span()


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()


def _merged(found: Iterable[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """In order, none inside another; two names with a blank between them are one."""
    kept: list[tuple[int, int, str]] = []
    for start, end, token in sorted(found, key=lambda each: (each[0], -each[1])):
        if start >= end:
            continue
        if kept and (start < kept[-1][1] or (token == kept[-1][2] and text[kept[-1][1] : start].strip(" -'.") == "")):
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]), kept[-1][2])
        else:
            kept.append((start, end, token))
    return kept


def _without(text: str, found: Sequence[tuple[int, int, str]]) -> Redacted:
    pieces: list[str] = []
    cuts: list[_Cut] = []
    done = length = 0
    for start, end, token in found:
        pieces += [text[done:start], token]
        length += start - done
        cuts.append(_Cut((start, end), (length, length + len(token))))
        length, done = length + len(token), end
    return Redacted("".join([*pieces, text[done:]]), tuple(cuts))

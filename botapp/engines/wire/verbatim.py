"""Finds a model's quote in what was really said, and gives back the real words.

A model sees text without invisible characters and likes to straighten quotation marks, dashes, spaces and odd forms of
letters. So the search is forgiving about those alone (NFKC), and the result is always a slice of the original: verbatim
or nothing.
"""

import unicodedata
from collections.abc import Iterator

from botapp.prompting import is_visible

_FOLDED = str.maketrans({**dict.fromkeys('‘’‚“”„«»"', "'"), "–": "-", "—": "-", "‑": "-", "‐": "-", "…": "."})
_AROUND = " \t\n\"'.…“”‘’"


class Source:
    """A text that can be searched for quotes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._places = _fold(text)

    def find(self, quote: str) -> tuple[int, str] | None:
        """Where the quote starts in the text, and its words there; None when it is not there."""
        exact = self._text.find(quote) if any(map(str.isalnum, quote)) else -1
        if exact >= 0:
            return exact, quote
        wanted = _fold(quote.strip(_AROUND))[0].strip()
        start = self._folded.find(wanted) if any(map(str.isalnum, wanted)) else -1
        if start < 0:
            return None
        first, last = self._places[start][0], self._places[start + len(wanted) - 1][1]
        return first, self._text[first:last]

    def words(self, quote: str) -> str:
        """The verbatim words of the quote, or an empty string."""
        found = self.find(quote)
        return found[1].strip() if found else ""


def _fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Small plain letters, straight quotes, single spaces, visible characters only; and where each stands.

    A letter with its accents is one, however it was typed: the fold of one may be several, all from the same place.
    """
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in _letters(text):
        shown = unicodedata.normalize("NFKC", text[start:end]).translate(_FOLDED).casefold()
        if shown.isspace():
            shown = " " if not folded or folded[-1] != " " else ""
        for char in shown:
            if char == " " or is_visible(char):
                folded.append(char)
                places.append((start, end))
    return "".join(folded), places


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """The places of characters, each with the marks that combine with it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place

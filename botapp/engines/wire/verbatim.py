"""Finds a model's quote in what was really said, and gives back the real words.

A model sees text without invisible characters and likes to straighten quotation marks and spaces. So the search is
forgiving about those alone, and the result is always a slice of the original: verbatim or nothing.
"""

from botapp.prompting import is_visible
from botapp.screening.interview import Evidence, SpokenPart

_FOLDED = str.maketrans({**dict.fromkeys('‘’‚“”„«»"', "'"), "–": "-", "—": "-", "‑": "-", "…": "."})
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
        first, last = self._places[start], self._places[start + len(wanted) - 1]
        return first, self._text[first : last + 1]

    def words(self, quote: str) -> str:
        """The verbatim words of the quote, or an empty string."""
        found = self.find(quote)
        return found[1].strip() if found else ""


def _fold(text: str) -> tuple[str, list[int]]:
    """Lower case, straight quotes, single spaces, visible characters only; and where each came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        shown = char.translate(_FOLDED).lower()
        if char.isspace():
            shown = " " if not folded or folded[-1] != " " else ""
        if len(shown) == 1 and (shown == " " or is_visible(char)):
            folded.append(shown)
            places.append(place)
    return "".join(folded), places


def evidence(message: int, quote: str, parts: tuple[SpokenPart, ...]) -> Evidence | None:
    """The span `quote` of the message with this number (from 1), or of whichever message has it."""
    named = parts[message - 1 : message] if message > 0 else ()
    for part in (*named, *parts):
        found = Source(part.text).find(quote)
        if found:
            return Evidence(message_id=part.message_id, text=found[1], start=found[0])
    return None

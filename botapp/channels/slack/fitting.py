"""What fits on Slack's wire: sizes as Slack may count them, and texts and rows cut to them.

Guarantees: pure. Lengths are counted in UTF-16 units, the strictest way in use, so that no emoji tips a text over.
What is cut ends in "…" and never in half a character. Nothing here is ever empty: Slack refuses empty texts.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from botapp.channels.webchat import storable

BLOCKS_IN_MESSAGE, BLOCKS_IN_VIEW = 50, 100
SECTION, HEADER, LABEL, FIELD = 3000, 150, 75, 2000
BUTTON_VALUE, OPTION_VALUE, OPTIONS_IN_MENU = 2000, 150, 5
ACTIONS_IN_BLOCK, ASIDES_IN_BLOCK = 25, 10
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_LABEL = 100, 300, 30
MODAL_TITLE, PRIVATE_METADATA, PLACEHOLDER, INPUT_LABEL = 24, 3000, 150, 2000
URL = 3000
# Slack takes about 13,200 characters of all blocks together (observed, not published); we stay well below it.
MESSAGE_BUDGET = 12_000
NOTHING = "–"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ufeff]")
_LOOSE_END = "\u200d\ufe0f \n\t"

Block = dict[str, Any]
Row = list[Block]


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size(blocks: Any) -> int:
    """The length of blocks as JSON: what counts against Slack's limit of all blocks together."""
    return units(json.dumps(blocks, separators=(",", ":"), ensure_ascii=False))


def shown(text: str) -> str:
    """The text without what can't be shown; a dash when nothing is left."""
    cleaned = _CONTROL.sub("", storable(text).replace("\r\n", "\n").replace("\r", "\n")).strip()
    return cleaned if cleaned.strip("\u200b\u200c\u200d\u2060\xa0") else NOTHING


def clipped(text: str, limit: int) -> str:
    """The text in at most `limit` units, with "…" where it was cut, between words when one is near."""
    text = shown(text)
    if units(text) <= limit:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    near = kept[: max(len(kept) - 20, 0)]
    at_word, space, _ = kept.rpartition(" ")
    if space and len(at_word) > len(near):
        kept = at_word
    return kept.rstrip(_LOOSE_END) + "…"


def pieces(text: str, limit: int, cost: int) -> Iterator[str]:
    """The text in pieces of at most `limit` units and `cost` characters as JSON; cut at lines or words, none lost."""
    rest = text
    while units(rest) > limit or size(rest) > cost:
        length = _longest_start(rest, limit, cost)
        cut = max(rest.rfind("\n", length // 2, length), rest.rfind(" ", length // 2, length))
        end = cut if cut > 0 else length
        yield rest[:end].strip()
        rest = rest[end:].strip()
    if rest:
        yield rest


def _longest_start(text: str, limit: int, cost: int) -> int:
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        fits = units(text[:middle]) <= limit and size(text[:middle]) <= cost
        low, high = (middle, high) if fits else (low, middle - 1)
    while low > 1 and low < len(text) and (text[low] in _LOOSE_END[:2] or text[low - 1] == "\u200d"):
        low -= 1
    return low


def paged(rows: Sequence[Row], *, blocks: int, budget: int) -> list[list[int]]:
    """Which rows stand on which page: as many as fit, in order, at least one a page. One empty page for no rows."""
    pages: list[list[int]] = [[]]
    used_blocks = used_size = 0
    for index, row in enumerate(rows):
        row_size = size(row)
        if pages[-1] and (used_blocks + len(row) > blocks or used_size + row_size > budget):
            pages.append([])
            used_blocks = used_size = 0
        pages[-1].append(index)
        used_blocks += len(row)
        used_size += row_size
    return pages


def page_within(page: Any, count: int) -> int:
    """A page that exists, whatever was asked for."""
    wanted = page if isinstance(page, int) and not isinstance(page, bool) else 0
    return min(max(wanted, 0), count - 1)

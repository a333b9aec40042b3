"""What changed: at most three lines, the old struck, the new in bold; the rest is counted and can be opened."""

from collections.abc import Mapping
from typing import Any

from botapp.channels.slack.actions import About, Action, packed
from botapp.channels.slack.blocks import Part, aside, bullets, button, rich, row_of, text
from botapp.channels.slack.fitting import Block, clipped, paged

SHOWN = 3
_WORDS = 400


def diff_blocks(data: Mapping[str, Any]) -> list[Block]:
    """The card: Undo stands below it as the message's quick reply."""
    lines = data.get("lines", ())
    if not lines:
        return [rich(text("Nothing changed."))]
    more = max(int(data.get("more", 0)), len(lines) - SHOWN)
    blocks = [bullets([_line(line, _WORDS) for line in lines[:SHOWN]])]
    return [*blocks, *_more(data, more)] if more > 0 else blocks


def whole_diff(lines: list[Mapping[str, Any]], budget: int = 9_000) -> list[Block]:
    """Every line, for a view; what does not fit is counted."""
    rows = [[bullets([_line(line, 200)])] for line in lines]
    first = paged(rows, blocks=90, budget=budget)[0]
    left = len(rows) - len(first)
    return [*(rows[index][0] for index in first), *([aside(f"and {left} more, in the console")] if left else [])]


def _line(line: Mapping[str, Any], limit: int) -> list[Part]:
    old, new = line.get("old", ""), line.get("new", "")
    parts = [text(f"{clipped(line.get('where', ''), 120)}: ")]
    if old:
        parts.append(text(clipped(old, limit), strike=True))
    if old and new:
        parts.append(text(" → "))
    if new:
        parts.append(text(clipped(new, limit), bold=True))
    return [*parts, text(" (removed)")] if old and not new else parts


def _more(data: Mapping[str, Any], more: int) -> list[Block]:
    if not data.get("interviewer_id"):
        return [aside(f"and {more} more")]
    about = About(interviewer=str(data["interviewer_id"]), revision=int(data.get("revision", 0)))
    return [row_of(button(f"and {more} more", Action.WHOLE_DIFF, packed(about)))]

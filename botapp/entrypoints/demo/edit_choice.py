"""Two changes that fit the draft in hand, in a recruiter's words. Pure; reads the draft as it is shown."""

from collections.abc import Iterator, Mapping
from typing import Any


def choose_edits(draft: Mapping[str, Any]) -> tuple[str, str]:
    """Two different changes, each of which changes this draft: weights and must-haves first, else settings."""
    found = _possible(draft)
    return next(found), next(found)


def needed_edits(draft: Mapping[str, Any]) -> tuple[str, ...]:
    """What has to change before the demo can play it: its candidates talk, so all but the chats is switched off."""
    stages = enumerate(draft["stages"], 1)
    return tuple(f"switch off stage {n}" for n, stage in stages if stage["enabled"] and stage["kind"] != "chat")


def _possible(draft: Mapping[str, Any]) -> Iterator[str]:
    rows = [
        row for stage in draft["stages"] if stage["enabled"] and stage["kind"] == "chat" for row in stage["questions"]
    ]
    if (row := _first(rows, "open", weight="normal")) is not None:
        yield f"double the weight on {row}"
    if (row := _first(rows, "yes or no", knockout="")) is not None:
        yield f"make {row} a knockout"
    yield "set the pass bar to 50"
    yield "allow one retake"


def _first(rows: list[dict[str, Any]], kind: str, **fields: str) -> int | None:
    return next(
        (r["number"] for r in rows if r["kind"] == kind and all(r[name] == value for name, value in fields.items())),
        None,
    )
